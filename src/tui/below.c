/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * below.c - the rows between the panes and the keys
 *
 *	> the event, where the events have no pane
 *	  what the last line said, or the frame under the map's cursor
 *
 * They share these rows: the event has its numbers as long as there is room
 * for them, and what was said by a line typed by hand may have a second row.
 */
#include "tui/below.h"

#include <stdio.h>
#include <string.h>

#include "tui/tabs.h"

/* "event 412 of 431: block 8..15 ..." */
static bool tells_event(const char *line)
{
	int n = 0;

	return sscanf(line, "event %*u of %*u: %n", &n) == 0 && n > 0;
}

static bool tells_stop(const char *line)
{
	return strncmp(line, "stopped by ", strlen("stopped by ")) == 0;
}

/* Those lines of the last output that tell of a stop, or the others. */
static size_t join_lines(const struct screen *s, bool stops, size_t n,
			 char *buf, size_t size)
{
	const bool told = s->said_rows || s->rect[VIEW_EVENTS].rows;
	const char *text = s->output ? s->output : "";

	while (*text) {
		int len;

		text += strspn(text, " ");
		len = (int)strcspn(text, "\n");
		if (len && n < size && !(told && tells_event(text)) &&
		    tells_stop(text) == stops)
			n += (size_t)snprintf(buf + n, size - n, "%s%.*s",
					      n ? " | " : "", len, text);
		text += len;
		text += strspn(text, "\n");
	}
	return n < size ? n : size - 1;
}

/*
 * The lines of the last output joined by bars; without the present event if
 * it stands elsewhere on the screen.  That a break has stopped us comes first:
 * what else was said is of the line's end.  Gives the length.
 */
static size_t join_output(const struct screen *s, char *buf, size_t size)
{
	buf[0] = '\0';
	return join_lines(s, false, join_lines(s, true, 0, buf, size), buf,
			  size);
}

/** What is told beside the event. */
struct told {
	char text[1000];
	enum role role;
	int rows;     /* it asks for; 0: nothing that matters */
	bool pointed; /* the frame under the cursor */
};

