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
#include <stdlib.h>
#include <string.h>

#include "core/boot.h"
#include "core/frame.h"

/* ---- presets ---- */

static const struct preset {
	const char *name, *help, *words;
} presets[] = {
	{ "tiny", "256 frames, pageblocks of 16: every frame fits on a projector",
	  "page-shift=12 pageblock-order=4 max-order=5 pmd-order=4 cpus=1 "
	  "zone=Normal pages=256 min_free_kbytes=32 memory-block=32" },
	{ "classroom", "64 MiB with the real geometry: DMA and Normal, 2 CPUs",
	  "cpus=2 zones=0:DMA:1-4096,0:Normal:4096-16384 "
	  "reserved=1-16,160-256 memory-block=4096" },
	{ "embedded", "128 MiB in one zone, 32 MiB of it CMA, 1 CPU",
	  "cpus=1 zones=0:Normal:0-32768 reserved=0-2048 cma=8192-16384 "
	  "memory-block=4096" },
	{ "laptop", "16 GiB: DMA, DMA32 and Normal around the PCI hole, 8 CPUs",
	  "cpus=8 zones=0:DMA:1-4096,0:DMA32:4096-1048576,"
	  "0:Normal:1048576-4456448 "
	  "memory=1-159,256-786432,1048576-4456448 reserved=4096-16384 "
	  "exact-counters=0" },
};

const char *mm_preset_name(unsigned int i)
{
	return i < sizeof presets / sizeof presets[0] ? presets[i].name : NULL;
}

const char *mm_preset_help(unsigned int i)
{
	return i < sizeof presets / sizeof presets[0] ? presets[i].help : NULL;
}

/* ---- numbers ---- */

/* Decimal or 0x, the whole of [s, end); frames may be given as 64M or 1G. */
static bool parse_number(const char *s, const char *end, uint64_t *value)
{
	const unsigned int base = end - s > 2 && s[0] == '0' && s[1] == 'x' ?
					  16 :
					  10;
	uint64_t v = 0;

	if (base == 16)
		s += 2;
	if (s == end)
		return false;
	for (; s < end; s++) {
		const char c = *s;
		unsigned int digit = c >= '0' && c <= '9' ? (unsigned int)(c - '0') :
				     c >= 'a' && c <= 'f' ? (unsigned int)(c - 'a' + 10) :
				     c >= 'A' && c <= 'F' ? (unsigned int)(c - 'A' + 10) :
							    16;

		if (digit >= base || v > (UINT64_MAX - digit) / base)
			return false;
		v = v * base + digit;
	}
	*value = v;
	return true;
}

static bool parse_frames(const struct mm_config *cfg, const char *s,
			 const char *end, pfn_t *value)
{
	static const char units[] = "KMGT";
	const char *unit = end > s ? strchr(units, end[-1]) : NULL;
	uint64_t v;

	if (end > s && end[-1] == '\0')
		unit = NULL;
	if (!parse_number(s, unit ? end - 1 : end, &v))
		return false;
	if (unit) {
		const unsigned int shift = 10 * (unsigned int)(unit - units + 1);

		if (v > (UINT64_MAX >> shift))
			return false;
		v = v << shift >> cfg->page_shift;
	}
	if (v > MM_MAX_FRAMES)
		return false;
	*value = (pfn_t)v;
	return true;
}

/* ---- lists: comma-separated items of START-END, or more in front ---- */

static const char *item_end(const char *s)
{
	return s + strcspn(s, ",");
}

static bool parse_range(const struct mm_config *cfg, const char *s,
			const char *end, struct mm_range *r)
{
	const char *dash = memchr(s, '-', (size_t)(end - s));

	return dash && parse_frames(cfg, s, dash, &r->start) &&
	       parse_frames(cfg, dash + 1, end, &r->end) && r->start < r->end;
}

static int set_ranges(const struct mm_config *cfg, const char *value,
		      struct mm_range *list, uint32_t most, uint32_t *n,
		      struct mm_error *err)
{
	struct mm_range found[MM_MAX_RANGES];
	uint32_t nr = 0;

	for (const char *s = value; *s; s = item_end(s) + (*item_end(s) == ',')) {
		if (nr == most)
			return mm_fail(err, -EINVAL, "at most %u ranges", most);
		if (!parse_range(cfg, s, item_end(s), &found[nr]))
			return mm_fail(err, -EINVAL,
				       "\"%.*s\": expected START-END in frames",
				       (int)(item_end(s) - s), s);
		if (nr && found[nr].start < found[nr - 1].end)
			return mm_fail(err, -EINVAL,
				       "\"%.*s\": ranges must ascend and not "
				       "overlap",
				       (int)(item_end(s) - s), s);
		nr++;
	}
	memset(list, 0, most * sizeof *list);
	memcpy(list, found, nr * sizeof *list);
	*n = nr;
	return 0;
}

