/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scan_balance.c - how much of which list to scan
 *
 * Models:   prepare_scan_control, get_scan_count, inactive_is_low,
 *           snapshot_refaults in mm/vmscan.c; R13 to R17
 * Left out: costs and refaults of a group (those of its node stand for them),
 *           swappiness of a group
 */
#include "core/demotion.h"
#include "core/pcp.h"
#include "core/vmscan.h"
#include "core/watermark.h"

static int64_t isqrt(int64_t x)
{
	int64_t root = 0;

	for (int64_t bit = INT64_C(1) << 30; bit; bit >>= 1)
		if ((root + bit) * (root + bit) <= x)
			root += bit;
	return root;
}

bool inactive_too_few(int64_t inactive, int64_t active, unsigned int page_shift)
{
	const int64_t gb = (inactive + active) >> (30 - page_shift);
	const int64_t ratio = gb ? isqrt(10 * gb) : 1;

	return inactive * ratio < active;
}

bool inactive_is_low(const struct mm *mm, unsigned int nid, uint32_t group,
		     enum lru_list inactive)
{
	return inactive_too_few(
		group_lru_size(mm, nid, group, inactive),
		group_lru_size(mm, nid, group, (enum lru_list)(inactive + 1)),
		mm->st->cfg.page_shift);
}

static bool can_demote(const struct mm *mm, unsigned int nid,
		       const struct scan_control *sc)
{
	return !(sc->flags & SCAN_NO_DEMOTION) &&
	       demote_target(mm, nid) != NO_NODE;
}

bool can_reclaim_anon(const struct mm *mm, unsigned int nid,
		      const struct scan_control *sc)
{
	return mm->st->swap_free > 0 || can_demote(mm, nid, sc);
}

bool can_age_anon(const struct mm *mm, unsigned int nid,
		  const struct scan_control *sc)
{
	return mm->st->swap_total > 0 || can_demote(mm, nid, sc);
}

/* ---- before a node pass ---- */

/*
 * What a family cost since the last look: pages that came back, were written
 * or had to be put back.  Old costs fade.  R13
 */
static void note_costs(struct mm *mm, unsigned int nid)
{
	const struct node *n = &mm->st->node[nid];
	int64_t cost[ANON_AND_FILE], most = 0;

	for (int l = 0; l < LRU_UNEVICTABLE; l++)
		most += n->stat[NR_INACTIVE_ANON + l];
	for (int f = 0; f < ANON_AND_FILE; f++) {
		const int64_t rotated = n->stat[PGROTATE_ANON + f];
		int64_t io = n->stat[WORKINGSET_RESTORE_ANON + f];

		if (f == 0)
			io += n->stat[NR_VMSCAN_WRITE];
		cost[f] = n->lru.cost[f] +
			  SWAP_CLUSTER_MAX * (io - n->lru.last_io[f]) +
			  (rotated - n->lru.last_rotate[f]);
		STORE(mm, n->lru.last_io[f], io);
		STORE(mm, n->lru.last_rotate[f], rotated);
	}
	while (cost[0] + cost[1] > most / 4) {
		cost[0] /= 2;
		cost[1] /= 2;
	}
	for (int f = 0; f < ANON_AND_FILE; f++)
		STORE(mm, n->lru.cost[f], cost[f]);
}

/* R15: returning pages show that what is active is stale. */
static bool may_deactivate(const struct mm *mm, unsigned int nid,
			   uint32_t group, int f)
{
	const struct node *n = &mm->st->node[nid];

	return n->stat[WORKINGSET_ACTIVATE_ANON + f] !=
		       n->lru.last_activate[f] ||
	       inactive_is_low(mm, nid, group,
			       (enum lru_list)(LRU_INACTIVE_ANON + 2 * f));
}

static void set_flag(struct scan_control *sc, uint32_t flag, bool on)
{
	sc->flags = on ? sc->flags | flag : sc->flags & ~flag;
}

