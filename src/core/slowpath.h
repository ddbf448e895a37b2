/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slowpath.h - what follows when the fast path found nothing
 *
 * The ladder: wake kswapd and go down to the min mark, reserves, reclaim,
 * compaction, retries, the OOM killer.  One function for each rung; what is
 * known so far is in the task's record, so that others can run in between.
 *
 * Models:   __alloc_pages_slowpath in mm/page_alloc.c; P19 to P31
 * Left out: storage that is suspended, a task that dumps core.  Where the
 *           kernel would loop for ever the request ends with one of the four
 *           REASON_LOOP_*, and where it would panic with REASON_OOM_PANIC or
 *           REASON_OOM_NOBODY
 */
#ifndef CORE_SLOWPATH_H
#define CORE_SLOWPATH_H

#include "core/gfp.h"

/** The request of the task is on its first rung. */
void slowpath_begin(struct mm *mm, uint32_t task,
		    const struct alloc_context *ac);
/**
 * One rung.  With QUANTUM_DONE the ladder's pfn is the page, or NO_PFN;
 * @ac is the request's, its nodemask and caller may change.
 */
enum mm_quantum slowpath_step(struct mm *mm, uint32_t task,
			      struct alloc_context *ac);

#endif
