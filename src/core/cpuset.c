/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpuset.c - see cpuset.h
 */
#include "core/cpuset.h"

#include <errno.h>
#include <string.h>

#include "core/frame.h"
#include "core/layout.h"
#include "core/named.h"
#include "core/task.h"
#include "core/trace.h"

uint32_t cpuset_mems_allowed(const struct mm *mm, uint32_t task)
{
	const uint32_t process = mm->task[task].process;
	const uint32_t set = process ? mm->process[process].cpuset : 0;

	return set ? mm->st->cpuset[set].mems : ALL_NODES;
}

bool cpuset_node_allowed(const struct mm *mm, uint32_t task, unsigned int nid,
			 gfp_t gfp)
{
	if (cpuset_mems_allowed(mm, task) >> nid & 1)
		return true;
	if (task_caller(mm, task) & MM_CALLER_OOM_VICTIM)
		return true;
	/*
	 * Without it an exiting task may go anywhere, and others as far as
	 * the nearest hard wall lets them: the root's, which has all nodes.
	 */
	return !(gfp & GFP_BIT_HARDWALL);
}

/* No kernel memory on any of these nodes? */
static bool movable_only(const struct mm *mm, uint32_t mems)
{
	for (uint32_t i = 0; i < mm->st->nr_populated; i++) {
		const zone_t zid = mm->st->populated[i];

		if (mems >> zone_nid(zid) & 1 &&
		    zone_idx(zid) <= zone_normal(mm))
			return false;
	}
	return true;
}

bool cpusets_insane_config(const struct mm *mm)
{
	for (uint32_t i = 1; i <= mm->st->nr_cpusets; i++)
		if (movable_only(mm, mm->st->cpuset[i].mems))
			return true;
	return false;
}

bool cpuset_has_zone(const struct mm *mm, const struct alloc_context *ac)
{
	const uint32_t mems = cpuset_mems_allowed(mm, ac->task);

	for (unsigned int i = 0; i < ac->nr_zones; i++)
		if (zone_idx(ac->zonelist[i]) <= ac->highest &&
		    mems >> zone_nid(ac->zonelist[i]) & 1)
			return true;
	return false;
}

/* ---- making and changing them ---- */

static uint32_t all_nodes(const struct mm *mm)
{
	return (1u << mm->st->cfg.nr_nodes) - 1;
}

static uint32_t mems_of(const struct mm *mm, unsigned int cpuset)
{
	return cpuset ? mm->st->cpuset[cpuset].mems : all_nodes(mm);
}

static int bad_mems(const struct mm *mm, unsigned int parent, uint32_t mems,
		    struct mm_error *err)
{
	if (!mems || mems & ~all_nodes(mm))
		return mm_fail(err, -EINVAL,
			       "expected at least one node, 0 to %u",
			       mm->st->cfg.nr_nodes - 1);
	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++)
		if (mems & ~mems_of(mm, parent) & 1u << n)
			return mm_fail(err, -EINVAL,
				       "its parent %s has no node %u",
				       mm->st->cpuset[parent].name, n);
	return 0;
}

static struct named cpusets(const struct mm *mm)
{
	return (struct named){
		.first = mm->st->cpuset,
		.unit = sizeof mm->st->cpuset[0],
		.nr = mm->st->nr_cpusets,
		.room = MM_MAX_CPUSETS,
		.what = "cpuset",
	};
}

int mm_cpuset_new(struct mm *mm, const char *name, unsigned int parent,
		  uint32_t mems, struct mm_error *err)
{
	const uint32_t i = mm->st->nr_cpusets + 1;
	struct cpuset cs = {.parent = parent, .mems = mems};
	const struct named t = cpusets(mm);
	int e;

	if (parent > mm->st->nr_cpusets)
		return mm_fail(err, -EINVAL, "no such parent: there are %u",
			       mm->st->nr_cpusets);
	e = named_refuse(&t, name, err);
	if (!e)
		e = bad_mems(mm, parent, mems, err);
	if (e)
		return e;
	memcpy(cs.name, name, strlen(name));
	op_enter(mm);
	memo_forget(mm);
	store_bytes(mm, &mm->st->cpuset[i], &cs, sizeof cs);
	STORE(mm, mm->st->nr_cpusets, i);
	TRACE(mm, cpuset, ARG(i), ARG(mems));
	op_leave(mm);
	return (int)i;
}

int mm_cpuset_set(struct mm *mm, unsigned int cpuset, uint32_t mems,
		  struct mm_error *err)
{
	int e;

	if (!cpuset || cpuset > mm->st->nr_cpusets)
		return mm_fail(err, -EINVAL, "no such cpuset: expected 1 to %u",
			       mm->st->nr_cpusets);
	e = bad_mems(mm, mm->st->cpuset[cpuset].parent, mems, err);
	for (uint32_t i = 1; !e && i <= mm->st->nr_cpusets; i++)
		if (mm->st->cpuset[i].parent == cpuset &&
		    mm->st->cpuset[i].mems & ~mems)
			e = mm_fail(err, -EINVAL,
				    "%s below it has other nodes: change it "
				    "first",
				    mm->st->cpuset[i].name);
	if (e)
		return e;
	op_enter(mm);
	memo_forget(mm);
	STORE(mm, mm->st->cpuset[cpuset].mems, mems);
	TRACE(mm, cpuset_mems, ARG(cpuset), ARG(mems));
	op_leave(mm);
	return 0;
}

int mm_cpuset_add(struct mm *mm, unsigned int cpuset, unsigned int process,
		  struct mm_error *err)
{
	const struct process *p = &mm->process[process];

	if (cpuset > mm->st->nr_cpusets)
		return mm_fail(err, -EINVAL, "no such cpuset: expected 0 to %u",
			       mm->st->nr_cpusets);
	if (!process || process > mm->st->nr_processes || !p->pid)
		return mm_fail(err, -EINVAL, "no such process");
	op_enter(mm);
	STORE(mm, p->cpuset, cpuset);
	TRACE(mm, cpuset_attach, ARG(cpuset), ARG(p->pid));
	op_leave(mm);
	return 0;
}

/* ---- looking ---- */

int mm_cpuset_find(const struct mm *mm, const char *name)
{
	const struct named t = cpusets(mm);

	return named_find(&t, name);
}

unsigned int mm_nr_cpusets(const struct mm *mm)
{
	return mm->st->nr_cpusets;
}

void mm_cpuset_info(const struct mm *mm, unsigned int cpuset,
		    struct mm_cpuset_info *ci)
{
	*ci = (struct mm_cpuset_info){.name = "?"};
	if (cpuset > mm->st->nr_cpusets)
		return;
	ci->name = cpuset ? mm->st->cpuset[cpuset].name : "/";
	ci->parent = mm->st->cpuset[cpuset].parent;
	ci->mems = mems_of(mm, cpuset);
}
