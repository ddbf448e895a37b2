/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_vmscan.c - reclaim that tasks have in hand, and what nodes remember
 * of it; see check.h
 *
 * What is multiplied or added later stays far from the end of 64 bits.
 */
#include "core/check.h"
#include "core/task.h"
#include "core/vmscan.h"

#define MOST (INT64_C(1) << 48)

static bool in_range(int64_t v)
{
	return v >= 0 && v <= MOST;
}

static bool scan_fits(const struct mm *mm, const struct scan_control *sc)
{
	const unsigned int last = sc->flags & SCAN_KSWAPD ? 2 : 4;

	return sc->step <= last && sc->task < mm->st->nr_tasks &&
	       sc->order < MM_MAX_ORDERS && sc->reclaim_index < MAX_NR_ZONES &&
	       sc->priority >= -1 && sc->priority <= DEF_PRIORITY &&
	       !(sc->flags & ~(uint32_t)SCAN_ALL_FLAGS) &&
	       sc->group <= mm->st->nr_groups && sc->set <= mm->st->nr_groups &&
	       sc->throttle <= WAIT_OOM &&
	       sc->throttle_nid < mm->st->cfg.nr_nodes &&
	       sc->throttled_at <= mm->st->jiffies &&
	       in_range(sc->nr_to_reclaim) && in_range(sc->nr_scanned) &&
	       in_range(sc->nr_reclaimed) && in_range(sc->anon_cost) &&
	       in_range(sc->file_cost);
}

static bool run_fits(const struct mm *mm, const struct task *t)
{
	const struct kswapd_run *run = &t->kswapd;
	int64_t sum = 0;

	for (int z = 0; z < MAX_NR_ZONES; z++) {
		if (!in_range(run->boost[z]))
			return false;
		sum += run->boost[z];
	}
	return run->step <= 2 && run->alloc_order < MM_MAX_ORDERS &&
	       run->reclaim_order < MM_MAX_ORDERS &&
	       run->highest < MAX_NR_ZONES && in_range(run->total_boost) &&
	       run->total_boost <= sum && t->nid < mm->st->cfg.nr_nodes &&
	       /* in the middle of a run there is a record of it */
	       (run->step != 2 ||
		(t->sc.step != 0 && t->sc.flags & SCAN_KSWAPD));
}

static bool lruvec_fits(const struct node *n)
{
	for (int f = 0; f < ANON_AND_FILE; f++)
		if (!in_range(n->lru.cost[f]) || !in_range(n->lru.last_io[f]) ||
		    !in_range(n->lru.last_rotate[f]))
			return false;
	for (int i = 0; i < NR_NODE_STAT; i++)
		if (n->stat[i] < -MOST || n->stat[i] > MOST)
			return false;
	return in_range(n->stat[PGROTATE_ANON]) &&
	       in_range(n->stat[PGROTATE_FILE]) &&
	       n->kswapd_failures <= INT32_MAX && n->kswapd_asleep <= 1;
}

int check_vmscan(const struct mm *mm, struct mm_broken *b)
{
	for (uint32_t n = 0; n < mm->st->cfg.nr_nodes; n++)
		if (!lruvec_fits(&mm->st->node[n]))
			return broken_at(b, "RECLAIM_RUNS", "node %u", n);
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++) {
		const struct task *t = &mm->task[i];
		const bool kswapd = i >= kswapd_task(0) &&
				    i < kswapd_task(mm->st->cfg.nr_nodes);

		if (!scan_fits(mm, &t->sc) ||
		    kswapd != (t->kind == TASK_KSWAPD) ||
		    (kswapd && (t->nid != i - 1 || !run_fits(mm, t))))
			return broken_at(b, "RECLAIM_RUNS",
					 "task %u: step %u of its run", i,
					 t->sc.step);
	}
	return 0;
}
