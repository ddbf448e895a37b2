/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * task.c - see task.h
 */
#include "core/task.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/cma.h"
#include "core/frame.h"
#include "core/kcompactd.h"
#include "core/kswapd.h"
#include "core/process.h"
#include "core/request.h"
#include "core/trace.h"
#include "core/user_task.h"
#include "core/writeback.h"

/* ---- tasks ---- */

static void store_u32(struct mm *mm, const uint32_t *place, uint32_t value)
{
	STORE(mm, *place, value);
}

uint32_t task_new(struct mm *mm, const char *comm, enum task_kind kind,
		  unsigned int cpu, unsigned int nid, uint32_t process)
{
	const uint32_t i = mm->st->nr_tasks;
	struct task t = {
		.pid = mm->st->next_pid,
		.kind = kind,
		.state = TASK_IDLE,
		.cpu = cpu,
		.nid = nid,
		.process = process,
		.wake_at = NEVER,
		.result = NO_PFN,
		.policy_nid = NO_POLICY_NID,
		.capture = {.zid = NO_ZONE, .pfn = NO_PFN},
	};

	if (i == MM_MAX_TASKS)
		return 0;
	memcpy(t.comm, comm, strnlen(comm, sizeof t.comm - 1));
	store_bytes(mm, &mm->task[i], &t, sizeof t);
	STORE(mm, mm->st->nr_tasks, i + 1);
	STORE(mm, mm->st->next_pid, mm->st->next_pid + 1);
	return i;
}

/* A CPU of the node, or the first there is. */
static unsigned int cpu_of_node(const struct mm *mm, unsigned int nid)
{
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		if (mm->st->cfg.cpu_node[cpu] == nid)
			return cpu;
	return 0;
}

static void daemons(struct mm *mm, const char *name, enum task_kind kind)
{
	char comm[TASK_NAME];

	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++) {
		snprintf(comm, sizeof comm, "%s%u", name, n);
		task_new(mm, comm, kind, cpu_of_node(mm, n), n, 0);
	}
}

void tasks_boot(struct mm *mm)
{
	STORE(mm, mm->st->next_pid, 1);
	task_new(mm, "caller", TASK_CALLER, 0, 0, 0);
	daemons(mm, "kswapd", TASK_KSWAPD);
	daemons(mm, "kcompactd", TASK_KCOMPACTD);
	task_new(mm, "flusher", TASK_FLUSHER, 0, 0, 0);
	task_new(mm, "oom_reaper", TASK_OOM_REAPER, 0, 0, 0);
	STORE(mm, mm->st->next_pid, 100);
}

unsigned int task_caller(const struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];
	unsigned int caller = t->want.caller;

	if (t->flags & TASK_MEMALLOC)
		caller |= MM_CALLER_MEMALLOC;
	if (t->process && (mm->process[t->process].flags & PROCESS_OOM_VICTIM))
		caller |= MM_CALLER_OOM_VICTIM;
	return caller;
}

int mm_task_refusal(const struct mm *mm, unsigned int task,
		    struct mm_error *err)
{
	const struct task *t = mm->task;

	if (task >= mm->st->nr_tasks)
		return mm_fail(err, -EINVAL, "there is no task %u", task);
	t += task;
	if (t->kind != TASK_USER)
		return mm_fail(err, -EINVAL,
			       "%s is no process's task: it does not do that",
			       t->comm);
	if (t->state == TASK_DEAD ||
	    (mm->process[t->process].flags & PROCESS_EXITING))
		return mm_fail(err, -EINVAL, "%s has been killed", t->comm);
	if (t->state != TASK_IDLE || task_is_busy(mm, task))
		return mm_fail(err, -EBUSY,
			       "%s is in the middle of something; `run` it",
			       t->comm);
	return 0;
}

void task_set_flags(struct mm *mm, uint32_t task, uint32_t flags)
{
	STORE(mm, mm->task[task].flags, flags);
}

/* ---- sleeping ---- */

bool task_sleep(struct mm *mm, uint32_t task, enum task_wait wait,
		uint64_t jiffies)
{
	const struct task *t = &mm->task[task];
	const uint64_t now = mm->st->jiffies;

	STORE(mm, t->state, (uint32_t)TASK_WAITING);
	STORE(mm, t->wait, (uint32_t)wait);
	STORE(mm, t->wake_at, jiffies > NEVER - now ? NEVER : now + jiffies);
	return true;
}

