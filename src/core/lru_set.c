/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lru_set.c - the pages of a group on the lists of a node
 *
 * The kernel has a set of lists for each group and node.  Here a node has one
 * set; the pages charged to one group, in the order they have on it, are that
 * group's list.  All that is ever done to a list is to take a page off, or to
 * add one at an end, so this order is the one a list of its own would have.
 * Without groups all pages are the root's, and nothing is searched.
 *
 * Models:   mem_cgroup_iter, mem_cgroup_get_zone_lru_size,
 *           mem_cgroup_below_min, mem_cgroup_below_low,
 *           apply_proportional_protection in mm/vmscan.c and
 *           mm/memcontrol.c; R25.2
 * Left out: the place where a partial walk over groups stopped: the next one
 *           begins at the top again.  Sizes are counted page by page
 */
#include "core/evict.h"
#include "core/lru.h"
#include "core/memcg.h"
#include "core/vmscan.h"

bool page_in_set(const struct mm *mm, pfn_t pfn, const struct scan_control *sc)
{
	return !memcg_online(mm) || memcg_of_page(mm, pfn) == sc->set;
}

/* ---- sizes ---- */

int64_t set_lru_size(const struct mm *mm, unsigned int nid, enum lru_list lru,
		     const struct scan_control *sc)
{
	const struct list *l = &mm->st->node[nid].lru.list[lru];
	int64_t size = 0;

	if (!memcg_online(mm)) {
		for (unsigned int z = 0; z <= sc->reclaim_index; z++)
			size += mm->zone[mm_zone_id(nid, (enum zone_type)z)]
					.lru[lru];
		return size;
	}
	/* the usage of a group is that of all below it, too */
	if (sc->set && mm->st->group[sc->set].usage == 0)
		return 0;
	for (pfn_t pfn = l->head; pfn != NO_PFN; pfn = list_next(mm, l, 0, pfn))
		if (page_in_set(mm, pfn, sc) &&
		    zone_idx(mm_zone_of(mm, pfn)) <= sc->reclaim_index)
			size += page_pages(mm, pfn);
	return size;
}

int64_t group_lru_size(const struct mm *mm, unsigned int nid, uint32_t group,
		       enum lru_list lru)
{
	const struct list *l = &mm->st->node[nid].lru.list[lru];
	int64_t size = 0;

	if (!group)
		return mm->st->node[nid].stat[NR_INACTIVE_ANON + lru];
	for (pfn_t pfn = l->head; pfn != NO_PFN; pfn = list_next(mm, l, 0, pfn))
		if (memcg_is_below(mm, memcg_of_page(mm, pfn), group))
			size += page_pages(mm, pfn);
	return size;
}

/* ---- the tree ---- */

/* The first child of @parent behind @last, in the order they were made. */
static uint32_t child_behind(const struct mm *mm, uint32_t parent,
			     uint32_t last)
{
	for (uint32_t i = last + 1; i <= mm->st->nr_groups; i++)
		if (mm->st->group[i].parent == parent)
			return i;
	return 0;
}

/* A group, then its first child and all below, then the second. */
bool next_set(const struct mm *mm, struct scan_control *sc)
{
	uint32_t at = sc->set, next = child_behind(mm, at, at);

	while (!next && at != sc->group) {
		next = child_behind(mm, mm->st->group[at].parent, at);
		at = mm->st->group[at].parent;
	}
	sc->set = next ? next : sc->group;
	return next != 0;
}

/* ---- protection ---- */

/* Within its own limit a group has none, and the root never has any. */
bool set_is_spared(struct mm *mm, struct scan_control *sc)
{
	const uint32_t g = sc->set;
	int64_t min, low;

	if (!g || g == sc->group)
		return false;
	min = memcg_protected(mm, sc->group, g, false);
	low = memcg_protected(mm, sc->group, g, true);
	if (min >= mm->st->group[g].usage)
		return true;
	if (low > min && !(sc->flags & SCAN_LOW_RECLAIM))
		sc->flags |= SCAN_LOW_SKIPPED;
	if (low < mm->st->group[g].usage)
		return false;
	if (!(sc->flags & SCAN_LOW_RECLAIM))
		return true;
	MEMCG_EVENT(mm, g, events_low);
	return false;
}

int64_t unprotected_part(const struct mm *mm, const struct scan_control *sc,
			 int64_t size)
{
	const uint32_t g = sc->set;
	int64_t min, low, whole;

	if (!g || g == sc->group)
		return size;
	min = memcg_protected(mm, sc->group, g, false);
	low = memcg_protected(mm, sc->group, g, true);
	if (!min && !low)
		return size;
	if (low > min && !(sc->flags & SCAN_LOW_RECLAIM))
		min = low;
	whole = mm->st->group[g].usage > min ? mm->st->group[g].usage : min;
	size -= size * min / (whole + 1);
	return size > SWAP_CLUSTER_MAX ? size : SWAP_CLUSTER_MAX;
}
