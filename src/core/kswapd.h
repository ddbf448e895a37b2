/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kswapd.h - when the background reclaimer is woken
 *
 * Models:   wakeup_kswapd, wake_all_kswapds, pgdat_balanced,
 *           pgdat_watermark_boosted in mm/vmscan.c and mm/page_alloc.c
 * Left out: kswapd's own work, kcompactd
 */
#ifndef CORE_KSWAPD_H
#define CORE_KSWAPD_H

#include "core/gfp.h"

/** Ask zone @zid's node for free blocks of @order, zones up to @highest. */
void wakeup_kswapd(struct mm *mm, zone_t zid, gfp_t gfp, unsigned int order,
		   unsigned int highest);
/** One call for each node on the request's zonelist. */
void wake_all_kswapds(struct mm *mm, const struct alloc_context *ac);

#endif
