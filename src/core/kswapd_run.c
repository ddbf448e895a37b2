/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kswapd_run.c - kswapd's main loop, a quantum at a time
 *
 * After a run it naps if the node seems ready for that, and sleeps if it
 * still is after the nap.  Otherwise the next run begins at once.
 *
 * Models:   kswapd, kswapd_try_to_sleep, prepare_kswapd_sleep in
 *           mm/vmscan.c; R31, R32
 */
#include "core/compaction.h"
#include "core/kcompactd.h"
#include "core/kswapd.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/vmscan.h"
#include "core/watermark.h"

enum kswapd_at {
	KSWAPD_SLEEPS, /* until somebody wakes it; so at boot */
	KSWAPD_NAPS,
	KSWAPD_BALANCES,
};

/* What is asked for; if nothing is, what was asked for last. */
static uint32_t highest_asked(const struct mm *mm, unsigned int nid,
			      uint32_t last)
{
	const uint32_t asked = mm->st->node[nid].kswapd_highest;

	return asked == KSWAPD_NONE ? last : asked;
}

static void set_asleep(struct mm *mm, unsigned int nid, uint32_t asleep)
{
	STORE(mm, mm->st->node[nid].kswapd_asleep, asleep);
}

static void set_at(struct mm *mm, uint32_t task, enum kswapd_at at)
{
	STORE(mm, mm->task[task].kswapd.step, (uint32_t)at);
}

/** Models: prepare_kswapd_sleep() */
static bool ready_to_sleep(struct mm *mm, unsigned int nid, unsigned int order,
			   unsigned int highest)
{
	const struct node *n = &mm->st->node[nid];

	wake_throttled(mm, nid, WAIT_PFMEMALLOC);
	if (node_is_hopeless(mm, nid))
		return true;
	if (!pgdat_balanced(mm, nid, order, highest))
		return false;
	STORE(mm, n->flags,
	      n->flags & ~(uint32_t)(NODE_CONGESTED | NODE_MANY_WRITEBACK));
	return true;
}

/* What has been asked for is done from now on. */
static enum mm_quantum go_on(struct mm *mm, uint32_t task)
{
	const struct kswapd_run *run = &mm->task[task].kswapd;
	const unsigned int nid = mm->task[task].nid;
	const struct node *n = &mm->st->node[nid];

	set_asleep(mm, nid, 0);
	STORE(mm, run->alloc_order, n->kswapd_order);
	STORE(mm, run->highest, highest_asked(mm, nid, run->highest));
	STORE(mm, n->kswapd_order, 0);
	STORE(mm, n->kswapd_highest, KSWAPD_NONE);
	TRACE(mm, mm_vmscan_kswapd_wake, ARG(nid), ARG(run->alloc_order));
	balance_begin(mm, task);
	set_at(mm, task, KSWAPD_BALANCES);
	return QUANTUM_AGAIN;
}

static enum mm_quantum try_to_sleep(struct mm *mm, uint32_t task)
{
	const struct kswapd_run *run = &mm->task[task].kswapd;
	const unsigned int nid = mm->task[task].nid;

	set_asleep(mm, nid, 1);
	if (!ready_to_sleep(mm, nid, run->reclaim_order, run->highest)) {
		count_vm_events(mm, VM_KSWAPD_HIGH_WMARK_HIT_QUICKLY, 1);
		return go_on(mm, task);
	}
	/* kcompactd is to look everywhere again */
	reset_isolation_suitable(mm, nid);
	wakeup_kcompactd(mm, nid, run->alloc_order, run->highest);
	task_sleep(mm, task, WAIT_NAP, MM_HZ / 10);
	set_at(mm, task, KSWAPD_NAPS);
	return QUANTUM_SLEEP;
}

/* The nap is over; somebody may have ended it. */
static enum mm_quantum after_nap(struct mm *mm, uint32_t task)
{
	const struct kswapd_run *run = &mm->task[task].kswapd;
	const unsigned int nid = mm->task[task].nid;
	const struct node *n = &mm->st->node[nid];

	if (!n->kswapd_asleep) {
		STORE(mm, n->kswapd_highest,
		      highest_asked(mm, nid, run->highest));
		if (n->kswapd_order < run->reclaim_order)
			STORE(mm, n->kswapd_order, run->reclaim_order);
		count_vm_events(mm, VM_KSWAPD_LOW_WMARK_HIT_QUICKLY, 1);
		return go_on(mm, task);
	}
	if (!ready_to_sleep(mm, nid, run->reclaim_order, run->highest)) {
		count_vm_events(mm, VM_KSWAPD_HIGH_WMARK_HIT_QUICKLY, 1);
		return go_on(mm, task);
	}
	TRACE(mm, mm_vmscan_kswapd_sleep, ARG(nid));
	set_pgdat_percpu_threshold(mm, nid, false);
	set_at(mm, task, KSWAPD_SLEEPS);
	return QUANTUM_DONE;
}

/* Finished below the order asked for, it leaves the rest to kcompactd. */
static enum mm_quantum after_run(struct mm *mm, uint32_t task)
{
	const struct kswapd_run *run = &mm->task[task].kswapd;
	const unsigned int nid = mm->task[task].nid;

	if (run->reclaim_order >= run->alloc_order) {
		const uint32_t order = mm->st->node[nid].kswapd_order;

		STORE(mm, run->alloc_order, order);
		STORE(mm, run->reclaim_order, order);
		STORE(mm, run->highest, highest_asked(mm, nid, run->highest));
	}
	return try_to_sleep(mm, task);
}

enum mm_quantum kswapd_step(struct mm *mm, uint32_t task)
{
	enum mm_quantum q;

	switch (mm->task[task].kswapd.step) {
	case KSWAPD_SLEEPS:
		set_pgdat_percpu_threshold(mm, mm->task[task].nid, true);
		return go_on(mm, task);
	case KSWAPD_NAPS:
		return after_nap(mm, task);
	default:
		q = balance_step(mm, task);
		return q == QUANTUM_DONE ? after_run(mm, task) : q;
	}
}
