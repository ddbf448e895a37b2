/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page_alloc.h - the fast path: from a request to a page, and back
 *
 * Models:   __alloc_frozen_pages, get_page_from_freelist, rmqueue,
 *           rmqueue_buddy, alloc_pages_bulk_noprof, __free_frozen_pages,
 *           split_page, zone_statistics in mm/page_alloc.c
 * Left out: node reclaim, memory cgroups, debugging options that poison or
 *           check pages
 */
#ifndef CORE_PAGE_ALLOC_H
#define CORE_PAGE_ALLOC_H

#include "core/gfp.h"

/** One walk over the zones, SELECT of allocation-path.md; NO_PFN if none. */
pfn_t get_page_from_freelist(struct mm *mm, const struct alloc_context *ac,
			     uint32_t alloc_flags);
/** Find out whether small blocks may be quick from here on; state.h. */
void quick_prepare(struct mm *mm);
/** Attributes of the pages that the request gets. */
uint16_t page_attr_of(const struct mm_request *want);
/** slowpath.c: what follows when the fast path found nothing. */
void slowpath_begin(struct mm *mm, uint32_t task,
		    const struct alloc_context *ac);
/**
 * One rung.  With QUANTUM_DONE the ladder's pfn is the page, or NO_PFN;
 * @ac is the request's, its nodemask and caller may change.
 */
enum mm_quantum slowpath_step(struct mm *mm, uint32_t task,
			      struct alloc_context *ac);

#endif
