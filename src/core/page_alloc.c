/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page_alloc.c - see page_alloc.h
 */
#include "core/page_alloc.h"

#include <errno.h>

#include "core/cpuset.h"
#include "core/frame.h"
#include "core/get_page.h"
#include "core/memcg.h"
#include "core/pcp.h"
#include "core/quick.h"
#include "core/slowpath.h"
#include "core/task.h"
#include "core/watermark.h"
#include "core/zonelist.h"

uint16_t page_attr_of(const struct mm_request *want)
{
	uint16_t attr = want->attr;

	if (want->order && (want->gfp & GFP_BIT_COMP))
		attr |= PAGE_COMPOUND;
	return attr;
}

/* ---- one block ---- */

static struct request_memo *memo_for(struct mm *mm,
				     const struct mm_request *want)
{
	return &mm->memo[want->order != 0];
}

static void prepare_request(struct mm *mm, const struct mm_request *want)
{
	struct request_memo *memo = memo_for(mm, want);

	memo->want = *want;
	prepare_alloc(mm, want, &memo->ac);
	memo->alloc_flags = alloc_flags_fastpath(mm, &memo->ac);
	memo->valid = true;
}

/* All rungs of a direct call, others running while it sleeps. */
static __attribute__((noinline)) pfn_t
climb(struct mm *mm, const struct mm_request *want, struct alloc_context *ac)
{
	const struct task *t = &mm->task[CALLER_TASK];
	struct alloc_context mine = *ac;
	enum mm_quantum q;

	store_bytes(mm, &t->want, want, sizeof *want);
	STORE(mm, t->cpu, (uint32_t)want->cpu);
	slowpath_begin(mm, CALLER_TASK, &mine);
	while ((q = slowpath_step(mm, CALLER_TASK, &mine)) != QUANTUM_DONE)
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, CALLER_TASK);
	STORE(mm, t->state, (uint32_t)TASK_IDLE);
	STORE(mm, t->ladder.rung, (uint32_t)RUNG_NONE);
	return t->ladder.pfn;
}

/* G15.3: with cpusets the fast path's mask has HARDWALL, for all to see. */
static always_inline gfp_t alloc_gfp(const struct mm *mm,
				     const struct alloc_context *ac)
{
	return cpusets_enabled(mm) ? ac->gfp | GFP_BIT_HARDWALL : ac->gfp;
}

/* The request proper: fast path, then slow path. */
static always_inline pfn_t alloc_frozen_pages(struct mm *mm,
					      const struct mm_request *want,
					      unsigned int order)
{
	struct request_memo *memo = memo_for(mm, want);
	struct alloc_context *ac = &memo->ac;
	bool slow = false;
	pfn_t pfn;

	ac->order = order;

	TRACE(mm, alloc_request, ARG(order), ARG(alloc_gfp(mm, ac)),
	      ARG(want->nid), ARG(ac->highest), ARG(ac->mt),
	      ARG(memo->alloc_flags), ARG(ac->caller));
	pfn = get_page_from_freelist(mm, ac, memo->alloc_flags);
	if (unlikely(pfn == NO_PFN)) {
		slow = true;
		pfn = climb(mm, want, ac);
	}
	if (likely(pfn != NO_PFN))
		frame_use(mm, pfn, order, want->owner, page_attr_of(want));
	TRACE(mm, mm_page_alloc, ARG(pfn), ARG(order), ARG(ac->mt),
	      ARG(slow ? ac->gfp : alloc_gfp(mm, ac)),
	      pfn != NO_PFN ? REASON_SERVED : REASON_REFUSED);
	return pfn;
}

/* Not the request before: look at it whole.  0: nothing wrong with it. */
static __attribute__((noinline)) int new_request(struct mm *mm,
						 const struct mm_request *want)
{
	if (mm_request_error(mm, want))
		return -EINVAL;
	if (want->order <= mm->st->cfg.max_page_order)
		prepare_request(mm, want);
	return 0;
}

