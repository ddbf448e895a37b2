/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * get_page.h - one walk over the zones: who may give a page, and from where
 *
 * Zone by zone in the order of the zonelist: cpuset, dirty limit, watermark;
 * then this CPU's list, then the free lists.
 *
 * Models:   get_page_from_freelist, rmqueue, rmqueue_buddy, zone_statistics
 *           in mm/page_alloc.c
 */
#ifndef CORE_GET_PAGE_H
#define CORE_GET_PAGE_H

#include "core/freelist.h"
#include "core/gfp.h"

/** One walk over the zones, SELECT of allocation-path.md; NO_PFN if none. */
pfn_t get_page_from_freelist(struct mm *mm, const struct alloc_context *ac,
			     uint32_t alloc_flags);
/** Whose pages @zid gave, @n times, to those who would rather have @pref's. */
void zone_statistics(struct mm *mm, zone_t pref, zone_t zid, uint64_t n);

/** @n requests were met from a CPU's share of a zone. */
static always_inline void count_served(struct mm *mm, const struct pcp *p,
				       unsigned int order, uint64_t n)
{
	const uint64_t more = (uint64_t)order_pages(order) - 1;

	STORE(mm, p->served, p->served + n);
	if (order)
		STORE(mm, p->pgalloc_more, p->pgalloc_more + n * more);
}

#endif
