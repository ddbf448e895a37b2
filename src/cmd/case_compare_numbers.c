/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_compare_numbers.c - the numbers of zones, CPUs and nodes, key by key
 */
#include "cmd/case_compare.h"

#include <errno.h>
#include <string.h>

static bool compare_zone(struct case_file *c, struct compare *p)
{
	struct mm_zone_info zi;
	struct case_word name;
	char where[64];
	zone_t zid;

	if (!case_zone(c, p->mm, &zid) || !case_word(c, &name))
		return false;
	mm_zone_info(p->mm, zid, &zi);
	case_zone_name(p->mm, zid, where);
	return case_next_same(c, where, "start", zi.start) &&
	       case_next_same(c, where, "spanned", zi.spanned) &&
	       case_next_same(c, where, "present", zi.present) &&
	       case_next_same(c, where, "managed", zi.managed) &&
	       case_next_same(c, where, "cma", zi.cma);
}

/* While kswapd is awake it may be reclaiming: that flag is left out. */
static bool compare_zone_flags(struct case_file *c, struct compare *p,
			       zone_t zid)
{
	int64_t want, got;

	return case_int(c, "flags", 0, UINT32_MAX, &want) &&
	       mm_get_zone(p->mm, zid, "flags", &got) == 0 &&
	       case_same(c, "zone", "flags", want & ~ZONE_RECLAIM_ACTIVE,
			 got & ~ZONE_RECLAIM_ACTIVE);
}

/* zval and zstat */
static bool compare_zval(struct case_file *c, struct compare *p)
{
	struct case_word w;
	char key[48], where[64];
	int64_t got;
	zone_t zid;

	if (!case_zone(c, p->mm, &zid) || !case_word(c, &w))
		return false;
	if (case_left_out(w) || w.len >= sizeof key)
		return true;
	if (p->kswapd_ran && case_is(w, "flags"))
		return compare_zone_flags(c, p, zid);
	memcpy(key, w.s, w.len);
	key[w.len] = '\0';
	if (mm_get_zone(p->mm, zid, key, &got) == -ENOENT)
		return true;
	return case_next_same(c, case_zone_name(p->mm, zid, where), key, got);
}

static bool compare_lowmem_reserve(struct case_file *c, struct compare *p)
{
	struct mm_zone_info zi;
	char where[64];
	zone_t zid;

	if (!case_zone(c, p->mm, &zid))
		return false;
	mm_zone_info(p->mm, zid, &zi);
	case_zone_name(p->mm, zid, where);
	for (int i = 0; i < MAX_NR_ZONES; i++)
		if (!case_next_same(c, where, "lowmem_reserve",
				    zi.lowmem_reserve[i]))
			return false;
	return true;
}

/*
 * Where tasks sleep the statistics worker may have run once, unrecorded: it
 * lowers `high` by an eighth.  Models: decay_pcp_high(), mm/page_alloc.c
 */
static bool is_decayed(const struct case_file *c, const struct compare *p,
		       zone_t zid, unsigned int cpu, int64_t want)
{
	struct mm_pcp_info pi;
	int64_t high;

	if (c->mode != CASE_SLEEPING)
		return false;
	mm_pcp_info(p->mm, zid, cpu, &pi);
	high = pi.high - (pi.high >> 3);
	return want == (high > pi.high_min ? high : pi.high_min) &&
	       pi.count <= want;
}

static bool compare_pcp_key(struct case_file *c, const struct compare *p,
			    zone_t zid, unsigned int cpu, const char *key)
{
	char where[96], name[64];
	int64_t want, got;

	if (mm_get_pcp_field(p->mm, zid, cpu, key, &got))
		return case_bad(c, "the model has no %s", key);
	if (!case_int(c, key, -(INT64_C(1) << 50), INT64_C(1) << 50, &want))
		return false;
	if (strcmp(key, "high") == 0 && is_decayed(c, p, zid, cpu, want))
		return true;
	snprintf(where, sizeof where, "%s CPU %u",
		 case_zone_name(p->mm, zid, name), cpu);
	return case_same(c, where, key, want, got);
}

static bool compare_pcp_keys(struct case_file *c, struct compare *p,
			     const char *const *keys)
{
	unsigned int cpu;
	zone_t zid;

	if (!case_cpu_and_zone(c, p->mm, &cpu, &zid))
		return false;
	for (; *keys; keys++)
		if (!compare_pcp_key(c, p, zid, cpu, *keys))
			return false;
	return true;
}

static bool compare_zdiff(struct case_file *c, struct compare *p)
{
	return compare_pcp_keys(c, p, case_zdiff_keys);
}

static bool compare_pcp(struct case_file *c, struct compare *p)
{
	return compare_pcp_keys(c, p, case_pcp_keys);
}

static bool compare_node(struct case_file *c, struct compare *p)
{
	int64_t nid, got;
	char where[32];

	if (!case_int(c, "a node", 0, mm_nr_nodes(p->mm) - 1, &nid))
		return false;
	snprintf(where, sizeof where, "node %d", (int)nid);
	for (const char *const *key = case_node_keys; *key; key++) {
		if (p->kswapd_ran && strncmp(*key, "kswapd", 6) == 0)
			continue;
		if (mm_get_node(p->mm, (unsigned int)nid, *key, &got))
			return case_bad(c, "the model has no %s", *key);
		if (!case_next_same(c, where, *key, got))
			return false;
	}
	return true;
}

const struct case_compare_row case_compare_number_rows[] = {
	{"zval", compare_zval},
	{"zstat", compare_zval},
	{"zone", compare_zone},
	{"zdiff", compare_zdiff},
	{"pcp", compare_pcp},
	{"node", compare_node},
	{"lowmem_reserve", compare_lowmem_reserve},
	{NULL, NULL},
};
