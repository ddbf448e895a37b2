/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page_type.h - pages that are there and not to be used: offline, poisoned
 *
 * A driver keeps a page out of use, as one of its balloon or as one that the
 * host has taken back; the zone then manages one page less.  Or the hardware
 * has failed: the page is nobody's, and nobody gets it any more.  Such a page
 * is a USED block of order 0 whose word says so where others count their
 * mappings.
 *
 * Models:   PageOffline(), PageHWPoison(); adjust_managed_page_count() of
 *           drivers; memory_failure(), take_page_off_buddy() in
 *           mm/memory-failure.c and mm/page_alloc.c, what they come to for
 *           single pages; isolation.md 5.2 lines 10 and 11, 9.4
 * Left out: poison within a larger page; the SIGBUS to who had it mapped;
 *           unpoison_memory(); memory blocks that stay offline for it
 * Keeps:    PAGE_TYPES (check_frames.c)
 */
#ifndef CORE_PAGE_TYPE_H
#define CORE_PAGE_TYPE_H

#include "core/state.h"

/** Flags of an offline page, in its word. */
#define OFFLINE_LETS_GO 0x01000000u /* its driver does when memory goes */
#define OFFLINE_LET_GO 0x02000000u  /* it has: no reference is left */
#define OFFLINE_FLAGS 0x03000000u

static inline bool page_is_offline(const struct page *page)
{
	return block_state(&page->b) == BLOCK_USED &&
	       block_mappings(&page->b) == PGTY_OFFLINE;
}

static inline bool page_is_poisoned(const struct page *page)
{
	return block_state(&page->b) == BLOCK_USED &&
	       block_mappings(&page->b) == PGTY_HWPOISON;
}

/** Offline, and without a reference: memory may go with it. */
static inline bool page_was_let_go(const struct page *page)
{
	return page_is_offline(page) && page->b.word & OFFLINE_LET_GO;
}

/** enum mm_page_type */
static inline uint8_t page_type_of(const struct page *page)
{
	if (page_is_poisoned(page))
		return PAGE_TYPE_HWPOISON;
	if (!page_is_offline(page))
		return PAGE_TYPE_NONE;
	return page->b.word & OFFLINE_LETS_GO ? PAGE_TYPE_OFFLINE
					      : PAGE_TYPE_BALLOON;
}

/** The kernel's own page is offline from now on; false: it cannot be. */
bool page_make_offline(struct mm *mm, pfn_t pfn, bool lets_go);
/** ... and is none any more; false: it was none. */
bool page_make_plain(struct mm *mm, pfn_t pfn);
/** The hardware fails in that frame, used or free; false: not in reach. */
bool page_make_poisoned(struct mm *mm, pfn_t pfn);
/** The driver takes it out of its balloon and frees it; 0. */
int offline_free_by(struct mm *mm, pfn_t pfn, unsigned int cpu);
/** Memory is about to go, or stays after all: what drivers make of it. */
void offline_pages_notified(struct mm *mm, pfn_t start, pfn_t end, bool goes);
/** Memory goes, and the page with it; true: the zone did not manage it. */
bool page_type_goes(struct mm *mm, pfn_t pfn);

#endif
