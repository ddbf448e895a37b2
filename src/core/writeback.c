/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * writeback.c - see writeback.h
 */
#include "core/writeback.h"

#include <string.h>

#include "core/dirty_limit.h"
#include "core/frame.h"
#include "core/lru_batch.h"
#include "core/task.h"
#include "core/trace.h"

static int64_t pages_of(const struct mm *mm, pfn_t pfn)
{
	return order_pages(block_order(&mm->page[pfn].b));
}

/* Dirty pages of files and pages being written, in the node and the zone. */
static void count_pending(struct mm *mm, pfn_t pfn, enum node_stat_item item,
			  int64_t pages)
{
	const struct zone *z = &mm->zone[page_zone(mm, pfn)];
	const int64_t n = z->write_pending + pages;

	add_node_page_state(mm, page_nid(mm, pfn), item, pages);
	STORE(mm, z->write_pending, n > 0 ? n : 0);
}

/* ---- dirty ---- */

void folio_mark_dirty(struct mm *mm, pfn_t pfn)
{
	const unsigned int nid = page_nid(mm, pfn);
	int64_t dirty = 0, background;

	if (mm->page[pfn].attr & PAGE_DIRTY)
		return;
	page_change(mm, pfn, PAGE_DIRTY, 0);
	if (!page_is_file(&mm->page[pfn]))
		return;
	count_pending(mm, pfn, NR_DIRTY, pages_of(mm, pfn));
	mod_node_page_state(mm, nid, NR_DIRTIED, pages_of(mm, pfn));
	global_dirty_limits(mm, &background);
	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++)
		dirty += node_page_state(mm, n, NR_DIRTY);
	if (dirty > background)
		wakeup_flusher_threads(mm);
}

void folio_clear_dirty(struct mm *mm, pfn_t pfn)
{
	if (!(mm->page[pfn].attr & PAGE_DIRTY))
		return;
	page_change(mm, pfn, 0, PAGE_DIRTY);
	if (page_is_file(&mm->page[pfn]))
		count_pending(mm, pfn, NR_DIRTY, -pages_of(mm, pfn));
}

/* ---- the table of writes ---- */

static void set_write(struct mm *mm, pfn_t pfn, unsigned int write)
{
	const struct block *b = &mm->page[pfn].b;
	const uint32_t mask = 0xfu << BLOCK_WRITE_SHIFT;

	STORE(mm, b->word,
	      (b->word & ~mask) | (uint32_t)write << BLOCK_WRITE_SHIFT);
}

static void set_blocks(struct mm *mm, unsigned int write, uint32_t blocks)
{
	const struct write *w = &mm->st->write[write];

	STORE(mm, w->blocks, blocks);
	if (blocks == 0)
		STORE(mm, w->due, 0);
}

/* The write that ends at @due; all busy: the last one, which ends then. */
static unsigned int write_due(struct mm *mm, uint64_t due)
{
	const struct write *w = mm->st->write;
	unsigned int unused = 0, last = 1;

	for (unsigned int i = NR_WRITES - 1; i > 0; i--) {
		if (w[i].blocks == 0)
			unused = i;
		else if (w[i].due == due)
			return i;
		if (w[i].due > w[last].due)
			last = i;
	}
	if (unused) {
		STORE(mm, w[unused].due, due);
		return unused;
	}
	if (w[last].due < due)
		STORE(mm, w[last].due, due);
	return last;
}

void forget_write(struct mm *mm, pfn_t pfn)
{
	const unsigned int i = block_write(&mm->page[pfn].b);

	set_blocks(mm, i, mm->st->write[i].blocks - 1);
	set_write(mm, pfn, 0);
	count_pending(mm, pfn, NR_WRITEBACK, -pages_of(mm, pfn));
}

/* ---- writing ---- */

static void folio_end_writeback(struct mm *mm, pfn_t pfn)
{
	const unsigned int nid = page_nid(mm, pfn);

	if (mm->page[pfn].attr & PAGE_RECLAIM) {
		page_change(mm, pfn, 0, PAGE_RECLAIM);
		folio_rotate_reclaimable(mm, pfn);
	}
	page_change(mm, pfn, 0, PAGE_WRITEBACK);
	forget_write(mm, pfn);
	mod_node_page_state(mm, nid, NR_WRITTEN, pages_of(mm, pfn));
	TRACE(mm, writeback_end, ARG(pfn), ARG(block_order(&mm->page[pfn].b)));
}

