/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process_ops.c - processes as the library's users see them; mm_procs.h
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/fault.h"
#include "core/frame.h"
#include "core/lru_batch.h"
#include "core/page_state.h"
#include "core/process.h"
#include "core/task.h"
#include "core/trace.h"

/* ---- new ones ---- */

/* Does a living task have the name? */
static int name_error(const struct mm *mm, const char *name,
		      struct mm_error *err)
{
	const size_t len = strlen(name);

	if (len == 0 || len >= TASK_NAME)
		return mm_fail(err, -EINVAL,
			       "\"%.24s\": a process's name has 1 to %d "
			       "characters",
			       name, TASK_NAME - 1);
	if (mm_task_find(mm, name) >= 0)
		return mm_fail(err, -EEXIST,
			       "%s: there is a task of that name; take "
			       "another",
			       name);
	if (mm->st->nr_tasks == MM_MAX_TASKS)
		return mm_fail(err, -ENOSPC,
			       "%s: this world has had its %d tasks", name,
			       MM_MAX_TASKS);
	return 0;
}

static int new_error(const struct mm *mm, const struct mm_process *want,
		     struct mm_error *err)
{
	const int e = name_error(mm, want->name, err);

	if (e)
		return e;
	if (want->cpu >= mm->st->cfg.nr_cpus)
		return mm_fail(err, -EINVAL, "CPU %u: expected 0 to %u",
			       want->cpu, mm->st->cfg.nr_cpus - 1);
	if (want->oom_score_adj < OOM_SCORE_ADJ_MIN ||
	    want->oom_score_adj > OOM_SCORE_ADJ_MAX)
		return mm_fail(err, -EINVAL,
			       "oom_score_adj %d: expected %d to %d",
			       want->oom_score_adj, OOM_SCORE_ADJ_MIN,
			       OOM_SCORE_ADJ_MAX);
	if (mm->st->nr_processes == MM_MAX_PROCESSES - 1)
		return mm_fail(err, -ENOSPC,
			       "%s: this world has had its %d processes",
			       want->name, MM_MAX_PROCESSES - 1);
	if (!mm_owner_find(mm, want->name) &&
	    mm->st->nr_owners == MM_MAX_OWNERS)
		return mm_fail(err, -ENOSPC, "%s: there are %d owners already",
			       want->name, MM_MAX_OWNERS);
	return 0;
}

int mm_process_new(struct mm *mm, const struct mm_process *want,
		   struct mm_error *err)
{
	struct process p = {
		.uid = want->uid,
		.flags = want->init ? PROCESS_INIT : 0,
		.oom_score_adj = want->oom_score_adj,
		.home_node = NO_NODE,
		.il_prev = NO_NODE,
		.dies_at = NEVER,
	};
	const int e = new_error(mm, want, err);
	uint32_t i;

	if (e)
		return e;
	op_enter(mm);
	i = mm->st->nr_processes + 1;
	memcpy(p.comm, want->name, strlen(want->name));
	p.pid = mm->st->next_pid;
	p.owner = mm_owner(mm, want->name, NULL);
	store_bytes(mm, &mm->process[i], &p, sizeof p);
	STORE(mm, mm->st->nr_processes, i);
	task_new(mm, want->name, TASK_USER, want->cpu,
		 mm->st->cfg.cpu_node[want->cpu], i);
	TRACE(mm, process_new, ARG(p.pid));
	op_leave(mm);
	return (int)i;
}

static int no_process(const struct mm *mm, unsigned int process,
		      struct mm_error *err)
{
	if (process == 0 || process > mm->st->nr_processes)
		return mm_fail(err, -EINVAL, "process %u: there are %u",
			       process, mm->st->nr_processes);
	if (mm->process[process].flags & PROCESS_EXITED)
		return mm_fail(err, -EINVAL, "%s is gone",
			       mm->process[process].comm);
	return 0;
}

int mm_process_thread(struct mm *mm, unsigned int process, unsigned int cpu,
		      struct mm_error *err)
{
	char name[TASK_NAME + 8];
	unsigned int nr = 1;
	uint32_t task;
	int e = no_process(mm, process, err);

