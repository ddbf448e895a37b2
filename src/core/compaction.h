/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compaction.h - direct compaction: the zones of a request, one by one
 *
 * Two scanners walk towards each other through a zone: one gathers pages that
 * can be moved, from the bottom, the other free pages for them, from the top.
 * What is done so far is in the task's compact_control, so that others can
 * run in between.
 *
 *	compaction.c            over the zones of a request; capture
 *	compact_suitable.c      is it worth it: watermarks, index, deferral
 *	compact_zone.c          one run over one zone
 *	compact_finished.c      ... and when it is over
 *	compact_skip.c          where the scanners go on; skip bits
 *	compact_source.c        the migration scanner chooses a pageblock
 *	compact_migrate_scan.c  ... and gathers its pages
 *	compact_free_scan.c     the free scanner, pageblock by pageblock
 *	compact_free_fast.c     ... and its shortcut over the free lists
 *	migrate*.c              moving pages
 *	kcompactd.c             in the background
 *	compact_memory.c        by hand
 *
 * Models:   try_to_compact_pages, compact_zone_order, compaction_capture in
 *           mm/compaction.c and mm/page_alloc.c; compaction.md 12, 14
 * Keeps:    COMPACT_RUN, COMPACT_LISTS (check_compact.c)
 */
#ifndef CORE_COMPACTION_H
#define CORE_COMPACTION_H

#include "core/gfp.h"

/** Pages that compaction needs to stand on: twice the block, at most 32. */
static inline int64_t compact_gap(unsigned int order)
{
	return order < 4 ? (int64_t)2 << order : 32;
}

/* ---- compact_suitable.c ---- */

/** 4.3: enough free pages above @mark, and not for want of memory alone. */
bool compaction_suitable(struct mm *mm, zone_t zid, unsigned int order,
			 int64_t mark, unsigned int highest);
/** 4.4: SUCCESS (nothing to do), SKIPPED, or CONTINUE. */
enum compact_result
compaction_suit_allocation_order(struct mm *mm, zone_t zid, unsigned int order,
				 unsigned int highest, uint32_t alloc_flags,
				 bool async, bool kcompactd);
/** 4.4.3: too few pages without those of CMA, which are not for this. */
bool compaction_lacks_non_cma(const struct mm *mm, zone_t zid,
			      unsigned int order, unsigned int highest,
			      uint32_t alloc_flags, bool async);
/** 4.6, 15.5: how fragmented a zone and a node are, 0 to 100. */
unsigned int fragmentation_score_zone(const struct mm *mm, zone_t zid);
unsigned int fragmentation_score_node(const struct mm *mm, unsigned int nid);
/** 15.5: kcompactd starts above the high mark, and stops at the low one. */
unsigned int fragmentation_score_wmark(const struct mm *mm, bool low);
/** 13.1 to 13.4 */
void defer_compaction(struct mm *mm, zone_t zid, unsigned int order);
bool compaction_deferred(struct mm *mm, zone_t zid, unsigned int order);
void compaction_defer_reset(struct mm *mm, zone_t zid, unsigned int order,
			    bool alloc_success);
bool compaction_restarting(const struct mm *mm, zone_t zid, unsigned int order);

/* ---- compact_skip.c ---- */

/**
 * 3.7: kswapd goes to sleep: skip bits of the node's zones are cleared where
 * a direct run has asked for it.
 */
void reset_isolation_suitable(struct mm *mm, unsigned int nid);
/** Find out which zones are contiguous: set_zone_contiguous(). */
void set_zones_contiguous(struct mm *mm);

/* ---- compaction.c ---- */

/** The task's compact_control is made ready; `step` is not 0 from here on. */
void direct_compact_begin(struct mm *mm, uint32_t task,
			  const struct alloc_context *ac, unsigned int order,
			  uint32_t alloc_flags, enum compact_priority prio);
/** One quantum; with QUANTUM_DONE `step` is 0 again. */
enum mm_quantum direct_compact_step(struct mm *mm, uint32_t task,
				    const struct alloc_context *ac);
/** What it came to; a captured page in *@pfn, which else is left alone. */
enum compact_result direct_compact_end(struct mm *mm, uint32_t task,
				       pfn_t *pfn);
/** 12.5: what the allocation that followed says about it. */
void direct_compact_account(struct mm *mm, pfn_t pfn, unsigned int order);

#endif
