/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * contig_request.c - asking for memory in one piece
 *
 * Models: alloc_contig_range(), alloc_contig_pages(), cma_alloc(): what they
 *         refuse before they begin; contig-cma-hotplug.md 1.2, 4.5
 */
#include <errno.h>

#include "core/cma.h"
#include "core/contig_steps.h"
#include "core/fault.h"
#include "core/frame.h"
#include "core/gfp_masks.h"
#include "core/hugetlb.h"
#include "core/isolation.h"
#include "core/task.h"

/* ---- beginning ---- */

/* 1.4.8: one page is whole pageblocks; smaller ones are not for this. */
static int not_one_page(const struct mm *mm,
			const struct mm_range_request *want,
			struct mm_error *err)
{
	const pfn_t nr = want->nr ? want->nr : want->end - want->start;

	if (!(want->gfp & GFP_BIT_COMP))
		return 0;
	if (want->area || nr & (nr - 1) || nr < pageblock_nr_pages(mm) ||
	    nr > (pfn_t)1 << MM_GIGANTIC_ORDER ||
	    (!want->nr && want->start & (nr - 1)))
		return mm_fail(err, -EINVAL,
			       "one page: expected 2^%u to 2^%d frames, "
			       "aligned to as many",
			       mm->pb_order, MM_GIGANTIC_ORDER);
	return 0;
}

static int bad_request(const struct mm *mm, const struct mm_range_request *want,
		       gfp_t *migrate, struct mm_error *err)
{
	gfp_t isolate;
	int e;

	if (gfp_contig_masks(want->gfp, &isolate, migrate) ||
	    mm_gfp_migratetype(want->gfp) < 0)
		return mm_fail(err, -EINVAL,
			       "gfp 0x%x is not for memory in one piece",
			       want->gfp);
	e = not_one_page(mm, want, err);
	if (e)
		return e;
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
	e = range_refusal(mm, want->start, want->end, err);
	return e ? e : isolated_refusal(mm, want->start, want->end, err);
}

int mm_contig_refusal(const struct mm *mm, const struct mm_range_request *want,
		      struct mm_error *err)
{
	gfp_t migrate;

	return bad_request(mm, want, &migrate, err);
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
		.blame = NO_PFN,
	};

	store_bytes(mm, contig_of(mm, task), &c, sizeof c);
	STORE(mm, mm->task[task].result, NO_PFN);
	if (want->area) {
		const struct cma_area *a = &mm->st->cma[want->area - 1];

		TRACE(mm, cma_alloc_start, ARG(want->area - 1), ARG(want->nr),
		      ARG(a->available), ARG(a->count), ARG(want->align));
	}
	if (!want->nr)
		contig_range_begin(mm, task, want->start, want->end);
	task_wake(mm, task);
}

static bool is_gigantic_hugetlb(const struct mm *mm, pfn_t pfn)
{
	const pfn_t head = hugetlb_head(mm, pfn);

	return head != NO_PFN && hstate_is_gigantic(mm, hstate_of(mm, head));
}

/* What it came to, for people. */
static void say_failed(const struct mm *mm, const struct contig *c,
		       struct mm_error *err)
{
	if (c->area && c->start == c->end)
		mm_fail(err, c->ret,
			"CMA area %u has no place left for %u pages in a row",
			c->area - 1, c->nr);
	else if (c->ret == -EBUSY && c->blame != NO_PFN)
		mm_fail(err, c->ret,
			"frames %u..%u: frame %u is in the way: %s", c->start,
			c->end - 1, c->blame,
			isolate_refusal_text(isolate_reason_at(
				mm, c->blame, (enum mm_isolate_mode)c->mode)));
	else if (c->ret == -ENOMEM && !c->nr && c->blame != NO_PFN)
		mm_fail(err, c->ret,
			"frames %u..%u: frame %u is in the way: it is a page "
			"of a pool, and %s",
			c->start, c->end - 1, c->blame,
			is_gigantic_hugetlb(mm, c->blame)
				? "gigantic ones stay where they are"
				: "there is no fresh one for the pool");
	else if (c->ret == -EINTR)
		mm_fail(err, c->ret, "frames %u..%u: a signal came", c->start,
			c->end - 1);
	else if (!c->nr && c->ret == -ENOMEM)
		mm_fail(err, c->ret,
			"frames %u..%u: there is nowhere to move their pages "
			"to",
			c->start, c->end - 1);
	else
		mm_fail(err, c->ret, "there is no place for %u pages in a row",
			c->nr);
}

