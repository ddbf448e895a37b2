/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quick.h - small blocks from a per-CPU list and back, with nobody recording
 *
 * mm_alloc_pages(), mm_alloc_page() and mm_free_pages() come in here.  As long
 * as the last request repeats and its list holds blocks, they touch the list
 * and its counters only.  Anything else goes the whole way, by page_alloc.c
 * and frame.c, which end with quick_prepare().  Both ways leave the same
 * bytes: a rule is changed there, and here quick_prepare() refuses what it
 * would decide otherwise.
 *
 * struct quick in state.h is what is known beforehand; op_enter() forgets it.
 */
#ifndef CORE_QUICK_H
#define CORE_QUICK_H

#include "core/store.h"

/** Find out whether small blocks may be quick from here on. */
void quick_prepare(struct mm *mm);

/**
 * The same request but for its size, its owner and who asks?  In statements of
 * their own: compilers make one wide comparison out of a single one, and
 * reading at once what the caller has just written in parts is slow.
 */
static always_inline bool same_wish(const struct mm_request *a,
				    const struct mm_request *b)
{
	if (unlikely(a->gfp != b->gfp))
		return false;
	if (unlikely(a->nid != b->nid))
		return false;
	return likely(a->cpu == b->cpu);
}

#endif
