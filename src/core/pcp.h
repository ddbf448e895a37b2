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
 * Keeps:    PCP_COUNT, PCP_LISTS, PCP_LIMITS (check.c)
 */
#ifndef CORE_PCP_H
#define CORE_PCP_H

#include "core/freelist.h"
#include "core/trace.h"

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

/** Fill the list of an order and type; false if it is still empty. */
bool pcp_refill(struct mm *mm, zone_t zid, unsigned int order,
		enum migratetype mt, uint32_t alloc_flags);
/** A block was pushed on list @pindex: flush if there are too many. */
void pcp_pushed(struct mm *mm, zone_t zid, unsigned int pindex, bool free_high);

/**
 * pcp_pop - the head of a list that is not empty
 *
 * The block's word is left for the caller, who is about to write it.
 */
static always_inline pfn_t pcp_pop(struct mm *mm, const struct pcp *p,
				   const struct list *l, unsigned int order)
{
	const pfn_t pfn = l->head;

	list_del_head(mm, l, order, pfn);
	if (order && unlikely(order >= mm->pb_order)) /* to its frame */
		STORE(mm, block_at(mm, pfn, order)->word, 0);
	STORE(mm, p->count, p->count - (1 << order));
	return pfn;
}

/** Every request, met or not, halves free_count (P-4.1). */
static always_inline void pcp_note_request(struct mm *mm, const struct pcp *p)
{
	STORE(mm, p->free_count, p->free_count >> 1);
}

/**
 * rmqueue_pcplist_bulk - one block from this CPU's lists; NO_PFN if none
 *
 * Models: __rmqueue_pcplist(), mm/page_alloc.c
 */
static always_inline pfn_t rmqueue_pcplist_bulk(struct mm *mm, zone_t zid,
						unsigned int order,
						enum migratetype mt,
						uint32_t alloc_flags)
{
	const struct pcp *p = pcp_of(mm, zid, mm->cpu);
	const unsigned int pindex = order_to_pindex(mt, order);
	const struct list *l = &p->list[pindex];
	pfn_t pfn;

	if (unlikely(list_is_empty(l)) &&
	    !pcp_refill(mm, zid, order, mt, alloc_flags))
		return NO_PFN;
	pfn = pcp_pop(mm, p, l, order);
	TRACE(mm, pcp_take, ARG(pfn), ARG(zid), ARG(pindex), p->count);
	return pfn;
}

/** The same for one request. */
static always_inline pfn_t rmqueue_pcplist(struct mm *mm, zone_t zid,
					   unsigned int order,
					   enum migratetype mt,
					   uint32_t alloc_flags)
{
	pcp_note_request(mm, pcp_of(mm, zid, mm->cpu));
	return rmqueue_pcplist_bulk(mm, zid, order, mt, alloc_flags);
}

/**
 * free_high_run - one of a run of high-order frees?
 * @count: pages on the lists with this block
 *
 * They flush early: the pages are likely not reused.
 */
static always_inline bool free_high_run(const struct pcp *p, unsigned int order,
					int32_t count)
{
	return order && order <= 3 && (p->flags & PCPF_PREV_FREE_HIGH_ORDER) &&
	       p->free_count >= p->batch + p->high_min / 2 &&
	       (!(p->flags & PCPF_FREE_HIGH_BATCH) || count >= p->batch);
}

static always_inline void note_free_order(struct mm *mm, const struct pcp *p,
					  unsigned int order)
{
	const uint32_t prev = PCPF_PREV_FREE_HIGH_ORDER;

	STORE(mm, p->flags,
	      order && order <= 3 ? p->flags | prev : p->flags & ~prev);
}

/** A freed block onto a list; each halves alloc_factor. */
static always_inline void pcp_push(struct mm *mm, const struct pcp *p,
				   unsigned int pindex, pfn_t pfn,
				   unsigned int order)
{
	STORE(mm, p->alloc_factor, p->alloc_factor >> 1);
	list_add_head(mm, &p->list[pindex], order, pfn);
	STORE(mm, block_at(mm, pfn, order)->word,
	      block_word(BLOCK_PCP, order, pindex, mm->cpu));
	STORE(mm, p->count, p->count + (1 << order));
}

/** How far free_count, the pages freed of late, goes. */
static always_inline int32_t pcp_free_count_max(const struct mm *mm,
						const struct pcp *p)
{
	return p->batch << mm->st->cfg.pcp_batch_scale_max;
}

static always_inline void pcp_note_free(struct mm *mm, const struct pcp *p,
					unsigned int order, int32_t max)
{
	if (p->free_count < max)
		STORE(mm, p->free_count, p->free_count + (1 << order));
}

/**
 * Fewer pages than this may stay; 0 while the limit itself is to be adapted.
 * A limit that is as low as it may be has nothing to give to a tight zone.
 */
static inline int32_t pcp_limit(const struct mm *mm, zone_t zid,
				const struct pcp *p)
{
	const uint32_t flags = mm->zone[zid].flags;

	if (p->high > p->high_max || p->high < p->high_min ||
	    (flags & ZONE_RECLAIM_ACTIVE) ||
	    ((flags & ZONE_BELOW_HIGH) && p->high > p->high_min))
		return 0;
	return p->high;
}

/**
 * pcp_credit - so many single pages can be freed and are but counted
 * @limit: pcp_limit()
 *
 * Whatever is allocated meanwhile: count stays below @limit, alloc_factor and
 * flags are down already.
 */
static inline int32_t pcp_credit(const struct pcp *p, int32_t limit)
{
	if (p->alloc_factor || p->flags & PCPF_PREV_FREE_HIGH_ORDER)
		return 0;
	return limit - p->count - 1;
}

/**
 * free_to_pcp - push a freed block, flush if the lists are too long
 * @mt: effective type of its pageblock; H and C park on M's lists
 *
 * The length is compared before anything is flushed, so the lists flush when
 * they reach the limit.
 *
 * Models: free_frozen_page_commit(), mm/page_alloc.c
 */
static always_inline void free_to_pcp(struct mm *mm, zone_t zid, pfn_t pfn,
				      unsigned int order, enum migratetype mt)
{
	const struct pcp *p = pcp_of(mm, zid, mm->cpu);
	const unsigned int pindex = order_to_pindex(
		likely(mt < MIGRATE_PCPTYPES) ? mt : MIGRATE_MOVABLE, order);
	bool free_high;

	pcp_push(mm, p, pindex, pfn, order);
	free_high = free_high_run(p, order, p->count);
	note_free_order(mm, p, order);
	pcp_note_free(mm, p, order, pcp_free_count_max(mm, p));
	TRACE(mm, pcp_put, ARG(pfn), ARG(zid), ARG(pindex), p->count, p->high);
	if (unlikely(free_high || p->count >= pcp_limit(mm, zid, p)))
		pcp_pushed(mm, zid, pindex, free_high);
}

/** Empty every CPU's lists in the middle of a request. */
void drain_all_pages(struct mm *mm);
/** Empty one zone's lists of one CPU; returns the pages. */
int64_t drain_pages_zone(struct mm *mm, zone_t zid, unsigned int cpu);

#endif
