/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * range_sum.c - what the frames of a range are, counted block by block
 *
 * For maps of large worlds: many frames to a cell.
 */
#include "core/frame.h"
#include "core/pageblock.h"

/* Frames from @pfn on, up to the end of its pageblock or the range. */
static pfn_t rest_of_pageblock(const struct mm *mm, pfn_t pfn, pfn_t end)
{
	const pfn_t nr = pageblock_nr_pages(mm);
	const pfn_t left = nr - (pfn & (nr - 1));

	return left < end - pfn ? left : end - pfn;
}

/* Nothing was placed here, or memory that is not the allocator's. */
static pfn_t count_placeless(const struct mm *mm, pfn_t pfn, pfn_t end,
			     struct mm_range_sum *sum)
{
	const pfn_t rest = rest_of_pageblock(mm, pfn, end);
	const bool here = pfn_present(mm, pfn);
	pfn_t n = 1;

	/* a pageblock that was never touched: of one kind for the most part */
	if (!(mm->pb[pfn >> mm->pb_order].bits & PAGEBLOCK_TOUCHED) &&
	    pfn_present(mm, pfn + rest - 1) == here)
		n = rest;
	if (here)
		sum->reserved += n;
	else
		sum->hole += n;
	return n;
}

/* The block that holds @pfn; mostly it begins there, and is no large one. */
static pfn_t block_of(const struct mm *mm, pfn_t pfn, unsigned int *order,
		      enum block_state *state)
{
	const struct block *b = &mm->page[pfn].b;

	if (!b->word || !(pfn & (pageblock_nr_pages(mm) - 1)))
		return frame_head(mm, pfn, order, state);
	*order = block_order(b);
	*state = block_state(b);
	return pfn;
}

/* Single pages in use, one after the other: how many, within a pageblock. */
static pfn_t run_of_pages(const struct mm *mm, pfn_t pfn, pfn_t end)
{
	const uint32_t word = block_word(BLOCK_USED, 0, 0, 0);
	const pfn_t rest = pfn + rest_of_pageblock(mm, pfn, end);
	pfn_t p = pfn;

	if (!(pfn & (pageblock_nr_pages(mm) - 1)))
		return 0; /* what begins here may be recorded elsewhere */
	while (p < rest && (mm->page[p].b.word & ~BLOCK_CHARGED) == word)
		p++;
	return p - pfn;
}

void mm_range_sum(const struct mm *mm, pfn_t start, pfn_t end,
		  struct mm_range_sum *sum)
{
	pfn_t n[BLOCK_TARGET + 1] = {0}, more;

	*sum = (struct mm_range_sum){.first_free = -1};
	if (end <= start)
		return;
	sum->frames = end - start;
	for (pfn_t p = start; p < end; p += more) {
		enum block_state state = BLOCK_NONE;
		unsigned int order = 0;
		pfn_t head, left;

		if (p >= mm->st->end_pfn) {
			sum->hole += end - p;
			break;
		}
		more = run_of_pages(mm, p, end);
		if (more) {
			n[BLOCK_USED] += more;
			continue;
		}
		head = block_of(mm, p, &order, &state);
		if (head == NO_PFN) {
			more = count_placeless(mm, p, end, sum);
			continue;
		}
		left = ((pfn_t)1 << order) - (p - head);
		more = left < end - p ? left : end - p;
		n[state] += more;
		if (p == start && head == start && state == BLOCK_FREE)
			sum->first_free = (int)order;
	}
	sum->free = n[BLOCK_FREE];
	sum->pcp = n[BLOCK_PCP];
	sum->used = n[BLOCK_USED];
	sum->moving = n[BLOCK_ISOLATED];
	sum->target = n[BLOCK_GONE] + n[BLOCK_TAKEN] + n[BLOCK_TARGET];
	sum->reserved += n[BLOCK_RESERVED] + n[BLOCK_NONE];
}
