/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hotplug.c - see hotplug.h; zones and their spans, memory that comes
 */
#include "core/hotplug.h"

#include <errno.h>

#include "core/buddy.h"
#include "core/compaction.h"
#include "core/frame.h"
#include "core/isolation.h"
#include "core/layout.h"
#include "core/task.h"
#include "core/watermark.h"
#include "core/zonelist.h"

/* ---- zones ---- */

/* Zones with memory, by address. */
static void list_populated(struct mm *mm)
{
	const struct state *st = mm->st;
	uint32_t n = 0;

	for (zone_t z = 0; z < st->cfg.nr_nodes * MAX_NR_ZONES; z++) {
		uint32_t i = n;

		if (!mm->zone[z].present)
			continue;
		for (; i &&
		       mm->zone[st->populated[i - 1]].start > mm->zone[z].start;
		     i--)
			STORE(mm, st->populated[i], st->populated[i - 1]);
		STORE(mm, st->populated[i], z);
		n++;
	}
	for (uint32_t i = n; i < st->nr_populated; i++)
		STORE(mm, st->populated[i], 0);
	STORE(mm, st->nr_populated, n);
}

/** Models: update_pgdat_span() */
static void span_node(struct mm *mm, unsigned int nid)
{
	const struct node *n = &mm->st->node[nid];
	pfn_t start = NO_PFN, end = 0;

	for (unsigned int i = 0; i < MAX_NR_ZONES; i++) {
		const struct zone *z =
			&mm->zone[mm_zone_id(nid, (enum zone_type)i)];

		if (!z->spanned)
			continue;
		start = min_pfn(start, z->start);
		end = max_pfn(end, z->start + z->spanned);
	}
	STORE(mm, n->start, end ? start : 0);
	STORE(mm, n->spanned, end ? end - start : 0);
}

static void set_span(struct mm *mm, zone_t zid, pfn_t start, pfn_t end)
{
	const struct zone *z = &mm->zone[zid];

	STORE(mm, z->start, start < end ? start : 0);
	STORE(mm, z->spanned, start < end ? end - start : 0);
	span_node(mm, zone_nid(zid));
}

static bool online_in(const struct mm *mm, zone_t zid, pfn_t pfn)
{
	return page_zone(mm, pfn) == zid && pfn_present(mm, pfn);
}

/**
 * Only an end that went shortens it: to the nearest pageblock that is there.
 *
 * Models: shrink_zone_span(), by pageblocks instead of subsections
 */
static void shrink_zone_span(struct mm *mm, zone_t zid, pfn_t start, pfn_t end)
{
	const struct zone *z = &mm->zone[zid];
	const pfn_t step = pageblock_nr_pages(mm);
	const pfn_t zone_end = z->start + z->spanned;
	pfn_t p;

	if (z->start == start) {
		for (p = end; p < zone_end && !online_in(mm, zid, p);)
			p += step;
		set_span(mm, zid, min_pfn(p, zone_end), zone_end);
	} else if (zone_end == end) {
		for (p = start; p > z->start && !online_in(mm, zid, p - 1);)
			p = p - z->start > step ? p - step : z->start;
		set_span(mm, zid, z->start, p);
	}
}

static void add_present(struct mm *mm, zone_t zid, int64_t pages)
{
	const struct zone *z = &mm->zone[zid];
	const struct node *n = &mm->st->node[zone_nid(zid)];

	STORE(mm, z->present, (uint32_t)(z->present + pages));
	STORE(mm, n->present, (uint32_t)(n->present + pages));
	list_populated(mm);
}

/* A zone without memory has no per-CPU lists; the differences are folded. */
static void reset_pagesets(struct mm *mm, zone_t zid)
{
	const struct zone *z = &mm->zone[zid];

	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++) {
		const struct pcp *p = pcp_of(mm, zid, cpu);

		for (int i = 0; i < NR_ZSTAT; i++) {
			STORE(mm, z->stat[i], z->stat[i] + p->diff[i]);
			STORE(mm, p->diff[i], 0);
		}
		STORE(mm, p->high, 0);
		STORE(mm, p->free_count, 0);
		STORE(mm, p->alloc_factor, 0);
		STORE(mm, p->flags, 0);
		STORE(mm, p->expire, 0);
	}
}

/* ---- offline, when nothing is left there ---- */

/* What is reserved for HighAtomic there is not reserved any more. */
static void forget_highatomic(struct mm *mm, zone_t zid, pfn_t pfn)
{
	const struct zone *z = &mm->zone[zid];
	const pfn_t nr = pageblock_nr_pages(mm);

	if ((mm->pb[pfn >> mm->pb_order].bits & PAGEBLOCK_TYPE) !=
	    MIGRATE_HIGHATOMIC)
		return;
	STORE(mm, z->nr_reserved_highatomic,
	      z->nr_reserved_highatomic > nr ? z->nr_reserved_highatomic - nr
					     : 0);
}

