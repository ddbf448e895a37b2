/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kswapd.c - see kswapd.h; rules P16, P17, R30
 */
#include "core/kswapd.h"

#include "core/cpuset.h"
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

/* One balanced zone is enough. */
static bool pgdat_balanced(const struct mm *mm, unsigned int nid,
			   unsigned int order, unsigned int highest)
{
	bool managed = false;

	for (unsigned int z = 0; z <= highest; z++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)z);

		if (!mm->zone[zid].managed)
			continue;
		managed = true;
		if (zone_watermark_ok_with(
			    mm, zid, order, wmark_pages(mm, zid, WMARK_HIGH),
			    highest, 0, balance_pages(mm, zid, order)))
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

void wakeup_kswapd(struct mm *mm, zone_t zid, gfp_t gfp, unsigned int order,
		   unsigned int highest)
{
	const unsigned int nid = zone_nid(zid);
	const struct node *n = &mm->st->node[nid];
	bool wake;

	if (!mm->zone[zid].managed)
		return;
	if (n->kswapd_highest == KSWAPD_NONE || n->kswapd_highest < highest)
		STORE(mm, n->kswapd_highest, highest);
	if (n->kswapd_order < order)
		STORE(mm, n->kswapd_order, order);
	if (!n->kswapd_asleep)
		return;
	wake = n->kswapd_failures < MAX_RECLAIM_RETRIES &&
	       (!pgdat_balanced(mm, nid, order, highest) ||
		pgdat_watermark_boosted(mm, nid, highest));
	if (!wake) {
		TRACE(mm, kswapd_let_sleep, ARG(nid), ARG(order), ARG(zid));
		return;
	}
	STORE(mm, n->kswapd_asleep, 0);
	TRACE(mm, mm_vmscan_wakeup_kswapd, ARG(nid), ARG(order), ARG(gfp),
	      ARG(zid), wake, ARG(highest));
}

void kswapd_try_clear_hopeless(struct mm *mm, unsigned int nid)
{
	const struct node *n = &mm->st->node[nid];

	if (n->kswapd_failures < MAX_RECLAIM_RETRIES)
		return;
	for (unsigned int other = nid + 1; other < mm->st->cfg.nr_nodes;
	     other++)
		if (mm->st->node[other].present) {
			STORE(mm, n->kswapd_failures, 0);
			return;
		}
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

enum mm_quantum kswapd_step(struct mm *mm, uint32_t task)
{
	(void)mm;
	(void)task;
	return QUANTUM_DONE;
}
