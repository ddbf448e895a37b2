/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * boot.c - see boot.h; rules B-10 and M-9.1
 */
#include "core/boot.h"

#include <errno.h>

#include "core/buddy.h"
#include "core/classic.h"
#include "core/compaction.h"
#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/kcompactd.h"
#include "core/task.h"
#include "core/watermark.h"
#include "core/zonelist.h"

static pfn_t max_pfn(pfn_t a, pfn_t b)
{
	return a > b ? a : b;
}

static pfn_t min_pfn(pfn_t a, pfn_t b)
{
	return a < b ? a : b;
}

/* ---- zones and nodes ---- */

/* Memory range @i; without a list, every zone is memory throughout. */
static bool memory_range(const struct mm_config *cfg, uint32_t i,
			 struct mm_range *r)
{
	if (cfg->nr_memory) {
		if (i >= cfg->nr_memory)
			return false;
		*r = cfg->memory[i];
		return true;
	}
	if (i >= cfg->nr_zones)
		return false;
	*r = (struct mm_range){cfg->zone[i].start, cfg->zone[i].end};
	return true;
}

static pfn_t present_pages(const struct mm_config *cfg,
			   const struct mm_zone_config *zc)
{
	struct mm_range r;
	pfn_t n = 0;

	for (uint32_t i = 0; memory_range(cfg, i, &r); i++) {
		const pfn_t start = max_pfn(r.start, zc->start);
		const pfn_t end = min_pfn(r.end, zc->end);

		n += start < end ? end - start : 0;
	}
	return n;
}

bool pfn_present(const struct mm *mm, pfn_t pfn)
{
	const struct zone *z = &mm->zone[page_zone(mm, pfn)];
	struct mm_range r;

	if (pfn < z->start || pfn - z->start >= z->spanned ||
	    mm->pb[pfn >> mm->pb_order].bits & PAGEBLOCK_OFFLINE)
		return false;
	for (uint32_t i = 0; memory_range(&mm->st->cfg, i, &r); i++)
		if (pfn >= r.start && pfn < r.end)
			return true;
	return false;
}

static void span_node(struct mm *mm, const struct mm_zone_config *zc,
		      pfn_t present)
{
	const struct node *n = &mm->st->node[zc->nid];
	pfn_t start = zc->start, end = zc->end;

	if (n->spanned) {
		start = min_pfn(start, n->start);
		end = max_pfn(end, n->start + n->spanned);
	}
	STORE(mm, n->start, start);
	STORE(mm, n->spanned, end - start);
	STORE(mm, n->present, n->present + present);
}

/* Zones by address; few enough for insertion. */
static void add_populated(struct mm *mm, zone_t zid)
{
	uint32_t i = mm->st->nr_populated;

	STORE(mm, mm->st->nr_populated, i + 1);
	for (; i; i--) {
		const zone_t before = mm->st->populated[i - 1];

		if (mm->zone[before].start < mm->zone[zid].start)
			break;
		STORE(mm, mm->st->populated[i], before);
	}
	STORE(mm, mm->st->populated[i], zid);
}

static void setup_zones(struct mm *mm)
{
	const struct mm_config *cfg = &mm->st->cfg;

	for (uint32_t i = 0; i < cfg->nr_zones; i++) {
		const struct mm_zone_config *zc = &cfg->zone[i];
		const zone_t zid =
			mm_zone_id(zc->nid, (enum zone_type)zc->zidx);
		const pfn_t present = present_pages(cfg, zc);

		STORE(mm, mm->zone[zid].start, zc->start);
		STORE(mm, mm->zone[zid].spanned, zc->end - zc->start);
		STORE(mm, mm->zone[zid].present, present);
		span_node(mm, zc, present);
		if (present)
			add_populated(mm, zid);
	}
	for (uint32_t n = 0; n < cfg->nr_nodes; n++) {
		STORE(mm, mm->st->node[n].kswapd_highest, KSWAPD_NONE);
		STORE(mm, mm->st->node[n].kswapd_asleep, 1);
	}
}

/*
 * B-11.3: a hole belongs to the zone of the memory that follows it.  Zones are
 * where the configuration has them: what comes and goes is whole pageblocks.
 */
zone_t zone_search(const struct mm *mm, pfn_t pfn)
{
	const struct mm_config *cfg = &mm->st->cfg;
	pfn_t best = NO_PFN, last = 0;
	zone_t found = NO_ZONE, highest = NO_ZONE;

	for (uint32_t i = 0; i < cfg->nr_zones; i++) {
		const struct mm_zone_config *zc = &cfg->zone[i];
		const zone_t zid =
			mm_zone_id(zc->nid, (enum zone_type)zc->zidx);

		if (!mm->zone[zid].present)
			continue;
		if (pfn < zc->end && zc->end < best) {
			best = zc->end;
			found = zid;
		}
		if (zc->end > last) {
			last = zc->end;
			highest = zid;
		}
	}
	return found != NO_ZONE ? found : highest;
}

