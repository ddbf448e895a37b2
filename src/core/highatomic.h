/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * highatomic.h - a reserve of pageblocks for high-order atomic requests
 *
 * A high-order atomic request that had to go down to the min mark keeps its
 * pageblock for its kind, up to 1 % of the zone; under pressure the blocks
 * are given back one by one.
 *
 * Models:   reserve_highatomic_pageblock, unreserve_highatomic_pageblock in
 *           mm/page_alloc.c
 * Keeps:    HIGHATOMIC_RESERVED (check.c)
 */
#ifndef CORE_HIGHATOMIC_H
#define CORE_HIGHATOMIC_H

#include "core/gfp.h"

void reserve_highatomic_pageblock(struct mm *mm, zone_t zid, pfn_t pfn,
				  unsigned int order);
bool unreserve_highatomic_pageblock(struct mm *mm,
				    const struct alloc_context *ac, bool force);

#endif
