/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_fork.c - fork, switch, unfork, compare: one world and another
 */
#include <inttypes.h>
#include <string.h>

#include "cmd/fork.h"

/* ---- fork ---- */

static void say_world(const char *name, const struct mm *mm, bool here,
		      struct out *out)
{
	out_line(out, "%c %-15s %s, %s, event %" PRIu64 " of %" PRIu64,
		 here ? '*' : ' ', name, mm_world_name(mm),
		 mm_era_name(mm_era(mm)), mm_now(mm), mm_last_moment(mm));
}

static enum cmd_status list(const struct lab *lab, struct out *out)
{
	const struct mm *mm;
	const char *name;

	say_world(lab_fork_name(lab), lab_mm(lab), true, out);
	for (unsigned int i = 0; (mm = lab_fork(lab, i, &name)); i++)
		say_world(name, mm, false, out);
	return CMD_OK;
}

static enum cmd_status run_fork(struct lab *lab, const struct args *args,
				struct out *out)
{
	struct fork_list *l = lab_forks(lab);
	const char *name = args_place(args, 0);
	struct timeline *copy;

	if (!name)
		return list(lab, out);
	if (fork_find(l, name) || strcmp(l->here, name) == 0)
		return complain(out, "fork",
				"%s: there is one already; `fork` lists them",
				name);
	if (l->n == MOST_FORKS)
		return complain(out, "fork",
				"there are %d already; `unfork NAME` gives "
				"one up",
				MOST_FORKS);
	copy = timeline_fork(lab_timeline(lab));
	if (lab_stop(lab)) {
		timeline_destroy(copy);
		return CMD_FAILED;
	}
	if (!copy) {
		complain(out, "fork", "out of memory");
		return CMD_ERROR;
	}
	fork_put(l, name, copy);
	out_line(out,
		 "%s is a copy of %s, with all that was and will be; "
		 "`switch %s` goes there",
		 name, l->here, name);
	return CMD_OK;
}

const struct cmd cmd_fork = {
	.name = "fork",
	.args = "[NAME]",
	.brief = "Keep a copy of this world, past and future; or list them",
	.help = "fork before\n"
		"The copy waits; you stay where you are.  In the past, fork "
		"first, and what\ncomes then is not lost when you try "
		"something else.",
	.flags = CMD_TIME,
	.run = run_fork,
};

/* A fork that waits; NULL after a complaint. */
static struct fork *named(struct lab *lab, const struct args *args,
			  const char *who, struct out *out)
{
	const char *name = args_place(args, 0);
	struct fork *f = fork_find(lab_forks(lab), name);
	struct nearest near;

	if (f)
		return f;
	if (strcmp(lab_fork_name(lab), name) == 0) {
		complain(out, who, "%s: you are in it", name);
		return NULL;
	}
	nearest_start(&near, name);
	for (unsigned int i = 0; i < lab_forks(lab)->n; i++)
		nearest_try(&near, lab_forks(lab)->fork[i].name);
	if (near.name[0])
		complain(out, who, "%s: no such fork; did you mean \"%s\"?",
			 name, near.name);
	else
		complain(out, who, "%s: no such fork; `fork` lists them", name);
	return NULL;
}

static enum cmd_status run_switch(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct fork *f = named(lab, args, "switch", out);

	if (!f)
		return CMD_USAGE;
	lab_switch(lab, f);
	say_world(lab_fork_name(lab), lab_mm(lab), true, out);
	return CMD_OK;
}

const struct cmd cmd_switch = {
	.name = "switch",
	.args = "FORK",
	.brief = "Go on in another fork; the present one waits",
	.flags = CMD_TIME,
	.run = run_switch,
};

static enum cmd_status run_unfork(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct fork *f = named(lab, args, "unfork", out);

	if (!f)
		return CMD_USAGE;
	fork_drop(lab_forks(lab), f);
	return CMD_OK;
}

const struct cmd cmd_unfork = {
	.name = "unfork",
	.args = "FORK",
	.brief = "Give a fork up",
	.flags = CMD_TIME,
	.run = run_unfork,
};

