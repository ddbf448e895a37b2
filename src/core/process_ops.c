/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process_ops.c - processes as the library's users see them; mm_procs.h
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/frame.h"
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

int no_process(const struct mm *mm, unsigned int process, struct mm_error *err)
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
