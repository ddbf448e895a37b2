/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kswapd.h - the background reclaimer of a node
 *
 * It is asked for free blocks of an order in zones up to an index
 * (kswapd_order, kswapd_highest of its node), reclaims until one of the zones
 * is balanced, naps to see whether that lasts, and sleeps.  `kswapd_asleep`
 * is 1 while it naps or sleeps.
 *
 * Models:   wakeup_kswapd, wake_all_kswapds, pgdat_balanced,
 *           pgdat_watermark_boosted, kswapd, kswapd_try_to_sleep,
 *           prepare_kswapd_sleep, balance_pgdat, kswapd_try_clear_hopeless in
 *           mm/vmscan.c and mm/page_alloc.c; P16, P17, R29 to R35
 * Keeps:    RECLAIM_RUNS (check_vmscan.c)
 */
#ifndef CORE_KSWAPD_H
#define CORE_KSWAPD_H

#include "core/gfp.h"

/** Failures that make a node hopeless; rounds without progress, too. */
#define MAX_RECLAIM_RETRIES 16

static inline bool node_is_hopeless(const struct mm *mm, unsigned int nid)
{
	return mm->st->node[nid].kswapd_failures >= MAX_RECLAIM_RETRIES;
}

/** Who made a hopeless node hope again; as the tracepoint numbers them. */
enum hopeless_reason {
	KSWAPD_CLEAR_HOPELESS_OTHER,
	KSWAPD_CLEAR_HOPELESS_KSWAPD,
	KSWAPD_CLEAR_HOPELESS_DIRECT,
	KSWAPD_CLEAR_HOPELESS_PCP,
};

/* ---- kswapd.c: waking it ---- */

/** Is one zone up to @highest above its high mark? R30 */
bool pgdat_balanced(const struct mm *mm, unsigned int nid, unsigned int order,
		    unsigned int highest);
/** Ask zone @zid's node for free blocks of @order, zones up to @highest. */
void wakeup_kswapd(struct mm *mm, zone_t zid, gfp_t gfp, unsigned int order,
		   unsigned int highest);
/** A reclaimer has to wait for free pages of the node: R44. */
void wake_kswapd_for_reserve(struct mm *mm, unsigned int nid);
/** One call for each node on the request's zonelist. */
void wake_all_kswapds(struct mm *mm, const struct alloc_context *ac);
/**
 * Free pages have come to a node whose kswapd had given up: it may try again.
 * Only where a node with a higher number has memory, as the kernel asks (W29).
 */
void kswapd_try_clear_hopeless(struct mm *mm, unsigned int nid);
/** Reclaim made progress, and if the node is balanced: the same.  R25.8 */
void kswapd_progress(struct mm *mm, unsigned int nid, unsigned int order,
		     unsigned int highest, bool by_kswapd);

/* ---- kswapd_run.c ---- */

/** A quantum of a node's kswapd: one priority of a balancing run. R31 */
enum mm_quantum kswapd_step(struct mm *mm, uint32_t task);

/* ---- balance.c: R33 ---- */

/** The run's record is made ready from its order and highest index. */
void balance_begin(struct mm *mm, uint32_t task);
/** One priority; when it is done, `reclaim_order` is what it has finished. */
enum mm_quantum balance_step(struct mm *mm, uint32_t task);

#endif
