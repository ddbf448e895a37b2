/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_compare.c - two worlds side by side: this one and a fork, or two forks
 *
 * Above the pageblocks or frames of both, cell under cell, with those marked
 * that are not the same; below the free blocks of each order.  Only what is
 * shown is read, so the size of the world does not matter.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tui/keys.h"
#include "tui/map.h"

#define LABEL_COLS 9
#define GROUP_ROWS 3 /* here, there, a gap */

/** The two worlds; `there` is NULL without a fork. */
struct pair {
	const struct mm *here, *there;
	const char *above, *name;  /* of both */
	struct changes in_hand[2]; /* what an operation holds in each */
};

/* view.mode: the fork that is below; view.cursor: 0, or one more than that of
 * the fork above. */
static struct pair pair_of(const struct screen *s, const struct mm *mm)
{
	const struct view_state *v = &s->view[VIEW_COMPARE];
	struct pair p = {.above = "", .name = ""};

	p.there = lab_fork(s->lab, (unsigned int)v->mode, &p.name);
	if (p.there && v->cursor > 0 && v->cursor - 1 != v->mode)
		p.here =
			lab_fork(s->lab, (unsigned int)v->cursor - 1, &p.above);
	if (!p.there)
		p.there = lab_fork(s->lab, 0, &p.name);
	if (!p.here) {
		p.here = mm;
		p.above = lab_fork_name(s->lab);
	}
	return p;
}

static int fork_called(const struct lab *lab, const char *name)
{
	const char *fork;

	for (unsigned int i = 0; lab_fork(lab, i, &fork); i++)
		if (strcmp(fork, name) == 0)
			return (int)i;
	return -1;
}

void compare_worlds(struct screen *s, const char *above, const char *below)
{
	struct view_state *v = &s->view[VIEW_COMPARE];
	const int at = fork_called(s->lab, below);

	v->mode = at < 0 ? 0 : at;
	v->cursor = fork_called(s->lab, above) + 1;
	v->scroll = 0;
}

/* ---- are they the same? ---- */

static bool same_frame(const struct pair *p, pfn_t pfn)
{
	struct mm_frame a, b;

	mm_frame(p->here, pfn, &a);
	mm_frame(p->there, pfn, &b);
	return a.kind == b.kind && a.head == b.head && a.order == b.order &&
	       a.block_type == b.block_type && a.owner == b.owner;
}

/* A pageblock, or a part of it: its type, and how many frames are what. */
static bool same_range(const struct pair *p, pfn_t pfn, pfn_t end)
{
	struct mm_range_sum a, b;

	mm_range_sum(p->here, pfn, end, &a);
	mm_range_sum(p->there, pfn, end, &b);
	return a.free == b.free && a.pcp == b.pcp && a.used == b.used &&
	       a.moving == b.moving && a.target == b.target &&
	       a.reserved == b.reserved && a.hole == b.hole &&
	       a.first_free == b.first_free &&
	       mm_pageblock_type(p->here, pfn) ==
		       mm_pageblock_type(p->there, pfn);
}

/* ---- drawing ---- */

static struct map_grid grid_of(const struct screen *s, const struct pair *p,
			       int cols)
{
	return map_grid_plain(s, p->here, LABEL_COLS, cols);
}

/* By the rules that the map has. */
static void draw_cell(const struct mm *mm, const struct map_grid *g,
		      const struct changes *hand, pfn_t pfn, pfn_t end,
		      bool same, int row, int col, struct canvas *c)
{
	struct map_query all;
	struct map_cell cell;

	map_parse(mm, "", &all);
	cell = map_cell(mm, g, &all, hand, pfn, end);
	canvas_put(c, row, col, cell.role, cell.glyph);
	canvas_mark(c, row, col, 1, cell.marks | (same ? 0 : MARK_CHANGED));
}

static void draw_group(const struct pair *p, const struct map_grid *g,
		       int64_t group, int row, struct canvas *c)
{
	uint64_t pfn = g->first + (uint64_t)group * g->per_row;
	unsigned int differ = 0;

	canvas_printf(c, row, 0, ROLE_LABEL, "%8u", (pfn_t)pfn);
	for (unsigned int i = 0; i < g->group * g->groups && pfn < g->end;
	     i++, pfn += g->per_cell) {
		const int col = map_column(g, i);
		const uint64_t end = pfn + g->per_cell;
		const pfn_t to = end > g->end ? g->end : (pfn_t)end;
		const bool same = g->zoom == ZOOM_FRAME
					  ? same_frame(p, (pfn_t)pfn)
					  : same_range(p, (pfn_t)pfn, to);

		differ += !same;
		draw_cell(p->here, g, &p->in_hand[0], (pfn_t)pfn, to, same, row,
			  col, c);
		draw_cell(p->there, g, &p->in_hand[1], (pfn_t)pfn, to, same,
			  row + 1, col, c);
		/* told without colour */
		if (!same)
			canvas_put(c, row + 2, col, ROLE_NOW, '^');
	}
	canvas_printf(c, row + 1, 0, ROLE_DIM, "%8s", differ ? "differ" : "");
}

