/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slowpath.c - see slowpath.h
 */
#include "core/slowpath.h"

#include "core/climb.h"
#include "core/compaction.h"
#include "core/cpuset.h"
#include "core/endless.h"
#include "core/highatomic.h"
#include "core/kswapd.h"
#include "core/pcp.h"
#include "core/reclaim.h"
#include "core/task.h"
#include "core/warn_alloc.h"
#include "core/zonelist.h"

enum mm_rung climb_in_vain(struct mm *mm, struct climb *c, enum mm_reason loop)
{
	switch (round_worth(mm, &c->l)) {
	case ROUND_IN_VAIN:
		c->l.why = loop;
		return RUNG_DONE;
	case ROUND_WAITS:
		c->sleeps = task_sleep(mm, c->task, WAIT_OOM, 1);
		break;
	default:
		break;
	}
	return again(c, loop == REASON_LOOP_NOFAIL ? REASON_NOFAIL_AGAIN
						   : REASON_OOM_PROGRESS);
}

void climb_any_node(struct climb *c)
{
	c->l.nodemask = c->ac->nodemask = ALL_NODES;
	c->ac->pref = next_zone(c->ac, 0);
}

bool climb_cpuset_changed(const struct mm *mm, struct climb *c)
{
	const uint32_t mems = cpuset_mems_allowed(mm, c->task);

	if (!cpusets_enabled(mm))
		return false;
	if (c->ac->nodemask != ALL_NODES && !(c->ac->nodemask & mems)) {
		climb_any_node(c);
		return true;
	}
	return c->l.mems != mems;
}

static enum mm_rung restart(struct mm *mm, struct climb *c)
{
	c->l.mems = cpuset_mems_allowed(mm, c->task);
	c->l.no_progress = c->l.compact_retries = 0;
	c->l.cresult = COMPACT_SKIPPED;
	c->l.cprio = COMPACT_PRIO_SYNC_LIGHT;
	if (can_compact(c) &&
	    (costly(c) || (c->ac->order > 0 && c->ac->mt != MIGRATE_MOVABLE))) {
		c->l.compact_first = true;
		c->l.cprio = COMPACT_PRIO_ASYNC;
	}
	c->l.alloc_flags = alloc_flags_slowpath(mm, c->ac);
	if (c->ac->pref >= c->ac->nr_zones)
		return leave(c, REASON_NO_PROGRESS);
	if (has(c, GFP_BIT_HARDWALL) && cpusets_insane_config(mm) &&
	    !cpuset_has_zone(mm, c->ac))
		return leave(c, REASON_CPUSET);
	return again(c, REASON_ENTERED);
}

static enum mm_rung retry(struct mm *mm, struct climb *c)
{
	uint32_t rights;

	TRACE(mm, slowpath, ARG(c->l.alloc_flags), ARG(c->l.why));
	if (c->l.alloc_flags & ALLOC_KSWAPD)
		wake_all_kswapds(mm, c->ac);
	if (try_zones(mm, c, c->l.alloc_flags))
		return RUNG_DONE;
	rights = gfp_pfmemalloc_flags(c->ac);
	if (rights)
		c->l.alloc_flags = rights | (c->l.alloc_flags &
					     (ALLOC_CMA | ALLOC_KSWAPD));
	if (rights || !(c->l.alloc_flags & ALLOC_CPUSET)) {
		climb_any_node(c);
		if (c->l.may_retry_reserves) {
			c->l.may_retry_reserves = false;
			return again(c, REASON_RETRY_RESERVES);
		}
	}
	if (!can_reclaim(c)) {
		if (!mm->st->cfg.defrag_mode ||
		    !(c->l.alloc_flags & ALLOC_NOFRAGMENT) ||
		    !has(c, GFP_BIT_KSWAPD_RECLAIM))
			return leave(c, REASON_MAY_NOT_SLEEP);
		c->l.alloc_flags &= ~(uint32_t)ALLOC_NOFRAGMENT;
		return again(c, REASON_NOFRAGMENT_DROPPED);
	}
	if (c->ac->caller & MM_CALLER_MEMALLOC)
		return leave(c, REASON_CALLER_MEMALLOC);
	warn_stall(mm, c->ac, c->l.since);
	c->l.order = c->ac->order;
	if ((c->l.alloc_flags & ALLOC_NOFRAGMENT) &&
	    c->ac->mt != MIGRATE_MOVABLE && c->l.order < mm->pb_order)
		c->l.order = mm->pb_order;
	return c->l.compact_first ? RUNG_COMPACT : RUNG_RECLAIM;
}

/* P21: the run itself, quantum by quantum. */
static enum mm_rung reclaim(struct mm *mm, struct climb *c)
{
	if (!mm->task[c->task].sc.step)
		direct_reclaim_begin(mm, c->task, c->ac, c->l.order);
	switch (direct_reclaim_step(mm, c->task, c->ac)) {
	case QUANTUM_SLEEP:
		c->sleeps = true;
		return RUNG_RECLAIM;
	case QUANTUM_AGAIN:
		return RUNG_RECLAIM;
	default:
		c->l.progress = mm->task[c->task].sc.nr_reclaimed;
		return RUNG_RECLAIMED;
	}
}

