/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fallback.h - taking from another migratetype
 *
 * A request whose own lists are empty claims a whole pageblock, from the
 * largest free block down, or failing that steals a single block, from the
 * smallest up, and leaves the pageblock's type alone.
 *
 * Models:   __rmqueue, __rmqueue_claim, __rmqueue_steal,
 *           try_to_claim_block, find_suitable_fallback, boost_watermark in
 *           mm/page_alloc.c
 */
#ifndef CORE_FALLBACK_H
#define CORE_FALLBACK_H

#include "core/buddy.h"
#include "core/classic.h"

/** enum rmqueue_mode: what a refill remembers from page to page. */
enum rmqueue_mode { RMQUEUE_NORMAL, RMQUEUE_CMA, RMQUEUE_CLAIM, RMQUEUE_STEAL };

pfn_t rmqueue_fallback(struct mm *mm, zone_t zid, unsigned int order,
		       enum migratetype mt, uint32_t alloc_flags,
		       enum rmqueue_mode *mode);

/* Movable requests use CMA first while it is over half of what is free. */
static always_inline bool cma_balance(struct mm *mm, zone_t zid,
				      uint32_t alloc_flags)
{
	const int64_t cma = zone_page_state(mm, zid, NR_FREE_CMA);
	const int64_t free = zone_page_state(mm, zid, NR_FREE_PAGES);

	if (!(alloc_flags & ALLOC_CMA) || cma <= free / 2)
		return false;
	TRACE(mm, cma_balance, ARG(zid), ARG(cma), ARG(free));
	return true;
}

/**
 * rmqueue - one block of 2^order pages out of a zone's free lists, or NO_PFN
 * @mode: NORMAL for every call but the later ones of one refill
 *
 * Models: __rmqueue(), mm/page_alloc.c
 */
static always_inline pfn_t rmqueue(struct mm *mm, zone_t zid,
				   unsigned int order, enum migratetype mt,
				   uint32_t alloc_flags,
				   enum rmqueue_mode *mode)
{
	pfn_t pfn = NO_PFN;

	if (unlikely(mm->st->cfg.era == ERA_LINUX_2_6_24))
		return classic_rmqueue(mm, zid, order, mt);
	if (unlikely(cma_balance(mm, zid, alloc_flags)))
		pfn = rmqueue_smallest(mm, zid, order, MIGRATE_CMA);
	if (likely(pfn == NO_PFN) && likely(*mode == RMQUEUE_NORMAL))
		pfn = do_rmqueue_smallest(mm, zid, order, mt);
	if (unlikely(pfn == NO_PFN))
		pfn = rmqueue_fallback(mm, zid, order, mt, alloc_flags, mode);
	return pfn;
}

#endif
