/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * isolate_range.c - pageblocks are shut and opened by hand
 *
 * What cannot be meant is refused before anything happens.
 */
#include <errno.h>

#include "core/compact_control.h"
#include "core/contig.h"
#include "core/frame.h"
#include "core/hotplug.h"
#include "core/hugetlb.h"
#include "core/isolation.h"

/* ---- what cannot be meant ---- */

static int no_memory(const struct mm *mm, pfn_t pfn, struct mm_error *err)
{
	return mm_fail(err, -EINVAL,
		       pfn < mm->st->nr_frames && pageblock_offline(mm, pfn)
			       ? "frame %u: its memory is offline"
			       : "frame %u: there is no memory",
		       pfn);
}

int range_refusal(const struct mm *mm, pfn_t start, pfn_t end,
		  struct mm_error *err)
{
	zone_t a, b;

	if (start >= end)
		return mm_fail(err, -EINVAL,
			       "frames %u..%u: expected the first one first",
			       start, end - 1);
	if (end > mm->st->end_pfn)
		return mm_fail(err, -EINVAL,
			       "frames %u..%u: expected frames up to %u", start,
			       end - 1, mm->st->end_pfn - 1);
	if (!pfn_present(mm, start))
		return no_memory(mm, start, err);
	if (!pfn_present(mm, end - 1))
		return no_memory(mm, end - 1, err);
	a = page_zone(mm, start);
	b = page_zone(mm, end - 1);
	if (a == b)
		return 0;
	return mm_fail(err, -EINVAL,
		       "frames %u..%u begin in node%u.%s and end in "
		       "node%u.%s: expected one zone",
		       start, end - 1, zone_nid(a), mm_zone_name(mm, a),
		       zone_nid(b), mm_zone_name(mm, b));
}

static bool is_isolated(const struct mm *mm, pfn_t pfn)
{
	return mm->pb[pfn >> mm->pb_order].bits & PAGEBLOCK_ISOLATE;
}

/* First frame of the first pageblock that is shut, or is not; NO_PFN. */
static pfn_t first_block(const struct mm *mm, pfn_t start, pfn_t end, bool shut)
{
	for (pfn_t p = pageblock_start(mm, start); p < end;
	     p += pageblock_nr_pages(mm))
		if (is_isolated(mm, p) == shut)
			return p;
	return NO_PFN;
}

int isolated_refusal(const struct mm *mm, pfn_t start, pfn_t end,
		     struct mm_error *err)
{
	const pfn_t p = first_block(mm, start, end, true);

	return p == NO_PFN ? 0
			   : mm_fail(err, -EBUSY,
				     "frames %u..%u: pageblock %u..%u of them "
				     "is isolated already",
				     start, end - 1, p,
				     p + pageblock_nr_pages(mm) - 1);
}

/* Somebody who empties pageblocks there relies on their being shut. */
static int emptied_refusal(const struct mm *mm, pfn_t start, pfn_t end,
			   struct mm_error *err)
{
	struct mm_range_task r;

	for (unsigned int i = 0; i < mm->st->nr_tasks; i++) {
		mm_range_task_info(mm, i, &r);
		if (r.kind != RANGE_TASK_NONE && r.start != NO_PFN &&
		    pageblock_start(mm, r.start) < end &&
		    pageblock_start(mm, start) < r.end)
			return mm_fail(err, -EBUSY,
				       "%s is about to empty frames %u..%u: "
				       "let that finish",
				       mm->task[i].comm, r.start, r.end - 1);
	}
	return 0;
}

/* ---- and what is ---- */

enum mm_reason isolate_reason_at(const struct mm *mm, pfn_t pfn,
				 enum mm_isolate_mode mode)
{
	enum block_state state = BLOCK_NONE;
	unsigned int order = 0;
	enum mm_reason why;
	pfn_t step;

	if (is_isolated(mm, pfn))
		return REASON_BLOCK_ISOLATED;
	if (pageblock_type(mm, pfn) == MIGRATE_CMA)
		return mode == ISOLATE_CMA ? REASON_NONE : REASON_BLOCK_CMA;
	why = page_is_unmovable(mm, pfn, mode, &step);
	if (why != REASON_NONE)
		return why;
	if (frame_head(mm, pfn, &order, &state) != NO_PFN &&
	    order > mm->pb_order && hugetlb_head(mm, pfn) == NO_PFN)
		return REASON_PAGE_CROSSES;
	return pageblock_whole(mm, page_zone(mm, pfn), pfn) ? REASON_NONE
							    : REASON_BLOCK_HOLE;
}

const char *isolate_refusal_text(enum mm_reason why)
{
	switch (why) {
	case REASON_PAGE_RESERVED:
		return "it is reserved";
	case REASON_BLOCK_ISOLATED:
		return "its pageblock is isolated already";
	case REASON_BLOCK_CMA:
		return "its pageblock is CMA's";
	case REASON_BLOCK_HOLE:
		return "its pageblock is not all of one zone";
	case REASON_PAGE_UNUSABLE:
		return "it is poisoned, or a driver keeps it";
	case REASON_PAGE_CROSSES:
		return "its block crosses the end of a pageblock";
	case REASON_NONE:
		return "it is in use, and has not moved";
	default:
		return "what is in it does not move";
	}
}

int mm_isolate_refusal(const struct mm *mm, pfn_t start, pfn_t end,
		       struct mm_error *err)
{
	const int e = range_refusal(mm, start, end, err);

	return e ? e : isolated_refusal(mm, start, end, err);
}

int mm_unisolate_refusal(const struct mm *mm, pfn_t start, pfn_t end,
			 struct mm_error *err)
{
	const int e = range_refusal(mm, start, end, err);

	if (e)
		return e;
	if (first_block(mm, start, end, true) == NO_PFN)
		return mm_fail(err, -EINVAL,
			       "frames %u..%u: none of their pageblocks is "
			       "isolated",
			       start, end - 1);
	return emptied_refusal(mm, start, end, err);
}

int mm_isolate_range(struct mm *mm, pfn_t start, pfn_t end,
		     enum mm_isolate_mode mode, struct mm_error *err)
{
	struct isolate_refusal no = {NO_PFN, REASON_NONE};
	int e = mm_isolate_refusal(mm, start, end, err);

	if (e)
		return e;
	if ((unsigned int)mode >= NR_ISOLATE_MODES)
		return mm_fail(err, -EINVAL, "mode %d: expected 0 to %d",
			       (int)mode, NR_ISOLATE_MODES - 1);
	op_enter(mm);
	e = start_isolate_page_range(mm, start, end, mode, &no);
	TRACE(mm, isolate_done, ARG(start), ARG(end), 1, ARG(e));
	op_leave(mm);
	return e ? mm_fail(err, e, "pfn %u is in the way: %s", no.pfn,
			   isolate_refusal_text(no.why))
		 : 0;
}

int mm_unisolate_range(struct mm *mm, pfn_t start, pfn_t end,
		       struct mm_error *err)
{
	const int e = mm_unisolate_refusal(mm, start, end, err);

	if (e)
		return e;
	op_enter(mm);
	undo_isolate_page_range(mm, start, end);
	TRACE(mm, isolate_done, ARG(start), ARG(end), 0, 0);
	op_leave(mm);
	return 0;
}
