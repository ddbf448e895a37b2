/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * isolation.c - see isolation.h
 */
#include "core/isolation.h"

#include <errno.h>

#include "core/buddy.h"
#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/page_type.h"

static enum mm_reason refuse(struct mm *mm, struct isolate_refusal *no,
			     pfn_t pfn, enum mm_reason why)
{
	TRACE(mm, isolate_refused, ARG(pfn), ARG(why));
	if (no)
		*no = (struct isolate_refusal){pfn, why};
	return why;
}

bool pfn_online(const struct mm *mm, pfn_t pfn)
{
	const pfn_t start = pageblock_start(mm, pfn);
	const pfn_t last = start + pageblock_nr_pages(mm) - 1;

	return pfn < mm->st->nr_frames &&
	       (pfn_present(mm, pfn) || pfn_present(mm, start) ||
		(last < mm->st->nr_frames && pfn_present(mm, last)));
}

/* ---- free blocks ---- */

pfn_t find_large_buddy(const struct mm *mm, pfn_t pfn)
{
	const unsigned int max = mm->st->cfg.max_page_order;
	unsigned int order = pfn ? (unsigned int)__builtin_ctz(pfn) : max;
	pfn_t p = pfn;
	int found;

	for (; (found = free_order(mm, p)) < 0; p &= ~(pfn_t)0 << order)
		if (++order > max)
			return pfn;
	return p + ((pfn_t)1 << found) > pfn ? p : pfn;
}

/* The first page of what is free or in use there; the page alone: itself. */
static pfn_t head_of(const struct mm *mm, pfn_t pfn, unsigned int *order,
		     enum block_state *state)
{
	const pfn_t head = frame_head(mm, pfn, order, state);

	if (head != NO_PFN)
		return head;
	*order = 0;
	*state = BLOCK_NONE;
	return pfn;
}

/* ---- what cannot be moved: 5 ---- */

static bool is_compound(const struct mm *mm, pfn_t head, unsigned int order,
			enum block_state state)
{
	return order && (mm->page[head].attr & PAGE_COMPOUND) &&
	       (state == BLOCK_USED || state == BLOCK_ISOLATED);
}

/* Is it in use without anybody having counted a reference? */
static bool is_frozen(const struct mm *mm, pfn_t head, enum block_state state)
{
	return state == BLOCK_USED &&
	       mm->owner[mm->page[head].owner].flags & OWNER_FROZEN;
}

/*
 * What has no references is looked at no further, be it free or not: a slab
 * page of one frame gets as far as the test whether all is free.
 */
enum mm_reason page_is_unmovable(const struct mm *mm, pfn_t pfn,
				 enum mm_isolate_mode mode, pfn_t *step)
{
	enum block_state state = BLOCK_NONE;
	unsigned int order = 0;
	const pfn_t head = head_of(mm, pfn, &order, &state);
	const uint16_t attr = mm->page[head].attr;

	*step = 1;
	if (state == BLOCK_RESERVED ||
	    (state == BLOCK_NONE && !pfn_present(mm, pfn)))
		return REASON_PAGE_RESERVED;
	if (zone_idx(page_zone(mm, pfn)) == ZONE_MOVABLE)
		return REASON_NONE;
	if (is_compound(mm, head, order, state)) {
		if (!(attr & PAGE_LRU) && !page_is_hugetlb(&mm->page[head]))
			return REASON_PAGE_NOT_LRU;
		*step = head + ((pfn_t)1 << order) - pfn;
		return REASON_NONE;
	}
	if (state == BLOCK_FREE) {
		if (pfn == head)
			*step = (pfn_t)1 << order;
		return REASON_NONE;
	}
	/* no references: free pages somewhere, and all but the first in use */
	if (state == BLOCK_PCP || state == BLOCK_TAKEN || state == BLOCK_NONE ||
	    pfn != head || is_frozen(mm, head, state))
		return REASON_NONE;
	/* passed over when memory goes, or its driver decides: lines 10, 11 */
	if (page_type_of(&mm->page[pfn]))
		return mode == ISOLATE_OFFLINE ||
				       page_was_let_go(&mm->page[pfn])
			       ? REASON_NONE
			       : REASON_PAGE_UNUSABLE;
	if (state == BLOCK_USED && (attr & (PAGE_LRU | PAGE_MOVABLE_OPS)))
		return REASON_NONE;
	return REASON_PAGE_NOT_LRU;
}

/* Within one pageblock. */
static enum mm_reason has_unmovable_pages(struct mm *mm, pfn_t start, pfn_t end,
					  enum mm_isolate_mode mode,
					  struct isolate_refusal *no)
{
	enum mm_reason why;
	pfn_t step;

	if (pageblock_type(mm, start) == MIGRATE_CMA) {
		if (mode == ISOLATE_CMA)
			return REASON_NONE;
		return refuse(mm, no, start, REASON_BLOCK_CMA);
	}
	for (pfn_t p = start; p < end; p += step) {
		why = page_is_unmovable(mm, p, mode, &step);
		if (why != REASON_NONE)
			return refuse(mm, no, p, why);
	}
	return REASON_NONE;
}

