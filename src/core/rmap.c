/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rmap.c - see rmap.h
 */
#include "core/rmap.h"

#include "core/freelist.h"
#include "core/trace.h"

uint32_t process_of_owner(const struct mm *mm, uint16_t owner)
{
	for (uint32_t i = 1; owner && i <= mm->st->nr_processes; i++)
		if (mm->process[i].owner == owner)
			return i;
	return 0;
}

static void set_mappings(struct mm *mm, pfn_t pfn, unsigned int mapped,
			 unsigned int young)
{
	const struct block *b = &mm->page[pfn].b;
	const uint32_t rest =
		b->word & (BLOCK_CHARGED | (0xffff & ~BLOCK_OFTEN_MASK));

	if (young > MAX_YOUNG)
		young = MAX_YOUNG;
	STORE(mm, b->word,
	      rest | block_mapped_word(mapped) | (uint32_t)young << 24);
}

void add_mm_counter(struct mm *mm, uint32_t process, enum mm_counter member,
		    int64_t pages)
{
	const struct process *p = &mm->process[process];
	const uint64_t *const place[NR_MM_COUNTERS] = {
		[MM_FILEPAGES] = &p->rss_file,
		[MM_ANONPAGES] = &p->rss_anon,
		[MM_SWAPENTS] = &p->swapents,
		[MM_SHMEMPAGES] = &p->rss_shmem,
	};
	const uint64_t now = *place[member] + (uint64_t)pages;

	if (pages == 0)
		return;
	store_bytes(mm, place[member], &now, sizeof now);
	TRACE(mm, rss_stat, ARG(p->pid), ARG(member), ARG(now));
}

/* All that share the memory map have the page in their rss. */
static void count_rss(struct mm *mm, pfn_t pfn, int64_t pages)
{
	const struct page *page = &mm->page[pfn];

	for (uint32_t i = 1; page->owner && i <= mm->st->nr_processes; i++) {
		const struct process *p = &mm->process[i];

		if (p->owner != page->owner)
			continue;
		add_mm_counter(mm, i,
			       page->attr & PAGE_SWAPBACKED ? MM_ANONPAGES
							    : MM_FILEPAGES,
			       pages);
	}
}

/* The first mapping came, or the last one went. */
static void count_mapped(struct mm *mm, pfn_t pfn, int sign)
{
	const struct page *page = &mm->page[pfn];
	const int64_t pages = sign * order_pages(block_order(&page->b));
	const unsigned int nid = page_nid(mm, pfn);

	if (page->attr & PAGE_SWAPBACKED) {
		mod_node_page_state(mm, nid, NR_ANON_PAGES, pages);
		if (block_order(&page->b) &&
		    block_order(&page->b) == mm->st->cfg.pmd_order)
			mod_node_page_state(
				mm, nid, NR_ANON_TRANSPARENT_HUGEPAGES, pages);
	} else {
		mod_node_page_state(mm, nid, NR_MAPPED, pages);
	}
	count_rss(mm, pfn, pages);
}

void page_map(struct mm *mm, pfn_t pfn, bool young)
{
	const struct block *b = &mm->page[pfn].b;
	const unsigned int n = block_mapcount(b);

	if (n == MAX_MAPCOUNT)
		return;
	set_mappings(mm, pfn, n + 1, block_young(b) + young);
	if (n == 0)
		count_mapped(mm, pfn, 1);
}

bool page_unmap(struct mm *mm, pfn_t pfn)
{
	const struct block *b = &mm->page[pfn].b;
	const unsigned int n = block_mapcount(b), y = block_young(b);

	if (n == 0)
		return false;
	set_mappings(mm, pfn, n - 1, y < n ? y : n - 1);
	if (n == 1)
		count_mapped(mm, pfn, -1);
	return true;
}

unsigned int page_unmap_all(struct mm *mm, pfn_t pfn)
{
	const unsigned int n = block_mapcount(&mm->page[pfn].b);

	if (n) {
		set_mappings(mm, pfn, 0, 0);
		count_mapped(mm, pfn, -1);
	}
	return n;
}

void page_set_young(struct mm *mm, pfn_t pfn, unsigned int young)
{
	const unsigned int n = block_mapcount(&mm->page[pfn].b);

	if (n)
		set_mappings(mm, pfn, n, young < n ? young : n);
}
