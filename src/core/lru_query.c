/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lru_query.c - looking at LRU lists and batches; mm_reclaim.h
 */
#include "core/lru.h"

const char *mm_lru_name(unsigned int lru)
{
	static const char *const names[NR_LRU_LISTS] = {
		"inactive_anon", "active_anon", "inactive_file",
		"active_file",	 "unevictable",
	};

	return lru < NR_LRU_LISTS ? names[lru] : "?";
}

const char *mm_lru_batch_name(unsigned int which)
{
	static const char *const names[NR_LRU_BATCHES] = {
		"add",	      "move_tail", "deactivate_file",
		"deactivate", "lazyfree",  "activate",
	};

	return which < NR_LRU_BATCHES ? names[which] : "?";
}

int64_t mm_lru_size(const struct mm *mm, unsigned int nid, unsigned int lru)
{
	if (nid >= mm->st->cfg.nr_nodes || lru >= NR_LRU_LISTS)
		return 0;
	return mm->st->node[nid].stat[NR_INACTIVE_ANON + lru];
}

int64_t mm_lru_zone_size(const struct mm *mm, zone_t zid, unsigned int lru)
{
	if (!mm_zone_populated(mm, zid) || lru >= NR_LRU_LISTS)
		return 0;
	return mm->zone[zid].lru[lru];
}

pfn_t mm_lru_first(const struct mm *mm, unsigned int nid, unsigned int lru)
{
	if (nid >= mm->st->cfg.nr_nodes || lru >= NR_LRU_LISTS)
		return NO_PFN;
	return mm->st->node[nid].lru.list[lru].head;
}

pfn_t mm_lru_next(const struct mm *mm, pfn_t pfn)
{
	const struct page *page;

	if (pfn >= mm->st->nr_frames)
		return NO_PFN;
	page = &mm->page[pfn];
	if (block_state(&page->b) != BLOCK_USED || !(page->attr & PAGE_LRU))
		return NO_PFN;
	return list_next(
		mm,
		&mm->st->node[page_nid(mm, pfn)].lru.list[page_lru_list(page)],
		0, pfn);
}

unsigned int mm_lru_batch_len(const struct mm *mm, unsigned int cpu,
			      unsigned int which)
{
	return cpu < mm->st->cfg.nr_cpus && which < NR_LRU_BATCHES
		       ? mm->batch[cpu].nr[which]
		       : 0;
}

pfn_t mm_lru_batch_at(const struct mm *mm, unsigned int cpu, unsigned int which,
		      unsigned int i)
{
	return i < mm_lru_batch_len(mm, cpu, which)
		       ? mm->batch[cpu].pfn[which][i]
		       : NO_PFN;
}