void task_wake(struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];

	if (t->state == TASK_DEAD)
		return;
	STORE(mm, t->state, (uint32_t)TASK_READY);
	STORE(mm, t->wait, (uint32_t)WAIT_NONE);
	STORE(mm, t->wake_at, NEVER);
}

void task_wake_all(struct mm *mm, enum task_wait wait)
{
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (mm->task[i].state == TASK_WAITING &&
		    mm->task[i].wait == wait)
			task_wake(mm, i);
}

static void time_goes_to(struct mm *mm, uint64_t at)
{
	const uint64_t passed = at - mm->st->jiffies;

	if (at <= mm->st->jiffies)
		return;
	STORE(mm, mm->st->jiffies, at);
	TRACE(mm, time_passes, ARG(passed), ARG(at));
}

/* Whose time has come is ready. */
static void wake_due(struct mm *mm)
{
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (mm->task[i].state == TASK_WAITING &&
		    mm->task[i].wake_at <= mm->st->jiffies)
			task_wake(mm, i);
}

/* ---- quanta ---- */

/* One quantum of a task that is ready. */
static enum mm_quantum run_quantum(struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];
	const uint16_t before = mm->current;
	enum mm_quantum q = QUANTUM_DONE;

	mm->cpu = (uint16_t)t->cpu;
	mm->current = (uint16_t)task;
	switch (t->kind) {
	case TASK_CALLER:
		q = request_step(mm, task);
		break;
	case TASK_USER:
		q = user_step(mm, task);
		break;
	case TASK_KSWAPD:
		q = kswapd_step(mm, task);
		break;
	case TASK_KCOMPACTD:
		q = kcompactd_step(mm, task);
		break;
	case TASK_FLUSHER:
		q = flusher_step(mm, task);
		break;
	default:
		q = oom_reaper_step(mm, task);
	}
	if (q == QUANTUM_DONE && t->state == TASK_READY)
		store_u32(mm, &t->state, TASK_IDLE);
	mm->current = before;
	return q;
}

/* All quanta of a task until it sleeps again; a bound against our bugs. */
bool task_run(struct mm *mm, uint32_t task)
{
	if (mm->task[task].state != TASK_READY)
		return false;
	while (run_quantum(mm, task) == QUANTUM_AGAIN && !break_off(mm))
		;
	return true;
}

/*
 * R1: exiting victims, finished writes, reaper, flusher, kswapd and kcompactd
 * by node; then from the start, until nobody has anything to do.
 */
static void run_others(struct mm *mm)
{
	const unsigned int nodes = mm->st->cfg.nr_nodes;
	bool any = true;

	while (any && !break_off(mm)) {
		wake_due(mm);
		any = exit_victims(mm);
		any |= end_writes(mm);
		any |= task_run(mm, reaper_task(mm));
		any |= task_run(mm, flusher_task(mm));
		for (unsigned int n = 0; n < nodes; n++)
			any |= task_run(mm, kswapd_task(n));
		for (unsigned int n = 0; n < nodes; n++)
			any |= task_run(mm, kcompactd_task(mm, n));
	}
}

/* When the next sleeper is due, or a write ends; NEVER: nobody waits. */
static uint64_t next_moment(const struct mm *mm)
{
	uint64_t at = next_write_end(mm);

	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (mm->task[i].state == TASK_WAITING &&
		    mm->task[i].wake_at < at &&
		    (mm->task[i].wait != WAIT_PROACTIVE ||
		     proactive_due(mm, mm->task[i].nid)))
			at = mm->task[i].wake_at;
	return at;
}

/* Who works in the CMA area goes on: it waits for nobody who waits for it. */
static void let_holder_finish(struct mm *mm, uint32_t task)
{
	const uint32_t holder = cma_holder(mm, task);

	if (holder != NO_TASK)
		user_finish(mm, holder);
	task_wake(mm, task);
}

void sched_sleep(struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];
	const unsigned int cpu = mm->cpu;

	while (t->state == TASK_WAITING) {
		uint64_t at;

		if (t->wait == WAIT_CMA) {
			let_holder_finish(mm, task);
			break;
		}

		if (!mm->st->cfg.schedule) {
			task_wake(mm, task);
			break;
		}
		run_others(mm);
		if (t->state != TASK_WAITING)
			break;
		at = next_moment(mm);
		if (at == NEVER || break_off(mm))
			task_wake(mm, task);
		else
			time_goes_to(mm, at);
	}
	mm->cpu = (uint16_t)cpu;
}

