/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * map.h - the physical map's parts
 *
 *	view_map.c  draws it; keys and clicks
 *	map_grid.c  which frames a cell shows, and where it stands
 *	map_cell.c  what is in a cell
 *	map_run.c   compaction on the map: scanners, pages in flight
 *	map_words.c the frame under the cursor, in words
 *	map_find.c  what is looked for, and what is left out
 *	map_about.c what the border says
 */
#ifndef BUDDYSCOPE_TUI_MAP_H
#define BUDDYSCOPE_TUI_MAP_H

#include "tui/view.h"

/** What a cell is. */
enum map_zoom {
	ZOOM_ZONE,  /* one pageblock, or several */
	ZOOM_BLOCK, /* a part of a pageblock */
	ZOOM_FRAME, /* a frame */
};
enum map_zoom map_zoom(const struct screen *s);
void map_set_zoom(struct screen *s, enum map_zoom zoom);

/* ---- map_grid.c ---- */

/** How the zone lies on the pane. */
struct map_grid {
	enum map_zoom zoom;
	int label;	       /* columns before the cells */
	unsigned int group;    /* cells between two gaps */
	unsigned int groups;   /* in a row */
	unsigned int per_cell; /* frames */
	uint64_t per_row;      /* frames */
	pfn_t first, end;
	int lines;	/* rows of cells in all */
	int tall;	/* 1 cells, 2 and marks below, 3 and labels above */
	int rows, skip; /* lines on the pane; lines scrolled away */
	int foot;	/* rows below them, for words */
	int words;	/* of them for the cursor; 0: it is told elsewhere */
	bool run;	/* ... and one for the run of compaction */
};
struct map_grid map_grid(const struct screen *s, const struct mm *mm, int rows,
			 int cols);
/** The same cells one pageblock at most each, as many in a row as fit. */
struct map_grid map_grid_plain(const struct screen *s, const struct mm *mm,
			       int label, int cols);
/** Column of a cell of a row. */
int map_column(const struct map_grid *g, unsigned int cell);
/** Row and column of the cell that shows a frame; false if none does. */
bool map_place(const struct map_grid *g, uint64_t pfn, int *row, int *col);

/* ---- map_find.c ---- */

/** What is looked for: all that is given holds. */
struct map_query {
	int type;	/* of its list, or pageblock; -1: any */
	int order;	/* -1: any */
	uint16_t owner; /* 0: any */
	pfn_t pfn;	/* NO_PFN: any */
};
/**
 * "17", "web", "M", "order=3 type=M owner=web"; false if it makes no sense.
 * An empty text asks for nothing.
 */
bool map_parse(const struct mm *mm, const char *text, struct map_query *q);
bool map_query_empty(const struct map_query *q);
/** Is the frame what is asked for? */
bool map_matches(const struct map_query *q, const struct mm_frame *f);
/** The next one behind @from, or from the start again; NO_PFN: none. */
pfn_t map_next(const struct mm *mm, const struct map_query *q, pfn_t from);

/* ---- map_cell.c ---- */

/** What is drawn into a cell. */
struct map_cell {
	uint32_t glyph;
	enum role role;
	unsigned int marks; /* enum mark */
};
/** @hand: frames that an operation holds; @q: others are left out. */
struct map_cell map_cell(const struct mm *mm, const struct map_grid *g,
			 const struct map_query *q, const struct changes *hand,
			 pfn_t pfn, pfn_t end);
/** Pageblocks that are looked at of the many in a cell, in a large world. */
unsigned int map_samples(const struct map_grid *g, const struct mm *mm);

/* ---- map_run.c ---- */

/** The task that compacts the zone shown; -1: nobody does. */
int map_runner(const struct screen *s, const struct mm *mm);
/**
 * Is there something to mark below the cells: a run of compaction, or what
 * the present line or the next one does to pageblocks?  All along these
 * lines, so that nothing moves when it begins.
 */
bool map_marked(const struct screen *s, const struct mm *mm);
/** Below the cells: scanners, and pages with their targets. */
void map_draw_run(const struct screen *s, const struct mm *mm,
		  const struct map_grid *g, struct canvas *c);
/**
 * Below the first cell of a pageblock, where no label tells it and nothing
 * else stands: "skip", its skip bit; "iso", it is shut.
 */
void map_draw_bits(const struct mm *mm, const struct map_grid *g,
		   struct canvas *c);
/** The run in words, one row. */
void map_run_words(const struct screen *s, const struct mm *mm, int row,
		   struct canvas *c);
/** The same as text of @cols columns at most, for the border; "": no run. */
void map_run_text(const struct screen *s, const struct mm *mm, int cols,
		  char *buf, size_t size);

/* ---- map_about.c ---- */

/** view_ops.about of the map: as much as the border has room for. */
void map_about(const struct screen *s, const struct mm *mm, char *buf,
	       size_t size);

/* ---- map_words.c ---- */

#define MAP_WORDS 3
/**
 * The frame under the cursor, where it is, and its pageblock; at a farther
 * zoom first its cell.  @hand: frames that an operation holds.
 */
void map_words(const struct screen *s, const struct mm *mm,
	       const struct map_grid *g, const struct changes *hand,
	       char line[MAP_WORDS][200]);
/** The same as one sentence, with what it begins with as the most wanted. */
void map_words_joined(const struct map_grid *g, char line[MAP_WORDS][200],
		      char *buf, size_t size);

#endif
