/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * buddy.c - see buddy.h
 */
#include "core/buddy.h"

#include "core/classic.h"
#include "core/pcp.h"

/**
 * page_is_buddy - is the block at @buddy free, of exactly @order?
 * @ref: the block it would merge with; both must be of one zone
 *
 * Models: page_is_buddy(), mm/page_alloc.c
 */
static inline bool page_is_buddy(const struct mm *mm, zone_t zid, pfn_t buddy,
				 unsigned int order)
{
	return (block_at(mm, buddy, order)->word & 0xffff) ==
		       block_word(BLOCK_FREE, order, 0, 0) &&
	       page_zone(mm, buddy) == zid;
}

/* Why the block at @buddy is no partner: for the event only. */
static enum mm_reason buddy_refusal(const struct mm *mm, zone_t zid,
				    pfn_t buddy, unsigned int order)
{
	if (page_zone(mm, buddy) != zid)
		return REASON_BUDDY_OTHER_ZONE;
	if (free_order(mm, buddy) >= 0 && free_order(mm, buddy) != (int)order)
		return REASON_BUDDY_OTHER_ORDER;
	return REASON_BUDDY_BUSY;
}

/**
 * buddy_merge_likely - will our busy buddy soon make a larger block?
 *
 * True if the parent's buddy is free as one block of order + 1: then the
 * block is put where it is used last, to give the merge time.
 *
 *	parent:  | block | busy |        parent's buddy:  | free ...   |
 *
 * Models: buddy_merge_likely(), mm/page_alloc.c
 */
static inline bool buddy_merge_likely(const struct mm *mm, pfn_t pfn,
				      unsigned int order)
{
	const pfn_t parent = pfn & find_buddy_pfn(pfn, order);

	return page_is_buddy(mm, page_zone(mm, parent),
			     find_buddy_pfn(parent, order + 1), order + 1);
}

/**
 * free_one_page - put a block back, merging it as far as it goes
 * @order: up to pageblock order; larger only for what was pulled whole
 * @mt:    effective type of its pageblock, read by the caller
 *
 * From pageblock order on types meet: U, M and R may merge and the freed
 * block's type wins; H, C and I merge only with their own kind.
 *
 * Models: __free_one_page(), mm/page_alloc.c
 */
void free_one_page(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int order,
		   enum migratetype mt, enum fpi fpi)
{
	const unsigned int max = mm->st->cfg.max_page_order;
	enum mm_reason reason = REASON_MAX_ORDER;
	pfn_t buddy = pfn;
	bool tail;

	if (unlikely(mm->st->cfg.era == ERA_LINUX_2_6_24)) {
		classic_free_one_page(mm, zid, pfn, order);
		return;
	}
	account_freepages(mm, zid, order_pages(order), mt);
	while (order < max) {
		enum migratetype buddy_mt = mt;

		buddy = find_buddy_pfn(pfn, order);
		if (!page_is_buddy(mm, zid, buddy, order)) {
			if (unlikely(mm->trace != NULL))
				reason = buddy_refusal(mm, zid, buddy, order);
			break;
		}
		if (order >= mm->pb_order) {
			buddy_mt = pageblock_type(mm, buddy);
			if (buddy_mt != mt &&
			    (!migratetype_is_mergeable(mt) ||
			     !migratetype_is_mergeable(buddy_mt))) {
				reason = REASON_BUDDY_OTHER_TYPE;
				break;
			}
		}
		del_from_free_list(mm, zid, buddy, order, REASON_MERGED);
		if (buddy_mt != mt)
			change_pageblock_range(mm, buddy, order, mt);
		pfn &= buddy;
		order++;
		TRACE(mm, buddy_merge, ARG(pfn), ARG(buddy), ARG(order));
	}
	TRACE(mm, buddy_stop, ARG(pfn), ARG(buddy), ARG(order), ARG(reason));

	if (fpi == FPI_TO_TAIL) {
		tail = true;
		reason = REASON_TAIL_ASKED;
	} else if (order + 1 >= max) {
		tail = false;
		reason = REASON_LARGE_ORDER;
	} else {
		tail = buddy_merge_likely(mm, pfn, order);
		reason = tail ? REASON_PARENT_BUDDY_FREE :
				REASON_PARENT_BUDDY_BUSY;
	}
	add_to_free_list(mm, zid, pfn, order, mt, tail, reason);
}

/**
 * free_range - put a block of any order back, pageblock by pageblock
 *
 * Each piece is freed as the type that its pageblock has at that moment.
 *
 * Models: split_large_buddy() as called by free_one_page(), mm/page_alloc.c
 */
void free_range(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int order,
		enum fpi fpi)
{
	const unsigned int step = order < mm->pb_order ? order : mm->pb_order;
	const pfn_t end = pfn + ((pfn_t)1 << order);

	if (mm->st->cfg.era == ERA_LINUX_2_6_24) {
		classic_free_one_page(mm, zid, pfn, order);
		return;
	}
	for (; pfn < end; pfn += (pfn_t)1 << step)
		free_one_page(mm, zid, pfn, step, pageblock_type(mm, pfn), fpi);
}

/**
 * expand - give back what a block holds beyond the order asked for
 * @pfn:  first page; on no free list
 * @low:  order to keep
 * @high: order the block has now
 * @mt:   free list that receives the spare halves
 *
 * The UPPER half goes back each time, so the caller keeps @pfn:
 *
 *	pfn                                     pfn + (1 << high)
 *	|kept|low |  low+1  |       high-1      |
 *
 * Models:   expand(), mm/page_alloc.c
 * Left out: set_page_guard()
 */
int64_t expand(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int low,
	       unsigned int high, enum migratetype mt)
{
	const int64_t spare = order_pages(high) - order_pages(low);

	if (high >= mm->pb_order && low < mm->pb_order)
		pageblock_touch(mm, pfn);
	while (high > low) {
		high--;
		add_to_free_list(mm, zid, pfn + ((pfn_t)1 << high), high, mt,
				 false, REASON_SPLIT_REMAINDER);
		TRACE(mm, buddy_split, ARG(pfn + ((pfn_t)1 << high)),
		      ARG(high), ARG(pfn));
	}
	return spare;
}

/** SPLITOUT: take a block off its list and keep its lowest part. */
void page_del_and_expand(struct mm *mm, zone_t zid, pfn_t pfn,
			 unsigned int low, unsigned int high,
			 enum migratetype mt)
{
	del_from_free_list(mm, zid, pfn, high, REASON_TAKEN);
	expand(mm, zid, pfn, low, high, mt);
	account_freepages(mm, zid, -order_pages(low), mt);
}

/**
 * rmqueue_smallest - a block from the smallest sufficient list of a type
 *
 * Within an order always the head, whatever its address.
 *
 * Models: __rmqueue_smallest(), mm/page_alloc.c
 */
pfn_t rmqueue_smallest(struct mm *mm, zone_t zid, unsigned int order,
		       enum migratetype mt)
{
	const struct zone *z = &mm->zone[zid];
	const uint32_t mask = z->nonempty[mt] >> order;
	unsigned int high;
	pfn_t pfn;

	if (!mask) {
		TRACE(mm, list_empty, ARG(zid), ARG(order), ARG(mt));
		return NO_PFN;
	}
	high = order + (unsigned int)__builtin_ctz(mask);
	pfn = z->free[high][mt].list.head;
	page_del_and_expand(mm, zid, pfn, order, high, mt);
	TRACE(mm, mm_page_alloc_zone_locked, ARG(pfn), ARG(order), ARG(mt),
	      pcp_allowed_order(mm, order) && mt < MIGRATE_PCPTYPES);
	return pfn;
}
