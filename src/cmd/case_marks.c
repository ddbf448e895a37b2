/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_marks.c - watermark tables: every cell, setting after setting
 *
 * Such a recording (mode watermarks) is a machine's zones and then a block of
 * tables for each sysctl that was written.  Here a world with zones of those
 * sizes gets the same settings, and answers with its own numbers.
 *
 * The first block shows what the boot left: its marks, boosts and per-CPU
 * limits are of a moment when less memory was managed, so of that block only
 * sizes, reserves, batches and thresholds are compared (W44).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/case.h"

/** What is read before there is a world. */
struct tables {
	struct mm_config cfg;
	struct mm *mm;
	bool first; /* in the first block of tables */
};

/* ---- the machine ---- */

/* "-numa node,nodeid=1,cpus=2-3" in the guest's line */
static void read_guest(struct case_file *c, struct mm_config *cfg)
{
	const char *at = c->at, *stop = c->stop;

	while ((at = memchr(at, 'n', (size_t)(stop - at)))) {
		unsigned int nid, from, to;
		char item[64];
		int n;

		snprintf(item, sizeof item, "%.*s",
			 (int)(stop - at < 63 ? stop - at : 63), at);
		at++;
		n = sscanf(item, "nodeid=%1u,cpus=%2u-%2u", &nid, &from, &to);
		if (n < 2 || nid >= MM_MAX_NODES)
			continue;
		for (to = n == 3 ? to : from; from <= to && from < MM_MAX_CPUS;
		     from++)
			cfg->cpu_node[from] = (uint8_t)nid;
	}
}

static int zone_index(struct case_word w)
{
	for (int z = 0; z < MAX_NR_ZONES; z++)
		if (case_is(w, mm_zone_type_name((enum zone_type)z)))
			return z;
	return -1;
}

/* NID NAME at the head of zwm, zprot and zpcp lines. */
static bool table_zone(struct case_file *c, zone_t *zid)
{
	struct case_word w = {"", 0};
	int64_t nid;
	int zidx;

	if (!case_int(c, "a node", 0, MM_MAX_NODES - 1, &nid))
		return false;
	case_word(c, &w);
	zidx = zone_index(w);
	if (zidx < 0)
		return case_bad(c, "expected the name of a zone");
	*zid = mm_zone_id((unsigned int)nid, (enum zone_type)zidx);
	return true;
}

/* NAME VALUE pairs; false when this is not the pair @key. */
static bool pair(struct case_file *c, const char *key, int64_t *value)
{
	struct case_word w = {"", 0};

	case_word(c, &w);
	if (!case_is(w, key))
		return case_bad(c, "expected \"%s\" and its value", key);
	return case_int(c, key, 0, INT64_C(1) << 40, value);
}

/* A zone of that size behind the ones so far; managed pages first. */
static bool add_zone(struct case_file *c, struct mm_config *cfg)
{
	int64_t spanned, present, managed;
	pfn_t start = 0;
	zone_t zid;

	if (!table_zone(c, &zid) || !pair(c, "spanned", &spanned) ||
	    !pair(c, "present", &present) || !pair(c, "managed", &managed))
		return false;
	if (present == 0)
		return true;
	if (cfg->nr_zones)
		start = cfg->zone[cfg->nr_zones - 1].end;
	if (spanned < present || present < managed ||
	    start + spanned > MM_MAX_FRAMES ||
	    cfg->nr_zones == MM_MAX_RANGES / 2)
		return case_bad(c, "expected sizes of a zone: managed at most "
				   "present, present at most spanned");
	cfg->zone[cfg->nr_zones++] = (struct mm_zone_config){
		.nid = (uint16_t)(zid / MAX_NR_ZONES),
		.zidx = (uint16_t)(zid % MAX_NR_ZONES),
		.start = start,
		.end = start + (pfn_t)spanned,
	};
	if (zid / MAX_NR_ZONES >= cfg->nr_nodes)
		cfg->nr_nodes = zid / MAX_NR_ZONES + 1u;
	cfg->memory[cfg->nr_memory++] =
		(struct mm_range){start, start + (pfn_t)present};
	if (managed < present)
		cfg->reserved[cfg->nr_reserved++] = (struct mm_range){
			start + (pfn_t)managed, start + (pfn_t)present};
	return true;
}

static bool read_machine_line(struct case_file *c, struct mm_config *cfg,
			      struct case_word w)
{
	struct case_word key = {"", 0};
	int64_t v;
	zone_t zid;

