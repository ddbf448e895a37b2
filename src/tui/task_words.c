/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * task_words.c - see task_words.h
 */
#include "tui/task_words.h"

#include <inttypes.h>
#include <stdio.h>

#define MOST_MOVES 8 /* pages in flight that are named */

/* A direct call has its rung on the fast path in the events alone. */
enum mm_rung task_rung(const struct mm *mm, unsigned int task)
{
	struct mm_task_info ti;
	struct mm_walk w;

	mm_task_info(mm, task, &ti);
	if (ti.rung == RUNG_NONE && mm_walk_last(mm, (int)task, &w) &&
	    w.in_hand)
		return RUNG_FAST;
	return ti.rung;
}

const char *task_work(const struct mm *mm, unsigned int task)
{
	const enum mm_rung rung = task_rung(mm, task);
	struct mm_hugetlb_task pool;
	struct mm_compact_task run;
	struct mm_range_task range;

	mm_hugetlb_task_info(mm, task, &pool);
	mm_compact_task_info(mm, task, &run);
	mm_range_task_info(mm, task, &range);
	return rung != RUNG_NONE	       ? mm_rung_name(rung)
	       : run.running		       ? "compacts"
	       : range.kind != RANGE_TASK_NONE ? "empties a range"
	       : pool.at		       ? "fills a pool"
					       : "";
}

static void add_request(const struct mm *mm, unsigned int task,
			struct fields *f)
{
	struct mm_task_info ti;
	struct mm_walk w;
	char gfp[160];

	mm_task_info(mm, task, &ti);
	if (mm_walk_last(mm, (int)task, &w))
		ti.want = w.want;
	mm_gfp_print(ti.want.gfp, gfp, sizeof gfp);
	fields_flow(f, 2, ROLE_LABEL, "asks for order %u,", ti.want.order);
	fields_flow(f, 2, ROLE_LABEL, "%s;", gfp);
}

static void add_counters(const struct mm *mm, unsigned int task,
			 struct fields *f)
{
	struct mm_task_info ti;

	mm_task_info(mm, task, &ti);
	if (ti.rung < RUNG_RETRY)
		return;
	fields_flow(f, 2, ROLE_TEXT, "no progress %d of 16,", ti.no_progress);
	fields_flow(f, 2, ROLE_TEXT, "compact retries %d,", ti.compact_retries);
	if (ti.rung == RUNG_RECLAIM)
		fields_flow(f, 2, ROLE_TEXT, "priority %d, reclaimed %" PRId64,
			    ti.priority, ti.nr_reclaimed);
	else
		fields_flow(f, 2, ROLE_TEXT, "last progress %" PRId64 " page%s",
			    ti.progress, ti.progress == 1 ? "" : "s");
	if (ti.rung == RUNG_RETRY)
		fields_flow(f, 2, ROLE_DIM, "(%s)",
			    reason_text((int32_t)ti.why));
}

static void add_waits(const struct mm *mm, unsigned int task, struct fields *f)
{
	struct mm_task_info ti;

	mm_task_info(mm, task, &ti);
	if (ti.state != TASK_WAITING)
		return;
	fields_flow(f, 2, ROLE_NOW, "waits for %s", mm_wait_name(ti.wait));
	if (ti.wake_at != UINT64_MAX)
		fields_flow(f, 2, ROLE_TEXT,
			    "until jiffy %" PRIu64 " (now %" PRIu64 ")",
			    ti.wake_at, mm_jiffies(mm));
}

static void add_faults(const struct mm *mm, unsigned int task, struct fields *f)
{
	struct mm_fault_info fi;

	mm_fault_info(mm, task, &fi);
	if (fi.kind != FAULT_NONE)
		fields_flow(f, 2, ROLE_TEXT, "%s: %u of %u pages got;",
			    mm_fault_name(fi.kind), fi.done, fi.wanted);
}

static int64_t of_node(const struct mm *mm, unsigned int nid, const char *key)
{
	int64_t value = 0;

	mm_get_node(mm, nid, key, &value);
	return value;
}

static void add_kswapd(const struct mm *mm, const struct mm_task_info *ti,
		       struct fields *f)
{
	const int64_t highest = of_node(mm, ti->nid, "kswapd_highest_zoneidx");
	const int64_t failures = of_node(mm, ti->nid, "kswapd_failures");

	if (of_node(mm, ti->nid, "kswapd_asleep"))
		fields_flow(f, 2, ROLE_DIM, "%s;",
			    ti->state == TASK_WAITING ? "naps" : "sleeps");
	if (highest < MAX_NR_ZONES)
		fields_flow(f, 2, ROLE_TEXT,
			    "asked for order %" PRId64 ", zones up to %s;",
			    of_node(mm, ti->nid, "kswapd_order"),
			    mm_layout_zone_name(mm_zone_layout(mm),
						(enum zone_type)highest));
	if (ti->state == TASK_READY)
		fields_flow(f, 2, ROLE_TEXT,
			    "priority %d, reclaimed %" PRId64 ";", ti->priority,
			    ti->nr_reclaimed);
	if (failures)
		fields_flow(f, 2, ROLE_BAD, "failures %" PRId64 " of 16%s",
			    failures, failures >= 16 ? ": hopeless" : "");
}

