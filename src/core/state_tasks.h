/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state_tasks.h - what acts in a world, as it lies in the flat block
 *
 * Tasks run by quanta; what a task has got to in the middle of a request, a
 * reclaim run or a balancing run is in its record, so that it can be left,
 * looked at, saved, and taken up again.  Processes own memory, groups and
 * cpusets limit it, slab caches and LRU batches hold it.
 *
 * Record 0 of each array is nobody's.  Fixed-width integers, no padding.
 *
 * Models: struct task_struct, mm_struct, mem_cgroup, cpuset, mempolicy,
 *         shrinker, cpu_fbatches, scan_control as far as pages go
 */
#ifndef CORE_STATE_TASKS_H
#define CORE_STATE_TASKS_H

#include "core/mm.h"

#define TASK_NAME 16	 /* TASK_COMM_LEN */
#define ALL_NODES 0xffu	 /* nodemask: a bit a node */
#define NEVER UINT64_MAX /* a moment in jiffies */
#define NO_POLICY_NID UINT16_MAX

/** A list linked by page number; see list.h. */
struct list {
	uint32_t head, tail; /* NO_PFN when empty */
};

/* ---- a request on its way: page_alloc.c, slowpath.c ---- */

/**
 * What P19 calls the state of the slow path.  `rung` is where it goes on;
 * of direct reclaim and compaction, their own records say where.
 */
struct ladder {
	uint32_t rung; /* enum rung; 0: no request in hand */
	uint32_t alloc_flags;
	uint32_t nodemask;	 /* of the zonelist walk; ALL_NODES: none */
	uint32_t cprio, cresult; /* of compaction */
	uint32_t order;		 /* to reclaim and compact for (rco) */
	int32_t no_progress, compact_retries;
	uint32_t compact_first, may_retry_reserves; /* 0, 1 */
	uint32_t why;  /* enum mm_reason: of the next round, or of leaving */
	uint32_t pfn;  /* the page, or NO_PFN */
	uint32_t vain; /* rounds with progress that changed nothing */
	uint32_t gfp;  /* as the tracepoint is to print it */
	uint32_t charge_tries, charge_seen; /* enum charge_seen of memcg.c */
	uint32_t mems, pad; /* of the cpuset when the slow path (re)started */
	int64_t progress;   /* of the last reclaim or OOM */
	int64_t was_used;   /* by the full group, before reclaim in it */
	uint64_t before;    /* the world's hash a round ago */
	uint64_t since;	    /* jiffies when the slow path was entered */
};

/* ---- reclaim: vmscan.h ---- */

/** What reclaim is after and has come to; struct scan_control. */
struct scan_control {
	uint32_t step; /* where a run in quanta goes on; 0: none */
	uint32_t task; /* who reclaims */
	uint32_t order, gfp, reclaim_index;
	int32_t priority;
	uint32_t flags; /* enum scan_flag of vmscan.h */
	uint32_t group; /* a limit's own reclaim; 0: everybody's */
	uint32_t set;	/* group whose own pages are scanned; 0: the root's */
	uint32_t throttle, throttle_nid; /* enum task_wait it was told to; 0 */
	uint32_t retries;		 /* of the wait at the entry */
	int64_t nr_to_reclaim, nr_scanned, nr_reclaimed;
	uint64_t throttled_at; /* jiffies */
	/* of the node pass in hand */
	int64_t dirty, unqueued_dirty, congested, writeback, immediate;
	int64_t taken, file_taken;
	int64_t anon_cost, file_cost;
};

/** One run of kswapd: kswapd_run.c. */
struct kswapd_run {
	uint32_t step; /* enum kswapd_at of kswapd_run.c */
	uint32_t alloc_order, reclaim_order, highest;
	uint32_t boosted, pad;
	int64_t boost[MAX_NR_ZONES]; /* at the start of the run */
	int64_t total_boost;
};

/* ---- moving pages: migrate.c ---- */

