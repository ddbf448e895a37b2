/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * oom_badness.c - points for every process, and who has most; see oom.h
 */
#include "core/cpuset.h"
#include "core/oom.h"
#include "core/trace.h"

uint32_t next_process(const struct mm *mm, uint32_t process)
{
	const uint32_t after = mm->process[process].pid;
	uint32_t next = 0;

	for (uint32_t i = 1; i <= mm->st->nr_processes; i++) {
		const uint32_t pid = mm->process[i].pid;

		if (mm->process[i].flags & PROCESS_EXITED)
			continue;
		if (pid > after && (!next || pid < mm->process[next].pid))
			next = i;
	}
	return next;
}

/* Models: mem_cgroup_scan_tasks(): a group before those below it */
static void add_group(const struct mm *mm, uint32_t group, struct oom_order *o)
{
	for (uint32_t i = next_process(mm, 0); i; i = next_process(mm, i))
		if (mm->process[i].group == group && o->n < MM_MAX_PROCESSES)
			o->process[o->n++] = i;
	for (uint32_t g = group + 1; g <= mm->st->nr_groups; g++)
		if (mm->st->group[g].parent == group)
			add_group(mm, g, o);
}

struct oom_order oom_candidates(const struct mm *mm, uint32_t group)
{
	struct oom_order o = {0};

	if (group) {
		add_group(mm, group, &o);
		return o;
	}
	for (uint32_t i = next_process(mm, 0); i && o.n < MM_MAX_PROCESSES;
	     i = next_process(mm, i))
		o.process[o.n++] = i;
	return o;
}

bool oom_is_dying(const struct mm *mm, uint32_t process)
{
	const struct process *p = &mm->process[process];

	if (!p->owner || !(p->flags & PROCESS_EXITING) ||
	    p->flags & PROCESS_OOM_SKIP)
		return false;
	for (uint32_t i = 1; i <= mm->st->nr_processes; i++)
		if (mm->process[i].pid && mm->process[i].owner == p->owner &&
		    !(mm->process[i].flags & PROCESS_EXITING))
			return false;
	return true;
}

static uint32_t process_mems(const struct mm *mm, const struct process *p)
{
	return p->cpuset ? mm->st->cpuset[p->cpuset].mems : ALL_NODES;
}

/* R52.1: could its death free memory where it is wanted? */
static bool eligible(const struct mm *mm, const struct oom_control *oc,
		     const struct process *p)
{
	if (oc->group)
		return true;
	if (oc->nodemask != ALL_NODES)
		return p->policy != POLICY_BIND ||
		       (p->policy_nodes & oc->nodemask);
	return process_mems(mm, p) & cpuset_mems_allowed(mm, oc->task);
}

unsigned int mm_oom_find(const struct mm *mm, uint32_t pid)
{
	for (uint32_t i = 1; pid && i <= mm->st->nr_processes; i++)
		if (mm->process[i].pid == pid)
			return i;
	return 0;
}

unsigned int mm_oom_candidates(const struct mm *mm, unsigned int task,
			       uint32_t nodemask, unsigned int group,
			       unsigned int process[MM_MAX_PROCESSES])
{
	const struct oom_control oc = {
		.task = task, .nodemask = nodemask, .group = group};
	struct oom_order o;
	unsigned int n = 0;

	if (task >= mm->st->nr_tasks || group > mm->st->nr_groups)
		return 0;
	o = oom_candidates(mm, group);
	for (uint32_t i = 0; i < o.n; i++) {
		const struct process *p = &mm->process[o.process[i]];

		if (p->owner && !(p->flags & PROCESS_INIT) &&
		    eligible(mm, &oc, p))
			process[n++] = o.process[i];
	}
	return n;
}

/* What it has, of which points are made: R52.4. */
static int64_t pages_of(const struct process *p)
{
	return (int64_t)(p->rss_anon + p->rss_file + p->rss_shmem +
			 p->swapents + p->pgtables);
}

/* NONE: it has points. */
static enum mm_reason no_points(const struct process *p)
{
	if (!p->owner)
		return REASON_OOM_NO_MEMORY;
	if (p->oom_score_adj == OOM_SCORE_ADJ_MIN)
		return REASON_OOM_NEVER;
	if (p->flags & PROCESS_OOM_SKIP)
		return REASON_OOM_REAPED;
	return REASON_NONE;
}

bool oom_may_kill(const struct mm *mm, const struct oom_control *oc,
		  uint32_t process)
{
	const struct process *p = &mm->process[process];

	return p->owner && !(p->flags & PROCESS_INIT) && eligible(mm, oc, p) &&
	       p->oom_score_adj != OOM_SCORE_ADJ_MIN;
}

/*
 * What is said of a candidate, and its points.  REASON_OOM_PENDING ends the
 * scan; the rest is in the order of R52 and R53.
 */
static enum mm_reason evaluate(const struct mm *mm, struct oom_control *oc,
			       const struct process *p, int64_t *points)
{
	enum mm_reason why;

	*points = 0;
	if (p->flags & PROCESS_INIT)
		return REASON_OOM_INIT;
	if (!eligible(mm, oc, p))
		return REASON_OOM_ELSEWHERE;
	if (!oc->sysrq && p->flags & PROCESS_OOM_VICTIM)
		return p->flags & PROCESS_OOM_SKIP ? REASON_OOM_REAPED
						   : REASON_OOM_PENDING;
	if (p->flags & PROCESS_KILL_FIRST) {
		*points = INT64_MAX;
		return REASON_OOM_FIRST;
	}
	why = no_points(p);
	if (why)
		return why;
	*points = pages_of(p) +
		  (int64_t)p->oom_score_adj * (oc->totalpages / 1000);
	/* of equals the later: R52.5 */
	return *points < oc->points ? REASON_OOM_FEWER : REASON_OOM_BEST;
}

static int32_t clamped(int64_t v)
{
	return (int32_t)(v > INT32_MAX	 ? INT32_MAX
			 : v < INT32_MIN ? INT32_MIN
					 : v);
}

void oom_select(struct mm *mm, struct oom_control *oc)
{
	const struct oom_order order = oom_candidates(mm, oc->group);

	oc->chosen = 0;
	oc->points = INT64_MIN;
	for (unsigned int n = 0; n < order.n; n++) {
		const struct process *p = &mm->process[order.process[n]];
		int64_t points;
		const enum mm_reason why = evaluate(mm, oc, p, &points);

		TRACE(mm, oom_badness, ARG(p->pid), clamped(points),
		      clamped(pages_of(p)), p->oom_score_adj, ARG(why));
		if (why == REASON_OOM_PENDING) {
			oc->aborted = true;
			oc->chosen = 0;
			return;
		}
		if (why == REASON_OOM_FIRST || why == REASON_OOM_BEST) {
			oc->chosen = order.process[n];
			oc->points = points;
		}
	}
}
