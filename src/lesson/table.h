/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * table.h - tables in a lesson's prose
 *
 *	| order | frames |
 *	|-------|-------:|
 *	| 0     |      1 |
 *
 * cmark takes such lines for a paragraph, so they are read here, as elsewhere:
 * a row of dashes below the head, a colon where a column is aligned, `\|` for
 * a bar that parts nothing.
 */
#ifndef BUDDYSCOPE_LESSON_TABLE_H
#define BUDDYSCOPE_LESSON_TABLE_H

#include "lesson/file.h"
#include "lesson/lesson.h"

#define TABLE_COLUMNS 12
#define TABLE_ROWS 100

enum table_align { TABLE_LEFT, TABLE_RIGHT, TABLE_CENTER };

struct table {
	size_t rows, columns; /* row 0 is the head */
	enum table_align align[TABLE_COLUMNS];
	char **cell; /* [row * columns + column]: Markdown, or shown text */
};

/**
 * table_at - the line of a paragraph that is a table's row of dashes
 *
 * Counted from 0, so that a table has it in line 1; 0 when there is none.
 */
size_t table_at(const char *paragraph);
/**
 * table_read - the cells of a paragraph that is a table
 * @why: what is wrong, and *@line in which line (from 0)
 *
 * NULL after a mistake, or when memory is short.  To be freed.
 */
struct table *table_read(const char *paragraph, size_t *line, char *why,
			 size_t size);
void table_free(struct table *t);

/** As lines of a width: columns side by side, long cells broken at blanks. */
void table_wrap(const struct table *t, unsigned int width, lesson_line_fn *line,
		void *arg);

#endif
