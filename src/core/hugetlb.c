/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hugetlb.c - see hugetlb.h; lists and counters of the pools
 */
#include "core/hugetlb.h"

#include <errno.h>

#include "core/frame.h"
#include "core/lru_batch.h"
#include "core/migrate.h"
#include "core/rmap.h"
#include "core/slab.h"
#include "core/trace.h"
#include "core/vmstat.h"
#include "core/zonelist.h"

/* Links are in the first frame, at every order. */
#define IN_FRAME 0

unsigned int hugetlb_order(const struct mm_config *cfg,
			   enum mm_hugetlb_size size)
{
	const unsigned int pmd = cfg->pmd_order;

	if (pmd == 0 || size == HUGETLB_PMD)
		return pmd;
	return cfg->zone_layout == LAYOUT_64BIT && 2 * pmd <= MM_GIGANTIC_ORDER
		       ? 2 * pmd
		       : 0;
}

pfn_t hugetlb_head(const struct mm *mm, pfn_t pfn)
{
	for (int i = 0; i < NR_HUGETLB_SIZES; i++) {
		const struct hstate *h = &mm->st->hstate[i];
		const pfn_t head = pfn >> h->order << h->order;

		if (h->nr && pfn < mm->st->nr_frames &&
		    page_is_hugetlb(&mm->page[head]) &&
		    block_order(&mm->page[head].b) == h->order)
			return head;
	}
	return NO_PFN;
}

const struct hstate *hstate_of(const struct mm *mm, pfn_t head)
{
	const unsigned int order = block_order(&mm->page[head].b);
	const struct hstate *h = mm->st->hstate;

	return h[HUGETLB_PMD].order == order ? &h[HUGETLB_PMD]
					     : &h[HUGETLB_PUD];
}

/* Pools are those of 7.3. */
bool hstate_here(const struct mm *mm, const struct hstate *h)
{
	return h->order && mm->st->cfg.era == ERA_LINUX_7_3;
}

static void set_flags(struct mm *mm, pfn_t pfn, uint32_t set, uint32_t clear)
{
	const struct block *b = &mm->page[pfn].b;

	STORE(mm, b->word, (b->word & ~clear) | set);
}

/* ---- counters ---- */

static void count(struct mm *mm, const uint32_t *all, const uint32_t *node,
		  int by)
{
	STORE(mm, *all, *all + (uint32_t)by);
	STORE(mm, *node, *node + (uint32_t)by);
}

static void count_free(struct mm *mm, const struct hstate *h, pfn_t pfn, int by)
{
	count(mm, &h->free, &h->free_node[page_nid(mm, pfn)], by);
}

void hstate_set_max(struct mm *mm, const struct hstate *h, uint32_t max)
{
	STORE(mm, h->max, max);
	if (h == &mm->st->hstate[HUGETLB_PMD])
		STORE(mm, mm->st->cfg.nr_hugepages, max);
}

/* Pages of the node that are in use: nr_hugetlb. */
static void count_used(struct mm *mm, pfn_t pfn, int sign)
{
	mod_node_page_state(mm, page_nid(mm, pfn), NR_HUGETLB,
			    sign * order_pages(block_order(&mm->page[pfn].b)));
}

/* ---- a page comes, and goes ---- */

void hugetlb_account_new(struct mm *mm, const struct hstate *h, pfn_t pfn)
{
	STORE(mm, mm->page[pfn].b.word,
	      block_word(BLOCK_USED, h->order, PGTY_HUGETLB, 0) |
		      HUGETLB_IS_FRESH);
	STORE(mm, mm->page[pfn].attr, (uint16_t)PAGE_COMPOUND);
	count(mm, &h->nr, &h->nr_node[page_nid(mm, pfn)], 1);
	TRACE(mm, hugetlb_new, ARG(pfn), ARG(h->order), ARG(h->nr));
}

void hugetlb_remove(struct mm *mm, const struct hstate *h, pfn_t pfn,
		    bool surplus)
{
	const unsigned int nid = page_nid(mm, pfn);

	if (hugetlb_is_free(&mm->page[pfn])) {
		list_del(mm, &h->free_list[nid], IN_FRAME, pfn);
		count_free(mm, h, pfn, -1);
	}
	if (surplus)
		count(mm, &h->surplus, &h->surplus_node[nid], -1);
	count(mm, &h->nr, &h->nr_node[nid], -1);
	STORE(mm, mm->page[pfn].b.word, block_word(BLOCK_USED, h->order, 0, 0));
	TRACE(mm, hugetlb_removed, ARG(pfn), ARG(h->order), ARG(h->nr));
}

void hugetlb_update_and_free(struct mm *mm, pfn_t pfn, unsigned int order)
{
	STORE(mm, mm->page[pfn].attr, 0);
	STORE(mm, mm->page[pfn].b.word, 0);
	free_frozen_pages_inside(mm, pfn, order);
}

/* ---- lists ---- */

