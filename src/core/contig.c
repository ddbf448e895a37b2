/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * contig.c - see contig.h
 */
#include "core/contig.h"

#include <errno.h>

#include "core/buddy.h"
#include "core/cma.h"
#include "core/compact_control.h"
#include "core/fault.h"
#include "core/frame.h"
#include "core/gfp_masks.h"
#include "core/isolation.h"
#include "core/lru_batch.h"
#include "core/migrate.h"
#include "core/task.h"
#include "core/vmscan.h"
#include "core/zonelist.h"

#define MOST_TRIES 5

enum contig_step {
	CONTIG_NONE,
	CONTIG_SEARCH,	/* a range of so many pages */
	CONTIG_CMA,	/* the same in an area */
	CONTIG_BEGIN,	/* shut the pageblocks of the range */
	CONTIG_DRAIN,	/* per-CPU lists and LRU batches */
	CONTIG_COLLECT, /* more pages to be moved? */
	CONTIG_SCAN,
	CONTIG_MIGRATE, /* those at hand */
	CONTIG_MOVED,	/* nothing is left to be moved, or it failed */
	CONTIG_TEST,
	CONTIG_TAKE, /* what is free, pageblock by pageblock */
	CONTIG_USE,
	CONTIG_BACK, /* it is not all free: what was taken goes back */
	CONTIG_UNDO, /* open the pageblocks */
	CONTIG_OVER,
	NR_CONTIG_STEPS
};

static const struct contig *contig_of(const struct mm *mm, uint32_t task)
{
	return &mm->task[task].contig;
}

static void set_step(struct mm *mm, uint32_t task, enum contig_step step)
{
	STORE(mm, contig_of(mm, task)->step, (uint32_t)step);
}

static void fail_with(struct mm *mm, uint32_t task, int ret,
		      enum contig_step step)
{
	STORE(mm, contig_of(mm, task)->ret, ret);
	set_step(mm, task, step);
}

/* ---- a range of so many pages: 2 ---- */

static bool range_valid(const struct mm *mm, zone_t zid, pfn_t start, pfn_t end)
{
	pfn_t step;

	for (pfn_t p = start; p < end; p += step)
		if (!pfn_online(mm, p) || page_zone(mm, p) != zid ||
		    page_is_unmovable(mm, p, ISOLATE_OTHER, &step) !=
			    REASON_NONE)
			return false;
	return true;
}

/* From where on a zone is searched. */
static uint64_t first_place(const struct mm *mm, zone_t zid, uint64_t nr)
{
	return (zone_start(mm, zid) + nr - 1) & ~(nr - 1);
}

static void begin_range(struct mm *mm, uint32_t task, pfn_t start, pfn_t end)
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
	STORE(mm, c->ret, 0);
	set_step(mm, task, CONTIG_BEGIN);
}

/* One place, or one zone without one; `at` is where it goes on, 0: begin. */
static void search(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const struct mm_request want = {.gfp = c->gfp, .nid = (int16_t)c->nid};
	struct alloc_context ac;
	unsigned int i;
	uint64_t p;

	prepare_alloc(mm, &want, &ac);
	i = next_zone(&ac, c->place);
	if (i >= ac.nr_zones) {
		fail_with(mm, task, -ENOMEM, CONTIG_OVER);
		STORE(mm, c->nr, 0);
		return;
	}
	p = c->at ? c->at : first_place(mm, ac.zonelist[i], c->nr);
	STORE(mm, c->place, i);
	for (; p + c->nr <= zone_end(mm, ac.zonelist[i]); p += c->nr) {
		const pfn_t end = (pfn_t)(p + c->nr);

		if (!range_valid(mm, ac.zonelist[i], (pfn_t)p, end))
			continue;
		STORE(mm, c->at, end);
		begin_range(mm, task, (pfn_t)p, end);
		return;
	}
	STORE(mm, c->at, 0);
	STORE(mm, c->place, i + 1);
}

/* ---- so many pages of a CMA area: 4.6 ---- */

static void search_area(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const unsigned int area = c->area - 1;
	const pfn_t pfn = cma_find(mm, area, c->next, c->nr, c->align);

	if (pfn == NO_PFN) {
		fail_with(mm, task, -EBUSY, CONTIG_OVER);
		STORE(mm, c->end, c->start); /* there is no range */
		return;
	}
	cma_mark(mm, area, pfn, c->nr, true);
	begin_range(mm, task, pfn, pfn + c->nr);
}

