/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_config.c - what machine a recording was made on
 *
 * A world's constants, zones and holes must be known before it exists, so
 * the snapshot is read once for them alone.
 */
#include "cmd/case.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Bounds on what a few bytes of text can make us allocate and touch. */
#define MOST_PAGEBLOCKS (INT64_C(1) << 22)
#define MOST_SINGLE_FRAMES (INT64_C(1) << 26)
#define MOST_HOLES 128

/** What is gathered in this pass. */
struct scan {
	struct case_machine *m;
	struct mm_range hole[MOST_HOLES];
	unsigned int nr_holes;
	int64_t nr_cpus, local_node, nr_nodes, single, managed;
};

/* ---- const KEY VALUE ---- */

/*
 * A constant goes into the configuration, or must be what the model is made
 * for (at == FIXED), or matters to a replay in another way (at == SCAN).
 */
#define FIXED ((size_t)-1)
#define SCAN ((size_t)-2)

static const struct constant {
	const char *key;
	size_t at;
	int64_t min, max;
} constants[] = {
#define CONFIG(k, field, lo, hi)                                               \
	{                                                                      \
		k, offsetof(struct mm_config, field), lo, hi                   \
	}
	CONFIG("page_shift", page_shift, 12, 16),
	CONFIG("pageblock_order", pageblock_order, 1, MM_MAX_ORDERS - 1),
	CONFIG("max_page_order", max_page_order, 1, MM_MAX_ORDERS - 1),
	CONFIG("pmd_order", pmd_order, 0, MM_MAX_ORDERS - 1),
	CONFIG("pcp_batch_scale_max", pcp_batch_scale_max, 0, 6),
	CONFIG("watermark_boost_factor", watermark_boost_factor, 0, INT32_MAX),
	CONFIG("watermark_scale_factor", watermark_scale_factor, 1, 3000),
	CONFIG("defrag_mode", defrag_mode, 0, 1),
	CONFIG("percpu_pagelist_high_fraction", percpu_pagelist_high_fraction,
	       0, INT32_MAX),
#undef CONFIG
	{"costly_order", FIXED, 3, 3},
	{"migrate_pcptypes", FIXED, MIGRATE_PCPTYPES, MIGRATE_PCPTYPES},
	{"migrate_types", FIXED, MIGRATE_TYPES, MIGRATE_TYPES},
	{"max_nr_zones", FIXED, MAX_NR_ZONES, MAX_NR_ZONES},
	{"page_group_by_mobility_disabled", FIXED, 0, 0},
	{"node_reclaim_mode", FIXED, 0, 0},
	{"nr_pcp_lists", FIXED, 14, 14},
	{"nr_online_cpus", SCAN, 1, MM_MAX_CPUS},
	{"cpu", SCAN, 0, MM_MAX_CPUS - 1},
	{"local_node", SCAN, 0, MM_MAX_NODES - 1},
	{"min_free_kbytes", SCAN, 0, UINT32_MAX},
	{"user_min_free_kbytes", SCAN, -1, UINT32_MAX},
};

static void keep_constant(struct scan *s, const struct constant *k, int64_t v)
{
	if (k->at < sizeof s->m->cfg)
		memcpy((char *)&s->m->cfg + k->at, &(uint32_t){(uint32_t)v},
		       sizeof(uint32_t));
	else if (strcmp(k->key, "nr_online_cpus") == 0)
		s->nr_cpus = v > s->nr_cpus ? v : s->nr_cpus;
	else if (strcmp(k->key, "cpu") == 0)
		s->m->cpu = v;
	else if (strcmp(k->key, "local_node") == 0)
		s->local_node = v;
	else if (strcmp(k->key, "min_free_kbytes") == 0)
		s->m->cfg.min_free_kbytes = v;
	else if (strcmp(k->key, "user_min_free_kbytes") == 0)
		s->m->user_min_free_kbytes = v;
}

