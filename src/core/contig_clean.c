/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * contig_clean.c - clean pages of files are dropped instead of being moved
 *
 * They can be read again, and a page less to be moved is a target less to be
 * found.  What resists is moved like all others, and before them.
 *
 * Models: reclaim_clean_pages_from_list() in mm/vmscan.c;
 *         contig-cma-hotplug.md 1.6.2
 */
#include "core/contig_steps.h"
#include "core/evict.h"
#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/migrate.h"
#include "core/owner.h"

static bool is_clean_file(const struct page *page)
{
	const uint16_t others = PAGE_SWAPBACKED | PAGE_DIRTY |
				PAGE_UNEVICTABLE | PAGE_MLOCKED |
				PAGE_MOVABLE_OPS;

	return block_state(&page->b) == BLOCK_ISOLATED &&
	       !page_is_hugetlb(page) && !(page->attr & others);
}

static bool resists(const struct page *page)
{
	return page->attr & (PAGE_LOCKED | PAGE_PINNED | PAGE_WRITEBACK);
}

/* The mover's list has it no more: it is its owner's, on no list. */
static void take_back(struct mm *mm, const struct list *l, pfn_t pfn)
{
	const struct block *b = &mm->page[pfn].b;

	list_del(mm, l, 0, pfn);
	uncount_isolated(mm, pfn);
	STORE(mm, b->word, block_word_in(b, BLOCK_USED));
	owner_list(mm, pfn);
}

uint32_t reclaim_clean_pages(struct mm *mm, uint32_t task)
{
	const struct list *l = migrate_from(mm, task);
	pfn_t gone[LRU_BATCH] = {0}, next;
	unsigned int n = 0;
	uint32_t pages = 0;

	for (pfn_t pfn = l->head; pfn != NO_PFN; pfn = next) {
		next = list_next(mm, l, 0, pfn);
		if (!is_clean_file(&mm->page[pfn]))
			continue;
		if (resists(&mm->page[pfn])) {
			list_del(mm, l, 0, pfn);
			list_add_head(mm, l, 0, pfn);
			continue;
		}
		take_back(mm, l, pfn);
		pages += UINT32_C(1) << block_order(&mm->page[pfn].b);
		page_try_to_unmap(mm, pfn);
		page_remove_mapping(mm, pfn);
		TRACE(mm, contig_dropped, ARG(pfn),
		      ARG(block_order(&mm->page[pfn].b)));
		gone[n++] = pfn;
		if (n < LRU_BATCH)
			continue;
		free_unref_folios(mm, gone, n);
		n = 0;
	}
	free_unref_folios(mm, gone, n);
	return pages;
}
