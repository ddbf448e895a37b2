/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * task.h - who runs, who waits, and what time it is
 *
 * Tasks run one at a time, a quantum each.  Task 0 is whoever calls the
 * library and is busy for one request only; the daemons follow, then the
 * users' tasks.  With the setting `schedule` at 1 a task that sleeps lets
 * everybody else run, in a fixed order, and time passes when nobody can.
 *
 * Models:   schedule_timeout, wake_up, kthread_run as far as their order
 *           goes; R1
 * Left out: preemption inside of a quantum, priorities, several tasks at once
 * Keeps:    TASKS (check_process.c)
 */
#ifndef CORE_TASK_H
#define CORE_TASK_H

#include "core/store.h"

#define CALLER_TASK 0

/** A new task; 0 when there are MM_MAX_TASKS. */
uint32_t task_new(struct mm *mm, const char *comm, enum task_kind kind,
		  unsigned int cpu, unsigned int nid, uint32_t process);
/** The tasks that every world has: kswapd, kcompactd, flusher, reaper. */
void tasks_boot(struct mm *mm);

static inline uint32_t kswapd_task(unsigned int nid)
{
	return 1 + nid;
}

static inline uint32_t kcompactd_task(const struct mm *mm, unsigned int nid)
{
	return 1 + mm->st->cfg.nr_nodes + nid;
}

static inline uint32_t flusher_task(const struct mm *mm)
{
	return 1 + 2 * mm->st->cfg.nr_nodes;
}

static inline uint32_t reaper_task(const struct mm *mm)
{
	return flusher_task(mm) + 1;
}

/** enum mm_caller of what the task and its process are. */
unsigned int task_caller(const struct mm *mm, uint32_t task);
void task_set_flags(struct mm *mm, uint32_t task, uint32_t flags);
/**
 * The task is to sleep for @jiffies, or until task_wake(): what its quantum
 * answers next is QUANTUM_SLEEP.  Always true.
 */
bool task_sleep(struct mm *mm, uint32_t task, enum task_wait wait,
		uint64_t jiffies);
void task_wake(struct mm *mm, uint32_t task);
/** Tasks waiting for that: all are woken. */
void task_wake_all(struct mm *mm, enum task_wait wait);
/** Its quanta until it sleeps or rests; false if it was not ready. */
bool task_run(struct mm *mm, uint32_t task);
/**
 * @task sleeps: the others run until nobody can, and time goes on until it
 * is woken.  Without `schedule` it is woken at once, and time stands still.
 */
void sched_sleep(struct mm *mm, uint32_t task);

#endif
