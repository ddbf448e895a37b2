/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * frame.c - see frame.h
 */
#include "core/frame.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/buddy.h"
#include "core/evict.h"
#include "core/hugetlb.h"
#include "core/lru_batch.h"
#include "core/memcg.h"
#include "core/migrate.h"
#include "core/owner.h"
#include "core/page_type.h"
#include "core/pcp.h"
#include "core/quick.h"
#include "core/slab.h"
#include "core/swap.h"
#include "core/writeback.h"

int mm_fail(struct mm_error *err, int e, const char *fmt, ...)
{
	va_list ap;

	if (err) {
		va_start(ap, fmt);
		vsnprintf(err->text, sizeof err->text, fmt, ap);
		va_end(ap);
	}
	return e;
}

/* ---- in use and back ---- */

void frame_describe(struct mm *mm, pfn_t pfn, unsigned int order,
		    uint16_t owner, uint16_t attr)
{
	if (attr & ~PAGE_LRU)
		STORE(mm, mm->page[pfn].attr, (uint16_t)(attr & ~PAGE_LRU));
	if (owner) {
		owner_add(mm, owner, pfn, order);
		slab_page_came(mm, pfn);
	}
	if (attr & PAGE_LRU) {
		pageblock_touch(mm, pfn);
		lruvec_add_folio(mm, pfn);
		if (page_is_file(&mm->page[pfn]))
			mod_node_page_state(mm, page_nid(mm, pfn),
					    NR_FILE_PAGES, order_pages(order));
	}
}

/*
 * On an LRU list, or about to be: it leaves the page cache or the swap cache,
 * which nobody has done for it before.
 */
static void leave_cache(struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	if (!(page->attr & PAGE_LRU) && !lru_batch_is_to_add(mm, pfn))
		return;
	if (page->attr & PAGE_SWAPCACHE) {
		delete_from_swap_cache(mm, pfn, page_has_entry(mm, pfn));
	} else if (page_is_file(page)) {
		folio_clear_dirty(mm, pfn);
		add_node_page_state(mm, page_nid(mm, pfn), NR_FILE_PAGES,
				    -order_pages(block_order(&page->b)));
	}
}

bool frame_abandon(struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];
	const struct owner *o = &mm->owner[page->owner];
	const unsigned int order = block_order(&page->b);

	if (likely(block_state(&page->b) != BLOCK_ISOLATED))
		return false;
	if (block_write(&page->b))
		forget_write(mm, pfn);
	if (page->b.word & BLOCK_CHARGED)
		memcg_uncharge(mm, pfn);
	uncount_isolated(mm, pfn);
	if (page->owner) {
		STORE(mm, o->nr, o->nr - 1);
		STORE(mm, o->nr_lru, o->nr_lru - 1);
		STORE(mm, o->pages, o->pages - (uint64_t)order_pages(order));
	}
	STORE(mm, page->owner, 0);
	STORE(mm, page->attr, 0);
	STORE(mm, page->b.word, block_word(BLOCK_GONE, order, 0, 0));
	return true;
}

void frame_to_kernel(struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	leave_cache(mm, pfn);
	if (page->attr & PAGE_LRU)
		lruvec_del_folio(mm, pfn);
	STORE(mm, page->attr, (uint16_t)(page->attr & PAGE_COMPOUND));
}

void frame_release(struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	if (unlikely(page->attr || mm->st->nr_batched))
		leave_cache(mm, pfn);
	if (unlikely(mm->st->nr_batched))
		lru_batch_forget(mm, pfn);
	if (unlikely(page->attr & PAGE_LRU))
		lruvec_del_folio(mm, pfn);
	if (unlikely(block_write(&page->b)))
		forget_write(mm, pfn);
	if (unlikely(page->b.word & BLOCK_CHARGED))
		memcg_uncharge(mm, pfn);
	if (unlikely(page->owner)) {
		slab_page_gone(mm, pfn);
		owner_del(mm, pfn, block_order(&page->b));
	}
	if (unlikely(page->attr))
		STORE(mm, page->attr, 0);
	STORE(mm, page->b.word, 0);
}

/** Models: __free_frozen_pages(), mm/page_alloc.c; B-9.1, P-5 */
void free_frozen_pages_inside(struct mm *mm, pfn_t pfn, unsigned int order)
{
	const zone_t zid = page_zone(mm, pfn);
	const enum migratetype mt = pageblock_type(mm, pfn);

	TRACE(mm, free_request, ARG(pfn), ARG(order), ARG(mt), ARG(zid));
	TRACE(mm, mm_page_free, ARG(pfn), ARG(order));
	count_freed(mm, pcp_of(mm, zid, mm->cpu), order);
	if (likely(pcp_allowed_order(mm, order) && mt != MIGRATE_ISOLATE))
		free_to_pcp(mm, zid, pfn, order, mt);
	else
		free_range(mm, zid, pfn, order, FPI_NONE);
}

