/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_zones.c - each zone's free pages against its marks and a request
 *
 * The zones stand in the order in which the request is offered them: the one
 * in hand, the last one, or one that nobody has made.  What there is no room
 * for is left out: first the reserves, then the caret, then the gauge.
 */
#include <stdio.h>
#include <string.h>

#include "tui/fields.h"
#include "tui/keys.h"
#include "tui/view.h"

/** How much of a zone is told. */
enum detail { VERDICTS, FORMULAS, GAUGES, ALL };

/** Requests to be tried out; the first is a real one. */
static const struct {
	const char *name;
	gfp_t gfp;
} asks[] = {
	{NULL, 0},
	{"GFP_KERNEL", GFP_KERNEL},
	{"GFP_ATOMIC", GFP_ATOMIC},
	{"GFP_NOWAIT", GFP_NOWAIT},
	{"GFP_HIGHUSER_MOVABLE", GFP_HIGHUSER_MOVABLE},
	{"GFP_KERNEL|__GFP_DMA32", GFP_KERNEL | GFP_BIT_DMA32},
};

#define NR_ASKS ((int)(sizeof asks / sizeof asks[0]))

static const char *const mark_names[NR_WMARK] = {"min", "low", "high", "promo"};

/* ---- which request ---- */

/* The walk that is shown; false if it is a made up one. */
static bool walk_of(const struct screen *s, const struct mm *mm,
		    struct mm_walk *w)
{
	const struct view_state *v = &s->view[VIEW_ZONES];
	struct mm_request want = {.gfp = asks[v->mode ? v->mode : 1].gfp,
				  .order = (uint16_t)v->cursor,
				  .nid = -1};

	if (!v->mode && mm_walk_last(mm, -1, w))
		return true;
	if (want.order > mm_max_order(mm))
		want.order = (uint16_t)mm_max_order(mm);
	if (mm_walk_of(mm, &want, false, w))
		*w = (struct mm_walk){0};
	return false;
}

static void request_text(const struct screen *s, const struct mm *mm,
			 const struct mm_walk *w, char *buf, size_t size)
{
	const bool real = w->moment != 0;
	struct mm_task_info ti;
	char gfp[160];

	mm_gfp_print(w->want.gfp, gfp, sizeof gfp);
	mm_task_info(mm, w->task, &ti);
	snprintf(buf, size, "%s: order %u, %s, cpu %u%s%s; tested at %s%s",
		 w->in_hand ? "In hand"
		 : real	    ? "The last request"
		 : s->view[VIEW_ZONES].mode
			 ? "If somebody asked"
			 : "No request yet; if somebody asked",
		 w->want.order, gfp, w->want.cpu, w->task ? ", " : "",
		 w->task ? ti.comm : "",
		 mark_names[w->alloc_flags & ALLOC_WMARK_MASK],
		 w->alloc_flags & ALLOC_NO_WATERMARKS ? ", which it may ignore"
						      : "");
}

/* ---- the gauge ---- */

#define MOST_SHIFT 9 /* columns from a mark to its name */

/** Pages on a bar of cells. */
struct gauge {
	int64_t whole; /* pages that fill it */
	int cols;
};

static int place_of(const struct gauge *g, int64_t pages)
{
	if (pages < 0)
		return 0;
	return pages >= g->whole ? g->cols : (int)(pages * g->cols / g->whole);
}

/* Marks are small against a zone: the bar ends where they are far behind. */
static struct gauge gauge_of(const struct mm *mm, const struct mm_walk_zone *z,
			     const struct mm_zone_info *zi, int cols)
{
	struct gauge g = {.cols = cols};

	g.whole = 4 * mm_zone_mark(mm, z->zone, WMARK_HIGH);
	if (g.whole < z->needed * 5 / 4)
		g.whole = z->needed * 5 / 4;
	if (g.whole < 16 || g.whole > (int64_t)zi->managed)
		g.whole = zi->managed ? (int64_t)zi->managed : 1;
	return g;
}

