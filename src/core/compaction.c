/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compaction.c - see compaction.h
 */
#include "core/compaction.h"

#include "core/watermark.h"
#include "core/zonelist.h"

#define EXTFRAG_THRESHOLD 500 /* vm.extfrag_threshold */

bool compaction_suitable(struct mm *mm, zone_t zid, unsigned int order,
			 int64_t mark, unsigned int highest)
{
	int64_t need = mark + compact_gap(order);
	bool suitable;
	int index;

	if (order > PAGE_ALLOC_COSTLY_ORDER)
		need += wmark_pages(mm, zid, WMARK_LOW) -
			wmark_pages(mm, zid, WMARK_MIN);
	suitable = zone_watermark_ok(mm, zid, 0, need, highest, ALLOC_CMA);
	if (suitable && order > PAGE_ALLOC_COSTLY_ORDER) {
		index = mm_extfrag_index(mm, zid, order);
		suitable = index < 0 || index > EXTFRAG_THRESHOLD;
	}
	TRACE(mm, mm_compaction_suitable, ARG(zid), ARG(order), suitable);
	return suitable;
}

/*
 * One zone: skipped for want of free pages, else scanned from end to end.
 * Nothing is moved, so the most that comes of it is COMPACT_COMPLETE.
 */
static enum compact_result compact_zone(struct mm *mm, zone_t zid,
					const struct alloc_context *ac,
					unsigned int order,
					uint32_t alloc_flags)
{
	const enum zone_watermarks w = alloc_flags & ALLOC_WMARK_MASK;

	return compaction_suitable(mm, zid, order, wmark_pages(mm, zid, w),
				   ac->highest)
		       ? COMPACT_COMPLETE
		       : COMPACT_SKIPPED;
}

enum compact_result try_to_compact_pages(struct mm *mm,
					 const struct alloc_context *ac,
					 unsigned int order,
					 uint32_t alloc_flags,
					 enum compact_priority prio)
{
	enum compact_result result = COMPACT_SKIPPED;

	if (!(ac->gfp & GFP_BIT_IO))
		return result;
	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const enum compact_result zone = compact_zone(
			mm, ac->zonelist[i], ac, order, alloc_flags);

		if (zone > result)
			result = zone;
	}
	TRACE(mm, mm_compaction_try_to_compact_pages, ARG(order), ARG(ac->gfp),
	      ARG(prio), ARG(result));
	return result;
}
