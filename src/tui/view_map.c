/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_map.c - the physical map: each cell a frame, or one or more pageblocks
 *
 * Letters say everything; fill and colour repeat it.  See the legend.
 */
#include <ctype.h>
#include <stdio.h>

#include "tui/keys.h"
#include "tui/palette.h"
#include "tui/view.h"

#define MAX_SCALE 5 /* at most 32 pageblocks a cell; beyond that, scroll */

/** How the zone lies on the pane. */
struct geometry {
	int label;	       /* columns before the cells */
	unsigned int group;    /* cells between two gaps */
	unsigned int groups;   /* in a row */
	unsigned int per_cell; /* frames */
	uint64_t per_row;      /* frames */
	pfn_t first, end;
	int lines;	/* rows of cells in all */
	int tall;	/* 1 cells, 2 and marks below, 3 and labels above */
	int rows, skip; /* lines on the pane; lines scrolled away */
};

static int digits(uint64_t n)
{
	return n < 10 ? 1 : 1 + digits(n / 10);
}

static unsigned int power_below(unsigned int n)
{
	unsigned int p = 1;

	while (p * 2 <= n)
		p *= 2;
	return p;
}

static void fit_columns(struct geometry *g, unsigned int block, int cols)
{
	int room = cols - g->label;

	if (room < 1)
		room = 1;
	g->group = block < 32 ? block : 32;
	if (g->group > (unsigned int)room)
		g->group = power_below((unsigned int)room);
	g->groups = power_below(((unsigned int)room + 1) / (g->group + 1));
	g->per_row = (uint64_t)g->group * g->groups * g->per_cell;
}

static void fit_rows(struct geometry *g, const struct mm_zone_info *zi,
		     int rows)
{
	const uint64_t unit = (uint64_t)g->group * g->per_cell;

	g->first = (pfn_t)(zi->start / unit * unit);
	g->end = zi->start + zi->spanned;
	g->lines = (int)((g->end - g->first + g->per_row - 1) / g->per_row);
	g->tall = g->lines * 3 <= rows ? 3 : g->lines * 2 <= rows ? 2 : 1;
	if (g->lines > rows && rows > 1)
		g->tall = 2;
	g->rows = rows / g->tall > 0 ? rows / g->tall : 1;
}

static struct geometry geometry(const struct screen *s, const struct mm *mm,
				int rows, int cols)
{
	const unsigned int block = 1u << mm_pageblock_order(mm);
	struct geometry g = {.per_cell = 1};
	struct mm_zone_info zi;
	int most;

	mm_zone_info(mm, s->zone, &zi);
	g.label = digits(mm_end_pfn(mm)) + 2;
	if (cols < 30)
		g.label--;
	rows -= s->pointing && rows > 2;
	if (s->frames) {
		fit_columns(&g, block, cols);
		fit_rows(&g, &zi, rows);
	} else {
		for (int scale = 0; scale <= MAX_SCALE; scale++) {
			g.per_cell = block << scale;
			fit_columns(&g, 16, cols);
			fit_rows(&g, &zi, rows);
			if (g.lines * 2 <= rows)
				break;
		}
	}
	most = g.lines > g.rows ? g.lines - g.rows : 0;
	g.skip = s->view[VIEW_MAP].scroll;
	g.skip = g.skip < 0 ? 0 : g.skip > most ? most : g.skip;
	return g;
}

/* ---- cells ---- */

static uint32_t order_glyph(unsigned int order)
{
	/* letters that are no migratetype's */
	return (unsigned char)"0123456789ABDFGJ"[order & 15];
}

