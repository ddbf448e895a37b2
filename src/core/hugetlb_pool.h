/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hugetlb_pool.h - nodes in turn, for those who make a pool larger or smaller
 */
#ifndef CORE_HUGETLB_POOL_H
#define CORE_HUGETLB_POOL_H

#include "core/hugetlb.h"

/** Nodes with memory: a mask. */
uint32_t hugetlb_memory_nodes(const struct mm *mm);
/** The node whose turn it is, of those allowed; the next one is noted. */
unsigned int hugetlb_turn(struct mm *mm, const uint32_t *next, uint32_t nodes);
/** How many nodes that is. */
unsigned int hugetlb_weight(uint32_t nodes);
/** A free page leaves; with @surplus one of a node that has such; NO_PFN. */
pfn_t remove_pool_page(struct mm *mm, const struct hstate *h, uint32_t nodes,
		       bool surplus);
/** A page that is there becomes surplus, or is none any more. */
bool adjust_pool_surplus(struct mm *mm, const struct hstate *h, uint32_t nodes,
			 int by);
/** The buddy gave a page, or NO_PFN: what vmstat counts. */
void hugetlb_count_fresh(struct mm *mm, pfn_t pfn);

#endif
