/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * map_grid.c - which frames a cell of the map shows, and where it stands
 */
#include "tui/fields.h"
#include "tui/map.h"

#define MAX_SCALE 10   /* at most 1024 pageblocks a cell; beyond: scroll */
#define BLOCK_CELLS 16 /* of a pageblock, in that zoom */
#define RUN_FROM 6     /* ... and for the scanners in words */

enum map_zoom map_zoom(const struct screen *s)
{
	return s->frames		? ZOOM_FRAME
	       : s->view[VIEW_MAP].mode ? ZOOM_BLOCK
					: ZOOM_ZONE;
}

void map_set_zoom(struct screen *s, enum map_zoom zoom)
{
	s->frames = zoom == ZOOM_FRAME;
	s->view[VIEW_MAP].mode = zoom == ZOOM_BLOCK;
}

/* Frames of a cell, as long as it need not be more. */
static unsigned int cell_frames(enum map_zoom zoom, unsigned int block)
{
	if (zoom == ZOOM_ZONE)
		return block;
	if (zoom == ZOOM_FRAME || block <= 2)
		return 1;
	return block > 2 * BLOCK_CELLS ? block / BLOCK_CELLS : 2;
}

static unsigned int power_below(unsigned int n)
{
	unsigned int p = 1;

	while (p * 2 <= n)
		p *= 2;
	return p;
}

/* @even: as many groups in a row as are a power of two, else all that fit. */
static void fit_columns(struct map_grid *g, unsigned int group, int cols,
			bool even)
{
	int room = cols - g->label;

	if (room < 1)
		room = 1;
	g->group = group < 32 ? group : 32;
	if (g->group > (unsigned int)room)
		g->group = power_below((unsigned int)room);
	g->groups = ((unsigned int)room + 1) / (g->group + 1);
	if (g->groups == 0)
		g->groups = 1;
	if (even)
		g->groups = power_below(g->groups);
	g->per_row = (uint64_t)g->group * g->groups * g->per_cell;
}

static void fit_rows(struct map_grid *g, const struct mm_zone_info *zi,
		     unsigned int block, int rows)
{
	/* does every group begin with a pageblock? */
	const bool labelled =
		g->zoom != ZOOM_ZONE && g->group * g->per_cell >= block;
	const uint64_t unit = (uint64_t)g->group * g->per_cell;
	const uint64_t end = (uint64_t)zi->start + zi->spanned;

	g->first = (pfn_t)(zi->start / unit * unit);
	g->end = (pfn_t)end;
	g->lines = (int)((end - g->first + g->per_row - 1) / g->per_row);
	g->tall = g->lines * 3 <= rows ? 3 : g->lines * 2 <= rows ? 2 : 1;
	if (g->lines > rows && rows > 1)
		g->tall = rows > 8 && labelled ? 3 : 2;
	g->rows = rows / g->tall > 0 ? rows / g->tall : 1;
}

/* More pageblocks a cell, until the whole zone is seen. */
static void fit_zone(struct map_grid *g, const struct mm_zone_info *zi,
		     unsigned int block, int rows, int cols)
{
	for (int scale = 0; scale <= MAX_SCALE; scale++) {
		g->per_cell = block << scale;
		fit_columns(g, 16, cols, true);
		fit_rows(g, zi, block, rows);
		if (g->lines * 2 <= rows || g->lines <= 1)
			break;
	}
}

static bool is_whole(const struct map_grid *g)
{
	return g->lines <= g->rows;
}

/*
 * All of it with marks, or at least all of it; rows of a power of two if that
 * is no worse.
 */
static void fit_frames(struct map_grid *g, const struct mm_zone_info *zi,
		       unsigned int block, int rows, int cols)
{
	struct map_grid even = *g, other = *g;
	const unsigned int group = block / g->per_cell;

	fit_columns(&even, group, cols, true);
	fit_rows(&even, zi, block, rows);
	fit_columns(&other, group, cols, false);
	fit_rows(&other, zi, block, rows);
	if (is_whole(&other) && (!is_whole(&even) || other.tall > even.tall))
		*g = even.tall > 1 && is_whole(&even) ? even : other;
	else
		*g = even;
}

static void fit(struct map_grid *g, const struct mm_zone_info *zi,
		unsigned int block, int rows, int cols)
{
	rows -= g->foot;
	if (g->zoom == ZOOM_ZONE) {
		fit_zone(g, zi, block, rows, cols);
		return;
	}
	g->per_cell = cell_frames(g->zoom, block);
	fit_frames(g, zi, block, rows, cols);
}

/* Is every cell that was seen where it was? */
static bool stands_still(const struct map_grid *g, const struct map_grid *with)
{
	const int seen = g->lines < g->rows ? g->lines : g->rows;

	return with->per_row == g->per_row && with->tall == g->tall &&
	       with->per_cell == g->per_cell && with->rows >= seen;
}

struct map_grid map_grid(const struct screen *s, const struct mm *mm, int rows,
			 int cols)
{
	const unsigned int block = 1u << mm_pageblock_order(mm);
	struct map_grid g = {.zoom = map_zoom(s), .per_cell = 1}, with;
	struct mm_zone_info zi;
	int most;

	mm_zone_info(mm, s->zone, &zi);
	g.label = fields_digits(mm_end_pfn(mm)) + 2;
	if (cols < 30)
		g.label--;
	g.foot = rows >= 3 && s->view[VIEW_MAP].filter[0];
	with = g;
	fit(&g, &zi, block, rows, cols);
	/* a row for the run of compaction, unless the cells move for it */
	if (rows - g.foot >= RUN_FROM && map_runner(s, mm) >= 0) {
		with.foot++;
		with.run = true;
		fit(&with, &zi, block, rows, cols);
		if (!is_whole(&g) ||
		    (is_whole(&with) && with.per_row == g.per_row &&
		     with.tall == g.tall))
			g = with;
	}
	/* rows for the frame under the cursor, if the pane has them to spare */
	for (int words = MAP_WORDS; s->pointing && words > 1 && !g.words;
	     words--) {
		with = g;
		with.words = words;
		with.foot += words;
		fit(&with, &zi, block, rows, cols);
		if (stands_still(&g, &with))
			g = with;
	}
	most = g.lines > g.rows ? g.lines - g.rows : 0;
	g.skip = s->view[VIEW_MAP].scroll;
	g.skip = g.skip < 0 ? 0 : g.skip > most ? most : g.skip;
	return g;
}

struct map_grid map_grid_plain(const struct screen *s, const struct mm *mm,
			       int label, int cols)
{
	const unsigned int block = 1u << mm_pageblock_order(mm);
	struct map_grid g = {
		.zoom = map_zoom(s),
		.label = label,
		.per_cell = cell_frames(map_zoom(s), block),
	};
	struct mm_zone_info zi;

	mm_zone_info(mm, s->zone, &zi);
	fit_columns(&g, g.zoom == ZOOM_ZONE ? 16 : block / g.per_cell, cols,
		    false);
	fit_rows(&g, &zi, block, 1);
	return g;
}

int map_column(const struct map_grid *g, unsigned int cell)
{
	return g->label + (int)(cell + cell / g->group);
}

bool map_place(const struct map_grid *g, uint64_t pfn, int *row, int *col)
{
	int line;

	if (pfn < g->first || pfn >= g->end)
		return false;
	line = (int)((pfn - g->first) / g->per_row);
	if (line < g->skip || line >= g->skip + g->rows)
		return false;
	*row = (line - g->skip) * g->tall + (g->tall == 3);
	*col = map_column(
		g, (unsigned int)((pfn - g->first) % g->per_row / g->per_cell));
	return true;
}
