/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reclaim.h - what a caller can get back by itself
 *
 * Models:   try_to_free_pages, compaction_ready in mm/vmscan.c
 * Left out: LRU lists and slab caches: this world has no pages that could be
 *           given back, so reclaim finds none and says at most that
 *           compaction is the better way
 */
#ifndef CORE_RECLAIM_H
#define CORE_RECLAIM_H

#include "core/gfp.h"

/** The task's scan_control is made ready; `step` is not 0 from here on. */
void direct_reclaim_begin(struct mm *mm, uint32_t task,
			  const struct alloc_context *ac, unsigned int order);
/**
 * One priority of it.  With QUANTUM_DONE `step` is 0 again, and nr_reclaimed
 * the pages got back; 1 also for "compaction should be tried" (R46).
 */
enum mm_quantum direct_reclaim_step(struct mm *mm, uint32_t task,
				    const struct alloc_context *ac);
/** Pages on the zone's LRU lists that reclaim could take. */
int64_t zone_reclaimable_pages(const struct mm *mm, zone_t zid);

#endif
