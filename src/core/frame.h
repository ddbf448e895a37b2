/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * frame.h - allocated blocks: who holds them, and how they come back
 *
 * A block in use is recorded in its first frame: its order, whose it is, its
 * attributes.  Before it is free again it leaves whatever it is part of: its
 * owner, an LRU list, the page cache, a write, a group.
 *
 * Models:   prep_new_page, free_pages_prepare, __free_frozen_pages,
 *           split_page, free_prepared_contig_range in mm/page_alloc.c
 * Left out: reference counts (a block is freed with its last one), checks of
 *           struct page contents
 * Keeps:    FRAME_IN_ONE_PLACE, FRAMES_ALL_PLACED (check_frames.c)
 */
#ifndef CORE_FRAME_H
#define CORE_FRAME_H

#include "core/freelist.h"

/** What of frame_use() few blocks need. */
void frame_describe(struct mm *mm, pfn_t pfn, unsigned int order,
		    uint16_t owner, uint16_t attr);

/** The block, on no list, is now allocated. */
static always_inline void frame_use(struct mm *mm, pfn_t pfn,
				    unsigned int order, uint16_t owner,
				    uint16_t attr)
{
	if (order && unlikely(order >= mm->pb_order))
		pageblock_touch(mm, pfn);
	STORE(mm, mm->page[pfn].b.word, block_word(BLOCK_USED, order, 0, 0));
	if (unlikely(owner | attr))
		frame_describe(mm, pfn, order, owner, attr);
}

/* Of a frame record: all but the links. */
#define PAGE_IS offsetof(struct page, b.word)
#define PAGE_IS_BYTES (sizeof(struct page) - PAGE_IS)

/** A single page in use of which nothing else is known; all in one look. */
static always_inline bool is_plain_page(const struct page *page)
{
	static const struct page plain = {.b.word = BLOCK_USED};

	return memcmp((const char *)page + PAGE_IS,
		      (const char *)&plain + PAGE_IS, PAGE_IS_BYTES) == 0;
}

/**
 * frame_use() of a single page, nobody's, while nobody records.  Written as
 * is_plain_page() will read it: reading at once what has just been written in
 * parts is slow.
 */
static always_inline void frame_use_plain(struct mm *mm, pfn_t pfn)
{
	static const struct page plain = {.b.word = BLOCK_USED};

	store_together(mm, (const char *)&mm->page[pfn] + PAGE_IS,
		       (const char *)&plain + PAGE_IS, PAGE_IS_BYTES);
}

/** An unmapped page of a file, or of a driver's: the kernel's own from now. */
void frame_to_kernel(struct mm *mm, pfn_t pfn);
/** The allocated block at @pfn is nobody's any more. */
void frame_release(struct mm *mm, pfn_t pfn);
/**
 * A block that is to be freed is on its way to another frame: it is nobody's
 * from now on, and its mover frees it.  False if it is not on its way.
 */
bool frame_abandon(struct mm *mm, pfn_t pfn);
/** The first frame of an allocated block of that order? */
static always_inline bool is_allocated(const struct page *page,
				       unsigned int order)
{
	return (page->b.word & ~BLOCK_CHARGED) ==
	       block_word(BLOCK_USED, order, 0, 0);
}

/** So many pages go back to a CPU's share of a zone. */
static always_inline void count_freed(struct mm *mm, const struct pcp *p,
				      unsigned int order)
{
	STORE(mm, p->pgfree, p->pgfree + (uint64_t)order_pages(order));
}

/** mm_free_pages() of what is not quick (quick.h). */
int free_pages(struct mm *mm, pfn_t pfn, unsigned int order, unsigned int cpu,
	       struct mm_error *err);
/** A block on no list goes back: to a per-CPU list or the free lists. */
void free_frozen_pages(struct mm *mm, pfn_t pfn, unsigned int order);
/** The first block in use that starts at or above @pfn; NO_PFN: none. */
pfn_t next_used(const struct mm *mm, pfn_t pfn);
/** The same in the middle of something else: no request ends with it. */
void free_frozen_pages_inside(struct mm *mm, pfn_t pfn, unsigned int order);
/** Head of the block that holds @pfn, of whatever kind; NO_PFN if none. */
pfn_t frame_head(const struct mm *mm, pfn_t pfn, unsigned int *order,
		 enum block_state *state);
/** One line into @err, if there is one; returns @e. */
int mm_fail(struct mm_error *err, int e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
