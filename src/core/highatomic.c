/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * highatomic.c - see highatomic.h; rules M-8.2 and M-8.5
 */
#include "core/highatomic.h"

#include "core/buddy.h"
#include "core/zonelist.h"

static void trace_reserve(struct mm *mm, zone_t zid, pfn_t pfn, int64_t limit,
			  enum mm_reason reason)
{
	TRACE(mm, highatomic_reserve, ARG(pfn), ARG(zid),
	      ARG(mm->zone[zid].nr_reserved_highatomic), ARG(limit),
	      ARG(reason));
}

/** @pfn, @order: the block just taken off the free lists. */
void reserve_highatomic_pageblock(struct mm *mm, zone_t zid, pfn_t pfn,
				  unsigned int order)
{
	const struct zone *z = &mm->zone[zid];
	const int64_t block = pageblock_nr_pages(mm);
	const int64_t percent = z->managed / 100;
	const int64_t limit = (percent + block - 1) / block * block;
	int64_t reserved = block;

	if (percent < block) {
		trace_reserve(mm, zid, pfn, limit, REASON_ZONE_TOO_SMALL);
		return;
	}
	if (z->nr_reserved_highatomic >= limit) {
		trace_reserve(mm, zid, pfn, limit, REASON_LIMIT_REACHED);
		return;
	}
	if (!migratetype_is_mergeable(pageblock_type(mm, pfn))) {
		trace_reserve(mm, zid, pfn, limit, REASON_TYPE_NOT_MERGEABLE);
		return;
	}
	if (order >= mm->pb_order) {
		change_pageblock_range(mm, pfn, order, MIGRATE_HIGHATOMIC);
		reserved = order_pages(order);
	} else if (move_freepages_block(mm, zid, pfn, MIGRATE_HIGHATOMIC) < 0) {
		trace_reserve(mm, zid, pfn, limit, REASON_NOT_WHOLE);
		return;
	}
	STORE(mm, z->nr_reserved_highatomic,
	      z->nr_reserved_highatomic + reserved);
	trace_reserve(mm, zid, pfn, limit, REASON_RESERVED);
}

/* One block of one zone back to the type in trouble; pages moved. */
static int64_t unreserve_block(struct mm *mm, zone_t zid, unsigned int order,
			       enum migratetype mt)
{
	const struct zone *z = &mm->zone[zid];
	const pfn_t pfn = z->free[order][MIGRATE_HIGHATOMIC].list.head;
	int64_t size = order_pages(order), moved = 1;

	if (size < (int64_t)pageblock_nr_pages(mm))
		size = pageblock_nr_pages(mm);
	if (size > z->nr_reserved_highatomic)
		size = z->nr_reserved_highatomic;
	STORE(mm, z->nr_reserved_highatomic, z->nr_reserved_highatomic - size);
	if (order < mm->pb_order) {
		moved = move_freepages_block(mm, zid, pfn, mt);
	} else {
		move_to_free_list(mm, zid, pfn, order, mt);
		change_pageblock_range(mm, pfn, order, mt);
	}
	TRACE(mm, highatomic_unreserve, ARG(pfn), ARG(zid),
	      ARG(z->nr_reserved_highatomic), ARG(mt));
	return moved;
}

/**
 * Without @force a zone keeps its last reserved pageblock.  A pageblock
 * without a free page cannot be found and stays reserved.
 */
bool unreserve_highatomic_pageblock(struct mm *mm,
				    const struct alloc_context *ac, bool force)
{
	if (mm->st->cfg.era == ERA_LINUX_2_6_24)
		return false; /* what is on those lists is another reserve */
	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const zone_t zid = ac->zonelist[i];
		const struct zone *z = &mm->zone[zid];

		if (!force && z->nr_reserved_highatomic <=
				      (int64_t)pageblock_nr_pages(mm))
			continue;
		for (unsigned int o = 0; o <= mm->st->cfg.max_page_order; o++)
			if (z->free[o][MIGRATE_HIGHATOMIC].nr &&
			    unreserve_block(mm, zid, o, ac->mt) > 0)
				return true;
	}
	return false;
}

bool mm_unreserve_highatomic(struct mm *mm, int nid, enum migratetype mt,
			     bool force)
{
	static const gfp_t any_zone = GFP_BIT_MOVABLE | GFP_BIT_HIGHMEM;
	struct mm_request want = {.gfp = any_zone, .nid = (int16_t)nid};
	struct alloc_context ac;
	bool done;

	if (nid < -1 || nid >= (int)mm->st->cfg.nr_nodes ||
	    mt >= MIGRATE_PCPTYPES)
		return false;
	op_enter(mm);
	mm->cpu = 0;
	prepare_alloc(mm, &want, &ac);
	ac.mt = mt;
	done = unreserve_highatomic_pageblock(mm, &ac, force);
	op_leave(mm);
	return done;
}
