/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_procs.h - processes, their memory, and what they do with it; part of
 * mm.h
 *
 * A process has a task of its name that makes its requests, and may have
 * more.  What it faults in belongs to the owner of its name.  Processes are
 * numbered from 1 and keep their number when they are gone.
 *
 * Functions that take a struct mm_error change nothing when they refuse, and
 * say why in one line.
 */
#ifndef BUDDYSCOPE_MM_PROCS_H
#define BUDDYSCOPE_MM_PROCS_H

/* ---- words ---- */

enum process_flag {
	PROCESS_EXITING = 1, /* or killed: it exits when it can */
	PROCESS_OOM_VICTIM = 2,
	PROCESS_OOM_SKIP = 4, /* MMF_OOM_SKIP: reaped, or not worth it */
	PROCESS_STUCK = 8,    /* killed, it does not exit */
	PROCESS_INIT = 16,    /* never killed */
	PROCESS_KILL_FIRST = 32,
	PROCESS_EXITED = 64,	   /* its memory is gone, and it with it */
	PROCESS_MMAP_LOCKED = 128, /* stuck with its map locked: no reaping */
};

/** What a task does to get a page: fault.c. */
enum mm_fault {
	FAULT_NONE,
	FAULT_ANON,	  /* writes to anonymous memory for the first time */
	FAULT_HUGE,	  /* the same where huge pages are welcome */
	FAULT_SWAP,	  /* touches what was swapped out */
	FAULT_READ,	  /* read(2): page cache, not mapped */
	FAULT_WRITE,	  /* write(2): the same, dirty */
	FAULT_FILE_READ,  /* loads from a mapped file */
	FAULT_FILE_WRITE, /* stores to a mapped file */
	NR_FAULTS
};

enum mm_fault_flag {
	FAULT_MADVISED = 1, /* huge pages were asked for, MADV_HUGEPAGE */
	FAULT_AGAIN = 2,    /* of a file: what was there, and was evicted */
};

/** What is done to pages of a process; page_ops.c. */
enum mm_page_op {
	PAGE_OP_TOUCH, /* accessed: through a mapping, or by read(2) */
	PAGE_OP_AGE,   /* no longer: the accessed bits are cleared */
	PAGE_OP_DIRTY, /* written to */
	PAGE_OP_PIN,   /* held by a driver, say */
	PAGE_OP_UNPIN,
	PAGE_OP_LOCK, /* mlock() */
	PAGE_OP_UNLOCK,
	PAGE_OP_SHARE, /* mapped by one more process */
	PAGE_OP_UNMAP, /* one mapping less; anonymous: freed with the last */
	PAGE_OP_WRITE_BACK, /* dirty and a file's: its writing begins */
	PAGE_OP_HOLD,	    /* its page lock is held, PG_locked */
	PAGE_OP_RELEASE,
	PAGE_OP_UNMOVABLE, /* the kernel's from now on: on no list */
	PAGE_OP_MOVABLE,   /* the kernel's, but its driver can move it */
	PAGE_OP_HUGE,	   /* a block of a pool's order is a page of it */
	PAGE_OP_BALLOON,   /* the kernel's: its driver keeps it out of use */
	PAGE_OP_UNPLUG,	   /* the same, but for memory that goes */
	PAGE_OP_POISON,	   /* the hardware fails there; free ones too */
	NR_PAGE_OPS
};

/* ---- who there is ---- */

struct mm_process {
	const char *name; /* at most MM_PROCESS_NAME - 1 characters */
	unsigned int cpu; /* of its task */
	uint32_t uid;
	int oom_score_adj; /* -1000 to 1000 */
	bool init;	   /* never killed */
};
#define MM_PROCESS_NAME 16

/**
 * mm_process_new - a process with one task, and no memory yet
 *
 * Its number.  -EINVAL for a name that is no name or another number out of
 * range, -EEXIST for the name of a living task, -ENOSPC when there have been
 * too many processes, tasks or owners.
 */
int mm_process_new(struct mm *mm, const struct mm_process *want,
		   struct mm_error *err);
/**
 * mm_process_thread - one more task, "NAME.2" and so on, on a CPU
 *
 * The task's number; errors as above.
 */
int mm_process_thread(struct mm *mm, unsigned int process, unsigned int cpu,
		      struct mm_error *err);
/** The living process of that name; -ENOENT if there is none. */
int mm_process_find(const struct mm *mm, const char *name);
/** Processes there are or have been: 1..mm_nr_processes(). */
unsigned int mm_nr_processes(const struct mm *mm);

