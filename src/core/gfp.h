/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gfp.h - what the flags allow: zone, migratetype, alloc flags
 *
 * Models:   gfp_zone, gfp_migratetype, gfpflags names in include/linux/gfp.h
 *           and include/trace/events/mmflags.h; alloc_flags_nofragment,
 *           alloc_flags_nonblocking, alloc_flags_slowpath,
 *           __gfp_pfmemalloc_flags in mm/page_alloc.c
 * Left out: nolock requests.  Scopes of a task are in gfp_masks.h, cpusets
 *           in request.c
 */
#ifndef CORE_GFP_H
#define CORE_GFP_H

#include "core/state.h"

/** Fast path word (G26), slow path word (G29). */
uint32_t alloc_flags_fastpath(const struct mm *mm,
			      const struct alloc_context *ac);
uint32_t alloc_flags_slowpath(const struct mm *mm,
			      const struct alloc_context *ac);
/** Reserve right (G24): ALLOC_NO_WATERMARKS, ALLOC_OOM or 0. */
uint32_t gfp_pfmemalloc_flags(const struct alloc_context *ac);

#endif
