/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * zonelist.c - see zonelist.h; rules W4 to W8
 */
#include "core/zonelist.h"

#include "core/layout.h"
#include "core/store.h"
#include "core/watermark.h"

/* A node's own populated zones, the highest index first. */
static void append_node(struct mm *mm, unsigned int nid, unsigned int which,
			unsigned int from)
{
	const struct node *n = &mm->st->node[nid];

	for (int z = MAX_NR_ZONES - 1; z >= 0; z--) {
		const zone_t zid = mm_zone_id(from, (enum zone_type)z);
		const uint32_t i = n->nr_zonelist[which];

		if (!mm_zone_populated(mm, zid))
			continue;
		STORE(mm, n->zonelist[which][i], zid);
		STORE(mm, n->nr_zonelist[which], i + 1);
	}
}

static bool node_has_cpus(const struct mm *mm, unsigned int nid)
{
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		if (mm->st->cfg.cpu_node[cpu] == nid)
			return true;
	return false;
}

/**
 * Nearest unused node with memory; nodes without CPUs a little sooner, nodes
 * before ours a little later, and ties spread by how often they came first.
 *
 * Models: find_next_best_node(), mm/page_alloc.c; W6
 */
int find_next_best_node(const struct mm *mm, unsigned int nid, uint32_t used,
			const uint32_t *load)
{
	uint64_t best_score = UINT64_MAX;
	int best = -1;

	if (!(used & 1u << nid) && mm->st->node[nid].present)
		return (int)nid;
	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++) {
		uint64_t score;

		if ((used & 1u << n) || !mm->st->node[n].present)
			continue;
		score = mm->st->cfg.distance[nid][n];
		score += n < nid;
		score += node_has_cpus(mm, n);
		score = score * 1024 + load[n];
		if (score < best_score) {
			best_score = score;
			best = (int)n;
		}
	}
	return best;
}

/*
 * With too little memory to keep types apart, they are not.  At boot nothing
 * is managed yet and there are no marks: then what is present counts.
 */
static bool too_small_to_group(const struct mm *mm)
{
	int64_t pages = 0;

	for (uint32_t i = 0; i < mm->st->nr_populated; i++) {
		const zone_t zid = mm->st->populated[i];
		const struct zone *z = &mm->zone[zid];
		const int64_t above =
			z->managed
				? z->managed - wmark_pages(mm, zid, WMARK_HIGH)
				: z->present;

		if (zone_idx(zid) <= ZONE_MOVABLE && above > 0)
			pages += above;
	}
	return pages < pageblock_nr_pages(mm) * MIGRATE_TYPES;
}

bool mm_mobility_grouping(const struct mm *mm)
{
	return !mm->st->mobility_disabled;
}

static void set_mobility_grouping(struct mm *mm)
{
	const uint32_t how = mm->st->cfg.mobility_grouping;
	const bool off = how == GROUPING_OFF ||
			 (how == GROUPING_AUTO && too_small_to_group(mm));

	STORE(mm, mm->st->mobility_disabled, off);
}

static void build_zonelists(struct mm *mm)
{
	uint32_t load[MM_MAX_NODES] = {0};

	for (unsigned int nid = 0; nid < mm->st->cfg.nr_nodes; nid++) {
		uint32_t used = 0;
		int prev = (int)nid, n;

		STORE(mm, mm->st->node[nid].nr_zonelist[0], 0);
		STORE(mm, mm->st->node[nid].nr_zonelist[1], 0);
		append_node(mm, nid, 1, nid);
		while ((n = find_next_best_node(mm, nid, used, load)) >= 0) {
			if (mm->st->cfg.distance[nid][n] !=
			    mm->st->cfg.distance[nid][prev])
				load[n]++;
			used |= 1u << n;
			prev = n;
			append_node(mm, nid, 0, (unsigned int)n);
		}
	}
}

/** Models: build_all_zonelists(), mm/page_alloc.c; W9 */
void build_all_zonelists(struct mm *mm)
{
	build_zonelists(mm);
	set_mobility_grouping(mm);
}

void prepare_alloc(const struct mm *mm, const struct mm_request *want,
		   struct alloc_context *ac)
{
	const unsigned int nid = want->nid >= 0
					 ? (unsigned int)want->nid
					 : mm->st->cfg.cpu_node[want->cpu];
	const unsigned int which = want->gfp & GFP_BIT_THISNODE ? 1 : 0;
	const struct node *n = &mm->st->node[nid];

	*ac = (struct alloc_context){
		.gfp = want->gfp,
		.order = want->order,
		.mt = (enum migratetype)mm_request_migratetype(mm, want->gfp),
		.highest = gfp_highest(mm, want->gfp),
		.caller = want->caller,
		.nodemask = ALL_NODES,
		.spread_dirty = (want->gfp & GFP_BIT_WRITE) != 0,
		.zonelist = n->zonelist[which],
		.nr_zones = n->nr_zonelist[which],
	};
	ac->pref = next_zone(ac, 0);
}