	if (case_is(w, "guest"))
		read_guest(c, cfg);
	if (case_is(w, "zwm"))
		return add_zone(c, cfg);
	if (case_is(w, "zpcp")) {
		if (!table_zone(c, &zid) || !pair(c, "cpu", &v))
			return false;
		if (v >= MM_MAX_CPUS)
			return case_bad(c, "expected a CPU below %d",
					MM_MAX_CPUS);
		if (v >= cfg->nr_cpus)
			cfg->nr_cpus = (uint32_t)v + 1;
	}
	if (case_is(w, "sysctl") && case_word(c, &key) &&
	    case_is(key, "min_free_kbytes"))
		return case_int(c, "kilobytes", 0, UINT32_MAX,
				&cfg->min_free_kbytes);
	return true;
}

/* The first block of tables describes the machine. */
static bool read_machine(struct case_file *c, struct tables *t)
{
	struct case_word w = {"", 0}, what = {"", 0};
	struct mm_error err;

	mm_config_preset(&t->cfg, "laptop", &err);
	t->cfg.nr_zones = t->cfg.nr_memory = t->cfg.nr_reserved = 0;
	t->cfg.nr_cpus = 1;
	case_seek(c, (struct case_mark){c->text, 0});
	for (;;) {
		if (!case_next(c, &w)) {
			if (!case_is(w, "end"))
				return case_bad(c, "expected tables; the "
						   "recording is cut short");
			what = (struct case_word){"", 0};
			case_word(c, &what);
			if (case_is(what, "setting"))
				break;
		} else if (!read_machine_line(c, &t->cfg, w)) {
			return false;
		}
		w = (struct case_word){"", 0};
	}
	t->mm = mm_create(&t->cfg, &err);
	return t->mm ? true
		     : case_bad(c, "no world of these sizes: %.120s", err.text);
}

/* ---- settings ---- */

static bool set(struct case_file *c, struct tables *t, const char *name,
		int64_t value)
{
	struct mm_error err;

	if (mm_set(t->mm, name, value, &err) == 0)
		return true;
	return case_bad(c, "%.150s", err.text);
}

/* lowmem_reserve_ratio has one number for each zone index. */
static bool set_ratios(struct case_file *c, struct tables *t, const char *at)
{
	for (int z = 0; z < ZONE_DEVICE; z++) {
		char name[64], *end;
		const long v = strtol(at, &end, 10);

		if (end == at)
			return case_bad(c, "expected a ratio for each zone");
		at = end;
		snprintf(name, sizeof name, "vm.lowmem_reserve_ratio.%s",
			 mm_zone_type_name((enum zone_type)z));
		if (!set(c, t, name, v))
			return false;
	}
	return true;
}

/* begin setting KEY=VALUE [KEY=VALUE]...; "default" changes nothing. */
static bool apply(struct case_file *c, struct tables *t)
{
	char line[160], *word, *rest = line;

	snprintf(line, sizeof line, "%.*s",
		 (int)(c->stop - c->at < 159 ? c->stop - c->at : 159), c->at);
	word = strstr(line, "lowmem_reserve_ratio=");
	if (word)
		return set_ratios(c, t, strchr(word, '=') + 1);
	while ((word = strtok_r(rest, " ", &rest))) {
		char name[64], *value = strchr(word, '=');

		if (!value)
			continue;
		*value++ = '\0';
		snprintf(name, sizeof name, "vm.%.50s", word);
		if (!set(c, t, name, strtol(value, NULL, 10)))
			return false;
	}
	return true;
}

/* ---- comparing ---- */

static bool cell(struct case_file *c, const char *key, int64_t expected,
		 int64_t got)
{
	return expected == got ||
	       case_differs(c, "%s: expected %lld, got %lld", key,
			    (long long)expected, (long long)got);
}

static bool compare_marks(struct case_file *c, const struct tables *t)
{
	static const char *const keys[] = {"min", "low", "high", "promo"};
	struct mm_zone_info zi;
	int64_t v;
	zone_t zid;

	if (!table_zone(c, &zid))
		return false;
	mm_zone_info(t->mm, zid, &zi);
	if (!pair(c, "spanned", &v) || !cell(c, "spanned", v, zi.spanned) ||
	    !pair(c, "present", &v) || !cell(c, "present", v, zi.present) ||
	    !pair(c, "managed", &v) || !cell(c, "managed", v, zi.managed) ||
	    !pair(c, "cma", &v))
		return false;
	for (int w = 0; w < NR_WMARK; w++)
		if (!pair(c, keys[w], &v) ||
		    (!t->first && !cell(c, keys[w], v, zi.wmark[w] + zi.boost)))
			return false;
	return pair(c, "boost", &v) &&
	       (t->first || cell(c, "boost", v, zi.boost));
}

