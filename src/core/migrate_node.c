/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * migrate_node.c - see migrate_node.h
 */
#include "core/migrate_node.h"

#include <assert.h>

#include "core/frame.h"
#include "core/get_page.h"
#include "core/lru.h"
#include "core/slowpath.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/zonelist.h"

pfn_t alloc_nested(struct mm *mm, uint32_t task, const struct mm_request *want,
		   uint32_t nodemask)
{
	const struct task *t = &mm->task[task];
	const struct ladder in_hand = t->ladder;
	struct alloc_context ac;
	uint32_t alloc_flags;
	pfn_t pfn;

	prepare_alloc(mm, want, &ac);
	ac.task = task;
	ac.nodemask = nodemask;
	ac.pref = next_zone(&ac, 0);
	alloc_flags = alloc_flags_fastpath(mm, &ac);
	TRACE(mm, alloc_request, ARG(ac.order), ARG(ac.gfp), ARG(want->nid),
	      ARG(ac.highest), ARG(ac.mt), ARG(alloc_flags), ARG(ac.caller));
	pfn = get_page_from_freelist(mm, &ac, alloc_flags);
	if (pfn == NO_PFN) {
		enum mm_quantum q = QUANTUM_AGAIN;

		slowpath_begin(mm, task, &ac);
		while (q == QUANTUM_AGAIN)
			q = slowpath_step(mm, task, &ac);
		assert(q == QUANTUM_DONE);
		pfn = t->ladder.pfn;
		store_bytes(mm, &t->ladder, &in_hand, sizeof in_hand);
	}
	TRACE(mm, mm_page_alloc, ARG(pfn), ARG(ac.order), ARG(ac.mt),
	      ARG(ac.gfp), pfn != NO_PFN ? REASON_SERVED : REASON_REFUSED);
	return pfn;
}

/*
 * What the nodes count of a page goes with it.  A page that was put into the
 * world as it is may not have been counted: no counter goes below 0.
 */
static void move_count(struct mm *mm, unsigned int from, unsigned int to,
		       enum node_stat_item item, int64_t pages)
{
	const int64_t have = node_page_state(mm, from, item);
	const int64_t n = pages < have ? pages : have > 0 ? have : 0;

	mod_node_page_state(mm, from, item, -n);
	mod_node_page_state(mm, to, item, n);
}

/** Models: __folio_migrate_mapping(), and what the rmap counts */
static void move_counts(struct mm *mm, const struct page *page,
			unsigned int from, unsigned int to, int64_t pages)
{
	const bool anon = page_is_anon_lru(page);

	if (block_mapcount(&page->b))
		move_count(mm, from, to, anon ? NR_ANON_PAGES : NR_MAPPED,
			   pages);
	if (!anon || (page->attr & PAGE_SWAPCACHE))
		move_count(mm, from, to, NR_FILE_PAGES, pages);
	if (page->attr & PAGE_SWAPCACHE)
		move_count(mm, from, to, NR_SWAPCACHED, pages);
	if (page->attr & PAGE_DIRTY && !anon)
		move_count(mm, from, to, NR_DIRTY, pages);
}

static void move_write_pending(struct mm *mm, zone_t from, zone_t to,
			       int64_t pages)
{
	const struct zone *a = &mm->zone[from], *b = &mm->zone[to];
	const int64_t n = pages < a->write_pending ? pages : a->write_pending;

	STORE(mm, a->write_pending, a->write_pending - n);
	STORE(mm, b->write_pending, b->write_pending + n);
}

void count_other_zone(struct mm *mm, pfn_t from, pfn_t to, unsigned int order)
{
	const struct page *page = &mm->page[from];
	const zone_t a = mm_zone_of(mm, from), b = mm_zone_of(mm, to);

	move_counts(mm, page, zone_nid(a), zone_nid(b), order_pages(order));
	if (page->attr & PAGE_DIRTY && !page_is_anon_lru(page))
		move_write_pending(mm, a, b, order_pages(order));
}

void move_to_node(struct mm *mm, pfn_t from, pfn_t to, unsigned int order)
{
	const struct page *old = &mm->page[from];
	const struct page was = *old;
	const int64_t pages = order_pages(order);

	count_other_zone(mm, from, to, order);
	/* who has paid for it pays for the new one: nothing is paid back */
	STORE(mm, old->b.word, block_word(BLOCK_USED, order, 0, 0));
	frame_release(mm, from);
	pageblock_touch(mm, to);
	frame_use(mm, to, order, was.owner, (uint16_t)(was.attr & ~PAGE_LRU));
	STORE(mm, mm->page[to].b.word, was.b.word);
	count_vm_events(mm, VM_PGMIGRATE_SUCCESS, (uint64_t)pages);
	free_frozen_pages(mm, from, order);
	lruvec_add_folio(mm, to);
}
