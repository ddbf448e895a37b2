/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * config_check.c - can a world be built from this configuration?
 */
#include <errno.h>
#include <string.h>

#include "core/boot.h"
#include "core/frame.h"

static int check_geometry(const struct mm_config *cfg, struct mm_error *err)
{
	if (cfg->page_shift < 12 || cfg->page_shift > 16)
		return mm_fail(err, -EINVAL, "page-shift %u: expected 12 to 16",
			       cfg->page_shift);
	if (cfg->max_page_order < 1 || cfg->max_page_order >= MM_MAX_ORDERS)
		return mm_fail(err, -EINVAL, "max-order %u: expected 1 to %d",
			       cfg->max_page_order, MM_MAX_ORDERS - 1);
	if (cfg->pageblock_order < 1 ||
	    cfg->pageblock_order > cfg->max_page_order)
		return mm_fail(
			err, -EINVAL,
			"pageblock-order %u: expected 1 to max-order, %u",
			cfg->pageblock_order, cfg->max_page_order);
	if (cfg->pmd_order > cfg->pageblock_order)
		return mm_fail(
			err, -EINVAL,
			"pmd-order %u: expected 0 to pageblock-order, %u",
			cfg->pmd_order, cfg->pageblock_order);
	if (cfg->pcp_batch_scale_max > 6 || cfg->era >= NR_ERAS ||
	    cfg->defrag_mode > 1 || cfg->pcp > 1 || cfg->thp > THP_NEVER ||
	    cfg->thp_defrag > THP_DEFRAG_NEVER || cfg->exact_counters > 1 ||
	    cfg->mobility_grouping >= NR_GROUPINGS || cfg->debug_vm > 1)
		return mm_fail(err, -EINVAL, "a switch is out of range");
	if (cfg->era == ERA_LINUX_2_6_24 && cfg->mobility_grouping)
		return mm_fail(err, -EINVAL,
			       "mobility-grouping: the world of 2.6.24 always "
			       "keeps types apart");
	if (cfg->watermark_scale_factor < 1 ||
	    cfg->watermark_scale_factor > 3000)
		return mm_fail(err, -EINVAL,
			       "watermark_scale_factor %u: expected 1 to 3000",
			       cfg->watermark_scale_factor);
	if (cfg->percpu_pagelist_high_fraction &&
	    cfg->percpu_pagelist_high_fraction < 8)
		return mm_fail(err, -EINVAL,
			       "percpu_pagelist_high_fraction %u: expected 0, "
			       "or 8 and more",
			       cfg->percpu_pagelist_high_fraction);
	if (cfg->min_free_kbytes < -1 || cfg->min_free_kbytes > UINT32_MAX)
		return mm_fail(err, -EINVAL,
			       "min_free_kbytes: expected 0 to %u", UINT32_MAX);
	if (!memchr(cfg->name, '\0', sizeof cfg->name))
		return mm_fail(err, -EINVAL, "the world's name is not ended");
	return 0;
}

static int check_cpus(const struct mm_config *cfg, struct mm_error *err)
{
	if (cfg->nr_cpus < 1 || cfg->nr_cpus > MM_MAX_CPUS)
		return mm_fail(err, -EINVAL, "cpus %u: expected 1 to %d",
			       cfg->nr_cpus, MM_MAX_CPUS);
	if (cfg->nr_nodes < 1 || cfg->nr_nodes > MM_MAX_NODES)
		return mm_fail(err, -EINVAL, "%u nodes: expected 1 to %d",
			       cfg->nr_nodes, MM_MAX_NODES);
	for (uint32_t cpu = 0; cpu < cfg->nr_cpus; cpu++)
		if (cfg->cpu_node[cpu] >= cfg->nr_nodes)
			return mm_fail(err, -EINVAL,
				       "CPU %u on node %u: there are %u nodes",
				       cpu, cfg->cpu_node[cpu], cfg->nr_nodes);
	for (uint32_t a = 0; a < cfg->nr_nodes; a++)
		for (uint32_t b = 0; b < cfg->nr_nodes; b++)
			if (cfg->distance[a][b] < 10 ||
			    cfg->distance[a][b] > 255)
				return mm_fail(err, -EINVAL,
					       "distance of nodes %u and %u: "
					       "expected 10 to 255",
					       a, b);
	return 0;
}

static const char *zone_name(const struct mm_config *cfg,
			     const struct mm_zone_config *zc)
{
	return mm_layout_zone_name((enum mm_zone_layout)cfg->zone_layout,
				   (enum zone_type)zc->zidx);
}

static int check_zones(const struct mm_config *cfg, struct mm_error *err)
{
	if (cfg->zone_layout >= NR_LAYOUTS)
		return mm_fail(err, -EINVAL,
			       "zone-layout: expected 64bit or highmem");
	if (cfg->nr_zones == 0 || cfg->nr_zones > MAX_ZONELIST)
		return mm_fail(err, -EINVAL,
			       "a world needs a zone: zone=Normal pages=256");
	for (uint32_t i = 0; i < cfg->nr_zones; i++) {
		const struct mm_zone_config *a = &cfg->zone[i];

		if (a->nid >= cfg->nr_nodes)
			return mm_fail(err, -EINVAL,
				       "zone %u lies on node %u: there are %u "
				       "nodes",
				       i, a->nid, cfg->nr_nodes);
		if (a->zidx >= MAX_NR_ZONES || *zone_name(cfg, a) == '?' ||
		    a->start >= a->end || a->end > MM_MAX_FRAMES)
			return mm_fail(err, -EINVAL,
				       "zone %u: %u to %u on node %u is not a "
				       "zone",
				       i, a->start, a->end, a->nid);
		for (uint32_t j = 0; j < i; j++) {
			const struct mm_zone_config *b = &cfg->zone[j];

			if (a->nid == b->nid && a->zidx == b->zidx)
				return mm_fail(err, -EINVAL,
					       "zone %s of node %u is there "
					       "twice",
					       zone_name(cfg, a), a->nid);
			if (a->start < b->end && b->start < a->end)
				return mm_fail(
					err, -EINVAL, "zones %s and %s overlap",
					zone_name(cfg, b), zone_name(cfg, a));
		}
	}
	return 0;
}

