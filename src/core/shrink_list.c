/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shrink_list.c - one scan of up to 32 pages of a list
 *
 * Models:   shrink_list, shrink_inactive_list, shrink_active_list,
 *           too_many_isolated in mm/vmscan.c; R19, R22 to R24
 * Left out: khugepaged and proactive reclaim, which count elsewhere; a wait
 *           for others to put back what they isolated is over at once
 */
#include "core/evict.h"
#include "core/lru_batch.h"
#include "core/trace.h"
#include "core/writeback.h"

static int family_of(enum lru_list lru)
{
	return lru >= LRU_INACTIVE_FILE;
}

static void count(struct mm *mm, unsigned int nid, int item, int64_t n)
{
	if (n)
		mod_node_page_state(mm, nid, (enum node_stat_item)item, n);
}

/* ---- inactive lists ---- */

static bool too_many_isolated(const struct mm *mm, unsigned int nid, int f,
			      const struct scan_control *sc)
{
	const gfp_t waits = GFP_BIT_IO | GFP_BIT_FS;
	int64_t inactive = node_page_state(mm, nid, NR_INACTIVE_ANON + 2 * f);

	if (sc->flags & SCAN_KSWAPD || sc->group)
		return false;
	/* those who may not wait get more */
	if ((sc->gfp & waits) == waits)
		inactive >>= 3;
	return node_page_state(mm, nid, NR_ISOLATED_ANON + f) > inactive;
}

static void add_stat(struct scan_control *sc, const struct reclaim_stat *stat,
		     int64_t taken, int f)
{
	sc->dirty += stat->dirty;
	sc->unqueued_dirty += stat->unqueued_dirty;
	sc->congested += stat->congested;
	sc->writeback += stat->writeback;
	sc->immediate += stat->immediate;
	sc->taken += taken;
	if (f)
		sc->file_taken += taken;
}

static void trace_inactive(struct mm *mm, unsigned int nid, int64_t scanned,
			   int64_t reclaimed, const struct reclaim_stat *s,
			   const struct scan_control *sc, int f)
{
	TRACE(mm, mm_vmscan_lru_shrink_inactive, HALVES(nid, sc->priority),
	      ARG(scanned), HALVES(reclaimed, s->dirty),
	      HALVES(s->writeback, s->congested),
	      HALVES(s->immediate, s->ref_keep),
	      HALVES(s->activate[0], s->activate[1]), HALVES(s->unmap_fail, f));
}

static int64_t shrink_inactive_list(struct mm *mm, unsigned int nid,
				    enum lru_list lru, int64_t nr_to_scan,
				    struct scan_control *sc)
{
	const int f = family_of(lru);
	const int direct = !(sc->flags & SCAN_KSWAPD);
	struct reclaim_stat stat = {0};
	struct isolated list;
	int64_t reclaimed, scanned, taken;

	if (too_many_isolated(mm, nid, f, sc)) {
		reclaim_throttle(mm, nid, sc, WAIT_ISOLATED);
		return 0;
	}
	lru_add_drain(mm);
	isolate_lru_folios(mm, nid, lru, nr_to_scan, sc, &list);
	scanned = list.scanned;
	taken = list.pages;
	count(mm, nid, NR_ISOLATED_ANON + f, taken);
	count(mm, nid, PGSCAN_KSWAPD + direct, scanned);
	count(mm, nid, PGSCAN_ANON + f, scanned);
	if (taken == 0)
		return 0;
	reclaimed = shrink_folio_list(mm, nid, sc, &list, &stat);
	for (unsigned int i = 0; i < list.n; i++)
		page_put_back(mm, list.pfn[i]);
	count(mm, nid, NR_ISOLATED_ANON + f, -taken);
	count(mm, nid, PGSTEAL_KSWAPD + direct, reclaimed);
	count(mm, nid, PGSTEAL_ANON + f, reclaimed);
	if (scanned > reclaimed)
		count(mm, nid, PGROTATE_ANON + f, scanned - reclaimed);
	if (stat.unqueued_dirty == taken)
		wakeup_flusher_threads(mm);
	add_stat(sc, &stat, taken, f);
	trace_inactive(mm, nid, scanned, reclaimed, &stat, sc, f);
	return reclaimed;
}

/* ---- active lists ---- */

/* Code that is being run is worth another round; all else grows old. */
static bool stays_active(struct mm *mm, pfn_t pfn, int f)
{
	return page_referenced(mm, pfn) && f && page_is_exec(mm, pfn);
}

void shrink_active_list(struct mm *mm, unsigned int nid, enum lru_list lru,
			int64_t nr_to_scan, struct scan_control *sc)
{
	const int f = family_of(lru);
	pfn_t old[SWAP_CLUSTER_MAX];
	int64_t rotated = 0, deactivated = 0;
	unsigned int nr_old = 0, nr_hot = 0;
	struct isolated list;

	lru_add_drain(mm);
	isolate_lru_folios(mm, nid, lru, nr_to_scan, sc, &list);
	count(mm, nid, NR_ISOLATED_ANON + f, list.pages);
	count(mm, nid, PGREFILL, list.scanned);
	for (unsigned int i = 0; i < list.n; i++) {
		const pfn_t pfn = list.pfn[i];

		if (!page_evictable(&mm->page[pfn])) {
			page_put_back(mm, pfn);
		} else if (stays_active(mm, pfn, f)) {
			rotated += page_pages(mm, pfn);
			list.pfn[nr_hot++] = pfn;
		} else {
			page_change(mm, pfn, PAGE_WORKINGSET, PAGE_ACTIVE);
			deactivated += page_pages(mm, pfn);
			old[nr_old++] = pfn;
		}
	}
	for (unsigned int i = 0; i < nr_hot; i++)
		page_put_back(mm, list.pfn[i]);
	for (unsigned int i = 0; i < nr_old; i++)
		page_put_back(mm, old[i]);
	count_vm_events(mm, VM_PGDEACTIVATE, (uint64_t)deactivated);
	count(mm, nid, NR_ISOLATED_ANON + f, -list.pages);
	count(mm, nid, PGROTATE_ANON + f, rotated);
	TRACE(mm, mm_vmscan_lru_shrink_active, ARG(nid), ARG(list.pages),
	      ARG(rotated), ARG(deactivated), ARG(rotated), ARG(sc->priority),
	      f);
}

/* ---- either ---- */

int64_t shrink_list(struct mm *mm, unsigned int nid, enum lru_list lru,
		    int64_t nr_to_scan, struct scan_control *sc)
{
	const uint32_t allowed = (uint32_t)SCAN_DEACTIVATE_ANON
				 << family_of(lru);

	if (lru == LRU_INACTIVE_ANON || lru == LRU_INACTIVE_FILE)
		return shrink_inactive_list(mm, nid, lru, nr_to_scan, sc);
	if (sc->flags & allowed)
		shrink_active_list(mm, nid, lru, nr_to_scan, sc);
	else
		sc->flags |= SCAN_SKIPPED_DEACTIVATE;
	return 0;
}