static void put_frame(const struct mm *mm, pfn_t pfn,
		      const struct changes *flight, struct canvas *c, int row,
		      int col)
{
	struct mm_frame f;
	enum role role;
	char letter;

	mm_frame(mm, pfn, &f);
	letter = mm_migratetype_letter(f.kind == FRAME_FREE ? f.list
							    : f.block_type);
	role = role_migratetype(f.kind == FRAME_FREE ? (int)f.list
						     : (int)f.block_type);
	switch (f.kind) {
	case FRAME_HOLE:
	case FRAME_OFFLINE:
		canvas_put(c, row, col, ROLE_HOLE, '.');
		return;
	case FRAME_RESERVED:
		if (changes_touch(flight, pfn, pfn + 1))
			canvas_put(c, row, col, ROLE_NOW, '~');
		else
			canvas_put(c, row, col, ROLE_HOLE, '#');
		return;
	case FRAME_PCP:
		canvas_put(c, row, col, role, 'p');
		return;
	case FRAME_FREE:
		canvas_put(c, row, col, role,
			   f.head == pfn ? order_glyph(f.order)
					 : (uint32_t)tolower(letter));
		return;
	case FRAME_TARGET: /* free, but on no list */
		canvas_put(c, row, col, role, 't');
		return;
	case FRAME_MOVING:
		canvas_put(c, row, col, role, '>');
		canvas_mark(c, row, col, 1, MARK_FULL);
		return;
	case FRAME_USED:
		canvas_put(c, row, col, role,
			   f.head == pfn ? (unsigned char)letter : '-');
		canvas_mark(c, row, col, 1, MARK_FULL);
	}
}

static bool is_not_there(const struct mm_frame *f)
{
	return f->kind == FRAME_HOLE || f->kind == FRAME_OFFLINE;
}

/** What some pageblocks come to. */
struct sum {
	uint32_t frames, free, blocks[MIGRATE_TYPES];
	enum migratetype most;
	bool hole, reserved;
};

static struct sum sum_blocks(const struct mm *mm, pfn_t pfn, pfn_t end)
{
	const pfn_t block = 1u << mm_pageblock_order(mm);
	struct sum sum = {.hole = true, .reserved = true};

	for (; pfn < end; pfn += block) {
		const enum migratetype mt = mm_pageblock_type(mm, pfn);
		struct mm_frame f;

		mm_frame(mm, pfn, &f);
		sum.hole = sum.hole && is_not_there(&f);
		sum.reserved = sum.reserved && f.kind == FRAME_RESERVED;
		sum.frames += block;
		sum.free += mm_pageblock_free(mm, pfn);
		if (!is_not_there(&f) &&
		    ++sum.blocks[mt] > sum.blocks[sum.most])
			sum.most = mt;
	}
	if (sum.free)
		sum.hole = sum.reserved = false;
	return sum;
}

static void put_blocks(const struct mm *mm, pfn_t pfn, pfn_t end,
		       struct canvas *c, int row, int col)
{
	const struct sum sum = sum_blocks(mm, pfn, end);
	const char letter = mm_migratetype_letter(sum.most);

	if (sum.hole || sum.reserved) {
		canvas_put(c, row, col, ROLE_HOLE, sum.hole ? '.' : '#');
		return;
	}
	canvas_put(c, row, col, role_migratetype((int)sum.most),
		   sum.free == sum.frames ? (uint32_t)tolower(letter)
					  : (unsigned char)letter);
	if (sum.free < sum.frames / 4)
		canvas_mark(c, row, col, 1, MARK_FULL);
}

static int column_of(const struct geometry *g, unsigned int cell)
{
	return g->label + (int)(cell + cell / g->group);
}

static void draw_label(const struct screen *s, const struct mm *mm,
		       const struct geometry *g, pfn_t pfn, struct canvas *c,
		       int row, int col)
{
	const unsigned int order = mm_pageblock_order(mm);
	struct mm_frame f;

	if (!s->frames || pfn >> order << order != pfn)
		return;
	mm_frame(mm, pfn, &f);
	if (is_not_there(&f))
		return;
	if (g->group >= 8)
		canvas_printf(c, row, col, ROLE_LABEL, "%u %c%s%s",
			      pfn >> order, mm_migratetype_letter(f.block_type),
			      f.skip ? " s" : "", f.isolated ? " iso" : "");
	else
		canvas_printf(c, row, col, ROLE_LABEL, "%c",
			      mm_migratetype_letter(f.block_type));
}

