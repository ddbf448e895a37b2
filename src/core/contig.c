/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * contig.c - see contig.h
 */
#include <errno.h>

#include "core/buddy.h"
#include "core/cma.h"
#include "core/contig_steps.h"
#include "core/frame.h"
#include "core/gfp_masks.h"
#include "core/hugetlb.h"
#include "core/isolation.h"
#include "core/lru_batch.h"
#include "core/migrate.h"
#include "core/task.h"
#include "core/vmscan.h"
#include "core/zonelist.h"

#define MOST_TRIES 5

void contig_range_begin(struct mm *mm, uint32_t task, pfn_t start, pfn_t end)
{
	const struct contig *c = contig_of(mm, task);
	struct compact_control cc = {
		.step = COMPACT_RANGE,
		.drive = DRIVE_RANGE,
		.zid = page_zone(mm, start),
		.order = -1,
		.mt = MIGRATE_MOVABLE,
		.gfp = c->migrate,
		.mode = MIGRATE_SYNC,
		.flags = CC_IGNORE_SKIP | CC_NO_SET_SKIP | CC_ALLOC_CONTIG,
	};

	for (int o = 0; o < MM_MAX_ORDERS; o++)
		cc.freepages[o] = (struct list){NO_PFN, NO_PFN};
	store_bytes(mm, cc_of(mm, task), &cc, sizeof cc);
	migration_reset(mm, task);
	STORE(mm, c->start, start);
	STORE(mm, c->end, end);
	STORE(mm, c->outer_start, start); /* not that of a former place */
	STORE(mm, c->outer_end, start);
	STORE(mm, c->ret, 0);
	contig_goto(mm, task, CONTIG_BEGIN);
}

/* ---- what is in the way: 1.6 ---- */

/* 1.4.1; two that work in one area would open what the other has shut. */
static enum mm_quantum shut(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	struct isolate_refusal no = {NO_PFN, REASON_NONE};
	int e;

	if (c->area && cma_holder(mm, task) != NO_TASK) {
		task_sleep(mm, task, WAIT_CMA, NEVER);
		return QUANTUM_SLEEP;
	}
	e = start_isolate_page_range(mm, c->start, c->end,
				     (enum mm_isolate_mode)c->mode, &no);
	STORE(mm, c->blame, no.pfn);
	contig_fail(mm, task, e, e ? CONTIG_UNDO : CONTIG_DRAIN);
	return QUANTUM_AGAIN;
}

static void drain(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const zone_t zid = page_zone(mm, c->start);

	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		drain_pages_zone(mm, zid, cpu);
	lru_cache_disable(mm);
	STORE(mm, c->outer_end, c->start); /* collected up to here */
	STORE(mm, c->tries, 0);
	contig_goto(mm, task, CONTIG_COLLECT);
}

static void begin_migration(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const struct compact_control *cc = cc_of(mm, task);
	const uint32_t dropped = reclaim_clean_pages(mm, task);

	if (dropped)
		CC_SET(mm, cc, nr_mig, cc->nr_mig - dropped);
	migrate_pages_to(mm, task, MIGRATE_SYNC, MR_CONTIG_RANGE, c->migrate,
			 zone_nid(page_zone(mm, c->start)), ALL_NODES);
	contig_goto(mm, task, CONTIG_MIGRATE);
}

static void collect(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const bool any = !list_is_empty(migrate_from(mm, task));

	if (!any && c->outer_end >= c->end) {
		contig_goto(mm, task, CONTIG_MOVED);
	} else if (task_is_dying(mm, task)) {
		contig_fail(mm, task, -EINTR, CONTIG_MOVED);
	} else if (!any) {
		CC_SET(mm, cc_of(mm, task), nr_mig, 0);
		isolate_migratepages_range_begin(mm, task, c->outer_end,
						 c->end);
		contig_goto(mm, task, CONTIG_SCAN);
	} else if (c->tries + 1 == MOST_TRIES) {
		contig_fail(mm, task, -EBUSY, CONTIG_MOVED);
	} else {
		STORE(mm, c->tries, c->tries + 1);
		begin_migration(mm, task);
	}
}

