/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fallback.c - see fallback.h
 */
#include "core/fallback.h"

#include "core/buddy.h"
#include "core/watermark.h"

/** fallbacks[]: whom a type asks, and in which order. */
static const enum migratetype fallbacks[MIGRATE_PCPTYPES][2] = {
	[MIGRATE_UNMOVABLE] = {MIGRATE_RECLAIMABLE, MIGRATE_MOVABLE},
	[MIGRATE_MOVABLE] = {MIGRATE_RECLAIMABLE, MIGRATE_UNMOVABLE},
	[MIGRATE_RECLAIMABLE] = {MIGRATE_UNMOVABLE, MIGRATE_MOVABLE},
};

/** First donor with a free block of exactly @order; MIGRATE_TYPES if none. */
static enum migratetype find_donor(const struct mm *mm, zone_t zid,
				   unsigned int order, enum migratetype mt)
{
	for (int i = 0; i < 2; i++)
		if (mm->zone[zid].nonempty[fallbacks[mt][i]] >> order & 1)
			return fallbacks[mt][i];
	return MIGRATE_TYPES;
}

/**
 * should_try_claim_block - may @mt take a pageblock for a block of @order?
 *
 * Unmovable and reclaimable requests always may, or they would scatter; a
 * movable one only if the block is half a pageblock order or more.
 *
 * Models: should_try_claim_block(), mm/page_alloc.c
 */
static bool should_try_claim_block(const struct mm *mm, unsigned int order,
				   enum migratetype mt)
{
	return order >= mm->pb_order / 2 || mt == MIGRATE_UNMOVABLE ||
	       mt == MIGRATE_RECLAIMABLE;
}

/** What is free in a pageblock, and what is used by movable pages. */
struct census {
	int64_t free, movable;
};

static struct census take_census(const struct mm *mm, pfn_t start)
{
	const uint16_t movable = PAGE_LRU | PAGE_MOVABLE_OPS;
	const pfn_t end = start + pageblock_nr_pages(mm);
	struct census c = {0, 0};

	for (pfn_t pfn = start; pfn < end;) {
		const struct page *page = &mm->page[pfn];
		const int order = free_order(mm, pfn);
		int64_t n = 1;

		if (order >= 0) {
			n = order_pages((unsigned int)order);
			c.free += n;
		} else if (block_state(&page->b) == BLOCK_USED) {
			n = order_pages(block_order(&page->b));
			if (page->attr & movable)
				c.movable += page->attr & PAGE_COMPOUND ? n : 1;
		}
		pfn += (pfn_t)n;
	}
	return c;
}

/* Whole pageblocks change hands: no half test, no boost. */
static pfn_t claim_whole(struct mm *mm, zone_t zid, pfn_t pfn,
			 unsigned int high, unsigned int order,
			 enum migratetype mt)
{
	del_page_from_free_list(mm, zid, pfn, high, REASON_CLAIMED);
	change_pageblock_range(mm, pfn, high, mt);
	account_freepages(mm, zid, expand(mm, zid, pfn, order, high, mt), mt);
	return pfn;
}

/**
 * try_to_claim_block - take over the pageblock of a donor's free block
 * @pfn:  head of the donor's list of order @high
 *
 * Below pageblock order the zone's marks are boosted first, whatever comes of
 * it.  Then at least half of the pageblock must be free or used alike.  What
 * is returned is the smallest sufficient piece, generally not @pfn.
 *
 * Models: try_to_claim_block(), prep_move_freepages_block(),
 *         mm/page_alloc.c
 */
static pfn_t try_to_claim_block(struct mm *mm, zone_t zid, pfn_t pfn,
				unsigned int high, unsigned int order,
				enum migratetype mt, enum migratetype donor,
				uint32_t alloc_flags)
{
	const int64_t block = pageblock_nr_pages(mm);
	struct census c;
	int64_t alike = 0;

	if (high >= mm->pb_order)
		return claim_whole(mm, zid, pfn, high, order, mt);

	if (boost_watermark(mm, zid) && (alloc_flags & ALLOC_KSWAPD))
		zone_set_flag(mm, zid, ZONE_BOOSTED_WATERMARK);
	if (!pageblock_whole(mm, zid, pfn)) {
		TRACE(mm, fallback_refused, ARG(pfn), ARG(high), ARG(donor), 0,
		      0, 0, REASON_NOT_WHOLE);
		return NO_PFN;
	}
	c = take_census(mm, pageblock_start(mm, pfn));
	if (mt == MIGRATE_MOVABLE)
		alike = c.movable;
	else if (donor == MIGRATE_MOVABLE)
		alike = block - c.free - c.movable;
	if (c.free + alike < block / 2 && !mm->st->mobility_disabled) {
		TRACE(mm, fallback_refused, ARG(pfn), ARG(high), ARG(donor),
		      ARG(c.free), ARG(alike), ARG(block / 2),
		      REASON_BELOW_HALF);
		return NO_PFN;
	}
	move_freepages(mm, zid, pageblock_start(mm, pfn), mt);
	set_pageblock_migratetype(mm, pfn, mt);
	return rmqueue_smallest(mm, zid, order, mt);
}