static void set_offline(struct mm *mm, pfn_t start, pfn_t end, bool offline)
{
	for (pfn_t p = start; p < end; p += pageblock_nr_pages(mm)) {
		const struct pageblock *pb = &mm->pb[p >> mm->pb_order];
		const uint32_t rest = pb->bits & ~(uint32_t)PAGEBLOCK_OFFLINE;

		pageblock_set_bits(mm, pb,
				   rest | (offline ? PAGEBLOCK_OFFLINE : 0));
	}
}

/* 6.3 steps 7 to 9, but for the switches; @managed of the pages were. */
void memory_removed(struct mm *mm, zone_t zid, pfn_t start, pfn_t end,
		    pfn_t managed)
{
	const struct zone *z = &mm->zone[zid];

	for (pfn_t p = start; p < end; p += pageblock_nr_pages(mm))
		forget_highatomic(mm, zid, p);
	set_offline(mm, start, end, true);
	STORE(mm, z->managed, z->managed - managed);
	add_present(mm, zid, -(int64_t)(end - start));
	init_per_zone_wmark_min(mm);
	if (!z->present) {
		reset_pagesets(mm, zid);
		build_all_zonelists(mm);
	}
	shrink_zone_span(mm, zid, start, end);
	list_populated(mm); /* the start may have moved */
	set_zones_contiguous(mm);
	memo_forget(mm);
}

/* ---- online ---- */

static bool zone_intersects(const struct mm *mm, zone_t zid, pfn_t start,
			    pfn_t end)
{
	const struct zone *z = &mm->zone[zid];

	return z->spanned && start < z->start + z->spanned && end > z->start;
}

/** Models: default_kernel_zone_for_pfn() */
static zone_t kernel_zone(const struct mm *mm, unsigned int nid, pfn_t start,
			  pfn_t end)
{
	for (int i = 0; i < ZONE_NORMAL; i++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)i);

		if (zone_intersects(mm, zid, start, end))
			return zid;
	}
	return mm_zone_id(nid, ZONE_NORMAL);
}

/** Models: zone_for_pfn_range(); 7.1, without the boot option movable_node */
static zone_t zone_for_range(const struct mm *mm, enum mm_online how,
			     pfn_t start, pfn_t end)
{
	const unsigned int nid = zone_nid(page_zone(mm, start));
	const zone_t kernel = kernel_zone(mm, nid, start, end);
	const zone_t movable = mm_zone_id(nid, ZONE_MOVABLE);

	if (how == ONLINE_DEFAULT)
		return zone_intersects(mm, movable, start, end) &&
				       !zone_intersects(mm, kernel, start, end)
			       ? movable
			       : kernel;
	return how == ONLINE_MOVABLE ? movable : kernel;
}

/* The memory map: all pageblocks movable, and shut. */
static void move_range_to_zone(struct mm *mm, zone_t zid, pfn_t start,
			       pfn_t end)
{
	const struct zone *z = &mm->zone[zid];
	const uint32_t bits = (uint32_t)zid << PAGEBLOCK_ZONE |
			      MIGRATE_MOVABLE | PAGEBLOCK_ISOLATE;
	const uint32_t nr = (end - start) >> mm->pb_order;

	if (z->spanned)
		set_span(mm, zid, min_pfn(z->start, start),
			 max_pfn(z->start + z->spanned, end));
	else
		set_span(mm, zid, start, end);
	for (pfn_t p = start; p < end; p += pageblock_nr_pages(mm)) {
		const struct pageblock *pb = &mm->pb[p >> mm->pb_order];

		pageblock_set_bits(mm, pb,
				   (pb->bits & PAGEBLOCK_TOUCHED) | bits);
	}
	/* looked at while the new part is not online yet */
	STORE(mm, z->contiguous, 0);
	STORE(mm, z->nr_isolate_pageblock, z->nr_isolate_pageblock + nr);
}

/** Models: online_pages_range(), __free_pages_core() */
static void free_range_online(struct mm *mm, zone_t zid, pfn_t start, pfn_t end)
{
	const struct zone *z = &mm->zone[zid];
	const struct pcp *p = pcp_of(mm, zid, mm->cpu);
	const unsigned int max = mm->st->cfg.max_page_order;

	for (pfn_t pfn = start; pfn < end; pfn += (pfn_t)1 << max) {
		STORE(mm, z->managed, z->managed + ((pfn_t)1 << max));
		TRACE(mm, mm_page_free, ARG(pfn), ARG(max));
		STORE(mm, p->pgfree, p->pgfree + ((uint64_t)1 << max));
		free_range(mm, zid, pfn, max, FPI_TO_TAIL);
	}
	add_present(mm, zid, end - start);
}

