/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * oom.h - who is killed when nothing else helps
 *
 * Processes that have the same owner share a memory map, as after
 * clone(CLONE_VM).  A killed process has PROCESS_EXITING and goes when it
 * can; a victim has PROCESS_OOM_VICTIM too, and `dies_at` says when the
 * reaper is to look after it.
 *
 * Models:   out_of_memory, constrained_alloc, oom_badness, select_bad_process,
 *           oom_kill_process, mark_oom_victim, queue_oom_reaper in
 *           mm/oom_kill.c; mem_cgroup_out_of_memory; R50 to R60
 * Left out: OOM notifiers, core dumps, vfork, threads of one process with
 *           different cpusets or policies; a panic is a verdict
 */
#ifndef CORE_OOM_H
#define CORE_OOM_H

#include "core/gfp.h"

/** What an OOM is about, and what has been found; struct oom_control. */
struct oom_control {
	uint32_t task;			/* who asks */
	const struct alloc_context *ac; /* NULL: SysRq or a group */
	gfp_t gfp;
	uint32_t group; /* whose processes; 0: everybody's */
	bool sysrq;
	/* found out */
	enum mm_oom_constraint constraint;
	uint32_t nodemask;  /* ALL_NODES: none */
	int64_t totalpages; /* that oom_score_adj is a part of */
	uint32_t chosen;    /* process; 0: nobody */
	int64_t points;
	bool aborted; /* a victim is still to give its memory back */
};

/**
 * The OOM killer for a task's request.  REASON_OOM_WITHOUT_FS, _KILLED,
 * _PENDING and _DYING are the kernel's "true"; after _NOBODY and _PANIC there
 * is no kernel any more.
 */
enum mm_reason out_of_memory(struct mm *mm, uint32_t task,
			     const struct alloc_context *ac);
/**
 * The same within a group that is full; REASON_OOM_NO_VICTIM is "false", and
 * REASON_CHARGED says that room has come up meanwhile.  @order is at most 3.
 */
enum mm_reason mem_cgroup_out_of_memory(struct mm *mm, uint32_t task,
					uint32_t group, unsigned int order,
					gfp_t gfp);

/** Constraint and total: R51. */
void oom_constrain(const struct mm *mm, struct oom_control *oc);
/** Candidates in that order; sets chosen, points, aborted: R52, R53. */
void oom_select(struct mm *mm, struct oom_control *oc);
/** May the task's own process be the one? R50.7 */
bool oom_may_kill(const struct mm *mm, const struct oom_control *oc,
		  uint32_t process);
/** "Will free its memory": R56. */
bool oom_is_dying(const struct mm *mm, uint32_t process);
/** The next younger than @process (0: the oldest), or 0. */
uint32_t next_process(const struct mm *mm, uint32_t process);
/**
 * Processes in the order in which they are looked at: by age, or those of a
 * group and then of the groups below it.  How many.
 */
struct oom_order {
	unsigned int n;
	uint32_t process[MM_MAX_PROCESSES];
};
struct oom_order oom_candidates(const struct mm *mm, uint32_t group);

/** A victim with its rights, and the reaper is told: R54, R57. */
void oom_mark_victim(struct mm *mm, uint32_t process);
/** The chosen one goes, with those that must: R55. */
void oom_kill_process(struct mm *mm, const struct oom_control *oc,
		      enum mm_reason why);

#endif
