/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hugetlb_pool.c - how many pages a pool has, and where they come from
 *
 * Models:   set_max_huge_pages, alloc_pool_huge_folio, adjust_pool_surplus,
 *           remove_pool_hugetlb_folio, alloc_buddy_frozen_folio,
 *           alloc_gigantic_frozen_folio in mm/hugetlb.c;
 *           contig-cma-hotplug.md 5.1, 5.2
 */
#include <errno.h>

#include "core/contig.h"
#include "core/frame.h"
#include "core/get_page.h"
#include "core/gfp_masks.h"
#include "core/hugetlb.h"
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

static void count_fresh(struct mm *mm, pfn_t pfn)
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

	if (hstate_is_gigantic(mm, h)) {
		pfn = contig_gigantic(mm, gfp | GFP_BIT_COMP | GFP_BIT_NOWARN,
				      h->order, nid);
	} else {
		mm_alloc_pages(mm, &want, &pfn);
		count_fresh(mm, pfn);
	}
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
	count_fresh(mm, pfn);
	if (pfn == NO_PFN)
		return NO_PFN;
	frame_use(mm, pfn, ac->order, 0, PAGE_COMPOUND);
	hugetlb_account_new(mm, h, pfn);
	return pfn;
}

/* ---- nodes in turn ---- */

static uint32_t memory_nodes(const struct mm *mm)
{
	uint32_t nodes = 0;

	for (uint32_t n = 0; n < mm->st->cfg.nr_nodes; n++)
		if (mm->st->node[n].present)
			nodes |= 1u << n;
	return nodes;
}

/* The node whose turn it is, of those allowed; the next one is noted. */
static unsigned int turn(struct mm *mm, const uint32_t *next, uint32_t nodes)
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

static unsigned int weight(uint32_t nodes)
{
	unsigned int n = 0;

	for (; nodes; nodes &= nodes - 1)
		n++;
	return n;
}

/*
 * One page more, from the node whose turn it is or another; @tired are nodes
 * that have failed before, where nobody tries hard.
 */
static pfn_t alloc_pool_page(struct mm *mm, const struct hstate *h,
			     uint32_t nodes, uint32_t *tired)
{
	pfn_t pfn = NO_PFN;

	for (unsigned int i = weight(nodes); i > 0 && pfn == NO_PFN; i--) {
		const unsigned int nid = turn(mm, &h->next_alloc, nodes);
		const bool hard = !(*tired >> nid & 1);
		gfp_t gfp = htlb_alloc_mask(mm, h) | GFP_BIT_THISNODE;

		if (hard && !hstate_is_gigantic(mm, h))
			gfp |= GFP_BIT_RETRY_MAYFAIL;
		pfn = hugetlb_fresh(mm, h, gfp, (int)nid);
		if (pfn == NO_PFN)
			*tired |= 1u << nid;
		else
			*tired &= ~(1u << nid);
	}
	return pfn;
}

/* A free page leaves; with @surplus one of a node that has such; NO_PFN. */
static pfn_t remove_pool_page(struct mm *mm, const struct hstate *h,
			      uint32_t nodes, bool surplus)
{
	for (unsigned int i = weight(nodes); i > 0; i--) {
		const unsigned int nid = turn(mm, &h->next_free, nodes);
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
	return remove_pool_page(mm, h, memory_nodes(mm), true);
}

/* A page that is there becomes surplus, or is none any more. */
static bool adjust_surplus(struct mm *mm, const struct hstate *h,
			   uint32_t nodes, int by)
{
	const uint32_t *next = by < 0 ? &h->next_alloc : &h->next_free;

	for (unsigned int i = weight(nodes); i > 0; i--) {
		const unsigned int nid = turn(mm, next, nodes);
		const uint32_t *s = &h->surplus_node[nid];

		if (by < 0 ? *s == 0 : *s >= h->nr_node[nid])
			continue;
		STORE(mm, *s, *s + (uint32_t)by);
		STORE(mm, h->surplus, h->surplus + (uint32_t)by);
		return true;
	}
	return false;
}

/* ---- as many as are wanted ---- */

/*
 * New pages are kept apart until all are there, the last in front, and then
 * go to the head of the list one by one: in the end the first is in front.
 */
static void grow(struct mm *mm, const struct hstate *h, uint32_t nr,
		 uint32_t nodes)
{
	uint32_t tired = 0;
	pfn_t pfn, first = NO_PFN;

	while (nr > hstate_persistent(h) && !break_off(mm) &&
	       (pfn = alloc_pool_page(mm, h, nodes, &tired)) != NO_PFN) {
		STORE(mm, mm->page[pfn].b.next, first);
		first = pfn;
	}
	while (first != NO_PFN) {
		pfn = first;
		first = mm->page[pfn].b.next;
		hugetlb_enqueue(mm, h, pfn);
	}
}

/* Pages in use, and free ones that are reserved, stay. */
static void shrink(struct mm *mm, const struct hstate *h, uint32_t nr,
		   uint32_t nodes)
{
	const uint32_t kept = h->resv + h->nr - h->free;
	const uint32_t least = nr > kept ? nr : kept;
	pfn_t pfn;

	while (least < hstate_persistent(h) &&
	       (pfn = remove_pool_page(mm, h, nodes, false)) != NO_PFN)
		hugetlb_update_and_free(mm, pfn, h->order);
	while (nr < hstate_persistent(h) && adjust_surplus(mm, h, nodes, 1))
		;
}

static void set_max_huge_pages(struct mm *mm, const struct hstate *h,
			       uint32_t nr, int nid)
{
	const uint32_t nodes = nid < 0 ? memory_nodes(mm) : 1u << nid;
	const uint32_t wanted = nr;

	if (nid >= 0)
		nr += hstate_persistent(h) -
		      (h->nr_node[nid] - h->surplus_node[nid]);
	while (h->surplus && nr > hstate_persistent(h) &&
	       adjust_surplus(mm, h, nodes, -1))
		;
	if (nr > hstate_persistent(h))
		grow(mm, h, nr, nodes);
	else
		shrink(mm, h, nr, nodes);
	hstate_set_max(mm, h, hstate_persistent(h));
	TRACE(mm, hugetlb_pool, ARG(h->order), ARG(wanted), ARG(h->max));
}

void hugetlb_setting_changed(struct mm *mm)
{
	const struct hstate *h = &mm->st->hstate[HUGETLB_PMD];

	mm->cpu = 0;
	if (hstate_here(mm, h))
		set_max_huge_pages(mm, h, mm->st->cfg.nr_hugepages, -1);
	else
		STORE(mm, mm->st->cfg.nr_hugepages, 0);
}

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

int mm_hugetlb_pool(struct mm *mm, enum mm_hugetlb_size size, uint32_t nr,
		    int nid, struct mm_error *err)
{
	const int e = mm_hugetlb_refusal(mm, size, nid, err);

	if (e)
		return e;
	if (nr > mm->st->end_pfn)
		return mm_fail(err, -EINVAL, "%u pages: expected 0 to %u", nr,
			       mm->st->end_pfn);
	op_enter(mm);
	mm->cpu = 0;
	set_max_huge_pages(mm, &mm->st->hstate[size], nr, nid);
	op_leave(mm);
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
