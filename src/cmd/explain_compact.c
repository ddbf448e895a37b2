/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_compact.c - an operation's story, of compaction and isolation only
 *
 * What the scanners did, why a block or a page was passed over, why it
 * stopped: one line each, and one for a row of pages of which the same is to
 * be said.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cmd/event_text.h"
#include "cmd/internal.h"
#include "cmd/show.h"

#define MOST_NAMED 8 /* frames of one row */

/* How an event is told; those that are not listed are left out. */
static const struct telling {
	unsigned int type;
	unsigned int indent;
	bool in_rows;	   /* the same of many frames, argument 0 */
	unsigned int same; /* argument that has to be the same in a row; 0 */
} tellings[] = {
	{EV_mm_compaction_try_to_compact_pages, 2, false, 0},
	{EV_mm_compaction_suitable, 4, false, 0},
	{EV_mm_compaction_deferred, 4, false, 0},
	{EV_mm_compaction_defer_compaction, 4, false, 0},
	{EV_mm_compaction_defer_reset, 4, false, 0},
	{EV_mm_compaction_wakeup_kcompactd, 2, false, 0},
	{EV_mm_compaction_kcompactd_wake, 2, false, 0},
	{EV_mm_compaction_kcompactd_sleep, 2, false, 0},
	{EV_mm_compaction_begin, 2, false, 0},
	{EV_mm_compaction_end, 2, false, 0},
	{EV_mm_compaction_finished, 4, false, 0},
	{EV_compact_stopped, 4, false, 0},
	{EV_compact_positions, 4, false, 0},
	{EV_compact_block_skipped, 4, true, 1},
	{EV_mm_compaction_isolate_migratepages, 4, false, 0},
	{EV_mm_compaction_isolate_freepages, 6, false, 0},
	{EV_mm_compaction_fast_isolate_freepages, 6, false, 0},
	{EV_mm_compaction_migratepages, 4, false, 0},
	{EV_compact_refused, 6, true, 2},
	{EV_compact_split, 6, false, 0},
	{EV_contig_dropped, 6, true, 1},
	{EV_compact_captured, 4, false, 0},
	{EV_pageblock_isolated, 4, true, 1},
	{EV_isolate_refused, 4, false, 0},
	{EV_test_pages_isolated, 4, false, 0},
	{EV_isolate_done, 2, false, 0},
	{EV_mm_migrate_pages, 6, false, 0},
	{EV_contig_over, 2, false, 0},
	{EV_cma_alloc_start, 2, false, 0},
	{EV_cma_alloc_busy_retry, 4, false, 0},
	{EV_cma_alloc_finish, 2, false, 0},
	{EV_cma_release, 2, false, 0},
	{EV_memory_offline_begin, 2, false, 0},
	{EV_memory_offline_end, 2, false, 0},
	{EV_memory_online, 2, false, 0},
	{EV_hugetlb_refused, 6, true, 2},
	{EV_hugetlb_replaced, 6, false, 0},
	{EV_hugetlb_isolated, 6, true, 1},
	{EV_hugetlb_putback, 6, true, 1},
	{EV_hugetlb_no_page, 4, false, 0},
	{EV_hugetlb_moved, 6, false, 0},
	{EV_hugetlb_dissolved, 4, true, 1},
	{EV_hugetlb_pool, 2, false, 0},
	{EV_hugetlb_reserved, 2, false, 0},
	{EV_hugetlb_allocated, 2, false, 0},
	{EV_hugetlb_freed, 2, false, 0},
};

static const struct telling *telling_of(unsigned int type)
{
	for (size_t i = 0; i < sizeof tellings / sizeof tellings[0]; i++)
		if (tellings[i].type == type)
			return &tellings[i];
	return NULL;
}

/* A row of events of which the same is to be said. */
struct row {
	const struct telling *t;
	struct mm_event ev; /* the first of them */
	unsigned int n;
	pfn_t pfn[MOST_NAMED];
};

static void end_row(const struct mm *mm, struct row *row,
		    enum explain_depth depth, struct out *out)
{
	char text[600];

	if (!row->n)
		return;
	event_text(mm, &row->ev, depth, text, sizeof text);
	out_text(out, "%*s%s", (int)row->t->indent, "", text);
	if (row->n > 1)
		out_text(out, "; so %s", row->n == 2 ? "is" : "are");
	for (unsigned int i = 1; i < row->n && i < MOST_NAMED; i++)
		out_text(out, "%s %u", i > 1 ? "," : "", row->pfn[i]);
	if (row->n > MOST_NAMED)
		out_text(out, " and %u more", row->n - MOST_NAMED);
	out_line(out, "%s", "");
	row->n = 0;
}

static bool joins(const struct row *row, const struct mm_event *ev)
{
	return row->n && row->ev.type == ev->type && row->t->in_rows &&
	       row->ev.arg[row->t->same] == ev->arg[row->t->same];
}

/* A page that is tried again is named once. */
static void add(struct row *row, pfn_t pfn)
{
	for (unsigned int i = 0; i < row->n && i < MOST_NAMED; i++)
		if (row->pfn[i] == pfn)
			return;
	if (row->n < MOST_NAMED)
		row->pfn[row->n] = pfn;
	row->n++;
}

bool explain_compaction(struct lab *lab, const struct mm_op *op,
			enum explain_depth depth, struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	struct row row = {.n = 0};
	const struct mm_event *ev;
	bool any = false;

	for (uint64_t n = op->first + 1;
	     n <= op->last && (ev = mm_event(mm, n)) && !lab_stop(lab); n++) {
		const struct telling *t = telling_of(ev->type);

		if (!t)
			continue;
		any = true;
		if (!joins(&row, ev)) {
			end_row(mm, &row, depth, out);
			row.t = t;
			row.ev = *ev;
		}
		add(&row, (pfn_t)ev->arg[0]);
	}
	end_row(mm, &row, depth, out);
	return any;
}
