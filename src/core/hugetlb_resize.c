/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hugetlb_resize.c - a pool is to have so many pages: a task sees to it
 *
 * What is done under the pool's lock is one quantum; each page that is asked
 * for, and each that goes back, has quanta of its own, in which others run.
 * Only one at a time resizes a pool.
 *
 * Pages that are got are kept apart, the last in front, until all are there:
 * then they go to the head of the pool's list one by one, so that in the end
 * the first is in front.  Pages that leave are kept apart likewise, and freed
 * from the last on.
 *
 * Models:   set_max_huge_pages, alloc_pool_huge_folio,
 *           prep_and_add_allocated_folios, update_and_free_pages_bulk in
 *           mm/hugetlb.c; contig-cma-hotplug.md 5.1, 5.2
 * Left out: pages that are got count as the pool's at once, not only when
 *           they are added
 */
#include <errno.h>

#include "core/ask.h"
#include "core/cma.h"
#include "core/contig.h"
#include "core/frame.h"
#include "core/gfp_masks.h"
#include "core/hugetlb_pool.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/user_task.h"

enum resize_step {
	RESIZE_NONE,
	RESIZE_BEGIN, /* surplus pages count, free ones leave */
	RESIZE_NEXT,  /* one page more? from which node? */
	RESIZE_ASK,   /* the buddy */
	RESIZE_RANGE, /* or memory in one piece */
	RESIZE_ADD,   /* what was got */
	RESIZE_FREE,  /* what has left, a page */
	RESIZE_OVER,
	NR_RESIZE_STEPS
};

static const struct hugetlb_work *work_of(const struct mm *mm, uint32_t task)
{
	return &mm->task[task].hugetlb;
}

static const struct hstate *pool_of(const struct mm *mm,
				    const struct hugetlb_work *w)
{
	return &mm->st->hstate[w->size];
}

static enum mm_quantum go_to(struct mm *mm, const struct hugetlb_work *w,
			     enum resize_step step)
{
	STORE(mm, w->step, (uint32_t)step);
	return QUANTUM_AGAIN;
}

/* ---- kept apart ---- */

static void keep_apart(struct mm *mm, const struct hugetlb_work *w, pfn_t pfn)
{
	STORE(mm, mm->page[pfn].b.next, w->first);
	STORE(mm, w->first, pfn);
	STORE(mm, w->nr_apart, w->nr_apart + 1);
}

static pfn_t take_last(struct mm *mm, const struct hugetlb_work *w)
{
	const pfn_t pfn = w->first;

	STORE(mm, w->first, mm->page[pfn].b.next);
	STORE(mm, w->nr_apart, w->nr_apart - 1);
	return pfn;
}

bool hugetlb_resize_frees(const struct hugetlb_work *w)
{
	return w->step == RESIZE_FREE;
}

/* ---- fewer ---- */

/* Out of the pool; nobody has a claim to it while it waits to be freed. */
static void take_out(struct mm *mm, const struct hugetlb_work *w,
		     const struct hstate *h, pfn_t pfn)
{
	STORE(mm, mm->page[pfn].b.word,
	      block_word(BLOCK_USED, h->order, PGTY_HUGETLB, 0) |
		      HUGETLB_IS_FRESH);
	keep_apart(mm, w, pfn);
}

/* Pages in use, and free ones that are reserved, stay. */
static enum mm_quantum shrink(struct mm *mm, const struct hugetlb_work *w)
{
	const struct hstate *h = pool_of(mm, w);
	const uint32_t kept = h->resv + h->nr - h->free;
	const uint32_t least = w->nr > kept ? w->nr : kept;
	pfn_t pfn;

	go_to(mm, w, RESIZE_FREE);
	while (least < hstate_persistent(h) &&
	       (pfn = remove_pool_page(mm, h, w->nodes, false)) != NO_PFN)
		take_out(mm, w, h, pfn);
	return QUANTUM_AGAIN;
}

static enum mm_quantum free_one(struct mm *mm, const struct hugetlb_work *w)
{
	const struct hstate *h = pool_of(mm, w);

