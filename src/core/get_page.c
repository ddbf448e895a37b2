/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * get_page.c - see get_page.h
 */
#include "core/get_page.h"

#include "core/buddy.h"
#include "core/classic.h"
#include "core/cpuset.h"
#include "core/dirty.h"
#include "core/fallback.h"
#include "core/highatomic.h"
#include "core/kswapd.h"
#include "core/node_reclaim.h"
#include "core/pcp.h"
#include "core/watermark.h"
#include "core/zonelist.h"

/* ---- taking from one zone ---- */

/**
 * rmqueue_buddy - one block straight from the free lists
 *
 * High-order atomic requests look at their reserve first; those that may not
 * block or are being killed look there last.
 *
 * Models: rmqueue_buddy(), mm/page_alloc.c; P13
 */
static pfn_t rmqueue_buddy(struct mm *mm, zone_t zid, unsigned int order,
			   enum migratetype mt, uint32_t alloc_flags)
{
	enum rmqueue_mode mode = RMQUEUE_NORMAL;
	pfn_t pfn = NO_PFN;

	/* 2.6.24 has no such reserve; its own is on those lists (classic.h) */
	if (mm->st->cfg.era == ERA_LINUX_2_6_24)
		return classic_rmqueue(mm, zid, order, mt);
	if (alloc_flags & ALLOC_HIGHATOMIC)
		pfn = rmqueue_smallest(mm, zid, order, MIGRATE_HIGHATOMIC);
	if (pfn == NO_PFN)
		pfn = rmqueue(mm, zid, order, mt, alloc_flags, &mode);
	if (pfn == NO_PFN && (alloc_flags & (ALLOC_OOM | ALLOC_NON_BLOCK)))
		pfn = rmqueue_smallest(mm, zid, order, MIGRATE_HIGHATOMIC);
	if (pfn == NO_PFN)
		return NO_PFN;
	if ((alloc_flags & ALLOC_HIGHATOMIC) &&
	    (alloc_flags & ALLOC_WMARK_MASK) == WMARK_MIN)
		reserve_highatomic_pageblock(mm, zid, pfn, order);
	return pfn;
}

static void count_numa(struct mm *mm, zone_t zid, enum numa_stat_item item,
		       uint64_t n)
{
	const struct zone *z = &mm->zone[zid];

	STORE(mm, z->numa[item], z->numa[item] + n);
}

/*
 * Models: zone_statistics(), mm/page_alloc.c; P14.  The usual outcome, a hit
 * on the local node, is what the counters of the others leave over.
 */
void zone_statistics(struct mm *mm, zone_t pref, zone_t zid, uint64_t n)
{
	if (likely(mm->st->cfg.nr_nodes == 1))
		return;
	if (zone_nid(zid) != zone_nid(pref)) {
		count_numa(mm, zid, NUMA_MISS, n);
		count_numa(mm, pref, NUMA_FOREIGN, n);
	}
	if (zone_nid(zid) != mm->st->cfg.cpu_node[mm->cpu])
		count_numa(mm, zid, NUMA_OTHER, n);
}

/**
 * take_from_zone - per-CPU list first, then the free lists
 *
 * Models: rmqueue(), mm/page_alloc.c; P10
 */
static always_inline pfn_t take_from_zone(struct mm *mm,
					  const struct alloc_context *ac,
					  zone_t zid, unsigned int order,
					  uint32_t alloc_flags)
{
	const struct zone *z = &mm->zone[zid];
	pfn_t pfn = NO_PFN;

	if (pcp_allowed_order(mm, order))
		pfn = rmqueue_pcplist(mm, zid, order, ac->mt, alloc_flags);
	if (pfn == NO_PFN)
		pfn = rmqueue_buddy(mm, zid, order, ac->mt, alloc_flags);
	if (pfn != NO_PFN) {
		count_served(mm, pcp_of(mm, zid, mm->cpu), order, 1);
		zone_statistics(mm, ac->zonelist[ac->pref], zid, 1);
	}
	if (unlikely(z->flags & ZONE_BOOSTED_WATERMARK) &&
	    (alloc_flags & ALLOC_KSWAPD)) {
		zone_clear_flag(mm, zid, ZONE_BOOSTED_WATERMARK);
		wakeup_kswapd(mm, zid, 0, 0, zone_idx(zid));
	}
	return pfn;
}

/* ---- zone selection ---- */

