/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * config.c - presets and the constants a world is built with
 *
 * A preset is a row of the same key=value words that a user types, so each
 * constant is parsed in one place.
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/boot.h"
#include "core/config_parse.h"
#include "core/frame.h"
#include "core/layout.h"

/* ---- presets ---- */

static const struct preset {
	const char *name, *help, *words;
} presets[] = {
	{"tiny",
	 "256 frames, pageblocks of 16: every frame fits on a projector",
	 "page-shift=12 pageblock-order=4 max-order=5 pmd-order=4 cpus=1 "
	 "zone=Normal pages=256 min_free_kbytes=32 memory-block=32 "
	 "percpu_pagelist_high_fraction=64"},
	{"classroom", "64 MiB with the real geometry: DMA and Normal, 2 CPUs",
	 "cpus=2 zones=0:DMA:1-4096,0:Normal:4096-16384 "
	 "reserved=1-16,160-256 memory-block=4096"},
	{"embedded", "128 MiB in one zone, 32 MiB of it CMA, 1 CPU",
	 "cpus=1 zones=0:Normal:0-32768 reserved=0-2048 cma=8192-16384 "
	 "memory-block=4096"},
	{"laptop", "16 GiB: DMA, DMA32 and Normal around the PCI hole, 8 CPUs",
	 "cpus=8 zones=0:DMA:1-4096,0:DMA32:4096-1048576,"
	 "0:Normal:1048576-4456448 "
	 "memory=1-159,256-786432,1048576-4456448 reserved=4096-16384 "
	 "exact-counters=0"},
	{"server", "two nodes of 8 GiB and 4 CPUs, and 16 GiB of slower memory",
	 "cpus=8 zones=0:DMA:1-4096,0:DMA32:4096-1048576,"
	 "0:Normal:1048576-2359296,1:Normal:2359296-4456448,"
	 "2:Movable:4456448-8650752 cpu-node=0,0,0,0,1,1,1,1 "
	 "memory=1-159,256-786432,1048576-8650752 reserved=4096-16384 "
	 "distance=0:1:21,0:2:30,1:2:30 tier=0,0,1 exact-counters=0"},
	{"highmem",
	 "a 32-bit machine of 2 GiB: DMA, Normal to 896 MiB, HighMem; 2 CPUs",
	 "zone-layout=highmem cpus=2 zones=0:DMA:1-4096,0:Normal:4096-229376,"
	 "0:HighMem:229376-524288 memory=1-159,256-524288 reserved=256-2048"},
};

const char *mm_preset_name(unsigned int i)
{
	return i < sizeof presets / sizeof presets[0] ? presets[i].name : NULL;
}

const char *mm_preset_help(unsigned int i)
{
	return i < sizeof presets / sizeof presets[0] ? presets[i].help : NULL;
}

static int set_seed(struct mm_config *cfg, const char *value,
		    struct mm_error *err)
{
	uint64_t seed;

	if (!parse_number(value, value + strlen(value), &seed))
		return mm_fail(err, -EINVAL,
			       "\"%.40s\": expected a number below 2^64",
			       value);
	cfg->seed = seed;
	return 0;
}

static int set_min_free(struct mm_config *cfg, const char *value,
			struct mm_error *err)
{
	uint64_t kb;

	if (strcmp(value, "auto") == 0) {
		cfg->min_free_kbytes = -1;
		return 0;
	}
	if (!parse_number(value, value + strlen(value), &kb) || kb > UINT32_MAX)
		return mm_fail(err, -EINVAL,
			       "\"%.40s\": expected kilobytes, or auto", value);
	cfg->min_free_kbytes = (int64_t)kb;
	return 0;
}

static int set_ratio(struct mm_config *cfg, const char *value,
		     struct mm_error *err)
{
	uint32_t ratio[MAX_NR_ZONES] = {0};
	unsigned int n = 0;

