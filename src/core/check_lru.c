/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_lru.c - the LRU lists of every node, and what counts them; check.h
 */
#include "core/check.h"
#include "core/lru_batch.h"
#include "core/pageblock.h"

/* One list: its blocks are in use, on no other list, and know it. */
static int check_list(const struct mm *mm, unsigned int nid, enum lru_list lru,
		      int64_t zone[MAX_NR_ZONES], struct tally *t,
		      struct mm_broken *b)
{
	const struct list *l = &mm->st->node[nid].lru.list[lru];
	pfn_t prev = NO_PFN, pfn = l->head;
	uint32_t n = 0;

	for (; pfn != NO_PFN; n++) {
		const struct page *page;

		if (pfn >= mm->st->nr_frames || n == mm->st->nr_frames ||
		    (n && pfn == l->head))
			return broken_at(b, "LRU_LISTS",
					 "node %u, list %d: at %u", nid, lru,
					 pfn);
		page = &mm->page[pfn];
		if (block_state(&page->b) != BLOCK_USED ||
		    block_order(&page->b) > mm->st->cfg.max_page_order ||
		    !(page->attr & PAGE_LRU) || page_lru_list(page) != lru ||
		    page_nid(mm, pfn) != nid || (n && page->b.prev != prev))
			return broken_at(b, "LRU_LISTS",
					 "node %u, list %d: pfn %u does not "
					 "belong there",
					 nid, lru, pfn);
		zone[zone_idx(page_zone(mm, pfn))] += INT64_C(1)
						      << block_order(&page->b);
		prev = pfn;
		pfn = list_next(mm, l, 0, pfn);
	}
	if (l->tail != prev)
		return broken_at(b, "LRU_LISTS", "node %u, list %d: tail %u",
				 nid, lru, l->tail);
	t->lru += n;
	return 0;
}

static int check_counts(const struct mm *mm, unsigned int nid,
			enum lru_list lru, const int64_t zone[MAX_NR_ZONES],
			struct mm_broken *b)
{
	int64_t sum = 0;

	for (int z = 0; z < MAX_NR_ZONES; z++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)z);

		sum += zone[z];
		if (mm->zone[zid].lru[lru] != zone[z])
			return broken_at(b, "LRU_COUNTS",
					 "zone %u, list %d: %lld counted, "
					 "%lld listed",
					 zid, lru,
					 (long long)mm->zone[zid].lru[lru],
					 (long long)zone[z]);
	}
	if (mm->st->node[nid].stat[NR_INACTIVE_ANON + lru] != sum)
		return broken_at(b, "LRU_COUNTS",
				 "node %u, list %d: %lld listed", nid, lru,
				 (long long)sum);
	return 0;
}

/* Those that are to be added are on no list, and wait nowhere else. */
static bool may_wait(const struct mm *mm, unsigned int which, pfn_t pfn)
{
	return pfn < mm->st->nr_frames &&
	       block_state(&mm->page[pfn].b) == BLOCK_USED &&
	       block_order(&mm->page[pfn].b) == 0 &&
	       (which != LRU_ADD || (!(mm->page[pfn].attr & PAGE_LRU) &&
				     lru_batch_times(mm, pfn) == 1));
}

/* Pages that wait are in use. */
static int check_batches(const struct mm *mm, struct mm_broken *b)
{
	uint32_t nr = 0;

	for (unsigned int i = 0; i < mm->st->cfg.nr_cpus * NR_LRU_BATCHES;
	     i++) {
		const struct lru_batches *l = &mm->batch[i / NR_LRU_BATCHES];
		const unsigned int which = i % NR_LRU_BATCHES;

		if (l->nr[which] >= LRU_BATCH)
			return broken_at(b, "LRU_BATCHES", "CPU %u: %u pages",
					 i / NR_LRU_BATCHES, l->nr[which]);
		nr += l->nr[which];
		for (uint32_t k = 0; k < l->nr[which]; k++) {
			const pfn_t pfn = l->pfn[which][k];

			if (!may_wait(mm, which, pfn))
				return broken_at(b, "LRU_BATCHES",
						 "CPU %u: pfn %u",
						 i / NR_LRU_BATCHES, pfn);
		}
	}
	if (mm->st->lru_disabled > MM_MAX_TASKS || (mm->st->lru_disabled && nr))
		return broken_at(b, "LRU_BATCHES",
				 "%u pages, but %u tasks want none", nr,
				 mm->st->lru_disabled);
	if (nr != mm->st->nr_batched)
		return broken_at(b, "LRU_BATCHES", "%u pages, %u counted", nr,
				 mm->st->nr_batched);
	return 0;
}

int check_lru(const struct mm *mm, struct tally *t, struct mm_broken *b)
{
	int e = check_batches(mm, b);

	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++)
		for (int l = 0; !e && l < NR_LRU_LISTS; l++) {
			int64_t zone[MAX_NR_ZONES] = {0};

			e = check_list(mm, n, (enum lru_list)l, zone, t, b);
			if (!e)
				e = check_counts(mm, n, (enum lru_list)l, zone,
						 b);
		}
	return e;
}
