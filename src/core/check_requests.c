/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_requests.c - requests that tasks have in hand; see check.h
 *
 * Runs after the frames: a block is what its record says.
 */
#include "core/check.h"

/* Between page and charge the page is in use, and nobody's. */
static bool page_in_hand(const struct mm *mm, const struct task *t)
{
	const pfn_t pfn = t->ladder.pfn;
	const struct page *page;

	if (pfn >= mm->st->end_pfn)
		return false;
	page = &mm->page[pfn];
	return page->b.word == block_word(BLOCK_USED, t->want.order, 0, 0) &&
	       !page->owner && !page->attr;
}

static bool request_fits(const struct mm *mm, const struct task *t)
{
	const struct ladder *l = &t->ladder;

	if (l->rung == RUNG_NONE)
		return true;
	return t->kind == TASK_USER && t->state != TASK_DEAD &&
	       t->process <= mm->st->nr_processes && l->rung < NR_RUNGS &&
	       l->rung != RUNG_DONE && l->order < MM_MAX_ORDERS &&
	       l->why < NR_REASONS && !mm_request_error(mm, &t->want) &&
	       t->want.order <= mm->st->cfg.max_page_order &&
	       (l->rung != RUNG_CHARGE || page_in_hand(mm, t));
}

int check_requests(const struct mm *mm, struct mm_broken *b)
{
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (!request_fits(mm, &mm->task[i]))
			return broken_at(b, "REQUESTS",
					 "task %u: rung %u, order %u, pfn %u",
					 i, mm->task[i].ladder.rung,
					 mm->task[i].want.order,
					 mm->task[i].ladder.pfn);
	return 0;
}
