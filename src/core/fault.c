/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fault.c - see fault.h
 */
#include "core/fault.h"

#include "core/frame.h"
#include "core/gfp_masks.h"
#include "core/lru_batch.h"
#include "core/memcg.h"
#include "core/process.h"
#include "core/request.h"
#include "core/rmap.h"
#include "core/swap.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/workingset.h"
#include "core/writeback.h"

/* GFP_PGTABLE_USER */
#define GFP_PGTABLE (GFP_KERNEL | GFP_BIT_ACCOUNT | GFP_BIT_ZERO)

static bool is_anon(enum mm_fault kind)
{
	return kind <= FAULT_SWAP;
}

/* By a system call nothing is mapped. */
static bool maps(enum mm_fault kind)
{
	return kind != FAULT_READ && kind != FAULT_WRITE;
}

static void set_step(struct mm *mm, uint32_t task, enum fault_step step)
{
	STORE(mm, mm->task[task].work.step, (uint32_t)step);
}

static uint32_t process_of(const struct mm *mm, uint32_t task)
{
	return mm->task[task].process;
}

/* ---- what is asked for ---- */

static gfp_t page_gfp(enum mm_fault kind)
{
	switch (kind) {
	case FAULT_ANON:
	case FAULT_HUGE:
		return GFP_HIGHUSER_MOVABLE | GFP_BIT_ZERO;
	case FAULT_WRITE:
		return GFP_HIGHUSER_MOVABLE | GFP_BIT_WRITE;
	default:
		return GFP_HIGHUSER_MOVABLE;
	}
}

/*
 * Of the page in its area, which decides where interleaving puts it: areas
 * have no holes.
 */
static uint64_t place(const struct mm *mm, const struct task *t)
{
	const struct process *p = &mm->process[t->process];

	return p->rss_anon + p->swapents;
}

static void ask(struct mm *mm, uint32_t task, enum fault_step step)
{
	const struct task *t = &mm->task[task];
	const enum mm_fault kind = (enum mm_fault)t->work.kind;
	struct mm_request want = {
		.gfp = page_gfp(kind),
		.cpu = (uint16_t)t->cpu,
		.nid = -1,
		.owner = (uint16_t)mm->process[t->process].owner,
		.attr = is_anon(kind) ? PAGE_SWAPBACKED : 0,
	};

	if (step == STEP_TABLE || step == STEP_DEPOSIT) {
		want.gfp = GFP_PGTABLE;
		want.attr = 0;
	} else if (step == STEP_HUGE) {
		want.gfp =
			gfp_thp_fault((enum thp_defrag)mm->st->cfg.thp_defrag,
				      t->work.flags & FAULT_MADVISED) |
			GFP_BIT_ZERO;
		want.order = (uint16_t)mm->st->cfg.pmd_order;
	}
	set_step(mm, task, step);
	if (is_anon(kind) && want.attr)
		request_begin_fault(mm, task, &want,
				    place(mm, t) >> want.order);
	else
		request_begin(mm, task, &want);
}

/* ---- the next page ---- */

uint64_t faults_in_flight(const struct mm *mm, uint32_t process)
{
	uint64_t n = 0;

	for (uint32_t i = 0; i < mm->st->nr_tasks; i++) {
		const struct fault_work *w = &mm->task[i].work;

		n += mm->task[i].process == process && w->kind != FAULT_NONE &&
		     (w->step == STEP_PAGE || w->step == STEP_CHARGE);
	}
	return n;
}

/* No room for one more page? */
static bool tables_are_full(const struct mm *mm, uint32_t process)
{
	const struct process *p = &mm->process[process];

	return p->rss_anon + p->rss_file + p->rss_shmem + p->swapents +
		       faults_in_flight(mm, process) >=
	       p->pgtables * ptrs_per_pte(mm);
}

static bool wants_huge(const struct mm *mm, const struct fault_work *w)
{
	return w->kind == FAULT_HUGE && w->small == 0 &&
	       mm->st->cfg.pmd_order &&
	       w->wanted - w->done >= ptrs_per_pte(mm) &&
	       mm->st->cfg.pmd_order <= mm->st->cfg.max_page_order;
}

/* Swapped out, but still there: it is mapped again, and that is all. */
static pfn_t find_in_swapcache(const struct mm *mm, uint32_t process)
{
	pfn_t pfn = mm_owner_first(mm, (uint16_t)mm->process[process].owner);

	while (pfn != NO_PFN && (!(mm->page[pfn].attr & PAGE_SWAPCACHE) ||
				 block_mapcount(&mm->page[pfn].b)))
		pfn = mm_owner_next(mm, pfn);
	return pfn;
}

