/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_compaction.c - what zones remember of compaction, and who is at it
 */
#include <inttypes.h>
#include <stdio.h>

#include "cmd/internal.h"
#include "cmd/show.h"

#define MOST_PAIRS 8 /* pages on their way, on one line */

/* ---- zones ---- */

/* Runs of pageblocks that are shut: "32..63 96..111"; how many are left. */
static void print_isolated(const struct mm *mm, const struct mm_zone_info *zi,
			   struct out *out)
{
	const uint64_t pages = UINT64_C(1) << mm_pageblock_order(mm);
	const uint64_t end = (uint64_t)zi->start + zi->spanned;
	uint64_t p = zi->start & ~(pages - 1), from;

	if (!zi->nr_isolate)
		return;
	out_text(out, "  isolated: %u pageblock%s, frames", zi->nr_isolate,
		 zi->nr_isolate == 1 ? "" : "s");
	for (; p < end; p += pages) {
		if (mm_pageblock_type(mm, (pfn_t)p) != MIGRATE_ISOLATE)
			continue;
		for (from = p; p + pages < end &&
			       mm_pageblock_type(mm, (pfn_t)(p + pages)) ==
				       MIGRATE_ISOLATE;)
			p += pages;
		out_text(out, " %" PRIu64 "..%" PRIu64, from, p + pages - 1);
	}
	out_line(out, "%s", "");
}

static void print_deferral(const struct mm_compact_zone *c, struct out *out)
{
	if (c->defer_limit > 1 && !c->order_failed)
		out_line(out, "  put off: attempt %u of %u, for every order",
			 c->considered, c->defer_limit);
	else if (c->defer_limit > 1)
		out_line(out,
			 "  put off: attempt %u of %u, for orders %u and "
			 "larger",
			 c->considered, c->defer_limit, c->order_failed);
	else if (c->order_failed)
		out_line(out, "  not put off; orders below %u never are",
			 c->order_failed);
	else
		out_line(out, "  not put off");
}

static void print_zone(const struct mm *mm, zone_t z, struct out *out)
{
	struct mm_compact_zone c;
	struct mm_zone_info zi;
	char name[40];

	mm_compact_zone_info(mm, z, &c);
	mm_zone_info(mm, z, &zi);
	zone_text(mm, z, name, sizeof name);
	out_line(out, "%s: fragmentation score %u of 100", name, c.score);
	out_line(out,
		 "  scanners go on at: sources %" PRIu64 " (async) %" PRIu64
		 " (sync), targets %" PRIu64,
		 c.migrate_async, c.migrate_sync, c.free);
	if (c.init_migrate || c.init_free)
		out_line(out,
			 "  since skip bits were cleared: no source below "
			 "%" PRIu64 ", no target above %" PRIu64,
			 c.init_migrate, c.init_free);
	out_line(out, "  skip bits: %u of %u pageblocks%s", c.skip_bits,
		 (zi.spanned + (1u << mm_pageblock_order(mm)) - 1) >>
			 mm_pageblock_order(mm),
		 c.flush_skip_bits ? ", to be cleared when kswapd sleeps" : "");
	print_isolated(mm, &zi, out);
	print_deferral(&c, out);
}

/* ---- tasks ---- */

const char *migrate_mode_name(enum migrate_mode mode)
{
	static const char *const names[] = {"async", "sync-light", "sync"};

	return (unsigned int)mode <= MIGRATE_SYNC ? names[mode] : "?";
}

/* "  on their way: 39>62 38 37" */
static void print_in_flight(const struct mm *mm, unsigned int task,
			    struct out *out)
{
	struct mm_in_flight f;
	unsigned int i = 0;

	for (; mm_in_flight(mm, task, i, &f); i++) {
		if (i == 0)
			out_text(out, "  in flight:");
		if (i < MOST_PAIRS && f.dst == NO_PFN)
			out_text(out, " %u", f.src);
		else if (i < MOST_PAIRS)
			out_text(out, " %u>%u", f.src, f.dst);
	}
	if (i > MOST_PAIRS)
		out_text(out, " and %u more", i - MOST_PAIRS);
	if (i)
		out_line(out, "%s", "");
}

