/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compaction.c - see compaction.h
 */
#include "core/buddy.h"
#include "core/compact_control.h"
#include "core/cpuset.h"
#include "core/vmscan.h"
#include "core/vmstat.h"
#include "core/zonelist.h"

/* ---- capture: 14 ---- */

/**
 * compaction_capture - does the task in hand wait for just this block?
 * @mt: type of the block that is being freed
 *
 * CMA and isolated blocks are not for everybody, and a small movable block
 * is no place for something that cannot move.
 *
 * Models: compaction_capture(), task_capc(), mm/page_alloc.c
 */
bool compaction_capture(struct mm *mm, zone_t zid, pfn_t pfn,
			unsigned int order, enum migratetype mt)
{
	const struct capture_control *c = mm->capture;

	if (!c || c->pfn != NO_PFN || c->zid != zid || c->order != order ||
	    mt == MIGRATE_CMA || mt == MIGRATE_ISOLATE)
		return false;
	if (order < mm->pb_order && mt == MIGRATE_MOVABLE &&
	    c->mt != MIGRATE_MOVABLE)
		return false;
	if (mt != c->mt)
		TRACE(mm, mm_page_alloc_extfrag, ARG(pfn), ARG(order),
		      ARG(order), ARG(c->mt), ARG(mt),
		      ARG(pageblock_type(mm, pfn)), 0);
	STORE(mm, c->pfn, pfn);
	STORE(mm, block_at(mm, pfn, order)->word,
	      block_word(BLOCK_TAKEN, order, 0, 0));
	TRACE(mm, compact_captured, ARG(pfn), ARG(order), ARG(mt));
	return true;
}

/* ---- over the zones: 12.4 ---- */

/* 1.4 */
void direct_compact_begin(struct mm *mm, uint32_t task,
			  const struct alloc_context *ac, unsigned int order,
			  uint32_t alloc_flags, enum compact_priority prio)
{
	const bool full = prio == COMPACT_PRIO_SYNC_FULL;
	const struct capture_control capture = {
		.zid = NO_ZONE,
		.order = ac->order,
		.mt = ac->mt,
		.pfn = NO_PFN,
	};
	const struct compact_control cc = {
		.step = COMPACT_BEFORE,
		.drive = DRIVE_DIRECT,
		.order = (int32_t)order,
		.search_order = (int32_t)order,
		.gfp = ac->gfp,
		.alloc_flags = alloc_flags,
		.highest = ac->highest,
		.mode = prio == COMPACT_PRIO_ASYNC ? MIGRATE_ASYNC
						   : MIGRATE_SYNC_LIGHT,
		.flags = CC_DIRECT | (full ? CC_WHOLE_ZONE | CC_IGNORE_SKIP |
						      CC_IGNORE_SUITABLE
					   : 0),
		.next = ac->pref,
		.rc = COMPACT_SKIPPED,
		.prio = prio,
	};

	store_bytes(mm, &mm->task[task].capture, &capture, sizeof capture);
	store_bytes(mm, &mm->task[task].cc, &cc, sizeof cc);
	if (ac->gfp & GFP_BIT_IO)
		TRACE(mm, mm_compaction_try_to_compact_pages, ARG(order),
		      ARG(ac->gfp), ARG(prio));
}

static void raise_rc(struct mm *mm, const struct compact_control *cc,
		     enum compact_result r)
{
	if (r > cc->rc)
		CC_SET(mm, cc, rc, (uint32_t)r);
}

/*
 * The record is as good as new for each zone (1.3.1); next: place in the
 * list.
 */
static void begin_zone(struct mm *mm, uint32_t task, zone_t zid)
{
	const struct compact_control *cc = cc_of(mm, task);

	cc_flag(mm, cc, CC_CONTENDED | CC_FINISH_BLOCK, false);
	cc_flag(mm, cc, CC_WHOLE_ZONE, cc->prio == COMPACT_PRIO_SYNC_FULL);
	cc_flag(mm, cc, CC_CAPTURE, mm->st->cfg.capture);
	CC_SET(mm, cc, fast_fail, 0);
	CC_SET(mm, cc, search_order, cc->order);
	compact_zone_begin(mm, task, zid);
	STORE(mm, mm->task[task].capture.zid, (uint32_t)zid);
}

