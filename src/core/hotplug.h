/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hotplug.h - memory blocks come and go
 *
 * Which frames there can ever be is the configuration's; which of them are
 * there is a bit of their pageblocks, PAGEBLOCK_OFFLINE.  A memory block can
 * go if it is memory throughout and of one zone.  It may come back to another
 * zone of its node, so zones can overlap: a pageblock knows its zone, and a
 * zone's span only says between which frames to look.
 *
 *	memory_block.c     blocks, and whether one may come or go
 *	hotplug.c          zones and their spans; online
 *	offline.c          offline, in quanta
 *	offline_request.c  asking for it
 *	check_hotplug.c    what a saved world may say of it
 *
 * Models:   online_pages, move_pfn_range_to_zone, zone_for_pfn_range,
 *           shrink_zone_span, update_pgdat_span, adjust_present_page_count
 *           in mm/memory_hotplug.c; contig-cma-hotplug.md 6, 7
 * Left out: the auto-movable policy, memory groups, memory maps on the
 *           memory itself; stopping the daemons of a node without memory;
 *           a pageblock reserved for HighAtomic that goes offline is no
 *           longer counted when it comes back as movable
 * Keeps:    HOTPLUG (check_hotplug.c)
 */
#ifndef CORE_HOTPLUG_H
#define CORE_HOTPLUG_H

#include "core/store.h"

static inline bool pageblock_offline(const struct mm *mm, pfn_t pfn)
{
	return mm->pb[pfn >> mm->pb_order].bits & PAGEBLOCK_OFFLINE;
}

/* ---- memory_block.c ---- */

static inline pfn_t max_pfn(pfn_t a, pfn_t b)
{
	return a > b ? a : b;
}

static inline pfn_t min_pfn(pfn_t a, pfn_t b)
{
	return a < b ? a : b;
}

/** No such block, or a world whose memory stays: -EINVAL with the reason. */
int memory_block_error(const struct mm *mm, unsigned int block,
		       struct mm_error *err);
/** Is [@start, @end) memory throughout, if perhaps offline? */
bool is_memory_range(const struct mm *mm, pfn_t start, pfn_t end);
/** The zone that all its pageblocks belong to, or NO_ZONE. */
zone_t range_zone(const struct mm *mm, pfn_t start, pfn_t end);
/* ---- hotplug.c ---- */

/** Its pages are not there any more: counts, spans, marks, zonelists. */
void memory_removed(struct mm *mm, zone_t zid, pfn_t start, pfn_t end,
		    pfn_t managed);

/* ---- offline.c ---- */

#define OFFLINE_MOST_ROUNDS 1000000u

static inline const struct offline_work *offline_work_of(const struct mm *mm,
							 uint32_t task)
{
	return &mm->task[task].offline;
}

/** The task takes the block away from here on; it gives up after @rounds. */
void offline_begin(struct mm *mm, uint32_t task,
		   const struct mm_memory_info *mi, unsigned int rounds);
enum mm_quantum offline_step(struct mm *mm, uint32_t task);
/** Is the task in the middle of it? */
static inline bool is_offlining(const struct mm *mm, uint32_t task)
{
	return mm->task[task].offline.step != 0;
}
/** Where it stands, for people. */
const char *offline_at(const struct offline_work *w);
/** Could the work be taken up from this record? */
bool offline_sane(const struct mm *mm, const struct offline_work *w);

/* ---- check_hotplug.c ---- */

/** Are zones and pageblocks where blocks that came and went leave them? */
bool hotplug_fits(const struct mm *mm, const struct mm *fresh);

#endif
