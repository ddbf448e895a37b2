/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mempolicy.c - see mempolicy.h
 */
#include "core/mempolicy.h"

#include "core/cpuset.h"
#include "core/frame.h"
#include "core/layout.h"
#include "core/trace.h"

static const struct process *process_of(const struct mm *mm, uint32_t task)
{
	return &mm->process[mm->task[task].process];
}

/* ---- sets of nodes ---- */

static unsigned int first_node(uint32_t set)
{
	return set ? (unsigned int)__builtin_ctz(set) : NO_NODE;
}

/* The next one after @nid, and round again. */
static unsigned int next_node_in(uint32_t set, unsigned int nid)
{
	const uint32_t after =
		nid + 1 < MM_MAX_NODES ? set & ~0u << (nid + 1) : 0;

	return first_node(after ? after : set);
}

static unsigned int node_weight(const struct process *p, unsigned int nid)
{
	return p->weight[nid] ? p->weight[nid] : 1;
}

/* ---- which node is first ---- */

/* Kernel allocations take turns: the node after that of the last one. */
static unsigned int interleave_nodes(struct mm *mm, const struct process *p)
{
	const unsigned int nid = next_node_in(p->policy_nodes, p->il_prev);

	if (nid != NO_NODE)
		STORE(mm, p->il_prev, nid);
	return nid;
}

/* ... and stay on a node as often as its weight says. */
static unsigned int weighted_interleave_nodes(struct mm *mm,
					      const struct process *p)
{
	unsigned int nid = p->il_prev;

	if (!p->il_weight || nid >= MM_MAX_NODES ||
	    !(p->policy_nodes >> nid & 1)) {
		nid = interleave_nodes(mm, p);
		if (nid == NO_NODE)
			return nid;
		STORE(mm, p->il_weight, node_weight(p, nid));
	}
	STORE(mm, p->il_weight, p->il_weight - 1);
	return nid;
}

/* A fault's node follows from the place in the area. */
static unsigned int interleave_nid(const struct process *p, uint64_t index,
				   bool weighted)
{
	uint32_t set = p->policy_nodes;
	unsigned int total = 0, nid = NO_NODE, n;

	for (n = 0; n < MM_MAX_NODES; n++)
		if (set >> n & 1)
			total += weighted ? node_weight(p, n) : 1;
	if (!total)
		return NO_NODE;
	index %= total;
	for (; set; set &= set - 1) {
		const unsigned int w =
			weighted ? node_weight(p, first_node(set)) : 1;

		nid = first_node(set);
		if (index < w)
			break;
		index -= w;
	}
	return nid;
}

static bool interleaves(const struct process *p)
{
	return p->policy == POLICY_INTERLEAVE ||
	       p->policy == POLICY_WEIGHTED_INTERLEAVE;
}

/* The first node of the policy, NO_NODE: the CPU's. */
static unsigned int policy_node(struct mm *mm, const struct process *p,
				uint64_t index)
{
	const bool weighted = p->policy == POLICY_WEIGHTED_INTERLEAVE;

	switch (p->policy) {
	case POLICY_PREFERRED:
		return first_node(p->policy_nodes);
	case POLICY_PREFERRED_MANY:
	case POLICY_BIND:
		return p->home_node;
	case POLICY_INTERLEAVE:
	case POLICY_WEIGHTED_INTERLEAVE:
		if (index != NO_INTERLEAVE_INDEX)
			return interleave_nid(p, index, weighted);
		return weighted ? weighted_interleave_nodes(mm, p)
				: interleave_nodes(mm, p);
	default:
		return NO_NODE;
	}
}

/* ---- the nodes allowed ---- */

/**
 * Zones below this index are not bound: the highest one that has memory, but
 * Movable only if the policy's nodes have nothing else.
 *
 * Models: policy_zone, apply_policy_zone(), mm/mempolicy.c
 */
static unsigned int policy_zone(const struct mm *mm, uint32_t set)
{
	unsigned int zone = 0;
	uint32_t normal = 0;

	for (uint32_t i = 0; i < mm->st->nr_populated; i++) {
		const zone_t zid = mm->st->populated[i];

		if (zone_idx(zid) == ZONE_MOVABLE)
			continue;
		normal |= 1u << zone_nid(zid);
		if (zone_idx(zid) > zone)
			zone = zone_idx(zid);
	}
	return set & normal ? zone : ZONE_MOVABLE;
}