/* ---- for everybody ---- */

void mm_settle(struct mm *mm)
{
	op_enter(mm);
	run_others(mm);
	op_leave(mm);
}

uint64_t mm_jiffies(const struct mm *mm)
{
	return mm->st->jiffies;
}

void mm_tick(struct mm *mm, uint64_t n)
{
	const uint64_t end = n > NEVER - 1 - mm->st->jiffies
				     ? NEVER - 1
				     : mm->st->jiffies + n;

	op_enter(mm);
	while (mm->st->cfg.schedule && next_moment(mm) <= end &&
	       !break_off(mm)) {
		time_goes_to(mm, next_moment(mm));
		run_others(mm);
		if (next_moment(mm) <= mm->st->jiffies)
			break; /* waits for somebody who is not a daemon */
	}
	time_goes_to(mm, end);
	wake_due(mm);
	end_writes(mm);
	if (mm->st->cfg.schedule)
		run_others(mm);
	TRACE(mm, tick, ARG(n), ARG(end));
	op_leave(mm);
}

unsigned int mm_nr_tasks(const struct mm *mm)
{
	return mm->st->nr_tasks;
}

int mm_task_find(const struct mm *mm, const char *comm)
{
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (mm->task[i].state != TASK_DEAD &&
		    strcmp(mm->task[i].comm, comm) == 0)
			return (int)i;
	return -ENOENT;
}

void mm_task_info(const struct mm *mm, unsigned int i, struct mm_task_info *ti)
{
	const struct task *t = &mm->task[i];

	memset(ti, 0, sizeof *ti);
	ti->comm = "?";
	ti->result = NO_PFN;
	if (i >= mm->st->nr_tasks)
		return;
	*ti = (struct mm_task_info){
		.comm = t->comm,
		.pid = t->pid,
		.kind = (enum task_kind)t->kind,
		.state = (enum task_state)t->state,
		.wait = (enum task_wait)t->wait,
		.cpu = t->cpu,
		.nid = t->nid,
		.process = t->process,
		.flags = t->flags,
		.wake_at = t->wake_at,
		.want = t->want,
		.result = t->result,
		.rung = (enum mm_rung)t->ladder.rung,
		.alloc_flags = t->ladder.alloc_flags,
		.no_progress = t->ladder.no_progress,
		.compact_retries = t->ladder.compact_retries,
		.progress = t->ladder.progress,
		.why = (enum mm_reason)t->ladder.why,
		.priority = t->sc.priority,
		.nr_reclaimed = t->sc.nr_reclaimed,
	};
}

int mm_run(struct mm *mm, unsigned int task, enum mm_quantum *q,
	   struct mm_error *err)
{
	if (task >= mm->st->nr_tasks)
		return mm_fail(err, -EINVAL, "task %u: there are %u", task,
			       mm->st->nr_tasks);
	if (mm->task[task].state == TASK_DEAD)
		return mm_fail(err, -EINVAL, "%s is dead", mm->task[task].comm);
	if (mm->task[task].state == TASK_IDLE)
		return mm_fail(err, -EAGAIN, "%s has nothing to do",
			       mm->task[task].comm);
	op_enter(mm);
	wake_due(mm);
	if (mm->task[task].state == TASK_READY)
		*q = run_quantum(mm, task);
	else
		*q = QUANTUM_SLEEP;
	TRACE(mm, quantum, ARG(task), ARG(*q), ARG(mm->task[task].wait));
	op_leave(mm);
	return 0;
}

int mm_task_request(struct mm *mm, unsigned int task,
		    const struct mm_request *want, struct mm_error *err)
{
	const struct task *t = &mm->task[task];
	struct mm_request mine = *want;
	const char *why;

	if (task >= mm->st->nr_tasks)
		return mm_fail(err, -EINVAL, "there is no task %u", task);
	if (t->kind != TASK_USER || t->state == TASK_DEAD)
		return mm_fail(err, -EINVAL, "%s makes no requests", t->comm);
	if (t->state == TASK_WAITING || task_is_busy(mm, task))
		return mm_fail(err, -EBUSY,
			       "%s is in the middle of a request; `run` it",
			       t->comm);
	mine.cpu = (uint16_t)t->cpu;
	why = mm_request_error(mm, &mine);
	if (why)
		return mm_fail(err, -EINVAL, "%s", why);
	op_enter(mm);
	request_begin(mm, task, &mine);
	op_leave(mm);
	return 0;
}