static enum mm_quantum over(struct mm *mm, uint32_t task, enum mm_reason result)
{
	const struct task *t = &mm->task[task];
	const struct fault_work *w = &t->work;

	TRACE(mm, faults_done, ARG(mm->process[t->process].pid), ARG(w->kind),
	      ARG(w->done), ARG(w->wanted), ARG(result));
	STORE(mm, w->kind, (uint32_t)FAULT_NONE);
	STORE(mm, w->result, (uint32_t)result);
	return QUANTUM_DONE;
}

/* @pages more are there: on to the next fault, if there is one. */
static enum mm_quantum got(struct mm *mm, uint32_t task, pfn_t pfn,
			   uint32_t pages)
{
	const struct fault_work *w = &mm->task[task].work;

	STORE(mm, w->done, w->done + pages);
	STORE(mm, w->pfn, NO_PFN);
	if (w->small)
		STORE(mm, w->small, w->small - 1);
	set_step(mm, task, STEP_START);
	TRACE(mm, page_fault, ARG(mm->process[process_of(mm, task)].pid),
	      ARG(w->kind), ARG(pfn), ARG(block_order(&mm->page[pfn].b)));
	return w->done == w->wanted ? over(mm, task, REASON_SERVED)
				    : QUANTUM_AGAIN;
}

/* ---- what becomes of a page that was got ---- */

static void count_fault(struct mm *mm, enum mm_fault kind)
{
	if (maps(kind))
		count_vm_events(mm, VM_PGFAULT, 1);
	if (kind >= FAULT_SWAP && maps(kind))
		count_vm_events(mm, VM_PGMAJFAULT, 1);
}

/* One page comes from swap; its slot is free, it being written to. */
static void leave_swap(struct mm *mm, uint32_t process)
{
	add_mm_counter(mm, process, MM_SWAPENTS, -1);
	swap_entries_free(mm, 1);
	count_vm_events(mm, VM_PSWPIN, 1);
}

static void add_to_page_cache(struct mm *mm, pfn_t pfn)
{
	mod_node_page_state(mm, page_nid(mm, pfn), NR_FILE_PAGES, 1);
}

/* In the kernel's order: cache, list, dirty or accessed, mapping. */
static enum mm_quantum install(struct mm *mm, uint32_t task)
{
	const struct fault_work *w = &mm->task[task].work;
	const enum mm_fault kind = (enum mm_fault)w->kind;
	const pfn_t pfn = w->pfn;

	count_fault(mm, kind);
	if (kind == FAULT_SWAP)
		leave_swap(mm, process_of(mm, task));
	if (kind == FAULT_SWAP || w->flags & FAULT_AGAIN)
		workingset_refault(mm, pfn);
	if (is_anon(kind)) {
		page_map(mm, pfn, true);
		folio_add_lru(mm, pfn);
		return got(mm, task, pfn, 1);
	}
	add_to_page_cache(mm, pfn);
	folio_add_lru(mm, pfn);
	if (kind == FAULT_WRITE || kind == FAULT_FILE_WRITE)
		folio_mark_dirty(mm, pfn);
	if (maps(kind))
		page_map(mm, pfn, true);
	else
		folio_mark_accessed(mm, pfn);
	return got(mm, task, pfn, 1);
}

static enum mm_quantum install_huge(struct mm *mm, uint32_t task)
{
	const pfn_t pfn = mm->task[task].work.pfn;

	count_vm_events(mm, VM_PGFAULT, 1);
	count_vm_events(mm, VM_THP_FAULT_ALLOC, 1);
	page_map(mm, pfn, true);
	folio_add_lru(mm, pfn);
	return got(mm, task, pfn, (uint32_t)ptrs_per_pte(mm));
}

static void give_back(struct mm *mm, uint32_t task)
{
	const struct fault_work *w = &mm->task[task].work;
	const unsigned int order = block_order(&mm->page[w->pfn].b);

	frame_release(mm, w->pfn);
	free_frozen_pages(mm, w->pfn, order);
	STORE(mm, w->pfn, NO_PFN);
}

/* No huge page: this and the rest of its place in small ones. */
static enum mm_quantum fall_back(struct mm *mm, uint32_t task,
				 enum vm_event_item item)
{
	count_vm_events(mm, item, 1);
	STORE(mm, mm->task[task].work.small, (uint32_t)ptrs_per_pte(mm));
	set_step(mm, task, STEP_START);
	return QUANTUM_AGAIN;
}

