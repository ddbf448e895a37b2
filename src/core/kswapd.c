/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kswapd.c - when kswapd is woken, and when its node is balanced
 */
#include "core/kswapd.h"

#include "core/cpuset.h"
#include "core/kcompactd.h"
#include "core/layout.h"
#include "core/task.h"
#include "core/watermark.h"
#include "core/zonelist.h"

/* What the balance is judged by: R30, W28. */
static int64_t balance_pages(const struct mm *mm, zone_t zid,
			     unsigned int order)
{
	const struct zone *z = &mm->zone[zid];
	const enum zone_stat_item item = order && mm->st->cfg.defrag_mode
						 ? NR_FREE_PAGES_BLOCKS
						 : NR_FREE_PAGES;
	const int64_t pages = zone_page_state(mm, zid, item);

	/* near the marks the differences of all CPUs matter */
	return pages < (int64_t)z->percpu_drift_mark
		       ? zone_page_state_snapshot(mm, zid, item)
		       : pages;
}

/* What is promoted to a node needs room above its high mark. W41 */
static enum zone_watermarks balance_mark(const struct mm *mm)
{
	return mm->st->cfg.numa_balancing & 2 ? WMARK_PROMO : WMARK_HIGH;
}

/* One balanced zone is enough. */
bool pgdat_balanced(const struct mm *mm, unsigned int nid, unsigned int order,
		    unsigned int highest)
{
	const enum zone_watermarks mark = balance_mark(mm);
	bool managed = false;

	for (unsigned int z = 0; z <= highest; z++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)z);

		if (!mm->zone[zid].managed)
			continue;
		managed = true;
		if (zone_watermark_ok_with(mm, zid, order,
					   wmark_pages(mm, zid, mark), highest,
					   0, balance_pages(mm, zid, order)))
			return true;
	}
	return !managed;
}

static bool pgdat_watermark_boosted(const struct mm *mm, unsigned int nid,
				    unsigned int highest)
{
	for (unsigned int z = 0; z <= highest; z++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)z);

		if (mm->zone[zid].managed && mm->zone[zid].boost)
			return true;
	}
	return false;
}

/* It is awake from now on; it runs when it is its turn. */
static void wake(struct mm *mm, unsigned int nid)
{
	STORE(mm, mm->st->node[nid].kswapd_asleep, 0);
	task_wake(mm, kswapd_task(nid));
}

void wakeup_kswapd(struct mm *mm, zone_t zid, gfp_t gfp, unsigned int order,
		   unsigned int highest)
{
	const unsigned int nid = zone_nid(zid);
	const struct node *n = &mm->st->node[nid];
	enum mm_reason why = REASON_NONE;

	if (!mm->zone[zid].managed)
		return;
	if (n->kswapd_highest == KSWAPD_NONE || n->kswapd_highest < highest)
		STORE(mm, n->kswapd_highest, highest);
	if (n->kswapd_order < order)
		STORE(mm, n->kswapd_order, order);
	if (!n->kswapd_asleep)
		return;
	if (node_is_hopeless(mm, nid))
		why = REASON_NODE_HOPELESS;
	else if (pgdat_balanced(mm, nid, order, highest) &&
		 !pgdat_watermark_boosted(mm, nid, highest))
		why = REASON_NODE_BALANCED;
	if (why != REASON_NONE) {
		TRACE(mm, kswapd_let_sleep, ARG(nid), ARG(order), ARG(zid),
		      ARG(why));
		/* who cannot compact by itself has it done */
		if (!(gfp & GFP_BIT_DIRECT_RECLAIM))
			wakeup_kcompactd(mm, nid, order, highest);
		return;
	}
	wake(mm, nid);
	TRACE(mm, mm_vmscan_wakeup_kswapd, ARG(nid), ARG(order), ARG(gfp),
	      ARG(zid), true, ARG(highest));
}

void wake_kswapd_for_reserve(struct mm *mm, unsigned int nid)
{
	const struct node *n = &mm->st->node[nid];

	if (!n->kswapd_asleep)
		return;
	if (n->kswapd_highest > zone_normal(mm))
		STORE(mm, n->kswapd_highest, zone_normal(mm));
	wake(mm, nid);
}

static void clear_hopeless(struct mm *mm, unsigned int nid,
			   enum hopeless_reason reason)
{
	const struct node *n = &mm->st->node[nid];

	if (!n->kswapd_failures)
		return;
	STORE(mm, n->kswapd_failures, 0);
	TRACE(mm, mm_vmscan_kswapd_clear_hopeless, ARG(nid), ARG(reason));
}

void kswapd_try_clear_hopeless(struct mm *mm, unsigned int nid)
{
	if (!node_is_hopeless(mm, nid))
		return;
	for (unsigned int other = nid + 1; other < mm->st->cfg.nr_nodes;
	     other++)
		if (mm->st->node[other].present) {
			clear_hopeless(mm, nid, KSWAPD_CLEAR_HOPELESS_PCP);
			return;
		}
}

void kswapd_progress(struct mm *mm, unsigned int nid, unsigned int order,
		     unsigned int highest, bool by_kswapd)
{
	if (pgdat_balanced(mm, nid, order, highest))
		clear_hopeless(mm, nid,
			       by_kswapd ? KSWAPD_CLEAR_HOPELESS_KSWAPD
					 : KSWAPD_CLEAR_HOPELESS_DIRECT);
}

void wake_all_kswapds(struct mm *mm, const struct alloc_context *ac)
{
	unsigned int order = ac->order;
	int last = -1;

	if (mm->st->cfg.defrag_mode && order < mm->pb_order)
		order = mm->pb_order;
	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const zone_t zid = ac->zonelist[i];

		if (!mm->zone[zid].managed || (int)zone_nid(zid) == last)
			continue;
		last = (int)zone_nid(zid);
		if (cpusets_enabled(mm) &&
		    !cpuset_node_allowed(mm, ac->task, zone_nid(zid), ac->gfp))
			continue; /* P17.1 */
		wakeup_kswapd(mm, zid, ac->gfp, order, ac->highest);
	}
}
