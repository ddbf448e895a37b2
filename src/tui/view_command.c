/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_command.c - the last line that was run, and all that it said
 */
#include <stdio.h>
#include <string.h>

#include "tui/view.h"

static int lines_of(const char *text)
{
	int n = 0;

	for (; text && *text; n++) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return n;
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	const char *text = s->output ? s->output : "";
	int row = 0 - s->scroll[VIEW_COMMAND];

	(void)mm;
	if (!s->line) {
		canvas_wrap(c, 0, c->rows, 0, 0, ROLE_DIM,
			    s->hint ? s->hint : "Nothing was run yet.");
		return;
	}
	if (row >= 0)
		canvas_printf(c, row, 0, ROLE_KEY, ":%s", s->line);
	row++;
	for (; *text && row < c->rows; row++) {
		const size_t n = strcspn(text, "\n");
		char line[400];

		snprintf(line, sizeof line, "%.*s", (int)(n < 399 ? n : 399),
			 text);
		if (row >= 0)
			canvas_text(c, row, 0, ROLE_TEXT, line);
		text += n + (text[n] == '\n');
	}
}

static int height(const struct screen *s, const struct mm *mm, int rows,
		  int cols)
{
	(void)mm;
	(void)rows;
	(void)cols;
	return 1 + lines_of(s->output);
}

static int want(const struct screen *s, const struct mm *mm, int cols)
{
	return height(s, mm, 0, cols);
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	(void)s;
	(void)mm;
	snprintf(buf, size, "of the last line");
}

static const char *const legend[] = {
	"The last command line, and what it said.  Every key that changes the",
	"world or moves in time runs such a line.",
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