/*
 * What may be used, then what is free but not for this request: of
 * high-atomic pageblocks, of CMA areas, the rest of a block of its order.
 */
static void draw_bar(const struct gauge *g, const struct mm_walk_zone *z,
		     int row, int col, struct canvas *c)
{
	const int64_t until[] = {z->usable, z->usable + z->tail,
				 z->usable + z->tail + z->cma, z->free};
	static const char glyphs[] = "#-ch";
	const enum role roles[] = {z->missing ? ROLE_BAD : ROLE_GOOD, ROLE_DIM,
				   ROLE_CMA, ROLE_HIGHATOMIC};
	int at = 0;

	canvas_put(c, row, col, ROLE_TEXT, '[');
	canvas_repeat(c, row, col + 1, ROLE_DIM, '.', g->cols);
	for (int i = 0; i < 4; i++) {
		const int to = place_of(g, until[i]);

		if (to > at)
			at = canvas_repeat(c, row, col + 1 + at, roles[i],
					   (unsigned char)glyphs[i], to - at) -
			     col - 1;
	}
	canvas_put(c, row, col + 1 + g->cols, ROLE_TEXT,
		   z->free > g->whole ? '>' : ']');
}

/* The marks in the bar; their names above it, in order, about there. */
static void draw_marks(const struct mm *mm, const struct gauge *g,
		       const struct mm_walk_zone *z, int row, int col,
		       struct canvas *c)
{
	int free_to = 0;

	for (int w = WMARK_MIN; w < NR_WMARK; w++) {
		const int64_t mark =
			mm_zone_mark(mm, z->zone, (enum zone_watermarks)w);
		const int at = col + 1 + place_of(g, mark);
		const int len = (int)strlen(mark_names[w]);
		const int name = at > free_to ? at : free_to;

		if (mark >= g->whole ||
		    (w == WMARK_PROMO &&
		     mark == mm_zone_mark(mm, z->zone, WMARK_HIGH)))
			continue;
		canvas_put(c, row + 1, at, ROLE_KEY, '|');
		if (name <= at + MOST_SHIFT && name + len <= c->cols)
			free_to = 1 + canvas_text(c, row, name,
						  (int)z->which == w ? ROLE_KEY
								     : ROLE_DIM,
						  mark_names[w]);
	}
}

static void draw_caret(const struct gauge *g, const struct mm_walk_zone *z,
		       int row, int col, struct canvas *c)
{
	const int at = col + 1 + place_of(g, z->needed);
	char text[60];

	snprintf(text, sizeof text, "needs more than %lld",
		 (long long)z->needed);
	canvas_put(c, row, at, ROLE_NOW, '^');
	if (at + 2 + (int)strlen(text) <= c->cols)
		canvas_text(c, row, at + 2, ROLE_DIM, text);
	else if (at - 1 - (int)strlen(text) >= 0)
		canvas_text(c, row, at - 1 - (int)strlen(text), ROLE_DIM, text);
}

/* ---- in words ---- */

static void verdict_text(const struct mm *mm, const struct mm_walk *w,
			 const struct mm_walk_zone *z, char *buf, size_t size)
{
	switch (z->verdict) {
	case ZONE_PASSES:
		snprintf(buf, size, "passes, %lld above", (long long)z->margin);
		return;
	case ZONE_UNBOOSTED:
		snprintf(buf, size, "passes, for it the boost does not count");
		return;
	case ZONE_IGNORED:
		snprintf(buf, size, "gives all the same: no mark is observed");
		return;
	case ZONE_SHORT:
		snprintf(buf, size, "refuses, %lld too few",
			 (long long)z->missing);
		return;
	case ZONE_NO_BLOCK:
		snprintf(buf, size,
			 "refuses: %lld above, but no block of order %u",
			 (long long)z->margin, w->want.order);
		return;
	case ZONE_TOO_HIGH:
		snprintf(buf, size, "not offered: above %s",
			 mm_layout_zone_name(mm_zone_layout(mm), w->highest));
		return;
	case ZONE_NOT_NODE:
		snprintf(buf, size, "not offered: its policy leaves it out");
		return;
	default:
		snprintf(buf, size, "not offered: its cpuset leaves it out");
	}
}

