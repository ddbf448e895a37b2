/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * oom_kill.c - killing the chosen one, and who goes with it; see oom.h
 */
#include "core/memcg.h"
#include "core/oom.h"
#include "core/process.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/vmstat.h"

#define REAPER_DELAY (2 * MM_HZ) /* OOM_REAPER_DELAY */

static void set_flags(struct mm *mm, uint32_t process, uint32_t flags)
{
	const struct process *p = &mm->process[process];

	STORE(mm, p->flags, p->flags | flags);
}

/* Once for each victim; the reaper sleeps until the first is due. */
static void queue_oom_reaper(struct mm *mm, uint32_t process)
{
	const struct process *p = &mm->process[process];
	const struct task *reaper = &mm->task[reaper_task(mm)];

	STORE(mm, p->dies_at, mm->st->jiffies + REAPER_DELAY);
	STORE(mm, p->reap_tries, 0);
	if (reaper->state == TASK_IDLE)
		task_sleep(mm, reaper_task(mm), WAIT_OOM, REAPER_DELAY);
}

/* R54; a process is marked and queued once. */
static void mark(struct mm *mm, uint32_t process, bool reapable)
{
	const struct process *p = &mm->process[process];

	if (p->flags & PROCESS_OOM_VICTIM)
		return;
	set_flags(mm, process,
		  PROCESS_OOM_VICTIM | (reapable ? 0 : PROCESS_OOM_SKIP));
	process_kill(mm, process);
	TRACE(mm, mark_victim, ARG(p->pid), ARG(p->rss_anon), ARG(p->rss_file),
	      ARG(p->rss_shmem), ARG(p->pgtables), ARG(p->uid),
	      p->oom_score_adj);
	if (reapable)
		queue_oom_reaper(mm, process);
}

void oom_mark_victim(struct mm *mm, uint32_t process)
{
	mark(mm, process, true);
}

static bool shares(const struct mm *mm, uint32_t other, uint32_t process)
{
	return other != process && mm->process[other].pid &&
	       mm->process[other].owner == mm->process[process].owner;
}

/* R55.3: init lives on, so the map it shares is not to be reaped. */
static bool is_reapable(const struct mm *mm, uint32_t process)
{
	for (uint32_t i = 1; i <= mm->st->nr_processes; i++)
		if (shares(mm, i, process) &&
		    mm->process[i].flags & PROCESS_INIT)
			return false;
	return true;
}

/* Not more than so many in that time. */
#define REPORTS_MOST 10
#define REPORTS_TIME (5 * MM_HZ)

/** Models: __ratelimit() of oom_kill_process(); O19, R55.2 */
static bool report_due(struct mm *mm)
{
	const struct state *st = mm->st;

	if (st->oom_reports == 0 ||
	    st->jiffies > st->oom_reports_from + REPORTS_TIME) {
		STORE(mm, st->oom_reports_from, st->jiffies);
		STORE(mm, st->oom_reports, 0);
	}
	if (st->oom_reports == REPORTS_MOST)
		return false;
	STORE(mm, st->oom_reports, st->oom_reports + 1);
	return true;
}

/* Models: __oom_kill_process() */
static void kill_one(struct mm *mm, uint32_t process, int64_t points,
		     enum mm_reason why, bool reported)
{
	const struct process *p = &mm->process[process];

	count_vm_events(mm, VM_OOM_KILL, 1);
	MEMCG_EVENT(mm, p->group, events_oom_kill);
	TRACE(mm, oom_kill, ARG(p->pid),
	      ARG(points > INT32_MAX   ? INT32_MAX
		  : points < INT32_MIN ? INT32_MIN
				       : points),
	      ARG(why), reported);
	mark(mm, process, is_reapable(mm, process));
	for (uint32_t i = next_process(mm, 0); i; i = next_process(mm, i))
		if (shares(mm, i, process) &&
		    mm->process[i].flags & PROCESS_INIT)
			TRACE(mm, oom_pinned, ARG(p->pid),
			      ARG(mm->process[i].pid));
		else if (shares(mm, i, process) &&
			 !(mm->process[i].flags &
			   (PROCESS_INIT | PROCESS_EXITING))) {
			process_kill(mm, i);
			TRACE(mm, oom_kill, ARG(mm->process[i].pid), 0,
			      REASON_OOM_SHARES, false);
		}
}

/*
 * The highest group, from the victim's up to the domain, that is killed as a
 * whole; 0: none.  Models: mem_cgroup_get_oom_group()
 */
static uint32_t whole_group(const struct mm *mm, uint32_t process,
			    uint32_t domain)
{
	uint32_t found = 0;

	for (uint32_t g = mm->process[process].group; g;
	     g = mm->st->group[g].parent) {
		if (mm->st->group[g].oom_group)
			found = g;
		if (g == domain)
			break;
	}
	return found;
}

static void kill_group(struct mm *mm, uint32_t group)
{
	const struct oom_order order = oom_candidates(mm, group);

	for (unsigned int n = 0; n < order.n; n++) {
		const struct process *p = &mm->process[order.process[n]];

		if (p->owner && p->oom_score_adj != OOM_SCORE_ADJ_MIN &&
		    !(p->flags & (PROCESS_INIT | PROCESS_OOM_VICTIM)))
			kill_one(mm, order.process[n], 0, REASON_OOM_GROUP,
				 false);
	}
}

void oom_kill_process(struct mm *mm, const struct oom_control *oc,
		      enum mm_reason why)
{
	const uint32_t victim = oc->chosen;
	uint32_t group;

	if (oom_is_dying(mm, victim)) {
		oom_mark_victim(mm, victim);
		return;
	}
	group = whole_group(mm, victim, oc->group);
	kill_one(mm, victim, oc->points, why, report_due(mm));
	if (group)
		kill_group(mm, group);
}
