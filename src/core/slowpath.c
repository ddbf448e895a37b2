/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slowpath.c - what follows when the fast path found nothing
 *
 * The ladder: wake kswapd and go down to the min mark, reserves, reclaim,
 * compaction, retries, the OOM killer.  One function for each rung, one
 * struct for what is known so far; the rung returned is the next.
 *
 * Models:   __alloc_pages_slowpath, should_reclaim_retry,
 *           should_compact_retry, __alloc_pages_may_oom in mm/page_alloc.c;
 *           P19 to P31
 * Left out: sleeping between rungs, cpusets, processes to kill; an endless
 *           loop ends with REASON_WOULD_LOOP
 */
#include "core/compaction.h"
#include "core/highatomic.h"
#include "core/kswapd.h"
#include "core/page_alloc.h"
#include "core/pcp.h"
#include "core/reclaim.h"
#include "core/watermark.h"
#include "core/zonelist.h"

#define MAX_COMPACT_RETRIES 16

enum rung { RESTART, RETRY, RECLAIM, COMPACT, DECIDE, OOM, NOPAGE, LEAVE };

struct ladder {
	const struct alloc_context *ac;
	uint32_t alloc_flags;
	enum compact_priority cprio;
	enum compact_result cresult;
	unsigned int order; /* to reclaim and compact for (rco) */
	int no_progress;    /* rounds without */
	int compact_retries;
	uint64_t before;  /* the world's hash a round ago: again_in_vain() */
	int64_t progress; /* of the last reclaim or OOM */
	bool compact_first, may_retry_reserves;
	enum mm_reason why; /* of the next round, or of leaving */
	pfn_t pfn;
};

static bool can_reclaim(const struct ladder *l)
{
	return l->ac->gfp & GFP_BIT_DIRECT_RECLAIM;
}

static bool can_compact(const struct ladder *l)
{
	return can_reclaim(l) && (l->ac->gfp & GFP_BIT_IO);
}

static bool costly(const struct ladder *l)
{
	return l->ac->order > PAGE_ALLOC_COSTLY_ORDER;
}

static bool has(const struct ladder *l, gfp_t bits)
{
	return (l->ac->gfp & bits) == bits;
}

/* One SELECT; true when it gave a page. */
static bool try_zones(struct mm *mm, struct ladder *l, uint32_t alloc_flags)
{
	l->pfn = get_page_from_freelist(mm, l->ac, alloc_flags);
	return l->pfn != NO_PFN;
}

static enum rung leave(struct ladder *l, enum mm_reason why)
{
	l->why = why;
	return NOPAGE;
}

static enum rung again(struct ladder *l, enum mm_reason why)
{
	l->why = why;
	return RETRY;
}

/*
 * P31: back to the start, though nobody came to help.  The kernel would do
 * so for ever; a round that leaves the whole world as it was is the last.
 */
static enum rung again_in_vain(struct mm *mm, struct ladder *l,
			       enum mm_reason why)
{
	const uint64_t now = mm_hash(mm);

	if (l->before == now) {
		l->why = REASON_WOULD_LOOP;
		return LEAVE;
	}
	l->before = now;
	return again(l, why);
}

static enum rung restart(struct mm *mm, struct ladder *l)
{
	l->no_progress = l->compact_retries = 0;
	l->cresult = COMPACT_SKIPPED;
	l->cprio = COMPACT_PRIO_SYNC_LIGHT;
	if (can_compact(l) &&
	    (costly(l) || (l->ac->order > 0 && l->ac->mt != MIGRATE_MOVABLE))) {
		l->compact_first = true;
		l->cprio = COMPACT_PRIO_ASYNC;
	}
	l->alloc_flags = alloc_flags_slowpath(mm, l->ac);
	if (l->ac->pref >= l->ac->nr_zones)
		return leave(l, REASON_NO_PROGRESS);
	return again(l, REASON_ENTERED);
}

static enum rung retry(struct mm *mm, struct ladder *l)
{
	uint32_t rights;

	TRACE(mm, slowpath, ARG(l->alloc_flags), ARG(l->why));
	if (l->alloc_flags & ALLOC_KSWAPD)
		wake_all_kswapds(mm, l->ac);
	if (try_zones(mm, l, l->alloc_flags))
		return LEAVE;
	rights = gfp_pfmemalloc_flags(l->ac);
	if (rights)
		l->alloc_flags =
			rights | (l->alloc_flags & (ALLOC_CMA | ALLOC_KSWAPD));
	if ((rights || !(l->alloc_flags & ALLOC_CPUSET)) &&
	    l->may_retry_reserves) {
		l->may_retry_reserves = false;
		return again(l, REASON_RETRY_RESERVES);
	}
	if (!can_reclaim(l)) {
		if (!mm->st->cfg.defrag_mode ||
		    !(l->alloc_flags & ALLOC_NOFRAGMENT) ||
		    !has(l, GFP_BIT_KSWAPD_RECLAIM))
			return leave(l, REASON_MAY_NOT_SLEEP);
		l->alloc_flags &= ~(uint32_t)ALLOC_NOFRAGMENT;
		return again(l, REASON_NOFRAGMENT_DROPPED);
	}
	if (l->ac->caller & MM_CALLER_MEMALLOC)
		return leave(l, REASON_CALLER_MEMALLOC);
	l->order = l->ac->order;
	if ((l->alloc_flags & ALLOC_NOFRAGMENT) &&
	    l->ac->mt != MIGRATE_MOVABLE && l->order < mm->pb_order)
		l->order = mm->pb_order;
	return l->compact_first ? COMPACT : RECLAIM;
}

