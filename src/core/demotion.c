/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * demotion.c - see demotion.h
 */
#include "core/demotion.h"

#include "core/gfp_masks.h"
#include "core/migrate_node.h"
#include "core/trace.h"
#include "core/zonelist.h"

/* ---- targets ---- */

static uint32_t tier_of(const struct mm *mm, unsigned int nid)
{
	return mm->st->cfg.tier[nid];
}

uint32_t demotion_allowed(const struct mm *mm, unsigned int nid)
{
	uint32_t set = 0;

	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++)
		if (mm->st->node[n].present &&
		    tier_of(mm, n) > tier_of(mm, nid))
			set |= 1u << n;
	return set;
}

/* The allowed nodes of the fastest tier among them. */
static uint32_t next_tier(const struct mm *mm, unsigned int nid)
{
	const uint32_t allowed = demotion_allowed(mm, nid);
	uint32_t tier = UINT32_MAX, set = 0;

	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++)
		if ((allowed >> n & 1) && tier_of(mm, n) < tier)
			tier = tier_of(mm, n);
	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++)
		if ((allowed >> n & 1) && tier_of(mm, n) == tier)
			set |= 1u << n;
	return set;
}

/** Models: establish_demotion_targets(); the best, and all that are as far */
uint32_t demotion_preferred(const struct mm *mm, unsigned int nid)
{
	static const uint32_t no_load[MM_MAX_NODES];
	const uint32_t *distance = mm->st->cfg.distance[nid];
	uint32_t used = ~next_tier(mm, nid), set = 0;
	int n, first = find_next_best_node(mm, nid, used, no_load);

	for (n = first; n >= 0 && distance[n] == distance[first];
	     n = find_next_best_node(mm, nid, used, no_load)) {
		set |= 1u << n;
		used |= 1u << n;
	}
	return set;
}

uint32_t next_demotion_node(const struct mm *mm, unsigned int nid)
{
	const uint32_t set = demotion_preferred(mm, nid);

	return set ? (unsigned int)__builtin_ctz(set) : NO_NODE;
}

uint32_t demote_target(const struct mm *mm, unsigned int nid)
{
	return mm->st->cfg.demotion ? next_demotion_node(mm, nid) : NO_NODE;
}

/* ---- moving ---- */

/*
 * G41: first the target alone, then any node of a lower tier; without taking
 * trouble, and without the reserves that a reclaimer has a right to.
 */
static pfn_t alloc_demote_page(struct mm *mm, uint32_t task, unsigned int order,
			       unsigned int nid, uint32_t allowed)
{
	struct mm_request want = {
		.gfp = gfp_demotion(order, true),
		.order = (uint16_t)order,
		.cpu = mm->cpu,
		.nid = (int16_t)nid,
		.caller = MM_CALLER_MEMALLOC,
	};
	pfn_t pfn = alloc_nested(mm, task, &want, ALL_NODES);

	if (pfn != NO_PFN)
		return pfn;
	want.gfp = gfp_demotion(order, false);
	return alloc_nested(mm, task, &want, allowed);
}

pfn_t demote_page(struct mm *mm, pfn_t pfn, uint32_t task, enum demoter by)
{
	static const enum node_stat_item counter[] = {
		[DEMOTED_BY_KSWAPD] = PGDEMOTE_KSWAPD,
		[DEMOTED_DIRECTLY] = PGDEMOTE_DIRECT,
		[DEMOTED_PROACTIVELY] = PGDEMOTE_PROACTIVE,
	};
	const unsigned int order = block_order(&mm->page[pfn].b);
	const unsigned int from = zone_nid(mm_zone_of(mm, pfn));
	const unsigned int nid = next_demotion_node(mm, from);
	pfn_t to = NO_PFN;

	if (nid != NO_NODE)
		to = alloc_demote_page(mm, task, order, nid,
				       demotion_allowed(mm, from));
	TRACE(mm, demote, ARG(pfn), ARG(order), ARG(from), ARG(nid), ARG(to));
	if (to == NO_PFN) {
		count_vm_events(mm, VM_PGMIGRATE_FAIL, UINT64_C(1) << order);
		return NO_PFN;
	}
	move_to_node(mm, pfn, to, order);
	mod_node_page_state(mm, from, counter[by], INT64_C(1) << order);
	return to;
}
