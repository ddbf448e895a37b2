/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_migrate_scan.c - the migration scanner: pages that can be moved
 *
 * A pageblock (compact_source.c), or the part of a range that lies in one, is
 * looked at page by page.  What can move leaves its LRU list for the head of
 * the mover's list.
 *
 * A quantum ends at every 32nd page, after every order of the search, and
 * with each block.
 *
 * Models:   isolate_migratepages_block, isolate_migratepages_range,
 *           too_many_isolated in mm/compaction.c; compaction.md 7,
 *           contig-cma-hotplug.md 1.6.1
 * Left out: memory cgroups' own LRU lists
 */
#include <errno.h>

#include "core/compact_source.h"
#include "core/hugetlb.h"
#include "core/lru_batch.h"
#include "core/migrate.h"
#include "core/task.h"
#include "core/vmscan.h"

/* ---- page by page: 7 ---- */

/* 7.2 */
static bool too_many_isolated(const struct mm *mm,
			      const struct compact_control *cc)
{
	const int64_t *n = mm->st->node[zone_nid((zone_t)cc->zid)].stat;
	const int shift = cc->gfp & GFP_BIT_FS ? 3 : 0;
	const int64_t inactive =
		(n[NR_INACTIVE_ANON] + n[NR_INACTIVE_FILE]) >> shift;
	const int64_t active = (n[NR_ACTIVE_ANON] + n[NR_ACTIVE_FILE]) >> shift;

	return n[NR_ISOLATED_ANON] + n[NR_ISOLATED_FILE] >
	       (inactive + active) / 2;
}

/*
 * T7 to T15: may the page be taken?  REASON_NONE: yes.  REASON_PAGE_NOT_LRU
 * covers all that is not on an LRU list, tails and free frames included.
 */
static enum mm_reason page_refusal(const struct mm *mm,
				   const struct compact_control *cc,
				   const struct block *b, uint64_t pfn)
{
	const uint16_t attr = mm->page[pfn].attr;
	const bool async_isolate = cc->mode != MIGRATE_SYNC;
	bool mapping;

	if (!b || block_state(b) != BLOCK_USED)
		return REASON_PAGE_NOT_LRU;
	if (!(attr & PAGE_LRU))
		return attr & PAGE_MOVABLE_OPS ? REASON_NONE
					       : REASON_PAGE_NOT_LRU;
	mapping = page_has_mapping(&mm->page[pfn]);
	if (!mapping && (attr & PAGE_PINNED))
		return REASON_PAGE_PINNED;
	if (!(cc->gfp & GFP_BIT_FS) && mapping)
		return REASON_PAGE_NOFS;
	if ((attr & PAGE_UNEVICTABLE) && !(cc->flags & CC_ALLOC_CONTIG) &&
	    !mm->st->cfg.compact_unevictable_allowed)
		return REASON_PAGE_UNEVICTABLE;
	if (async_isolate && (attr & PAGE_WRITEBACK))
		return REASON_PAGE_WRITEBACK;
	if (((async_isolate && (attr & PAGE_DIRTY)) ||
	     (mapping && (attr & PAGE_UNEVICTABLE))) &&
	    (attr & PAGE_LOCKED))
		return REASON_PAGE_LOCKED;
	if (async_isolate && page_is_fixed(mm, pfn))
		return REASON_PAGE_FIXED;
	return REASON_NONE;
}

/* Steps of 2^order pages instead of one, and counted as looked at. */
static void jump(struct migrate_scan *s, unsigned int order)
{
	s->low += (UINT64_C(1) << order) - 1;
	s->scanned += (1u << order) - 1;
}

static bool batch_is_full(const struct compact_control *cc)
{
	return cc->nr_mig >= COMPACT_CLUSTER_MAX &&
	       !(cc->flags & (CC_FINISH_BLOCK | CC_CONTENDED));
}

/* T17, TAKE; true when the batch is full */
static bool take(struct mm *mm, uint32_t task, struct migrate_scan *s)
{
	const struct compact_control *cc = cc_of(mm, task);
	const pfn_t pfn = (pfn_t)s->low;
	const unsigned int order = block_order(&mm->page[pfn].b);

	isolate_page(mm, task, pfn);
	CC_SET(mm, cc, nr_mig, cc->nr_mig + (1u << order));
	TRACE(mm, compact_isolated, ARG(pfn), ARG(order), ARG(cc->nr_mig));
	s->taken += 1u << order;
	jump(s, order);
	return batch_is_full(cc);
}

