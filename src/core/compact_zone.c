/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_zone.c - one run over one zone, step by step
 *
 *	finished? -> gather pages -> move them -> captured? -> drain -> ...
 *
 * Models:   compact_zone, release_free_list in mm/compaction.c;
 *           compaction.md 5, 11
 */
#include <errno.h>

#include "core/compact_control.h"
#include "core/lru_batch.h"
#include "core/migrate.h"
#include "core/pcp.h"
#include "core/vmscan.h"

static void set_step(struct mm *mm, const struct compact_control *cc,
		     enum compact_step step)
{
	CC_SET(mm, cc, step, (uint32_t)step);
}

static void end_with(struct mm *mm, const struct compact_control *cc,
		     enum compact_result result)
{
	CC_SET(mm, cc, result, (uint32_t)result);
	set_step(mm, cc, COMPACT_RELEASE);
}

/* ... and mm_compaction_finished has not told why. */
static void stop_with(struct mm *mm, const struct compact_control *cc,
		      enum compact_result result, enum mm_reason why)
{
	TRACE(mm, compact_stopped, ARG(cc->zid), cc->order, ARG(result),
	      ARG(why));
	end_with(mm, cc, result);
}

/* ---- the beginning: 5.1 to 5.6 ---- */

void compact_zone_begin(struct mm *mm, uint32_t task, zone_t zid)
{
	const struct compact_control *cc = cc_of(mm, task);
	struct compact_control c = *cc;

	migration_reset(mm, task);
	c.step = COMPACT_START;
	c.zid = zid;
	c.mt = (uint32_t)mm_request_migratetype(mm, c.gfp);
	c.tot_mig_scanned = c.tot_free_scanned = 0;
	c.nr_free = c.nr_mig = 0;
	c.fast_start = c.released = c.last_migrated = 0;
	c.fscan.step = FREE_IDLE;
	for (int o = 0; o < MM_MAX_ORDERS; o++)
		c.freepages[o] = (struct list){NO_PFN, NO_PFN};
	store_bytes(mm, cc, &c, sizeof c);
}

static uint64_t last_block(const struct mm *mm, zone_t zid)
{
	return block_start(mm, zone_end(mm, zid) - 1);
}

static bool in_zone(const struct mm *mm, zone_t zid, uint64_t pfn)
{
	return pfn >= zone_start(mm, zid) && pfn < zone_end(mm, zid);
}

/* 5.4, 5.5 */
static void cached_start(struct mm *mm, const struct compact_control *cc)
{
	const zone_t zid = (zone_t)cc->zid;
	const struct zone *z = &mm->zone[zid];
	const uint64_t *pos = z->compact_cached_migrate_pfn;

	CC_SET(mm, cc, migrate_pfn, pos[cc->mode != MIGRATE_ASYNC]);
	CC_SET(mm, cc, free_pfn, z->compact_cached_free_pfn);
	if (!in_zone(mm, zid, cc->free_pfn)) {
		CC_SET(mm, cc, free_pfn, last_block(mm, zid));
		STORE(mm, z->compact_cached_free_pfn, cc->free_pfn);
	}
	if (!in_zone(mm, zid, cc->migrate_pfn)) {
		CC_SET(mm, cc, migrate_pfn, zone_start(mm, zid));
		STORE(mm, pos[0], cc->migrate_pfn);
		STORE(mm, pos[1], cc->migrate_pfn);
	}
	if (cc->migrate_pfn <= z->compact_init_migrate_pfn)
		cc_flag(mm, cc, CC_WHOLE_ZONE, true);
}

static void trace_begin(struct mm *mm, const struct compact_control *cc)
{
	const zone_t zid = (zone_t)cc->zid;

	TRACE(mm, mm_compaction_begin, ARG(zone_start(mm, zid)),
	      ARG(cc->migrate_pfn), ARG(cc->free_pfn), ARG(zone_end(mm, zid)),
	      cc->mode != MIGRATE_ASYNC, ARG(zid));
}

/* 4.4.3 or 4.4.4: which of the two tests refused? */
static enum mm_reason why_skipped(const struct mm *mm,
				  const struct compact_control *cc)
{
	return compaction_lacks_non_cma(
		       mm, (zone_t)cc->zid, (unsigned int)cc->order,
		       cc->highest, cc->alloc_flags, cc->mode == MIGRATE_ASYNC)
		       ? REASON_STOP_NO_CMA
		       : REASON_STOP_UNSUITABLE;
}

