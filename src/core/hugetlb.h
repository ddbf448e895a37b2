/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hugetlb.h - pools of huge pages: hugetlbfs
 *
 * A pool has pages of one order.  Free ones are on a list of their node, those
 * in use on the active list; pages that are about to move are on their
 * mover's.  Such a page is a USED block (or an ISOLATED one) whose word says
 * PGTY_HUGETLB where others count their mappings, with flags behind it; it is
 * on no LRU list, and on its owner's list neither.
 *
 *	hugetlb.c         pages come to a pool, change lists, and leave it
 *	hugetlb_pool.c    where they come from, and whose turn it is
 *	hugetlb_resize.c  as many as are wanted, by quanta
 *	hugetlb_use.c     who gets one
 *	hugetlb_range.c   those that are in the way of a range
 *	migrate_hugetlb.c those that move
 *
 * Models:   struct hstate, enqueue_hugetlb_folio,
 *           dequeue_hugetlb_folio_nodemask, remove_hugetlb_folio,
 *           account_new_hugetlb_folio,
 *           free_huge_folio, folio_isolate_hugetlb, folio_putback_hugetlb in
 *           mm/hugetlb.c; contig-cma-hotplug.md 5
 * Left out: areas of CMA kept for hugetlb, subpools, reservations of single
 *           places in a file, mappings, cgroups, vmemmap that is given back
 * Keeps:    HUGETLB_POOLS (check_hugetlb.c)
 */
#ifndef CORE_HUGETLB_H
#define CORE_HUGETLB_H

#include "core/store.h"

/** Flags of a hugetlb page, in its word. */
#define HUGETLB_IS_FREE 0x01000000u
#define HUGETLB_IS_TEMPORARY 0x02000000u
#define HUGETLB_IS_DROPPED 0x04000000u /* freed while it was about to move */
#define HUGETLB_IS_FRESH 0x08000000u   /* on no list yet */
#define HUGETLB_FLAGS 0x0f000000u

/** Is there a pool's page that begins at this frame? */
static inline bool page_is_hugetlb(const struct page *page)
{
	return block_mappings(&page->b) == PGTY_HUGETLB &&
	       (block_state(&page->b) == BLOCK_USED ||
		block_state(&page->b) == BLOCK_ISOLATED);
}

/** One that nobody uses? */
static inline bool hugetlb_is_free(const struct page *page)
{
	return page->b.word & HUGETLB_IS_FREE;
}

/** In use, and not about to move: folio_test_hugetlb_migratable(). */
static inline bool hugetlb_is_migratable(const struct page *page)
{
	return page_is_hugetlb(page) && block_state(&page->b) == BLOCK_USED &&
	       !(page->b.word & (HUGETLB_IS_FREE | HUGETLB_IS_FRESH));
}

/** Somebody's, of that order, moving or not? */
static inline bool hugetlb_is_used(const struct page *page, unsigned int order)
{
	return page_is_hugetlb(page) && block_order(&page->b) == order &&
	       !(page->b.word &
		 (HUGETLB_IS_FREE | HUGETLB_IS_FRESH | HUGETLB_IS_DROPPED));
}

/** enum mm_hugetlb_state */
static inline uint8_t hugetlb_state(const struct page *page)
{
	if (!page_is_hugetlb(page))
		return HUGETLB_NONE;
	if (page->b.word & (HUGETLB_IS_FREE | HUGETLB_IS_FRESH))
		return HUGETLB_FREE;
	return page->b.word & HUGETLB_IS_TEMPORARY ? HUGETLB_TEMPORARY
						   : HUGETLB_USED;
}

/** First frame of the pool's page that holds @pfn; NO_PFN: there is none. */
pfn_t hugetlb_head(const struct mm *mm, pfn_t pfn);
/** The pool of a page. */
const struct hstate *hstate_of(const struct mm *mm, pfn_t head);
static inline bool hstate_is_gigantic(const struct mm *mm,
				      const struct hstate *h)
{
	return h->order > mm->st->cfg.max_page_order;
}
/** Free pages that nobody has reserved. */
static inline uint32_t hstate_available(const struct hstate *h)
{
	return h->free - h->resv;
}
static inline uint32_t hstate_persistent(const struct hstate *h)
{
	return h->nr - h->surplus;
}

/** Has the world pages of that size? */
bool hstate_here(const struct mm *mm, const struct hstate *h);
/** The order of a size in this world; 0: there is none. */
unsigned int hugetlb_order(const struct mm_config *cfg,
			   enum mm_hugetlb_size size);

