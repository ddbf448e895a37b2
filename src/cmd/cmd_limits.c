/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_limits.c - group, cpuset, oom: what limits processes, and kills them
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/event_text.h"
#include "cmd/internal.h"
#include "cmd/show.h"

/* ---- what all of them read ---- */

/* The group or cpuset of that name; -1 after a complaint. */
static int find_group(const struct mm *mm, const char *who, const char *name,
		      struct out *out)
{
	const int g = mm_group_find(mm, name);

	if (g < 0)
		complain(out, who,
			 "%s: no such group; `show groups` lists them", name);
	return g;
}

static int find_cpuset(const struct mm *mm, const char *who, const char *name,
		       struct out *out)
{
	const int cs = mm_cpuset_find(mm, name);

	if (cs < 0)
		complain(out, who,
			 "%s: no such cpuset; `show cpusets` lists them", name);
	return cs;
}

/* The process that a task belongs to; 0 after a complaint. */
static unsigned int find_process(const struct mm *mm, const char *who,
				 const struct args *args, struct out *out)
{
	struct mm_task_info ti;

	mm_task_info(mm, args_task(args, "TASK", 0), &ti);
	if (!ti.process)
		complain(out, who, "%s is no user's task: expected one",
			 ti.comm);
	return ti.process;
}

/* ---- groups ---- */

static void read_limit(const struct args *args, const char *key, int64_t *value)
{
	const char *word = args_word(args, key, NULL);

	if (!word)
		return;
	if (strcmp(word, "max") == 0) {
		*value = MM_NO_LIMIT;
		return;
	}
	/* beyond every world: no limit */
	*value = args_number(args, key, 0) > INT64_MAX
			 ? MM_NO_LIMIT
			 : (int64_t)args_number(args, key, 0);
}

static void read_limits(const struct args *args, struct mm_group_limits *l)
{
	read_limit(args, "max", &l->max);
	read_limit(args, "high", &l->high);
	read_limit(args, "low", &l->low);
	read_limit(args, "min", &l->min);
	l->oom_group = args_on(args, "oom-group", l->oom_group);
}

static enum cmd_status run_group_new(struct lab *lab, const struct args *args,
				     struct out *out)
{
	const char *name = args_place(args, 0);
	const int parent = find_group(lab_mm(lab), "group new",
				      args_word(args, "parent", "/"), out);
	struct mm_group_limits l = mm_no_limits();
	struct mm_error err;
	int g;

	if (parent < 0)
		return CMD_USAGE;
	read_limits(args, &l);
	g = mm_group_new(lab_world(lab, out), name, (unsigned int)parent, &l,
			 &err);
	if (g < 0)
		return complain(out, "group new", "%s: %s", name, err.text);
	print_group(lab_mm(lab), (unsigned int)g, out);
	return CMD_OK;
}

#define LIMIT_ARGS "[max=N|max] [high=N|max] [low=N] [min=N] [oom-group=on|off]"

const struct cmd cmd_group_new = {
	.name = "group new",
	.args = "NAME [parent=WORD] " LIMIT_ARGS,
	.brief = "Make a memory group, with limits in pages",
	.help = "What its processes are charged counts for all groups above "
		"it.  max=\nends in reclaim, then in a kill within the group; "
		"high= slows down who\nexceeds it; low= and min= keep reclaim "
		"away.  With oom-group=on all of it\nis killed, or nobody.",
	.models = "mem_cgroup_css_alloc()",
	.flags = CMD_MUTATES,
	.run = run_group_new,
};

static enum cmd_status run_group_set(struct lab *lab, const struct args *args,
				     struct out *out)
{
	const int g =
		find_group(lab_mm(lab), "group set", args_place(args, 0), out);
	struct mm_group_info gi;
	struct mm_error err;