/* alloc_order, fallback_order and types as the tracepoint has them. */
static void trace_extfrag(struct mm *mm, pfn_t pfn, unsigned int order,
			  unsigned int high, enum migratetype mt,
			  enum migratetype donor)
{
	TRACE(mm, mm_page_alloc_extfrag, ARG(pfn), ARG(order), ARG(high),
	      ARG(mt), ARG(donor), ARG(pageblock_type(mm, pfn)),
	      pageblock_type(mm, pfn) == mt);
}

/**
 * rmqueue_claim - claim a pageblock, trying the largest free block first
 *
 * One candidate per order: the head of the first donor's list.
 *
 * Models: __rmqueue_claim(), mm/page_alloc.c
 */
static pfn_t rmqueue_claim(struct mm *mm, zone_t zid, unsigned int order,
			   enum migratetype mt, uint32_t alloc_flags)
{
	const bool whole_only =
		order < mm->pb_order && (alloc_flags & ALLOC_NOFRAGMENT);
	const int lowest = (int)(whole_only ? mm->pb_order : order);
	bool refused = false;

	for (int high = (int)mm->st->cfg.max_page_order; high >= lowest;
	     high--) {
		const unsigned int o = (unsigned int)high;
		enum migratetype donor;
		pfn_t pfn;

		if (!should_try_claim_block(mm, o, mt)) {
			TRACE(mm, fallback_end, ARG(high), ARG(mt),
			      REASON_ORDER_TOO_SMALL);
			return NO_PFN;
		}
		donor = find_donor(mm, zid, o, mt);
		if (donor == MIGRATE_TYPES)
			continue;
		pfn = try_to_claim_block(mm, zid,
					 mm->zone[zid].free[o][donor].list.head,
					 o, order, mt, donor, alloc_flags);
		if (pfn != NO_PFN) {
			trace_extfrag(mm, pfn, order, o, mt, donor);
			return pfn;
		}
		refused = true; /* it has said why */
	}
	if (!refused)
		TRACE(mm, fallback_end, ARG(order), ARG(mt),
		      whole_only ? REASON_NO_FRAGMENT : REASON_NO_DONOR);
	return NO_PFN;
}

/**
 * rmqueue_steal - take one block, smallest first, and leave the tag
 *
 * Models: __rmqueue_steal(), mm/page_alloc.c
 */
static pfn_t rmqueue_steal(struct mm *mm, zone_t zid, unsigned int order,
			   enum migratetype mt)
{
	for (unsigned int high = order; high <= mm->st->cfg.max_page_order;
	     high++) {
		const enum migratetype donor = find_donor(mm, zid, high, mt);
		pfn_t pfn;

		if (donor == MIGRATE_TYPES)
			continue;
		pfn = mm->zone[zid].free[high][donor].list.head;
		page_del_and_expand(mm, zid, pfn, order, high, donor);
		trace_extfrag(mm, pfn, order, high, mt, donor);
		return pfn;
	}
	TRACE(mm, fallback_none, ARG(order), ARG(mt), REASON_STEAL_SEARCH);
	return NO_PFN;
}

/**
 * rmqueue_fallback - @mt has nothing left
 * @mode: what an earlier page of the same refill was met with, at least
 *
 * Models: the second part of __rmqueue(), mm/page_alloc.c
 */
pfn_t rmqueue_fallback(struct mm *mm, zone_t zid, unsigned int order,
		       enum migratetype mt, uint32_t alloc_flags,
		       enum rmqueue_mode *mode)
{
	pfn_t pfn;

	if (*mode <= RMQUEUE_CMA && (alloc_flags & ALLOC_CMA)) {
		pfn = rmqueue_smallest(mm, zid, order, MIGRATE_CMA);
		if (pfn != NO_PFN) {
			*mode = RMQUEUE_CMA;
			return pfn;
		}
	}
	if (*mode <= RMQUEUE_CLAIM) {
		pfn = rmqueue_claim(mm, zid, order, mt, alloc_flags);
		if (pfn != NO_PFN) {
			*mode = RMQUEUE_NORMAL;
			return pfn;
		}
	}
	if (alloc_flags & ALLOC_NOFRAGMENT)
		return NO_PFN;
	pfn = rmqueue_steal(mm, zid, order, mt);
	if (pfn != NO_PFN)
		*mode = RMQUEUE_STEAL;
	return pfn;
}
