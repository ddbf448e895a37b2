/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * offline.c - memory is taken away: shut it, move what is in it, forget it
 *
 * The zone's per-CPU lists and all LRU batches are switched off, so that what
 * is freed gets to the free lists at once and what moves can be found.  Then
 * the pageblocks are shut, and pages on LRU lists are moved to other nodes,
 * or within this one, over and over until all of it is free.  A page that
 * does not move keeps this going until a signal comes; here one comes by
 * itself after some rounds in vain.
 *
 * A quantum is a step of the sequence, a pageblock that is looked through,
 * or one of migrate_pages().
 *
 * Models:   offline_pages, scan_movable_pages, do_migrate_range in
 *           mm/memory_hotplug.c; zone_pcp_disable, zone_pcp_enable,
 *           __offline_isolated_pages in mm/page_alloc.c;
 *           contig-cma-hotplug.md 6
 * Left out: poison within larger pages; other notifiers.  A zone that would
 *           be left empty waits for runs of compaction in it
 */
#include <errno.h>

#include "core/buddy.h"
#include "core/compact_control.h"
#include "core/hotplug.h"
#include "core/hugetlb.h"
#include "core/isolation.h"
#include "core/lru_batch.h"
#include "core/migrate.h"
#include "core/page_type.h"
#include "core/task.h"
#include "core/trace.h"

enum offline_step {
	OFFLINE_NONE,
	OFFLINE_SHUT,	 /* switch off what keeps pages, then isolate */
	OFFLINE_SCAN,	 /* is there a page to be moved? */
	OFFLINE_COLLECT, /* it, and all behind it */
	OFFLINE_MIGRATE,
	OFFLINE_TEST, /* is all of it free? */
	OFFLINE_UNDO,
	NR_OFFLINE_STEPS
};

static enum mm_quantum go_to(struct mm *mm, const struct offline_work *w,
			     enum offline_step step)
{
	STORE(mm, w->step, (uint32_t)step);
	return QUANTUM_AGAIN;
}

/* ---- switches ---- */

static void set_pcp_limits(struct mm *mm, zone_t zid, int32_t high_min,
			   int32_t high_max, int32_t batch)
{
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++) {
		const struct pcp *p = pcp_of(mm, zid, cpu);

		STORE(mm, p->high_min, high_min);
		STORE(mm, p->high_max, high_max);
		STORE(mm, p->batch, batch);
	}
}

static void zone_pcp_disable(struct mm *mm, zone_t zid)
{
	set_pcp_limits(mm, zid, 0, 0, 1);
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		drain_pages_zone(mm, zid, cpu);
}

static void zone_pcp_enable(struct mm *mm, zone_t zid)
{
	const struct zone *z = &mm->zone[zid];

	set_pcp_limits(mm, zid, (int32_t)z->pageset_high_min,
		       (int32_t)z->pageset_high_max, (int32_t)z->pageset_batch);
}

/* ---- the end, good or bad ---- */

static enum mm_quantum over(struct mm *mm, const struct offline_work *w,
			    int result)
{
	TRACE(mm, memory_offline_end, ARG(w->start), ARG(w->end), ARG(result));
	STORE(mm, w->result, result);
	STORE(mm, w->step, (uint32_t)OFFLINE_NONE);
	TRACE(mm, memory_offline_done, ARG(w->start), ARG(w->end), ARG(result));
	return QUANTUM_DONE;
}

static enum mm_quantum fail(struct mm *mm, const struct offline_work *w, int e)
{
	STORE(mm, w->result, e);
	return go_to(mm, w, OFFLINE_UNDO);
}

/* F1, F2: pages that have moved stay where they are. */
static enum mm_quantum undo(struct mm *mm, const struct offline_work *w)
{
	undo_isolate_page_range(mm, w->start, w->end);
	offline_pages_notified(mm, w->start, w->end, false);
	lru_cache_enable(mm);
	zone_pcp_enable(mm, (zone_t)w->zid);
	return over(mm, w, w->result);
}

/* Somebody has a run in the zone, which is to vanish. */
static bool zone_in_use(const struct mm *mm, const struct offline_work *w)
{
	if (mm->zone[w->zid].present > w->end - w->start)
		return false;
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (mm->task[i].cc.step && mm->task[i].cc.zid == w->zid)
			return true;
	return false;
}

/* 6.3 steps 7 to 9: every block of it is on an Isolate list. */
static enum mm_quantum removed(struct mm *mm, const struct offline_work *w)
{
	const zone_t zid = (zone_t)w->zid;
	const struct zone *z = &mm->zone[zid];
	const uint32_t nr = (w->end - w->start) >> mm->pb_order;
	pfn_t managed = w->end - w->start;