/* ---- one pageblock: 4, 8.2 ---- */

static bool is_isolated(const struct mm *mm, pfn_t pfn)
{
	return mm->pb[pfn >> mm->pb_order].bits & PAGEBLOCK_ISOLATE;
}

static void set_bit(struct mm *mm, pfn_t pfn, bool isolate)
{
	const struct pageblock *pb = &mm->pb[pfn >> mm->pb_order];

	pageblock_set_bits(mm, pb,
			   isolate ? pb->bits | PAGEBLOCK_ISOLATE
				   : pb->bits & ~(uint32_t)PAGEBLOCK_ISOLATE);
}

static void count_isolated(struct mm *mm, pfn_t pfn, bool isolate)
{
	const struct zone *z = &mm->zone[page_zone(mm, pfn)];

	STORE(mm, z->nr_isolate_pageblock,
	      isolate ? z->nr_isolate_pageblock + 1
		      : z->nr_isolate_pageblock - 1);
	TRACE(mm, pageblock_isolated, ARG(pageblock_start(mm, pfn)),
	      ARG(isolate),
	      ARG(mm->pb[pfn >> mm->pb_order].bits & PAGEBLOCK_TYPE));
}

/* A free block over several pageblocks is cut where the types now differ. */
static void cut_and_flip(struct mm *mm, zone_t zid, pfn_t head,
			 unsigned int order, pfn_t start, bool isolate)
{
	del_page_from_free_list(mm, zid, head, order, REASON_ISOLATED);
	set_bit(mm, start, isolate);
	free_range(mm, zid, head, order, FPI_NONE);
}

/* 4.6: false if the pageblock is not wholly in its zone */
static bool flip(struct mm *mm, pfn_t pfn, bool isolate)
{
	const zone_t zid = page_zone(mm, pfn);
	const pfn_t start = pageblock_start(mm, pfn);
	pfn_t head;
	int order;

	if (!pageblock_whole(mm, zid, pfn))
		return false;
	head = find_large_buddy(mm, start);
	order = free_order(mm, head);
	if (order > (int)mm->pb_order) {
		cut_and_flip(mm, zid, head, (unsigned int)order, start,
			     isolate);
		return true;
	}
	move_freepages(mm, zid, start,
		       isolate ? MIGRATE_ISOLATE
			       : (enum migratetype)(
					 mm->pb[start >> mm->pb_order].bits &
					 PAGEBLOCK_TYPE));
	set_bit(mm, start, isolate);
	return true;
}

static int set_migratetype_isolate(struct mm *mm, pfn_t pfn,
				   enum mm_isolate_mode mode, pfn_t start,
				   pfn_t end, struct isolate_refusal *no)
{
	const pfn_t block_end =
		pageblock_start(mm, pfn) + pageblock_nr_pages(mm);
	const pfn_t from = pfn > start ? pfn : start;
	const pfn_t to = block_end < end ? block_end : end;

	if (is_isolated(mm, pfn)) {
		refuse(mm, no, pfn, REASON_BLOCK_ISOLATED);
		return -EBUSY;
	}
	if (has_unmovable_pages(mm, from, to, mode, no) != REASON_NONE)
		return -EBUSY;
	if (!flip(mm, pfn, true)) {
		refuse(mm, no, pfn, REASON_BLOCK_HOLE);
		return -EBUSY;
	}
	count_isolated(mm, pfn, true);
	return 0;
}

/* 8.2b: its free block and the open one beside it can be one again. */
static bool rejoins(const struct mm *mm, pfn_t pfn, int order)
{
	pfn_t buddy;

	if (order < (int)mm->pb_order ||
	    order >= (int)mm->st->cfg.max_page_order)
		return false;
	buddy = find_buddy_pfn(pfn, (unsigned int)order);
	return buddy < mm->st->nr_frames && free_order(mm, buddy) == order &&
	       page_zone(mm, buddy) == page_zone(mm, pfn) &&
	       !is_isolated(mm, buddy);
}

static void unset_migratetype_isolate(struct mm *mm, pfn_t pfn)
{
	const int order = free_order(mm, pfn);

	if (!is_isolated(mm, pfn))
		return;
	if (rejoins(mm, pfn, order)) {
		del_page_from_free_list(mm, page_zone(mm, pfn), pfn,
					(unsigned int)order, REASON_ISOLATED);
		set_bit(mm, pfn, false);
		free_one_page(mm, page_zone(mm, pfn), pfn, (unsigned int)order,
			      pageblock_type(mm, pfn), FPI_TO_TAIL);
	} else {
		flip(mm, pfn, false);
	}
	count_isolated(mm, pfn, false);
}

/* ---- the ends of a range: 6 ---- */