/* P21: no attempt without progress. */
static enum rung reclaim(struct mm *mm, struct ladder *l)
{
	l->progress = try_to_free_pages(mm, l->ac, l->order);
	if (l->progress == 0)
		return COMPACT;
	if (try_zones(mm, l, l->alloc_flags))
		return LEAVE;
	unreserve_highatomic_pageblock(mm, l->ac, false);
	drain_all_pages(mm);
	return try_zones(mm, l, l->alloc_flags) ? LEAVE : COMPACT;
}

/* P23, and where P19 goes from there. */
static enum rung compact(struct mm *mm, struct ladder *l)
{
	if (l->order) {
		l->cresult = try_to_compact_pages(mm, l->ac, l->order,
						  l->alloc_flags, l->cprio);
		if (l->cresult > COMPACT_DEFERRED &&
		    try_zones(mm, l, l->alloc_flags))
			return LEAVE;
	}
	if (l->compact_first) {
		if (has(l, GFP_BIT_NORETRY | GFP_BIT_THISNODE))
			return leave(l, REASON_NORETRY);
		if (!has(l, GFP_BIT_NORETRY))
			l->cprio = COMPACT_PRIO_SYNC_LIGHT;
		l->compact_first = false;
		return again(l, REASON_COMPACTED_FIRST);
	}
	if (has(l, GFP_BIT_NORETRY))
		return leave(l, REASON_NORETRY);
	if (costly(l) && !(can_compact(l) && has(l, GFP_BIT_RETRY_MAYFAIL)))
		return leave(l, REASON_COSTLY);
	return DECIDE;
}

/* P24: could any zone pass if all that is reclaimable were free? */
static bool reclaim_may_help(struct mm *mm, struct ladder *l)
{
	const struct alloc_context *ac = l->ac;

	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const zone_t zid = ac->zonelist[i];
		const int64_t min = wmark_pages(mm, zid, WMARK_MIN);
		const int64_t reclaimable = zone_reclaimable_pages(mm, zid);
		const int64_t available =
			reclaimable +
			zone_page_state_snapshot(mm, zid, NR_FREE_PAGES);
		const bool ok = zone_watermark_ok_with(
			mm, zid, ac->order, min, ac->highest, l->alloc_flags,
			available);

		TRACE(mm, reclaim_retry_zone, ARG(zid), ARG(ac->order),
		      ARG(reclaimable), ARG(available), ARG(min),
		      l->no_progress, ok);
		if (ok)
			return true;
	}
	return false;
}

static bool should_reclaim_retry(struct mm *mm, struct ladder *l)
{
	if (l->progress > 0 && !costly(l) && l->order == l->ac->order)
		l->no_progress = 0;
	else
		l->no_progress++;
	if (l->no_progress <= MAX_RECLAIM_RETRIES && reclaim_may_help(mm, l))
		return true;
	/* before giving up, even the last reserved block goes */
	return unreserve_highatomic_pageblock(mm, l->ac, true);
}

/* P25.3: skipped for want of free pages; would reclaim make them? */
static bool compaction_zonelist_suitable(struct mm *mm, const struct ladder *l)
{
	const struct alloc_context *ac = l->ac;

	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const zone_t zid = ac->zonelist[i];
		const int64_t available =
			zone_reclaimable_pages(mm, zid) / ac->order +
			zone_page_state_snapshot(mm, zid, NR_FREE_PAGES);
		int64_t mark = wmark_pages(mm, zid, WMARK_MIN) +
			       compact_gap(ac->order);

		if (costly(l))
			mark += wmark_pages(mm, zid, WMARK_LOW) -
				wmark_pages(mm, zid, WMARK_MIN);
		if (zone_watermark_ok_with(mm, zid, 0, mark, ac->highest,
					   ALLOC_CMA, available))
			return true;
	}
	return false;
}

static bool stronger_priority(struct ladder *l)
{
	const enum compact_priority floor =
		costly(l) ? COMPACT_PRIO_SYNC_LIGHT : COMPACT_PRIO_SYNC_FULL;

	if (l->cprio <= floor)
		return false;
	l->cprio--;
	l->compact_retries = 0;
	return true;
}

