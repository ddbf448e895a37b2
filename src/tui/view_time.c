/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_time.c - the session as a line, with marks where something turned
 *
 *	----S--SB---C--O------      one column a command, or several in one
 *	        ^ here
 *	   6      12  alloc type=M count=200 name=m
 *	>  7  SB  40  alloc type=U count=60
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tui/keys.h"
#include "tui/view.h"

#define BAR_ROWS 2 /* the line itself, and where we are on it */

/** The lines that are still kept, and the one that we stand in. */
struct session {
	uint64_t first, n;
	uint64_t at; /* 0: before all of them, else the number of one */
	bool inside; /* not at its end */
};

static struct session session_of(const struct mm *mm)
{
	struct session t = {mm_first_op(mm), mm_nr_ops(mm), 0, false};
	struct mm_op o;
	uint64_t op;

	if (mm_op_at(mm, mm_now(mm), &op) || mm_op(mm, op, &o))
		return t;
	t.at = op - t.first + 1;
	t.inside = o.last != mm_now(mm);
	return t;
}

/* Column of the bar in which line @i is shown, and the first of a column. */
static int column_of(const struct session *t, int cols, uint64_t i)
{
	return t->n <= (uint64_t)cols ? (int)i
				      : (int)(i * (uint64_t)cols / t->n);
}

static uint64_t first_of(const struct session *t, int cols, int col)
{
	return t->n <= (uint64_t)cols ? (uint64_t)col
				      : ((uint64_t)col * t->n + (uint64_t)cols -
					 1) / (uint64_t)cols;
}

/* The rarest of a set; '-' for none. */
static char letter_of(unsigned int set)
{
	const struct lab_mark *m;
	char letter = '-';

	for (unsigned int i = 0; (m = lab_mark(i)); i++)
		if (set >> i & 1)
			letter = m->letter;
	return letter;
}

static enum role role_of(char letter)
{
	return letter == '-'			? ROLE_DIM
	       : letter == '!' || letter == 'O' ? ROLE_BAD
						: ROLE_TITLE;
}

static void draw_bar(const struct screen *s, const struct session *t,
		     struct canvas *c)
{
	const int cols = c->cols;
	int here = t->at ? column_of(t, cols, t->at - 1) : 0;

	for (int col = 0; col < cols && first_of(t, cols, col) < t->n; col++) {
		const uint64_t end = first_of(t, cols, col + 1);
		unsigned int set = 0;
		char letter;

		for (uint64_t i = first_of(t, cols, col); i < end && i < t->n;
		     i++)
			set |= lab_op_marks(s->lab, t->first + i);
		letter = letter_of(set);
		canvas_put(c, 0, col, role_of(letter), (uint32_t)letter);
	}
	if (t->at)
		canvas_mark(c, 0, here, 1, MARK_CURSOR);
	canvas_put(c, 1, here, ROLE_NOW, '^');
	if (!t->at)
		canvas_text(c, 1, here + 2, ROLE_DIM, "before the first line");
}

/* The letters of a line's marks, at most @size - 1. */
static void letters(unsigned int set, char *buf, size_t size)
{
	const struct lab_mark *m;
	size_t n = 0;

	for (unsigned int i = 0; (m = lab_mark(i)); i++)
		if (set >> i & 1 && n + 1 < size)
			buf[n++] = m->letter;
	buf[n] = '\0';
}

static int digits(uint64_t n)
{
	return n < 10 ? 1 : 1 + digits(n / 10);
}

static void draw_line(const struct screen *s, const struct mm *mm,
		      const struct session *t, uint64_t i, int row,
		      struct canvas *c)
{
	const bool here = t->at == i + 1, future = i + 1 > t->at;
	const char *line = lab_op_line(s->lab, t->first + i);
	char set[6], part[24] = "";
	enum role role = here ? ROLE_NOW : future ? ROLE_DIM : ROLE_TEXT;
	struct mm_op o = {0, 0};
	int col;

	mm_op(mm, t->first + i, &o);
	letters(lab_op_marks(s->lab, t->first + i), set, sizeof set);
	if (here && t->inside)
		snprintf(part, sizeof part, " (%" PRIu64 " of %" PRIu64 ")",
			 mm_now(mm) - o.first, o.last - o.first);
	col = canvas_printf(c, row, 0, role, "%c%*" PRIu64 " ",
			    here ? '>' : ' ', digits(t->first + t->n),
			    t->first + i + 1);
	col = canvas_printf(c, row, col, *set ? ROLE_TITLE : role, "%-5s ",
			    set);
	canvas_printf(c, row, col, role, "%s%s", line ? line : "?", part);
}

