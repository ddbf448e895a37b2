/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hugetlb_range.c - pages of pools that are in the way of a range
 *
 * One in use moves like any other page.  One that is free in its pool is no
 * free memory to anybody else: a fresh page takes its place in the pool, or,
 * when memory goes offline, the pool has one less.
 *
 * Models:   isolate_or_dissolve_huge_folio, alloc_and_dissolve_hugetlb_folio,
 *           replace_free_hugepage_folios, dissolve_free_hugetlb_folio,
 *           dissolve_free_hugetlb_folios in mm/hugetlb.c;
 *           contig-cma-hotplug.md 5.3 to 5.5
 * Left out: the slow path for the fresh page, which is asked for in the midst
 *           of a scan
 */
#include <errno.h>

#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/lru.h"
#include "core/trace.h"
#include "core/zonelist.h"

static int refuse(struct mm *mm, pfn_t head, enum mm_reason why, int e)
{
	TRACE(mm, hugetlb_refused, ARG(head), ARG(hstate_of(mm, head)->order),
	      ARG(why));
	return e;
}

/* A free page's place in the pool is taken by another of the same node. */
static int replace(struct mm *mm, pfn_t old)
{
	const struct hstate *h = hstate_of(mm, old);
	const struct mm_request want = {
		.gfp = htlb_alloc_mask(mm, h) | GFP_BIT_THISNODE |
		       GFP_BIT_COMP | GFP_BIT_NOWARN | GFP_BIT_RETRY_MAYFAIL,
		.order = (uint16_t)h->order,
		.cpu = mm->cpu,
		.nid = (int16_t)page_nid(mm, old),
	};
	struct alloc_context ac;
	pfn_t pfn;

	prepare_alloc(mm, &want, &ac);
	pfn = hugetlb_fresh_now(mm, h, &ac);
	if (pfn == NO_PFN)
		return refuse(mm, old, REASON_HUGETLB_NO_NEW, -ENOMEM);
	hugetlb_remove(mm, h, old, false);
	hugetlb_enqueue(mm, h, pfn);
	TRACE(mm, hugetlb_replaced, ARG(old), ARG(pfn), ARG(h->order));
	hugetlb_update_and_free(mm, old, h->order);
	return 0;
}

int isolate_or_dissolve_hugetlb(struct mm *mm, uint32_t task, pfn_t head)
{
	if (hstate_is_gigantic(mm, hstate_of(mm, head)))
		return refuse(mm, head, REASON_HUGETLB_GIGANTIC, -ENOMEM);
	if (hugetlb_is_free(&mm->page[head]))
		return replace(mm, head);
	return hugetlb_isolate(mm, task, head)
		       ? 0
		       : refuse(mm, head, REASON_HUGETLB_BUSY, -EBUSY);
}

/* Is there anything that might have come back to its pool meanwhile? */
static bool any_free(const struct mm *mm)
{
	for (int i = 0; i < NR_HUGETLB_SIZES; i++) {
		const struct hstate *h = &mm->st->hstate[i];

		if (h->order && !hstate_is_gigantic(mm, h) && h->free)
			return true;
	}
	return false;
}

static pfn_t end_of_block(const struct mm *mm, pfn_t pfn)
{
	enum block_state state;
	unsigned int order;
	const pfn_t head = frame_head(mm, pfn, &order, &state);

	return head == NO_PFN ? pfn + 1 : head + ((pfn_t)1 << order);
}

int replace_free_hugetlb(struct mm *mm, pfn_t start, pfn_t end, pfn_t *blame)
{
	pfn_t next, head;
	int e = 0;

	if (!any_free(mm))
		return 0;
	for (pfn_t p = start; p < end && !e; p = next) {
		next = end_of_block(mm, p);
		head = hugetlb_head(mm, p);
		if (head == NO_PFN || !hugetlb_is_free(&mm->page[head]))
			continue;
		*blame = head;
		e = hstate_is_gigantic(mm, hstate_of(mm, head))
			    ? refuse(mm, head, REASON_HUGETLB_GIGANTIC, -ENOMEM)
			    : replace(mm, head);
	}
	return e;
}

/* One page of it less in its pool, for good. */
static int dissolve(struct mm *mm, pfn_t head)
{
	const struct hstate *h = hstate_of(mm, head);
	const bool surplus = h->surplus_node[page_nid(mm, head)] != 0;

	if (!hugetlb_is_free(&mm->page[head]))
		return refuse(mm, head, REASON_HUGETLB_BUSY, -EBUSY);
	if (!hstate_available(h))
		return refuse(mm, head, REASON_HUGETLB_RESERVED, -EBUSY);
	hugetlb_remove(mm, h, head, surplus);
	if (!surplus && h->max)
		hstate_set_max(mm, h, h->max - 1);
	TRACE(mm, hugetlb_dissolved, ARG(head), ARG(h->order), ARG(h->max));
	hugetlb_update_and_free(mm, head, h->order);
	return 0;
}

int dissolve_free_hugetlb(struct mm *mm, pfn_t start, pfn_t end, pfn_t *blame)
{
	const unsigned int order = mm->st->hstate[HUGETLB_PMD].order;
	int e = 0;

	if (!mm->st->hstate[HUGETLB_PMD].nr && !mm->st->hstate[HUGETLB_PUD].nr)
		return 0;
	for (uint64_t p = start; p < end && !e; p += UINT64_C(1) << order) {
		const pfn_t head = hugetlb_head(mm, (pfn_t)p);

		if (head == NO_PFN)
			continue;
		*blame = head;
		e = dissolve(mm, head);
	}
	return e;
}
