/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shrink_lruvec.c - the lists of a node, in turns of 32 pages
 *
 * Models:   shrink_lruvec in mm/vmscan.c; R18
 */
#include <string.h>

#include "core/vmscan.h"

static int64_t min64(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The family's share that is left, of its original plan. */
static void rescale(struct scan_plan *p, int lru, int64_t percent_left)
{
	const int64_t done = p->orig[lru] - p->rest[lru];

	p->rest[lru] = p->orig[lru] * percent_left / 100;
	p->rest[lru] -= min64(p->rest[lru], done);
}

/*
 * Enough is reclaimed.  The family with less to scan stops, the other goes
 * on only as far as keeps the shares; false: there is nothing to keep.
 */
static bool keep_shares(struct scan_plan *p)
{
	const int64_t *orig = p->orig, *rest = p->rest;
	const int64_t anon = rest[LRU_INACTIVE_ANON] + rest[LRU_ACTIVE_ANON];
	const int64_t file = rest[LRU_INACTIVE_FILE] + rest[LRU_ACTIVE_FILE];
	const int stop = file > anon ? LRU_INACTIVE_ANON : LRU_INACTIVE_FILE;
	const int go_on = LRU_INACTIVE_FILE - stop;
	int64_t percent;

	if (file == 0 || anon == 0)
		return false;
	percent = min64(anon, file) * 100 / (orig[stop] + orig[stop + 1] + 1);
	p->rest[stop] = p->rest[stop + 1] = 0;
	rescale(p, go_on, 100 - percent);
	rescale(p, go_on + 1, 100 - percent);
	return true;
}

int64_t run_scan_plan(struct scan_plan *plan, int64_t target, bool whole,
		      scan_fn scan, void *arg)
{
	int64_t *rest = plan->rest;
	int64_t reclaimed = 0;

	/* an active anon list alone is not worth a turn */
	while (rest[LRU_INACTIVE_ANON] || rest[LRU_INACTIVE_FILE] ||
	       rest[LRU_ACTIVE_FILE]) {
		for (int l = 0; l < LRU_UNEVICTABLE; l++) {
			const int64_t n = min64(rest[l], SWAP_CLUSTER_MAX);

			rest[l] -= n;
			if (n)
				reclaimed += scan(arg, (enum lru_list)l, n);
		}
		if (reclaimed >= target && !whole && !keep_shares(plan))
			break;
	}
	return reclaimed;
}

struct turn {
	struct mm *mm;
	unsigned int nid;
	struct scan_control *sc;
};

static int64_t take_turn(void *arg, enum lru_list lru, int64_t n)
{
	const struct turn *t = arg;

	return shrink_list(t->mm, t->nid, lru, n, t->sc);
}

void shrink_lruvec(struct mm *mm, unsigned int nid, struct scan_control *sc)
{
	const bool whole = !sc->group && !(sc->flags & SCAN_KSWAPD) &&
			   sc->priority == DEF_PRIORITY;
	struct turn turn = {mm, nid, sc};
	struct scan_plan plan;

	get_scan_count(mm, nid, sc, plan.orig);
	memcpy(plan.rest, plan.orig, sizeof plan.rest);
	sc->nr_reclaimed += run_scan_plan(&plan, sc->nr_to_reclaim, whole,
					  take_turn, &turn);
	/*
	 * even when no anon page was scanned, their ages must not stand still
	 */
	if (can_age_anon(mm, nid, sc) &&
	    inactive_is_low(mm, nid, sc->set, LRU_INACTIVE_ANON))
		shrink_active_list(mm, nid, LRU_ACTIVE_ANON, SWAP_CLUSTER_MAX,
				   sc);
}
