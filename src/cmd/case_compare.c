/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_compare.c - does a world read as a recorded snapshot does?
 *
 * Every line of the snapshot is asked of the world, lists frame by frame from
 * their heads.  A list that the snapshot leaves out must be empty.
 */
#include "cmd/case_compare.h"

#include <stdlib.h>

const char *case_zone_name(const struct mm *mm, zone_t zid, char buf[64])
{
	zone_text(mm, zid, buf, 64);
	return buf;
}

bool case_same(struct case_file *c, const char *where, const char *key,
	       int64_t want, int64_t got)
{
	if (want == got)
		return true;
	return case_differs(c, "%s%s%s: expected %lld, got %lld", where,
			    *where ? " " : "", key, (long long)want,
			    (long long)got);
}

bool case_next_same(struct case_file *c, const char *where, const char *key,
		    int64_t got)
{
	int64_t want;

	return case_int(c, key, -(INT64_C(1) << 50), INT64_C(1) << 50, &want) &&
	       case_same(c, where, key, want, got);
}

/* ---- lists ---- */

static bool compare_nrfree(struct case_file *c, struct compare *p)
{
	char where[96], name[64];
	int64_t order;
	zone_t zid;

	if (!case_zone(c, p->mm, &zid) ||
	    !case_int(c, "an order", 0, mm_max_order(p->mm), &order))
		return false;
	snprintf(where, sizeof where, "%s order %d",
		 case_zone_name(p->mm, zid, name), (int)order);
	p->nrfree[zid] |= 1u << order;
	return case_next_same(
		c, where, "nr_free",
		mm_nr_free_order(p->mm, zid, (unsigned int)order));
}

static bool not_that_frame(struct case_file *c, const char *list, int64_t at,
			   pfn_t want, pfn_t got)
{
	if (got == NO_PFN)
		return case_differs(c,
				    "%s, block %lld from the head: expected "
				    "pfn %u, got the end of the list",
				    list, (long long)at, want);
	return case_differs(c,
			    "%s, block %lld from the head: expected pfn %u, "
			    "got %u",
			    list, (long long)at, want, got);
}

static bool compare_fl(struct case_file *c, struct compare *p)
{
	char list[128], name[64];
	struct case_list l;
	int64_t order, mt, n;
	pfn_t want, got;
	zone_t zid;

	if (!case_zone(c, p->mm, &zid) ||
	    !case_int(c, "an order", 0, mm_max_order(p->mm), &order) ||
	    !case_int(c, "a type", 0, MIGRATE_TYPES - 1, &mt) ||
	    !case_int(c, "a number of blocks", 1, MM_MAX_FRAMES, &n))
		return false;
	snprintf(list, sizeof list, "free list %s order %d %s",
		 case_zone_name(p->mm, zid, name), (int)order,
		 mm_migratetype_name((enum migratetype)mt));
	p->free[zid][order] |= (uint8_t)(1u << mt);
	got = mm_list_first(p->mm, zid, (unsigned int)order,
			    (enum migratetype)mt);
	for (l.left = n; l.left;) {
		if (!case_list_pfn(c, &l, &want))
			return false;
		if (got != want)
			return not_that_frame(c, list, n - l.left, want, got);
		got = mm_list_next(p->mm, (unsigned int)order, got);
	}
	return case_same(c, list, "blocks", n,
			 mm_nr_free(p->mm, zid, (unsigned int)order,
				    (enum migratetype)mt));
}

static bool compare_pl(struct case_file *c, struct compare *p)
{
	char list[128], name[64];
	int64_t pindex, order, n;
	struct case_list l;
	pfn_t want, got;
	unsigned int cpu, i;
	zone_t zid;

	if (!case_cpu_and_zone(c, p->mm, &cpu, &zid) ||
	    !case_int(c, "a list", 0, mm_nr_pcp_lists(p->mm) - 1, &pindex) ||
	    !case_int(c, "that list's order",
		      mm_pcp_list_order(p->mm, (unsigned int)pindex),
		      mm_pcp_list_order(p->mm, (unsigned int)pindex), &order) ||
	    !case_int(c, "a number of blocks", 1, MM_MAX_FRAMES, &n))
		return false;
	i = (unsigned int)pindex;
	snprintf(list, sizeof list, "per-CPU list %s CPU %u order %u %s",
		 case_zone_name(p->mm, zid, name), cpu,
		 mm_pcp_list_order(p->mm, i),
		 mm_migratetype_name(mm_pcp_list_type(p->mm, i)));
	p->pcp[zid][cpu] |= 1u << i;
	got = mm_pcp_list_first(p->mm, zid, cpu, i);
	for (l.left = n; l.left;) {
		if (!case_list_pfn(c, &l, &want))
			return false;
		if (got != want)
			return not_that_frame(c, list, n - l.left, want, got);
		got = mm_pcp_list_next(p->mm, i, got);
	}
	return case_same(c, list, "blocks", n,
			 mm_pcp_list_len(p->mm, zid, cpu, i));
}

