/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reclaim.h - what a caller can get back by itself
 *
 * A run goes over the zones of the request with rising effort, a pass each
 * quantum, until 32 pages are back.  In vain, it is repeated with what was
 * spared before.
 *
 * Models:   try_to_free_pages, do_try_to_free_pages, shrink_zones,
 *           compaction_ready, zone_reclaimable_pages in mm/vmscan.c; R40-R46
 *
 * Reclaim within a group that is full is such a run, too: over all nodes,
 * without a wait at its entry: memcg_reclaim_begin() in memcg.h begins it.
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
/** @sc, its first step still ahead, becomes the task's run. */
void reclaim_begin(struct mm *mm, uint32_t task, struct scan_control *sc);
/** All of a group's run @sc without a wait in between; pages got back. */
int64_t reclaim_at_once(struct mm *mm, const struct alloc_context *ac,
			struct scan_control *sc);
/** Pages on the zone's LRU lists that reclaim could take. */
int64_t zone_reclaimable_pages(const struct mm *mm, zone_t zid);

#endif
