/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page_state.c - see page_state.h
 */
#include "core/page_state.h"

#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/lru_batch.h"
#include "core/page_type.h"
#include "core/migrate.h"
#include "core/rmap.h"
#include "core/slab.h"
#include "core/swap.h"
#include "core/writeback.h"

/* Attributes that decide on which list it is: to its head. */
static void change_list(struct mm *mm, pfn_t pfn, uint16_t set, uint16_t clear)
{
	const bool listed = mm->page[pfn].attr & PAGE_LRU;

	if (listed)
		lruvec_del_folio(mm, pfn);
	page_change(mm, pfn, set, clear);
	if (listed)
		lruvec_add_folio(mm, pfn);
}

static int64_t pages_of(const struct mm *mm, pfn_t pfn)
{
	return order_pages(block_order(&mm->page[pfn].b));
}

static bool is_mapped(const struct mm *mm, pfn_t pfn)
{
	return block_mapcount(&mm->page[pfn].b) != 0;
}

/* ---- accessed, written to ---- */

static bool touch(struct mm *mm, pfn_t pfn)
{
	const struct block *b = &mm->page[pfn].b;
	const uint16_t attr = mm->page[pfn].attr;

	if (!is_mapped(mm, pfn)) {
		if (!(attr & PAGE_SWAPBACKED))
			folio_mark_accessed(mm, pfn);
		return mm->page[pfn].attr != attr;
	}
	if (block_young(b) == block_mapcount(b) || block_young(b) == MAX_YOUNG)
		return false;
	page_set_young(mm, pfn, block_young(b) + 1);
	return true;
}

static bool age(struct mm *mm, pfn_t pfn)
{
	if (!block_young(&mm->page[pfn].b))
		return false;
	page_set_young(mm, pfn, 0);
	return true;
}

static bool dirty(struct mm *mm, pfn_t pfn)
{
	if (mm->page[pfn].attr & PAGE_DIRTY)
		return false;
	folio_mark_dirty(mm, pfn);
	return true;
}

/* Of a file: the slots of others are written by reclaim only. */
static bool write_back(struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	if (!page_is_file(page) ||
	    (page->attr & (PAGE_DIRTY | PAGE_WRITEBACK)) != PAGE_DIRTY)
		return false;
	folio_clear_dirty(mm, pfn);
	folio_start_writeback(mm, pfn, mm->st->cfg.writeback_delay);
	return true;
}

/* ---- held ---- */

static void let_go(struct mm *mm, pfn_t pfn);

static bool pin(struct mm *mm, pfn_t pfn)
{
	if (mm->page[pfn].attr & PAGE_PINNED)
		return false;
	page_change(mm, pfn, PAGE_PINNED, 0);
	mod_node_page_state(mm, page_nid(mm, pfn), NR_FOLL_PIN_ACQUIRED,
			    pages_of(mm, pfn));
	return true;
}

static bool unpin(struct mm *mm, pfn_t pfn)
{
	if (!(mm->page[pfn].attr & PAGE_PINNED))
		return false;
	page_change(mm, pfn, 0, PAGE_PINNED);
	mod_node_page_state(mm, page_nid(mm, pfn), NR_FOLL_PIN_RELEASED,
			    pages_of(mm, pfn));
	if (!is_mapped(mm, pfn) && mm->page[pfn].attr & PAGE_SWAPBACKED)
		let_go(mm, pfn);
	return true;
}

/* Pages that mlock() holds, in the zone and in the process. */
static void count_locked(struct mm *mm, pfn_t pfn, int64_t pages)
{
	const struct zone *z = &mm->zone[page_zone(mm, pfn)];
	const uint32_t i = process_of_owner(mm, mm->page[pfn].owner);
	const struct process *p = &mm->process[i];

	STORE(mm, z->mlock, z->mlock + pages);
	if (i)
		STORE(mm, p->locked, (uint64_t)((int64_t)p->locked + pages));
}

static bool lock(struct mm *mm, pfn_t pfn)
{
	const int64_t n = pages_of(mm, pfn);

	if (!is_mapped(mm, pfn) || mm->page[pfn].attr & PAGE_MLOCKED)
		return false;
	/* what waits in a batch gets to know it there */
	if (mm->page[pfn].attr & PAGE_LRU)
		change_list(mm, pfn, PAGE_MLOCKED | PAGE_UNEVICTABLE,
			    PAGE_ACTIVE);
	else
		page_change(mm, pfn, PAGE_MLOCKED, 0);
	count_locked(mm, pfn, n);
	count_vm_events(mm, VM_UNEVICTABLE_PGS_MLOCKED, (uint64_t)n);
	return true;
}

static bool unlock(struct mm *mm, pfn_t pfn)
{
	const int64_t n = pages_of(mm, pfn);

	if (!(mm->page[pfn].attr & PAGE_MLOCKED))
		return false;
	count_locked(mm, pfn, -n);
	count_vm_events(mm, VM_UNEVICTABLE_PGS_MUNLOCKED, (uint64_t)n);
	if (mm->page[pfn].attr & PAGE_LRU)
		count_vm_events(mm, VM_UNEVICTABLE_PGS_RESCUED, (uint64_t)n);
	change_list(mm, pfn, 0, PAGE_MLOCKED | PAGE_UNEVICTABLE);
	return true;
}

/* ---- mapped, and no longer ---- */

