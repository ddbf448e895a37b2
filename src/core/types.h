/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * types.h - the field's words, as the kernel spells them
 *
 * Numbers are the kernel's where it has one, so that a recording, a trace
 * and this model can be compared without a table in between.
 */
#ifndef BUDDYSCOPE_TYPES_H
#define BUDDYSCOPE_TYPES_H

#include <stdbool.h>
#include <stdint.h>

/** Page frame number; the model holds frames 0..MM_MAX_FRAMES-1. */
typedef uint32_t pfn_t;
/** A zone: nid * MAX_NR_ZONES + zone index.  See mm_zone_of(). */
typedef uint16_t zone_t;
/** A GFP mask; see enum gfp_flag. */
typedef uint32_t gfp_t;

/** Above this order, requests are worth less effort. */
#define PAGE_ALLOC_COSTLY_ORDER 3

#define NO_PFN ((pfn_t)UINT32_MAX)
#define NO_ZONE ((zone_t)UINT16_MAX)

/* Limits of the model; worlds are configured below them. */
#define MM_MAX_FRAMES 0x80000000u /* 8 TiB of 4 KiB frames */
#define MM_MAX_NODES 8
#define MM_MAX_CPUS 64
#define MM_MAX_ORDERS 16     /* orders 0..15 */
#define MM_GIGANTIC_ORDER 18 /* of a page that contig gives: 1 GiB */
#define MM_MAX_RANGES 64     /* memory and reserved ranges */
#define MM_MAX_CMA 8
#define MM_MAX_OWNERS 1024
#define MM_OWNER_NAME 24
#define MM_MAX_TASKS 96
#define MM_MAX_PROCESSES 64 /* record 0 is nobody's, here and below */
#define MM_MAX_GROUPS 16
#define MM_MAX_CPUSETS 16
#define MM_MAX_SLABS 16
#define NO_NODE UINT32_MAX
/** Pages: a limit of a group that is none. */
#define MM_NO_LIMIT INT64_MAX
#define OOM_SCORE_ADJ_MIN (-1000)
#define OOM_SCORE_ADJ_MAX 1000

/** enum migratetype, include/linux/mmzone.h with CMA and isolation. */
enum migratetype {
	MIGRATE_UNMOVABLE,
	MIGRATE_MOVABLE,
	MIGRATE_RECLAIMABLE,
	MIGRATE_PCPTYPES,
	MIGRATE_HIGHATOMIC = MIGRATE_PCPTYPES,
	MIGRATE_CMA,
	MIGRATE_ISOLATE,
	MIGRATE_TYPES
};

/** enum zone_type with ZONE_DMA, ZONE_DMA32 and ZONE_DEVICE. */
enum zone_type {
	ZONE_DMA,
	ZONE_DMA32,
	ZONE_NORMAL,
	ZONE_MOVABLE,
	ZONE_DEVICE,
	MAX_NR_ZONES,
	/* what the same numbers are with LAYOUT_HIGHMEM; nothing is at 4 */
	ZONE_NORMAL_32 = 1,
	ZONE_HIGHMEM_32 = 2,
};

enum zone_watermarks {
	WMARK_MIN,
	WMARK_LOW,
	WMARK_HIGH,
	WMARK_PROMO,
	NR_WMARK
};

/** Single GFP bits, include/linux/gfp_types.h of a 7.3 amd64 kernel. */
enum gfp_flag {
	GFP_BIT_DMA = 0x1,
	GFP_BIT_HIGHMEM = 0x2,
	GFP_BIT_DMA32 = 0x4,
	GFP_BIT_MOVABLE = 0x8,
	GFP_BIT_RECLAIMABLE = 0x10,
	GFP_BIT_HIGH = 0x20,
	GFP_BIT_IO = 0x40,
	GFP_BIT_FS = 0x80,
	GFP_BIT_ZERO = 0x100,
	GFP_BIT_DIRECT_RECLAIM = 0x400,
	GFP_BIT_KSWAPD_RECLAIM = 0x800,
	GFP_BIT_WRITE = 0x1000,
	GFP_BIT_NOWARN = 0x2000,
	GFP_BIT_RETRY_MAYFAIL = 0x4000,
	GFP_BIT_NOFAIL = 0x8000,
	GFP_BIT_NORETRY = 0x10000,
	GFP_BIT_MEMALLOC = 0x20000,
	GFP_BIT_COMP = 0x40000,
	GFP_BIT_NOMEMALLOC = 0x80000,
	GFP_BIT_HARDWALL = 0x100000,
	GFP_BIT_THISNODE = 0x200000,
	GFP_BIT_ACCOUNT = 0x400000,
	GFP_BIT_ZEROTAGS = 0x800000,
};