/* Lists of a zone that the snapshot has no line for. */
static bool others_empty(struct case_file *c, const struct compare *p,
			 zone_t zid)
{
	const struct mm *mm = p->mm;
	char name[64];

	case_zone_name(mm, zid, name);
	if (p->nrfree[zid] != (2u << mm_max_order(mm)) - 1)
		return case_bad(c,
				"%s: expected a nrfree line for each order "
				"from 0 to %u",
				name, mm_max_order(mm));
	for (unsigned int o = 0; o <= mm_max_order(mm); o++)
		for (int mt = 0; mt < MIGRATE_TYPES; mt++)
			if (!(p->free[zid][o] & 1u << mt) &&
			    mm_nr_free(mm, zid, o, (enum migratetype)mt))
				return case_differs(
					c,
					"free list %s order %u %s: expected "
					"none, got %u",
					name, o,
					mm_migratetype_name(
						(enum migratetype)mt),
					mm_nr_free(mm, zid, o,
						   (enum migratetype)mt));
	for (unsigned int cpu = 0; cpu < mm_nr_cpus(mm); cpu++)
		for (unsigned int i = 0; i < mm_nr_pcp_lists(mm); i++)
			if (!(p->pcp[zid][cpu] & 1u << i) &&
			    mm_pcp_list_len(mm, zid, cpu, i))
				return case_differs(
					c,
					"per-CPU list %s CPU %u order %u %s: "
					"expected none, got %u",
					name, cpu, mm_pcp_list_order(mm, i),
					mm_migratetype_name(
						mm_pcp_list_type(mm, i)),
					mm_pcp_list_len(mm, zid, cpu, i));
	return true;
}

static bool compare_zonelist(struct case_file *c, struct compare *p)
{
	return case_compare_zonelist(c, p->mm);
}

/* ---- all of it ---- */

static const struct case_compare_row list_rows[] = {
	{"nrfree", compare_nrfree},	{"fl", compare_fl}, {"pl", compare_pl},
	{"zonelist", compare_zonelist}, {NULL, NULL},
};

/* How lines that begin with @w are compared; NULL: they are not. */
static const struct case_compare_row *row_of(struct case_word w)
{
	const struct case_compare_row *const tables[] = {
		case_compare_frame_rows,
		list_rows,
		case_compare_number_rows,
	};

	for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++)
		for (const struct case_compare_row *row = tables[t]; row->word;
		     row++)
			if (case_is(w, row->word))
				return row;
	return NULL;
}

static bool compare_lines(struct case_file *c, struct compare *p)
{
	const struct case_compare_row *row;
	struct case_word w;

	while (case_next(c, &w)) {
		if (case_is(w, "+"))
			return case_bad(c, "more frames than the list was said "
					   "to have; the recording is damaged");
		row = row_of(w);
		if (row && !row->compare(c, p))
			/* a line that ends early has not been complained of */
			return c->verdict == CASE_IDENTICAL &&
			       case_bad(c, "the line is cut short; the "
					   "recording is damaged");
	}
	for (unsigned int z = 0; z < mm_nr_zones(p->mm); z++)
		if (!others_empty(c, p, mm_zone_at(p->mm, z)))
			return false;
	return true;
}

/* Only where tasks may sleep does it come to its turn. */
static bool kswapd_awake(const struct case_file *c, const struct mm *mm)
{
	int64_t asleep;

	return c->mode == CASE_SLEEPING &&
	       mm_get_node(mm, 0, "kswapd_asleep", &asleep) == 0 && !asleep;
}

static bool kcompactd_moves(const struct mm *mm)
{
	struct mm_compact_task ct;

	for (unsigned int i = 0; i < mm_nr_tasks(mm); i++) {
		mm_compact_task_info(mm, i, &ct);
		if (ct.running)
			return true;
	}
	return false;
}

bool case_compare(struct case_file *c, const struct mm *mm,
		  struct case_mark snapshot)
{
	struct compare *p = calloc(1, sizeof *p);
	bool ok;

	if (!p)
		return case_bad(c, "out of memory");
	p->mm = mm;
	p->kswapd_ran = kswapd_awake(c, mm);
	p->moving = kcompactd_moves(mm);
	case_seek(c, snapshot);
	ok = compare_lines(c, p);
	free(p);
	return ok;
}
