/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout.c - which view stands where
 *
 * A layout is a table of panes: columns, and in each column panes below each
 * other.  The first pane of a column gets the rows that the others leave, as
 * far as its view has a use for them; what is still left goes to those that
 * `grow`.  A terminal too small for the layout that is wished for gets the
 * next smaller one.
 */
#include <string.h>

#include "lesson/lesson.h"
#include "tui/view.h"

/** A pane, and how many rows it gets. */
struct pane_spec {
	enum view_id view; /* unless the user chose another */
	uint8_t column;
	uint8_t least;	 /* rows; with fewer it is left out */
	uint8_t percent; /* of the column, if the view has a use for them */
	uint8_t grow;	 /* parts of what nobody else has a use for */
	bool if_left;	 /* only with rows that nobody else has a use for */
};

static const struct pane_spec lecture[] = {
	{VIEW_MAP, 0, 5, 0, 0, false},
	{VIEW_BUDDY, 0, 5, 30, 1, false},
};

static const struct pane_spec standard[] = {
	{VIEW_MAP, 0, 4, 0, 0, false},
	{VIEW_BUDDY, 0, 5, 24, 1, false},
	{VIEW_EVENTS, 0, 3, 20, 2, false},
	{VIEW_COMMAND, 0, 4, 50, 0, true},
};

static const struct pane_spec wide[] = {
	{VIEW_MAP, 0, 6, 0, 0, false},	  {VIEW_BUDDY, 0, 6, 38, 1, false},
	{VIEW_TIME, 0, 6, 60, 1, true},	  {VIEW_EVENTS, 1, 6, 0, 1, false},
	{VIEW_ZONES, 1, 5, 24, 0, false}, {VIEW_COMMAND, 1, 4, 16, 0, false},
	{VIEW_TASKS, 1, 9, 24, 0, false},
};

/* While a lesson is being played, its text has a pane. */
static const struct pane_spec lecture_taught[] = {
	{VIEW_MAP, 0, 4, 0, 0, false},
	{VIEW_LESSON, 0, 6, 65, 1, false},
};

static const struct pane_spec standard_taught[] = {
	{VIEW_MAP, 0, 4, 0, 0, false},
	{VIEW_BUDDY, 0, 5, 20, 0, false},
	{VIEW_LESSON, 0, 6, 60, 1, false},
	{VIEW_EVENTS, 0, 4, 50, 0, true},
};

static const struct pane_spec wide_taught[] = {
	{VIEW_MAP, 0, 6, 0, 0, false},	    {VIEW_BUDDY, 0, 6, 38, 1, false},
	{VIEW_LESSON, 1, 8, 60, 1, false},  {VIEW_EVENTS, 1, 6, 30, 0, false},
	{VIEW_COMMAND, 1, 4, 16, 0, false},
};

struct size {
	int rows, cols;
};

/* Of a terminal that shows one pane: the event has two from here on. */
#define ROWS_FOR_WHY 30

/** A layout; without panes: the focused view, alone. */
static const struct layout_spec {
	const char *name;
	struct size least;  /* of the terminal */
	struct size itself; /* chosen by itself from this size on */
	int left_percent;   /* width of the left column; 100: the only one */
	int said_rows;	    /* for the present event, if it has no pane */
	int squeezed;	    /* rows that others keep where the first view has
			       to have more; 0: all */
	const struct pane_spec *pane;
	int panes;
	const struct pane_spec *taught; /* with a lesson */
	int taught_panes;
} layouts[NR_SCREEN_LAYOUTS] = {
#define PANES(table)                                                           \
	table, sizeof table / sizeof table[0], table##_taught,                 \
		sizeof table##_taught / sizeof table##_taught[0]
	[LAYOUT_ONE] = {"one", {6, 24}, {6, 24}, 100, 1, 0, NULL, 0, NULL, 0},
	[LAYOUT_LECTURE] =
		{"lecture", {17, 50}, {17, 56}, 100, 2, 1, PANES(lecture)},
	[LAYOUT_STANDARD] =
		{"standard", {19, 56}, {22, 74}, 100, 1, 0, PANES(standard)},
	[LAYOUT_WIDE] = {"wide", {24, 110}, {28, 140}, 55, 1, 0, PANES(wide)},
#undef PANES
};

bool screen_too_small(int rows, int cols)
{
	return rows < LEAST_ROWS || cols < LEAST_COLS;
}

const char *layout_name(int id)
{
	return id == LAYOUT_AUTO		   ? "auto"
	       : id >= 0 && id < NR_SCREEN_LAYOUTS ? layouts[id].name
						   : NULL;
}

int layout_find(const char *name)
{
	for (int id = 0; id <= LAYOUT_AUTO; id++)
		if (strcmp(layout_name(id), name) == 0)
			return id;
	return -1;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* ---- which view stands in a pane ---- */

static enum view_id usual_view(const struct prefs *p, enum layout_id id,
			       int pane)
{
	const uint8_t chosen = p->chosen[id][pane];

	return chosen < NR_VIEWS ? (enum view_id)chosen
				 : layouts[id].pane[pane].view;
}

static int panes_of(const struct screen *s, enum layout_id id,
		    const struct pane_spec **pane)
{
	*pane = s->taught ? layouts[id].taught : layouts[id].pane;
	return s->taught ? layouts[id].taught_panes : layouts[id].panes;
}

static enum view_id view_of_pane(const struct screen *s, enum layout_id id,
				 int pane)
{
	const uint8_t chosen = s->chosen[id][pane];

	if (!s->taught)
		return usual_view(s->prefs, id, pane);
	return chosen < NR_VIEWS ? (enum view_id)chosen
				 : layouts[id].taught[pane].view;
}

bool layout_sound(const struct prefs *p)
{
	for (int id = 0; id < NR_SCREEN_LAYOUTS; id++)
		for (int i = 0; i < layouts[id].panes; i++)
			for (int j = 0; j < i; j++)
				if (usual_view(p, (enum layout_id)id, i) ==
				    usual_view(p, (enum layout_id)id, j))
					return false;
	return true;
}

int layout_pane_of(const struct screen *s, enum view_id view)
{
	const struct pane_spec *spec;
	const int n = panes_of(s, s->layout, &spec);

	for (int i = 0; i < n; i++)
		if (view_of_pane(s, s->layout, i) == view)
			return i;
	return -1;
}

void layout_place(struct screen *s, int pane, enum view_id view)
{
	uint8_t *chosen =
		s->taught ? s->chosen[s->layout] : s->prefs->chosen[s->layout];
	const int from = layout_pane_of(s, view);
	const struct pane_spec *spec;

	if (pane < 0 || pane >= panes_of(s, s->layout, &spec))
		return;
	if (from >= 0)
		chosen[from] = (uint8_t)view_of_pane(s, s->layout, pane);
	chosen[pane] = (uint8_t)view;
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

static void one_pane(struct screen *s, int rows, int cols)
{
	/* a pane that stands alone has its event, too */
	if (s->focus != VIEW_EVENTS && !(s->zoomed && s->focus == VIEW_COMMAND))
		s->said_rows = rows >= ROWS_FOR_WHY ? 2 : 1;
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
	n = panes_of(s, s->layout, &pane);
	for (int i = 0; i < n; i++) {
		struct column *c = &column[pane[i].column];
		const enum view_id v = view_of_pane(s, s->layout, i);

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
