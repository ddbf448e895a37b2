/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * swap.c - see swap.h
 */
#include "core/swap.h"

#include <errno.h>

#include "core/frame.h"
#include "core/trace.h"
#include "core/writeback.h"

static int64_t pages_of(const struct mm *mm, pfn_t pfn)
{
	return order_pages(block_order(&mm->page[pfn].b));
}

static void set_free(struct mm *mm, int64_t free)
{
	STORE(mm, mm->st->swap_free, free);
}

/* The swap cache counts as page cache, too. */
static void count_swapcached(struct mm *mm, pfn_t pfn, int64_t pages)
{
	const unsigned int nid = page_nid(mm, pfn);

	add_node_page_state(mm, nid, NR_SWAPCACHED, pages);
	add_node_page_state(mm, nid, NR_FILE_PAGES, pages);
}

bool folio_alloc_swap(struct mm *mm, pfn_t pfn)
{
	const int64_t pages = pages_of(mm, pfn);

	if (mm->st->swap_free < pages)
		return false;
	set_free(mm, mm->st->swap_free - pages);
	page_change(mm, pfn, PAGE_SWAPCACHE | PAGE_DIRTY, 0);
	count_swapcached(mm, pfn, pages);
	TRACE(mm, swap_slot, ARG(pfn), ARG(block_order(&mm->page[pfn].b)),
	      ARG(mm->st->swap_free));
	return true;
}

void swap_entries_free(struct mm *mm, int64_t pages)
{
	set_free(mm, mm->st->swap_free + pages);
}

bool folio_free_swap(struct mm *mm, pfn_t pfn)
{
	const uint16_t attr = mm->page[pfn].attr;

	if (!(attr & PAGE_SWAPCACHE) || attr & PAGE_WRITEBACK)
		return false;
	page_change(mm, pfn, PAGE_DIRTY, PAGE_SWAPCACHE);
	count_swapcached(mm, pfn, -pages_of(mm, pfn));
	swap_entries_free(mm, pages_of(mm, pfn));
	TRACE(mm, swap_slot_freed, ARG(pfn), ARG(block_order(&mm->page[pfn].b)),
	      ARG(mm->st->swap_free));
	return true;
}

void swap_writeout(struct mm *mm, pfn_t pfn)
{
	const int64_t pages = pages_of(mm, pfn);

	page_change(mm, pfn, PAGE_RECLAIM, PAGE_DIRTY);
	count_vm_events(mm, VM_PSWPOUT, (uint64_t)pages);
	add_node_page_state(mm, page_nid(mm, pfn), NR_VMSCAN_WRITE, pages);
	folio_start_writeback(mm, pfn, mm->st->cfg.swap_delay);
	if (!(mm->page[pfn].attr & PAGE_WRITEBACK))
		page_change(mm, pfn, 0, PAGE_RECLAIM);
}

void delete_from_swap_cache(struct mm *mm, pfn_t pfn, bool entry)
{
	page_change(mm, pfn, 0, PAGE_SWAPCACHE);
	count_swapcached(mm, pfn, -pages_of(mm, pfn));
	if (!entry)
		swap_entries_free(mm, pages_of(mm, pfn));
}

/* ---- for everybody ---- */

int mm_swap_on(struct mm *mm, uint64_t pages, struct mm_error *err)
{
	const int64_t total = mm->st->swap_total;

	if (pages == 0 || pages > MM_MAX_FRAMES ||
	    total + (int64_t)pages > MM_MAX_FRAMES)
		return mm_fail(
			err, -EINVAL, "%llu pages of swap: expected 1 to %llu",
			(unsigned long long)pages,
			(unsigned long long)(MM_MAX_FRAMES - (uint64_t)total));
	op_enter(mm);
	STORE(mm, mm->st->swap_total, total + (int64_t)pages);
	set_free(mm, mm->st->swap_free + (int64_t)pages);
	TRACE(mm, swap_on, ARG(mm->st->swap_total), ARG(mm->st->swap_free));
	op_leave(mm);
	return 0;
}

int mm_swap_off(struct mm *mm, struct mm_error *err)
{
	const int64_t used = mm->st->swap_total - mm->st->swap_free;

	if (mm->st->swap_total == 0)
		return mm_fail(err, -EINVAL, "there is no swap");
	if (used)
		return mm_fail(err, -EBUSY,
			       "swap holds pages, %lld: they would have to "
			       "be read back first",
			       (long long)used);
	op_enter(mm);
	STORE(mm, mm->st->swap_total, 0);
	set_free(mm, 0);
	TRACE(mm, swap_on, 0, 0);
	op_leave(mm);
	return 0;
}

void mm_swap_info(const struct mm *mm, struct mm_swap_info *si)
{
	*si = (struct mm_swap_info){
		.total = mm->st->swap_total,
		.free = mm->st->swap_free,
	};
	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++)
		si->cached += node_page_state(mm, n, NR_SWAPCACHED);
}
