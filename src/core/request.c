/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * request.c - see request.h
 */
#include "core/request.h"

#include "core/cpuset.h"
#include "core/frame.h"
#include "core/memcg.h"
#include "core/mempolicy.h"
#include "core/page_alloc.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/zonelist.h"

/** Models: current_gfp_context(); G16 */
static gfp_t current_gfp_context(const struct task *t, gfp_t gfp)
{
	if (t->flags & TASK_NOIO)
		gfp &= ~(gfp_t)(GFP_BIT_IO | GFP_BIT_FS);
	else if (t->flags & TASK_NOFS)
		gfp &= ~(gfp_t)GFP_BIT_FS;
	if (t->flags & TASK_PIN)
		gfp &= ~(gfp_t)GFP_BIT_MOVABLE;
	return gfp;
}

/* What the request means for this task: P2, before the cpuset shortcut. */
static void prepare(const struct mm *mm, uint32_t task,
		    struct alloc_context *ac)
{
	const struct task *t = &mm->task[task];
	struct mm_request want = t->want;

	want.gfp = current_gfp_context(t, want.gfp);
	want.caller = (uint16_t)task_caller(mm, task);
	prepare_alloc(mm, &want, ac);
	ac->task = task;
	ac->nodemask = policy_nodemask(mm, task, ac);
	ac->pref = next_zone(ac, 0);
}

void request_begin(struct mm *mm, uint32_t task, const struct mm_request *want)
{
	const struct task *t = &mm->task[task];
	const struct ladder l = {.rung = RUNG_FAST, .pfn = NO_PFN};

	store_bytes(mm, &t->want, want, sizeof *want);
	store_bytes(mm, &t->ladder, &l, sizeof l);
	STORE(mm, t->result, NO_PFN);
	task_wake(mm, task);
}

/* The request is over; the tracepoint has its line. */
static enum mm_quantum over(struct mm *mm, uint32_t task,
			    const struct alloc_context *ac, pfn_t pfn,
			    enum mm_reason result)
{
	const struct task *t = &mm->task[task];

	STORE(mm, t->result, pfn);
	STORE(mm, t->ladder.rung, (uint32_t)RUNG_NONE);
	TRACE(mm, mm_page_alloc, ARG(pfn), ARG(ac->order), ARG(ac->mt),
	      ARG(t->ladder.gfp), ARG(result));
	return QUANTUM_DONE;
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
	      ARG(mm->task[task].want.nid), ARG(ac.highest), ARG(ac.mt),
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

pfn_t request_run(struct mm *mm, uint32_t task, const struct mm_request *want)
{
	const uint16_t before = mm->current;
	enum mm_quantum q;

	mm->current = (uint16_t)task;
	request_begin(mm, task, want);
	while ((q = request_step(mm, task)) != QUANTUM_DONE)
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, task);
	STORE(mm, mm->task[task].state, (uint32_t)TASK_IDLE);
	mm->current = before;
	return mm->task[task].result;
}
