/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_run.c - run, schedule, tick: who goes on, and when
 */
#include <stdio.h>
#include <string.h>

#include "cmd/work.h"

/* Where a task stands, in a few words. */
static void say_task(const struct mm *mm, unsigned int task, struct out *out)
{
	struct mm_task_info ti;
	char until[40] = "";

	mm_task_info(mm, task, &ti);
	if (ti.state == TASK_WAITING && ti.wake_at != UINT64_MAX)
		snprintf(until, sizeof until, ", until %llu",
			 (unsigned long long)ti.wake_at);
	if (ti.state == TASK_DEAD)
		out_line(out, "%s: gone", ti.comm);
	else if (ti.state == TASK_WAITING)
		out_line(out, "%s: waits for %s%s", ti.comm,
			 mm_wait_name(ti.wait), until);
	else if (ti.rung != RUNG_NONE)
		out_line(out, "%s: %s", ti.comm, mm_rung_name(ti.rung));
	else if (ti.state == TASK_READY)
		work_say_where(mm, task, out);
	else if (ti.kind == TASK_USER && ti.result != NO_PFN)
		out_line(out, "%s: at rest; pfn %u, order %u", ti.comm,
			 ti.result, ti.want.order);
	else
		out_line(out, "%s: at rest", ti.comm);
}

/* Not before its time, nor before what it waits for. */
static bool sleeps(const struct mm *mm, unsigned int task)
{
	struct mm_task_info ti;

	mm_task_info(mm, task, &ti);
	return ti.state == TASK_WAITING && ti.wake_at > mm_jiffies(mm);
}

static enum cmd_status run_run(struct lab *lab, const struct args *args,
			       struct out *out)
{
	const unsigned int task = args_task(args, "TASK", 0);
	const uint64_t n = args_number(args, "N", 1);
	struct mm *mm = lab_world(lab, out);
	struct mm_error err;
	enum mm_quantum q = QUANTUM_AGAIN;
	const enum work work = work_of(mm, task);
	uint64_t done = 0;

	if (sleeps(mm, task)) {
		out_line(out, "nothing is run: it sleeps, and `tick` lets time "
			      "pass");
		say_task(mm, task, out);
		return CMD_OK;
	}
	for (; done < n && q == QUANTUM_AGAIN && !lab_stop(lab); done++) {
		if (mm_run(mm, task, &q, &err) == 0)
			continue;
		if (done == 0)
			return complain(out, "run", "%s", err.text);
		break;
	}
	out_line(out, "%llu quant%s run", (unsigned long long)done,
		 done == 1 ? "um" : "a");
	if (q == QUANTUM_DONE && work != WORK_NONE)
		work_say_result(mm, task, work, out);
	else
		say_task(mm, task, out);
	return lab_stopped(lab) ? CMD_FAILED : CMD_OK;
}

const struct cmd cmd_run = {
	.name = "run",
	.args = "TASK [N]",
	.brief = "Let a task go on for one quantum, or N",
	.help = "A quantum ends where the kernel would drop its lock, sleep or "
		"be\nrescheduled.  A task that sleeps ends the command; `tick` "
		"lets time\npass.  With `schedule manual`, two tasks can be "
		"run in turns.",
	.models = "schedule()",
	.flags = CMD_MUTATES,
	.run = run_run,
};

static enum cmd_status run_schedule(struct lab *lab, const struct args *args,
				    struct out *out)
{
	const char *unit;
	int64_t on = 0;

	if (args_has(args, "auto") || args_has(args, "manual")) {
		struct mm *mm = lab_world(lab, out);

		mm_set(mm, "schedule", args_has(args, "auto"), NULL);
	}
	mm_figure(lab_mm(lab), "schedule", &on, &unit);
	out_line(out, on ? "auto: woken daemons run after each command"
			 : "manual: daemons and tasks go on with `run` only");
	return CMD_OK;
}

const struct cmd cmd_schedule = {
	.name = "schedule",
	.args = "[auto|manual]",
	.brief = "Say who lets the daemons run: the tool, or you",
	.help = "auto runs every woken daemon to its rest after each command, "
		"and\nwhile a request sleeps.  manual leaves them to `run`.",
	.models = "schedule()",
	.flags = CMD_MUTATES,
	.run = run_schedule,
};

static enum cmd_status run_tick(struct lab *lab, const struct args *args,
				struct out *out)
{
	const uint64_t n = args_number(args, "N", 1);
	struct mm *mm;

	if (n == 0 || n > INT32_MAX)
		return complain(out, "tick", "expected 1 to %d jiffies",
				INT32_MAX);
	mm = lab_world(lab, out);
	mm_tick(mm, n);
	out_line(out, "jiffy %llu", (unsigned long long)mm_jiffies(mm));
	return CMD_OK;
}

const struct cmd cmd_tick = {
	.name = "tick",
	.args = "[N]",
	.brief = "Let time pass: one jiffy, or N",
	.help = "A second has 250.  Sleepers wake when their time has come, "
		"writes end.",
	.flags = CMD_MUTATES,
	.run = run_tick,
};