static void area_over(struct mm *mm, const struct contig *c)
{
	count_vm_events(mm, c->ret ? VM_CMA_ALLOC_FAIL : VM_CMA_ALLOC_SUCCESS,
			1);
	TRACE(mm, cma_alloc_finish, ARG(c->area - 1),
	      ARG(c->ret ? 0 : c->start), ARG(c->nr), ARG(c->align), c->ret);
}

/* True if the next place is to be tried. */
static bool area_was_busy(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const unsigned int area = c->area - 1;

	if (c->ret == 0 || c->start == c->end)
		return false;
	cma_mark(mm, area, c->start, c->nr, false);
	if (c->ret != -EBUSY)
		return false;
	TRACE(mm, cma_alloc_busy_retry, ARG(area), ARG(c->start), ARG(c->nr),
	      ARG(c->align));
	STORE(mm, c->next, cma_next(mm, area, c->start, c->align));
	set_step(mm, task, CONTIG_CMA);
	return true;
}

/* ---- what is in the way: 1.6 ---- */

static void drain(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const zone_t zid = page_zone(mm, c->start);

	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		drain_pages_zone(mm, zid, cpu);
	lru_cache_disable(mm);
	STORE(mm, c->outer_end, c->start); /* collected up to here */
	STORE(mm, c->tries, 0);
	set_step(mm, task, CONTIG_COLLECT);
}

static void begin_migration(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);

	migrate_pages_to(mm, task, MIGRATE_SYNC, MR_CONTIG_RANGE, c->migrate,
			 zone_nid(page_zone(mm, c->start)), ALL_NODES);
	set_step(mm, task, CONTIG_MIGRATE);
}

static void collect(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const bool any = !list_is_empty(migrate_from(mm, task));

	if (!any && c->outer_end >= c->end) {
		set_step(mm, task, CONTIG_MOVED);
	} else if (task_is_dying(mm, task)) {
		fail_with(mm, task, -EINTR, CONTIG_MOVED);
	} else if (!any) {
		CC_SET(mm, cc_of(mm, task), nr_mig, 0);
		isolate_migratepages_range_begin(mm, task, c->outer_end,
						 c->end);
		set_step(mm, task, CONTIG_SCAN);
	} else if (c->tries + 1 == MOST_TRIES) {
		fail_with(mm, task, -EBUSY, CONTIG_MOVED);
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
		fail_with(mm, task, -ENOMEM, CONTIG_MOVED);
	else
		set_step(mm, task, CONTIG_COLLECT);
	return QUANTUM_AGAIN;
}

/* What is busy may be free by now: the test decides. */
static void moved(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);

	lru_cache_enable(mm);
	putback_movable_pages(mm, task);
	CC_SET(mm, cc_of(mm, task), nr_mig, 0);
	if (c->ret == -EBUSY)
		STORE(mm, c->ret, 0);
	set_step(mm, task, c->ret ? CONTIG_UNDO : CONTIG_TEST);
}

/* ---- taking it: 1.4.5 to 1.4.8 ---- */

static void test(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const pfn_t head = find_large_buddy(mm, c->start);

	STORE(mm, c->outer_start, head);
	STORE(mm, c->outer_end, head);
	if (test_pages_isolated(mm, head, c->end,
				(enum mm_isolate_mode)c->mode))
		fail_with(mm, task, -EBUSY, CONTIG_UNDO);
	else
		set_step(mm, task, CONTIG_TAKE);
}

/* 1.7: the pageblock's part from `outer_end` on; false: not all is free. */
static bool take_piece(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const struct compact_control *cc = cc_of(mm, task);
	const uint64_t start = c->outer_end;
	const uint64_t stop = min_pos(block_end(mm, start), c->end);
	uint64_t p = start;
	int order = 0;

	while (p < stop && (order = free_order(mm, (pfn_t)p)) >= 0 &&
	       isolate_free_page(mm, task, (pfn_t)p, (unsigned int)order))
		p += (uint64_t)order_pages((unsigned int)order);
	TRACE(mm, mm_compaction_isolate_freepages, ARG(start),
	      ARG(min_pos(p, stop)), ARG(p - start), ARG(p - start));
	CC_SET(mm, cc, tot_free_scanned, cc->tot_free_scanned + p - start);
	count_vm_events(mm, VM_COMPACT_ISOLATED, p - start);
	STORE(mm, c->outer_end, (pfn_t)p);
	return p >= stop;
}