	if (g < 0)
		return CMD_USAGE;
	mm_group_info(lab_mm(lab), (unsigned int)g, &gi);
	read_limits(args, &gi.limits);
	if (mm_group_set(lab_world(lab, out), (unsigned int)g, &gi.limits,
			 &err))
		return complain(out, "group set", "%s: %s", gi.name, err.text);
	print_group(lab_mm(lab), (unsigned int)g, out);
	return CMD_OK;
}

const struct cmd cmd_group_set = {
	.name = "group set",
	.args = "WORD " LIMIT_ARGS,
	.brief = "Change a group's limits; what is not named stays",
	.help = "A max= below what the group uses is enforced at once: by "
		"reclaim, then\nby the OOM killer.",
	.models = "memory_max_write()",
	.flags = CMD_MUTATES,
	.run = run_group_set,
};

static enum cmd_status run_group_add(struct lab *lab, const struct args *args,
				     struct out *out)
{
	const int g =
		find_group(lab_mm(lab), "group add", args_place(args, 0), out);
	unsigned int process;
	struct mm_error err;

	if (g < 0)
		return CMD_USAGE;
	process = find_process(lab_mm(lab), "group add", args, out);
	if (!process)
		return CMD_USAGE;
	if (mm_group_add(lab_world(lab, out), (unsigned int)g, process, &err))
		return complain(out, "group add", "%s", err.text);
	out_line(out, "%s is in group %s", args_word(args, "TASK", "?"),
		 args_place(args, 0));
	return CMD_OK;
}

const struct cmd cmd_group_add = {
	.name = "group add",
	.args = "WORD TASK",
	.brief = "Put a task's process into a group; / is the root",
	.help = "Not while it has charged pages: they would stay behind.",
	.models = "cgroup_attach_task()",
	.flags = CMD_MUTATES,
	.run = run_group_add,
};

/* ---- cpusets ---- */

/* "0,2-3": a bit a node; 0 for anything else. */
static uint32_t read_nodes(const char *word)
{
	uint32_t mask = 0;

	while (*word) {
		char *end;
		unsigned long first, last;

		if (*word < '0' || *word > '9')
			return 0;
		first = last = strtoul(word, &end, 10);
		if (*end == '-' && end[1] >= '0' && end[1] <= '9')
			last = strtoul(end + 1, &end, 10);
		if (last >= MM_MAX_NODES || first > last ||
		    (*end && (*end != ',' || !end[1])))
			return 0;
		for (; first <= last; first++)
			mask |= 1u << first;
		word = *end ? end + 1 : end;
	}
	return mask;
}

/* In *@mems; false after a complaint. */
static bool mems_given(const struct mm *mm, const char *who,
		       const struct args *args, uint32_t *mems, struct out *out)
{
	const char *word = args_word(args, "mems", "");
	const unsigned int last = mm_nr_nodes(mm) - 1;

	*mems = read_nodes(word);
	if (*mems && *mems >> last <= 1)
		return true;
	if (last)
		complain(out, who,
			 "mems=%.40s: expected nodes, 0 to %u, as in 0,2-3",
			 word, last);
	else
		complain(out, who,
			 "mems=%.40s: expected node 0: this world has no other",
			 word);
	return false;
}

static enum cmd_status run_cpuset_new(struct lab *lab, const struct args *args,
				      struct out *out)
{
	const char *name = args_place(args, 0);
	const int parent = find_cpuset(lab_mm(lab), "cpuset new",
				       args_word(args, "parent", "/"), out);
	struct mm_error err;
	uint32_t mems;
	int cs;

	if (parent < 0 ||
	    !mems_given(lab_mm(lab), "cpuset new", args, &mems, out))
		return CMD_USAGE;
	cs = mm_cpuset_new(lab_world(lab, out), name, (unsigned int)parent,
			   mems, &err);
	if (cs < 0)
		return complain(out, "cpuset new", "%s: %s", name, err.text);
	print_cpuset(lab_mm(lab), (unsigned int)cs, out);
	return CMD_OK;
}

