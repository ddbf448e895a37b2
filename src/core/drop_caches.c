/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * drop_caches.c - /proc/sys/vm/drop_caches: R61
 *
 * Pages of files are gone through by address, caches by node.
 *
 * Models:   drop_caches_sysctl_handler in fs/drop_caches.c,
 *           mapping_try_invalidate in mm/truncate.c, drop_slab in mm/vmscan.c
 * Left out: inodes that go with their last page; the kernel goes through
 *           the page cache file by file
 */
#include <errno.h>

#include "core/frame.h"
#include "core/lru_batch.h"
#include "core/slab.h"
#include "core/trace.h"
#include "core/writeback.h"

/* In the page cache: on an LRU list, of a file. */
static bool is_cached(const struct page *page)
{
	return page->attr & PAGE_LRU && page_is_file(page);
}

static bool is_busy(const struct page *page)
{
	return page->attr & (PAGE_DIRTY | PAGE_WRITEBACK | PAGE_PINNED |
			     PAGE_LOCKED | PAGE_UNEVICTABLE) ||
	       block_mapcount(&page->b);
}

static void drop_pagecache(struct mm *mm, struct mm_dropped *d)
{
	for (pfn_t p = next_used(mm, 0); p != NO_PFN;) {
		const struct page *page = &mm->page[p];
		const unsigned int order = block_order(&page->b);
		const pfn_t next = p + ((pfn_t)1 << order);

		if (is_cached(page) && !is_busy(page)) {
			frame_release(mm, p);
			free_frozen_pages(mm, p, order);
			d->pages += order_pages(order);
		} else if (is_cached(page)) {
			if (!(page->attr & PAGE_LOCKED))
				deactivate_file_folio(mm, p);
			d->kept += order_pages(order);
		}
		p = next_used(mm, next);
	}
	count_vm_events(mm, VM_DROP_PAGECACHE, 1);
}

/* Less and less is expected of a round. */
static void drop_slab(struct mm *mm, struct mm_dropped *d)
{
	int64_t freed;
	int shift = 0;

	do {
		freed = 0;
		for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++)
			freed += shrink_slab_objects(mm, n, GFP_KERNEL, 0,
						     &d->slab_pages);
		d->objects += freed;
	} while (freed >> shift++ > 1);
	count_vm_events(mm, VM_DROP_SLAB, 1);
}

int mm_drop_caches(struct mm *mm, uint64_t what, struct mm_dropped *d,
		   struct mm_error *err)
{
	*d = (struct mm_dropped){0};
	if (what < 1 || what > 7)
		return mm_fail(err, -EINVAL,
			       "%llu: expected 1 (page cache), 2 (slab), 3 "
			       "(both), or 4 more to keep the log quiet",
			       (unsigned long long)what);
	op_enter(mm);
	mm->cpu = 0;
	if (what & 1) {
		lru_add_drain_all(mm);
		drop_pagecache(mm, d);
	}
	if (what & 2)
		drop_slab(mm, d);
	TRACE(mm, drop_caches, ARG(what), ARG(d->pages), ARG(d->kept),
	      ARG(d->objects), ARG(d->slab_pages));
	op_leave(mm);
	return 0;
}
