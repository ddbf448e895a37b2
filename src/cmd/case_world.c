/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_world.c - a recorded snapshot becomes a world
 *
 * Lists, pageblocks and pages in use are put where they were, the numbers
 * are put as they stood.  Then the world must hold together, every frame must
 * have been somewhere, and the world must read as the snapshot does.
 */
#include "cmd/case_load.h"

#include <string.h>

#define DAMAGED "the recording is damaged, take a fresh copy"

/** Of the pages of a run line. */
struct counts {
	int64_t refs, mapcount;
	uint16_t attr;
};

/* ---- frames ---- */

static void placed(struct load *l, pfn_t pfn, int64_t n)
{
	const zone_t zid = mm_zone_of(l->mm, pfn);

	if (zid < NR_ZIDS)
		l->placed[zid] += n;
}

static bool load_pl(struct case_file *c, struct load *l)
{
	int64_t pindex, order;
	struct mm_error err;
	struct case_list list;
	unsigned int cpu;
	zone_t zid;
	pfn_t pfn;

	if (!case_cpu_and_zone(c, l->mm, &cpu, &zid) ||
	    !case_int(c, "a list", 0, mm_nr_pcp_lists(l->mm) - 1, &pindex))
		return false;
	const unsigned int ours =
		mm_pcp_list_order(l->mm, (unsigned int)pindex);
	if (!case_int(c, "that list's order", ours, ours, &order) ||
	    !case_int(c, "a number of blocks", 1, MM_MAX_FRAMES, &list.left) ||
	    !case_line_ends(c))
		return false;
	while (list.left) {
		if (!case_list_pfn(c, &list, &pfn))
			return false;
		if (mm_put_pcp(l->mm, zid, cpu, (unsigned int)pindex, pfn,
			       &err))
			return case_bad(c, "%s; " DAMAGED, err.text);
		placed(l, pfn, INT64_C(1) << order);
	}
	return true;
}

static bool load_fl(struct case_file *c, struct load *l)
{
	int64_t order, mt;
	struct mm_error err;
	struct case_list list;
	zone_t zid;
	pfn_t pfn;

	if (!case_zone(c, l->mm, &zid) ||
	    !case_int(c, "an order", 0, mm_max_order(l->mm), &order) ||
	    !case_int(c, "a type", 0, MIGRATE_TYPES - 1, &mt) ||
	    !case_int(c, "a number of blocks", 1, MM_MAX_FRAMES, &list.left) ||
	    !case_line_ends(c))
		return false;
	while (list.left) {
		if (!case_list_pfn(c, &list, &pfn))
			return false;
		if (mm_zone_of(l->mm, pfn) != zid)
			return case_bad(
				c, "pfn %u is of another zone; " DAMAGED, pfn);
		if (mm_put_free(l->mm, pfn, (unsigned int)order,
				(enum migratetype)mt, &err))
			return case_bad(c, "%s; " DAMAGED, err.text);
		placed(l, pfn, INT64_C(1) << order);
	}
	return true;
}

static bool load_pb(struct case_file *c, struct load *l)
{
	int64_t pfn, mt, isolate, skip;
	struct mm_error err;
	zone_t zid;

	if (!case_zone(c, l->mm, &zid) ||
	    !case_int(c, "a frame", 0, mm_end_pfn(l->mm) - 1, &pfn) ||
	    !case_int(c, "a type", 0, MIGRATE_ISOLATE - 1, &mt) ||
	    !case_int(c, "the isolate bit", 0, 1, &isolate) ||
	    !case_int(c, "the skip bit", 0, 1, &skip) || !case_line_ends(c))
		return false;
	if (pfn & ((INT64_C(1) << mm_pageblock_order(l->mm)) - 1))
		return case_bad(c, "pfn %u begins no pageblock; " DAMAGED,
				(pfn_t)pfn);
	if (mm_put_pageblock(l->mm, (pfn_t)pfn, (enum migratetype)mt,
			     isolate != 0, skip != 0, &err))
		return case_bad(c, "%s; " DAMAGED, err.text);
	return true;
}

/* The owner that a kind of page belongs to; 0 when the table is full. */
static uint16_t owner_of(struct load *l, struct case_word kind)
{
	char name[MM_OWNER_NAME];
	int e = 0;

	if (kind.len >= sizeof name)
		return 0;
	for (size_t i = 0; i < kind.len; i++)
		if (kind.s[i] < 'a' || kind.s[i] > 'z')
			return 0;
	memcpy(name, kind.s, kind.len);
	name[kind.len] = '\0';
	return mm_owner(l->mm, name, &e);
}