/* The compound masks most used; the whole table is in gfp.c. */
#define GFP_KERNEL ((gfp_t)0xcc0)
#define GFP_ATOMIC ((gfp_t)0x820)
#define GFP_NOWAIT ((gfp_t)0x2800)
#define GFP_HIGHUSER_MOVABLE ((gfp_t)0x100cca)

/** Internal flags of one attempt, mm/page_alloc.h; low two bits: a wmark. */
enum alloc_flag {
	ALLOC_WMARK_MASK = 0x3,
	ALLOC_NO_WATERMARKS = 0x4,
	ALLOC_OOM = 0x8,
	ALLOC_NON_BLOCK = 0x10,
	ALLOC_MIN_RESERVE = 0x20,
	ALLOC_CPUSET = 0x40,
	ALLOC_CMA = 0x80,
	ALLOC_NOFRAGMENT = 0x100,
	ALLOC_HIGHATOMIC = 0x200,
	ALLOC_KSWAPD = 0x800,
	ALLOC_RESERVES = ALLOC_NON_BLOCK | ALLOC_MIN_RESERVE |
			 ALLOC_HIGHATOMIC | ALLOC_OOM,
};

/** Zone flags, enum zone_flags. */
enum zone_flag {
	ZONE_BOOSTED_WATERMARK = 1,
	ZONE_RECLAIM_ACTIVE = 2,
	ZONE_BELOW_HIGH = 4,
};

/** What the caller of an allocation is; PF_MEMALLOC and tsk_is_oom_victim. */
enum mm_caller {
	MM_CALLER_MEMALLOC = 1,
	MM_CALLER_OOM_VICTIM = 2,
};

