/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * buddy.c - see buddy.h
 */
#include "core/buddy.h"

#include "core/classic.h"

enum mm_reason buddy_refusal(const struct mm *mm, zone_t zid, pfn_t buddy,
			     unsigned int order)
{
	if (page_zone(mm, buddy) != zid)
		return REASON_BUDDY_OTHER_ZONE;
	if (free_order(mm, buddy) >= 0 && free_order(mm, buddy) != (int)order)
		return REASON_BUDDY_OTHER_ORDER;
	return REASON_BUDDY_BUSY;
}

bool rise_or_captured(struct mm *mm, zone_t zid, struct rising *r,
		      enum migratetype mt)
{
	while (r->order < mm->st->cfg.max_page_order) {
		if (compaction_capture(mm, zid, r->pfn, r->order, mt)) {
			account_freepages(mm, zid, -order_pages(r->order), mt);
			return true;
		}
		if (!rise(mm, zid, r, mt, r->order < mm->pb_order, false))
			return false;
	}
	r->stopped = REASON_MAX_ORDER;
	return false;
}

void free_one_page(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int order,
		   enum migratetype mt, enum fpi fpi)
{
	if (unlikely(mm->st->cfg.era == ERA_LINUX_2_6_24))
		classic_free_one_page(mm, zid, pfn, order);
	else if (nobody_records(mm))
		do_free_one_page(mm, zid, pfn, order, mt, fpi, true);
	else
		do_free_one_page(mm, zid, pfn, order, mt, fpi, false);
}

/**
 * free_range - put a block of any order back, pageblock by pageblock
 *
 * Each piece is freed as the type that its pageblock has at that moment.
 *
 * Models: split_large_buddy() as called by free_one_page(), mm/page_alloc.c
 */
void free_range(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int order,
		enum fpi fpi)
{
	const unsigned int step = order < mm->pb_order ? order : mm->pb_order;
	const pfn_t end = pfn + ((pfn_t)1 << order);

	if (mm->st->cfg.era == ERA_LINUX_2_6_24) {
		classic_free_one_page(mm, zid, pfn, order);
		return;
	}
	for (; pfn < end; pfn += (pfn_t)1 << step)
		free_one_page(mm, zid, pfn, step, pageblock_type(mm, pfn), fpi);
}

int64_t expand(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int low,
	       unsigned int high, enum migratetype mt)
{
	return do_expand(mm, zid, pfn, low, high, mt);
}

void page_del_and_expand(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int low,
			 unsigned int high, enum migratetype mt)
{
	do_del_and_expand(mm, zid, pfn, low, high, mt);
}

pfn_t rmqueue_smallest(struct mm *mm, zone_t zid, unsigned int order,
		       enum migratetype mt)
{
	return do_rmqueue_smallest(mm, zid, order, mt);
}