__attribute__((noinline)) int
alloc_pages(struct mm *mm, const struct mm_request *want, pfn_t *pfn)
{
	const struct request_memo *memo = memo_for(mm, want);
	const unsigned int order = want->order;

	*pfn = NO_PFN;
	if (unlikely(!memo->valid || !same_wish(want, &memo->want) ||
		     want->caller != memo->want.caller ||
		     want->owner > mm->st->nr_owners)) {
		if (new_request(mm, want))
			return -EINVAL;
	}
	op_enter(mm);
	mm->cpu = want->cpu;
	if (unlikely(order > mm->st->cfg.max_page_order)) {
		/* no attempt is made, and no other trace left */
		TRACE(mm, order_too_large, ARG(want->order), ARG(want->gfp));
	} else {
		*pfn = alloc_frozen_pages(mm, want, order);
	}
	op_leave(mm);
	quick_prepare(mm);
	return likely(*pfn != NO_PFN) ? 0 : -ENOMEM;
}

/* ---- many single pages at once ---- */

/* First zone with room for all of them above low; NO_ZONE if none. P43 */
static zone_t bulk_zone(struct mm *mm, const struct alloc_context *ac,
			unsigned int nr, uint32_t alloc_flags)
{
	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const zone_t zid = ac->zonelist[i],
			     pref = ac->zonelist[ac->pref];

		if (mm->st->cfg.nr_nodes > 1 && zid != pref &&
		    zone_nid(zid) != zone_nid(pref))
			return NO_ZONE;
		if (zone_watermark_fast(mm, zid, 0,
					wmark_pages(mm, zid, WMARK_LOW) + nr,
					WMARK_LOW | WMARK_BULK, zone_idx(pref),
					alloc_flags))
			return zid;
	}
	return NO_ZONE;
}

static unsigned int take_bulk(struct mm *mm, const struct alloc_context *ac,
			      const struct mm_request *want, unsigned int nr,
			      pfn_t *pfns)
{
	const uint32_t alloc_flags =
		WMARK_LOW | (ac->mt == MIGRATE_MOVABLE ? ALLOC_CMA : 0);
	const zone_t zid = bulk_zone(mm, ac, nr, alloc_flags);
	unsigned int got = 0;

	if (zid == NO_ZONE)
		return 0;
	for (; got < nr; got++) {
		const pfn_t pfn =
			rmqueue_pcplist_bulk(mm, zid, 0, ac->mt, alloc_flags);

		if (pfn == NO_PFN)
			break;
		frame_use(mm, pfn, 0, want->owner, want->attr);
		pfns[got] = pfn;
	}
	if (got) {
		count_served(mm, pcp_of(mm, zid, mm->cpu), 0, got);
		zone_statistics(mm, ac->zonelist[ac->pref], zid, got);
	}
	return got;
}

/** Models: alloc_pages_bulk_noprof(), mm/page_alloc.c */
int mm_alloc_bulk(struct mm *mm, const struct mm_request *want, unsigned int nr,
		  pfn_t *pfns)
{
	struct mm_request one = *want;
	unsigned int got = 0;

	one.order = 0;
	if (mm_request_error(mm, &one) || nr > INT32_MAX)
		return -EINVAL;
	op_enter(mm);
	mm->cpu = want->cpu;
	prepare_request(mm, &one);
	if (nr > 1 && !(memcg_online(mm) && want->gfp & GFP_BIT_ACCOUNT))
		got = take_bulk(mm, &memo_for(mm, &one)->ac, &one, nr, pfns);
	if (got == 0 && nr) {
		pfns[0] = alloc_frozen_pages(mm, &one, 0);
		got = pfns[0] != NO_PFN;
	}
	TRACE(mm, bulk_done, ARG(nr), ARG(got), ARG(want->gfp));
	op_leave(mm);
	return (int)got;
}