static void draw_line(const struct screen *s, const struct mm *mm,
		      const struct geometry *g, const struct changes *ch,
		      const struct changes *flight, int line, struct canvas *c)
{
	const int top = (line - g->skip) * g->tall;
	const int row = top + (g->tall == 3);
	uint64_t pfn = g->first + (uint64_t)line * g->per_row;

	canvas_printf(c, row, 0, ROLE_DIM, "%*u", g->label - 2, (pfn_t)pfn);
	for (unsigned int i = 0; i < g->group * g->groups; i++) {
		const int col = column_of(g, i);
		uint64_t end = pfn + g->per_cell;

		if (pfn >= g->end)
			break;
		if (end > g->end)
			end = g->end;
		if (s->frames)
			put_frame(mm, (pfn_t)pfn, flight, c, row, col);
		else
			put_blocks(mm, (pfn_t)pfn, (pfn_t)end, c, row, col);
		if (g->tall == 3)
			draw_label(s, mm, g, (pfn_t)pfn, c, top, col);
		if (changes_touch(ch, (pfn_t)pfn, (pfn_t)end)) {
			canvas_mark(c, row, col, 1, MARK_CHANGED);
			if (g->tall > 1)
				canvas_put(c, row + 1, col, ROLE_NOW, '^');
		}
		if (s->pointing && s->cursor >= pfn && s->cursor < end) {
			canvas_mark(c, row, col, 1, MARK_CURSOR);
			if (g->tall > 1)
				canvas_put(c, row + 1, col, ROLE_NOW, '*');
		}
		pfn = end;
	}
}

/* ---- the cursor's line ---- */

static void frame_words(const struct mm *mm, pfn_t pfn, char *buf, size_t size)
{
	struct mm_frame f;
	const char *owner;
	pfn_t last;

	mm_frame(mm, pfn, &f);
	last = f.head + (1u << f.order) - 1;
	switch (f.kind) {
	case FRAME_HOLE:
		snprintf(buf, size, "%u: a hole, no memory here", pfn);
		return;
	case FRAME_OFFLINE:
		snprintf(buf, size, "%u: offline, this memory is not there",
			 pfn);
		return;
	case FRAME_RESERVED:
		snprintf(buf, size,
			 "%u: not the allocator's (reserved, or in hand right "
			 "now)",
			 pfn);
		return;
	case FRAME_FREE:
		snprintf(buf, size,
			 "%u: free, in %u..%u, order %u, list %s; pageblock %s",
			 pfn, f.head, last, f.order,
			 mm_migratetype_name(f.list),
			 mm_migratetype_name(f.block_type));
		return;
	case FRAME_PCP:
		snprintf(buf, size,
			 "%u: on cpu %u's list %s, %u..%u, order %u; "
			 "pageblock %s",
			 pfn, f.cpu,
			 mm_migratetype_name(mm_pcp_list_type(mm, f.pindex)),
			 f.head, last, f.order,
			 mm_migratetype_name(f.block_type));
		return;
	case FRAME_TARGET:
		snprintf(buf, size,
			 "%u: a free block taken for pages that move, %u..%u; "
			 "pageblock %s",
			 pfn, f.head, last, mm_migratetype_name(f.block_type));
		return;
	case FRAME_MOVING:
	case FRAME_USED:
		owner = f.owner ? mm_owner_name(mm, f.owner) : NULL;
		snprintf(buf, size,
			 "%u: %s%s%s, %u..%u, order %u; pageblock %s", pfn,
			 f.kind == FRAME_USED ? "in use" : "moving, in use",
			 owner ? " by " : "", owner ? owner : "", f.head, last,
			 f.order, mm_migratetype_name(f.block_type));
	}
}

