/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * endless.c - see endless.h
 */
#include "core/endless.h"

#include "core/freelist.h"
#include "core/pcp.h"

/* The reaper's longest: ten tries, a tenth of a second each, and one more. */
#define REAPING (MM_HZ + MM_HZ / 10)
#define REAPER_DELAY (2 * MM_HZ)

/*
 * What a round must change to have been worth it: free pages, pages that
 * reclaim could take, processes, slabs, groups.  Counters and time do not
 * count.
 */
static uint64_t mix(uint64_t h, int64_t v)
{
	h = (h ^ (uint64_t)v) * UINT64_C(0xbf58476d1ce4e5b9);
	return h ^ h >> 31;
}

static uint64_t mix_zone(const struct mm *mm, zone_t zid, uint64_t h)
{
	const struct zone *z = &mm->zone[zid];

	h = mix(h, zone_page_state_snapshot(mm, zid, NR_FREE_PAGES));
	h = mix(h, z->nr_reserved_highatomic);
	h = mix(h, z->boost);
	for (int l = 0; l < NR_LRU_LISTS; l++)
		h = mix(h, z->lru[l]);
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		h = mix(h, pcp_of(mm, zid, cpu)->count);
	return h;
}

static uint64_t worth(const struct mm *mm)
{
	const struct state *st = mm->st;
	uint64_t h = mix(UINT64_C(0x9e3779b97f4a7c15), st->swap_free);

	for (uint32_t i = 0; i < st->nr_populated; i++)
		h = mix_zone(mm, st->populated[i], h);
	for (uint32_t n = 0; n < st->cfg.nr_nodes; n++) {
		h = mix(h, st->node[n].stat[NR_WRITEBACK]);
		h = mix(h, st->node[n].stat[NR_DIRTY]);
	}
	for (uint32_t i = 1; i <= st->nr_processes; i++) {
		h = mix(h, (int64_t)(mm->process[i].rss_anon +
				     mm->process[i].rss_file));
		h = mix(h, mm->process[i].flags);
	}
	for (uint32_t i = 0; i < st->nr_slabs; i++)
		h = mix(h, st->slab[i].objects);
	for (uint32_t i = 1; i <= st->nr_groups; i++)
		h = mix(h, st->group[i].usage);
	return h;
}

/* The reaper runs by itself, and there is somebody it will get to. */
static bool reaper_will_help(const struct mm *mm)
{
	const uint64_t now = mm->st->jiffies;

	for (uint32_t i = 1; mm->st->cfg.schedule && i <= mm->st->nr_processes;
	     i++) {
		const struct process *p = &mm->process[i];

		if (p->pid && p->flags & PROCESS_OOM_VICTIM &&
		    !(p->flags & PROCESS_OOM_SKIP) &&
		    p->dies_at <= now + REAPER_DELAY &&
		    now <= p->dies_at + REAPING)
			return true;
	}
	return false;
}

enum round_worth round_worth(const struct mm *mm, struct ladder *l)
{
	const uint64_t now = worth(mm);
	const bool same = l->before == now;

	l->before = now;
	if (!same)
		return ROUND_CHANGED;
	return reaper_will_help(mm) ? ROUND_WAITS : ROUND_IN_VAIN;
}