/** Why an event went as it did; the argument called `reason` or `result`. */
enum mm_reason {
	REASON_NONE,
	/* zonelist_pass */
	REASON_FIRST_PASS,
	REASON_NOFRAGMENT_DROPPED, /* no clean block anywhere: pollute */
	REASON_REMOTE_NODE,  /* better pollute here than go to another node */
	REASON_KSWAPD_NODES, /* now also nodes whose kswapd works */
	/* zone_skipped */
	REASON_KSWAPD_ACTIVE,
	/* zone_watermark, as result */
	REASON_WMARK_OK,
	REASON_WMARK_SHORT,	/* too few pages above the mark */
	REASON_WMARK_NO_BLOCK,	/* enough pages, no block of the order */
	REASON_WMARK_UNBOOSTED, /* passes when the boost is left out */
	REASON_WMARK_IGNORED,	/* short, but NO_WATERMARKS goes on */
	/* pcp_empty */
	REASON_HIGHATOMIC_NO_REFILL,
	REASON_NOTHING_GOT,
	/* list_del */
	REASON_TAKEN,	/* to be allocated */
	REASON_MERGED,	/* into a larger block */
	REASON_CLAIMED, /* with its whole pageblock */
	/* list_add */
	REASON_SPLIT_REMAINDER,	  /* upper half of a split: head */
	REASON_TAIL_ASKED,	  /* FPI_TO_TAIL */
	REASON_LARGE_ORDER,	  /* the two largest orders: head */
	REASON_PARENT_BUDDY_FREE, /* a larger merge is likely: tail */
	REASON_PARENT_BUDDY_BUSY, /* head */
	REASON_CLASSIC_HEAD,	  /* 2.6.24 knows no tail */
	/* buddy_stop */
	REASON_MAX_ORDER,
	REASON_BUDDY_BUSY,
	REASON_BUDDY_OTHER_ORDER,
	REASON_BUDDY_OTHER_ZONE,
	REASON_BUDDY_OTHER_TYPE,
	/* fallback_refused, fallback_end */
	REASON_NOT_WHOLE,	/* pageblock reaches out of the zone */
	REASON_BELOW_HALF,	/* fewer than half of its pages free or alike */
	REASON_ORDER_TOO_SMALL, /* movable does not claim for so little */
	REASON_NO_FRAGMENT,	/* ALLOC_NOFRAGMENT forbids smaller blocks */
	REASON_NO_DONOR,	/* no other type has a free block */
	/* highatomic_reserve */
	REASON_RESERVED,
	REASON_ZONE_TOO_SMALL, /* 1 % is less than a pageblock */
	REASON_LIMIT_REACHED,
	REASON_TYPE_NOT_MERGEABLE,
	/* slowpath */
	REASON_ENTERED,
	REASON_RETRY_RESERVES, /* once more, with reserve rights or no cpuset */
	REASON_MAY_NOT_SLEEP,  /* no __GFP_DIRECT_RECLAIM: give up */
	REASON_CALLER_MEMALLOC,	 /* a reclaimer may not reclaim */
	REASON_COMPACTED_FIRST,	 /* once more, now that compaction had its go */
	REASON_RECLAIM_MAY_HELP, /* once more: a zone could pass */
	REASON_COMPACTION_MAY_HELP,
	REASON_OOM_PROGRESS, /* once more after the OOM killer */
	REASON_NORETRY,	     /* __GFP_NORETRY: one round was all */
	REASON_COSTLY,	     /* an order above 3 is not worth more */
	REASON_NO_PROGRESS,  /* nothing more can be got back */
	REASON_OOM_VICTIM,   /* being killed, and out of reserves too */
	/* the kernel would try for ever, this one because of __GFP_NOFAIL */
	REASON_LOOP_NOFAIL,
	/* mm_page_alloc, as result */
	REASON_SERVED,
	REASON_REFUSED,
	/* fallback_none, as phase */
	REASON_STEAL_SEARCH, /* smallest first */
	/* out_of_memory */
	REASON_OOM_NOT_FOR_THIS, /* costly, MAYFAIL, THISNODE or a low zone */
	REASON_OOM_WITHOUT_FS,	 /* no __GFP_FS: nobody is killed */
	REASON_OOM_NOBODY, /* no process to kill: the kernel would panic */
	/* zone_skipped */
	REASON_CPUSET,	    /* the cpuset does not allow the node */
	REASON_DIRTY_LIMIT, /* the node has its share of dirty pages */
	/* out_of_memory */
	REASON_OOM_KILLED, /* somebody is killed */
	REASON_OOM_DYING,  /* who asks is dying itself */
	REASON_OOM_PANIC,  /* vm.panic_on_oom: the kernel would panic */
	/* out_of_memory and oom_badness */
	REASON_OOM_PENDING, /* a victim's memory is still to come: R53 */
	/* oom_badness */
	REASON_OOM_BEST,  /* as many points as anybody so far, or more */
	REASON_OOM_FEWER, /* another has more points */
	REASON_OOM_FIRST, /* asked to be killed first */
	REASON_OOM_INIT,
	REASON_OOM_NEVER,     /* oom_score_adj is -1000 */
	REASON_OOM_NO_MEMORY, /* it has none */
	REASON_OOM_REAPED,    /* it has given its memory already */
	REASON_OOM_ELSEWHERE, /* its memory is on other nodes */
	/* oom_kill */
	REASON_OOM_CHOSEN,
	REASON_OOM_ALLOCATING, /* vm.oom_kill_allocating_task */
	REASON_OOM_SHARES,     /* uses the victim's memory */
	REASON_OOM_GROUP,      /* goes with its group: oom_group */
	/* slowpath: the kernel would try for ever */
	REASON_LOOP_RECLAIM, /* others take what reclaim gets back */
	REASON_LOOP_NO_FS,   /* without __GFP_FS nobody is killed */
	REASON_LOOP_VICTIM,  /* a victim does not free its memory */
	/* memcg_charge */
	REASON_CHARGED,
	REASON_CHARGED_OVER, /* over the limit: it may not fail */
	REASON_MEMCG_LIMIT,  /* mm_page_alloc as well: refused */
	/* out_of_memory of a group, SysRq: nobody that may be killed */
	REASON_OOM_NO_VICTIM,
	/* compact_block_skipped */
	REASON_BLOCK_SKIP_BIT,	/* its skip bit says it is not worth it */
	REASON_BLOCK_TYPE,	/* of a type that is not for this scanner */
	REASON_BLOCK_HUGE_PAGE, /* one page covers it */
	REASON_BLOCK_HOLE,	/* its ends are not memory of this zone */
	REASON_BLOCK_FREE,	/* begins with a free block that is large enough
				 */
	/* compact_refused */
	REASON_PAGE_NOT_LRU,
	REASON_PAGE_TOO_LARGE,	  /* of the order wanted, or more */
	REASON_PAGE_PINNED,	  /* somebody holds it */
	REASON_PAGE_NOFS,	  /* of a file, and the caller lacks FS */
	REASON_PAGE_UNEVICTABLE,  /* vm.compact_unevictable_allowed is 0 */
	REASON_PAGE_WRITEBACK,	  /* being written */
	REASON_PAGE_LOCKED,	  /* somebody has locked it */
	REASON_PAGE_NO_TARGET,	  /* there is no free page to move it to */
	REASON_PAGE_GIVEN_UP,	  /* another page of its group does not move */
	REASON_FREE_AT_WATERMARK, /* the zone is at its min mark */
	/* compact_positions */
	REASON_SCANNERS_MET,
	REASON_SKIP_RESET, /* skip bits were cleared */
	REASON_OUT_OF_ZONE,
	/* why a range is not isolated, or not taken */
	REASON_PAGE_RESERVED,
	REASON_PAGE_CROSSES,   /* from one pageblock into another */
	REASON_BLOCK_ISOLATED, /* by somebody else */
	REASON_BLOCK_CMA,
	REASON_ISOLATED,   /* cut, or put together, as pageblocks are shut */
	REASON_OFFLINE,	   /* memory that goes away */
	REASON_NODE_FULL,  /* no zone of it has room above its high mark */
	REASON_PAGE_FIXED, /* dirty, and its file system cannot move it */
	/* mm_compaction_finished: the line that decided */
	REASON_FINISH_WHOLE,	/* order -1: not before the scanners meet */
	REASON_FINISH_INSIDE,	/* not in the middle of a pageblock */
	REASON_FINISH_BLOCK,	/* a block of the request's type is free */
	REASON_FINISH_FALLBACK, /* one of another type, to be claimed */
	REASON_FINISH_NO_BLOCK,
	REASON_FINISH_KILLED,	  /* a fatal signal */
	REASON_FINISH_PAGEBLOCKS, /* defrag_mode: whole pageblocks count */
	REASON_FINISH_SCORE,	  /* proactive: low enough */
	REASON_FINISH_SCORE_HIGH,
	REASON_FINISH_KSWAPD, /* proactive: makes way */
	/* compact_stopped: without that test */
	REASON_STOP_NOT_NEEDED, /* the request would be served anyway */
	REASON_STOP_UNSUITABLE, /* mm_compaction_suitable says why */
	REASON_STOP_NO_CMA,	/* what is free is CMA's */
	REASON_STOP_NO_TARGET,
	REASON_STOP_ISOLATED, /* too many pages are isolated */
	REASON_STOP_CAPTURED,
	/* slowpath: once more, though the OOM killer was not asked */
	REASON_NOFAIL_AGAIN,
	/* kswapd_let_sleep */
	REASON_NODE_BALANCED,
	REASON_NODE_HOPELESS,
	/* a pool's page: of hugetlbfs */
	REASON_PAGE_HUGETLB,	   /* compaction leaves it alone */
	REASON_HUGETLB_GIGANTIC,   /* no other can take its place */
	REASON_HUGETLB_BUSY,	   /* about to move already */
	REASON_HUGETLB_RESERVED,   /* all free ones of its pool are */
	REASON_HUGETLB_NO_NEW,	   /* the buddy has none */
	REASON_HUGETLB_NO_SURPLUS, /* nr_overcommit_hugepages */
	NR_REASONS
};

