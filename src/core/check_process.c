/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_process.c - tasks, processes, and the pages they hold; see check.h
 *
 * Runs after the frames: a frame's owner is one that there is.
 */
#include <string.h>

#include "core/check.h"
#include "core/fault.h"
#include "core/list.h"
#include "core/lru.h"
#include "core/process.h"

/* ---- tasks ---- */

static bool is_name(const char *comm)
{
	return comm[0] && memchr(comm, '\0', TASK_NAME);
}

static bool work_fits(const struct mm *mm, const struct task *t)
{
	const struct fault_work *w = &t->work;

	if (w->kind == FAULT_NONE)
		return true;
	return t->kind == TASK_USER && t->process && w->kind < NR_FAULTS &&
	       w->done < w->wanted && w->small <= ptrs_per_pte(mm) &&
	       w->step < NR_FAULT_STEPS && w->result < NR_REASONS;
}

/* What is in hand is a page of the process, between request and mapping. */
static bool page_fits(const struct mm *mm, const struct task *t)
{
	const struct fault_work *w = &t->work;
	const struct page *page;

	if (w->kind == FAULT_NONE)
		return true;
	if (!fault_has_page(w->step))
		return w->pfn == NO_PFN;
	if (w->pfn >= mm->st->end_pfn)
		return false;
	page = &mm->page[w->pfn];
	return block_state(&page->b) == BLOCK_USED && !block_list(&page->b) &&
	       !(page->attr & PAGE_LRU) && page->owner &&
	       page->owner == mm->process[t->process].owner &&
	       (block_order(&page->b) == 0 ||
		block_order(&page->b) == mm->st->cfg.pmd_order);
}

static int check_task(const struct mm *mm, uint32_t i, struct mm_broken *b)
{
	const struct task *t = &mm->task[i];

	if (!is_name(t->comm) || t->pid == 0 || t->kind > TASK_OOM_REAPER ||
	    t->state > TASK_DEAD || t->cpu >= mm->st->cfg.nr_cpus ||
	    t->nid >= mm->st->cfg.nr_nodes ||
	    t->process > mm->st->nr_processes || t->ladder.rung >= NR_RUNGS)
		return broken_at(b, "TASKS",
				 "task %u: kind %u, state %u, CPU %u, process "
				 "%u, rung %u",
				 i, t->kind, t->state, t->cpu, t->process,
				 t->ladder.rung);
	if ((t->process != 0) != (t->kind == TASK_USER))
		return broken_at(b, "TASKS", "%s: process %u", t->comm,
				 t->process);
	if (t->process && t->state != TASK_DEAD &&
	    mm->process[t->process].flags & PROCESS_EXITED)
		return broken_at(b, "TASKS", "%s: its process is gone",
				 t->comm);
	if (!work_fits(mm, t) || !page_fits(mm, t))
		return broken_at(b, "TASKS", "%s: fault %u, step %u, pfn %u",
				 t->comm, t->work.kind, t->work.step,
				 t->work.pfn);
	return 0;
}

/* ---- processes ---- */

/** What an owner's frames add up to. */
struct held {
	uint64_t anon, file, tables, locked;
};

static void add_page(const struct page *page, struct held *h)
{
	const uint64_t pages = UINT64_C(1) << block_order(&page->b);

	if (block_is_table(&page->b))
		h->tables += pages;
	else if (block_mapcount(&page->b) && page->attr & PAGE_SWAPBACKED)
		h->anon += pages;
	else if (block_mapcount(&page->b))
		h->file += pages;
	if (page->attr & PAGE_MLOCKED)
		h->locked += pages;
}

