/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * freelist.h - put on, take off, move between free lists; the accounting
 *
 * A zone has a list per order and type.  Only the head of a free block is
 * linked; it remembers its order and its list, which in the 2.6.24 policy
 * need not be its pageblock's type (M-14.9).
 *
 * Models:   __add_to_free_list, __del_page_from_free_list,
 *           del_page_from_free_list,
 *           move_to_free_list, account_freepages in mm/page_alloc.c;
 *           __mod_zone_page_state in mm/vmstat.c
 * Left out: page reporting, the consistency warnings (check.c instead)
 * Keeps:    FREE_ON_ONE_LIST, FREE_LIST_TYPE, FREE_COUNTS (check.c)
 */
#ifndef CORE_FREELIST_H
#define CORE_FREELIST_H

#include "core/list.h"
#include "core/pageblock.h"
#include "core/trace.h"

/** Frames of one order; signed, as counters are. */
static inline int64_t order_pages(unsigned int order)
{
	return (int64_t)1 << order;
}

/**
 * mod_zone_page_state - add to a zone counter
 *
 * With a threshold the change gathers in this CPU's difference and moves on
 * once its absolute value exceeds the threshold; readers see the zone's part
 * alone, as in the kernel (B-3.5).
 */
static always_inline void mod_zone_page_state(struct mm *mm, zone_t zid,
					      enum zone_stat_item item,
					      int64_t delta)
{
	const struct zone *z = &mm->zone[zid];
	const int32_t limit = (int32_t)z->stat_threshold;
	const struct pcp *p;
	int64_t sum;

	if (likely(limit == 0)) {
		STORE(mm, z->stat[item], z->stat[item] + delta);
		return;
	}
	p = pcp_of(mm, zid, mm->cpu);
	sum = p->diff[item] + delta;
	if (sum > limit || sum < -limit) {
		STORE(mm, z->stat[item], z->stat[item] + sum);
		sum = 0;
	}
	STORE(mm, p->diff[item], (int32_t)sum);
}

/** What a decision reads: without the differences, never negative. */
static inline int64_t zone_page_state(const struct mm *mm, zone_t zid,
				      enum zone_stat_item item)
{
	const int64_t v = mm->zone[zid].stat[item];

	return v > 0 ? v : 0;
}

/** What displays read: with every CPU's difference. */
int64_t zone_page_state_snapshot(const struct mm *mm, zone_t zid,
				 enum zone_stat_item item);

/** Events of a zone, of all CPUs; vm_event_item and numa_stat_item. */
struct zone_events {
	uint64_t served, pgalloc, pgfree;
};
struct zone_events zone_events(const struct mm *mm, zone_t zid);

/** ACCT of buddy.md: @n pages came to (n < 0: left) lists of type @mt. */
static always_inline void account_freepages(struct mm *mm, zone_t zid,
					    int64_t n, enum migratetype mt)
{
	const struct zone *z = &mm->zone[zid];

	if (unlikely(mt == MIGRATE_ISOLATE))
		return;
	mod_zone_page_state(mm, zid, NR_FREE_PAGES, n);
	if (unlikely(mt == MIGRATE_CMA))
		mod_zone_page_state(mm, zid, NR_FREE_CMA, n);
	else if (unlikely(mt == MIGRATE_HIGHATOMIC) &&
		 mm->st->cfg.era != ERA_LINUX_2_6_24)
		STORE(mm, z->nr_free_highatomic, z->nr_free_highatomic + n);
}

/** The link, the count, and the bit that says the list is not empty. */
static always_inline void free_list_link(struct mm *mm, zone_t zid, pfn_t pfn,
					 unsigned int order,
					 enum migratetype mt, bool tail)
{
	const struct zone *z = &mm->zone[zid];
	const struct free_list *fl = &z->free[order][mt];

	if (fl->nr == 0)
		STORE(mm, z->nonempty[mt], z->nonempty[mt] | 1u << order);
	if (tail)
		list_add_tail(mm, &fl->list, order, pfn);
	else
		list_add_head(mm, &fl->list, order, pfn);
	STORE(mm, fl->nr, fl->nr + 1);
}

static always_inline void free_list_unlink(struct mm *mm, zone_t zid, pfn_t pfn,
					   unsigned int order,
					   enum migratetype mt)
{
	const struct zone *z = &mm->zone[zid];
	const struct free_list *fl = &z->free[order][mt];

