/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_limits.c - groups, cpusets, and who is in them; see check.h
 *
 * A parent is older than its children, so no walk upwards comes back.
 */
#include <string.h>

#include "core/check.h"

static bool is_name(const char *name)
{
	return name[0] && memchr(name, '\0', MM_OWNER_NAME);
}

static bool all_zero(const void *from, size_t size)
{
	const unsigned char *p = from;

	return size == 0 || (p[0] == 0 && memcmp(p, p + 1, size - 1) == 0);
}

static int check_group(const struct mm *mm, uint32_t i, struct mm_broken *b)
{
	const struct group *g = &mm->st->group[i];

	if (!is_name(g->name) || g->parent >= i || g->oom_group > 1)
		return broken_at(b, "GROUPS", "group %u: parent %u", i,
				 g->parent);
	if (g->max < 0 || g->high < 0 || g->low < 0 || g->min < 0 ||
	    g->low > MM_MAX_FRAMES || g->min > MM_MAX_FRAMES)
		return broken_at(b, "GROUPS", "group %s: limits", g->name);
	return 0;
}

static int check_cpuset(const struct mm *mm, uint32_t i, struct mm_broken *b)
{
	const struct cpuset *cs = &mm->st->cpuset[i];
	const uint32_t all = (1u << mm->st->cfg.nr_nodes) - 1;

	if (!is_name(cs->name) || cs->parent >= i || !cs->mems ||
	    cs->mems & ~all ||
	    (cs->parent && cs->mems & ~mm->st->cpuset[cs->parent].mems))
		return broken_at(b, "CPUSETS", "cpuset %u: parent %u, nodes %x",
				 i, cs->parent, cs->mems);
	return 0;
}

static int check_process(const struct mm *mm, uint32_t i, struct mm_broken *b)
{
	const struct process *p = &mm->process[i];

	if (p->group > mm->st->nr_groups || p->cpuset > mm->st->nr_cpusets ||
	    p->owner > mm->st->nr_owners)
		return broken_at(b, "GROUPS",
				 "process %u: group %u, cpuset %u, owner %u", i,
				 p->group, p->cpuset, p->owner);
	if (p->oom_score_adj < OOM_SCORE_ADJ_MIN ||
	    p->oom_score_adj > OOM_SCORE_ADJ_MAX)
		return broken_at(b, "GROUPS", "process %u: oom_score_adj %d", i,
				 p->oom_score_adj);
	return 0;
}

/* What owners are charged with; each group has its own and those below. */
static int check_usage(const struct mm *mm, struct mm_broken *b)
{
	int64_t usage[MM_MAX_GROUPS] = {0};

	for (uint32_t i = 1; i <= mm->st->nr_owners; i++) {
		const struct owner *o = &mm->owner[i];

		if (o->group > mm->st->nr_groups ||
		    o->charged > MM_MAX_FRAMES || (o->charged && !o->group))
			return broken_at(
				b, "GROUP_USAGE",
				"%s: %llu pages charged to group %u", o->name,
				(unsigned long long)o->charged, o->group);
		usage[o->group] += (int64_t)o->charged;
	}
	for (uint32_t i = mm->st->nr_groups; i; i--) {
		const struct group *g = &mm->st->group[i];

		usage[g->parent] += usage[i];
		if (g->usage != usage[i])
			return broken_at(b, "GROUP_USAGE",
					 "group %s uses %lld pages, its blocks "
					 "have %lld",
					 g->name, (long long)g->usage,
					 (long long)usage[i]);
	}
	return 0;
}

int check_limits(const struct mm *mm, struct mm_broken *b)
{
	const struct state *st = mm->st;
	int e = 0;

	if (st->nr_groups >= MM_MAX_GROUPS ||
	    st->nr_cpusets >= MM_MAX_CPUSETS ||
	    st->nr_processes > MM_MAX_PROCESSES || st->nr_tasks > MM_MAX_TASKS)
		return broken_at(b, "GROUPS", "%u groups, %u cpusets",
				 st->nr_groups, st->nr_cpusets);
	if (!all_zero(&st->group[0], sizeof st->group[0]) ||
	    !all_zero(&st->group[st->nr_groups + 1],
		      (MM_MAX_GROUPS - 1 - st->nr_groups) *
			      sizeof st->group[0]))
		return broken_at(b, "GROUPS", "records past the last of %u",
				 st->nr_groups);
	if (!all_zero(&st->cpuset[0], sizeof st->cpuset[0]) ||
	    !all_zero(&st->cpuset[st->nr_cpusets + 1],
		      (MM_MAX_CPUSETS - 1 - st->nr_cpusets) *
			      sizeof st->cpuset[0]))
		return broken_at(b, "CPUSETS", "records past the last of %u",
				 st->nr_cpusets);
	for (uint32_t i = 1; !e && i <= st->nr_groups; i++)
		e = check_group(mm, i, b);
	for (uint32_t i = 1; !e && i <= st->nr_cpusets; i++)
		e = check_cpuset(mm, i, b);
	for (uint32_t i = 1; !e && i <= st->nr_processes; i++)
		e = check_process(mm, i, b);
	return e ? e : check_usage(mm, b);
}
