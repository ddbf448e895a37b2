/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * buddy.h - splitting and merging blocks of 2^order pages
 *
 * A free block of order n starts at a multiple of 1 << n and is on exactly one
 * free list.  Its buddy is the other half of the order n+1 block holding both.
 *
 * Models:   __free_one_page, split_large_buddy, expand, __rmqueue_smallest in
 *           mm/page_alloc.c; Documentation/mm/page_allocation.rst
 * Left out: guard pages, page poisoning, shuffling, page reporting
 * Keeps:    BUDDY_ALIGNED, BUDDY_MERGED (check.c)
 */
#ifndef CORE_BUDDY_H
#define CORE_BUDDY_H

#include "core/pcp.h"

/** fpi_t; only what changes where a block goes. */
enum fpi { FPI_NONE, FPI_TO_TAIL };

static inline pfn_t find_buddy_pfn(pfn_t pfn, unsigned int order)
{
	return pfn ^ (pfn_t)1 << order;
}

/** Why the block at @buddy is no partner: for the event only. */
enum mm_reason buddy_refusal(const struct mm *mm, zone_t zid, pfn_t buddy,
			     unsigned int order);

/** Is there a free block of exactly @order at @pfn? */
static always_inline bool is_free_block(const struct mm *mm, pfn_t pfn,
					unsigned int order)
{
	return (block_at(mm, pfn, order)->word & 0xffff) ==
	       block_word(BLOCK_FREE, order, 0, 0);
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
static always_inline bool buddy_merge_likely(const struct mm *mm, pfn_t pfn,
					     unsigned int order)
{
	const pfn_t parent = pfn & find_buddy_pfn(pfn, order);
	const pfn_t other = find_buddy_pfn(parent, order + 1);

	return is_free_block(mm, other, order + 1) &&
	       page_zone(mm, other) == page_zone(mm, parent);
}

/**
 * A task that compacts may keep what it frees; see compaction.c.  True if
 * the block is its now.
 */
bool compaction_capture(struct mm *mm, zone_t zid, pfn_t pfn,
			unsigned int order, enum migratetype mt);

/** A block on its way up. */
struct rising {
	pfn_t pfn, buddy; /* buddy: looked at last */
	unsigned int order;
	enum mm_reason stopped;
};

/**
 * rise - merge with the buddy, if that is a free block of the same order
 * @mt:     type of the block
 * @inside: is it smaller than its pageblock?  Then the buddy is of its type
 * @quiet:  see assume_quiet()
 *
 * From pageblock order on types meet: U, M and R may merge and the freed
 * block's type wins; H, C and I merge only with their own kind.
 *
 * Models: page_is_buddy() and the loop of __free_one_page(), mm/page_alloc.c
 */
static always_inline bool rise(struct mm *mm, zone_t zid, struct rising *r,
			       enum migratetype mt, const bool inside,
			       const bool quiet)
{
	const pfn_t buddy = find_buddy_pfn(r->pfn, r->order);
	enum migratetype buddy_mt = mt;

	assume_quiet(mm, quiet);
	r->buddy = buddy;
	if (!is_free_block(mm, buddy, r->order) ||
	    page_zone(mm, buddy) != zid) {
		if (unlikely(mm->trace != NULL))
			r->stopped = buddy_refusal(mm, zid, buddy, r->order);
		return false;
	}
	if (!inside) {
		buddy_mt = pageblock_type(mm, buddy);
		if (buddy_mt != mt && (!migratetype_is_mergeable(mt) ||
				       !migratetype_is_mergeable(buddy_mt))) {
			r->stopped = REASON_BUDDY_OTHER_TYPE;
			return false;
		}
	}
	del_from_free_list(mm, zid, buddy, r->order, REASON_MERGED);
	if (unlikely(buddy_mt != mt))
		change_pageblock_range(mm, buddy, r->order, mt);
	assume_quiet(mm, quiet);
	r->pfn &= buddy;
	r->order++;
	TRACE(mm, buddy_merge, ARG(r->pfn), ARG(buddy), ARG(r->order));
	return true;
}

/**
 * All the way up, while somebody waits for such a block; true: it was taken.
 */
bool rise_or_captured(struct mm *mm, zone_t zid, struct rising *r,
		      enum migratetype mt);

/**
 * do_free_one_page - put a block back, merging it as far as it goes
 * @order: up to pageblock order; larger only for what was pulled whole
 * @mt:    effective type of its pageblock, read by the caller
 *
 * Models: __free_one_page(), mm/page_alloc.c
 */
static always_inline void do_free_one_page(struct mm *mm, zone_t zid, pfn_t pfn,
					   unsigned int order,
					   enum migratetype mt, enum fpi fpi,
					   const bool quiet)
{
	const unsigned int max = mm->st->cfg.max_page_order;
	struct rising r = {pfn, pfn, order, REASON_MAX_ORDER};
	bool tail;

	account_freepages(mm, zid, order_pages(order), mt);
	if (unlikely(mm->capture != NULL)) {
		if (rise_or_captured(mm, zid, &r, mt))
			return;
	} else {
		while (r.order < mm->pb_order &&
		       rise(mm, zid, &r, mt, true, quiet))
			;
		if (unlikely(r.order >= mm->pb_order))
			while (r.order < max &&
			       rise(mm, zid, &r, mt, false, quiet))
				;
	}
	assume_quiet(mm, quiet);
	TRACE(mm, buddy_stop, ARG(r.pfn), ARG(r.buddy), ARG(r.order),
	      ARG(r.stopped));

	if (fpi == FPI_TO_TAIL) {
		tail = true;
		r.stopped = REASON_TAIL_ASKED;
	} else if (r.order + 1 >= max) {
		tail = false;
		r.stopped = REASON_LARGE_ORDER;
	} else {
		tail = buddy_merge_likely(mm, r.pfn, r.order);
		r.stopped = tail ? REASON_PARENT_BUDDY_FREE
				 : REASON_PARENT_BUDDY_BUSY;
	}
	add_to_free_list(mm, zid, r.pfn, r.order, mt, tail, r.stopped);
}

/**
 * do_expand - give back what a block holds beyond the order asked for
 * @pfn:  first page; on no free list
 * @low:  order to keep
 * @high: order the block has now
 * @mt:   free list that receives the spare halves
 *
 * The UPPER half goes back each time, so the caller keeps @pfn; returns the
 * pages given back:
 *
 *	pfn                                     pfn + (1 << high)
 *	|kept|low |  low+1  |       high-1      |
 *
 * Models:   expand(), mm/page_alloc.c
 * Left out: set_page_guard()
 */
static always_inline int64_t do_expand(struct mm *mm, zone_t zid, pfn_t pfn,
				       unsigned int low, unsigned int high,
				       enum migratetype mt)
{
	const int64_t spare = order_pages(high) - order_pages(low);

	if (high >= mm->pb_order && low < mm->pb_order)
		pageblock_touch(mm, pfn);
	while (high > low) {
		high--;
		add_to_free_list(mm, zid, pfn + ((pfn_t)1 << high), high, mt,
				 false, REASON_SPLIT_REMAINDER);
		TRACE(mm, buddy_split, ARG(pfn + ((pfn_t)1 << high)), ARG(high),
		      ARG(pfn));
	}
	return spare;
}

/** SPLITOUT: take a block off its list and keep its lowest part. */
static always_inline void do_del_and_expand(struct mm *mm, zone_t zid,
					    pfn_t pfn, unsigned int low,
					    unsigned int high,
					    enum migratetype mt)
{
	del_from_free_list(mm, zid, pfn, high, REASON_TAKEN);
	do_expand(mm, zid, pfn, low, high, mt);
	account_freepages(mm, zid, -order_pages(low), mt);
}

/**
 * do_rmqueue_smallest - a block from the smallest sufficient list of a type
 *
 * Within an order always the head, whatever its address.
 *
 * Models: __rmqueue_smallest(), mm/page_alloc.c
 */
static always_inline pfn_t do_rmqueue_smallest(struct mm *mm, zone_t zid,
					       unsigned int order,
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
	do_del_and_expand(mm, zid, pfn, order, high, mt);
	TRACE(mm, mm_page_alloc_zone_locked, ARG(pfn), ARG(order), ARG(mt),
	      pcp_allowed_order(mm, order) && mt < MIGRATE_PCPTYPES);
	return pfn;
}

/* ---- the same as functions, for those who are not in a hurry ---- */

void free_one_page(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int order,
		   enum migratetype mt, enum fpi fpi);
/** A block of any order, pageblock by pageblock; see buddy.c. */
void free_range(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int order,
		enum fpi fpi);
int64_t expand(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int low,
	       unsigned int high, enum migratetype mt);
void page_del_and_expand(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int low,
			 unsigned int high, enum migratetype mt);
pfn_t rmqueue_smallest(struct mm *mm, zone_t zid, unsigned int order,
		       enum migratetype mt);

#endif