/* FAIL: with groups, the whole one is left alone. */
static void fail(struct mm *mm, uint32_t task, struct migrate_scan *s)
{
	const struct compact_control *cc = cc_of(mm, task);

	if (!(s->flags & SCAN_SKIP_ON_FAILURE))
		return;
	if (s->taken) {
		TRACE(mm, compact_refused,
		      ARG(s->low & ~((UINT64_C(1) << cc->order) - 1)),
		      cc->order, REASON_PAGE_GIVEN_UP);
		putback_movable_pages(mm, task);
		CC_SET(mm, cc, nr_mig, 0);
		s->taken = 0;
	}
	if (s->low < s->next_skip) {
		s->low = s->next_skip - 1;
		s->next_skip += UINT64_C(1) << cc->order;
	}
}

/* T3, T16: the block's skip bit; true to leave the block. */
static bool begun_block_is_skipped(const struct mm *mm,
				   const struct compact_control *cc,
				   struct migrate_scan *s)
{
	if (s->valid != NO_POS || !scan_begins(mm, cc, s))
		return false;
	if (!isolation_suitable(mm, cc, s->low))
		return true;
	s->valid = s->low;
	return false;
}

static bool skipped_at_first_page(struct mm *mm,
				  const struct compact_control *cc,
				  struct migrate_scan *s)
{
	if ((s->flags & SCAN_SKIP_DONE) || s->valid == NO_POS)
		return false;
	s->flags |= SCAN_SKIP_DONE;
	return test_and_set_skip(mm, cc, s->valid) &&
	       !(cc->flags & CC_FINISH_BLOCK);
}

enum page_verdict { PAGE_NEXT, PAGE_LEAVE, PAGE_ABORT, PAGE_NO_MEMORY };

/* T4: tails are passed one by one, as they have no order of their own. */
static enum page_verdict pass_hugetlb(struct mm *mm, uint32_t task,
				      struct migrate_scan *s, pfn_t head)
{
	const unsigned int order = block_order(&mm->page[head].b);

	if (s->low == head) {
		TRACE(mm, compact_refused, ARG(head), ARG(order),
		      REASON_PAGE_HUGETLB);
		if (order <= mm->st->cfg.max_page_order)
			jump(s, order);
	}
	fail(mm, task, s);
	return PAGE_NEXT;
}

/* Of a range; contig-cma-hotplug.md 5.3.  PAGE_ABORT: it is free by now. */
static enum page_verdict take_hugetlb(struct mm *mm, uint32_t task,
				      struct migrate_scan *s, pfn_t head)
{
	const struct compact_control *cc = cc_of(mm, task);
	const unsigned int order = block_order(&mm->page[head].b);
	const uint32_t pages = 1u << order;
	const int e = isolate_or_dissolve_hugetlb(mm, task, head);

	if (e && s->low == head)
		jump(s, order);
	if (e == -ENOMEM && s->taken) {
		putback_movable_pages(mm, task);
		CC_SET(mm, cc, nr_mig, 0);
		s->taken = 0;
	}
	if (e)
		return e == -ENOMEM ? PAGE_NO_MEMORY : PAGE_NEXT;
	if (!page_is_hugetlb(&mm->page[head]))
		return PAGE_ABORT;
	CC_SET(mm, cc, nr_mig, cc->nr_mig + pages);
	s->taken += pages;
	s->low = head + pages - 1;
	return batch_is_full(cc) ? PAGE_LEAVE : PAGE_NEXT;
}

/* T2 to T17 of one page. */
static enum page_verdict scan_page(struct mm *mm, uint32_t task,
				   struct migrate_scan *s)
{
	const struct compact_control *cc = cc_of(mm, task);
	const unsigned int max = mm->st->cfg.max_page_order;
	const struct block *b;
	enum page_verdict v;
	enum mm_reason why;
	unsigned int order;
	pfn_t head;

