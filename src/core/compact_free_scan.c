/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_free_scan.c - the free scanner: pages to move to
 *
 * Runs on demand, when a page is to be moved and nothing is at hand.  The
 * shortcut over the free lists comes first (compact_free_fast.c); then blocks
 * are gone through downwards, each from its first page up.
 *
 * A quantum ends at every 32nd page looked at, and with each block.
 *
 * Models:   isolate_freepages, isolate_freepages_block,
 *           suitable_migration_target, compaction_alloc, compaction_free,
 *           release_free_list in mm/compaction.c; __isolate_free_page in
 *           mm/page_alloc.c; compaction.md 2.5, 8.1, 8.2, 8.4, 8.5, 9.2, 9.3
 */
#include "core/buddy.h"
#include "core/compact_control.h"
#include "core/frame.h"
#include "core/migrate.h"
#include "core/vmscan.h"
#include "core/watermark.h"

/* ---- taking a free block ---- */

/* 2.5a: the raw min mark, and the lowest zone's reserve */
static bool above_min(const struct mm *mm, zone_t zid, unsigned int order)
{
	const struct zone *z = &mm->zone[zid];

	return zone_page_state(mm, zid, NR_FREE_PAGES) - z->nr_free_highatomic >
	       z->wmark[WMARK_MIN] + order_pages(order) + z->lowmem_reserve[0];
}

/* 2.5c: the pageblock that lost half of itself or more is Movable now. */
static void retag(struct mm *mm, zone_t zid, pfn_t pfn, unsigned int order)
{
	const pfn_t end = pfn + ((pfn_t)1 << order);

	for (pfn_t p = pfn; p < end - 1; p += pageblock_nr_pages(mm))
		if (migratetype_is_mergeable(pageblock_type(mm, p)))
			move_freepages_block(mm, zid, p, MIGRATE_MOVABLE);
}

bool isolate_free_page(struct mm *mm, uint32_t task, pfn_t pfn,
		       unsigned int order)
{
	const struct compact_control *cc = cc_of(mm, task);
	const zone_t zid = (zone_t)cc->zid;
	const enum migratetype mt = pageblock_type(mm, pfn);

	if (mt != MIGRATE_ISOLATE && !above_min(mm, zid, order)) {
		TRACE(mm, compact_refused, ARG(pfn), ARG(order),
		      REASON_FREE_AT_WATERMARK);
		return false;
	}
	del_page_from_free_list(mm, zid, pfn, order, REASON_TAKEN);
	/* its frames are being used from now on, singly perhaps */
	list_add_tail(mm, &cc->freepages[order], order, pfn);
	STORE(mm, block_at(mm, pfn, order)->word,
	      block_word(BLOCK_TAKEN, order, 0, 0));
	CC_SET(mm, cc, nr_free, cc->nr_free + (1u << order));
	TRACE(mm, compact_free_taken, ARG(pfn), ARG(order), ARG(cc->nr_free));
	if (order + 1 >= mm->pb_order)
		retag(mm, zid, pfn, order);
	return true;
}

/* ---- one block, page by page: 8.4 ---- */

enum {
	BLOCK_SCANNING,
	BLOCK_AT_END,
	BLOCK_ENOUGH,
	BLOCK_REFUSED,
	BLOCK_KILLED
};

void scan_free_block_begin(struct mm *mm, uint32_t task, uint64_t start,
			   uint64_t end, uint32_t stride)
{
	const struct compact_control *cc = cc_of(mm, task);
	struct free_scan f = cc->fscan;

	f.start = f.at = start;
	f.end = end;
	f.block_stride = stride;
	f.scanned = f.total = 0;
	f.result = BLOCK_SCANNING;
	store_bytes(mm, &cc->fscan, &f, sizeof f);
}

static void scan_free_page(struct mm *mm, uint32_t task, struct free_scan *f)
{
	const struct compact_control *cc = cc_of(mm, task);
	const struct block *b = block_here(mm, f->at);
	const unsigned int order = b ? block_order(b) : 0;
	const uint64_t pages = UINT64_C(1) << order;

	f->scanned++;
	if (compound_head_at(mm, f->at)) {
		if (f->at + pages <= f->end) {
			f->at += pages - 1;
			f->scanned += (uint32_t)pages - 1;
		}
		f->at += f->block_stride;
		return;
	}
	if (!b || block_state(b) != BLOCK_FREE) {
		f->at += f->block_stride;
		return;
	}
	if (!isolate_free_page(mm, task, (pfn_t)f->at, order)) {
		f->result = BLOCK_REFUSED;
		return;
	}
	f->scanned += (uint32_t)pages - 1;
	f->total += (uint32_t)pages;
	if (cc->nr_mig <= cc->nr_free) {
		f->at += pages;
		f->result = BLOCK_ENOUGH;
		return;
	}
	f->at += pages - 1 + f->block_stride;
}

