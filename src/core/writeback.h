/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * writeback.h - dirty pages on their way to a file or to swap
 *
 * A page being written has PAGE_WRITEBACK.  All whose writing ends at the
 * same moment are one write; a block's word holds its number, a table the
 * moments.  There are NR_WRITES - 1 at a time: when the devices are that
 * busy, pages join the last write, which then ends when they would.
 *
 * Models:   wb_workfn, folio_start_writeback, folio_clear_dirty_for_io,
 *           folio_end_writeback, ksys_sync; R8, R11, R12
 * Left out: the order of pages within a write (it is that of their
 *           addresses), inodes, throttled writers, pages written again while
 *           they are being written
 * Keeps:    WRITES (check_reclaim.c)
 */
#ifndef CORE_WRITEBACK_H
#define CORE_WRITEBACK_H

#include "core/lru.h"

/** Belongs to a file, as far as attributes tell. */
static inline bool page_is_file(const struct page *page)
{
	return !(page->attr & (PAGE_SWAPBACKED | PAGE_SWAPCACHE));
}

/** The clean block is written to; wakes the flusher when many are dirty. */
void folio_mark_dirty(struct mm *mm, pfn_t pfn);
/** It is dirty no more: it is about to be written, or freed. */
void folio_clear_dirty(struct mm *mm, pfn_t pfn);
/** Its write begins, and ends @delay jiffies from now; 0: at once. */
void folio_start_writeback(struct mm *mm, pfn_t pfn, uint64_t delay);
/** The block is freed in the middle of a write. */
void forget_write(struct mm *mm, pfn_t pfn);
/** The flusher has work. */
void wakeup_flusher_threads(struct mm *mm);

/** Writes that are over by now end; true if one did. */
bool end_writes(struct mm *mm);
/** When the next one will, in jiffies; NEVER when none is under way. */
uint64_t next_write_end(const struct mm *mm);
/** All dirty pages of files are written. */
enum mm_quantum flusher_step(struct mm *mm, uint32_t task);

#endif
