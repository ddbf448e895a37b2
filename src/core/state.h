/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state.h - the flat block: what a world is made of
 *
 * One allocation holds, one after the other:
 *
 *	struct state | zones | per-CPU pagesets | LRU batches | tasks |
 *	processes | owners | bits of CMA areas | pageblocks | frames
 *
 * Everything refers to everything by index.  All-zero bytes are an untouched
 * frame, and frames stay untouched until a block below pageblock size is cut
 * out of their pageblock: a free block of a pageblock or more is recorded in
 * its pageblock's record, a smaller one in its first frame's.  That is why a
 * 1 TiB world is made in milliseconds, and why PAGEBLOCK_TOUCHED lets hash,
 * save, compare and copy skip what nobody wrote.
 *
 * All structs are free of padding, so that equal states are equal bytes.
 *
 * Models: struct page, pageblock_flags, free_area, per_cpu_pages, zone,
 *         pglist_data in include/linux/mmzone.h
 */
#ifndef CORE_STATE_H
#define CORE_STATE_H

#include <assert.h>

#include "core/mm.h"
#include "core/state_block.h"
#include "core/state_tasks.h"

/* ---- zones ---- */

/** One of a zone's free lists. */
struct free_list {
	struct list list;
	uint32_t nr; /* blocks */
};

enum zone_stat_item {
	NR_FREE_PAGES,
	NR_FREE_PAGES_BLOCKS,
	NR_FREE_CMA,
	NR_ZSTAT
};
/* hit and local are what is served less miss and other */
enum numa_stat_item {
	NUMA_MISS,
	NUMA_FOREIGN,
	NUMA_OTHER,
	NUMA_INTERLEAVE,
	NR_NUMA_STAT
};

/** Counters of a node (enum node_stat_item), and what has happened. */
enum node_stat_item {
#define NODE_STAT(item, name) item,
#define VM_EVENT(item, name)
#include "core/vmstat_items.def"
#undef NODE_STAT
#undef VM_EVENT
	NR_NODE_STAT
};
enum vm_event_item {
#define NODE_STAT(item, name)
#define VM_EVENT(item, name) VM_##item,
#include "core/vmstat_items.def"
#undef NODE_STAT
#undef VM_EVENT
	NR_VM_EVENT
};

struct zone {
	uint32_t start, spanned, present, managed;
	uint32_t cma;	/* frames in CMA pageblocks */
	uint32_t flags; /* enum zone_flag */
	uint32_t nr_isolate_pageblock;
	uint32_t pageset_batch, pageset_high_min, pageset_high_max;
	uint32_t stat_threshold; /* of every CPU's differences */
	uint32_t percpu_drift_mark;
	uint32_t contiguous; /* no pageblock in it has a hole at its ends */
	uint32_t compact_blockskip_flush; /* skip bits may be cleared */
	uint32_t compact_considered, compact_defer_shift, compact_order_failed;
	uint32_t pad;
	/* where the scanners go on: migration by [mode is not ASYNC] */
	uint64_t compact_cached_free_pfn, compact_cached_migrate_pfn[2];
	uint64_t compact_init_migrate_pfn, compact_init_free_pfn;
	int64_t stat[NR_ZSTAT]; /* without the per-CPU differences */
	int64_t nr_free_highatomic, nr_reserved_highatomic;
	int64_t wmark[NR_WMARK]; /* boost not added */
	int64_t boost;
	int64_t lowmem_reserve[MAX_NR_ZONES];
	int64_t lru[NR_LRU_LISTS]; /* pages on its node's lists */
	int64_t write_pending, mlock;
	uint64_t numa[NR_NUMA_STAT];
	uint32_t nonempty[MIGRATE_TYPES]; /* bit o: free[o][type] has one */
	struct free_list free[MM_MAX_ORDERS][MIGRATE_TYPES];
};

/* ---- per-CPU pagesets ---- */

#define NR_PCP_LISTS 14
enum pcp_flag { PCPF_PREV_FREE_HIGH_ORDER = 1, PCPF_FREE_HIGH_BATCH = 2 };

struct pcp {
	int32_t count, high, high_min, high_max, batch; /* pages */
	int32_t free_count, alloc_factor;
	uint32_t flags; /* enum pcp_flag */
	int32_t expire;
	int32_t diff[NR_ZSTAT]; /* this CPU's share of zone.stat */
	uint64_t served;       /* requests, or single pages of a bulk request */
	uint64_t pgalloc_more; /* pages beyond the first of each request */
	uint64_t pgfree;       /* pages */
	struct list list[NR_PCP_LISTS];
};

/* ---- owners: a name for a group of allocated blocks ---- */

struct owner {
	char name[MM_OWNER_NAME];
	uint64_t pages;
	/* those on no LRU list, as they were got; links in the frames */
	struct list blocks;
	uint32_t nr;	  /* blocks in all */
	uint32_t nr_lru;  /* of them on LRU lists */
	uint64_t charged; /* pages, BLOCK_CHARGED, to the group */
	uint32_t group;
	uint32_t flags; /* enum owner_flag */
};

