/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_tasks.h - tasks, quanta and time; part of mm.h
 *
 * mm_alloc_pages() runs a request from its beginning to its end.  A task's
 * request can be stopped at: mm_task_request() hands it over, each mm_run()
 * goes on to the next point where the kernel would drop its lock, sleep or
 * be rescheduled.  Daemons are tasks as well.
 */
#ifndef BUDDYSCOPE_MM_TASKS_H
#define BUDDYSCOPE_MM_TASKS_H

/** Tasks are numbered from 0, which stands for direct calls. */
unsigned int mm_nr_tasks(const struct mm *mm);
/** The living task of that name; -ENOENT if there is none. */
int mm_task_find(const struct mm *mm, const char *comm);

struct mm_task_info {
	const char *comm;
	uint32_t pid;
	enum task_kind kind;
	enum task_state state;
	enum task_wait wait;
	unsigned int cpu, nid;
	unsigned int process;	/* 0: none */
	uint32_t flags;		/* enum task_flag */
	uint64_t wake_at;	/* jiffies */
	struct mm_request want; /* in hand, or the last one */
	pfn_t result;		/* page of the last request, or NO_PFN */
	enum mm_rung rung;	/* "you are here" */
	uint32_t alloc_flags;
	int no_progress, compact_retries;
	int64_t progress;
	enum mm_reason why; /* of the round in hand */
	int priority;	    /* of its reclaim */
	int64_t nr_reclaimed;
};
void mm_task_info(const struct mm *mm, unsigned int i, struct mm_task_info *ti);

/** "retry", "direct reclaim", ... for the chart and for people. */
const char *mm_rung_name(enum mm_rung rung);
/** "a nap", "writeback", ...: it waits for that. */
const char *mm_wait_name(enum task_wait wait);

/**
 * mm_task_request - hand a request to a user's task
 *
 * Nothing happens yet.  -EBUSY while it has one in hand, -EINVAL for a task
 * or a request that cannot be, with the reason.  The CPU is the task's.
 */
int mm_task_request(struct mm *mm, unsigned int task,
		    const struct mm_request *want, struct mm_error *err);
/** -EINVAL, -EBUSY with the reason, if it cannot be given work now. */
int mm_task_refusal(const struct mm *mm, unsigned int task,
		    struct mm_error *err);
/**
 * mm_run - one quantum of a task
 * @q: what it came to; QUANTUM_SLEEP also if it was not its time yet
 *
 * -EAGAIN when it has nothing to do, -EINVAL when there is no such task.
 */
int mm_run(struct mm *mm, unsigned int task, enum mm_quantum *q,
	   struct mm_error *err);
/** Let the daemons run until all of them are at rest. */
void mm_settle(struct mm *mm);
/** Time goes on by @n jiffies; sleepers wake, writes end. */
void mm_tick(struct mm *mm, uint64_t n);
uint64_t mm_jiffies(const struct mm *mm);

#endif
