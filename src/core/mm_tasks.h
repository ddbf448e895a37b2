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

enum task_kind {
	TASK_CALLER, /* task 0: whoever calls the library, one request long */
	TASK_USER,
	TASK_KSWAPD,
	TASK_KCOMPACTD,
	TASK_FLUSHER,
	TASK_OOM_REAPER,
};

enum task_state {
	TASK_IDLE,    /* nothing in hand: a daemon asleep, a user at ease */
	TASK_READY,   /* has a quantum to run */
	TASK_WAITING, /* sleeps in the middle of something, until wake_at */
	TASK_DEAD,
};

enum task_flag {
	TASK_MEMALLOC = 1, /* PF_MEMALLOC */
	TASK_NOIO = 2,	   /* scopes: memalloc_noio_save() ... */
	TASK_NOFS = 4,
	TASK_PIN = 8,
	TASK_REALTIME = 16,
};

/** What a waiting task waits for. */
enum task_wait {
	WAIT_NONE,
	WAIT_NAP,	/* kswapd's short sleep */
	WAIT_WRITEBACK, /* VMSCAN_THROTTLE_WRITEBACK ... */
	WAIT_ISOLATED,
	WAIT_NOPROGRESS,
	WAIT_CONGESTED,
	WAIT_PFMEMALLOC, /* throttle_direct_reclaim() */
	WAIT_RETRY,	 /* the pause of should_reclaim_retry() */
	WAIT_OOM,	 /* that a victim gives its memory back */
	WAIT_PROACTIVE,	 /* kcompactd: until it next looks around */
	WAIT_CMA,	 /* another task works in the CMA area */
	WAIT_LOCK,	 /* that somebody unlocks the page to be moved */
};

/**
 * Where a request stands on its way; the slow-path chart.  What comes after
 * RUNG_FAST is the slow path.
 */
enum mm_rung {
	RUNG_NONE, /* no request in hand */
	RUNG_FAST,
	RUNG_RESTART,
	RUNG_RETRY,   /* wake kswapd, try at the min mark, reserves */
	RUNG_RECLAIM, /* direct reclaim */
	RUNG_RECLAIMED,
	RUNG_COMPACT, /* direct compaction */
	RUNG_COMPACTED,
	RUNG_DECIDE, /* once more? */
	RUNG_OOM,
	RUNG_NOPAGE,
	RUNG_DONE,   /* page or failure: the slow path is over */
	RUNG_CHARGE, /* a page, if the group may have it */
	NR_RUNGS
};

/** What a quantum came to. */
enum mm_quantum {
	QUANTUM_AGAIN, /* there is more to do */
	QUANTUM_SLEEP, /* waits: task_wait, wake_at; others may run */
	QUANTUM_DONE,  /* at rest */
};

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