static enum mm_quantum start(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	const zone_t zid = (zone_t)cc->zid;
	enum compact_result r = COMPACT_CONTINUE;

	if (cc->order >= 0)
		r = compaction_suit_allocation_order(
			mm, zid, (unsigned int)cc->order, cc->highest,
			cc->alloc_flags, cc->mode == MIGRATE_ASYNC,
			!(cc->flags & CC_DIRECT));
	if (r != COMPACT_CONTINUE) {
		TRACE(mm, compact_stopped, ARG(zid), cc->order, ARG(r),
		      ARG(r == COMPACT_SUCCESS ? REASON_STOP_NOT_NEEDED
					       : why_skipped(mm, cc)));
		CC_SET(mm, cc, result, (uint32_t)r);
		set_step(mm, cc, COMPACT_NONE);
		return QUANTUM_DONE;
	}
	set_step(mm, cc, COMPACT_BEGIN);
	return QUANTUM_AGAIN;
}

static void begin(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	const zone_t zid = (zone_t)cc->zid;
	const uint64_t *pos = mm->zone[zid].compact_cached_migrate_pfn;

	if (cc->order >= 0 &&
	    compaction_restarting(mm, zid, (unsigned int)cc->order))
		clear_skip_bits(mm, zid);
	if (cc->flags & CC_WHOLE_ZONE) {
		CC_SET(mm, cc, migrate_pfn, zone_start(mm, zid));
		CC_SET(mm, cc, free_pfn, last_block(mm, zid));
	} else {
		cached_start(mm, cc);
	}
	cc_flag(mm, cc, CC_KEEP_IN_STEP,
		cc->mode == MIGRATE_ASYNC && pos[0] == pos[1]);
	trace_begin(mm, cc);
	lru_add_drain_cpu(mm, mm->cpu);
	set_step(mm, cc, COMPACT_FINISH);
}

/* ---- is it over? ---- */

static void finish(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	enum mm_reason why = REASON_NONE;
	const enum compact_result r = compact_finished(mm, task, cc, &why);

	TRACE(mm, mm_compaction_finished, ARG(cc->zid), cc->order, ARG(r),
	      ARG(why));
	if (r != COMPACT_CONTINUE && r != COMPACT_NO_SUITABLE_PAGE) {
		end_with(mm, cc, r);
		return;
	}
	cc_flag(mm, cc, CC_FINISH_BLOCK,
		block_start(mm, cc->last_migrated) ==
			block_start(mm, cc->migrate_pfn));
	isolate_migratepages_begin(mm, task);
	set_step(mm, cc, COMPACT_SCAN);
}

/* ---- gathering and moving: 5.7 ---- */

static void begin_migration(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);

	cc_flag(mm, cc, CC_KEEP_IN_STEP, false);
	CC_SET(mm, cc, last_migrated,
	       max_pos(zone_start(mm, (zone_t)cc->zid),
		       block_start(mm, cc->migrate_pfn - 1)));
	CC_SET(mm, cc, batch, cc->nr_mig);
	migrate_pages_begin(mm, task, (enum migrate_mode)cc->mode,
			    MR_COMPACTION);
	set_step(mm, cc, COMPACT_MIGRATE);
}

static void give_up_batch(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);

	putback_movable_pages(mm, task);
	CC_SET(mm, cc, nr_mig, 0);
}

static enum mm_quantum scan(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	const uint64_t *pos = mm->zone[cc->zid].compact_cached_migrate_pfn;

	switch (isolate_migratepages_step(mm, task)) {
	case SCAN_SLEEP:
		return QUANTUM_SLEEP;
	case SCAN_ABORT:
		give_up_batch(mm, task);
		stop_with(mm, cc, COMPACT_CONTENDED,
			  task_is_dying(mm, task) ? REASON_FINISH_KILLED
						  : REASON_STOP_ISOLATED);
		break;
	case SCAN_NONE:
		if (cc->flags & CC_KEEP_IN_STEP)
			STORE(mm, pos[1], pos[0]);
		set_step(mm, cc, COMPACT_DRAIN);
		break;
	case SCAN_OK:
		begin_migration(mm, task);
		break;
	default:
		break;
	}
	return QUANTUM_AGAIN;
}