/* From @p on: where the walk goes on, or NO_PFN with who crosses in @no. */
static pfn_t walk_on(struct mm *mm, pfn_t p, pfn_t boundary,
		     struct isolate_refusal *no)
{
	enum block_state state = BLOCK_NONE;
	unsigned int order = 0;
	const pfn_t head = head_of(mm, p, &order, &state);
	const pfn_t end = head + ((pfn_t)1 << order);

	if (!(state == BLOCK_FREE && head == p) &&
	    !is_compound(mm, head, order, state))
		return p + 1;
	/* 6.4c: a pool's page that crosses is for the migration that follows */
	if (end <= boundary || page_is_hugetlb(&mm->page[head]))
		return end;
	refuse(mm, no, head, REASON_PAGE_CROSSES);
	return NO_PFN;
}

static int isolate_single_pageblock(struct mm *mm, pfn_t boundary,
				    enum mm_isolate_mode mode, bool before,
				    bool skip, struct isolate_refusal *no)
{
	const pfn_t nr = pageblock_nr_pages(mm);
	const pfn_t target = before ? boundary - nr : boundary;
	const pfn_t beyond = before ? boundary : boundary - 1;
	const struct zone *z = &mm->zone[page_zone(mm, target)];
	pfn_t p = target >> mm->st->cfg.max_page_order
				    << mm->st->cfg.max_page_order;

	if (p < z->start)
		p = z->start;
	if (!skip &&
	    set_migratetype_isolate(mm, target, mode, target, target + nr, no))
		return -EBUSY;
	if (!pfn_online(mm, beyond))
		return 0;
	while (p < boundary) {
		p = pfn_online(mm, p) ? walk_on(mm, p, boundary, no)
				      : pageblock_start(mm, p) + nr;
		if (p == NO_PFN) {
			if (!skip)
				unset_migratetype_isolate(mm, target);
			return -EBUSY;
		}
	}
	return 0;
}

/* ---- a range: 7, 8.1 ---- */

static pfn_t round_up_to_block(const struct mm *mm, pfn_t pfn)
{
	return pageblock_start(mm, pfn + pageblock_nr_pages(mm) - 1);
}

int start_isolate_page_range(struct mm *mm, pfn_t start, pfn_t end,
			     enum mm_isolate_mode mode,
			     struct isolate_refusal *no)
{
	const pfn_t nr = pageblock_nr_pages(mm);
	const pfn_t first = pageblock_start(mm, start);
	const pfn_t last = round_up_to_block(mm, end) - nr;

	if (isolate_single_pageblock(mm, first, mode, false, false, no))
		return -EBUSY;
	if (isolate_single_pageblock(mm, last + nr, mode, true, first == last,
				     no)) {
		unset_migratetype_isolate(mm, first);
		return -EBUSY;
	}
	for (pfn_t p = first + nr; p < last; p += nr) {
		if (!pfn_online(mm, p) ||
		    !set_migratetype_isolate(mm, p, mode, start, end, no))
			continue;
		undo_isolate_page_range(mm, first, p);
		unset_migratetype_isolate(mm, last);
		return -EBUSY;
	}
	return 0;
}

void undo_isolate_page_range(struct mm *mm, pfn_t start, pfn_t end)
{
	const pfn_t stop = round_up_to_block(mm, end);

	for (pfn_t p = pageblock_start(mm, start); p < stop;
	     p += pageblock_nr_pages(mm))
		if (pfn_online(mm, p))
			unset_migratetype_isolate(mm, p);
}

/* ---- is it empty? 9 ---- */

static pfn_t first_open(const struct mm *mm, pfn_t start, pfn_t end)
{
	pfn_t p = start;

	while (p < end && (!pfn_online(mm, p) || is_isolated(mm, p)))
		p += pageblock_nr_pages(mm);
	return p;
}

/* 9.4: what is passed over when memory goes; it is no free page. */
static bool goes_as_it_is(const struct mm *mm, pfn_t pfn,
			  enum mm_isolate_mode mode)
{
	return mode == ISOLATE_OFFLINE && (page_is_poisoned(&mm->page[pfn]) ||
					   page_was_let_go(&mm->page[pfn]));
}

pfn_t isolated_up_to(const struct mm *mm, pfn_t start, pfn_t end,
		     enum mm_isolate_mode mode)
{
	pfn_t p = first_open(mm, start, end);

	if (p < end)
		return p;
	for (p = start; p < end;) {
		const int order = free_order(mm, p);

		if (order < 0 && !goes_as_it_is(mm, p, mode))
			break;
		p += order < 0 ? 1 : (pfn_t)1 << order;
	}
	return p;
}

int test_pages_isolated(struct mm *mm, pfn_t start, pfn_t end,
			enum mm_isolate_mode mode)
{
	const pfn_t p = isolated_up_to(mm, start, end, mode);

	TRACE(mm, test_pages_isolated, ARG(start), ARG(end), ARG(p), p < end);
	return p < end ? -EBUSY : 0;
}
