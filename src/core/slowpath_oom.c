/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slowpath_oom.c - the last rung but one: somebody is killed, or nobody may be
 *
 * Models: __alloc_pages_may_oom and what __alloc_pages_slowpath makes of it
 *         in mm/page_alloc.c; P27
 */
#include "core/climb.h"
#include "core/layout.h"
#include "core/oom.h"
#include "core/task.h"

/* P27.3: not for these; else the OOM killer, R50. */
static enum mm_reason oom_verdict(struct mm *mm, struct climb *c)
{
	if (costly(c) || has(c, GFP_BIT_RETRY_MAYFAIL) ||
	    has(c, GFP_BIT_THISNODE) || c->ac->highest < zone_normal(mm))
		return REASON_OOM_NOT_FOR_THIS;
	return out_of_memory(mm, c->task, c->ac);
}

/* Once more; whoever was killed, or was already, may give memory back. */
static enum mm_rung after_oom(struct mm *mm, struct climb *c,
			      enum mm_reason verdict)
{
	const bool killed =
		verdict == REASON_OOM_KILLED || verdict == REASON_OOM_PENDING;
	enum mm_rung next;

	c->l.no_progress = 0;
	next = climb_in_vain(mm, c,
			     verdict == REASON_OOM_WITHOUT_FS
				     ? REASON_LOOP_NO_FS
				     : REASON_LOOP_VICTIM);
	if (killed && next != RUNG_DONE)
		c->sleeps = task_sleep(mm, c->task, WAIT_OOM, 1);
	return next;
}

/* P27.2: within the cpuset's walls, and without an effort of its own. */
static bool last_look(struct mm *mm, struct climb *c)
{
	const gfp_t gfp = c->ac->gfp;
	bool found;

	c->ac->gfp = (gfp | GFP_BIT_HARDWALL) & ~(gfp_t)GFP_BIT_DIRECT_RECLAIM;
	found = try_zones(mm, c, WMARK_HIGH | ALLOC_CPUSET);
	c->ac->gfp = gfp;
	return found;
}

enum mm_rung rung_oom(struct mm *mm, struct climb *c)
{
	enum mm_reason verdict;

	c->l.progress = 0;
	if (last_look(mm, c))
		return RUNG_DONE;
	verdict = oom_verdict(mm, c);
	TRACE(mm, out_of_memory, ARG(c->ac->order), ARG(c->ac->gfp),
	      ARG(verdict));
	if (verdict == REASON_OOM_PANIC || verdict == REASON_OOM_NOBODY) {
		c->l.why = verdict; /* the kernel goes no further than here */
		return RUNG_DONE;
	}
	c->l.progress = verdict != REASON_OOM_NOT_FOR_THIS;
	if (c->l.progress && has(c, GFP_BIT_NOFAIL) &&
	    (try_zones(mm, c, ALLOC_NO_WATERMARKS | ALLOC_CPUSET) ||
	     try_zones(mm, c, ALLOC_NO_WATERMARKS)))
		return RUNG_DONE;
	c->ac->caller = task_caller(mm, c->task); /* it may have been chosen */
	if ((c->ac->caller & MM_CALLER_OOM_VICTIM) &&
	    ((c->l.alloc_flags & ALLOC_OOM) || has(c, GFP_BIT_NOMEMALLOC)))
		return leave(c, REASON_OOM_VICTIM);
	if (c->l.progress == 0)
		return leave(c, REASON_NO_PROGRESS);
	return after_oom(mm, c, verdict);
}
