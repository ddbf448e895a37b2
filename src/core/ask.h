/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ask.h - a block that a task needs in the midst of its work, by quanta
 *
 * A request like any other, which may reclaim, compact and sleep: the ladder
 * of the task says how far it is.  But nobody's memory policy is asked and
 * nobody pays, and what comes is on no list and nobody's.
 *
 * Models: __alloc_frozen_pages() as migration and hugetlbfs call it
 */
#ifndef CORE_ASK_H
#define CORE_ASK_H

#include "core/gfp.h"

/** Nothing has been asked for yet. */
void ask_begin(struct mm *mm, uint32_t task);
/**
 * ask_step - one quantum of it
 * @want:  the same at each step
 * @nodes: mask of those that may give it
 * @slow:  false: the fast path alone
 * @pfn:   with QUANTUM_DONE: the block, recorded nowhere yet, or NO_PFN
 */
enum mm_quantum ask_step(struct mm *mm, uint32_t task,
			 const struct mm_request *want, uint32_t nodes,
			 bool slow, pfn_t *pfn);

#endif