/* Pages of processes and files; all others are the kernel's own. */
bool case_on_lru(struct case_word kind)
{
	return case_is(kind, "anon") || case_is(kind, "file") ||
	       case_is(kind, "shmem");
}

/* References that nothing seen here explains: somebody holds the page. */
static bool is_pinned(struct case_word kind, unsigned int order,
		      const struct counts *n)
{
	int64_t expected = n->mapcount;

	if (!case_on_lru(kind))
		return false;
	if (!case_is(kind, "anon") || n->attr & PAGE_SWAPCACHE)
		expected += INT64_C(1) << order;
	if (!case_is(kind, "anon") && n->attr & PAGE_PRIVATE)
		expected++;
	if (!(n->attr & PAGE_LRU)) /* the batch's */
		expected++;
	return n->refs > expected;
}

unsigned int case_mapcount(int64_t recorded)
{
	if (recorded <= 0)
		return 0;
	return recorded < MM_MAX_MAPCOUNT ? (unsigned int)recorded
					  : MM_MAX_MAPCOUNT;
}

/* What only recordings in which pages move have a use for. */
static int put_counts(struct load *l, pfn_t pfn, struct case_word kind,
		      const struct counts *n, struct mm_error *err)
{
	int e = 0;

	if (!l->sleeping || !case_on_lru(kind))
		return 0;
	if (n->mapcount > 0)
		e = mm_put_mapped(l->mm, pfn, case_mapcount(n->mapcount), err);
	/* not on a list: it waits, but for what a mover has locked */
	if (!e && !(n->attr & (PAGE_LRU | PAGE_LOCKED)))
		e = mm_put_batched(l->mm, pfn, l->cpu, err);
	return e;
}

static bool put_run(struct case_file *c, struct load *l, pfn_t pfn,
		    int64_t count, struct case_word kind, unsigned int order,
		    const struct counts *n)
{
	const uint16_t attr =
		(uint16_t)(n->attr | (l->sleeping && is_pinned(kind, order, n)
					      ? PAGE_PINNED
					      : 0));
	const bool reserved = case_is(kind, "reserved");
	const uint16_t owner = reserved ? 0 : owner_of(l, kind);
	const pfn_t step = reserved ? 1 : (pfn_t)1 << order;
	struct mm_error err;
	int e = 0;

	if (n->refs == 0)
		mm_put_frozen(l->mm, owner);

	const bool moves = case_on_lru(kind) || n->attr & PAGE_MOVABLE_OPS;

	placed(l, pfn, count);
	/* only movable pages get into an area but by its own doing */
	for (int64_t i = 0; l->sleeping && !moves && i < count; i++)
		mm_put_cma(l->mm, pfn + (pfn_t)i, NULL);
	for (int64_t done = 0; done < count && !e; done += step, pfn += step) {
		e = reserved
			    ? mm_put_reserved(l->mm, pfn, &err)
			    : mm_put_used(l->mm, pfn, order, owner, attr, &err);
		if (!e && !reserved)
			e = put_counts(l, pfn, kind, n, &err);
	}
	return e ? case_bad(c, "%s; " DAMAGED, err.text) : true;
}

/* PFN COUNT KIND ORDER REFS MAPCOUNT ATTR */
static bool load_run(struct case_file *c, struct load *l)
{
	int64_t pfn, count, order, refs, mapcount, attr;
	struct case_word kind;

	if (!case_int(c, "a frame", 0, mm_end_pfn(l->mm) - 1, &pfn) ||
	    !case_int(c, "a number of frames", 1, mm_end_pfn(l->mm) - pfn,
		      &count) ||
	    !case_word(c, &kind) ||
	    !case_int(c, "an order", 0, mm_max_order(l->mm), &order) ||
	    !case_int(c, "a reference count", INT32_MIN, UINT32_MAX, &refs) ||
	    !case_int(c, "a map count", INT32_MIN, UINT32_MAX, &mapcount) ||
	    !case_int(c, "page flags", 0, 0xffff, &attr) || !case_line_ends(c))
		return false;
	if (case_is(kind, "hole") || case_is(kind, "otherzone") ||
	    case_is(kind, "pcp"))
		return true; /* no memory, or on a list of its own line */
	if (count & ((INT64_C(1) << order) - 1))
		return case_bad(c,
				"expected whole blocks of order %d, got %lld "
				"frames; " DAMAGED,
				(int)order, (long long)count);
	if (attr & PAGE_COMPOUND && count != INT64_C(1) << order)
		return case_bad(c,
				"expected one compound page of order %d, got "
				"%lld frames; " DAMAGED,
				(int)order, (long long)count);
	return put_run(c, l, (pfn_t)pfn, count, kind, (unsigned int)order,
		       &(struct counts){refs, mapcount, (uint16_t)attr});
}

