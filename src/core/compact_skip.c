/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_skip.c - where the scanners go on, and what they pass over
 *
 * A zone remembers how far each scanner came, and a pageblock's skip bit that
 * it was not worth scanning.  Both are hints, changed without a lock.
 *
 * Models:   pageblock_pfn_to_page, skip_offline_sections,
 *           update_cached_migrate,
 *           update_pageblock_skip, test_and_set_skip,
 *           reset_cached_positions, __reset_isolation_suitable in
 *           mm/compaction.c; compaction.md 2.9, 3
 * Left out: rescheduling while skip bits are cleared
 */
#include "core/compact_control.h"
#include "core/frame.h"
#include "core/isolation.h"

#define SAMPLE (UINT64_C(1) << PAGE_ALLOC_COSTLY_ORDER)

static bool zone_memory(const struct mm *mm, uint64_t pfn, zone_t zid)
{
	return pfn < mm->st->end_pfn && pfn_present(mm, (pfn_t)pfn) &&
	       page_zone(mm, (pfn_t)pfn) == zid;
}

bool pageblock_in_zone(const struct mm *mm, uint64_t start, uint64_t end,
		       zone_t zid)
{
	return mm->zone[zid].contiguous ||
	       (zone_memory(mm, start, zid) && zone_memory(mm, end - 1, zid));
}

/* A memory block stands for a section here. */
static bool section_online(const struct mm *mm, uint64_t start, uint64_t nr)
{
	const uint64_t end = min_pos(start + nr, mm->st->nr_frames);

	for (uint64_t p = start; p < end; p = block_end(mm, p))
		if (pfn_online(mm, (pfn_t)p))
			return true;
	return false;
}

uint64_t next_online_section(const struct mm *mm, uint64_t pfn)
{
	const uint64_t nr = mm_memory_block_pages(mm);
	uint64_t start = pfn & ~(nr - 1);

	if (section_online(mm, start, nr))
		return 0;
	while ((start += nr) < mm->st->nr_frames)
		if (section_online(mm, start, nr))
			return start;
	return 0;
}

/** Models: set_zone_contiguous(), mm/mm_init.c */
void set_zones_contiguous(struct mm *mm)
{
	for (uint32_t i = 0; i < mm->st->nr_populated; i++) {
		const zone_t zid = mm->st->populated[i];
		const uint64_t end = zone_end(mm, zid);
		uint64_t at = zone_start(mm, zid);
		bool whole = true;

		STORE(mm, mm->zone[zid].contiguous, 0);
		for (; whole && at < end; at = block_end(mm, at))
			whole = pageblock_in_zone(
				mm, at, min_pos(block_end(mm, at), end), zid);
		STORE(mm, mm->zone[zid].contiguous, whole);
	}
}

bool huge_page_covers(const struct mm *mm, uint64_t pfn)
{
	for (unsigned int o = mm->pb_order; o <= MM_GIGANTIC_ORDER; o++) {
		const uint64_t head = pfn & ~((UINT64_C(1) << o) - 1);

		if (compound_head_at(mm, head) &&
		    block_order(&mm->page[head].b) >= o)
			return true;
	}
	return false;
}

/* ---- skip bits ---- */

static bool skip_bit(const struct mm *mm, uint64_t pfn)
{
	return mm->pb[pfn >> mm->pb_order].bits & PAGEBLOCK_SKIP;
}

bool isolation_suitable(const struct mm *mm, const struct compact_control *cc,
			uint64_t pfn)
{
	return (cc->flags & CC_IGNORE_SKIP) || !skip_bit(mm, pfn);
}

void set_pageblock_skip(struct mm *mm, uint64_t pfn)
{
	const struct pageblock *pb = &mm->pb[pfn >> mm->pb_order];

	STORE(mm, pb->bits, pb->bits | PAGEBLOCK_SKIP);
}

bool test_and_set_skip(struct mm *mm, const struct compact_control *cc,
		       uint64_t pfn)
{
	if (cc->flags & CC_IGNORE_SKIP)
		return false;
	if (skip_bit(mm, pfn))
		return true;
	if (!(cc->flags & CC_NO_SET_SKIP))
		set_pageblock_skip(mm, pfn);
	return false;
}

/* ---- cached positions ---- */

/*
 * Callers pass the end of the block they are done with, so the position goes
 * one block further than that.
 */
void update_cached_migrate(struct mm *mm, const struct compact_control *cc,
			   uint64_t pfn)
{
	const uint64_t to = block_end(mm, pfn);
	const uint64_t *pos = mm->zone[cc->zid].compact_cached_migrate_pfn;

	if (cc->flags & CC_NO_SET_SKIP)
		return;
	if (to > pos[0])
		STORE(mm, pos[0], to);
	if (cc->mode != MIGRATE_ASYNC && to > pos[1])
		STORE(mm, pos[1], to);
}

void update_pageblock_skip(struct mm *mm, const struct compact_control *cc,
			   uint64_t block, uint64_t pfn)
{
	const struct zone *z = &mm->zone[cc->zid];

	if (cc->flags & CC_NO_SET_SKIP)
		return;
	set_pageblock_skip(mm, block);
	if (pfn < z->compact_cached_free_pfn)
		STORE(mm, z->compact_cached_free_pfn, pfn);
}

