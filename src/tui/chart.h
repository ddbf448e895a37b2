/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * chart.h - the steps that something goes through, and "you are here"
 *
 *	   fast path            zones at the low mark
 *	   retry                wake kswapd; zones at the min mark     <-+
 *	=> direct reclaim   x2  get pages back                           |
 *	   once more?           has it helped, could it?              ---+
 */
#ifndef BUDDYSCOPE_TUI_CHART_H
#define BUDDYSCOPE_TUI_CHART_H

#include "core/mm.h"
#include "tui/canvas.h"

struct chart_row {
	const char *name, *does;
	const char *rail; /* the way back: "<-+", "  |", "--+"; or NULL */
};

#define CHART_MOST 16

struct chart {
	struct chart_row row[CHART_MOST];
	int n;
	int at;			       /* the row we are in; -1: none */
	unsigned int been[CHART_MOST]; /* how often it was come to */
};

/** Draw as many rows as fit, the one we are in among them; gives how many. */
int chart_draw(const struct chart *chart, int row, int rows, struct canvas *c);

/** The slow path's ladder. */
struct chart chart_of_ladder(enum mm_rung at);
/** Row of a rung; -1 for RUNG_NONE. */
int chart_row_of_rung(enum mm_rung rung);
/** A run of compaction over one zone. */
struct chart chart_of_compaction(enum mm_compact_at at);

#endif
