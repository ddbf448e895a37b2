/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_marks_world.c - see case_marks.h
 *
 * The world boots with as much as the tables imply, case_boot.c, and is then
 * given the rest, as the kernel was (W44).  A boost is what some allocation of
 * the boot did, which was not recorded: it is taken over, if it can be one.
 */
#include "cmd/case_marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More worlds than this are not tried. */
#define MOST_WORLDS 1024

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

bool marks_zone(struct case_file *c, zone_t *zid)
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

bool marks_pair(struct case_file *c, const char *key, int64_t *value)
{
	struct case_word w = {"", 0};

	case_word(c, &w);
	if (!case_is(w, key))
		return case_bad(c, "expected \"%s\" and its value", key);
	return case_int(c, key, 0, INT64_C(1) << 40, value);
}

/* ... and what else it says.  Managed pages come first in a zone. */
static bool add_zone(struct case_file *c, struct tables *t)
{
	static const char *const keys[] = {"min", "low", "high", "promo"};
	struct boot_zone *z = &t->boot.zone[t->boot.nr];
	struct mm_config *cfg = &t->cfg;
	int64_t spanned, present;
	pfn_t start = 0;
	zone_t zid;

	if (!marks_zone(c, &zid) || !marks_pair(c, "spanned", &spanned) ||
	    !marks_pair(c, "present", &present))
		return false;
	if (present == 0)
		return true;
	if (cfg->nr_zones)
		start = cfg->zone[cfg->nr_zones - 1].end;
	if (cfg->nr_zones == MM_MAX_NODES * MAX_NR_ZONES)
		return case_bad(c, "expected each zone once");
	*z = (struct boot_zone){.zid = zid, .start = start, .high_max = -1};
	if (!marks_pair(c, "managed", &z->managed) ||
	    !marks_pair(c, "cma", &z->cma))
		return false;
	if (spanned < present || present < z->managed || z->managed == 0 ||
	    z->cma > z->managed || start + spanned > MM_MAX_FRAMES)
		return case_bad(c, "expected sizes of a zone: managed at most "
				   "present, present at most spanned");
	for (int w = 0; w < NR_WMARK; w++)
		if (!marks_pair(c, keys[w], &z->wmark[w]))
			return false;
	if (!marks_pair(c, "boost", &z->boost))
		return false;
	for (int w = 0; w < NR_WMARK; w++)
		z->wmark[w] -= z->boost;
	z->present = (pfn_t)present;
	t->boot.nr++;
	cfg->zone[cfg->nr_zones++] = (struct mm_zone_config){
		.nid = (uint16_t)(zid / MAX_NR_ZONES),
		.zidx = (uint16_t)(zid % MAX_NR_ZONES),
		.start = start,
		.end = start + (pfn_t)spanned,
	};
	if (zid / MAX_NR_ZONES >= cfg->nr_nodes)
		cfg->nr_nodes = zid / MAX_NR_ZONES + 1u;
	return true;
}

/* How many CPUs there are, and how long a list of the zone may get. */
static bool add_pageset(struct case_file *c, struct tables *t)
{
	int64_t cpu, v, high_max;
	zone_t zid;

	if (!marks_zone(c, &zid) || !marks_pair(c, "cpu", &cpu) ||
	    !marks_pair(c, "count", &v) || !marks_pair(c, "high", &v) ||
	    !marks_pair(c, "batch", &v) || !marks_pair(c, "high_min", &v) ||
	    !marks_pair(c, "high_max", &high_max))
		return false;
	if (cpu >= MM_MAX_CPUS)
		return case_bad(c, "expected a CPU below %d", MM_MAX_CPUS);
	if (cpu >= t->cfg.nr_cpus)
		t->cfg.nr_cpus = (uint32_t)cpu + 1;
	for (unsigned int i = 0; i < t->boot.nr; i++)
		if (t->boot.zone[i].zid == zid)
			t->boot.zone[i].high_max = high_max;
	return true;
}

/* Huge pages are off only where "never" is in brackets. */
static bool read_sysctl(struct case_file *c, struct tables *t)
{
	struct case_word key = {"", 0}, word = {"", 0};

	case_word(c, &key);
	if (case_is(key, "min_free_kbytes"))
		return case_int(c, "kilobytes", 0, UINT32_MAX,
				&t->min_free_kbytes);
	while (case_is(key, "thp") && case_word(c, &word))
		if (case_is(word, "[never]"))
			t->cfg.thp = THP_NEVER;
	return true;
}

static bool read_machine_line(struct case_file *c, struct tables *t,
			      struct case_word w)
{
	if (case_is(w, "guest"))
		read_guest(c, &t->cfg);
	if (case_is(w, "zwm"))
		return add_zone(c, t);
	if (case_is(w, "zpcp"))
		return add_pageset(c, t);
	if (case_is(w, "sysctl"))
		return read_sysctl(c, t);
	return true;
}