	if (w->first != NO_PFN) {
		hugetlb_update_and_free(mm, take_last(mm, w), h->order);
		return QUANTUM_AGAIN;
	}
	while (w->nr < hstate_persistent(h) &&
	       adjust_pool_surplus(mm, h, w->nodes, 1))
		;
	return go_to(mm, w, RESIZE_OVER);
}

/* ---- more ---- */

static gfp_t gfp_of(const struct mm *mm, const struct hugetlb_work *w)
{
	const struct hstate *h = pool_of(mm, w);
	gfp_t gfp = htlb_alloc_mask(mm, h) | GFP_BIT_THISNODE | GFP_BIT_COMP |
		    GFP_BIT_NOWARN;

	/* where there was none the last time, nobody tries hard */
	if (!hstate_is_gigantic(mm, h) && !(w->tired >> w->nid & 1))
		gfp |= GFP_BIT_RETRY_MAYFAIL;
	return gfp;
}

/* The next node in turn, for the page in hand. */
static enum mm_quantum ask_node(struct mm *mm, uint32_t task)
{
	const struct hugetlb_work *w = work_of(mm, task);
	const struct hstate *h = pool_of(mm, w);
	struct mm_request want = {.order = (uint16_t)h->order, .cpu = mm->cpu};

	STORE(mm, w->left, w->left - 1);
	STORE(mm, w->nid, hugetlb_turn(mm, &h->next_alloc, w->nodes));
	if (!hstate_is_gigantic(mm, h)) {
		want.gfp = gfp_of(mm, w);
		want.nid = (int16_t)w->nid;
		store_bytes(mm, &mm->task[task].want, &want, sizeof want);
		ask_begin(mm, task);
		return go_to(mm, w, RESIZE_ASK);
	}
	if (!contig_gigantic_begin(mm, task, gfp_of(mm, w), h->order,
				   (int)w->nid))
		return go_to(mm, w, RESIZE_ADD);
	return go_to(mm, w, RESIZE_RANGE);
}

static bool is_killed(const struct mm *mm, uint32_t task)
{
	const uint32_t process = mm->task[task].process;

	return process && (mm->process[process].flags & PROCESS_EXITING);
}

static enum mm_quantum next_page(struct mm *mm, uint32_t task)
{
	const struct hugetlb_work *w = work_of(mm, task);

	if (w->nr <= hstate_persistent(pool_of(mm, w)) || is_killed(mm, task))
		return go_to(mm, w, RESIZE_ADD);
	STORE(mm, w->left, hugetlb_weight(w->nodes));
	return ask_node(mm, task);
}

static enum mm_quantum got(struct mm *mm, uint32_t task, pfn_t pfn)
{
	const struct hugetlb_work *w = work_of(mm, task);
	const struct hstate *h = pool_of(mm, w);

	go_to(mm, w, RESIZE_NEXT);
	if (pfn == NO_PFN) {
		TRACE(mm, hugetlb_no_page, ARG(h->order), ARG(w->nid),
		      ARG(REASON_HUGETLB_NO_NEW));
		STORE(mm, w->tired, w->tired | 1u << w->nid);
		return w->left ? ask_node(mm, task) : go_to(mm, w, RESIZE_ADD);
	}
	STORE(mm, w->tired, w->tired & ~(1u << w->nid));
	keep_apart(mm, w, pfn);
	hugetlb_account_new(mm, h, pfn);
	return QUANTUM_AGAIN;
}

static enum mm_quantum ask(struct mm *mm, uint32_t task)
{
	struct mm_request want = mm->task[task].want;
	pfn_t pfn = NO_PFN;
	enum mm_quantum q;

	want.caller = (uint16_t)task_caller(mm, task);
	q = ask_step(mm, task, &want, ALL_NODES, true, &pfn);
	if (q != QUANTUM_DONE)
		return q;
	hugetlb_count_fresh(mm, pfn);
	if (pfn != NO_PFN)
		frame_use(mm, pfn, want.order, 0, PAGE_COMPOUND);
	return got(mm, task, pfn);
}

