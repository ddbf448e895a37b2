/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slowpath.c - what follows when the fast path found nothing
 *
 * The ladder: wake kswapd and go down to the min mark, reserves, reclaim,
 * compaction, retries, the OOM killer.  One function for each rung; what is
 * known so far is in the task's record, so that others can run in between.
 * The rung returned is the next.
 *
 * Models:   __alloc_pages_slowpath, should_reclaim_retry,
 *           should_compact_retry, __alloc_pages_may_oom in mm/page_alloc.c;
 *           P19 to P31
 * Left out: storage that is suspended, a task that dumps core.  Where the
 *           kernel would loop for ever the request ends with
 *           REASON_WOULD_LOOP
 */
#include "core/compaction.h"
#include "core/cpuset.h"
#include "core/highatomic.h"
#include "core/kswapd.h"
#include "core/oom.h"
#include "core/page_alloc.h"
#include "core/pcp.h"
#include "core/reclaim.h"
#include "core/task.h"
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
 * What a round must change to have been worth it: free pages, pages that
 * reclaim could take, processes and slabs.  Counters and time do not count.
 */
static uint64_t mix(uint64_t h, int64_t v)
{
	h = (h ^ (uint64_t)v) * UINT64_C(0xbf58476d1ce4e5b9);
	return h ^ h >> 31;
}

static uint64_t worth(const struct mm *mm)
{
	const struct state *st = mm->st;
	uint64_t h = mix(UINT64_C(0x9e3779b97f4a7c15), st->swap_free);

	for (uint32_t i = 0; i < st->nr_populated; i++) {
		const zone_t zid = st->populated[i];
		const struct zone *z = &mm->zone[zid];

		h = mix(h, zone_page_state_snapshot(mm, zid, NR_FREE_PAGES));
		h = mix(h, z->nr_reserved_highatomic);
		h = mix(h, z->boost);
		for (int l = 0; l < NR_LRU_LISTS; l++)
			h = mix(h, z->lru[l]);
		for (unsigned int cpu = 0; cpu < st->cfg.nr_cpus; cpu++)
			h = mix(h, pcp_of(mm, zid, cpu)->count);
	}
	for (uint32_t n = 0; n < st->cfg.nr_nodes; n++) {
		h = mix(h, st->node[n].stat[NR_WRITEBACK]);
		h = mix(h, st->node[n].stat[NR_DIRTY]);
	}
	for (uint32_t i = 1; i <= st->nr_processes; i++) {
		h = mix(h, (int64_t)(mm->process[i].rss_anon +
				     mm->process[i].rss_file));
		h = mix(h, mm->process[i].flags);
	}
	for (uint32_t i = 0; i < st->nr_slabs; i++)
		h = mix(h, st->slab[i].objects);
	return h;
}

/*
 * P31: back to the start, though nobody came to help.  The kernel would do
 * so for ever; a round that was worth nothing is the last.
 */
static enum mm_rung again_in_vain(struct mm *mm, struct climb *c,
				  enum mm_reason why)
{
	const uint64_t now = worth(mm);

	if (c->l.before == now) {
		c->l.why = REASON_WOULD_LOOP;
		return RUNG_DONE;
	}
	c->l.before = now;
	return again(c, why);
}

/* No nodemask from here on. */
static void any_node(struct climb *c)
{
	c->l.nodemask = c->ac->nodemask = ALL_NODES;
	c->ac->pref = next_zone(c->ac, 0);
}

/** P28, as far as a world that nobody changes meanwhile goes. */
static bool check_retry_cpuset(const struct mm *mm, struct climb *c)
{
	if (!cpusets_enabled(mm) || c->ac->nodemask == ALL_NODES ||
	    (c->ac->nodemask & cpuset_mems_allowed(mm, c->task)))
		return false;
	any_node(c);
	return true;
}

