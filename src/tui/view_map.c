/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * view_map.c - the physical map: each cell a frame, a part of a pageblock, or
 * one or more pageblocks
 *
 * map.h says where the parts are.
 */
#include <stdio.h>
#include <string.h>

#include "tui/keys.h"
#include "tui/map.h"

static struct map_grid grid_of(const struct screen *s, const struct mm *mm)
{
	const struct rect *r = &s->rect[VIEW_MAP];

	return map_grid(s, mm, r->rows, r->cols);
}

/* What a filter leaves is in the state as it was typed. */
static struct map_query filter_of(const struct screen *s, const struct mm *mm)
{
	struct map_query q;

	if (!map_parse(mm, s->view[VIEW_MAP].filter, &q))
		map_parse(mm, "", &q);
	return q;
}

/* ---- drawing ---- */

static bool is_there(const struct mm_frame *f)
{
	return f->kind != FRAME_HOLE && f->kind != FRAME_OFFLINE;
}

/* Above its first cell: a pageblock's number, type and bits. */
static void draw_label(const struct mm *mm, const struct map_grid *g, pfn_t pfn,
		       struct canvas *c, int row, int col)
{
	const unsigned int order = mm_pageblock_order(mm);
	struct canvas own;
	struct mm_frame f;

	if (g->zoom == ZOOM_ZONE || pfn >> order << order != pfn)
		return;
	mm_frame(mm, pfn, &f);
	if (!is_there(&f))
		return;
	own = canvas_window(c, row, col, 1,
			    g->group < 4 ? (int)g->group : (int)g->group + 1);
	if (g->group >= 8)
		canvas_printf(&own, 0, 0, ROLE_LABEL, "%u %c%s%s", pfn >> order,
			      mm_migratetype_letter(f.block_type),
			      f.skip ? " s" : "", f.isolated ? " iso" : "");
	else
		canvas_printf(&own, 0, 0, ROLE_LABEL, "%c%s",
			      mm_migratetype_letter(f.block_type),
			      f.skip ? " s" : "");
}

/* Below a cell that is one pageblock there is no label: its skip bit. */
static void draw_skip(const struct mm *mm, const struct map_grid *g, pfn_t pfn,
		      struct canvas *c, int row, int col)
{
	struct mm_frame f;

	if (g->zoom != ZOOM_ZONE || g->per_cell >> mm_pageblock_order(mm) != 1)
		return;
	mm_frame(mm, pfn, &f);
	if (f.skip && is_there(&f))
		canvas_put(c, row, col, ROLE_DIM, 's');
}

static void draw_cell(const struct screen *s, const struct mm *mm,
		      const struct map_grid *g, const struct changes *ch,
		      const struct map_cell *cell, pfn_t pfn, pfn_t end,
		      int row, int col, struct canvas *c)
{
	const bool below = g->tall > 1;

	canvas_put(c, row, col, cell->role, cell->glyph);
	canvas_mark(c, row, col, 1, cell->marks);
	if (below)
		draw_skip(mm, g, pfn, c, row + 1, col);
	if (changes_touch(ch, pfn, end)) {
		canvas_mark(c, row, col, 1, MARK_CHANGED);
		if (below)
			canvas_put(c, row + 1, col, ROLE_NOW, '^');
	}
	if (s->pointing && s->cursor >= pfn && s->cursor < end)
		canvas_mark(c, row, col, 1, MARK_CURSOR);
}

static void draw_line(const struct screen *s, const struct mm *mm,
		      const struct map_grid *g, const struct map_query *q,
		      const struct changes *ch, const struct changes *hand,
		      int line, struct canvas *c)
{
	const int top = (line - g->skip) * g->tall;
	const int row = top + (g->tall == 3);
	uint64_t pfn = g->first + (uint64_t)line * g->per_row;

	canvas_printf(c, row, 0, ROLE_DIM, "%*u", g->label - 2, (pfn_t)pfn);
	for (unsigned int i = 0; i < g->group * g->groups; i++) {
		const int col = map_column(g, i);
		uint64_t end = pfn + g->per_cell;
		struct map_cell cell;

		if (pfn >= g->end)
			break;
		if (end > g->end)
			end = g->end;
		cell = map_cell(mm, g, q, hand, (pfn_t)pfn, (pfn_t)end);
		if (g->tall == 3)
			draw_label(mm, g, (pfn_t)pfn, c, top, col);
		draw_cell(s, mm, g, ch, &cell, (pfn_t)pfn, (pfn_t)end, row, col,
			  c);
		pfn = end;
	}
}

