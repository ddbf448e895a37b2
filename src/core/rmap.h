/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rmap.h - how often a page is mapped, and whose memory it is then
 *
 * A page knows how many mappings it has, not which.  The first is that of
 * its owner's process, which has the page in its rss as long as there is any;
 * further ones stand for other processes, whose rss is not kept.
 *
 * Models:   folio_add_anon_rmap, folio_add_file_rmap, folio_remove_rmap in
 *           mm/rmap.c; add_mm_counter
 * Left out: which process further mappings are of, partly mapped huge pages
 * Keeps:    PROCESS_RSS (check_process.c)
 */
#ifndef CORE_RMAP_H
#define CORE_RMAP_H

#include "core/lru.h"

/** Living process whose pages have this owner, the oldest; 0: none. */
uint32_t process_of_owner(const struct mm *mm, uint16_t owner);
/** One more mapping of the block in use; @young: just accessed. */
void page_map(struct mm *mm, pfn_t pfn, bool young);
/** One mapping less; false when there was none. */
bool page_unmap(struct mm *mm, pfn_t pfn);
/** All of them; how many there were. */
unsigned int page_unmap_all(struct mm *mm, pfn_t pfn);
/** How many of the mappings have the accessed bit set. */
void page_set_young(struct mm *mm, pfn_t pfn, unsigned int young);

/** What a process has, by kind; as the tracepoint numbers them. */
enum mm_counter {
	MM_FILEPAGES,
	MM_ANONPAGES,
	MM_SWAPENTS,
	MM_SHMEMPAGES,
	NR_MM_COUNTERS
};
/** Models: add_mm_counter(), include/linux/mm.h; says so if it changes */
void add_mm_counter(struct mm *mm, uint32_t process, enum mm_counter member,
		    int64_t pages);

#endif