/** Where a page on its way is, and the targets of those unmapped. */
enum mig_list {
	MIG_FROM,     /* isolated: what is to be moved */
	MIG_GROUP,    /* what is being moved */
	MIG_LEFT,     /* of the group: failed while nothing was waited for */
	MIG_ONE,      /* the one that is tried by itself */
	MIG_SPLIT,    /* pieces of what was split */
	MIG_RET,      /* failed for good */
	MIG_UNMAPPED, /* have a target and no mappings */
	MIG_TARGETS,  /* of those, in the same order */
	MIG_DONE,     /* moved: what is left is an empty frame */
	NR_MIG_LISTS
};

/** One call of migrate_pages(), in quanta. */
struct migration {
	uint32_t step;	 /* enum migrate_step of migrate.c; 0: none */
	uint32_t mode;	 /* enum migrate_mode */
	uint32_t reason; /* enum migrate_reason */
	uint32_t waits;	 /* for writeback, so far */
	/* of the batch in hand */
	uint32_t phase; /* enum batch_phase of migrate_batch.h */
	uint32_t batch_mode, in, out, passes, pass;
	uint32_t src, dst; /* where it is in its lists */
	uint32_t retry, retry_pages, no_memory;
	uint32_t then; /* step that follows the batch */
	int32_t batch_failed;
	int32_t failed; /* folios; what is answered */
	/* pages, and folios of a huge page's size */
	uint32_t nr_succeeded, nr_failed, nr_thp_succeeded, nr_thp_failed,
		nr_thp_split, nr_split;
	uint32_t failed_before, thp_failed_before; /* the group in hand */
	uint32_t split_before, thp_split_before;
	/* targets are asked for, but for compaction's: it has found some */
	uint32_t target_gfp, target_nodes; /* nodes: a mask */
	int32_t target_nid;
	uint32_t pad;
	struct list list[NR_MIG_LISTS];
};

/* ---- compaction: compact_zone.c ---- */

/** The migration scanner within a block: compact_migrate_scan.c. */
struct migrate_scan {
	uint64_t block, block_end; /* being looked at; clipped to the zone */
	uint64_t low, end, start;  /* next page; where it ends, and began */
	uint64_t next_skip;	   /* end of the group that must move whole */
	uint64_t valid;		   /* block that was begun at its start */
	uint32_t scanned, taken;
	uint32_t flags; /* enum scan_state */
	/* the search on the free lists */
	uint32_t limit, looked;
	int32_t at_order;
	uint64_t high; /* blocks below it will do */
};

/** The free scanner: compact_free_scan.c. */
struct free_scan {
	uint64_t cur, block, block_end, limit_low; /* from block to block */
	uint64_t start, at, end; /* within one; at: the next page */
	uint64_t low, min, highest, page;
	uint32_t step;	 /* enum free_step; 0: idle */
	uint32_t stride; /* pages from sample to sample */
	uint32_t block_stride;
	uint32_t scanned, total;
	uint32_t limit; /* of the search on the free lists */
	int32_t at_order;
	uint32_t at_start;
	uint32_t result; /* enum: how the block ended */
	uint32_t pad;
};

/** What a run of compaction is after and has come to. */
struct compact_control {
	uint32_t step;	/* enum compact_step of compact_zone.c; 0: none */
	uint32_t drive; /* enum compact_drive: on whose behalf */
	uint32_t zid;
	int32_t order; /* -1: whole zone */
	uint32_t mt, gfp, alloc_flags, highest;
	uint32_t mode;	/* enum migrate_mode */
	uint32_t flags; /* enum compact_flag */
	int32_t search_order;
	uint32_t fast_fail;
	uint32_t nr_free, nr_mig; /* pages on the lists */
	uint32_t batch;		  /* nr_mig when migration began */
	uint32_t result;	  /* enum compact_result, of the zone */
	/* over the zones */
	uint32_t next; /* place in the zonelist, or zone index; zone_t */
	uint32_t rc;   /* enum compact_result, of all */
	uint32_t prio; /* enum compact_priority */
	uint32_t last; /* zone index, or zone_t to stop behind */
	uint64_t migrate_pfn, free_pfn, fast_start, last_migrated;
	uint64_t released; /* highest target given back, plus one */
	uint64_t tot_mig_scanned, tot_free_scanned;
	uint64_t score; /* of the node, before a proactive run */
	struct migrate_scan mscan;
	struct free_scan fscan;
	struct list freepages[MM_MAX_ORDERS];
};

