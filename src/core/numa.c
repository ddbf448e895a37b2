/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * numa.c - nodes, tiers and policies for those who look; see mm_numa.h
 */
#include <errno.h>
#include <string.h>

#include "core/demotion.h"
#include "core/dirty.h"
#include "core/frame.h"
#include "core/trace.h"

/* ---- nodes ---- */

static unsigned int cpus_of(const struct mm *mm, unsigned int nid)
{
	unsigned int n = 0;

	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		n += mm->st->cfg.cpu_node[cpu] == nid;
	return n;
}

void mm_node_info(const struct mm *mm, unsigned int nid,
		  struct mm_node_info *ni)
{
	const struct node *n;

	*ni = (struct mm_node_info){.demotion_target = NO_NODE};
	if (nid >= mm->st->cfg.nr_nodes)
		return;
	n = &mm->st->node[nid];
	*ni = (struct mm_node_info){
		.start = n->start,
		.spanned = n->spanned,
		.present = n->present,
		.tier = mm->st->cfg.tier[nid],
		.nr_cpus = cpus_of(mm, nid),
		.nr_zonelist = n->nr_zonelist[0],
		.demotion_target = next_demotion_node(mm, nid),
		.demotion_allowed = demotion_allowed(mm, nid),
		.dirty = node_page_state(mm, nid, NR_DIRTY) +
			 node_page_state(mm, nid, NR_WRITEBACK),
		.dirty_limit = node_dirty_limit(mm, nid, false),
	};
	for (unsigned int b = 0; b < mm->st->cfg.nr_nodes; b++)
		ni->distance[b] = mm->st->cfg.distance[nid][b];
}

zone_t mm_zonelist(const struct mm *mm, unsigned int nid, bool thisnode,
		   unsigned int i)
{
	const struct node *n;

	if (nid >= mm->st->cfg.nr_nodes)
		return NO_ZONE;
	n = &mm->st->node[nid];
	return i < n->nr_zonelist[thisnode] ? n->zonelist[thisnode][i]
					    : NO_ZONE;
}

unsigned int mm_cpu_node(const struct mm *mm, unsigned int cpu)
{
	return cpu < mm->st->cfg.nr_cpus ? mm->st->cfg.cpu_node[cpu] : NO_NODE;
}

unsigned int mm_node_distance(const struct mm *mm, unsigned int a,
			      unsigned int b)
{
	return a < mm->st->cfg.nr_nodes && b < mm->st->cfg.nr_nodes
		       ? mm->st->cfg.distance[a][b]
		       : 0;
}

/* ---- policies ---- */

const char *mm_policy_name(enum mm_policy policy)
{
	static const char *const names[NR_POLICIES] = {
		[POLICY_LOCAL] = "local",
		[POLICY_PREFERRED] = "preferred",
		[POLICY_PREFERRED_MANY] = "preferred-many",
		[POLICY_BIND] = "bind",
		[POLICY_INTERLEAVE] = "interleave",
		[POLICY_WEIGHTED_INTERLEAVE] = "weighted-interleave",
	};

	return (unsigned int)policy < NR_POLICIES ? names[policy] : "?";
}

static bool is_process(const struct mm *mm, unsigned int i)
{
	return i >= 1 && i <= mm->st->nr_processes && mm->process[i].pid;
}

void mm_process_policy(const struct mm *mm, unsigned int i,
		       struct mm_policy_info *pi)
{
	const struct process *p = &mm->process[i];

	*pi = (struct mm_policy_info){.home_node = NO_NODE};
	if (!is_process(mm, i))
		return;
	pi->policy = (enum mm_policy)p->policy;
	pi->nodes = p->policy_nodes;
	pi->home_node = p->home_node;
	memcpy(pi->weight, p->weight, sizeof pi->weight);
}

/* Is there such a node, and memory on it? */
static int check_node(const struct mm *mm, unsigned int nid,
		      struct mm_error *err)
{
	if (nid >= mm->st->cfg.nr_nodes)
		return mm_fail(err, -EINVAL, "node %u: there are %u nodes", nid,
			       mm->st->cfg.nr_nodes);
	if (!mm->st->node[nid].present)
		return mm_fail(err, -EINVAL,
			       "node %u has no memory: choose one that has",
			       nid);
	return 0;
}

static int check_policy(const struct mm *mm, const struct mm_policy_info *pi,
			struct mm_error *err)
{
	int e = 0;

	if ((unsigned int)pi->policy >= NR_POLICIES)
		return mm_fail(err, -EINVAL, "there is no policy %d",
			       (int)pi->policy);
	if (pi->policy == POLICY_LOCAL && pi->nodes)
		return mm_fail(err, -EINVAL,
			       "local: expected no nodes, it is the CPU's");
	if (pi->policy != POLICY_LOCAL && !pi->nodes)
		return mm_fail(err, -EINVAL, "%s: expected nodes, as in %s=0",
			       mm_policy_name(pi->policy),
			       mm_policy_name(pi->policy));
	for (unsigned int nid = 0; !e && nid < 32; nid++)
		if (pi->nodes >> nid & 1)
			e = check_node(mm, nid, err);
	if (!e && pi->home_node != NO_NODE) {
		e = check_node(mm, pi->home_node, err);
		if (!e && pi->policy != POLICY_BIND &&
		    pi->policy != POLICY_PREFERRED_MANY)
			e = mm_fail(err, -EINVAL,
				    "home: of bind and preferred-many only");
	}
	return e;
}

int mm_set_process_policy(struct mm *mm, unsigned int i,
			  const struct mm_policy_info *pi, struct mm_error *err)
{
	const struct process *p = &mm->process[i];
	int e;

	if (!is_process(mm, i))
		return mm_fail(err, -EINVAL, "there is no process %u", i);
	e = check_policy(mm, pi, err);
	if (e)
		return e;
	op_enter(mm);
	STORE(mm, p->policy, (uint32_t)pi->policy);
	STORE(mm, p->policy_nodes, pi->nodes);
	STORE(mm, p->home_node, pi->home_node);
	store_bytes(mm, p->weight, pi->weight, sizeof p->weight);
	/* the first turn is the first node's */
	STORE(mm, p->il_prev, MM_MAX_NODES - 1u);
	STORE(mm, p->il_weight, 0);
	TRACE(mm, set_policy, ARG(i), ARG(pi->policy), ARG(pi->nodes));
	op_leave(mm);
	return 0;
}
