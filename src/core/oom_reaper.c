/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * oom_reaper.c - the memory of victims that do not exit
 *
 * A victim has two seconds to exit by itself; then its private anonymous
 * pages are taken from it.  A map that is locked is tried for again, ten
 * times.  Either way the victim is left in peace from then on, and another
 * may be chosen.
 *
 * Models:   oom_reaper, oom_reap_task, __oom_reap_task_mm in mm/oom_kill.c;
 *           R57
 */
#include "core/page_state.h"
#include "core/process.h"
#include "core/rmap.h"
#include "core/swap.h"
#include "core/task.h"
#include "core/trace.h"

#define MAX_OOM_REAP_RETRIES 10
#define REAP_PAUSE (MM_HZ / 10)

/* The victim whose turn is next, the oldest of those with the same. */
static uint32_t next_victim(const struct mm *mm)
{
	uint32_t next = 0;

	for (uint32_t i = 1; i <= mm->st->nr_processes; i++) {
		const struct process *p = &mm->process[i];

		if (p->dies_at != NEVER && p->flags & PROCESS_OOM_VICTIM &&
		    (!next || p->dies_at < mm->process[next].dies_at))
			next = i;
	}
	return next;
}

static void leave_in_peace(struct mm *mm, uint32_t process)
{
	const struct process *p = &mm->process[process];

	STORE(mm, p->flags, p->flags | PROCESS_OOM_SKIP);
	STORE(mm, p->dies_at, NEVER);
}

/* Private pages only: what another has mapped too stays. */
static void reap(struct mm *mm, uint32_t process)
{
	const struct process *p = &mm->process[process];
	const uint16_t cpu = mm->cpu;
	pfn_t next, pfn = mm_owner_first(mm, (uint16_t)p->owner);

	mm->cpu = (uint16_t)process_cpu(mm, process);
	TRACE(mm, start_task_reaping, ARG(p->pid));
	for (; pfn != NO_PFN; pfn = next) {
		next = mm_owner_next(mm, pfn);
		if (page_is_anon(&mm->page[pfn]) &&
		    block_mapcount(&mm->page[pfn].b) < 2)
			zap_page(mm, pfn);
	}
	swap_entries_free(mm, (int64_t)p->swapents);
	add_mm_counter(mm, process, MM_SWAPENTS, -(int64_t)p->swapents);
	TRACE(mm, finish_task_reaping, ARG(p->pid), ARG(p->rss_anon),
	      ARG(p->rss_file), ARG(p->rss_shmem));
	mm->cpu = cpu;
	leave_in_peace(mm, process);
}

/* One try; a map that is locked costs a pause, the last one too. */
static void try_to_reap(struct mm *mm, uint32_t process)
{
	const struct process *p = &mm->process[process];

	if (p->reap_tries == 0)
		TRACE(mm, wake_reaper, ARG(p->pid));
	if (p->reap_tries == MAX_OOM_REAP_RETRIES) {
		leave_in_peace(mm, process);
	} else if (p->flags & PROCESS_MMAP_LOCKED) {
		TRACE(mm, skip_task_reaping, ARG(p->pid));
		STORE(mm, p->reap_tries, p->reap_tries + 1);
		STORE(mm, p->dies_at, mm->st->jiffies + REAP_PAUSE);
	} else {
		reap(mm, process);
	}
}

enum mm_quantum oom_reaper_step(struct mm *mm, uint32_t task)
{
	const uint32_t victim = next_victim(mm);

	if (!victim)
		return QUANTUM_DONE;
	if (mm->process[victim].dies_at > mm->st->jiffies) {
		task_sleep(mm, task, WAIT_OOM,
			   mm->process[victim].dies_at - mm->st->jiffies);
		return QUANTUM_SLEEP;
	}
	try_to_reap(mm, victim);
	return QUANTUM_AGAIN;
}
