/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_free_fast.c - free pages by the free lists
 *
 * Before blocks are gone through, Movable's lists are searched from their
 * tails, an order a quantum, for a free block high up in the zone.
 *
 * Models:   fast_isolate_freepages, fast_isolate_around,
 *           next_search_order in mm/compaction.c; compaction.md 8.3
 */
#include "core/compact_control.h"
#include "core/hotplug.h"
#include "core/vmstat.h"

static uint32_t at_least_one(uint32_t v)
{
	return v ? v : 1;
}

void fast_isolate_freepages_begin(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	const struct zone *z = &mm->zone[cc->zid];
	const uint32_t fail = cc->fast_fail < 63 ? cc->fast_fail : 63;
	const uint64_t distance = cc->free_pfn - cc->migrate_pfn;
	struct free_scan f = cc->fscan;

	f.step = FREE_FAST;
	f.at_order = -1;
	f.page = NO_POS;
	f.highest = 0;
	f.scanned = f.total = f.at_start = 0;
	if (cc->order <= 0) {
		f.step = FREE_FAST_END;
		store_bytes(mm, &cc->fscan, &f, sizeof f);
		return;
	}
	f.limit = at_least_one((uint32_t)((COMPACT_CLUSTER_MAX >> fail) + 1) >>
			       1);
	if (cc->free_pfn >= z->compact_init_free_pfn) {
		f.limit = pageblock_nr_pages(mm) >> 1;
		f.at_start = 1;
	}
	/* the scanners may have crossed: then nothing is high enough */
	f.low = block_start(mm, cc->free_pfn - (distance >> 2));
	f.min = block_start(mm, cc->free_pfn - (distance >> 1));
	if (cc->order - 1 < cc->search_order)
		CC_SET(mm, cc, search_order, cc->order - 1);
	f.at_order = cc->search_order;
	store_bytes(mm, &cc->fscan, &f, sizeof f);
}

/* Steps a and b of 8.3.5: the page, and in *@last where the walk ended. */
static uint64_t search_list(struct mm *mm, const struct compact_control *cc,
			    struct free_scan *f, unsigned int order,
			    pfn_t *last, uint32_t *seen)
{
	const zone_t zid = (zone_t)cc->zid;
	const struct list *l = &mm->zone[zid].free[order][MIGRATE_MOVABLE].list;
	uint64_t candidate = 0, page = NO_POS;
	pfn_t p = l->tail;

	*last = NO_PFN;
	while (p != NO_PFN) {
		const uint64_t pfn = p;

		++*seen;
		f->scanned++;
		if (pfn >= f->highest)
			f->highest = max_pos(block_start(mm, pfn),
					     zone_start(mm, zid));
		if (pfn >= f->low) {
			CC_SET(mm, cc, fast_fail, 0);
			CC_SET(mm, cc, search_order, (int32_t)order);
			page = pfn;
			*last = p;
			break;
		}
		if (pfn >= f->min && pfn > candidate) {
			candidate = pfn;
			f->limit >>= 1;
		}
		if (*seen >= f->limit) {
			*last = p;
			break;
		}
		p = p == l->head ? NO_PFN : block_at(mm, p, order)->prev;
	}
	if (page == NO_POS && candidate) {
		page = candidate;
		*last = (pfn_t)candidate;
	}
	return page;
}

/* Step e; it leaves a mark in search_order even after success. */
static int32_t next_search_order(struct mm *mm,
				 const struct compact_control *cc,
				 int32_t order)
{
	order--;
	if (order < 0)
		order = cc->order - 1;
	if (order == cc->search_order) {
		CC_SET(mm, cc, search_order,
		       cc->search_order ? cc->search_order - 1 : cc->order - 1);
		return -1;
	}
	return order;
}

/* One order's list; false when the search is over. */
static bool search_step(struct mm *mm, uint32_t task, struct free_scan *f)
{
	const struct compact_control *cc = cc_of(mm, task);
	const unsigned int order = (unsigned int)f->at_order;
	uint32_t seen = 0;
	pfn_t last;

	f->page = search_list(mm, cc, f, order, &last, &seen);
	if (last != NO_PFN)
		rotate_free_list(mm, (zone_t)cc->zid, order, last, true);
	if (f->page != NO_POS) {
		if (isolate_free_page(mm, task, (pfn_t)f->page, order)) {
			f->scanned += (1u << order) - 1;
			f->total += 1u << order;
			count_vm_events(mm, VM_COMPACT_ISOLATED, 1u << order);
		} else {
			f->page = NO_POS;
			f->at_order = cc->search_order + 1;
		}
	}
	if (cc->nr_free >= cc->nr_mig)
		return false;
	if (seen >= f->limit)
		f->limit = at_least_one(f->limit >> 1);
	f->at_order = next_search_order(mm, cc, f->at_order);
	return f->page == NO_POS && f->at_order >= 0;
}

