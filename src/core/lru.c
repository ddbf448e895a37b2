/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lru.c - see lru.h
 */
#include "core/lru.h"

#include "core/frame.h"
#include "core/owner.h"

/* Links of an allocated block are in its first frame, at every order. */
#define IN_FRAME 0

static void update_lru_size(struct mm *mm, pfn_t pfn, enum lru_list lru,
			    int sign)
{
	const struct zone *z = &mm->zone[page_zone(mm, pfn)];
	const int64_t pages = sign * order_pages(block_order(&mm->page[pfn].b));

	STORE(mm, z->lru[lru], z->lru[lru] + pages);
	mod_node_page_state(mm, page_nid(mm, pfn),
			    (enum node_stat_item)(NR_INACTIVE_ANON + lru),
			    pages);
}

static const struct list *list_of(const struct mm *mm, pfn_t pfn,
				  enum lru_list lru)
{
	return &mm->st->node[page_nid(mm, pfn)].lru.list[lru];
}

/* From its owner's list, if it is on one, to its node's. */
static enum lru_list leave_owner(struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	owner_unlist(mm, pfn);
	STORE(mm, page->attr, (uint16_t)(page->attr | PAGE_LRU));
	return page_lru_list(page);
}

void lruvec_add_folio(struct mm *mm, pfn_t pfn)
{
	const enum lru_list lru = leave_owner(mm, pfn);

	list_add_head(mm, list_of(mm, pfn, lru), IN_FRAME, pfn);
	update_lru_size(mm, pfn, lru, 1);
}

void lruvec_add_folio_tail(struct mm *mm, pfn_t pfn)
{
	const enum lru_list lru = leave_owner(mm, pfn);

	list_add_tail(mm, list_of(mm, pfn, lru), IN_FRAME, pfn);
	update_lru_size(mm, pfn, lru, 1);
}

void lruvec_del_folio(struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];
	const enum lru_list lru = page_lru_list(page);

	list_del(mm, list_of(mm, pfn, lru), IN_FRAME, pfn);
	update_lru_size(mm, pfn, lru, -1);
	STORE(mm, page->attr, (uint16_t)(page->attr & ~PAGE_LRU));
	owner_list(mm, pfn);
}
