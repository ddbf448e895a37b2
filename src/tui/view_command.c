/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_command.c - the last line that was run, and all that it said
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/view.h"

#define INDENT 2
#define MOST_WANTED 100

static int draw_each(struct canvas *c, int row, int end, const char *text)
{
	while (text && *text && row < end) {
		const size_t n = strcspn(text, "\n");
		char line[1000];
		int used, indent;

		snprintf(line, sizeof line, "%.*s", (int)(n < 999 ? n : 999),
			 text);
		indent = INDENT + (int)strspn(line, " ");
		used = canvas_wrap(c, row, MOST_WANTED, 0,
				   indent < c->cols / 2 ? indent : INDENT,
				   ROLE_TEXT, line);
		row += used ? used : 1;
		text += n + (text[n] == '\n');
	}
	return row;
}

/*
 * Tables set closer, and lines broken at blanks, where they are too wide, from
 * @row on, as long as rows come before @end; gives the row after the last.
 */
static int draw_lines(struct canvas *c, int row, int end, const char *text)
{
	char *narrow = text ? narrow_tables(text, c->cols) : NULL;

	row = draw_each(c, row, end, narrow ? narrow : text);
	free(narrow);
	return row;
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	const int row = 0 - s->view[VIEW_COMMAND].scroll;

	(void)mm;
	if (!s->line) {
		canvas_text(c, 0, 0, ROLE_DIM, "Nothing was run yet.");
		return;
	}
	canvas_printf(c, row, 0, ROLE_KEY, "%s%s", s->line[0] == '/' ? "" : ":",
		      s->line);
	draw_lines(c, row + 1, c->rows, s->output);
}

static int height(const struct screen *s, const struct mm *mm, int rows,
		  int cols)
{
	struct canvas none = {.cols = cols};

	(void)mm;
	(void)rows;
	return draw_lines(&none, 1, 1 << 30, s->output);
}

static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	struct canvas none = {.cols = cols};
	const int all = draw_lines(&none, 1, rows, s->output);

	(void)mm;
	return all < 4 ? 4 : all;
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	const struct rect *r = &s->rect[VIEW_COMMAND];
	const int all = r->rows ? height(s, mm, r->rows, r->cols) : 0;

	if (all > r->rows)
		snprintf(buf, size, "of the last line; %d%% seen",
			 (s->view[VIEW_COMMAND].scroll + r->rows) * 100 / all);
	else
		snprintf(buf, size, "of the last line");
}

static const char *const legend[] = {
	"The last command line, and what it said.  Every key that changes the",
	"world or moves in time runs such a line.  Tables that are too wide "
	"are",
	"set closer; what is still too wide goes on below, further in.",
	NULL,
};

const struct view_ops view_command = {
	.name = "output",
	.title = "output",
	.legend = legend,
	.want = want,
	.height = height,
	.draw = draw,
	.about = about,
};
