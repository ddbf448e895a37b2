/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpuset.h - which nodes a task may take memory from
 *
 * Models:   cpuset_current_node_allowed, cpuset_zone_allowed in
 *           kernel/cgroup/cpuset.c; P40, P41
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

/** May this attempt look at the zone? Only ALLOC_CPUSET asks. */
static inline bool cpuset_zone_allowed(const struct mm *mm,
				       const struct alloc_context *ac,
				       zone_t zid, uint32_t alloc_flags)
{
	return !cpusets_enabled(mm) || !(alloc_flags & ALLOC_CPUSET) ||
	       cpuset_node_allowed(mm, ac->task, zone_nid(zid), ac->gfp);
}

#endif