	for (const char *s = value; *s;
	     s = item_end(s) + (*item_end(s) == ',')) {
		uint64_t v;

		if (n == MAX_NR_ZONES || !parse_number(s, item_end(s), &v) ||
		    v > INT32_MAX)
			return mm_fail(err, -EINVAL,
				       "\"%.*s\": expected up to %d ratios, as "
				       "in 256,256,32,0,0",
				       (int)(item_end(s) - s), s, MAX_NR_ZONES);
		ratio[n++] = (uint32_t)v;
	}
	memcpy(cfg->lowmem_reserve_ratio, ratio, sizeof ratio);
	return 0;
}

static int set_era(struct mm_config *cfg, const char *value,
		   struct mm_error *err)
{
	for (int e = 0; e < NR_ERAS; e++)
		if (strcmp(value, mm_era_name((enum mm_era)e)) == 0) {
			cfg->era = (uint32_t)e;
			return 0;
		}
	return mm_fail(err, -EINVAL,
		       "\"%.40s\": expected linux-7.3 or linux-2.6.24", value);
}

static int set_grouping(struct mm_config *cfg, const char *value,
			struct mm_error *err)
{
	static const char *const words[NR_GROUPINGS] = {
		[GROUPING_ON] = "on",
		[GROUPING_OFF] = "off",
		[GROUPING_AUTO] = "auto",
	};

	for (uint32_t i = 0; i < NR_GROUPINGS; i++)
		if (strcmp(value, words[i]) == 0) {
			cfg->mobility_grouping = i;
			return 0;
		}
	return mm_fail(err, -EINVAL, "\"%.40s\": expected on, off or auto",
		       value);
}

static int set_thp(struct mm_config *cfg, const char *value,
		   struct mm_error *err)
{
	static const char *const words[][2] = {
		[THP_NONE] = {"off", "0"},
		[THP_ON] = {"on", "1"},
		[THP_NEVER] = {"never", "2"},
	};

	for (uint32_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(value, words[i][0]) == 0 ||
		    strcmp(value, words[i][1]) == 0) {
			cfg->thp = i;
			return 0;
		}
	return mm_fail(err, -EINVAL, "\"%.40s\": expected on, off or never",
		       value);
}

/* What was so much larger, or as large, stays so. */
static int set_pageblock_order(struct mm_config *cfg, const char *value,
			       struct mm_error *err)
{
	const uint32_t above = cfg->max_page_order - cfg->pageblock_order;
	uint64_t order;

	if (!parse_number(value, value + strlen(value), &order) || order < 1 ||
	    order + above >= MM_MAX_ORDERS)
		return mm_fail(err, -EINVAL, "\"%.40s\": expected 1 to %u",
			       value, MM_MAX_ORDERS - 1 - above);
	if (cfg->pmd_order == cfg->pageblock_order || cfg->pmd_order > order)
		cfg->pmd_order = (uint32_t)order;
	cfg->pageblock_order = (uint32_t)order;
	cfg->max_page_order = (uint32_t)order + above;
	return 0;
}

/* ---- the table of keys ---- */

