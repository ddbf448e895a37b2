/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_query.c - looking at compaction: what zones remember, who is at it
 */
#include "core/compact_control.h"
#include "core/contig.h"
#include "core/frame.h"
#include "core/hotplug.h"
#include "core/migrate.h"

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
		.isolated_blocks = z->nr_isolate_pageblock,
	};
	for (uint64_t p = block_start(mm, z->start); p < zone_end(mm, zid);
	     p += pageblock_nr_pages(mm))
		info->skip_bits +=
			(mm->pb[p >> mm->pb_order].bits & PAGEBLOCK_SKIP) != 0;
}

/* Where the run in the record stands; the parts of it have their own steps. */
static enum mm_compact_at at(const struct mm *mm, unsigned int task)
{
	const struct compact_control *cc = cc_of(mm, task);

	switch ((enum compact_step)cc->step) {
	case COMPACT_START:
		return COMPACT_AT_START;
	case COMPACT_BEGIN:
		return COMPACT_AT_BEGIN;
	case COMPACT_FINISH:
		return COMPACT_AT_FINISH;
	case COMPACT_SCAN:
		return migrate_scan_searches(&cc->mscan)   ? COMPACT_AT_SEARCH
		       : migrate_scan_in_block(&cc->mscan) ? COMPACT_AT_SCAN
							   : COMPACT_AT_CHOOSE;
	case COMPACT_MIGRATE:
		if (cc->fscan.step != FREE_IDLE && cc->fscan.step != FREE_OVER)
			return COMPACT_AT_FREE_SCAN;
		return migrate_moves(&mm->task[task].mig) ? COMPACT_AT_MOVE
							  : COMPACT_AT_UNMAP;
	case COMPACT_CAPTURED:
		return COMPACT_AT_CAPTURED;
	case COMPACT_DRAIN:
		return COMPACT_AT_DRAIN;
	case COMPACT_RELEASE:
	case COMPACT_END:
		return COMPACT_AT_END;
	default:
		return COMPACT_AT_NONE;
	}
}

const char *mm_compact_at_name(enum mm_compact_at at)
{
	static const char *const names[NR_COMPACT_AT] = {
		[COMPACT_AT_NONE] = "none",
		[COMPACT_AT_START] = "is it worth it",
		[COMPACT_AT_BEGIN] = "where from",
		[COMPACT_AT_FINISH] = "is it over",
		[COMPACT_AT_SEARCH] = "search the free lists for a block",
		[COMPACT_AT_CHOOSE] = "choose a block",
		[COMPACT_AT_SCAN] = "gather pages",
		[COMPACT_AT_UNMAP] = "give pages a target, unmap them",
		[COMPACT_AT_FREE_SCAN] = "look for free pages",
		[COMPACT_AT_MOVE] = "copy pages",
		[COMPACT_AT_CAPTURED] = "was a block captured",
		[COMPACT_AT_DRAIN] = "drain the per-CPU lists",
		[COMPACT_AT_END] = "give back what is left",
	};

	return (unsigned int)at < NR_COMPACT_AT ? names[at] : "?";
}

static uint64_t scanned_page(const struct migrate_scan *s)
{
	return migrate_scan_in_block(s) ? s->low : NO_PFN;
}

static uint64_t scanned_target(const struct free_scan *s)
{
	return s->step == FREE_AROUND || s->step == FREE_LINEAR_SCAN ? s->at
								     : NO_PFN;
}

void mm_compact_task_info(const struct mm *mm, unsigned int task,
			  struct mm_compact_task *info)
{
	const struct capture_control *cap;
	const struct compact_control *cc;

