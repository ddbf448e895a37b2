/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * memory_block.c - what hot-plug comes and goes in: blocks, their zone, state
 */
#include <errno.h>

#include "core/frame.h"
#include "core/hotplug.h"

pfn_t mm_memory_block_pages(const struct mm *mm)
{
	const pfn_t most =
		(pfn_t)((INT64_C(128) << 20) >> mm->st->cfg.page_shift);
	const pfn_t least = (pfn_t)1 << mm->st->cfg.max_page_order;
	pfn_t n = most;

	while (n > least && n > mm->st->end_pfn / 4)
		n /= 2;
	return max_pfn(n, least);
}

unsigned int mm_nr_memory_blocks(const struct mm *mm)
{
	const pfn_t n = mm_memory_block_pages(mm);

	return mm->st->end_pfn / n + (mm->st->end_pfn % n != 0);
}

bool is_memory_range(const struct mm *mm, pfn_t start, pfn_t end)
{
	const struct mm_config *cfg = &mm->st->cfg;
	pfn_t found = 0;

	/* without a list, every zone is memory throughout */
	for (uint32_t i = 0; i < cfg->nr_memory; i++) {
		const pfn_t a = max_pfn(cfg->memory[i].start, start);
		const pfn_t b = min_pfn(cfg->memory[i].end, end);

		found += a < b ? b - a : 0;
	}
	for (uint32_t i = 0; !cfg->nr_memory && i < cfg->nr_zones; i++) {
		const pfn_t a = max_pfn(cfg->zone[i].start, start);
		const pfn_t b = min_pfn(cfg->zone[i].end, end);

		found += a < b ? b - a : 0;
	}
	return found == end - start;
}

zone_t range_zone(const struct mm *mm, pfn_t start, pfn_t end)
{
	const uint32_t zone_bits = ~0u << PAGEBLOCK_ZONE | PAGEBLOCK_MIXED;
	const uint32_t first = mm->pb[start >> mm->pb_order].bits & zone_bits;

	if (first & PAGEBLOCK_MIXED)
		return NO_ZONE;
	for (pfn_t p = start; p < end; p += pageblock_nr_pages(mm))
		if ((mm->pb[p >> mm->pb_order].bits & zone_bits) != first)
			return NO_ZONE;
	return (zone_t)(first >> PAGEBLOCK_ZONE);
}

/* Somebody is taking it away. */
static bool goes_offline(const struct mm *mm, pfn_t start)
{
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (is_offlining(mm, i) && mm->task[i].offline.start == start)
			return true;
	return false;
}

void mm_memory_info(const struct mm *mm, unsigned int block,
		    struct mm_memory_info *mi)
{
	const pfn_t n = mm_memory_block_pages(mm);

	*mi = (struct mm_memory_info){.zone = NO_ZONE};
	if (block >= mm_nr_memory_blocks(mm))
		return;
	mi->start = block * n;
	mi->end = min_pfn(mi->start + n, mm->st->end_pfn);
	if (mi->end - mi->start < n || !is_memory_range(mm, mi->start, mi->end))
		return;
	mi->zone = range_zone(mm, mi->start, mi->end);
	if (pageblock_offline(mm, mi->start))
		mi->state = MEMORY_OFFLINE;
	else if (goes_offline(mm, mi->start))
		mi->state = MEMORY_GOING_OFFLINE;
	else
		mi->state = MEMORY_ONLINE;
}

const char *mm_memory_state_name(enum mm_memory_state state)
{
	switch (state) {
	case MEMORY_NONE:
		return "none";
	case MEMORY_ONLINE:
		return "online";
	case MEMORY_GOING_OFFLINE:
		return "going-offline";
	case MEMORY_OFFLINE:
		return "offline";
	}
	return "?";
}

/* ---- may it come or go? ---- */

int memory_block_error(const struct mm *mm, unsigned int block,
		       struct mm_error *err)
{
	if (mm->st->cfg.era != ERA_LINUX_7_3 ||
	    mm->st->cfg.zone_layout != LAYOUT_64BIT)
		return mm_fail(err, -EINVAL,
			       "memory stays in this world: it comes and goes "
			       "in Linux 7.3 with 64 bits only");
	if (block >= mm_nr_memory_blocks(mm))
		return mm_fail(err, -EINVAL,
			       "memory block %u: expected 0 to %u", block,
			       mm_nr_memory_blocks(mm) - 1);
	return 0;
}

int mm_memory_offline_refusal(const struct mm *mm, unsigned int block,
			      struct mm_error *err)
{
	const int e = memory_block_error(mm, block, err);
	struct mm_memory_info mi;

	if (e)
		return e;
	mm_memory_info(mm, block, &mi);
	if (mi.state == MEMORY_NONE)
		return mm_fail(err, -EINVAL,
			       "memory block %u has holes: it stays", block);
	if (mi.state != MEMORY_ONLINE)
		return mm_fail(err, -EINVAL,
			       "memory block %u is %s: expected one that is "
			       "online",
			       block, mm_memory_state_name(mi.state));
	if (mi.zone == NO_ZONE)
		return mm_fail(err, -EINVAL,
			       "memory block %u is of several zones: it stays",
			       block);
	return 0;
}

int mm_memory_online_refusal(const struct mm *mm, unsigned int block,
			     enum mm_online how, struct mm_error *err)
{
	const int e = memory_block_error(mm, block, err);
	struct mm_memory_info mi;

	if (e)
		return e;
	mm_memory_info(mm, block, &mi);
	if (mi.state != MEMORY_OFFLINE)
		return mm_fail(err, -EINVAL,
			       "memory block %u is %s: expected one that is "
			       "offline",
			       block, mm_memory_state_name(mi.state));
	if ((unsigned int)how > ONLINE_MOVABLE)
		return mm_fail(err, -EINVAL, "no such zone to bring it to");
	return 0;
}
