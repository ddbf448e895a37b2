/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * map_about.c - what the map's border says: what a cell is, what is not seen,
 * the run of compaction where it has no row
 */
#include <stdio.h>
#include <string.h>

#include "tui/map.h"

/* "1 cell = 2 pageblocks of 512 frames" */
static void say_unit(const struct map_grid *g, unsigned int blocks,
		     unsigned int frames, bool brief, char *buf, size_t size)
{
	if (g->zoom != ZOOM_ZONE)
		snprintf(buf, size, "1 cell = %u frame%s", g->per_cell,
			 g->per_cell == 1 ? "" : "s");
	else if (brief)
		snprintf(buf, size, "1 cell = %u pageblock%s", blocks,
			 blocks == 1 ? "" : "s");
	else
		snprintf(buf, size, "1 cell = %u pageblock%s of %u frames",
			 blocks, blocks == 1 ? "" : "s", frames);
}

/* What cannot be seen, and what the marks below a cell are. */
static void say_seen(const struct screen *s, const struct mm *mm,
		     const struct map_grid *g, unsigned int blocks, char *buf,
		     size_t size)
{
	const unsigned int looked = map_samples(g, mm);
	const int percent = g->lines ? g->rows * 100 / g->lines : 100;
	struct mm_compact_zone cz;

	*buf = '\0';
	if (g->lines > g->rows)
		snprintf(buf, size, "; %s%d%% seen", percent ? "" : "<",
			 percent ? percent : 1);
	else if (g->zoom == ZOOM_ZONE && looked < blocks)
		snprintf(buf, size, "; %u of them looked at", looked);
	else if (g->zoom == ZOOM_ZONE && blocks == 1 && g->tall > 1) {
		mm_compact_zone_info(mm, s->zone, &cz);
		if (cz.skip_bits)
			snprintf(buf, size, "; s: skip bit");
	}
}

#define BRIEFER 3

/* The more @brief, the less is said. */
static void say_about(const struct screen *s, const struct mm *mm, int brief,
		      char *buf, size_t size)
{
	static const char *const letters[][2] = {
		[ZOOM_FRAME] = {"UPPER used, digit: order of a free block",
				"digit: order if free"},
		[ZOOM_BLOCK] = {"UPPER used, lower free, % + in part",
				"% + free in part"},
		[ZOOM_ZONE] = {"lower: wholly free", "lower: free"},
	};
	const struct map_grid g =
		map_grid(s, mm, s->rect[VIEW_MAP].rows, s->rect[VIEW_MAP].cols);
	const unsigned int order = mm_pageblock_order(mm);
	const unsigned int blocks = g.per_cell >> order;
	const char *filter = s->view[VIEW_MAP].filter;
	char unit[60], seen[40];

	say_unit(&g, blocks, 1u << order, brief > 1, unit, sizeof unit);
	say_seen(s, mm, &g, blocks, seen, sizeof seen);
	if (*filter)
		snprintf(buf, size, "%s; only %s%s", unit, filter, seen);
	else if ((*seen && seen[2] != 's') || brief == BRIEFER)
		snprintf(buf, size, "%s%s", unit, seen);
	else
		snprintf(buf, size, "%s; %s%s", unit,
			 letters[g.zoom][brief > 0], seen);
}

/* The run of compaction, where it has no row of its own. */
static bool say_run(const struct screen *s, const struct mm *mm, int room,
		    char *buf, size_t size)
{
	const struct map_grid g =
		map_grid(s, mm, s->rect[VIEW_MAP].rows, s->rect[VIEW_MAP].cols);
	size_t n = 0;

	if (g.run || g.lines > g.rows || map_runner(s, mm) < 0)
		return false;
	if (g.zoom != ZOOM_FRAME) { /* what a cell is, is not seen in it */
		const unsigned int order = mm_pageblock_order(mm);

		say_unit(&g, g.per_cell >> order, 1u << order, true, buf, size);
		n = strlen(buf);
		n += (size_t)snprintf(buf + n, size - n, "; ");
	}
	if (n >= size || room - (int)n < 20)
		return false;
	map_run_text(s, mm, room - (int)n, buf + n, size - n);
	return true;
}

void map_about(const struct screen *s, const struct mm *mm, char *buf,
	       size_t size)
{
	const int taken = s->nr_panes == 1 ? 1 : 9; /* "= map ==  =" */
	const int room = s->rect[VIEW_MAP].cols - taken;

	if (say_run(s, mm, room, buf, size))
		return;
	for (int brief = 0; brief <= BRIEFER; brief++) {
		say_about(s, mm, brief, buf, size);
		if ((int)strlen(buf) <= room)
			return;
	}
}
