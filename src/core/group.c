/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * group.c - making, changing and looking at memory groups
 *
 * Models:   mem_cgroup_css_alloc, memory_max_write, cgroup_attach_task
 * Left out: a limit above the parent's, which the kernel takes and which
 *           means nothing, is refused
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/endless.h"
#include "core/frame.h"
#include "core/memcg.h"
#include "core/named.h"
#include "core/oom.h"
#include "core/task.h"
#include "core/trace.h"

/* ---- limits ---- */

static bool below(int64_t child, int64_t parent)
{
	return child == MM_NO_LIMIT || child <= parent;
}

static int bad_number(const struct mm_group_limits *l, struct mm_error *err)
{
	if (l->max < 0 || l->high < 0 || l->low < 0 || l->min < 0)
		return mm_fail(err, -EINVAL,
			       "limits are pages: expected 0 or more");
	if (l->low > MM_MAX_FRAMES || l->min > MM_MAX_FRAMES)
		return mm_fail(err, -EINVAL,
			       "low and min: expected at most %u pages",
			       MM_MAX_FRAMES);
	return 0;
}

/* Against all above; a group without a max has that of its parents. */
static int over_parents(const struct mm *mm, unsigned int parent,
			const struct mm_group_limits *l, struct mm_error *err)
{
	for (; parent; parent = mm->st->group[parent].parent) {
		const struct group *g = &mm->st->group[parent];

		if (!below(l->max, g->max))
			return mm_fail(err, -EINVAL,
				       "max=%lld is more than its parent %s "
				       "has, %lld",
				       (long long)l->max, g->name,
				       (long long)g->max);
		if (l->min > g->max || l->low > g->max)
			return mm_fail(err, -EINVAL,
				       "its parent %s has max=%lld: no more "
				       "pages can be protected",
				       g->name, (long long)g->max);
	}
	return 0;
}

/* Against all below. */
static int under_children(const struct mm *mm, unsigned int group,
			  const struct mm_group_limits *l, struct mm_error *err)
{
	for (uint32_t i = 1; i <= mm->st->nr_groups; i++) {
		const struct group *g = &mm->st->group[i];

		if (i != group && memcg_is_below(mm, i, group) &&
		    (!below(g->max, l->max) || g->min > l->max ||
		     g->low > l->max))
			return mm_fail(err, -EINVAL,
				       "max=%lld is less than %s below it "
				       "has: change that first",
				       (long long)l->max, g->name);
	}
	return 0;
}

static struct named groups(const struct mm *mm)
{
	return (struct named){
		.first = mm->st->group,
		.unit = sizeof mm->st->group[0],
		.nr = mm->st->nr_groups,
		.room = MM_MAX_GROUPS,
		.what = "group",
	};
}

int mm_group_new(struct mm *mm, const char *name, unsigned int parent,
		 const struct mm_group_limits *limits, struct mm_error *err)
{
	const uint32_t i = mm->st->nr_groups + 1;
	struct group g = {
		.parent = parent,
		.oom_group = limits->oom_group,
		.max = limits->max,
		.high = limits->high,
		.low = limits->low,
		.min = limits->min,
	};
	const struct named t = groups(mm);
	int e;

	if (parent > mm->st->nr_groups)
		return mm_fail(err, -EINVAL, "no such parent: there are %u",
			       mm->st->nr_groups);
	e = named_refuse(&t, name, err);
	if (!e)
		e = bad_number(limits, err);
	if (!e)
		e = over_parents(mm, parent, limits, err);
	if (e)
		return e;
	memcpy(g.name, name, strlen(name));
	op_enter(mm);
	store_bytes(mm, &mm->st->group[i], &g, sizeof g);
	STORE(mm, mm->st->nr_groups, i);
	TRACE(mm, group, ARG(i));
	op_leave(mm);
	return (int)i;
}

/*
 * Until it fits: reclaim, then a victim at a time.  Whoever writes the limit
 * waits for it.
 */
static void shrink_to_max(struct mm *mm, uint32_t group)
{
	const struct group *g = &mm->st->group[group];
	struct ladder l = {.charge_tries = 16};

	while (g->usage > g->max) {
		enum mm_reason verdict;

		if (l.charge_tries) {
			if (!memcg_reclaim(mm, CALLER_TASK, group,
					   g->usage - g->max))
				l.charge_tries--;
			continue;
		}
		MEMCG_EVENT(mm, group, events_oom);
		verdict = mem_cgroup_out_of_memory(mm, CALLER_TASK, group, 0,
						   GFP_KERNEL);
		TRACE(mm, out_of_memory, 0, ARG(GFP_KERNEL), ARG(verdict));
		if ((verdict != REASON_OOM_KILLED &&
		     verdict != REASON_OOM_PENDING) ||
		    round_worth(mm, &l) == ROUND_IN_VAIN)
			break;
		task_sleep(mm, CALLER_TASK, WAIT_OOM, 1);
		sched_sleep(mm, CALLER_TASK);
	}
	STORE(mm, mm->task[CALLER_TASK].state, (uint32_t)TASK_IDLE);
}

