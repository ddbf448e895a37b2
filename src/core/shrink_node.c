/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shrink_node.c - one pass over a node, and whether another one follows
 *
 * Models:   shrink_node, shrink_node_memcgs, should_continue_reclaim in
 *           mm/vmscan.c; R25, R26
 * Left out: slab objects of a group: all are the root's; a group of its own
 *           that is marked congested: only nodes are
 */
#include "core/compaction.h"
#include "core/kswapd.h"
#include "core/slab.h"
#include "core/vmscan.h"
#include "core/watermark.h"

static void set_node_flag(struct mm *mm, unsigned int nid, uint32_t flag)
{
	const struct node *n = &mm->st->node[nid];

	STORE(mm, n->flags, n->flags | flag);
}

/* R26: would the pages still to be had be enough to compact for the order? */
static bool should_continue_reclaim(struct mm *mm, unsigned int nid,
				    int64_t reclaimed,
				    const struct scan_control *sc)
{
	const struct node *n = &mm->st->node[nid];
	int64_t inactive = n->stat[NR_INACTIVE_FILE];

	if (!(sc->gfp & GFP_BIT_IO) || sc->order == 0 ||
	    (sc->order <= PAGE_ALLOC_COSTLY_ORDER &&
	     sc->priority >= DEF_PRIORITY - 2) ||
	    reclaimed == 0)
		return false;
	for (unsigned int z = 0; z <= sc->reclaim_index; z++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)z);
		const int64_t min = wmark_pages(mm, zid, WMARK_MIN);

		if (!mm->zone[zid].managed)
			continue;
		if (zone_watermark_ok(mm, zid, sc->order, min,
				      sc->reclaim_index, 0) ||
		    compaction_suitable(mm, zid, sc->order, min,
					sc->reclaim_index))
			return false;
	}
	if (can_reclaim_anon(mm, nid, sc))
		inactive += n->stat[NR_INACTIVE_ANON];
	return inactive > compact_gap(sc->order);
}

/* What the writes under way say of the node. R25.4 to R25.6 */
static void judge_writes(struct mm *mm, unsigned int nid,
			 struct scan_control *sc)
{
	if (sc->flags & SCAN_KSWAPD) {
		if (sc->writeback && sc->writeback == sc->taken)
			set_node_flag(mm, nid, NODE_MANY_WRITEBACK);
		if (sc->immediate)
			reclaim_throttle(mm, nid, sc, WAIT_WRITEBACK);
		if (sc->dirty && sc->dirty == sc->congested)
			set_node_flag(mm, nid, NODE_CONGESTED);
	} else if (mm->st->node[nid].flags & NODE_CONGESTED) {
		reclaim_throttle(mm, nid, sc, WAIT_CONGESTED);
	}
}

/*
 * The root's own pages, then those of each group.  A direct reclaimer stops
 * when it has enough, unless all are to have their turn.  R25.2
 */
static int64_t shrink_node_memcgs(struct mm *mm, unsigned int nid,
				  struct scan_control *sc)
{
	const bool partial = !(sc->flags & (SCAN_KSWAPD | SCAN_FULL_WALK));
	int64_t slab = 0;

	sc->set = sc->group;
	do {
		if (set_is_spared(mm, sc))
			continue;
		shrink_lruvec(mm, nid, sc);
		if (!sc->set)
			slab = shrink_slab(mm, nid, sc->gfp, sc->priority);
		if (partial && sc->nr_reclaimed >= sc->nr_to_reclaim)
			break;
	} while (next_set(mm, sc));
	sc->set = sc->group;
	return slab;
}

static void one_pass(struct mm *mm, unsigned int nid, struct scan_control *sc)
{

	sc->dirty = sc->unqueued_dirty = sc->congested = 0;
	sc->writeback = sc->immediate = sc->taken = sc->file_taken = 0;
	prepare_scan_control(mm, nid, sc);
	sc->nr_reclaimed += shrink_node_memcgs(mm, nid, sc);
	judge_writes(mm, nid, sc);
}

/* As with MGLRU: what may not write or unmap does not even look. R70 (c) */
static bool pass_is_empty(const struct mm *mm, const struct scan_control *sc)
{
	const uint32_t both = SCAN_MAY_WRITE | SCAN_MAY_UNMAP;

	return mm->st->cfg.lru_gen && (sc->flags & both) != both;
}

void shrink_node(struct mm *mm, unsigned int nid, struct scan_control *sc)
{
	bool any = false;
	int64_t before;

	if (pass_is_empty(mm, sc))
		return;
	do {
		before = sc->nr_reclaimed;
		one_pass(mm, nid, sc);
		any |= sc->nr_reclaimed > before;
	} while (should_continue_reclaim(mm, nid, sc->nr_reclaimed - before,
					 sc));
	if (any)
		kswapd_progress(mm, nid, sc->order, sc->reclaim_index,
				sc->flags & SCAN_KSWAPD);
	else if (sc->flags & SCAN_CACHE_TRIM)
		sc->flags |= SCAN_CACHE_TRIM_FAILED;
}