/* ---- compare ---- */

/** Figures that are told unless all=on. */
#define MOST_TOLD 20
/** Frames are compared one by one in worlds of at most so many. */
#define MOST_FRAMES (1u << 22)
#define MOST_RUNS 8

struct comparison {
	const struct mm *here, *there;
	struct out *out;
	const char *name;
	uint64_t differ, most;
};

static void compare_figure(void *arg, const char *name)
{
	struct comparison *c = arg;
	const char *unit = "", *other = "";
	int64_t a = 0, b = 0;
	const bool has_a = mm_figure(c->here, name, &a, &unit) == 0;
	const bool has_b = mm_figure(c->there, name, &b, &other) == 0;
	char left[24] = "-", right[24] = "-";

	if (!has_a || (has_b && a == b))
		return;
	if (c->differ++ >= c->most)
		return;
	if (c->differ == 1)
		out_line(c->out, "%-36s %12s %12.12s", "", "here", c->name);
	snprintf(left, sizeof left, "%" PRId64, a);
	if (has_b)
		snprintf(right, sizeof right, "%" PRId64, b);
	out_line(c->out, "%-36s %12s %12s", name, left, right);
}

static bool same_frame(const struct comparison *c, pfn_t pfn)
{
	struct mm_frame a, b;

	mm_frame(c->here, pfn, &a);
	mm_frame(c->there, pfn, &b);
	return a.kind == b.kind && a.head == b.head && a.order == b.order &&
	       a.list == b.list && a.owner == b.owner && a.attr == b.attr &&
	       a.block_type == b.block_type;
}

/* "frames that differ: 16..31, 40 and more". */
static enum cmd_status compare_frames(struct lab *lab,
				      const struct comparison *c)
{
	const pfn_t end = mm_end_pfn(c->here);
	unsigned int runs = 0;

	if (end != mm_end_pfn(c->there) || end > MOST_FRAMES)
		return CMD_OK;
	for (pfn_t pfn = 0; pfn < end && runs <= MOST_RUNS; pfn++) {
		const pfn_t first = pfn;

		if ((pfn & 0xffff) == 0 && lab_stop(lab))
			return CMD_FAILED;
		while (pfn < end && !same_frame(c, pfn))
			pfn++;
		if (pfn == first)
			continue;
		if (runs++ == MOST_RUNS) {
			out_text(c->out, " and more");
			break;
		}
		out_text(c->out, "%s%" PRIu32,
			 runs == 1 ? "frames that differ: " : ", ", first);
		if (pfn - first > 1)
			out_text(c->out, "..%" PRIu32, pfn - 1);
	}
	if (runs)
		out_line(c->out, "%s", "");
	return CMD_OK;
}

static enum cmd_status run_compare(struct lab *lab, const struct args *args,
				   struct out *out)
{
	struct fork *f = named(lab, args, "compare", out);
	struct comparison c = {.out = out};
	bool same;

	if (!f)
		return CMD_USAGE;
	c.here = lab_mm(lab);
	c.there = timeline_mm(f->time);
	c.name = f->name;
	c.most = args_on(args, "all", false) ? UINT64_MAX : MOST_TOLD;
	same = mm_compare(c.here, c.there) == 0;
	if (lab_stop(lab))
		return CMD_FAILED;
	if (same) {
		out_line(out, "%s and %s: the same, every byte",
			 lab_fork_name(lab), f->name);
		return CMD_OK;
	}
	if (!args_on(args, "all", false))
		lab_show(lab, "compare", "", f->name);
	mm_figure_names(c.here, compare_figure, &c);
	if (c.differ > c.most)
		out_line(out, "... %" PRIu64 " more; all=on tells them",
			 c.differ - c.most);
	if (!c.differ)
		out_line(out, "no figure differs");
	return compare_frames(lab, &c);
}

const struct cmd cmd_compare = {
	.name = "compare",
	.args = "FORK [all=on|off]",
	.brief = "Tell what differs between this world and a fork",
	.help = "Every figure that is not the same in both, and the frames.",
	.run = run_compare,
};
