/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reclaim.c - direct reclaim; see reclaim.h
 */
#include "core/reclaim.h"

#include "core/compaction.h"
#include "core/cpuset.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/vmscan.h"
#include "core/watermark.h"
#include "core/zonelist.h"

enum reclaim_step {
	STEP_NONE,
	STEP_ENTRY, /* may it begin, or is memory too short even for that? */
	STEP_AGAIN, /* all priorities from the start */
	STEP_PASS,
	STEP_VERDICT, /* the last pass was throttled: now it is over */
	NR_STEPS
};

/* Anonymous pages count as far as there is a place for them. */
int64_t zone_reclaimable_pages(const struct mm *mm, zone_t zid)
{
	const struct scan_control any = {0};
	const int64_t *lru = mm->zone[zid].lru;
	int64_t pages = lru[LRU_INACTIVE_FILE] + lru[LRU_ACTIVE_FILE];

	if (can_reclaim_anon(mm, zone_nid(zid), &any))
		pages += lru[LRU_INACTIVE_ANON] + lru[LRU_ACTIVE_ANON];
	return pages;
}

/* Is there enough already, if only it lay together? R43 */
static bool compaction_ready(struct mm *mm, zone_t zid,
			     const struct scan_control *sc)
{
	if (!(sc->gfp & GFP_BIT_IO))
		return false;
	return zone_watermark_ok(mm, zid, sc->order,
				 wmark_pages(mm, zid, WMARK_MIN),
				 sc->reclaim_index, 0) ||
	       compaction_suitable(mm, zid, sc->order,
				   wmark_pages(mm, zid, WMARK_HIGH),
				   sc->reclaim_index);
}

/* One pass: each node once, in the order of the zonelist.  R42 */
static void shrink_zones(struct mm *mm, const struct alloc_context *ac,
			 struct scan_control *sc)
{
	int first = -1, last = -1;

	sc->nr_scanned = 0;
	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const zone_t zid = ac->zonelist[i];
		const unsigned int nid = zone_nid(zid);

		if (!sc->group && cpusets_enabled(mm) &&
		    !cpuset_node_allowed(mm, sc->task, nid,
					 GFP_KERNEL | GFP_BIT_HARDWALL))
			continue;
		if (sc->order > PAGE_ALLOC_COSTLY_ORDER &&
		    compaction_ready(mm, zid, sc)) {
			sc->flags |= SCAN_COMPACTION_READY;
			continue;
		}
		if ((int)nid == last)
			continue;
		last = (int)nid;
		if (first < 0)
			first = last;
		shrink_node(mm, nid, sc);
	}
	if (first >= 0)
		consider_reclaim_throttle(mm, (unsigned int)first, sc);
}

/* A group's run is no end of one for the node, whose counters these are. */
static void snapshot_list(struct mm *mm, const struct alloc_context *ac,
			  const struct scan_control *sc)
{
	int last = -1;

	if (sc->group)
		return;
	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		if ((int)zone_nid(ac->zonelist[i]) == last)
			continue;
		last = (int)zone_nid(ac->zonelist[i]);
		snapshot_refaults(mm, (unsigned int)last);
	}
}

/* A run is over: with what, or what was spared and is not any more? R41 */
static bool once_more(struct scan_control *sc)
{
	if (sc->nr_reclaimed)
		return false;
	if (sc->flags & SCAN_COMPACTION_READY) {
		sc->nr_reclaimed = 1;
		return false;
	}
	if (!(sc->flags & SCAN_FULL_WALK)) {
		sc->flags |= SCAN_FULL_WALK;
		return true;
	}
	if (sc->flags & SCAN_SKIPPED_DEACTIVATE) {
		sc->flags |= SCAN_FORCE_DEACTIVATE;
		sc->flags &= ~(uint32_t)SCAN_SKIPPED_DEACTIVATE;
		return true;
	}
	if (sc->flags & SCAN_LOW_SKIPPED) {
		sc->flags |= SCAN_LOW_RECLAIM;
		sc->flags &=
			~(uint32_t)(SCAN_FORCE_DEACTIVATE | SCAN_LOW_SKIPPED);
		return true;
	}
	return false;
}

static enum reclaim_step verdict(struct mm *mm, const struct alloc_context *ac,
				 struct scan_control *sc)
{
	snapshot_list(mm, ac, sc);
	if (once_more(sc))
		return STEP_AGAIN;
	if (sc->group)
		TRACE(mm, mm_vmscan_memcg_reclaim_end, ARG(sc->nr_reclaimed),
		      ARG(sc->group));
	else
		TRACE(mm, mm_vmscan_direct_reclaim_end, ARG(sc->nr_reclaimed));
	return STEP_NONE;
}

