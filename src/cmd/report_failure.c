/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report_failure.c - what the kernel's log says of a request that failed
 *
 * The report is made of the world at the moment of the failure: it is gone
 * to and come back from, if the tape reaches that far; else the numbers are
 * today's, which is said.  So it is where the kernel would have said nothing.
 *
 * Models:   warn_alloc, warn_alloc_show_mem in mm/page_alloc.c; O15, O16, O18
 * Left out: the stack of the task
 */
#include <inttypes.h>

#include "cmd/event_text.h"
#include "cmd/internal.h"
#include "cmd/report.h"
#include "cmd/show.h"

/** A failed or stalled request, and the event that has it. */
struct failure {
	uint64_t event; /* 0: there is none */
	unsigned int task, cpu, order, highest;
	gfp_t gfp;
	uint32_t nodemask;
	int32_t seconds;    /* of a stall; -1: it failed */
	const char *silent; /* why the log says nothing; NULL: it does */
};

static struct failure reported(uint64_t n, const struct mm_event *ev)
{
	return (struct failure){
		.event = n,
		.task = ev->task,
		.cpu = ev->cpu,
		.order = (unsigned int)ev->arg[0],
		.gfp = (gfp_t)ev->arg[1],
		.nodemask = (uint32_t)ev->arg[2],
		.highest = (unsigned int)ev->arg[3],
		.seconds = ev->type == EV_page_alloc_stall ? ev->arg[4] : -1,
	};
}

/* A refused request that no report was made of; its nodemask is not known. */
static struct failure unreported(const struct mm *mm, uint64_t n,
				 const struct mm_event *ev)
{
	const gfp_t gfp = (gfp_t)ev->arg[3];
	const int highest = mm_gfp_highest(mm, gfp);

	return (struct failure){
		.event = n,
		.task = ev->task,
		.cpu = ev->cpu,
		.order = (unsigned int)ev->arg[1],
		.gfp = gfp,
		.nodemask = EVERY_NODE,
		.highest =
			highest < 0 ? MAX_NR_ZONES - 1 : (unsigned int)highest,
		.seconds = -1,
		.silent = gfp & GFP_BIT_NOWARN ? "__GFP_NOWARN"
			  : gfp & GFP_BIT_DMA
				  ? "one was printed less than 10 seconds "
				    "before, or there is no DMA memory"
				  : "one was printed less than 10 seconds "
				    "before",
	};
}

static bool is_refusal(const struct mm_event *ev)
{
	return ev->type == EV_mm_page_alloc && ev->arg[4] == REASON_REFUSED;
}

/* The last request that failed, or is known to have stalled, up to now. */
static struct failure find_failure(const struct mm *mm)
{
	struct failure silent = {0};
	const struct mm_event *ev;

	for (uint64_t n = mm_now(mm);
	     n > mm_first_moment(mm) && (ev = mm_event(mm, n)); n--) {
		if (ev->type == EV_page_alloc_failure ||
		    ev->type == EV_page_alloc_stall)
			return reported(n, ev);
		if (silent.event && ev->task == silent.task &&
		    (ev->type == EV_alloc_request ||
		     ev->type == EV_mm_page_alloc))
			break; /* its beginning, or the request before */
		if (!silent.event && is_refusal(ev))
			silent = unreported(mm, n, ev);
	}
	return silent;
}

static void report_head(const struct mm *mm, const struct failure *f,
			struct out *out)
{
	char gfp[400], nodes[40], allowed[40];
	struct mm_task_info ti;

	mm_task_info(mm, f->task, &ti);
	mm_gfp_print(f->gfp, gfp, sizeof gfp);
	nodemask_text(f->nodemask, nodes, sizeof nodes);
	nodelist_text(mm_mems_allowed(mm, f->task), allowed, sizeof allowed);
	if (f->seconds < 0)
		out_text(out, "%s: page allocation failure: order:%u, ",
			 ti.comm, f->order);
	else
		out_text(out,
			 "%s: page allocation stall for %d secs: order:%u, ",
			 ti.comm, f->seconds, f->order);
	out_line(out, "mode:%#x(%s)%s nodemask=%s,cpuset=%s,mems_allowed=%s",
		 f->gfp, gfp, f->seconds < 0 ? "," : "", nodes,
		 mm_task_cpuset(mm, f->task), allowed);
}

void report_failure_head(const struct mm *mm, const struct mm_event *ev,
			 struct out *out)
{
	const struct failure f = reported(0, ev);

	report_head(mm, &f, out);
}

static void report_failure(const struct mm *mm, const struct failure *f,
			   struct out *out)
{
	const struct report_scope scope = {
		.highest = f->highest,
		.nodes = mm_report_nodes(mm, f->task, f->gfp, f->nodemask),
		.cpu = f->cpu,
	};

	report_head(mm, f, out);
	report_meminfo(mm, &scope, out);
	report_protection(mm, 0, out);
}

bool report_go_back(const struct mm *mm, struct mm *past, uint64_t moment,
		    uint64_t event, struct out *out)
{
	if (past == mm && mm_seek(past, moment) == 0)
		return true;
	out_line(out,
		 "(event %" PRIu64 " cannot be gone back to: the numbers are "
		 "of this moment)",
		 event);
	return false;
}

/** The report on the last failed request. */
void print_failure(const struct mm *mm, const struct show_what *what,
		   struct out *out)
{
	struct mm *past = what->lab ? lab_seekable(what->lab) : NULL;
	const struct failure f = find_failure(mm);
	const uint64_t now = mm_now(mm);
	bool there;

	if (!f.event) {
		out_line(out, "no failed request among the events");
		return;
	}
	if (f.silent)
		out_line(out, "(the kernel prints no report: %s)", f.silent);
	there = report_go_back(mm, past, f.event, f.event, out);
	report_failure(mm, &f, out);
	if (there)
		mm_seek(past, now);
}