void free_frozen_pages(struct mm *mm, pfn_t pfn, unsigned int order)
{
	free_frozen_pages_inside(mm, pfn, order);
	TRACE(mm, free_done, ARG(pfn), ARG(order));
}

pfn_t next_used(const struct mm *mm, pfn_t pfn)
{
	while (pfn < mm->st->nr_frames) {
		const struct block *b = &mm->page[pfn].b;

		if (!(mm->pb[pfn >> mm->pb_order].bits & PAGEBLOCK_TOUCHED))
			pfn = pageblock_start(mm, pfn) + pageblock_nr_pages(mm);
		else if (block_state(b) == BLOCK_USED ||
			 block_state(b) == BLOCK_ISOLATED)
			return pfn;
		else
			pfn += b->word ? (pfn_t)1 << block_order(b) : 1;
	}
	return NO_PFN;
}

pfn_t frame_head(const struct mm *mm, pfn_t pfn, unsigned int *order,
		 enum block_state *state)
{
	/* no free block is larger than the largest order, but a page can be */
	for (unsigned int k = 0; k <= MM_GIGANTIC_ORDER; k++) {
		const pfn_t head = pfn & ~(((pfn_t)1 << k) - 1);
		const struct block *b = &mm->pb[head >> mm->pb_order].b;

		if (head & (pageblock_nr_pages(mm) - 1) || b->word == 0)
			b = &mm->page[head].b;
		if (b->word == 0)
			continue;
		*order = block_order(b);
		*state = block_state(b);
		return pfn - head < (pfn_t)1 << *order ? head : NO_PFN;
	}
	return NO_PFN;
}

/* Why there is no allocated block of that order at @pfn; 0 if there is. */
static __attribute__((noinline, cold)) int not_allocated(const struct mm *mm,
							 pfn_t pfn,
							 unsigned int order,
							 struct mm_error *err)
{
	const struct page *page = &mm->page[pfn];
	enum block_state state = BLOCK_NONE;
	unsigned int has = 0;
	pfn_t head;

	if (is_allocated(page, order))
		return 0;
	head = frame_head(mm, pfn, &has, &state);
	if (head == NO_PFN && !pfn_present(mm, pfn))
		return mm_fail(err, -EINVAL,
			       "pfn %u is not allocated: no memory here", pfn);
	if (head == NO_PFN || state == BLOCK_RESERVED)
		return mm_fail(err, -EINVAL,
			       "pfn %u is not allocated: it is reserved", pfn);
	if (state >= BLOCK_ISOLATED)
		return mm_fail(err, -EBUSY,
			       "pfn %u is in the hands of a task that moves "
			       "pages: let that finish",
			       pfn);
	if (state != BLOCK_USED)
		return mm_fail(err, -EINVAL,
			       "pfn %u is already free: %s block %u, order %u",
			       pfn,
			       state == BLOCK_PCP ? "a per-CPU list holds"
						  : "it lies in the free",
			       head, has);
	if (head != pfn)
		return mm_fail(err, -EINVAL,
			       "pfn %u lies inside the allocated block %u, "
			       "order %u: free that",
			       pfn, head, has);
	if (page_is_hugetlb(page))
		return mm_fail(err, -EINVAL, "pfn %u is a huge page, %s", pfn,
			       hugetlb_is_free(page)
				       ? "free in its pool: `hugetlb pool` "
					 "makes it smaller"
				       : "of a pool: `free` all of it");
	if (has == order && block_write(&page->b))
		return mm_fail(err, -EINVAL,
			       "the block at pfn %u is being written: `tick` "
			       "until that has ended",
			       pfn);
	if (block_is_table(&page->b))
		return mm_fail(err, -EINVAL,
			       "pfn %u is a page of page tables: it goes with "
			       "its process",
			       pfn);
	if (page_type_of(page))
		return mm_fail(err, -EINVAL, "pfn %u is %s", pfn,
			       page_is_poisoned(page)
				       ? "poisoned: nobody gets it any more"
				       : "offline to its driver");
	if (has == order)
		return mm_fail(err, -EINVAL,
			       "the block at pfn %u is mapped (mapcount %u): "
			       "its processes must let it go",
			       pfn, block_mapcount(&page->b));
	return mm_fail(err, -EINVAL, "the block at pfn %u has order %u, not %u",
		       pfn, has, order);
}

/* One page that alloc_contig_pages() has made. */
static bool is_gigantic(const struct mm *mm, pfn_t pfn, unsigned int order)
{
	return pfn < mm->st->end_pfn && (mm->page[pfn].attr & PAGE_COMPOUND) &&
	       block_order(&mm->page[pfn].b) == order;
}

