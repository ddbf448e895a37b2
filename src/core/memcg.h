/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * memcg.h - pages charged to groups
 *
 * A charged block has BLOCK_CHARGED and an owner, and is charged to its
 * owner's group and all above it but the root; freeing it takes that back.
 * An owner with charged pages keeps its group, so that what a dead process
 * has left behind is uncharged from where it was charged.
 *
 * Models:   try_charge_memcg, __memcg_kmem_charge_page, uncharge_folio,
 *           effective_protection, mem_cgroup_handle_over_high in
 *           mm/memcontrol.c and mm/page_counter.c; P34 to P37, R59
 * Left out: a wait in the middle of reclaim for memory.high; the 64-page
 *           stock (usage is exact), swap and tcp accounts, groups that are
 *           taken away, charges that move with a process
 * Keeps:    GROUPS, GROUP_USAGE (check_limits.c)
 */
#ifndef CORE_MEMCG_H
#define CORE_MEMCG_H

#include "core/store.h"

/** Kernel memory is accounted as soon as there is a group. */
static inline bool memcg_online(const struct mm *mm)
{
	return mm->st->nr_groups != 0;
}

/** Group that a block is charged to; 0: none. */
static inline uint32_t memcg_of_page(const struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	return page->b.word & BLOCK_CHARGED ? mm->owner[page->owner].group : 0;
}

/** Is @group @above, or below it? The root (0) is above all. */
bool memcg_is_below(const struct mm *mm, uint32_t group, uint32_t above);
/** Group that pages of the task's process are charged to; 0: none. */
uint32_t memcg_of_task(const struct mm *mm, uint32_t task);
/** Does the kernel account what the task asks for like that? P34 */
static inline bool memcg_accounts(const struct mm *mm, uint32_t task, gfp_t gfp)
{
	return memcg_online(mm) && (gfp & GFP_BIT_ACCOUNT) &&
	       memcg_of_task(mm, task);
}

/** Pages that group and its parents have left. */
int64_t memcg_margin(const struct mm *mm, uint32_t group);
/**
 * Pages of a group that reclaim for @target (0: everybody) must spare, by
 * memory.min, or by memory.low.
 */
int64_t memcg_protected(const struct mm *mm, uint32_t target, uint32_t group,
			bool low);

/**
 * charge_begin - the task's process is to pay for a block
 *
 * Then charge_step(), a round of P35 each, until QUANTUM_DONE: the ladder's
 * `why` is REASON_CHARGED or REASON_CHARGED_OVER, or says why not.
 */
void charge_begin(struct mm *mm, uint32_t task);
enum mm_quantum charge_step(struct mm *mm, uint32_t task, unsigned int order,
			    gfp_t gfp);
static inline bool charge_succeeded(const struct mm *mm, uint32_t task)
{
	return mm->task[task].ladder.why == REASON_CHARGED ||
	       mm->task[task].ladder.why == REASON_CHARGED_OVER;
}

/** The block, its owner's, is one of those that the task has paid for. */
void memcg_commit(struct mm *mm, uint32_t task, pfn_t pfn);
/**
 * mem_cgroup_charge - all of that for a block in use, its process's owner's
 *
 * 0, also if nobody is to pay; -ENOMEM: the block is as it was.  For user
 * pages: @gfp need not have __GFP_ACCOUNT.  Others run while it sleeps.
 */
int mem_cgroup_charge(struct mm *mm, uint32_t task, pfn_t pfn, gfp_t gfp);
/** The charged block is about to be freed. */
void memcg_uncharge(struct mm *mm, pfn_t pfn);
/** The block is a part of one that was charged to @group: it stays so. */
void memcg_recharge(struct mm *mm, pfn_t pfn, uint32_t group);

/** Count what memory.events counts, here and in all groups above. */
#define MEMCG_EVENT(mm, group_, field)                                         \
	do {                                                                   \
		for (uint32_t g_ = (group_); g_;                               \
		     g_ = (mm)->st->group[g_].parent)                          \
			STORE(mm, (mm)->st->group[g_].field,                   \
			      (mm)->st->group[g_].field + 1);                  \
	} while (0)

/* group.NAME.usage and so on, for mm_figure(); figure.c */
int group_figure(const struct mm *mm, const char *name, int64_t *value,
		 const char **unit);
void group_figure_names(const struct mm *mm, void (*each)(void *, const char *),
			void *arg);

/* ---- memcg_reclaim.c ---- */

/**
 * memcg_reclaim_begin - a task is to reclaim within a group and those below
 *
 * At least 32 of their pages, or @nr.  Then memcg_reclaim_step(), a priority
 * each, until QUANTUM_DONE: the pages got back are the task's
 * sc.nr_reclaimed.  The group is sc.group, sc.step is not 0 meanwhile.
 */
void memcg_reclaim_begin(struct mm *mm, uint32_t task, uint32_t group,
			 int64_t nr, gfp_t gfp);
enum mm_quantum memcg_reclaim_step(struct mm *mm, uint32_t task);
/** All of it at once, without a wait; pages got back. */
int64_t memcg_reclaim(struct mm *mm, uint32_t task, uint32_t group, int64_t nr);

#endif
