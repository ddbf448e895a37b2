/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * list_peer.h - a textbook buddy allocator with pointers, orders 0..10
 *
 * 32 bytes a frame and circular lists with a sentinel, as most allocators in
 * the wild have.  With LIST_PCP a per-CPU list for order 0 stands in front
 * (batch 63, high 378), as in the kernel.  Include it once per program.
 */
#ifndef BENCH_LIST_PEER_H
#define BENCH_LIST_PEER_H

#include <stdlib.h>

#include "bench/peer.h"

#define TOP_ORDER 10
#define PCP_BATCH 63
#define PCP_HIGH 378

struct frame {
	uint32_t is_free;
	uint32_t order;
	uint64_t unused; /* a descriptor of 32 bytes, as the peers have */
	struct frame *next, *prev;
};

static struct frame *map, lists[TOP_ORDER + 1];
static uint64_t nr_frames;

static inline void list_init(struct frame *head)
{
	head->next = head->prev = head;
}

static inline void add_head(struct frame *head, struct frame *f)
{
	f->next = head->next;
	f->prev = head;
	head->next->prev = f;
	head->next = f;
}

static inline void del(struct frame *f)
{
	f->next->prev = f->prev;
	f->prev->next = f->next;
}

static inline void put_free(struct frame *f, unsigned int order)
{
	f->is_free = 1;
	f->order = order;
	add_head(&lists[order], f);
}

static struct frame *core_alloc(unsigned int order)
{
	for (unsigned int o = order; o <= TOP_ORDER; o++) {
		struct frame *f = lists[o].next;

		if (f == &lists[o])
			continue;
		del(f);
		f->is_free = 0;
		while (o > order) {
			o--;
			put_free(f + (1u << o), o);
		}
		return f;
	}
	return NULL;
}

static void core_free(struct frame *f, unsigned int order)
{
	uint64_t i = (uint64_t)(f - map);

	while (order < TOP_ORDER) {
		struct frame *buddy = map + (i ^ (1u << order));

		if (!buddy->is_free || buddy->order != order)
			break;
		del(buddy);
		buddy->is_free = 0;
		i &= ~(uint64_t)(1u << order);
		order++;
	}
	put_free(map + i, order);
}

static bool list_peer_init(uint64_t frames)
{
	nr_frames = frames;
	map = calloc(frames, sizeof *map);
	if (!map)
		return false;
	for (int o = 0; o <= TOP_ORDER; o++)
		list_init(&lists[o]);
	for (uint64_t i = frames; i >= 1u << TOP_ORDER; i -= 1u << TOP_ORDER)
		core_free(map + i - (1u << TOP_ORDER), TOP_ORDER);
	return true;
}

uint64_t peer_bytes(void)
{
	return nr_frames * sizeof(struct frame);
}

bool peer_has_orders(void)
{
	return true;
}

#endif