static void draw_cursor(const struct screen *s, const struct mm *mm,
			const struct geometry *g, struct canvas *c)
{
	const int row = (g->lines - g->skip) * g->tall;
	char text[200];

	if (s->frames) {
		frame_words(mm, s->cursor, text, sizeof text);
	} else {
		const pfn_t from = s->cursor / g->per_cell * g->per_cell;
		const uint64_t end = (uint64_t)from + g->per_cell;
		const struct sum sum = sum_blocks(
			mm, from, end > g->end ? g->end : (pfn_t)end);

		snprintf(text, sizeof text, "%u..%u: %s%s, %u of %u free", from,
			 (pfn_t)end - 1,
			 sum.hole ? "a hole" : mm_migratetype_name(sum.most),
			 sum.blocks[sum.most] > 1 ? " for the most part" : "",
			 sum.free, sum.frames);
	}
	canvas_text(c, row < c->rows ? row : c->rows - 1, 0, ROLE_NOW, text);
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	const struct geometry g = geometry(s, mm, c->rows, c->cols);
	struct changes ch, flight;

	changes_read(s, mm, &ch);
	if (!changes_in_flight(s, mm, &flight))
		flight = (struct changes){0};
	for (int i = g.skip; i < g.lines && i < g.skip + g.rows; i++)
		draw_line(s, mm, &g, &ch, &flight, i, c);
	if (s->pointing && c->rows > 2)
		draw_cursor(s, mm, &g, c);
}

/* Cells with labels and marks, with marks, or alone; or two thirds of @rows. */
static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	const struct geometry g = geometry(s, mm, 1 << 20, cols);

	for (int tall = 3; tall > 0; tall--)
		if (g.lines <= rows / tall)
			return g.lines * tall;
	return rows > 12 ? 12 + (rows - 12) * 2 / 3 : rows;
}

static int height(const struct screen *s, const struct mm *mm, int rows,
		  int cols)
{
	const struct geometry g = geometry(s, mm, rows, cols);

	/* in lines of cells, as the scroll is */
	return g.lines - g.rows + rows;
}

static void about(const struct screen *s, const struct mm *mm, char *buf,
		  size_t size)
{
	const struct rect *r = &s->rect[VIEW_MAP];
	const struct geometry g = geometry(s, mm, r->rows, r->cols);
	const unsigned int blocks = g.per_cell >> mm_pageblock_order(mm);

	if (s->frames)
		snprintf(buf, size,
			 "1 cell = 1 frame; UPPER used, digit: "
			 "order of a free block");
	else
		snprintf(buf, size,
			 "1 cell = %u pageblock%s of %u frames; "
			 "lower: wholly free",
			 blocks, blocks == 1 ? "" : "s",
			 1u << mm_pageblock_order(mm));
	if (g.lines > g.rows)
		snprintf(buf, size, "%s; %d%% seen",
			 s->frames ? "1 cell = 1 frame" : "pageblocks",
			 g.rows * 100 / g.lines);
}

pfn_t map_pfn_at(const struct screen *s, const struct mm *mm, int row, int col)
{
	const struct rect *r = &s->rect[VIEW_MAP];
	const struct geometry g = geometry(s, mm, r->rows, r->cols);
	const int line = g.skip + row / g.tall;
	uint64_t pfn;

	if (row < 0 || line >= g.lines || row >= g.rows * g.tall)
		return NO_PFN;
	for (unsigned int i = 0; i < g.group * g.groups; i++) {
		if (column_of(&g, i) != col)
			continue;
		pfn = g.first + (uint64_t)line * g.per_row +
		      (uint64_t)i * g.per_cell;
		return pfn < g.end ? (pfn_t)pfn : NO_PFN;
	}
	return NO_PFN;
}

int map_scroll_to(const struct screen *s, const struct mm *mm, pfn_t pfn)
{
	const struct rect *r = &s->rect[VIEW_MAP];
	const struct geometry g = geometry(s, mm, r->rows, r->cols);
	int line;

	if (pfn < g.first || pfn >= g.end)
		return g.skip;
	line = (int)((pfn - g.first) / g.per_row);
	if (line < g.skip || line >= g.skip + g.rows)
		return line < g.rows / 2 ? 0 : line - g.rows / 2;
	return g.skip;
}