static bool share(struct mm *mm, pfn_t pfn)
{
	const unsigned int n = block_mapcount(&mm->page[pfn].b);

	if (n == 0 || n == MAX_MAPCOUNT)
		return false;
	page_map(mm, pfn, false);
	return true;
}

/* Anonymous, and mapped by nobody: it is freed if nothing holds it. */
static void let_go(struct mm *mm, pfn_t pfn)
{
	const unsigned int order = block_order(&mm->page[pfn].b);

	if (mm->page[pfn].attr & (PAGE_PINNED | PAGE_WRITEBACK))
		return;
	if (mm->page[pfn].attr & PAGE_SWAPCACHE)
		delete_from_swap_cache(mm, pfn, false);
	if (mm->page[pfn].attr & PAGE_MLOCKED) {
		count_locked(mm, pfn, -pages_of(mm, pfn));
		count_vm_events(mm, VM_UNEVICTABLE_PGS_CLEARED,
				(uint64_t)pages_of(mm, pfn));
	}
	if (frame_abandon(mm, pfn))
		return;
	frame_release(mm, pfn);
	free_frozen_pages(mm, pfn, order);
}

void zap_page(struct mm *mm, pfn_t pfn)
{
	const uint32_t i = process_of_owner(mm, mm->page[pfn].owner);

	if (!page_unmap(mm, pfn)) {
		/* in the swap cache only: its slot was the process's */
		if (i && mm->page[pfn].attr & PAGE_SWAPCACHE)
			add_mm_counter(mm, i, MM_SWAPENTS,
				       -(int64_t)pages_of(mm, pfn));
		else if (!(mm->page[pfn].attr & PAGE_SWAPCACHE))
			return;
	}
	if (is_mapped(mm, pfn))
		return;
	if (mm->page[pfn].attr & PAGE_SWAPBACKED)
		let_go(mm, pfn);
	else
		unlock(mm, pfn);
}

static bool unmap(struct mm *mm, pfn_t pfn)
{
	if (!is_mapped(mm, pfn))
		return false;
	zap_page(mm, pfn);
	return true;
}

/* ---- its page lock; which list it is on ---- */

static bool hold(struct mm *mm, pfn_t pfn)
{
	if (mm->page[pfn].attr & PAGE_LOCKED)
		return false;
	page_change(mm, pfn, PAGE_LOCKED, 0);
	return true;
}

static bool let_lock_go(struct mm *mm, pfn_t pfn)
{
	if (!(mm->page[pfn].attr & PAGE_LOCKED))
		return false;
	page_change(mm, pfn, 0, PAGE_LOCKED);
	migrate_page_unlocked(mm, pfn);
	return true;
}

/* What is mapped, held or being written cannot become the kernel's. */
static bool make_unmovable(struct mm *mm, pfn_t pfn)
{
	const uint16_t may = PAGE_LRU | PAGE_DIRTY | PAGE_ACTIVE |
			     PAGE_COMPOUND | PAGE_REFERENCED | PAGE_WORKINGSET |
			     PAGE_RECLAIM | PAGE_MOVABLE_OPS;
	const struct page *page = &mm->page[pfn];

	if (page_make_plain(mm, pfn))
		return true;
	if (!(page->attr & (PAGE_LRU | PAGE_MOVABLE_OPS)) ||
	    page->attr & ~may || is_mapped(mm, pfn) || block_write(&page->b))
		return false;
	frame_to_kernel(mm, pfn);
	return true;
}

/* PageOffline(), by two kinds of drivers. */
static bool inflate(struct mm *mm, pfn_t pfn)
{
	return page_make_offline(mm, pfn, false);
}

static bool unplug(struct mm *mm, pfn_t pfn)
{
	return page_make_offline(mm, pfn, true);
}

static bool make_movable(struct mm *mm, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	if (page->attr || block_order(&page->b) || is_mapped(mm, pfn) ||
	    block_is_table(&page->b) || slab_of_owner(mm, page->owner) ||
	    (mm->st->nr_batched && lru_batch_times(mm, pfn)))
		return false;
	page_change(mm, pfn, PAGE_MOVABLE_OPS, 0);
	return true;
}

bool page_operate(struct mm *mm, pfn_t pfn, enum mm_page_op op)
{
	static bool (*const ops[NR_PAGE_OPS])(struct mm *, pfn_t) = {
		[PAGE_OP_TOUCH] = touch,
		[PAGE_OP_AGE] = age,
		[PAGE_OP_DIRTY] = dirty,
		[PAGE_OP_PIN] = pin,
		[PAGE_OP_UNPIN] = unpin,
		[PAGE_OP_LOCK] = lock,
		[PAGE_OP_UNLOCK] = unlock,
		[PAGE_OP_SHARE] = share,
		[PAGE_OP_UNMAP] = unmap,
		[PAGE_OP_WRITE_BACK] = write_back,
		[PAGE_OP_HOLD] = hold,
		[PAGE_OP_RELEASE] = let_lock_go,
		[PAGE_OP_UNMOVABLE] = make_unmovable,
		[PAGE_OP_MOVABLE] = make_movable,
		[PAGE_OP_HUGE] = hugetlb_make,
		[PAGE_OP_BALLOON] = inflate,
		[PAGE_OP_UNPLUG] = unplug,
		[PAGE_OP_POISON] = page_make_poisoned,
	};

	return ops[op](mm, pfn);
}