	if (e)
		return e;
	if (cpu >= mm->st->cfg.nr_cpus)
		return mm_fail(err, -EINVAL, "CPU %u: expected 0 to %u", cpu,
			       mm->st->cfg.nr_cpus - 1);
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		nr += mm->task[i].process == process;
	snprintf(name, sizeof name, "%s.%u", mm->process[process].comm, nr);
	e = name_error(mm, name, err);
	if (e)
		return e;
	op_enter(mm);
	task = task_new(mm, name, TASK_USER, cpu, mm->st->cfg.cpu_node[cpu],
			process);
	TRACE(mm, process_new, ARG(mm->task[task].pid));
	op_leave(mm);
	return (int)task;
}

/* ---- looking ---- */

int mm_process_find(const struct mm *mm, const char *name)
{
	for (uint32_t i = 1; i <= mm->st->nr_processes; i++)
		if (!(mm->process[i].flags & PROCESS_EXITED) &&
		    strcmp(mm->process[i].comm, name) == 0)
			return (int)i;
	return -ENOENT;
}

unsigned int mm_nr_processes(const struct mm *mm)
{
	return mm->st->nr_processes;
}

static unsigned int first_task(const struct mm *mm, unsigned int process)
{
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (mm->task[i].process == process)
			return i;
	return 0;
}

void mm_process_info(const struct mm *mm, unsigned int process,
		     struct mm_process_info *pi)
{
	const struct process *p = mm->process;

	*pi = (struct mm_process_info){.name = "?", .dies_at = NEVER};
	if (process == 0 || process > mm->st->nr_processes)
		return;
	p += process;
	*pi = (struct mm_process_info){
		.name = p->comm,
		.pid = p->pid,
		.uid = p->uid,
		.flags = p->flags,
		.oom_score_adj = p->oom_score_adj,
		.owner = (uint16_t)p->owner,
		.task = first_task(mm, process),
		.group = p->group,
		.cpuset = p->cpuset,
		.exec = p->vm_exec,
		.rss_anon = p->rss_anon,
		.rss_file = p->rss_file,
		.rss_shmem = p->rss_shmem,
		.swapents = p->swapents,
		.pgtables = p->pgtables,
		.locked = p->locked,
		.dies_at = p->dies_at,
	};
}

/* ---- signals and scores ---- */

int mm_process_kill(struct mm *mm, unsigned int process, uint32_t how,
		    struct mm_error *err)
{
	const uint32_t stuck = PROCESS_STUCK | PROCESS_MMAP_LOCKED;
	const struct process *p = mm->process;
	const int e = no_process(mm, process, err);

	if (e)
		return e;
	p += process;
	if (p->flags & PROCESS_INIT)
		return mm_fail(err, -EINVAL, "%s is init: it is never killed",
			       p->comm);
	if (how & ~stuck || how == PROCESS_MMAP_LOCKED)
		return mm_fail(err, -EINVAL, "kill: expected stuck, or not");
	op_enter(mm);
	STORE(mm, p->flags, (p->flags & ~stuck) | how);
	process_kill(mm, process);
	TRACE(mm, process_kill, ARG(p->pid), ARG(p->flags));
	op_leave(mm);
	return 0;
}

int mm_process_adj(struct mm *mm, unsigned int process, int adj,
		   struct mm_error *err)
{
	const struct process *p = mm->process;
	const int e = no_process(mm, process, err);

	if (e)
		return e;
	if (adj < OOM_SCORE_ADJ_MIN || adj > OOM_SCORE_ADJ_MAX)
		return mm_fail(err, -EINVAL,
			       "oom_score_adj %d: expected %d to %d", adj,
			       OOM_SCORE_ADJ_MIN, OOM_SCORE_ADJ_MAX);
	p += process;
	op_enter(mm);
	STORE(mm, p->oom_score_adj, adj);
	TRACE(mm, oom_score_adj_update, ARG(p->pid), adj);
	op_leave(mm);
	return 0;
}

int mm_process_exec(struct mm *mm, unsigned int process, bool exec,
		    struct mm_error *err)
{
	const struct process *p = mm->process;
	const int e = no_process(mm, process, err);

	if (e)
		return e;
	p += process;
	op_enter(mm);
	STORE(mm, p->vm_exec, (uint32_t)exec);
	TRACE(mm, process_exec, ARG(p->pid), exec);
	op_leave(mm);
	return 0;
}

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