static bool compare_reserve(struct case_file *c, const struct tables *t)
{
	struct mm_zone_info zi;
	int64_t v;
	zone_t zid;

	if (!table_zone(c, &zid))
		return false;
	mm_zone_info(t->mm, zid, &zi);
	for (int i = 0; i < MAX_NR_ZONES; i++)
		if (!case_int(c, "a reserve", 0, INT64_C(1) << 40, &v) ||
		    !cell(c, "reserve", v, zi.lowmem_reserve[i]))
			return false;
	return true;
}

static bool compare_pcp(struct case_file *c, const struct tables *t)
{
	struct mm_zone_info zi;
	struct mm_pcp_info pi;
	int64_t cpu, v;
	zone_t zid;

	if (!table_zone(c, &zid) || !pair(c, "cpu", &cpu) ||
	    !pair(c, "count", &v) || !pair(c, "high", &v))
		return false;
	if (cpu >= mm_nr_cpus(t->mm))
		return case_bad(c, "expected a CPU of the first tables");
	mm_zone_info(t->mm, zid, &zi);
	mm_pcp_info(t->mm, zid, (unsigned int)cpu, &pi);
	return pair(c, "batch", &v) && cell(c, "batch", v, pi.batch) &&
	       pair(c, "high_min", &v) &&
	       (t->first || cell(c, "high_min", v, pi.high_min)) &&
	       pair(c, "high_max", &v) &&
	       (t->first || cell(c, "high_max", v, pi.high_max)) &&
	       pair(c, "stat_threshold", &v) &&
	       cell(c, "stat_threshold", v, zi.stat_threshold);
}

/*
 * The sysctls in force: what was put back between two blocks without a block
 * of its own is written here too.  min_free_kbytes is ours to compute.
 */
static bool follow_sysctl(struct case_file *c, struct tables *t)
{
	static const char *const written[] = {
		"watermark_scale_factor",
		"watermark_boost_factor",
		"percpu_pagelist_high_fraction",
	};
	struct case_word key = {"", 0};
	const char *unit;
	char name[64];
	int64_t v, ours = -1;

	case_word(c, &key);
	if (case_is(key, "lowmem_reserve_ratio"))
		return set_ratios(c, t, c->at);
	if (case_is(key, "min_free_kbytes")) {
		mm_figure(t->mm, "vm.min_free_kbytes", &ours, &unit);
		return case_int(c, "kilobytes", 0, UINT32_MAX, &v) &&
		       cell(c, "min_free_kbytes", v, ours);
	}
	for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
		if (!case_is(key, written[i]))
			continue;
		snprintf(name, sizeof name, "vm.%s", written[i]);
		if (!case_int(c, written[i], 0, INT32_MAX, &v) ||
		    mm_figure(t->mm, name, &ours, &unit))
			return false;
		return v == ours || set(c, t, name, v);
	}
	return true;
}

static bool compare_line(struct case_file *c, struct tables *t,
			 struct case_word w)
{
	struct case_word what = {"", 0};

	if (case_is(w, "begin") && case_word(c, &what) &&
	    case_is(what, "setting")) {
		return apply(c, t);
	}
	if (case_is(w, "zwm"))
		return compare_marks(c, t);
	if (case_is(w, "zprot"))
		return compare_reserve(c, t);
	if (case_is(w, "zpcp"))
		return compare_pcp(c, t);
	if (case_is(w, "sysctl"))
		return follow_sysctl(c, t);
	return true;
}

static bool compare_tables(struct case_file *c, struct tables *t,
			   struct case_result *r)
{
	struct case_word w = {"", 0}, what;

	case_seek(c, (struct case_mark){c->text, 0});
	for (;;) {
		if (case_next(c, &w)) {
			if (!compare_line(c, t, w))
				return false;
		} else if (case_is(w, "end")) {
			what = (struct case_word){"", 0};
			case_word(c, &what);
			if (case_is(what, "case"))
				return true;
			if (case_is(what, "setting")) {
				t->first = false;
				r->calls++;
			}
		} else {
			return case_bad(c, "expected \"end case\"; the "
					   "recording is cut short");
		}
		w = (struct case_word){"", 0};
	}
}

static uint32_t count_blocks(const struct case_file *c)
{
	static const char head[] = "\nbegin setting ";
	uint32_t n = 0;

	for (const char *at = c->text; (at = strstr(at, head)); at++)
		n++;
	return n;
}

bool case_run_marks(struct case_file *c, struct case_result *r)
{
	struct tables t = {.first = true};
	bool same;

	*r = (struct case_result){0};
	c->calls = count_blocks(c);
	same = read_machine(c, &t) && compare_tables(c, &t, r);
	mm_destroy(t.mm);
	return same;
}
