/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * oom.c - when somebody is killed, and whether; see oom.h
 */
#include "core/oom.h"

#include "core/cpuset.h"
#include "core/memcg.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/zonelist.h"

/* ---- whose memory it is about: R51 ---- */

static int64_t managed_pages(const struct mm *mm)
{
	int64_t n = 0;

	for (uint32_t i = 0; i < mm->st->nr_populated; i++)
		n += mm->zone[mm->st->populated[i]].managed;
	return n;
}

/* Of the nodes with memory; an answer to "all of them?" as well. */
static int64_t present_pages(const struct mm *mm, uint32_t nodes, bool *all)
{
	int64_t n = 0;

	*all = true;
	for (uint32_t nid = 0; nid < mm->st->cfg.nr_nodes; nid++)
		if (nodes >> nid & 1)
			n += mm->st->node[nid].present;
		else if (mm->st->node[nid].present)
			*all = false;
	return n;
}

static bool cpuset_limited(const struct mm *mm, const struct oom_control *oc)
{
	const struct alloc_context *ac = oc->ac;

	if (!cpusets_enabled(mm))
		return false;
	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1))
		if (!cpuset_node_allowed(mm, oc->task,
					 zone_nid(ac->zonelist[i]), oc->gfp))
			return true;
	return false;
}

void oom_constrain(const struct mm *mm, struct oom_control *oc)
{
	const int64_t swap = mm->st->swap_total;
	int64_t pages;
	bool all;

	oc->constraint = CONSTRAINT_NONE;
	oc->nodemask = ALL_NODES;
	oc->totalpages = managed_pages(mm) + swap;
	if (oc->group) {
		const int64_t max = mm->st->group[oc->group].max;

		oc->constraint = CONSTRAINT_MEMCG;
		oc->totalpages = max;
		if (mm->st->cfg.swappiness && max < MM_NO_LIMIT - swap)
			oc->totalpages += swap;
		if (oc->totalpages < 1)
			oc->totalpages = 1;
		return;
	}
	if (!oc->ac || oc->gfp & GFP_BIT_THISNODE)
		return;
	pages = present_pages(mm, oc->ac->nodemask, &all);
	if (oc->ac->nodemask != ALL_NODES && !all) {
		oc->constraint = CONSTRAINT_MEMORY_POLICY;
		oc->nodemask = oc->ac->nodemask;
		oc->totalpages = pages + swap;
	} else if (cpuset_limited(mm, oc)) {
		oc->constraint = CONSTRAINT_CPUSET;
		oc->totalpages =
			present_pages(mm, cpuset_mems_allowed(mm, oc->task),
				      &all) +
			swap;
	}
}

/* ---- the whole: R50 ---- */

/* R50.3; a caller without a process only says that it is a victim. */
static bool dying(const struct mm *mm, const struct oom_control *oc)
{
	const uint32_t process = mm->task[oc->task].process;

	if (process)
		return oom_is_dying(mm, process);
	return oc->ac->caller & MM_CALLER_OOM_VICTIM;
}

/* R50.6; SysRq never panics. */
static bool panics(const struct mm *mm, const struct oom_control *oc)
{
	const uint32_t how = mm->st->cfg.panic_on_oom;

	return how == 2 || (how == 1 && oc->constraint == CONSTRAINT_NONE);
}

static enum mm_reason run(struct mm *mm, struct oom_control *oc)
{
	const uint32_t current = mm->task[oc->task].process;

	oom_constrain(mm, oc);
	TRACE(mm, oom_scan, ARG(oc->constraint),
	      ARG(oc->totalpages > INT32_MAX ? INT32_MAX : oc->totalpages),
	      ARG(oc->constraint == CONSTRAINT_CPUSET
			  ? cpuset_mems_allowed(mm, oc->task)
			  : oc->nodemask),
	      ARG(oc->group));
	if (!oc->sysrq && panics(mm, oc))
		return REASON_OOM_PANIC;
	if (!oc->sysrq && !oc->group && current &&
	    mm->st->cfg.oom_kill_allocating_task &&
	    oom_may_kill(mm, oc, current)) {
		oc->chosen = current;
		oom_kill_process(mm, oc, REASON_OOM_ALLOCATING);
		return REASON_OOM_KILLED;
	}
	oom_select(mm, oc);
	if (oc->aborted)
		return REASON_OOM_PENDING;
	if (!oc->chosen)
		return oc->sysrq || oc->group ? REASON_OOM_NO_VICTIM
					      : REASON_OOM_NOBODY;
	oom_kill_process(mm, oc, REASON_OOM_CHOSEN);
	return REASON_OOM_KILLED;
}

enum mm_reason out_of_memory(struct mm *mm, uint32_t task,
			     const struct alloc_context *ac)
{
	struct oom_control oc = {.task = task, .ac = ac, .gfp = ac->gfp};
	const uint32_t current = mm->task[task].process;

	if (dying(mm, &oc)) {
		if (current)
			oom_mark_victim(mm, current);
		return REASON_OOM_DYING;
	}
	if (!(oc.gfp & GFP_BIT_FS))
		return REASON_OOM_WITHOUT_FS;
	return run(mm, &oc);
}

enum mm_reason mem_cgroup_out_of_memory(struct mm *mm, uint32_t task,
					uint32_t group, unsigned int order,
					gfp_t gfp)
{
	struct oom_control oc = {.task = task, .gfp = gfp, .group = group};

	if (memcg_margin(mm, group) >= (int64_t)1 << order)
		return REASON_CHARGED;
	/* the killed need no more than to be let go */
	if (mm->process[mm->task[task].process].flags & PROCESS_EXITING)
		return REASON_OOM_DYING;
	return run(mm, &oc);
}

enum mm_reason mm_sysrq_oom(struct mm *mm)
{
	struct oom_control oc = {
		.task = CALLER_TASK, .gfp = GFP_KERNEL, .sysrq = true};
	enum mm_reason verdict;

	op_enter(mm);
	verdict = run(mm, &oc);
	TRACE(mm, out_of_memory, -1, ARG(oc.gfp), ARG(verdict));
	if (mm->st->cfg.schedule)
		mm_settle(mm);
	TRACE(mm, sysrq_oom, ARG(verdict));
	op_leave(mm);
	return verdict;
}

const char *mm_pid_comm(const struct mm *mm, uint32_t pid)
{
	for (uint32_t i = 1; pid && i <= mm->st->nr_processes; i++)
		if (mm->process[i].pid == pid)
			return mm->process[i].comm;
	for (uint32_t i = 0; pid && i < mm->st->nr_tasks; i++)
		if (mm->task[i].pid == pid)
			return mm->task[i].comm;
	return "?";
}
