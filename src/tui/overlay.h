/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * overlay.h - the keys that were pressed last, for an audience
 */
#ifndef BUDDYSCOPE_TUI_OVERLAY_H
#define BUDDYSCOPE_TUI_OVERLAY_H

#include <stddef.h>

#include "tui/canvas.h"

#define OVERLAY_KEYS 8

struct overlay {
	int key[OVERLAY_KEYS]; /* oldest first */
	int times[OVERLAY_KEYS];
	int n;
};

/** A key was pressed; the same one again is counted. */
void overlay_note(struct overlay *o, int key);
/** Columns that it takes, @most at the most. */
int overlay_width(const struct overlay *o, int most);
/** Draw as many as fit into the last columns of a row, the newest at right. */
void overlay_draw(const struct overlay *o, int row, int cols, struct canvas *c);
/** What a key is called: "->", "tab", "x". */
void key_label(int key, char *buf, size_t size);

#endif
