/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * warn_alloc.c - see warn_alloc.h
 */
#include "core/warn_alloc.h"

#include "core/cpuset.h"
#include "core/task.h"
#include "core/trace.h"

/** Not more often than this; and the time after which a request stalls. */
#define REPORT_EVERY (10 * MM_HZ)

/* A machine without DMA memory does not hear of requests for it. */
static bool dma_without_memory(const struct mm *mm, gfp_t gfp)
{
	if (!(gfp & GFP_BIT_DMA))
		return false;
	for (unsigned int nid = 0; nid < mm->st->cfg.nr_nodes; nid++)
		if (mm->zone[mm_zone_id(nid, ZONE_DMA)].managed)
			return false;
	return true;
}

bool mm_failure_reported(const struct mm *mm, gfp_t gfp)
{
	return !(gfp & GFP_BIT_NOWARN) && !dma_without_memory(mm, gfp);
}

void warn_alloc(struct mm *mm, const struct alloc_context *ac)
{
	const struct state *st = mm->st;

	if (!mm_failure_reported(mm, ac->gfp) || st->jiffies < st->next_report)
		return;
	STORE(mm, st->next_report, st->jiffies + REPORT_EVERY);
	TRACE(mm, page_alloc_failure, ARG(ac->order), ARG(ac->gfp),
	      ARG(ac->nodemask), ARG(ac->highest));
}

void warn_stall(struct mm *mm, const struct alloc_context *ac, uint64_t since)
{
	const struct state *st = mm->st;
	const uint64_t stalled = st->jiffies - since;

	if (stalled < REPORT_EVERY || (ac->gfp & GFP_BIT_NOWARN) ||
	    st->jiffies < st->next_stall_report)
		return;
	STORE(mm, st->next_stall_report, st->jiffies + REPORT_EVERY);
	TRACE(mm, page_alloc_stall, ARG(ac->order), ARG(ac->gfp),
	      ARG(ac->nodemask), ARG(ac->highest), ARG(stalled / MM_HZ));
}

/* ---- what a report says of a task, and shows of the world ---- */

/* Nodes that have memory. */
static uint32_t memory_nodes(const struct mm *mm)
{
	uint32_t nodes = 0;

	for (unsigned int nid = 0; nid < mm->st->cfg.nr_nodes; nid++)
		if (mm->st->node[nid].present)
			nodes |= 1u << nid;
	return nodes;
}

static const struct process *process_of(const struct mm *mm, unsigned int task)
{
	return task < mm->st->nr_tasks ? &mm->process[mm->task[task].process]
				       : NULL;
}

uint32_t mm_mems_allowed(const struct mm *mm, unsigned int task)
{
	const uint32_t nodes = memory_nodes(mm);

	return task < mm->st->nr_tasks ? nodes & cpuset_mems_allowed(mm, task)
				       : nodes;
}

const char *mm_task_cpuset(const struct mm *mm, unsigned int task)
{
	const struct process *p = process_of(mm, task);

	return p && p->cpuset ? mm->st->cpuset[p->cpuset].name : "/";
}

/** Models: show_mem_node_skip() and the choice in warn_alloc_show_mem() */
uint32_t mm_report_nodes(const struct mm *mm, unsigned int task, gfp_t gfp,
			 uint32_t nodemask)
{
	const struct process *p = process_of(mm, task);
	const bool needy =
		p && (task_caller(mm, task) || (p->flags & PROCESS_EXITING));

	if ((needy && !(gfp & GFP_BIT_NOMEMALLOC)) ||
	    !(gfp & GFP_BIT_DIRECT_RECLAIM))
		return ALL_NODES;
	return nodemask == ALL_NODES ? mm_mems_allowed(mm, task) : nodemask;
}

/** Models: mem_cgroup_show_protected_memory(), mm/memcontrol.c */
void mm_protected_pages(const struct mm *mm, unsigned int group, int64_t *min,
			int64_t *low)
{
	*min = *low = 0;
	for (uint32_t i = 1; i <= mm->st->nr_groups && i < MM_MAX_GROUPS; i++) {
		const struct group *g = &mm->st->group[i];

		if (!g->name[0] || g->parent != group)
			continue;
		*min += g->usage < g->min ? g->usage : g->min;
		*low += g->usage < g->low ? g->usage : g->low;
	}
}
