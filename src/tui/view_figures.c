/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_figures.c - figures over time: one strip for each that is plotted
 *
 *	node0.Normal.free                        now 97 pages
 *	  256 |####
 *	      |######  ###
 *	   37 |###########
 *	              ^ here
 *
 * A column is a line that was run; of more lines than columns the last ones
 * are shown, or those around the one we stand at.
 */
#include <inttypes.h>
#include <stdio.h>

#include "tui/view.h"

#define MOST_ROWS 6  /* of a strip, its title left out */
#define LABEL_COLS 9 /* "12345678 " in front of the columns */

/* Lines that had been run at the moment where we stand. */
static uint64_t lines_done(const struct mm *mm)
{
	uint64_t op;

	if (mm_op_at(mm, mm_now(mm), &op))
		return mm_first_op(mm);
	return op + 1;
}

/** The part of a series that is shown. */
struct window {
	uint64_t from, n, here; /* positions in value[] */
	int64_t low, high;
};

static struct window window_of(const struct lab_series *s, const struct mm *mm,
			       int cols)
{
	struct window w = {.n = s->n};
	const uint64_t done = lines_done(mm);

	w.here = done > s->first ? done - s->first : 0;
	if (w.here >= s->n)
		w.here = s->n - 1;
	if (s->n > (uint64_t)cols) {
		const uint64_t half = (uint64_t)cols / 2;

		w.n = (uint64_t)cols;
		w.from = w.here > half ? w.here - half : 0;
		if (w.from > s->n - w.n)
			w.from = s->n - w.n;
	}
	w.low = w.high = s->value[w.from];
	for (uint64_t k = w.from; k < w.from + w.n; k++) {
		w.low = s->value[k] < w.low ? s->value[k] : w.low;
		w.high = s->value[k] > w.high ? s->value[k] : w.high;
	}
	return w;
}

/* Rows of a column that are filled, 1 to @rows: the lowest shows, too. */
static int height_of(const struct window *w, int64_t value, int rows)
{
	if (w->high == w->low)
		return 1;
	return 1 + (int)((double)(value - w->low) * (rows - 1) /
				 (double)(w->high - w->low) +
			 0.5);
}

static void draw_strip(const struct lab_series *s, const struct mm *mm,
		       struct canvas *c)
{
	const int rows = c->rows - 1, cols = c->cols - LABEL_COLS;
	const struct window w = window_of(s, mm, cols < 1 ? 1 : cols);
	const int col = canvas_text(c, 0, 0, ROLE_LABEL, s->figure);

	canvas_printf(c, 0, col, ROLE_NOW, "  %" PRId64 " %s", s->value[w.here],
		      s->unit ? s->unit : "");
	if (rows < 1 || cols < 1)
		return;
	canvas_printf(c, 1, 0, ROLE_DIM, "%8" PRId64, w.high);
	if (rows > 1)
		canvas_printf(c, rows, 0, ROLE_DIM, "%8" PRId64, w.low);
	for (uint64_t k = 0; k < w.n; k++) {
		const int64_t value = s->value[w.from + k];
		const bool here = w.from + k == w.here;
		const int filled = height_of(&w, value, rows);

		for (int row = 0; row < filled; row++)
			canvas_put(c, rows - row, LABEL_COLS + (int)k,
				   here			 ? ROLE_NOW
				   : w.from + k < w.here ? ROLE_TEXT
							 : ROLE_DIM,
				   here ? '|' : '#');
	}
}

static unsigned int count(const struct screen *s)
{
	struct lab_series series;
	unsigned int n = 0;

	while (lab_series(s->lab, n, &series))
		n++;
	return n;
}

/* Rows of each strip, its title counted, in a pane of @rows. */
static int strip_rows(int rows, unsigned int n)
{
	const int each = n ? rows / (int)n : rows;

	return each > MOST_ROWS + 1 ? MOST_ROWS + 1 : each < 2 ? 2 : each;
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	const unsigned int n = count(s);
	const int rows = strip_rows(c->rows, n);
	struct lab_series series;

	if (!n)
		canvas_wrap(c, 0, c->rows, 0, 0, ROLE_DIM,
			    "No figure is plotted. `:plot free` begins one; "
			    "`:get *` lists all there are.");
	for (unsigned int i = 0; lab_series(s->lab, i, &series); i++) {
		struct canvas part =
			canvas_window(c, (int)i * rows, 0, rows, c->cols);

		if (series.n && part.rows > 0)
			draw_strip(&series, mm, &part);
	}
}

static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	const unsigned int n = count(s);

	(void)mm;
	(void)cols;
	return n ? strip_rows(rows, n) * (int)n : 2;
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	(void)s;
	snprintf(buf, size, "after %" PRIu64 " line%s", lines_done(mm),
		 lines_done(mm) == 1 ? "" : "s");
}

/* To the end of the line whose column was clicked at. */
static struct reply click(struct screen *s, const struct mm *mm, int row,
			  int col)
{
	const struct rect *r = &s->rect[VIEW_FIGURES];
	const int rows = strip_rows(r->rows, count(s));
	struct reply to = reply(REPLY_DONE);
	struct lab_series series;
	struct window w;
	struct mm_op o = {mm_first_moment(mm), mm_first_moment(mm)};
	uint64_t done;

	if (r->cols <= LABEL_COLS || col < LABEL_COLS ||
	    !lab_series(s->lab, (unsigned int)(row / rows), &series) ||
	    !series.n)
		return to;
	w = window_of(&series, mm, r->cols - LABEL_COLS);
	if ((uint64_t)(col - LABEL_COLS) >= w.n)
		return to;
	done = series.first + w.from + (uint64_t)(col - LABEL_COLS);
	if (done > mm_first_op(mm) && mm_op(mm, done - 1, &o))
		return to;
	to.kind = REPLY_RUN;
	snprintf(to.line, sizeof to.line, "goto %" PRIu64, o.last);
	return to;
}

static const char *const legend[] = {
	"free  97 pages   a figure, and its value here; `plot NAME` adds one",
	"256 |##          one column a command line, the largest value above",
	" 37 |####|##     and the smallest below; | is where we are",
	NULL,
};

const struct view_ops view_figures = {
	.name = "figures",
	.title = "figures over time",
	.legend = legend,
	.min_rows = 2,
	.min_cols = 20,
	.want = want,
	.draw = draw,
	.about = about,
	.click = click,
};