/* With so little file memory, taking more of it would only make it return. */
static bool file_is_tiny(const struct mm *mm, unsigned int nid,
			 const struct scan_control *sc)
{
	const struct node *n = &mm->st->node[nid];
	int64_t file = n->stat[NR_ACTIVE_FILE] + n->stat[NR_INACTIVE_FILE];
	int64_t high = 0;

	for (int z = 0; z < MAX_NR_ZONES; z++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)z);

		file += zone_page_state(mm, zid, NR_FREE_PAGES);
		if (mm->zone[zid].managed)
			high += wmark_pages(mm, zid, WMARK_HIGH);
	}
	return file <= high && !(sc->flags & SCAN_DEACTIVATE_ANON) &&
	       n->stat[NR_INACTIVE_ANON] >> sc->priority != 0;
}

void prepare_scan_control(struct mm *mm, unsigned int nid,
			  struct scan_control *sc)
{
	const struct node *n = &mm->st->node[nid];
	const bool force = sc->flags & SCAN_FORCE_DEACTIVATE;

	note_costs(mm, nid);
	sc->anon_cost = n->lru.cost[0];
	sc->file_cost = n->lru.cost[1];
	for (int f = 0; f < ANON_AND_FILE; f++)
		set_flag(sc, (uint32_t)SCAN_DEACTIVATE_ANON << f,
			 force || may_deactivate(mm, nid, sc->group, f));
	set_flag(sc, SCAN_CACHE_TRIM,
		 group_lru_size(mm, nid, sc->group, LRU_INACTIVE_FILE) >>
					 sc->priority !=
				 0 &&
			 !(sc->flags &
			   (SCAN_DEACTIVATE_FILE | SCAN_NO_CACHE_TRIM)));
	if (!sc->group)
		set_flag(sc, SCAN_FILE_IS_TINY, file_is_tiny(mm, nid, sc));
}

void snapshot_refaults(struct mm *mm, unsigned int nid)
{
	const struct node *n = &mm->st->node[nid];

	for (int f = 0; f < ANON_AND_FILE; f++)
		STORE(mm, n->lru.last_activate[f],
		      n->stat[WORKINGSET_ACTIVATE_ANON + f]);
}

/* ---- the shares ---- */

enum balance { SCAN_EQUAL, SCAN_FRACT, SCAN_ANON, SCAN_FILE };

static enum balance which_families(const struct mm *mm, unsigned int nid,
				   const struct scan_control *sc)
{
	const uint32_t swappiness = mm->st->cfg.swappiness;

	if (!(sc->flags & SCAN_MAY_SWAP) || !can_reclaim_anon(mm, nid, sc))
		return SCAN_FILE;
	if (sc->group && swappiness == 0)
		return SCAN_FILE;
	if (sc->priority == 0 && swappiness != 0)
		return SCAN_EQUAL;
	if (sc->flags & SCAN_FILE_IS_TINY)
		return SCAN_ANON;
	return sc->flags & SCAN_CACHE_TRIM ? SCAN_FILE : SCAN_FRACT;
}

/* The dearer family is spared, each with a third of the total on top. */
static void fractions(const struct mm *mm, const struct scan_control *sc,
		      int64_t part[ANON_AND_FILE])
{
	const int64_t swappiness = mm->st->cfg.swappiness;
	const int64_t total = sc->anon_cost + sc->file_cost;
	const int64_t anon = total + sc->anon_cost;
	const int64_t file = total + sc->file_cost;

	part[0] = swappiness * (anon + file + 1) / (anon + 1);
	part[1] = (200 - swappiness) * (anon + file + 1) / (file + 1);
}

void get_scan_count(const struct mm *mm, unsigned int nid,
		    const struct scan_control *sc, int64_t nr[LRU_UNEVICTABLE])
{
	const enum balance balance = which_families(mm, nid, sc);
	int64_t part[ANON_AND_FILE];

	fractions(mm, sc, part);
	for (int l = 0; l < LRU_UNEVICTABLE; l++) {
		const int f = l >= LRU_INACTIVE_FILE;
		const int64_t size = unprotected_part(
			mm, sc, set_lru_size(mm, nid, (enum lru_list)l, sc));

		nr[l] = size >> sc->priority;
		if (balance == SCAN_FRACT)
			nr[l] = nr[l] * part[f] / (part[0] + part[1]);
		else if (balance == (f ? SCAN_ANON : SCAN_FILE))
			nr[l] = 0;
	}
}