bool scan_free_block_step(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	struct free_scan f = cc->fscan;
	bool first = true;

	while (f.result == BLOCK_SCANNING && f.at < f.end) {
		if (!first && f.at % COMPACT_CLUSTER_MAX == 0) {
			store_bytes(mm, &cc->fscan, &f, sizeof f);
			return true;
		}
		first = false;
		if (f.at % COMPACT_CLUSTER_MAX == 0 &&
		    task_is_dying(mm, task)) {
			cc_flag(mm, cc, CC_CONTENDED, true);
			f.result = BLOCK_KILLED;
			break;
		}
		scan_free_page(mm, task, &f);
	}
	if (f.at > f.end)
		f.at = f.end;
	if (f.result == BLOCK_SCANNING)
		f.result = BLOCK_AT_END;
	TRACE(mm, mm_compaction_isolate_freepages, ARG(f.start), ARG(f.at),
	      ARG(f.scanned), ARG(f.total));
	CC_SET(mm, cc, tot_free_scanned, cc->tot_free_scanned + f.scanned);
	if (f.total)
		count_vm_events(mm, VM_COMPACT_ISOLATED, f.total);
	store_bytes(mm, &cc->fscan, &f, sizeof f);
	return false;
}

/* ---- block by block: 8.2 ---- */

bool suitable_migration_target(struct mm *mm, const struct compact_control *cc,
			       uint64_t block)
{
	const int least = cc->order > 0 ? cc->order : (int)mm->pb_order;
	const enum migratetype mt = pageblock_type(mm, (pfn_t)block);

	if (buddy_order_at(mm, block) >= least) {
		TRACE(mm, compact_block_skipped, ARG(block), REASON_BLOCK_FREE,
		      1);
		return false;
	}
	if ((cc->flags & CC_IGNORE_SUITABLE) || mt == MIGRATE_MOVABLE ||
	    mt == MIGRATE_CMA)
		return true;
	TRACE(mm, compact_block_skipped, ARG(block), REASON_BLOCK_TYPE, 1);
	return false;
}

static void linear_begin(struct mm *mm, const struct compact_control *cc)
{
	struct free_scan f = cc->fscan;
	const zone_t zid = (zone_t)cc->zid;

	f.cur = cc->free_pfn;
	f.block = block_start(mm, f.cur);
	f.block_end =
		min_pos(f.block + pageblock_nr_pages(mm), zone_end(mm, zid));
	f.limit_low = block_end(mm, cc->migrate_pfn);
	f.stride = cc->mode == MIGRATE_ASYNC ? COMPACT_CLUSTER_MAX : 1;
	f.step = FREE_LINEAR;
	store_bytes(mm, &cc->fscan, &f, sizeof f);
}

static void block_below(const struct mm *mm, struct free_scan *f)
{
	f->block_end = f->block;
	f->block -= pageblock_nr_pages(mm);
	f->cur = f->block;
}

static bool linear_takes(struct mm *mm, const struct compact_control *cc,
			 const struct free_scan *f)
{
	if (!pageblock_in_zone(mm, f->block, f->block_end, (zone_t)cc->zid)) {
		TRACE(mm, compact_block_skipped, ARG(f->block),
		      REASON_BLOCK_HOLE, 1);
		return false;
	}
	if (!suitable_migration_target(mm, cc, f->block))
		return false;
	if (isolation_suitable(mm, cc, f->block))
		return true;
	TRACE(mm, compact_block_skipped, ARG(f->block), REASON_BLOCK_SKIP_BIT,
	      1);
	return false;
}

/* The next block worth a scan; false when there is none. */
static bool linear_step(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	struct free_scan f = cc->fscan;

	for (; f.block >= f.limit_low; block_below(mm, &f)) {
		if (!linear_takes(mm, cc, &f))
			continue;
		f.step = FREE_LINEAR_SCAN;
		store_bytes(mm, &cc->fscan, &f, sizeof f);
		scan_free_block_begin(mm, task, f.cur, f.block_end, f.stride);
		return true;
	}
	f.step = FREE_OVER;
	store_bytes(mm, &cc->fscan, &f, sizeof f);
	CC_SET(mm, cc, free_pfn, f.cur);
	return false;
}