/* Empty orders cost nothing. */
static void pass_empty_orders(struct mm *mm, const struct compact_control *cc,
			      struct free_scan *f)
{
	while (f->at_order >= 0 && !order_has_blocks(mm, (zone_t)cc->zid,
						     (unsigned int)f->at_order))
		f->at_order = next_search_order(mm, cc, f->at_order);
}

/* Has it a page of the memory map?  Memory that is offline has. */
static bool pfn_valid(const struct mm *mm, uint64_t pfn)
{
	return pfn < mm->st->end_pfn && (pfn_present(mm, (pfn_t)pfn) ||
					 pageblock_offline(mm, (pfn_t)pfn));
}

/* 8.3.8: nothing found at the start of a run: where to begin instead. */
static void choose_start(struct mm *mm, const struct compact_control *cc,
			 struct free_scan *f)
{
	const zone_t zid = (zone_t)cc->zid;

	if (f->highest >= f->min) {
		f->page = f->highest;
		CC_SET(mm, cc, free_pfn, f->highest);
		return;
	}
	if (!(cc->flags & CC_DIRECT) || !pfn_valid(mm, f->min))
		return;
	if (pageblock_in_zone(mm, f->min,
			      min_pos(block_end(mm, f->min), zone_end(mm, zid)),
			      zid) &&
	    suitable_migration_target(mm, cc, f->min))
		f->page = f->min;
	CC_SET(mm, cc, free_pfn, f->min);
}

/* Steps 6 to 11; true when the block around the page is to be scanned. */
static bool search_over(struct mm *mm, uint32_t task, struct free_scan *f)
{
	const struct compact_control *cc = cc_of(mm, task);
	const struct zone *z = &mm->zone[cc->zid];
	const zone_t zid = (zone_t)cc->zid;
	uint64_t start, end;

	TRACE(mm, mm_compaction_fast_isolate_freepages, ARG(f->min),
	      ARG(cc->free_pfn), ARG(f->scanned), ARG(f->total),
	      f->min >> 63 != 0);
	if (f->page == NO_POS) {
		CC_SET(mm, cc, fast_fail, (cc->fast_fail + 1) & 0xffff);
		if (f->at_start)
			choose_start(mm, cc, f);
	}
	if (f->highest && f->highest >= z->compact_cached_free_pfn)
		STORE(mm, z->compact_cached_free_pfn,
		      f->highest - pageblock_nr_pages(mm));
	CC_SET(mm, cc, tot_free_scanned, cc->tot_free_scanned + f->scanned);
	if (f->page == NO_POS || cc->nr_free >= cc->nr_mig ||
	    ((cc->flags & CC_DIRECT) && cc->mode == MIGRATE_ASYNC))
		return false;
	start = max_pos(block_start(mm, f->page), zone_start(mm, zid));
	end = min_pos(block_end(mm, f->page), zone_end(mm, zid));
	if (!pageblock_in_zone(mm, start, end, zid))
		return false;
	f->block = start;
	f->block_end = end;
	return true;
}

static void around_over(struct mm *mm, const struct compact_control *cc)
{
	if (cc->fscan.at == cc->fscan.end && !(cc->flags & CC_NO_SET_SKIP))
		set_pageblock_skip(mm, cc->fscan.start);
}

bool fast_isolate_freepages_step(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	struct free_scan f = cc->fscan;
	bool around;

	if (f.step == FREE_AROUND) {
		if (scan_free_block_step(mm, task))
			return true;
		around_over(mm, cc);
		return false;
	}
	if (f.step == FREE_FAST_END)
		return false;
	pass_empty_orders(mm, cc, &f);
	if (f.at_order >= 0 && search_step(mm, task, &f)) {
		store_bytes(mm, &cc->fscan, &f, sizeof f);
		return true;
	}
	around = search_over(mm, task, &f);
	f.step = around ? FREE_AROUND : FREE_FAST_END;
	store_bytes(mm, &cc->fscan, &f, sizeof f);
	if (around)
		scan_free_block_begin(mm, task, f.block, f.block_end, 1);
	return around;
}