/* First line of the list, so that the present one stays in sight. */
static int64_t list_top(const struct screen *s, const struct session *t,
			int rows)
{
	int64_t top =
		(int64_t)t->at - 1 - (rows - 1) / 2 + s->view[VIEW_TIME].scroll;

	if (top > (int64_t)t->n - rows)
		top = (int64_t)t->n - rows;
	return top < 0 ? 0 : top;
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	const struct session t = session_of(mm);
	const int rows = c->rows - BAR_ROWS;
	const int64_t top = list_top(s, &t, rows);

	if (!t.n) {
		canvas_wrap(c, 0, c->rows, 0, 0, ROLE_DIM,
			    "No line has been run. Each will stand here, with "
			    "marks for what it did.");
		return;
	}
	draw_bar(s, &t, c);
	for (int row = 0; row < rows && (uint64_t)(top + row) < t.n; row++)
		draw_line(s, mm, &t, (uint64_t)(top + row), BAR_ROWS + row, c);
}

static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	const uint64_t n = mm_nr_ops(mm) + BAR_ROWS;

	(void)s;
	(void)cols;
	return n > (uint64_t)rows ? rows : (int)n;
}

static void scroll(struct screen *s, const struct mm *mm, int by)
{
	struct view_state *v = &s->view[VIEW_TIME];
	const int most = mm_nr_ops(mm) > 1000000 ? 1000000 : (int)mm_nr_ops(mm);
	const int64_t to = (int64_t)v->scroll + by;

	v->scroll = (int)(to > most ? most : to < -most ? -most : to);
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	const struct session t = session_of(mm);

	(void)s;
	snprintf(buf, size, "line %" PRIu64 " of %" PRIu64, t.first + t.at,
		 t.first + t.n);
}

/* To the end of the line that was clicked at, in the bar or in the list. */
static struct reply click(struct screen *s, const struct mm *mm, int row,
			  int col)
{
	const struct rect *r = &s->rect[VIEW_TIME];
	const struct session t = session_of(mm);
	struct reply to = reply(REPLY_DONE);
	uint64_t i = row < BAR_ROWS
			     ? first_of(&t, r->cols, col)
			     : (uint64_t)(list_top(s, &t, r->rows - BAR_ROWS) +
					  row - BAR_ROWS);
	struct mm_op o;

	if (i >= t.n || mm_op(mm, t.first + i, &o) || o.last == mm_now(mm))
		return to;
	s->view[VIEW_TIME].scroll = 0;
	to.kind = REPLY_RUN;
	snprintf(to.line, sizeof to.line, "goto %" PRIu64, o.last);
	return to;
}

static struct reply key(struct screen *s, const struct mm *mm, int k)
{
	struct reply to = reply(REPLY_DONE);
	uint64_t moment;

	(void)mm;
	s->view[VIEW_TIME].scroll = 0;
	if (!lab_mark_near(s->lab, k == '}' ? 1 : -1, &moment))
		return to;
	to.kind = REPLY_RUN;
	snprintf(to.line, sizeof to.line, "goto %" PRIu64, moment);
	return to;
}

static const struct key_row keys[] = {
	{'}', "}", NULL, ACT_NONE, "to the next mark of the time line"},
	{'{', "{", NULL, ACT_NONE, "to the mark before"},
	{0, NULL, NULL, ACT_NONE, NULL},
};

static const char *const legend[] = {
	"---S--C--    each command line, or several in a column; below it",
	"    ^        where we are; a click goes to the end of a line",
	"S  a type takes from another      C  compaction",
	"B  a watermark is boosted         I  a pageblock is isolated",
	"H  high-atomic reserve            !  a request fails",
	"K  kswapd is woken                O  out of memory: a kill",
	"R  direct reclaim",
	NULL,
};

const struct view_ops view_time = {
	.name = "time",
	.title = "time line",
	.legend = legend,
	.keys = keys,
	.min_rows = 3,
	.min_cols = 16,
	.want = want,
	.draw = draw,
	.about = about,
	.key = key,
	.click = click,
	.scroll = scroll,
};