static void online_pages(struct mm *mm, zone_t zid, pfn_t start, pfn_t end)
{
	const bool was_empty = !mm->zone[zid].present;

	if (was_empty)
		reset_pagesets(mm, zid);
	move_range_to_zone(mm, zid, start, end);
	free_range_online(mm, zid, start, end);
	if (was_empty)
		build_all_zonelists(mm);
	undo_isolate_page_range(mm, start, end);
	init_per_zone_wmark_min(mm);
	memo_forget(mm);
}

/* ---- for everybody ---- */

int mm_task_memory_online(struct mm *mm, unsigned int task, unsigned int block,
			  enum mm_online how, struct mm_error *err)
{
	const int e = mm_memory_online_refusal(mm, block, how, err);
	struct mm_memory_info mi;
	zone_t zid;

	if (e)
		return e;
	mm_memory_info(mm, block, &mi);
	if (task >= mm->st->nr_tasks || mm->task[task].state == TASK_DEAD)
		return mm_fail(err, -EINVAL, "no such task");
	op_enter(mm);
	mm->cpu = (uint16_t)mm->task[task].cpu;
	mm->current = (uint16_t)task;
	STORE(mm, mm->task[task].offline.result, 0);
	zid = zone_for_range(mm, how, mi.start, mi.end);
	online_pages(mm, zid, mi.start, mi.end);
	mm->current = CALLER_TASK;
	TRACE(mm, memory_online, ARG(mi.start), ARG(mi.end), ARG(zid));
	op_leave(mm);
	return 0;
}

int mm_memory_online(struct mm *mm, unsigned int block, enum mm_online how,
		     struct mm_error *err)
{
	return mm_task_memory_online(mm, CALLER_TASK, block, how, err);
}

/* A block of one zone in which nothing has been put yet. */
static int not_empty(const struct mm *mm, unsigned int block,
		     struct mm_memory_info *mi, struct mm_error *err)
{
	int e = memory_block_error(mm, block, err);

	if (e)
		return e;
	mm_memory_info(mm, block, mi);
	for (pfn_t p = mi->start; !e && p < mi->end;
	     p += pageblock_nr_pages(mm))
		e = mm->pb[p >> mm->pb_order].bits & PAGEBLOCK_TOUCHED ||
		    mm->pb[p >> mm->pb_order].b.word;
	if (e || mi->state != MEMORY_ONLINE || mi->zone == NO_ZONE)
		return mm_fail(err, -EINVAL,
			       "memory block %u: expected memory of one zone, "
			       "with nothing in it",
			       block);
	return 0;
}

int mm_put_memory_offline(struct mm *mm, unsigned int block,
			  struct mm_error *err)
{
	struct mm_memory_info mi;
	const int e = not_empty(mm, block, &mi, err);

	if (e)
		return e;
	op_enter(mm);
	set_offline(mm, mi.start, mi.end, true);
	add_present(mm, mi.zone, -(int64_t)(mi.end - mi.start));
	build_all_zonelists(mm);
	memo_forget(mm);
	op_leave(mm);
	return 0;
}

int mm_put_memory_zone(struct mm *mm, unsigned int block, enum zone_type zone,
		       struct mm_error *err)
{
	struct mm_memory_info mi;
	const int e = not_empty(mm, block, &mi, err);
	zone_t to;

	if (e)
		return e;
	to = mm_zone_id(zone_nid(mi.zone), zone);
	if (zone >= ZONE_DEVICE || to == mi.zone)
		return mm_fail(err, -EINVAL,
			       "memory block %u: expected another zone", block);
	op_enter(mm);
	add_present(mm, mi.zone, -(int64_t)(mi.end - mi.start));
	move_range_to_zone(mm, to, mi.start, mi.end);
	for (pfn_t p = mi.start; p < mi.end; p += pageblock_nr_pages(mm)) {
		const struct pageblock *pb = &mm->pb[p >> mm->pb_order];

		pageblock_set_bits(mm, pb,
				   pb->bits & ~(uint32_t)PAGEBLOCK_ISOLATE);
	}
	STORE(mm, mm->zone[to].nr_isolate_pageblock,
	      mm->zone[to].nr_isolate_pageblock -
		      ((mi.end - mi.start) >> mm->pb_order));
	add_present(mm, to, mi.end - mi.start);
	set_zones_contiguous(mm);
	build_all_zonelists(mm);
	memo_forget(mm);
	op_leave(mm);
	return 0;
}
