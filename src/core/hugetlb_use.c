/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hugetlb_use.c - who gets a page of a pool: surplus, what is reserved, faults
 *
 * Models:   alloc_hugetlb_folio, alloc_surplus_hugetlb_folio,
 *           gather_surplus_pages, return_unused_surplus_pages,
 *           hugetlb_acct_memory in mm/hugetlb.c; contig-cma-hotplug.md 5
 * Left out: policies and cpusets of who asks
 */
#include <errno.h>

#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/lru.h"
#include "core/rmap.h"
#include "core/slab.h"
#include "core/trace.h"
#include "core/zonelist.h"

/* ---- surplus, and what is reserved ---- */

/* A page beyond the pool's number, for a while; NO_PFN. */
static pfn_t alloc_surplus(struct mm *mm, const struct hstate *h, int nid)
{
	const bool refused =
		hstate_is_gigantic(mm, h) || h->surplus >= h->overcommit;
	pfn_t pfn;

	if (refused) {
		TRACE(mm, hugetlb_no_page, ARG(h->order), ARG(nid),
		      ARG(REASON_HUGETLB_NO_SURPLUS));
		return NO_PFN;
	}
	pfn = hugetlb_fresh(
		mm, h, htlb_alloc_mask(mm, h) | GFP_BIT_RETRY_MAYFAIL, nid);
	if (pfn != NO_PFN) {
		const uint32_t *s = &h->surplus_node[page_nid(mm, pfn)];

		STORE(mm, *s, *s + 1);
		STORE(mm, h->surplus, h->surplus + 1);
	}
	return pfn;
}

/* False: they are not to be had; what was got goes back. */
static bool gather_surplus(struct mm *mm, const struct hstate *h, uint32_t nr)
{
	const uint32_t before = h->surplus;

	while (h->resv + nr > h->free) {
		const pfn_t pfn = alloc_surplus(mm, h, -1);

		if (pfn == NO_PFN)
			break;
		hugetlb_enqueue(mm, h, pfn);
	}
	if (h->resv + nr <= h->free)
		return true;
	while (h->surplus > before) {
		const pfn_t pfn = hugetlb_remove_surplus(mm, h);

		if (pfn == NO_PFN)
			break;
		hugetlb_update_and_free(mm, pfn, h->order);
	}
	return false;
}

static void return_surplus(struct mm *mm, const struct hstate *h, uint32_t nr)
{
	uint32_t left = nr < h->surplus ? nr : h->surplus;

	STORE(mm, h->resv, h->resv - nr);
	for (; left > 0; left--) {
		const pfn_t pfn = hugetlb_remove_surplus(mm, h);

		if (pfn == NO_PFN)
			return;
		hugetlb_update_and_free(mm, pfn, h->order);
	}
}

int mm_hugetlb_reserve(struct mm *mm, enum mm_hugetlb_size size, int64_t nr,
		       struct mm_error *err)
{
	const struct hstate *h = &mm->st->hstate[size];
	int e = mm_hugetlb_refusal(mm, size, -1, err);

	if (e)
		return e;
	if (nr < -(int64_t)h->resv || nr > mm->st->end_pfn)
		return mm_fail(err, -EINVAL,
			       "%lld pages: %u of order %u are reserved",
			       (long long)nr, h->resv, h->order);
	op_enter(mm);
	mm->cpu = 0;
	if (nr < 0)
		return_surplus(mm, h, (uint32_t)-nr);
	else if (gather_surplus(mm, h, (uint32_t)nr))
		STORE(mm, h->resv, h->resv + (uint32_t)nr);
	else
		e = mm_fail(err, -ENOMEM,
			    "no %lld pages of order %u are free, and no more "
			    "are to be had",
			    (long long)nr, h->order);
	TRACE(mm, hugetlb_reserved, ARG(h->order), ARG(nr), ARG(h->resv),
	      ARG(e));
	op_leave(mm);
	return e;
}

static int bad_request(const struct mm *mm,
		       const struct mm_hugetlb_request *want,
		       struct mm_error *err)
{
	const int e = mm_hugetlb_refusal(mm, want->size, want->nid, err);

	if (e)
		return e;
	if (want->owner > mm->st->nr_owners || want->cpu >= mm->st->cfg.nr_cpus)
		return mm_fail(err, -EINVAL, "no such owner or CPU");
	if (want->owner && (process_of_owner(mm, want->owner) ||
			    slab_of_owner(mm, want->owner)))
		return mm_fail(err, -EINVAL,
			       "%s: expected a name of its own, not a "
			       "process's or slab's",
			       mm->owner[want->owner].name);
	if (want->reserved && !mm->st->hstate[want->size].resv)
		return mm_fail(err, -EINVAL, "no page of order %u is reserved",
			       mm->st->hstate[want->size].order);
	return 0;
}

static pfn_t take(struct mm *mm, const struct hstate *h,
		  const struct mm_hugetlb_request *want)
{
	const struct mm_request like = {
		.gfp = htlb_alloc_mask(mm, h),
		.order = 0,
		.cpu = want->cpu,
		.nid = want->nid,
	};
	struct alloc_context ac;
	pfn_t pfn = NO_PFN;

	prepare_alloc(mm, &like, &ac);
	ac.pref = next_zone(&ac, 0);
	if (want->reserved || hstate_available(h))
		pfn = hugetlb_dequeue(mm, h, &ac);
	if (pfn == NO_PFN) {
		pfn = alloc_surplus(mm, h, want->nid);
		if (pfn != NO_PFN)
			hugetlb_activate(mm, pfn, false);
	}
	if (pfn != NO_PFN && want->reserved)
		STORE(mm, h->resv, h->resv - 1);
	return pfn;
}

int mm_hugetlb_alloc(struct mm *mm, const struct mm_hugetlb_request *want,
		     pfn_t *pfn, struct mm_error *err)
{
	const int e = bad_request(mm, want, err);
	const struct hstate *h = &mm->st->hstate[want->size];

	*pfn = NO_PFN;
	if (e)
		return e;
	op_enter(mm);
	mm->cpu = want->cpu;
	*pfn = take(mm, h, want);
	if (*pfn != NO_PFN)
		hugetlb_own(mm, *pfn, want->owner);
	TRACE(mm, hugetlb_allocated, ARG(*pfn), ARG(h->order), ARG(h->free));
	op_leave(mm);
	if (*pfn != NO_PFN)
		return 0;
	return mm_fail(err, -ENOMEM,
		       "no page of order %u: %u are free, %u of them reserved",
		       h->order, h->free, h->resv);
}