/* No attempt without progress. */
static enum mm_rung reclaimed(struct mm *mm, struct climb *c)
{
	if (c->l.progress == 0)
		return RUNG_COMPACT;
	if (try_zones(mm, c, c->l.alloc_flags))
		return RUNG_DONE;
	unreserve_highatomic_pageblock(mm, c->ac, false);
	drain_all_pages(mm);
	return try_zones(mm, c, c->l.alloc_flags) ? RUNG_DONE : RUNG_COMPACT;
}

/* P23: the run itself, quantum by quantum. */
static enum mm_rung compact(struct mm *mm, struct climb *c)
{
	if (!c->l.order)
		return RUNG_COMPACTED;
	if (!mm->task[c->task].cc.step)
		direct_compact_begin(mm, c->task, c->ac, c->l.order,
				     c->l.alloc_flags,
				     (enum compact_priority)c->l.cprio);
	switch (direct_compact_step(mm, c->task, c->ac)) {
	case QUANTUM_SLEEP:
		c->sleeps = true;
		return RUNG_COMPACT;
	case QUANTUM_AGAIN:
		return RUNG_COMPACT;
	default:
		break;
	}
	c->l.cresult = direct_compact_end(mm, c->task, &c->l.pfn);
	if (c->l.cresult <= COMPACT_DEFERRED)
		return RUNG_COMPACTED;
	if (c->l.pfn == NO_PFN)
		try_zones(mm, c, c->l.alloc_flags);
	direct_compact_account(mm, c->l.pfn, c->l.order);
	return c->l.pfn == NO_PFN ? RUNG_COMPACTED : RUNG_DONE;
}

/* ... and where P19 goes from there. */
static enum mm_rung compacted(struct mm *mm, struct climb *c)
{
	if (c->l.compact_first) {
		if (has(c, GFP_BIT_NORETRY | GFP_BIT_THISNODE))
			return leave(c, REASON_NORETRY);
		if (!has(c, GFP_BIT_NORETRY))
			c->l.cprio = COMPACT_PRIO_SYNC_LIGHT;
		c->l.compact_first = false;
		return again(c, REASON_COMPACTED_FIRST);
	}
	if (has(c, GFP_BIT_NORETRY))
		return leave(c, REASON_NORETRY);
	if (costly(c) && !(can_compact(c) && has(c, GFP_BIT_RETRY_MAYFAIL)))
		return leave(c, REASON_COSTLY);
	return climb_cpuset_changed(mm, c) ? RUNG_RESTART : RUNG_DECIDE;
}

static enum mm_rung nopage(struct mm *mm, struct climb *c)
{
	if (climb_cpuset_changed(mm, c))
		return RUNG_RESTART;
	if (!has(c, GFP_BIT_NOFAIL) || !can_reclaim(c)) {
		warn_alloc(mm, c->ac);
		return RUNG_DONE;
	}
	if (try_zones(mm, c, ALLOC_MIN_RESERVE | ALLOC_CPUSET) ||
	    try_zones(mm, c, ALLOC_MIN_RESERVE))
		return RUNG_DONE;
	return climb_in_vain(mm, c, REASON_LOOP_NOFAIL);
}

void slowpath_begin(struct mm *mm, uint32_t task,
		    const struct alloc_context *ac)
{
	const struct ladder l = {
		.rung = RUNG_RESTART,
		.nodemask = ac->nodemask,
		.may_retry_reserves = 1,
		.pfn = NO_PFN,
		.since = mm->st->jiffies,
	};

	store_bytes(mm, &mm->task[task].ladder, &l, sizeof l);
}

enum mm_quantum slowpath_step(struct mm *mm, uint32_t task,
			      struct alloc_context *ac)
{
	static enum mm_rung (*const rungs[NR_RUNGS])(struct mm *,
						     struct climb *) = {
		[RUNG_RESTART] = restart,    [RUNG_RETRY] = retry,
		[RUNG_RECLAIM] = reclaim,    [RUNG_RECLAIMED] = reclaimed,
		[RUNG_COMPACT] = compact,    [RUNG_COMPACTED] = compacted,
		[RUNG_DECIDE] = rung_decide, [RUNG_OOM] = rung_oom,
		[RUNG_NOPAGE] = nopage,
	};
	const struct task *t = &mm->task[task];
	struct climb c = {.ac = ac, .task = task, .l = t->ladder};

	ac->nodemask = c.l.nodemask;
	ac->spread_dirty = false;
	ac->pref = next_zone(ac, 0);
	c.l.rung = rungs[c.l.rung](mm, &c);
	/* nobody is seen on the last rung: the caller leaves it at once */
	if (c.l.rung == RUNG_DONE && c.l.pfn == NO_PFN)
		TRACE(mm, slowpath, ARG(c.l.alloc_flags), ARG(c.l.why));
	store_bytes(mm, &t->ladder, &c.l, sizeof c.l);
	if (c.l.rung != RUNG_DONE)
		return c.sleeps ? QUANTUM_SLEEP : QUANTUM_AGAIN;
	return QUANTUM_DONE;
}
