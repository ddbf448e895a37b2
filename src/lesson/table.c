/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * table.c - reading tables; see table.h
 */
#include "lesson/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- lines ---- */

static const char *next_line(const char *s)
{
	s += strcspn(s, "\n");
	return *s ? s + 1 : s;
}

static bool has_bar(const char *line)
{
	return line[strcspn(line, "|\n")] == '|';
}

/* `|---|:-:|`: nothing else, and both of bars and dashes. */
static bool is_dashes(const char *line)
{
	const size_t len = strcspn(line, "\n");

	return strspn(line, "|:- \t") >= len && has_bar(line) &&
	       memchr(line, '-', len);
}

size_t table_at(const char *paragraph)
{
	const char *line = paragraph;

	for (size_t n = 1; *line; n++) {
		const char *next = next_line(line);

		if (*next && has_bar(line) && is_dashes(next))
			return n;
		line = next;
	}
	return 0;
}

/* ---- cells ---- */

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The bars at both ends are no cells' bounds. */
static void trim(const char **from, const char **to)
{
	while (*from < *to && blank(**from))
		++*from;
	while (*to > *from && (blank((*to)[-1]) || (*to)[-1] == '\r'))
		--*to;
}

static bool ends_row(const char *from, const char *to)
{
	return to > from && to[-1] == '|' && !(to - from > 1 && to[-2] == '\\');
}

/* The next cell of a row, to be freed; *@from moves behind it. */
static char *take_cell(const char **from, const char *to)
{
	const char *begin = *from, *end = *from;
	char *cell, *put;

	while (end < to && *end != '|')
		end += *end == '\\' && end + 1 < to ? 2 : 1;
	*from = end < to ? end + 1 : to + 1;
	trim(&begin, &end);
	cell = put = malloc((size_t)(end - begin) + 1);
	for (; cell && begin < end; begin++)
		if (*begin != '\\' || begin[1] != '|')
			*put++ = *begin;
	if (put)
		*put = '\0';
	return cell;
}

/* Up to @most cells of a line; how many there are, SIZE_MAX: out of memory. */
static size_t read_row(const char *line, char **cell, size_t most)
{
	const char *from = line, *to = line + strcspn(line, "\n");
	size_t n = 0;

	trim(&from, &to);
	if (from < to && *from == '|')
		from++;
	if (ends_row(from, to))
		to--;
	for (; from <= to; n++) {
		char *one = take_cell(&from, to);

		if (!one)
			return SIZE_MAX;
		if (n < most)
			cell[n] = one;
		else
			free(one);
	}
	return n;
}

/* ---- the whole ---- */

static enum table_align align_of(const char *dashes)
{
	const size_t len = strlen(dashes);

	if (!len || dashes[len - 1] != ':')
		return TABLE_LEFT;
	return len > 1 && dashes[0] == ':' ? TABLE_CENTER : TABLE_RIGHT;
}

static size_t count_lines(const char *s)
{
	size_t n = 0;

	for (; *s; s = next_line(s))
		n++;
	return n;
}

/* The row of dashes: as many as the head has cells. */
static bool read_dashes(struct table *t, const char *line, char *why,
			size_t size)
{
	char *cell[TABLE_COLUMNS] = {NULL};
	const size_t n = read_row(line, cell, TABLE_COLUMNS);

	for (size_t i = 0; i < TABLE_COLUMNS; i++) {
		if (cell[i])
			t->align[i] = align_of(cell[i]);
		free(cell[i]);
	}
	if (n == t->columns)
		return true;
	snprintf(why, size,
		 "the head of the table has %zu cells, the row of dashes %zu",
		 t->columns, n);
	return false;
}

static bool read_rows(struct table *t, const char *text, size_t *line,
		      char *why, size_t size)
{
	for (size_t r = 0; *text; text = next_line(text), ++*line) {
		size_t n;

		if (*line == 1) {
			if (!read_dashes(t, text, why, size))
				return false;
			continue;
		}
		n = read_row(text, t->cell + r++ * t->columns, t->columns);
		if (n == SIZE_MAX) {
			snprintf(why, size, "out of memory");
			return false;
		}
		if (n > t->columns) {
			snprintf(why, size,
				 "the row has %zu cells; expected at most %zu, "
				 "as in the table's head",
				 n, t->columns);
			return false;
		}
	}
	return true;
}

struct table *table_read(const char *paragraph, size_t *line, char *why,
			 size_t size)
{
	struct table *t = calloc(1, sizeof *t);
	char *head[TABLE_COLUMNS] = {NULL};

	*line = 0;
	snprintf(why, size, "out of memory");
	if (!t)
		return NULL;
	t->columns = read_row(paragraph, head, TABLE_COLUMNS);
	t->rows = count_lines(paragraph) - 1;
	for (size_t i = 0; i < TABLE_COLUMNS; i++)
		free(head[i]);
	if (t->columns > TABLE_COLUMNS || t->rows > TABLE_ROWS) {
		snprintf(why, size,
			 "the table has %zu columns and %zu rows; expected at "
			 "most %d and %d",
			 t->columns, t->rows, TABLE_COLUMNS, TABLE_ROWS);
		free(t);
		return NULL;
	}
	t->cell = calloc(t->rows * t->columns, sizeof *t->cell);
	if (t->cell && read_rows(t, paragraph, line, why, size))
		return t;
	table_free(t);
	return NULL;
}

void table_free(struct table *t)
{
	if (!t)
		return;
	for (size_t i = 0; t->cell && i < t->rows * t->columns; i++)
		free(t->cell[i]);
	free(t->cell);
	free(t);
}
