/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * list.h - doubly linked lists of blocks, linked by page number
 *
 * A list holds blocks of one order; the order says where their links are
 * (block_at()).  The word of a block is the caller's.
 *
 * Models: struct list_head as used for free lists and per-CPU lists
 */
#ifndef CORE_LIST_H
#define CORE_LIST_H

#include "core/store.h"

static inline void list_add_head(struct mm *mm, const struct list *l,
				 unsigned int order, pfn_t pfn)
{
	const struct block *b = block_at(mm, pfn, order);
	const pfn_t first = l->head;

	STORE(mm, b->next, first);
	STORE(mm, b->prev, NO_PFN);
	if (first != NO_PFN)
		STORE(mm, block_at(mm, first, order)->prev, pfn);
	else
		STORE(mm, l->tail, pfn);
	STORE(mm, l->head, pfn);
	STORE(mm, l->nr, l->nr + 1);
}

static inline void list_add_tail(struct mm *mm, const struct list *l,
				 unsigned int order, pfn_t pfn)
{
	const struct block *b = block_at(mm, pfn, order);
	const pfn_t last = l->tail;

	STORE(mm, b->next, NO_PFN);
	STORE(mm, b->prev, last);
	if (last != NO_PFN)
		STORE(mm, block_at(mm, last, order)->next, pfn);
	else
		STORE(mm, l->head, pfn);
	STORE(mm, l->tail, pfn);
	STORE(mm, l->nr, l->nr + 1);
}

static inline void list_del(struct mm *mm, const struct list *l,
			    unsigned int order, pfn_t pfn)
{
	const struct block *b = block_at(mm, pfn, order);
	const pfn_t next = b->next, prev = b->prev;

	if (prev != NO_PFN)
		STORE(mm, block_at(mm, prev, order)->next, next);
	else
		STORE(mm, l->head, next);
	if (next != NO_PFN)
		STORE(mm, block_at(mm, next, order)->prev, prev);
	else
		STORE(mm, l->tail, prev);
	STORE(mm, l->nr, l->nr - 1);
}

#endif