struct mm_process_info {
	const char *name; /* "?" if there is none */
	uint32_t pid;	  /* 0: no such process */
	uint32_t uid;
	uint32_t flags; /* enum process_flag */
	int oom_score_adj;
	uint16_t owner;	   /* of its pages; 0: it has none any more */
	unsigned int task; /* its first */
	unsigned int group, cpuset;
	bool exec; /* its file pages are code */
	/* pages */
	uint64_t rss_anon, rss_file, rss_shmem, swapents, pgtables, locked;
	uint64_t dies_at; /* jiffies: the reaper's turn; UINT64_MAX: never */
};
void mm_process_info(const struct mm *mm, unsigned int process,
		     struct mm_process_info *pi);

/**
 * mm_process_kill - SIGKILL
 * @how: 0, PROCESS_STUCK: it cannot exit, or PROCESS_STUCK with
 *	 PROCESS_MMAP_LOCKED: nor can the OOM reaper take its pages
 *
 * It exits at the next yield point: mm_settle(), or a mm_run() of its task.
 * Killed once more with 0, one that was stuck exits.  -EINVAL for init.
 */
int mm_process_kill(struct mm *mm, unsigned int process, uint32_t how,
		    struct mm_error *err);
/** Its oom_score_adj, -1000 to 1000. */
int mm_process_adj(struct mm *mm, unsigned int process, int adj,
		   struct mm_error *err);
/** Whether its file pages are code: reclaim spares those in use. */
int mm_process_exec(struct mm *mm, unsigned int process, bool exec,
		    struct mm_error *err);

/* ---- what it gets ---- */

/**
 * mm_fault - a task gets pages, by page faults or system calls
 * @kind:  how: enum mm_fault
 * @pages: how many; of FAULT_SWAP as many as are in swap at most
 * @flags: enum mm_fault_flag
 *
 * Only handed over: mm_run() goes on, mm_task_finish() ends it.  -EBUSY while
 * the task has something in hand, -EINVAL for what cannot be.
 */
int mm_fault(struct mm *mm, unsigned int task, enum mm_fault kind,
	     uint32_t pages, uint32_t flags, struct mm_error *err);
/** What a task has in hand to its end, others running while it sleeps. */
int mm_task_finish(struct mm *mm, unsigned int task, struct mm_error *err);

/** What came of a task's last faults, or has so far. */
struct mm_fault_info {
	enum mm_fault kind;    /* in hand; FAULT_NONE: it is over */
	uint32_t wanted, done; /* pages */
	enum mm_reason result; /* REASON_SERVED, or why not all of them */
};
void mm_fault_info(const struct mm *mm, unsigned int task,
		   struct mm_fault_info *fi);
const char *mm_fault_name(enum mm_fault kind);

/* ---- what happens to it ---- */

/**
 * mm_task_promote - a NUMA hinting fault: the page follows the task
 * @pfn: head of a block on an LRU list of another node
 *
 * It moves to the node of the task's CPU if a zone there has room for it
 * above its high mark; *@to is where it is now.  -EAGAIN: it stays, and with
 * tiering (kernel.numa_balancing 2) that node's kswapd is woken to make room.
 * -EINVAL and -EBUSY: it cannot be moved; nothing has changed.
 *
 * Models: migrate_misplaced_folio(), mm/migrate.c
 */
int mm_task_promote(struct mm *mm, unsigned int task, pfn_t pfn, pfn_t *to,
		    struct mm_error *err);

/**
 * mm_process_pages - do something to pages of a process
 * @nr: to the first that are not so yet, in the order of mm_owner_first()
 *
 * How many blocks were changed.  -EINVAL when there is no such process.
 */
int64_t mm_process_pages(struct mm *mm, unsigned int process,
			 enum mm_page_op op, uint64_t nr, struct mm_error *err);
/** The same to the block that starts at @pfn; 0 or 1. */
int64_t mm_process_page(struct mm *mm, unsigned int process, enum mm_page_op op,
			pfn_t pfn, struct mm_error *err);
/** The same to all that begin in [@start, @end), whoever they belong to. */
int64_t mm_range_pages(struct mm *mm, pfn_t start, pfn_t end,
		       enum mm_page_op op, struct mm_error *err);
/** ... and to an owner's, who need be no process: the first @nr that differ. */
int64_t mm_pages_of_owner(struct mm *mm, uint16_t owner, enum mm_page_op op,
			  uint64_t nr, struct mm_error *err);
/**
 * Its files lie in a file system that cannot move pages which are dirty;
 * -EINVAL for an owner that there is not.
 */
int mm_owner_fix(struct mm *mm, uint16_t owner, bool fixed,
		 struct mm_error *err);
bool mm_owner_fixed(const struct mm *mm, uint16_t owner);
/** "touch", "pin", ... */
const char *mm_page_op_name(enum mm_page_op op);

/** Mappings of the allocated block at @pfn, and how many were accessed. */
struct mm_mappings {
	unsigned int mapped, young;
	bool table; /* it is a page of page tables */
};
void mm_mappings(const struct mm *mm, pfn_t pfn, struct mm_mappings *m);

#endif
