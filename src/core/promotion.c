/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * promotion.c - a page follows the task that uses it to the task's node
 *
 * Models:   migrate_misplaced_folio, migrate_misplaced_folio_prepare,
 *           migrate_balanced_pgdat, alloc_misplaced_dst_folio in
 *           mm/migrate.c; W42, G41
 * Left out: which pages are sampled, and the rate limit: the user says which
 *           page the hinting fault was for; file pages shared by several
 *           processes, which the kernel leaves where they are
 */
#include <errno.h>

#include "core/frame.h"
#include "core/gfp_masks.h"
#include "core/kswapd.h"
#include "core/lru.h"
#include "core/migrate_node.h"
#include "core/task.h"
#include "core/vmstat.h"
#include "core/watermark.h"

/* The highest managed zone of a node; NO_ZONE. */
static zone_t highest_managed(const struct mm *mm, unsigned int nid)
{
	for (int i = MAX_NR_ZONES - 1; i >= 0; i--) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)i);

		if (mm->zone[zid].managed)
			return zid;
	}
	return NO_ZONE;
}

/** Models: migrate_balanced_pgdat(): room above a high mark? */
static bool has_room(const struct mm *mm, unsigned int nid, int64_t pages)
{
	for (int i = MAX_NR_ZONES - 1; i >= 0; i--) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)i);

		if (mm->zone[zid].managed &&
		    zone_watermark_ok(mm, zid, 0,
				      wmark_pages(mm, zid, WMARK_HIGH) + pages,
				      ZONE_MOVABLE, ALLOC_CMA))
			return true;
	}
	return false;
}

/* Room for pages that are in use is made by demoting others, if at all. */
static enum mm_reason make_room(struct mm *mm, unsigned int nid,
				unsigned int order)
{
	const zone_t zid = highest_managed(mm, nid);

	if (zid == NO_ZONE || !(mm->st->cfg.numa_balancing & 2))
		return REASON_NODE_FULL;
	wakeup_kswapd(mm, zid, 0, order, ZONE_MOVABLE);
	return REASON_NODE_FULL;
}

static bool promotes(const struct mm *mm, unsigned int from, unsigned int to)
{
	return mm->st->cfg.numa_balancing & 2 && mm->st->cfg.tier[from] &&
	       !mm->st->cfg.tier[to];
}

/** Models: migrate_misplaced_folio() */
static enum mm_reason migrate_misplaced(struct mm *mm, uint32_t task, pfn_t pfn,
					unsigned int nid, pfn_t *to)
{
	const unsigned int order = block_order(&mm->page[pfn].b);
	const unsigned int from = page_nid(mm, pfn);
	const uint64_t pages = UINT64_C(1) << order;
	const struct mm_request want = {
		.gfp = gfp_promotion(order),
		.order = (uint16_t)order,
		.cpu = mm->cpu,
		.nid = (int16_t)nid,
	};

	*to = alloc_nested(mm, task, &want, ALL_NODES);
	if (*to == NO_PFN) {
		count_vm_events(mm, VM_PGMIGRATE_FAIL, pages);
		return REASON_REFUSED;
	}
	move_to_node(mm, pfn, *to, order);
	count_vm_events(mm, VM_NUMA_PAGES_MIGRATED, pages);
	if (promotes(mm, from, nid))
		mod_node_page_state(mm, nid, PGPROMOTE_SUCCESS, (int64_t)pages);
	return REASON_SERVED;
}

static int not_movable(const struct mm *mm, pfn_t pfn, unsigned int nid,
		       struct mm_error *err)
{
	const struct page *page;

	if (pfn >= mm->st->end_pfn ||
	    block_state(&mm->page[pfn].b) != BLOCK_USED)
		return mm_fail(err, -EINVAL,
			       "pfn %u: expected the first frame of an "
			       "allocated block",
			       pfn);
	page = &mm->page[pfn];
	if (!(page->attr & PAGE_LRU))
		return mm_fail(err, -EINVAL,
			       "pfn %u is on no LRU list: it cannot move", pfn);
	if (page->attr & PAGE_PINNED || block_write(&page->b))
		return mm_fail(err, -EBUSY,
			       "pfn %u is pinned or being written: it cannot "
			       "move",
			       pfn);
	if (page_nid(mm, pfn) == nid)
		return mm_fail(err, -EINVAL, "pfn %u is on node %u already",
			       pfn, nid);
	return 0;
}

int mm_task_promote(struct mm *mm, unsigned int task, pfn_t pfn, pfn_t *to,
		    struct mm_error *err)
{
	const unsigned int order =
		pfn < mm->st->end_pfn ? block_order(&mm->page[pfn].b) : 0;
	enum mm_reason reason;
	unsigned int nid;
	int e = mm_task_refusal(mm, task, err);

	*to = NO_PFN;
	if (e)
		return e;
	nid = mm->st->cfg.cpu_node[mm->task[task].cpu];
	e = not_movable(mm, pfn, nid, err);
	if (e)
		return e;
	op_enter(mm);
	mm->cpu = (uint16_t)mm->task[task].cpu;
	reason = has_room(mm, nid, order_pages(order))
			 ? migrate_misplaced(mm, task, pfn, nid, to)
			 : make_room(mm, nid, order);
	TRACE(mm, promote, ARG(pfn), ARG(order), ARG(nid), ARG(*to),
	      ARG(reason));
	op_leave(mm);
	return reason == REASON_SERVED ? 0 : -EAGAIN;
}