/* ---- all of it ---- */

static const struct case_load_row rows[] = {
	{"run", load_run},
	{"pb", load_pb},
	{"fl", load_fl},
	{"pl", load_pl},
};

static const struct case_load_row *row_of(struct case_word w)
{
	const struct case_load_row *row = case_number_rows;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (case_is(w, rows[i].word))
			return &rows[i];
	while (row->word && !case_is(w, row->word))
		row++;
	return row->word ? row : NULL; /* unknown words are skipped */
}

static bool load_lines(struct case_file *c, struct load *l)
{
	const struct case_load_row *row;
	struct case_word w;

	case_seek(c, c->before);
	while (case_next(c, &w)) {
		if (case_is(w, "+"))
			return case_bad(c, "more frames than the list was said "
					   "to have; " DAMAGED);
		row = row_of(w);
		if (!row || row->load(c, l))
			continue;
		/* a line that ends early has not been complained about */
		return case_bad(c, "the line is cut short; " DAMAGED);
	}
	return true;
}

/* Every frame that is no hole was in some line. */
static bool all_placed(struct case_file *c, const struct load *l,
		       const struct case_machine *m)
{
	for (uint32_t i = 0; i < m->cfg.nr_zones; i++) {
		const struct mm_zone_config *z = &m->cfg.zone[i];
		const zone_t zid = (zone_t)(z->nid * MAX_NR_ZONES + z->zidx);
		const int64_t want =
			(int64_t)(z->end - z->start) - m->holes[zid];

		if (l->placed[zid] != want)
			return case_bad(c,
					"zone %u %u has %lld frames, but the "
					"lines place %lld; " DAMAGED,
					z->nid, z->zidx, (long long)want,
					(long long)l->placed[zid]);
	}
	return true;
}

/* The blocks of a zone that lies within another one. */
static bool put_inner(struct case_file *c, struct mm *mm,
		      const struct case_machine *m)
{
	const pfn_t n = mm_memory_block_pages(mm);
	struct mm_error err;

	if (m->inner.start % n || m->inner.end % n)
		return case_bad(c,
				"expected whole memory blocks in a zone that "
				"lies within another one; " DAMAGED);
	for (pfn_t p = m->inner.start; p < m->inner.end; p += n)
		if (mm_put_memory_zone(mm, p / n, (enum zone_type)m->inner.zidx,
				       &err))
			return case_bad(c, "%s", err.text);
	return true;
}

static bool sound(struct case_file *c, const struct mm *mm)
{
	struct mm_broken broken;

	if (mm_check(mm, &broken) == 0)
		return true;
	return case_bad(c, "the snapshot contradicts itself: %s: %s",
			broken.invariant, broken.where);
}

struct mm *case_build_world(struct case_file *c, struct case_machine *m)
{
	struct load l = {.sleeping = c->mode == CASE_SLEEPING};
	struct mm_error err;
	bool ok;

	if (!case_read_machine(c, m))
		return NULL;
	l.cpu = (unsigned int)m->cpu;
	l.mm = mm_create_bare(&m->cfg, &err);
	if (!l.mm) {
		case_bad(c, "%s", err.text);
		return NULL;
	}
	ok = m->user_min_free_kbytes < 0 ||
	     mm_set(l.mm, "vm.min_free_kbytes", m->user_min_free_kbytes,
		    &err) == 0 ||
	     case_bad(c, "%s", err.text);
	ok = ok && case_put_offline(c, l.mm, m) && put_inner(c, l.mm, m) &&
	     load_lines(c, &l) && all_placed(c, &l, m) && sound(c, l.mm) &&
	     case_compare(c, l.mm, c->before);
	if (ok)
		return l.mm;
	mm_destroy(l.mm);
	return NULL;
}

struct mm *case_load_world(const char *file, struct mm_error *err)
{
	struct case_machine m;
	struct mm *mm = NULL;
	struct case_file c;

	if (case_open(&c, file)) {
		if (c.mode > CASE_SLEEPING)
			case_bad(&c,
				 "a recording of mode %s has no state that "
				 "can be loaded yet",
				 case_mode_name(c.mode));
		else
			mm = case_build_world(&c, &m);
	}
	if (!mm && err)
		snprintf(err->text, sizeof err->text, "%.*s",
			 (int)sizeof err->text - 1, c.why);
	case_close(&c);
	return mm;
}
