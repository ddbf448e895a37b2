/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * balance.c - one balancing run of kswapd
 *
 * From priority 12 down to 1 until one zone is balanced.  When only a boost
 * asks for pages, nothing is written or swapped and the effort stays low.
 *
 * Models:   balance_pgdat, kswapd_shrink_node, kswapd_age_node in
 *           mm/vmscan.c; R33, R34
 * Left out: a group whose soft limit is exceeded (there are none in cgroup
 *           v2); MGLRU's own ageing
 */
#include "core/compaction.h"
#include "core/kcompactd.h"
#include "core/kswapd.h"
#include "core/trace.h"
#include "core/vmscan.h"
#include "core/watermark.h"

enum balance_step {
	BALANCE_NONE,
	BALANCE_PASS,
	BALANCE_OVER, /* the last pass was throttled: now it is over */
};

/** A quantum's view: what the task's record has, put back at the end. */
struct balance {
	struct mm *mm;
	unsigned int nid;
	struct scan_control sc;
	struct kswapd_run run;
};

static int64_t max64(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t min64(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The next managed zone of the node from @z on; MAX_NR_ZONES: none. */
static unsigned int next_managed(const struct balance *b, unsigned int z)
{
	while (z <= b->run.highest &&
	       !b->mm->zone[mm_zone_id(b->nid, (enum zone_type)z)].managed)
		z++;
	return z <= b->run.highest ? z : MAX_NR_ZONES;
}

#define for_each_managed(b, z)                                                 \
	for (unsigned int z = next_managed(b, 0); z < MAX_NR_ZONES;            \
	     z = next_managed(b, z + 1))

static zone_t zone_of(const struct balance *b, unsigned int z)
{
	return mm_zone_id(b->nid, (enum zone_type)z);
}

static void restart(struct balance *b)
{
	for_each_managed(b, z)
		zone_set_flag(b->mm, zone_of(b, z), ZONE_RECLAIM_ACTIVE);
	b->sc.priority = DEF_PRIORITY;
}

static void put(struct balance *b, uint32_t task)
{
	const struct task *t = &b->mm->task[task];

	store_bytes(b->mm, &t->sc, &b->sc, sizeof b->sc);
	store_bytes(b->mm, &t->kswapd, &b->run, sizeof b->run);
}

void balance_begin(struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];
	struct balance b = {
		.mm = mm,
		.nid = t->nid,
		.run = t->kswapd,
		.sc = {.step = BALANCE_PASS,
		       .task = task,
		       .order = t->kswapd.alloc_order,
		       .gfp = GFP_KERNEL,
		       .reclaim_index = t->kswapd.highest,
		       .flags = SCAN_KSWAPD | SCAN_MAY_UNMAP},
	};

	TRACE(mm, mm_vmscan_balance_pgdat_begin, ARG(b.nid), ARG(b.sc.order),
	      ARG(b.run.highest));
	count_vm_events(mm, VM_PAGEOUTRUN, 1);
	b.run.total_boost = 0;
	for (unsigned int z = 0; z < MAX_NR_ZONES; z++)
		b.run.boost[z] = 0;
	for_each_managed(&b, z)
	{
		b.run.boost[z] = mm->zone[zone_of(&b, z)].boost;
		b.run.total_boost += b.run.boost[z];
	}
	b.run.boosted = b.run.total_boost != 0;
	restart(&b);
	put(&b, task);
}

/* ---- a pass ---- */

/** Models: kswapd_age_node() */
static void age_node(struct balance *b)
{
	if (!can_age_anon(b->mm, b->nid, &b->sc) ||
	    !inactive_is_low(b->mm, b->nid, 0, LRU_INACTIVE_ANON))
		return;
	do {
		shrink_active_list(b->mm, b->nid, LRU_ACTIVE_ANON,
				   SWAP_CLUSTER_MAX, &b->sc);
	} while (next_set(b->mm, &b->sc));
}

/** Models: kswapd_shrink_node(); true if as much was scanned as wanted. */
static bool shrink(struct balance *b)
{
	struct scan_control *sc = &b->sc;
	const int64_t before = sc->nr_reclaimed;

	sc->nr_to_reclaim = 0;
	for_each_managed(b, z) sc->nr_to_reclaim +=
		max64(wmark_pages(b->mm, zone_of(b, z), WMARK_HIGH),
		      SWAP_CLUSTER_MAX);
	shrink_node(b->mm, b->nid, sc);
	/* with so much got back, what is left to do is compaction */
	if (sc->order && sc->nr_reclaimed >= compact_gap(sc->order))
		sc->order = 0;
	return max64(sc->nr_scanned, sc->nr_reclaimed - before) >=
	       sc->nr_to_reclaim;
}

/* One priority; true when there is another one to come. */
static bool pass(struct balance *b)
{
	const int64_t before = b->sc.nr_reclaimed;
	const uint32_t write_and_swap = SCAN_MAY_WRITE | SCAN_MAY_SWAP;
	bool raise =
		!(b->run.total_boost && b->sc.priority == DEF_PRIORITY - 2);
	int64_t delta;

	b->sc.flags &= ~write_and_swap;
	if (!b->run.total_boost)
		b->sc.flags |= write_and_swap;
	age_node(b);
	b->sc.nr_scanned = 0;
	if (shrink(b))
		raise = false;
	if (allow_direct_reclaim(b->mm, b->nid))
		wake_throttled(b->mm, b->nid, WAIT_PFMEMALLOC);
	delta = b->sc.nr_reclaimed - before;
	b->run.total_boost -= min64(b->run.total_boost, delta);
	if (b->run.total_boost && delta == 0)
		return false;
	if (raise || delta == 0)
		b->sc.priority--;
	return b->sc.priority >= 1;
}

/* ---- the end of a run ---- */

/* True: once more, with file pages spared less. */
static bool in_vain(struct balance *b)
{
	struct scan_control *sc = &b->sc;
	const struct node *n = &b->mm->st->node[b->nid];

	if (sc->nr_reclaimed)
		return false;
	if (sc->priority < 1 && !(sc->flags & SCAN_NO_CACHE_TRIM) &&
	    sc->flags & SCAN_CACHE_TRIM_FAILED) {
		sc->flags |= SCAN_NO_CACHE_TRIM;
		restart(b);
		return true;
	}
	if (!b->run.boosted) {
		STORE(b->mm, n->kswapd_failures, n->kswapd_failures + 1);
		TRACE(b->mm, mm_vmscan_kswapd_reclaim_fail, ARG(b->nid),
		      ARG(n->kswapd_failures));
	}
	return false;
}

static void end_boost(struct balance *b)
{
	for (unsigned int z = 0; z <= b->run.highest; z++) {
		const struct zone *zone = &b->mm->zone[zone_of(b, z)];

		/* what was added meanwhile stays */
		if (b->run.boost[z])
			STORE(b->mm, zone->boost,
			      zone->boost -
				      min64(zone->boost, b->run.boost[z]));
	}
	wakeup_kcompactd(b->mm, b->nid, b->mm->pb_order, b->run.highest);
}

static enum mm_quantum out(struct balance *b)
{
	for_each_managed(b, z)
		zone_clear_flag(b->mm, zone_of(b, z), ZONE_RECLAIM_ACTIVE);
	if (b->run.boosted)
		end_boost(b);
	snapshot_refaults(b->mm, b->nid);
	TRACE(b->mm, mm_vmscan_balance_pgdat_end, ARG(b->nid), ARG(b->sc.order),
	      ARG(b->run.highest), ARG(b->sc.nr_reclaimed));
	b->run.reclaim_order = b->sc.order;
	b->sc.step = BALANCE_NONE;
	return QUANTUM_DONE;
}

static enum mm_quantum over(struct balance *b)
{
	b->sc.step = BALANCE_PASS;
	return in_vain(b) ? QUANTUM_AGAIN : out(b);
}

static enum mm_quantum step(struct balance *b)
{
	const bool balanced =
		pgdat_balanced(b->mm, b->nid, b->sc.order, b->run.highest);

	if (b->sc.step == BALANCE_OVER)
		return over(b);
	if (!balanced && b->run.total_boost) {
		/* first the marks as they are: the boost can wait */
		b->run.total_boost = 0;
		restart(b);
	}
	if (balanced && !b->run.total_boost)
		return out(b);
	if (pass(b))
		return b->sc.throttle ? QUANTUM_SLEEP : QUANTUM_AGAIN;
	if (!b->sc.throttle)
		return over(b);
	b->sc.step = BALANCE_OVER;
	return QUANTUM_SLEEP;
}

enum mm_quantum balance_step(struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];
	struct balance b = {
		.mm = mm,
		.nid = t->nid,
		.sc = t->sc,
		.run = t->kswapd,
	};
	enum mm_quantum q;

	reclaim_throttled(mm, &b.sc);
	q = step(&b);
	put(&b, task);
	return q;
}
