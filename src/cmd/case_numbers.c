/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_numbers.c - the numbers of a snapshot: counters, marks, limits
 *
 * The recording's own words are the keys; what the model does not have is in
 * one table with the reason.
 */
#include "cmd/case_load.h"

#include <errno.h>
#include <string.h>

#define DAMAGED "the recording is damaged, take a fresh copy"

/** Keys that the model does not have, and why a replay needs none of them. */
static const struct {
	const char *key, *why;
} left_out[] = {
	{"present_early_pages", "boot's bookkeeping"},
	{"item", "counters that no allocation or free changes"},
};

const char *case_left_out(struct case_word key)
{
	for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++)
		if (key.len >= strlen(left_out[i].key) &&
		    memcmp(key.s, left_out[i].key, strlen(left_out[i].key)) ==
			    0)
			return left_out[i].why;
	return NULL;
}

/* ---- numbers ---- */

const char *const case_zdiff_keys[] = {"zdiff_free", "zdiff_free_blocks",
				       "zdiff_free_cma", "threshold", NULL};
const char *const case_pcp_keys[] = {
	"count", "high",	 "high_min",   "high_max", "batch",
	"flags", "alloc_factor", "free_count", "expire",   NULL};
const char *const case_node_keys[] = {"start",
				      "spanned",
				      "present",
				      "kswapd_order",
				      "kswapd_highest_zoneidx",
				      "kswapd_failures",
				      "kswapd_asleep",
				      NULL};

static bool put_zone(struct case_file *c, struct load *l, zone_t zid,
		     const char *key, int64_t value)
{
	const int e = mm_put_zone(l->mm, zid, key, value);

	if (e == 0)
		return true;
	if (e == -ENOENT)
		return case_bad(c, "\"%s\" is no number of a zone", key);
	return case_bad(c, "%s %lld is out of range; " DAMAGED, key,
			(long long)value);
}

static bool put_pcp(struct case_file *c, struct load *l, zone_t zid,
		    unsigned int cpu, const char *key)
{
	int64_t value;

	if (!case_int(c, key, INT32_MIN, INT32_MAX, &value))
		return false;
	if (mm_put_pcp_field(l->mm, zid, cpu, key, value) == 0)
		return true;
	return case_bad(c, "%s %lld is out of range; " DAMAGED, key,
			(long long)value);
}

bool case_cpu_and_zone(struct case_file *c, const struct mm *mm,
		       unsigned int *cpu, zone_t *zid)
{
	int64_t v;

	if (!case_int(c, "a CPU", 0, mm_nr_cpus(mm) - 1, &v))
		return false;
	*cpu = (unsigned int)v;
	return case_zone(c, mm, zid);
}

static bool load_zone(struct case_file *c, struct load *l)
{
	static const char *const keys[] = {"start", "spanned", "present",
					   "managed", "cma"};
	struct case_word name;
	int64_t value;
	zone_t zid;

	if (!case_zone(c, l->mm, &zid) || !case_word(c, &name))
		return false;
	if (!case_is(name,
		     mm_zone_type_name((enum zone_type)(zid % MAX_NR_ZONES))))
		return case_bad(c, "expected zone %s at this index",
				mm_zone_type_name(
					(enum zone_type)(zid % MAX_NR_ZONES)));
	for (int i = 0; i < 5; i++) {
		if (!case_int(c, keys[i], 0, MM_MAX_FRAMES, &value))
			return false;
		if (i >= 2 && !put_zone(c, l, zid, keys[i], value))
			return false;
	}
	return case_line_ends(c);
}

/* zval and zstat: NID ZIDX KEY VALUE */
static bool load_zval(struct case_file *c, struct load *l)
{
	struct case_word w;
	char key[48], buf[48];
	int64_t value;
	zone_t zid;

	if (!case_zone(c, l->mm, &zid))
		return false;
	if (!case_word(c, &w) || w.len >= sizeof key)
		return case_bad(c, "expected the name of a number, got %s",
				case_show(w, buf));
	memcpy(key, w.s, w.len);
	key[w.len] = '\0';
	if (!case_int(c, "its value", -(INT64_C(1) << 50), INT64_C(1) << 50,
		      &value) ||
	    !case_line_ends(c))
		return false;
	if (case_left_out(w))
		return true;
	if (mm_put_zone(l->mm, zid, key, value) == -ENOENT)
		return true; /* a newer recorder may know more */
	return put_zone(c, l, zid, key, value);
}

static bool load_lowmem_reserve(struct case_file *c, struct load *l)
{
	char key[] = "lowmem_reserve0";
	int64_t value;
	zone_t zid;

	if (!case_zone(c, l->mm, &zid))
		return false;
	for (int i = 0; i < MAX_NR_ZONES; i++) {
		key[sizeof key - 2] = (char)('0' + i);
		if (!case_int(c, "a reserve", 0, INT64_C(1) << 40, &value) ||
		    !put_zone(c, l, zid, key, value))
			return false;
	}
	return case_line_ends(c);
}

static bool load_pcp_keys(struct case_file *c, struct load *l,
			  const char *const *keys)
{
	unsigned int cpu;
	zone_t zid;

	if (!case_cpu_and_zone(c, l->mm, &cpu, &zid))
		return false;
	for (; *keys; keys++)
		if (!put_pcp(c, l, zid, cpu, *keys))
			return false;
	return case_line_ends(c);
}

static bool load_zdiff(struct case_file *c, struct load *l)
{
	return load_pcp_keys(c, l, case_zdiff_keys);
}

static bool load_pcp(struct case_file *c, struct load *l)
{
	return load_pcp_keys(c, l, case_pcp_keys);
}

static bool load_node(struct case_file *c, struct load *l)
{
	int64_t nid, value;

	if (!case_int(c, "a node", 0, mm_nr_nodes(l->mm) - 1, &nid))
		return false;
	for (const char *const *key = case_node_keys; *key; key++) {
		if (!case_int(c, *key, 0, MM_MAX_FRAMES, &value))
			return false;
		if (mm_put_node(l->mm, (unsigned int)nid, *key, value))
			return case_bad(c, "%s %lld is out of range; " DAMAGED,
					*key, (long long)value);
	}
	return case_line_ends(c);
}

static bool load_zonelist(struct case_file *c, struct load *l)
{
	struct case_zonelist list;

	if (!case_zonelist(c, l->mm, &list))
		return false;
	if (mm_put_zonelist(l->mm, list.nid, list.thisnode, list.zone, list.n))
		return case_bad(c, "expected zones that there are; " DAMAGED);
	return true;
}

static bool load_mt(struct case_file *c, struct load *l)
{
	struct case_word w;
	char buf[48];
	int64_t mt;

	(void)l;
	if (!case_int(c, "a type", 0, MIGRATE_TYPES - 1, &mt))
		return false;
	if (case_word(c, &w) &&
	    case_is(w, mm_migratetype_name((enum migratetype)mt)))
		return case_line_ends(c);
	return case_bad(c,
			"expected type %d to be %s, got %s; only kernels that "
			"number the types so can be replayed",
			(int)mt, mm_migratetype_name((enum migratetype)mt),
			case_show(w, buf));
}

const struct case_load_row case_number_rows[] = {
	{"zval", load_zval},
	{"zstat", load_zval},
	{"zone", load_zone},
	{"zdiff", load_zdiff},
	{"pcp", load_pcp},
	{"node", load_node},
	{"lowmem_reserve", load_lowmem_reserve},
	{"zonelist", load_zonelist},
	{"mt", load_mt},
	{NULL, NULL},
};
