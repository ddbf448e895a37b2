/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * migrate_unmap.c - a page of a batch is given a target and loses its mappings
 *
 * Models: migrate_folio_unmap, the first half of migrate_pages_batch in
 *         mm/migrate.c; contig-cma-hotplug.md 8.5
 */
#include "core/compact_control.h"
#include "core/frame.h"
#include "core/migrate_batch.h"
#include "core/task.h"
#include "core/trace.h"

/* Nobody holds it but its mover: its frames can go ways of their own. */
static bool can_split(const struct mm *mm, pfn_t pfn)
{
	const uint16_t attr = mm->page[pfn].attr;

	return (attr & PAGE_COMPOUND) &&
	       !(attr & (PAGE_LOCKED | PAGE_WRITEBACK | PAGE_PINNED |
			 PAGE_MOVABLE_OPS));
}

/* One large page becomes as many single ones, each mapped as it was. */
static void split_folio(struct mm *mm, uint32_t task, pfn_t pfn)
{
	const struct page whole = mm->page[pfn];
	const struct owner *o = &mm->owner[whole.owner];
	const pfn_t pages = (pfn_t)1 << block_order(&whole.b);

	if (mig_is_huge(mm, pfn) && (whole.attr & PAGE_SWAPBACKED) &&
	    block_mapcount(&whole.b))
		mod_node_page_state(mm, page_nid(mm, pfn),
				    NR_ANON_TRANSPARENT_HUGEPAGES,
				    -(int64_t)pages);
	if (whole.owner) {
		STORE(mm, o->nr, o->nr + pages - 1);
		STORE(mm, o->nr_lru, o->nr_lru + pages - 1);
	}
	for (pfn_t p = pfn; p < pfn + pages; p++) {
		pageblock_touch(mm, p);
		STORE(mm, mm->page[p].b.word,
		      whole.b.word & ~(BLOCK_ORDER_MASK << 8));
		STORE(mm, mm->page[p].attr,
		      (uint16_t)(whole.attr & ~PAGE_COMPOUND));
		STORE(mm, mm->page[p].owner, whole.owner);
		list_add_tail(mm, mig_list(mm, task, MIG_SPLIT), 0, p);
	}
	TRACE(mm, compact_split, ARG(pfn), ARG(block_order(&whole.b)));
}

/* Too large for any target: its pieces are tried after the batch (8.7). */
static enum mm_quantum split_instead(struct mm *mm, uint32_t task, pfn_t src)
{
	const struct migration *m = mig_of(mm, task);
	const struct list *in = mig_list(mm, task, (enum mig_list)m->in);

	STORE(mm, m->src, list_next(mm, in, 0, src));
	STORE(mm, m->batch_failed, m->batch_failed + 1);
	STORE(mm, m->nr_split, m->nr_split + 1);
	if (mig_is_huge(mm, src)) {
		STORE(mm, m->nr_thp_failed, m->nr_thp_failed + 1);
		STORE(mm, m->nr_thp_split, m->nr_thp_split + 1);
	}
	list_del(mm, in, 0, src);
	split_folio(mm, task, src);
	return QUANTUM_AGAIN;
}

/* There is nowhere to move it: that is the end of the batch. */
static enum mm_quantum no_target(struct mm *mm, uint32_t task, pfn_t src)
{
	const struct migration *m = mig_of(mm, task);

	if (m->in != MIG_SPLIT && can_split(mm, src))
		return split_instead(mm, task, src);
	TRACE(mm, compact_refused, ARG(src), ARG(mig_order(mm, src)),
	      REASON_PAGE_NO_TARGET);
	batch_count_failed(mm, m, src, m->retry_pages);
	batch_count_huge(mm, task, (enum mig_list)m->in, src);
	STORE(mm, m->no_memory, 1);
	if (list_is_empty(mig_list(mm, task, MIG_UNMAPPED)))
		return batch_over(mm, task);
	batch_begin_phase(mm, task, BATCH_MOVE);
	return QUANTUM_AGAIN;
}

static void unmapped(struct mm *mm, uint32_t task, pfn_t src, pfn_t dst)
{
	const unsigned int order = mig_order(mm, src);

	if (block_mapcount(&mm->page[src].b) &&
	    (mm->page[src].attr & PAGE_SWAPBACKED))
		STORE(mm, mm->page[src].attr,
		      (uint16_t)(mm->page[src].attr | PAGE_DIRTY));
	mig_move_tail(mm, task, (enum mig_list)mig_of(mm, task)->in,
		      MIG_UNMAPPED, src);
	list_add_tail(mm, mig_list(mm, task, MIG_TARGETS), 0, dst);
	for (unsigned int i = 0; i < mig_ptes(mm, src); i++)
		TRACE(mm, set_migration_pte, ARG(src), ARG(order));
	TRACE(mm, compact_target, ARG(src), ARG(dst), ARG(order));
}

