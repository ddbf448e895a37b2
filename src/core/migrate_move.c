/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * migrate_move.c - an unmapped page is copied to its target, or stays
 *
 * Models: migrate_folio_move, migrate_folios_undo, the second half of
 *         migrate_pages_batch in mm/migrate.c; contig-cma-hotplug.md 8.5b
 */
#include "core/frame.h"
#include "core/lru_batch.h"
#include "core/migrate_batch.h"
#include "core/migrate_node.h"
#include "core/owner.h"
#include "core/trace.h"

static void remap(struct mm *mm, pfn_t pfn)
{
	for (unsigned int i = 0; i < mig_ptes(mm, pfn); i++)
		TRACE(mm, remove_migration_pte, ARG(pfn),
		      ARG(mig_order(mm, pfn)));
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
	const unsigned int order = mig_order(mm, src);
	const uint16_t attr = mm->page[src].attr;
	const bool huge = mig_is_huge(mm, src);

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
enum mm_quantum migrate_free_step(struct mm *mm, uint32_t task)
{
	const struct list *l = mig_list(mm, task, MIG_DONE);
	const pfn_t src = l->head;
	const unsigned int order = mig_order(mm, src);

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

	TRACE(mm, compact_refused, ARG(src), ARG(mig_order(mm, src)),
	      REASON_PAGE_FIXED);
	remap(mm, src);
	batch_count_failed(mm, m, src, 0);
	mig_move_tail(mm, task, MIG_UNMAPPED, (enum mig_list)m->out, src);
	list_del(mm, mig_list(mm, task, MIG_TARGETS), 0, dst);
	migrate_target_free(mm, task, dst);
}

enum mm_quantum migrate_move_step(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);
	const pfn_t src = m->src, dst = m->dst;

	if (src == NO_PFN) {
		if (!batch_another_pass(mm, task, MIG_UNMAPPED))
			batch_begin_phase(mm, task, BATCH_UNDO);
		return QUANTUM_AGAIN;
	}
	STORE(mm, m->src,
	      list_next(mm, mig_list(mm, task, MIG_UNMAPPED), 0, src));
	STORE(mm, m->dst,
	      list_next(mm, mig_list(mm, task, MIG_TARGETS), 0, dst));
	if (mig_is_gone(mm, src)) {
		list_del(mm, mig_list(mm, task, MIG_TARGETS), 0, dst);
		migrate_target_free(mm, task, dst);
		batch_drop_gone(mm, task, MIG_UNMAPPED, src);
	} else if (page_is_fixed(mm, src)) {
		stays(mm, task, src, dst);
	} else if (mm->page[src].attr & PAGE_PINNED) {
		batch_say_again(mm, m, src);
	} else {
		moved(mm, task, src, dst);
	}
	return QUANTUM_AGAIN;
}

enum mm_quantum migrate_undo_step(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);
	const pfn_t src = mig_list(mm, task, MIG_UNMAPPED)->head;
	const pfn_t dst = mig_list(mm, task, MIG_TARGETS)->head;

	if (src == NO_PFN)
		return batch_over(mm, task);
	TRACE(mm, compact_refused, ARG(src), ARG(mig_order(mm, src)),
	      REASON_PAGE_PINNED);
	remap(mm, src);
	mig_move_tail(mm, task, MIG_UNMAPPED, (enum mig_list)m->out, src);
	list_del(mm, mig_list(mm, task, MIG_TARGETS), 0, dst);
	migrate_target_free(mm, task, dst);
	return QUANTUM_AGAIN;
}
