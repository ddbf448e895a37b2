/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * classic.c - see classic.h; rules M-14.2 to M-14.12 of the specification
 */
#include "core/classic.h"

#include "core/buddy.h"

/* RESERVE is nobody's ordinary donor; classic_rmqueue() asks it last. */
static const enum migratetype classic_fallbacks[MIGRATE_PCPTYPES][2] = {
	[MIGRATE_UNMOVABLE] = {MIGRATE_RECLAIMABLE, MIGRATE_MOVABLE},
	[MIGRATE_RECLAIMABLE] = {MIGRATE_UNMOVABLE, MIGRATE_MOVABLE},
	[MIGRATE_MOVABLE] = {MIGRATE_RECLAIMABLE, MIGRATE_UNMOVABLE},
};

/**
 * classic_free_one_page - merge whatever is free, whatever its type
 *
 * The block goes to the head of the list of the freed page's pageblock; no
 * tag changes and blocks above pageblock order are not cut.
 *
 * Models: __free_one_page() of 2.6.24
 */
void classic_free_one_page(struct mm *mm, zone_t zid, pfn_t pfn,
			   unsigned int order)
{
	const enum migratetype mt = pageblock_type(mm, pfn);
	const int64_t freed = order_pages(order);

	while (order < mm->st->cfg.max_page_order) {
		const pfn_t buddy = find_buddy_pfn(pfn, order);
		const struct block *b = block_at(mm, buddy, order);

		if (block_state(b) != BLOCK_FREE || block_order(b) != order ||
		    page_zone(mm, buddy) != zid)
			break;
		account_freepages(mm, zid, -order_pages(order),
				  (enum migratetype)block_list(b));
		account_freepages(mm, zid, order_pages(order), mt);
		del_from_free_list(mm, zid, buddy, order, REASON_MERGED);
		pfn &= buddy;
		order++;
		TRACE(mm, buddy_merge, ARG(pfn), ARG(buddy), ARG(order));
	}
	account_freepages(mm, zid, freed, mt);
	add_to_free_list(mm, zid, pfn, order, mt, false, REASON_CLASSIC_HEAD);
}

/* Unlike 7.3: to the HEAD of the new list. */
static void move_to_head(struct mm *mm, zone_t zid, pfn_t pfn,
			 unsigned int order, enum migratetype to)
{
	del_page_from_free_list(mm, zid, pfn, order, REASON_CLAIMED);
	add_to_free_list(mm, zid, pfn, order, to, false, REASON_CLASSIC_HEAD);
	account_freepages(mm, zid, order_pages(order), to);
}

/**
 * classic_move - the free blocks of @pfn's pageblock to type @to
 *
 * Returns the pages moved; a block above pageblock order counts whole.
 *
 * Models: move_freepages_block() of 2.6.24
 */
static int64_t classic_move(struct mm *mm, zone_t zid, pfn_t pfn,
			    enum migratetype to)
{
	const struct zone *z = &mm->zone[zid];
	pfn_t start = pageblock_start(mm, pfn);
	const pfn_t end = start + pageblock_nr_pages(mm);
	int64_t moved = 0;

	if (end > z->start + z->spanned)
		return 0;
	if (start < z->start)
		start = pfn;
	while (start < end) {
		const int order = free_order(mm, start);

		if (order < 0) {
			start++;
			continue;
		}
		move_to_head(mm, zid, start, (unsigned int)order, to);
		moved += order_pages((unsigned int)order);
		start += (pfn_t)1 << order;
	}
	return moved;
}

/**
 * classic_take - cut what is asked out of a donor's block
 *
 * A block of half a pageblock order or more, or any for a reclaimable
 * request, brings the free pages of its pageblock along; the tag follows
 * when at least half of the pageblock came.
 */
static void classic_take(struct mm *mm, zone_t zid, pfn_t pfn,
			 unsigned int order, unsigned int high,
			 enum migratetype mt, enum migratetype donor)
{
	enum migratetype dest = donor;
	bool claimed = false;

	if (high >= mm->pb_order / 2 || mt == MIGRATE_RECLAIMABLE) {
		const int64_t moved = classic_move(mm, zid, pfn, mt);

		claimed = moved >= (int64_t)pageblock_nr_pages(mm) / 2;
		if (!claimed)
			TRACE(mm, fallback_refused, ARG(pfn), ARG(high),
			      ARG(donor), ARG(moved), 0,
			      ARG(pageblock_nr_pages(mm) / 2),
			      REASON_BELOW_HALF);
		dest = mt;
	}
	if (claimed || high == mm->pb_order)
		set_pageblock_migratetype(mm, pfn, mt);
	del_from_free_list(mm, zid, pfn, high, REASON_TAKEN);
	account_freepages(mm, zid, -order_pages(high), dest);
	account_freepages(mm, zid, expand(mm, zid, pfn, order, high, dest),
			  dest);
	TRACE(mm, mm_page_alloc_extfrag, ARG(pfn), ARG(order), ARG(high),
	      ARG(mt), ARG(donor), ARG(pageblock_type(mm, pfn)), claimed);
}

/** Models: __rmqueue_fallback() of 2.6.24; largest block first. */
static pfn_t classic_fallback(struct mm *mm, zone_t zid, unsigned int order,
			      enum migratetype mt)
{
	const struct zone *z = &mm->zone[zid];

	for (int high = (int)mm->st->cfg.max_page_order; high >= (int)order;
	     high--) {
		for (int i = 0; i < 2; i++) {
			const enum migratetype donor = classic_fallbacks[mt][i];
			const pfn_t pfn = z->free[high][donor].list.head;

			if (pfn == NO_PFN)
				continue;
			classic_take(mm, zid, pfn, order, (unsigned int)high,
				     mt, donor);
			return pfn;
		}
	}
	TRACE(mm, fallback_end, ARG(order), ARG(mt), REASON_NO_DONOR);
	return rmqueue_smallest(mm, zid, order, MIGRATE_RESERVE);
}

pfn_t classic_rmqueue(struct mm *mm, zone_t zid, unsigned int order,
		      enum migratetype mt)
{
	const pfn_t pfn = rmqueue_smallest(mm, zid, order, mt);

	return pfn != NO_PFN ? pfn : classic_fallback(mm, zid, order, mt);
}

/** Models: setup_zone_migrate_reserve() of 2.6.24 */
void classic_setup_reserve(struct mm *mm, zone_t zid)
{
	const struct zone *z = &mm->zone[zid];
	const pfn_t step = pageblock_nr_pages(mm);
	const pfn_t end = z->start + z->spanned;
	int64_t wanted = (z->wmark[WMARK_MIN] + step - 1) / step;

	for (pfn_t pfn = z->start; pfn < end;
	     pfn = pageblock_start(mm, pfn) + step) {
		const enum migratetype mt = pageblock_type(mm, pfn);

		if (!pfn_present(mm, pfn) ||
		    block_state(&mm->page[pfn].b) == BLOCK_RESERVED)
			continue;
		if (mt == MIGRATE_RESERVE && wanted > 0) {
			wanted--;
		} else if (mt == MIGRATE_MOVABLE && wanted > 0) {
			wanted--;
			set_pageblock_migratetype(mm, pfn, MIGRATE_RESERVE);
			classic_move(mm, zid, pfn, MIGRATE_RESERVE);
		} else if (mt == MIGRATE_RESERVE) {
			set_pageblock_migratetype(mm, pfn, MIGRATE_MOVABLE);
			classic_move(mm, zid, pfn, MIGRATE_MOVABLE);
		}
	}
}