/* ---- the steps ---- */

static enum mm_quantum start(struct mm *mm, uint32_t task)
{
	const struct fault_work *w = &mm->task[task].work;
	const uint32_t process = process_of(mm, task);
	pfn_t pfn;

	if (mm->process[process].flags & PROCESS_EXITING)
		return over(mm, task, REASON_OOM_VICTIM);
	if (w->kind == FAULT_SWAP) {
		if (!mm->process[process].swapents)
			return over(mm, task, REASON_SERVED);
		pfn = find_in_swapcache(mm, process);
		if (pfn != NO_PFN) {
			add_mm_counter(mm, process, MM_SWAPENTS, -1);
			count_vm_events(mm, VM_PGFAULT, 1);
			page_map(mm, pfn, true);
			return got(mm, task, pfn, 1);
		}
	}
	if (wants_huge(mm, w))
		ask(mm, task, STEP_HUGE);
	else if (maps((enum mm_fault)w->kind) && w->kind != FAULT_SWAP &&
		 tables_are_full(mm, process))
		ask(mm, task, STEP_TABLE);
	else
		ask(mm, task, STEP_PAGE);
	return fault_step(mm, task);
}

/* The page is there; the process's group may have to pay. */
static enum mm_quantum charge(struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];
	const bool huge = t->work.step == STEP_HUGE_CHARGE;
	const enum mm_quantum q = charge_step(
		mm, task, huge ? mm->st->cfg.pmd_order : 0, t->want.gfp);

	if (q != QUANTUM_DONE)
		return q;
	if (!charge_succeeded(mm, task)) {
		give_back(mm, task);
		if (huge) {
			count_vm_events(mm, VM_THP_FAULT_FALLBACK, 1);
			return fall_back(mm, task,
					 VM_THP_FAULT_FALLBACK_CHARGE);
		}
		return over(mm, task, (enum mm_reason)t->ladder.why);
	}
	memcg_commit(mm, task, t->work.pfn);
	if (!huge)
		return install(mm, task);
	ask(mm, task, STEP_DEPOSIT);
	return QUANTUM_AGAIN;
}

static enum mm_quantum page_came(struct mm *mm, uint32_t task, bool huge)
{
	const struct task *t = &mm->task[task];

	STORE(mm, t->work.pfn, t->result);
	if (memcg_of_task(mm, task)) {
		charge_begin(mm, task);
		set_step(mm, task, huge ? STEP_HUGE_CHARGE : STEP_CHARGE);
		return charge(mm, task);
	}
	if (!huge)
		return install(mm, task);
	ask(mm, task, STEP_DEPOSIT);
	return QUANTUM_AGAIN;
}

/* The request came to nothing; what the fault had so far goes back. */
static enum mm_quantum refused(struct mm *mm, uint32_t task,
			       enum fault_step step)
{
	const struct task *t = &mm->task[task];

	if (step == STEP_HUGE)
		return fall_back(mm, task, VM_THP_FAULT_FALLBACK);
	if (step == STEP_DEPOSIT)
		give_back(mm, task);
	return over(mm, task,
		    t->ladder.why ? (enum mm_reason)t->ladder.why
				  : REASON_REFUSED);
}

static enum mm_quantum answered(struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];
	const enum fault_step step = (enum fault_step)t->work.step;

	if (t->result == NO_PFN)
		return refused(mm, task, step);
	switch (step) {
	case STEP_TABLE:
		process_add_table(mm, t->process, t->result);
		ask(mm, task, STEP_PAGE);
		return QUANTUM_AGAIN;
	case STEP_DEPOSIT:
		process_add_table(mm, t->process, t->result);
		return install_huge(mm, task);
	default:
		return page_came(mm, task, step == STEP_HUGE);
	}
}

enum mm_quantum fault_step(struct mm *mm, uint32_t task)
{
	enum mm_quantum q;

	switch (mm->task[task].work.step) {
	case STEP_START:
		return start(mm, task);
	case STEP_CHARGE:
	case STEP_HUGE_CHARGE:
		return charge(mm, task);
	default:
		q = request_step(mm, task);
		return q == QUANTUM_DONE ? answered(mm, task) : q;
	}
}

void fault_begin(struct mm *mm, uint32_t task, enum mm_fault kind,
		 uint32_t pages, uint32_t flags)
{
	const struct fault_work w = {
		.kind = kind,
		.wanted = pages,
		.pfn = NO_PFN,
		.flags = flags,
	};

	store_bytes(mm, &mm->task[task].work, &w, sizeof w);
	task_wake(mm, task);
}
