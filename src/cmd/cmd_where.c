/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_where.c - where a frame is, and why it came to be there
 */
#include <inttypes.h>

#include "cmd/event_text.h"
#include "cmd/internal.h"
#include "cmd/show.h"
#include "cmd/stop.h"

/** `why` tells so many events unless told otherwise. */
#define WHY_LAST 20

static enum cmd_status run_where(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const struct show_what what = {
		.zid = NO_ZONE,
		.pfn = args_pfn(args, "PFN", 0),
	};

	print_frame(lab_mm(lab), &what, out);
	return CMD_OK;
}

const struct cmd cmd_where = {
	.name = "where",
	.args = "PFN",
	.brief = "Say where a frame is now",
	.run = run_where,
};

static bool touches(const struct mm *mm, const struct mm_event *ev, pfn_t pfn)
{
	struct event_span span[2];
	const unsigned int n = event_spans(mm, ev, span);

	for (unsigned int i = 0; i < n; i++)
		if (pfn >= span[i].start && pfn < span[i].end)
			return true;
	return false;
}

/* Did this event take the frame off the buddy lists, or bring it back? */
static bool passes_lists(const struct mm *mm, const struct mm_event *ev,
			 pfn_t pfn)
{
	const pfn_t got = (pfn_t)ev->arg[0];

	switch (ev->type) {
	case EV_mm_page_alloc_zone_locked:
	case EV_mm_page_pcpu_drain:
		return touches(mm, ev, pfn);
	case EV_mm_page_alloc_extfrag: /* the rest of the block stays there */
		return pfn >= got && pfn - got < 1u << (ev->arg[1] & 15);
	default:
		return false;
	}
}

/*
 * A refill, a flush or a drain touched the frame if an event of its own did:
 * one that lies deeper, before or after it, without a shallower in between.
 */
static bool group_touches(const struct mm *mm, uint64_t n, pfn_t pfn)
{
	const struct mm_event *ev = mm_event(mm, n);
	const enum event_group group = event_words[ev->type].group;
	const unsigned int depth = mm_event_type(ev->type)->depth;
	/* the blocks of a refill are taken at the depth of the refill */
	const bool level = ev->type == EV_pcp_refill;
	uint64_t i = n;

	if (group == GROUP_NONE)
		return false;
	for (;;) {
		i = group == GROUP_BEFORE ? i - 1 : i + 1;
		if (i > mm_now(mm) || !(ev = mm_event(mm, i)))
			return false;
		if (mm_event_type(ev->type)->depth + level <= depth ||
		    ev->type == EV_pcp_take || ev->type == EV_pcp_refill)
			return false;
		if (passes_lists(mm, ev, pfn))
			return true;
	}
}

bool event_touches(const struct mm *mm, uint64_t n, pfn_t pfn)
{
	return touches(mm, mm_event(mm, n), pfn) || group_touches(mm, n, pfn);
}

static enum cmd_status run_why(struct lab *lab, const struct args *args,
			       struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const pfn_t pfn = args_pfn(args, "PFN", 0);
	const uint64_t most = args_number(args, "last", WHY_LAST);
	const struct mm_event *ev;
	uint64_t found = 0;
	char text[700];

	for (uint64_t n = mm_now(mm);
	     found < most && n > mm_first_moment(mm) && (ev = mm_event(mm, n));
	     n--) {
		if (!event_touches(mm, n, pfn))
			continue;
		found++;
		event_text(mm, ev, EXPLAIN_NUMBERS, text, sizeof text);
		out_line(out, "  %" PRIu64 " %s  %s", n,
			 mm_event_type(ev->type)->name, text);
	}
	if (!found) {
		frame_text(mm, pfn, text, sizeof text);
		out_line(out, "%u: no recorded event touched it; %s", pfn,
			 text);
	}
	return CMD_OK;
}

const struct cmd cmd_why = {
	.name = "why",
	.args = "PFN [last=N]",
	.brief = "Walk back through the events that touched a frame",
	.help = "Newest first, 20 of them unless last= says otherwise.  Events "
		"of its block,\nof its pageblock, and of the per-CPU refills "
		"and "
		"flushes it went through.",
	.run = run_why,
};
