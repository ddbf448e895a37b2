/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * table_wrap.c - a table as lines of a width; see table.h
 *
 * Columns get what they need.  Where that is too much, the widest give; where
 * that does not help, a row is told as text.
 */
#include <stdio.h>
#include <string.h>

#include "lesson/table.h"
#include "lesson/wrap.h"

#define LEAST 10 /* columns: as wrap_text() wants them */
#define GAP 2

struct laying {
	const struct table *t;
	unsigned int width[TABLE_COLUMNS];
	struct out *part[TABLE_COLUMNS]; /* a cell's lines */
	lesson_line_fn *line;
	void *arg;
};

static const char *cell(const struct table *t, size_t row, size_t column)
{
	const char *text = t->cell[row * t->columns + column];

	return text ? text : "";
}

static unsigned int columns(const char *s, size_t len)
{
	unsigned int n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

static unsigned int needed(const struct laying *l)
{
	unsigned int n = 0;

	for (size_t c = 0; c < l->t->columns; c++)
		n += l->width[c] + (c ? GAP : 0);
	return n;
}

/* false: it does not fit. */
static bool lay_out(struct laying *l, unsigned int width)
{
	for (size_t r = 0; r < l->t->rows; r++)
		for (size_t c = 0; c < l->t->columns; c++) {
			const char *s = cell(l->t, r, c);
			const unsigned int n = columns(s, strlen(s));

			if (n > l->width[c])
				l->width[c] = n < WRAP_MOST ? n : WRAP_MOST;
		}
	while (needed(l) > width) {
		size_t widest = 0;

		for (size_t c = 1; c < l->t->columns; c++)
			if (l->width[c] > l->width[widest])
				widest = c;
		if (l->width[widest] <= LEAST)
			return false;
		l->width[widest]--;
	}
	return true;
}

static void collect(void *arg, enum lesson_line_kind kind, const char *text)
{
	(void)kind;
	out_line(arg, "%s", text);
}

/* One cell's line, with blanks where its alignment wants them. */
static size_t put_part(const struct laying *l, size_t c, const char *s,
		       size_t len, char *buf, size_t size)
{
	const unsigned int n = columns(s, len);
	const unsigned int free = n < l->width[c] ? l->width[c] - n : 0;
	const unsigned int left = l->t->align[c] == TABLE_RIGHT	   ? free
				  : l->t->align[c] == TABLE_CENTER ? free / 2
								   : 0;
	const int put =
		snprintf(buf, size, "%*s%*s%.*s%*s", c ? GAP : 0, "", (int)left,
			 "", (int)len, s, (int)(free - left), "");

	return put < 0 || (size_t)put >= size ? 0 : (size_t)put;
}

static void trim_end(char *buf, size_t len)
{
	while (len && buf[len - 1] == ' ')
		buf[--len] = '\0';
}

/* The cells have been broken into lines: put those side by side. */
static void put_row(struct laying *l)
{
	const char *at[TABLE_COLUMNS];
	bool more = true;

	for (size_t c = 0; c < l->t->columns; c++)
		at[c] = out_string(l->part[c]);
	while (more) {
		char buf[4 * WRAP_MOST + 100] = "";
		size_t len = 0;

		more = false;
		for (size_t c = 0; c < l->t->columns; c++) {
			const size_t n = strcspn(at[c], "\n");

			len += put_part(l, c, at[c], n, buf + len,
					sizeof buf - len);
			at[c] += n + (at[c][n] == '\n');
			more |= *at[c] != '\0';
		}
		trim_end(buf, len);
		l->line(l->arg, LESSON_LINE_TEXT, buf);
	}
}

static void put_dashes(const struct laying *l)
{
	char buf[WRAP_MOST + 1];
	unsigned int n = 0;

	for (size_t c = 0; c < l->t->columns; c++) {
		for (unsigned int i = 0; c && i < GAP && n < WRAP_MOST; i++)
			buf[n++] = ' ';
		for (unsigned int i = 0; i < l->width[c] && n < WRAP_MOST; i++)
			buf[n++] = '-';
	}
	buf[n] = '\0';
	l->line(l->arg, LESSON_LINE_TEXT, buf);
}

static void side_by_side(struct laying *l)
{
	for (size_t r = 0; r < l->t->rows; r++) {
		for (size_t c = 0; c < l->t->columns; c++) {
			out_clear(l->part[c]);
			wrap_text(cell(l->t, r, c), "", "", l->width[c],
				  LESSON_LINE_TEXT, collect, l->part[c]);
		}
		put_row(l);
		if (r == 0)
			put_dashes(l);
	}
}

/* "order 0, frames 1" for each row, where there is no room for columns. */
static void as_text(const struct table *t, unsigned int width,
		    lesson_line_fn *line, void *arg)
{
	for (size_t r = 1; r < t->rows; r++) {
		struct out *row = out_buffer();

		if (!row)
			return;
		for (size_t c = 0; c < t->columns; c++)
			out_text(row, "%s%s: %s", c ? "; " : "", cell(t, 0, c),
				 cell(t, r, c));
		wrap_text(out_string(row), "- ", "  ", width, LESSON_LINE_TEXT,
			  line, arg);
		out_free(row);
	}
}

void table_wrap(const struct table *t, unsigned int width, lesson_line_fn *line,
		void *arg)
{
	struct laying l = {.t = t, .line = line, .arg = arg};
	bool room = lay_out(&l, width < WRAP_MOST ? width : WRAP_MOST);

	for (size_t c = 0; c < t->columns; c++) {
		l.part[c] = out_buffer();
		room &= l.part[c] != NULL;
	}
	if (room)
		side_by_side(&l);
	else
		as_text(t, width, line, arg);
	for (size_t c = 0; c < t->columns; c++)
		out_free(l.part[c]);
}
