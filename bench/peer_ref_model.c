/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * peer_ref_model.c - what a flat-state model can reach, and no more than that
 *
 * Flat arrays of 10 bytes a frame, indices for pointers, a per-CPU array for
 * order 0, three migratetypes, types of pageblocks, one watermark test,
 * counters, a check of each frame's state.  No zones, no reclaim, no reasons.
 */
#include "bench/peer.h"

#include <stdlib.h>
#include <string.h>

#define NOT_FREE 0xFF
#define TOP_ORDER 10
#define PAGEBLOCK_ORDER 9
#define NR_TYPES 3
#define MOVABLE 1
#define PCP_BATCH 63
#define PCP_HIGH 378
#define USED 0x80
#define WMARK 64

struct link {
	uint32_t next, prev;
};

static struct link *links; /* of frames, then of list heads */
static uint8_t *free_order, *state, *block_type;
static uint32_t head[TOP_ORDER + 1][NR_TYPES], nonempty[NR_TYPES];
static uint32_t pcp[NR_TYPES][PCP_HIGH + 1], pcp_count[NR_TYPES];
static uint64_t nr_frames, nr_free, nr_used[NR_TYPES], nr_blocks[TOP_ORDER + 1];
static uint64_t nr_alloc_events, nr_free_events, bytes;

static void *zeroed(uint64_t n, size_t size)
{
	bytes += n * size;
	return calloc(n, size);
}

static inline void list_del(uint32_t f, unsigned int order, unsigned int mt)
{
	uint32_t next = links[f].next, prev = links[f].prev;

	links[next].prev = prev;
	links[prev].next = next;
	free_order[f] = NOT_FREE;
	if (next == prev) /* only the head is left */
		nonempty[mt] &= ~(1u << order);
	nr_blocks[order]--;
}

static inline void list_add(uint32_t f, unsigned int order, unsigned int mt)
{
	uint32_t h = head[order][mt], first = links[h].next;

	links[f].next = first;
	links[f].prev = h;
	links[first].prev = f;
	links[h].next = f;
	free_order[f] = (uint8_t)order;
	nonempty[mt] |= 1u << order;
	nr_blocks[order]++;
}

static void split(uint32_t f, unsigned int from, unsigned int to,
		  unsigned int mt)
{
	while (from > to) {
		from--;
		list_add(f + (1u << from), from, mt);
	}
}

/* The largest block of another type, claimed with its pageblocks. */
static uint32_t fallback(unsigned int order, unsigned int mt)
{
	for (unsigned int other = 0; other < NR_TYPES; other++) {
		unsigned int o;
		uint32_t f;

		if (other == mt || !(nonempty[other] >> order))
			continue;
		o = 31u - (unsigned int)__builtin_clz(nonempty[other]);
		f = links[head[o][other]].next;
		list_del(f, o, other);
		if (o >= PAGEBLOCK_ORDER)
			memset(block_type + (f >> PAGEBLOCK_ORDER), (int)mt,
			       1u << (o - PAGEBLOCK_ORDER));
		split(f, o, order, mt);
		return f;
	}
	return UINT32_MAX;
}

static uint32_t core_alloc(unsigned int order, unsigned int mt)
{
	uint32_t larger = nonempty[mt] >> order, f;
	unsigned int o;

	if (!larger)
		return fallback(order, mt);
	o = order + (unsigned int)__builtin_ctz(larger);
	f = links[head[o][mt]].next;
	list_del(f, o, mt);
	split(f, o, order, mt);
	return f;
}

static void core_free(uint32_t f, unsigned int order)
{
	unsigned int mt = block_type[f >> PAGEBLOCK_ORDER];

	while (order < TOP_ORDER) {
		uint32_t buddy = f ^ (1u << order);

		if (buddy >= nr_frames || free_order[buddy] != order)
			break;
		list_del(buddy, order, block_type[buddy >> PAGEBLOCK_ORDER]);
		f &= buddy;
		order++;
	}
	list_add(f, order, mt);
}

const char *peer_name(void)
{
	return "ref_model";
}

bool peer_init(uint64_t frames)
{
	nr_frames = nr_free = frames;
	links = zeroed(frames + (TOP_ORDER + 1) * NR_TYPES, sizeof *links);
	free_order = zeroed(frames, 1);
	state = zeroed(frames, 1);
	block_type = zeroed((frames >> PAGEBLOCK_ORDER) + 1, 1);
	if (!links || !free_order || !state || !block_type)
		return false;
	memset(free_order, NOT_FREE, frames);
	memset(block_type, MOVABLE, frames >> PAGEBLOCK_ORDER);
	for (unsigned int o = 0; o <= TOP_ORDER; o++) {
		for (unsigned int mt = 0; mt < NR_TYPES; mt++) {
			uint32_t h = (uint32_t)(frames + o * NR_TYPES + mt);

			head[o][mt] = h;
			links[h].next = links[h].prev = h;
		}
	}
	for (uint64_t i = frames; i >= 1u << TOP_ORDER; i -= 1u << TOP_ORDER)
		list_add((uint32_t)(i - (1u << TOP_ORDER)), TOP_ORDER, MOVABLE);
	return true;
}

static uint32_t pcp_alloc(unsigned int mt)
{
	if (!pcp_count[mt]) {
		for (int i = 0; i < PCP_BATCH; i++) {
			uint32_t f = core_alloc(0, mt);

			if (f == UINT32_MAX)
				break;
			pcp[mt][pcp_count[mt]++] = f;
		}
		if (!pcp_count[mt])
			return UINT32_MAX;
	}
	return pcp[mt][--pcp_count[mt]];
}

uint64_t peer_alloc(unsigned int order)
{
	const unsigned int mt = MOVABLE;
	uint32_t f;

	if (nr_free < WMARK + (1u << order) && nr_free < 1u << order)
		return PEER_FAIL;
	f = order ? core_alloc(order, mt) : pcp_alloc(mt);
	if (f == UINT32_MAX)
		return PEER_FAIL;
	if (state[f])
		abort();
	state[f] = (uint8_t)(USED | order);
	nr_free -= 1u << order;
	nr_used[mt] += 1u << order;
	nr_alloc_events++;
	return f;
}

void peer_free(uint64_t handle, unsigned int order)
{
	uint32_t f = (uint32_t)handle;
	unsigned int mt = block_type[f >> PAGEBLOCK_ORDER];

	if (state[f] != (uint8_t)(USED | order))
		abort();
	state[f] = 0;
	nr_free += 1u << order;
	nr_used[mt] -= 1u << order;
	nr_free_events++;
	if (order) {
		core_free(f, order);
		return;
	}
	if (pcp_count[mt] >= PCP_HIGH) { /* the oldest batch goes back */
		for (int i = 0; i < PCP_BATCH; i++)
			core_free(pcp[mt][i], 0);
		pcp_count[mt] -= PCP_BATCH;
		memmove(pcp[mt], pcp[mt] + PCP_BATCH,
			pcp_count[mt] * sizeof pcp[mt][0]);
	}
	pcp[mt][pcp_count[mt]++] = f;
}

uint64_t peer_bytes(void)
{
	return bytes;
}

bool peer_has_orders(void)
{
	return true;
}
