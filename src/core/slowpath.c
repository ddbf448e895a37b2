/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slowpath.c - what follows when the fast path found nothing
 *
 * kswapd is woken, the mark falls to min, reserve rights are used; a request
 * that may not sleep ends here.
 *
 * Models:   __alloc_pages_slowpath, mm/page_alloc.c; P19
 * Left out: direct reclaim, compaction, their retries and the OOM killer: a
 *           request that would go there is refused with REASON_NEEDS_RECLAIM
 */
#include "core/kswapd.h"
#include "core/page_alloc.h"
#include "core/trace.h"

/* May the request fail here, and why?  REASON_NONE: it tries again. */
static enum mm_reason give_up(const struct mm *mm,
			      const struct alloc_context *ac,
			      uint32_t *alloc_flags)
{
	if (ac->gfp & GFP_BIT_DIRECT_RECLAIM)
		return ac->caller & MM_CALLER_MEMALLOC ? REASON_CALLER_MEMALLOC
						       : REASON_NEEDS_RECLAIM;
	if (mm->st->cfg.defrag_mode && (*alloc_flags & ALLOC_NOFRAGMENT) &&
	    (ac->gfp & GFP_BIT_KSWAPD_RECLAIM)) {
		*alloc_flags &= ~(uint32_t)ALLOC_NOFRAGMENT;
		return REASON_NONE;
	}
	return REASON_MAY_NOT_SLEEP;
}

/* The last attempts of a request that must not fail. */
static pfn_t nofail(struct mm *mm, const struct alloc_context *ac)
{
	pfn_t pfn;

	if (!(ac->gfp & GFP_BIT_NOFAIL) || !(ac->gfp & GFP_BIT_DIRECT_RECLAIM))
		return NO_PFN;
	pfn = get_page_from_freelist(mm, ac, ALLOC_MIN_RESERVE | ALLOC_CPUSET);
	if (pfn == NO_PFN)
		pfn = get_page_from_freelist(mm, ac, ALLOC_MIN_RESERVE);
	return pfn;
}

pfn_t alloc_pages_slowpath(struct mm *mm, const struct alloc_context *ac)
{
	uint32_t alloc_flags = alloc_flags_slowpath(mm, ac);
	enum mm_reason reason = REASON_ENTERED;
	bool may_retry_reserves = true;

	if (ac->pref >= ac->nr_zones)
		return NO_PFN;
	for (;;) {
		uint32_t rights;
		pfn_t pfn;

		TRACE(mm, slowpath, ARG(alloc_flags), ARG(reason));
		if (alloc_flags & ALLOC_KSWAPD)
			wake_all_kswapds(mm, ac);
		pfn = get_page_from_freelist(mm, ac, alloc_flags);
		if (pfn != NO_PFN)
			return pfn;
		rights = gfp_pfmemalloc_flags(ac);
		if (rights)
			alloc_flags = rights | (alloc_flags &
						(ALLOC_CMA | ALLOC_KSWAPD));
		if ((rights || !(alloc_flags & ALLOC_CPUSET)) &&
		    may_retry_reserves) {
			may_retry_reserves = false;
			reason = REASON_RETRY_RESERVES;
			continue;
		}
		reason = give_up(mm, ac, &alloc_flags);
		if (reason == REASON_NONE) {
			reason = REASON_NOFRAGMENT_DROPPED;
			continue;
		}
		TRACE(mm, slowpath, ARG(alloc_flags), ARG(reason));
		return nofail(mm, ac);
	}
}
