/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * request.c - see request.h
 */
#include "core/request.h"

#include "core/cpuset.h"
#include "core/frame.h"
#include "core/get_page.h"
#include "core/gfp_masks.h"
#include "core/memcg.h"
#include "core/mempolicy.h"
#include "core/page_alloc.h"
#include "core/slowpath.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/user_task.h"
#include "core/zonelist.h"

/* What the request means for this task: P2, before the cpuset shortcut. */
static void prepare(const struct mm *mm, uint32_t task,
		    struct alloc_context *ac)
{
	const struct task *t = &mm->task[task];
	struct mm_request want = t->want;

	policy_request(mm, task, &want);
	want.gfp = gfp_context(t->flags, want.gfp);
	want.caller = (uint16_t)task_caller(mm, task);
	prepare_alloc(mm, &want, ac);
	ac->task = task;
	ac->nodemask = policy_nodemask(mm, task, ac);
	ac->pref = next_zone(ac, 0);
}

static void at_the_bottom(struct mm *mm, uint32_t task)
{
	const struct ladder l = {.rung = RUNG_FAST, .pfn = NO_PFN};

	store_bytes(mm, &mm->task[task].ladder, &l, sizeof l);
}

void request_begin_fault(struct mm *mm, uint32_t task,
			 const struct mm_request *want, uint64_t index)
{
	const struct task *t = &mm->task[task];

	store_bytes(mm, &t->want, want, sizeof *want);
	at_the_bottom(mm, task);
	STORE(mm, t->result, NO_PFN);
	policy_begin(mm, task, index);
	task_wake(mm, task);
}

void request_begin(struct mm *mm, uint32_t task, const struct mm_request *want)
{
	request_begin_fault(mm, task, want, NO_INTERLEAVE_INDEX);
}

/*
 * The request is over; the tracepoint has its line.  If it was a trial of the
 * policy's and gave no page, another follows.
 */
static enum mm_quantum over(struct mm *mm, uint32_t task,
			    const struct alloc_context *ac, pfn_t pfn,
			    enum mm_reason result)
{
	const struct task *t = &mm->task[task];

	STORE(mm, t->result, pfn);
	STORE(mm, t->ladder.rung, (uint32_t)RUNG_NONE);
	TRACE(mm, mm_page_alloc, ARG(pfn), ARG(ac->order), ARG(ac->mt),
	      ARG(t->ladder.gfp), ARG(result));
	if (!policy_next(mm, task, pfn))
		return QUANTUM_DONE;
	at_the_bottom(mm, task);
	return QUANTUM_AGAIN;
}

/*
 * P34: the page is there, now somebody is to pay for it.  Until then it is
 * nobody's; refused, it goes back as if it had been used.
 */
static enum mm_quantum charge(struct mm *mm, uint32_t task,
			      const struct alloc_context *ac)
{
	const struct task *t = &mm->task[task];
	const pfn_t pfn = t->ladder.pfn;
	const enum mm_quantum q = charge_step(mm, task, ac->order, ac->gfp);

	if (q != QUANTUM_DONE)
		return q;
	if (!charge_succeeded(mm, task)) {
		frame_release(mm, pfn);
		free_frozen_pages(mm, pfn, ac->order);
		return over(mm, task, ac, NO_PFN,
			    (enum mm_reason)t->ladder.why);
	}
	/* what a process pays for is its own, whatever name was given */
	frame_describe(mm, pfn, ac->order,
		       (uint16_t)mm->process[t->process].owner,
		       page_attr_of(&t->want));
	memcg_commit(mm, task, pfn);
	return over(mm, task, ac, pfn, REASON_SERVED);
}

/* The page gets its owner, who may have to pay. */
static enum mm_quantum finish(struct mm *mm, uint32_t task,
			      const struct alloc_context *ac, gfp_t gfp,
			      pfn_t pfn)
{
	const struct task *t = &mm->task[task];

	STORE(mm, t->ladder.gfp, gfp);
	if (pfn != NO_PFN && unlikely(memcg_accounts(mm, task, ac->gfp))) {
		frame_use(mm, pfn, ac->order, 0, 0);
		pageblock_touch(mm, pfn);
		STORE(mm, t->ladder.pfn, pfn);
		STORE(mm, t->ladder.rung, (uint32_t)RUNG_CHARGE);
		charge_begin(mm, task);
		return charge(mm, task, ac);
	}
	if (pfn != NO_PFN)
		frame_use(mm, pfn, ac->order, t->want.owner,
			  page_attr_of(&t->want));
	return over(mm, task, ac, pfn,
		    pfn != NO_PFN ? REASON_SERVED : REASON_REFUSED);
}

/* The node asked for, -1: the CPU's. */
static int policy_nid(const struct mm *mm, uint32_t task)
{
	struct mm_request want = mm->task[task].want;

	policy_request(mm, task, &want);
	return want.nid;
}

/* The whole fast path; with cpusets, confined by mask or HARDWALL (G26.1). */
static enum mm_quantum fast(struct mm *mm, uint32_t task,
			    const struct alloc_context *slow)
{
	struct alloc_context ac = *slow;
	uint32_t alloc_flags;
	pfn_t pfn;

	alloc_flags = alloc_flags_fastpath(mm, &ac);
	if (cpusets_enabled(mm)) {
		ac.gfp |= GFP_BIT_HARDWALL;
		if (ac.nodemask == ALL_NODES)
			ac.nodemask = cpuset_mems_allowed(mm, task);
		else
			alloc_flags |= ALLOC_CPUSET;
		ac.pref = next_zone(&ac, 0);
	}
	TRACE(mm, alloc_request, ARG(ac.order), ARG(ac.gfp),
	      policy_nid(mm, task), ARG(ac.highest), ARG(ac.mt),
	      ARG(alloc_flags), ARG(ac.caller));
	pfn = get_page_from_freelist(mm, &ac, alloc_flags);
	if (pfn != NO_PFN)
		return finish(mm, task, slow, ac.gfp, pfn);
	slowpath_begin(mm, task, slow);
	return QUANTUM_AGAIN;
}

enum mm_quantum request_step(struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];
	struct alloc_context ac;
	enum mm_quantum q;

	if (t->ladder.rung == RUNG_NONE)
		return QUANTUM_DONE;
	prepare(mm, task, &ac);
	if (t->ladder.rung == RUNG_FAST)
		return fast(mm, task, &ac);
	if (t->ladder.rung == RUNG_CHARGE)
		return charge(mm, task, &ac);
	q = slowpath_step(mm, task, &ac);
	return q == QUANTUM_DONE ? finish(mm, task, &ac, ac.gfp, t->ladder.pfn)
				 : q;
}

/* What the task has in hand, to its end. */
static pfn_t run(struct mm *mm, uint32_t task)
{
	const uint16_t before = mm->current;
	enum mm_quantum q;

	mm->current = (uint16_t)task;
	while ((q = request_step(mm, task)) != QUANTUM_DONE && !break_off(mm))
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, task);
	task_rest(mm, task);
	mm->current = before;
	return mm->task[task].result;
}

pfn_t request_run(struct mm *mm, uint32_t task, const struct mm_request *want)
{
	request_begin(mm, task, want);
	return run(mm, task);
}

pfn_t request_run_fault(struct mm *mm, uint32_t task,
			const struct mm_request *want, uint64_t index)
{
	request_begin_fault(mm, task, want, index);
	return run(mm, task);
}