static enum mm_quantum scan(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);

	switch (isolate_migratepages_range_step(mm, task)) {
	case SCAN_SLEEP:
		return QUANTUM_SLEEP;
	case SCAN_AGAIN:
		return QUANTUM_AGAIN;
	case SCAN_NO_MEMORY:
		STORE(mm, c->blame,
		      hugetlb_head(mm, (pfn_t)cc_of(mm, task)->mscan.low));
		contig_fail(mm, task, -ENOMEM, CONTIG_MOVED);
		return QUANTUM_AGAIN;
	case SCAN_ABORT:
		if (task_is_dying(mm, task)) { /* -EINTR of the scan: 1.6b */
			contig_fail(mm, task, -EINTR, CONTIG_MOVED);
			return QUANTUM_AGAIN;
		}
		/* fall through */
	default:
		STORE(mm, c->outer_end, (pfn_t)cc_of(mm, task)->migrate_pfn);
		STORE(mm, c->tries, 0);
		begin_migration(mm, task);
		return QUANTUM_AGAIN;
	}
}

static enum mm_quantum migrate(struct mm *mm, uint32_t task)
{
	const enum mm_quantum q = migrate_pages_step(mm, task);

	if (q != QUANTUM_DONE)
		return q;
	if (mm->task[task].mig.failed == -ENOMEM)
		contig_fail(mm, task, -ENOMEM, CONTIG_MOVED);
	else
		contig_goto(mm, task, CONTIG_COLLECT);
	return QUANTUM_AGAIN;
}

/* What is busy may be free by now: the test decides. */
static void moved(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	pfn_t blame = c->blame;

	if (c->ret == -EBUSY)
		STORE(mm, c->ret, 0);
	if (!c->ret)
		STORE(mm, c->ret,
		      replace_free_hugetlb(mm, c->start, c->end, &blame));
	if (c->ret && blame != c->blame)
		STORE(mm, c->blame, blame);
	contig_goto(mm, task, c->ret ? CONTIG_UNDO : CONTIG_TEST);
	lru_cache_enable(mm);
	putback_movable_pages(mm, task);
	CC_SET(mm, cc_of(mm, task), nr_mig, 0);
}

/* ---- taking it: 1.4.5 to 1.4.8 ---- */

static void test(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const pfn_t head = find_large_buddy(mm, c->start);

	STORE(mm, c->outer_start, head);
	STORE(mm, c->outer_end, head);
	if (!test_pages_isolated(mm, head, c->end,
				 (enum mm_isolate_mode)c->mode)) {
		contig_goto(mm, task, CONTIG_TAKE);
		return;
	}
	STORE(mm, c->blame,
	      isolated_up_to(mm, head, c->end, (enum mm_isolate_mode)c->mode));
	contig_fail(mm, task, -EBUSY, CONTIG_UNDO);
}

/* Compaction's free scanner looks for a fatal signal at every 32nd page. */
static bool killed_at(const struct mm *mm, uint32_t task, uint64_t p)
{
	return p % COMPACT_CLUSTER_MAX == 0 && task_is_dying(mm, task);
}

/* 1.7: the pageblock's part from `outer_end` on; false: not all is free. */
static bool take_piece(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const struct compact_control *cc = cc_of(mm, task);
	const uint64_t start = c->outer_end;
	const uint64_t stop = min_pos(block_end(mm, start), c->end);
	uint64_t p = start, scanned;
	int order = 0;

	while (p < stop && !killed_at(mm, task, p) &&
	       (order = free_order(mm, (pfn_t)p)) >= 0 &&
	       isolate_free_page(mm, task, (pfn_t)p, (unsigned int)order))
		p += (uint64_t)order_pages((unsigned int)order);
	/* a page that is not free has been looked at, too */
	scanned = p - start + (p < stop && !killed_at(mm, task, p));
	TRACE(mm, mm_compaction_isolate_freepages, ARG(start),
	      ARG(min_pos(p, stop)), ARG(scanned), ARG(p - start));
	CC_SET(mm, cc, tot_free_scanned, cc->tot_free_scanned + scanned);
	if (p >= stop)
		count_vm_events(mm, VM_COMPACT_ISOLATED, p - start);
	STORE(mm, c->outer_end, (pfn_t)p);
	return p >= stop;
}

