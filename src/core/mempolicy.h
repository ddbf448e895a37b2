/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mempolicy.h - which node a task's pages come from first
 *
 * A request of a process that names no node and is not bound to one by
 * __GFP_THISNODE starts where the process's policy says, and may be confined
 * to the policy's nodes.  Two kinds are requests twice: the first is a trial
 * that takes no trouble, and the request proper follows when it fails.
 *
 * Models:   alloc_pages_mpol, policy_nodemask, alloc_pages_preferred_many,
 *           apply_policy_zone, interleave_nodes, weighted_interleave_nodes,
 *           interleave_nid, weighted_interleave_nid in mm/mempolicy.c; P38,
 *           P39
 * Left out: policies of areas; the one table of weights that the kernel has
 *           for all: here they are the policy's own; threads with a policy
 *           each: here they share their process's
 * Keeps:    POLICIES (check_policy.c)
 */
#ifndef CORE_MEMPOLICY_H
#define CORE_MEMPOLICY_H

#include "core/gfp.h"

enum policy_trial {
	TRIAL_NONE,	  /* the request proper */
	TRIAL_MANY,	  /* preferred-many: its nodes, without reclaim */
	TRIAL_LOCAL_HUGE, /* a huge page's fault: the first node, one round */
	NR_TRIALS
};

/** Not a page fault: the place in an area decides nothing. */
#define NO_INTERLEAVE_INDEX UINT64_MAX

/**
 * The policy decides where the task's request, t->want, starts.  @index is
 * that of the page in its area if it is a fault, else NO_INTERLEAVE_INDEX,
 * and then interleaving goes on by itself.
 */
void policy_begin(struct mm *mm, uint32_t task, uint64_t index);
/** Node and flags of the request, or of the trial in hand, go into @want. */
void policy_request(const struct mm *mm, uint32_t task,
		    struct mm_request *want);
/** Nodes that the policy allows this request; ALL_NODES: any. */
uint32_t policy_nodemask(const struct mm *mm, uint32_t task,
			 const struct alloc_context *ac);
/**
 * The request has this page, or none; true if it was but a trial, and the
 * request proper is to be made.
 */
bool policy_next(struct mm *mm, uint32_t task, pfn_t pfn);

#endif
