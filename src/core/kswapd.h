/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kswapd.h - when the background reclaimer is woken
 *
 * Models:   wakeup_kswapd, wake_all_kswapds, pgdat_balanced,
 *           pgdat_watermark_boosted, kswapd_try_clear_hopeless in
 *           mm/vmscan.c and mm/page_alloc.c
 * Left out: kswapd's own work, kcompactd
 */
#ifndef CORE_KSWAPD_H
#define CORE_KSWAPD_H

#include "core/gfp.h"

/** Failures that make a node hopeless; rounds without progress, too. */
#define MAX_RECLAIM_RETRIES 16

/** Ask zone @zid's node for free blocks of @order, zones up to @highest. */
void wakeup_kswapd(struct mm *mm, zone_t zid, gfp_t gfp, unsigned int order,
		   unsigned int highest);
/**
 * Free pages have come to a node whose kswapd had given up: it may try again.
 * Only where a node with a higher number has memory, as the kernel asks (W29).
 */
void kswapd_try_clear_hopeless(struct mm *mm, unsigned int nid);
/** A quantum of a node's kswapd: one priority of a balancing run. R31, R33 */
enum mm_quantum kswapd_step(struct mm *mm, uint32_t task);
/** One call for each node on the request's zonelist. */
void wake_all_kswapds(struct mm *mm, const struct alloc_context *ac);

#endif