static void take(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);

	if (!take_piece(mm, task))
		fail_with(mm, task, -EBUSY, CONTIG_BACK);
	else if (c->outer_end >= c->end)
		set_step(mm, task, CONTIG_USE);
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
	for (pfn_t p = c->start; p < c->end; p++) {
		pageblock_touch(mm, p);
		frame_use(mm, p, 0, (uint16_t)c->owner, 0);
	}
	free_contig_frames(mm, c->outer_start, c->start);
	free_contig_frames(mm, c->end, c->outer_end);
	set_step(mm, task, CONTIG_UNDO);
}

/* ---- the end ---- */

static enum mm_quantum over(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const struct task *t = &mm->task[task];

	if (c->ret && c->nr && !c->area) { /* the next place */
		set_step(mm, task, CONTIG_SEARCH);
		return QUANTUM_AGAIN;
	}
	if (c->area) {
		if (area_was_busy(mm, task))
			return QUANTUM_AGAIN;
		area_over(mm, c);
	}
	STORE(mm, t->result, c->ret ? NO_PFN : c->start);
	set_step(mm, task, CONTIG_NONE);
	return QUANTUM_DONE;
}

static void undo(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);

	undo_isolate_page_range(mm, c->start, c->end);
	CC_SET(mm, cc_of(mm, task), step, (uint32_t)COMPACT_NONE);
	TRACE(mm, contig_over, ARG(c->start), ARG(c->end), c->ret);
	set_step(mm, task, CONTIG_OVER);
}

enum mm_quantum contig_step(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);

	switch ((enum contig_step)c->step) {
	case CONTIG_SEARCH:
		search(mm, task);
		break;
	case CONTIG_CMA:
		search_area(mm, task);
		break;
	case CONTIG_BEGIN:
		fail_with(mm, task,
			  start_isolate_page_range(
				  mm, c->start, c->end,
				  (enum mm_isolate_mode)c->mode, NULL),
			  CONTIG_DRAIN);
		if (c->ret)
			set_step(mm, task, CONTIG_UNDO);
		break;
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
			set_step(mm, task, CONTIG_UNDO);
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

/* ---- beginning ---- */

static int bad_request(const struct mm *mm, const struct mm_range_request *want,
		       gfp_t *migrate, struct mm_error *err)
{
	gfp_t isolate;

	if (gfp_contig_masks(want->gfp, &isolate, migrate) ||
	    want->gfp & GFP_BIT_COMP)
		return mm_fail(err, -EINVAL,
			       "gfp 0x%x is not for memory in one piece",
			       want->gfp);
	if ((want->mode != ISOLATE_CMA && want->mode != ISOLATE_OTHER) ||
	    want->owner > mm->st->nr_owners ||
	    want->cpu >= mm->st->cfg.nr_cpus || want->nid < -1 ||
	    want->nid >= (int)mm->st->cfg.nr_nodes)
		return mm_fail(err, -EINVAL,
			       "no such mode, owner, CPU or node");
	if (want->area > mm->st->cfg.nr_cma || (want->area && !want->nr) ||
	    want->align >= 32)
		return mm_fail(err, -EINVAL,
			       "expected pages of one of %u CMA areas",
			       mm->st->cfg.nr_cma);
	if (want->nr)
		return want->nr <= mm->st->end_pfn
			       ? 0
			       : mm_fail(err, -EINVAL,
					 "%u pages: there are not so many",
					 want->nr);
	if (want->start >= want->end || want->end > mm->st->end_pfn ||
	    !pfn_present(mm, want->start) || !pfn_present(mm, want->end - 1) ||
	    page_zone(mm, want->start) != page_zone(mm, want->end - 1))
		return mm_fail(err, -EINVAL,
			       "pfns %u to %u: expected memory of one zone",
			       want->start, want->end - 1);
	return 0;
}

static void begin(struct mm *mm, uint32_t task,
		  const struct mm_range_request *want, gfp_t migrate)
{
	const struct contig c = {
		.mode = want->area ? ISOLATE_CMA : want->mode,
		.gfp = want->gfp,
		.migrate = migrate,
		.owner = want->owner,
		.nr = want->nr,
		.nid = want->nid < 0 ? mm->task[task].nid : (uint32_t)want->nid,
		.step = want->area ? CONTIG_CMA : CONTIG_SEARCH,
		.area = want->area,
		.align = want->align,
	};

	store_bytes(mm, contig_of(mm, task), &c, sizeof c);
	STORE(mm, mm->task[task].result, NO_PFN);
	if (want->area) {
		const struct cma_area *a = &mm->st->cma[want->area - 1];

		TRACE(mm, cma_alloc_start, ARG(want->area - 1), ARG(want->nr),
		      ARG(a->available), ARG(a->count), ARG(want->align));
	}
	if (!want->nr)
		begin_range(mm, task, want->start, want->end);
	task_wake(mm, task);
}

int mm_contig(struct mm *mm, const struct mm_range_request *want, pfn_t *pfn,
	      struct mm_error *err)
{
	const struct contig *c = contig_of(mm, CALLER_TASK);
	gfp_t migrate = 0;
	int e = bad_request(mm, want, &migrate, err);
	enum mm_quantum q;

	*pfn = NO_PFN;
	if (e)
		return e;
	op_enter(mm);
	mm->cpu = want->cpu;
	begin(mm, CALLER_TASK, want, migrate);
	while ((q = contig_step(mm, CALLER_TASK)) != QUANTUM_DONE)
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, CALLER_TASK);
	STORE(mm, mm->task[CALLER_TASK].state, (uint32_t)TASK_IDLE);
	TRACE(mm, contig_done, ARG(c->start), ARG(c->end), c->ret);
	op_leave(mm);
	*pfn = mm->task[CALLER_TASK].result;
	e = c->ret;
	if (e == -EBUSY)
		mm_fail(err, e, "pfns %u to %u: something there does not move",
			c->start, c->end - 1);
	else if (e)
		mm_fail(err, e, "there is no place for it");
	return e;
}