/* Below the map: the frame, or the cell, under the cursor; the run. */
static void draw_foot(const struct screen *s, const struct mm *mm,
		      const struct map_grid *g, const struct changes *hand,
		      struct canvas *c)
{
	const int lines = g->lines < g->rows ? g->lines : g->rows;
	char line[MAP_WORDS][200], joined[3 * 200];
	int row = lines * g->tall;

	if (row + g->foot > c->rows)
		row = c->rows - g->foot;
	if (g->foot && s->view[VIEW_MAP].filter[0])
		canvas_printf(c, row++, 0, ROLE_KEY,
			      "only %s; & and enter: everything",
			      s->view[VIEW_MAP].filter);
	if (g->run)
		map_run_words(s, mm, row++, c);
	if (!g->words)
		return;
	map_words(s, mm, g, hand, line);
	map_words_joined(g, line, joined, sizeof joined);
	if (g->words < MAP_WORDS)
		canvas_wrap(c, row, g->words, 0, 0, ROLE_NOW, joined);
	else
		for (int i = 0; i < g->words; i++)
			canvas_text(c, row + i, 0, i ? ROLE_TEXT : ROLE_NOW,
				    line[i]);
}

bool map_says(const struct screen *s, const struct mm *mm, char *buf,
	      size_t size)
{
	const struct map_grid g = grid_of(s, mm);
	char line[MAP_WORDS][200];
	struct changes hand;

	if (!s->pointing || !s->rect[VIEW_MAP].rows || g.words)
		return false;
	if (!changes_in_flight(s, mm, &hand))
		hand = (struct changes){0};
	map_words(s, mm, &g, &hand, line);
	map_words_joined(&g, line, buf, size);
	return true;
}

static void draw_cursor(const struct screen *s, const struct map_grid *g,
			struct canvas *c)
{
	int row, col;

	if (s->pointing && g->tall > 1 && map_place(g, s->cursor, &row, &col))
		canvas_put(c, row + 1, col, ROLE_NOW, '*');
}

static void draw(const struct screen *s, const struct mm *mm, struct canvas *c)
{
	const struct map_grid g = map_grid(s, mm, c->rows, c->cols);
	const struct map_query q = filter_of(s, mm);
	struct changes ch, hand;

	changes_read(s, mm, &ch);
	if (!changes_in_flight(s, mm, &hand))
		hand = (struct changes){0};
	for (int i = g.skip; i < g.lines && i < g.skip + g.rows; i++)
		draw_line(s, mm, &g, &q, &ch, &hand, i, c);
	map_draw_run(s, mm, &g, c);
	draw_cursor(s, &g, c);
	map_draw_bits(mm, &g, c);
	draw_foot(s, mm, &g, &hand, c);
}

/*
 * Cells with labels and marks, with marks, or alone; or two thirds of @rows.
 * No more while the cursor is out: nothing moves for it.
 */
static int want(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	const struct map_grid g = map_grid(s, mm, 1 << 20, cols);
	const int foot = g.foot - g.words;

	for (int tall = 3; tall > 0; tall--) {
		const int n = g.lines * tall + foot;

		if (g.lines <= (rows - foot) / tall)
			return n;
	}
	return rows > 12 ? 12 + (rows - 12) * 2 / 3 : rows;
}

/* The whole zone with a row for marks below each row of cells. */
static bool has_marks(const struct screen *s, const struct mm *mm, int rows,
		      int cols)
{
	const struct map_grid g = map_grid(s, mm, rows, cols);

	return g.tall > 1 && g.lines <= g.rows;
}

