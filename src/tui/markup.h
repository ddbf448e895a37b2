/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * markup.h - text that grows, for pictures
 *
 * When memory is short it says so once, at the end: markup_take() is NULL.
 */
#ifndef BUDDYSCOPE_TUI_MARKUP_H
#define BUDDYSCOPE_TUI_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct markup {
	char *at;
	size_t len, room;
	bool short_of_memory;
};

/** At most 500 bytes at once. */
void markup_add(struct markup *m, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void markup_text(struct markup *m, const char *text);
/** A glyph for SVG and HTML: escaped, blanks kept. */
void markup_glyph(struct markup *m, uint32_t glyph);
/** Words for SVG and HTML: escaped. */
void markup_words(struct markup *m, const char *text);
/** The text, to be freed; NULL when memory was short. */
char *markup_take(struct markup *m);

#endif
