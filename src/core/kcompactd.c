/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kcompactd.c - see kcompactd.h
 */
#include "core/kcompactd.h"

#include <errno.h>

#include "core/compact_control.h"
#include "core/frame.h"
#include "core/lru_batch.h"
#include "core/pcp.h"
#include "core/task.h"
#include "core/vmscan.h"

#define FRAG_CHECK (MM_HZ / 2) /* jiffies between two looks */
#define FUTILE_SHIFT 6	       /* so much later after one in vain */

/* ---- waking ---- */

/* pgdat->nr_zones less one: the highest zone index with memory. */
static unsigned int last_zone(const struct mm *mm, unsigned int nid)
{
	unsigned int z = MAX_NR_ZONES - 1;

	while (z && !mm_zone_populated(mm, mm_zone_id(nid, (enum zone_type)z)))
		z--;
	return z;
}

static uint32_t wmark_flags(const struct mm *mm)
{
	return mm->st->cfg.defrag_mode ? WMARK_HIGH : WMARK_MIN;
}

/* Models: kcompactd_node_suitable() */
static bool node_suitable(struct mm *mm, unsigned int nid)
{
	const struct node *n = &mm->st->node[nid];

	for (unsigned int z = 0; z <= n->kcompactd_highest; z++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)z);

		if (mm_zone_populated(mm, zid) &&
		    compaction_suit_allocation_order(
			    mm, zid, n->kcompactd_order, n->kcompactd_highest,
			    wmark_flags(mm), false, true) == COMPACT_CONTINUE)
			return true;
	}
	return false;
}

/* Once woken it is off its wait queue, even if it has not run yet. */
static bool asleep(const struct mm *mm, unsigned int nid)
{
	const uint32_t task = kcompactd_task(mm, nid);

	return cc_of(mm, task)->step == 0 && mm->task[task].state != TASK_READY;
}

void wakeup_kcompactd(struct mm *mm, unsigned int nid, unsigned int order,
		      unsigned int highest)
{
	const struct node *n = &mm->st->node[nid];

	if (order == 0)
		return;
	if (n->kcompactd_order < order)
		STORE(mm, n->kcompactd_order, order);
	if (n->kcompactd_highest > highest)
		STORE(mm, n->kcompactd_highest, highest);
	if (!asleep(mm, nid) || !node_suitable(mm, nid))
		return;
	TRACE(mm, mm_compaction_wakeup_kcompactd, ARG(nid), ARG(order),
	      ARG(highest));
	task_wake(mm, kcompactd_task(mm, nid));
}

void proactiveness_changed(struct mm *mm)
{
	for (unsigned int nid = 0; nid < mm->st->cfg.nr_nodes; nid++) {
		const struct node *n = &mm->st->node[nid];

		if (!mm->st->cfg.compaction_proactiveness ||
		    n->proactive_trigger || !n->present)
			continue;
		STORE(mm, n->proactive_trigger, 1);
		STORE(mm, n->proactive_seen, 0);
		TRACE(mm, mm_compaction_wakeup_kcompactd, ARG(nid), -1,
		      ARG(last_zone(mm, nid)));
		if (asleep(mm, nid))
			task_wake(mm, kcompactd_task(mm, nid));
	}
}

/* ---- proactive work: 15.3, 15.5 ---- */

/* How long each free list of the node is, as one number; never 0. */
static uint64_t free_lists(const struct mm *mm, unsigned int nid)
{
	uint64_t h = UINT64_C(0x9e3779b97f4a7c15) + nid;

	for (int i = 0; i < MAX_NR_ZONES; i++) {
		const struct zone *z =
			&mm->zone[mm_zone_id(nid, (enum zone_type)i)];

		for (int o = 0; o < MM_MAX_ORDERS; o++)
			for (int mt = 0; mt < MIGRATE_TYPES; mt++) {
				h = (h ^ z->free[o][mt].nr) *
				    UINT64_C(0xbf58476d1ce4e5b9);
				h ^= h >> 31;
			}
	}
	return h | 1;
}

bool proactive_due(const struct mm *mm, unsigned int nid)
{
	const struct node *n = &mm->st->node[nid];

	return mm->st->cfg.compaction_proactiveness && n->kswapd_asleep &&
	       fragmentation_score_node(mm, nid) >
		       fragmentation_score_wmark(mm, false) &&
	       n->proactive_seen != free_lists(mm, nid);
}

/* ---- sleeping ---- */

static void sleep_for(struct mm *mm, uint32_t task, uint64_t jiffies)
{
	if (mm->st->cfg.compaction_proactiveness)
		task_sleep(mm, task, WAIT_PROACTIVE, jiffies);
	else
		STORE(mm, mm->task[task].state, (uint32_t)TASK_IDLE);
}

