/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpuset.c - see cpuset.h
 */
#include "core/cpuset.h"

uint32_t cpuset_mems_allowed(const struct mm *mm, uint32_t task)
{
	const uint32_t process = mm->task[task].process;
	const uint32_t set = process ? mm->process[process].cpuset : 0;

	return set ? mm->st->cpuset[set].mems : ALL_NODES;
}

bool cpuset_node_allowed(const struct mm *mm, uint32_t task, unsigned int nid,
			 gfp_t gfp)
{
	const uint32_t process = mm->task[task].process;

	if (cpuset_mems_allowed(mm, task) >> nid & 1)
		return true;
	if (process && (mm->process[process].flags & PROCESS_OOM_VICTIM))
		return true;
	/* the nearest hard-walled ancestor is the root, which has all nodes */
	return !(gfp & GFP_BIT_HARDWALL);
}