void hugetlb_enqueue(struct mm *mm, const struct hstate *h, pfn_t pfn)
{
	set_flags(mm, pfn, HUGETLB_IS_FREE, HUGETLB_FLAGS);
	list_add_head(mm, &h->free_list[page_nid(mm, pfn)], IN_FRAME, pfn);
	count_free(mm, h, pfn, 1);
	TRACE(mm, hugetlb_enqueued, ARG(pfn), ARG(h->order), ARG(h->free));
}

/* What lies in a pageblock that is shut is passed over. */
static pfn_t dequeue_from(struct mm *mm, const struct hstate *h,
			  unsigned int nid)
{
	const struct list *l = &h->free_list[nid];
	pfn_t p = l->head;

	while (p != NO_PFN && pageblock_type(mm, p) == MIGRATE_ISOLATE)
		p = list_next(mm, l, IN_FRAME, p);
	if (p == NO_PFN)
		return NO_PFN;
	list_del(mm, l, IN_FRAME, p);
	set_flags(mm, p, 0, HUGETLB_FLAGS);
	count_free(mm, h, p, -1);
	hugetlb_activate(mm, p, false);
	TRACE(mm, hugetlb_dequeued, ARG(p), ARG(h->order), ARG(h->free));
	return p;
}

pfn_t hugetlb_dequeue(struct mm *mm, const struct hstate *h,
		      const struct alloc_context *ac)
{
	unsigned int last = MM_MAX_NODES;

	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const unsigned int nid = zone_nid(ac->zonelist[i]);
		pfn_t pfn;

		if (nid == last)
			continue;
		last = nid;
		pfn = dequeue_from(mm, h, nid);
		if (pfn != NO_PFN)
			return pfn;
	}
	return NO_PFN;
}

void hugetlb_activate(struct mm *mm, pfn_t pfn, bool tail)
{
	const struct list *l = &hstate_of(mm, pfn)->active;

	set_flags(mm, pfn, 0, HUGETLB_IS_FRESH);
	if (tail)
		list_add_tail(mm, l, IN_FRAME, pfn);
	else
		list_add_head(mm, l, IN_FRAME, pfn);
	count_used(mm, pfn, 1);
}

void hugetlb_deactivate(struct mm *mm, pfn_t pfn)
{
	list_del(mm, &hstate_of(mm, pfn)->active, IN_FRAME, pfn);
	count_used(mm, pfn, -1);
}

void hugetlb_free_folio(struct mm *mm, pfn_t pfn)
{
	const struct hstate *h = hstate_of(mm, pfn);
	const bool temporary = mm->page[pfn].b.word & HUGETLB_IS_TEMPORARY;
	const bool surplus =
		!temporary && h->surplus_node[page_nid(mm, pfn)] != 0;

	STORE(mm, mm->page[pfn].attr, (uint16_t)PAGE_COMPOUND);
	STORE(mm, mm->page[pfn].b.word,
	      block_word(BLOCK_USED, h->order, PGTY_HUGETLB, 0));
	if (!temporary && !surplus) {
		hugetlb_enqueue(mm, h, pfn);
		return;
	}
	hugetlb_remove(mm, h, pfn, surplus);
	hugetlb_update_and_free(mm, pfn, h->order);
}

/* ---- who uses it ---- */

void hugetlb_own(struct mm *mm, pfn_t pfn, uint16_t owner)
{
	const struct owner *o = &mm->owner[owner];
	const uint64_t pages =
		(uint64_t)order_pages(block_order(&mm->page[pfn].b));

	if (!owner)
		return;
	STORE(mm, o->nr, o->nr + 1);
	STORE(mm, o->nr_lru, o->nr_lru + 1);
	STORE(mm, o->pages, o->pages + pages);
	STORE(mm, mm->page[pfn].owner, owner);
}

void hugetlb_disown(struct mm *mm, pfn_t pfn)
{
	const struct owner *o = &mm->owner[mm->page[pfn].owner];
	const uint64_t pages =
		(uint64_t)order_pages(block_order(&mm->page[pfn].b));

	if (!mm->page[pfn].owner)
		return;
	STORE(mm, o->nr, o->nr - 1);
	STORE(mm, o->nr_lru, o->nr_lru - 1);
	STORE(mm, o->pages, o->pages - pages);
	STORE(mm, mm->page[pfn].owner, 0);
}

void hugetlb_put(struct mm *mm, pfn_t pfn)
{
	hugetlb_disown(mm, pfn);
	STORE(mm, mm->page[pfn].attr, (uint16_t)PAGE_COMPOUND);
	if (block_state(&mm->page[pfn].b) == BLOCK_ISOLATED) {
		set_flags(mm, pfn, HUGETLB_IS_DROPPED, 0);
		return;
	}
	hugetlb_deactivate(mm, pfn);
	hugetlb_free_folio(mm, pfn);
}

int hugetlb_free_by(struct mm *mm, pfn_t pfn, unsigned int cpu)
{
	const unsigned int order = block_order(&mm->page[pfn].b);

	op_enter(mm);
	mm->cpu = (uint16_t)cpu;
	hugetlb_put(mm, pfn);
	TRACE(mm, hugetlb_freed, ARG(pfn), ARG(order));
	op_leave(mm);
	return 0;
}