	list_del(mm, &fl->list, order, pfn);
	STORE(mm, fl->nr, fl->nr - 1);
	if (fl->nr == 0)
		STORE(mm, z->nonempty[mt], z->nonempty[mt] & ~(1u << order));
}

/** PUT: link a free block; no accounting. */
static always_inline void add_to_free_list(struct mm *mm, zone_t zid, pfn_t pfn,
					   unsigned int order,
					   enum migratetype mt, bool tail,
					   enum mm_reason reason)
{
	free_list_link(mm, zid, pfn, order, mt, tail);
	STORE(mm, block_at(mm, pfn, order)->word,
	      block_word(BLOCK_FREE, order, mt, 0));
	if (order >= mm->pb_order && mt != MIGRATE_ISOLATE)
		mod_zone_page_state(mm, zid, NR_FREE_PAGES_BLOCKS,
				    order_pages(order));
	TRACE(mm, list_add, ARG(pfn), ARG(order), ARG(mt), tail, ARG(reason));
}

/* Unlink a free block from the list it is on: that of type @mt. */
static always_inline void do_del_from_free_list(struct mm *mm, zone_t zid,
						pfn_t pfn, unsigned int order,
						enum migratetype mt)
{
	free_list_unlink(mm, zid, pfn, order, mt);
	STORE(mm, block_at(mm, pfn, order)->word, 0);
	if (order >= mm->pb_order && mt != MIGRATE_ISOLATE)
		mod_zone_page_state(mm, zid, NR_FREE_PAGES_BLOCKS,
				    -order_pages(order));
}

/** TAKE: unlink a free block from the list it is on; no accounting. */
static always_inline void del_from_free_list(struct mm *mm, zone_t zid,
					     pfn_t pfn, unsigned int order,
					     enum mm_reason reason)
{
	const enum migratetype mt =
		(enum migratetype)block_list(block_at(mm, pfn, order));

	do_del_from_free_list(mm, zid, pfn, order, mt);
	TRACE(mm, list_del, ARG(pfn), ARG(order), ARG(mt), ARG(reason));
}

/**
 * The same, and it is not counted as free any more.
 *
 * Models: del_page_from_free_list()
 */
static always_inline void del_page_from_free_list(struct mm *mm, zone_t zid,
						  pfn_t pfn, unsigned int order,
						  enum mm_reason reason)
{
	const enum migratetype mt =
		(enum migratetype)block_list(block_at(mm, pfn, order));

	do_del_from_free_list(mm, zid, pfn, order, mt);
	account_freepages(mm, zid, -order_pages(order), mt);
	TRACE(mm, list_del, ARG(pfn), ARG(order), ARG(mt), ARG(reason));
}

/** RELIST: to the tail of another type's list of the same order. */
void move_to_free_list(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int order,
		       enum migratetype to);
/**
 * MOVEBLOCK: every free block inside the pageblock that starts at @start to
 * the lists of type @to; returns the pages moved.  The tag stays.
 */
int64_t move_freepages(struct mm *mm, zone_t zid, pfn_t start,
		       enum migratetype to);
/** The same with the tag; -1 and no change if it is not wholly in the zone. */
int64_t move_freepages_block(struct mm *mm, zone_t zid, pfn_t pfn,
			     enum migratetype to);

/**
 * Turn a list round until @pfn is its head (@first) or its tail: searches
 * that begin there go on where the last one ended.
 * Models: move_freelist_head(), move_freelist_tail() in mm/compaction.c
 */
void rotate_free_list(struct mm *mm, zone_t zid, unsigned int order, pfn_t pfn,
		      bool first);

/** Head of the free block at exactly @pfn: its order, or -1. */
static inline int free_order(const struct mm *mm, pfn_t pfn)
{
	const struct block *b = &mm->page[pfn].b;

	if ((pfn & (pageblock_nr_pages(mm) - 1)) == 0 &&
	    block_state(&mm->pb[pfn >> mm->pb_order].b) == BLOCK_FREE)
		b = &mm->pb[pfn >> mm->pb_order].b;
	return block_state(b) == BLOCK_FREE ? (int)block_order(b) : -1;
}

#endif
