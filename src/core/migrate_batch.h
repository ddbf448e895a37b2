/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * migrate_batch.h - what the parts of a batch share
 *
 * migrate_batch.c has the passes over its lists, migrate_unmap.c the way of a
 * page until it has a target and no mappings, migrate_move.c what follows.
 */
#ifndef CORE_MIGRATE_BATCH_H
#define CORE_MIGRATE_BATCH_H

#include "core/migrate.h"

/** So often a page under writeback is waited for, a jiffy each time. */
#define MOST_WAITS (10 * MM_HZ)

enum batch_phase {
	BATCH_UNMAP,
	BATCH_TARGET,
	BATCH_MOVE,
	BATCH_FREE,
	BATCH_UNDO
};

static inline unsigned int mig_order(const struct mm *mm, pfn_t pfn)
{
	return block_order(&mm->page[pfn].b);
}

static inline bool mig_is_huge(const struct mm *mm, pfn_t pfn)
{
	return mig_order(mm, pfn) &&
	       mig_order(mm, pfn) == mm->st->cfg.pmd_order;
}

/** A page table entry each; a huge page has one of another kind. */
static inline unsigned int mig_ptes(const struct mm *mm, pfn_t pfn)
{
	return mig_is_huge(mm, pfn) ? 0 : block_mapcount(&mm->page[pfn].b);
}

/** Freed while on its way: its mover has the frame alone. */
static inline bool mig_is_gone(const struct mm *mm, pfn_t pfn)
{
	return block_state(&mm->page[pfn].b) == BLOCK_GONE;
}

/** On with another phase, from the heads of its lists. */
void batch_begin_phase(struct mm *mm, uint32_t task, enum batch_phase phase);
/** Once more over those that said "again"?  Else they have failed. */
bool batch_another_pass(struct mm *mm, uint32_t task, enum mig_list which);
enum mm_quantum batch_over(struct mm *mm, uint32_t task);
/** The page is tried again in the next pass. */
void batch_say_again(struct mm *mm, const struct migration *m, pfn_t src);
/** It has failed, and @more pages with it. */
void batch_count_failed(struct mm *mm, const struct migration *m, pfn_t src,
			uint32_t more);
/** So do those huge pages of @which that said "again", up to @end. */
void batch_count_huge(struct mm *mm, uint32_t task, enum mig_list which,
		      pfn_t end);
/** Of a page that is gone its frame alone is left: that is success. */
void batch_drop_gone(struct mm *mm, uint32_t task, enum mig_list list,
		     pfn_t src);

/* ---- the steps of each phase ---- */

enum mm_quantum migrate_unmap_step(struct mm *mm, uint32_t task);
/** The page in hand looks for its target. */
enum mm_quantum migrate_unmap_target(struct mm *mm, uint32_t task);
enum mm_quantum migrate_move_step(struct mm *mm, uint32_t task);
/** The frame that the page has left is freed. */
enum mm_quantum migrate_free_step(struct mm *mm, uint32_t task);
/** What is left has its mappings back, and its target goes back. */
enum mm_quantum migrate_undo_step(struct mm *mm, uint32_t task);

#endif