/** A block in use, nobody's and on no list, is a page of the pool: no list. */
void hugetlb_account_new(struct mm *mm, const struct hstate *h, pfn_t pfn);
/** On no list: to the head of its node's free list. */
void hugetlb_enqueue(struct mm *mm, const struct hstate *h, pfn_t pfn);
/** The first free one by the zonelist, in use from now on; NO_PFN: none. */
pfn_t hugetlb_dequeue(struct mm *mm, const struct hstate *h,
		      const struct alloc_context *ac);
/** A free one, or one on no list, is the pool's no more: a block in use. */
void hugetlb_remove(struct mm *mm, const struct hstate *h, pfn_t pfn,
		    bool surplus);
/** ... and back to the buddy. */
void hugetlb_update_and_free(struct mm *mm, pfn_t pfn, unsigned int order);
/** The last reference to one on no list is gone; free_huge_folio(). */
void hugetlb_free_folio(struct mm *mm, pfn_t pfn);
/** In use, on no list: to an end of the active list. */
void hugetlb_activate(struct mm *mm, pfn_t pfn, bool tail);
/** In use: it leaves the active list, to be put somewhere. */
void hugetlb_deactivate(struct mm *mm, pfn_t pfn);

/** A used block of a pool's order that is nothing else: in use as its page. */
bool hugetlb_make(struct mm *mm, pfn_t pfn);

/** Who uses it; the page's owner, counted as elsewhere than on its list. */
void hugetlb_own(struct mm *mm, pfn_t pfn, uint16_t owner);
void hugetlb_disown(struct mm *mm, pfn_t pfn);
/** It is its user's no more: to its pool, or when its mover lets it go. */
void hugetlb_put(struct mm *mm, pfn_t pfn);
/** The same as an operation of its own; 0. */
int hugetlb_free_by(struct mm *mm, pfn_t pfn, unsigned int cpu);

/** In use: to the tail of the mover's list.  False: it cannot be. */
bool hugetlb_isolate(struct mm *mm, uint32_t task, pfn_t pfn);
/** It did not move: off the mover's list, to the active one's tail. */
void hugetlb_putback(struct mm *mm, uint32_t task, pfn_t pfn);

/** The max of a pool, which is a setting as well. */
void hstate_set_max(struct mm *mm, const struct hstate *h, uint32_t max);

/* ---- hugetlb_pool.c ---- */

gfp_t htlb_alloc_mask(const struct mm *mm, const struct hstate *h);
/**
 * A page of the buddy that is the pool's, and on no list, whatever that
 * takes: reclaim and compaction.  NO_PFN: there is none.
 */
pfn_t hugetlb_fresh(struct mm *mm, const struct hstate *h, gfp_t gfp, int nid);
/** A free page of a node that has surplus ones leaves; NO_PFN: none does. */
pfn_t hugetlb_remove_surplus(struct mm *mm, const struct hstate *h);
/**
 * A page of the buddy, by the fast path alone: in the midst of something
 * else.  It is the pool's, and on no list; NO_PFN: there is none.
 */
pfn_t hugetlb_fresh_now(struct mm *mm, const struct hstate *h,
			struct alloc_context *ac);
void hugetlb_overcommit_changed(struct mm *mm);

/* ---- hugetlb_resize.c ---- */

/** What vm.nr_hugepages is set to. */
void hugetlb_setting_changed(struct mm *mm);
/** One quantum of a task that makes a pool have so many pages. */
enum mm_quantum hugetlb_resize_step(struct mm *mm, uint32_t task);
/** Could it be taken up from this record? */
bool hugetlb_resize_sane(const struct mm *mm, uint32_t task);
/** Are the pages that the task keeps apart on their way out? */
bool hugetlb_resize_frees(const struct hugetlb_work *w);

/* ---- hugetlb_range.c ---- */

/** One in the way of a scan for a range; 5.3.  0: isolated, or free now. */
int isolate_or_dissolve_hugetlb(struct mm *mm, uint32_t task, pfn_t head);
/** 5.4: free ones go to other places; a page in the way in *@blame. */
int replace_free_hugetlb(struct mm *mm, pfn_t start, pfn_t end, pfn_t *blame);
/** 5.5: free ones leave their pools. */
int dissolve_free_hugetlb(struct mm *mm, pfn_t start, pfn_t end, pfn_t *blame);

/* ---- migrate_hugetlb.c: 8.2 ---- */

/** Is there one on the mover's list? */
bool migrate_has_hugetlb(const struct mm *mm, uint32_t task);
void migrate_hugetlb_begin(struct mm *mm, uint32_t task);
/** One of them, or a pass over them is over; QUANTUM_DONE: all passes. */
enum mm_quantum migrate_hugetlb_step(struct mm *mm, uint32_t task);

#endif