static int zone_type_by_name(const char *s, size_t len)
{
	for (int z = 0; z < MAX_NR_ZONES; z++) {
		const char *name = mm_zone_type_name((enum zone_type)z);

		if (strlen(name) == len && strncmp(name, s, len) == 0)
			return z;
	}
	return -1;
}

/* NID:NAME:START-END */
static bool parse_zone(const struct mm_config *cfg, const char *s,
		       const char *end, struct mm_zone_config *zc)
{
	const char *c1 = memchr(s, ':', (size_t)(end - s)), *c2;
	struct mm_range r;
	uint64_t nid;
	int zidx;

	if (!c1 || !parse_number(s, c1, &nid) || nid >= MM_MAX_NODES)
		return false;
	c2 = memchr(c1 + 1, ':', (size_t)(end - c1 - 1));
	if (!c2 || !parse_range(cfg, c2 + 1, end, &r))
		return false;
	zidx = zone_type_by_name(c1 + 1, (size_t)(c2 - c1 - 1));
	if (zidx < 0)
		return false;
	*zc = (struct mm_zone_config){ .nid = (uint16_t)nid,
				       .zidx = (uint16_t)zidx,
				       .start = r.start,
				       .end = r.end };
	return true;
}

/* A new layout: what was laid out in the old one goes. */
static void clear_layout(struct mm_config *cfg)
{
	memset(cfg->zone, 0, sizeof cfg->zone);
	memset(cfg->memory, 0, sizeof cfg->memory);
	memset(cfg->reserved, 0, sizeof cfg->reserved);
	memset(cfg->cma, 0, sizeof cfg->cma);
	cfg->nr_zones = cfg->nr_memory = cfg->nr_reserved = cfg->nr_cma = 0;
	cfg->nr_nodes = 1;
}

static int set_zones(struct mm_config *cfg, const char *value,
		     struct mm_error *err)
{
	struct mm_config c = *cfg;

	clear_layout(&c);
	for (const char *s = value; *s; s = item_end(s) + (*item_end(s) == ',')) {
		struct mm_zone_config *zc = &c.zone[c.nr_zones];

		if (c.nr_zones == MAX_ZONELIST ||
		    !parse_zone(&c, s, item_end(s), zc))
			return mm_fail(err, -EINVAL,
				       "\"%.*s\": expected NODE:ZONE:START-END, "
				       "as in 0:Normal:0-1024",
				       (int)(item_end(s) - s), s);
		if (zc->nid >= c.nr_nodes)
			c.nr_nodes = zc->nid + 1u;
		c.nr_zones++;
	}
	*cfg = c;
	return 0;
}

static int set_zone(struct mm_config *cfg, const char *value,
		    struct mm_error *err)
{
	const int zidx = zone_type_by_name(value, strlen(value));
	const pfn_t end = cfg->nr_zones ? cfg->zone[cfg->nr_zones - 1].end : 256;

	if (zidx < 0 || zidx == ZONE_DEVICE)
		return mm_fail(err, -EINVAL,
			       "\"%.40s\": expected DMA, DMA32, Normal or "
			       "Movable",
			       value);
	clear_layout(cfg);
	cfg->nr_zones = 1;
	cfg->zone[0].zidx = (uint16_t)zidx;
	cfg->zone[0].end = end;
	return 0;
}

/* The single zone's size; the layout below it goes with the old size. */
static int set_pages(struct mm_config *cfg, const char *value,
		     struct mm_error *err)
{
	pfn_t pages;

	if (!parse_frames(cfg, value, value + strlen(value), &pages) ||
	    pages == 0)
		return mm_fail(err, -EINVAL,
			       "\"%.40s\": expected 1 to %u frames, or a size "
			       "such as 64M",
			       value, MM_MAX_FRAMES);
	if (cfg->nr_zones != 1) {
		clear_layout(cfg);
		cfg->zone[0].zidx = ZONE_NORMAL;
		cfg->nr_zones = 1;
	}
	cfg->zone[0].start = 0;
	cfg->zone[0].end = pages;
	return 0;
}

static int set_memory(struct mm_config *cfg, const char *value,
		      struct mm_error *err)
{
	return set_ranges(cfg, value, cfg->memory, MM_MAX_RANGES,
			  &cfg->nr_memory, err);
}

static int set_reserved(struct mm_config *cfg, const char *value,
			struct mm_error *err)
{
	return set_ranges(cfg, value, cfg->reserved, MM_MAX_RANGES,
			  &cfg->nr_reserved, err);
}

static int set_cma(struct mm_config *cfg, const char *value,
		   struct mm_error *err)
{
	return set_ranges(cfg, value, cfg->cma, MM_MAX_CMA, &cfg->nr_cma, err);
}