static enum mm_quantum go_to_sleep(struct mm *mm, uint32_t task,
				   uint64_t jiffies)
{
	TRACE(mm, mm_compaction_kcompactd_sleep, ARG(mm->task[task].nid));
	sleep_for(mm, task, jiffies);
	return mm->task[task].state == TASK_IDLE ? QUANTUM_DONE : QUANTUM_SLEEP;
}

void kcompactd_boot(struct mm *mm)
{
	for (unsigned int nid = 0; nid < mm->st->cfg.nr_nodes; nid++) {
		STORE(mm, mm->st->node[nid].kcompactd_highest,
		      last_zone(mm, nid));
		sleep_for(mm, kcompactd_task(mm, nid), FRAG_CHECK);
	}
}

/* ---- a run over zones ---- */

void compact_run_begin(struct mm *mm, uint32_t task,
		       const struct compact_control *from)
{
	const struct capture_control none = {.zid = NO_ZONE, .pfn = NO_PFN};

	store_bytes(mm, &mm->task[task].capture, &none, sizeof none);
	store_bytes(mm, cc_of(mm, task), from, sizeof *from);
}

/* 15.4 */
static void begin_work(struct mm *mm, uint32_t task)
{
	const unsigned int nid = mm->task[task].nid;
	const struct node *n = &mm->st->node[nid];
	const struct compact_control cc = {
		.step = COMPACT_BEFORE,
		.drive = DRIVE_KCOMPACTD,
		.order = (int32_t)n->kcompactd_order,
		.search_order = (int32_t)n->kcompactd_order,
		.gfp = GFP_KERNEL,
		.alloc_flags = wmark_flags(mm),
		.highest = n->kcompactd_highest,
		.mode = MIGRATE_SYNC_LIGHT,
		.next = mm_zone_id(nid, (enum zone_type)0),
		.last = mm_zone_id(nid, (enum zone_type)n->kcompactd_highest),
	};

	compact_run_begin(mm, task, &cc);
	TRACE(mm, mm_compaction_kcompactd_wake, ARG(nid), cc.order,
	      ARG(cc.highest));
	count_vm_events(mm, VM_COMPACT_DAEMON_WAKE, 1);
}

static void begin_proactive(struct mm *mm, uint32_t task)
{
	const unsigned int nid = mm->task[task].nid;
	const struct compact_control cc = {
		.step = COMPACT_BEFORE,
		.drive = DRIVE_PROACTIVE,
		.order = -1,
		.gfp = GFP_KERNEL,
		.mode = MIGRATE_SYNC_LIGHT,
		.flags = CC_WHOLE_ZONE | CC_IGNORE_SKIP | CC_PROACTIVE,
		.next = mm_zone_id(nid, (enum zone_type)0),
		.last = mm_zone_id(nid, (enum zone_type)(MAX_NR_ZONES - 1)),
		.score = fragmentation_score_node(mm, nid),
	};

	compact_run_begin(mm, task, &cc);
}

/* kcompactd's zones may be deferred, or not worth it. */
static bool passed_over(struct mm *mm, const struct compact_control *cc,
			zone_t zid)
{
	const unsigned int order = (unsigned int)cc->order;

	if (!mm_zone_populated(mm, zid))
		return true;
	if (cc->drive != DRIVE_KCOMPACTD)
		return false;
	return compaction_deferred(mm, zid, order) ||
	       compaction_suit_allocation_order(mm, zid, order, zone_idx(zid),
						wmark_flags(mm), false,
						true) != COMPACT_CONTINUE;
}

static bool next_zone_of_run(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);

	while (cc->next <= cc->last) {
		const zone_t zid = (zone_t)cc->next;

		CC_SET(mm, cc, next, cc->next + 1);
		if (passed_over(mm, cc, zid))
			continue;
		if (cc->drive == DRIVE_MEMORY && task_is_dying(mm, task)) {
			cc_flag(mm, cc, CC_INTERRUPTED, true); /* 15.7 */
			break;
		}
		compact_zone_begin(mm, task, zid);
		return true;
	}
	CC_SET(mm, cc, step, 0);
	return false;
}

static void drain_zone(struct mm *mm, zone_t zid)
{
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		drain_pages_zone(mm, zid, cpu);
}

