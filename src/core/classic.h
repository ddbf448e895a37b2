/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * classic.h - the fallback policy of Linux 2.6.24, as the book describes it
 *
 * A world of this era frees, falls back and moves pageblocks by the old
 * rules; everything around them (zones, watermarks, per-CPU lists, boot
 * order) stays that of 7.3, so that the two policies can be compared from
 * the same lists.  The last resort, MIGRATE_RESERVE, is number 3 in both: it
 * is kept on the lists that 7.3 calls HighAtomic.
 *
 * Models:   __free_one_page, __rmqueue_fallback, move_freepages_block of
 *           mm/page_alloc.c in 2.6.24
 * Left out: its per-CPU lists, watermark test and boot order
 */
#ifndef CORE_CLASSIC_H
#define CORE_CLASSIC_H

#include "core/freelist.h"

#define MIGRATE_RESERVE MIGRATE_HIGHATOMIC

void classic_free_one_page(struct mm *mm, zone_t zid, pfn_t pfn,
			   unsigned int order);
pfn_t classic_rmqueue(struct mm *mm, zone_t zid, unsigned int order,
		      enum migratetype mt);
/** Set MIGRATE_RESERVE pageblocks aside; after the watermarks are known. */
void classic_setup_reserve(struct mm *mm, zone_t zid);

#endif