static int bad_block(const struct mm *mm, pfn_t pfn, unsigned int order,
		     unsigned int cpu, struct mm_error *err)
{
	if (order > mm->st->cfg.max_page_order && !is_gigantic(mm, pfn, order))
		return mm_fail(err, -EINVAL, "order %u: expected 0 to %u",
			       order, mm->st->cfg.max_page_order);
	if (pfn >= mm->st->end_pfn)
		return mm_fail(err, -EINVAL,
			       "pfn %u: expected a frame below %u", pfn,
			       mm->st->end_pfn);
	if (cpu >= mm->st->cfg.nr_cpus)
		return mm_fail(err, -EINVAL, "CPU %u: expected 0 to %u", cpu,
			       mm->st->cfg.nr_cpus - 1);
	return 0;
}

__attribute__((noinline)) int free_pages(struct mm *mm, pfn_t pfn,
					 unsigned int order, unsigned int cpu,
					 struct mm_error *err)
{
	int e = bad_block(mm, pfn, order, cpu, err);

	if (unlikely(!e && !is_allocated(&mm->page[pfn], order))) {
		if (hugetlb_is_used(&mm->page[pfn], order))
			return hugetlb_free_by(mm, pfn, cpu);
		if (!order && page_is_offline(&mm->page[pfn]) &&
		    !page_was_let_go(&mm->page[pfn]))
			return offline_free_by(mm, pfn, cpu);
		e = not_allocated(mm, pfn, order, err);
	}
	if (unlikely(e))
		return e;
	op_enter(mm);
	mm->cpu = cpu;
	frame_release(mm, pfn);
	free_frozen_pages(mm, pfn, order);
	op_leave(mm);
	quick_prepare(mm);
	return 0;
}

/* Is [pfn, pfn + 2^order) made of whole allocated blocks of one zone? */
static int not_tiled(const struct mm *mm, pfn_t pfn, unsigned int order,
		     struct mm_error *err)
{
	const pfn_t end = pfn + ((pfn_t)1 << order);

	if (pfn & (((pfn_t)1 << order) - 1))
		return mm_fail(err, -EINVAL, "pfn %u is no multiple of 2^%u",
			       pfn, order);
	if (end > mm->st->end_pfn ||
	    page_zone(mm, pfn) != page_zone(mm, end - 1))
		return mm_fail(err, -EINVAL,
			       "pfns %u to %u do not lie in one zone", pfn,
			       end - 1);
	for (pfn_t p = pfn; p < end;) {
		const struct block *b = &mm->page[p].b;
		const unsigned int has = block_order(b);

		if (has > order || !is_allocated(&mm->page[p], has))
			return not_allocated(mm, p, has < order ? has : order,
					     err);
		p += (pfn_t)1 << has;
	}
	return 0;
}

int mm_free_run(struct mm *mm, pfn_t pfn, unsigned int order, unsigned int cpu,
		struct mm_error *err)
{
	int e = bad_block(mm, pfn, order, cpu, err);

	if (!e)
		e = not_tiled(mm, pfn, order, err);
	if (unlikely(e))
		return e;
	op_enter(mm);
	mm->cpu = cpu;
	for (pfn_t p = pfn; p < pfn + ((pfn_t)1 << order);) {
		const unsigned int has = block_order(&mm->page[p].b);

		frame_release(mm, p);
		p += (pfn_t)1 << has;
	}
	free_frozen_pages(mm, pfn, order);
	op_leave(mm);
	return 0;
}

int mm_split_page(struct mm *mm, pfn_t pfn, struct mm_error *err)
{
	int e = bad_block(mm, pfn, 0, 0, err);
	unsigned int order;
	uint16_t owner, attr;
	uint32_t group;

	if (e)
		return e;
	order = block_order(&mm->page[pfn].b);
	e = not_allocated(mm, pfn, order, err);
	if (e)
		return e;
	owner = mm->page[pfn].owner;
	attr = mm->page[pfn].attr;
	if (attr & PAGE_COMPOUND)
		return mm_fail(err, -EINVAL,
			       "pfn %u is a compound page: it cannot be split",
			       pfn);
	group = memcg_of_page(mm, pfn);
	op_enter(mm);
	frame_release(mm, pfn);
	for (pfn_t p = pfn; p < pfn + ((pfn_t)1 << order); p++) {
		pageblock_touch(mm, p);
		frame_use(mm, p, 0, owner, attr);
		if (group)
			memcg_recharge(mm, p, group);
	}
	TRACE(mm, split_page, ARG(pfn), ARG(order));
	op_leave(mm);
	return 0;
}
