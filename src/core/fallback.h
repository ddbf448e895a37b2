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
 * Left out: grouping by mobility switched off (worlds force it on)
 */
#ifndef CORE_FALLBACK_H
#define CORE_FALLBACK_H

#include "core/freelist.h"

/** enum rmqueue_mode: what a refill remembers from page to page. */
enum rmqueue_mode { RMQUEUE_NORMAL, RMQUEUE_CMA, RMQUEUE_CLAIM, RMQUEUE_STEAL };

/**
 * One block of 2^order pages out of a zone's free lists, or NO_PFN.
 * @mode is NORMAL for every call but the later ones of one refill.
 */
pfn_t rmqueue(struct mm *mm, zone_t zid, unsigned int order,
	      enum migratetype mt, uint32_t alloc_flags,
	      enum rmqueue_mode *mode);

#endif
