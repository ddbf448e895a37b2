/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hugetlb_pool.c - where the pages of a pool come from, and whose turn it is
 *
 * Models:   adjust_pool_surplus, remove_pool_hugetlb_folio,
 *           alloc_buddy_frozen_folio, alloc_gigantic_frozen_folio in
 *           mm/hugetlb.c; contig-cma-hotplug.md 5.1, 5.2
 */
#include <errno.h>

#include "core/frame.h"
#include "core/get_page.h"
#include "core/gfp_masks.h"
#include "core/hugetlb.h"
#include "core/hugetlb_pool.h"
#include "core/trace.h"
#include "core/vmstat.h"
#include "core/zonelist.h"

#define GFP_HIGHUSER (GFP_HIGHUSER_MOVABLE & ~(gfp_t)GFP_BIT_MOVABLE)

gfp_t htlb_alloc_mask(const struct mm *mm, const struct hstate *h)
{
	return hstate_is_gigantic(mm, h) && !mm->st->cfg.movable_gigantic_pages
		       ? GFP_HIGHUSER
		       : GFP_HIGHUSER_MOVABLE;
}

/* ---- a fresh page ---- */

void hugetlb_count_fresh(struct mm *mm, pfn_t pfn)
{
	count_vm_events(mm,
			pfn == NO_PFN ? VM_HTLB_BUDDY_ALLOC_FAIL
				      : VM_HTLB_BUDDY_ALLOC_SUCCESS,
			1);
}

pfn_t hugetlb_fresh(struct mm *mm, const struct hstate *h, gfp_t gfp, int nid)
{
	const struct mm_request want = {
		.gfp = gfp | GFP_BIT_COMP | GFP_BIT_NOWARN,
		.order = (uint16_t)h->order,
		.cpu = mm->cpu,
		.nid = (int16_t)nid,
	};
	pfn_t pfn = NO_PFN;

	mm_alloc_pages(mm, &want, &pfn);
	hugetlb_count_fresh(mm, pfn);
	if (pfn != NO_PFN)
		hugetlb_account_new(mm, h, pfn);
	else
		TRACE(mm, hugetlb_no_page, ARG(h->order), ARG(nid),
		      ARG(REASON_HUGETLB_NO_NEW));
	return pfn;
}

pfn_t hugetlb_fresh_now(struct mm *mm, const struct hstate *h,
			struct alloc_context *ac)
{
	const uint32_t alloc_flags = alloc_flags_fastpath(mm, ac);
	pfn_t pfn;

	TRACE(mm, alloc_request, ARG(ac->order), ARG(ac->gfp), -1,
	      ARG(ac->highest), ARG(ac->mt), ARG(alloc_flags), ARG(ac->caller));
	pfn = get_page_from_freelist(mm, ac, alloc_flags);
	TRACE(mm, mm_page_alloc, ARG(pfn), ARG(ac->order), ARG(ac->mt),
	      ARG(ac->gfp), pfn != NO_PFN ? REASON_SERVED : REASON_REFUSED);
	hugetlb_count_fresh(mm, pfn);
	if (pfn == NO_PFN)
		return NO_PFN;
	frame_use(mm, pfn, ac->order, 0, PAGE_COMPOUND);
	hugetlb_account_new(mm, h, pfn);
	return pfn;
}

/* ---- nodes in turn ---- */

uint32_t hugetlb_memory_nodes(const struct mm *mm)
{
	uint32_t nodes = 0;

	for (uint32_t n = 0; n < mm->st->cfg.nr_nodes; n++)
		if (mm->st->node[n].present)
			nodes |= 1u << n;
	return nodes;
}

unsigned int hugetlb_turn(struct mm *mm, const uint32_t *next, uint32_t nodes)
{
	unsigned int nid = *next, after;

	while (!(nodes >> nid & 1))
		nid = (nid + 1) % MM_MAX_NODES;
	after = nid;
	do
		after = (after + 1) % MM_MAX_NODES;
	while (!(nodes >> after & 1));
	STORE(mm, *next, after);
	return nid;
}

unsigned int hugetlb_weight(uint32_t nodes)
{
	unsigned int n = 0;

	for (; nodes; nodes &= nodes - 1)
		n++;
	return n;
}

pfn_t remove_pool_page(struct mm *mm, const struct hstate *h, uint32_t nodes,
		       bool surplus)
{
	for (unsigned int i = hugetlb_weight(nodes); i > 0; i--) {
		const unsigned int nid = hugetlb_turn(mm, &h->next_free, nodes);
		const pfn_t pfn = h->free_list[nid].head;

		if ((surplus && !h->surplus_node[nid]) || pfn == NO_PFN)
			continue;
		hugetlb_remove(mm, h, pfn, surplus);
		return pfn;
	}
	return NO_PFN;
}

pfn_t hugetlb_remove_surplus(struct mm *mm, const struct hstate *h)
{
	return remove_pool_page(mm, h, hugetlb_memory_nodes(mm), true);
}

bool adjust_pool_surplus(struct mm *mm, const struct hstate *h, uint32_t nodes,
			 int by)
{
	const uint32_t *next = by < 0 ? &h->next_alloc : &h->next_free;

	for (unsigned int i = hugetlb_weight(nodes); i > 0; i--) {
		const unsigned int nid = hugetlb_turn(mm, next, nodes);
		const uint32_t *s = &h->surplus_node[nid];

		if (by < 0 ? *s == 0 : *s >= h->nr_node[nid])
			continue;
		STORE(mm, *s, *s + (uint32_t)by);
		STORE(mm, h->surplus, h->surplus + (uint32_t)by);
		return true;
	}
	return false;
}

/* ---- settings ---- */

/* Gigantic pages are never surplus: the kernel refuses to set it. */
void hugetlb_overcommit_changed(struct mm *mm)
{
	const struct hstate *h = &mm->st->hstate[HUGETLB_PMD];

	if (!hstate_here(mm, h) || hstate_is_gigantic(mm, h))
		STORE(mm, mm->st->cfg.nr_overcommit_hugepages, 0);
	STORE(mm, h->overcommit, mm->st->cfg.nr_overcommit_hugepages);
}

/* ---- for everybody ---- */

int mm_hugetlb_refusal(const struct mm *mm, enum mm_hugetlb_size size, int nid,
		       struct mm_error *err)
{
	if ((unsigned int)size >= NR_HUGETLB_SIZES ||
	    !hstate_here(mm, &mm->st->hstate[size]))
		return mm_fail(err, -EINVAL,
			       "this world has no huge pages of that size");
	if (nid < -1 || nid >= (int)mm->st->cfg.nr_nodes ||
	    (nid >= 0 && !mm->st->node[nid].present))
		return mm_fail(err, -EINVAL, "node %d: there is no memory",
			       nid);
	return 0;
}

int mm_hugetlb_overcommit(struct mm *mm, enum mm_hugetlb_size size, uint32_t nr,
			  struct mm_error *err)
{
	const struct hstate *h = &mm->st->hstate[size];
	const int e = mm_hugetlb_refusal(mm, size, -1, err);

	if (e)
		return e;
	if (hstate_is_gigantic(mm, h))
		return mm_fail(err, -EINVAL,
			       "pages of order %u are gigantic: there are no "
			       "surplus ones",
			       h->order);
	op_enter(mm);
	STORE(mm, h->overcommit, nr);
	if (size == HUGETLB_PMD)
		STORE(mm, mm->st->cfg.nr_overcommit_hugepages, nr);
	TRACE(mm, hugetlb_overcommit, ARG(h->order), ARG(nr));
	op_leave(mm);
	return 0;
}
