/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * migrate_batch.c - one batch of pages is moved: unmap all, then copy all
 *
 * A quantum is one page, or one of whoever finds its target
 * (migrate_target.c).
 *
 * Models: migrate_pages_batch, migrate_folio_unmap, migrate_folio_move,
 *         migrate_folios_undo in mm/migrate.c; contig-cma-hotplug.md 8.4, 8.5
 */
#include <errno.h>

#include "core/compact_control.h"
#include "core/frame.h"
#include "core/lru_batch.h"
#include "core/migrate.h"
#include "core/migrate_node.h"
#include "core/owner.h"
#include "core/task.h"
#include "core/trace.h"

/** So often a page under writeback is waited for, a jiffy each time. */
#define MOST_WAITS (10 * MM_HZ)

enum batch_phase {
	BATCH_UNMAP,
	BATCH_TARGET,
	BATCH_MOVE,
	BATCH_FREE,
	BATCH_UNDO
};

static const struct migration *mig_of(const struct mm *mm, uint32_t task)
{
	return &mm->task[task].mig;
}

static unsigned int order_of(const struct mm *mm, pfn_t pfn)
{
	return block_order(&mm->page[pfn].b);
}

static bool is_huge(const struct mm *mm, pfn_t pfn)
{
	return order_of(mm, pfn) && order_of(mm, pfn) == mm->st->cfg.pmd_order;
}

/* ---- beginning and ending ---- */

static void begin_pass(struct mm *mm, const struct migration *m, uint32_t task,
		       enum mig_list which)
{
	STORE(mm, m->src, mig_list(mm, task, which)->head);
	STORE(mm, m->dst, mig_list(mm, task, MIG_TARGETS)->head);
	STORE(mm, m->retry, 0);
	STORE(mm, m->retry_pages, 0);
}

void migrate_batch_begin(struct mm *mm, uint32_t task, enum migrate_mode mode,
			 enum mig_list in, enum mig_list out,
			 unsigned int passes, uint32_t then)
{
	struct migration m = *mig_of(mm, task);

	m.batch_mode = mode;
	m.in = in;
	m.out = out;
	m.passes = passes;
	m.pass = m.waits = m.no_memory = 0;
	m.batch_failed = 0;
	m.then = then;
	m.phase = BATCH_UNMAP;
	store_bytes(mm, mig_of(mm, task), &m, sizeof m);
	begin_pass(mm, mig_of(mm, task), task, in);
}

static void begin_phase(struct mm *mm, uint32_t task, enum batch_phase phase)
{
	const struct migration *m = mig_of(mm, task);

	STORE(mm, m->phase, (uint32_t)phase);
	STORE(mm, m->pass, 0);
	begin_pass(mm, m, task, MIG_UNMAPPED);
	if (phase == BATCH_UNDO) { /* takes them from the heads */
		STORE(mm, m->src, NO_PFN);
		STORE(mm, m->dst, NO_PFN);
	}
}

static enum mm_quantum batch_over(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);

	if (m->no_memory)
		STORE(mm, m->batch_failed, -ENOMEM);
	return QUANTUM_DONE;
}

/* Huge pages that said "again": from the head of the list up to @end. */
static uint32_t huge_before(const struct mm *mm, const struct list *l,
			    pfn_t end)
{
	uint32_t n = 0;

	for (pfn_t p = l->head; p != end; p = list_next(mm, l, 0, p))
		n += is_huge(mm, p);
	return n;
}

/* Once more over those that said "again"? */
static bool another_pass(struct mm *mm, uint32_t task, enum mig_list which)
{
	const struct migration *m = mig_of(mm, task);

	if (m->retry && m->pass + 1 < m->passes) {
		STORE(mm, m->pass, m->pass + 1);
		begin_pass(mm, m, task, which);
		return true;
	}
	STORE(mm, m->batch_failed, m->batch_failed + (int32_t)m->retry);
	STORE(mm, m->nr_failed, m->nr_failed + m->retry_pages);
	STORE(mm, m->nr_thp_failed,
	      m->nr_thp_failed +
		      huge_before(mm, mig_list(mm, task, which), NO_PFN));
	return false;
}

/* ---- unmapping: 8.5 ---- */

static void say_again(struct mm *mm, const struct migration *m, pfn_t src)
{
	STORE(mm, m->retry, m->retry + 1);
	STORE(mm, m->retry_pages, m->retry_pages + (1u << order_of(mm, src)));
}

