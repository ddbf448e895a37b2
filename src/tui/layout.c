/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout.c - where the panes stand, and how many rows each has
 *
 * The first pane of a column gets the rows that the others leave, as
 * far as its view has a use for them; what is still left goes to those that
 * `grow`.  A terminal too small for the layout that is wished for gets the
 * next smaller one.
 */
#include "tui/layout.h"

#include <string.h>

#include "lesson/lesson.h"

/*
 * Of a terminal that shows one pane: the event has two from here on, and from
 * there on if the pane has no use for one.
 */
#define ROWS_FOR_WHY 30
#define ROWS_TO_SPARE 18

bool screen_too_small(int rows, int cols)
{
	return rows < LEAST_ROWS || cols < LEAST_COLS;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* ---- how many rows it gets ---- */

static int wanted(const struct screen *s, enum view_id v, int rows, int cols)
{
	const int n = views[v]->want(s, lab_mm(s->lab), rows, cols);

	return n < 0 ? 0 : least(n, rows);
}

/** One column on its way to its rectangles. */
struct column {
	int n, rows, col, cols;
	const struct pane_spec *spec[MAX_PANES];
	enum view_id view[MAX_PANES];
	int own[MAX_PANES]; /* rows without the border */
};

static int left_over(const struct column *c)
{
	int left = c->rows;

	for (int i = 0; i < c->n; i++)
		left -= c->own[i] ? c->own[i] + 1 : 0;
	return left;
}

/* Not a view that the user has put there. */
static bool makes_way(const struct column *c, int i, int keep)
{
	return c->view[i] == c->spec[i]->view && c->own[i] > keep;
}

/* The first view needs so many rows: others make way, if that is enough. */
static void squeeze(const struct screen *s, struct column *c, int keep)
{
	int room = c->own[0] + left_over(c), must;

	if (!keep || !views[c->view[0]]->must)
		return;
	for (int i = 1; i < c->n; i++)
		room += makes_way(c, i, keep) ? c->own[i] - keep : 0;
	must = views[c->view[0]]->must(s, lab_mm(s->lab), room, c->cols);
	for (int i = c->n - 1; i > 0; i--)
		while (c->own[0] + left_over(c) < must && makes_way(c, i, keep))
			c->own[i]--;
	if (must > c->own[0])
		c->own[0] = must;
}

/* Those that cannot have their least are left out, from the last one on. */
static void give_least(struct column *c)
{
	for (int i = 0; i < c->n; i++)
		c->own[i] = c->spec[i]->if_left ? 0 : c->spec[i]->least;
	for (int i = c->n - 1; i > 0 && left_over(c) < 0; i--)
		c->own[i] = 0;
	c->own[0] += least(left_over(c), 0);
}

static void give_percent(const struct screen *s, struct column *c)
{
	for (int i = 1; i < c->n; i++) {
		const int most = c->rows * c->spec[i]->percent / 100;
		const int n = wanted(s, c->view[i], most, c->cols);
		const int more = least(n - c->own[i], left_over(c));

		if (c->own[i] && more > 0)
			c->own[i] += more;
	}
}

static void give_first(const struct screen *s, struct column *c)
{
	const int room = c->own[0] + left_over(c);
	const int n = wanted(s, c->view[0], room, c->cols);

	if (n > c->own[0])
		c->own[0] = n;
}

/* Panes that wait for what is left; the rest to those that grow. */
static void give_rest(const struct screen *s, struct column *c)
{
	int parts = 0, left;

	for (int i = 1; i < c->n; i++) {
		const int most = left_over(c) - 1;
		int n = most * c->spec[i]->percent / 100;

		if (!c->spec[i]->if_left || most < c->spec[i]->least)
			continue;
		n = wanted(s, c->view[i], n, c->cols);
		c->own[i] = n > c->spec[i]->least ? n : c->spec[i]->least;
	}
	for (int i = 0; i < c->n; i++)
		parts += c->own[i] ? c->spec[i]->grow : 0;
	left = left_over(c);
	for (int i = c->n - 1; i >= 0 && parts; i--) {
		const int grow = c->spec[i]->grow;
		const int more = (left * grow + parts - 1) / parts;

		if (!c->own[i])
			continue;
		c->own[i] += more;
		left -= more;
		parts -= grow;
	}
	c->own[0] += left_over(c);
}

static void fill_column(struct screen *s, struct column *c, int squeezed)
{
	int row = 1;

	if (!c->n)
		return;
	give_least(c);
	squeeze(s, c, squeezed);
	give_percent(s, c);
	give_first(s, c);
	give_rest(s, c);
	for (int i = 0; i < c->n; i++) {
		if (c->own[i] < 1)
			continue;
		s->rect[c->view[i]] =
			(struct rect){row + 1, c->col + 1, c->own[i], c->cols};
		s->pane[s->nr_panes++] = c->view[i];
		row += c->own[i] + 1;
	}
}

/* ---- which layout ---- */

static enum layout_id choose(const struct screen *s, int rows, int cols)
{
	const bool itself = s->prefs->layout == LAYOUT_AUTO;
	int id = itself ? NR_SCREEN_LAYOUTS - 1 : s->prefs->layout;

	for (; id > LAYOUT_ONE; id--) {
		const struct size *size =
			itself ? &layouts[id].itself : &layouts[id].least;

		if (rows >= size->rows && cols >= size->cols)
			break;
	}
	return (enum layout_id)id;
}

/* It would have a row too many with one for the event. */
static bool has_spare(const struct screen *s, int rows, int cols)
{
	return rows >= ROWS_TO_SPARE &&
	       wanted(s, s->focus, rows - 5, cols - 1) < rows - 5;
}

static void one_pane(struct screen *s, int rows, int cols)
{
	/* a pane that stands alone has its event, too */
	if (s->focus != VIEW_EVENTS && !(s->zoomed && s->focus == VIEW_COMMAND))
		s->said_rows = rows >= ROWS_FOR_WHY || has_spare(s, rows, cols)
				       ? 2
				       : 1;
	rows -= 4 + s->said_rows;
	s->rect[s->focus] = (struct rect){2, 1, rows < 1 ? 1 : rows, cols - 1};
	s->pane[0] = s->focus;
	s->nr_panes = 1;
}

static void several_panes(struct screen *s, int rows, int cols)
{
	const struct layout_spec *spec = &layouts[s->layout];
	const int left = cols * spec->left_percent / 100;
	struct column column[2] = {
		{.cols = left - (left < cols ? 2 : 1)},
		{.col = left, .cols = cols - left - 1},
	};
	const struct pane_spec *pane;
	int n;

	s->said_rows = spec->said_rows;
	n = layout_panes(s, s->layout, &pane);
	for (int i = 0; i < n; i++) {
		struct column *c = &column[pane[i].column];
		const enum view_id v = layout_view(s, s->layout, i);

		if (v == VIEW_EVENTS && !pane[i].if_left)
			s->said_rows = 0;
		c->view[c->n] = v;
		c->spec[c->n++] = &pane[i];
	}
	for (int i = 0; i < 2; i++) {
		column[i].rows = rows - 3 - s->said_rows;
		fill_column(s, &column[i], s->taught ? 0 : spec->squeezed);
	}
}

/*
 * A view that this size has no pane for leaves the keys to the first pane, and
 * gets them back when it is shown again, unless they went elsewhere meanwhile.
 */
static void settle_focus(struct screen *s, bool alone)
{
	if (s->zoomed || s->focus != s->stands_in)
		s->away = false;
	if (s->away && (alone || s->rect[s->left].rows)) {
		s->focus = s->left;
		s->away = false;
	}
	if (alone || s->rect[s->focus].rows)
		return;
	if (!s->away)
		s->left = s->focus;
	s->away = true;
	s->focus = s->stands_in = s->pane[0];
}

void layout(struct screen *s, int rows, int cols)
{
	struct lesson_now now;

	s->rows = rows;
	s->cols = cols;
	memset(s->rect, 0, sizeof s->rect);
	s->taught = lesson_now(s->lab, &now) && now.wait != LESSON_NOTHING;
	s->nr_panes = s->said_rows = 0;
	if (screen_too_small(rows, cols))
		return;
	s->layout = choose(s, rows, cols);
	if (s->zoomed || s->layout == LAYOUT_ONE) {
		settle_focus(s, true);
		one_pane(s, rows, cols);
		return;
	}
	several_panes(s, rows, cols);
	settle_focus(s, false);
}
