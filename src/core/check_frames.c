/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_frames.c - owners, frames and pageblocks; see check.h
 *
 * The frames of a zone that are free, on per-CPU lists or in use are its
 * managed pages (FRAMES_ALL_PLACED).  That holds for worlds that were made
 * and for recorded ones: memory that is placed nowhere counts as reserved,
 * and reserved memory is not managed.  A loader that cannot say where every
 * managed page is has to place the rest, or to set `managed` to what it
 * placed.
 */
#include <string.h>

#include "core/check.h"
#include "core/hugetlb.h"
#include "core/page_type.h"
#include "core/list.h"
#include "core/pageblock.h"

/* ---- owners ---- */

static int check_owner(const struct mm *mm, uint32_t owner, struct tally *t,
		       struct mm_broken *b)
{
	const struct owner *o = &mm->owner[owner];
	const uint32_t most = o->nr - o->nr_lru;
	pfn_t prev = NO_PFN, pfn = o->blocks.head;
	uint32_t n = 0;

	if (o->nr_lru > o->nr)
		return broken_at(b, "OWNERS",
				 "%s: %u of %u blocks on LRU lists", o->name,
				 o->nr_lru, o->nr);

	for (; pfn != NO_PFN; n++) {
		const struct page *page;

		/* the head's prev means nothing: only it could come again */
		if (pfn >= mm->st->nr_frames || n == most ||
		    (n && pfn == o->blocks.head))
			return broken_at(b, "OWNERS", "%s: list at %u", o->name,
					 pfn);
		page = &mm->page[pfn];
		if (block_state(&page->b) != BLOCK_USED ||
		    page->owner != owner || page->attr & PAGE_LRU ||
		    page_is_hugetlb(page) || (n && page->b.prev != prev) ||
		    (block_order(&page->b) > mm->st->cfg.max_page_order &&
		     !(page->attr & PAGE_COMPOUND)))
			return broken_at(b, "OWNERS",
					 "%s: pfn %u is not its own", o->name,
					 pfn);
		if ((n & 0xffff) == 0xffff && break_off(mm))
			return check_broken_off(b);
		prev = pfn;
		pfn = list_next(mm, &o->blocks, 0, pfn);
	}
	if (n != most || o->blocks.tail != prev)
		return broken_at(b, "OWNERS",
				 "%s: %u blocks listed, %u counted", o->name, n,
				 most);
	t->owned += o->nr;
	return 0;
}

static bool all_zero(const struct owner *from, size_t nr)
{
	const unsigned char *p = (const unsigned char *)from;
	const size_t size = nr * sizeof *from;

	return size == 0 || (p[0] == 0 && memcmp(p, p + 1, size - 1) == 0);
}

int check_owners(const struct mm *mm, struct tally *t, struct mm_broken *b)
{
	const uint32_t nr = mm->st->nr_owners;
	int e = 0;

	/* a record is written when it gets its name; 0 is nobody's */
	if (nr > MM_MAX_OWNERS || !all_zero(mm->owner, 1) ||
	    !all_zero(mm->owner + nr + 1, MM_MAX_OWNERS - nr))
		return broken_at(b, "OWNERS", "records past the last of %u",
				 nr);
	for (uint32_t i = 1; !e && i <= nr; i++)
		e = check_owner(mm, i, t, b);
	return e;
}

/* ---- frames ---- */

/** What was met of one zone. */
struct zone_seen {
	uint64_t frames; /* in free, per-CPU and used blocks */
	uint64_t highatomic;
	uint32_t isolated; /* pageblocks */
};

struct walk {
	pfn_t covered; /* end of the last block met */
	struct tally seen;
	uint64_t owner_pages[MM_MAX_OWNERS + 1];
	uint64_t owner_charged[MM_MAX_OWNERS + 1];
	uint32_t owner_lru[MM_MAX_OWNERS + 1];
	uint32_t hugetlb[NR_HUGETLB_SIZES][MM_MAX_NODES];
	struct zone_seen zone[MAX_ZONELIST];
};

/* A block is memory of one zone, as far as its ends tell. */
static bool in_memory(const struct mm *mm, zone_t zid, pfn_t pfn, pfn_t nr)
{
	const struct zone *z = &mm->zone[zid];

	return pfn >= z->start && pfn + nr <= z->start + z->spanned &&
	       pfn_present(mm, pfn) &&
	       (nr == 1 || pfn_present(mm, pfn + nr - 1));
}