static void count_failed(struct mm *mm, const struct migration *m, pfn_t src,
			 uint32_t more)
{
	STORE(mm, m->batch_failed, m->batch_failed + 1);
	STORE(mm, m->nr_failed,
	      m->nr_failed + (1u << order_of(mm, src)) + more);
	if (is_huge(mm, src))
		STORE(mm, m->nr_thp_failed, m->nr_thp_failed + 1);
}

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

	if (is_huge(mm, pfn) && (whole.attr & PAGE_SWAPBACKED) &&
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
		STORE(mm, mm->page[p].b.word, whole.b.word & ~0xff00u);
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
	if (is_huge(mm, src)) {
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
	TRACE(mm, compact_refused, ARG(src), ARG(order_of(mm, src)),
	      REASON_PAGE_NO_TARGET);
	count_failed(mm, m, src, m->retry_pages);
	STORE(mm, m->nr_thp_failed,
	      m->nr_thp_failed +
		      huge_before(mm, mig_list(mm, task, (enum mig_list)m->in),
				  src));
	STORE(mm, m->no_memory, 1);
	if (list_is_empty(mig_list(mm, task, MIG_UNMAPPED)))
		return batch_over(mm, task);
	begin_phase(mm, task, BATCH_MOVE);
	return QUANTUM_AGAIN;
}

/* A page table entry each; a huge page has one of another kind. */
static unsigned int ptes(const struct mm *mm, pfn_t pfn)
{
	return is_huge(mm, pfn) ? 0 : block_mapcount(&mm->page[pfn].b);
}

static void unmapped(struct mm *mm, uint32_t task, pfn_t src, pfn_t dst)
{
	const unsigned int order = order_of(mm, src);

	if (block_mapcount(&mm->page[src].b) &&
	    (mm->page[src].attr & PAGE_SWAPBACKED))
		STORE(mm, mm->page[src].attr,
		      (uint16_t)(mm->page[src].attr | PAGE_DIRTY));
	mig_move_tail(mm, task, (enum mig_list)mig_of(mm, task)->in,
		      MIG_UNMAPPED, src);
	list_add_tail(mm, mig_list(mm, task, MIG_TARGETS), 0, dst);
	for (unsigned int i = 0; i < ptes(mm, src); i++)
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
	TRACE(mm, compact_refused, ARG(src), ARG(order_of(mm, src)),
	      attr & PAGE_LOCKED ? REASON_PAGE_LOCKED : REASON_PAGE_WRITEBACK);
	if (attr & PAGE_LOCKED) {
		say_again(mm, m, src);
		return;
	}
	count_failed(mm, m, src, 0);
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

static bool is_gone(const struct mm *mm, pfn_t pfn)
{
	return block_state(&mm->page[pfn].b) == BLOCK_GONE;
}

/* Its frame alone is left of it: that counts as success. */
static void drop_gone(struct mm *mm, uint32_t task, enum mig_list list,
		      pfn_t src)
{
	const struct migration *m = mig_of(mm, task);
	const unsigned int order = order_of(mm, src);

	list_del(mm, mig_list(mm, task, list), 0, src);
	STORE(mm, mm->page[src].b.word, 0);
	STORE(mm, m->nr_succeeded, m->nr_succeeded + (1u << order));
	free_frozen_pages_inside(mm, src, order);
}

/* Before it had a target. */
static enum mm_quantum freed_meanwhile(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);
	const pfn_t src = m->src;
	const enum mig_list in = (enum mig_list)m->in;

	STORE(mm, m->src, list_next(mm, mig_list(mm, task, in), 0, src));
	drop_gone(mm, task, in, src);
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

static enum mm_quantum target_step(struct mm *mm, uint32_t task)
{
	pfn_t dst = NO_PFN;
	const enum mm_quantum q =
		migrate_target_step(mm, task, mig_of(mm, task)->src, &dst);

	return q == QUANTUM_DONE ? with_target(mm, task, dst) : q;
}

static enum mm_quantum unmap_step(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);

	if (m->src == NO_PFN) {
		if (!another_pass(mm, task, (enum mig_list)m->in))
			begin_phase(mm, task, BATCH_MOVE);
		return QUANTUM_AGAIN;
	}
	if (is_gone(mm, m->src))
		return freed_meanwhile(mm, task);
	if (waits_for_lock(mm, task, m->src) ||
	    waits_for_writeback(mm, task, m->src))
		return QUANTUM_SLEEP;
	STORE(mm, m->phase, (uint32_t)BATCH_TARGET);
	migrate_target_begin(mm, task);
	return target_step(mm, task);
}

/* ---- copying: 8.5b ---- */

static void remap(struct mm *mm, pfn_t pfn)
{
	for (unsigned int i = 0; i < ptes(mm, pfn); i++)
		TRACE(mm, remove_migration_pte, ARG(pfn),
		      ARG(order_of(mm, pfn)));
}

/* What the source was, the target is; the source is empty. */
static void copy_page(struct mm *mm, pfn_t src, pfn_t dst)
{
	const struct page from = mm->page[src];
	const struct page *to = &mm->page[dst];

	STORE(mm, to->b.word, block_word_in(&from.b, BLOCK_USED));
	STORE(mm, to->attr, from.attr);
	STORE(mm, to->owner, from.owner);
	STORE(mm, mm->page[src].b.word,
	      block_word(BLOCK_GONE, block_order(&from.b), 0, 0));
	STORE(mm, mm->page[src].attr, 0);
	STORE(mm, mm->page[src].owner, 0);
	owner_list(mm, dst);
}

static void moved(struct mm *mm, uint32_t task, pfn_t src, pfn_t dst)
{
	const struct migration *m = mig_of(mm, task);
	const unsigned int order = order_of(mm, src);
	const uint16_t attr = mm->page[src].attr;
	const bool huge = is_huge(mm, src);

	mig_move_tail(mm, task, MIG_UNMAPPED, MIG_DONE, src);
	list_del(mm, mig_list(mm, task, MIG_TARGETS), 0, dst);
	pageblock_touch(mm, dst);
	uncount_isolated(mm, src);
	if (page_zone(mm, src) != page_zone(mm, dst))
		count_other_zone(mm, src, dst, order);
	copy_page(mm, src, dst);
	TRACE(mm, compact_moved, ARG(src), ARG(dst), ARG(order));
	if (!(attr & PAGE_MOVABLE_OPS))
		folio_add_lru(mm, dst);
	if (attr & PAGE_MLOCKED)
		lru_add_drain_cpu(mm, mm->cpu);
	remap(mm, dst);
	STORE(mm, m->nr_succeeded, m->nr_succeeded + (1u << order));
	if (huge)
		STORE(mm, m->nr_thp_succeeded, m->nr_thp_succeeded + 1);
	STORE(mm, m->phase, (uint32_t)BATCH_FREE);
}

/* The frame that the page has left. */
static enum mm_quantum free_step(struct mm *mm, uint32_t task)
{
	const struct list *l = mig_list(mm, task, MIG_DONE);
	const pfn_t src = l->head;
	const unsigned int order = order_of(mm, src);

	list_del(mm, l, 0, src);
	STORE(mm, mm->page[src].b.word, 0);
	STORE(mm, mig_of(mm, task)->phase, (uint32_t)BATCH_MOVE);
	free_frozen_pages_inside(mm, src, order);
	return QUANTUM_AGAIN;
}

/* It is no use to try again: mapped as before, and the target goes back. */
static void stays(struct mm *mm, uint32_t task, pfn_t src, pfn_t dst)
{
	const struct migration *m = mig_of(mm, task);

	TRACE(mm, compact_refused, ARG(src), ARG(order_of(mm, src)),
	      REASON_PAGE_FIXED);
	remap(mm, src);
	count_failed(mm, m, src, 0);
	mig_move_tail(mm, task, MIG_UNMAPPED, (enum mig_list)m->out, src);
	list_del(mm, mig_list(mm, task, MIG_TARGETS), 0, dst);
	migrate_target_free(mm, task, dst);
}

static enum mm_quantum move_step(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);
	const pfn_t src = m->src, dst = m->dst;

	if (src == NO_PFN) {
		if (!another_pass(mm, task, MIG_UNMAPPED))
			begin_phase(mm, task, BATCH_UNDO);
		return QUANTUM_AGAIN;
	}
	STORE(mm, m->src,
	      list_next(mm, mig_list(mm, task, MIG_UNMAPPED), 0, src));
	STORE(mm, m->dst,
	      list_next(mm, mig_list(mm, task, MIG_TARGETS), 0, dst));
	if (is_gone(mm, src)) {
		list_del(mm, mig_list(mm, task, MIG_TARGETS), 0, dst);
		migrate_target_free(mm, task, dst);
		drop_gone(mm, task, MIG_UNMAPPED, src);
	} else if (page_is_fixed(mm, src)) {
		stays(mm, task, src, dst);
	} else if (mm->page[src].attr & PAGE_PINNED) {
		say_again(mm, m, src);
	} else {
		moved(mm, task, src, dst);
	}
	return QUANTUM_AGAIN;
}

