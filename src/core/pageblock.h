/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pageblock.h - migratetype, isolate and skip bits of a pageblock
 *
 * A pageblock has a tag (U, M, R, H or C) and, apart from it, an isolate bit;
 * the effective type is I while that bit is set.  What a page was requested
 * as is stored nowhere: on free only its pageblock's type counts.
 *
 * Models: get_pageblock_migratetype, set_pageblock_migratetype,
 *         page_zone, prep_move_freepages_block in mm/page_alloc.c
 * Keeps:  PAGEBLOCK_TAG (check_frames.c)
 */
#ifndef CORE_PAGEBLOCK_H
#define CORE_PAGEBLOCK_H

#include "core/store.h"

/** The effective type, get_pageblock_migratetype(). */
static inline enum migratetype pageblock_type(const struct mm *mm, pfn_t pfn)
{
	const unsigned int bits = mm->pb[pfn >> mm->pb_order].bits;

	return bits & PAGEBLOCK_ISOLATE
		       ? MIGRATE_ISOLATE
		       : (enum migratetype)(bits & PAGEBLOCK_TYPE);
}

/** What decides where its pages go: of a plain pageblock zone and type. */
static inline uint32_t pageblock_kind(const struct pageblock *pb)
{
	return pb->bits & ~(uint32_t)(PAGEBLOCK_SKIP | PAGEBLOCK_TOUCHED);
}

/**
 * pageblock_plain_type - both at once, for most pageblocks
 *
 * The type if that is U, M or R, and the pageblock lies in @zid alone and is
 * not isolated; MIGRATE_PCPTYPES or more otherwise.
 */
static inline uint32_t pageblock_plain_type(const struct pageblock *pb,
					    uint32_t zid)
{
	return pageblock_kind(pb) - (zid << PAGEBLOCK_ZONE);
}

/** The zone a frame belongs to; for a hole, that of the memory after it. */
static inline zone_t page_zone(const struct mm *mm, pfn_t pfn)
{
	const struct pageblock *pb = &mm->pb[pfn >> mm->pb_order];

	if (unlikely(pb->bits & PAGEBLOCK_MIXED))
		return zone_search(mm, pfn);
	return (zone_t)(pb->bits >> PAGEBLOCK_ZONE);
}

/** U, M and R merge with one another and may be claimed or reserved. */
static inline bool migratetype_is_mergeable(enum migratetype mt)
{
	return mt < MIGRATE_PCPTYPES;
}

/** Whatever decides where pages go is changed by this alone. */
void pageblock_set_bits(struct mm *mm, const struct pageblock *pb,
			uint32_t bits);
/**
 * pageblock_run_follow - look for more of the pageblocks of a kind
 * @pfn: a frame of the kind, preferably
 *
 * A few at each call, from where it was at the last one; if it is stuck there,
 * from @pfn on.  Most of the memory is movable, so most frees need only be
 * compared with a first and a last frame.
 */
void pageblock_run_follow(struct mm *mm, uint32_t kind, pfn_t pfn);

/** Where types are not kept apart, U in place of U, M and R; M-1.6. */
static inline enum migratetype kept_type(const struct mm *mm,
					 enum migratetype mt)
{
	return mm->st->mobility_disabled && migratetype_is_mergeable(mt)
		       ? MIGRATE_UNMOVABLE
		       : mt;
}

/** Write the tag as it is, as the boot does before it counts the memory. */
void init_pageblock_migratetype(struct mm *mm, pfn_t pfn, enum migratetype mt);
/** Write the tag; clears the isolate bit.  @mt is never I. */
void set_pageblock_migratetype(struct mm *mm, pfn_t pfn, enum migratetype mt);
/** The same for each pageblock of the block (@pfn, @order >= pageblock). */
void change_pageblock_range(struct mm *mm, pfn_t pfn, unsigned int order,
			    enum migratetype mt);
/** True if the pageblock of @pfn lies wholly in zone @zid (B-11.4). */
bool pageblock_whole(const struct mm *mm, zone_t zid, pfn_t pfn);

/** Its frame records are about to be written. */
static always_inline void pageblock_touch(struct mm *mm, pfn_t pfn)
{
	const struct pageblock *pb = &mm->pb[pfn >> mm->pb_order];

	if (!(pb->bits & PAGEBLOCK_TOUCHED))
		STORE(mm, pb->bits, pb->bits | PAGEBLOCK_TOUCHED);
}

#endif
