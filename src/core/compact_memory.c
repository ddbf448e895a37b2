/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_memory.c - compaction by hand
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

enum mm_quantum compact_memory_step(struct mm *mm, uint32_t task)
{
	enum mm_quantum q;

	if (compact_run_step(mm, task, &q))
		return q;
	TRACE(mm, compact_done, ARG(cc_of(mm, task)->rc),
	      mm_compact_task_error(mm, task));
	return QUANTUM_DONE;
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
	while ((q = compact_memory_step(mm, CALLER_TASK)) != QUANTUM_DONE &&
	       !break_off(mm))
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, CALLER_TASK);
	STORE(mm, mm->task[CALLER_TASK].state, (uint32_t)TASK_IDLE);
	op_leave(mm);
	if (result)
		*result = (enum compact_result)cc_of(mm, CALLER_TASK)->rc;
	return 0;
}

int mm_task_compact(struct mm *mm, unsigned int task, zone_t zid, int order,
		    enum migrate_mode mode, struct mm_error *err)
{
	int e = compact_refusal(mm, zid, order, mode, err);

	if (!e)
		e = mm_task_refusal(mm, task, err);
	if (e)
		return e;
	op_enter(mm);
	begin_memory(mm, task, zid, order, mode);
	task_wake(mm, task);
	op_leave(mm);
	return 0;
}

int mm_compact_task_error(const struct mm *mm, unsigned int task)
{
	return task < mm->st->nr_tasks &&
			       cc_of(mm, task)->flags & CC_INTERRUPTED
		       ? -EINTR
		       : 0;
}

void mm_compact_reset(struct mm *mm, zone_t zid)
{
	if (!mm_zone_populated(mm, zid))
		return;
	op_enter(mm);
	clear_skip_bits(mm, zid);
	op_leave(mm);
}
