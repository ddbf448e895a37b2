/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_events.c - what happened and why, with the event we stand at marked
 *
 * The event we stand at is told at the depth that was chosen; those around
 * it in a line each.  The scroll moves the window away from it.
 */
#include <stdio.h>
#include <string.h>

#include "tui/view.h"

static enum role role_of(const struct mm_event_type_info *info)
{
	return info->grain == GRAIN_EVENT ? ROLE_TEXT : ROLE_TITLE;
}

static int digits(uint64_t n)
{
	return n < 10 ? 1 : 1 + digits(n / 10);
}

/* The one we stand at in @most rows, the others in a line; gives the rows. */
static int draw_event(const struct mm *mm, uint64_t n, int row, int most,
		      struct canvas *c)
{
	const struct mm_event *ev = mm_event(mm, n);
	const bool here = n == mm_now(mm), future = n > mm_now(mm);
	const struct mm_event_type_info *info;
	char text[400];
	int col;

	if (!ev)
		return 1;
	info = mm_event_type(ev->type);
	event_text(mm, ev, EXPLAIN_SENTENCE, text, sizeof text);
	col = canvas_printf(c, row, 0, here ? ROLE_NOW : ROLE_DIM, "%c %*llu ",
			    here ? '>' : ' ', digits(mm_last_moment(mm)),
			    (unsigned long long)n);
	col += (int)info->depth;
	if (here) {
		const int rows =
			canvas_wrap(c, row, most, col, 2, ROLE_NOW, text);

		return rows > 0 ? rows : 1;
	}
	canvas_text(c, row, col, future ? ROLE_DIM : role_of(info), text);
	return 1;
}

/* More about the event we stand at; gives the rows it took. */
static int draw_reason(const struct screen *s, const struct mm *mm, int row,
		       int rows, struct canvas *c)
{
	const struct mm_event *ev = mm_event(mm, mm_now(mm));
	const int indent = digits(mm_last_moment(mm)) + 3;
	char text[400], plain[400];

	if (!ev || s->depth == EXPLAIN_SENTENCE)
		return 0;
	event_text(mm, ev, EXPLAIN_SENTENCE, plain, sizeof plain);
	event_text(mm, ev, s->depth, text, sizeof text);
	if (strcmp(plain, text) == 0)
		return 0;
	return canvas_wrap(c, row, rows, indent, 2, ROLE_LABEL, text);
}

/* ---- which of them ---- */

#define MOST_LOOKED_AT 300000 /* events, for the next one that is shown */

/** What is shown: all, or what a filter leaves and the one we stand at. */
struct shown {
	bool all;
	struct event_filter f;
};

static struct shown shown_of(const struct screen *s, const struct mm *mm)
{
	struct shown sh;

	sh.all = !s->view[VIEW_EVENTS].filter[0] ||
		 !event_filter_read(mm, s->view[VIEW_EVENTS].filter, &sh.f);
	return sh;
}

/* The next moment in a direction whose event is shown; @n itself if none. */
static int64_t neighbour(const struct mm *mm, const struct shown *sh, int64_t n,
			 int by)
{
	const int64_t first = (int64_t)mm_first_moment(mm),
		      last = (int64_t)mm_last_moment(mm);
	int64_t at = n + by;

	for (int i = 0; at >= first && at <= last && i < MOST_LOOKED_AT;
	     i++, at += by) {
		const struct mm_event *ev = mm_event(mm, (uint64_t)at);

		if (sh->all || at == (int64_t)mm_now(mm) ||
		    (ev && event_filter_holds(mm, &sh->f, ev)))
			return at;
	}
	return n;
}

/* Rows of the event we stand at and what is told of it, @rows at most. */
static int rows_here(const struct screen *s, const struct mm *mm, int rows,
		     int cols)
{
	struct canvas none = {.cols = cols};
	const uint64_t now = mm_now(mm);
	int used = 1;

	if (now > mm_first_moment(mm))
		used = draw_event(mm, now, 0, rows, &none);
	return used + draw_reason(s, mm, 0, rows - used - (rows > 3), &none);
}

