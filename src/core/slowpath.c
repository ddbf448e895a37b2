/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slowpath.c - see slowpath.h
 */
#include "core/slowpath.h"

#include "core/compaction.h"
#include "core/cpuset.h"
#include "core/endless.h"
#include "core/get_page.h"
#include "core/highatomic.h"
#include "core/kswapd.h"
#include "core/layout.h"
#include "core/oom.h"
#include "core/pcp.h"
#include "core/reclaim.h"
#include "core/task.h"
#include "core/vmscan.h"
#include "core/warn_alloc.h"
#include "core/watermark.h"
#include "core/zonelist.h"

#define MAX_COMPACT_RETRIES 16

/** A quantum's view: the task's ladder, written back when it is over. */
struct climb {
	struct alloc_context *ac;
	uint32_t task;
	bool sleeps; /* before the next rung */
	struct ladder l;
};

static bool can_reclaim(const struct climb *c)
{
	return c->ac->gfp & GFP_BIT_DIRECT_RECLAIM;
}

static bool can_compact(const struct climb *c)
{
	return can_reclaim(c) && (c->ac->gfp & GFP_BIT_IO);
}

static bool costly(const struct climb *c)
{
	return c->ac->order > PAGE_ALLOC_COSTLY_ORDER;
}

static bool has(const struct climb *c, gfp_t bits)
{
	return (c->ac->gfp & bits) == bits;
}

/* One SELECT; true when it gave a page. */
static bool try_zones(struct mm *mm, struct climb *c, uint32_t alloc_flags)
{
	c->l.pfn = get_page_from_freelist(mm, c->ac, alloc_flags);
	return c->l.pfn != NO_PFN;
}

static enum mm_rung leave(struct climb *c, enum mm_reason why)
{
	c->l.why = why;
	return RUNG_NOPAGE;
}

static enum mm_rung again(struct climb *c, enum mm_reason why)
{
	c->l.why = why;
	return RUNG_RETRY;
}

/*
 * P31: back to the start, though nobody came to help.  The kernel would do
 * so for ever; a round that was worth nothing is the last, and @loop says
 * what keeps the kernel going.
 */
static enum mm_rung again_in_vain(struct mm *mm, struct climb *c,
				  enum mm_reason loop)
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

/* No nodemask from here on. */
static void any_node(struct climb *c)
{
	c->l.nodemask = c->ac->nodemask = ALL_NODES;
	c->ac->pref = next_zone(c->ac, 0);
}

/** P28: a mask that the cpuset has none of, or a cpuset that has changed. */
static bool check_retry_cpuset(const struct mm *mm, struct climb *c)
{
	const uint32_t mems = cpuset_mems_allowed(mm, c->task);

	if (!cpusets_enabled(mm))
		return false;
	if (c->ac->nodemask != ALL_NODES && !(c->ac->nodemask & mems)) {
		any_node(c);
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
		any_node(c);
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
	return check_retry_cpuset(mm, c) ? RUNG_RESTART : RUNG_DECIDE;
}

/* P24: could any zone pass if all that is reclaimable were free? */
static bool reclaim_may_help(struct mm *mm, struct climb *c)
{
	const struct alloc_context *ac = c->ac;

	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const zone_t zid = ac->zonelist[i];
		const bool allowed =
			cpuset_zone_allowed(mm, ac, zid, c->l.alloc_flags);
		const int64_t min = wmark_pages(mm, zid, WMARK_MIN);
		const int64_t reclaimable = zone_reclaimable_pages(mm, zid);
		const int64_t available =
			reclaimable +
			zone_page_state_snapshot(mm, zid, NR_FREE_PAGES);
		const bool ok =
			allowed && zone_watermark_ok_with(
					   mm, zid, ac->order, min, ac->highest,
					   c->l.alloc_flags, available);

		if (!allowed)
			continue;
		TRACE(mm, reclaim_retry_zone, ARG(zid), ARG(ac->order),
		      ARG(reclaimable), ARG(available), ARG(min),
		      c->l.no_progress, ok);
		if (ok)
			return true;
	}
	return false;
}

static bool should_reclaim_retry(struct mm *mm, struct climb *c)
{
	if (c->l.progress > 0 && !costly(c) && c->l.order == c->ac->order)
		c->l.no_progress = 0;
	else
		c->l.no_progress++;
	if (c->l.no_progress <= MAX_RECLAIM_RETRIES && reclaim_may_help(mm, c))
		return true;
	/* before giving up, even the last reserved block goes */
	return unreserve_highatomic_pageblock(mm, c->ac, true);
}