static enum role verdict_role(const struct mm_walk_zone *z)
{
	return z->verdict <= ZONE_IGNORED    ? ROLE_GOOD
	       : z->verdict <= ZONE_NO_BLOCK ? ROLE_BAD
					     : ROLE_DIM;
}

static size_t add_term(char *buf, size_t size, size_t used, const char *fmt,
		       const char *name, int64_t n)
{
	if (n == 0 || used >= size)
		return used;
	return used + (size_t)snprintf(buf + used, size - used, fmt, name,
				       (long long)n);
}

/* "free 216 - 7 (2^3 - 1) = 209 > 10 = low 10"; what is 0 is left out. */
static void formula_text(const struct mm_walk *w, const struct mm_walk_zone *z,
			 char *buf, size_t size)
{
	size_t n = (size_t)snprintf(buf, size, "free %lld", (long long)z->free);

	n = add_term(buf, size, n, " - %s %lld", "highatomic", z->highatomic);
	n = add_term(buf, size, n, " - %s %lld", "cma", z->cma);
	if (z->tail && n < size)
		n += (size_t)snprintf(buf + n, size - n, " - %lld (2^%u - 1)",
				      (long long)z->tail, w->want.order);
	if (z->usable != z->free)
		n = add_term(buf, size, n, "%s%lld", " = ", z->usable);
	if (n < size)
		n += (size_t)snprintf(buf + n, size - n, " %s %lld = %s %lld",
				      z->missing ? "<=" : ">",
				      (long long)z->needed,
				      mark_names[z->which], (long long)z->raw);
	n = add_term(buf, size, n, " + %s %lld", "boost", z->boost);
	if (z->mark != z->raw + z->boost)
		n = add_term(buf, size, n, "%s %lld", ", lowered to", z->mark);
	add_term(buf, size, n, " + %s %lld", "reserve", z->reserve);
}

/* What the zone keeps from requests that could have gone higher. */
static int draw_reserves(const struct mm *mm, const struct mm_walk *w,
			 const struct mm_zone_info *zi, int row, int col,
			 struct canvas *c)
{
	struct fields f = {.c = c, .row = row, .col = col};
	bool any = false;

	for (int i = 0; i < MAX_NR_ZONES; i++) {
		const char *name = mm_layout_zone_name(mm_zone_layout(mm),
						       (enum zone_type)i);

		if (!zi->lowmem_reserve[i] || *name == '?')
			continue;
		if (!any)
			fields_add(&f, ROLE_DIM,
				   "reserve against requests for");
		any = true;
		fields_flow(&f, col, (int)w->highest == i ? ROLE_KEY : ROLE_DIM,
			    "%s %lld", name, (long long)zi->lowmem_reserve[i]);
	}
	return any ? f.row + 1 : row;
}

/* What else is known of the zone: how much there is, kept back, or shut. */
static int draw_facts(const struct mm_zone_info *zi, int row, int col,
		      struct canvas *c)
{
	struct fields f = {.c = c, .row = row, .col = col};

	fields_add(&f, ROLE_DIM, "managed %u", zi->managed);
	if (zi->free_raw != zi->free)
		fields_flow(&f, col, ROLE_DIM, "free with all CPUs' share %lld",
			    (long long)zi->free);
	if (zi->reserved_highatomic)
		fields_flow(&f, col, ROLE_HIGHATOMIC,
			    "high-atomic %lld, of them free %lld",
			    (long long)zi->reserved_highatomic,
			    (long long)zi->free_highatomic);
	if (zi->cma)
		fields_flow(&f, col, ROLE_CMA, "CMA %u, of them free %lld",
			    zi->cma, (long long)zi->free_cma);
	if (zi->nr_isolate)
		fields_flow(&f, col, ROLE_ISOLATE, "pageblocks shut %u",
			    zi->nr_isolate);
	if (zi->flags & ZONE_BELOW_HIGH)
		fields_flow(&f, col, ROLE_DIM, "known to be below high");
	if (zi->flags & ZONE_BOOSTED_WATERMARK)
		fields_flow(&f, col, ROLE_DIM, "kswapd to be woken for boost");
	if (zi->flags & ZONE_RECLAIM_ACTIVE)
		fields_flow(&f, col, ROLE_DIM, "kswapd is reclaiming");
	return f.row + 1;
}