static enum mm_quantum range(struct mm *mm, uint32_t task)
{
	const enum mm_quantum q = contig_step(mm, task);

	return q == QUANTUM_DONE ? got(mm, task, mm->task[task].result) : q;
}

static enum mm_quantum add_all(struct mm *mm, const struct hugetlb_work *w)
{
	while (w->first != NO_PFN)
		hugetlb_enqueue(mm, pool_of(mm, w), take_last(mm, w));
	return go_to(mm, w, RESIZE_OVER);
}

/* ---- from the first to the last ---- */

static void begin(struct mm *mm, uint32_t task, enum mm_hugetlb_size size,
		  uint32_t nr, int nid)
{
	const struct hstate *h = &mm->st->hstate[size];
	struct hugetlb_work w = {
		.step = RESIZE_BEGIN,
		.size = size,
		.wanted = nr,
		.nr = nr,
		.nodes = nid < 0 ? hugetlb_memory_nodes(mm) : 1u << nid,
		.first = NO_PFN,
	};

	if (nid >= 0)
		w.nr += hstate_persistent(h) -
			(h->nr_node[nid] - h->surplus_node[nid]);
	store_bytes(mm, work_of(mm, task), &w, sizeof w);
	task_wake(mm, task);
}

static enum mm_quantum count_surplus(struct mm *mm,
				     const struct hugetlb_work *w)
{
	const struct hstate *h = pool_of(mm, w);

	while (h->surplus && w->nr > hstate_persistent(h) &&
	       adjust_pool_surplus(mm, h, w->nodes, -1))
		;
	return w->nr > hstate_persistent(h) ? go_to(mm, w, RESIZE_NEXT)
					    : shrink(mm, w);
}

static enum mm_quantum over(struct mm *mm, uint32_t task)
{
	const struct hugetlb_work *w = work_of(mm, task);
	const struct hstate *h = pool_of(mm, w);

	hstate_set_max(mm, h, hstate_persistent(h));
	STORE(mm, mm->task[task].result, NO_PFN);
	TRACE(mm, hugetlb_pool, ARG(h->order), ARG(w->wanted), ARG(h->max));
	go_to(mm, w, RESIZE_NONE);
	return QUANTUM_DONE;
}

enum mm_quantum hugetlb_resize_step(struct mm *mm, uint32_t task)
{
	const struct hugetlb_work *w = work_of(mm, task);

	switch ((enum resize_step)w->step) {
	case RESIZE_BEGIN:
		return count_surplus(mm, w);
	case RESIZE_NEXT:
		return next_page(mm, task);
	case RESIZE_ASK:
		return ask(mm, task);
	case RESIZE_RANGE:
		return range(mm, task);
	case RESIZE_ADD:
		return add_all(mm, w);
	case RESIZE_FREE:
		return free_one(mm, w);
	default:
		return over(mm, task);
	}
}

/* Who is at it; NO_TASK. */
static uint32_t resizer(const struct mm *mm, enum mm_hugetlb_size size)
{
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (mm->task[i].hugetlb.step &&
		    mm->task[i].hugetlb.size == size)
			return i;
	return NO_TASK;
}

/* All of it at once, for whoever calls; who is at it already comes first. */
static void run(struct mm *mm, enum mm_hugetlb_size size, uint32_t nr, int nid)
{
	const uint32_t other = resizer(mm, size);
	enum mm_quantum q;

	if (other != NO_TASK)
		user_finish(mm, other);
	mm->cpu = 0;
	begin(mm, CALLER_TASK, size, nr, nid);
	STORE(mm, mm->task[CALLER_TASK].cpu, 0);
	while ((q = hugetlb_resize_step(mm, CALLER_TASK)) != QUANTUM_DONE &&
	       !break_off(mm))
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, CALLER_TASK);
	STORE(mm, mm->task[CALLER_TASK].state, (uint32_t)TASK_IDLE);
}

