/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check.h - the fsck of a world, in parts; mm_check() runs them all
 *
 * It trusts nothing it has not looked at: a world made of a damaged file may
 * hold any bytes, so every index is checked before use and every walk is
 * bounded.
 */
#ifndef CORE_CHECK_H
#define CORE_CHECK_H

#include "core/state.h"

/** Fill @b, if there is one; returns -EINVAL. */
int broken_at(struct mm_broken *b, const char *invariant, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/** The same for a check that breaks off; returns -EINTR. */
int check_broken_off(struct mm_broken *b);

/** What the lists of a world hold, to be met again among the frames. */
struct tally {
	uint64_t free, pcp, owned, lru; /* blocks */
	uint64_t moving, taken, targets;
	uint64_t hugetlb;
};

/** Each owner's list and counts; adds to @t. */
int check_owners(const struct mm *mm, struct tally *t, struct mm_broken *b);
/** Every node's LRU lists and their counters; adds to @t. */
int check_lru(const struct mm *mm, struct tally *t, struct mm_broken *b);
/** Every pool of huge pages: its lists and counters; adds to @t. */
int check_hugetlb(const struct mm *mm, struct tally *t, struct mm_broken *b);
/** The same against what is there: [NR_HUGETLB_SIZES][MM_MAX_NODES]. */
int check_hugetlb_seen(const struct mm *mm, const uint32_t *seen,
		       struct mm_broken *b);
/** Groups, cpusets, and what owners say is charged. */
int check_limits(const struct mm *mm, struct mm_broken *b);
/** Policies, and where requests begin. */
int check_policies(const struct mm *mm, struct mm_broken *b);
/** What tasks have in hand; after the frames. */
int check_requests(const struct mm *mm, struct mm_broken *b);
/** Writes, swap, shadows and slab caches; frames have been checked. */
int check_reclaim(const struct mm *mm, struct mm_broken *b);
/** Processes, tasks, and what processes hold. */
int check_processes(const struct mm *mm, struct mm_broken *b);
/** Runs of compaction, and the pages in their hands; adds to @t. */
int check_compaction(const struct mm *mm, struct tally *t, struct mm_broken *b);
/** Reclaim in hand, and what nodes remember of it. */
int check_vmscan(const struct mm *mm, struct mm_broken *b);
/** Memory blocks that are offline, or to go; before the frames. */
int check_hotplug(const struct mm *mm, struct mm_broken *b);
/** Every frame in one place, every pageblock: what @listed says, and no more */
int check_frames(const struct mm *mm, const struct tally *listed,
		 struct mm_broken *b);

#endif