	*info = (struct mm_compact_task){.zone = NO_ZONE,
					 .captured = NO_PFN,
					 .source_page = NO_PFN,
					 .target_page = NO_PFN};
	if (task >= mm->st->nr_tasks)
		return;
	cc = cc_of(mm, task);
	cap = &mm->task[task].capture;
	info->by_hand = cc->step != COMPACT_NONE && cc->drive == DRIVE_MEMORY;
	if (cc->step == COMPACT_NONE || cc->step == COMPACT_BEFORE ||
	    cc->step == COMPACT_RANGE)
		return;
	*info = (struct mm_compact_task){
		.running = true,
		.zone = (zone_t)cc->zid,
		.order = cc->order,
		.mode = (enum migrate_mode)cc->mode,
		.type = (enum migratetype)cc->mt,
		.at = at(mm, task),
		.migrate_pfn = cc->migrate_pfn,
		.free_pfn = cc->free_pfn,
		.source_page = scanned_page(&cc->mscan),
		.target_page = scanned_target(&cc->fscan),
		.isolated = cc->nr_mig,
		.targets = cc->nr_free,
		.scanned_sources = cc->tot_mig_scanned,
		.scanned_targets = cc->tot_free_scanned,
		.direct = (cc->flags & CC_DIRECT) != 0,
		.whole_zone = (cc->flags & CC_WHOLE_ZONE) != 0,
		.proactive = (cc->flags & CC_PROACTIVE) != 0,
		.by_hand = info->by_hand,
		.captured = cc->flags & CC_CAPTURE ? cap->pfn : NO_PFN,
		.captures = (cc->flags & CC_CAPTURE) != 0,
		.capture_order = cap->order,
		.capture_type = (enum migratetype)cap->mt,
	};
}

enum compact_result mm_compact_task_result(const struct mm *mm,
					   unsigned int task)
{
	return task < mm->st->nr_tasks
		       ? (enum compact_result)cc_of(mm, task)->rc
		       : COMPACT_NOT_SUITABLE_ZONE;
}

/* ---- pages in flight ---- */

/* The @i-th of a list, and the one beside it in another; false: too few. */
static bool nth(const struct mm *mm, unsigned int task, enum mig_list which,
		enum mig_list beside, unsigned int *i, struct mm_in_flight *f)
{
	const struct list *l = mig_list(mm, task, which);
	const struct list *b = mig_list(mm, task, beside);
	pfn_t src = l->head, dst = b->head;

	for (; src != NO_PFN && *i; (*i)--) {
		src = list_next(mm, l, 0, src);
		if (dst != NO_PFN)
			dst = list_next(mm, b, 0, dst);
	}
	if (src == NO_PFN)
		return false;
	f->src = src;
	f->dst = which == MIG_UNMAPPED ? dst : NO_PFN;
	f->order = block_order(block_at(mm, src, 0));
	f->failed = which == MIG_RET || which == MIG_LEFT;
	return true;
}

bool mm_in_flight(const struct mm *mm, unsigned int task, unsigned int i,
		  struct mm_in_flight *f)
{
	static const enum mig_list all[] = {MIG_UNMAPPED, MIG_ONE,  MIG_GROUP,
					    MIG_SPLIT,	  MIG_FROM, MIG_LEFT,
					    MIG_RET};

	*f = (struct mm_in_flight){.src = NO_PFN, .dst = NO_PFN};
	if (task >= mm->st->nr_tasks ||
	    (cc_of(mm, task)->step <= COMPACT_BEFORE &&
	     !is_offlining(mm, task)))
		return false;
	for (size_t n = 0; n < sizeof all / sizeof all[0]; n++)
		if (nth(mm, task, all[n], MIG_TARGETS, &i, f))
			return true;
	return false;
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

/* ---- ranges that are emptied ---- */

void mm_range_task_info(const struct mm *mm, unsigned int task,
			struct mm_range_task *info)
{
	const struct task *t = &mm->task[task];

	*info = (struct mm_range_task){.start = NO_PFN, .end = NO_PFN};
	if (task >= mm->st->nr_tasks)
		return;
	if (is_offlining(mm, task)) {
		info->kind = RANGE_TASK_OFFLINE;
		info->at = offline_at(&t->offline);
		info->start = t->offline.start;
		info->end = t->offline.end;
		info->tries = t->offline.rounds;
	} else if (t->contig.step) {
		info->kind =
			t->contig.area ? RANGE_TASK_CMA : RANGE_TASK_CONTIG;
		info->at = contig_at(&t->contig);
		info->tries = t->contig.tries;
		if (contig_has_range(&t->contig)) {
			info->start = t->contig.start;
			info->end = t->contig.end;
		}
	}
}
