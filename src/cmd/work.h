/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * work.h - work that takes many quanta, by hand or handed to a task
 *
 * With task= a command hands its work to a task.  By `schedule auto` it runs
 * to its end there and then; by hand, `run TASK` goes on.
 */
#ifndef BUDDYSCOPE_CMD_WORK_H
#define BUDDYSCOPE_CMD_WORK_H

#include "cmd/internal.h"

/** The task has been given work: true if it is now left to `run`, said so. */
bool work_pending(struct mm *mm, unsigned int task, struct out *out);
/** Pages that have moved so far: a counter, to be taken before and after. */
int64_t work_moved(const struct mm *mm);
/** "12 pages moved" */
void work_say_moved(const struct mm *mm, int64_t before, struct out *out);
/** Page cache, in pages: taken before and after, for what was dropped. */
int64_t work_cached(const struct mm *mm);
void work_say_dropped(const struct mm *mm, int64_t cached, struct out *out);

/** What a task is at. */
enum work {
	WORK_NONE,
	WORK_COMPACT,
	WORK_CONTIG,
	WORK_OFFLINE,
	WORK_HUGETLB,
};
enum work work_of(const struct mm *mm, unsigned int task);
/** "web: gather pages, in frames 64..127", for one that is in the middle. */
void work_say_where(const struct mm *mm, unsigned int task, struct out *out);
/** What the work that has just ended came to, after its task's name. */
void work_say_result(const struct mm *mm, unsigned int task, enum work work,
		     struct out *out);

/* ---- cmd_contig.c: memory in one piece ---- */

/** The pages go to name=, or to who asks; false after a complaint. */
bool contig_owner(struct mm *mm, const char *who, const struct args *args,
		  struct mm_range_request *want, struct out *out);
/** True after a complaint: it cannot be asked for, or not by that task. */
bool contig_refused(const struct mm *mm, const char *who,
		    const struct args *args,
		    const struct mm_range_request *want, struct out *out);
/** Do it, or hand it to task=, and say what came of it. */
void contig_do(struct mm *mm, const struct args *args,
	       const struct mm_range_request *want, struct out *out);

#endif