/* P25.3: skipped for want of free pages; would reclaim make them? */
static bool compaction_zonelist_suitable(struct mm *mm, const struct climb *c)
{
	const struct alloc_context *ac = c->ac;

	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const zone_t zid = ac->zonelist[i];
		const int64_t available =
			zone_reclaimable_pages(mm, zid) / ac->order +
			zone_page_state_snapshot(mm, zid, NR_FREE_PAGES);
		int64_t mark = wmark_pages(mm, zid, WMARK_MIN) +
			       compact_gap(ac->order);

		if (!cpuset_zone_allowed(mm, ac, zid, c->l.alloc_flags))
			continue;
		if (costly(c))
			mark += wmark_pages(mm, zid, WMARK_LOW) -
				wmark_pages(mm, zid, WMARK_MIN);
		if (zone_watermark_ok_with(mm, zid, 0, mark, ac->highest,
					   ALLOC_CMA, available))
			return true;
	}
	return false;
}

static bool stronger_priority(struct climb *c)
{
	const enum compact_priority floor =
		costly(c) ? COMPACT_PRIO_SYNC_LIGHT : COMPACT_PRIO_SYNC_FULL;

	if (c->l.cprio <= floor)
		return false;
	c->l.cprio--;
	c->l.compact_retries = 0;
	return true;
}

/** P25; who has been killed does not wait for compaction. */
static bool should_compact_retry(struct mm *mm, struct climb *c)
{
	const enum compact_priority prio = c->l.cprio;
	const int retries = c->l.compact_retries;
	int max = MAX_COMPACT_RETRIES;
	bool yes = false;

	if (c->l.order == 0 || task_is_dying(mm, c->task))
		return false;
	if (c->l.cresult == COMPACT_SKIPPED) {
		yes = c->l.order == c->ac->order &&
		      compaction_zonelist_suitable(mm, c);
	} else {
		if (c->l.cresult == COMPACT_SUCCESS) {
			if (costly(c))
				max /= 4;
			yes = ++c->l.compact_retries <= max;
		}
		if (!yes)
			yes = stronger_priority(c);
	}
	TRACE(mm, compact_retry, ARG(c->l.order), ARG(prio), ARG(c->l.cresult),
	      retries, max, yes);
	return yes;
}

/*
 * P31.a: round after round reclaim gets pages back, and all is as before.
 * Once that may be chance.
 */
static bool reclaims_for_others(struct mm *mm, struct climb *c)
{
	if (c->l.no_progress)
		return false;
	if (round_worth(mm, &c->l) != ROUND_IN_VAIN)
		c->l.vain = 0;
	else if (++c->l.vain > MAX_RECLAIM_RETRIES)
		c->l.why = REASON_LOOP_RECLAIM;
	return c->l.vain > MAX_RECLAIM_RETRIES;
}

/* The retry for more reclaim comes after a short pause (P24.4). */
static enum mm_rung decide(struct mm *mm, struct climb *c)
{
	if (should_reclaim_retry(mm, c)) {
		if (reclaims_for_others(mm, c))
			return RUNG_DONE;
		c->sleeps = task_sleep(mm, c->task, WAIT_RETRY, 1);
		return again(c, REASON_RECLAIM_MAY_HELP);
	}
	if (c->l.progress > 0 && can_compact(c) && should_compact_retry(mm, c))
		return again(c, REASON_COMPACTION_MAY_HELP);
	if (mm->st->cfg.defrag_mode && (c->l.alloc_flags & ALLOC_NOFRAGMENT)) {
		c->l.alloc_flags &= ~(uint32_t)ALLOC_NOFRAGMENT;
		if (c->l.order != c->ac->order)
			c->l.no_progress = c->l.compact_retries = 0;
		return again(c, REASON_NOFRAGMENT_DROPPED);
	}
	return check_retry_cpuset(mm, c) ? RUNG_RESTART : RUNG_OOM;
}

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
	next = again_in_vain(mm, c,
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

static enum mm_rung oom(struct mm *mm, struct climb *c)
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

static enum mm_rung nopage(struct mm *mm, struct climb *c)
{
	if (check_retry_cpuset(mm, c))
		return RUNG_RESTART;
	if (!has(c, GFP_BIT_NOFAIL) || !can_reclaim(c)) {
		warn_alloc(mm, c->ac);
		return RUNG_DONE;
	}
	if (try_zones(mm, c, ALLOC_MIN_RESERVE | ALLOC_CPUSET) ||
	    try_zones(mm, c, ALLOC_MIN_RESERVE))
		return RUNG_DONE;
	return again_in_vain(mm, c, REASON_LOOP_NOFAIL);
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
		[RUNG_RESTART] = restart, [RUNG_RETRY] = retry,
		[RUNG_RECLAIM] = reclaim, [RUNG_RECLAIMED] = reclaimed,
		[RUNG_COMPACT] = compact, [RUNG_COMPACTED] = compacted,
		[RUNG_DECIDE] = decide,	  [RUNG_OOM] = oom,
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
