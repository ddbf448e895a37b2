/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * swap.h - slots for anonymous pages, and the pages that have one
 *
 * A page gets its slot when reclaim wants to write it, and is in the swap
 * cache from then on.  Once unmapped, its process has an entry for each of
 * its pages in place of a mapping.  When the page leaves the swap cache the
 * slot stays as long as there is the entry; a page of no process has none,
 * so nobody could ever ask for it again and its slot is free at once.
 *
 *	slots in use = entries of all processes
 *		       + pages in the swap cache without an entry
 *
 * Models:   folio_alloc_swap, folio_free_swap, mem_cgroup_swap_full,
 *           swap_writeout, swap_entries_free in mm/; R10, R11
 * Left out: which slot it is, clusters, several devices, swap read-ahead,
 *           slots of a group
 * Keeps:    SWAP_SLOTS (check_reclaim.c)
 */
#ifndef CORE_SWAP_H
#define CORE_SWAP_H

#include "core/lru.h"

/** Is there a slot to be had? R10 */
static inline bool swap_usable(const struct mm *mm)
{
	return mm->st->swap_free > 0;
}

/** Is it time to take slots back from pages in memory? R10 */
static inline bool swap_full(const struct mm *mm)
{
	return 2 * mm->st->swap_free < mm->st->swap_total;
}

/** A slot for each of its pages: in the swap cache, dirty; false: none. */
bool folio_alloc_swap(struct mm *mm, pfn_t pfn);
/** The slot is taken back from a page that is mapped or wanted; dirty then. */
bool folio_free_swap(struct mm *mm, pfn_t pfn);
/**
 * The page is written to its slot: R11.  With swap.delay 0 that is over at
 * once, else PAGE_WRITEBACK is set.
 */
void swap_writeout(struct mm *mm, pfn_t pfn);
/**
 * The page, clean and unmapped, leaves the swap cache; it is about to be
 * freed.  @entry: its process has an entry for it.
 */
void delete_from_swap_cache(struct mm *mm, pfn_t pfn, bool entry);
/** So many slots are nobody's any more. */
void swap_entries_free(struct mm *mm, int64_t pages);

#endif