static bool binds(const struct mm *mm, uint32_t task, unsigned int highest)
{
	const struct process *p = process_of(mm, task);

	return p->policy == POLICY_BIND &&
	       highest >= policy_zone(mm, p->policy_nodes) &&
	       (p->policy_nodes & cpuset_mems_allowed(mm, task));
}

uint32_t policy_nodemask(const struct mm *mm, uint32_t task,
			 const struct alloc_context *ac)
{
	const struct task *t = &mm->task[task];

	if (t->policy_nid == NO_POLICY_NID || t->trial == TRIAL_LOCAL_HUGE)
		return ac->nodemask;
	if (t->trial == TRIAL_MANY || binds(mm, task, ac->highest))
		return process_of(mm, task)->policy_nodes;
	return ac->nodemask;
}

/* ---- the course of a request ---- */

/*
 * P39: a fault for a huge page first tries the preferred node alone, unless
 * the policy has other nodes in mind.
 */
static bool tries_locally(const struct mm *mm, uint32_t task, uint64_t index,
			  unsigned int nid)
{
	const struct task *t = &mm->task[task];
	const struct process *p = process_of(mm, task);

	return index != NO_INTERLEAVE_INDEX &&
	       t->want.order == mm->st->cfg.pmd_order && t->want.order &&
	       !interleaves(p) &&
	       (!binds(mm, task, gfp_highest(mm, t->want.gfp)) ||
		(p->policy_nodes >> nid & 1));
}

void policy_begin(struct mm *mm, uint32_t task, uint64_t index)
{
	const struct task *t = &mm->task[task];
	const struct process *p = process_of(mm, task);
	enum policy_trial trial = TRIAL_NONE;
	unsigned int nid;

	STORE(mm, t->policy_nid, NO_POLICY_NID);
	STORE(mm, t->trial, (uint16_t)TRIAL_NONE);
	if (!t->process || t->want.nid >= 0 || (t->want.gfp & GFP_BIT_THISNODE))
		return;
	nid = policy_node(mm, p, index);
	if (nid >= mm->st->cfg.nr_nodes)
		nid = mm->st->cfg.cpu_node[t->want.cpu];
	if (p->policy == POLICY_PREFERRED_MANY)
		trial = TRIAL_MANY;
	else if (tries_locally(mm, task, index, nid))
		trial = TRIAL_LOCAL_HUGE;
	STORE(mm, t->policy_nid, (uint16_t)nid);
	STORE(mm, t->trial, (uint16_t)trial);
	if (p->policy != POLICY_LOCAL)
		TRACE(mm, policy, ARG(task), ARG(p->policy),
		      ARG(p->policy_nodes), ARG(nid));
}

void policy_request(const struct mm *mm, uint32_t task, struct mm_request *want)
{
	const struct task *t = &mm->task[task];

	if (t->policy_nid != NO_POLICY_NID)
		want->nid = (int16_t)t->policy_nid;
	if (t->trial == TRIAL_MANY) {
		want->gfp |= GFP_BIT_NOWARN;
		want->gfp &= ~(gfp_t)(GFP_BIT_DIRECT_RECLAIM | GFP_BIT_NOFAIL);
	} else if (t->trial == TRIAL_LOCAL_HUGE) {
		want->gfp |= GFP_BIT_THISNODE | GFP_BIT_NORETRY;
	}
}

bool policy_next(struct mm *mm, uint32_t task, pfn_t pfn)
{
	const struct task *t = &mm->task[task];
	const bool once = t->trial == TRIAL_LOCAL_HUGE &&
			  !(t->want.gfp & GFP_BIT_DIRECT_RECLAIM);
	const bool trial = t->trial != TRIAL_NONE;
	zone_t zid;

	if (pfn == NO_PFN) {
		if (trial)
			STORE(mm, t->trial, (uint16_t)TRIAL_NONE);
		return trial && !once;
	}
	zid = mm_zone_of(mm, pfn);
	if (t->policy_nid == zone_nid(zid) && interleaves(process_of(mm, task)))
		STORE(mm, mm->zone[zid].numa[NUMA_INTERLEAVE],
		      mm->zone[zid].numa[NUMA_INTERLEAVE] + 1);
	return false;
}
