/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * contig.h - memory in one piece: a range is emptied and taken
 *
 * Its pageblocks are shut, the per-CPU lists drained, what is in use is moved
 * away, 32 pages a time; then all must be free, and is taken.  What was taken
 * beyond the ends goes back, and the pageblocks are opened.
 *
 *	contig.c          the steps, for a range
 *	contig_find.c     where, if it is so many pages or a CMA area
 *	contig_request.c  asking for it
 *	contig_free.c     giving a range back
 *
 * Models:   alloc_contig_frozen_range, __alloc_contig_migrate_range,
 *           isolate_freepages_range, split_free_frozen_pages,
 *           alloc_contig_frozen_pages, pfn_range_valid_contig,
 *           reclaim_clean_pages_from_list in mm/page_alloc.c,
 *           mm/compaction.c and mm/vmscan.c; contig-cma-hotplug.md 1 to 3
 */
#ifndef CORE_CONTIG_H
#define CORE_CONTIG_H

#include "core/store.h"

/** One quantum; QUANTUM_DONE: `ret` of the record is the answer. */
enum mm_quantum contig_step(struct mm *mm, uint32_t task);
/** Where it stands, for people; has a range been chosen? */
const char *contig_at(const struct contig *c);
bool contig_has_range(const struct contig *c);
/** Could a run be taken up from this record? */
bool contig_sane(const struct mm *mm, const struct contig *c);
/** Has it switched LRU batches off? */
bool contig_wants_no_batches(const struct contig *c);

/**
 * The task is to get a page of 2^@order frames, by contig_step(); its result
 * is the task's.  With GFP_BIT_THISNODE on @nid only.  False: there cannot be
 * such a page.
 */
bool contig_gigantic_begin(struct mm *mm, uint32_t task, gfp_t gfp,
			   unsigned int order, int nid);

/** 3.2: free frames on no list, in blocks as large as they can be. */
void free_contig_frames(struct mm *mm, pfn_t start, pfn_t end);

#endif