int mm_task_contig(struct mm *mm, unsigned int task,
		   const struct mm_range_request *want, struct mm_error *err)
{
	gfp_t migrate = 0;
	const int e = bad_request(mm, want, &migrate, err);
	const struct task *t = &mm->task[task];

	if (e)
		return e;
	if (task >= mm->st->nr_tasks || t->kind != TASK_USER ||
	    t->state != TASK_IDLE || task_is_busy(mm, task) || t->cc.step)
		return mm_fail(err, -EINVAL, "task %u cannot do that now",
			       task);
	op_enter(mm);
	begin(mm, task, want, migrate);
	op_leave(mm);
	return 0;
}

int mm_contig_result(const struct mm *mm, unsigned int task)
{
	return task < mm->st->nr_tasks ? contig_of(mm, task)->ret : 0;
}

/* ---- for those who distrust a record ---- */

bool contig_wants_no_batches(const struct contig *c)
{
	return c->step >= CONTIG_COLLECT && c->step <= CONTIG_MOVED;
}

/* What is to be released is the area's. */
static bool area_range_sane(const struct mm *mm, const struct contig *c)
{
	const struct cma_area *a;

	if (!c->area)
		return c->step != CONTIG_CMA;
	if (c->area > mm->st->cfg.nr_cma || !c->nr)
		return false;
	a = &mm->st->cma[c->area - 1];
	if (c->next > a->count + (UINT32_C(1) << c->align))
		return false;
	if (c->step < CONTIG_BEGIN || c->start == c->end)
		return true;
	return c->start >= a->base && c->end > c->start &&
	       c->end - c->start == c->nr && c->end - a->base <= a->count &&
	       a->available + c->nr <= a->count;
}

bool contig_sane(const struct mm *mm, const struct contig *c)
{
	const bool range = c->step >= CONTIG_BEGIN && c->step < CONTIG_OVER;

	if (c->step >= NR_CONTIG_STEPS || c->mode >= NR_ISOLATE_MODES ||
	    c->owner > mm->st->nr_owners || c->nid >= mm->st->cfg.nr_nodes ||
	    mm_gfp_migratetype(c->gfp) < 0 ||
	    mm_gfp_migratetype(c->migrate) < 0 || c->nr > mm->st->nr_frames ||
	    c->at > mm->st->nr_frames || c->place > MAX_ZONELIST ||
	    (c->step == CONTIG_SEARCH && !c->nr) ||
	    c->area > mm->st->cfg.nr_cma || c->align >= 32 ||
	    !area_range_sane(mm, c))
		return false;
	return !range ||
	       (c->start < c->end && c->end <= mm->st->end_pfn &&
		page_zone(mm, c->start) == page_zone(mm, c->end - 1) &&
		c->outer_start <= c->start &&
		c->outer_end <= mm->st->nr_frames);
}
