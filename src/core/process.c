/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process.c - see process.h
 */
#include "core/process.h"

#include "core/fault.h"
#include "core/frame.h"
#include "core/lru_batch.h"
#include "core/page_state.h"
#include "core/rmap.h"
#include "core/swap.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/user_task.h"
#include "core/workingset.h"

static void set_flags(struct mm *mm, uint32_t process, uint32_t flags)
{
	STORE(mm, mm->process[process].flags, flags);
}

unsigned int process_cpu(const struct mm *mm, uint32_t process)
{
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (mm->task[i].process == process)
			return mm->task[i].cpu;
	return 0;
}

/* ---- page tables ---- */

void process_add_table(struct mm *mm, uint32_t process, pfn_t pfn)
{
	const struct process *p = &mm->process[process];
	const struct block *b = &mm->page[pfn].b;

	STORE(mm, b->word, b->word | PGTY_TABLE << 16);
	mod_node_page_state(mm, page_nid(mm, pfn), NR_PAGE_TABLE_PAGES, 1);
	STORE(mm, p->pgtables, p->pgtables + 1);
}

static void free_table(struct mm *mm, uint32_t process, pfn_t pfn)
{
	const struct process *p = &mm->process[process];

	mod_node_page_state(mm, page_nid(mm, pfn), NR_PAGE_TABLE_PAGES, -1);
	STORE(mm, p->pgtables, p->pgtables - 1);
	frame_release(mm, pfn);
	free_frozen_pages(mm, pfn, 0);
}

/* The first of its tables but @spare, and so on, in the order they came. */
static void free_tables(struct mm *mm, uint32_t process, uint64_t spare)
{
	const struct process *p = &mm->process[process];
	pfn_t next, pfn = mm_owner_first(mm, (uint16_t)p->owner);

	for (; pfn != NO_PFN && p->pgtables > spare; pfn = next) {
		next = mm_owner_next(mm, pfn);
		if (block_is_table(&mm->page[pfn].b))
			free_table(mm, process, pfn);
	}
}

/** Models: free_pgtables() of munmap() */
void process_trim_tables(struct mm *mm, uint32_t process)
{
	const struct process *p = &mm->process[process];
	const uint64_t pages = p->rss_anon + p->rss_file + p->rss_shmem +
			       p->swapents + faults_in_flight(mm, process);
	const uint64_t per = ptrs_per_pte(mm);

	free_tables(mm, process, (pages + per - 1) / per);
}

/* ---- the end of a memory map ---- */

/* Anonymous pages, as they lie; then what is in swap. */
static void zap_anon(struct mm *mm, uint32_t process)
{
	const struct process *p = &mm->process[process];
	pfn_t next, pfn = mm_owner_first(mm, (uint16_t)p->owner);

	for (; pfn != NO_PFN; pfn = next) {
		next = mm_owner_next(mm, pfn);
		if (page_is_anon(&mm->page[pfn]))
			zap_page(mm, pfn);
	}
	swap_entries_free(mm, (int64_t)p->swapents);
	add_mm_counter(mm, process, MM_SWAPENTS, -(int64_t)p->swapents);
}

static void zap_files(struct mm *mm, uint32_t process)
{
	const uint16_t owner = (uint16_t)mm->process[process].owner;

	for (pfn_t pfn = mm_owner_first(mm, owner); pfn != NO_PFN;
	     pfn = mm_owner_next(mm, pfn))
		if (!page_is_anon(&mm->page[pfn]))
			zap_page(mm, pfn);
}

/* Another living process uses the same map. */
static bool is_shared(const struct mm *mm, uint32_t process)
{
	for (uint32_t i = 1; i <= mm->st->nr_processes; i++)
		if (i != process &&
		    mm->process[i].owner == mm->process[process].owner)
			return true;
	return false;
}

/** Models: exit_mmap(), mm/mmap.c; R58 */
static void exit_mmap(struct mm *mm, uint32_t process)
{
	lru_add_drain_cpu(mm, mm->cpu);
	zap_anon(mm, process);
	workingset_forget_anon(mm, (uint16_t)mm->process[process].owner);
	free_tables(mm, process, 0);
	zap_files(mm, process);
}

void process_exit(struct mm *mm, uint32_t process)
{
	const struct process *p = &mm->process[process];
	const uint16_t cpu = mm->cpu;
	const uint64_t anon = p->rss_anon, file = p->rss_file;
	const uint64_t tables = p->pgtables;
	const uint32_t told = PROCESS_INIT | PROCESS_OOM_VICTIM;

	mm->cpu = (uint16_t)process_cpu(mm, process);
	if (p->owner && !is_shared(mm, process))
		exit_mmap(mm, process);
	STORE(mm, p->owner, 0);
	STORE(mm, p->rss_anon, 0);
	STORE(mm, p->rss_file, 0);
	STORE(mm, p->rss_shmem, 0);
	STORE(mm, p->locked, 0);
	STORE(mm, p->pgtables, 0);
	STORE(mm, p->dies_at, NEVER);
	set_flags(mm, process, (p->flags & told) | PROCESS_EXITED);
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (mm->task[i].process == process)
			STORE(mm, mm->task[i].state, (uint32_t)TASK_DEAD);
	mm->cpu = cpu;
	TRACE(mm, process_exit, ARG(p->pid), ARG(anon), ARG(tables), ARG(file));
}

/* ---- who is killed exits ---- */

void process_kill(struct mm *mm, uint32_t process)
{
	set_flags(mm, process, mm->process[process].flags | PROCESS_EXITING);
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++) {
		const struct task *t = &mm->task[i];

		/* those asleep for a moment anyway are left to it */
		if (t->process == process && i != mm->current &&
		    (t->state == TASK_IDLE || t->wait == WAIT_OOM ||
		     t->wait == WAIT_PFMEMALLOC))
			task_wake(mm, i);
	}
}

bool process_may_exit(const struct mm *mm, uint32_t process)
{
	const struct process *p = &mm->process[process];

	if (!(p->flags & PROCESS_EXITING) || p->flags & PROCESS_STUCK)
		return false;
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (mm->task[i].process == process && task_is_busy(mm, i))
			return false;
	return true;
}

/* Its tasks, but for the one that is waiting for us, end what they do. */
static bool finish_tasks(struct mm *mm, uint32_t process)
{
	bool any = false;

	for (uint32_t i = 1; i < mm->st->nr_tasks; i++)
		if (mm->task[i].process == process && i != mm->current &&
		    task_is_busy(mm, i))
			any |= task_run(mm, i);
	return any;
}

bool exit_victims(struct mm *mm)
{
	bool any = false;

	for (uint32_t i = 1; i <= mm->st->nr_processes; i++) {
		if (!(mm->process[i].flags & PROCESS_EXITING) ||
		    mm->process[i].flags & PROCESS_STUCK)
			continue;
		any |= finish_tasks(mm, i);
		if (process_may_exit(mm, i)) {
			process_exit(mm, i);
			any = true;
		}
	}
	return any;
}