	s->scanned++;
	if (begun_block_is_skipped(mm, cc, s)) {
		TRACE(mm, compact_block_skipped, ARG(s->low),
		      REASON_BLOCK_SKIP_BIT, 0);
		return PAGE_ABORT;
	}
	head = hugetlb_head(mm, (pfn_t)s->low);
	if (head != NO_PFN && !(cc->flags & CC_ALLOC_CONTIG))
		return pass_hugetlb(mm, task, s, head);
	if (head != NO_PFN) {
		v = take_hugetlb(mm, task, s, head);
		if (v != PAGE_ABORT)
			return v;
	}
	b = block_here(mm, s->low);
	if (b && block_state(b) == BLOCK_FREE) {
		order = block_order(b);
		if (order && order <= max)
			jump(s, order);
		return PAGE_NEXT;
	}
	if (compound_head_at(mm, s->low)) {
		order = block_order(b);
		if (!(cc->flags & CC_ALLOC_CONTIG) &&
		    ((cc->order != -1 && (int)order >= cc->order) ||
		     order >= mm->pb_order)) {
			TRACE(mm, compact_refused, ARG(s->low), ARG(order),
			      REASON_PAGE_TOO_LARGE);
			if (order <= max)
				jump(s, order);
			fail(mm, task, s);
			return PAGE_NEXT;
		}
	}
	why = page_refusal(mm, cc, b, s->low);
	if (why != REASON_NONE) {
		/* nothing is said of tails, and of what is on its way back */
		if (b && block_state(b) == BLOCK_USED)
			TRACE(mm, compact_refused, ARG(s->low),
			      ARG(block_order(b)), ARG(why));
		fail(mm, task, s);
		return PAGE_NEXT;
	}
	if ((mm->page[s->low].attr & PAGE_LRU) &&
	    skipped_at_first_page(mm, cc, s)) {
		TRACE(mm, compact_block_skipped, ARG(s->low),
		      REASON_BLOCK_SKIP_BIT, 0);
		return PAGE_ABORT;
	}
	return take(mm, task, s) ? PAGE_LEAVE : PAGE_NEXT;
}

/* 7.5 to 7.7 */
static void end_block(struct mm *mm, const struct compact_control *cc,
		      struct migrate_scan *s)
{
	if (s->low > s->end)
		s->low = s->end;
	if (s->low == s->end &&
	    (s->taken == 0 || (cc->flags & CC_FINISH_BLOCK))) {
		if (!(cc->flags & CC_NO_SET_SKIP) && s->valid != NO_POS &&
		    !(s->flags & SCAN_SKIP_DONE))
			set_pageblock_skip(mm, s->valid);
		update_cached_migrate(mm, cc, s->low);
	}
	TRACE(mm, mm_compaction_isolate_migratepages, ARG(s->start),
	      ARG(s->low), ARG(s->scanned), ARG(s->taken));
	CC_SET(mm, cc, tot_mig_scanned, cc->tot_mig_scanned + s->scanned);
	if (s->taken)
		count_vm_events(mm, VM_COMPACT_ISOLATED, s->taken);
	CC_SET(mm, cc, migrate_pfn, s->low);
	s->flags &= ~(uint32_t)SCAN_IN_BLOCK;
}

/* T1: nothing is noted of this block; the caller puts back what was taken. */
static enum scan_result killed(struct mm *mm, const struct compact_control *cc,
			       struct migrate_scan *s)
{
	cc_flag(mm, cc, CC_CONTENDED, true);
	CC_SET(mm, cc, tot_mig_scanned, cc->tot_mig_scanned + s->scanned);
	if (s->taken)
		count_vm_events(mm, VM_COMPACT_ISOLATED, s->taken);
	CC_SET(mm, cc, migrate_pfn, s->low);
	s->flags &= ~(uint32_t)SCAN_IN_BLOCK;
	store_bytes(mm, &cc->mscan, s, sizeof *s);
	return SCAN_ABORT;
}

