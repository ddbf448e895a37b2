/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_hugetlb.c - pools of huge pages (HUGETLB_POOLS); see check.h
 *
 * Every page of a pool is on one list: a node's free ones, the active ones,
 * its mover's, or kept apart by who resizes the pool.  Nobody reserves what is
 * not free.
 */
#include "core/check.h"
#include "core/hugetlb.h"
#include "core/list.h"
#include "core/lru.h"

static int bad_pool(struct mm_broken *b, const struct hstate *h,
		    const char *what)
{
	return broken_at(b, "HUGETLB_POOLS", "pages of order %u: %s", h->order,
			 what);
}

/* @nid: of free pages; -1: the active list. */
static bool fits(const struct mm *mm, const struct hstate *h, int nid,
		 pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	if (!page_is_hugetlb(page) || block_order(&page->b) != h->order ||
	    block_state(&page->b) != BLOCK_USED)
		return false;
	if (nid < 0)
		return hugetlb_is_migratable(page);
	return page->b.word ==
		       (block_word(BLOCK_USED, h->order, PGTY_HUGETLB, 0) |
			HUGETLB_IS_FREE) &&
	       !page->owner && page->attr == PAGE_COMPOUND &&
	       (int)page_nid(mm, pfn) == nid;
}

static int walk(const struct mm *mm, const struct hstate *h, int nid,
		uint32_t *nr, struct mm_broken *b)
{
	const struct list *l = nid < 0 ? &h->active : &h->free_list[nid];
	pfn_t prev = NO_PFN, pfn = l->head;

	for (*nr = 0; pfn != NO_PFN; ++*nr) {
		if (pfn >= mm->st->nr_frames || *nr > h->nr ||
		    (*nr && (pfn == l->head || mm->page[pfn].b.prev != prev)) ||
		    !fits(mm, h, nid, pfn))
			return broken_at(b, "HUGETLB_POOLS",
					 "pfn %u is not of that list", pfn);
		prev = pfn;
		pfn = list_next(mm, l, 0, pfn);
	}
	return l->tail == prev ? 0 : bad_pool(b, h, "a list ends early");
}

static int check_pool(const struct mm *mm, const struct hstate *h,
		      struct tally *t, struct mm_broken *b)
{
	uint32_t nr = 0, free = 0, surplus = 0, active = 0, here;
	int e;

	for (int n = 0; n < MM_MAX_NODES; n++) {
		e = walk(mm, h, n, &here, b);
		if (e)
			return e;
		if (here != h->free_node[n] || h->free_node[n] > h->nr_node[n])
			return bad_pool(b, h, "free pages of a node");
		if (h->surplus_node[n] > h->nr_node[n])
			return bad_pool(b, h, "surplus pages of a node");
		nr += h->nr_node[n];
		free += here;
		surplus += h->surplus_node[n];
	}
	e = walk(mm, h, -1, &active, b);
	if (e)
		return e;
	if (nr != h->nr || free != h->free || surplus != h->surplus)
		return bad_pool(b, h, "the nodes' pages do not add up");
	if (h->resv > h->free)
		return bad_pool(b, h, "more are reserved than are free");
	if (free + active > nr)
		return bad_pool(b, h, "more are listed than there are");
	t->hugetlb += free + active;
	return 0;
}

/* What a task that resizes a pool keeps apart: no list has it. */
static int check_apart(const struct mm *mm, uint32_t task, struct tally *t,
		       struct mm_broken *b)
{
	const struct hugetlb_work *w = &mm->task[task].hugetlb;
	pfn_t pfn = w->first;

	if (!w->step)
		return 0;
	if (!hugetlb_resize_sane(mm, task))
		return broken_at(b, "HUGETLB_POOLS", "task %u: no such work",
				 task);
	for (uint32_t n = w->nr_apart; n; n--) {
		if (pfn >= mm->st->nr_frames ||
		    mm->page[pfn].b.word !=
			    (block_word(BLOCK_USED,
					mm->st->hstate[w->size].order,
					PGTY_HUGETLB, 0) |
			     HUGETLB_IS_FRESH) ||
		    mm->page[pfn].owner)
			break;
		pfn = mm->page[pfn].b.next;
		t->hugetlb++;
	}
	return pfn == NO_PFN ? 0
			     : broken_at(b, "HUGETLB_POOLS",
					 "task %u does not keep pfn %u apart",
					 task, pfn);
}

int check_hugetlb(const struct mm *mm, struct tally *t, struct mm_broken *b)
{
	const struct mm_config *cfg = &mm->st->cfg;

	for (int i = 0; i < NR_HUGETLB_SIZES; i++) {
		const struct hstate *h = &mm->st->hstate[i];
		int e;

		if (h->order != hugetlb_order(cfg, (enum mm_hugetlb_size)i) ||
		    h->next_alloc >= MM_MAX_NODES ||
		    h->next_free >= MM_MAX_NODES)
			return bad_pool(b, h, "no such size");
		if (!h->order && (h->nr || h->resv || h->max || h->overcommit))
			return bad_pool(b, h, "pages of no size");
		e = check_pool(mm, h, t, b);
		if (e)
			return e;
	}
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++) {
		const int e = check_apart(mm, i, t, b);

		if (e)
			return e;
	}
	if (cfg->nr_hugepages != mm->st->hstate[HUGETLB_PMD].max ||
	    cfg->nr_overcommit_hugepages !=
		    mm->st->hstate[HUGETLB_PMD].overcommit)
		return bad_pool(b, &mm->st->hstate[HUGETLB_PMD],
				"the settings say something else");
	return 0;
}

/* Pages of a node that have left their pool, and are not free yet. */
static uint32_t leaving(const struct mm *mm, int size, unsigned int nid)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < mm->st->nr_tasks; i++) {
		const struct hugetlb_work *w = &mm->task[i].hugetlb;

		if (!hugetlb_resize_frees(w) || w->size != (uint32_t)size)
			continue;
		for (pfn_t p = w->first; p != NO_PFN; p = mm->page[p].b.next)
			n += page_nid(mm, p) == nid;
	}
	return n;
}

int check_hugetlb_seen(const struct mm *mm, const uint32_t *seen,
		       struct mm_broken *b)
{
	for (int i = 0; i < NR_HUGETLB_SIZES; i++)
		for (unsigned int n = 0; n < MM_MAX_NODES; n++) {
			const struct hstate *h = &mm->st->hstate[i];

			if (*seen++ != h->nr_node[n] + leaving(mm, i, n))
				return broken_at(b, "HUGETLB_POOLS",
						 "node %u counts %u pages of "
						 "order %u; %u are there",
						 n, h->nr_node[n], h->order,
						 seen[-1]);
		}
	return 0;
}
