/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_compare.c - this world and a fork, side by side
 *
 * Above the pageblocks or frames of both, cell under cell, with those marked
 * that are not the same; below the free blocks of each order.  Only what is
 * shown is read, so the size of the world does not matter.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tui/keys.h"
#include "tui/palette.h"
#include "tui/view.h"

#define LABEL_COLS 9
#define GROUP_ROWS 3 /* here, there, a gap */

/** The two worlds; `there` is NULL without a fork. */
struct pair {
	const struct mm *here, *there;
	const char *name; /* of the fork */
};

static struct pair pair_of(const struct screen *s, const struct mm *mm)
{
	struct pair p = {.here = mm, .name = ""};
	unsigned int i = (unsigned int)s->view[VIEW_COMPARE].mode;

	p.there = lab_fork(s->lab, i, &p.name);
	if (!p.there)
		p.there = lab_fork(s->lab, 0, &p.name);
	return p;
}

/** What a cell shows: a letter in its role, by rules the map has too. */
struct look_at {
	enum role role;
	uint32_t glyph;
	unsigned int marks;
	/* what is compared, beyond the letter */
	uint64_t key;
};

static struct look_at look_at_frame(const struct mm *mm, pfn_t pfn)
{
	struct look_at l = {ROLE_HOLE, '.', 0, 0};
	struct mm_frame f;
	char letter;

	mm_frame(mm, pfn, &f);
	l.key = (uint64_t)f.kind << 56 ^ (uint64_t)f.head << 16 ^
		(uint64_t)f.order << 8 ^ (uint64_t)f.block_type << 4 ^
		(uint64_t)f.owner << 40;
	if (f.kind == FRAME_HOLE || f.kind == FRAME_OFFLINE) {
		l.glyph = ' ';
		return l;
	}
	if (f.kind == FRAME_RESERVED)
		return l;
	letter = mm_migratetype_letter(f.block_type);
	l.role = role_migratetype((int)f.block_type);
	l.glyph = (uint32_t)letter;
	if (f.kind == FRAME_FREE && pfn == f.head)
		l.glyph = f.order < 10 ? '0' + f.order : 'a' + f.order - 10;
	else if (f.kind == FRAME_FREE || f.kind == FRAME_PCP)
		l.glyph = (uint32_t)(letter | 32);
	else
		l.marks = MARK_FULL;
	return l;
}

static struct look_at look_at_block(const struct mm *mm, pfn_t pfn)
{
	const uint32_t whole = 1u << mm_pageblock_order(mm);
	const enum migratetype mt = mm_pageblock_type(mm, pfn);
	const uint32_t free = mm_pageblock_free(mm, pfn);
	const char letter = mm_migratetype_letter(mt);
	struct look_at l = {role_migratetype((int)mt), (uint32_t)letter, 0, 0};

	l.key = (uint64_t)mt << 32 | free;
	if (free == whole)
		l.glyph = (uint32_t)(letter | 32);
	else if (free == 0)
		l.marks = MARK_FULL;
	return l;
}

/* Frames in a row of cells, and of the whole zone shown. */
struct grid {
	pfn_t start, end, unit;
	int cols;
	int64_t groups;
};

static struct grid grid_of(const struct screen *s, const struct pair *p,
			   int cols)
{
	struct grid g = {
		.unit = s->frames ? 1
				  : (pfn_t)1 << mm_pageblock_order(p->here)};
	struct mm_zone_info zi;

	mm_zone_info(p->here, s->zone, &zi);
	g.start = zi.start;
	g.end = zi.start + zi.spanned;
	g.cols = cols - LABEL_COLS;
	/* whole pageblocks, or tens */
	if (g.cols > 16)
		g.cols -= g.cols % 8;
	if (g.cols < 1)
		g.cols = 1;
	g.groups = ((int64_t)zi.spanned + (int64_t)g.unit * g.cols - 1) /
		   ((int64_t)g.unit * g.cols);
	return g;
}

static void draw_cell(const struct look_at *l, bool differs, int row, int col,
		      struct canvas *c)
{
	canvas_put(c, row, col, l->role, l->glyph);
	canvas_mark(c, row, col, 1, l->marks | (differs ? MARK_CHANGED : 0));
}

static void draw_group(const struct screen *s, const struct pair *p,
		       const struct grid *g, int64_t group, int row,
		       struct canvas *c)
{
	pfn_t pfn = g->start + (pfn_t)group * g->unit * (pfn_t)g->cols;
	unsigned int differ = 0;

	canvas_printf(c, row, 0, ROLE_LABEL, "%8" PRIu32, pfn);
	for (int i = 0; i < g->cols && pfn < g->end; i++, pfn += g->unit) {
		const struct look_at a = s->frames
						 ? look_at_frame(p->here, pfn)
						 : look_at_block(p->here, pfn);
		const struct look_at b = s->frames
						 ? look_at_frame(p->there, pfn)
						 : look_at_block(p->there, pfn);

		differ += a.key != b.key;
		draw_cell(&a, a.key != b.key, row, LABEL_COLS + i, c);
		draw_cell(&b, a.key != b.key, row + 1, LABEL_COLS + i, c);
		/* told without colour */
		if (a.key != b.key)
			canvas_put(c, row + 2, LABEL_COLS + i, ROLE_NOW, '^');
	}
	canvas_printf(c, row + 1, 0, ROLE_DIM, "%8s", differ ? "differ" : "");
}

/* "order      0  1  2", the numbers of both, one column an order. */
static void draw_orders(const struct screen *s, const struct pair *p, int row,
			struct canvas *c)
{
	int col = 13;

	canvas_text(c, row, 0, ROLE_LABEL, "free blocks");
	canvas_text(c, row + 1, 0, ROLE_LABEL, lab_fork_name(s->lab));
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
	const struct pair p = pair_of(s, mm);
	const int below = c->rows >= 8 ? 4 : 0;
	struct grid g;
	int row = 0;

	if (!p.there) {
		canvas_wrap(c, 0, c->rows, 0, 0, ROLE_DIM,
			    "Nothing to compare with. Type : and fork before, "
			    "to keep a copy of this world, or era diff.");
		return;
	}
	if (mm_end_pfn(p.here) != mm_end_pfn(p.there) ||
	    mm_pageblock_order(p.here) != mm_pageblock_order(p.there)) {
		canvas_wrap(c, 0, c->rows, 0, 0, ROLE_DIM,
			    "The fork has another layout of memory; they "
			    "cannot be laid side by side.");
		return;
	}
	g = grid_of(s, &p, c->cols);
	for (int64_t i = s->view[VIEW_COMPARE].scroll;
	     i < g.groups && row + 2 <= c->rows - below; i++, row += GROUP_ROWS)
		draw_group(s, &p, &g, i, row, c);
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
	return (int)grid_of(s, &p, cols).groups + rows - 1;
}

static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	const struct pair p = pair_of(s, mm);
	int64_t n;

	if (!p.there)
		return 2;
	n = grid_of(s, &p, cols).groups * GROUP_ROWS + 3;
	return n > rows ? rows : (int)n;
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	const struct pair p = pair_of(s, mm);

	if (p.there)
		snprintf(buf, size, "%s above, %s below", lab_fork_name(s->lab),
			 p.name);
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
	"MMm2mm..   this world; + and - choose frames or pageblocks",
	"MMMMmm..   the fork below it, cell by cell",
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
