/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * isolation.h - pageblocks are shut: nobody gets a page from them
 *
 * The isolate bit is apart from the type, which it hides (pageblock.h).  Free
 * pages of a pageblock that is shut move to the Isolate lists, which nobody
 * takes from, and leave the counters of free pages; what is freed into it
 * goes there too, past the per-CPU lists.  Pages on per-CPU lists stay, so
 * who shuts a pageblock drains them.
 *
 * Models:   set_migratetype_isolate, unset_migratetype_isolate,
 *           has_unmovable_pages, isolate_single_pageblock,
 *           start_isolate_page_range, undo_isolate_page_range,
 *           test_pages_isolated in mm/page_isolation.c;
 *           __move_freepages_block_isolate, find_large_buddy in
 *           mm/page_alloc.c; isolation.md
 * Left out: poison within larger pages; memory maps are as whole as their
 *           pageblocks
 * Keeps:    ISOLATE_COUNT (check_frames.c)
 */
#ifndef CORE_ISOLATION_H
#define CORE_ISOLATION_H

#include "core/store.h"

/** Who stands in the way, and why. */
struct isolate_refusal {
	pfn_t pfn;
	enum mm_reason why;
};

/**
 * 7: all pageblocks of [@start, @end), which lies in one zone, or none.
 * -EBUSY and, unless NULL, @no tells the reason.
 */
int start_isolate_page_range(struct mm *mm, pfn_t start, pfn_t end,
			     enum mm_isolate_mode mode,
			     struct isolate_refusal *no);
/** 8: those of them that are shut. */
void undo_isolate_page_range(struct mm *mm, pfn_t start, pfn_t end);
/**
 * 9: -EBUSY unless all of [@start, @end) is shut, and free.  @start is to be
 * the first page of its free block: find_large_buddy().
 */
int test_pages_isolated(struct mm *mm, pfn_t start, pfn_t end,
			enum mm_isolate_mode mode);
/** How far a range is shut and free; @end or more: all of it. */
pfn_t isolated_up_to(const struct mm *mm, pfn_t start, pfn_t end,
		     enum mm_isolate_mode mode);
/** 4.7: first page of the free block that holds @pfn; else @pfn. */
pfn_t find_large_buddy(const struct mm *mm, pfn_t pfn);
/** Is there a memory map for it? */
bool pfn_online(const struct mm *mm, pfn_t pfn);
/**
 * 5.2: why the page cannot be moved, as far as looks go; REASON_NONE if it
 * can, and then the next page to look at is *@step further.
 */
enum mm_reason page_is_unmovable(const struct mm *mm, pfn_t pfn,
				 enum mm_isolate_mode mode, pfn_t *step);

/* ---- isolate_range.c ---- */

/** -EINVAL unless [@start, @end) begins and ends in memory of one zone. */
int range_refusal(const struct mm *mm, pfn_t start, pfn_t end,
		  struct mm_error *err);
/** -EBUSY if a pageblock of it is shut. */
int isolated_refusal(const struct mm *mm, pfn_t start, pfn_t end,
		     struct mm_error *err);
/** What start_isolate_page_range() said of a page; REASON_NONE: nothing. */
enum mm_reason isolate_reason_at(const struct mm *mm, pfn_t pfn,
				 enum mm_isolate_mode mode);
/** "its pageblock is CMA's", for a message. */
const char *isolate_refusal_text(enum mm_reason why);

#endif