/* Only listed blocks say more than their order; reserved are single frames. */
static bool word_fits(const struct block *blk)
{
	const enum block_state state = block_state(blk);

	if (state != BLOCK_USED && state != BLOCK_ISOLATED &&
	    blk->word & BLOCK_OFTEN_MASK)
		return false;
	if ((state == BLOCK_USED || state == BLOCK_ISOLATED) &&
	    block_mappings(blk) == PGTY_HUGETLB)
		return !((blk->word >> 24 << 24) & ~HUGETLB_FLAGS) &&
		       !block_write(blk);
	if (state == BLOCK_USED && block_mappings(blk) >= PGTY_HWPOISON)
		return !block_order(blk) && !block_write(blk) &&
		       !((blk->word >> 24 << 24) &
			 ~(block_mappings(blk) == PGTY_OFFLINE ? OFFLINE_FLAGS
							       : 0));
	return state == BLOCK_FREE || state == BLOCK_PCP ||
	       ((state == BLOCK_USED || state == BLOCK_ISOLATED) &&
		block_young(blk) <= block_mapcount(blk)) ||
	       (state == BLOCK_GONE || state == BLOCK_TAKEN ||
		state == BLOCK_TARGET) ||
	       blk->word == block_word(BLOCK_RESERVED, 0, 0, 0);
}

static int meet(const struct mm *mm, const struct block *blk, pfn_t pfn,
		struct walk *w, struct mm_broken *b)
{
	const unsigned int order = block_order(blk);
	const zone_t zid = page_zone(mm, pfn);

	if (pfn < w->covered)
		return broken_at(b, "FRAME_IN_ONE_PLACE",
				 "block %u lies inside another", pfn);
	if (order > MM_GIGANTIC_ORDER ||
	    (order > mm->st->cfg.max_page_order &&
	     ((block_state(blk) != BLOCK_USED &&
	       block_mappings(blk) != PGTY_HUGETLB) ||
	      !(mm->page[pfn].attr & PAGE_COMPOUND))) ||
	    pfn & ((1u << order) - 1) || !word_fits(blk))
		return broken_at(b, "FRAME_IN_ONE_PLACE",
				 "pfn %u: order %u, state %u", pfn, order,
				 block_state(blk));
	if (!in_memory(mm, zid, pfn, 1u << order))
		return broken_at(b, "FRAME_IN_ONE_PLACE",
				 "block %u of order %u is not memory of one "
				 "zone",
				 pfn, order);
	w->covered = pfn + (1u << order);
	w->seen.free += block_state(blk) == BLOCK_FREE;
	w->seen.pcp += block_state(blk) == BLOCK_PCP;
	w->seen.moving += block_state(blk) == BLOCK_ISOLATED ||
			  block_state(blk) == BLOCK_GONE;
	w->seen.taken += block_state(blk) == BLOCK_TAKEN;
	w->seen.targets += block_state(blk) == BLOCK_TARGET;
	if (block_state(blk) != BLOCK_RESERVED &&
	    !page_is_offline(&mm->page[pfn]))
		w->zone[zid].frames += UINT64_C(1) << order;
	return 0;
}

/* A page of a pool, whose size must be one; listed if it is not moving. */
static int meet_hugetlb(const struct mm *mm, pfn_t pfn, struct walk *w,
			struct mm_broken *b)
{
	const struct block *blk = &mm->page[pfn].b;
	const int size = mm_hugetlb_of_order(mm, block_order(blk));

	const uint32_t never = block_state(blk) == BLOCK_USED
				       ? HUGETLB_IS_DROPPED
				       : HUGETLB_IS_FREE | HUGETLB_IS_FRESH;

	if (size < 0 || !(mm->page[pfn].attr & PAGE_COMPOUND) ||
	    blk->word & never)
		return broken_at(b, "HUGETLB_POOLS",
				 "pfn %u: a page of no pool, order %u", pfn,
				 block_order(blk));
	w->hugetlb[size][zone_nid(page_zone(mm, pfn))]++;
	w->seen.hugetlb += block_state(blk) == BLOCK_USED;
	return 0;
}

static int walk_frames(const struct mm *mm, pfn_t start, struct walk *w,
		       struct mm_broken *b)
{
	const pfn_t end = start + pageblock_nr_pages(mm);

