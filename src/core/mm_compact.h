/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_compact.h - compaction; part of mm.h
 *
 * Requests compact by themselves when they have to, and every node has a
 * kcompactd.  Here it is done by hand, and looked at.
 */
#ifndef BUDDYSCOPE_MM_COMPACT_H
#define BUDDYSCOPE_MM_COMPACT_H

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

/**
 * mm_compact - compact one zone, or (NO_ZONE) all zones of all nodes
 * @order: -1: the whole zone, as /proc/sys/vm/compact_memory does; else up to
 *         the first block of that order for a movable request, from where the
 *         last run stopped
 * @mode:  what moving a page may wait for; compact_memory is MIGRATE_SYNC
 * @result: the most that a zone came to; may be NULL
 *
 * -EINVAL with a reason for a zone, order or mode that there is not.
 * Models: sysctl_compaction_handler(), compact_zone()
 */
int mm_compact(struct mm *mm, zone_t zid, int order, enum migrate_mode mode,
	       enum compact_result *result, struct mm_error *err);
/** The same handed to a user's task that is at ease, to be run by mm_run(). */
int mm_task_compact(struct mm *mm, unsigned int task, zone_t zid, int order,
		    enum migrate_mode mode, struct mm_error *err);
/**
 * mm_kcompactd - have a node's kcompactd begin, whether it is worth it or not
 * @order:   to make blocks of; -1: proactively, by the fragmentation score
 * @highest: highest zone index, of an order
 *
 * Nothing is done before it runs: mm_settle(), or mm_run().  -EBUSY while it
 * is at work.
 */
int mm_kcompactd(struct mm *mm, unsigned int nid, int order,
		 unsigned int highest, struct mm_error *err);

/**
 * What kswapd does when it goes to sleep: the skip bits of a zone are cleared
 * if a direct run has asked for it.  Models: __reset_isolation_suitable()
 */
void mm_compact_reset(struct mm *mm, zone_t zid);

/** What a zone remembers; positions are frames, as the kernel keeps them. */
struct mm_compact_zone {
	uint64_t migrate_async, migrate_sync, free; /* where scanners go on */
	uint64_t init_migrate, init_free; /* 0 until skip bits were cleared */
	unsigned int considered, defer_limit; /* attempts; of so many */
	unsigned int order_failed;    /* lower orders are never deferred */
	bool flush_skip_bits;	      /* to be cleared when kswapd sleeps */
	unsigned int skip_bits;	      /* pageblocks that have one */
	unsigned int score;	      /* how fragmented it is, 0 to 100 */
	unsigned int isolated_blocks; /* pageblocks that are shut */
};
void mm_compact_zone_info(const struct mm *mm, zone_t zid,
			  struct mm_compact_zone *info);

/** Where a run stands: "you are here". */
enum mm_compact_at {
	COMPACT_AT_NONE,
	COMPACT_AT_START,     /* is it worth it? */
	COMPACT_AT_BEGIN,     /* where do the scanners begin? */
	COMPACT_AT_FINISH,    /* is it over? */
	COMPACT_AT_SEARCH,    /* the free lists, for a pageblock to scan */
	COMPACT_AT_CHOOSE,    /* ... or the next pageblock in order */
	COMPACT_AT_SCAN,      /* that pageblock, page by page */
	COMPACT_AT_UNMAP,     /* pages get their targets */
	COMPACT_AT_FREE_SCAN, /* there are no targets left */
	COMPACT_AT_MOVE,      /* pages go to their targets */
	COMPACT_AT_CAPTURED,  /* has a free been captured? */
	COMPACT_AT_DRAIN,     /* per-CPU lists, so that blocks merge */
	COMPACT_AT_END,	      /* targets that were not used go back */
	NR_COMPACT_AT
};
/** "gather pages", ...: for the chart and for people. */
const char *mm_compact_at_name(enum mm_compact_at at);

/**
 * A task's run in hand; without one, `running` is false, `zone` NO_ZONE.
 *
 * migrate_pfn and free_pfn are where the scanners stand between blocks; while
 * one of them is in a pageblock, source_page or target_page is the page that
 * it looks at next, else NO_PFN.
 */
struct mm_compact_task {
	bool running;
	zone_t zone;
	int order; /* -1: whole zone */
	enum migrate_mode mode;
	enum migratetype type; /* of the request it is for */
	enum mm_compact_at at;
	uint64_t migrate_pfn, free_pfn; /* the two scanners */
	uint64_t source_page, target_page;
	uint32_t isolated, targets; /* pages in its hands */
	uint64_t scanned_sources, scanned_targets;
	bool direct, whole_zone, proactive;
	bool by_hand;	/* mm_task_compact() began it; it may not run yet */
	pfn_t captured; /* block kept for its request, or NO_PFN */
	bool captures; /* a block of the order below is kept, if it frees one */
	unsigned int capture_order;
	enum migratetype capture_type;
};
void mm_compact_task_info(const struct mm *mm, unsigned int task,
			  struct mm_compact_task *info);

/** What the last run of a task came to, over all of its zones. */
enum compact_result mm_compact_task_result(const struct mm *mm,
					   unsigned int task);

/**
 * What a write to compact_memory answers: 0, whatever the zones' results, or
 * -EINTR if a fatal signal was there before one of them was begun.
 */
int mm_compact_task_error(const struct mm *mm, unsigned int task);

/** One page that a task moves: out of use for everybody else. */
struct mm_in_flight {
	pfn_t src, dst; /* dst: NO_PFN as long as it has no target */
	unsigned int order;
	bool failed; /* it did not move, and will be put back */
};
/**
 * The @i-th page in a task's hands, those that have a target first; false
 * past the last.  Also of a task that empties a range or a memory block.
 */
bool mm_in_flight(const struct mm *mm, unsigned int task, unsigned int i,
		  struct mm_in_flight *f);

/** As tracepoints print it: "partial_skipped". */
const char *mm_compact_result_name(enum compact_result r);

#endif