/* Some stayed: their block is looked at to its end, once (5.9). */
static bool rescan(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);

	if (block_aligned(mm, cc->migrate_pfn) ||
	    (cc->flags & (CC_IGNORE_SKIP | CC_FINISH_BLOCK)) ||
	    cc->mode >= MIGRATE_SYNC)
		return false;
	cc_flag(mm, cc, CC_FINISH_BLOCK, true);
	if (cc->order == (int32_t)mm->st->cfg.pmd_order)
		CC_SET(mm, cc, last_migrated, 0);
	isolate_migratepages_begin(mm, task);
	set_step(mm, cc, COMPACT_SCAN);
	return true;
}

static enum mm_quantum migrate(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	const struct migration *m = &mm->task[task].mig;
	const enum mm_quantum q = migrate_pages_step(mm, task);

	if (q != QUANTUM_DONE)
		return q;
	TRACE(mm, mm_compaction_migratepages, ARG(m->nr_succeeded),
	      ARG(cc->batch - m->nr_succeeded));
	CC_SET(mm, cc, nr_mig, 0);
	if (m->failed) {
		putback_movable_pages(mm, task);
		if (m->failed == -ENOMEM && !compact_scanners_met(mm, cc)) {
			stop_with(mm, cc, COMPACT_CONTENDED,
				  REASON_STOP_NO_TARGET);
			return QUANTUM_AGAIN;
		}
		if (rescan(mm, task))
			return QUANTUM_AGAIN;
	}
	set_step(mm, cc, COMPACT_CAPTURED);
	return QUANTUM_AGAIN;
}

static void captured(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);

	if ((cc->flags & CC_CAPTURE) && mm->task[task].capture.pfn != NO_PFN)
		stop_with(mm, cc, COMPACT_SUCCESS, REASON_STOP_CAPTURED);
	else
		set_step(mm, cc, COMPACT_DRAIN);
}

/* 5.8: what was vacated is on per-CPU lists, where it does not merge. */
static void drain(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	uint64_t group;

	set_step(mm, cc, COMPACT_FINISH);
	if (cc->order <= 0 || cc->last_migrated == 0)
		return;
	group = cc->migrate_pfn & ~((UINT64_C(1) << cc->order) - 1);
	if (cc->last_migrated >= group)
		return;
	lru_add_drain_cpu(mm, mm->cpu);
	drain_pages_zone(mm, (zone_t)cc->zid, mm->cpu);
	CC_SET(mm, cc, last_migrated, 0);
}

/* ---- the end: 11 ---- */

static void released(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	const struct zone *z = &mm->zone[cc->zid];
	uint64_t to;

	set_step(mm, cc, COMPACT_END);
	if (cc->released == 0)
		return;
	to = block_start(mm, cc->released - 1);
	if (to > z->compact_cached_free_pfn)
		STORE(mm, z->compact_cached_free_pfn, to);
}

static enum mm_quantum end(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	const zone_t zid = (zone_t)cc->zid;

	count_vm_events(mm, VM_COMPACT_MIGRATE_SCANNED, cc->tot_mig_scanned);
	count_vm_events(mm, VM_COMPACT_FREE_SCANNED, cc->tot_free_scanned);
	TRACE(mm, mm_compaction_end, ARG(zone_start(mm, zid)),
	      ARG(cc->migrate_pfn), ARG(cc->free_pfn), ARG(zone_end(mm, zid)),
	      cc->mode != MIGRATE_ASYNC, ARG(cc->result), ARG(zid));
	set_step(mm, cc, COMPACT_NONE);
	return QUANTUM_DONE;
}

static enum mm_quantum one_step(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);

	switch ((enum compact_step)cc->step) {
	case COMPACT_START:
		return start(mm, task);
	case COMPACT_BEGIN:
		begin(mm, task);
		break;
	case COMPACT_FINISH:
		finish(mm, task);
		break;
	case COMPACT_SCAN:
		return scan(mm, task);
	case COMPACT_MIGRATE:
		return migrate(mm, task);
	case COMPACT_CAPTURED:
		captured(mm, task);
		break;
	case COMPACT_DRAIN:
		drain(mm, task);
		break;
	case COMPACT_RELEASE:
		if (!release_free_page(mm, task))
			released(mm, task);
		break;
	case COMPACT_END:
		return end(mm, task);
	default:
		return QUANTUM_DONE;
	}
	return QUANTUM_AGAIN;
}

enum mm_quantum compact_zone_step(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	enum mm_quantum q;

	/* what this task frees now may be kept for it: 14 */
	if (cc->flags & CC_CAPTURE)
		mm->capture = &mm->task[task].capture;
	q = one_step(mm, task);
	mm->capture = NULL;
	return q;
}
