/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fields.h - a row made of fields: each is shown whole, or left out
 *
 * A number that is cut looks like another number.
 */
#ifndef BUDDYSCOPE_TUI_FIELDS_H
#define BUDDYSCOPE_TUI_FIELDS_H

#include "tui/canvas.h"

/** Where the next field of a row goes. */
struct fields {
	struct canvas *c;
	int row, col;
	bool open; /* the last one ends in a sign that more is to come */
};

/** One field and a blank, if there is room for all of it. */
bool fields_add(struct fields *f, enum role role, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/** The same; without room it begins the next row, at @indent. */
void fields_flow(struct fields *f, int indent, enum role role, const char *fmt,
		 ...) __attribute__((format(printf, 4, 5)));
/** No more comes: the last one loses its comma or semicolon. */
void fields_end(struct fields *f);
/** Columns that a number takes. */
int fields_digits(uint64_t n);

#endif
