/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lru.h - the lists of pages that reclaim may take, five a node
 *
 * The head is the newest.  A block on a list has PAGE_LRU, and its links are
 * the list's; which list it is, its other attributes say.
 *
 * Models:   folio_lru_list, lruvec_add_folio, lruvec_del_folio,
 *           update_lru_size in include/linux/mm_inline.h; R3
 * Keeps:    LRU_LISTS, LRU_COUNTS (check_lru.c)
 */
#ifndef CORE_LRU_H
#define CORE_LRU_H

#include "core/list.h"
#include "core/vmstat.h"

/** Does the family of anonymous pages hold it? R2 */
static inline bool page_is_anon_lru(const struct page *page)
{
	return page->attr & PAGE_SWAPBACKED;
}

static inline enum lru_list page_lru_list(const struct page *page)
{
	if (page->attr & PAGE_UNEVICTABLE)
		return LRU_UNEVICTABLE;
	return (page_is_anon_lru(page) ? LRU_INACTIVE_ANON
				       : LRU_INACTIVE_FILE) +
	       ((page->attr & PAGE_ACTIVE) != 0);
}

static inline unsigned int page_nid(const struct mm *mm, pfn_t pfn)
{
	return zone_nid(mm_zone_of(mm, pfn));
}

/** Attributes change that tell no list, or those of a block on none. */
static inline void page_change(struct mm *mm, pfn_t pfn, uint16_t set,
			       uint16_t clear)
{
	const struct page *page = &mm->page[pfn];

	STORE(mm, page->attr, (uint16_t)((page->attr & ~clear) | set));
}

/** The block, without PAGE_LRU so far, goes to the head or tail of its list. */
void lruvec_add_folio(struct mm *mm, pfn_t pfn);
void lruvec_add_folio_tail(struct mm *mm, pfn_t pfn);
/** And is taken off, before any attribute that tells the list changes. */
void lruvec_del_folio(struct mm *mm, pfn_t pfn);

#endif
