/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_boot.h - what the zones of a recorded machine managed when it booted
 *
 * A machine that has just booted shows marks and per-CPU limits that were
 * computed when its zones managed less: what the boot itself had used came
 * back later (W44).  The tables do not say how much that was.  But high_max
 * is an eighth of it, shared by the CPUs of the node; that leaves few numbers
 * for each zone, and the marks, which share min_free_kbytes by size, leave
 * fewer.  Here are the numbers that are left; whether a world that boots with
 * them shows all the other cells, too, is for the caller to see.
 */
#ifndef BUDDYSCOPE_CMD_CASE_BOOT_H
#define BUDDYSCOPE_CMD_CASE_BOOT_H

#include "core/mm.h"

/** A zone with memory, as the first tables have it. */
struct boot_zone {
	zone_t zid;
	pfn_t start, present;
	int64_t managed; /* when the tables were read: not less than at boot */
	int64_t cma;
	int64_t wmark[NR_WMARK], boost;
	int64_t high_max; /* -1: not seen */
	int64_t cpus;	  /* of its node */
	int64_t early;	  /* found: managed at boot */
};

struct boot_zones {
	struct boot_zone zone[MM_MAX_NODES * MAX_NR_ZONES];
	unsigned int nr;
	int64_t pages_min; /* min_free_kbytes, in pages */
	int64_t total;	   /* next sum of `early` to try; 0: the first */
};

/**
 * Sizes that give every mark of the tables: `early` of all zones, one answer
 * a call.  False when there are no more.
 */
bool boot_next_sizes(struct boot_zones *b, int64_t scale_factor);

#endif
