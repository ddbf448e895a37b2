/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ask.c - see ask.h
 */
#include "core/ask.h"

#include "core/get_page.h"
#include "core/slowpath.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/zonelist.h"

static const struct ladder *ladder_of(const struct mm *mm, uint32_t task)
{
	return &mm->task[task].ladder;
}

void ask_begin(struct mm *mm, uint32_t task)
{
	STORE(mm, ladder_of(mm, task)->rung, (uint32_t)RUNG_NONE);
}

static enum mm_quantum over(struct mm *mm, uint32_t task,
			    const struct alloc_context *ac, pfn_t got,
			    pfn_t *pfn)
{
	STORE(mm, ladder_of(mm, task)->rung, (uint32_t)RUNG_NONE);
	TRACE(mm, mm_page_alloc, ARG(got), ARG(ac->order), ARG(ac->mt),
	      ARG(ac->gfp), got != NO_PFN ? REASON_SERVED : REASON_REFUSED);
	*pfn = got;
	return QUANTUM_DONE;
}

enum mm_quantum ask_step(struct mm *mm, uint32_t task,
			 const struct mm_request *want, uint32_t nodes,
			 bool slow, pfn_t *pfn)
{
	struct alloc_context ac;
	uint32_t alloc_flags;
	pfn_t got;

	prepare_alloc(mm, want, &ac);
	ac.task = task;
	ac.nodemask = nodes;
	ac.pref = next_zone(&ac, 0);
	if (ladder_of(mm, task)->rung != RUNG_NONE) {
		const enum mm_quantum q = slowpath_step(mm, task, &ac);

		return q == QUANTUM_DONE ? over(mm, task, &ac,
						ladder_of(mm, task)->pfn, pfn)
					 : q;
	}
	alloc_flags = alloc_flags_fastpath(mm, &ac);
	TRACE(mm, alloc_request, ARG(ac.order), ARG(ac.gfp), ARG(want->nid),
	      ARG(ac.highest), ARG(ac.mt), ARG(alloc_flags), ARG(ac.caller));
	got = get_page_from_freelist(mm, &ac, alloc_flags);
	if (got != NO_PFN || !slow)
		return over(mm, task, &ac, got, pfn);
	slowpath_begin(mm, task, &ac);
	return QUANTUM_AGAIN;
}