/* A:B:D both ways */
static int set_distance(struct mm_config *cfg, const char *value,
			struct mm_error *err)
{
	for (const char *s = value; *s; s = item_end(s) + (*item_end(s) == ',')) {
		unsigned int a, b, d;
		int used = 0;

		if (sscanf(s, "%1u:%1u:%3u%n", &a, &b, &d, &used) != 3 ||
		    s + used != item_end(s) || a >= MM_MAX_NODES ||
		    b >= MM_MAX_NODES || d < 10)
			return mm_fail(err, -EINVAL,
				       "\"%.*s\": expected NODE:NODE:DISTANCE, "
				       "10 or more",
				       (int)(item_end(s) - s), s);
		cfg->distance[a][b] = cfg->distance[b][a] = d;
	}
	return 0;
}

static int set_cpu_node(struct mm_config *cfg, const char *value,
			struct mm_error *err)
{
	unsigned int cpu = 0;

	for (const char *s = value; *s; s = item_end(s) + (*item_end(s) == ',')) {
		uint64_t nid;

		if (cpu == MM_MAX_CPUS || !parse_number(s, item_end(s), &nid) ||
		    nid >= MM_MAX_NODES)
			return mm_fail(err, -EINVAL,
				       "\"%.*s\": expected one node for each "
				       "CPU, as in 0,0,1,1",
				       (int)(item_end(s) - s), s);
		cfg->cpu_node[cpu++] = (uint8_t)nid;
	}
	return 0;
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
	if (!parse_number(value, value + strlen(value), &kb) ||
	    kb > UINT32_MAX)
		return mm_fail(err, -EINVAL,
			       "\"%.40s\": expected kilobytes, or auto", value);
	cfg->min_free_kbytes = (int64_t)kb;
	return 0;
}

static int set_ratio(struct mm_config *cfg, const char *value,
		     struct mm_error *err)
{
	uint32_t ratio[MAX_NR_ZONES] = { 0 };
	unsigned int n = 0;

	for (const char *s = value; *s; s = item_end(s) + (*item_end(s) == ',')) {
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
	{ "seed", "of everything random", set_seed, 0, 0, 0 },
	{ "zone", "one zone of this type: DMA, DMA32, Normal, Movable",
	  set_zone, 0, 0, 0 },
	{ "pages", "frames of that zone, or a size such as 64M", set_pages, 0,
	  0, 0 },
	{ "zones", "the layout: NODE:ZONE:START-END,...", set_zones, 0, 0, 0 },
	{ "memory", "where there is memory: START-END,...; else everywhere",
	  set_memory, 0, 0, 0 },
	{ "reserved", "memory that is never free: START-END,...", set_reserved,
	  0, 0, 0 },
	{ "cma", "CMA areas, whole pageblocks: START-END,...", set_cma, 0, 0,
	  0 },
	{ "distance", "between nodes: NODE:NODE:DISTANCE,...", set_distance, 0,
	  0, 0 },
	{ "cpu-node", "node of each CPU: 0,0,1,1", set_cpu_node, 0, 0, 0 },
	{ "min_free_kbytes", "kilobytes, or auto for the kernel's formula",
	  set_min_free, 0, 0, 0 },
	{ "lowmem_reserve_ratio", "one for each zone index: 256,256,32,0,0",
	  set_ratio, 0, 0, 0 },
	{ "era", "fallback policy: linux-7.3 or linux-2.6.24", set_era, 0, 0,
	  0 },
	NUMBER("page-shift", page_shift, 12, 16, "log2 of the page size"),
	NUMBER("pageblock-order", pageblock_order, 1, MM_MAX_ORDERS - 1,
	       "pages of a pageblock: 2^N"),
	NUMBER("max-order", max_page_order, 1, MM_MAX_ORDERS - 1,
	       "MAX_PAGE_ORDER, the largest block: 2^N pages"),
	NUMBER("pmd-order", pmd_order, 0, MM_MAX_ORDERS - 1,
	       "order of a huge page, which has per-CPU lists too"),
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
	NUMBER("pcp", pcp, 0, 1, "off: per-CPU lists pass everything through"),
	NUMBER("exact-counters", exact_counters, 0, 1,
	       "off: per-CPU differences lag behind, as in the kernel"),
#undef NUMBER
};

const char *mm_config_key(unsigned int i)
{
	return i < sizeof config_keys / sizeof config_keys[0] ?
		       config_keys[i].name :
		       NULL;
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
	static const uint32_t ratio[MAX_NR_ZONES] = { 256, 256, 32, 0, 0 };

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
	memcpy(cfg->lowmem_reserve_ratio, ratio, sizeof ratio);
	cfg->pcp_batch_scale_max = 5;
	cfg->cache_pages = 256;
	cfg->pcp = 1;
	cfg->exact_counters = 1;
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
		       "embedded or laptop",
		       name);
}