void hugetlb_setting_changed(struct mm *mm)
{
	const struct hstate *h = &mm->st->hstate[HUGETLB_PMD];

	mm->cpu = 0;
	if (hstate_here(mm, h))
		run(mm, HUGETLB_PMD, mm->st->cfg.nr_hugepages, -1);
	else
		STORE(mm, mm->st->cfg.nr_hugepages, 0);
}

/* ---- for everybody ---- */

static int too_many(const struct mm *mm, uint32_t nr, struct mm_error *err)
{
	return nr <= mm->st->end_pfn
		       ? 0
		       : mm_fail(err, -EINVAL, "%u pages: expected 0 to %u", nr,
				 mm->st->end_pfn);
}

int mm_hugetlb_pool(struct mm *mm, enum mm_hugetlb_size size, uint32_t nr,
		    int nid, struct mm_error *err)
{
	int e = mm_hugetlb_refusal(mm, size, nid, err);

	if (!e)
		e = too_many(mm, nr, err);
	if (e)
		return e;
	op_enter(mm);
	run(mm, size, nr, nid);
	op_leave(mm);
	return 0;
}

int mm_task_hugetlb_refusal(const struct mm *mm, unsigned int task,
			    enum mm_hugetlb_size size, int nid,
			    struct mm_error *err)
{
	int e = mm_hugetlb_refusal(mm, size, nid, err);
	uint32_t other;

	if (!e)
		e = mm_task_refusal(mm, task, err);
	if (e)
		return e;
	other = resizer(mm, size);
	if (other == NO_TASK)
		return 0;
	return mm_fail(err, -EBUSY,
		       "%s is about to change that pool: let that finish",
		       mm->task[other].comm);
}

int mm_task_hugetlb_pool(struct mm *mm, unsigned int task,
			 enum mm_hugetlb_size size, uint32_t nr, int nid,
			 struct mm_error *err)
{
	int e = mm_task_hugetlb_refusal(mm, task, size, nid, err);

	if (!e)
		e = too_many(mm, nr, err);
	if (e)
		return e;
	op_enter(mm);
	begin(mm, task, size, nr, nid);
	op_leave(mm);
	return 0;
}

void mm_hugetlb_task_info(const struct mm *mm, unsigned int task,
			  struct mm_hugetlb_task *info)
{
	static const char *const names[NR_RESIZE_STEPS] = {
		[RESIZE_BEGIN] = "count what there is",
		[RESIZE_NEXT] = "is there a page missing",
		[RESIZE_ASK] = "ask the buddy for a page",
		[RESIZE_RANGE] = "empty a range for a page",
		[RESIZE_ADD] = "add what was got to the pool",
		[RESIZE_FREE] = "free what has left the pool",
		[RESIZE_OVER] = "over",
	};
	const struct hugetlb_work *w = work_of(mm, task);

	*info = (struct mm_hugetlb_task){.at = NULL};
	if (task >= mm->st->nr_tasks || w->step >= NR_RESIZE_STEPS || !w->step)
		return;
	*info = (struct mm_hugetlb_task){
		.at = names[w->step],
		.size = (enum mm_hugetlb_size)w->size,
		.wanted = w->wanted,
		.apart = w->nr_apart,
	};
}

/* ---- for those who distrust a record ---- */

bool hugetlb_resize_sane(const struct mm *mm, uint32_t task)
{
	const struct hugetlb_work *w = work_of(mm, task);
	const struct task *t = &mm->task[task];
	const uint32_t all = (1u << mm->st->cfg.nr_nodes) - 1;

	if (!w->step)
		return true;
	return w->step < NR_RESIZE_STEPS && w->size < NR_HUGETLB_SIZES &&
	       hstate_here(mm, pool_of(mm, w)) && w->nodes &&
	       !(w->nodes & ~all) && !(w->tired & ~w->nodes) &&
	       w->nid < mm->st->cfg.nr_nodes && w->left <= MM_MAX_NODES &&
	       !t->offline.step && t->work.kind == FAULT_NONE &&
	       (t->contig.step != 0) == (w->step == RESIZE_RANGE) &&
	       (t->ladder.rung == RUNG_NONE || w->step == RESIZE_ASK);
}