/* "order      0  1  2", the numbers of both, one column an order. */
static void draw_orders(const struct screen *s, const struct pair *p, int row,
			struct canvas *c)
{
	int col = 13;

	canvas_text(c, row, 0, ROLE_LABEL, "free blocks");
	canvas_text(c, row + 1, 0, ROLE_LABEL, p->above);
	canvas_text(c, row + 2, 0, ROLE_LABEL, p->name);
	for (unsigned int o = 0; o <= mm_max_order(p->here); o++) {
		const int64_t a = mm_nr_free_order(p->here, s->zone, o);
		const int64_t b = mm_nr_free_order(p->there, s->zone, o);
		const enum role role = a == b ? ROLE_TEXT : ROLE_NOW;
		char left[24], right[24];
		int width = snprintf(left, sizeof left, "%" PRId64, a);
		const int other = snprintf(right, sizeof right, "%" PRId64, b);

		width = (width > other ? width : other) + (a != b ? 2 : 0);
		width = width < 4 ? 4 : width;
		canvas_printf(c, row, col, ROLE_DIM, "%*u", width, o);
		canvas_printf(c, row + 1, col, role, "%*s", width, left);
		canvas_printf(c, row + 2, col, role, a == b ? "%*s" : "*%*s",
			      a == b ? width : width - 1, right);
		col += width + 1;
	}
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	struct pair p = pair_of(s, mm);
	const int below = c->rows >= 8 ? 4 : 0;
	struct map_grid g;
	int row = 0;

	if (!p.there) {
		canvas_wrap(c, 0, c->rows, 0, 0, ROLE_DIM,
			    "Nothing to compare with. `:fork a` keeps a copy "
			    "of this world as a; `:era diff` asks the other "
			    "era.");
		return;
	}
	if (mm_end_pfn(p.here) != mm_end_pfn(p.there) ||
	    mm_pageblock_order(p.here) != mm_pageblock_order(p.there)) {
		canvas_wrap(c, 0, c->rows, 0, 0, ROLE_DIM,
			    "The fork has another layout of memory; they "
			    "cannot be laid side by side.");
		return;
	}
	if (!changes_in_flight(s, p.here, &p.in_hand[0]))
		p.in_hand[0].n = 0;
	if (!changes_in_flight(s, p.there, &p.in_hand[1]))
		p.in_hand[1].n = 0;
	g = grid_of(s, &p, c->cols);
	for (int64_t i = s->view[VIEW_COMPARE].scroll;
	     i < g.lines && row + 2 <= c->rows - below; i++, row += GROUP_ROWS)
		draw_group(&p, &g, i, row, c);
	if (below)
		draw_orders(s, &p, row < c->rows - 3 ? row : c->rows - 3, c);
}

static int height(const struct screen *s, const struct mm *mm, int rows,
		  int cols)
{
	const struct pair p = pair_of(s, mm);

	if (!p.there)
		return 1;
	/* the scroll counts groups */
	return grid_of(s, &p, cols).lines + rows - 1;
}

static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	const struct pair p = pair_of(s, mm);
	int n;

	if (!p.there)
		return 2;
	n = grid_of(s, &p, cols).lines;
	return n > rows / GROUP_ROWS ? rows : n * GROUP_ROWS + 3;
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	const struct pair p = pair_of(s, mm);

	if (p.there)
		snprintf(buf, size, "%s above, %s below", p.above, p.name);
	else
		buf[0] = '\0';
}

/* The next fork; or the compared one becomes this one. */
static struct reply key(struct screen *s, const struct mm *mm, int k)
{
	const struct pair p = pair_of(s, mm);
	struct view_state *v = &s->view[VIEW_COMPARE];
	struct reply to = reply(REPLY_DONE);
	const char *name;

	if (!p.there)
		return to;
	v->cursor = 0; /* this world is above again */
	if (k == 'x') {
		to.kind = REPLY_RUN;
		snprintf(to.line, sizeof to.line, "switch %s", p.name);
	} else if (!lab_fork(s->lab, (unsigned int)++v->mode, &name)) {
		v->mode = 0;
	}
	return to;
}

static const struct key_row keys[] = {
	{'x', "x", NULL, ACT_NONE, "exchange: go on in the other fork"},
	{'w', "w", NULL, ACT_NONE, "compare with the next fork"},
	{0, NULL, NULL, ACT_NONE, NULL},
};

static const char *const legend[] = {
	"MMm2mm     this world, cells as on the map; + and - come closer, or",
	"           farther: frames, parts of pageblocks, pageblocks",
	"MMMMmm     the fork below it, cell by cell",
	"  ^^       these are not the same",
	"*4         nor is this number of free blocks of an order",
	NULL,
};

const struct view_ops view_compare = {
	.name = "compare",
	.title = "two worlds",
	.legend = legend,
	.keys = keys,
	.min_rows = 3,
	.min_cols = 20,
	.want = want,
	.height = height,
	.draw = draw,
	.about = about,
	.key = key,
};