const struct cmd cmd_cpuset_new = {
	.name = "cpuset new",
	.args = "NAME mems=WORD [parent=WORD]",
	.brief = "Make a cpuset: the nodes whose memory a task may use",
	.help = "cpuset new left mems=0\ncpuset new most mems=0,2-3\n"
		"From the first one on the fast path is confined to them; "
		"the slow path\nlets kernel requests look elsewhere.",
	.models = "cpuset_css_alloc()",
	.flags = CMD_MUTATES,
	.run = run_cpuset_new,
};

static enum cmd_status run_cpuset_set(struct lab *lab, const struct args *args,
				      struct out *out)
{
	const int cs = find_cpuset(lab_mm(lab), "cpuset set",
				   args_place(args, 0), out);
	struct mm_error err;
	uint32_t mems;

	if (cs < 0 || !mems_given(lab_mm(lab), "cpuset set", args, &mems, out))
		return CMD_USAGE;
	if (mm_cpuset_set(lab_world(lab, out), (unsigned int)cs, mems, &err))
		return complain(out, "cpuset set", "%s: %s",
				args_place(args, 0), err.text);
	print_cpuset(lab_mm(lab), (unsigned int)cs, out);
	return CMD_OK;
}

const struct cmd cmd_cpuset_set = {
	.name = "cpuset set",
	.args = "WORD mems=WORD",
	.brief = "Change a cpuset's nodes; pages stay where they are",
	.models = "update_nodemask()",
	.flags = CMD_MUTATES,
	.run = run_cpuset_set,
};

static enum cmd_status run_cpuset_add(struct lab *lab, const struct args *args,
				      struct out *out)
{
	const int cs = find_cpuset(lab_mm(lab), "cpuset add",
				   args_place(args, 0), out);
	unsigned int process;
	struct mm_error err;

	if (cs < 0)
		return CMD_USAGE;
	process = find_process(lab_mm(lab), "cpuset add", args, out);
	if (!process)
		return CMD_USAGE;
	if (mm_cpuset_add(lab_world(lab, out), (unsigned int)cs, process, &err))
		return complain(out, "cpuset add", "%s", err.text);
	out_line(out, "%s is in cpuset %s", args_word(args, "TASK", "?"),
		 args_place(args, 0));
	return CMD_OK;
}

const struct cmd cmd_cpuset_add = {
	.name = "cpuset add",
	.args = "WORD TASK",
	.brief = "Confine a task's process to a cpuset; / is the root",
	.models = "cpuset_attach_task()",
	.flags = CMD_MUTATES,
	.run = run_cpuset_add,
};

/* ---- the OOM killer ---- */

void tell_killed(const struct mm *mm, uint64_t from, struct out *out)
{
	char text[200];

	for (uint64_t n = from + 1; n <= mm_now(mm); n++) {
		const struct mm_event *ev = mm_event(mm, n);

		if (!ev || ev->type != EV_oom_kill)
			continue;
		event_text(mm, ev, EXPLAIN_NUMBERS, text, sizeof text);
		out_line(out, "OOM killer: %s", text);
	}
}

static enum cmd_status run_oom(struct lab *lab, const struct args *args,
			       struct out *out)
{
	struct mm *mm = lab_world(lab, out);
	const enum mm_reason verdict = mm_sysrq_oom(mm);

	(void)args; /* lab_run.c tells who was killed */
	if (verdict != REASON_OOM_KILLED)
		out_line(out, "nobody is killed: there is no process that may "
			      "be");
	return CMD_OK;
}

const struct cmd cmd_oom = {
	.name = "oom",
	.args = "",
	.brief = "Kill the process with most points, as SysRq-f does",
	.help = "`explain` tells of each process why it was the one, or was "
		"not.",
	.models = "moom_callback()",
	.flags = CMD_MUTATES,
	.run = run_oom,
};
