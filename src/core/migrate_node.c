/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * migrate_node.c - see migrate_node.h
 */
#include "core/migrate_node.h"

#include <assert.h>

#include "core/frame.h"
#include "core/lru.h"
#include "core/page_alloc.h"
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

void move_to_node(struct mm *mm, pfn_t from, pfn_t to, unsigned int order)
{
	const struct page *old = &mm->page[from];
	const uint32_t word = old->b.word;
	const uint16_t owner = old->owner;
	const uint16_t attr = old->attr;
	const bool listed = attr & PAGE_LRU;

	frame_release(mm, from);
	frame_use(mm, to, order, owner, (uint16_t)(attr & ~PAGE_LRU));
	STORE(mm, mm->page[to].b.word, word);
	count_vm_events(mm, VM_PGMIGRATE_SUCCESS, UINT64_C(1) << order);
	free_frozen_pages(mm, from, order);
	lruvec_add_folio(mm, to);
	(void)listed;
}
