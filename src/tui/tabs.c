/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tabs.c - see tabs.h
 *
 *	< 2 lists =3 zones= 4 pcp  5 tasks >
 *
 * The number is the view's key.  Where not all have room, the row slides so
 * that the present one is among those shown.
 */
#include "tui/tabs.h"

#include <stdio.h>
#include <string.h>

/* "2 lists", with a blank or a mark on both sides. */
static int label(const struct screen *s, int v, char *buf, size_t size)
{
	const char mark = v == (int)s->focus ? '=' : ' ';

	if (v < 9)
		snprintf(buf, size, "%c%d %s%c", mark, v + 1, views[v]->name,
			 mark);
	else
		snprintf(buf, size, "%c%s%c", mark, views[v]->name, mark);
	return (int)strlen(buf);
}

/* The first one shown, so that the present one ends before the last column. */
static int first_shown(const struct screen *s, int cols)
{
	char text[40];
	int first = 0, used = 1;

	for (int v = 0; v <= (int)s->focus; v++) {
		used += label(s, v, text, sizeof text);
		while (used >= cols && first < v)
			used -= label(s, first++, text, sizeof text);
	}
	return first;
}

/* Goes through those shown; false past the last. *@col moves on. */
static bool next(const struct screen *s, int cols, int *v, int *col,
		 char text[40])
{
	const int width = *v < NR_VIEWS ? label(s, *v, text, 40) : 0;

	if (!width || *col + width >= cols)
		return false;
	++*v;
	*col += width;
	return true;
}

int tabs_draw(const struct screen *s, int row, struct canvas *c)
{
	int v = first_shown(s, c->cols), col = 1, from = 1;
	char text[40];

	if (v > 0)
		canvas_put(c, row, 0, ROLE_KEY, '<');
	while (next(s, c->cols, &v, &col, text)) {
		canvas_text(c, row, from,
			    v - 1 == (int)s->focus ? ROLE_FOCUS : ROLE_DIM,
			    text);
		from = col;
	}
	if (v < NR_VIEWS)
		canvas_put(c, row, c->cols - 1, ROLE_KEY, '>');
	return col;
}

int tabs_end(const struct screen *s, int cols)
{
	int v = first_shown(s, cols), end = 1;
	char text[40];

	while (next(s, cols, &v, &end, text))
		;
	return end;
}

int tabs_view_at(const struct screen *s, int cols, int col)
{
	int v = first_shown(s, cols), end = 1;
	char text[40];

	while (col >= 1 && next(s, cols, &v, &end, text))
		if (col < end)
			return v - 1;
	return -1;
}
