/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * zonelist.h - nodes, zones, and the order in which they are tried
 *
 * Models:   build_all_zonelists, build_zonelists, find_next_best_node,
 *           first_zones_zonelist in mm/page_alloc.c
 */
#ifndef CORE_ZONELIST_H
#define CORE_ZONELIST_H

#include "core/gfp.h"

/** Fill both zonelists of every node from distances and populated zones. */
void build_all_zonelists(struct mm *mm);
/** Fill @ac for a request; ac->pref is nr_zones when no zone is eligible. */
void prepare_alloc(const struct mm *mm, const struct mm_request *want,
		   struct alloc_context *ac);

/** W6: the nearest node with memory that is not in @used; -1: none is left. */
int find_next_best_node(const struct mm *mm, unsigned int nid, uint32_t used,
			const uint32_t *load);

static inline bool zone_eligible(const struct alloc_context *ac, zone_t zid)
{
	return zone_idx(zid) <= ac->highest &&
	       (ac->nodemask >> zone_nid(zid) & 1);
}

/** The next entry from @i on of a low enough index, on an allowed node. */
static inline unsigned int next_zone(const struct alloc_context *ac,
				     unsigned int i)
{
	while (i < ac->nr_zones && !zone_eligible(ac, ac->zonelist[i]))
		i++;
	return i;
}

#endif