/* Zone of each pageblock, and which ones hold more than one. */
static void setup_pageblock_zones(struct mm *mm)
{
	const pfn_t step = pageblock_nr_pages(mm);

	for (uint32_t i = 0; i < mm->st->nr_pageblocks; i++) {
		const pfn_t pfn = (pfn_t)i * step;
		const zone_t zid = zone_search(mm, pfn);

		STORE(mm, mm->pb[i].bits, (uint32_t)zid << PAGEBLOCK_ZONE);
		if (zone_search(mm, pfn + step - 1) != zid)
			STORE(mm, mm->pb[i].bits,
			      mm->pb[i].bits | PAGEBLOCK_MIXED);
	}
}

/* Memory range @i as far as it lies in @zid; false past the last range. */
static bool zone_memory(const struct mm *mm, zone_t zid, uint32_t i,
			struct mm_range *r)
{
	const struct zone *z = &mm->zone[zid];

	if (!memory_range(&mm->st->cfg, i, r))
		return false;
	r->start = max_pfn(r->start, z->start);
	r->end = min_pfn(r->end, z->start + z->spanned);
	return true;
}

/* B-10.1: movable where the pageblock's first frame is memory of a zone. */
static void setup_tags(struct mm *mm)
{
	const pfn_t step = pageblock_nr_pages(mm);
	struct mm_range r;

	for (uint32_t z = 0; z < mm->st->nr_populated; z++)
		for (uint32_t i = 0;
		     zone_memory(mm, mm->st->populated[z], i, &r); i++) {
			pfn_t pfn = pageblock_start(mm, r.start + step - 1);

			for (; pfn < r.end; pfn += step)
				init_pageblock_migratetype(mm, pfn,
							   MIGRATE_MOVABLE);
		}
}

static void mark_frame_reserved(struct mm *mm, pfn_t pfn)
{
	if (!pfn_present(mm, pfn))
		return;
	pageblock_touch(mm, pfn);
	STORE(mm, mm->page[pfn].b.word, block_word(BLOCK_RESERVED, 0, 0, 0));
}

/*
 * Memory that is placed nowhere counts as reserved: the frames of a pageblock
 * that is reserved throughout stay untouched.  The rule of 2.6.24 for its
 * reserve looks at their first frame (M-14.12).
 */
static void mark_reserved(struct mm *mm, const struct mm_range *r)
{
	const pfn_t step = pageblock_nr_pages(mm);
	const bool classic = mm->st->cfg.era == ERA_LINUX_2_6_24;

	for (pfn_t p = r->start; p < r->end;) {
		const bool whole =
			p == pageblock_start(mm, p) && r->end - p >= step;

		if (!whole || classic)
			mark_frame_reserved(mm, p);
		p += whole ? step : 1;
	}
}

/* ---- free memory ---- */

/* Maximal aligned blocks, ascending, each to the tail (B-10.2). */
static void free_pages_memory(struct mm *mm, zone_t zid, pfn_t a, pfn_t end)
{
	const struct zone *z = &mm->zone[zid];
	const unsigned int max = mm->st->cfg.max_page_order;

	while (a < end) {
		unsigned int o = a ? (unsigned int)__builtin_ctz(a) : max;

		if (o > max)
			o = max;
		while (a + ((pfn_t)1 << o) > end)
			o--;
		if (o < mm->pb_order)
			pageblock_touch(mm, a);
		STORE(mm, z->managed, z->managed + ((pfn_t)1 << o));
		free_range(mm, zid, a, o, FPI_TO_TAIL);
		a += (pfn_t)1 << o;
	}
}

/* First range of @list that ends above @pfn: where it is out of bounds. */
static struct mm_range next_hole(const struct mm_range *list, uint32_t n,
				 pfn_t pfn)
{
	struct mm_range found = {NO_PFN, NO_PFN};

	for (uint32_t i = 0; i < n; i++)
		if (list[i].end > pfn && list[i].start < found.start)
			found = list[i];
	return found;
}

/* [a, end) is memory of one zone; reserved and CMA frames are left out. */
static void free_around_holes(struct mm *mm, zone_t zid, pfn_t a, pfn_t end)
{
	const struct mm_config *cfg = &mm->st->cfg;

	while (a < end) {
		const struct mm_range r =
			next_hole(cfg->reserved, cfg->nr_reserved, a);
		const struct mm_range c = next_hole(cfg->cma, cfg->nr_cma, a);
		const struct mm_range hole = r.start < c.start ? r : c;
		const pfn_t stop = min_pfn(max_pfn(hole.start, a), end);

		free_pages_memory(mm, zid, a, stop);
		a = max_pfn(stop, hole.start < end ? hole.end : end);
	}
}