static bool read_const(struct case_file *c, struct scan *s)
{
	struct case_word w;
	int64_t v;

	if (!case_word(c, &w))
		return case_bad(c, "expected const KEY VALUE");
	if (case_is(w, "lowmem_reserve_ratio")) {
		for (int i = 0; i < MAX_NR_ZONES; i++) {
			if (!case_int(c, "a ratio", 0, INT32_MAX, &v))
				return false;
			s->m->cfg.lowmem_reserve_ratio[i] = (uint32_t)v;
		}
		return case_line_ends(c);
	}
	for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++) {
		const struct constant *k = &constants[i];

		if (!case_is(w, k->key))
			continue;
		if (!case_int(c, k->key, k->min, k->max, &v))
			return false;
		keep_constant(s, k, v);
		return case_line_ends(c);
	}
	return true; /* text, or a constant that plays no part here */
}

/* ---- zones and holes ---- */

/*
 * Memory that came online as movable lies within the zone that it was of.
 * The world is made without that zone, which then gets its blocks.
 */
static void keep_inner(struct case_file *c, struct scan *s)
{
	struct mm_config *cfg = &s->m->cfg;
	const struct mm_zone_config *z = &cfg->zone[cfg->nr_zones - 1];

	if (z->zidx != ZONE_MOVABLE || s->m->inner.end)
		return;
	for (uint32_t i = 0; i + 1 < cfg->nr_zones; i++) {
		const struct mm_zone_config *o = &cfg->zone[i];

		if (o->nid != z->nid || z->start < o->start || z->end > o->end)
			continue;
		s->m->inner = *z;
		s->m->holes[o->nid * MAX_NR_ZONES + o->zidx] +=
			z->end - z->start;
		c->overlap = true;
		cfg->nr_zones--;
		return;
	}
}

static bool read_zone(struct case_file *c, struct scan *s)
{
	struct mm_config *cfg = &s->m->cfg;
	struct case_word name;
	int64_t start, spanned, present, managed;
	zone_t zid;

	if (!case_zone(c, NULL, &zid))
		return false;
	if (!case_word(c, &name))
		return case_bad(c, "expected the name of the zone");
	if (!case_int(c, "the first frame", 0, MM_MAX_FRAMES - 1, &start) ||
	    !case_int(c, "the frames spanned", 1, MM_MAX_FRAMES - start,
		      &spanned) ||
	    !case_int(c, "the frames present", 0, spanned, &present) ||
	    !case_int(c, "the frames managed", 0, spanned, &managed))
		return false;
	s->managed += managed;
	if (cfg->nr_zones == MM_MAX_NODES * MAX_NR_ZONES)
		return case_bad(c, "expected at most %d zones",
				MM_MAX_NODES * MAX_NR_ZONES);
	if ((start + spanned) >> cfg->pageblock_order > MOST_PAGEBLOCKS)
		return case_bad(c,
				"%lld frames are too many pageblocks; expected "
				"no more than %lld",
				(long long)(start + spanned),
				(long long)MOST_PAGEBLOCKS);
	cfg->zone[cfg->nr_zones++] = (struct mm_zone_config){
		.nid = zid / MAX_NR_ZONES,
		.zidx = zid % MAX_NR_ZONES,
		.start = (pfn_t)start,
		.end = (pfn_t)(start + spanned),
	};
	if (zid / MAX_NR_ZONES >= s->nr_nodes)
		s->nr_nodes = zid / MAX_NR_ZONES + 1;
	keep_inner(c, s);
	return true;
}

static bool is_inner(const struct scan *s, int64_t pfn, int64_t count)
{
	return pfn >= s->m->inner.start && pfn + count <= s->m->inner.end;
}