/*
 * A third of the pane is for what came before, and more of it when less comes
 * after than the rest would hold.
 */
static int rows_before(const struct screen *s, const struct mm *mm,
		       const struct shown *sh, const struct canvas *c)
{
	const int third = c->rows > 3 ? (c->rows - 1) / 3 : 0;
	int left = c->rows - rows_here(s, mm, c->rows, c->cols) -
		   (c->rows > 3 && s->depth != EXPLAIN_SENTENCE);
	int64_t at = (int64_t)mm_now(mm), next;

	for (; left > third; left--, at = next) {
		next = neighbour(mm, sh, at, 1);
		if (next == at)
			return left;
	}
	return third;
}

/* The moment at the top of the pane. */
static int64_t top_of(const struct screen *s, const struct mm *mm,
		      const struct shown *sh, const struct canvas *c)
{
	const int64_t now = (int64_t)mm_now(mm),
		      last = (int64_t)mm_last_moment(mm),
		      first = (int64_t)mm_first_moment(mm);
	const int before = rows_before(s, mm, sh, c);
	int64_t by = s->view[VIEW_EVENTS].scroll - before, at = now;

	if (sh->all) {
		at = now + by > last - 1 ? last - 1 : now + by;
		return at < first ? first : at;
	}
	for (int64_t next; by; at = next, by += by < 0 ? 1 : -1) {
		next = neighbour(mm, sh, at, by < 0 ? -1 : 1);
		if (next == at)
			break;
	}
	return at;
}

/* Draw them; *@found is the moment whose event stands in row @wanted. */
static bool draw_all(const struct screen *s, const struct mm *mm,
		     struct canvas *c, int wanted, uint64_t *found)
{
	const struct shown sh = shown_of(s, mm);
	const int64_t now = (int64_t)mm_now(mm),
		      first = (int64_t)mm_first_moment(mm);
	int64_t at = top_of(s, mm, &sh, c), next;

	for (int row = 0, used = 1; row < c->rows; at = next) {
		if (at == first && at == now)
			canvas_text(c, row, 0, ROLE_NOW,
				    "> before the first event");
		else if (at == first)
			canvas_text(c, row, 0, ROLE_DIM,
				    "  before the first event");
		else
			used = draw_event(mm, (uint64_t)at, row, c->rows - row,
					  c);
		*found = (uint64_t)at;
		row += used;
		if (at == now)
			row += draw_reason(s, mm, row,
					   c->rows - row - (c->rows > 3), c);
		if (wanted < row)
			return true;
		used = 1;
		next = neighbour(mm, &sh, at, 1);
		if (next == at)
			return false;
	}
	return false;
}

/* The last row says what is left out. */
static int list_rows(const struct screen *s, int rows)
{
	return rows > 2 && s->view[VIEW_EVENTS].filter[0] ? rows - 1 : rows;
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	struct canvas list =
		canvas_window(c, 0, 0, list_rows(s, c->rows), c->cols);
	uint64_t none;

	if (mm_last_moment(mm) == mm_first_moment(mm))
		canvas_wrap(c, 0, c->rows, 0, 0, ROLE_DIM,
			    "Nothing has happened yet. Type a command, such "
			    "as `:alloc order=2`.");
	else
		draw_all(s, mm, &list, c->rows, &none);
	if (list.rows < c->rows)
		canvas_printf(c, list.rows, 0, ROLE_KEY,
			      "only %s; & and enter: everything",
			      s->view[VIEW_EVENTS].filter);
}