/** Models: memblock_free_all() */
static void free_all(struct mm *mm)
{
	struct mm_range r;

	for (uint32_t z = 0; z < mm->st->nr_populated; z++) {
		const zone_t zid = mm->st->populated[z];

		for (uint32_t i = 0; zone_memory(mm, zid, i, &r); i++)
			if (r.start < r.end)
				free_around_holes(mm, zid, r.start, r.end);
	}
}

/** Models: init_cma_reserved_pageblock(); through the per-CPU lists if any */
static void activate_cma(struct mm *mm)
{
	const struct mm_config *cfg = &mm->st->cfg;
	const pfn_t step = pageblock_nr_pages(mm);

	for (uint32_t i = 0; i < cfg->nr_cma; i++)
		for (pfn_t p = cfg->cma[i].start; p < cfg->cma[i].end;
		     p += step) {
			const struct zone *z = &mm->zone[page_zone(mm, p)];

			set_pageblock_migratetype(mm, p, MIGRATE_CMA);
			STORE(mm, z->managed, z->managed + step);
			STORE(mm, z->cma, z->cma + step);
			free_frozen_pages(mm, p, mm->pb_order);
		}
}

/* P-1.1: a large share of the cache allows longer lists, by the batch now. */
static void setup_cache_flags(struct mm *mm, zone_t zid)
{
	const int64_t cache = mm->st->cfg.cache_pages;

	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++) {
		const struct pcp *p = pcp_of(mm, zid, cpu);
		const uint32_t rest =
			p->flags & ~(uint32_t)PCPF_FREE_HIGH_BATCH;

		STORE(mm, p->flags,
		      rest | (cache > 3 * (int64_t)p->batch
				      ? PCPF_FREE_HIGH_BATCH
				      : 0));
	}
}

static void setup_pagesets(struct mm *mm)
{
	for (zone_t zid = 0; zid < mm->st->cfg.nr_nodes * MAX_NR_ZONES; zid++) {
		zone_set_pageset_high_and_batch(mm, zid);
		setup_cache_flags(mm, zid);
	}
}

static void setup_marks(struct mm *mm)
{
	init_min_free_kbytes(mm);
	refresh_zone_stat_thresholds(mm);
	setup_per_zone_lowmem_reserve(mm);
	if (mm->st->cfg.era != ERA_LINUX_2_6_24)
		return;
	for (uint32_t i = 0; i < mm->st->nr_populated; i++)
		classic_setup_reserve(mm, mm->st->populated[i]);
}

struct mm *mm_create_bare(const struct mm_config *cfg, struct mm_error *err)
{
	struct mm *mm;

	if (config_check(cfg, err))
		return NULL;
	mm = state_alloc(cfg);
	if (!mm) {
		mm_fail(err, -ENOMEM,
			"not enough memory for a world this large");
		return NULL;
	}
	/* pools are empty until memory has been freed */
	STORE(mm, mm->st->cfg.nr_hugepages, 0);
	STORE(mm, mm->st->cfg.nr_overcommit_hugepages, 0);
	setup_zones(mm);
	setup_pageblock_zones(mm);
	tasks_boot(mm);
	kcompactd_boot(mm);
	set_zones_contiguous(mm);
	build_all_zonelists(mm);
	setup_pagesets(mm);
	return mm;
}

/** Models: hugetlb_hstate_alloc_pages(), as far as it goes by the buddy */
static void setup_pools(struct mm *mm, const struct mm_config *cfg)
{
	STORE(mm, mm->st->cfg.nr_overcommit_hugepages,
	      cfg->nr_overcommit_hugepages);
	hugetlb_overcommit_changed(mm);
	if (!cfg->nr_hugepages)
		return;
	STORE(mm, mm->st->cfg.nr_hugepages, cfg->nr_hugepages);
	hugetlb_setting_changed(mm);
}

struct mm *mm_create(const struct mm_config *cfg, struct mm_error *err)
{
	struct mm *mm = mm_create_bare(cfg, err);

	if (!mm)
		return NULL;
	setup_tags(mm);
	for (uint32_t i = 0; i < mm->st->cfg.nr_reserved; i++)
		mark_reserved(mm, &mm->st->cfg.reserved[i]);
	free_all(mm);
	setup_pagesets(mm);
	activate_cma(mm);
	setup_marks(mm);
	for (zone_t zid = 0; zid < mm->st->cfg.nr_nodes * MAX_NR_ZONES; zid++)
		setup_cache_flags(mm, zid);
	setup_pools(mm, cfg);
	return mm;
}