/* As if hugetlbfs had asked the buddy for it, and the pool were larger now. */
bool hugetlb_make(struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];
	const int size = mm_hugetlb_of_order(mm, block_order(&page->b));
	const uint16_t owner = page->owner;
	const struct hstate *h;

	if (size < 0 ||
	    page->b.word !=
		    block_word(BLOCK_USED, block_order(&page->b), 0, 0) ||
	    page->attr & ~PAGE_COMPOUND || process_of_owner(mm, owner) ||
	    slab_of_owner(mm, owner) || lru_batch_times(mm, pfn))
		return false;
	h = &mm->st->hstate[size];
	frame_release(mm, pfn);
	hugetlb_account_new(mm, h, pfn);
	hugetlb_activate(mm, pfn, false);
	hugetlb_own(mm, pfn, owner);
	hstate_set_max(mm, h, h->max + 1);
	return true;
}

/* ---- about to move, or not after all ---- */

bool hugetlb_isolate(struct mm *mm, uint32_t task, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	if (!hugetlb_is_migratable(page))
		return false;
	list_del(mm, &hstate_of(mm, pfn)->active, IN_FRAME, pfn);
	STORE(mm, page->b.word, block_word_in(&page->b, BLOCK_ISOLATED));
	list_add_tail(mm, migrate_from(mm, task), IN_FRAME, pfn);
	TRACE(mm, hugetlb_isolated, ARG(pfn), ARG(block_order(&page->b)));
	return true;
}

void hugetlb_putback(struct mm *mm, uint32_t task, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	list_del(mm, migrate_from(mm, task), IN_FRAME, pfn);
	STORE(mm, page->b.word, block_word_in(&page->b, BLOCK_USED));
	list_add_tail(mm, &hstate_of(mm, pfn)->active, IN_FRAME, pfn);
	if (!(page->b.word & HUGETLB_IS_DROPPED)) {
		TRACE(mm, hugetlb_putback, ARG(pfn),
		      ARG(block_order(&page->b)));
		return;
	}
	hugetlb_deactivate(mm, pfn);
	hugetlb_free_folio(mm, pfn);
}

/* ---- for those who look ---- */

void mm_hugetlb_info(const struct mm *mm, enum mm_hugetlb_size size,
		     struct mm_hugetlb_info *info)
{
	const struct hstate *h = &mm->st->hstate[size];

	*info = (struct mm_hugetlb_info){.order = 0};
	if (!hstate_here(mm, h))
		return;
	*info = (struct mm_hugetlb_info){
		.order = h->order,
		.nr = h->nr,
		.free = h->free,
		.resv = h->resv,
		.surplus = h->surplus,
		.max = h->max,
		.overcommit = h->overcommit,
		.gigantic = hstate_is_gigantic(mm, h),
	};
}

void mm_hugetlb_node_info(const struct mm *mm, enum mm_hugetlb_size size,
			  unsigned int nid, struct mm_hugetlb_info *info)
{
	const struct hstate *h = &mm->st->hstate[size];

	*info = (struct mm_hugetlb_info){.order = 0};
	if (nid >= MM_MAX_NODES || !hstate_here(mm, h))
		return;
	info->order = h->order;
	info->gigantic = hstate_is_gigantic(mm, h);
	info->nr = h->nr_node[nid];
	info->free = h->free_node[nid];
	info->surplus = h->surplus_node[nid];
}

int mm_hugetlb_of_order(const struct mm *mm, unsigned int order)
{
	for (int i = 0; order && i < NR_HUGETLB_SIZES; i++)
		if (mm->st->hstate[i].order == order &&
		    hstate_here(mm, &mm->st->hstate[i]))
			return i;
	return -ENOENT;
}

unsigned int mm_hugetlb_page_order(const struct mm *mm, pfn_t pfn)
{
	const pfn_t head = hugetlb_head(mm, pfn);

	return head == NO_PFN ? 0 : hstate_of(mm, head)->order;
}

const char *mm_hugetlb_size_name(enum mm_hugetlb_size size)
{
	return size == HUGETLB_PMD ? "pmd" : "pud";
}

pfn_t mm_hugetlb_first_free(const struct mm *mm, enum mm_hugetlb_size size,
			    unsigned int nid)
{
	return nid < MM_MAX_NODES ? mm->st->hstate[size].free_list[nid].head
				  : NO_PFN;
}

pfn_t mm_hugetlb_first_active(const struct mm *mm, enum mm_hugetlb_size size)
{
	return mm->st->hstate[size].active.head;
}

pfn_t mm_hugetlb_next(const struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];
	const struct hstate *h;

	if (pfn >= mm->end_pfn || !page_is_hugetlb(page) ||
	    block_state(&page->b) != BLOCK_USED)
		return NO_PFN;
	h = hstate_of(mm, pfn);
	return list_next(mm,
			 hugetlb_is_free(page)
				 ? &h->free_list[page_nid(mm, pfn)]
				 : &h->active,
			 IN_FRAME, pfn);
}
