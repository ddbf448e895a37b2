/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_memory.c - compaction by hand, and looking at it
 *
 * Models: sysctl_compaction_handler, compact_nodes in mm/compaction.c;
 *         compaction.md 15.7
 */
#include <errno.h>

#include "core/compact_control.h"
#include "core/frame.h"
#include "core/kcompactd.h"
#include "core/lru_batch.h"
#include "core/task.h"

/* ---- by hand ---- */

enum mm_quantum compact_memory_step(struct mm *mm, uint32_t task)
{
	enum mm_quantum q;

	return compact_run_step(mm, task, &q) ? q : QUANTUM_DONE;
}

int compact_refusal(const struct mm *mm, zone_t zid, int order,
		    unsigned int mode, struct mm_error *err)
{
	if (zid != NO_ZONE && !mm_zone_populated(mm, zid))
		return mm_fail(err, -EINVAL, "zone %u: no such zone", zid);
	if (order < -1 || order > (int)mm->st->cfg.max_page_order)
		return mm_fail(err, -EINVAL, "order %d: expected -1 to %u",
			       order, mm->st->cfg.max_page_order);
	if (mode > MIGRATE_SYNC)
		return mm_fail(err, -EINVAL, "mode %u: expected 0 to %d", mode,
			       MIGRATE_SYNC);
	return 0;
}

/* As /proc/sys/vm/compact_memory does; or as for a movable request. */
static void begin_memory(struct mm *mm, uint32_t task, zone_t zid, int order,
			 enum migrate_mode mode)
{
	const zone_t all = (zone_t)(mm->st->cfg.nr_nodes * MAX_NR_ZONES - 1);
	const struct compact_control cc = {
		.step = COMPACT_BEFORE,
		.drive = DRIVE_MEMORY,
		.order = order,
		.search_order = order > 0 ? order : 0,
		.gfp = order < 0 ? GFP_KERNEL : GFP_HIGHUSER_MOVABLE,
		.highest = order < 0 ? 0 : ZONE_MOVABLE,
		.mode = mode,
		.flags = order < 0 ? CC_WHOLE_ZONE | CC_IGNORE_SKIP : CC_DIRECT,
		.next = zid == NO_ZONE ? 0 : zid,
		.last = zid == NO_ZONE ? all : zid,
		.alloc_flags = WMARK_MIN | (order < 0 ? 0 : ALLOC_CMA),
	};

	lru_add_drain_all(mm);
	compact_run_begin(mm, task, &cc);
}

int mm_compact(struct mm *mm, zone_t zid, int order, enum migrate_mode mode,
	       enum compact_result *result, struct mm_error *err)
{
	const int e = compact_refusal(mm, zid, order, mode, err);
	enum mm_quantum q;

	if (e)
		return e;
	op_enter(mm);
	mm->cpu = 0;
	begin_memory(mm, CALLER_TASK, zid, order, mode);
	while ((q = compact_memory_step(mm, CALLER_TASK)) != QUANTUM_DONE)
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, CALLER_TASK);
	STORE(mm, mm->task[CALLER_TASK].state, (uint32_t)TASK_IDLE);
	TRACE(mm, compact_done, ARG(cc_of(mm, CALLER_TASK)->rc));
	op_leave(mm);
	if (result)
		*result = (enum compact_result)cc_of(mm, CALLER_TASK)->rc;
	return 0;
}

int mm_task_compact(struct mm *mm, unsigned int task, zone_t zid, int order,
		    enum migrate_mode mode, struct mm_error *err)
{
	const struct task *t = &mm->task[task];
	const int e = compact_refusal(mm, zid, order, mode, err);

	if (e)
		return e;
	if (task >= mm->st->nr_tasks || t->kind != TASK_USER ||
	    t->state != TASK_IDLE)
		return mm_fail(err, -EINVAL, "task %u cannot compact now",
			       task);
	op_enter(mm);
	begin_memory(mm, task, zid, order, mode);
	task_wake(mm, task);
	op_leave(mm);
	return 0;
}

void mm_compact_reset(struct mm *mm, zone_t zid)
{
	if (!mm_zone_populated(mm, zid))
		return;
	op_enter(mm);
	clear_skip_bits(mm, zid);
	op_leave(mm);
}

/* ---- looking ---- */

void mm_compact_zone_info(const struct mm *mm, zone_t zid,
			  struct mm_compact_zone *info)
{
	const struct zone *z;

	*info = (struct mm_compact_zone){0};
	if (!mm_zone_populated(mm, zid))
		return;
	z = &mm->zone[zid];
	*info = (struct mm_compact_zone){
		.migrate_async = z->compact_cached_migrate_pfn[0],
		.migrate_sync = z->compact_cached_migrate_pfn[1],
		.free = z->compact_cached_free_pfn,
		.init_migrate = z->compact_init_migrate_pfn,
		.init_free = z->compact_init_free_pfn,
		.considered = z->compact_considered,
		.defer_limit = 1u << z->compact_defer_shift,
		.order_failed = z->compact_order_failed,
		.flush_skip_bits = z->compact_blockskip_flush != 0,
		.score = fragmentation_score_zone(mm, zid),
	};
	for (uint64_t p = block_start(mm, z->start); p < zone_end(mm, zid);
	     p += pageblock_nr_pages(mm))
		info->skip_bits +=
			(mm->pb[p >> mm->pb_order].bits & PAGEBLOCK_SKIP) != 0;
}

void mm_compact_task_info(const struct mm *mm, unsigned int task,
			  struct mm_compact_task *info)
{
	const struct compact_control *cc;

	*info = (struct mm_compact_task){.zone = NO_ZONE, .captured = NO_PFN};
	if (task >= mm->st->nr_tasks)
		return;
	cc = cc_of(mm, task);
	if (cc->step == 0 || cc->step == COMPACT_BEFORE)
		return;
	*info = (struct mm_compact_task){
		.running = true,
		.zone = (zone_t)cc->zid,
		.order = cc->order,
		.mode = (enum migrate_mode)cc->mode,
		.migrate_pfn = cc->migrate_pfn,
		.free_pfn = cc->free_pfn,
		.isolated = cc->nr_mig,
		.targets = cc->nr_free,
		.scanned_sources = cc->tot_mig_scanned,
		.scanned_targets = cc->tot_free_scanned,
		.captured = mm->task[task].capture.pfn,
	};
}

const char *mm_compact_result_name(enum compact_result r)
{
	static const char *const names[NR_COMPACT_RESULTS] = {
		"not_suitable_zone", "skipped",	  "deferred",
		"no_suitable_page",  "continue",  "complete",
		"partial_skipped",   "contended", "success",
	};

	return (unsigned int)r < NR_COMPACT_RESULTS ? names[r] : "?";
}
