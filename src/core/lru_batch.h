/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lru_batch.h - a CPU's pages that are to join an LRU list
 *
 * A page does not go to its list at once: the CPU gathers a batch of
 * LRU_BATCH pages first.  Until that is full, or drained, the page is on no
 * list and nobody can isolate it.
 *
 * Models:   folio_add_lru, folio_batch_move_lru, lru_add_drain_cpu,
 *           lru_add_drain_all in mm/swap.c; R4, R5
 * Left out: a page freed while in a batch lives on until the batch is
 *           drained in the kernel; here the batch forgets it at once
 * Keeps:    LRU_BATCHES (check_lru.c)
 */
#ifndef CORE_LRU_BATCH_H
#define CORE_LRU_BATCH_H

#include "core/lru.h"

/** The block, in use and on no LRU list, is to join one. */
void folio_add_lru(struct mm *mm, pfn_t pfn);
/** All batches of one CPU, or of every CPU, go to their lists. */
void lru_add_drain_cpu(struct mm *mm, unsigned int cpu);
void lru_add_drain_all(struct mm *mm);
/** The block is about to be freed. */
void lru_batch_forget(struct mm *mm, pfn_t pfn);
/** How often it is waiting in a batch of any CPU: 0 or 1. */
unsigned int lru_batch_times(const struct mm *mm, pfn_t pfn);

#endif