static bool add_hole(struct case_file *c, struct scan *s, int64_t pfn,
		     int64_t count)
{
	struct mm_range *last = s->nr_holes ? &s->hole[s->nr_holes - 1] : NULL;

	if (last && pfn < last->end)
		return case_bad(c,
				"expected a hole above frame %u, got one at "
				"%lld",
				last->end, (long long)pfn);
	if (last && pfn == last->end) {
		last->end = (pfn_t)(pfn + count);
		return true;
	}
	if (s->nr_holes == MOST_HOLES)
		return case_bad(c, "expected at most %d holes", MOST_HOLES);
	s->hole[s->nr_holes++] =
		(struct mm_range){(pfn_t)pfn, (pfn_t)(pfn + count)};
	return true;
}

/* Only the holes matter here, and how much the rest will make us touch. */
static bool read_run(struct case_file *c, struct scan *s)
{
	struct case_word kind;
	int64_t pfn, count;

	if (!case_int(c, "a frame", 0, MM_MAX_FRAMES - 1, &pfn) ||
	    !case_int(c, "a number of frames", 1, MM_MAX_FRAMES - pfn, &count))
		return false;
	if (!case_word(c, &kind))
		return case_bad(c, "expected what kind of pages these are");
	if (pfn >= s->m->offline.start && pfn + count <= s->m->offline.end)
		return true;
	if (case_is(kind, "otherzone") && is_inner(s, pfn, count))
		return true;
	if (case_is(kind, "hole") || case_is(kind, "otherzone"))
		return add_hole(c, s, pfn, count);
	s->single += count;
	if (s->single > MOST_SINGLE_FRAMES)
		return case_bad(c, "expected at most %lld frames in use",
				(long long)MOST_SINGLE_FRAMES);
	return true;
}

static bool read_cpu(struct case_file *c, struct scan *s)
{
	int64_t cpu;

	if (!case_int(c, "a CPU", 0, MM_MAX_CPUS - 1, &cpu))
		return false;
	if (cpu >= s->nr_cpus)
		s->nr_cpus = cpu + 1;
	return true;
}

static bool read_node(struct case_file *c, struct scan *s)
{
	int64_t nid;

	if (!case_int(c, "a node", 0, MM_MAX_NODES - 1, &nid))
		return false;
	if (nid >= s->nr_nodes)
		s->nr_nodes = nid + 1;
	return true;
}

/* ---- the configuration they come to ---- */

static bool add_memory(struct case_file *c, struct mm_config *cfg, pfn_t start,
		       pfn_t end)
{
	if (start >= end)
		return true;
	if (cfg->nr_memory == MM_MAX_RANGES)
		return case_bad(c, "expected at most %d ranges of memory",
				MM_MAX_RANGES);
	cfg->memory[cfg->nr_memory++] = (struct mm_range){start, end};
	return true;
}

/* Memory of a zone is what its holes leave over. */
static bool memory_of_zone(struct case_file *c, struct scan *s,
			   const struct mm_zone_config *z)
{
	const unsigned int zid = z->nid * MAX_NR_ZONES + z->zidx;
	pfn_t at = z->start;

	for (unsigned int i = 0; i < s->nr_holes; i++) {
		const struct mm_range *h = &s->hole[i];
		const pfn_t start = h->start > z->start ? h->start : z->start;
		const pfn_t end = h->end < z->end ? h->end : z->end;

		if (start >= end)
			continue;
		if (!add_memory(c, &s->m->cfg, at, start))
			return false;
		s->m->holes[zid] += end - start;
		at = end;
	}
	return add_memory(c, &s->m->cfg, at, z->end);
}

/* Where tasks sleep, CMA pageblocks in a row are an area. */
static bool read_pb(struct case_file *c, struct scan *s)
{
	struct mm_config *cfg = &s->m->cfg;
	struct mm_range *last = &cfg->cma[cfg->nr_cma ? cfg->nr_cma - 1 : 0];
	int64_t nid, zidx, pfn, mt;
	pfn_t end;

	if (!case_int(c, "a node", 0, MM_MAX_NODES - 1, &nid) ||
	    !case_int(c, "a zone", 0, MAX_NR_ZONES - 1, &zidx) ||
	    !case_int(c, "a frame", 0, MM_MAX_FRAMES - 1, &pfn) ||
	    !case_int(c, "a type", 0, MIGRATE_TYPES - 1, &mt))
		return false;
	if (c->mode != CASE_SLEEPING || mt != MIGRATE_CMA)
		return true;
	end = (pfn_t)pfn + (1u << cfg->pageblock_order);
	if (cfg->nr_cma && last->end == (pfn_t)pfn)
		last->end = end;
	else if (cfg->nr_cma == MM_MAX_CMA)
		return case_bad(c, "more than %d CMA areas", MM_MAX_CMA);
	else
		cfg->cma[cfg->nr_cma++] = (struct mm_range){(pfn_t)pfn, end};
	return true;
}

