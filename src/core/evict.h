/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * evict.h - what reclaim does to a page, step by step
 *
 * Models:   folio_referenced, try_to_unmap, __remove_mapping,
 *           free_unref_folios, move_folios_to_lru in mm/
 * Left out: executable mappings and mlocked areas of single pages: a
 *           process's file pages are code or not, and a locked page is known
 *           by PAGE_MLOCKED
 */
#ifndef CORE_EVICT_H
#define CORE_EVICT_H

#include "core/lru.h"
#include "core/vmscan.h"

static inline int64_t page_pages(const struct mm *mm, pfn_t pfn)
{
	return INT64_C(1) << block_order(&mm->page[pfn].b);
}

static inline bool page_evictable(const struct page *page)
{
	return !(page->attr & (PAGE_MLOCKED | PAGE_UNEVICTABLE));
}

/** Mappings through which it was accessed; they are asked and cleared. */
unsigned int page_referenced(struct mm *mm, pfn_t pfn);
/** Is it code of the process it belongs to? */
bool page_is_exec(const struct mm *mm, pfn_t pfn);
/** All mappings go; a swapped page's process has an entry from then on. */
void page_try_to_unmap(struct mm *mm, pfn_t pfn);
/** Its process has an entry in place of the mapping it had. */
bool page_has_entry(const struct mm *mm, pfn_t pfn);
/** The page, clean and unmapped, leaves its cache: a shadow is left. */
void page_remove_mapping(struct mm *mm, pfn_t pfn);
/** The page, off the lists, goes to the one it belongs on. */
void page_put_back(struct mm *mm, pfn_t pfn);
/** Blocks of nobody are freed at once, in their order; at most 31. */
void free_unref_folios(struct mm *mm, const pfn_t *pfn, unsigned int n);

#endif