/** Which fallback policy rules the world; design "two eras". */
enum mm_era { ERA_LINUX_7_3, ERA_LINUX_2_6_24, NR_ERAS };

/** Transparent huge pages; W12. */
enum mm_thp {
	THP_NONE,  /* the kernel has none, or switched them off at boot */
	THP_ON,	   /* always or madvise: they raise min_free_kbytes */
	THP_NEVER, /* there, but not used */
};

/** Are pages kept apart by their types?  W9; small worlds are, as a rule. */
enum mm_grouping {
	GROUPING_ON,
	GROUPING_OFF,
	GROUPING_AUTO, /* the kernel's rule: not below six pageblocks */
	NR_GROUPINGS
};

/** Which zones there are: those of amd64, or of a 32-bit machine. */
enum mm_zone_layout { LAYOUT_64BIT, LAYOUT_HIGHMEM, NR_LAYOUTS };

/** Bits of a frame that a recording or a user may set (struct mm_frame). */
enum page_attr {
	PAGE_LRU = 0x1,
	PAGE_UNEVICTABLE = 0x2,
	PAGE_MLOCKED = 0x4,
	PAGE_LOCKED = 0x8,
	PAGE_DIRTY = 0x10,
	PAGE_WRITEBACK = 0x20,
	PAGE_ACTIVE = 0x40,
	PAGE_SWAPBACKED = 0x80,
	PAGE_SWAPCACHE = 0x100,
	PAGE_MOVABLE_OPS = 0x200,
	PAGE_COMPOUND = 0x400,
	PAGE_PRIVATE = 0x800,
	PAGE_REFERENCED = 0x1000,
	PAGE_WORKINGSET = 0x2000,
	PAGE_RECLAIM = 0x4000, /* to the tail when its writeback ends */
	PAGE_PINNED = 0x8000,  /* somebody holds it: it cannot move or go */
};