static int must(const struct screen *s, const struct mm *mm, int rows, int cols)
{
	if (rows > 60 || !map_marked(s, mm) || !has_marks(s, mm, rows, cols))
		return 0;
	while (rows > 1 && has_marks(s, mm, rows - 1, cols))
		rows--;
	return rows;
}

static int height(const struct screen *s, const struct mm *mm, int rows,
		  int cols)
{
	const struct map_grid g = map_grid(s, mm, rows, cols);

	/* in lines of cells, as the scroll is */
	return g.lines - g.rows + rows;
}

/* ---- the cursor ---- */

pfn_t map_pfn_at(const struct screen *s, const struct mm *mm, int row, int col)
{
	const struct map_grid g = grid_of(s, mm);
	const int line = g.skip + row / g.tall;
	uint64_t pfn;

	if (row < 0 || line >= g.lines || row >= g.rows * g.tall)
		return NO_PFN;
	for (unsigned int i = 0; i < g.group * g.groups; i++) {
		if (map_column(&g, i) != col)
			continue;
		pfn = g.first + (uint64_t)line * g.per_row +
		      (uint64_t)i * g.per_cell;
		return pfn < g.end ? (pfn_t)pfn : NO_PFN;
	}
	return NO_PFN;
}

int map_scroll_to(const struct screen *s, const struct mm *mm, pfn_t pfn)
{
	const struct map_grid g = grid_of(s, mm);
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
	const struct map_grid g = grid_of(s, mm);

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

/* ---- looking for something ---- */

static const char expected[] =
	"expected a frame's number, an owner that has blocks, or type=M "
	"order=3 owner=NAME";

static struct reply find(struct screen *s, const struct mm *mm,
			 const char *text)
{
	struct map_query q;
	pfn_t pfn;

	if (!map_parse(mm, text, &q) || map_query_empty(&q))
		return reply_say(expected);
	pfn = map_next(mm, &q, s->pointing ? s->cursor : NO_PFN);
	if (pfn == NO_PFN)
		return reply_say("there is no such block");
	return screen_point(s, pfn) ? reply(REPLY_DONE) : reply_say(expected);
}

static struct reply filter(struct screen *s, const struct mm *mm,
			   const char *text)
{
	struct view_state *v = &s->view[VIEW_MAP];
	struct map_query q;

	if (!map_parse(mm, text, &q) || q.pfn != NO_PFN ||
	    strlen(text) >= sizeof v->filter)
		return reply_say("expected an owner that has blocks, or "
				 "type=M order=3 owner=NAME");
	snprintf(v->filter, sizeof v->filter, "%s", text + strspn(text, " "));
	return reply(REPLY_DONE);
}

static const char *const legend[] = {
	"U M E H C I  in use; the letter is the type of its pageblock:",
	"             Unmovable Movable rEclaimable Highatomic CMA Isolate",
	"-            goes on: the same used block as the frame before",
	"0 1 2 ...    a free block begins; its order (above 9: A B D F G J)",
	"u m e h c i  goes on: inside a free block on the list of that type",
	"p            on a per-CPU list: free, but for this CPU only",
	"> t          on its way to another frame; free, taken as a target",
	". #          a hole without memory; reserved, not the allocator's",
	"~            in hand: taken off its list, not yet given out or back",
	"^ *          changed in this step; the cursor",
	"^migrate     compaction takes pages to move from here upwards, and",
	"free^        free pages for them from here downwards; without room "
	"for",
	"             that, m and f beside the number of the row",
	"1 2 a b      below a page on its way, and below where it goes",
	"3 M s iso    a pageblock: its number, type, skip bit; it is shut",
	"skip iso     the same below its first cell, where that has no room",
	"% +          pageblock zoom: free in part, less than half of it, more",
	"zone zoom    a letter a cell; lower case: wholly free; filled: less",
	"             than a quarter free",
	"s            below it: skip bit, compaction found nothing there and",
	"             passes by until the bits are cleared",
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
	.must = must,
	.height = height,
	.draw = draw,
	.about = map_about,
	.key = key,
	.click = click,
	.find = find,
	.filter = filter,
};
