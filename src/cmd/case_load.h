/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_load.h - what the two halves of loading a snapshot share
 */
#ifndef BUDDYSCOPE_CMD_CASE_LOAD_H
#define BUDDYSCOPE_CMD_CASE_LOAD_H

#include "cmd/case.h"

#define NR_ZIDS (MM_MAX_NODES * MAX_NR_ZONES)

/** A world being filled. */
struct load {
	struct mm *mm;
	int64_t placed[NR_ZIDS]; /* frames put somewhere */
	bool sleeping;		 /* pages move here: their counts matter */
	unsigned int cpu;	 /* that made the recording */
};

/** A kind of line, and how it is loaded. */
struct case_load_row {
	const char *word;
	bool (*load)(struct case_file *, struct load *);
};
/** The lines that hold numbers; ended by a row without a word. */
extern const struct case_load_row case_number_rows[];

/** The numbers of these lines, in their order there; ended by NULL. */
extern const char *const case_zdiff_keys[];
extern const char *const case_pcp_keys[];
extern const char *const case_node_keys[];

/** A node's list of zones, or the one that keeps to the node. */
struct case_zonelist {
	unsigned int nid, n;
	bool thisnode;
	zone_t zone[NR_ZIDS];
};
/** NID K N:Z N:Z ... */
bool case_zonelist(struct case_file *c, const struct mm *mm,
		   struct case_zonelist *l);
/** The same against the model's. */
bool case_compare_zonelist(struct case_file *c, const struct mm *mm);

/** Is it a kind of page that can be on an LRU list? */
bool case_on_lru(struct case_word kind);
/** A recorded map count as the model has it: MM_MAX_MAPCOUNT or more are one.
 */
unsigned int case_mapcount(int64_t recorded);
/** CPU NID ZIDX of a populated zone. */
bool case_cpu_and_zone(struct case_file *c, const struct mm *mm,
		       unsigned int *cpu, zone_t *zid);

#endif
