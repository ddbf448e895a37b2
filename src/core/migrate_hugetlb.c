/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * migrate_hugetlb.c - pages of pools move before all others
 *
 * The target is a free page of the pool, or one of the buddy that is the
 * pool's for a while (temporary).  The page that was left goes to the pool,
 * or to the buddy if its target was temporary.  A quantum is one page.
 *
 * Models:   migrate_hugetlbs, unmap_and_move_huge_page in mm/migrate.c,
 *           alloc_hugetlb_folio_nodemask, alloc_migrate_hugetlb_folio,
 *           move_hugetlb_state in mm/hugetlb.c; contig-cma-hotplug.md 8.2, 8.8
 * Left out: the slow path for a target that the buddy gives
 */
#include <errno.h>

#include "core/compact_control.h"
#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/migrate.h"
#include "core/trace.h"
#include "core/vmstat.h"
#include "core/zonelist.h"

bool migrate_has_hugetlb(const struct mm *mm, uint32_t task)
{
	const struct list *l = migrate_from(mm, task);

	for (pfn_t p = l->head; p != NO_PFN; p = list_next(mm, l, 0, p))
		if (page_is_hugetlb(&mm->page[p]))
			return true;
	return false;
}

/* ---- where to: 8.8 ---- */

static void prepare(struct mm *mm, const struct migration *m, gfp_t gfp,
		    unsigned int order, struct alloc_context *ac)
{
	const struct mm_request want = {
		.gfp = gfp,
		.order = (uint16_t)order,
		.cpu = mm->cpu,
		.nid = (int16_t)m->target_nid,
	};

	prepare_alloc(mm, &want, ac);
	ac->nodemask = m->target_nodes;
	ac->pref = next_zone(ac, 0);
}

/* May it come from another node than the pool's? */
static bool may_fall_back(const struct migration *m)
{
	return m->reason == MR_MEMORY_HOTPLUG ||
	       m->reason == MR_MEMORY_FAILURE || m->reason == MR_SYSCALL ||
	       m->reason == MR_MEMPOLICY_MBIND;
}

static pfn_t target_of(struct mm *mm, const struct migration *m,
		       const struct hstate *h)
{
	gfp_t gfp = htlb_alloc_mask(mm, h) |
		    (m->target_gfp & (GFP_BIT_THISNODE | GFP_BIT_NOWARN));
	struct alloc_context ac;
	pfn_t pfn = NO_PFN;

	prepare(mm, m, gfp, 0, &ac);
	if (hstate_available(h))
		pfn = hugetlb_dequeue(mm, h, &ac);
	if (pfn != NO_PFN || hstate_is_gigantic(mm, h))
		return pfn;
	gfp |= GFP_BIT_COMP | GFP_BIT_NOWARN | GFP_BIT_RETRY_MAYFAIL;
	if (!may_fall_back(m))
		gfp |= GFP_BIT_THISNODE;
	prepare(mm, m, gfp, h->order, &ac);
	pfn = hugetlb_fresh_now(mm, h, &ac);
	if (pfn != NO_PFN)
		STORE(mm, mm->page[pfn].b.word,
		      mm->page[pfn].b.word | HUGETLB_IS_TEMPORARY);
	return pfn;
}

static bool is_temporary(const struct mm *mm, pfn_t pfn)
{
	return mm->page[pfn].b.word & HUGETLB_IS_TEMPORARY;
}

/* A target that is not used after all. */
static void drop_target(struct mm *mm, pfn_t dst)
{
	if (!is_temporary(mm, dst))
		hugetlb_deactivate(mm, dst);
	hugetlb_free_folio(mm, dst);
}

/* ---- one page ---- */

/* Now the old page is the temporary one. */
static void move_state(struct mm *mm, pfn_t src, pfn_t dst)
{
	const struct hstate *h = hstate_of(mm, src);
	const uint32_t *from = &h->surplus_node[page_nid(mm, src)];
	const uint32_t *to = &h->surplus_node[page_nid(mm, dst)];

	if (!is_temporary(mm, dst))
		return;
	STORE(mm, mm->page[dst].b.word,
	      mm->page[dst].b.word & ~HUGETLB_IS_TEMPORARY);
	STORE(mm, mm->page[src].b.word,
	      mm->page[src].b.word | HUGETLB_IS_TEMPORARY);
	if (from == to || !*from)
		return;
	STORE(mm, *from, *from - 1);
	STORE(mm, *to, *to + 1);
}