static void add_pages(const struct mm *mm, struct held *held)
{
	for (uint32_t i = 0; i < mm->st->nr_pageblocks; i++) {
		const pfn_t start = (pfn_t)i << mm->pb_order;

		if (!(mm->pb[i].bits & PAGEBLOCK_TOUCHED))
			continue;
		for (pfn_t p = start; p < start + pageblock_nr_pages(mm); p++)
			if (block_state(&mm->page[p].b) == BLOCK_USED ||
			    block_state(&mm->page[p].b) == BLOCK_ISOLATED)
				add_page(&mm->page[p],
					 &held[mm->page[p].owner]);
	}
}

static int check_record(const struct mm *mm, uint32_t i, struct mm_broken *b)
{
	const struct process *p = &mm->process[i];

	if (!is_name(p->comm) || p->pid == 0 || p->owner > mm->st->nr_owners ||
	    p->vm_exec > 1 || (!p->owner) != ((p->flags & PROCESS_EXITED) != 0))
		return broken_at(b, "PROCESSES", "process %u: pid %u, owner %u",
				 i, p->pid, p->owner);
	return 0;
}

static int check_rss(const struct mm *mm, uint32_t i, const struct held *held,
		     struct mm_broken *b)
{
	static const struct held nothing;
	const struct process *p = &mm->process[i];
	const struct held *h = p->owner ? &held[p->owner] : &nothing;
	const uint64_t mapped =
		p->rss_anon + p->rss_file + p->rss_shmem + p->swapents;

	if (p->rss_anon != h->anon || p->rss_file != h->file || p->rss_shmem ||
	    p->locked != h->locked || p->pgtables != h->tables)
		return broken_at(b, "PROCESS_RSS",
				 "%s: %llu anon, %llu file, %llu locked, "
				 "%llu tables; its pages are %llu, %llu, "
				 "%llu, %llu",
				 p->comm, (unsigned long long)p->rss_anon,
				 (unsigned long long)p->rss_file,
				 (unsigned long long)p->locked,
				 (unsigned long long)p->pgtables,
				 (unsigned long long)h->anon,
				 (unsigned long long)h->file,
				 (unsigned long long)h->locked,
				 (unsigned long long)h->tables);
	if (p->swapents > MM_MAX_FRAMES ||
	    mapped > p->pgtables * ptrs_per_pte(mm))
		return broken_at(b, "PROCESS_RSS",
				 "%s: %llu pages are too many for %llu page "
				 "tables",
				 p->comm, (unsigned long long)mapped,
				 (unsigned long long)p->pgtables);
	return 0;
}

/* Slots are used by those who have swapped out, and by the swap cache. */
static int check_swap(const struct mm *mm, struct mm_broken *b)
{
	const int64_t total = mm->st->swap_total, free = mm->st->swap_free;
	uint64_t used = 0;

	for (uint32_t i = 1; i <= mm->st->nr_processes; i++)
		used += mm->process[i].swapents;
	if (used > (uint64_t)(total - free))
		return broken_at(b, "PROCESS_SWAP",
				 "%llu pages in swap, %lld of %lld slots free",
				 (unsigned long long)used, (long long)free,
				 (long long)total);
	return 0;
}

int check_processes(const struct mm *mm, struct mm_broken *b)
{
	struct held held[MM_MAX_OWNERS + 1];
	int e = 0;

	if (mm->st->nr_processes >= MM_MAX_PROCESSES ||
	    mm->st->nr_tasks > MM_MAX_TASKS)
		return broken_at(b, "PROCESSES", "%u processes, %u tasks",
				 mm->st->nr_processes, mm->st->nr_tasks);
	for (uint32_t i = 1; !e && i <= mm->st->nr_processes; i++)
		e = check_record(mm, i, b);
	for (uint32_t i = 0; !e && i < mm->st->nr_tasks; i++)
		e = check_task(mm, i, b);
	if (e)
		return e;
	memset(held, 0, sizeof held);
	add_pages(mm, held);
	for (uint32_t i = 1; !e && i <= mm->st->nr_processes; i++)
		e = check_rss(mm, i, held, b);
	return e ? e : check_swap(mm, b);
}
