/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_compare.c - does a world read as a recorded snapshot does?
 *
 * Every line of the snapshot is asked of the world, lists frame by frame from
 * their heads.  A list that the snapshot leaves out must be empty.
 */
#include "cmd/case_load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/** The lists met so far: a bit for each type, or for each per-CPU list. */
struct compare {
	const struct mm *mm;
	uint8_t free[NR_ZIDS][MM_MAX_ORDERS];
	uint32_t pcp[NR_ZIDS][MM_MAX_CPUS];
	uint32_t nrfree[NR_ZIDS]; /* orders that were counted */
	bool kswapd_ran;	  /* it is not in the recording */
	bool moving;		  /* kcompactd is in the middle of it */
};

static const char *zone_name(const struct mm *mm, zone_t zid, char buf[64])
{
	zone_text(mm, zid, buf, 64);
	return buf;
}

/* ---- numbers ---- */

static bool same(struct case_file *c, const char *where, const char *key,
		 int64_t want, int64_t got)
{
	if (want == got)
		return true;
	return case_differs(c, "%s%s%s: expected %lld, got %lld", where,
			    *where ? " " : "", key, (long long)want,
			    (long long)got);
}

/* The next number of the line against one of the model's. */
static bool next_same(struct case_file *c, const char *where, const char *key,
		      int64_t got)
{
	int64_t want;

	return case_int(c, key, -(INT64_C(1) << 50), INT64_C(1) << 50, &want) &&
	       same(c, where, key, want, got);
}

static bool compare_zone(struct case_file *c, struct compare *p)
{
	struct mm_zone_info zi;
	struct case_word name;
	char where[64];
	zone_t zid;

	if (!case_zone(c, p->mm, &zid) || !case_word(c, &name))
		return false;
	mm_zone_info(p->mm, zid, &zi);
	zone_name(p->mm, zid, where);
	return next_same(c, where, "start", zi.start) &&
	       next_same(c, where, "spanned", zi.spanned) &&
	       next_same(c, where, "present", zi.present) &&
	       next_same(c, where, "managed", zi.managed) &&
	       next_same(c, where, "cma", zi.cma);
}