int mm_group_set(struct mm *mm, unsigned int group,
		 const struct mm_group_limits *limits, struct mm_error *err)
{
	const struct group *g = mm->st->group;
	int e;

	if (!group || group > mm->st->nr_groups)
		return mm_fail(err, -EINVAL, "no such group: expected 1 to %u",
			       mm->st->nr_groups);
	g += group;
	e = bad_number(limits, err);
	if (!e)
		e = over_parents(mm, g->parent, limits, err);
	if (!e)
		e = under_children(mm, group, limits, err);
	if (e)
		return e;
	op_enter(mm);
	STORE(mm, g->max, limits->max);
	STORE(mm, g->high, limits->high);
	STORE(mm, g->low, limits->low);
	STORE(mm, g->min, limits->min);
	STORE(mm, g->oom_group, (uint32_t)limits->oom_group);
	shrink_to_max(mm, group);
	TRACE(mm, group_limits, ARG(group), ARG(g->usage));
	op_leave(mm);
	return 0;
}

int mm_group_add(struct mm *mm, unsigned int group, unsigned int process,
		 struct mm_error *err)
{
	const struct process *p = &mm->process[process];

	if (group > mm->st->nr_groups)
		return mm_fail(err, -EINVAL, "no such group: expected 0 to %u",
			       mm->st->nr_groups);
	if (!process || process > mm->st->nr_processes || !p->pid)
		return mm_fail(err, -EINVAL, "no such process");
	if (p->group != group && mm->owner[p->owner].charged)
		return mm_fail(err, -EBUSY,
			       "%s is charged for pages already, %llu: they "
			       "would stay behind",
			       p->comm,
			       (unsigned long long)mm->owner[p->owner].charged);
	op_enter(mm);
	for (uint32_t i = 1; i <= mm->st->nr_processes; i++)
		if (i == process || (p->owner && mm->process[i].pid &&
				     mm->process[i].owner == p->owner))
			STORE(mm, mm->process[i].group, group);
	TRACE(mm, group_attach, ARG(group), ARG(p->pid));
	op_leave(mm);
	return 0;
}

/* ---- looking ---- */

int mm_group_find(const struct mm *mm, const char *name)
{
	const struct named t = groups(mm);

	return named_find(&t, name);
}

unsigned int mm_nr_groups(const struct mm *mm)
{
	return mm->st->nr_groups;
}

void mm_group_info(const struct mm *mm, unsigned int group,
		   struct mm_group_info *gi)
{
	const struct group *g = mm->st->group;

	*gi = (struct mm_group_info){.name = "?", .limits = mm_no_limits()};
	if (group > mm->st->nr_groups)
		return;
	gi->name = "/";
	if (!group)
		return;
	g += group;
	*gi = (struct mm_group_info){
		.name = g->name,
		.parent = g->parent,
		.limits = {.max = g->max,
			   .high = g->high,
			   .low = g->low,
			   .min = g->min,
			   .oom_group = g->oom_group},
		.usage = g->usage,
		.low = g->events_low,
		.high = g->events_high,
		.max = g->events_max,
		.oom = g->events_oom,
		.oom_kill = g->events_oom_kill,
	};
}

/* ---- figures ---- */

static const char *const figures[] = {
	"usage",      "margin",	    "events.low",      "events.high",
	"events.max", "events.oom", "events.oom_kill",
};

static int64_t figure_of(const struct mm *mm, uint32_t group, size_t i)
{
	const struct group *g = &mm->st->group[group];
	const int64_t values[] = {
		g->usage,
		memcg_margin(mm, group),
		(int64_t)g->events_low,
		(int64_t)g->events_high,
		(int64_t)g->events_max,
		(int64_t)g->events_oom,
		(int64_t)g->events_oom_kill,
	};

	return values[i];
}

/* "group.NAME.WHAT"; a name may have dots itself. */
int group_figure(const struct mm *mm, const char *name, int64_t *value,
		 const char **unit)
{
	if (strncmp(name, "group.", 6) != 0)
		return -ENOENT;
	name += 6;
	for (uint32_t g = 1; g <= mm->st->nr_groups; g++) {
		const size_t len = strlen(mm->st->group[g].name);

		if (strncmp(name, mm->st->group[g].name, len) != 0 ||
		    name[len] != '.')
			continue;
		for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
			if (strcmp(name + len + 1, figures[i]) == 0) {
				*value = figure_of(mm, g, i);
				*unit = i < 2 ? "pages" : "";
				return 0;
			}
	}
	return -ENOENT;
}

void group_figure_names(const struct mm *mm, void (*each)(void *, const char *),
			void *arg)
{
	char name[80];

	for (uint32_t g = 1; g <= mm->st->nr_groups; g++)
		for (size_t i = 0; i < sizeof figures / sizeof figures[0];
		     i++) {
			snprintf(name, sizeof name, "group.%s.%s",
				 mm->st->group[g].name, figures[i]);
			each(arg, name);
		}
}
