/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * user_task.h - what a user's task has in hand, of whatever kind
 *
 * One thing at a time: a request, faults, compaction by hand, a range to be
 * emptied, memory that goes offline, a pool of huge pages that changes its
 * size.  A killed one then has its exit to do.
 */
#ifndef CORE_USER_TASK_H
#define CORE_USER_TASK_H

#include "core/store.h"

/** A quantum of whatever a user's task has in hand; exit is the last. */
enum mm_quantum user_step(struct mm *mm, uint32_t task);
/** Is it in the middle of what mm_task_compact() began? */
static inline bool compacts_by_hand(const struct task *t)
{
	return t->ladder.rung == RUNG_NONE && t->cc.step && !t->contig.step;
}
/** ... of a request, of faults, of work on ranges and memory blocks? */
static inline bool task_is_busy(const struct mm *mm, uint32_t task)
{
	const struct task *t = &mm->task[task];

	return t->ladder.rung != RUNG_NONE || t->work.kind != FAULT_NONE ||
	       t->contig.step || t->offline.step || t->hugetlb.step ||
	       compacts_by_hand(t);
}
/** It is at rest, or is to exit next. */
void task_rest(struct mm *mm, uint32_t task);
/** To its end, others running while it sleeps. */
void user_finish(struct mm *mm, uint32_t task);

#endif
