/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_reclaim.c - writes under way, swap, shadows, slab caches; check.h
 *
 * Owners have been checked before: their pages are what they say.
 */
#include <string.h>

#include "core/check.h"
#include "core/frame.h"
#include "core/lru.h"

/* ---- writes ---- */

static bool writes_in_range(const struct mm *mm)
{
	for (unsigned int i = 0; i < NR_WRITES; i++) {
		const struct write *w = &mm->st->write[i];

		if (w->pad || w->blocks > mm->st->nr_frames ||
		    (w->blocks ? w->due == NEVER : w->due != 0))
			return false;
	}
	return mm->st->write[0].blocks == 0;
}

static int check_writes(const struct mm *mm, struct mm_broken *b)
{
	uint32_t blocks[NR_WRITES] = {0};

	if (!writes_in_range(mm))
		return broken_at(b, "WRITES", "a write out of range");
	for (pfn_t p = next_used(mm, 0); p != NO_PFN;) {
		const struct page *page = &mm->page[p];
		const unsigned int i = block_write(&page->b);

		blocks[i]++;
		if (i && !(page->attr & PAGE_WRITEBACK))
			return broken_at(b, "WRITES",
					 "pfn %u is in write %u, but is not "
					 "written",
					 p, i);
		p = next_used(mm, p + ((pfn_t)1 << block_order(&page->b)));
	}
	for (unsigned int i = 1; i < NR_WRITES; i++)
		if (blocks[i] != mm->st->write[i].blocks)
			return broken_at(b, "WRITES",
					 "write %u: %u blocks counted, %u are",
					 i, mm->st->write[i].blocks, blocks[i]);
	return 0;
}

/* ---- swap and shadows ---- */

static int check_swap(const struct mm *mm, struct mm_broken *b)
{
	const int64_t total = mm->st->swap_total, free = mm->st->swap_free;

	if (total < 0 || total > MM_MAX_FRAMES || free < 0 || free > total)
		return broken_at(b, "SWAP_SLOTS", "%lld free of %lld",
				 (long long)free, (long long)total);
	return 0;
}

static int check_shadows(const struct mm *mm, struct mm_broken *b)
{
	static const struct shadow none = {0};
	const struct state *st = mm->st;

	if (st->nr_shadows > NR_SHADOWS || st->first_shadow >= NR_SHADOWS)
		return broken_at(b, "SHADOWS", "%u from %u on", st->nr_shadows,
				 st->first_shadow);
	for (uint32_t i = 0; i < NR_SHADOWS; i++) {
		const struct shadow *s =
			&st->shadow[(st->first_shadow + i) % NR_SHADOWS];

		if (i >= st->nr_shadows
			    ? memcmp(s, &none, sizeof none) != 0
			    : s->owner == 0 || s->owner > st->nr_owners ||
				      s->nid >= st->cfg.nr_nodes ||
				      s->anon > 1 || s->workingset > 1)
			return broken_at(b, "SHADOWS", "shadow %u", i);
	}
	return 0;
}

/* ---- slab caches ---- */

static bool slab_sane(const struct mm *mm, const struct slab *s)
{
	return memchr(s->name, '\0', sizeof s->name) && s->owner &&
	       s->owner <= mm->st->nr_owners && s->objects_per_page >= 1 &&
	       s->objects_per_page <= 4096 && s->seeks <= 1000 &&
	       s->batch >= 1 && s->batch <= 4096 &&
	       s->nid < mm->st->cfg.nr_nodes && s->objects >= 0 &&
	       s->objects <= MM_MAX_OBJECTS && s->deferred >= 0 &&
	       s->deferred <= 2 * MM_MAX_OBJECTS &&
	       s->objects <=
		       (int64_t)mm->owner[s->owner].pages * s->objects_per_page;
}

static int check_slabs(const struct mm *mm, struct mm_broken *b)
{
	static const struct slab none = {.owner = 0};
	const uint32_t nr = mm->st->nr_slabs;

	if (nr > MM_MAX_SLABS)
		return broken_at(b, "SLABS", "%u caches", nr);
	for (uint32_t i = 0; i < MM_MAX_SLABS; i++) {
		const struct slab *s = &mm->st->slab[i];

		if (i < nr ? !slab_sane(mm, s)
			   : memcmp(s, &none, sizeof none) != 0)
			return broken_at(b, "SLABS", "cache %u", i);
		for (uint32_t k = 0; i < nr && k < i; k++)
			if (mm->st->slab[k].owner == s->owner)
				return broken_at(b, "SLABS",
						 "caches %u and %u share "
						 "pages",
						 k, i);
	}
	return 0;
}

/* A node's slab pages are those of the caches' owners. */
static int check_slab_pages(const struct mm *mm, struct mm_broken *b)
{
	int64_t pages[MM_MAX_NODES] = {0};
	bool slab[MM_MAX_OWNERS + 1] = {false};

	for (uint32_t i = 0; i < mm->st->nr_slabs; i++)
		slab[mm->st->slab[i].owner] = true;
	for (pfn_t p = next_used(mm, 0); p != NO_PFN && mm->st->nr_slabs;) {
		const struct page *page = &mm->page[p];
		const pfn_t n = (pfn_t)1 << block_order(&page->b);

		if (slab[page->owner])
			pages[page_nid(mm, p)] += n;
		p = next_used(mm, p + n);
	}
	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++)
		if (mm->st->node[n].stat[NR_SLAB_RECLAIMABLE] != pages[n])
			return broken_at(b, "SLABS",
					 "node %u: %lld pages counted, %lld "
					 "are",
					 n,
					 (long long)mm->st->node[n]
						 .stat[NR_SLAB_RECLAIMABLE],
					 (long long)pages[n]);
	return 0;
}

int check_reclaim(const struct mm *mm, struct mm_broken *b)
{
	int e = check_writes(mm, b);

	if (!e)
		e = check_swap(mm, b);
	if (!e)
		e = check_shadows(mm, b);
	if (!e)
		e = check_slabs(mm, b);
	return e ? e : check_slab_pages(mm, b);
}
