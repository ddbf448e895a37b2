/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vmscan.h - reclaim: what its parts share
 *
 * A run of reclaim is a scan_control.  Each quantum works on a copy of the
 * one in its task's record and puts it back at the end.  From the outside
 * in: a run (reclaim.c, balance.c, node_reclaim.c) does passes over nodes, a
 * node pass (shrink_node.c) scans the node's lists by the shares that
 * scan_balance.c finds (shrink_lruvec.c), a scan takes up to 32 pages off a
 * list (isolate.c, shrink_list.c) and decides the fate of each
 * (shrink_folios.c).  Within a quantum nothing stays isolated.
 *
 * Models:   struct scan_control in mm/vmscan.c; R13 to R26
 * Left out: MGLRU, PSI, vmpressure
 */
#ifndef CORE_VMSCAN_H
#define CORE_VMSCAN_H

#include "core/gfp.h"
#include "core/vmstat.h"

#define SWAP_CLUSTER_MAX 32
#define SWAP_CLUSTER_MAX_SKIPPED (SWAP_CLUSTER_MAX << 10)
#define DEF_PRIORITY 12
#define ANON_AND_FILE 2

/** Permissions, findings and stages of a run; each is one of the kernel's. */
enum scan_flag {
	SCAN_KSWAPD = 0x1,
	SCAN_MAY_WRITE = 0x2, /* anonymous pages to swap */
	SCAN_MAY_UNMAP = 0x4,
	SCAN_MAY_SWAP = 0x8,
	SCAN_DEACTIVATE_ANON = 0x10, /* SCAN_DEACTIVATE_ANON << family */
	SCAN_DEACTIVATE_FILE = 0x20,
	SCAN_FORCE_DEACTIVATE = 0x40,
	SCAN_SKIPPED_DEACTIVATE = 0x80,
	SCAN_CACHE_TRIM = 0x100,
	SCAN_CACHE_TRIM_FAILED = 0x200,
	SCAN_NO_CACHE_TRIM = 0x400,
	SCAN_FILE_IS_TINY = 0x800,
	SCAN_FULL_WALK = 0x1000,
	SCAN_COMPACTION_READY = 0x2000,
	SCAN_NO_DEMOTION = 0x4000,
	SCAN_LOW_SKIPPED = 0x8000,  /* memory.low has spared something */
	SCAN_LOW_RECLAIM = 0x10000, /* and does so no more */
	SCAN_ALL_FLAGS = 0x1ffff,
};

/* ---- scan_balance.c ---- */

/** R14 on numbers: are there too few inactive pages? */
bool inactive_too_few(int64_t inactive, int64_t active,
		      unsigned int page_shift);
/** R14 of @group and all below it; @inactive is a family's inactive list. */
bool inactive_is_low(const struct mm *mm, unsigned int nid, uint32_t group,
		     enum lru_list inactive);
/** R13, R15, R16: what the node's lists say before they are scanned. */
void prepare_scan_control(struct mm *mm, unsigned int nid,
			  struct scan_control *sc);
/** R17: pages to scan of each evictable list. */
void get_scan_count(const struct mm *mm, unsigned int nid,
		    const struct scan_control *sc, int64_t nr[LRU_UNEVICTABLE]);
/** The counters that R15 compares with, at the end of a run. */
void snapshot_refaults(struct mm *mm, unsigned int nid);
/** Is anonymous memory worth ageing: could it ever be reclaimed? R18 */
bool can_age_anon(const struct mm *mm, unsigned int nid,
		  const struct scan_control *sc);
/** Could an anonymous page be got rid of now? */
bool can_reclaim_anon(const struct mm *mm, unsigned int nid,
		      const struct scan_control *sc);

/* ---- lru_set.c: a node's pages by groups ---- */

/** Is the page one of those that are scanned now? */
bool page_in_set(const struct mm *mm, pfn_t pfn, const struct scan_control *sc);
/** The set's pages on a list, in zones up to @reclaim_index. */
int64_t set_lru_size(const struct mm *mm, unsigned int nid, enum lru_list lru,
		     const struct scan_control *sc);