/** enum lru_list; a family's active list follows its inactive one. */
enum lru_list {
	LRU_INACTIVE_ANON,
	LRU_ACTIVE_ANON,
	LRU_INACTIVE_FILE,
	LRU_ACTIVE_FILE,
	LRU_UNEVICTABLE,
	NR_LRU_LISTS
};

/** A CPU's batches of pages that are to change lists, in draining order. */
enum lru_batch {
	LRU_ADD,
	LRU_MOVE_TAIL,
	LRU_DEACTIVATE_FILE,
	LRU_DEACTIVATE,
	LRU_LAZYFREE,
	LRU_ACTIVATE,
	NR_LRU_BATCHES
};
#define LRU_BATCH 31 /* FOLIO_BATCH_SIZE */

/** Jiffies a second. */
#define MM_HZ 250

/** What moving a page may wait for; enum migrate_mode. */
enum migrate_mode { MIGRATE_ASYNC, MIGRATE_SYNC_LIGHT, MIGRATE_SYNC };

/** enum migrate_reason: who moves pages, and why. */
enum migrate_reason {
	MR_COMPACTION,
	MR_MEMORY_FAILURE,
	MR_MEMORY_HOTPLUG,
	MR_SYSCALL,
	MR_MEMPOLICY_MBIND,
	MR_NUMA_MISPLACED,
	MR_CONTIG_RANGE,
	MR_LONGTERM_PIN,
	MR_DEMOTION,
	MR_DAMON,
	NR_MIGRATE_REASONS
};

/** enum compact_priority: the strongest is the smallest. */
enum compact_priority {
	COMPACT_PRIO_SYNC_FULL,
	COMPACT_PRIO_SYNC_LIGHT,
	COMPACT_PRIO_ASYNC,
};

/** enum compact_result, by how much it says (P26). */
enum compact_result {
	COMPACT_NOT_SUITABLE_ZONE,
	COMPACT_SKIPPED,
	COMPACT_DEFERRED,
	COMPACT_NO_SUITABLE_PAGE,
	COMPACT_CONTINUE,
	COMPACT_COMPLETE,
	COMPACT_PARTIAL_SKIPPED,
	COMPACT_CONTENDED,
	COMPACT_SUCCESS,
	NR_COMPACT_RESULTS
};

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

enum task_flag {
	TASK_MEMALLOC = 1, /* PF_MEMALLOC */
	TASK_NOIO = 2,	   /* scopes: memalloc_noio_save() ... */
	TASK_NOFS = 4,
	TASK_PIN = 8,
	TASK_REALTIME = 16,
};

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

/** /sys/kernel/mm/transparent_hugepage/defrag */
enum thp_defrag {
	THP_DEFRAG_ALWAYS,
	THP_DEFRAG_DEFER,
	THP_DEFRAG_DEFER_MADVISE,
	THP_DEFRAG_MADVISE, /* the default */
	THP_DEFRAG_NEVER,
};

/** What is done to pages of a process; process_pages.c. */
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
	NR_PAGE_OPS
};

/** Whose memory has run out, enum oom_constraint. */
enum mm_oom_constraint {
	CONSTRAINT_NONE,
	CONSTRAINT_CPUSET,
	CONSTRAINT_MEMORY_POLICY,
	CONSTRAINT_MEMCG,
	NR_CONSTRAINTS
};

/** Memory policies, MPOL_*. */
enum mm_policy {
	POLICY_LOCAL,
	POLICY_PREFERRED,
	POLICY_PREFERRED_MANY,
	POLICY_BIND,
	POLICY_INTERLEAVE,
	POLICY_WEIGHTED_INTERLEAVE,
	NR_POLICIES
};

#endif
