/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_trace.c - the kernel's events, as lines of tracefs
 *
 *	    kswapd0-2       [000] .....      0.004003: mm_vmscan_...: nid=0
 *
 * Of this line the model knows the task, the CPU, and the jiffy (a fourth of
 * a hundredth second).  Within a jiffy, events that come later have a later
 * microsecond, one for each event of any kind, and no more than the jiffy
 * has.  The flags (interrupts off, preemption) are not known: dots.  A task
 * that is not there at this moment is <...>, as one that tracefs has lost.
 *
 * Models: trace_print_context(), kernel/trace/trace_output.c; O13
 */
#include <inttypes.h>

#include "cmd/event_text.h"
#include "cmd/internal.h"
#include "cmd/show.h"

#define USEC_PER_JIFFY (UINT64_C(1000000) / MM_HZ)

/** Where the jiffy of the events that follow is known from. */
struct clock {
	uint64_t jiffies;
	uint64_t since; /* event that began it; 0: before all that is known */
};

static bool tells_time(const struct mm_event *ev)
{
	return ev->type == EV_time_passes || ev->type == EV_tick;
}

/* Time right before event @n: by what is noted before it, else after it. */
static struct clock clock_at(const struct mm *mm, uint64_t n)
{
	const uint64_t first = mm_first_moment(mm), last = mm_last_moment(mm);
	const struct mm_event *ev;

	for (uint64_t i = n - 1; i > first && (ev = mm_event(mm, i)); i--)
		if (tells_time(ev))
			return (struct clock){(uint32_t)ev->arg[1], i};
	for (uint64_t i = n; i <= last && (ev = mm_event(mm, i)); i++)
		if (tells_time(ev))
			return (struct clock){
				(uint32_t)ev->arg[1] - (uint32_t)ev->arg[0], 0};
	return (struct clock){mm_jiffies(mm), 0};
}

static uint64_t usec(const struct clock *c, uint64_t n)
{
	const uint64_t within = n - c->since;

	return c->jiffies * USEC_PER_JIFFY +
	       (within < USEC_PER_JIFFY ? within : USEC_PER_JIFFY - 1);
}

static void print_line(const struct mm *mm, const struct mm_event *ev,
		       uint64_t us, struct out *out)
{
	struct mm_task_info ti;
	char text[700];

	mm_task_info(mm, ev->task, &ti);
	event_tracefs(mm, ev, text, sizeof text);
	out_line(out,
		 "%16s-%-7u [%03u] ..... %6" PRIu64 ".%06" PRIu64 ": %s: %s",
		 ev->task < mm_nr_tasks(mm) ? ti.comm : "<...>", ti.pid,
		 ev->cpu, us / 1000000, us % 1000000,
		 mm_event_type(ev->type)->name, text);
}

void print_trace(const struct mm *mm, const struct show_what *what,
		 struct out *out)
{
	const uint64_t last = what->to ? what->to : mm_now(mm);
	uint64_t n = mm_first_moment(mm) + 1;
	const struct mm_event *ev;
	struct clock c;

	if (what->last && what->last <= last && last - what->last >= n)
		n = last - what->last + 1;
	if (what->from > n)
		n = what->from;
	c = clock_at(mm, n);
	for (; n <= last && (ev = mm_event(mm, n)); n++) {
		if (what->lab && lab_stop(what->lab))
			return;
		if (tells_time(ev))
			c = (struct clock){(uint32_t)ev->arg[1], n};
		if (is_tracepoint(ev->type))
			print_line(mm, ev, usec(&c, n), out);
	}
}
