/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page_state.h - what happens to single pages of a process
 *
 * Accessed, written to, pinned, locked, unmapped: what a running program,
 * a driver or a system call does to a page, by hand.
 *
 * Models:   mlock_folio, munlock_folio, pin_user_pages,
 *           zap_present_folio_ptes as far as single pages go; R6
 * Left out: the per-CPU batches of mlock; which mapping was locked
 */
#ifndef CORE_PAGE_STATE_H
#define CORE_PAGE_STATE_H

#include "core/state.h"

/** A user's page of anonymous memory, mapped or on its way to swap? */
static inline bool page_is_anon(const struct page *page)
{
	return page->attr & PAGE_SWAPBACKED &&
	       (block_mapcount(&page->b) || page->attr & PAGE_SWAPCACHE);
}

/**
 * Its owner's process lets the block go.  An anonymous one is freed if
 * nobody else has it mapped, and its slot in swap too; a file's stays in the
 * page cache.
 */
void zap_page(struct mm *mm, pfn_t pfn);
/** One enum mm_page_op on the block at @pfn; false: it changed nothing. */
bool page_operate(struct mm *mm, pfn_t pfn, enum mm_page_op op);

#endif
