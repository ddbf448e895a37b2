/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * watermark.c - the watermark test and the boost; see watermark.h
 */
#include "core/watermark.h"

#include "core/trace.h"

void zone_set_flag(struct mm *mm, zone_t zid, enum zone_flag flag)
{
	const struct zone *z = &mm->zone[zid];

	if (z->flags & flag)
		return;
	STORE(mm, z->flags, z->flags | flag);
	TRACE(mm, zone_flag, ARG(zid), ARG(flag), 1);
}

void zone_clear_flag(struct mm *mm, zone_t zid, enum zone_flag flag)
{
	const struct zone *z = &mm->zone[zid];

	if (!(z->flags & flag))
		return;
	STORE(mm, z->flags, z->flags & ~(uint32_t)flag);
	TRACE(mm, zone_flag, ARG(zid), ARG(flag), 0);
}

/* The mark, lowered for those who may use part of the reserve. */
static inline int64_t lowered_mark(int64_t mark, uint32_t alloc_flags)
{
	if (likely(!(alloc_flags & ALLOC_RESERVES)))
		return mark;
	if (alloc_flags & ALLOC_MIN_RESERVE) {
		mark -= mark / 2;
		if (alloc_flags & ALLOC_NON_BLOCK)
			mark -= mark / 4;
	}
	if (alloc_flags & ALLOC_OOM)
		mark -= mark / 2;
	return mark;
}

/* Is there a block of the order or more on a list the request may use? */
static bool has_block(const struct mm *mm, zone_t zid, unsigned int order,
		      uint32_t alloc_flags)
{
	const uint32_t *nonempty = mm->zone[zid].nonempty;
	uint32_t orders = nonempty[MIGRATE_UNMOVABLE] |
			  nonempty[MIGRATE_MOVABLE] |
			  nonempty[MIGRATE_RECLAIMABLE];

	if (alloc_flags & ALLOC_CMA)
		orders |= nonempty[MIGRATE_CMA];
	if (alloc_flags & (ALLOC_HIGHATOMIC | ALLOC_OOM))
		orders |= nonempty[MIGRATE_HIGHATOMIC];
	return orders >> order != 0;
}

/* No mark with its boost is as large, and sums stay in range. */
#define MARK_MOST (INT64_C(1) << 42)

void mm_watermark_terms(const struct mm *mm, zone_t zid, unsigned int order,
			int64_t mark, enum zone_type highest,
			uint32_t alloc_flags, struct mm_wmark_terms *t)
{
	*t = (struct mm_wmark_terms){0};
	if (zid >= mm->st->cfg.nr_nodes * MAX_NR_ZONES ||
	    order >= MM_MAX_ORDERS || (unsigned int)highest >= MAX_NR_ZONES ||
	    mark < -MARK_MOST || mark > MARK_MOST)
		return;
	t->free = zone_page_state(mm, zid, NR_FREE_PAGES);
	t->unusable = unusable_free(mm, zid, order, alloc_flags);
	t->mark = lowered_mark(mark, alloc_flags);
	t->reserve = mm->zone[zid].lowmem_reserve[highest];
	t->enough = t->free - t->unusable > t->mark + t->reserve;
	t->has_block = order == 0 || has_block(mm, zid, order, alloc_flags);
	t->ok = t->enough && t->has_block;
}

bool zone_watermark_ok(const struct mm *mm, zone_t zid, unsigned int order,
		       int64_t mark, unsigned int highest, uint32_t alloc_flags)
{
	return zone_watermark_ok_with(mm, zid, order, mark, highest,
				      alloc_flags,
				      zone_page_state(mm, zid, NR_FREE_PAGES));
}

bool zone_watermark_ok_with(const struct mm *mm, zone_t zid, unsigned int order,
			    int64_t mark, unsigned int highest,
			    uint32_t alloc_flags, int64_t free)
{
	const int64_t usable =
		free - unusable_free(mm, zid, order, alloc_flags);

	if (usable <= lowered_mark(mark, alloc_flags) +
			      mm->zone[zid].lowmem_reserve[highest])
		return false;
	return order == 0 || has_block(mm, zid, order, alloc_flags);
}

static void trace_watermark(struct mm *mm, zone_t zid, unsigned int order,
			    int64_t mark, unsigned int which,
			    unsigned int highest, uint32_t alloc_flags,
			    bool unboosted)
{
	struct mm_wmark_terms t;
	enum mm_reason result;

	mm_watermark_terms(mm, zid, order, mark, (enum zone_type)highest,
			   alloc_flags, &t);
	if (!t.ok && !unboosted && (alloc_flags & ALLOC_NO_WATERMARKS) &&
	    !(which & WMARK_HINT))
		result = REASON_WMARK_IGNORED;
	else
		result = unboosted  ? REASON_WMARK_UNBOOSTED
			 : t.ok	    ? REASON_WMARK_OK
			 : t.enough ? REASON_WMARK_NO_BLOCK
				    : REASON_WMARK_SHORT;
	TRACE(mm, zone_watermark, ARG(zid), ARG(order), ARG(which), ARG(t.mark),
	      ARG(t.reserve), ARG(t.free - t.unusable), ARG(result));
}

/*
 * An order-0 request with a right to the reserve that fails at a boosted min
 * mark gets a second chance without the boost.
 */
bool zone_watermark_full(struct mm *mm, zone_t zid, unsigned int order,
			 int64_t mark, unsigned int which, unsigned int highest,
			 uint32_t alloc_flags)
{
	const struct zone *z = &mm->zone[zid];
	bool ok = zone_watermark_ok(mm, zid, order, mark, highest, alloc_flags);
	bool unboosted = false;

	if (unlikely(!ok) && order == 0 && (alloc_flags & ALLOC_MIN_RESERVE) &&
	    z->boost && (alloc_flags & ALLOC_WMARK_MASK) == WMARK_MIN) {
		mark = z->wmark[WMARK_MIN];
		unboosted = zone_watermark_ok(mm, zid, order, mark, highest,
					      alloc_flags);
		ok = unboosted;
	}
	if (unlikely(mm->trace != NULL))
		trace_watermark(mm, zid, order, mark, which, highest,
				alloc_flags, unboosted);
	return ok;
}

/** mult_frac(): x * n / d without overflow. */
static int64_t mult_frac(int64_t x, int64_t n, int64_t d)
{
	return x / d * n + x % d * n / d;
}

/**
 * boost_watermark - a fallback is about to mix types: ask for more free pages
 *
 * Raises the boost by a pageblock, up to a share of the high mark, unless
 * the zone is so small that it would take up much of it.
 *
 * Models: boost_watermark(), mm/page_alloc.c
 */
bool boost_watermark(struct mm *mm, zone_t zid)
{
	const struct zone *z = &mm->zone[zid];
	const int64_t factor = mm->st->cfg.watermark_boost_factor;
	const int64_t block = pageblock_nr_pages(mm);
	const int64_t old = z->boost;
	int64_t max, boost;

	if (factor == 0 || block * 4 > (int64_t)z->managed)
		return false;
	max = mult_frac(z->wmark[WMARK_HIGH], factor, 10000);
	if (max == 0)
		return false;
	if (max < block)
		max = block;
	boost = old + block < max ? old + block : max;
	STORE(mm, z->boost, boost);
	TRACE(mm, watermark_boost, ARG(zid), ARG(old), ARG(boost), ARG(max));
	return true;
}
