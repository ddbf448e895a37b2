/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slowpath_retry.c - is another round of reclaim or compaction worth it?
 *
 * Models: should_reclaim_retry, should_compact_retry,
 *         compaction_zonelist_suitable in mm/page_alloc.c and
 *         mm/compaction.c; P24, P25
 */
#include "core/climb.h"
#include "core/compaction.h"
#include "core/cpuset.h"
#include "core/endless.h"
#include "core/highatomic.h"
#include "core/kswapd.h"
#include "core/oom.h"
#include "core/reclaim.h"
#include "core/task.h"
#include "core/vmscan.h"
#include "core/watermark.h"
#include "core/zonelist.h"

#define MAX_COMPACT_RETRIES 16

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
enum mm_rung rung_decide(struct mm *mm, struct climb *c)
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
	return climb_cpuset_changed(mm, c) ? RUNG_RESTART : RUNG_OOM;
}
