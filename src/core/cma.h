/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cma.h - areas kept for memory in one piece
 *
 * Their pageblocks have a type of their own, which only movable requests may
 * use; a bit a page says what is given out.  A request looks for clear bits
 * in a row and empties that range (contig.c); where it is busy, it looks
 * further up, once.
 *
 * Models:   cma_alloc, cma_range_alloc, cma_release in mm/cma.c;
 *           contig-cma-hotplug.md 4
 * Left out: areas of several ranges, or with a bit for several pages;
 *           areas made after boot
 * Keeps:    CMA_BITS (check_compact.c)
 */
#ifndef CORE_CMA_H
#define CORE_CMA_H

#include "core/store.h"

/**
 * The first place from bit @next on for @nr pages; NO_PFN: none.  Bits stay
 * as they are.
 */
pfn_t cma_find(const struct mm *mm, unsigned int area, uint32_t next,
	       uint32_t nr, unsigned int align);
/** Claim or release: the bits, and what is available. */
void cma_mark(struct mm *mm, unsigned int area, pfn_t pfn, uint32_t nr,
	      bool used);
/** 4.6: where the next search begins, after @pfn was busy. */
uint32_t cma_next(const struct mm *mm, unsigned int area, pfn_t pfn,
		  unsigned int align);
/** Do areas lie where the configuration says, and do their bits add up? */
bool cma_sane(const struct mm *mm);

#define NO_TASK UINT32_MAX
/** Another task that works in the same area: its mutex; NO_TASK: nobody. */
uint32_t cma_holder(const struct mm *mm, uint32_t task);

#endif
