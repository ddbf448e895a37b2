/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * contig_steps.h - what the parts of contig.c share: the steps, and the record
 */
#ifndef CORE_CONTIG_STEPS_H
#define CORE_CONTIG_STEPS_H

#include "core/compact_control.h"
#include "core/contig.h"

enum contig_step {
	CONTIG_NONE,
	CONTIG_SEARCH,	/* a range of so many pages */
	CONTIG_CMA,	/* the same in an area */
	CONTIG_BEGIN,	/* shut the pageblocks of the range */
	CONTIG_DRAIN,	/* per-CPU lists and LRU batches */
	CONTIG_COLLECT, /* more pages to be moved? */
	CONTIG_SCAN,
	CONTIG_MIGRATE, /* those at hand */
	CONTIG_MOVED,	/* nothing is left to be moved, or it failed */
	CONTIG_TEST,
	CONTIG_TAKE, /* what is free, pageblock by pageblock */
	CONTIG_USE,
	CONTIG_BACK, /* it is not all free: what was taken goes back */
	CONTIG_UNDO, /* open the pageblocks */
	CONTIG_OVER,
	NR_CONTIG_STEPS
};

/** Of a search; contig-cma-hotplug.md 2.3. */
enum contig_huge {
	CONTIG_SAW_HUGE = 1,   /* a pool's page was in a place that would do */
	CONTIG_TAKES_HUGE = 2, /* now such places will do as well */
};

static inline const struct contig *contig_of(const struct mm *mm, uint32_t task)
{
	return &mm->task[task].contig;
}

static inline void contig_goto(struct mm *mm, uint32_t task,
			       enum contig_step step)
{
	STORE(mm, contig_of(mm, task)->step, (uint32_t)step);
}

static inline void contig_fail(struct mm *mm, uint32_t task, int ret,
			       enum contig_step step)
{
	STORE(mm, contig_of(mm, task)->ret, ret);
	contig_goto(mm, task, step);
}

/** The next step is to shut the pageblocks of [@start, @end). */
void contig_range_begin(struct mm *mm, uint32_t task, pfn_t start, pfn_t end);

/* ---- contig_clean.c ---- */

/** Of those at hand: how many pages were dropped. */
uint32_t reclaim_clean_pages(struct mm *mm, uint32_t task);

/* ---- contig_find.c ---- */

/** One place of a zone, or one zone without one. */
void contig_search(struct mm *mm, uint32_t task);
/** The next place in a CMA area. */
void contig_search_area(struct mm *mm, uint32_t task);
/** It came to nothing there: true if the next place is to be tried. */
bool contig_area_was_busy(struct mm *mm, uint32_t task);
/** It is over, with a place or without. */
void contig_area_over(struct mm *mm, const struct contig *c);

#endif
