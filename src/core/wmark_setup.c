/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wmark_setup.c - marks, reserves and per-CPU limits from the settings
 *
 * See watermark.h; rules W10 to W22 of the specification.
 */
#include "core/watermark.h"

#include "core/layout.h"
#include "core/trace.h"

static int64_t min64(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t max64(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static unsigned int nr_zone_slots(const struct mm *mm)
{
	return mm->st->cfg.nr_nodes * MAX_NR_ZONES;
}

static int64_t isqrt(int64_t x)
{
	int64_t r = 0;

	for (int64_t bit = INT64_C(1) << 31; bit; bit >>= 1)
		if ((r + bit) * (r + bit) <= x)
			r += bit;
	return r;
}

/** Pages of a kB figure; page_shift may differ from 12. */
static int64_t kb_to_pages(const struct mm *mm, int64_t kb)
{
	return kb >> (mm->st->cfg.page_shift - 10);
}

/** Models: nr_free_buffer_pages(), mm/show_mem.c: what node 0 can use */
static int64_t nr_free_buffer_pages(const struct mm *mm)
{
	const struct node *n = &mm->st->node[0];
	int64_t pages = 0;

	for (uint32_t i = 0; i < n->nr_zonelist[0]; i++) {
		const zone_t zid = n->zonelist[0][i];
		const int64_t usable = (int64_t)mm->zone[zid].managed -
				       wmark_pages(mm, zid, WMARK_HIGH);

		if (zone_idx(zid) <= zone_normal(mm) && usable > 0)
			pages += usable;
	}
	return pages;
}

/* A value that the user wrote stays unless the formula asks for more. */
static void calculate_min_free_kbytes(struct mm *mm)
{
	const int64_t lowmem_kb = nr_free_buffer_pages(mm)
				  << (mm->st->cfg.page_shift - 10);
	const int64_t kb = isqrt(lowmem_kb * 16);
	const int64_t user = mm->st->user_min_free_kbytes;

	if (user == UINT32_MAX || kb > user)
		STORE(mm, mm->st->cfg.min_free_kbytes,
		      max64(128, min64(kb, 262144)));
	else
		TRACE(mm, min_free_kept, ARG(kb), ARG(user));
}

static int64_t total_managed(const struct mm *mm)
{
	int64_t pages = 0;

	for (zone_t z = 0; z < nr_zone_slots(mm); z++)
		pages += mm->zone[z].managed;
	return pages;
}

/**
 * Room for two free pageblocks and some of each type in every zone, but no
 * more than a twentieth of the memory.
 *
 * Models: set_recommended_min_free_kbytes(), mm/khugepaged.c; W12
 */
static void recommended_min_free_kbytes(struct mm *mm)
{
	const int64_t per_zone = pageblock_nr_pages(mm) * (2 + 3 * 3);
	int64_t pages = 0;

	for (uint32_t i = 0; i < mm->st->nr_populated; i++)
		if (zone_idx(mm->st->populated[i]) <= zone_normal(mm))
			pages += per_zone;
	pages = min64(pages, nr_free_buffer_pages(mm) / 20);
	pages <<= mm->st->cfg.page_shift - 10;
	if (pages <= mm->st->cfg.min_free_kbytes)
		return;
	if (mm->st->user_min_free_kbytes != UINT32_MAX)
		TRACE(mm, min_free_raised, ARG(mm->st->cfg.min_free_kbytes),
		      ARG(pages));
	STORE(mm, mm->st->cfg.min_free_kbytes, pages);
}

void thp_changed(struct mm *mm)
{
	if (mm->st->cfg.thp == THP_ON)
		recommended_min_free_kbytes(mm);
	else
		calculate_min_free_kbytes(mm);
	setup_per_zone_wmarks(mm);
}

/*
 * A machine that is large enough starts huge pages after the marks have been
 * set.  Even where they are never used, but could be, that computes
 * min_free_kbytes again, now of what lies above the high marks (W12.5).
 */
void init_min_free_kbytes(struct mm *mm)
{
	const int64_t thp_from = INT64_C(512) << (20 - mm->st->cfg.page_shift);

	if (mm->st->cfg.min_free_kbytes >= 0) { /* the world's own wish */
		setup_per_zone_wmarks(mm);
		return;
	}
	calculate_min_free_kbytes(mm);
	setup_per_zone_wmarks(mm);
	if (total_managed(mm) < thp_from || mm->st->cfg.era != ERA_LINUX_7_3)
		STORE(mm, mm->st->cfg.thp, THP_NONE);
	if (mm->st->cfg.thp)
		thp_changed(mm);
}

/** Models: init_per_zone_wmark_min(), mm/page_alloc.c */
void init_per_zone_wmark_min(struct mm *mm)
{
	calculate_min_free_kbytes(mm);
	setup_per_zone_wmarks(mm);
	refresh_zone_stat_thresholds(mm);
	setup_per_zone_lowmem_reserve(mm);
	if (mm->st->cfg.thp == THP_ON)
		thp_changed(mm);
}

/*
 * A huge Movable zone next to a tiny one may be given a share that no world
 * has the pages for.  With this much, the highest mark stays below 2^40.
 */
#define SHARE_MOST (INT64_C(1) << 38)

/** Models: __setup_per_zone_wmarks(), mm/page_alloc.c */
static void setup_zone_wmarks(struct mm *mm, zone_t zid, int64_t pages_min,
			      int64_t lowmem)
{
	const struct zone *z = &mm->zone[zid];
	const int64_t managed = z->managed;
	const int64_t scale = mm->st->cfg.watermark_scale_factor;
	const int64_t share =
		lowmem ? min64(pages_min * managed / lowmem, SHARE_MOST) : 0;
	const int64_t gap =
		max64(share / 4, managed / 10000 * scale +
					 managed % 10000 * scale / 10000);
	const bool capped = zone_above_lowmem(mm, zid);
	int64_t mark = capped ? max64(32, min64(managed / 1024, 128)) : share;

	for (int w = WMARK_MIN; w < NR_WMARK; w++, mark += gap)
		STORE(mm, z->wmark[w], mark);
	STORE(mm, z->boost, 0);
	TRACE(mm, mm_setup_per_zone_wmarks, ARG(zid), ARG(z->wmark[WMARK_MIN]),
	      ARG(z->wmark[WMARK_LOW]), ARG(z->wmark[WMARK_HIGH]),
	      ARG(z->wmark[WMARK_PROMO]));
}

/* What makes it up has changed: W18 says when. */
static void calculate_totalreserve_pages(struct mm *mm)
{
	TRACE(mm, mm_calculate_totalreserve_pages, ARG(totalreserve_pages(mm)));
}

void setup_per_zone_wmarks(struct mm *mm)
{
	/* below 0 in a recorded world that did not say: nothing was computed */
	const int64_t kb = max64(mm->st->cfg.min_free_kbytes, 0);
	const int64_t pages_min = kb_to_pages(mm, kb);
	int64_t lowmem = 0;

	for (zone_t z = 0; z < nr_zone_slots(mm); z++)
		if (!zone_above_lowmem(mm, z))
			lowmem += mm->zone[z].managed;
	for (zone_t z = 0; z < nr_zone_slots(mm); z++)
		setup_zone_wmarks(mm, z, pages_min, lowmem);
	calculate_totalreserve_pages(mm);
	for (zone_t z = 0; z < nr_zone_slots(mm); z++)
		zone_set_pageset_high_and_batch(mm, z);
}

/**
 * Each zone keeps back what the higher zones of its node could spill.
 *
 * Models: setup_per_zone_lowmem_reserve(), mm/page_alloc.c
 */
void setup_per_zone_lowmem_reserve(struct mm *mm)
{
	for (zone_t zid = 0; zid < nr_zone_slots(mm); zid++) {
		const unsigned int i = zone_idx(zid);
		const struct zone *z = &mm->zone[zid];
		const int64_t ratio = mm->st->cfg.lowmem_reserve_ratio[i];
		int64_t above = 0;

		for (unsigned int j = 0; j < MAX_NR_ZONES; j++) {
			int64_t reserve = 0;

			if (j > i) {
				above += z[j - i].managed;
				if (ratio && z->managed && i < ZONE_DEVICE)
					reserve = above / ratio;
			}
			STORE(mm, z->lowmem_reserve[j], reserve);
			if (j > i)
				TRACE(mm, mm_setup_per_zone_lowmem_reserve,
				      ARG(zid), ARG(j), ARG(reserve));
		}
	}
	calculate_totalreserve_pages(mm);
}

/**
 * The reserve against the highest zone, and the high mark, of each zone.  It
 * is worked out when asked for: whatever it is made of brings it up to date
 * in the kernel.
 *
 * Models: calculate_totalreserve_pages(), mm/page_alloc.c; W18
 */
int64_t node_totalreserve_pages(const struct mm *mm, unsigned int nid)
{
	int64_t sum = 0;

	for (unsigned int i = 0; i < MAX_NR_ZONES; i++) {
		const struct zone *z =
			&mm->zone[mm_zone_id(nid, (enum zone_type)i)];
		int64_t most = 0;

		for (unsigned int j = i + 1; j < MAX_NR_ZONES; j++)
			if (z->lowmem_reserve[j])
				most = z->lowmem_reserve[j];
		sum += min64(most + z->wmark[WMARK_HIGH], z->managed);
	}
	return sum;
}

int64_t totalreserve_pages(const struct mm *mm)
{
	int64_t sum = 0;

	for (unsigned int nid = 0; nid < mm->st->cfg.nr_nodes; nid++)
		sum += node_totalreserve_pages(mm, nid);
	return sum;
}

/** Models: zone_batchsize(), mm/page_alloc.c */
static int64_t zone_batchsize(const struct mm *mm, const struct zone *z)
{
	/* 256 KiB at most */
	const int64_t most = (INT64_C(256) << 10) >> mm->st->cfg.page_shift;
	const int64_t b = min64(z->managed >> 12, most);
	int64_t power = 1;

	if (b <= 1)
		return 1;
	while (power * 2 <= b + b / 2)
		power *= 2;
	return power - 1;
}

static int64_t cpus_of_node(const struct mm *mm, unsigned int nid)
{
	int64_t n = 0;

	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		n += mm->st->cfg.cpu_node[cpu] == nid;
	return n ? n : mm->st->cfg.nr_cpus;
}

/* Limits are int in the kernel.  A quarter of that is 2 TiB of small pages. */
#define PCP_HIGH_MOST ((INT64_C(1) << 29) - 1)

static void pageset_update(struct mm *mm, zone_t zid, int64_t batch,
			   int64_t high_min, int64_t high_max)
{
	const struct zone *z = &mm->zone[zid];

	STORE(mm, z->pageset_batch, (uint32_t)batch);
	STORE(mm, z->pageset_high_min, (uint32_t)high_min);
	STORE(mm, z->pageset_high_max, (uint32_t)high_max);
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++) {
		const struct pcp *p = pcp_of(mm, zid, cpu);

		STORE(mm, p->batch, (int32_t)batch);
		STORE(mm, p->high_min, (int32_t)high_min);
		STORE(mm, p->high_max, (int32_t)high_max);
	}
}

void zone_set_pageset_high_and_batch(struct mm *mm, zone_t zid)
{
	const struct zone *z = &mm->zone[zid];
	const int64_t fraction = mm->st->cfg.percpu_pagelist_high_fraction;
	const int64_t cpus = cpus_of_node(mm, zone_nid(zid));
	const int64_t batch = zone_batchsize(mm, z);
	int64_t low = wmark_pages(mm, zid, WMARK_LOW);
	int64_t most = z->managed / (fraction ? fraction : 8);

	if (!mm->st->cfg.pcp) {
		pageset_update(mm, zid, 1, 0, 0);
		return;
	}
	most = max64(most / cpus, 4 * batch);
	low = max64(low / cpus, 4 * batch);
	low = min64(fraction ? most : low, PCP_HIGH_MOST);
	pageset_update(mm, zid, batch, low, most);
}

static int64_t fls64(int64_t x)
{
	int64_t n = 0;

	for (; x; x >>= 1)
		n++;
	return n;
}

/** Models: calculate_normal_threshold(), mm/vmstat.c; W22 */
static int64_t normal_threshold(const struct mm *mm, zone_t zid)
{
	const struct zone *z = &mm->zone[zid];

	if (mm->st->cfg.exact_counters || !z->managed)
		return 0;
	return min64(2 * fls64(mm->st->cfg.nr_cpus) *
			     (1 + fls64(z->managed >> 15)),
		     125);
}

/** Models: calculate_pressure_threshold(), mm/vmstat.c */
static int64_t pressure_threshold(const struct mm *mm, zone_t zid)
{
	const int64_t *wmark = mm->zone[zid].wmark;
	const int64_t gap = wmark[WMARK_LOW] - wmark[WMARK_MIN];

	return min64(max64(gap / mm->st->cfg.nr_cpus, 1), 125);
}

/** Models: refresh_zone_stat_thresholds(), mm/vmstat.c; B-3.5, W22 */
void refresh_zone_stat_thresholds(struct mm *mm)
{
	const int64_t cpus = mm->st->cfg.nr_cpus;

	for (zone_t zid = 0; zid < nr_zone_slots(mm); zid++) {
		const struct zone *z = &mm->zone[zid];
		const int64_t gap = z->wmark[WMARK_LOW] - z->wmark[WMARK_MIN];
		const int64_t t = normal_threshold(mm, zid);
		int64_t drift;

		STORE(mm, z->stat_threshold, (uint32_t)t);
		drift = cpus * t > gap
				? wmark_pages(mm, zid, WMARK_HIGH) + cpus * t
				: 0;
		STORE(mm, z->percpu_drift_mark,
		      (uint32_t)min64(drift, UINT32_MAX));
	}
}

/** Models: set_pgdat_percpu_threshold(), mm/vmstat.c */
void set_pgdat_percpu_threshold(struct mm *mm, unsigned int nid, bool pressure)
{
	for (int i = 0; i < MAX_NR_ZONES; i++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)i);
		const struct zone *z = &mm->zone[zid];

		if (z->percpu_drift_mark)
			STORE(mm, z->stat_threshold,
			      (uint32_t)(pressure ? pressure_threshold(mm, zid)
						  : normal_threshold(mm, zid)));
	}
}