/** A page of the right order that this task frees is kept for it. */
struct capture_control {
	uint32_t zid; /* that is compacted; NO_ZONE: none */
	uint32_t order, mt;
	uint32_t pfn; /* what was caught, or NO_PFN */
};

/* ---- memory in one piece: contig.c ---- */

/** One range, or the search for one, in quanta. */
struct contig {
	uint32_t step;	  /* enum contig_step of contig.c; 0: none */
	uint32_t mode;	  /* enum mm_isolate_mode */
	uint32_t gfp;	  /* as asked for */
	uint32_t migrate; /* gfp of what is moved out of the way */
	uint32_t start, end;
	uint32_t outer_start, outer_end; /* what was taken */
	uint32_t at;	/* where the pages are collected next */
	uint32_t tries; /* of the pages at hand */
	int32_t ret;
	uint32_t owner;
	/* the search */
	uint32_t nr;	      /* pages; 0: the range was given */
	uint32_t nid, place;  /* whose zonelist, and the place in it */
	uint32_t area;	      /* of CMA, plus one; 0: none */
	uint32_t align, next; /* order; the bit to go on from */
	uint32_t blame;	      /* page in the way, or NO_PFN */
	uint32_t huge;	      /* enum contig_huge: of the search */
};

/** What contig memory is kept for: cma.c.  Its bits are in mm->cma_bits. */
struct cma_area {
	uint32_t base, count, available; /* pages */
	uint32_t first_word;		 /* of its bits, a page each */
};

/* ---- pools of huge pages: hugetlb.c ---- */

/** One size.  Links are in the pages' first frames. */
struct hstate {
	uint32_t order; /* 0: this world has no such pages */
	uint32_t nr, free, resv, surplus, max, overcommit;
	uint32_t next_alloc, next_free; /* nodes whose turn it is */
	uint32_t pad;
	uint32_t nr_node[MM_MAX_NODES], free_node[MM_MAX_NODES];
	uint32_t surplus_node[MM_MAX_NODES];
	struct list free_list[MM_MAX_NODES];
	struct list active; /* in use, and not about to move */
};

/** A pool that is to have so many pages, in quanta: hugetlb_resize.c. */
struct hugetlb_work {
	uint32_t step;	 /* enum resize_step; 0: none */
	uint32_t size;	 /* enum mm_hugetlb_size */
	uint32_t wanted; /* as asked for */
	uint32_t nr;	 /* pages of the pool that this comes to */
	uint32_t nodes;	 /* allowed: a mask */
	uint32_t tired;	 /* of them: had none, the last time */
	uint32_t left;	 /* nodes to be asked for the page in hand */
	uint32_t nid;	 /* the one that is being asked */
	uint32_t first;	 /* kept apart, linked by next; NO_PFN */
	uint32_t nr_apart;
};

/* ---- memory that is to go: offline.c ---- */

struct offline_work {
	uint32_t step; /* enum offline_step; 0: none */
	uint32_t start, end;
	uint32_t zid;
	uint32_t at;	 /* where to look for pages to be moved */
	uint32_t rounds; /* in vain, so far */
	uint32_t most;	 /* then a signal comes */
	uint32_t signal; /* 1: it has come */
	uint32_t found;	 /* the first page that is to be moved */
	int32_t result;	 /* 0 or a negative errno */
};

/* ---- tasks: task.c ---- */

/** Pages that a task faults in, one after the other: fault.c. */
struct fault_work {
	uint32_t kind;	 /* enum mm_fault; 0: none, only single requests */
	uint32_t step;	 /* enum fault_step: of the fault in hand */
	uint32_t wanted; /* pages in all */
	uint32_t done;	 /* pages got */
	uint32_t small;	 /* pages until a huge one may be tried again */
	uint32_t pfn;	 /* got, not mapped yet; NO_PFN */
	uint32_t result; /* enum mm_reason: how it ended */
	uint32_t flags;	 /* enum mm_fault_flag */
};

