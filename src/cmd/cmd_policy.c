/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_policy.c - policy: on which nodes a process wants its memory
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/internal.h"

/* Digits, and nothing else; @s goes behind them. */
static bool read_number(const char **s, unsigned long *n)
{
	char *end;

	if (**s < '0' || **s > '9')
		return false;
	*n = strtoul(*s, &end, 10);
	*s = end;
	return true;
}

/* "0", "0,2", and with weights "0:3,2:1"; every node of this world. */
static bool read_nodes(const struct mm *mm, const char *text,
		       struct mm_policy_info *pi, char *why, size_t size)
{
	const bool weights = pi->policy == POLICY_WEIGHTED_INTERLEAVE;

	for (const char *s = text;;) {
		unsigned long nid, weight = 1;
		const char *const entry = s;

		if (!read_number(&s, &nid) || nid >= mm_nr_nodes(mm)) {
			snprintf(why, size,
				 "\"%.20s\": expected nodes, 0 to %u", entry,
				 mm_nr_nodes(mm) - 1);
			return false;
		}
		if (*s == ':' && weights &&
		    (s++,
		     !read_number(&s, &weight) || weight < 1 || weight > 255)) {
			snprintf(why, size,
				 "\"%.20s\": expected a weight of 1 to 255 "
				 "after the colon",
				 entry);
			return false;
		}
		if (*s && *s != ',') {
			snprintf(why, size, "\"%.20s\": expected %s", entry,
				 weights ? "a node and its weight, as in "
					   "0:3, then a comma or the end"
					 : "a node, then a comma or the end");
			return false;
		}
		pi->nodes |= 1u << nid;
		pi->weight[nid] = (uint8_t)weight;
		if (!*s)
			return true;
		s++;
	}
}

static void say_policy(const struct mm *mm, const char *who, unsigned int i,
		       struct out *out)
{
	struct mm_policy_info pi;
	char nodes[80] = "", home[40] = "";
	size_t used = 0;

	mm_process_policy(mm, i, &pi);
	for (unsigned int n = 0; n < mm_nr_nodes(mm); n++) {
		if (!(pi.nodes >> n & 1))
			continue;
		used += (size_t)snprintf(nodes + used, sizeof nodes - used,
					 "%c%u", used ? ',' : '=', n);
		if (pi.policy == POLICY_WEIGHTED_INTERLEAVE)
			used += (size_t)snprintf(nodes + used,
						 sizeof nodes - used, ":%u",
						 pi.weight[n]);
	}
	if (pi.home_node != NO_NODE)
		snprintf(home, sizeof home, ", home node %u", pi.home_node);
	out_line(out, "%s: policy %s%s%s", who, mm_policy_name(pi.policy),
		 nodes, home);
}

/* The policy that was named, -1: none; NR_POLICIES: more than one. */
static int policy_named(const struct args *args)
{
	int named = -1;

	for (int p = 0; p < NR_POLICIES; p++)
		if (args_has(args, mm_policy_name((enum mm_policy)p)))
			named = named < 0 ? p : NR_POLICIES;
	return named;
}

static enum cmd_status run_policy(struct lab *lab, const struct args *args,
				  struct out *out)
{
	const char *who = args_word(args, "TASK", ""), *nodes;
	const int task = mm_task_find(lab_mm(lab), who);
	const int policy = policy_named(args);
	struct mm_policy_info pi = {.home_node = NO_NODE};
	struct mm_task_info ti;
	struct mm_error err;
	char why[160];
	struct mm *mm;

	mm_task_info(lab_mm(lab), task < 0 ? UINT32_MAX : (unsigned int)task,
		     &ti);
	if (!ti.process)
		return complain(out, "policy",
				"%s belongs to no process; expected a user's "
				"task",
				who);
	if (policy == NR_POLICIES)
		return complain(out, "policy", "expected one policy only");
	if (policy < 0 && args_has(args, "home"))
		return complain(out, "policy",
				"home: expected the policy, too, as in "
				"bind=0,1 home=1");
	if (policy < 0) {
		say_policy(lab_mm(lab), who, ti.process, out);
		return CMD_OK;
	}
	pi.policy = (enum mm_policy)policy;
	nodes = args_word(args, mm_policy_name(pi.policy), "");
	if (args_has(args, "home"))
		pi.home_node = (uint32_t)args_node(args, "home", 0);
	if (pi.policy != POLICY_LOCAL &&
	    !read_nodes(lab_mm(lab), nodes, &pi, why, sizeof why))
		return complain(out, "policy", "%s=%s: %s",
				mm_policy_name(pi.policy), nodes, why);
	mm = lab_world(lab, out);
	if (!mm)
		return CMD_ERROR;
	if (mm_set_process_policy(mm, ti.process, &pi, &err))
		return complain(out, "policy", "%s", err.text);
	say_policy(mm, who, ti.process, out);
	return CMD_OK;
}

const struct cmd cmd_policy = {
	.name = "policy",
	.args = "TASK [local] [preferred=WORD] [preferred-many=WORD] "
		"[bind=WORD] [interleave=WORD] [weighted-interleave=WORD] "
		"[home=NODE]",
	.brief = "Say on which nodes a process wants its memory",
	.help = "policy app preferred=1\n"
		"policy app bind=0,1 home=1\n"
		"policy app interleave=0,1\n"
		"policy app weighted-interleave=0:3,1:1\n"
		"policy app local            the CPU's node, as at first\n"
		"policy app                  tell which it is",
	.models = "set_mempolicy()",
	.flags = CMD_MUTATES,
	.run = run_policy,
};
