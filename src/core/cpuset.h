/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpuset.h - which nodes a task may take memory from
 *
 * Models:   cpuset_current_node_allowed, cpuset_zone_allowed,
 *           movable_only_nodes, update_nodemask in kernel/cgroup/cpuset.c;
 *           P40, P41, and "insane config" of P19
 * Left out: CPUs, hard walls below the root (there are none in cgroup v2),
 *           pages that move with a change of nodes, requests in interrupts,
 *           threads with a cpuset each: they share their process's
 * Keeps:    CPUSETS (check_limits.c)
 */
#ifndef CORE_CPUSET_H
#define CORE_CPUSET_H

#include "core/gfp.h"

/** As soon as there is one beside the root. */
static inline bool cpusets_enabled(const struct mm *mm)
{
	return mm->st->nr_cpusets != 0;
}

/** Nodemask of the task's cpuset; ALL_NODES without one. */
uint32_t cpuset_mems_allowed(const struct mm *mm, uint32_t task);
/** P40 */
bool cpuset_node_allowed(const struct mm *mm, uint32_t task, unsigned int nid,
			 gfp_t gfp);
/** Is there a cpuset that has movable memory only? */
bool cpusets_insane_config(const struct mm *mm);
/** Is any zone that the request may use on a node of the task's cpuset? */
bool cpuset_has_zone(const struct mm *mm, const struct alloc_context *ac);

/** May this attempt look at the zone? Only ALLOC_CPUSET asks. */
static inline bool cpuset_zone_allowed(const struct mm *mm,
				       const struct alloc_context *ac,
				       zone_t zid, uint32_t alloc_flags)
{
	return !cpusets_enabled(mm) || !(alloc_flags & ALLOC_CPUSET) ||
	       cpuset_node_allowed(mm, ac->task, zone_nid(zid), ac->gfp);
}

#endif