/* Zones are passed over for free; false when there is none left. */
static bool next_candidate(struct mm *mm, uint32_t task,
			   const struct alloc_context *ac)
{
	const struct compact_control *cc = cc_of(mm, task);

	for (unsigned int i = cc->next; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const zone_t zid = ac->zonelist[i];

		CC_SET(mm, cc, next, next_zone(ac, i + 1));
		if (!cpuset_zone_allowed(mm, ac, zid, cc->alloc_flags))
			continue;
		if (cc->prio > COMPACT_PRIO_SYNC_FULL &&
		    compaction_deferred(mm, zid, (unsigned int)cc->order)) {
			raise_rc(mm, cc, COMPACT_DEFERRED);
			continue;
		}
		begin_zone(mm, task, zid);
		return true;
	}
	return false;
}

/* The zone is done with; true when no other is to be tried. */
static bool zone_over(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	const struct capture_control *capture = &mm->task[task].capture;
	const zone_t zid = (zone_t)cc->zid;
	const unsigned int order = (unsigned int)cc->order;
	enum compact_result r = (enum compact_result)cc->result;

	STORE(mm, capture->zid, (uint32_t)NO_ZONE);
	cc_flag(mm, cc, CC_CAPTURE, false);
	if (capture->pfn != NO_PFN)
		r = COMPACT_SUCCESS;
	raise_rc(mm, cc, r);
	if (r == COMPACT_SUCCESS) {
		compaction_defer_reset(mm, zid, order, false);
		return true;
	}
	if (cc->prio != COMPACT_PRIO_ASYNC &&
	    (r == COMPACT_COMPLETE || r == COMPACT_PARTIAL_SKIPPED))
		defer_compaction(mm, zid, order);
	return task_is_dying(mm, task);
}

static enum mm_quantum all_over(struct mm *mm, uint32_t task)
{
	CC_SET(mm, cc_of(mm, task), step, 0);
	return QUANTUM_DONE;
}

enum mm_quantum direct_compact_step(struct mm *mm, uint32_t task,
				    const struct alloc_context *ac)
{
	const struct compact_control *cc = cc_of(mm, task);
	enum mm_quantum q;

	if (cc->step != COMPACT_BEFORE) {
		q = compact_zone_step(mm, task);
		if (q != QUANTUM_DONE)
			return q;
		if (zone_over(mm, task))
			return all_over(mm, task);
	}
	if (!(ac->gfp & GFP_BIT_IO) || !next_candidate(mm, task, ac))
		return all_over(mm, task);
	return QUANTUM_AGAIN;
}

enum compact_result direct_compact_end(struct mm *mm, uint32_t task, pfn_t *pfn)
{
	const struct capture_control *capture = &mm->task[task].capture;

	if (capture->pfn != NO_PFN) {
		*pfn = capture->pfn;
		STORE(mm, block_at(mm, *pfn, capture->order)->word, 0);
		STORE(mm, capture->pfn, NO_PFN);
		return COMPACT_SUCCESS;
	}
	return (enum compact_result)cc_of(mm, task)->rc;
}

void direct_compact_account(struct mm *mm, pfn_t pfn, unsigned int order)
{
	const struct zone *z;

	count_vm_events(mm, VM_COMPACT_STALL, 1);
	if (pfn == NO_PFN) {
		count_vm_events(mm, VM_COMPACT_FAIL, 1);
		return;
	}
	z = &mm->zone[page_zone(mm, pfn)];
	STORE(mm, z->compact_blockskip_flush, 0);
	compaction_defer_reset(mm, page_zone(mm, pfn), order, true);
	count_vm_events(mm, VM_COMPACT_SUCCESS, 1);
}