	for (pfn_t p = w->start; p < w->end;) {
		const int order = free_order(mm, p);

		if (order < 0) {
			managed -= page_type_goes(mm, p++);
			continue;
		}
		del_page_from_free_list(mm, zid, p, (unsigned int)order,
					REASON_OFFLINE);
		p += (pfn_t)1 << order;
	}
	STORE(mm, z->nr_isolate_pageblock, z->nr_isolate_pageblock - nr);
	lru_cache_enable(mm);
	zone_pcp_enable(mm, zid);
	/* there is nothing left to be done to it when marks are set anew */
	STORE(mm, w->step, (uint32_t)OFFLINE_NONE);
	memory_removed(mm, zid, w->start, w->end, managed);
	return over(mm, w, 0);
}

/* ---- steps ---- */

static enum mm_quantum shut(struct mm *mm, const struct offline_work *w)
{
	const zone_t zid = (zone_t)w->zid;

	struct isolate_refusal no = {NO_PFN, REASON_NONE};

	zone_pcp_disable(mm, zid);
	lru_cache_disable(mm);
	if (start_isolate_page_range(mm, w->start, w->end, ISOLATE_OFFLINE,
				     &no)) {
		STORE(mm, w->found, no.pfn);
		lru_cache_enable(mm);
		zone_pcp_enable(mm, zid);
		return over(mm, w, -EBUSY);
	}
	/* step 5, going offline; undone by undo() */
	offline_pages_notified(mm, w->start, w->end, true);
	STORE(mm, w->at, w->start);
	return go_to(mm, w, OFFLINE_SCAN);
}

/* All of the block that a page of some order covers from @pfn on. */
static pfn_t behind(const struct mm *mm, pfn_t pfn)
{
	const struct block *b = block_here(mm, pfn);
	const pfn_t huge = b ? NO_PFN : hugetlb_head(mm, pfn);

	if (huge != NO_PFN)
		return huge + ((pfn_t)1 << block_order(&mm->page[huge].b));
	return pfn + (b ? (pfn_t)1 << block_order(b) : 1);
}

/* On an LRU list, a driver's, or any part of a pool's page in use. */
static bool can_move(const struct mm *mm, pfn_t pfn)
{
	const struct block *b = &mm->page[pfn].b;
	const pfn_t huge = hugetlb_head(mm, pfn);

	if (huge != NO_PFN)
		return hugetlb_is_migratable(&mm->page[huge]);
	return block_state(b) == BLOCK_USED &&
	       mm->page[pfn].attr & (PAGE_LRU | PAGE_MOVABLE_OPS);
}

/* A driver's that has not been let go: 6.4 ends there. */
static bool is_kept(const struct mm *mm, pfn_t pfn)
{
	return page_is_offline(&mm->page[pfn]) &&
	       !page_was_let_go(&mm->page[pfn]);
}

static pfn_t end_of_quantum(const struct mm *mm, const struct offline_work *w)
{
	return pageblock_start(mm, w->at) + pageblock_nr_pages(mm);
}

static bool is_killed(const struct mm *mm, uint32_t task)
{
	const uint32_t process = mm->task[task].process;

	return process && (mm->process[process].flags & PROCESS_EXITING);
}

/* 6.4: what cannot be moved is passed by. */
static enum mm_quantum scan(struct mm *mm, uint32_t task,
			    const struct offline_work *w)
{
	const pfn_t stop = end_of_quantum(mm, w);
	pfn_t p = w->at;

	if (w->signal || is_killed(mm, task))
		return fail(mm, w, -EINTR);
	if (p >= w->end)
		return go_to(mm, w, OFFLINE_TEST);
	while (p < stop && !can_move(mm, p) && !is_kept(mm, p))
		p = behind(mm, p);
	p = p < w->end ? p : w->end;
	STORE(mm, w->at, p);
	STORE(mm, w->found, p);
	if (p < stop && is_kept(mm, p)) {
		TRACE(mm, isolate_refused, ARG(p), ARG(REASON_PAGE_UNUSABLE));
		return fail(mm, w, -EBUSY);
	}
	return go_to(mm, w, p < stop ? OFFLINE_COLLECT : OFFLINE_SCAN);
}

/* Another node with memory, or none. */
static uint32_t other_nodes(const struct mm *mm, unsigned int nid)
{
	uint32_t nodes = 0;

	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++)
		if (n != nid && mm->st->node[n].present)
			nodes |= 1u << n;
	return nodes ? nodes : 1u << nid;
}

static enum mm_quantum begin_to_migrate(struct mm *mm, uint32_t task,
					const struct offline_work *w)
{
	const unsigned int nid = zone_nid((zone_t)w->zid);

	if (list_is_empty(migrate_from(mm, task)))
		return go_to(mm, w, OFFLINE_SCAN);
	migrate_pages_to(mm, task, MIGRATE_SYNC, MR_MEMORY_HOTPLUG,
			 GFP_KERNEL | GFP_BIT_MOVABLE | GFP_BIT_RETRY_MAYFAIL,
			 nid, other_nodes(mm, nid));
	return go_to(mm, w, OFFLINE_MIGRATE);
}

