/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_policy.c - policies, and the requests they have begun; see check.h
 */
#include "core/check.h"
#include "core/mempolicy.h"

static int check_process(const struct mm *mm, uint32_t i, struct mm_broken *b)
{
	const struct process *p = &mm->process[i];
	const uint32_t all = (1u << mm->st->cfg.nr_nodes) - 1;

	if (p->policy >= NR_POLICIES || p->policy_nodes & ~all ||
	    (p->home_node != NO_NODE && p->home_node >= mm->st->cfg.nr_nodes))
		return broken_at(b, "POLICIES",
				 "process %u: policy %u, nodes %x, home %u", i,
				 p->policy, p->policy_nodes, p->home_node);
	return 0;
}

int check_policies(const struct mm *mm, struct mm_broken *b)
{
	int e = 0;

	for (uint32_t i = 1; !e && i <= mm->st->nr_processes; i++)
		e = check_process(mm, i, b);
	for (uint32_t i = 0; !e && i < mm->st->nr_tasks; i++) {
		const struct task *t = &mm->task[i];

		if (t->trial >= NR_TRIALS ||
		    (t->policy_nid != NO_POLICY_NID &&
		     t->policy_nid >= mm->st->cfg.nr_nodes))
			e = broken_at(b, "POLICIES",
				      "task %u: node %u, trial %u", i,
				      t->policy_nid, t->trial);
	}
	return e;
}
