/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * evict.c - see evict.h
 */
#include "core/evict.h"

#include "core/buddy.h"
#include "core/frame.h"
#include "core/pcp.h"
#include "core/rmap.h"
#include "core/swap.h"
#include "core/trace.h"
#include "core/workingset.h"

/* ---- mappings ---- */

unsigned int page_referenced(struct mm *mm, pfn_t pfn)
{
	const unsigned int young = block_young(&mm->page[pfn].b);

	if (young)
		page_set_young(mm, pfn, 0);
	return young;
}

bool page_is_exec(const struct mm *mm, pfn_t pfn)
{
	const uint32_t process = process_of_owner(mm, mm->page[pfn].owner);

	return process && mm->process[process].vm_exec;
}

void page_try_to_unmap(struct mm *mm, pfn_t pfn)
{
	const uint32_t process = process_of_owner(mm, mm->page[pfn].owner);

	if (page_unmap_all(mm, pfn) && process &&
	    mm->page[pfn].attr & PAGE_SWAPCACHE)
		add_mm_counter(mm, process, MM_SWAPENTS, page_pages(mm, pfn));
}

/* ---- leaving, and staying ---- */

bool page_has_entry(const struct mm *mm, pfn_t pfn)
{
	const uint32_t process = process_of_owner(mm, mm->page[pfn].owner);

	return process &&
	       mm->process[process].swapents >= (uint64_t)page_pages(mm, pfn);
}

void page_remove_mapping(struct mm *mm, pfn_t pfn)
{
	workingset_eviction(mm, pfn);
	if (mm->page[pfn].attr & PAGE_SWAPCACHE)
		delete_from_swap_cache(mm, pfn, page_has_entry(mm, pfn));
	else
		add_node_page_state(mm, page_nid(mm, pfn), NR_FILE_PAGES,
				    -page_pages(mm, pfn));
}

void page_put_back(struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	if (page_evictable(page)) {
		lruvec_add_folio(mm, pfn);
		return;
	}
	page_change(mm, pfn, PAGE_UNEVICTABLE, PAGE_ACTIVE);
	count_vm_events(mm, VM_UNEVICTABLE_PGS_CULLED,
			(uint64_t)page_pages(mm, pfn));
	lruvec_add_folio(mm, pfn);
}

static void free_one(struct mm *mm, pfn_t pfn, unsigned int order)
{
	const zone_t zid = mm_zone_of(mm, pfn);
	const struct pcp *p = pcp_of(mm, zid, mm->cpu);
	const enum migratetype mt = pageblock_type(mm, pfn);

	STORE(mm, p->pgfree, p->pgfree + (UINT64_C(1) << order));
	if (pcp_allowed_order(mm, order) && mt != MIGRATE_ISOLATE) {
		TRACE(mm, mm_page_free_batched, ARG(pfn), ARG(order));
		free_to_pcp(mm, zid, pfn, order, mt);
	} else {
		free_range(mm, zid, pfn, order, FPI_NONE);
	}
}

/** Models: free_unref_folios(), mm/page_alloc.c */
void free_unref_folios(struct mm *mm, const pfn_t *pfn, unsigned int n)
{
	uint8_t order[LRU_BATCH];
	bool gone[LRU_BATCH] = {false};

	for (unsigned int i = 0; i < n; i++) {
		order[i] = (uint8_t)block_order(&mm->page[pfn[i]].b);
		frame_release(mm, pfn[i]);
		TRACE(mm, mm_page_free, ARG(pfn[i]), ARG(order[i]));
		/* too large for the per-CPU lists: at once */
		gone[i] = !pcp_allowed_order(mm, order[i]);
		if (gone[i])
			free_one(mm, pfn[i], order[i]);
	}
	for (unsigned int i = 0; i < n; i++)
		if (!gone[i])
			free_one(mm, pfn[i], order[i]);
}