/* The first block of tables describes the machine. */
static bool read_first_tables(struct case_file *c, struct tables *t)
{
	struct case_word w = {"", 0}, what = {"", 0};

	case_seek(c, (struct case_mark){c->text, 0});
	for (;;) {
		if (!case_next(c, &w)) {
			if (!case_is(w, "end"))
				return case_bad(c, "expected tables; the "
						   "recording is cut short");
			what = (struct case_word){"", 0};
			case_word(c, &what);
			if (case_is(what, "setting"))
				return true;
		} else if (!read_machine_line(c, t, w)) {
			return false;
		}
		w = (struct case_word){"", 0};
	}
}

/* ---- a world like it ---- */

static void count_cpus(struct tables *t)
{
	for (unsigned int i = 0; i < t->boot.nr; i++) {
		struct boot_zone *z = &t->boot.zone[i];

		for (unsigned int cpu = 0; cpu < t->cfg.nr_cpus; cpu++)
			z->cpus +=
				t->cfg.cpu_node[cpu] == z->zid / MAX_NR_ZONES;
		if (!z->cpus)
			z->cpus = t->cfg.nr_cpus;
	}
}

/* Memory of the zones, and the part of it that the boot kept. */
static void lay_out(struct tables *t)
{
	const pfn_t block = (pfn_t)1 << t->cfg.pageblock_order;
	struct mm_config *cfg = &t->cfg;

	cfg->nr_memory = cfg->nr_reserved = cfg->nr_cma = 0;
	for (unsigned int i = 0; i < t->boot.nr; i++) {
		const struct boot_zone *z = &t->boot.zone[i];
		const pfn_t end = z->start + z->present;
		const pfn_t kept = z->start + (pfn_t)z->early;
		const pfn_t cma = (z->start + block - 1) / block * block;

		cfg->memory[cfg->nr_memory++] =
			(struct mm_range){z->start, end};
		if (kept < end)
			cfg->reserved[cfg->nr_reserved++] =
				(struct mm_range){kept, end};
		if (z->cma && cfg->nr_cma < MM_MAX_CMA)
			cfg->cma[cfg->nr_cma++] =
				(struct mm_range){cma, cma + (pfn_t)z->cma};
	}
}

/* One step of a boost is a pageblock; W31 says how far they go. */
static bool boost_possible(const struct tables *t, const struct boot_zone *z)
{
	const int64_t step = INT64_C(1) << t->cfg.pageblock_order;
	const int64_t high = z->wmark[WMARK_HIGH];
	const int64_t factor = t->cfg.watermark_boost_factor;
	int64_t most = high / 10000 * factor + high % 10000 * factor / 10000;

	if (most < step)
		most = step;
	return z->boost == most || (z->boost < most && z->boost % step == 0);
}

/* What the boot kept comes back; what it boosted is still there. */
static bool after_boot(struct case_file *c, struct tables *t)
{
	struct mm_error err;

	for (unsigned int i = 0; i < t->boot.nr; i++) {
		const struct boot_zone *z = &t->boot.zone[i];
		const pfn_t from = z->start + (pfn_t)z->early;
		const pfn_t to = z->start + (pfn_t)z->managed;

		if (from < to && mm_free_reserved(t->mm, from, to, 0, &err))
			return case_bad(c, "%.150s", err.text);
		if (!boost_possible(t, z))
			return case_differs(c,
					    "boost: got %lld, which no "
					    "sequence of steps comes to",
					    (long long)z->boost);
		mm_put_zone(t->mm, z->zid, "watermark_boost", z->boost);
	}
	return true;
}

/* Of the sizes that give the marks the first with this min_free_kbytes. */
static bool build_world(struct case_file *c, struct tables *t)
{
	struct mm_error err = {""};
	const char *unit;
	int64_t kb;

	t->boot.pages_min = t->min_free_kbytes >> (t->cfg.page_shift - 10);
	for (int i = 0; i < MOST_WORLDS; i++) {
		if (!boot_next_sizes(&t->boot, t->cfg.watermark_scale_factor))
			break;
		lay_out(t);
		t->mm = mm_create(&t->cfg, &err);
		if (!t->mm)
			return case_bad(c, "no world of these sizes: %.120s",
					err.text);
		mm_figure(t->mm, "vm.min_free_kbytes", &kb, &unit);
		if (kb == t->min_free_kbytes)
			return after_boot(c, t);
		mm_destroy(t->mm);
		t->mm = NULL;
	}
	return case_differs(c, "the marks of the boot: no sizes of the zones "
			       "give them");
}

bool marks_read_machine(struct case_file *c, struct tables *t)
{
	struct mm_error err;

	mm_config_preset(&t->cfg, "laptop", &err);
	t->cfg.nr_zones = 0;
	t->cfg.nr_cpus = 1;
	if (!read_first_tables(c, t))
		return false;
	count_cpus(t);
	return build_world(c, t);
}