/* Either a function, or a number with its bounds. */
static const struct config_key {
	const char *name, *help;
	int (*set)(struct mm_config *, const char *, struct mm_error *);
	size_t at;
	uint32_t min, max;
} config_keys[] = {
#define NUMBER(n, field, lo, hi, h)                                            \
	{                                                                      \
		.name = n, .help = h, .at = offsetof(struct mm_config, field), \
		.min = lo, .max = hi                                           \
	}
	{"seed", "of everything random", set_seed, 0, 0, 0},
	{"zone", "one zone of this type: DMA, DMA32, Normal, Movable", set_zone,
	 0, 0, 0},
	{"pages", "frames of that zone, or a size such as 64M", set_pages, 0, 0,
	 0},
	{"zones", "the layout: NODE:ZONE:START-END,...", set_zones, 0, 0, 0},
	{"memory", "where there is memory: START-END,...; else everywhere",
	 set_memory, 0, 0, 0},
	{"reserved", "memory that is never free: START-END,...", set_reserved,
	 0, 0, 0},
	{"cma", "CMA areas, whole pageblocks: START-END,...", set_cma, 0, 0, 0},
	{"zone-layout",
	 "which zones there are: 64bit, or highmem for a 32-bit machine",
	 set_zone_layout, 0, 0, 0},
	{"tier", "of each node's memory, 0 is the fastest: 0,0,1", set_tier, 0,
	 0, 0},
	{"distance", "between nodes: NODE:NODE:DISTANCE,...", set_distance, 0,
	 0, 0},
	{"cpu-node", "node of each CPU: 0,0,1,1", set_cpu_node, 0, 0, 0},
	{"min_free_kbytes", "kilobytes, or auto for the kernel's formula",
	 set_min_free, 0, 0, 0},
	{"lowmem_reserve_ratio", "one for each zone index: 256,256,32,0,0",
	 set_ratio, 0, 0, 0},
	{"era", "fallback policy: linux-7.3 or linux-2.6.24", set_era, 0, 0, 0},
	{"pageblock-order",
	 "pages of a pageblock: 2^N; max-order and pmd-order move along",
	 set_pageblock_order, 0, 0, 0},
	NUMBER("page-shift", page_shift, 12, 16, "log2 of the page size"),
	NUMBER("max-order", max_page_order, 1, MM_MAX_ORDERS - 1,
	       "MAX_PAGE_ORDER, the largest block: 2^N pages"),
	NUMBER("pmd-order", pmd_order, 0, MM_MAX_ORDERS - 1,
	       "order of a huge page, which has per-CPU lists too"),
	NUMBER("nodes", nr_nodes, 1, MM_MAX_NODES,
	       "number of nodes, if some have no zone; after zones="),
	NUMBER("cpus", nr_cpus, 1, MM_MAX_CPUS, "number of CPUs"),
	NUMBER("memory-block", memory_block, 1, MM_MAX_FRAMES,
	       "frames of a hot-plug memory block"),
	NUMBER("watermark_scale_factor", watermark_scale_factor, 1, 3000,
	       "distance of the marks, in 1/10000 of a zone"),
	NUMBER("watermark_boost_factor", watermark_boost_factor, 0, INT32_MAX,
	       "most boost, in 1/10000 of the high mark; 0: none"),
	NUMBER("percpu_pagelist_high_fraction", percpu_pagelist_high_fraction,
	       0, INT32_MAX, "1/N of a zone on per-CPU lists; 0: automatic"),
	NUMBER("defrag_mode", defrag_mode, 0, 1,
	       "1: never mix types while reclaim may help"),
	NUMBER("pcp-batch-scale-max", pcp_batch_scale_max, 0, 6,
	       "how often a refill may double"),
	NUMBER("cache-pages", cache_pages, 0, INT32_MAX,
	       "a CPU's share of the last-level cache, in pages"),
	{"mobility-grouping",
	 "on, off, or auto for the kernel's rule: off below six pageblocks",
	 set_grouping, 0, 0, 0},
	{"thp",
	 "on: huge pages raise min_free_kbytes, from 512 MiB on; off: there "
	 "are none; never: not used",
	 set_thp, 0, 0, 0},
	NUMBER("pcp", pcp, 0, 1, "off: per-CPU lists pass everything through"),
	NUMBER("exact-counters", exact_counters, 0, 1,
	       "off: per-CPU differences lag behind, as in the kernel"),
	NUMBER("hugepages", nr_hugepages, 0, INT32_MAX,
	       "huge pages that the pool gets at the boot"),
#undef NUMBER
};

const char *mm_config_key(unsigned int i)
{
	return i < sizeof config_keys / sizeof config_keys[0]
		       ? config_keys[i].name
		       : NULL;
}

const char *mm_config_key_help(unsigned int i)
{
	return mm_config_key(i) ? config_keys[i].help : NULL;
}

