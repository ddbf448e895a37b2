/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page_type.c - see page_type.h
 */
#include "core/page_type.h"

#include "core/buddy.h"
#include "core/frame.h"
#include "core/lru_batch.h"
#include "core/owner.h"
#include "core/rmap.h"
#include "core/slab.h"
#include "core/trace.h"

static void set_type(struct mm *mm, pfn_t pfn, uint32_t type, uint32_t flags)
{
	STORE(mm, mm->page[pfn].b.word,
	      block_word(BLOCK_USED, 0, 0, 0) | (type & 0xff) << 16 |
		      (type << BLOCK_OFTEN_SHIFT & BLOCK_OFTEN_MASK) | flags);
}

/** Models: adjust_managed_page_count() */
static void manage(struct mm *mm, pfn_t pfn, int pages)
{
	const struct zone *z = &mm->zone[page_zone(mm, pfn)];

	STORE(mm, z->managed, z->managed + (uint32_t)pages);
}

/* ---- offline ---- */

/* The kernel's own, and nothing in particular. */
static bool is_plain(const struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	return page->b.word == block_word(BLOCK_USED, 0, 0, 0) && !page->attr &&
	       !process_of_owner(mm, page->owner) &&
	       !slab_of_owner(mm, page->owner) &&
	       !(mm->owner[page->owner].flags & OWNER_FROZEN) &&
	       !(mm->st->nr_batched && lru_batch_times(mm, pfn));
}

bool page_make_offline(struct mm *mm, pfn_t pfn, bool lets_go)
{
	if (!is_plain(mm, pfn))
		return false;
	set_type(mm, pfn, PGTY_OFFLINE, lets_go ? OFFLINE_LETS_GO : 0);
	manage(mm, pfn, -1);
	return true;
}

/* While memory goes, it is in nobody's hands. */
bool page_make_plain(struct mm *mm, pfn_t pfn)
{
	if (!page_is_offline(&mm->page[pfn]) || page_was_let_go(&mm->page[pfn]))
		return false;
	STORE(mm, mm->page[pfn].b.word, block_word(BLOCK_USED, 0, 0, 0));
	manage(mm, pfn, 1);
	return true;
}

int offline_free_by(struct mm *mm, pfn_t pfn, unsigned int cpu)
{
	op_enter(mm);
	mm->cpu = (uint16_t)cpu;
	page_make_plain(mm, pfn);
	frame_release(mm, pfn);
	free_frozen_pages(mm, pfn, 0);
	op_leave(mm);
	return 0;
}

void offline_pages_notified(struct mm *mm, pfn_t start, pfn_t end, bool goes)
{
	for (pfn_t p = start; p < end; p++) {
		const struct page *page = &mm->page[p];

		if (!(mm->pb[p >> mm->pb_order].bits & PAGEBLOCK_TOUCHED)) {
			p |= pageblock_nr_pages(mm) - 1;
			continue;
		}
		if (!page_is_offline(page) || !(page->b.word & OFFLINE_LETS_GO))
			continue;
		STORE(mm, page->b.word,
		      goes ? page->b.word | OFFLINE_LET_GO
			   : page->b.word & ~OFFLINE_LET_GO);
		TRACE(mm, offline_page, ARG(p), goes);
	}
}

bool page_type_goes(struct mm *mm, pfn_t pfn)
{
	const bool offline = page_is_offline(&mm->page[pfn]);

	if (mm->page[pfn].owner)
		owner_del(mm, pfn, 0);
	STORE(mm, mm->page[pfn].b.word, 0);
	return offline;
}

/* ---- poisoned ---- */

/* Where memory_failure() gives up, or has to wait. */
static bool is_busy(const struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];
	const uint16_t busy = PAGE_MLOCKED | PAGE_LOCKED | PAGE_WRITEBACK |
			      PAGE_SWAPCACHE | PAGE_PINNED | PAGE_MOVABLE_OPS;

	return block_order(&page->b) || page->attr & busy ||
	       block_is_table(&page->b) ||
	       block_mappings(&page->b) >= PGTY_HWPOISON ||
	       slab_of_owner(mm, page->owner) ||
	       (mm->st->nr_batched && lru_batch_times(mm, pfn));
}

/* Nobody has it mapped any more, and its file does not have it either. */
static void take_from_user(struct mm *mm, pfn_t pfn)
{
	page_unmap_all(mm, pfn);
	frame_release(mm, pfn);
}

/*
 * The halves that do not hold it go back to the free lists.
 *
 * Models: take_page_off_buddy(), break_down_buddy_pages()
 */
static void take_off_buddy(struct mm *mm, pfn_t head, unsigned int order,
			   pfn_t pfn)
{
	const zone_t zid = page_zone(mm, head);
	const enum migratetype mt =
		(enum migratetype)block_list(block_at(mm, head, order));

	del_page_from_free_list(mm, zid, head, order, REASON_POISONED);
	while (order-- > 0) {
		const pfn_t upper = head + ((pfn_t)1 << order);
		const pfn_t spare = pfn < upper ? upper : head;

		if (order < mm->pb_order)
			pageblock_touch(mm, spare);
		add_to_free_list(mm, zid, spare, order, mt, false,
				 REASON_SPLIT_REMAINDER);
		account_freepages(mm, zid, order_pages(order), mt);
		head = pfn < upper ? head : upper;
	}
	pageblock_touch(mm, pfn);
}

bool page_make_poisoned(struct mm *mm, pfn_t pfn)
{
	enum block_state state = BLOCK_NONE;
	unsigned int order = 0;
	const pfn_t head = frame_head(mm, pfn, &order, &state);

	if (head == NO_PFN || (state == BLOCK_USED && is_busy(mm, pfn)))
		return false;
	if (state == BLOCK_FREE)
		take_off_buddy(mm, head, order, pfn);
	else if (state == BLOCK_USED && head == pfn)
		take_from_user(mm, pfn);
	else
		return false;
	set_type(mm, pfn, PGTY_HWPOISON, 0);
	return true;
}