static void zone_over(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	const zone_t zid = (zone_t)cc->zid;
	const unsigned int order = (unsigned int)cc->order;

	if (cc->drive == DRIVE_KCOMPACTD) {
		if (cc->result == COMPACT_SUCCESS) {
			compaction_defer_reset(mm, zid, order, false);
		} else if (cc->result == COMPACT_PARTIAL_SKIPPED ||
			   cc->result == COMPACT_COMPLETE) {
			drain_zone(mm, zid);
			defer_compaction(mm, zid, order);
		}
	}
	if (cc->result > cc->rc)
		CC_SET(mm, cc, rc, cc->result);
	if (cc->drive == DRIVE_MEMORY)
		return;
	count_vm_events(mm, VM_COMPACT_DAEMON_MIGRATE_SCANNED,
			cc->tot_mig_scanned);
	count_vm_events(mm, VM_COMPACT_DAEMON_FREE_SCANNED,
			cc->tot_free_scanned);
}

/* One quantum of a run; false when it is over. */
bool compact_run_step(struct mm *mm, uint32_t task, enum mm_quantum *q)
{
	const struct compact_control *cc = cc_of(mm, task);

	*q = QUANTUM_AGAIN;
	if (cc->step != COMPACT_BEFORE) {
		*q = compact_zone_step(mm, task);
		if (*q != QUANTUM_DONE)
			return true;
		zone_over(mm, task);
		*q = QUANTUM_AGAIN;
	}
	return next_zone_of_run(mm, task);
}

/* ---- the daemon ---- */

static void work_over(struct mm *mm, unsigned int nid,
		      const struct compact_control *cc)
{
	const struct node *n = &mm->st->node[nid];

	if (n->kcompactd_order <= (uint32_t)cc->order)
		STORE(mm, n->kcompactd_order, 0);
	if (n->kcompactd_highest >= cc->highest)
		STORE(mm, n->kcompactd_highest, last_zone(mm, nid));
}

/* Until when it sleeps: longer after a run in vain. */
static uint64_t proactive_over(struct mm *mm, unsigned int nid,
			       const struct compact_control *cc)
{
	const struct node *n = &mm->st->node[nid];

	STORE(mm, n->proactive_trigger, 0);
	if (fragmentation_score_node(mm, nid) < cc->score)
		return FRAG_CHECK;
	STORE(mm, n->proactive_seen, free_lists(mm, nid));
	return (uint64_t)FRAG_CHECK << FUTILE_SHIFT;
}

static enum mm_quantum look_around(struct mm *mm, uint32_t task)
{
	const unsigned int nid = mm->task[task].nid;
	const struct node *n = &mm->st->node[nid];

	if (n->kcompactd_order && !n->proactive_trigger) {
		begin_work(mm, task);
		return QUANTUM_AGAIN;
	}
	if (proactive_due(mm, nid)) {
		begin_proactive(mm, task);
		return QUANTUM_AGAIN;
	}
	/* nothing to do: such looks are not told of */
	STORE(mm, n->proactive_trigger, 0);
	sleep_for(mm, task, FRAG_CHECK);
	return mm->task[task].state == TASK_IDLE ? QUANTUM_DONE : QUANTUM_SLEEP;
}

enum mm_quantum kcompactd_step(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	const unsigned int nid = mm->task[task].nid;
	uint64_t pause = FRAG_CHECK;
	enum mm_quantum q;

	if (cc->step == 0)
		return look_around(mm, task);
	if (compact_run_step(mm, task, &q))
		return q;
	if (cc->drive == DRIVE_KCOMPACTD)
		work_over(mm, nid, cc);
	else
		pause = proactive_over(mm, nid, cc);
	/* somebody asked for more meanwhile */
	if (mm->st->node[nid].kcompactd_order)
		return QUANTUM_AGAIN;
	return go_to_sleep(mm, task, pause);
}

/* ---- for everybody ---- */

int mm_kcompactd(struct mm *mm, unsigned int nid, int order,
		 unsigned int highest, struct mm_error *err)
{
	const struct node *n;
	uint16_t before;
	uint32_t task;

	if (nid >= mm->st->cfg.nr_nodes || highest >= MAX_NR_ZONES)
		return mm_fail(err, -EINVAL, "node %u: no such node or zone",
			       nid);
	if (order == 0 || compact_refusal(mm, NO_ZONE, order, 0, err))
		return mm_fail(err, -EINVAL, "order %d: expected 1 to %u",
			       order, mm->st->cfg.max_page_order);
	n = &mm->st->node[nid];
	task = kcompactd_task(mm, nid);
	if (cc_of(mm, task)->step)
		return mm_fail(err, -EBUSY, "kcompactd%u is at work", nid);
	op_enter(mm);
	before = mm->current;
	mm->current = (uint16_t)task;
	if (order > 0) {
		STORE(mm, n->kcompactd_order, (uint32_t)order);
		STORE(mm, n->kcompactd_highest, highest);
		STORE(mm, n->proactive_trigger, 0);
		begin_work(mm, task);
	} else {
		begin_proactive(mm, task);
	}
	mm->current = before;
	task_wake(mm, task);
	op_leave(mm);
	return 0;
}