static int rows_of(const char *text, int col, int cols)
{
	struct canvas none = {.cols = cols};

	return canvas_wrap(&none, 0, 100, col, 0, ROLE_TEXT, text);
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* ---- the frame under the map's cursor ---- */

#define POINTED_ROWS 2

/*
 * Nothing moves when the cursor comes out: what it tells takes the place of
 * what was said, and its second row that of the event below, or of the end of
 * a list of them.
 */
static int rows_for_pointed(const struct screen *s)
{
	const int last = s->rows - 3;

	if (s->said_rows)
		return POINTED_ROWS;
	for (int i = 0; i < s->nr_panes; i++) {
		const enum view_id v = s->pane[i];

		if (s->rect[v].row + s->rect[v].rows > last &&
		    v != VIEW_EVENTS && v != VIEW_COMMAND)
			return 1;
	}
	return POINTED_ROWS;
}

static struct told what_is_told(const struct screen *s, int cols)
{
	const char *covered =
		s->focus == VIEW_COMMAND
			? "up down scroll; esc or a step leaves"
			: "esc or a step leaves; o: what was said";
	const char *one = s->note      ? s->note
			  : s->hint    ? s->hint
			  : s->covered ? covered
				       : NULL;
	const bool said = s->line && s->said;
	struct told t = {.role = ROLE_TEXT};
	const char *text = t.text;

	if (one) {
		snprintf(t.text, sizeof t.text, "%s", one);
		t.role = s->covered && !s->note && !s->hint ? ROLE_DIM
							    : ROLE_KEY;
		t.rows = 1;
	} else if (said && join_output(s, t.text, sizeof t.text)) {
		t.rows = s->typed ? rows_of(text, 1, cols) : 1;
	} else if (!said &&
		   map_says(s, lab_mm(s->lab), t.text, sizeof t.text)) {
		t.role = ROLE_NOW;
		t.pointed = true;
		t.rows = rows_of(text, 1, cols);
	}
	t.rows = least(t.rows, rows_for_pointed(s));
	return t;
}

/* ---- drawing ---- */

/* Nothing was said: about the pane, if it is alone. */
static void draw_unsaid(const struct screen *s, int row, struct canvas *c)
{
	const struct mm *mm = lab_mm(s->lab);
	char text[600];

	if (s->nr_panes == 1 && s->focus != VIEW_COMMAND) {
		views[s->focus]->about(s, mm, text, sizeof text);
		if (tabs_end(s, s->cols) + (int)strlen(text) + 4 > s->cols &&
		    (int)strlen(text) < c->cols)
			canvas_text(c, row, 1, ROLE_DIM, text);
	}
}

/* The line itself, if there is room: its answer matters more. */
static int draw_line(const struct screen *s, const struct told *t, int row,
		     struct canvas *c)
{
	char line[60];

	snprintf(line, sizeof line, "%s%.40s%s  ", s->line[0] == '/' ? "" : ":",
		 s->line, strlen(s->line) > 40 ? ".." : "");
	if (1 + (int)(strlen(line) + strlen(t->text)) > c->cols && *t->text)
		return 1;
	return canvas_text(c, row, 1, ROLE_DIM, line);
}

/* The last thing said, in so many rows, as far as it fits. */
static void draw_said(const struct screen *s, const struct told *t, int row,
		      int rows, struct canvas *c)
{
	static const char more[] = " (more: o)";
	const int width = c->cols - (int)sizeof more + 1;
	struct canvas part = *c;
	int col = 1;

	if (t->role == ROLE_TEXT && *s->line)
		col = draw_line(s, t, row, c);
	if (t->role == ROLE_TEXT && s->typed && !s->rect[VIEW_COMMAND].rows &&
	    rows_of(t->text, col, c->cols) > rows) {
		part = canvas_window(c, 0, 0, c->rows, width);
		canvas_text(c, row + rows - 1, width, ROLE_KEY, more);
	}
	if (rows > 1)
		canvas_wrap(&part, row, rows, col, 0, t->role, t->text);
	else
		canvas_text(&part, row, col, t->role, t->text);
}

static void draw_told(const struct screen *s, const struct told *t, int row,
		      int rows, struct canvas *c)
{
	for (int i = 0; i < rows && rows > 1; i++)
		canvas_repeat(c, row + i, 0, ROLE_TEXT, ' ', c->cols);
	if (t->pointed)
		canvas_wrap(c, row, rows, 1, 0, t->role, t->text);
	else if (t->rows || (s->line && s->said))
		draw_said(s, t, row, rows, c);
	else
		draw_unsaid(s, row, c);
}

static void event_words(const struct screen *s, enum explain_depth depth,
			char *text, size_t size)
{
	const struct mm *mm = lab_mm(s->lab);
	const struct mm_event *ev = mm_event(mm, mm_now(mm));

	snprintf(text, size, "before the first event");
	if (ev)
		event_text(mm, ev, depth, text, size);
}

/* As much of it as has room: a sentence at least. */
static void draw_event(const struct screen *s, int row, int rows,
		       struct canvas *c)
{
	char text[400];
	int depth = s->depth;

	event_words(s, s->depth, text, sizeof text);
	while (depth > EXPLAIN_SENTENCE && rows_of(text, 2, c->cols) > rows)
		event_words(s, (enum explain_depth)-- depth, text, sizeof text);
	canvas_put(c, row, 0, ROLE_NOW, '>');
	canvas_wrap(c, row, rows, 2, 0, ROLE_NOW, text);
}

void below_draw(const struct screen *s, int last, int cols, struct canvas *c)
{
	struct canvas rest = canvas_window(c, 0, 0, c->rows, cols);
	const struct told t = what_is_told(s, cols);
	/* the keys stand in the last row: the event keeps clear of it */
	const int kept = !t.rows && cols < c->cols ? 1 : t.rows;
	const int all = s->said_rows + 1, first = last - s->said_rows;
	char text[400];
	int event = 0, told = t.rows ? t.rows : 1;

	if (s->said_rows) {
		event_words(s, s->depth, text, sizeof text);
		event = least(rows_of(text, 2, c->cols), all - kept);
		if (event < 1 && !t.pointed)
			event = 1;
		if (event)
			draw_event(s, first, event, c);
		told = least(told, all - event);
	}
	if (told > 0)
		draw_told(s, &t, last - told + 1, told, &rest);
}