/* ---- a zone ---- */

static int draw_title(const struct screen *s, const struct mm *mm,
		      const struct mm_walk *w, const struct mm_walk_zone *z,
		      const struct mm_zone_info *zi, int row, struct canvas *c)
{
	struct fields f = {.c = c, .row = row};
	struct changes ch;
	char name[40], verdict[80];
	bool changed = false;
	int col;

	zone_text(mm, z->zone, name, sizeof name);
	verdict_text(mm, w, z, verdict, sizeof verdict);
	changes_read(s, mm, &ch);
	for (int mt = 0; z->zone == s->zone && mt < MIGRATE_TYPES; mt++)
		changed = changed || ch.orders[mt];
	fields_add(&f, ROLE_TITLE, "%s%s", name, c->cols > 50 ? "  " : " ");
	col = f.col;
	fields_add(&f, ROLE_TEXT, changed ? "[free %lld]" : "free %lld",
		   (long long)zi->free_raw);
	if (changed)
		canvas_mark(c, row, col, f.col - 1 - col, MARK_CHANGED);
	fields_flow(&f, 2, verdict_role(z), "%s", verdict);
	if (z->verdict < ZONE_TOO_HIGH)
		fields_flow(&f, 2, ROLE_DIM,
			    "min %lld low %lld high %lld promo %lld",
			    (long long)zi->wmark[WMARK_MIN],
			    (long long)zi->wmark[WMARK_LOW],
			    (long long)zi->wmark[WMARK_HIGH],
			    (long long)zi->wmark[WMARK_PROMO]);
	if (zi->boost)
		fields_flow(&f, 2, ROLE_BAD, "boost %lld",
			    (long long)zi->boost);
	return f.row + 1;
}

/* Gives the row after it. */
static int draw_zone(const struct screen *s, const struct mm *mm,
		     const struct mm_walk *w, const struct mm_walk_zone *z,
		     enum detail detail, int row, struct canvas *c)
{
	struct mm_zone_info zi;
	struct gauge g;
	char text[300];

	mm_zone_info(mm, z->zone, &zi);
	row = draw_title(s, mm, w, z, &zi, row, c);
	if (z->verdict >= ZONE_TOO_HIGH)
		return row + (detail == ALL);
	g = gauge_of(mm, z, &zi, c->cols - 5);
	if (detail >= GAUGES) {
		draw_bar(&g, z, row + 1, 2, c);
		draw_marks(mm, &g, z, row, 2, c);
		row += 2;
	}
	if (detail == ALL)
		draw_caret(&g, z, row++, 2, c);
	if (detail >= FORMULAS) {
		formula_text(w, z, text, sizeof text);
		row += canvas_wrap(c, row, 10, 2, 2, ROLE_TEXT, text);
	}
	if (detail == ALL) {
		row = draw_facts(&zi, row, 2, c);
		row = draw_reserves(mm, w, &zi, row, 2, c) + 1;
	}
	return row;
}

/* Which zone the page comes from, in one row. */
static void draw_outcome(const struct mm *mm, const struct mm_walk *w, int row,
			 struct canvas *c)
{
	struct mm_walk_zone z;
	char name[40];