/* Moment of the event shown in a row of its rectangle; false if none. */
static bool moment_at(const struct screen *s, const struct mm *mm, int row,
		      uint64_t *moment)
{
	const struct rect *r = &s->rect[VIEW_EVENTS];
	struct canvas scratch;
	bool found;

	if (mm_last_moment(mm) == mm_first_moment(mm) ||
	    !canvas_open(&scratch, list_rows(s, r->rows), r->cols))
		return false;
	found = draw_all(s, mm, &scratch, row, moment);
	canvas_close(&scratch);
	return found;
}

static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	(void)s;
	(void)mm;
	(void)cols;
	return rows;
}

/* A click on an event goes there. */
static struct reply click(struct screen *s, const struct mm *mm, int row,
			  int col)
{
	struct reply r = reply(REPLY_DONE);
	uint64_t moment;

	(void)col;
	if (moment_at(s, mm, row, &moment) && moment != mm_now(mm)) {
		r.kind = REPLY_RUN;
		snprintf(r.line, sizeof r.line, "goto %llu",
			 (unsigned long long)moment);
	}
	return r;
}

/* The scroll is relative to the event we stand at. */
static void scroll(struct screen *s, const struct mm *mm, int by)
{
	const uint64_t now = mm_now(mm);
	int64_t low = -(int64_t)(now - mm_first_moment(mm));
	int64_t most = (int64_t)(mm_last_moment(mm) - now);
	int64_t to = (int64_t)s->view[VIEW_EVENTS].scroll + by;

	low = low < -1000000000 ? -1000000000 : low;
	most = most > 1000000000 ? 1000000000 : most;
	to = to > most ? most : to;
	s->view[VIEW_EVENTS].scroll = (int)(to < low ? low : to);
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	const uint64_t now = mm_now(mm);
	const char *line = NULL;
	uint64_t op;

	if (now && mm_op_at(mm, now, &op) == 0)
		line = lab_op_line(s->lab, op);
	snprintf(buf, size, "%s%s", line ? "of: " : "", line ? line : "");
}

/* ---- looking for one ---- */

static const char expected[] =
	"expected words of an event's name or sentence, zone=NAME or task=NAME";

/* The next one that is like that, or from the start again. */
static struct reply find(struct screen *s, const struct mm *mm,
			 const char *text)
{
	struct shown sh = {.all = false};
	struct reply r = reply(REPLY_RUN);
	const int64_t now = (int64_t)mm_now(mm);
	int64_t at;

	(void)s;
	if (!event_filter_read(mm, text, &sh.f))
		return reply_say(expected);
	at = neighbour(mm, &sh, now, 1);
	if (at == now) {
		at = neighbour(mm, &sh, (int64_t)mm_first_moment(mm), 1);
		if (at >= now)
			return reply_say("no other event is like that");
	}
	snprintf(r.line, sizeof r.line, "goto %lld", (long long)at);
	return r;
}

static struct reply filter(struct screen *s, const struct mm *mm,
			   const char *text)
{
	struct view_state *v = &s->view[VIEW_EVENTS];
	struct event_filter f;

	if (strlen(text) >= sizeof v->filter ||
	    !event_filter_read(mm, text, &f))
		return reply_say(expected);
	snprintf(v->filter, sizeof v->filter, "%s", text + strspn(text, " "));
	v->scroll = 0;
	return reply(REPLY_DONE);
}

static const char *const legend[] = {
	"> 12         the event that brought the world to this moment",
	"below it     the same with its numbers; e changes how much is said:",
	"             a sentence, with numbers, with the kernel's function",
	"after it     what will happen next; indented as explain does",
	"/ &          words of its name, sentence, section or kernel function;",
	"             zone=Normal, task=kswapd0: the next one, or only those",
	NULL,
};

const struct view_ops view_events = {
	.name = "events",
	.title = "events",
	.legend = legend,
	.min_rows = 1,
	.min_cols = 12,
	.want = want,
	.draw = draw,
	.about = about,
	.click = click,
	.find = find,
	.filter = filter,
	.scroll = scroll,
};
