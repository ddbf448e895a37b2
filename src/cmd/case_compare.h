/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_compare.h - what the parts of comparing a snapshot share
 *
 * case_compare.c goes through the lines and looks at the lists;
 * case_compare_numbers.c has the numbers of zones, CPUs and nodes,
 * case_compare_frames.c the frames and their pageblocks.
 */
#ifndef BUDDYSCOPE_CMD_CASE_COMPARE_H
#define BUDDYSCOPE_CMD_CASE_COMPARE_H

#include "cmd/case_load.h"

/** A comparison, and what it has met: bits for types or per-CPU lists. */
struct compare {
	const struct mm *mm;
	uint8_t free[NR_ZIDS][MM_MAX_ORDERS];
	uint32_t pcp[NR_ZIDS][MM_MAX_CPUS];
	uint32_t nrfree[NR_ZIDS]; /* orders that were counted */
	bool kswapd_ran;	  /* it is not in the recording */
	bool moving;		  /* kcompactd is in the middle of it */
};

/** A kind of line, and how it is compared; false: it differs, or is bad. */
struct case_compare_row {
	const char *word;
	bool (*compare)(struct case_file *, struct compare *);
};
/** Ended by a row without a word. */
extern const struct case_compare_row case_compare_number_rows[];
extern const struct case_compare_row case_compare_frame_rows[];

/** "node 0 Normal", into @buf. */
const char *case_zone_name(const struct mm *mm, zone_t zid, char buf[64]);
/** Two numbers; if they differ, the verdict says where. */
bool case_same(struct case_file *c, const char *where, const char *key,
	       int64_t want, int64_t got);
/** The next number of the line against one of the model's. */
bool case_next_same(struct case_file *c, const char *where, const char *key,
		    int64_t got);

#endif
