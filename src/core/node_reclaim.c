/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * node_reclaim.c - see node_reclaim.h
 */
#include "core/node_reclaim.h"

#include "core/trace.h"
#include "core/vmscan.h"
#include "core/watermark.h"

#define NODE_RECLAIM_PRIORITY 4
#define RECLAIM_DISTANCE 30
/** Bits of vm.zone_reclaim_mode. */
enum zone_reclaim_mode {
	RECLAIM_ZONE = 1,
	RECLAIM_WRITE = 2,
	RECLAIM_UNMAP = 4
};

static int64_t max64(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Page cache that could go: what is not mapped and not dirty, by the mode. */
static int64_t pagecache_reclaimable(const struct mm *mm, unsigned int nid)
{
	const struct node *n = &mm->st->node[nid];
	const uint32_t mode = mm->st->cfg.zone_reclaim_mode;
	int64_t pages = n->stat[NR_FILE_PAGES], kept = 0;

	if (!(mode & RECLAIM_UNMAP))
		pages = max64(n->stat[NR_ACTIVE_FILE] +
				      n->stat[NR_INACTIVE_FILE] -
				      n->stat[NR_MAPPED],
			      0);
	if (!(mode & RECLAIM_WRITE))
		kept = n->stat[NR_DIRTY];
	return max64(pages - kept, 0);
}

/* What node reclaim leaves alone: W19. */
static int64_t managed_share(const struct mm *mm, unsigned int nid,
			     int64_t percent)
{
	int64_t pages = 0;

	for (int z = 0; z < MAX_NR_ZONES; z++)
		pages += mm->zone[mm_zone_id(nid, (enum zone_type)z)].managed *
			 percent / 100;
	return pages;
}

static bool node_has_cpus(const struct mm *mm, unsigned int nid)
{
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		if (mm->st->cfg.cpu_node[cpu] == nid)
			return true;
	return false;
}

static bool may_reclaim(const struct mm *mm, const struct alloc_context *ac,
			unsigned int nid)
{
	const struct node *n = &mm->st->node[nid];

	if (pagecache_reclaimable(mm, nid) <=
		    managed_share(mm, nid, mm->st->cfg.min_unmapped_ratio) &&
	    n->stat[NR_SLAB_RECLAIMABLE] <=
		    managed_share(mm, nid, mm->st->cfg.min_slab_ratio))
		return false;
	if (!(ac->gfp & GFP_BIT_DIRECT_RECLAIM) ||
	    ac->caller & MM_CALLER_MEMALLOC)
		return false;
	return !node_has_cpus(mm, nid) || nid == mm->st->cfg.cpu_node[mm->cpu];
}

/* At most five passes, all in one quantum: nothing waits in between. */
static int64_t run(struct mm *mm, const struct alloc_context *ac,
		   unsigned int nid)
{
	const uint32_t mode = mm->st->cfg.zone_reclaim_mode;
	const int64_t wanted = order_pages(ac->order);
	struct scan_control sc = {
		.task = ac->task,
		.order = ac->order,
		.gfp = ac->gfp,
		.reclaim_index = ac->highest,
		.priority = NODE_RECLAIM_PRIORITY,
		.nr_to_reclaim = max64(wanted, SWAP_CLUSTER_MAX),
		.flags = SCAN_MAY_SWAP |
			 (mode & RECLAIM_WRITE ? SCAN_MAY_WRITE : 0) |
			 (mode & RECLAIM_UNMAP ? SCAN_MAY_UNMAP : 0),
	};

	TRACE(mm, mm_vmscan_node_reclaim_begin, ARG(nid), ARG(ac->order),
	      ARG(ac->gfp));
	do {
		shrink_node(mm, nid, &sc);
	} while (sc.nr_reclaimed < wanted && --sc.priority >= 0);
	TRACE(mm, mm_vmscan_node_reclaim_end, ARG(sc.nr_reclaimed));
	count_vm_events(mm,
			sc.nr_reclaimed >= wanted ? VM_ZONE_RECLAIM_SUCCESS
						  : VM_ZONE_RECLAIM_FAILED,
			1);
	return sc.nr_reclaimed;
}

bool node_reclaim_helps(struct mm *mm, const struct alloc_context *ac,
			zone_t zid, enum zone_watermarks w,
			uint32_t alloc_flags)
{
	const unsigned int nid = zone_nid(zid);
	const unsigned int pref = zone_nid(ac->zonelist[ac->pref]);

	if (mm->st->cfg.distance[pref][nid] > RECLAIM_DISTANCE ||
	    !may_reclaim(mm, ac, nid) || run(mm, ac, nid) == 0)
		return false;
	return zone_watermark_ok(mm, zid, ac->order, wmark_pages(mm, zid, w),
				 ac->highest, alloc_flags);
}