static void take(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);

	if (!take_piece(mm, task)) {
		STORE(mm, c->blame, c->outer_end);
		contig_fail(mm, task, -EBUSY, CONTIG_BACK);
	} else if (c->outer_end >= c->end) {
		contig_goto(mm, task, CONTIG_USE);
	}
}

/* The blocks taken leave their lists. */
static void unlist(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);

	for (unsigned int o = 0; o <= mm->st->cfg.max_page_order; o++)
		while (!list_is_empty(&cc->freepages[o])) {
			const pfn_t pfn = cc->freepages[o].head;

			list_del(mm, &cc->freepages[o], o, pfn);
			STORE(mm, block_at(mm, pfn, o)->word, 0);
		}
	CC_SET(mm, cc, nr_free, 0);
}

static void use(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);

	unlist(mm, task);
	for (pfn_t p = c->start; p < c->end; p++)
		pageblock_touch(mm, p);
	if (c->gfp & GFP_BIT_COMP) /* whole pageblocks: there are no ends */
		frame_use(mm, c->start,
			  (unsigned int)__builtin_ctz(c->end - c->start),
			  (uint16_t)c->owner, PAGE_COMPOUND);
	for (pfn_t p = c->start; !(c->gfp & GFP_BIT_COMP) && p < c->end; p++)
		frame_use(mm, p, 0, (uint16_t)c->owner, 0);
	free_contig_frames(mm, c->outer_start, c->start);
	free_contig_frames(mm, c->end, c->outer_end);
	contig_goto(mm, task, CONTIG_UNDO);
}

/* ---- the end ---- */

static enum mm_quantum over(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const struct task *t = &mm->task[task];

	if (c->ret && c->nr && !c->area && c->place < MAX_ZONELIST) {
		contig_goto(mm, task, CONTIG_SEARCH); /* the next place */
		return QUANTUM_AGAIN;
	}
	if (c->area) {
		if (contig_area_was_busy(mm, task))
			return QUANTUM_AGAIN;
		contig_area_over(mm, c);
	}
	STORE(mm, t->result, c->ret ? NO_PFN : c->start);
	TRACE(mm, contig_done, ARG(c->start), ARG(c->end), c->ret);
	contig_goto(mm, task, CONTIG_NONE);
	return QUANTUM_DONE;
}

static void undo(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);

	undo_isolate_page_range(mm, c->start, c->end);
	CC_SET(mm, cc_of(mm, task), step, (uint32_t)COMPACT_NONE);
	TRACE(mm, contig_over, ARG(c->start), ARG(c->end), c->ret);
	contig_goto(mm, task, CONTIG_OVER);
	if (c->area)
		task_wake_all(mm, WAIT_CMA);
}

enum mm_quantum contig_step(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);

	switch ((enum contig_step)c->step) {
	case CONTIG_SEARCH:
		contig_search(mm, task);
		break;
	case CONTIG_CMA:
		contig_search_area(mm, task);
		break;
	case CONTIG_BEGIN:
		return shut(mm, task);
	case CONTIG_DRAIN:
		drain(mm, task);
		break;
	case CONTIG_COLLECT:
		collect(mm, task);
		break;
	case CONTIG_SCAN:
		return scan(mm, task);
	case CONTIG_MIGRATE:
		return migrate(mm, task);
	case CONTIG_MOVED:
		moved(mm, task);
		break;
	case CONTIG_TEST:
		test(mm, task);
		break;
	case CONTIG_TAKE:
		take(mm, task);
		break;
	case CONTIG_USE:
		use(mm, task);
		break;
	case CONTIG_BACK:
		if (!release_free_page(mm, task))
			contig_goto(mm, task, CONTIG_UNDO);
		break;
	case CONTIG_UNDO:
		undo(mm, task);
		break;
	case CONTIG_OVER:
		return over(mm, task);
	default:
		return QUANTUM_DONE;
	}
	return QUANTUM_AGAIN;
}
