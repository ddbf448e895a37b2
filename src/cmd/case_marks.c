/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_marks.c - watermark tables: every cell, setting after setting
 *
 * Such a recording (mode watermarks) is a machine's zones and then a block of
 * tables for each sysctl that was written.  Here a world with zones of those
 * sizes gets the same settings, and answers with its own numbers.
 *
 * The first block shows what the boot left: marks, boosts and per-CPU limits
 * of a moment when less was managed, with reserves of the present; how the
 * world comes to have them, see case_marks_world.c.
 *
 * Not compared are `count` and `high` of a per-CPU list, which follow from
 * what ran, and not from a setting.
 */
#include "cmd/case_marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- settings ---- */

static bool set(struct case_file *c, struct tables *t, const char *name,
		int64_t value)
{
	struct mm_error err;

	if (mm_set(t->mm, name, value, &err) == 0)
		return true;
	return case_bad(c, "%.150s", err.text);
}

/*
 * lowmem_reserve_ratio has one number for each zone index, to the line's end.
 */
static bool set_ratios(struct case_file *c, struct tables *t, const char *at)
{
	struct mm_error err;
	char text[120];

	snprintf(text, sizeof text, "%.*s", (int)strcspn(at, "\n"), at);
	if (mm_set_text(t->mm, "vm.lowmem_reserve_ratio", text, &err) == 0)
		return true;
	return case_bad(c, "%.150s", err.text);
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

	if (!marks_zone(c, &zid))
		return false;
	mm_zone_info(t->mm, zid, &zi);
	if (!marks_pair(c, "spanned", &v) ||
	    !cell(c, "spanned", v, zi.spanned) ||
	    !marks_pair(c, "present", &v) ||
	    !cell(c, "present", v, zi.present) ||
	    !marks_pair(c, "managed", &v) ||
	    !cell(c, "managed", v, zi.managed) || !marks_pair(c, "cma", &v) ||
	    !cell(c, "cma", v, zi.cma))
		return false;
	for (int w = 0; w < NR_WMARK; w++)
		if (!marks_pair(c, keys[w], &v) ||
		    !cell(c, keys[w], v, zi.wmark[w] + zi.boost))
			return false;
	return marks_pair(c, "boost", &v) && cell(c, "boost", v, zi.boost);
}

static bool compare_reserve(struct case_file *c, const struct tables *t)
{
	struct mm_zone_info zi;
	int64_t v;
	zone_t zid;

	if (!marks_zone(c, &zid))
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

	if (!marks_zone(c, &zid) || !marks_pair(c, "cpu", &cpu) ||
	    !marks_pair(c, "count", &v) || !marks_pair(c, "high", &v))
		return false;
	if (cpu >= mm_nr_cpus(t->mm))
		return case_bad(c, "expected a CPU of the first tables");
	mm_zone_info(t->mm, zid, &zi);
	mm_pcp_info(t->mm, zid, (unsigned int)cpu, &pi);
	return marks_pair(c, "batch", &v) && cell(c, "batch", v, pi.batch) &&
	       marks_pair(c, "high_min", &v) &&
	       cell(c, "high_min", v, pi.high_min) &&
	       marks_pair(c, "high_max", &v) &&
	       cell(c, "high_max", v, pi.high_max) &&
	       marks_pair(c, "stat_threshold", &v) &&
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
			if (case_is(what, "setting"))
				r->calls++;
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
	struct tables t = {.mm = NULL};
	bool same;

	*r = (struct case_result){0};
	c->calls = count_blocks(c);
	same = marks_read_machine(c, &t) && compare_tables(c, &t, r);
	mm_destroy(t.mm);
	return same;
}
