/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_limits.h - what limits processes, and who is killed; part of mm.h
 *
 * A group (memory cgroup) has an account: what its processes and those of
 * the groups below it hold of user pages and of kernel pages asked for with
 * __GFP_ACCOUNT.  A cpuset says which nodes its processes may take memory
 * from.  Both are trees; 0 is the root, which limits nothing.
 *
 * Functions that take a struct mm_error change nothing when they refuse, and
 * say why in one line.
 */
#ifndef BUDDYSCOPE_MM_LIMITS_H
#define BUDDYSCOPE_MM_LIMITS_H

/** Whose memory has run out, enum oom_constraint. */
enum mm_oom_constraint {
	CONSTRAINT_NONE,
	CONSTRAINT_CPUSET,
	CONSTRAINT_MEMORY_POLICY,
	CONSTRAINT_MEMCG,
	NR_CONSTRAINTS
};

/* ---- memory groups ---- */

/** Limits of a group: pages; max and high may be MM_NO_LIMIT. */
struct mm_group_limits {
	int64_t max;	/* charges beyond it are refused, or somebody killed */
	int64_t high;	/* beyond it those who charge must reclaim */
	int64_t low;	/* below it reclaim goes elsewhere while it can */
	int64_t min;	/* below it reclaim goes elsewhere */
	bool oom_group; /* all of it is killed, or nobody */
};

/** Limits that limit nothing. */
static inline struct mm_group_limits mm_no_limits(void)
{
	return (struct mm_group_limits){.max = MM_NO_LIMIT,
					.high = MM_NO_LIMIT};
}

/**
 * mm_group_new - a group below @parent (0: below the root)
 *
 * Its number, 1..mm_nr_groups().  -EEXIST for a name that there is, -EINVAL
 * for a bad one or limits above those of a parent, -ENOSPC when there are
 * MM_MAX_GROUPS with the root.
 */
int mm_group_new(struct mm *mm, const char *name, unsigned int parent,
		 const struct mm_group_limits *limits, struct mm_error *err);
/**
 * mm_group_set - other limits for a group
 *
 * -EINVAL for limits above a parent's or below a child's.  If the group uses
 * more than the new max, pages are reclaimed, then processes killed until it
 * fits or nobody is left.  Models: memory_max_write()
 */
int mm_group_set(struct mm *mm, unsigned int group,
		 const struct mm_group_limits *limits, struct mm_error *err);
/**
 * mm_group_add - a process goes over to a group
 *
 * With it all that share its memory.  -EBUSY while it has charged pages:
 * they would stay behind, in the group that was charged.
 */
int mm_group_add(struct mm *mm, unsigned int group, unsigned int process,
		 struct mm_error *err);
/** The group of that name, "/" for the root; -ENOENT if there is none. */
int mm_group_find(const struct mm *mm, const char *name);
/** Groups beside the root. */
unsigned int mm_nr_groups(const struct mm *mm);

struct mm_group_info {
	const char *name; /* "/" for the root, "?" for none */
	unsigned int parent;
	struct mm_group_limits limits;
	int64_t usage; /* pages, those of its children included */
	/* how often, here or below; as in memory.events */
	uint64_t low, high, max, oom, oom_kill;
};
void mm_group_info(const struct mm *mm, unsigned int group,
		   struct mm_group_info *gi);

/* ---- cpusets ---- */

/**
 * mm_cpuset_new - a cpuset below @parent; @mems has a bit a node
 *
 * Errors as for groups: a node that the parent does not have is -EINVAL.
 * From the first cpuset on, the fast path is confined to a task's nodes.
 */
int mm_cpuset_new(struct mm *mm, const char *name, unsigned int parent,
		  uint32_t mems, struct mm_error *err);
/** Other nodes: among the parent's, and with all of its children's. */
int mm_cpuset_set(struct mm *mm, unsigned int cpuset, uint32_t mems,
		  struct mm_error *err);
/** A process is confined to a cpuset; its pages stay where they are. */
int mm_cpuset_add(struct mm *mm, unsigned int cpuset, unsigned int process,
		  struct mm_error *err);
/** The cpuset of that name, "/" for the root; -ENOENT if there is none. */
int mm_cpuset_find(const struct mm *mm, const char *name);
/** Cpusets beside the root. */
unsigned int mm_nr_cpusets(const struct mm *mm);

struct mm_cpuset_info {
	const char *name; /* "/" for the root, "?" for none */
	unsigned int parent;
	uint32_t mems; /* nodemask */
};
void mm_cpuset_info(const struct mm *mm, unsigned int cpuset,
		    struct mm_cpuset_info *ci);

/* ---- the OOM killer ---- */

/**
 * mm_sysrq_oom - kill a process now, as Alt-SysRq-f does
 *
 * What came of it: REASON_OOM_KILLED or REASON_OOM_NO_VICTIM.
 */
enum mm_reason mm_sysrq_oom(struct mm *mm);
/** The process with that pid; 0 if there is none. */
unsigned int mm_oom_find(const struct mm *mm, uint32_t pid);
/**
 * mm_oom_candidates - the processes with memory that the OOM killer looks at
 * @task:     who asks
 * @nodemask: what it is about; 0xff for all of the task's nodes
 * @group:    0 for everybody's
 *
 * How many, in the order in which it looks.
 */
unsigned int mm_oom_candidates(const struct mm *mm, unsigned int task,
			       uint32_t nodemask, unsigned int group,
			       unsigned int process[MM_MAX_PROCESSES]);
/** Name of the process or task with that pid; "?" if there is none. */
const char *mm_pid_comm(const struct mm *mm, uint32_t pid);

#endif
