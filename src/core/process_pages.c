/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process_pages.c - what a process gets and does to its pages; mm_procs.h
 */
#include <errno.h>

#include "core/fault.h"
#include "core/frame.h"
#include "core/lru_batch.h"
#include "core/page_state.h"
#include "core/process.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/user_task.h"

/* ---- faults ---- */

static int no_user_task(const struct mm *mm, unsigned int task,
			struct mm_error *err)
{
	if (task >= mm->st->nr_tasks || mm->task[task].kind != TASK_USER ||
	    !mm->task[task].process)
		return mm_fail(err, -EINVAL, "task %u is no process's", task);
	return no_process(mm, mm->task[task].process, err);
}

int mm_fault(struct mm *mm, unsigned int task, enum mm_fault kind,
	     uint32_t pages, uint32_t flags, struct mm_error *err)
{
	const struct task *t = mm->task;
	const int e = no_user_task(mm, task, err);

	if (e)
		return e;
	t += task;
	if (kind <= FAULT_NONE || kind >= NR_FAULTS ||
	    flags & ~(FAULT_MADVISED | FAULT_AGAIN))
		return mm_fail(err, -EINVAL, "fault %d: there is none", kind);
	if (pages == 0)
		return mm_fail(err, -EINVAL, "0 pages: expected 1 or more");
	if (task_is_busy(mm, task))
		return mm_fail(err, -EBUSY,
			       "%s is in the middle of something; `run` it",
			       t->comm);
	if (mm->process[t->process].flags & PROCESS_EXITING)
		return mm_fail(err, -EINVAL, "%s has been killed", t->comm);
	op_enter(mm);
	fault_begin(mm, task, kind, pages, flags);
	TRACE(mm, faults_begin, ARG(mm->process[t->process].pid), ARG(kind),
	      ARG(pages));
	op_leave(mm);
	return 0;
}

int mm_task_finish(struct mm *mm, unsigned int task, struct mm_error *err)
{
	const int e = no_user_task(mm, task, err);

	if (e)
		return e;
	op_enter(mm);
	user_finish(mm, task);
	op_leave(mm);
	return 0;
}

void mm_fault_info(const struct mm *mm, unsigned int task,
		   struct mm_fault_info *fi)
{
	*fi = (struct mm_fault_info){.kind = FAULT_NONE};
	if (task < mm->st->nr_tasks) {
		const struct fault_work *w = &mm->task[task].work;

		fi->kind = (enum mm_fault)w->kind;
		fi->wanted = w->wanted;
		fi->done = w->done;
		fi->result = (enum mm_reason)w->result;
	}
}

const char *mm_fault_name(enum mm_fault kind)
{
	static const char *const names[NR_FAULTS] = {
		[FAULT_NONE] = "nothing",
		[FAULT_ANON] = "anonymous memory",
		[FAULT_HUGE] = "anonymous memory, huge if possible",
		[FAULT_SWAP] = "memory that was swapped out",
		[FAULT_READ] = "a file, read",
		[FAULT_WRITE] = "a file, written",
		[FAULT_FILE_READ] = "a mapped file",
		[FAULT_FILE_WRITE] = "a mapped file, written to",
	};

	return (unsigned int)kind < NR_FAULTS ? names[kind] : "?";
}

/* ---- pages ---- */

const char *mm_page_op_name(enum mm_page_op op)
{
	static const char *const names[NR_PAGE_OPS] = {
		[PAGE_OP_TOUCH] = "touch",
		[PAGE_OP_AGE] = "age",
		[PAGE_OP_DIRTY] = "dirty",
		[PAGE_OP_PIN] = "pin",
		[PAGE_OP_UNPIN] = "unpin",
		[PAGE_OP_LOCK] = "lock",
		[PAGE_OP_UNLOCK] = "unlock",
		[PAGE_OP_SHARE] = "share",
		[PAGE_OP_UNMAP] = "unmap",
		[PAGE_OP_WRITE_BACK] = "writeback",
		[PAGE_OP_HOLD] = "hold",
		[PAGE_OP_RELEASE] = "release",
		[PAGE_OP_UNMOVABLE] = "unmovable",
		[PAGE_OP_MOVABLE] = "movable",
		[PAGE_OP_HUGE] = "huge",
		[PAGE_OP_BALLOON] = "balloon",
		[PAGE_OP_UNPLUG] = "unplug",
		[PAGE_OP_POISON] = "poison",
	};

	return (unsigned int)op < NR_PAGE_OPS ? names[op] : "?";
}

/* Pages of the program's or of its files, not of the kernel. */
static bool is_user_page(const struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	return block_mapcount(&page->b) ||
	       page->attr & (PAGE_LRU | PAGE_SWAPCACHE | PAGE_PINNED) ||
	       (mm->st->nr_batched && lru_batch_times(mm, pfn));
}

static bool operate(struct mm *mm, enum mm_page_op op, pfn_t pfn)
{
	const unsigned int order = block_order(&mm->page[pfn].b);

	if (!is_user_page(mm, pfn) || !page_operate(mm, pfn, op))
		return false;
	TRACE(mm, page_state, ARG(pfn), ARG(order), ARG(op));
	return true;
}

static void enter_for(struct mm *mm, unsigned int process)
{
	op_enter(mm);
	mm->cpu = (uint16_t)process_cpu(mm, process);
}

static int64_t leave(struct mm *mm, unsigned int process, enum mm_page_op op,
		     int64_t changed)
{
	if (op == PAGE_OP_UNMAP)
		process_trim_tables(mm, process);
	TRACE(mm, page_states_done, ARG(mm->process[process].pid), ARG(op),
	      ARG(changed));
	op_leave(mm);
	return changed;
}

int64_t mm_process_pages(struct mm *mm, unsigned int process,
			 enum mm_page_op op, uint64_t nr, struct mm_error *err)
{
	const int e = no_process(mm, process, err);
	pfn_t pfn, next;
	int64_t n = 0;

	if (e)
		return e;
	if ((unsigned int)op >= NR_PAGE_OPS)
		return mm_fail(err, -EINVAL, "operation %d: there is none", op);
	enter_for(mm, process);
	pfn = mm_owner_first(mm, (uint16_t)mm->process[process].owner);
	for (; pfn != NO_PFN && (uint64_t)n < nr; pfn = next) {
		next = mm_owner_next(mm, pfn);
		n += operate(mm, op, pfn);
	}
	return leave(mm, process, op, n);
}

int64_t mm_process_page(struct mm *mm, unsigned int process, enum mm_page_op op,
			pfn_t pfn, struct mm_error *err)
{
	const int e = no_process(mm, process, err);

	if (e)
		return e;
	if ((unsigned int)op >= NR_PAGE_OPS)
		return mm_fail(err, -EINVAL, "operation %d: there is none", op);
	if (pfn >= mm->st->end_pfn ||
	    mm->page[pfn].owner != mm->process[process].owner ||
	    !is_user_page(mm, pfn))
		return mm_fail(err, -EINVAL,
			       "pfn %u does not begin a page of %s", pfn,
			       mm->process[process].comm);
	enter_for(mm, process);
	return leave(mm, process, op, operate(mm, op, pfn));
}

void mm_mappings(const struct mm *mm, pfn_t pfn, struct mm_mappings *m)
{
	const struct block *b;

	*m = (struct mm_mappings){0};
	if (pfn >= mm->st->end_pfn)
		return;
	b = &mm->page[pfn].b;
	if (block_state(b) != BLOCK_USED)
		return;
	m->mapped = block_mapcount(b);
	m->young = block_young(b);
	m->table = block_is_table(b);
}