static int set_number(struct mm_config *cfg, const struct config_key *k,
		      const char *value, struct mm_error *err)
{
	uint64_t v;
	uint32_t n;

	if (k->max == 1 && strcmp(value, "on") == 0)
		v = 1;
	else if (k->max == 1 && strcmp(value, "off") == 0)
		v = 0;
	else if (!parse_number(value, value + strlen(value), &v))
		v = UINT64_MAX;
	if (v < k->min || v > k->max)
		return mm_fail(err, -EINVAL, "%s=%.40s: expected %u to %u",
			       k->name, value, k->min, k->max);
	n = (uint32_t)v;
	memcpy((char *)cfg + k->at, &n, sizeof n);
	return 0;
}

int mm_config_set(struct mm_config *cfg, const char *key, const char *value,
		  struct mm_error *err)
{
	struct mm_error why;

	for (unsigned int i = 0; mm_config_key(i); i++) {
		const struct config_key *k = &config_keys[i];

		if (strcmp(k->name, key) != 0)
			continue;
		if (!k->set)
			return set_number(cfg, k, value, err);
		if (k->set(cfg, value, &why) == 0)
			return 0;
		return mm_fail(err, -EINVAL, "%s: %.180s", key, why.text);
	}
	return mm_fail(err, -ENOENT, "%.40s: no such constant of a world", key);
}

/* ---- starting from a preset ---- */

static void config_defaults(struct mm_config *cfg)
{
	memset(cfg, 0, sizeof *cfg);
	cfg->seed = 1;
	cfg->min_free_kbytes = -1;
	cfg->page_shift = 12;
	cfg->pageblock_order = 9;
	cfg->max_page_order = 10;
	cfg->pmd_order = 9;
	cfg->nr_cpus = 1;
	cfg->nr_nodes = 1;
	cfg->memory_block = 32768;
	cfg->watermark_scale_factor = 10;
	cfg->watermark_boost_factor = 15000;
	layout_ratio(LAYOUT_64BIT, cfg->lowmem_reserve_ratio);
	cfg->pcp_batch_scale_max = 5;
	cfg->cache_pages = 256;
	cfg->pcp = 1;
	cfg->thp = 1;
	cfg->thp_defrag = THP_DEFRAG_MADVISE;
	cfg->exact_counters = 1;
	cfg->debug_vm = 1;
	cfg->schedule = 1;
	cfg->capture = 1;
	cfg->swappiness = 60;
	cfg->extfrag_threshold = 500;
	cfg->dirty_ratio = 20;
	cfg->dirty_background_ratio = 10;
	cfg->min_unmapped_ratio = 1;
	cfg->min_slab_ratio = 5;
	cfg->oom_dump_tasks = 1;
	cfg->compaction_proactiveness = 20;
	cfg->compact_unevictable_allowed = 1;
	cfg->swap_delay = 1;
	cfg->writeback_delay = 1;
	for (int a = 0; a < MM_MAX_NODES; a++)
		for (int b = 0; b < MM_MAX_NODES; b++)
			cfg->distance[a][b] = a == b ? 10 : 20;
}

/* Words of a preset; they are ours, so a bad one is a bug. */
static void config_words(struct mm_config *cfg, const char *words)
{
	char key[32], value[200];
	int used = 0;

	for (; sscanf(words, " %31[^=]=%199s%n", key, value, &used) == 2;
	     words += used) {
		const int e = mm_config_set(cfg, key, value, NULL);

		assert(e == 0);
		(void)e;
	}
}

int mm_config_preset(struct mm_config *cfg, const char *name,
		     struct mm_error *err)
{
	for (unsigned int i = 0; mm_preset_name(i); i++) {
		if (strcmp(presets[i].name, name) != 0)
			continue;
		config_defaults(cfg);
		strncpy(cfg->name, name, sizeof cfg->name - 1);
		config_words(cfg, presets[i].words);
		return 0;
	}
	return mm_fail(err, -ENOENT,
		       "%.40s: no such preset; expected tiny, classroom, "
		       "embedded, laptop, server or highmem",
		       name);
}