static bool should_compact_retry(struct mm *mm, struct ladder *l)
{
	const enum compact_priority prio = l->cprio;
	const int retries = l->compact_retries;
	int max = MAX_COMPACT_RETRIES;
	bool yes = false;

	if (l->order == 0)
		return false;
	if (l->cresult == COMPACT_SKIPPED) {
		yes = l->order == l->ac->order &&
		      compaction_zonelist_suitable(mm, l);
	} else {
		if (l->cresult == COMPACT_SUCCESS) {
			if (costly(l))
				max /= 4;
			yes = ++l->compact_retries <= max;
		}
		if (!yes)
			yes = stronger_priority(l);
	}
	TRACE(mm, compact_retry, ARG(l->order), ARG(prio), ARG(l->cresult),
	      retries, max, yes);
	return yes;
}

static enum rung decide(struct mm *mm, struct ladder *l)
{
	if (should_reclaim_retry(mm, l))
		return again(l, REASON_RECLAIM_MAY_HELP);
	if (l->progress > 0 && can_compact(l) && should_compact_retry(mm, l))
		return again(l, REASON_COMPACTION_MAY_HELP);
	if (mm->st->cfg.defrag_mode && (l->alloc_flags & ALLOC_NOFRAGMENT)) {
		l->alloc_flags &= ~(uint32_t)ALLOC_NOFRAGMENT;
		if (l->order != l->ac->order)
			l->no_progress = l->compact_retries = 0;
		return again(l, REASON_NOFRAGMENT_DROPPED);
	}
	return OOM;
}

/* P27.3 and R50: what the OOM killer would say. */
static enum mm_reason out_of_memory(const struct ladder *l)
{
	if (costly(l) || has(l, GFP_BIT_RETRY_MAYFAIL) ||
	    has(l, GFP_BIT_THISNODE) || l->ac->highest < ZONE_NORMAL)
		return REASON_OOM_NOT_FOR_THIS;
	return has(l, GFP_BIT_FS) ? REASON_OOM_NOBODY : REASON_OOM_WITHOUT_FS;
}

static enum rung oom(struct mm *mm, struct ladder *l)
{
	enum mm_reason verdict;

	l->progress = 0;
	if (try_zones(mm, l, WMARK_HIGH | ALLOC_CPUSET))
		return LEAVE;
	verdict = out_of_memory(l);
	TRACE(mm, out_of_memory, ARG(l->ac->order), ARG(l->ac->gfp),
	      ARG(verdict));
	if (verdict != REASON_OOM_NOT_FOR_THIS &&
	    (verdict == REASON_OOM_WITHOUT_FS || has(l, GFP_BIT_NOFAIL)))
		l->progress = 1;
	if (l->progress && has(l, GFP_BIT_NOFAIL) &&
	    (try_zones(mm, l, ALLOC_NO_WATERMARKS | ALLOC_CPUSET) ||
	     try_zones(mm, l, ALLOC_NO_WATERMARKS)))
		return LEAVE;
	if ((l->ac->caller & MM_CALLER_OOM_VICTIM) &&
	    ((l->alloc_flags & ALLOC_OOM) || has(l, GFP_BIT_NOMEMALLOC)))
		return leave(l, REASON_OOM_VICTIM);
	if (l->progress == 0)
		return leave(l, verdict == REASON_OOM_NOBODY
					? verdict
					: REASON_NO_PROGRESS);
	l->no_progress = 0;
	return again_in_vain(mm, l, REASON_OOM_PROGRESS);
}

static enum rung nopage(struct mm *mm, struct ladder *l)
{
	if (!has(l, GFP_BIT_NOFAIL) || !can_reclaim(l))
		return LEAVE;
	if (try_zones(mm, l, ALLOC_MIN_RESERVE | ALLOC_CPUSET) ||
	    try_zones(mm, l, ALLOC_MIN_RESERVE))
		return LEAVE;
	return again_in_vain(mm, l, REASON_OOM_PROGRESS);
}

pfn_t alloc_pages_slowpath(struct mm *mm, const struct alloc_context *ac)
{
	static enum rung (*const rungs[])(struct mm *, struct ladder *) = {
		[RESTART] = restart, [RETRY] = retry,	[RECLAIM] = reclaim,
		[COMPACT] = compact, [DECIDE] = decide, [OOM] = oom,
		[NOPAGE] = nopage,
	};
	struct ladder l = {.ac = ac, .may_retry_reserves = true, .pfn = NO_PFN};
	enum rung rung = RESTART;

	while (rung != LEAVE)
		rung = rungs[rung](mm, &l);
	if (l.pfn == NO_PFN)
		TRACE(mm, slowpath, ARG(l.alloc_flags), ARG(l.why));
	return l.pfn;
}