/* 6.5: the highest page will be the first to move. */
static enum mm_quantum collect(struct mm *mm, uint32_t task,
			       const struct offline_work *w)
{
	const pfn_t stop = end_of_quantum(mm, w);
	pfn_t p = w->at, next;

	if (p >= w->end)
		return begin_to_migrate(mm, task, w);
	for (; p < stop; p = next) {
		next = behind(mm, p);
		if (!can_move(mm, p))
			continue;
		if (hugetlb_head(mm, p) != NO_PFN)
			hugetlb_isolate(mm, task, hugetlb_head(mm, p));
		else
			isolate_page(mm, task, p);
	}
	STORE(mm, w->at, p < w->end ? p : w->end);
	return QUANTUM_AGAIN;
}

/* Look again from @at on; a round in which nothing moved was in vain. */
static enum mm_quantum next_round(struct mm *mm, const struct offline_work *w,
				  pfn_t at, bool moved)
{
	STORE(mm, w->rounds, moved ? 0 : w->rounds + 1);
	if (w->rounds >= w->most)
		STORE(mm, w->signal, 1);
	STORE(mm, w->at, at);
	return go_to(mm, w, OFFLINE_SCAN);
}

static enum mm_quantum migrate(struct mm *mm, uint32_t task,
			       const struct offline_work *w)
{
	const struct migration *m = &mm->task[task].mig;
	const enum mm_quantum q = migrate_pages_step(mm, task);

	if (q != QUANTUM_DONE)
		return q;
	putback_movable_pages(mm, task);
	return next_round(mm, w, w->found, m->nr_succeeded != 0);
}

static enum mm_quantum test(struct mm *mm, const struct offline_work *w)
{
	pfn_t blame = w->found;

	/* 5.5: what is free in a pool is not free */
	if (dissolve_free_hugetlb(mm, w->start, w->end, &blame)) {
		STORE(mm, w->found, blame);
		return fail(mm, w, -EBUSY);
	}
	if (test_pages_isolated(mm, w->start, w->end, ISOLATE_OFFLINE) ||
	    zone_in_use(mm, w))
		return next_round(mm, w, w->start, false);
	return removed(mm, w);
}

enum mm_quantum offline_step(struct mm *mm, uint32_t task)
{
	const struct offline_work *w = offline_work_of(mm, task);

	switch ((enum offline_step)w->step) {
	case OFFLINE_SHUT:
		return shut(mm, w);
	case OFFLINE_SCAN:
		return scan(mm, task, w);
	case OFFLINE_COLLECT:
		return collect(mm, task, w);
	case OFFLINE_MIGRATE:
		return migrate(mm, task, w);
	case OFFLINE_TEST:
		return test(mm, w);
	case OFFLINE_UNDO:
		return undo(mm, w);
	default:
		return QUANTUM_DONE;
	}
}

/* ---- its beginning, and what a record says ---- */

void offline_begin(struct mm *mm, uint32_t task,
		   const struct mm_memory_info *mi, unsigned int rounds)
{
	const struct offline_work w = {
		.step = OFFLINE_SHUT,
		.start = mi->start,
		.end = mi->end,
		.zid = mi->zone,
		.at = mi->start,
		.found = mi->start,
		.most = rounds,
	};

	store_bytes(mm, offline_work_of(mm, task), &w, sizeof w);
	migration_reset(mm, task);
	TRACE(mm, memory_offline_begin, ARG(mi->start), ARG(mi->end),
	      ARG(mi->zone));
	task_wake(mm, task);
}

const char *offline_at(const struct offline_work *w)
{
	static const char *const names[NR_OFFLINE_STEPS] = {
		[OFFLINE_NONE] = "none",
		[OFFLINE_SHUT] = "shut the pageblocks",
		[OFFLINE_SCAN] = "is anything left to be moved",
		[OFFLINE_COLLECT] = "gather pages",
		[OFFLINE_MIGRATE] = "move pages",
		[OFFLINE_TEST] = "is all of it free",
		[OFFLINE_UNDO] = "open the pageblocks",
	};

	return w->step < NR_OFFLINE_STEPS ? names[w->step] : "?";
}

/* A page of a pool may begin in front of the memory block. */
static bool found_sane(const struct offline_work *w)
{
	return w->found <= w->end &&
	       (w->found >= w->start || w->step == OFFLINE_UNDO);
}

bool offline_sane(const struct mm *mm, const struct offline_work *w)
{
	const pfn_t n = mm_memory_block_pages(mm);

	if (w->step == OFFLINE_NONE)
		return true;
	return w->step < NR_OFFLINE_STEPS && w->start % n == 0 &&
	       w->end == w->start + n && w->end <= mm->st->end_pfn &&
	       is_memory_range(mm, w->start, w->end) &&
	       range_zone(mm, w->start, w->end) == w->zid &&
	       !pageblock_offline(mm, w->start) && w->at >= w->start &&
	       w->at <= w->end && found_sane(w) && w->signal <= 1 &&
	       w->most <= OFFLINE_MOST_ROUNDS && w->rounds <= w->most;
}
