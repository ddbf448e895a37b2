/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lru_batch.h - a CPU's pages that are to change LRU lists
 *
 * A page does not go to its list at once: the CPU gathers a batch of
 * LRU_BATCH pages first, one batch for each kind of move.  A page that is to
 * be added is on no list until its batch is full, or drained: nobody can
 * isolate it.  For the other moves it stays where it is until then.
 *
 * Who moves pages out of a range switches batching off: then nobody waits.
 *
 * Models:   folio_add_lru, folio_mark_accessed, folio_rotate_reclaimable,
 *           deactivate_file_folio, folio_deactivate, folio_mark_lazyfree,
 *           folio_batch_move_lru, lru_add_drain_cpu, lru_add_drain_all,
 *           lru_cache_disable in mm/swap.c; R4 to R8
 * Left out: a page freed while in a batch lives on until the batch is
 *           drained in the kernel; here the batch forgets it at once.  The
 *           batches of mlock()
 * Keeps:    LRU_BATCHES (check_lru.c)
 */
#ifndef CORE_LRU_BATCH_H
#define CORE_LRU_BATCH_H

#include "core/lru.h"

/** The block, in use and on no LRU list, is to join one. */
void folio_add_lru(struct mm *mm, pfn_t pfn);
/** It was accessed by a system call: R7. */
void folio_mark_accessed(struct mm *mm, pfn_t pfn);
/** Each of these asks for a move, which is done with its batch. */
void folio_activate(struct mm *mm, pfn_t pfn);
void folio_deactivate(struct mm *mm, pfn_t pfn);
void folio_mark_lazyfree(struct mm *mm, pfn_t pfn);
void deactivate_file_folio(struct mm *mm, pfn_t pfn);
/** Its write has ended and nobody wants it: to its list's tail. R8 */
void folio_rotate_reclaimable(struct mm *mm, pfn_t pfn);

/** All batches of one CPU, or of every CPU, go to their lists. */
void lru_add_drain_cpu(struct mm *mm, unsigned int cpu);
void lru_add_drain_all(struct mm *mm);
/** Those of the CPU that runs. */
static inline void lru_add_drain(struct mm *mm)
{
	lru_add_drain_cpu(mm, mm->cpu);
}

/** From now on pages join their lists at once; the batches are drained. */
void lru_cache_disable(struct mm *mm);
/** As often as it was switched off. */
void lru_cache_enable(struct mm *mm);

/** The block is about to be freed. */
void lru_batch_forget(struct mm *mm, pfn_t pfn);
/** Is it in a batch of pages that are to be added to the lists? */
bool lru_batch_is_to_add(const struct mm *mm, pfn_t pfn);
/** How often it is waiting in batches of all CPUs. */
unsigned int lru_batch_times(const struct mm *mm, pfn_t pfn);

#endif
