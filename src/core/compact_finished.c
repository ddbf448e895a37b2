/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_finished.c - is a run over one zone over, and what decided?
 *
 * Models:   compact_finished, __compact_finished in mm/compaction.c;
 *           compaction.md 10
 */
#include "core/compact_control.h"
#include "core/vmscan.h"
#include "core/watermark.h"

static bool list_filled(const struct mm *mm, zone_t zid, unsigned int order,
			enum migratetype mt)
{
	return mm->zone[zid].free[order][mt].nr != 0;
}

/* find_suitable_fallback(), claiming: a whole pageblock could be had. */
static bool claimable_fallback(const struct mm *mm, zone_t zid,
			       unsigned int order, enum migratetype mt)
{
	if (order < mm->pb_order / 2u && mt == MIGRATE_MOVABLE)
		return false;
	for (int other = 0; other < MIGRATE_PCPTYPES; other++)
		if (other != (int)mt &&
		    list_filled(mm, zid, order, (enum migratetype)other))
			return true;
	return false;
}

/* 10.6: would a request for the order find something now? */
static enum mm_reason block_at_hand(const struct mm *mm,
				    const struct compact_control *cc)
{
	const enum migratetype mt = (enum migratetype)cc->mt;
	const zone_t zid = (zone_t)cc->zid;

	for (unsigned int o = (unsigned int)cc->order;
	     o <= mm->st->cfg.max_page_order; o++) {
		if (list_filled(mm, zid, o, mt) ||
		    (mt == MIGRATE_MOVABLE &&
		     list_filled(mm, zid, o, MIGRATE_CMA)))
			return REASON_FINISH_BLOCK;
		if (claimable_fallback(mm, zid, o, mt))
			return REASON_FINISH_FALLBACK;
	}
	return REASON_FINISH_NO_BLOCK;
}

/* [defrag] 10.5: enough pages in whole free pageblocks? */
static bool enough_whole_blocks(const struct mm *mm,
				const struct compact_control *cc)
{
	const zone_t zid = (zone_t)cc->zid;

	return zone_watermark_ok_with(
		mm, zid, (unsigned int)cc->order,
		wmark_pages(mm, zid, WMARK_HIGH), cc->highest, cc->alloc_flags,
		zone_page_state(mm, zid, NR_FREE_PAGES_BLOCKS));
}

static enum compact_result order_finished(const struct mm *mm, uint32_t task,
					  const struct compact_control *cc,
					  enum mm_reason *why)
{
	*why = cc->order == -1 ? REASON_FINISH_WHOLE : REASON_FINISH_INSIDE;
	if (cc->order == -1 || !block_aligned(mm, cc->migrate_pfn))
		return COMPACT_CONTINUE;
	if (mm->st->cfg.defrag_mode && !(cc->flags & CC_DIRECT)) {
		*why = REASON_FINISH_PAGEBLOCKS;
		return enough_whole_blocks(mm, cc) ? COMPACT_SUCCESS
						   : COMPACT_CONTINUE;
	}
	*why = block_at_hand(mm, cc);
	if (*why != REASON_FINISH_NO_BLOCK)
		return COMPACT_SUCCESS;
	if (!task_is_dying(mm, task))
		return COMPACT_NO_SUITABLE_PAGE;
	*why = REASON_FINISH_KILLED;
	return COMPACT_CONTENDED;
}

/* 10.2 */
static enum compact_result score_finished(const struct mm *mm, zone_t zid,
					  enum mm_reason *why)
{
	*why = REASON_FINISH_KSWAPD;
	if (!mm->st->node[zone_nid(zid)].kswapd_asleep)
		return COMPACT_PARTIAL_SKIPPED;
	if (fragmentation_score_zone(mm, zid) >
	    fragmentation_score_wmark(mm, true)) {
		*why = REASON_FINISH_SCORE_HIGH;
		return COMPACT_CONTINUE;
	}
	*why = REASON_FINISH_SCORE;
	return COMPACT_SUCCESS;
}

/*
 * The cached positions are 0 at first, which is out of any zone but one that
 * begins there: its first run ends before it has looked at a page.
 */
static bool never_placed(const struct zone *z, const struct compact_control *cc)
{
	return cc->migrate_pfn == 0 && cc->free_pfn == 0 &&
	       z->compact_cached_free_pfn == 0;
}

enum compact_result compact_finished(struct mm *mm, uint32_t task,
				     const struct compact_control *cc,
				     enum mm_reason *why)
{
	const zone_t zid = (zone_t)cc->zid;
	const struct zone *z = &mm->zone[zid];

	if (compact_scanners_met(mm, cc)) {
		*why = never_placed(z, cc) ? REASON_SCANNERS_UNPLACED
					   : REASON_SCANNERS_MET;
		reset_cached_positions(mm, zid);
		if (cc->flags & CC_DIRECT)
			STORE(mm, z->compact_blockskip_flush, 1);
		return cc->flags & CC_WHOLE_ZONE ? COMPACT_COMPLETE
						 : COMPACT_PARTIAL_SKIPPED;
	}
	return cc->flags & CC_PROACTIVE ? score_finished(mm, zid, why)
					: order_finished(mm, task, cc, why);
}
