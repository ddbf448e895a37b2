/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * node_reclaim.h - reclaim on the node that is preferred, before a farther
 *
 * Models:   node_reclaim, __node_reclaim, node_pagecache_reclaimable in
 *           mm/vmscan.c; zone_allows_reclaim in mm/page_alloc.c; P5.8, P9
 * Left out: being throttled in the middle of it
 */
#ifndef CORE_NODE_RECLAIM_H
#define CORE_NODE_RECLAIM_H

#include "core/gfp.h"

/**
 * The zone fails at mark @w; true if vm.zone_reclaim_mode made it pass after
 * all.  Asked only when the mode is not 0.
 */
bool node_reclaim_helps(struct mm *mm, const struct alloc_context *ac,
			zone_t zid, enum zone_watermarks w,
			uint32_t alloc_flags);

#endif