static void moved(struct mm *mm, uint32_t task, pfn_t src, pfn_t dst)
{
	const bool temporary = is_temporary(mm, dst);
	const unsigned int order = block_order(&mm->page[src].b);

	STORE(mm, mm->page[dst].owner, mm->page[src].owner);
	STORE(mm, mm->page[dst].attr, mm->page[src].attr);
	STORE(mm, mm->page[src].owner, 0);
	STORE(mm, mm->page[src].attr, (uint16_t)PAGE_COMPOUND);
	move_state(mm, src, dst);
	TRACE(mm, compact_moved, ARG(src), ARG(dst), ARG(order));
	TRACE(mm, hugetlb_moved, ARG(src), ARG(dst), ARG(order));
	STORE(mm, mm->page[src].b.word,
	      mm->page[src].b.word | HUGETLB_IS_DROPPED);
	hugetlb_putback(mm, task, src);
	if (!temporary)
		hugetlb_deactivate(mm, dst);
	hugetlb_activate(mm, dst, true);
}

static int refuse(struct mm *mm, pfn_t src, enum mm_reason why, int e)
{
	TRACE(mm, compact_refused, ARG(src), ARG(block_order(&mm->page[src].b)),
	      ARG(why));
	return e;
}

static int move_one(struct mm *mm, uint32_t task, pfn_t src)
{
	const uint16_t held = PAGE_LOCKED | PAGE_PINNED;
	pfn_t dst;

	if (mm->page[src].b.word & HUGETLB_IS_DROPPED) {
		hugetlb_putback(mm, task, src);
		return 0;
	}
	dst = target_of(mm, mig_of(mm, task), hstate_of(mm, src));
	if (dst == NO_PFN)
		return refuse(mm, src, REASON_PAGE_NO_TARGET, -ENOMEM);
	if (!(mm->page[src].attr & held)) {
		moved(mm, task, src, dst);
		return 0;
	}
	drop_target(mm, dst);
	return refuse(mm, src,
		      mm->page[src].attr & PAGE_LOCKED ? REASON_PAGE_LOCKED
						       : REASON_PAGE_PINNED,
		      -EAGAIN);
}

/* ---- passes ---- */

static void begin_pass(struct mm *mm, uint32_t task, uint32_t pass)
{
	const struct migration *m = mig_of(mm, task);

	STORE(mm, m->pass, pass);
	STORE(mm, m->src, migrate_from(mm, task)->head);
	STORE(mm, m->retry, 0);
	STORE(mm, m->retry_pages, 0);
}

void migrate_hugetlb_begin(struct mm *mm, uint32_t task)
{
	begin_pass(mm, task, 0);
}

static enum mm_quantum pass_over(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);

	if (m->retry && m->pass + 1 < MIGRATE_RETRIES) {
		begin_pass(mm, task, m->pass + 1);
		return QUANTUM_AGAIN;
	}
	STORE(mm, m->failed, m->failed + (int32_t)m->retry);
	STORE(mm, m->nr_failed, m->nr_failed + m->retry_pages);
	return QUANTUM_DONE;
}

enum mm_quantum migrate_hugetlb_step(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);
	const struct list *l = migrate_from(mm, task);
	pfn_t src = m->src;
	uint32_t pages;

	while (src != NO_PFN && !page_is_hugetlb(&mm->page[src]))
		src = list_next(mm, l, 0, src);
	if (src == NO_PFN)
		return pass_over(mm, task);
	pages = 1u << block_order(&mm->page[src].b);
	STORE(mm, m->src, list_next(mm, l, 0, src));
	switch (move_one(mm, task, src)) {
	case 0:
		STORE(mm, m->nr_succeeded, m->nr_succeeded + pages);
		return QUANTUM_AGAIN;
	case -EAGAIN:
		STORE(mm, m->retry, m->retry + 1);
		STORE(mm, m->retry_pages, m->retry_pages + pages);
		return QUANTUM_AGAIN;
	default:
		STORE(mm, m->nr_failed, m->nr_failed + pages + m->retry_pages);
		STORE(mm, m->failed, -ENOMEM);
		return QUANTUM_DONE;
	}
}