static const char *mode_name(enum migrate_mode mode)
{
	return mode == MIGRATE_ASYNC	    ? "async"
	       : mode == MIGRATE_SYNC_LIGHT ? "sync-light"
					    : "sync";
}

static void add_scanners(const struct mm_compact_task *run, struct fields *f)
{
	fields_flow(f, 2, ROLE_TEXT,
		    "scanners: sources at %" PRIu64 ", targets at %" PRIu64 ";",
		    run->source_page != NO_PFN ? run->source_page
					       : run->migrate_pfn,
		    run->target_page != NO_PFN ? run->target_page
					       : run->free_pfn);
	fields_flow(f, 2, ROLE_TEXT, "scanned %" PRIu64 " and %" PRIu64 ";",
		    run->scanned_sources, run->scanned_targets);
	fields_flow(f, 2, ROLE_TEXT, "in hand %u to move, %u free;",
		    run->isolated, run->targets);
	if (run->captured != NO_PFN)
		fields_flow(f, 2, ROLE_GOOD, "captured block %u;",
			    run->captured);
	else if (run->captures)
		fields_flow(f, 2, ROLE_DIM,
			    "captures order %u if it frees one;",
			    run->capture_order);
}

/* Pages on their way: which frame goes where. */
static void add_in_flight(const struct mm *mm, unsigned int task,
			  struct fields *f)
{
	struct mm_in_flight fl;
	unsigned int i;

	for (i = 0; mm_in_flight(mm, task, i, &fl); i++) {
		if (i == MOST_MOVES)
			continue;
		if (i > MOST_MOVES)
			break;
		if (fl.dst != NO_PFN)
			fields_flow(f, 2, ROLE_NOW, "%u -> %u,", fl.src,
				    fl.dst);
		else
			fields_flow(f, 2, fl.failed ? ROLE_BAD : ROLE_TEXT,
				    fl.failed ? "%u stays," : "%u -> ?,",
				    fl.src);
	}
	if (i > MOST_MOVES)
		fields_flow(f, 2, ROLE_DIM, "and more;");
}

/* Its run, and what the zone remembers of the last ones. */
static void add_compaction(const struct mm *mm, unsigned int task,
			   struct fields *f)
{
	struct mm_compact_task run;
	struct mm_compact_zone zone;
	char name[40], order[24] = "all of it";

	mm_compact_task_info(mm, task, &run);
	if (!run.running)
		return;
	mm_compact_zone_info(mm, run.zone, &zone);
	zone_text(mm, run.zone, name, sizeof name);
	if (run.order >= 0)
		snprintf(order, sizeof order, "for order %d", run.order);
	fields_flow(f, 2, ROLE_LABEL, "compacts %s, %s, %s%s:", name, order,
		    mode_name(run.mode), run.proactive ? ", proactively" : "");
	add_scanners(&run, f);
	add_in_flight(mm, task, f);
	fields_flow(f, 2, ROLE_TEXT, "skip bits %u;", zone.skip_bits);
	if (zone.defer_limit > 1)
		fields_flow(f, 2, ROLE_BAD,
			    "put off: attempt %u of %u, from order %u on",
			    zone.considered, zone.defer_limit,
			    zone.order_failed);
	else
		fields_flow(f, 2, ROLE_DIM, "not put off");
}

static void add_range(const struct mm *mm, unsigned int task, struct fields *f)
{
	struct mm_range_task range;

	mm_range_task_info(mm, task, &range);
	if (range.kind == RANGE_TASK_NONE)
		return;
	if (range.start != NO_PFN)
		fields_flow(f, 2, ROLE_LABEL, "empties %u..%u:", range.start,
			    range.end - 1);
	if (range.at)
		fields_flow(f, 2, ROLE_NOW, "%s,", range.at);
	fields_flow(f, 2, ROLE_TEXT, "tries %u;", range.tries);
	add_in_flight(mm, task, f);
}

int task_draw_words(const struct mm *mm, unsigned int task, int row,
		    struct canvas *c)
{
	struct fields f = {.c = c, .row = row};
	struct mm_task_info ti;

	mm_task_info(mm, task, &ti);
	fields_add(&f, ROLE_TITLE,
		   "%s:", ti.kind == TASK_CALLER ? "a direct call" : ti.comm);
	if (task_rung(mm, task) != RUNG_NONE)
		add_request(mm, task, &f);
	add_waits(mm, task, &f);
	add_faults(mm, task, &f);
	add_counters(mm, task, &f);
	if (ti.kind == TASK_KSWAPD)
		add_kswapd(mm, &ti, &f);
	add_compaction(mm, task, &f);
	add_range(mm, task, &f);
	if (f.row == row && f.col < 24 && !*task_work(mm, task))
		fields_flow(&f, 2, ROLE_DIM, "nothing in hand");
	fields_end(&f);
	return f.row + 1;
}