/* After a block: enough, refused, or on to the next one; false when over. */
static bool linear_scanned(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	struct free_scan f = cc->fscan;
	bool stop = false;

	f.cur = f.at;
	if (f.cur == f.block_end)
		update_pageblock_skip(mm, cc, f.block,
				      f.block - pageblock_nr_pages(mm));
	if (cc->nr_free >= cc->nr_mig) {
		if (f.cur >= f.block_end)
			f.cur = f.block - pageblock_nr_pages(mm);
		stop = true;
	} else if (f.cur < f.block_end) {
		stop = true;
	} else if (f.total) {
		f.stride = 1;
	} else {
		f.stride = f.stride * 2 < COMPACT_CLUSTER_MAX
				   ? f.stride * 2
				   : COMPACT_CLUSTER_MAX;
	}
	f.step = stop ? FREE_OVER : FREE_LINEAR;
	if (stop)
		CC_SET(mm, cc, free_pfn, f.cur);
	else
		block_below(mm, &f);
	store_bytes(mm, &cc->fscan, &f, sizeof f);
	return !stop;
}

/* ---- 8.1 ---- */

void isolate_freepages_begin(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);

	STORE(mm, cc->fscan.step, (uint32_t)FREE_BEGIN);
}

bool isolate_freepages_step(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);

	switch ((enum free_step)cc->fscan.step) {
	case FREE_BEGIN:
		fast_isolate_freepages_begin(mm, task);
		break;
	case FREE_FAST:
	case FREE_FAST_END:
	case FREE_AROUND:
		if (fast_isolate_freepages_step(mm, task))
			return true;
		if (cc->nr_free) {
			STORE(mm, cc->fscan.step, (uint32_t)FREE_OVER);
			return false;
		}
		linear_begin(mm, cc);
		return true;
	case FREE_LINEAR:
		return linear_step(mm, task);
	case FREE_LINEAR_SCAN:
		return scan_free_block_step(mm, task) ||
		       linear_scanned(mm, task);
	default:
		return false;
	}
	return true;
}

/* ---- handing out: 9.2, 9.3, 11.1 ---- */

/* The block leaves its list, and the list's kind of record. */
static void unlist(struct mm *mm, const struct compact_control *cc, pfn_t pfn,
		   unsigned int order)
{
	list_del(mm, &cc->freepages[order], order, pfn);
	STORE(mm, block_at(mm, pfn, order)->word, 0);
}

static void put_half(struct mm *mm, const struct compact_control *cc, pfn_t pfn,
		     unsigned int order)
{
	list_add_head(mm, &cc->freepages[order], order, pfn);
	STORE(mm, block_at(mm, pfn, order)->word,
	      block_word(BLOCK_TAKEN, order, 0, 0));
}

pfn_t compaction_alloc(struct mm *mm, uint32_t task, unsigned int order)
{
	const struct compact_control *cc = cc_of(mm, task);
	const unsigned int max = mm->st->cfg.max_page_order;
	unsigned int o = order;
	pfn_t pfn;

	while (o <= max && list_is_empty(&cc->freepages[o]))
		o++;
	if (o > max)
		return NO_PFN;
	pfn = cc->freepages[o].head;
	unlist(mm, cc, pfn, o);
	pageblock_touch(mm, pfn);
	while (o > order) {
		o--;
		put_half(mm, cc, pfn + ((pfn_t)1 << o), o);
	}
	STORE(mm, mm->page[pfn].b.word, block_word(BLOCK_TARGET, order, 0, 0));
	CC_SET(mm, cc, nr_free, cc->nr_free - (1u << order));
	CC_SET(mm, cc, nr_mig, cc->nr_mig - (1u << order));
	return pfn;
}

void compaction_free(struct mm *mm, uint32_t task, pfn_t pfn)
{
	const struct compact_control *cc = cc_of(mm, task);
	const unsigned int order = block_order(&mm->page[pfn].b);

	STORE(mm, mm->page[pfn].b.word, 0);
	put_half(mm, cc, pfn, order);
	CC_SET(mm, cc, nr_free, cc->nr_free + (1u << order));
	CC_SET(mm, cc, nr_mig, cc->nr_mig + (1u << order));
	TRACE(mm, mm_page_free, ARG(pfn), ARG(order));
	TRACE(mm, compact_target_back, ARG(pfn), ARG(order));
}

bool release_free_page(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);

	for (unsigned int o = 0; o <= mm->st->cfg.max_page_order; o++) {
		const pfn_t pfn = cc->freepages[o].head;

		if (pfn == NO_PFN)
			continue;
		unlist(mm, cc, pfn, o);
		CC_SET(mm, cc, nr_free, cc->nr_free - (1u << o));
		if (pfn + UINT64_C(1) > cc->released)
			CC_SET(mm, cc, released, pfn + UINT64_C(1));
		free_frozen_pages_inside(mm, pfn, o);
		return true;
	}
	return false;
}