/* To be placed there is nothing. */
static void offline_of_zone(struct case_machine *m,
			    const struct mm_zone_config *z)
{
	if (m->offline.start < m->offline.end && m->offline.start >= z->start &&
	    m->offline.end <= z->end)
		m->holes[z->nid * MAX_NR_ZONES + z->zidx] +=
			m->offline.end - m->offline.start;
}

static int by_start(const void *a, const void *b)
{
	const struct mm_range *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

static bool finish(struct case_file *c, struct scan *s)
{
	struct mm_config *cfg = &s->m->cfg;

	for (uint32_t i = 0; i < cfg->nr_zones; i++) {
		if (!memory_of_zone(c, s, &cfg->zone[i]))
			return false;
		offline_of_zone(s->m, &cfg->zone[i]);
	}
	/* machines that boot with less have no huge pages: W12 */
	s->managed += s->m->offline.end - s->m->offline.start;
	cfg->thp = s->managed >= INT64_C(512) << (20 - cfg->page_shift);
	qsort(cfg->memory, cfg->nr_memory, sizeof cfg->memory[0], by_start);
	cfg->nr_cpus = (uint32_t)s->nr_cpus;
	cfg->nr_nodes = (uint32_t)s->nr_nodes;
	if (s->m->cpu >= s->nr_cpus || s->local_node >= s->nr_nodes)
		return case_bad(c,
				"expected CPU %lld and node %lld to be among "
				"the CPUs and nodes; the recording is damaged",
				(long long)s->m->cpu, (long long)s->local_node);
	for (int64_t cpu = 0; cpu < s->nr_cpus; cpu++)
		cfg->cpu_node[cpu] = (uint8_t)s->local_node;
	return true;
}

static const struct row {
	const char *word;
	bool (*read)(struct case_file *, struct scan *);
} rows[] = {
	{"run", read_run}, {"zone", read_zone}, {"const", read_const},
	{"pcp", read_cpu}, {"zdiff", read_cpu}, {"node", read_node},
	{"pb", read_pb},
};

bool case_read_machine(struct case_file *c, struct case_machine *m)
{
	struct scan s = {.m = m, .nr_cpus = 1, .nr_nodes = 1};
	struct case_word w;

	memset(m, 0, sizeof *m);
	mm_config_preset(&m->cfg, "tiny", NULL);
	m->cfg.nr_zones = m->cfg.nr_memory = m->cfg.nr_reserved = 0;
	m->cfg.nr_cma = 0;
	m->cfg.exact_counters = 0;
	m->cfg.schedule = 0; /* nobody else ran while it was recorded */
	m->user_min_free_kbytes = -1;
	for (unsigned int a = 0; a < MM_MAX_NODES; a++)
		for (unsigned int b = 0; b < MM_MAX_NODES; b++)
			m->cfg.distance[a][b] = a == b ? 10 : 20;
	snprintf(m->cfg.name, sizeof m->cfg.name, "%.*s",
		 (int)sizeof m->cfg.name - 1, c->name);
	if (!case_offline_range(c, &m->offline))
		return false;
	case_seek(c, c->before);
	while (case_next(c, &w))
		for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
			if (!case_is(w, rows[i].word))
				continue;
			if (!rows[i].read(c, &s))
				return false;
			break;
		}
	return finish(c, &s);
}