enum owner_flag {
	OWNER_FIXED = 0x1,  /* its files' pages do not move while dirty */
	OWNER_FROZEN = 0x2, /* its pages have no references: slab */
};

/* ---- nodes ---- */

enum node_flag {
	NODE_CONGESTED = 1,	 /* LRUVEC_NODE_CONGESTED */
	NODE_MANY_WRITEBACK = 2, /* PGDAT_WRITEBACK */
	NODE_RECLAIM_LOCKED = 4, /* PGDAT_RECLAIM_LOCKED: node_reclaim() */
};

/** What reclaim remembers of a node's LRU lists; index 0 anon, 1 file. */
struct lruvec {
	struct list list[NR_LRU_LISTS];
	uint64_t nonresident_age;
	int64_t cost[2], last_io[2], last_rotate[2];
	int64_t last_activate[2]; /* workingset_activate after the last run */
};

#define MAX_ZONELIST (MM_MAX_NODES * MAX_NR_ZONES)
#define KSWAPD_NONE MAX_NR_ZONES /* no highest zone index asked for */

struct node {
	uint32_t start, spanned, present;
	uint32_t kswapd_order, kswapd_highest, kswapd_failures, kswapd_asleep;
	uint32_t nr_zonelist[2]; /* 0: with fallback nodes, 1: THISNODE */
	uint16_t zonelist[2][MAX_ZONELIST];
	uint32_t flags; /* enum node_flag */
	uint32_t kcompactd_order, kcompactd_highest, proactive_trigger, pad;
	uint64_t proactive_seen; /* free lists at a run that was in vain */
	struct lruvec lru;
	int64_t stat[NR_NODE_STAT];
};

struct state {
	struct mm_config cfg; /* the constants and settings in force */
	uint64_t rng;
	uint32_t nr_frames; /* of the arrays: end_pfn rounded up */
	uint32_t end_pfn;
	uint32_t nr_pageblocks;
	uint32_t nr_owners;
	uint32_t nr_populated;
	uint32_t mobility_disabled;	  /* page_group_by_mobility_disabled */
	uint16_t populated[MAX_ZONELIST]; /* zones by address */
	uint32_t user_min_free_kbytes;	  /* written by the user; ~0: never */
	uint32_t nr_tasks, nr_processes;  /* records in use or once used */
	uint32_t nr_groups, nr_cpusets, nr_slabs;
	uint32_t next_pid;
	uint32_t nr_batched;   /* pages in LRU batches of all CPUs */
	uint32_t lru_disabled; /* who wants no batches: lru_cache_disable() */
	uint64_t jiffies;
	uint64_t next_report, next_stall_report; /* jiffies; warn_alloc.c */
	uint64_t oom_reports_from;		 /* jiffies; oom_kill.c */
	uint32_t oom_reports, oom_pad;
	int64_t swap_total, swap_free; /* slots, a page each */
	uint64_t vm_event[NR_VM_EVENT];
	struct group group[MM_MAX_GROUPS];
	struct cpuset cpuset[MM_MAX_CPUSETS];
	struct slab slab[MM_MAX_SLABS];
	struct write write[NR_WRITES]; /* 0 is none */
	uint32_t nr_shadows, first_shadow;
	struct shadow shadow[NR_SHADOWS]; /* a ring, the oldest first */
	struct cma_area cma[MM_MAX_CMA];  /* cfg.nr_cma of them */
	struct hstate hstate[NR_HUGETLB_SIZES];
	struct node node[MM_MAX_NODES];
};

/* ---- the handle ---- */

struct history;

/**
 * What the last request was prepared to: requests repeat.  Not state: any
 * change of what it was made from clears it, memo_forget().
 */
struct request_memo {
	bool valid;
	struct mm_request want; /* owner, attr and how large play no part */
	struct alloc_context {
		gfp_t gfp;
		unsigned int order;
		enum migratetype mt;
		unsigned int highest; /* zone index */
		unsigned int caller;  /* enum mm_caller */
		unsigned int task;    /* who asks; 0: nobody in particular */
		bool spread_dirty;    /* fast path: mind the dirty limits */
		uint32_t nodemask;    /* eligible nodes; ALL_NODES: no mask */
		const uint16_t *zonelist;
		unsigned int nr_zones; /* of the list */
		unsigned int pref; /* first eligible entry; nr_zones: none */
	} ac;
	uint32_t alloc_flags; /* of the fast path */
};

#define NO_GFP UINT32_MAX /* no request has these flags */

/**
 * Small blocks that come from a per-CPU list and go back there, with nobody
 * recording: what every one of them would find out again.  Nothing else
 * happens between them, or this is forgotten: op_enter() does it.
 */