static enum reclaim_step pass(struct mm *mm, const struct alloc_context *ac,
			      struct scan_control *sc)
{
	bool over;

	shrink_zones(mm, ac, sc);
	over = sc->nr_reclaimed >= sc->nr_to_reclaim ||
	       sc->flags & SCAN_COMPACTION_READY || --sc->priority < 0;
	if (!over)
		return STEP_PASS;
	return sc->throttle ? STEP_VERDICT : verdict(mm, ac, sc);
}

static enum reclaim_step again(struct mm *mm, const struct alloc_context *ac,
			       struct scan_control *sc)
{
	if (!sc->group)
		count_vm_events(mm, VM_ALLOCSTALL_DMA + sc->reclaim_index, 1);
	sc->priority = DEF_PRIORITY;
	return pass(mm, ac, sc);
}

static enum reclaim_step group_entry(struct mm *mm,
				     const struct alloc_context *ac,
				     struct scan_control *sc)
{
	TRACE(mm, mm_vmscan_memcg_reclaim_begin, ARG(sc->order), ARG(sc->gfp),
	      ARG(sc->group));
	return again(mm, ac, sc);
}

/* R40; killed while it waited: something to go on with, and no run. */
static enum reclaim_step entry(struct mm *mm, const struct alloc_context *ac,
			       struct scan_control *sc)
{
	if (sc->group)
		return group_entry(mm, ac, sc);
	if (throttle_direct_reclaim(mm, ac, sc))
		return STEP_ENTRY;
	if (sc->retries && task_is_dying(mm, sc->task)) {
		sc->nr_reclaimed = 1;
		return STEP_NONE;
	}
	TRACE(mm, mm_vmscan_direct_reclaim_begin, ARG(sc->order), ARG(sc->gfp));
	return again(mm, ac, sc);
}

void reclaim_begin(struct mm *mm, uint32_t task, struct scan_control *sc)
{
	sc->step = STEP_ENTRY;
	store_bytes(mm, &mm->task[task].sc, sc, sizeof *sc);
	task_set_flags(mm, task, mm->task[task].flags | TASK_MEMALLOC);
}

void direct_reclaim_begin(struct mm *mm, uint32_t task,
			  const struct alloc_context *ac, unsigned int order)
{
	struct scan_control sc = {
		.task = task,
		.order = order,
		.gfp = ac->gfp,
		.reclaim_index = ac->highest,
		.priority = DEF_PRIORITY,
		.nr_to_reclaim = SWAP_CLUSTER_MAX,
		.flags = SCAN_MAY_WRITE | SCAN_MAY_UNMAP | SCAN_MAY_SWAP,
	};

	reclaim_begin(mm, task, &sc);
}

static enum reclaim_step take_step(struct mm *mm,
				   const struct alloc_context *ac,
				   struct scan_control *sc,
				   enum reclaim_step step)
{
	static enum reclaim_step (*const steps[NR_STEPS])(
		struct mm *, const struct alloc_context *,
		struct scan_control *) = {
		[STEP_ENTRY] = entry,
		[STEP_AGAIN] = again,
		[STEP_PASS] = pass,
		[STEP_VERDICT] = verdict,
	};

	return steps[step](mm, ac, sc);
}

/* With no step to go on from, it is not made to wait. */
int64_t reclaim_at_once(struct mm *mm, const struct alloc_context *ac,
			struct scan_control *sc)
{
	const uint32_t flags = mm->task[sc->task].flags;
	enum reclaim_step step = STEP_ENTRY;

	task_set_flags(mm, sc->task, flags | TASK_MEMALLOC);
	while (step != STEP_NONE)
		step = take_step(mm, ac, sc, step);
	task_set_flags(mm, sc->task, flags);
	return sc->nr_reclaimed;
}

enum mm_quantum direct_reclaim_step(struct mm *mm, uint32_t task,
				    const struct alloc_context *ac)
{
	const struct task *t = &mm->task[task];
	struct scan_control sc = t->sc;

	reclaim_throttled(mm, &sc);
	sc.step = take_step(mm, ac, &sc, (enum reclaim_step)sc.step);
	store_bytes(mm, &t->sc, &sc, sizeof sc);
	if (sc.step == STEP_NONE) {
		task_set_flags(mm, task, t->flags & ~(uint32_t)TASK_MEMALLOC);
		return QUANTUM_DONE;
	}
	return sc.throttle || sc.step == STEP_ENTRY ? QUANTUM_SLEEP
						    : QUANTUM_AGAIN;
}