/* ---- what is left has its mappings back, and its target goes back ---- */

static enum mm_quantum undo_step(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);
	const pfn_t src = mig_list(mm, task, MIG_UNMAPPED)->head;
	const pfn_t dst = mig_list(mm, task, MIG_TARGETS)->head;

	if (src == NO_PFN)
		return batch_over(mm, task);
	TRACE(mm, compact_refused, ARG(src), ARG(order_of(mm, src)),
	      REASON_PAGE_PINNED);
	remap(mm, src);
	mig_move_tail(mm, task, MIG_UNMAPPED, (enum mig_list)m->out, src);
	list_del(mm, mig_list(mm, task, MIG_TARGETS), 0, dst);
	migrate_target_free(mm, task, dst);
	return QUANTUM_AGAIN;
}

enum mm_quantum migrate_batch_step(struct mm *mm, uint32_t task)
{
	switch ((enum batch_phase)mig_of(mm, task)->phase) {
	case BATCH_UNMAP:
		return unmap_step(mm, task);
	case BATCH_TARGET:
		return target_step(mm, task);
	case BATCH_MOVE:
		return move_step(mm, task);
	case BATCH_FREE:
		return free_step(mm, task);
	default:
		return undo_step(mm, task);
	}
}

/* ---- for those who distrust a record ---- */

bool batch_phase_sane(const struct migration *m)
{
	return m->phase <= BATCH_UNDO && m->waits <= MOST_WAITS &&
	       (m->phase != BATCH_TARGET || m->src != NO_PFN);
}

bool migrate_moves(const struct migration *m)
{
	return m->phase == BATCH_MOVE || m->phase == BATCH_FREE ||
	       m->phase == BATCH_UNDO;
}

bool migrate_frees(const struct migration *m)
{
	return migrate_walks(m) && m->phase == BATCH_FREE;
}
