/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_explain.c - explain, where, why: the reasons
 */
#include <stdio.h>

#include "cmd/event_text.h"
#include "cmd/internal.h"
#include "cmd/show.h"

/** Runs of one kind of event, longer than this, are one line. */
#define RUN_SHOWN 3
/** `why` shows so many events unless told. */
#define WHY_LAST 20

/* Its own first line: the request and what came of it. */
static void print_outcome(const struct mm *mm, const struct mm_op *op,
			  struct out *out)
{
	const struct mm_event *ev, *want = NULL, *end = NULL;
	uint64_t requests = 0;
	char gfp[200], text[240];

	for (uint64_t n = op->first + 1;
	     n <= op->last && (ev = mm_event(mm, n)); n++) {
		if (ev->type == EV_alloc_request)
			want = ev;
		if (mm_event_type(ev->type)->grain == GRAIN_REQUEST &&
		    ev->type != EV_owner) {
			end = ev;
			requests++;
		}
	}
	if (!end)
		return;
	if (requests > 1)
		out_text(out, "%llu requests, the last: ",
			 (unsigned long long)requests);
	if (want && end->type == EV_mm_page_alloc) {
		mm_gfp_print((gfp_t)want->arg[1], gfp, sizeof gfp);
		if (end->arg[4] == REASON_SERVED)
			snprintf(text, sizeof text, "pfn %u",
				 (pfn_t)end->arg[0]);
		else
			snprintf(text, sizeof text, "%s",
				 reason_text(end->arg[4]));
		out_line(out, "alloc order=%d gfp=%s on cpu %u: %s",
			 want->arg[0], gfp, want->cpu, text);
		return;
	}
	event_text(mm, end, EXPLAIN_NUMBERS, text, sizeof text);
	out_line(out, "%s on cpu %u: %s", mm_event_type(end->type)->name,
		 end->cpu, text);
}

/* How many events from @n on have its type. */
static uint64_t run_length(const struct mm *mm, uint64_t n, uint64_t last)
{
	const unsigned int type = mm_event(mm, n)->type;
	const struct mm_event *ev;
	uint64_t len = 1;

	while (n + len <= last && (ev = mm_event(mm, n + len)) &&
	       ev->type == type)
		len++;
	return len;
}

static void print_story(const struct mm *mm, const struct mm_op *op,
			enum explain_depth depth, bool all, struct out *out)
{
	const struct mm_event *ev;
	char text[320];

	for (uint64_t n = op->first + 1;
	     n <= op->last && (ev = mm_event(mm, n)); n++) {
		const struct mm_event_type_info *t = mm_event_type(ev->type);
		const uint64_t len = all ? 1 : run_length(mm, n, op->last);

		event_text(mm, ev, depth, text, sizeof text);
		if (len > RUN_SHOWN)
			out_line(out, "%*s%s, and %llu more %s",
				 (int)(2 * t->depth + 2), "", text,
				 (unsigned long long)(len - 1), t->name);
		else
			out_line(out, "%*s%s", (int)(2 * t->depth + 2), "",
				 text);
		if (len > RUN_SHOWN)
			n += len - 1;
	}
}

/* The operation asked for; false after a complaint. */
static bool find_op(const struct mm *mm, const struct args *args,
		    struct mm_op *op, struct out *out)
{
	const uint64_t first = mm_first_op(mm), count = mm_nr_ops(mm);
	uint64_t i = 0, n = args_number(args, "N", mm_now(mm));

	if (count == 0) {
		complain(out, "explain", "nothing was done yet; try `alloc`");
		return false;
	}
	if (args_has(args, "op")) {
		i = args_number(args, "N", first + count - 1);
	} else if (mm_op_at(mm, n, &i) != 0) {
		if (args_has(args, "N")) {
			complain(out, "explain",
				 "event %llu: expected one of %llu to %llu",
				 (unsigned long long)n,
				 (unsigned long long)mm_first_moment(mm) + 1,
				 (unsigned long long)mm_last_moment(mm));
			return false;
		}
		i = first;
	}
	if (mm_op(mm, i, op) == 0)
		return true;
	complain(out, "explain", "op %llu: expected one of %llu to %llu",
		 (unsigned long long)i, (unsigned long long)first,
		 (unsigned long long)(first + count - 1));
	return false;
}

static enum cmd_status run_explain(struct lab *lab, const struct args *args,
				   struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const uint64_t depth = args_number(args, "depth", EXPLAIN_NUMBERS);
	struct mm_op op;

	if (depth > EXPLAIN_KERNEL)
		return complain(out, "explain",
				"depth=%llu: expected 0, 1 or 2",
				(unsigned long long)depth);
	if (!find_op(mm, args, &op, out))
		return CMD_USAGE;
	print_outcome(mm, &op, out);
	print_story(mm, &op, (enum explain_depth)depth,
		    args_on(args, "all", false), out);
	return CMD_OK;
}

const struct cmd cmd_explain = {
	.name = "explain",
	.args = "[event|op] [N] [depth=N] [all=on|off]",
	.brief = "Tell the story of one operation, step by step",
	.help = "The one we stand in, unless an event or operation is named.  "
		"depth=0 is\none sentence each, 1 has the numbers, 2 also the "
		"kernel's function.\nall=on shows each event of a long run.",
	.run = run_explain,
};

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

/* Frames that argument @name of an event covers: [pfn, pfn + 2^order). */
static bool touches(const struct mm_event *ev, pfn_t pfn)
{
	const char *args = mm_event_type(ev->type)->args;
	const bool order = args[3] == ' ' && args[4] == 'o';
	const pfn_t head = (pfn_t)ev->arg[0];
	unsigned int o = order ? (unsigned int)ev->arg[1] : 0;

	if (args[0] != 'p' || args[1] != 'f' || head == NO_PFN)
		return false;
	if (ev->type == EV_buddy_merge || ev->type == EV_buddy_stop ||
	    ev->type == EV_mm_page_alloc_extfrag)
		o = (unsigned int)ev->arg[2];
	if (o >= MM_MAX_ORDERS)
		o = 0;
	/* a merge names the half it came from; the block is aligned */
	return pfn >> o == head >> o;
}

static enum cmd_status run_why(struct lab *lab, const struct args *args,
			       struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const pfn_t pfn = args_pfn(args, "PFN", 0);
	const uint64_t last = args_number(args, "last", WHY_LAST);
	const struct mm_event *ev;
	uint64_t found = 0;
	char text[320];

	for (uint64_t n = mm_now(mm);
	     found < last && n > mm_first_moment(mm) && (ev = mm_event(mm, n));
	     n--) {
		if (!touches(ev, pfn))
			continue;
		found++;
		event_text(mm, ev, EXPLAIN_NUMBERS, text, sizeof text);
		out_line(out, "  %llu %s  %s", (unsigned long long)n,
			 mm_event_type(ev->type)->name, text);
	}
	if (!found)
		out_line(out, "%u: no recorded event touched it", pfn);
	return CMD_OK;
}

const struct cmd cmd_why = {
	.name = "why",
	.args = "PFN [last=N]",
	.brief = "Walk back through the events that touched a frame",
	.help = "Newest first, 20 of them unless last= says otherwise.",
	.run = run_why,
};
