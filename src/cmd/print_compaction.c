/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_compaction.c - what zones remember of compaction, and who is at it
 */
#include <stdio.h>

#include "cmd/show.h"

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
		 "  scanners go on at: sources %llu (async) %llu (sync), "
		 "targets %llu",
		 (unsigned long long)c.migrate_async,
		 (unsigned long long)c.migrate_sync,
		 (unsigned long long)c.free);
	out_line(out, "  skip bits: %u of %u pageblocks%s", c.skip_bits,
		 (zi.spanned + (1u << mm_pageblock_order(mm)) - 1) >>
			 mm_pageblock_order(mm),
		 c.flush_skip_bits ? ", to be cleared" : "");
	if (c.defer_limit > 1)
		out_line(out,
			 "  put off: attempt %u of %u, for orders from %u on",
			 c.considered, c.defer_limit, c.order_failed);
	else
		out_line(out, "  not put off");
}

static const char *mode_name(enum migrate_mode mode)
{
	static const char *const names[] = {"async", "sync-light", "sync"};

	return names[mode];
}

static void print_run(const struct mm *mm, unsigned int task, struct out *out)
{
	struct mm_compact_task c;
	struct mm_task_info ti;
	char name[40], what[40];

	mm_compact_task_info(mm, task, &c);
	mm_task_info(mm, task, &ti);
	if (!c.running)
		return;
	zone_text(mm, c.zone, name, sizeof name);
	if (c.order < 0)
		snprintf(what, sizeof what, "all of it");
	else
		snprintf(what, sizeof what, "for order %d", c.order);
	out_line(out, "%s compacts %s, %s, %s:", ti.comm, name, what,
		 mode_name(c.mode));
	out_line(out,
		 "  sources at %llu, targets at %llu; in its hands %u pages to "
		 "move, %u free ones",
		 (unsigned long long)c.migrate_pfn,
		 (unsigned long long)c.free_pfn, c.isolated, c.targets);
	if (c.captured != NO_PFN)
		out_line(out, "  captured: block %u", c.captured);
}

/** Each zone, then each task that is in the middle of a run. */
void print_compaction(const struct mm *mm, const struct show_what *what,
		      struct out *out)
{
	for (unsigned int i = 0; i < mm_nr_zones(mm); i++)
		if (show_zone(what, mm_zone_at(mm, i)))
			print_zone(mm, mm_zone_at(mm, i), out);
	for (unsigned int i = 0; i < mm_nr_tasks(mm); i++)
		print_run(mm, i, out);
}
