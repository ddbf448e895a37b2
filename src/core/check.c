/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check.c - every invariant, by name; the first one broken, and where
 *
 * The fsck of a world: zones, free lists and per-CPU lists here, owners and
 * frames in check_frames.c.  See check.h.
 */
#include "core/check.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "core/list.h"
#include "core/pcp.h"

int check_broken_off(struct mm_broken *b)
{
	broken_at(b, "(not known)", "the check was stopped");
	return -EINTR;
}

int broken_at(struct mm_broken *b, const char *invariant, const char *fmt, ...)
{
	va_list ap;

	if (b) {
		b->invariant = invariant;
		va_start(ap, fmt);
		vsnprintf(b->where, sizeof b->where, fmt, ap);
		va_end(ap);
	}
	return -EINVAL;
}

/* ---- one list ---- */

/** What every block of a list must look like. */
struct expected {
	const char *invariant;
	enum block_state state;
	unsigned int order, list, cpu;
	zone_t zid;
};

static int check_block(const struct mm *mm, const struct expected *e, pfn_t pfn,
		       struct mm_broken *b)
{
	const struct zone *z = &mm->zone[e->zid];
	const uint32_t nr = 1u << e->order;
	const uint32_t word = block_word(e->state, e->order, e->list, e->cpu);

	if (pfn >= mm->st->nr_frames)
		return broken_at(b, e->invariant, "pfn %u is out of the world",
				 pfn);
	if (pfn & (nr - 1))
		return broken_at(b, "BUDDY_ALIGNED", "block %u of order %u",
				 pfn, e->order);
	if (pfn < z->start || pfn + nr > z->start + z->spanned)
		return broken_at(b, e->invariant,
				 "block %u of order %u is not in its zone", pfn,
				 e->order);
	if (block_at(mm, pfn, e->order)->word != word)
		return broken_at(b, e->invariant,
				 "block %u is listed with order %u, list %u, "
				 "but does not know it",
				 pfn, e->order, e->list);
	return 0;
}

/*
 * A block's prev is the block before it: so no walk comes back to a block it
 * has been at, but for the head, whose prev means nothing.
 */
static int check_list(const struct mm *mm, const struct list *l,
		      const struct expected *e, uint32_t *nr,
		      struct mm_broken *b)
{
	pfn_t prev = NO_PFN, pfn = l->head;

	*nr = 0;
	if ((l->head == NO_PFN) != (l->tail == NO_PFN))
		return broken_at(b, e->invariant,
				 "the list of order %u, %u, has one end",
				 e->order, e->list);
	while (pfn != NO_PFN) {
		const int bad = check_block(mm, e, pfn, b);

		if (bad)
			return bad;
		if ((*nr & 0xffff) == 0xffff && break_off(mm))
			return check_broken_off(b);
		if (*nr && (pfn == l->head ||
			    block_at(mm, pfn, e->order)->prev != prev))
			return broken_at(b, e->invariant,
					 "the list of order %u, %u, is tangled "
					 "at %u",
					 e->order, e->list, pfn);
		++*nr;
		prev = pfn;
		pfn = list_next(mm, l, e->order, pfn);
		if (pfn == NO_PFN && prev != l->tail)
			return broken_at(
				b, e->invariant,
				"the list of order %u, %u, ends early, "
				"at %u",
				e->order, e->list, prev);
	}
	return 0;
}

/* ---- free lists ---- */

static bool types_fit(const struct mm *mm, pfn_t pfn, unsigned int order,
		      enum migratetype mt)
{
	pfn_t p = pfn;

	do {
		if (pageblock_type(mm, p) != mt)
			return false;
		p += pageblock_nr_pages(mm);
	} while (p < pfn + (1u << order));
	return true;
}

/*
 * Below pageblock order no two buddies of one zone stay apart.  At and above
 * it they may: of types that do not merge, or made alike by a retagging.
 */
static bool unmerged(const struct mm *mm, zone_t zid, pfn_t pfn,
		     unsigned int order)
{
	const pfn_t buddy = pfn ^ 1u << order;

	return order < mm->pb_order && pfn < buddy &&
	       (mm->page[buddy].b.word & 0xffff) ==
		       block_word(BLOCK_FREE, order, 0, 0) &&
	       page_zone(mm, buddy) == zid;
}

static int check_free_block_types(const struct mm *mm, zone_t zid,
				  unsigned int order, enum migratetype mt,
				  struct mm_broken *b)
{
	const struct list *l = &mm->zone[zid].free[order][mt].list;
	uint32_t n = 0;

