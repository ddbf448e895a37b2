/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_lesson.c - the lesson: the present step so far, and what it waits for
 *
 * After a line was run the text that is new stands on top.  What does not fit
 * comes page by page, before the lesson goes on.
 */
#include <stdio.h>
#include <string.h>

#include "lesson/lesson.h"
#include "tui/keys.h"
#include "tui/view.h"

/* ---- lines ---- */

struct drawing {
	struct canvas *c; /* NULL: counted alone */
	int row, skip;
	int end; /* row after the last that is not empty */
};

static enum role role_of(enum lesson_line_kind kind)
{
	switch (kind) {
	case LESSON_LINE_HEADING:
		return ROLE_TITLE;
	case LESSON_LINE_QUESTION:
	case LESSON_LINE_TASK:
		return ROLE_KEY;
	case LESSON_LINE_COMMAND:
		return ROLE_NOW;
	case LESSON_LINE_NOTE:
		return ROLE_DIM;
	case LESSON_LINE_TOLD:
	case LESSON_LINE_CODE:
		return ROLE_LABEL;
	default:
		return ROLE_TEXT;
	}
}

static void draw_line(void *arg, enum lesson_line_kind kind, const char *text)
{
	struct drawing *d = arg;

	if (d->c && d->row >= d->skip)
		canvas_text(d->c, d->row - d->skip, 0, role_of(kind), text);
	d->row++;
	if (*text)
		d->end = d->row;
}

static int count_lines(const struct screen *s, int cols)
{
	struct drawing d = {0};

	lesson_lines(s->lab, cols < 1 ? 1 : (unsigned int)cols, draw_line, &d);
	return d.end;
}

/* ---- what it waits for ---- */

static void prompt_text(const struct lesson_now *now, char *buf, size_t size)
{
	char hint[40] = "";

	if (now->hints_left)
		snprintf(hint, sizeof hint, "   hint: H  (%u left)",
			 now->hints_left);
	switch (now->wait) {
	case LESSON_GO:
	case LESSON_RUN:
		snprintf(buf, size, "space: %.100s",
			 strncmp(now->prompt, "next: ", 6) == 0
				 ? now->prompt + 6
				 : now->prompt);
		break;
	case LESSON_ANSWER:
		snprintf(buf, size, "your answer: press a%s", hint);
		break;
	case LESSON_POINT:
		snprintf(buf, size,
			 "which frame?  press a, or m, arrows, enter on the "
			 "map%.10s",
			 hint);
		break;
	case LESSON_TASK:
		snprintf(buf, size, "your turn: press :   hint: H  (%u left)",
			 now->hints_left);
		break;
	case LESSON_END:
		snprintf(buf, size, "the end; space: %.120s", now->next);
		break;
	default:
		snprintf(buf, size, ":lesson resume goes on");
	}
}

/* The last line that can stand on top, with @rows of text in sight. */
static int last_scroll(const struct screen *s, int rows, int cols)
{
	const int most = count_lines(s, cols) - rows;

	return most < 0 ? 0 : most;
}

bool lesson_on(const struct screen *s)
{
	struct lesson_now now;

	return lesson_now(s->lab, &now) && now.wait != LESSON_NOTHING;
}

#define HASH_OF_NOTHING 2166136261u

