/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * buddy.h - splitting and merging blocks of 2^order pages
 *
 * A free block of order n starts at a multiple of 1 << n and is on exactly one
 * free list.  Its buddy is the other half of the order n+1 block holding both.
 *
 * Models:   __free_one_page, split_large_buddy, expand, __rmqueue_smallest in
 *           mm/page_alloc.c; Documentation/mm/page_allocation.rst
 * Left out: guard pages, page poisoning, shuffling, page reporting, capture
 *           by a compacting task
 * Keeps:    BUDDY_ALIGNED, BUDDY_MERGED (check.c)
 */
#ifndef CORE_BUDDY_H
#define CORE_BUDDY_H

#include "core/freelist.h"

/** fpi_t; only what changes where a block goes. */
enum fpi { FPI_NONE, FPI_TO_TAIL };

static inline pfn_t find_buddy_pfn(pfn_t pfn, unsigned int order)
{
	return pfn ^ (pfn_t)1 << order;
}

void free_one_page(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int order,
		   enum migratetype mt, enum fpi fpi);
void free_range(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int order,
		enum fpi fpi);
/** Returns the pages put back; see buddy.c. */
int64_t expand(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int low,
	       unsigned int high, enum migratetype mt);
void page_del_and_expand(struct mm *mm, zone_t zid, pfn_t pfn,
			 unsigned int low, unsigned int high,
			 enum migratetype mt);
pfn_t rmqueue_smallest(struct mm *mm, zone_t zid, unsigned int order,
		       enum migratetype mt);

#endif
