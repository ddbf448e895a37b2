/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pcp.h - per-CPU page lists in front of the free lists
 *
 * Every CPU keeps blocks of orders 0 to 3 and of a huge page at hand, a list
 * per order and type.  Allocation takes the head, freeing pushes there;
 * refills append at the tail, and what is too much leaves from the tail.
 * How much is kept floats between high_min and high_max.
 *
 * Models:   rmqueue_pcplist, __rmqueue_pcplist, rmqueue_bulk, nr_pcp_alloc,
 *           free_frozen_page_commit, nr_pcp_high, nr_pcp_free,
 *           free_pcppages_bulk, drain_pages_zone, decay_pcp_high in
 *           mm/page_alloc.c
 * Left out: the try-lock that fails under an interrupt, remote expiry
 * Keeps:    PCP_COUNT, PCP_LISTS (check.c)
 */
#ifndef CORE_PCP_H
#define CORE_PCP_H

#include "core/freelist.h"

/** pcp_allowed_order(): does the order have per-CPU lists? */
static inline bool pcp_allowed_order(const struct mm *mm, unsigned int order)
{
	return order <= 3 || order == mm->st->cfg.pmd_order;
}

/** order_to_pindex(): U and R share the list of the huge-page order. */
static inline unsigned int order_to_pindex(enum migratetype mt,
					   unsigned int order)
{
	if (order > 3)
		return 3 * 4 + (mt == MIGRATE_MOVABLE);
	return 3 * order + mt;
}

static inline unsigned int pindex_to_order(const struct mm *mm,
					   unsigned int pindex)
{
	return pindex < 12 ? pindex / 3 : mm->st->cfg.pmd_order;
}

/** One block from this CPU's lists, refilling them; NO_PFN if none. */
pfn_t rmqueue_pcplist(struct mm *mm, zone_t zid, unsigned int order,
		      enum migratetype mt, uint32_t alloc_flags);
/** The same without halving free_count: for the bulk call. */
pfn_t rmqueue_pcplist_bulk(struct mm *mm, zone_t zid, unsigned int order,
			   enum migratetype mt, uint32_t alloc_flags);
/** Push a freed block; may flush others back to the free lists. */
void free_to_pcp(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int order,
		 enum migratetype mt);
/** Empty one zone's lists of one CPU; returns the pages. */
int64_t drain_pages_zone(struct mm *mm, zone_t zid, unsigned int cpu);

#endif
