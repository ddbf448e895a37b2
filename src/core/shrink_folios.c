/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shrink_folios.c - the fate of each page taken off an inactive list
 *
 * The questions of R21 in their order; the first that is answered decides.
 *
 * Models:   shrink_folio_list, folio_check_references, pageout in
 *           mm/vmscan.c; R21
 * Left out: row 6 but for pages that are marked already, lazily freed pages,
 *           filesystems that hold a page on, splitting huge pages
 */
#include "core/demotion.h"
#include "core/evict.h"
#include "core/swap.h"
#include "core/trace.h"

enum fate { FATE_NONE, FATE_KEEP, FATE_ACTIVATE, FATE_DEMOTE, FATE_FREE };

/** A batch on its way. */
struct batch {
	struct mm *mm;
	unsigned int nid;
	struct scan_control *sc;
	struct reclaim_stat *stat;
	bool demote; /* row 9 counts */
	pfn_t free[LRU_BATCH];
	unsigned int nr_free;
	int64_t reclaimed;
};

static uint16_t attr_of(const struct batch *b, pfn_t pfn)
{
	return b->mm->page[pfn].attr;
}

static bool is_anon(const struct batch *b, pfn_t pfn)
{
	return page_is_anon_lru(&b->mm->page[pfn]);
}

static unsigned int mappings(const struct batch *b, pfn_t pfn)
{
	return block_mapcount(&b->mm->page[pfn].b);
}

/* Row 3: what is dirty, whether or not the page can go. */
static void count_dirty(struct batch *b, pfn_t pfn, int64_t pages)
{
	const bool dirty = attr_of(b, pfn) & PAGE_DIRTY;
	const bool writeback = attr_of(b, pfn) & PAGE_WRITEBACK;

	if (is_anon(b, pfn))
		return;
	if (dirty || writeback)
		b->stat->dirty += pages;
	if (dirty && !writeback)
		b->stat->unqueued_dirty += pages;
	if (writeback && attr_of(b, pfn) & PAGE_RECLAIM)
		b->stat->congested += pages;
}

/* Rows 1, 2, 4 and 5. */
static enum fate untouchable(struct batch *b, pfn_t pfn, int64_t pages)
{
	const uint32_t flags = b->mm->st->node[b->nid].flags;

	if (!page_evictable(&b->mm->page[pfn]))
		return FATE_ACTIVATE;
	if (mappings(b, pfn) && !(b->sc->flags & SCAN_MAY_UNMAP))
		return FATE_KEEP;
	count_dirty(b, pfn, pages);
	if (!(attr_of(b, pfn) & PAGE_WRITEBACK))
		return FATE_NONE;
	if (b->sc->flags & SCAN_KSWAPD && attr_of(b, pfn) & PAGE_RECLAIM &&
	    flags & NODE_MANY_WRITEBACK) {
		b->stat->immediate += pages;
	} else {
		page_change(b->mm, pfn, PAGE_RECLAIM, 0);
		b->stat->writeback += pages;
	}
	return FATE_ACTIVATE;
}

/** Models: folio_check_references(); rows 7 and 8 */
static enum fate if_referenced(struct batch *b, pfn_t pfn, int64_t pages)
{
	const unsigned int young = page_referenced(b->mm, pfn);
	const bool before = attr_of(b, pfn) & PAGE_REFERENCED;

	if (before)
		page_change(b->mm, pfn, 0, PAGE_REFERENCED);
	if (!young)
		return FATE_NONE;
	page_change(b->mm, pfn, PAGE_REFERENCED, 0);
	if (before || young > 1 ||
	    (!is_anon(b, pfn) && page_is_exec(b->mm, pfn)))
		return FATE_ACTIVATE;
	b->stat->ref_keep += pages;
	return FATE_KEEP;
}

/* Rows 10 and 11: an anonymous page needs a slot in swap. */
static enum fate without_slot(struct batch *b, pfn_t pfn)
{
	if (!is_anon(b, pfn) || attr_of(b, pfn) & PAGE_SWAPCACHE)
		return FATE_NONE;
	if (!(b->sc->gfp & GFP_BIT_IO) || attr_of(b, pfn) & PAGE_PINNED)
		return FATE_KEEP;
	return folio_alloc_swap(b->mm, pfn) ? FATE_NONE : FATE_ACTIVATE;
}

/* Rows 14 to 17: files are the flusher's, swap is ours. */
static enum fate if_dirty(struct batch *b, pfn_t pfn, int64_t pages)
{
	const gfp_t gfp = b->sc->gfp;
	const bool may_enter_fs =
		gfp & GFP_BIT_FS ||
		(attr_of(b, pfn) & PAGE_SWAPCACHE && gfp & GFP_BIT_IO);

