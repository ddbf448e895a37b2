/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * workingset.h - is a page that comes back missed sooner than those that
 * stayed?
 *
 * Evicting a page leaves a shadow: the age of its node at that time.  When
 * the page returns, the age since then is the number of pages it would have
 * had to survive; if memory holds that many, it is put on the active list.
 *
 * A model page has no name under which it could be asked for again, only an
 * owner.  So the page of an owner that returns takes that owner's oldest
 * shadow: exact where pages return in the order they were evicted, and as
 * large as they were.  A ring keeps NR_SHADOWS shadows; beyond that the oldest
 * goes.
 *
 * Models:   workingset_eviction, workingset_refault, workingset_test_recent,
 *           workingset_activation, workingset_age_nonresident in
 *           mm/workingset.c; R9
 * Left out: shadows of pages without owner, the cache tree's nodes that hold
 *           shadows (workingset_nodes), ages rounded to fit an entry
 * Keeps:    SHADOWS (check_reclaim.c)
 */
#ifndef CORE_WORKINGSET_H
#define CORE_WORKINGSET_H

#include "core/lru.h"

/** The page leaves memory: its shadow stays. */
void workingset_eviction(struct mm *mm, pfn_t pfn);
/** The page was used again and became active. */
void workingset_activation(struct mm *mm, pfn_t pfn);
/**
 * The new page, not on an LRU list yet, was in memory before: counted, and
 * PAGE_ACTIVE and PAGE_WORKINGSET set as its shadow says.  False: none.
 */
bool workingset_refault(struct mm *mm, pfn_t pfn);
/** Shadows of that owner, of anonymous pages or of files'. */
uint32_t workingset_shadows(const struct mm *mm, uint16_t owner, bool anon);
/** Nobody can ask for the owner's anonymous pages any more; or for any. */
void workingset_forget_anon(struct mm *mm, uint16_t owner);
void workingset_forget(struct mm *mm, uint16_t owner);

#endif
