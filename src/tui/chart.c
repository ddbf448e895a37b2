/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * chart.c - see chart.h
 */
#include "tui/chart.h"

#include <string.h>

#define MARGIN 3 /* for the arrow */

static const struct {
	enum mm_rung rung;
	struct chart_row row;
} ladder[] = {
	{RUNG_FAST, {NULL, "zones at the low mark", NULL}},
	{RUNG_RESTART, {NULL, "count anew; compact first?", NULL}},
	{RUNG_RETRY, {NULL, "wake kswapd; zones at min", "<-+"}},
	{RUNG_RECLAIM, {NULL, "get pages back oneself", "  |"}},
	{RUNG_RECLAIMED, {NULL, "zones again; drain, zones again", "  |"}},
	{RUNG_COMPACT, {NULL, "move pages together; zones again", "  |"}},
	{RUNG_COMPACTED, {NULL, "is another round worth it?", "--+"}},
	{RUNG_DECIDE, {NULL, "could more of it help?", "--+"}},
	{RUNG_OOM, {NULL, "zones at high; kill somebody", "--+"}},
	{RUNG_NOPAGE, {NULL, "it may not fail? else it fails", "--'"}},
	{RUNG_CHARGE, {NULL, "a page: may its group have it?", NULL}},
	{RUNG_DONE, {NULL, "a page, or none", NULL}},
};

#define NR_LADDER ((int)(sizeof ladder / sizeof ladder[0]))

static const struct {
	enum mm_compact_at at;
	const char *does, *rail;
} cycle[] = {
	{.at = COMPACT_AT_START,
	 .does = "is there room, and a reason?",
	 .rail = NULL},
	{.at = COMPACT_AT_BEGIN,
	 .does = "scanners where the last run left them",
	 .rail = NULL},
	{.at = COMPACT_AT_FINISH,
	 .does = "scanners met? a block of the order?",
	 .rail = "<-+"},
	{.at = COMPACT_AT_SEARCH,
	 .does = "a source with free blocks nearby",
	 .rail = "  |"},
	{.at = COMPACT_AT_CHOOSE,
	 .does = "next movable pageblock without skip",
	 .rail = "  |"},
	{.at = COMPACT_AT_SCAN,
	 .does = "isolate up to 32 pages",
	 .rail = "  |"},
	{.at = COMPACT_AT_UNMAP,
	 .does = "each gets the next free page",
	 .rail = "  |"},
	{.at = COMPACT_AT_FREE_SCAN,
	 .does = "from the zone's end downwards",
	 .rail = "  |"},
	{.at = COMPACT_AT_MOVE,
	 .does = "map them where they are now",
	 .rail = "  |"},
	{.at = COMPACT_AT_CAPTURED,
	 .does = "a page freed meanwhile is kept",
	 .rail = "  |"},
	{.at = COMPACT_AT_DRAIN,
	 .does = "so that what was vacated merges",
	 .rail = "--'"},
	{.at = COMPACT_AT_END,
	 .does = "the next run goes on from here",
	 .rail = NULL},
};

#define NR_CYCLE ((int)(sizeof cycle / sizeof cycle[0]))

int chart_row_of_rung(enum mm_rung rung)
{
	for (int i = 0; i < NR_LADDER; i++)
		if (ladder[i].rung == rung)
			return i;
	return -1;
}

struct chart chart_of_ladder(enum mm_rung at)
{
	struct chart chart = {.n = NR_LADDER, .at = chart_row_of_rung(at)};

	for (int i = 0; i < NR_LADDER; i++) {
		chart.row[i] = ladder[i].row;
		chart.row[i].name = mm_rung_name(ladder[i].rung);
	}
	return chart;
}

struct chart chart_of_compaction(enum mm_compact_at at)
{
	struct chart chart = {.n = NR_CYCLE, .at = -1};

	for (int i = 0; i < NR_CYCLE; i++) {
		chart.row[i] =
			(struct chart_row){mm_compact_at_name(cycle[i].at),
					   cycle[i].does, cycle[i].rail};
		if (cycle[i].at == at)
			chart.at = i;
	}
	return chart;
}

/* ---- drawing ---- */

static int name_cols(const struct chart *chart)
{
	int most = 0;

	for (int i = 0; i < chart->n; i++) {
		const int n = (int)strlen(chart->row[i].name);

		most = n > most ? n : most;
	}
	return most;
}

static int does_cols(const struct chart *chart)
{
	int most = 0;

	for (int i = 0; i < chart->n; i++) {
		const int n = (int)strlen(chart->row[i].does);

		most = n > most ? n : most;
	}
	return most;
}

/* Columns of names, counts, what they do and the way back; 0: left out. */
struct columns {
	int count, does, rail;
};

static struct columns spread(const struct chart *chart, int cols)
{
	struct columns at = {.count = MARGIN + name_cols(chart) + 1};
	const int rail = at.count + 5;

	at.rail = rail;
	if (rail + does_cols(chart) + 4 <= cols) {
		at.does = rail;
		at.rail = rail + does_cols(chart) + 1;
	}
	if (at.rail + 3 > cols)
		at.rail = 0;
	if (at.count + 4 > cols)
		at.count = 0;
	return at;
}

static void draw_row(const struct chart *chart, int i, const struct columns *at,
		     int row, struct canvas *c)
{
	const struct chart_row *r = &chart->row[i];
	const bool here = i == chart->at;
	const enum role role = here		? ROLE_NOW
			       : chart->been[i] ? ROLE_TITLE
						: ROLE_TEXT;

	if (here)
		canvas_text(c, row, 0, ROLE_NOW, "=>");
	canvas_text(c, row, MARGIN, role, r->name);
	if (at->count && chart->been[i] > 1)
		canvas_printf(c, row, at->count, ROLE_LABEL, "x%u",
			      chart->been[i]);
	else if (at->count && chart->been[i])
		canvas_put(c, row, at->count, ROLE_LABEL, 'x');
	if (at->does)
		canvas_text(c, row, at->does, here ? ROLE_NOW : ROLE_DIM,
			    r->does);
	if (at->rail && r->rail)
		canvas_text(c, row, at->rail, ROLE_LABEL, r->rail);
	if (here)
		canvas_mark(c, row, 0, MARGIN + (int)strlen(r->name),
			    MARK_CHANGED);
}

int chart_draw(const struct chart *chart, int row, int rows, struct canvas *c)
{
	const struct columns at = spread(chart, c->cols);
	int first = chart->at - rows / 2;

	if (first > chart->n - rows)
		first = chart->n - rows;
	if (first < 0)
		first = 0;
	for (int i = first; i < chart->n && i - first < rows; i++)
		draw_row(chart, i, &at, row + i - first, c);
	return rows < chart->n ? rows : chart->n;
}
