/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_explain.c - explain: the reasons of one operation
 */
#include <inttypes.h>
#include <stdio.h>

#include "cmd/alloc_flags.h"
#include "cmd/event_text.h"
#include "cmd/explain_topic.h"
#include "cmd/internal.h"
#include "cmd/show.h"

/* Ends work that is made of many requests, and says what it came to. */
static bool sums_up(const struct mm_event *ev)
{
	switch (ev->type) {
	case EV_compact_done:
	case EV_contig_done:
	case EV_cma_alloc_finish:
	case EV_memory_offline_done:
		return true;
	default:
		return false;
	}
}

/* What an operation came to. */
struct outcome {
	uint64_t requests, refused;
	const struct mm_event *want, *end; /* the last ones */
	const struct mm_event *sum;	   /* of it all; NULL */
};

static struct outcome outcome_of(const struct mm *mm, const struct mm_op *op)
{
	struct outcome o = {.requests = 0};
	const struct mm_event *ev;

	for (uint64_t n = op->first + 1;
	     n <= op->last && (ev = mm_event(mm, n)); n++) {
		if (ev->type == EV_alloc_request)
			o.want = ev;
		if (!ends_request(ev))
			continue;
		o.end = ev;
		o.sum = sums_up(ev) ? ev : o.sum;
		o.requests++;
		o.refused += ev->type == EV_mm_page_alloc &&
			     ev->arg[4] != REASON_SERVED;
	}
	return o;
}

/* "alloc order=3 gfp=GFP_KERNEL on cpu 0: pfn 96" */
static void print_one(const struct mm *mm, const struct outcome *o,
		      const char *line, struct out *out)
{
	const struct mm_event *end = o->end;
	char gfp[400], text[600];

	if (end->type != EV_mm_page_alloc) {
		event_text(mm, end, EXPLAIN_NUMBERS, text, sizeof text);
		out_line(out, "%s: %s", line, text);
		return;
	}
	mm_gfp_print((gfp_t)end->arg[3], gfp, sizeof gfp);
	if (end->arg[4] == REASON_SERVED)
		snprintf(text, sizeof text, "pfn %u", (pfn_t)end->arg[0]);
	else
		snprintf(text, sizeof text, "%s", reason_text(end->arg[4]));
	out_line(out, "alloc order=%" PRId32 " gfp=%s on cpu %u: %s",
		 end->arg[1], gfp, end->cpu, text);
}

/* The first line: the request, or the line that made several. */
static void print_outcome(const struct lab *lab, uint64_t number,
			  const struct mm_op *op, struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const struct outcome o = outcome_of(mm, op);
	const char *line = lab_op_line(lab, number);
	char name[200];

	if (!o.end)
		return;
	snprintf(name, sizeof name, "op %" PRIu64, number);
	if (!line)
		line = name;
	if (o.sum) {
		event_text(mm, o.sum, EXPLAIN_NUMBERS, name, sizeof name);
		out_line(out, "%s: %s", line, name);
		return;
	}
	if (o.requests == 1) {
		print_one(mm, &o, line, out);
		return;
	}
	out_text(out, "%s: %" PRIu64 " requests", line, o.requests);
	if (o.refused)
		out_text(out, ", %" PRIu64 " of them refused", o.refused);
	out_line(out, "%s", "");
}

/* The operation asked for; false after a complaint. */
static bool find_op(const struct mm *mm, const struct args *args,
		    struct mm_op *op, uint64_t *number, struct out *out)
{
	const uint64_t first = mm_first_op(mm), count = mm_nr_ops(mm);
	uint64_t i = 0, n = args_number(args, "N", mm_now(mm));