struct task {
	char comm[TASK_NAME];
	uint32_t pid;	/* 0: no such task */
	uint32_t kind;	/* enum task_kind */
	uint32_t state; /* enum task_state */
	uint32_t wait;	/* enum task_wait: what it sleeps on */
	uint32_t cpu, nid;
	uint32_t process;	/* of a user task; 0: none */
	uint32_t flags;		/* enum task_flag */
	uint64_t wake_at;	/* jiffies; NEVER */
	struct mm_request want; /* in hand, or the last one */
	uint32_t result;	/* page of the last request, or NO_PFN */
	uint16_t policy_nid;	/* where its policy starts; NO_POLICY_NID */
	uint16_t trial;		/* enum policy_trial of mempolicy.h */
	struct ladder ladder;
	struct scan_control sc;
	struct kswapd_run kswapd;
	struct fault_work work;
	struct compact_control cc;
	struct capture_control capture;
	struct migration mig;
	struct contig contig;
	struct offline_work offline;
	struct hugetlb_work hugetlb;
};

/* ---- processes: process.c ---- */

struct process {
	char comm[TASK_NAME];
	uint32_t pid; /* 0: no such process */
	uint32_t uid;
	uint32_t flags; /* enum process_flag */
	int32_t oom_score_adj;
	uint32_t owner;		/* its pages' owner */
	uint32_t group, cpuset; /* 0: the root's */
	uint32_t policy;	/* enum mm_policy */
	uint32_t policy_nodes;	/* nodemask */
	uint32_t home_node;	/* NO_NODE: none */
	uint32_t il_prev, il_weight;
	uint8_t weight[MM_MAX_NODES]; /* of weighted interleaving; 0 is 1 */
	uint32_t vm_exec;	      /* 1: its file pages are code */
	uint64_t rss_anon, rss_file, rss_shmem, swapents; /* pages */
	uint64_t pgtables; /* pages of page tables */
	uint64_t locked;   /* pages under mlock */
	uint64_t dies_at;  /* jiffies: the reaper's turn; NEVER */
	uint32_t reap_tries, pad;
};

struct group {
	char name[MM_OWNER_NAME]; /* "" : none */
	uint32_t parent;
	uint32_t oom_group;	     /* 0, 1 */
	int64_t usage;		     /* pages, its children's included */
	int64_t max, high, low, min; /* pages; max, high: INT64_MAX no limit */
	uint64_t events_low, events_high, events_max, events_oom,
		events_oom_kill;
};

struct cpuset {
	char name[MM_OWNER_NAME];
	uint32_t parent;
	uint32_t mems; /* nodemask */
};

/** A cache whose objects reclaim may free: R27. */
struct slab {
	char name[MM_OWNER_NAME];
	uint32_t owner; /* of its pages */
	uint32_t objects_per_page;
	uint32_t seeks, batch;
	uint32_t nid, pad;
	int64_t objects, deferred;
};

/* ---- pages on their way to disk: writeback.c ---- */

#define NR_WRITES 16 /* the number is in a block's word */

/** Blocks whose writing ends at the same moment; block_write() says which. */
struct write {
	uint64_t due;	 /* jiffies */
	uint32_t blocks; /* 0: no such write */
	uint32_t pad;
};

/* ---- pages that were there once: workingset.c ---- */

#define NR_SHADOWS 1024

/** What is remembered of a page that reclaim has evicted. */
struct shadow {
	uint64_t age; /* of its node, when it was evicted */
	uint16_t owner;
	uint8_t nid, anon; /* anon: 0, 1 */
	uint32_t workingset;
};

/* ---- pages on their way to a list: lru_batch.c ---- */

struct lru_batches {
	uint32_t nr[NR_LRU_BATCHES];
	uint32_t pfn[NR_LRU_BATCHES][LRU_BATCH];
};

#endif
