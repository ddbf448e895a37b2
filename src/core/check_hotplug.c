/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_hotplug.c - memory blocks that came and went, and those that are to
 * go; see check.h and hotplug.h
 *
 * A block is offline as a whole, holds nothing then, and was one that may go.
 */
#include "core/check.h"
#include "core/hotplug.h"
#include "core/pageblock.h"

static int bad_block(struct mm_broken *b, pfn_t pfn, const char *what)
{
	return broken_at(b, "HOTPLUG", "pageblock %u: %s", pfn, what);
}

/* Nothing is recorded there. */
static bool is_empty(const struct mm *mm, pfn_t start)
{
	const pfn_t nr = pageblock_nr_pages(mm);

	if (mm->pb[start >> mm->pb_order].b.word)
		return false;
	for (pfn_t p = start; p < start + nr; p++) {
		if (!(mm->pb[p >> mm->pb_order].bits & PAGEBLOCK_TOUCHED))
			return true;
		if (mm->page[p].b.word || mm->page[p].attr || mm->page[p].owner)
			return false;
	}
	return true;
}

/* A memory block, by its first pageblock. */
static int check_block(const struct mm *mm, pfn_t start, pfn_t nr,
		       struct mm_broken *b)
{
	const pfn_t step = pageblock_nr_pages(mm);
	const bool offline = pageblock_offline(mm, start);

	for (pfn_t p = start; p < start + nr && p < mm->st->nr_frames;
	     p += step) {
		if (pageblock_offline(mm, p) != offline)
			return bad_block(b, p, "half of a memory block");
		if (offline && !is_empty(mm, p))
			return bad_block(b, p, "offline, and not empty");
	}
	if (offline && (start + nr > mm->st->end_pfn ||
			!is_memory_range(mm, start, start + nr) ||
			range_zone(mm, start, start + nr) == NO_ZONE))
		return bad_block(b, start, "offline, but it has to stay");
	return 0;
}

/* Their pageblocks are shut, and nobody else takes the same away. */
static int check_work(const struct mm *mm, uint32_t task, struct mm_broken *b)
{
	const struct offline_work *w = &mm->task[task].offline;

	if (!is_offlining(mm, task))
		return 0;
	if (!offline_sane(mm, w) || mm->task[task].cc.step)
		return broken_at(b, "HOTPLUG", "task %u: no such work", task);
	for (uint32_t i = 0; i < task; i++)
		if (is_offlining(mm, i) &&
		    mm->task[i].offline.start == w->start)
			return broken_at(b, "HOTPLUG", "tasks %u and %u", i,
					 task);
	return 0;
}

int check_hotplug(const struct mm *mm, struct mm_broken *b)
{
	const pfn_t nr = mm_memory_block_pages(mm);
	int e = 0;

	for (uint64_t p = 0; !e && p < mm->st->nr_frames; p += nr)
		e = check_block(mm, (pfn_t)p, nr, b);
	for (uint32_t i = 0; !e && i < mm->st->nr_tasks; i++)
		e = check_work(mm, i, b);
	return e;
}

/* ---- against a new world of the same configuration ---- */

/* A pageblock may have gone to another zone of its node with its block. */
static bool may_have_moved(const struct mm *mm, const struct mm *fresh,
			   pfn_t pfn)
{
	const pfn_t nr = mm_memory_block_pages(mm);
	const pfn_t start = pfn & ~(nr - 1);
	const zone_t now =
		(zone_t)(mm->pb[pfn >> mm->pb_order].bits >> PAGEBLOCK_ZONE);
	zone_t was;

	if (start + nr > mm->st->end_pfn ||
	    !is_memory_range(fresh, start, start + nr))
		return false;
	was = range_zone(fresh, start, start + nr);
	return was != NO_ZONE && now < mm->st->cfg.nr_nodes * MAX_NR_ZONES &&
	       zone_nid(now) == zone_nid(was) && zone_idx(now) < ZONE_DEVICE &&
	       range_zone(mm, start, start + nr) == now;
}

/* Frames of a zone that are there are within its span. */
static bool spans_fit(const struct mm *mm)
{
	const pfn_t step = pageblock_nr_pages(mm);

	for (zone_t z = 0; z < mm->st->cfg.nr_nodes * MAX_NR_ZONES; z++)
		if ((uint64_t)mm->zone[z].start + mm->zone[z].spanned >
			    mm->st->end_pfn ||
		    (mm->zone[z].present && !mm->zone[z].spanned))
			return false;
	for (uint32_t i = 0; i < mm->st->nr_pageblocks; i++) {
		const zone_t zid = (zone_t)(mm->pb[i].bits >> PAGEBLOCK_ZONE);
		const struct zone *z = &mm->zone[zid];
		const pfn_t p = (pfn_t)i * step;

		if (mm->pb[i].bits & (PAGEBLOCK_OFFLINE | PAGEBLOCK_MIXED) ||
		    p + step > mm->st->end_pfn ||
		    !is_memory_range(mm, p, p + step))
			continue;
		if (!z->present || p < z->start ||
		    p + step > z->start + z->spanned)
			return false;
	}
	return true;
}

/* Every zone with memory once, by address, and no others. */
static bool populated_fits(const struct mm *mm)
{
	const struct state *st = mm->st;
	uint32_t n = 0;

	if (st->nr_populated > MAX_ZONELIST)
		return false;
	for (zone_t z = 0; z < st->cfg.nr_nodes * MAX_NR_ZONES; z++)
		n += mm->zone[z].present != 0;
	for (uint32_t i = 0; i < st->nr_populated; i++) {
		const zone_t z = st->populated[i];

		if (!mm_zone_populated(mm, z))
			return false;
		for (uint32_t k = 0; k < i; k++)
			if (st->populated[k] == z ||
			    mm->zone[st->populated[k]].start >
				    mm->zone[z].start)
				return false;
	}
	return n == st->nr_populated && n;
}

bool hotplug_fits(const struct mm *mm, const struct mm *fresh)
{
	const uint32_t zone = ~0u << PAGEBLOCK_ZONE;

	for (uint32_t i = 0; i < mm->st->nr_pageblocks; i++) {
		const uint32_t differs = mm->pb[i].bits ^ fresh->pb[i].bits;

		if (differs & PAGEBLOCK_MIXED)
			return false;
		if (differs & (zone | PAGEBLOCK_OFFLINE) &&
		    !may_have_moved(mm, fresh, (pfn_t)i << mm->pb_order))
			return false;
	}
	return populated_fits(mm) && spans_fit(mm);
}