static void print_run(const struct mm *mm, unsigned int task,
		      const struct mm_compact_task *c, const char *comm,
		      struct out *out)
{
	char name[40], what[40];

	zone_text(mm, c->zone, name, sizeof name);
	if (c->order < 0)
		snprintf(what, sizeof what, "all of it");
	else
		snprintf(what, sizeof what, "for order %d", c->order);
	out_line(out, "%s compacts %s, %s, %s%s: %s", comm, name, what,
		 migrate_mode_name(c->mode), c->direct ? ", direct" : "",
		 mm_compact_at_name(c->at));
	out_line(out,
		 "  sources at %" PRIu64 ", targets at %" PRIu64
		 "; in its hands %u page%s to move, %u free one%s",
		 c->migrate_pfn, c->free_pfn, c->isolated, plural(c->isolated),
		 c->targets, plural(c->targets));
	if (c->source_page != NO_PFN)
		out_line(out, "  looks at page %" PRIu64 " for sources",
			 c->source_page);
	if (c->target_page != NO_PFN)
		out_line(out, "  looks at page %" PRIu64 " for targets",
			 c->target_page);
	print_in_flight(mm, task, out);
	if (c->captured != NO_PFN)
		out_line(out, "  captured: block %u", c->captured);
	else if (c->captures)
		out_line(out, "  captures a block of order %u, type %s",
			 c->capture_order,
			 mm_migratetype_name(c->capture_type));
}

static void print_range(const struct mm *mm, unsigned int task,
			const struct mm_range_task *r, const char *comm,
			struct out *out)
{
	static const char *const what[] = {
		[RANGE_TASK_CONTIG] = "wants memory in one piece",
		[RANGE_TASK_CMA] = "wants pages of a CMA area",
		[RANGE_TASK_OFFLINE] = "takes memory offline",
	};

	out_text(out, "%s %s", comm, what[r->kind]);
	if (r->start != NO_PFN)
		out_text(out, ", frames %u..%u", r->start, r->end - 1);
	out_line(out, ": %s", r->at);
	print_in_flight(mm, task, out);
}

/** Each zone, then each task that is in the middle of a run. */
void print_compaction(const struct mm *mm, const struct show_what *what,
		      struct out *out)
{
	for (unsigned int i = 0; i < mm_nr_zones(mm); i++)
		if (show_zone(what, mm_zone_at(mm, i)))
			print_zone(mm, mm_zone_at(mm, i), out);
	for (unsigned int i = 0; i < mm_nr_tasks(mm); i++) {
		struct mm_compact_task c;
		struct mm_range_task r;
		struct mm_task_info ti;

		mm_compact_task_info(mm, i, &c);
		mm_range_task_info(mm, i, &r);
		mm_task_info(mm, i, &ti);
		if (c.running)
			print_run(mm, i, &c, ti.comm, out);
		else if (r.kind != RANGE_TASK_NONE)
			print_range(mm, i, &r, ti.comm, out);
	}
}

/* ---- CMA areas ---- */

/* Runs of pages that are claimed, on one line. */
static void print_claimed(const struct mm *mm, const struct mm_cma_info *ci,
			  struct out *out)
{
	bool any = false;

	for (pfn_t p = ci->base; p < ci->base + ci->count; p++) {
		const pfn_t from = p;

		while (p < ci->base + ci->count && mm_cma_used(mm, p))
			p++;
		if (p == from)
			continue;
		out_text(out, "%s %u..%u", any ? "" : "  claimed:", from,
			 p - 1);
		any = true;
	}
	if (any)
		out_line(out, "%s", "");
}

void print_cma(const struct mm *mm, const struct show_what *what,
	       struct out *out)
{
	struct mm_cma_info ci;

	if (mm_nr_cma(mm) == 0)
		out_line(out, "this world has no CMA area");
	for (unsigned int i = 0; i < mm_nr_cma(mm) && !lab_stop(what->lab);
	     i++) {
		mm_cma_info(mm, i, &ci);
		out_line(out,
			 "area %u, frames %u..%u: %u of %u pages available", i,
			 ci.base, ci.base + ci.count - 1, ci.available,
			 ci.count);
		print_claimed(mm, &ci, out);
	}
}
