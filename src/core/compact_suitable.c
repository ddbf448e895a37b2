/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_suitable.c - is compaction worth it, here and now?
 *
 * Models:   compaction_suitable, compaction_suit_allocation_order,
 *           defer_compaction, compaction_deferred, compaction_defer_reset,
 *           fragmentation_score_node in mm/compaction.c; compaction.md 4,
 *           13, 15.5
 */
#include "core/compact_control.h"
#include "core/watermark.h"

/* ---- watermarks and the index ---- */

/* 4.2: the base test against the free pages there are */
static bool enough_free(const struct mm *mm, zone_t zid, unsigned int order,
			int64_t mark, unsigned int highest)
{
	int64_t need = mark + compact_gap(order);

	if (order > PAGE_ALLOC_COSTLY_ORDER)
		need += wmark_pages(mm, zid, WMARK_LOW) -
			wmark_pages(mm, zid, WMARK_MIN);
	return zone_watermark_ok(mm, zid, 0, need, highest, ALLOC_CMA);
}

bool compaction_suitable(struct mm *mm, zone_t zid, unsigned int order,
			 int64_t mark, unsigned int highest)
{
	enum compact_result ret = COMPACT_SKIPPED;
	int index;

	if (enough_free(mm, zid, order, mark, highest)) {
		ret = COMPACT_CONTINUE;
		if (order > PAGE_ALLOC_COSTLY_ORDER) {
			index = mm_extfrag_index(mm, zid, order);
			if (index >= 0 &&
			    index <= (int)mm->st->cfg.extfrag_threshold)
				ret = COMPACT_NOT_SUITABLE_ZONE;
		}
	}
	TRACE(mm, mm_compaction_suitable, ARG(zid), ARG(order), ARG(ret));
	return ret == COMPACT_CONTINUE;
}

bool compaction_lacks_non_cma(const struct mm *mm, zone_t zid,
			      unsigned int order, unsigned int highest,
			      uint32_t alloc_flags, bool async)
{
	const enum zone_watermarks w = alloc_flags & ALLOC_WMARK_MASK;

	return order > PAGE_ALLOC_COSTLY_ORDER && async &&
	       !(alloc_flags & ALLOC_CMA) &&
	       !zone_watermark_ok(mm, zid, 0,
				  wmark_pages(mm, zid, w) + compact_gap(order),
				  highest, 0);
}

enum compact_result compaction_suit_allocation_order(struct mm *mm, zone_t zid,
						     unsigned int order,
						     unsigned int highest,
						     uint32_t alloc_flags,
						     bool async, bool kcompactd)
{
	const enum zone_watermarks w = alloc_flags & ALLOC_WMARK_MASK;
	const int64_t mark = wmark_pages(mm, zid, w);
	const bool whole_blocks = kcompactd && mm->st->cfg.defrag_mode;
	const int64_t free = zone_page_state(
		mm, zid, whole_blocks ? NR_FREE_PAGES_BLOCKS : NR_FREE_PAGES);

	if (zone_watermark_ok_with(mm, zid, order, mark, highest, alloc_flags,
				   free))
		return COMPACT_SUCCESS;
	/* a request that may not use CMA pages gets nothing from them */
	if (compaction_lacks_non_cma(mm, zid, order, highest, alloc_flags,
				     async))
		return COMPACT_SKIPPED;
	return compaction_suitable(mm, zid, order, mark, highest)
		       ? COMPACT_CONTINUE
		       : COMPACT_SKIPPED;
}

/* ---- scores ---- */

unsigned int fragmentation_score_zone(const struct mm *mm, zone_t zid)
{
	const struct zone *z = &mm->zone[zid];
	const unsigned int huge = mm->st->cfg.pmd_order;
	int64_t pages = 0, suitable = 0;

	for (unsigned int o = 0; o <= mm->st->cfg.max_page_order; o++)
		for (int mt = 0; mt < MIGRATE_TYPES; mt++) {
			const int64_t n = (int64_t)z->free[o][mt].nr << o;

			pages += n;
			if (o >= huge)
				suitable += n;
		}
	return pages ? (unsigned int)((pages - suitable) * 100 / pages) : 0;
}

unsigned int fragmentation_score_node(const struct mm *mm, unsigned int nid)
{
	const int64_t all = (int64_t)mm->st->node[nid].present + 1;
	unsigned int score = 0;

	for (int i = 0; i < MAX_NR_ZONES; i++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)i);

		if (mm_zone_populated(mm, zid))
			score += (unsigned int)((int64_t)mm->zone[zid].present *
						fragmentation_score_zone(mm,
									 zid) /
						all);
	}
	return score;
}

unsigned int fragmentation_score_wmark(const struct mm *mm, bool low)
{
	const unsigned int mark = 100 - mm->st->cfg.compaction_proactiveness;
	const unsigned int leeway = mark / 2 < 10 ? mark / 2 : 10;

	if (low)
		return mark;
	return mark + leeway < 100 ? mark + leeway : 100;
}

/* ---- deferral ---- */

#define TRACE_DEFER(mm, name, zid, order)                                      \
	TRACE(mm, name, ARG(zid), ARG(order),                                  \
	      ARG((mm)->zone[zid].compact_order_failed),                       \
	      ARG((mm)->zone[zid].compact_considered),                         \
	      ARG((mm)->zone[zid].compact_defer_shift))

void defer_compaction(struct mm *mm, zone_t zid, unsigned int order)
{
	const struct zone *z = &mm->zone[zid];

	STORE(mm, z->compact_considered, 0);
	if (z->compact_defer_shift < COMPACT_MAX_DEFER_SHIFT)
		STORE(mm, z->compact_defer_shift, z->compact_defer_shift + 1);
	if (order < z->compact_order_failed)
		STORE(mm, z->compact_order_failed, order);
	TRACE_DEFER(mm, mm_compaction_defer_compaction, zid, order);
}

bool compaction_deferred(struct mm *mm, zone_t zid, unsigned int order)
{
	const struct zone *z = &mm->zone[zid];
	const uint32_t limit = 1u << z->compact_defer_shift;

	if (order < z->compact_order_failed)
		return false;
	if (z->compact_considered + 1 >= limit) {
		STORE(mm, z->compact_considered, limit);
		return false;
	}
	STORE(mm, z->compact_considered, z->compact_considered + 1);
	TRACE_DEFER(mm, mm_compaction_deferred, zid, order);
	return true;
}

void compaction_defer_reset(struct mm *mm, zone_t zid, unsigned int order,
			    bool alloc_success)
{
	const struct zone *z = &mm->zone[zid];

	if (alloc_success) {
		STORE(mm, z->compact_considered, 0);
		STORE(mm, z->compact_defer_shift, 0);
	}
	if (order >= z->compact_order_failed)
		STORE(mm, z->compact_order_failed, order + 1);
	TRACE_DEFER(mm, mm_compaction_defer_reset, zid, order);
}

bool compaction_restarting(const struct mm *mm, zone_t zid, unsigned int order)
{
	const struct zone *z = &mm->zone[zid];

	return order >= z->compact_order_failed &&
	       z->compact_defer_shift == COMPACT_MAX_DEFER_SHIFT &&
	       z->compact_considered >= 1u << z->compact_defer_shift;
}