	for (pfn_t p = l->head; p != NO_PFN; p = list_next(mm, l, order, p)) {
		if (mm->st->cfg.era == ERA_LINUX_7_3 &&
		    !types_fit(mm, p, order, mt))
			return broken_at(
				b, "FREE_LIST_TYPE",
				"block %u of order %u is on the %s "
				"list, its pageblock is %s",
				p, order, mm_migratetype_name(mt),
				mm_migratetype_name(pageblock_type(mm, p)));
		if ((++n & 0xffff) == 0 && break_off(mm))
			return check_broken_off(b);
		if (unmerged(mm, zid, p, order))
			return broken_at(b, "BUDDY_MERGED",
					 "blocks %u and %u of order %u are "
					 "free buddies",
					 p, p ^ 1u << order, order);
	}
	return 0;
}

/** Pages on the lists, summed as the counters should have them. */
struct sums {
	int64_t stat[NR_ZSTAT], highatomic;
};

static void add_up(const struct mm *mm, unsigned int order, enum migratetype mt,
		   uint32_t blocks, struct sums *s)
{
	const int64_t pages = (int64_t)blocks << order;

	if (mt == MIGRATE_ISOLATE)
		return;
	s->stat[NR_FREE_PAGES] += pages;
	if (order >= mm->pb_order)
		s->stat[NR_FREE_PAGES_BLOCKS] += pages;
	if (mt == MIGRATE_CMA)
		s->stat[NR_FREE_CMA] += pages;
	/* in 2.6.24 those lists hold RESERVE, which nobody counts apart */
	if (mt == MIGRATE_HIGHATOMIC && mm->st->cfg.era == ERA_LINUX_7_3)
		s->highatomic += pages;
}

/* What can be added up without an overflow. */
static bool counter_sane(const struct mm *mm, zone_t zid, int item)
{
	const int64_t v = mm->zone[zid].stat[item];

	for (unsigned int c = 0; c < mm->st->cfg.nr_cpus; c++) {
		const int32_t diff = pcp_of(mm, zid, c)->diff[item];

		if (diff < -125 || diff > 125)
			return false;
	}
	return v >= -(INT64_C(1) << 40) && v <= INT64_C(1) << 40;
}

static int check_counts(const struct mm *mm, zone_t zid, const struct sums *s,
			struct mm_broken *b)
{
	static const char *const names[NR_ZSTAT] = {
		"nr_free_pages",
		"nr_free_pages_blocks",
		"nr_free_cma",
	};
	const struct zone *z = &mm->zone[zid];

	for (int i = 0; i < NR_ZSTAT; i++) {
		int64_t v = z->stat[i];

		if (!counter_sane(mm, zid, i))
			return broken_at(b, "FREE_COUNTS",
					 "%s of zone %u or a CPU's share of it "
					 "is out of range",
					 names[i], zid);
		for (unsigned int c = 0; c < mm->st->cfg.nr_cpus; c++)
			v += pcp_of(mm, zid, c)->diff[i];
		if (v != s->stat[i])
			return broken_at(b, "FREE_COUNTS",
					 "%s of zone %u is %lld, the lists "
					 "hold %lld",
					 names[i], zid, (long long)v,
					 (long long)s->stat[i]);
	}
	if (z->nr_free_highatomic != s->highatomic)
		return broken_at(b, "FREE_COUNTS",
				 "free_highatomic of zone %u is %lld, the "
				 "lists hold %lld",
				 zid, (long long)z->nr_free_highatomic,
				 (long long)s->highatomic);
	return 0;
}

static int check_free_lists(const struct mm *mm, zone_t zid, struct tally *t,
			    struct mm_broken *b)
{
	const struct zone *z = &mm->zone[zid];
	struct sums sums = {{0}, 0};
	int e;

	for (unsigned int i = 0; i < MM_MAX_ORDERS * MIGRATE_TYPES; i++) {
		const unsigned int o = i / MIGRATE_TYPES;
		const enum migratetype mt =
			(enum migratetype)(i % MIGRATE_TYPES);
		const struct free_list *l = &z->free[o][mt];
		uint32_t nr = 0;
		const struct expected want = {
			"FREE_ON_ONE_LIST", BLOCK_FREE, o, mt, 0, zid};

		if (o > mm->st->cfg.max_page_order && l->nr)
			return broken_at(b, "FREE_ON_ONE_LIST",
					 "a list of order %u", o);
		if (z->nonempty[mt] >> MM_MAX_ORDERS)
			return broken_at(b, "FREE_ON_ONE_LIST",
					 "%s: marks of orders that there are "
					 "not",
					 mm_migratetype_name(mt));
		if ((z->nonempty[mt] >> o & 1) != (l->nr != 0))
			return broken_at(b, "FREE_ON_ONE_LIST",
					 "order %u, %s: %u blocks, but marked "
					 "otherwise",
					 o, mm_migratetype_name(mt), l->nr);
		e = check_list(mm, &l->list, &want, &nr, b);
		if (!e && nr != l->nr)
			e = broken_at(b, "FREE_ON_ONE_LIST",
				      "order %u, %s: %u blocks counted, %u "
				      "listed",
				      o, mm_migratetype_name(mt), l->nr, nr);
		if (!e)
			e = check_free_block_types(mm, zid, o, mt, b);
		if (e)
			return e;
		add_up(mm, o, mt, l->nr, &sums);
		t->free += l->nr;
	}
	return check_counts(mm, zid, &sums, b);
}

