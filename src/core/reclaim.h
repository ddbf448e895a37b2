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

/** Pages got back; 1 also for "compaction should be tried" (R46). */
int64_t try_to_free_pages(struct mm *mm, const struct alloc_context *ac,
			  unsigned int order);
/** Pages on the zone's LRU lists that reclaim could take. */
int64_t zone_reclaimable_pages(const struct mm *mm, zone_t zid);

#endif