static void set_migrate(struct mm *mm, const struct zone *z, uint64_t pfn)
{
	STORE(mm, z->compact_cached_migrate_pfn[0], pfn);
	STORE(mm, z->compact_cached_migrate_pfn[1], pfn);
}

static void say_positions(struct mm *mm, zone_t zid, enum mm_reason reason)
{
	const struct zone *z = &mm->zone[zid];

	(void)z;
	TRACE(mm, compact_positions, ARG(zid),
	      ARG(z->compact_cached_migrate_pfn[1]),
	      ARG(z->compact_cached_free_pfn), ARG(reason));
}

void reset_cached_positions(struct mm *mm, zone_t zid)
{
	const struct zone *z = &mm->zone[zid];

	set_migrate(mm, z, z->start);
	STORE(mm, z->compact_cached_free_pfn,
	      block_start(mm, zone_end(mm, zid) - 1));
	say_positions(mm, zid, REASON_SCANNERS_MET);
}

/* ---- clearing skip bits ---- */

/* On an LRU list; of a tail its head is asked, as PageLRU() does. */
static bool page_lru(const struct mm *mm, uint64_t pfn)
{
	enum block_state state;
	unsigned int order;
	const pfn_t head = frame_head(mm, (pfn_t)pfn, &order, &state);

	return head != NO_PFN && state == BLOCK_USED &&
	       (mm->page[head].attr & PAGE_LRU);
}

/* Without one there is no head to look for. */
static bool has_lru_pages(const struct mm *mm, zone_t zid)
{
	int64_t pages = 0;

	for (int i = 0; i < NR_LRU_LISTS; i++)
		pages += mm->zone[zid].lru[i];
	return pages != 0;
}

/* Is the sampled page movable, or the head of a free block? */
static bool worth_it(const struct mm *mm, uint64_t pfn, bool source,
		     bool target)
{
	return (source && page_lru(mm, pfn)) ||
	       (target && buddy_order_at(mm, pfn) >= 0);
}

/*
 * Is the pageblock of use to the source, the target scanner, or any?
 *
 * Models: __reset_isolation_pfn(); 3.6
 */
static bool reset_isolation_pfn(struct mm *mm, zone_t zid, uint64_t pfn,
				bool source, bool target)
{
	const uint64_t first =
		max_pos(block_start(mm, pfn), zone_start(mm, zid));
	const uint64_t last =
		min_pos(block_end(mm, pfn), zone_end(mm, zid)) - 1;
	const struct pageblock *pb = &mm->pb[pfn >> mm->pb_order];
	const bool lru = source && has_lru_pages(mm, zid);
	uint64_t at;

	if (!zone_memory(mm, pfn, zid) || huge_page_covers(mm, pfn))
		return false;
	if (source && target && !skip_bit(mm, pfn))
		return true;
	if (!source && target &&
	    pageblock_type(mm, (pfn_t)pfn) != MIGRATE_MOVABLE)
		return false;
	if (last >= mm->st->end_pfn || !pfn_present(mm, (pfn_t)last))
		return false;
	at = pfn_present(mm, (pfn_t)first) ? first : pfn;
	for (; at <= last; at += SAMPLE)
		if (worth_it(mm, at, lru, target)) {
			STORE(mm, pb->bits,
			      pb->bits & ~(uint32_t)PAGEBLOCK_SKIP);
			return true;
		}
	return false;
}

/*
 * From both ends to the middle: the lowest good source and the highest good
 * target become the new positions.
 *
 * Models: __reset_isolation_suitable(); 3.5
 */
void clear_skip_bits(struct mm *mm, zone_t zid)
{
	const struct zone *z = &mm->zone[zid];
	const uint64_t step = (uint64_t)1 << mm->pb_order;
	uint64_t m = zone_start(mm, zid), f = zone_end(mm, zid) - 1;
	uint64_t best_m = f, best_f = m;
	bool source = false, target = false;

	if (!z->compact_blockskip_flush)
		return;
	STORE(mm, z->compact_blockskip_flush, 0);
	for (; m < f; m += step, f -= step) {
		if (reset_isolation_pfn(mm, zid, m, true, source) &&
		    m < best_m) {
			source = true;
			best_m = m;
			STORE(mm, z->compact_init_migrate_pfn, m);
			set_migrate(mm, z, m);
		}
		if (reset_isolation_pfn(mm, zid, f, target, true) &&
		    f > best_f) {
			target = true;
			best_f = f;
			STORE(mm, z->compact_init_free_pfn, f);
			STORE(mm, z->compact_cached_free_pfn, f);
		}
		if (f < step)
			break;
	}
	if (best_m >= best_f) {
		set_migrate(mm, z, m);
		STORE(mm, z->compact_cached_free_pfn, f);
	}
	say_positions(mm, zid, REASON_SKIP_RESET);
}

void reset_isolation_suitable(struct mm *mm, unsigned int nid)
{
	for (int i = 0; i < MAX_NR_ZONES; i++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)i);

		if (mm_zone_populated(mm, zid))
			clear_skip_bits(mm, zid);
	}
}
