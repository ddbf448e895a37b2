/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slab.h - caches whose objects reclaim may free
 *
 * A cache has an owner, which holds its pages, and a number of objects, which
 * lie in as few pages as possible: objects that are freed together free
 * whole pages.  Every object that is looked at can be freed.
 *
 * Models:   shrink_slab, do_shrink_slab in mm/shrinker.c; R27
 * Left out: objects in use among those that are not, caches that cannot be
 *           shrunk, groups; the kernel asks each shrinker what it can free
 * Keeps:    SLABS (check_reclaim.c)
 */
#ifndef CORE_SLAB_H
#define CORE_SLAB_H

#include "core/vmstat.h"

#define DEFAULT_SEEKS 2
#define SHRINK_BATCH 128

/** What a scan comes to, by numbers alone. */
struct slab_scan {
	int64_t delta, scanned, deferred;
	int64_t total; /* due in all, of which what makes a batch is scanned */
};
struct slab_scan slab_scan_count(int64_t freeable, int64_t deferred,
				 int priority, uint32_t seeks, uint32_t batch);

/** All caches of a node at that priority; *@pages pages; objects freed. */
int64_t shrink_slab_objects(struct mm *mm, unsigned int nid, gfp_t gfp,
			    int priority, int64_t *pages);
/** The same; pages freed. */
int64_t shrink_slab(struct mm *mm, unsigned int nid, gfp_t gfp, int priority);

/** The slab cache whose pages an owner has; 0: none. */
uint32_t slab_of_owner(const struct mm *mm, uint16_t owner);
/** A block is its owner's from now on, or no longer; perhaps a cache's. */
void slab_page_count(struct mm *mm, pfn_t pfn, int sign);
static inline void slab_page_came(struct mm *mm, pfn_t pfn)
{
	if (mm->st->nr_slabs)
		slab_page_count(mm, pfn, 1);
}

static inline void slab_page_gone(struct mm *mm, pfn_t pfn)
{
	if (mm->st->nr_slabs)
		slab_page_count(mm, pfn, -1);
}

#endif