/* Up to the next 32nd page, or to the end of what there is to take. */
static enum scan_result scan_pages(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	struct migrate_scan s = cc->mscan;
	enum page_verdict v = PAGE_NEXT;
	bool first = true;

	while (s.low < s.end && v == PAGE_NEXT) {
		if ((s.flags & SCAN_SKIP_ON_FAILURE) && s.low >= s.next_skip) {
			if (s.taken)
				break;
			s.next_skip =
				(s.low | ((UINT64_C(1) << cc->order) - 1)) + 1;
		}
		if (!first && s.low % COMPACT_CLUSTER_MAX == 0) {
			store_bytes(mm, &cc->mscan, &s, sizeof s);
			return SCAN_AGAIN;
		}
		if (s.low % COMPACT_CLUSTER_MAX == 0 && task_is_dying(mm, task))
			return killed(mm, cc, &s);
		first = false;
		v = scan_page(mm, task, &s);
		if (v == PAGE_ABORT)
			s.low = s.end;
		else if (v != PAGE_NO_MEMORY)
			s.low++;
	}
	end_block(mm, cc, &s);
	store_bytes(mm, &cc->mscan, &s, sizeof s);
	return v == PAGE_NO_MEMORY ? SCAN_NO_MEMORY : found_any(cc);
}

/* 7.2; waits once at most, for nobody else may be able to run. */
static enum scan_result throttle(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);

	if (!too_many_isolated(mm, cc))
		return SCAN_AGAIN;
	if (cc->nr_mig || cc->mode == MIGRATE_ASYNC || task_is_dying(mm, task))
		return SCAN_ABORT;
	if (mm->task[task].kind == TASK_KCOMPACTD)
		return SCAN_AGAIN;
	task_sleep(mm, task, WAIT_ISOLATED, MM_HZ / 50);
	return SCAN_SLEEP;
}

enum scan_result isolate_migratepages_step(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	enum scan_result r;

	if (cc->mscan.flags & SCAN_SEARCHES) {
		compact_search_step(mm, cc);
		return SCAN_AGAIN;
	}
	if (cc->mscan.flags & SCAN_IN_BLOCK)
		return scan_pages(mm, task);
	r = choose_source_block(mm, cc);
	if (r == SCAN_AGAIN && (cc->mscan.flags & SCAN_IN_BLOCK))
		r = throttle(mm, task);
	return r;
}

/* ---- a range: contig-cma-hotplug.md 1.6.1 ---- */

/* The block of `low`, or what of it lies in the range up to `high`. */
static void block_of_range(const struct mm *mm, struct migrate_scan *s)
{
	s->block = block_start(mm, s->low);
	s->block_end = min_pos(block_end(mm, s->low), s->high);
	s->flags = 0;
}

void isolate_migratepages_range_begin(struct mm *mm, uint32_t task,
				      uint64_t start, uint64_t end)
{
	const struct compact_control *cc = cc_of(mm, task);
	struct migrate_scan s = {.low = start, .high = end};

	block_of_range(mm, &s);
	store_bytes(mm, &cc->mscan, &s, sizeof s);
	CC_SET(mm, cc, migrate_pfn, start);
}

static enum scan_result range_block(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	struct migrate_scan s = cc->mscan;

	if (s.low >= s.high)
		return SCAN_OK;
	if (pageblock_in_zone(mm, s.block, s.block_end, (zone_t)cc->zid)) {
		begin_source_block(mm, cc, &s);
		store_bytes(mm, &cc->mscan, &s, sizeof s);
		return throttle(mm, task);
	}
	s.low = s.block_end;
	CC_SET(mm, cc, migrate_pfn, s.low);
	block_of_range(mm, &s);
	store_bytes(mm, &cc->mscan, &s, sizeof s);
	return SCAN_AGAIN;
}

enum scan_result isolate_migratepages_range_step(struct mm *mm, uint32_t task)
{
	const struct compact_control *cc = cc_of(mm, task);
	struct migrate_scan s;
	enum scan_result r;

	if (!(cc->mscan.flags & SCAN_IN_BLOCK))
		return range_block(mm, task);
	r = scan_pages(mm, task);
	if (r == SCAN_AGAIN || r == SCAN_ABORT || r == SCAN_NO_MEMORY)
		return r;
	if (cc->nr_mig >= COMPACT_CLUSTER_MAX)
		return SCAN_OK;
	s = cc->mscan;
	s.low = s.block_end;
	block_of_range(mm, &s);
	store_bytes(mm, &cc->mscan, &s, sizeof s);
	return SCAN_AGAIN;
}

/* ---- for those who distrust a record ---- */

bool migrate_scan_in_block(const struct migrate_scan *s)
{
	return (s->flags & SCAN_IN_BLOCK) && !(s->flags & SCAN_SEARCHES);
}

bool migrate_scan_searches(const struct migrate_scan *s)
{
	return s->flags & SCAN_SEARCHES;
}