	if (count == 0) {
		complain(out, "explain", "no events: %s", no_events_text(mm));
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
	*number = i;
	if (mm_op(mm, i, op) == 0)
		return true;
	complain(out, "explain", "op %llu: expected one of %llu to %llu",
		 (unsigned long long)i, (unsigned long long)first,
		 (unsigned long long)(first + count - 1));
	return false;
}

/* `explain 5` is short for `explain event 5`, and needs no second number. */
static bool one_number(const struct args *args, struct out *out)
{
	if (!args_place(args, 1) || args_has(args, "event") ||
	    args_has(args, "op"))
		return true;
	complain(out, "explain", "\"%.60s\" is one word too many",
		 args_place(args, 1));
	return false;
}

/* The story has the kernel's names of flags; this says what they mean. */
static void print_legend(const struct mm *mm, const struct mm_op *op,
			 enum event_topic topic, struct out *out)
{
	char text[600];

	if (alloc_flags_legend(alloc_flags_of_op(mm, op, topic), text,
			       sizeof text))
		out_line(out, "alloc flags: %s", text);
}

/* What one topic has to say of it; of compaction, in the order of its work. */
static enum cmd_status run_only(struct lab *lab, const struct mm_op *op,
				const char *word, enum explain_depth depth,
				struct out *out)
{
	const enum event_topic topic = explain_topic_of(word);

	if (topic == TOPIC_COMPACTION) {
		if (!explain_compaction(lab, op, depth, out) &&
		    !lab_stopped(lab))
			out_line(out, "compaction and isolation have no part "
				      "in it");
	} else if (!explain_topic(lab, op, topic, depth, out) &&
		   !lab_stopped(lab)) {
		out_line(out, "nothing about %s in it", word);
	} else if (depth == EXPLAIN_NUMBERS && !lab_stopped(lab)) {
		print_legend(lab_mm(lab), op, topic, out);
	}
	return lab_stopped(lab) ? CMD_FAILED : CMD_OK;
}

static enum cmd_status run_explain(struct lab *lab, const struct args *args,
				   struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	const uint64_t depth = args_number(args, "depth", EXPLAIN_NUMBERS);
	const bool all = args_on(args, "all", false);
	struct mm_op op;
	uint64_t number;
	bool folded;

	if (depth > EXPLAIN_KERNEL)
		return complain(out, "explain",
				"depth=%llu: expected 0, 1 or 2",
				(unsigned long long)depth);
	if (!one_number(args, out) || !find_op(mm, args, &op, &number, out))
		return CMD_USAGE;
	print_outcome(lab, number, &op, out);
	if (args_has(args, "only"))
		return run_only(lab, &op, args_word(args, "only", ""),
				(enum explain_depth)depth, out);
	folded = explain_story(lab, &op, (enum explain_depth)depth, all, out);
	if (depth == EXPLAIN_NUMBERS && !lab_stopped(lab))
		print_legend(mm, &op, NR_TOPICS, out);
	if (folded && !lab_stopped(lab))
		out_line(out,
			 "`explain op %" PRIu64 " all=on` tells every event",
			 number);
	return lab_stopped(lab) ? CMD_FAILED : CMD_OK;
}

const struct cmd cmd_explain = {
	.name = "explain",
	.args = "[event|op|N] [N] [depth=N] [all=on|off] "
		"[only=buddies|pcp|types|watermarks|zones|reserve|compaction]",
	.brief = "Tell the story of one operation, step by step",
	.help = "The one we stand in, unless an event or operation is named; a "
		"number by\nitself is an event's.  depth=0 is one sentence "
		"each, 1 has the numbers, 2\nalso the kernel's function and "
		"the section of its document.  What repeats\nis told once; "
		"all=on tells all.\nonly= keeps to one topic: buddies "
		"(splits and merges), pcp (the lists of each\nCPU), types "
		"(pageblocks that change hands), watermarks, zones, reserve "
		"(the one\nfor urgent requests), or compaction: what the "
		"scanners did, why a block or a\npage was passed over, what "
		"was isolated and what prevented it, why it stopped.",
	.run = run_explain,
};
