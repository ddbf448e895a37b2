/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * watermark.h - min, low, high, promo, boost, reserves; the watermark test
 *
 * Marks are set from vm.min_free_kbytes and vm.watermark_scale_factor.  The
 * boost that a fallback leaves is added to each of them wherever one is used.
 *
 * Models:   __zone_watermark_ok, zone_watermark_fast, boost_watermark,
 *           __setup_per_zone_wmarks, setup_per_zone_lowmem_reserve,
 *           zone_batchsize, zone_set_pageset_high_and_batch in
 *           mm/page_alloc.c; calculate_normal_threshold in mm/vmstat.c
 * Left out: unaccepted memory
 * Keeps:    WATERMARKS (check.c)
 */
#ifndef CORE_WATERMARK_H
#define CORE_WATERMARK_H

#include "core/freelist.h"

/** A mark as tests use it: with the boost. */
static inline int64_t wmark_pages(const struct mm *mm, zone_t zid,
				  enum zone_watermarks w)
{
	return mm->zone[zid].wmark[w] + mm->zone[zid].boost;
}

void zone_set_flag(struct mm *mm, zone_t zid, enum zone_flag flag);
void zone_clear_flag(struct mm *mm, zone_t zid, enum zone_flag flag);

/* __zone_watermark_unusable_free(): what this request may not count on. */
static inline int64_t unusable_free(const struct mm *mm, zone_t zid,
				    unsigned int order, uint32_t alloc_flags)
{
	int64_t n = order_pages(order) - 1;

	if (!(alloc_flags & ALLOC_RESERVES))
		n += mm->zone[zid].nr_free_highatomic;
	if (!(alloc_flags & ALLOC_CMA))
		n += zone_page_state(mm, zid, NR_FREE_CMA);
	return n;
}

/** W23 with the global counter as free pages; @highest a zone index. */
bool zone_watermark_ok(const struct mm *mm, zone_t zid, unsigned int order,
		       int64_t mark, unsigned int highest,
		       uint32_t alloc_flags);
/** `which` of the event: the mark's index, plus this for the high hint. */
#define WMARK_HINT 8
/** ... and for a mark raised by the pages that a bulk request wants. */
#define WMARK_BULK 16

/** The same with @free in place of the counter: for what could be free. */
bool zone_watermark_ok_with(const struct mm *mm, zone_t zid, unsigned int order,
			    int64_t mark, unsigned int highest,
			    uint32_t alloc_flags, int64_t free);
/** The part of zone_watermark_fast() behind the plain comparison. */
bool zone_watermark_full(struct mm *mm, zone_t zid, unsigned int order,
			 int64_t mark, unsigned int which, unsigned int highest,
			 uint32_t alloc_flags);

/**
 * zone_watermark_fast - the test of zone selection, W26; traces its terms
 *
 * For order 0 the plain comparison, with nothing lowered, decides most cases.
 *
 * Models: zone_watermark_fast(), mm/page_alloc.c
 */
static inline bool zone_watermark_fast(struct mm *mm, zone_t zid,
				       unsigned int order, int64_t mark,
				       unsigned int which, unsigned int highest,
				       uint32_t alloc_flags)
{
	if (likely(order == 0 && mm->trace == NULL) &&
	    likely(zone_page_state(mm, zid, NR_FREE_PAGES) -
			   unusable_free(mm, zid, 0, alloc_flags) >
		   mark + mm->zone[zid].lowmem_reserve[highest]))
		return true;
	return zone_watermark_full(mm, zid, order, mark, which, highest,
				   alloc_flags);
}

/** One mark's test in zone selection; @w may be WMARK_HIGH as a hint. P5.6 */
static always_inline bool zone_above(struct mm *mm, zone_t zid,
				     const struct alloc_context *ac,
				     unsigned int order, unsigned int w,
				     uint32_t alloc_flags)
{
	const enum zone_watermarks mark = w & ALLOC_WMARK_MASK;

	return zone_watermark_fast(mm, zid, order, wmark_pages(mm, zid, mark),
				   w, ac->highest, alloc_flags);
}

/** The mark asked for first: the high one, until it is known to be missed. */
static always_inline unsigned int first_mark(const struct mm *mm, zone_t zid,
					     uint32_t alloc_flags)
{
	return mm->zone[zid].flags & ZONE_BELOW_HIGH
		       ? alloc_flags & ALLOC_WMARK_MASK
		       : WMARK_HIGH | WMARK_HINT;
}

/** M-7.1; true if the zone's boost is (still) raised. */
bool boost_watermark(struct mm *mm, zone_t zid);

/** Marks, pcp limits of every zone from the settings; boosts become 0. */
void setup_per_zone_wmarks(struct mm *mm);
/** min_free_kbytes as the kernel finds it, and the marks that follow. */
void init_min_free_kbytes(struct mm *mm);
/** Memory has come or gone: all that follows from how much there is. W44 */
void init_per_zone_wmark_min(struct mm *mm);
/** The same after huge pages were switched on or off. */
void thp_changed(struct mm *mm);
void setup_per_zone_lowmem_reserve(struct mm *mm);
/** Pages of a node, and of all, that are never to be counted on; W18. */
int64_t node_totalreserve_pages(const struct mm *mm, unsigned int nid);
int64_t totalreserve_pages(const struct mm *mm);
/** batch, high_min and high_max of a zone's per-CPU lists. */
void zone_set_pageset_high_and_batch(struct mm *mm, zone_t zid);
/** Thresholds of the per-CPU differences. */
void refresh_zone_stat_thresholds(struct mm *mm);
/** Those of a node: smaller while its kswapd works, as counters matter. W22 */
void set_pgdat_percpu_threshold(struct mm *mm, unsigned int nid, bool pressure);

#endif