static void see_line(void *arg, enum lesson_line_kind kind, const char *text)
{
	struct lesson_seen *seen = arg;
	uint32_t hash = HASH_OF_NOTHING;

	(void)kind;
	for (const char *c = text; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 16777619u;
	if (seen->count < LESSON_LINES_SEEN)
		seen->line[seen->count] = hash;
	seen->count++;
}

struct lesson_seen lesson_seen(const struct screen *s)
{
	struct lesson_seen seen = {0};
	struct lesson_now now;

	if (lesson_now(s->lab, &now)) {
		snprintf(seen.title, sizeof seen.title, "%s", now.title);
		seen.step = now.step;
	}
	if (s->rect[VIEW_LESSON].rows && s->rect[VIEW_LESSON].cols > 0)
		lesson_lines(s->lab, (unsigned int)s->rect[VIEW_LESSON].cols,
			     see_line, &seen);
	return seen;
}

/*
 * So many lines are as they were.  Not only is something added at the end:
 * a remark goes when the lesson goes on.
 */
static int first_new(const struct lesson_seen *before,
		     const struct lesson_seen *now)
{
	int n = 0;

	while (n < before->count && n < now->count && n < LESSON_LINES_SEEN &&
	       before->line[n] == now->line[n])
		n++;
	return n < LESSON_LINES_SEEN ? n : before->count;
}

void lesson_follow(struct screen *s, struct lesson_seen before)
{
	const struct lesson_seen now = lesson_seen(s);
	const int n = first_new(&before, &now);
	int *scroll = &s->view[VIEW_LESSON].scroll;

	if (now.step != before.step || strcmp(now.title, before.title) != 0)
		*scroll = 0;
	else if (n < before.count || n < now.count)
		*scroll = n && now.line[n - 1] != HASH_OF_NOTHING ? n - 1 : n;
}

bool lesson_tells(const struct screen *s, const char *line)
{
	static const char *const words[] = {"next",   "answer", "hint",
					    "reveal", "check",	"reset"};

	if (!s->rect[VIEW_LESSON].rows || strncmp(line, "lesson ", 7) != 0)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strncmp(line + 7, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

bool lesson_page(struct screen *s)
{
	const struct rect *r = &s->rect[VIEW_LESSON];
	int *scroll = &s->view[VIEW_LESSON].scroll;

	if (!r->rows || *scroll >= last_scroll(s, r->rows - 1, r->cols))
		return false;
	*scroll += r->rows > 3 ? r->rows - 2 : 1;
	return true;
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	const int rows = c->rows - 1;
	struct canvas text = canvas_window(c, 0, 0, rows, c->cols);
	struct drawing d = {.c = &text};
	struct lesson_now now;
	char prompt[160];
	int most;

	(void)mm;
	if (!lesson_now(s->lab, &now)) {
		canvas_wrap(c, 0, c->rows, 0, 0, ROLE_DIM,
			    "No lesson is being played. `:lesson list` shows "
			    "which there are, `:lesson start 01` begins one.");
		return;
	}
	most = last_scroll(s, rows, c->cols);
	d.skip = s->view[VIEW_LESSON].scroll;
	d.skip = d.skip > most ? most : d.skip;
	lesson_lines(s->lab, (unsigned int)c->cols, draw_line, &d);
	if (lesson_looks_back(s->lab) &&
	    (d.skip < most || lesson_space(s->lab)))
		snprintf(prompt, sizeof prompt,
			 "space: play to the end; there the lesson goes on");
	else if (d.skip < most && lesson_on(s))
		snprintf(prompt, sizeof prompt, "space: more");
	else
		prompt_text(&now, prompt, sizeof prompt);
	canvas_put(c, rows, 0, ROLE_NOW, '>');
	canvas_text(c, rows, 2, ROLE_KEY, prompt);
}

static int height(const struct screen *s, const struct mm *mm, int rows,
		  int cols)
{
	(void)mm;
	(void)rows;
	return count_lines(s, cols) + 1;
}

static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	const int all = height(s, mm, rows, cols);

	return all < 5 ? 5 : all;
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	struct lesson_now now;

	(void)mm;
	*buf = '\0';
	if (lesson_now(s->lab, &now))
		snprintf(buf, size, "%s, %u of %u", now.title, now.step,
			 now.steps);
}

static const struct key_row keys[] = {
	{'a', "a", "lesson answer ", ACT_PROMPT, "answer the question"},
	{'H', "H", "lesson hint", ACT_NONE, "the next hint"},
	{'R', "R", "lesson reveal", ACT_NONE,
	 "give up: see the solution, or go on without an answer"},
	{0},
};

static const char *const legend[] = {
	"The step of the lesson, as far as it has been played.  Space runs",
	"the command that is shown, or goes on to the next step.",
	NULL,
};

const struct view_ops view_lesson = {
	.name = "lesson",
	.title = "lesson",
	.legend = legend,
	.keys = keys,
	.min_rows = 2,
	.min_cols = 20,
	.want = want,
	.height = height,
	.draw = draw,
	.about = about,
};