/* Frames by which an arrow moves the cursor. */
static int64_t stride(const struct screen *s, const struct mm *mm,
		      bool vertical)
{
	const struct rect *r = &s->rect[VIEW_MAP];
	const struct geometry g = geometry(s, mm, r->rows, r->cols);

	return vertical ? (int64_t)g.per_row : (int64_t)g.per_cell;
}

static void move_cursor(struct screen *s, const struct mm *mm, int64_t by)
{
	const int64_t to = (int64_t)s->cursor + by;
	struct mm_zone_info zi;

	mm_zone_info(mm, s->zone, &zi);
	if (to < (int64_t)zi.start || to >= (int64_t)zi.start + zi.spanned)
		return;
	s->cursor = (pfn_t)to;
	s->view[VIEW_MAP].scroll = map_scroll_to(s, mm, s->cursor);
}

/* Arrows belong to the cursor while it is out. */
static struct reply key(struct screen *s, const struct mm *mm, int key)
{
	struct reply r = reply(REPLY_DONE);

	if (!s->pointing)
		return reply(REPLY_NOT_MINE);
	switch (key) {
	case 'b':
	case 'U':
		r.kind = REPLY_RUN;
		snprintf(r.line, sizeof r.line, "%s frame=%u",
			 key == 'b' ? "break" : "until", s->cursor);
		break;
	case TK_LEFT:
		move_cursor(s, mm, -stride(s, mm, false));
		break;
	case TK_RIGHT:
		move_cursor(s, mm, stride(s, mm, false));
		break;
	case TK_UP:
		move_cursor(s, mm, -stride(s, mm, true));
		break;
	case TK_DOWN:
		move_cursor(s, mm, stride(s, mm, true));
		break;
	}
	return r;
}

static struct reply click(struct screen *s, const struct mm *mm, int row,
			  int col)
{
	const pfn_t pfn = map_pfn_at(s, mm, row, col);

	if (pfn != NO_PFN)
		screen_point(s, pfn);
	return reply(REPLY_DONE);
}

static const struct key_row keys[] = {
	{TK_LEFT, "arrows", NULL, ACT_NONE,
	 "move the cursor by a cell, while it is out (m)"},
	{TK_RIGHT, NULL, NULL, ACT_NONE, NULL},
	{TK_UP, NULL, NULL, ACT_NONE, NULL},
	{TK_DOWN, NULL, NULL, ACT_NONE, NULL},
	{'U', "U", NULL, ACT_NONE,
	 "with the cursor out: go on until its frame moves"},
	{'b', "b", NULL, ACT_NONE,
	 "with the cursor out: stop whenever its frame moves"},
	{KEY_NONE, NULL, NULL, ACT_NONE, NULL},
};

static const char *const legend[] = {
	"U M E H C I  in use; the letter is the type of its pageblock:",
	"             Unmovable Movable rEclaimable Highatomic CMA Isolate",
	"-            goes on: the same used block as the frame before",
	"0 1 2 ...    a free block begins; its order (above 9: A B D F G J)",
	"u m e h c i  goes on: inside a free block on the list of that type",
	"p            on a per-CPU list: free, but for this CPU only",
	". #          a hole without memory; reserved, not the allocator's",
	"~            in hand: taken off its list, not yet given out or back",
	"^ *          changed in this step; the cursor",
	"zone zoom    a letter a cell; lower case: wholly free; filled: less",
	"             than a quarter free",
	NULL,
};

const struct view_ops view_map = {
	.name = "map",
	.title = "map",
	.legend = legend,
	.keys = keys,
	.min_rows = 1,
	.min_cols = 12,
	.want = want,
	.height = height,
	.draw = draw,
	.about = about,
	.key = key,
	.click = click,
};
