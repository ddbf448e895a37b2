/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reclaim.c - see reclaim.h; rules R40 to R46
 */
#include "core/reclaim.h"

#include "core/compaction.h"
#include "core/watermark.h"
#include "core/zonelist.h"

#define DEF_PRIORITY 12

int64_t zone_reclaimable_pages(const struct mm *mm, zone_t zid)
{
	(void)mm;
	(void)zid;
	return 0;
}

/* Is there enough already, if only it lay together? R43 */
static bool compaction_ready(struct mm *mm, const struct alloc_context *ac,
			     zone_t zid, unsigned int order)
{
	if (!(ac->gfp & GFP_BIT_IO))
		return false;
	return zone_watermark_ok(mm, zid, order,
				 wmark_pages(mm, zid, WMARK_MIN), ac->highest,
				 0) ||
	       compaction_suitable(mm, zid, order,
				   wmark_pages(mm, zid, WMARK_HIGH),
				   ac->highest);
}

void direct_reclaim_begin(struct mm *mm, uint32_t task,
			  const struct alloc_context *ac, unsigned int order)
{
	const struct scan_control sc = {
		.step = 1,
		.order = order,
		.gfp = ac->gfp,
		.reclaim_index = ac->highest,
	};

	store_bytes(mm, &mm->task[task].sc, &sc, sizeof sc);
	TRACE(mm, mm_vmscan_direct_reclaim_begin, ARG(order), ARG(ac->gfp));
}

/* One walk over the list: ready zones end it after their priority. R41, R43 */
static bool walk(struct mm *mm, const struct alloc_context *ac,
		 unsigned int order)
{
	bool ready = false;

	for (int priority = DEF_PRIORITY; priority >= 0 && !ready; priority--)
		for (unsigned int i = ac->pref; i < ac->nr_zones;
		     i = next_zone(ac, i + 1))
			ready |= compaction_ready(mm, ac, ac->zonelist[i],
						  order);
	return ready;
}

enum mm_quantum direct_reclaim_step(struct mm *mm, uint32_t task,
				    const struct alloc_context *ac)
{
	const struct scan_control *sc = &mm->task[task].sc;
	int64_t reclaimed = 0;

	if (sc->order > PAGE_ALLOC_COSTLY_ORDER)
		reclaimed = walk(mm, ac, sc->order) || walk(mm, ac, sc->order);
	STORE(mm, sc->nr_reclaimed, reclaimed);
	STORE(mm, sc->step, 0);
	TRACE(mm, mm_vmscan_direct_reclaim_end, ARG(reclaimed));
	return QUANTUM_DONE;
}