/* With a target at hand: is there anything in the way? */
static void unmap(struct mm *mm, uint32_t task, pfn_t src, pfn_t dst)
{
	const struct migration *m = mig_of(mm, task);
	const uint16_t attr = mm->page[src].attr;

	if (!(attr & (PAGE_LOCKED | PAGE_WRITEBACK))) {
		unmapped(mm, task, src, dst);
		return;
	}
	migrate_target_free(mm, task, dst);
	TRACE(mm, compact_refused, ARG(src), ARG(mig_order(mm, src)),
	      attr & PAGE_LOCKED ? REASON_PAGE_LOCKED : REASON_PAGE_WRITEBACK);
	if (attr & PAGE_LOCKED) {
		batch_say_again(mm, m, src);
		return;
	}
	batch_count_failed(mm, m, src, 0);
	mig_move_tail(mm, task, (enum mig_list)m->in, (enum mig_list)m->out,
		      src);
}

/* The page in hand has its target, or there is none. */
static enum mm_quantum with_target(struct mm *mm, uint32_t task, pfn_t dst)
{
	const struct migration *m = mig_of(mm, task);
	const pfn_t src = m->src;
	const pfn_t next =
		list_next(mm, mig_list(mm, task, (enum mig_list)m->in), 0, src);

	STORE(mm, m->phase, (uint32_t)BATCH_UNMAP);
	if (dst == NO_PFN)
		return no_target(mm, task, src);
	STORE(mm, m->src, next);
	unmap(mm, task, src, dst);
	return QUANTUM_AGAIN;
}

/* Before it had a target. */
static enum mm_quantum freed_meanwhile(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);
	const pfn_t src = m->src;
	const enum mig_list in = (enum mig_list)m->in;

	STORE(mm, m->src, list_next(mm, mig_list(mm, task, in), 0, src));
	batch_drop_gone(mm, task, in, src);
	return QUANTUM_AGAIN;
}

/* Whoever has PF_MEMALLOC, as direct compaction has, never waits for a lock. */
static bool may_wait_for_lock(const struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);

	return m->batch_mode != MIGRATE_ASYNC &&
	       !(mm->task[task].flags & TASK_MEMALLOC) &&
	       !(m->reason == MR_COMPACTION &&
		 cc_of(mm, task)->flags & CC_DIRECT);
}

static bool waits_for_lock(struct mm *mm, uint32_t task, pfn_t src)
{
	const struct migration *m = mig_of(mm, task);

	if (!(mm->page[src].attr & PAGE_LOCKED) || m->waits ||
	    !may_wait_for_lock(mm, task))
		return false;
	STORE(mm, m->waits, 1);
	return task_sleep(mm, task, WAIT_LOCK, MM_HZ);
}

void migrate_page_unlocked(struct mm *mm, pfn_t pfn)
{
	for (uint32_t i = 0; i < mm->st->nr_tasks; i++)
		if (mm->task[i].state == TASK_WAITING &&
		    mm->task[i].wait == WAIT_LOCK && mig_of(mm, i)->src == pfn)
			task_wake(mm, i);
}

/* Only SYNC waits for writeback, and not for ever. */
static bool waits_for_writeback(struct mm *mm, uint32_t task, pfn_t src)
{
	const struct migration *m = mig_of(mm, task);

	if (!(mm->page[src].attr & PAGE_WRITEBACK) ||
	    m->batch_mode != MIGRATE_SYNC || !mm->st->cfg.schedule ||
	    m->waits == MOST_WAITS)
		return false;
	STORE(mm, m->waits, m->waits + 1);
	return task_sleep(mm, task, WAIT_WRITEBACK, 1);
}

enum mm_quantum migrate_unmap_target(struct mm *mm, uint32_t task)
{
	pfn_t dst = NO_PFN;
	const enum mm_quantum q =
		migrate_target_step(mm, task, mig_of(mm, task)->src, &dst);

	return q == QUANTUM_DONE ? with_target(mm, task, dst) : q;
}

enum mm_quantum migrate_unmap_step(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);

	if (m->src == NO_PFN) {
		if (!batch_another_pass(mm, task, (enum mig_list)m->in))
			batch_begin_phase(mm, task, BATCH_MOVE);
		return QUANTUM_AGAIN;
	}
	if (mig_is_gone(mm, m->src))
		return freed_meanwhile(mm, task);
	if (waits_for_lock(mm, task, m->src) ||
	    waits_for_writeback(mm, task, m->src))
		return QUANTUM_SLEEP;
	STORE(mm, m->phase, (uint32_t)BATCH_TARGET);
	migrate_target_begin(mm, task);
	return migrate_unmap_target(mm, task);
}