static enum mm_rung restart(struct mm *mm, struct climb *c)
{
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

/* P23 */
static enum mm_rung compact(struct mm *mm, struct climb *c)
{
	if (c->l.order) {
		c->l.cresult = try_to_compact_pages(
			mm, c->ac, c->l.order, c->l.alloc_flags,
			(enum compact_priority)c->l.cprio);
		if (c->l.cresult > COMPACT_DEFERRED &&
		    try_zones(mm, c, c->l.alloc_flags))
			return RUNG_DONE;
	}
	return RUNG_COMPACTED;
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

static bool should_compact_retry(struct mm *mm, struct climb *c)
{
	const enum compact_priority prio = c->l.cprio;
	const int retries = c->l.compact_retries;
	int max = MAX_COMPACT_RETRIES;
	bool yes = false;

	if (c->l.order == 0)
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

/* The retry for more reclaim comes after a short pause (P24.4). */
static enum mm_rung decide(struct mm *mm, struct climb *c)
{
	if (should_reclaim_retry(mm, c)) {
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
	    has(c, GFP_BIT_THISNODE) || c->ac->highest < ZONE_NORMAL)
		return REASON_OOM_NOT_FOR_THIS;
	return out_of_memory(mm, c->task, c->ac);
}

static enum mm_rung oom(struct mm *mm, struct climb *c)
{
	enum mm_reason verdict;

	c->l.progress = 0;
	if (try_zones(mm, c, WMARK_HIGH | ALLOC_CPUSET))
		return RUNG_DONE;
	verdict = oom_verdict(mm, c);
	TRACE(mm, out_of_memory, ARG(c->ac->order), ARG(c->ac->gfp),
	      ARG(verdict));
	if (verdict != REASON_OOM_NOT_FOR_THIS &&
	    (verdict != REASON_OOM_NOBODY || has(c, GFP_BIT_NOFAIL)))
		c->l.progress = 1;
	if (c->l.progress && has(c, GFP_BIT_NOFAIL) &&
	    (try_zones(mm, c, ALLOC_NO_WATERMARKS | ALLOC_CPUSET) ||
	     try_zones(mm, c, ALLOC_NO_WATERMARKS)))
		return RUNG_DONE;
	c->ac->caller = task_caller(mm, c->task); /* it may have been chosen */
	if ((c->ac->caller & MM_CALLER_OOM_VICTIM) &&
	    ((c->l.alloc_flags & ALLOC_OOM) || has(c, GFP_BIT_NOMEMALLOC)))
		return leave(c, REASON_OOM_VICTIM);
	if (c->l.progress == 0)
		return leave(c, verdict == REASON_OOM_NOBODY
					? verdict
					: REASON_NO_PROGRESS);
	c->l.no_progress = 0;
	if (verdict == REASON_OOM_KILLED)
		c->sleeps = task_sleep(mm, c->task, WAIT_OOM, 1);
	return again_in_vain(mm, c, REASON_OOM_PROGRESS);
}

static enum mm_rung nopage(struct mm *mm, struct climb *c)
{
	if (check_retry_cpuset(mm, c))
		return RUNG_RESTART;
	if (!has(c, GFP_BIT_NOFAIL) || !can_reclaim(c))
		return RUNG_DONE;
	if (try_zones(mm, c, ALLOC_MIN_RESERVE | ALLOC_CPUSET) ||
	    try_zones(mm, c, ALLOC_MIN_RESERVE))
		return RUNG_DONE;
	return again_in_vain(mm, c, REASON_OOM_PROGRESS);
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
	ac->pref = next_zone(ac, 0);
	c.l.rung = rungs[c.l.rung](mm, &c);
	store_bytes(mm, &t->ladder, &c.l, sizeof c.l);
	if (c.l.rung != RUNG_DONE)
		return c.sleeps ? QUANTUM_SLEEP : QUANTUM_AGAIN;
	if (c.l.pfn == NO_PFN)
		TRACE(mm, slowpath, ARG(c.l.alloc_flags), ARG(c.l.why));
	return QUANTUM_DONE;
}