/* While kswapd is awake it may be reclaiming: that flag is left out. */
static bool compare_zone_flags(struct case_file *c, struct compare *p,
			       zone_t zid)
{
	int64_t want, got;

	return case_int(c, "flags", 0, UINT32_MAX, &want) &&
	       mm_get_zone(p->mm, zid, "flags", &got) == 0 &&
	       same(c, "zone", "flags", want & ~ZONE_RECLAIM_ACTIVE,
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
	return next_same(c, zone_name(p->mm, zid, where), key, got);
}

static bool compare_lowmem_reserve(struct case_file *c, struct compare *p)
{
	struct mm_zone_info zi;
	char where[64];
	zone_t zid;

	if (!case_zone(c, p->mm, &zid))
		return false;
	mm_zone_info(p->mm, zid, &zi);
	zone_name(p->mm, zid, where);
	for (int i = 0; i < MAX_NR_ZONES; i++)
		if (!next_same(c, where, "lowmem_reserve",
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
	snprintf(where, sizeof where, "%s CPU %u", zone_name(p->mm, zid, name),
		 cpu);
	return same(c, where, key, want, got);
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
		if (!next_same(c, where, *key, got))
			return false;
	}
	return true;
}

static bool compare_nrfree(struct case_file *c, struct compare *p)
{
	char where[96], name[64];
	int64_t order;
	zone_t zid;

	if (!case_zone(c, p->mm, &zid) ||
	    !case_int(c, "an order", 0, mm_max_order(p->mm), &order))
		return false;
	snprintf(where, sizeof where, "%s order %d",
		 zone_name(p->mm, zid, name), (int)order);
	p->nrfree[zid] |= 1u << order;
	return next_same(c, where, "nr_free",
			 mm_nr_free_order(p->mm, zid, (unsigned int)order));
}

/* ---- lists ---- */

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
		 zone_name(p->mm, zid, name), (int)order,
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
	return same(c, list, "blocks", n,
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
		 zone_name(p->mm, zid, name), cpu, mm_pcp_list_order(p->mm, i),
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
	return same(c, list, "blocks", n, mm_pcp_list_len(p->mm, zid, cpu, i));
}

/* Lists of a zone that the snapshot has no line for. */
static bool others_empty(struct case_file *c, const struct compare *p,
			 zone_t zid)
{
	const struct mm *mm = p->mm;
	char name[64];

	zone_name(mm, zid, name);
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

/* ---- frames ---- */

/*
 * Memory that came back to another zone lies within the spans of both: then
 * a snapshot has it in the lines of both.
 */
static bool in_both_spans(const struct case_file *c, const struct mm *mm,
			  const struct mm_frame *f, zone_t zid)
{
	struct mm_zone_info a, b;

	mm_zone_info(mm, zid, &a);
	mm_zone_info(mm, f->zone, &b);
	return c->hotplug.at && f->head >= a.start &&
	       f->head - a.start < a.spanned && f->head >= b.start &&
	       f->head - b.start < b.spanned;
}

static bool compare_pb(struct case_file *c, struct compare *p)
{
	int64_t pfn, mt, isolate;
	struct mm_frame f;
	char where[32];
	zone_t zid;

	if (!case_zone(c, p->mm, &zid) ||
	    !case_int(c, "a frame", 0, mm_end_pfn(p->mm) - 1, &pfn) ||
	    !case_int(c, "a type", 0, MIGRATE_TYPES - 1, &mt) ||
	    !case_int(c, "the isolate bit", 0, 1, &isolate))
		return false;
	mm_frame(p->mm, (pfn_t)pfn, &f);
	snprintf(where, sizeof where, "pageblock %u", (pfn_t)pfn);
	if ((f.zone != zid && !in_both_spans(c, p->mm, &f, zid)) ||
	    pfn & ((INT64_C(1) << mm_pageblock_order(p->mm)) - 1))
		return case_differs(c,
				    "%s: expected the first frame of a "
				    "pageblock of this zone",
				    where);
	if (!same(c, where, "isolated", isolate, f.isolated))
		return false;
	if (!f.isolated && f.block_type != (enum migratetype)mt)
		return case_differs(c, "%s: expected type %s, got %s", where,
				    mm_migratetype_name((enum migratetype)mt),
				    mm_migratetype_name(f.block_type));
	return next_same(c, where, "skip", f.skip);
}

static const char *const kind_names[] = {
	[FRAME_HOLE] = "no memory",  [FRAME_RESERVED] = "reserved",
	[FRAME_FREE] = "free",	     [FRAME_PCP] = "on a per-CPU list",
	[FRAME_USED] = "in use",     [FRAME_MOVING] = "moving",
	[FRAME_TARGET] = "a target", [FRAME_OFFLINE] = "offline",
};

static enum mm_frame_kind kind_of(struct case_word w)
{
	if (case_is(w, "hole") || case_is(w, "otherzone"))
		return FRAME_HOLE;
	if (case_is(w, "reserved"))
		return FRAME_RESERVED;
	return case_is(w, "pcp") ? FRAME_PCP : FRAME_USED;
}

/* Attributes that the generations of the LRU lists do not play with. */
#define COMPARED_ATTR                                                          \
	(PAGE_LRU | PAGE_UNEVICTABLE | PAGE_MLOCKED | PAGE_LOCKED |            \
	 PAGE_DIRTY | PAGE_WRITEBACK | PAGE_SWAPBACKED | PAGE_SWAPCACHE |      \
	 PAGE_COMPOUND)

/*
 * A page of a process or a file: whose it is, where, and how often mapped.
 * While it waits in a batch its mappings are not recorded.
 */
static bool same_page(struct case_file *c, const struct compare *p,
		      struct case_word kind, const struct mm_frame *f,
		      int64_t mapcount, uint16_t attr)
{
	/* a mover locks what it has in hand, where it comes from and goes to */
	const uint16_t which =
		p->moving ? (uint16_t)(COMPARED_ATTR & ~PAGE_LOCKED)
			  : (uint16_t)COMPARED_ATTR;
	char where[48];

	if (c->mode != CASE_SLEEPING || !case_on_lru(kind) ||
	    f->kind == FRAME_TARGET)
		return true;
	snprintf(where, sizeof where, "pfn %u", f->head);
	if (!case_is(kind, mm_owner_name(p->mm, f->owner)))
		return case_differs(c, "%s: expected %.*s, got %s", where,
				    (int)kind.len, kind.s,
				    mm_owner_name(p->mm, f->owner));
	return same(c, where, "flags", attr & which, f->attr & which) &&
	       (!(attr & PAGE_LRU) ||
		same(c, where, "mapcount", mapcount, f->mapcount));
}

static bool compare_run(struct case_file *c, struct compare *p)
{
	int64_t pfn, count, order, v, mapcount, attr = 0;
	enum mm_frame_kind kind;
	struct case_word w;
	struct mm_frame f;

	if (!case_int(c, "a frame", 0, mm_end_pfn(p->mm) - 1, &pfn) ||
	    !case_int(c, "a number of frames", 1, mm_end_pfn(p->mm) - pfn,
		      &count) ||
	    !case_word(c, &w) ||
	    !case_int(c, "an order", 0, mm_max_order(p->mm), &order) ||
	    !case_int(c, "a reference count", INT32_MIN, UINT32_MAX, &v) ||
	    !case_int(c, "a map count", INT32_MIN, UINT32_MAX, &mapcount) ||
	    !case_int(c, "page flags", 0, 0xffff, &attr))
		return false;
	if (c->hotplug.at && case_is(w, "otherzone"))
		return true; /* as that zone's lines say */
	kind = kind_of(w);
	/* a hole may be vast: its two ends will do */
	const int64_t step = kind == FRAME_HOLE && count > 1 ? count - 1 : 1;

	for (int64_t i = 0; i < count; i += step) {
		const pfn_t at = (pfn_t)(pfn + i);

		mm_frame(p->mm, at, &f);
		if (f.kind == FRAME_OFFLINE)
			f.kind = FRAME_HOLE; /* to a snapshot */
		/* what is in somebody's hands is no free page to a snapshot */
		if (f.kind != kind &&
		    !(kind == FRAME_USED &&
		      (f.kind == FRAME_MOVING || f.kind == FRAME_TARGET)))
			return case_differs(
				c, "pfn %u: expected it %s, got it %s", at,
				kind_names[kind], kind_names[f.kind]);
		if (attr & PAGE_COMPOUND &&
		    (f.order != order || (at - f.head) >> order))
			return case_differs(c,
					    "pfn %u: expected a block of order "
					    "%d, got one of order %u",
					    at, (int)order, f.order);
		if (kind == FRAME_USED &&
		    !same_page(c, p, w, &f, mapcount, (uint16_t)attr))
			return false;
	}
	return true;
}

static bool compare_zonelist(struct case_file *c, struct compare *p)
{
	return case_compare_zonelist(c, p->mm);
}

/* ---- all of it ---- */

static const struct row {
	const char *word;
	bool (*compare)(struct case_file *, struct compare *);
} rows[] = {
	{"run", compare_run},
	{"pb", compare_pb},
	{"nrfree", compare_nrfree},
	{"fl", compare_fl},
	{"pl", compare_pl},
	{"zval", compare_zval},
	{"zstat", compare_zval},
	{"zone", compare_zone},
	{"zdiff", compare_zdiff},
	{"pcp", compare_pcp},
	{"node", compare_node},
	{"lowmem_reserve", compare_lowmem_reserve},
	{"zonelist", compare_zonelist},
};

static bool compare_lines(struct case_file *c, struct compare *p)
{
	struct case_word w;
	size_t i;

	while (case_next(c, &w)) {
		if (case_is(w, "+"))
			return case_bad(c, "more frames than the list was said "
					   "to have; the recording is damaged");
		for (i = 0; i < sizeof rows / sizeof rows[0]; i++)
			if (case_is(w, rows[i].word))
				break;
		if (i == sizeof rows / sizeof rows[0])
			continue;
		if (!rows[i].compare(c, p))
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
