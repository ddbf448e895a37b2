/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * demotion.h - tiers of memory, and the way from one to the next slower
 *
 * Tier 0 is the fastest.  With the setting numa.demotion reclaim moves a page
 * to a slower tier where it would have taken it, as long as there is one.
 *
 * Models:   establish_demotion_targets, next_demotion_node,
 *           node_get_allowed_targets in mm/memory-tiers.c;
 *           demote_folio_list, alloc_demote_folio in mm/vmscan.c; W43, G41
 * Left out: the random choice among equal targets (the lowest number is
 *           taken); how often each was chosen before, in the choice; limits
 *           of a group's cpuset
 */
#ifndef CORE_DEMOTION_H
#define CORE_DEMOTION_H

#include "core/vmstat.h"

/** Nodes with memory in the tiers below that of @nid, a bit a node. */
uint32_t demotion_allowed(const struct mm *mm, unsigned int nid);
/** Of the next lower tier, those that are tried first. */
uint32_t demotion_preferred(const struct mm *mm, unsigned int nid);
/** The node to which pages of @nid would go, or NO_NODE. */
uint32_t next_demotion_node(const struct mm *mm, unsigned int nid);
/** The same as long as the setting numa.demotion is on. */
uint32_t demote_target(const struct mm *mm, unsigned int nid);

/** Who demotes: the counter of the source node that goes up. */
enum demoter { DEMOTED_BY_KSWAPD, DEMOTED_DIRECTLY, DEMOTED_PROACTIVELY };

/**
 * demote_page - move an allocated block to a slower tier
 * @pfn:  head of the block, on an LRU list or isolated from it
 * @task: the reclaimer; what it has in hand is left as it is
 *
 * What the block holds moves: owner, attributes, mappings.  It ends at the
 * head of its LRU list on the other node, and @pfn is free.
 *
 * Returns where it is now, or NO_PFN: nothing has changed, but that kswapd of
 * the target may have been woken.
 */
pfn_t demote_page(struct mm *mm, pfn_t pfn, uint32_t task, enum demoter by);

#endif