	if (!(attr_of(b, pfn) & PAGE_DIRTY))
		return FATE_NONE;
	if (!is_anon(b, pfn)) {
		page_change(b->mm, pfn, PAGE_RECLAIM, 0);
		mod_node_page_state(b->mm, b->nid, NR_VMSCAN_IMMEDIATE_RECLAIM,
				    pages);
		return FATE_ACTIVATE;
	}
	if (!may_enter_fs || !(b->sc->flags & SCAN_MAY_WRITE))
		return FATE_KEEP;
	swap_writeout(b->mm, pfn);
	TRACE(b->mm, mm_vmscan_write_folio, ARG(pfn), 0,
	      ARG(block_order(&b->mm->page[pfn].b)));
	return attr_of(b, pfn) & PAGE_WRITEBACK ? FATE_KEEP : FATE_NONE;
}

static enum fate fate_of(struct batch *b, pfn_t pfn)
{
	const int64_t pages = page_pages(b->mm, pfn);
	enum fate fate;

	if (attr_of(b, pfn) & PAGE_LOCKED)
		return FATE_KEEP;
	b->sc->nr_scanned += pages;
	fate = untouchable(b, pfn, pages);
	if (!fate)
		fate = if_referenced(b, pfn, pages);
	if (!fate && b->demote)
		fate = FATE_DEMOTE;
	if (!fate)
		fate = without_slot(b, pfn);
	if (fate)
		return fate;
	if (mappings(b, pfn))
		page_try_to_unmap(b->mm, pfn);
	if (attr_of(b, pfn) & PAGE_PINNED)
		return FATE_ACTIVATE;
	fate = if_dirty(b, pfn, pages);
	return fate ? fate : FATE_FREE;
}

/* ---- and what follows from it ---- */

static void activate(struct batch *b, pfn_t pfn)
{
	const uint16_t attr = attr_of(b, pfn);
	const int64_t pages = page_pages(b->mm, pfn);

	/* a slot that no entry is to find the page by */
	if (attr & PAGE_SWAPCACHE && mappings(b, pfn) &&
	    (swap_full(b->mm) || attr & PAGE_MLOCKED))
		folio_free_swap(b->mm, pfn);
	if (attr & PAGE_MLOCKED)
		return;
	page_change(b->mm, pfn, PAGE_ACTIVE, 0);
	b->stat->activate[!is_anon(b, pfn)] += pages;
	count_vm_events(b->mm, VM_PGACTIVATE, (uint64_t)pages);
}

static void flush_free(struct batch *b)
{
	free_unref_folios(b->mm, b->free, b->nr_free);
	b->nr_free = 0;
}

static void collect(struct batch *b, pfn_t pfn)
{
	b->reclaimed += page_pages(b->mm, pfn);
	page_remove_mapping(b->mm, pfn);
	b->free[b->nr_free++] = pfn;
	if (b->nr_free == LRU_BATCH)
		flush_free(b);
}

static void push(struct isolated *to, const struct mm *mm, pfn_t pfn)
{
	to->pfn[to->n++] = pfn;
	to->pages += page_pages(mm, pfn);
}

/* One round over @from; what stays goes to @stay, what may move to @demote. */
static void round_over(struct batch *b, const struct isolated *from,
		       struct isolated *stay, struct isolated *demote)
{
	for (unsigned int i = 0; i < from->n; i++) {
		const pfn_t pfn = from->pfn[i];
		const enum fate fate = fate_of(b, pfn);

		if (fate == FATE_FREE) {
			collect(b, pfn);
			continue;
		}
		if (fate == FATE_ACTIVATE)
			activate(b, pfn);
		push(fate == FATE_DEMOTE ? demote : stay, b->mm, pfn);
	}
}

/* Row 9: those that find no room come back to the table.  Pages moved. */
static int64_t demote_folio_list(struct batch *b, struct isolated *list)
{
	const enum demoter by = b->sc->flags & SCAN_KSWAPD ? DEMOTED_BY_KSWAPD
							   : DEMOTED_DIRECTLY;
	const struct isolated all = *list;

	*list = (struct isolated){0};
	for (unsigned int i = 0; i < all.n; i++)
		if (demote_page(b->mm, all.pfn[i], b->sc->task, by) == NO_PFN)
			push(list, b->mm, all.pfn[i]);
	return all.pages - list->pages;
}

int64_t shrink_folio_list(struct mm *mm, unsigned int nid,
			  struct scan_control *sc, struct isolated *from,
			  struct reclaim_stat *stat)
{
	struct batch b = {
		.mm = mm,
		.nid = nid,
		.sc = sc,
		.stat = stat,
		.demote = !(sc->flags & SCAN_NO_DEMOTION) &&
			  demote_target(mm, nid) != NO_NODE,
	};
	struct isolated stay = {0}, demote = {0}, none = {0};

	round_over(&b, from, &stay, &demote);
	if (demote.n) {
		stat->demoted = demote_folio_list(&b, &demote);
		b.reclaimed += stat->demoted;
		b.demote = false;
		round_over(&b, &demote, &stay, &none);
	}
	flush_free(&b);
	*from = stay;
	return b.reclaimed;
}
