/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compaction.c - see compaction.h
 */
#include "core/compaction.h"

#include "core/watermark.h"
#include "core/zonelist.h"

#define EXTFRAG_THRESHOLD 500 /* vm.extfrag_threshold */
#define COSTLY_ORDER 3

bool compaction_suitable(struct mm *mm, zone_t zid, unsigned int order,
			 int64_t mark, unsigned int highest)
{
	int64_t need = mark + compact_gap(order);
	bool suitable;
	int index;

	if (order > COSTLY_ORDER)
		need += wmark_pages(mm, zid, WMARK_LOW) -
			wmark_pages(mm, zid, WMARK_MIN);
	suitable = zone_watermark_ok(mm, zid, 0, need, highest, ALLOC_CMA);
	if (suitable && order > COSTLY_ORDER) {
		index = mm_extfrag_index(mm, zid, order);
		suitable = index < 0 || index > EXTFRAG_THRESHOLD;
	}
	TRACE(mm, mm_compaction_suitable, ARG(zid), ARG(order), suitable);
	return suitable;
}

enum compact_result try_to_compact_pages(struct mm *mm,
					 const struct alloc_context *ac,
					 unsigned int order,
					 enum compact_priority prio)
{
	const enum compact_result result = COMPACT_SKIPPED;

	if (ac->gfp & GFP_BIT_IO)
		TRACE(mm, mm_compaction_try_to_compact_pages, ARG(order),
		      ARG(ac->gfp), ARG(prio), ARG(result));
	return result;
}
