/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * migrate_node.h - a block moves to another node, with all that it holds
 *
 * Models:   migrate_folio, folio_migrate_mapping, folio_migrate_flags in
 *           mm/migrate.c; G41
 * Left out: the wait for whoever holds the page: a move succeeds
 */
#ifndef CORE_MIGRATE_NODE_H
#define CORE_MIGRATE_NODE_H

#include "core/store.h"

/**
 * alloc_nested - a request inside of what @task is doing
 *
 * It must not be one that may sleep.  The request that the task has in hand
 * stays as it is.  The page is on no list and nobody's yet; NO_PFN if there
 * is none.
 */
pfn_t alloc_nested(struct mm *mm, uint32_t task, const struct mm_request *want,
		   uint32_t nodemask);
/**
 * move_to_node - the block at @from lives at @to from here on
 *
 * Both have order @order; @from is allocated, @to just got.  Owner,
 * attributes and mappings move, the counters of the nodes follow; @from is
 * freed, and @to goes to the head of its LRU list.
 */
void move_to_node(struct mm *mm, pfn_t from, pfn_t to, unsigned int order);

/**
 * count_other_zone - what zones and nodes count of a page goes with it
 *
 * For who moves the page itself; nothing happens if both are of one node,
 * but for what is counted by zone.
 */
void count_other_zone(struct mm *mm, pfn_t from, pfn_t to, unsigned int order);

#endif