/* One past the highest frame: the world ends with its last zone. */
static pfn_t last_end(const struct mm_config *cfg)
{
	pfn_t end = 0;

	for (uint32_t i = 0; i < cfg->nr_zones; i++)
		if (cfg->zone[i].end > end)
			end = cfg->zone[i].end;
	return end;
}

static int check_ranges(const struct mm_range *r, uint32_t n, uint32_t most,
			const char *what, pfn_t end, struct mm_error *err)
{
	if (n > most)
		return mm_fail(err, -EINVAL, "%s: at most %u ranges", what,
			       most);
	for (uint32_t i = 0; i < n; i++)
		if (r[i].start >= r[i].end || r[i].end > end ||
		    (i && r[i].start < r[i - 1].end))
			return mm_fail(err, -EINVAL,
				       "%s %u-%u: ranges must ascend, not "
				       "overlap, and end by frame %u, where "
				       "the last zone ends",
				       what, r[i].start, r[i].end, end);
	return 0;
}

static bool inside(const struct mm_range *in, pfn_t start, pfn_t end)
{
	return start >= in->start && end <= in->end;
}

static bool overlaps(const struct mm_range *a, const struct mm_range *b)
{
	return a->start < b->end && b->start < a->end;
}

/* Is any of the zone memory? */
static bool zone_has_memory(const struct mm_config *cfg,
			    const struct mm_zone_config *zc)
{
	const struct mm_range z = {zc->start, zc->end};

	for (uint32_t i = 0; i < cfg->nr_memory; i++)
		if (overlaps(&z, &cfg->memory[i]))
			return true;
	return cfg->nr_memory == 0;
}

/* Some memory, and some that a request without zone flags can have. */
static int check_memory(const struct mm_config *cfg, struct mm_error *err)
{
	const bool highmem = cfg->zone_layout == LAYOUT_HIGHMEM;
	const unsigned int normal = highmem ? ZONE_NORMAL_32 : ZONE_NORMAL;
	bool some = false;

	for (uint32_t i = 0; i < cfg->nr_zones; i++) {
		const struct mm_zone_config *zc = &cfg->zone[i];

		if (!zone_has_memory(cfg, zc))
			continue;
		if (zc->zidx <= normal)
			return 0;
		some = true;
	}
	if (!some)
		return mm_fail(err, -EINVAL,
			       "memory: none of it lies in a zone");
	return mm_fail(err, -EINVAL,
		       "no zone for GFP_KERNEL: lay out some memory as %s",
		       highmem ? "DMA or Normal" : "DMA, DMA32 or Normal");
}

/* A CMA area is memory of one zone that nobody else keeps. */
static int check_cma(const struct mm_config *cfg, const struct mm_range *c,
		     struct mm_error *err)
{
	const pfn_t mask = ((pfn_t)1 << cfg->pageblock_order) - 1;
	bool in_zone = false, in_memory = cfg->nr_memory == 0;

	if ((c->start | c->end) & mask)
		return mm_fail(err, -EINVAL,
			       "cma %u-%u: expected multiples of %u frames",
			       c->start, c->end, mask + 1);
	for (uint32_t i = 0; i < cfg->nr_zones; i++) {
		const struct mm_range z = {cfg->zone[i].start,
					   cfg->zone[i].end};

		in_zone |= inside(&z, c->start, c->end);
	}
	for (uint32_t i = 0; i < cfg->nr_memory; i++)
		in_memory |= inside(&cfg->memory[i], c->start, c->end);
	if (!in_zone || !in_memory)
		return mm_fail(err, -EINVAL,
			       "cma %u-%u: not memory of one zone", c->start,
			       c->end);
	for (uint32_t i = 0; i < cfg->nr_reserved; i++)
		if (overlaps(c, &cfg->reserved[i]))
			return mm_fail(err, -EINVAL,
				       "cma %u-%u is partly reserved", c->start,
				       c->end);
	return 0;
}

int config_check(const struct mm_config *cfg, struct mm_error *err)
{
	int e = check_geometry(cfg, err);
	pfn_t end;

	if (!e)
		e = check_cpus(cfg, err);
	if (!e)
		e = check_zones(cfg, err);
	if (e)
		return e;
	end = last_end(cfg);
	e = check_ranges(cfg->memory, cfg->nr_memory, MM_MAX_RANGES, "memory",
			 end, err);
	if (!e)
		e = check_ranges(cfg->reserved, cfg->nr_reserved, MM_MAX_RANGES,
				 "reserved", end, err);
	if (!e)
		e = check_ranges(cfg->cma, cfg->nr_cma, MM_MAX_CMA, "cma", end,
				 err);
	if (!e)
		e = check_memory(cfg, err);
	for (uint32_t i = 0; !e && i < cfg->nr_cma; i++)
		e = check_cma(cfg, &cfg->cma[i], err);
	return e;
}
