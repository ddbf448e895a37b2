/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * throttle.c - reclaimers that must wait
 *
 * A wait is noted in the run's scan_control; the quantum in hand goes on to
 * its end and answers QUANTUM_SLEEP, and the next one begins with the
 * tracepoint.  The wait at the entry is a quantum of its own.
 *
 * Models:   reclaim_throttle, consider_reclaim_throttle,
 *           throttle_direct_reclaim, allow_direct_reclaim in mm/vmscan.c;
 *           R42, R44, R47
 * Left out: a second wait in the same quantum.  Where the kernel would wait
 *           for free pages for ever, the request goes on after a while
 */
#include "core/kswapd.h"
#include "core/layout.h"
#include "core/pcp.h"
#include "core/reclaim.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/vmscan.h"
#include "core/watermark.h"
#include "core/zonelist.h"

/** Looks, a second apart, before a throttled request goes on all the same. */
#define MOST_LOOKS 16

static bool is_kernel_thread(const struct mm *mm, uint32_t task)
{
	const uint32_t kind = mm->task[task].kind;

	return kind != TASK_CALLER && kind != TASK_USER;
}

bool task_is_dying(const struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];
	const uint32_t flags = mm->process[t->process].flags;

	return t->process &&
	       (flags & (PROCESS_EXITING | PROCESS_OOM_VICTIM)) != 0;
}

/* ---- in the middle of a run ---- */

/* Nothing to wait for: hardly any of what is there is being written. */
static bool skip_throttle_noprogress(const struct mm *mm, unsigned int nid)
{
	int64_t reclaimable = 0, pending = 0;

	if (node_is_hopeless(mm, nid))
		return true;
	for (int z = 0; z < MAX_NR_ZONES; z++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)z);

		if (!mm->zone[zid].managed)
			continue;
		reclaimable += zone_reclaimable_pages(mm, zid);
		pending += mm->zone[zid].write_pending;
	}
	return 2 * pending <= reclaimable;
}

static uint64_t timeout_of(enum task_wait reason)
{
	switch (reason) {
	case WAIT_WRITEBACK:
		return MM_HZ / 10;
	case WAIT_ISOLATED:
		return MM_HZ / 50;
	default:
		return 1;
	}
}

void reclaim_throttle(struct mm *mm, unsigned int nid, struct scan_control *sc,
		      enum task_wait reason)
{
	if (!(sc->flags & SCAN_KSWAPD) && is_kernel_thread(mm, sc->task))
		return;
	if ((reason == WAIT_NOPROGRESS || reason == WAIT_CONGESTED) &&
	    skip_throttle_noprogress(mm, nid))
		return;
	/* one wait a quantum, and none where nobody could go on after it */
	if (sc->throttle || !sc->step)
		return;
	sc->throttle = reason;
	sc->throttle_nid = nid;
	sc->throttled_at = mm->st->jiffies;
	task_sleep(mm, sc->task, reason, timeout_of(reason));
}

#define USEC_PER_JIFFY (1000000 / MM_HZ)

void reclaim_throttled(struct mm *mm, struct scan_control *sc)
{
	const enum task_wait reason = (enum task_wait)sc->throttle;
	const uint64_t waited = mm->st->jiffies - sc->throttled_at;
	const uint64_t most = timeout_of(reason);

	if (!sc->throttle)
		return;
	TRACE(mm, mm_vmscan_throttled, ARG(sc->throttle_nid),
	      ARG(most * USEC_PER_JIFFY),
	      ARG((waited < most ? waited : most) * USEC_PER_JIFFY),
	      ARG(reason));
	sc->throttle = WAIT_NONE;
}

void wake_throttled(struct mm *mm, unsigned int nid, enum task_wait reason)
{
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++) {
		const struct task *t = &mm->task[i];

		if (t->state == TASK_WAITING && t->wait == reason &&
		    t->sc.throttle_nid == nid)
			task_wake(mm, i);
	}
}

void consider_reclaim_throttle(struct mm *mm, unsigned int nid,
			       struct scan_control *sc)
{
	if (sc->nr_reclaimed > sc->nr_scanned >> 3)
		wake_throttled(mm, nid, WAIT_NOPROGRESS);
	else if (!sc->group && sc->priority == 1 && sc->nr_reclaimed == 0)
		reclaim_throttle(mm, nid, sc, WAIT_NOPROGRESS);
}

/* ---- before a run ---- */

bool allow_direct_reclaim(struct mm *mm, unsigned int nid)
{
	int64_t reserve = 0, free = 0;

	if (node_is_hopeless(mm, nid))
		return true;
	for (unsigned int z = 0; z <= zone_normal(mm); z++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)z);

		if (!mm->zone[zid].managed)
			continue;
		/* only kswapd's own work could make more of it free */
		if (zone_reclaimable_pages(mm, zid) == 0 &&
		    zone_page_state_snapshot(mm, zid, NR_FREE_PAGES) > 0)
			continue;
		reserve += wmark_pages(mm, zid, WMARK_MIN);
		free += zone_page_state_snapshot(mm, zid, NR_FREE_PAGES);
	}
	if (reserve == 0 || free > reserve / 2)
		return true;
	wake_kswapd_for_reserve(mm, nid);
	return false;
}

bool throttle_direct_reclaim(struct mm *mm, const struct alloc_context *ac,
			     struct scan_control *sc)
{
	unsigned int i = ac->pref;

	if (is_kernel_thread(mm, sc->task) || task_is_dying(mm, sc->task))
		return false;
	while (i < ac->nr_zones && zone_idx(ac->zonelist[i]) > zone_normal(mm))
		i = next_zone(ac, i + 1);
	if (i >= ac->nr_zones || sc->retries > MOST_LOOKS ||
	    allow_direct_reclaim(mm, zone_nid(ac->zonelist[i])))
		return false;
	if (sc->retries++ == 0)
		count_vm_events(mm, VM_PGSCAN_DIRECT_THROTTLE, 1);
	else if (!(sc->gfp & GFP_BIT_FS))
		return false; /* it has waited its second */
	sc->throttle_nid = zone_nid(ac->zonelist[i]);
	return task_sleep(mm, sc->task, WAIT_PFMEMALLOC, MM_HZ);
}