/* All of it at once, for whoever calls. */
static pfn_t run(struct mm *mm, const struct mm_range_request *want,
		 gfp_t migrate)
{
	enum mm_quantum q;

	begin(mm, CALLER_TASK, want, migrate);
	while ((q = contig_step(mm, CALLER_TASK)) != QUANTUM_DONE &&
	       !break_off(mm))
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, CALLER_TASK);
	STORE(mm, mm->task[CALLER_TASK].state, (uint32_t)TASK_IDLE);
	return mm->task[CALLER_TASK].result;
}

bool contig_gigantic_begin(struct mm *mm, uint32_t task, gfp_t gfp,
			   unsigned int order, int nid)
{
	const struct mm_range_request want = {
		.nr = (pfn_t)1 << order,
		.mode = ISOLATE_OTHER,
		.gfp = gfp,
		.cpu = mm->cpu,
		.nid = (int16_t)nid,
	};
	gfp_t migrate = 0;

	if (bad_request(mm, &want, &migrate, NULL))
		return false;
	begin(mm, task, &want, migrate);
	return true;
}

int mm_contig(struct mm *mm, const struct mm_range_request *want, pfn_t *pfn,
	      struct mm_error *err)
{
	const struct contig *c = contig_of(mm, CALLER_TASK);
	gfp_t migrate = 0;
	int e = bad_request(mm, want, &migrate, err);

	*pfn = NO_PFN;
	if (e)
		return e;
	op_enter(mm);
	mm->cpu = want->cpu;
	*pfn = run(mm, want, migrate);
	op_leave(mm);
	e = c->ret;
	if (e)
		say_failed(mm, c, err);
	return e;
}

int mm_contig_failed(const struct mm *mm, unsigned int task,
		     struct mm_error *err)
{
	const struct contig *c = contig_of(mm, task);

	if (task >= mm->st->nr_tasks || !c->ret)
		return 0;
	say_failed(mm, c, err);
	return c->ret;
}

int mm_task_contig(struct mm *mm, unsigned int task,
		   const struct mm_range_request *want, struct mm_error *err)
{
	gfp_t migrate = 0;
	int e = bad_request(mm, want, &migrate, err);

	if (e)
		return e;
	e = mm_task_refusal(mm, task, err);
	if (e)
		return e;
	op_enter(mm);
	begin(mm, task, want, migrate);
	op_leave(mm);
	return 0;
}

int mm_contig_result(const struct mm *mm, unsigned int task)
{
	return task < mm->st->nr_tasks ? contig_of(mm, task)->ret : 0;
}

/* ---- for those who look ---- */

const char *contig_at(const struct contig *c)
{
	static const char *const names[NR_CONTIG_STEPS] = {
		[CONTIG_NONE] = "none",
		[CONTIG_SEARCH] = "look for a range",
		[CONTIG_CMA] = "look for a place in the area",
		[CONTIG_BEGIN] = "shut the pageblocks",
		[CONTIG_DRAIN] = "drain the per-CPU lists",
		[CONTIG_COLLECT] = "is anything left to be moved",
		[CONTIG_SCAN] = "gather pages",
		[CONTIG_MIGRATE] = "move pages",
		[CONTIG_MOVED] = "put back what did not move",
		[CONTIG_TEST] = "is all of it free",
		[CONTIG_TAKE] = "take the free blocks",
		[CONTIG_USE] = "hand the pages out",
		[CONTIG_BACK] = "give back what was taken",
		[CONTIG_UNDO] = "open the pageblocks",
		[CONTIG_OVER] = "over",
	};

	return c->step < NR_CONTIG_STEPS ? names[c->step] : "?";
}

bool contig_has_range(const struct contig *c)
{
	return c->step >= CONTIG_BEGIN;
}

uint32_t cma_holder(const struct mm *mm, uint32_t task)
{
	const struct contig *mine = contig_of(mm, task);

	for (uint32_t i = 0; i < mm->st->nr_tasks; i++) {
		const struct contig *c = contig_of(mm, i);

		if (i != task && c->area == mine->area &&
		    c->step > CONTIG_BEGIN && c->step < CONTIG_OVER)
			return i;
	}
	return NO_TASK;
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
	    c->huge > (CONTIG_SAW_HUGE | CONTIG_TAKES_HUGE) ||
	    !area_range_sane(mm, c))
		return false;
	return !range ||
	       (c->start < c->end && c->end <= mm->st->end_pfn &&
		page_zone(mm, c->start) == page_zone(mm, c->end - 1) &&
		c->outer_start <= c->start &&
		c->outer_end <= mm->st->nr_frames);
}
