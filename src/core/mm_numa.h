/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_numa.h - nodes, tiers, and memory policies; part of mm.h
 *
 * Sets of nodes are masks: a bit a node.
 */
#ifndef BUDDYSCOPE_MM_NUMA_H
#define BUDDYSCOPE_MM_NUMA_H

/** Memory policies, MPOL_*. */
enum mm_policy {
	POLICY_LOCAL,
	POLICY_PREFERRED,
	POLICY_PREFERRED_MANY,
	POLICY_BIND,
	POLICY_INTERLEAVE,
	POLICY_WEIGHTED_INTERLEAVE,
	NR_POLICIES
};

struct mm_node_info {
	pfn_t start, spanned, present; /* frames */
	unsigned int tier;	       /* of its memory; 0 is the fastest */
	unsigned int nr_cpus;
	unsigned int distance[MM_MAX_NODES]; /* to each node; 10: to itself */
	/** Zones in the order in which a request is offered them. */
	unsigned int nr_zonelist;
	/** Node that reclaim would demote to, and all that it may; NO_NODE. */
	uint32_t demotion_target, demotion_allowed;
	int64_t dirty, dirty_limit; /* pages: in use, and how many may be */
};
/** A node; all zeros, and NO_NODE, when there is none of that number. */
void mm_node_info(const struct mm *mm, unsigned int nid,
		  struct mm_node_info *ni);
/** Entry @i of a node's zonelist; NO_ZONE past its end. */
zone_t mm_zonelist(const struct mm *mm, unsigned int nid, bool thisnode,
		   unsigned int i);
/** Node of a CPU; NO_NODE if there is no such CPU. */
unsigned int mm_cpu_node(const struct mm *mm, unsigned int cpu);
/** Distance between two nodes; 0 if one of them is not there. */
unsigned int mm_node_distance(const struct mm *mm, unsigned int a,
			      unsigned int b);

/** What a process wants of its memory: on which nodes. */
struct mm_policy_info {
	enum mm_policy policy;
	uint32_t nodes;
	uint32_t home_node; /* of bind and preferred-many; NO_NODE: none */
	uint8_t weight[MM_MAX_NODES]; /* of weighted-interleave; 0 counts 1 */
};
/** The policy of process @i, 1..; local for one that is not there. */
void mm_process_policy(const struct mm *mm, unsigned int i,
		       struct mm_policy_info *pi);
/**
 * mm_set_process_policy - from the next request on
 *
 * -EINVAL with a reason for a process, a policy or a set that cannot be: all
 * but local have at least one node, and only nodes with memory.
 *
 * Models: do_set_mempolicy(), set_mempolicy_home_node(), mm/mempolicy.c
 */
int mm_set_process_policy(struct mm *mm, unsigned int i,
			  const struct mm_policy_info *pi,
			  struct mm_error *err);
/** "local", "weighted-interleave"; "?" for a number that is none. */
const char *mm_policy_name(enum mm_policy policy);

#endif