void folio_start_writeback(struct mm *mm, pfn_t pfn, uint64_t delay)
{
	const uint64_t due = mm->st->jiffies + delay;
	unsigned int i;

	page_change(mm, pfn, PAGE_WRITEBACK, 0);
	count_pending(mm, pfn, NR_WRITEBACK, pages_of(mm, pfn));
	i = write_due(mm, due);
	set_blocks(mm, i, mm->st->write[i].blocks + 1);
	set_write(mm, pfn, i);
	TRACE(mm, writeback_start, ARG(pfn), ARG(block_order(&mm->page[pfn].b)),
	      ARG(delay));
	if (delay == 0)
		folio_end_writeback(mm, pfn);
}

/* All pages of a write, by address. */
static void end_write(struct mm *mm, unsigned int write)
{
	for (pfn_t p = next_used(mm, 0); mm->st->write[write].blocks;) {
		const pfn_t next =
			p + ((pfn_t)1 << block_order(&mm->page[p].b));

		if (block_write(&mm->page[p].b) == write)
			folio_end_writeback(mm, p);
		p = next_used(mm, next);
	}
}

/* The interrupts that tell of it come to CPU 0. */
bool end_writes(struct mm *mm)
{
	const uint16_t cpu = mm->cpu;
	bool any = false;

	while (next_write_end(mm) <= mm->st->jiffies) {
		unsigned int first = 0;

		for (unsigned int i = 1; i < NR_WRITES; i++)
			if (mm->st->write[i].blocks &&
			    (!first ||
			     mm->st->write[i].due < mm->st->write[first].due))
				first = i;
		mm->cpu = 0;
		end_write(mm, first);
		any = true;
	}
	mm->cpu = cpu;
	return any;
}

uint64_t next_write_end(const struct mm *mm)
{
	uint64_t at = NEVER;

	for (unsigned int i = 1; i < NR_WRITES; i++)
		if (mm->st->write[i].blocks && mm->st->write[i].due < at)
			at = mm->st->write[i].due;
	return at;
}

/* ---- the flusher ---- */

void wakeup_flusher_threads(struct mm *mm)
{
	task_wake(mm, flusher_task(mm));
}

static bool to_be_written(const struct page *page)
{
	return page_is_file(page) &&
	       (page->attr & (PAGE_DIRTY | PAGE_WRITEBACK)) == PAGE_DIRTY;
}

/* Pages whose write began. */
static int64_t write_dirty_pages(struct mm *mm)
{
	int64_t pages = 0;

	for (pfn_t p = next_used(mm, 0); p != NO_PFN;) {
		const pfn_t next =
			p + ((pfn_t)1 << block_order(&mm->page[p].b));

		if (to_be_written(&mm->page[p])) {
			pages += pages_of(mm, p);
			folio_clear_dirty(mm, p);
			folio_start_writeback(mm, p,
					      mm->st->cfg.writeback_delay);
		}
		p = next_used(mm, next);
	}
	TRACE(mm, flusher, ARG(pages), ARG(mm->st->cfg.writeback_delay));
	return pages;
}

enum mm_quantum flusher_step(struct mm *mm, uint32_t task)
{
	(void)task;
	write_dirty_pages(mm);
	return QUANTUM_DONE;
}

int64_t mm_sync(struct mm *mm)
{
	int64_t pages;

	op_enter(mm);
	pages = write_dirty_pages(mm);
	TRACE(mm, sync, ARG(pages));
	op_leave(mm);
	return pages;
}

unsigned int mm_write_info(const struct mm *mm, unsigned int i,
			   struct mm_write_info *wi)
{
	unsigned int n = 0;

	memset(wi, 0, sizeof *wi);
	for (unsigned int k = 1; k < NR_WRITES; k++) {
		const struct write *w = &mm->st->write[k];

		if (w->blocks && n++ == i)
			*wi = (struct mm_write_info){.due = w->due,
						     .blocks = w->blocks};
	}
	return n;
}