/* ---- per-CPU lists ---- */

static bool pcp_sane(const struct mm *mm, const struct pcp *p)
{
	const int32_t most = 1 << 29;

	return p->batch >= 1 && p->batch < 1 << 20 && p->high >= 0 &&
	       p->high < most && p->high_min >= 0 && p->high_min < most &&
	       p->high_max >= 0 && p->high_max < most && p->free_count >= 0 &&
	       p->free_count < most && p->alloc_factor >= 0 &&
	       p->alloc_factor <= (int32_t)mm->st->cfg.pcp_batch_scale_max;
}

static int check_pcp(const struct mm *mm, zone_t zid, unsigned int cpu,
		     struct tally *t, struct mm_broken *b)
{
	const struct pcp *p = pcp_of(mm, zid, cpu);
	int64_t pages = 0;

	if (!pcp_sane(mm, p))
		return broken_at(b, "PCP_LIMITS",
				 "CPU %u, zone %u: batch %d, high %d, "
				 "alloc_factor %d",
				 cpu, zid, p->batch, p->high, p->alloc_factor);
	for (unsigned int i = 0; i < NR_PCP_LISTS; i++) {
		const struct list *l = &p->list[i];
		const struct expected want = {
			"PCP_LISTS", BLOCK_PCP, pindex_to_order(mm, i),
			i,	     cpu,	zid};
		uint32_t nr = 0;
		int e;

		if (i >= mm_nr_pcp_lists(mm) && !list_is_empty(l))
			return broken_at(b, "PCP_LISTS", "list %u is in use",
					 i);
		e = check_list(mm, l, &want, &nr, b);
		if (e)
			return e;
		pages += (int64_t)nr << want.order;
		t->pcp += nr;
	}
	if (pages != p->count)
		return broken_at(b, "PCP_COUNT",
				 "CPU %u, zone %u: count is %d, the lists hold "
				 "%lld",
				 cpu, zid, p->count, (long long)pages);
	return 0;
}

/* ---- zones ---- */

static int check_zone(const struct mm *mm, zone_t zid, struct tally *t,
		      struct mm_broken *b)
{
	const struct zone *z = &mm->zone[zid];
	const int64_t most = INT64_C(1) << 40;
	int e;

	for (int w = 0; w < NR_WMARK; w++)
		if (z->wmark[w] < (w ? z->wmark[w - 1] : 0) ||
		    z->wmark[w] > most)
			return broken_at(b, "WATERMARKS",
					 "zone %u: mark %d is %lld", zid, w,
					 (long long)z->wmark[w]);
	if (z->boost < 0 || z->boost > most)
		return broken_at(b, "WATERMARKS", "zone %u: boost %lld", zid,
				 (long long)z->boost);
	for (int i = 0; i < MAX_NR_ZONES; i++)
		if (z->lowmem_reserve[i] < 0 || z->lowmem_reserve[i] > most)
			return broken_at(b, "WATERMARKS",
					 "zone %u: lowmem_reserve", zid);
	if (z->nr_reserved_highatomic < 0 ||
	    z->nr_reserved_highatomic > z->spanned)
		return broken_at(b, "HIGHATOMIC_RESERVED", "zone %u: %lld", zid,
				 (long long)z->nr_reserved_highatomic);
	if (z->managed > MM_MAX_FRAMES || z->stat_threshold > 125)
		return broken_at(b, "ZONE_SIZES", "zone %u: managed %u", zid,
				 z->managed);
	e = check_free_lists(mm, zid, t, b);
	for (unsigned int c = 0; !e && c < mm->st->cfg.nr_cpus; c++)
		e = check_pcp(mm, zid, c, t, b);
	return e;
}

int mm_check(const struct mm *mm, struct mm_broken *b)
{
	struct tally t = {0};
	int e = check_hotplug(mm, b);

	for (zone_t z = 0; !e && z < mm->st->cfg.nr_nodes * MAX_NR_ZONES; z++)
		e = check_zone(mm, z, &t, b);
	if (!e)
		e = check_owners(mm, &t, b);
	if (!e)
		e = check_lru(mm, &t, b);
	if (!e)
		e = check_hugetlb(mm, &t, b);
	if (!e)
		e = check_compaction(mm, &t, b);
	if (!e)
		e = check_limits(mm, b);
	if (!e)
		e = check_policies(mm, b);
	if (!e)
		e = check_frames(mm, &t, b);
	if (!e)
		e = check_requests(mm, b);
	if (!e)
		e = check_reclaim(mm, b);
	if (!e)
		e = check_processes(mm, b);
	return e ? e : check_vmscan(mm, b);
}
