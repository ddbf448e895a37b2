/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_compare_frames.c - each frame: what it is, in which block, whose
 */
#include "cmd/case_compare.h"

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
	return (c->hotplug.at || c->overlap) && f->head >= a.start &&
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
	if (!case_same(c, where, "isolated", isolate, f.isolated))
		return false;
	if (!f.isolated && f.block_type != (enum migratetype)mt)
		return case_differs(c, "%s: expected type %s, got %s", where,
				    mm_migratetype_name((enum migratetype)mt),
				    mm_migratetype_name(f.block_type));
	return case_next_same(c, where, "skip", f.skip);
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
	return case_same(c, where, "flags", attr & which, f->attr & which) &&
	       (!(attr & PAGE_LRU) ||
		case_same(c, where, "mapcount", case_mapcount(mapcount),
			  f->mapcount));
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
	if ((c->hotplug.at || c->overlap) && case_is(w, "otherzone"))
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

const struct case_compare_row case_compare_frame_rows[] = {
	{"run", compare_run},
	{"pb", compare_pb},
	{NULL, NULL},
};
