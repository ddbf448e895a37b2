/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * list.h - doubly linked lists of blocks, linked by page number
 *
 * A list holds blocks of one order; the order says where their links are
 * (block_at()).  The `prev` of the head and the `next` of the tail mean
 * nothing and are never read: taking the head is then a single store, and
 * touches no other block.  The word of a block is the caller's.
 *
 * Models: struct list_head as used for free lists and per-CPU lists
 */
#ifndef CORE_LIST_H
#define CORE_LIST_H

#include "core/store.h"

static always_inline bool list_is_empty(const struct list *l)
{
	return l->head == NO_PFN;
}

/** The block behind @pfn, NO_PFN behind the tail. */
static always_inline pfn_t list_next(const struct mm *mm, const struct list *l,
				     unsigned int order, pfn_t pfn)
{
	return pfn == l->tail ? NO_PFN : block_at(mm, pfn, order)->next;
}

static always_inline void list_add_head(struct mm *mm, const struct list *l,
					unsigned int order, pfn_t pfn)
{
	const pfn_t first = l->head;

	if (likely(first != NO_PFN)) {
		STORE(mm, block_at(mm, pfn, order)->next, first);
		STORE(mm, block_at(mm, first, order)->prev, pfn);
	} else {
		STORE(mm, l->tail, pfn);
	}
	STORE(mm, l->head, pfn);
}

/** The same on a list that is known to hold a block. */
static always_inline void list_push(struct mm *mm, const struct list *l,
				    unsigned int order, pfn_t pfn)
{
	const pfn_t first = l->head;

	assert(first != NO_PFN);
	STORE(mm, block_at(mm, pfn, order)->next, first);
	STORE(mm, block_at(mm, first, order)->prev, pfn);
	STORE(mm, l->head, pfn);
}

static always_inline void list_add_tail(struct mm *mm, const struct list *l,
					unsigned int order, pfn_t pfn)
{
	const pfn_t last = l->tail;

	if (likely(last != NO_PFN)) {
		STORE(mm, block_at(mm, pfn, order)->prev, last);
		STORE(mm, block_at(mm, last, order)->next, pfn);
	} else {
		STORE(mm, l->head, pfn);
	}
	STORE(mm, l->tail, pfn);
}

static always_inline void list_make_empty(struct mm *mm, const struct list *l)
{
	STORE(mm, l->head, NO_PFN);
	STORE(mm, l->tail, NO_PFN);
}

/** Remove the head, @pfn. */
static always_inline void list_del_head(struct mm *mm, const struct list *l,
					unsigned int order, pfn_t pfn)
{
	if (unlikely(pfn == l->tail))
		list_make_empty(mm, l);
	else
		STORE(mm, l->head, block_at(mm, pfn, order)->next);
}

/** The same of a list that holds more; returns the new head. */
static always_inline pfn_t list_pop(struct mm *mm, const struct list *l,
				    unsigned int order, pfn_t pfn)
{
	const pfn_t next = block_at(mm, pfn, order)->next;

	assert(pfn == l->head && pfn != l->tail);
	STORE(mm, l->head, next);
	return next;
}

/** Remove @pfn, wherever it is in the list. */
static always_inline void list_del(struct mm *mm, const struct list *l,
				   unsigned int order, pfn_t pfn)
{
	const struct block *b = block_at(mm, pfn, order);

	if (pfn == l->head) {
		list_del_head(mm, l, order, pfn);
	} else if (pfn == l->tail) {
		STORE(mm, l->tail, b->prev);
	} else {
		STORE(mm, block_at(mm, b->prev, order)->next, b->next);
		STORE(mm, block_at(mm, b->next, order)->prev, b->prev);
	}
}

#endif