	for (pfn_t pfn = start; pfn < end; pfn++) {
		const struct page *page = &mm->page[pfn];
		const enum block_state state = block_state(&page->b);
		const bool used =
			state == BLOCK_USED || state == BLOCK_ISOLATED;
		const bool in_frame =
			used || state == BLOCK_TARGET || state == BLOCK_GONE;
		int e;

		if ((page->owner || page->attr) && !used)
			return broken_at(b, "OWNERS",
					 "pfn %u has an owner or attributes, "
					 "but is not in use",
					 pfn);
		if (page->b.word == 0)
			continue;
		if (block_order(&page->b) >= mm->pb_order && !in_frame)
			return broken_at(b, "FRAME_IN_ONE_PLACE",
					 "pfn %u: recorded in the wrong place",
					 pfn);
		e = meet(mm, &page->b, pfn, w, b);
		if (e)
			return e;
		if (page_is_hugetlb(page))
			e = meet_hugetlb(mm, pfn, w, b);
		if (e)
			return e;
		if (page_type_of(page) &&
		    (page->attr || (page_is_poisoned(page) && page->owner)))
			return broken_at(b, "PAGE_TYPES",
					 "pfn %u is not to be used, but is",
					 pfn);
		if (page->owner > mm->st->nr_owners)
			return broken_at(b, "OWNERS", "pfn %u: owner %u", pfn,
					 page->owner);
		w->seen.owned += page->owner != 0;
		w->seen.lru += (page->attr & PAGE_LRU) != 0;
		if (used)
			w->owner_pages[page->owner] += UINT64_C(1)
						       << block_order(&page->b);
		if (used && page->b.word & BLOCK_CHARGED)
			w->owner_charged[page->owner] +=
				UINT64_C(1) << block_order(&page->b);
		/* on another list than its owner's */
		w->owner_lru[page->owner] += state == BLOCK_ISOLATED ||
					     (page->attr & PAGE_LRU) != 0 ||
					     page_is_hugetlb(page);
	}
	return 0;
}

/* ---- pageblocks ---- */

static int walk_pageblock(const struct mm *mm, uint32_t i, struct walk *w,
			  struct mm_broken *b)
{
	const struct pageblock *pb = &mm->pb[i];
	const pfn_t start = (pfn_t)i << mm->pb_order;
	struct zone_seen *seen = &w->zone[page_zone(mm, start)];
	int e = 0;

	if ((i & 1023) == 0 && break_off(mm))
		return check_broken_off(b);
	if ((pb->bits & PAGEBLOCK_TYPE) >= MIGRATE_ISOLATE)
		return broken_at(b, "PAGEBLOCK_TAG", "pfn %u", start);
	/* what is offline bears bits that mean nothing any more */
	if (pb->bits & PAGEBLOCK_OFFLINE)
		return 0;
	seen->isolated += (pb->bits & PAGEBLOCK_ISOLATE) != 0;
	if ((pb->bits & PAGEBLOCK_TYPE) == MIGRATE_HIGHATOMIC)
		seen->highatomic += pageblock_nr_pages(mm);
	if (pb->b.word) {
		if (block_order(&pb->b) < mm->pb_order ||
		    (block_state(&pb->b) != BLOCK_FREE &&
		     block_state(&pb->b) != BLOCK_PCP &&
		     block_state(&pb->b) != BLOCK_TAKEN))
			return broken_at(b, "FRAME_IN_ONE_PLACE",
					 "pageblock %u: order %u, state %u", i,
					 block_order(&pb->b),
					 block_state(&pb->b));
		e = meet(mm, &pb->b, start, w, b);
	}
	if (!e && pb->bits & PAGEBLOCK_TOUCHED)
		e = walk_frames(mm, start, w, b);
	return e;
}

/* Fewer may be reserved than tagged: a refused release counts (M-8.5). */
static int check_zone_seen(const struct mm *mm, zone_t zid,
			   const struct zone_seen *seen, struct mm_broken *b)
{
	const struct zone *z = &mm->zone[zid];

	if (z->nr_isolate_pageblock != seen->isolated)
		return broken_at(b, "ISOLATE_COUNT",
				 "zone %u counts %u isolated pageblocks, %u "
				 "are",
				 zid, z->nr_isolate_pageblock, seen->isolated);
	if (mm->st->cfg.era == ERA_LINUX_7_3 &&
	    z->nr_reserved_highatomic > (int64_t)seen->highatomic)
		return broken_at(b, "HIGHATOMIC_RESERVED",
				 "zone %u reserves %lld pages, its pageblocks "
				 "of that type have %llu",
				 zid, (long long)z->nr_reserved_highatomic,
				 (unsigned long long)seen->highatomic);
	if (z->managed != seen->frames)
		return broken_at(b, "FRAMES_ALL_PLACED",
				 "zone %u manages %u frames, its blocks have "
				 "%llu",
				 zid, z->managed,
				 (unsigned long long)seen->frames);
	return 0;
}