struct quick {
	struct mm_request want; /* gfp is NO_GFP: prepared for none */
	uint64_t asked;		/* the same of mm_alloc_page(): page_asked() */
	unsigned int max_order; /* of requests: 0 or 3 */
	enum migratetype mt;	/* of the requests */
	zone_t zid; /* the preferred zone, NO_ZONE: prepared for none */
	const struct pcp *pcp;	/* its per-CPU lists, of this CPU */
	int32_t limit;		/* pcp_limit() of them */
	int32_t free_count_max; /* pcp_free_count_max() of them */
	/* single pages of the requests' type, on their way out and back */
	const struct list *list, *back;
	uint32_t kind; /* pageblock_kind() of where they lie */
	uint32_t word; /* theirs, on the list */
	uint32_t cpu;  /* mm->cpu */
	uint64_t home; /* first of a run of such frames, and the CPU on top */
	uint32_t home_nr; /* frames of the run */
	/* so many of them can be freed and are but counted: quick_credit() */
	int32_t credit;
	int32_t freed; /* what each adds to free_count */
};

/** Some of the pageblocks in a row that are of one kind; see pageblock.h. */
struct pageblock_run {
	uint32_t first, end; /* pageblocks, without the last */
	uint32_t kind;
};

struct mm {
	const struct state *st;
	const struct zone *zone;	 /* [zone_t] */
	const struct pcp *pcp;		 /* [zone_t * nr_cpus + cpu] */
	const struct lru_batches *batch; /* [cpu] */
	const struct task *task;	 /* [0..nr_tasks-1] */
	const struct process *process;	 /* [1..nr_processes] */
	const struct owner *owner;	 /* [1..nr_owners] */
	const uint64_t *cma_bits;	 /* of all areas; 1: used */
	const struct pageblock *pb;
	const struct page *page;
	struct history *tape;  /* not NULL: note old bytes */
	struct history *trace; /* not NULL: note events */
	unsigned char *block;  /* starts a cache line */
	unsigned char *alloc;  /* what is to be freed */
	size_t size;
	/* whose quantum it is, if what it frees may be kept for it */
	const struct capture_control *capture;
	/* 16 bits: then compilers see that no 32-bit STORE() changes them */
	uint16_t cpu;		 /* who runs the operation in hand */
	uint16_t current;	 /* its task; 0: a direct call */
	uint16_t pb_order;	 /* st->cfg.pageblock_order, for speed */
	pfn_t end_pfn;		 /* st->end_pfn, likewise */
	bool (*stop)(void *arg); /* not NULL: shall long work break off? */
	void *stop_arg;
	struct pageblock_run run; /* not state */
	struct quick quick;
	struct request_memo memo[2]; /* of single pages, of larger blocks */
};

/** Shall long work break off?  Asked once a quantum or 64 Ki steps. */
static inline bool break_off(const struct mm *mm)
{
	return mm->stop && mm->stop(mm->stop_arg);
}

/** An empty list that is nobody's. */
extern const struct list no_blocks;

/** No request is quick until others have been looked at whole. */
static inline void quick_forget_requests(struct mm *mm)
{
	mm->quick.want.gfp = NO_GFP;
	mm->quick.asked = NO_GFP;
	mm->quick.list = &no_blocks; /* in case somebody asks for NO_GFP */
	mm->quick.max_order = 0;
}

/** The world is about to change in another way than by quick pages. */
static inline void quick_forget(struct mm *mm)
{
	quick_forget_requests(mm);
	mm->quick.zid = NO_ZONE;
	mm->quick.kind = UINT32_MAX; /* no pageblock is of it */
	mm->quick.home_nr = 0;
}

/** What requests are prepared from, or anything at all, is about to change. */
static inline void memo_forget(struct mm *mm)
{
	mm->memo[0].valid = mm->memo[1].valid = false;
	mm->run.first = mm->run.end = 0;
	quick_forget(mm);
}

/** Frames of a pageblock. */
static inline pfn_t pageblock_nr_pages(const struct mm *mm)
{
	return (pfn_t)1 << mm->pb_order;
}

static inline pfn_t pageblock_start(const struct mm *mm, pfn_t pfn)
{
	return pfn & ~(pageblock_nr_pages(mm) - 1);
}

/** Where a FREE or PCP block of that order is recorded. */
static inline const struct block *block_at(const struct mm *mm, pfn_t pfn,
					   unsigned int order)
{
	/* pageblocks have order 1 at least: no need to ask for a constant 0 */
	if (!(__builtin_constant_p(order) && order == 0) &&
	    order >= mm->pb_order)
		return &mm->pb[pfn >> mm->pb_order].b;
	return &mm->page[pfn].b;
}

static inline const struct pcp *pcp_of(const struct mm *mm, zone_t zid,
				       unsigned int cpu)
{
	return &mm->pcp[(size_t)zid * mm->st->cfg.nr_cpus + cpu];
}

static inline unsigned int zone_nid(zone_t zid)
{
	return zid / MAX_NR_ZONES;
}

static inline enum zone_type zone_idx(zone_t zid)
{
	return (enum zone_type)(zid % MAX_NR_ZONES);
}

/** Lay the arrays out for @cfg and allocate them, all zero; NULL: no memory. */
struct mm *state_alloc(const struct mm_config *cfg);
void state_free(struct mm *mm);
/** Zone of a frame, the slow way: by address. */
zone_t zone_search(const struct mm *mm, pfn_t pfn) __attribute__((pure));
/** True if there is memory at @pfn. */
bool pfn_present(const struct mm *mm, pfn_t pfn);

#endif
