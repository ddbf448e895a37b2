/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * isolate.c - taking pages off the old end of a list
 *
 * Models:   isolate_lru_folios in mm/vmscan.c; R20
 */
#include "core/freelist.h"
#include "core/lru.h"
#include "core/trace.h"
#include "core/vmscan.h"

/* Links of an allocated block are in its first frame, at every order. */
#define IN_FRAME 0

/**
 * Pages of zones that reclaim is not after.  They are off the list, yet
 * counted on it, and linked by `next` until they go back.
 */
struct set_aside {
	pfn_t first, last;
	unsigned int n;
	int64_t pages;
};

static pfn_t newer(const struct mm *mm, const struct list *l, pfn_t pfn)
{
	return pfn == l->head ? NO_PFN : mm->page[pfn].b.prev;
}

static void set_aside(struct mm *mm, const struct list *l, pfn_t pfn,
		      struct set_aside *s)
{
	list_del(mm, l, IN_FRAME, pfn);
	if (s->n++)
		STORE(mm, mm->page[s->last].b.next, pfn);
	else
		s->first = pfn;
	s->last = pfn;
}

/* To the head of the list, the one set aside last in front. */
static void put_back(struct mm *mm, const struct list *l,
		     const struct set_aside *s)
{
	pfn_t next, pfn = s->first;

	for (unsigned int i = 0; i < s->n; i++, pfn = next) {
		const struct page *page = &mm->page[pfn];

		next = page->b.next;
		list_add_head(mm, l, IN_FRAME, pfn);
		count_vm_events(mm,
				VM_PGSKIP_DMA + zone_idx(mm_zone_of(mm, pfn)),
				UINT64_C(1) << block_order(&page->b));
	}
}

/*
 * The tail, when there are no groups; pages of others stay where they are.
 * *@foreign: the last of them that was passed, NO_PFN at first.
 */
static pfn_t oldest_of_set(const struct mm *mm, const struct list *l,
			   const struct scan_control *sc, pfn_t *foreign)
{
	pfn_t pfn = *foreign;

	if (pfn == NO_PFN)
		pfn = l->tail;
	else
		pfn = newer(mm, l, pfn);
	while (pfn != NO_PFN && !page_in_set(mm, pfn, sc)) {
		*foreign = pfn;
		pfn = newer(mm, l, pfn);
	}
	return pfn;
}

void isolate_lru_folios(struct mm *mm, unsigned int nid, enum lru_list lru,
			int64_t nr_to_scan, const struct scan_control *sc,
			struct isolated *to)
{
	const struct list *l = &mm->st->node[nid].lru.list[lru];
	struct set_aside aside = {0};
	pfn_t foreign = NO_PFN, pfn;
	int64_t counted = 0;

	*to = (struct isolated){0};
	while (counted < nr_to_scan &&
	       (pfn = oldest_of_set(mm, l, sc, &foreign)) != NO_PFN) {
		const struct block *b = &mm->page[pfn].b;
		const int64_t pages = order_pages(block_order(b));

		to->scanned += pages;
		if (zone_idx(mm_zone_of(mm, pfn)) > sc->reclaim_index &&
		    aside.n < SWAP_CLUSTER_MAX_SKIPPED) {
			set_aside(mm, l, pfn, &aside);
			aside.pages += pages;
			continue;
		}
		counted += pages;
		if (block_mapcount(b) && !(sc->flags & SCAN_MAY_UNMAP)) {
			list_del(mm, l, IN_FRAME, pfn);
			list_add_head(mm, l, IN_FRAME, pfn);
			continue;
		}
		lruvec_del_folio(mm, pfn);
		to->pfn[to->n++] = pfn;
		to->pages += pages;
	}
	put_back(mm, l, &aside);
	TRACE(mm, mm_vmscan_lru_isolate, ARG(sc->reclaim_index), ARG(sc->order),
	      ARG(nr_to_scan), ARG(to->scanned), ARG(aside.pages),
	      ARG(to->pages), ARG(lru));
}
