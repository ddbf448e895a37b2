/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_source.c - the migration scanner chooses a pageblock
 *
 * The next one above `migrate_pfn` that no hint and no type speaks against,
 * or one that a short search of the free lists has found.
 *
 * Models: isolate_migratepages, fast_find_migrateblock,
 *         suitable_migration_source in mm/compaction.c; compaction.md 6
 */
#include "core/compact_source.h"

static bool is_direct_async(const struct compact_control *cc)
{
	return (cc->flags & CC_DIRECT) && cc->mode == MIGRATE_ASYNC;
}

/* ---- the search of the free lists: 6.4 ---- */

static bool may_search(const struct mm *mm, const struct compact_control *cc)
{
	if (cc->flags & (CC_IGNORE_SKIP | CC_FINISH_BLOCK))
		return false;
	if (cc->migrate_pfn != zone_start(mm, (zone_t)cc->zid) &&
	    !block_aligned(mm, cc->migrate_pfn))
		return false;
	if (cc->order <= PAGE_ALLOC_COSTLY_ORDER)
		return false;
	return !(cc->flags & CC_DIRECT) || cc->mt == MIGRATE_MOVABLE ||
	       cc->order >= mm->pb_order;
}

/* The scanner now stands at @pfn; the search, if there was one, is over. */
static void begin_blocks(struct mm *mm, const struct compact_control *cc,
			 uint64_t pfn)
{
	struct migrate_scan s = cc->mscan;

	s.flags = pfn != cc->migrate_pfn && cc->fast_fail == 0 ? SCAN_FAST_FOUND
							       : 0;
	s.low = pfn;
	s.block =
		max_pos(block_start(mm, pfn), zone_start(mm, (zone_t)cc->zid));
	s.block_end = block_end(mm, pfn);
	store_bytes(mm, &cc->mscan, &s, sizeof s);
}

void isolate_migratepages_begin(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	const uint64_t zs = zone_start(mm, (zone_t)cc->zid);
	const uint32_t fail = cc->fast_fail < 63 ? cc->fast_fail : 63;
	uint64_t distance = (cc->free_pfn - cc->migrate_pfn) >> 1;
	struct migrate_scan s = {.flags = SCAN_SEARCHES};

	if (!may_search(mm, cc)) {
		begin_blocks(mm, cc, cc->migrate_pfn);
		return;
	}
	if (cc->migrate_pfn != zs)
		distance >>= 2;
	s.high = block_start(mm, cc->migrate_pfn + distance);
	s.limit = (uint32_t)(((uint64_t)COMPACT_CLUSTER_MAX >> fail) + 1);
	s.at_order = cc->order - 1;
	store_bytes(mm, &cc->mscan, &s, sizeof s);
}

/* 6.5 */
static void update_fast_start(struct mm *mm, const struct compact_control *cc,
			      uint64_t pfn)
{
	if (cc->fast_start == NO_POS)
		return;
	if (cc->fast_start == 0 || pfn < cc->fast_start)
		CC_SET(mm, cc, fast_start, pfn);
}

/* One order's list; the block to scan, or NO_POS. */
static uint64_t search_order(struct mm *mm, const struct compact_control *cc,
			     struct migrate_scan *s, unsigned int order)
{
	const zone_t zid = (zone_t)cc->zid;
	const struct list *l = &mm->zone[zid].free[order][MIGRATE_MOVABLE].list;

	for (pfn_t p = l->head; p != NO_PFN; p = list_next(mm, l, order, p)) {
		if (s->looked++ >= s->limit) {
			rotate_free_list(mm, zid, order, p, false);
			return NO_POS;
		}
		if (p >= s->high ||
		    (mm->pb[p >> mm->pb_order].bits & PAGEBLOCK_SKIP))
			continue;
		rotate_free_list(mm, zid, order, p, false);
		update_fast_start(mm, cc, p);
		CC_SET(mm, cc, fast_fail, 0);
		return max_pos(block_start(mm, p), zone_start(mm, zid));
	}
	return NO_POS;
}

static void search_failed(struct mm *mm, const struct compact_control *cc)
{
	CC_SET(mm, cc, fast_fail, (cc->fast_fail + 1) & 0xffff);
	if (cc->fast_start != 0 && cc->fast_start != NO_POS) {
		CC_SET(mm, cc, migrate_pfn, cc->fast_start);
		CC_SET(mm, cc, fast_start, NO_POS);
	}
}