/* Is the zone above the marks this attempt asks for? P5.6 to P5.8 */
static always_inline bool zone_allows(struct mm *mm,
				      const struct alloc_context *ac,
				      zone_t zid, uint32_t alloc_flags)
{
	unsigned int w = first_mark(mm, zid, alloc_flags);

	if (likely(zone_above(mm, zid, ac, ac->order, w, alloc_flags)))
		return true;
	if (w & WMARK_HINT) {
		zone_set_flag(mm, zid, ZONE_BELOW_HIGH);
		w = first_mark(mm, zid, alloc_flags);
		if (zone_above(mm, zid, ac, ac->order, w, alloc_flags))
			return true;
	}
	if (likely(!mm->st->cfg.zone_reclaim_mode) ||
	    alloc_flags & ALLOC_NO_WATERMARKS)
		return alloc_flags & ALLOC_NO_WATERMARKS;
	return node_reclaim_helps(mm, ac, zid,
				  (enum zone_watermarks)(w & ALLOC_WMARK_MASK),
				  alloc_flags);
}

/** What one pass over the zones came to. */
struct pass {
	pfn_t pfn;
	bool skipped; /* a node was left out: its kswapd is working */
	bool remote;  /* a remote node was met before anything was mixed */
};

static always_inline struct pass one_pass(struct mm *mm,
					  const struct alloc_context *ac,
					  uint32_t alloc_flags,
					  bool skip_active)
{
	const bool numa = mm->st->cfg.nr_nodes > 1;
	const bool no_frag =
		(alloc_flags & ALLOC_NOFRAGMENT) && !mm->st->cfg.defrag_mode;
	struct pass pass = {.pfn = NO_PFN};

	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const zone_t zid = ac->zonelist[i];

		if (unlikely(!cpuset_zone_allowed(mm, ac, zid, alloc_flags))) {
			TRACE(mm, zone_skipped, ARG(zid), REASON_CPUSET);
			continue;
		}
		if (unlikely(ac->spread_dirty) &&
		    !node_dirty_ok(mm, zone_nid(zid), ac->task)) {
			TRACE(mm, zone_skipped, ARG(zid), REASON_DIRTY_LIMIT);
			continue;
		}
		if (no_frag && numa && i != ac->pref &&
		    zone_nid(zid) != zone_nid(ac->zonelist[ac->pref])) {
			pass.remote = true;
			break;
		}
		if (skip_active && !mm->st->node[zone_nid(zid)].kswapd_asleep) {
			TRACE(mm, zone_skipped, ARG(zid), REASON_KSWAPD_ACTIVE);
			pass.skipped = true;
			continue;
		}
		if (!zone_allows(mm, ac, zid, alloc_flags))
			continue;
		pass.pfn = take_from_zone(mm, ac, zid, ac->order, alloc_flags);
		if (pass.pfn != NO_PFN)
			break;
		TRACE(mm, zone_failed, ARG(zid), ARG(ac->order), ARG(ac->mt));
	}
	return pass;
}

/**
 * get_page_from_freelist - walk the zonelist until a zone gives a page
 *
 * Up to three passes: one that leaves out nodes whose kswapd works and does
 * not mix types, then giving up the one and the other.
 *
 * Models: get_page_from_freelist(), mm/page_alloc.c; P4 to P6
 */
pfn_t get_page_from_freelist(struct mm *mm, const struct alloc_context *ac,
			     uint32_t alloc_flags)
{
	bool skip_active = mm->st->cfg.nr_nodes > 1;
	bool skipped = false;
	enum mm_reason reason = REASON_FIRST_PASS;

	for (int n = 1;; n++) {
		struct pass pass;

		TRACE(mm, zonelist_pass, n, ARG(alloc_flags), ARG(reason));
		pass = one_pass(mm, ac, alloc_flags, skip_active);
		if (likely(pass.pfn != NO_PFN))
			return pass.pfn;
		skipped |= pass.skipped;
		if (pass.remote) {
			alloc_flags &= ~(uint32_t)ALLOC_NOFRAGMENT;
			reason = REASON_REMOTE_NODE;
		} else if (skip_active && skipped) {
			skip_active = false;
			reason = REASON_KSWAPD_NODES;
		} else if ((alloc_flags & ALLOC_NOFRAGMENT) &&
			   !mm->st->cfg.defrag_mode) {
			alloc_flags &= ~(uint32_t)ALLOC_NOFRAGMENT;
			reason = REASON_NOFRAGMENT_DROPPED;
		} else {
			return NO_PFN;
		}
	}
}