/** Pages of @group and all below it on a list. */
int64_t group_lru_size(const struct mm *mm, unsigned int nid, uint32_t group,
		       enum lru_list lru);
/** The one after sc->set in the tree below sc->group; false: all are done. */
bool next_set(const struct mm *mm, struct scan_control *sc);
/** R25.2: do min or low spare the set altogether? Notes what low has spared. */
bool set_is_spared(struct mm *mm, struct scan_control *sc);
/** What of @size pages they leave to be scanned. */
int64_t unprotected_part(const struct mm *mm, const struct scan_control *sc,
			 int64_t size);

/* ---- isolate.c ---- */

/** Pages taken off a list, the oldest first. */
struct isolated {
	pfn_t pfn[SWAP_CLUSTER_MAX];
	unsigned int n;
	int64_t pages;
	int64_t scanned; /* pages looked at, those set aside included */
};
/** R20 */
void isolate_lru_folios(struct mm *mm, unsigned int nid, enum lru_list lru,
			int64_t nr_to_scan, const struct scan_control *sc,
			struct isolated *to);

/* ---- shrink_folios.c ---- */

/** What became of a batch. */
struct reclaim_stat {
	int64_t dirty, unqueued_dirty, congested, writeback, immediate;
	int64_t activate[ANON_AND_FILE];
	int64_t ref_keep, unmap_fail, demoted;
};
/** R21; pages that stay are left in @from, in their order. */
int64_t shrink_folio_list(struct mm *mm, unsigned int nid,
			  struct scan_control *sc, struct isolated *from,
			  struct reclaim_stat *stat);

/* ---- shrink_list.c ---- */

/** R19: one scan of up to 32 pages of a list; pages reclaimed. */
int64_t shrink_list(struct mm *mm, unsigned int nid, enum lru_list lru,
		    int64_t nr_to_scan, struct scan_control *sc);
/** R24 */
void shrink_active_list(struct mm *mm, unsigned int nid, enum lru_list lru,
			int64_t nr_to_scan, struct scan_control *sc);

/* ---- shrink_lruvec.c ---- */

/** How much of each list is to be scanned, and how much is left of it. */
struct scan_plan {
	int64_t orig[LRU_UNEVICTABLE], rest[LRU_UNEVICTABLE];
};
/** One scan of @n pages; pages reclaimed. */
typedef int64_t (*scan_fn)(void *arg, enum lru_list lru, int64_t n);
/** R18 without what is around it; @whole: not to stop early. */
int64_t run_scan_plan(struct scan_plan *plan, int64_t target, bool whole,
		      scan_fn scan, void *arg);
void shrink_lruvec(struct mm *mm, unsigned int nid, struct scan_control *sc);

/* ---- shrink_node.c ---- */

/** R25: one pass over a node, and as many more as R26 grants. */
void shrink_node(struct mm *mm, unsigned int nid, struct scan_control *sc);

/* ---- throttle.c ---- */

/**
 * The run is to wait: its quantum must end with QUANTUM_SLEEP when
 * `throttle` is set.  The first reason of a quantum counts.  R47
 */
void reclaim_throttle(struct mm *mm, unsigned int nid, struct scan_control *sc,
		      enum task_wait reason);
/** The wait, if there was one, is over. */
void reclaim_throttled(struct mm *mm, struct scan_control *sc);
/** R42's end: wait when nothing is got back, let others go when much is. */
void consider_reclaim_throttle(struct mm *mm, unsigned int nid,
			       struct scan_control *sc);
/** Those who wait for that because of the node go on. */
void wake_throttled(struct mm *mm, unsigned int nid, enum task_wait reason);
/** Killed, it has better things to do than to wait. */
bool task_is_dying(const struct mm *mm, uint32_t task);
/** R44's test */
bool allow_direct_reclaim(struct mm *mm, unsigned int nid);
/** R44; true if the task now waits for it. */
bool throttle_direct_reclaim(struct mm *mm, const struct alloc_context *ac,
			     struct scan_control *sc);

#endif