void compact_search_step(struct mm *mm, const struct compact_control *cc)
{
	struct migrate_scan s = cc->mscan;
	uint64_t found = NO_POS;
	bool looked = false;

	while (!looked && found == NO_POS && s.looked < s.limit &&
	       s.at_order >= PAGE_ALLOC_COSTLY_ORDER) {
		const unsigned int o = (unsigned int)s.at_order--;

		if (!order_has_blocks(mm, (zone_t)cc->zid, o))
			continue;
		found = search_order(mm, cc, &s, o);
		looked = true;
	}
	if (looked && found == NO_POS) {
		store_bytes(mm, &cc->mscan, &s, sizeof s);
		return;
	}
	CC_SET(mm, cc, tot_mig_scanned, cc->tot_mig_scanned + s.looked);
	if (found == NO_POS) {
		search_failed(mm, cc);
		found = cc->migrate_pfn;
	}
	begin_blocks(mm, cc, found);
}

/* ---- choosing a block: 6.2, 6.3 ---- */

static bool movable_like(enum migratetype mt)
{
	return mt == MIGRATE_MOVABLE || mt == MIGRATE_CMA;
}

static enum mm_reason source_refusal(const struct mm *mm,
				     const struct compact_control *cc,
				     uint64_t block)
{
	const enum migratetype mt = pageblock_type(mm, (pfn_t)block);

	if (huge_page_covers(mm, block))
		return REASON_BLOCK_HUGE_PAGE;
	if (!(cc->flags & CC_DIRECT))
		return REASON_NONE;
	if (mt == MIGRATE_CMA && !(cc->alloc_flags & ALLOC_CMA))
		return REASON_BLOCK_TYPE;
	if (cc->mode != MIGRATE_ASYNC)
		return REASON_NONE;
	if (cc->mt == MIGRATE_MOVABLE || cc->order >= mm->pb_order)
		return movable_like(mt) ? REASON_NONE : REASON_BLOCK_TYPE;
	return mt == cc->mt ? REASON_NONE : REASON_BLOCK_TYPE;
}

static void next_block(struct mm *mm, const struct compact_control *cc,
		       struct migrate_scan *s)
{
	s->flags &= ~(uint32_t)SCAN_FAST_FOUND;
	s->low = s->block = s->block_end;
	s->block_end += (uint64_t)1 << mm->pb_order;
	CC_SET(mm, cc, migrate_pfn, s->low);
}

/* From what is offline to where memory begins again, up to the other end. */
static void pass_offline(const struct mm *mm, const struct compact_control *cc,
			 struct migrate_scan *s)
{
	const uint64_t next = next_online_section(mm, s->block);

	if (next)
		s->block_end = min_pos(next, cc->free_pfn);
}

/* Why the block in hand is passed over; REASON_NONE: scan it. */
static enum mm_reason block_refusal(const struct mm *mm,
				    const struct compact_control *cc,
				    const struct migrate_scan *s)
{
	if (!pageblock_in_zone(mm, s->block, s->block_end, (zone_t)cc->zid))
		return REASON_BLOCK_HOLE;
	if (scan_begins(mm, cc, s) && !(s->flags & SCAN_FAST_FOUND) &&
	    !isolation_suitable(mm, cc, s->block))
		return REASON_BLOCK_SKIP_BIT;
	return source_refusal(mm, cc, s->block);
}

/* 7.1, 7.3 */
void begin_source_block(struct mm *mm, const struct compact_control *cc,
			struct migrate_scan *s)
{
	CC_SET(mm, cc, migrate_pfn, s->low);
	s->start = s->low;
	s->end = s->block_end;
	s->scanned = s->taken = 0;
	s->valid = NO_POS;
	s->flags = SCAN_IN_BLOCK;
	s->next_skip = 0;
	if (is_direct_async(cc)) {
		s->flags |= SCAN_SKIP_ON_FAILURE;
		s->next_skip = (s->low | ((UINT64_C(1) << cc->order) - 1)) + 1;
	}
}

enum scan_result choose_source_block(struct mm *mm,
				     const struct compact_control *cc)
{
	struct migrate_scan s = cc->mscan;
	enum mm_reason why = REASON_BLOCK_SKIP_BIT;

	while (s.block_end <= cc->free_pfn) {
		why = block_refusal(mm, cc, &s);
		if (why == REASON_NONE)
			break;
		TRACE(mm, compact_block_skipped, ARG(s.block), ARG(why), 0);
		if (why == REASON_BLOCK_HUGE_PAGE || why == REASON_BLOCK_TYPE)
			update_cached_migrate(mm, cc, s.block_end);
		if (why == REASON_BLOCK_HOLE)
			pass_offline(mm, cc, &s);
		next_block(mm, cc, &s);
		if (s.low % ((uint64_t)COMPACT_CLUSTER_MAX << mm->pb_order) ==
		    0) {
			store_bytes(mm, &cc->mscan, &s, sizeof s);
			return SCAN_AGAIN;
		}
	}
	if (why != REASON_NONE || s.block_end > cc->free_pfn) {
		store_bytes(mm, &cc->mscan, &s, sizeof s);
		return found_any(cc);
	}
	begin_source_block(mm, cc, &s);
	store_bytes(mm, &cc->mscan, &s, sizeof s);
	return SCAN_AGAIN;
}