static int check_charged(const struct mm *mm, uint32_t owner,
			 const struct walk *w, struct mm_broken *b)
{
	const struct owner *o = &mm->owner[owner];

	if (w->owner_charged[owner] != o->charged)
		return broken_at(b, "GROUP_USAGE",
				 "%s: %llu pages charged; counted %llu",
				 owner ? o->name : "nobody",
				 (unsigned long long)w->owner_charged[owner],
				 (unsigned long long)o->charged);
	return 0;
}

static int check_owner_seen(const struct mm *mm, uint32_t owner,
			    const struct walk *w, struct mm_broken *b)
{
	const struct owner *o = &mm->owner[owner];

	if (w->owner_pages[owner] != o->pages ||
	    w->owner_lru[owner] != o->nr_lru)
		return broken_at(b, "OWNERS",
				 "%s: %llu pages, %u blocks on LRU lists; "
				 "counted %llu, %u",
				 o->name,
				 (unsigned long long)w->owner_pages[owner],
				 w->owner_lru[owner],
				 (unsigned long long)o->pages, o->nr_lru);
	return 0;
}

/* As many of each kind as the lists hold? */
static int check_listed(const struct mm *mm, const struct walk *w,
			const struct tally *listed, struct mm_broken *b)
{
	int e;

	if (w->seen.free != listed->free || w->seen.pcp != listed->pcp ||
	    w->seen.owned != listed->owned || w->seen.lru != listed->lru)
		return broken_at(
			b, "FRAME_IN_ONE_PLACE",
			"%llu free, %llu per-CPU, %llu owned, %llu LRU "
			"blocks; the lists hold %llu, %llu, %llu, %llu",
			(unsigned long long)w->seen.free,
			(unsigned long long)w->seen.pcp,
			(unsigned long long)w->seen.owned,
			(unsigned long long)w->seen.lru,
			(unsigned long long)listed->free,
			(unsigned long long)listed->pcp,
			(unsigned long long)listed->owned,
			(unsigned long long)listed->lru);
	e = check_hugetlb_seen(mm, w->hugetlb[0], b);
	if (e)
		return e;
	if (w->seen.hugetlb != listed->hugetlb)
		return broken_at(b, "HUGETLB_POOLS",
				 "%llu pages of pools; the lists hold %llu",
				 (unsigned long long)w->seen.hugetlb,
				 (unsigned long long)listed->hugetlb);
	if (w->seen.moving != listed->moving ||
	    w->seen.taken != listed->taken ||
	    w->seen.targets != listed->targets)
		return broken_at(
			b, "COMPACT_LISTS",
			"%llu moving, %llu taken, %llu target blocks; the "
			"lists hold %llu, %llu, %llu",
			(unsigned long long)w->seen.moving,
			(unsigned long long)w->seen.taken,
			(unsigned long long)w->seen.targets,
			(unsigned long long)listed->moving,
			(unsigned long long)listed->taken,
			(unsigned long long)listed->targets);
	return 0;
}

/* Every block met in address order: none overlaps, none is unlisted. */
int check_frames(const struct mm *mm, const struct tally *listed,
		 struct mm_broken *b)
{
	struct walk w = {0};
	int e = 0;

	for (uint32_t i = 0; !e && i < mm->st->nr_pageblocks; i++)
		e = walk_pageblock(mm, i, &w, b);
	if (e)
		return e;
	e = check_listed(mm, &w, listed, b);
	for (uint32_t i = 1; !e && i <= mm->st->nr_owners; i++)
		e = check_owner_seen(mm, i, &w, b);
	for (uint32_t i = 0; !e && i <= mm->st->nr_owners; i++)
		e = check_charged(mm, i, &w, b);
	for (zone_t z = 0; !e && z < mm->st->cfg.nr_nodes * MAX_NR_ZONES; z++)
		e = check_zone_seen(mm, z, &w.zone[z], b);
	return e;
}