	for (unsigned int i = 0; mm_walk_zone(mm, w, i, &z); i++) {
		if (z.verdict > ZONE_IGNORED)
			continue;
		zone_text(mm, z.zone, name, sizeof name);
		canvas_printf(c, row, 0, ROLE_NOW,
			      "%s is the first that passes.", name);
		return;
	}
	canvas_text(c, row, 0, ROLE_BAD,
		    (w->alloc_flags & ALLOC_WMARK_MASK) == WMARK_LOW
			    ? "No zone passes: kswapd is woken, then at min."
			    : "No zone passes.");
}

static int draw_all(const struct screen *s, const struct mm *mm,
		    const struct mm_walk *w, enum detail detail, int row,
		    struct canvas *c)
{
	struct mm_walk_zone z;
	char text[300];

	request_text(s, mm, w, text, sizeof text);
	row += canvas_wrap(c, row, 4, 0, 2, ROLE_LABEL, text);
	draw_outcome(mm, w, row++, c);
	if (detail == ALL)
		row++;
	for (unsigned int i = 0; mm_walk_zone(mm, w, i, &z); i++)
		row = draw_zone(s, mm, w, &z, detail, row, c);
	return row;
}

/* As much as there is room for; a formula at least. */
static enum detail fit(const struct screen *s, const struct mm *mm,
		       const struct mm_walk *w, int rows, int cols)
{
	struct canvas none = {.cols = cols};
	int detail = ALL;

	while (detail > FORMULAS &&
	       draw_all(s, mm, w, (enum detail)detail, 0, &none) > rows + 1)
		detail--;
	return rows < 3 ? VERDICTS : (enum detail)detail;
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	struct mm_walk w;

	walk_of(s, mm, &w);
	draw_all(s, mm, &w, fit(s, mm, &w, c->rows, c->cols),
		 -s->view[VIEW_ZONES].scroll, c);
}

static int height(const struct screen *s, const struct mm *mm, int rows,
		  int cols)
{
	struct canvas none = {.cols = cols};
	struct mm_walk w;

	walk_of(s, mm, &w);
	return draw_all(s, mm, &w, fit(s, mm, &w, rows, cols), 0, &none);
}

static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	const int n = height(s, mm, rows, cols);

	return n < rows ? n : rows;
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	(void)s;
	(void)mm;
	snprintf(buf, size, "in the order in which they are asked");
}

static struct reply key(struct screen *s, const struct mm *mm, int key)
{
	struct view_state *v = &s->view[VIEW_ZONES];

	if (key == 'a') {
		v->mode = (v->mode + 1) % NR_ASKS;
		return reply(REPLY_DONE);
	}
	if (!v->mode)
		v->mode = 1;
	v->cursor += key == '}' ? 1 : -1;
	if (v->cursor < 0)
		v->cursor = 0;
	if (v->cursor > (int64_t)mm_max_order(mm))
		v->cursor = (int64_t)mm_max_order(mm);
	return reply(REPLY_DONE);
}

static const struct key_row keys[] = {
	{'a', "a", NULL, ACT_NONE,
	 "ask as another would: GFP_KERNEL, GFP_ATOMIC, ...; or the real one"},
	{'}', "} {", NULL, ACT_NONE, "ask for a larger block, a smaller one"},
	{'{', NULL, NULL, ACT_NONE, NULL},
	{KEY_NONE, NULL, NULL, ACT_NONE, NULL},
};

static const char *const legend[] = {
	"[###|#|##>   free pages over the marks min, low, high, promo; the bar",
	"             ends at 4 x high: > when there is more than it can show",
	"#            what this request may count on",
	"h c -        free, but not for it: in high-atomic pageblocks, in CMA",
	"             areas, the rest of a block of its order (2^order - 1)",
	"^            where # has to reach beyond: the mark, with its boost, "
	"and",
	"             the reserve against requests that could have gone higher",
	"[free 97]    changed in this step",
	NULL,
};

const struct view_ops view_zones = {
	.name = "zones",
	.title = "zones",
	.legend = legend,
	.keys = keys,
	.min_rows = 2,
	.min_cols = 22,
	.want = want,
	.height = height,
	.draw = draw,
	.about = about,
	.key = key,
};
