/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state.c - the flat block: layout, copy, compare, hash
 *
 * See state.h for what is in it and why most of it may stay untouched.
 */
#include "core/state.h"

#include <stdlib.h>
#include <string.h>

#include "core/history.h"
#include "core/hugetlb.h"

_Static_assert(sizeof(struct page) == 16, "a frame costs 16 bytes");
_Static_assert(sizeof(struct pageblock) == 16, "a pageblock costs 16 bytes");

/* Four buddies share a line: most merges of single pages touch no other. */
#define CACHE_LINE 64

const struct list no_blocks = {NO_PFN, NO_PFN};

/** Offsets of the arrays in the block; all multiples of a cache line. */
struct layout {
	size_t zone, pcp, batch, task, process, owner, cma, pb, page, size;
	uint32_t nr_frames, nr_pageblocks, end_pfn, nr_zones;
};

static size_t place(size_t *size, size_t unit, size_t n)
{
	const size_t at = (*size + CACHE_LINE - 1) & ~(size_t)(CACHE_LINE - 1);

	*size = at + unit * n;
	return at;
}

static uint32_t cma_words(const struct mm_range *r)
{
	return (r->end - r->start + 63) / 64;
}

static struct layout layout_of(const struct mm_config *cfg)
{
	struct layout l = {.nr_zones = cfg->nr_nodes * MAX_NR_ZONES};
	const uint32_t chunk = 1u << cfg->max_page_order;
	uint32_t words = 0;

	for (uint32_t i = 0; i < cfg->nr_zones; i++)
		if (cfg->zone[i].end > l.end_pfn)
			l.end_pfn = cfg->zone[i].end;
	/* a buddy of any order must lie in the array (B-11.1) */
	l.nr_frames = (l.end_pfn + chunk - 1) & ~(chunk - 1);
	l.nr_pageblocks = l.nr_frames >> cfg->pageblock_order;
	l.size = sizeof(struct state);
	l.zone = place(&l.size, sizeof(struct zone), l.nr_zones);
	l.pcp = place(&l.size, sizeof(struct pcp),
		      (size_t)l.nr_zones * cfg->nr_cpus);
	l.batch = place(&l.size, sizeof(struct lru_batches), cfg->nr_cpus);
	l.task = place(&l.size, sizeof(struct task), MM_MAX_TASKS);
	l.process =
		place(&l.size, sizeof(struct process), MM_MAX_PROCESSES + 1);
	l.owner = place(&l.size, sizeof(struct owner), MM_MAX_OWNERS + 1);
	for (uint32_t i = 0; i < cfg->nr_cma; i++)
		words += cma_words(&cfg->cma[i]);
	l.cma = place(&l.size, sizeof(uint64_t), words);
	l.pb = place(&l.size, sizeof(struct pageblock), l.nr_pageblocks);
	l.page = place(&l.size, sizeof(struct page), l.nr_frames);
	return l;
}

static void point_into(struct mm *mm, const struct layout *l)
{
	mm->st = (const void *)mm->block;
	mm->zone = (const void *)(mm->block + l->zone);
	mm->pcp = (const void *)(mm->block + l->pcp);
	mm->batch = (const void *)(mm->block + l->batch);
	mm->task = (const void *)(mm->block + l->task);
	mm->process = (const void *)(mm->block + l->process);
	mm->owner = (const void *)(mm->block + l->owner);
	mm->cma_bits = (const void *)(mm->block + l->cma);
	mm->pb = (const void *)(mm->block + l->pb);
	mm->page = (const void *)(mm->block + l->page);
	mm->size = l->size;
}

static void empty_list(struct list *l)
{
	l->head = l->tail = NO_PFN;
}

static void empty_lists(unsigned char *block, const struct layout *l,
			unsigned int nr_cpus)
{
	struct zone *zone = (void *)(block + l->zone);
	struct pcp *pcp = (void *)(block + l->pcp);

	for (uint32_t z = 0; z < l->nr_zones; z++)
		for (int o = 0; o < MM_MAX_ORDERS; o++)
			for (int t = 0; t < MIGRATE_TYPES; t++)
				empty_list(&zone[z].free[o][t].list);
	for (size_t i = 0; i < (size_t)l->nr_zones * nr_cpus; i++)
		for (int t = 0; t < NR_PCP_LISTS; t++)
			empty_list(&pcp[i].list[t]);
}

static void lay_out_cma(struct state *st)
{
	uint32_t word = 0;

	for (uint32_t i = 0; i < st->cfg.nr_cma; i++) {
		const struct mm_range *r = &st->cfg.cma[i];
		const uint32_t count = r->end - r->start;

		st->cma[i] = (struct cma_area){r->start, count, count, word};
		word += cma_words(r);
	}
}

struct mm *state_alloc(const struct mm_config *cfg)
{
	const struct layout l = layout_of(cfg);
	struct mm *mm = calloc(1, sizeof *mm);
	struct state *st;

	if (!mm)
		return NULL;
	/* calloc, so that untouched frames cost no memory: align by hand */
	mm->alloc = calloc(1, l.size + CACHE_LINE - 1);
	if (!mm->alloc) {
		free(mm);
		return NULL;
	}
	mm->block = mm->alloc + (-(uintptr_t)mm->alloc & (CACHE_LINE - 1));
	point_into(mm, &l);
	mm->pb_order = (uint16_t)cfg->pageblock_order;
	mm->end_pfn = l.end_pfn;
	quick_forget(mm);
	st = (void *)mm->block;
	memcpy(&st->cfg, cfg, sizeof *cfg);
	st->rng = cfg->seed;
	st->nr_frames = l.nr_frames;
	st->nr_pageblocks = l.nr_pageblocks;
	st->end_pfn = l.end_pfn;
	st->user_min_free_kbytes = UINT32_MAX;
	for (int n = 0; n < MM_MAX_NODES; n++)
		for (int i = 0; i < NR_LRU_LISTS; i++)
			empty_list(&st->node[n].lru.list[i]);
	for (int i = 0; i < NR_HUGETLB_SIZES; i++) {
		struct hstate *h = &st->hstate[i];

		h->order = hugetlb_order(cfg, (enum mm_hugetlb_size)i);
		empty_list(&h->active);
		for (int n = 0; n < MM_MAX_NODES; n++)
			empty_list(&h->free_list[n]);
	}
	empty_lists(mm->block, &l, cfg->nr_cpus);
	lay_out_cma(st);
	return mm;
}

void state_free(struct mm *mm)
{
	if (!mm)
		return;
	history_free(mm->trace);
	free(mm->alloc);
	free(mm);
}

void mm_destroy(struct mm *mm)
{
	state_free(mm);
}

/** Bytes in front of the frames: all of it is always in use. */
static size_t front_bytes(const struct mm *mm)
{
	return (size_t)((const unsigned char *)mm->page - mm->block);
}

static bool touched(const struct mm *mm, uint32_t pb)
{
	return mm->pb[pb].bits & PAGEBLOCK_TOUCHED;
}

static const struct page *frames_of(const struct mm *mm, uint32_t pb)
{
	return mm->page + ((size_t)pb << mm->pb_order);
}

static size_t frames_bytes(const struct mm *mm)
{
	return sizeof(struct page) << mm->pb_order;
}

/* Asked once every 1024 pageblocks. */
static bool break_off_at(const struct mm *mm, uint32_t pb)
{
	return (pb & 1023) == 0 && break_off(mm);
}

void mm_stop_when(struct mm *mm, bool (*stop)(void *arg), void *arg)
{
	mm->stop = stop;
	mm->stop_arg = arg;
}

struct mm *mm_clone(const struct mm *mm)
{
	struct mm *copy = state_alloc(&mm->st->cfg);
	const struct page *to;

	if (!copy)
		return NULL;
	memcpy(copy->block, mm->block, front_bytes(mm));
	for (uint32_t i = 0; i < mm->st->nr_pageblocks; i++) {
		if (break_off_at(mm, i)) {
			mm_destroy(copy);
			return NULL;
		}
		if (!touched(mm, i))
			continue;
		to = frames_of(copy, i);
		memcpy((void *)(uintptr_t)to, frames_of(mm, i),
		       frames_bytes(mm));
	}
	return copy;
}

int mm_compare(const struct mm *a, const struct mm *b)
{
	if (a->size != b->size || front_bytes(a) != front_bytes(b))
		return 1;
	if (memcmp(a->block, b->block, front_bytes(a)) != 0)
		return 1;
	for (uint32_t i = 0; i < a->st->nr_pageblocks; i++)
		if (break_off_at(a, i) ||
		    (touched(a, i) && memcmp(frames_of(a, i), frames_of(b, i),
					     frames_bytes(a)) != 0))
			return 1;
	return 0;
}

/* 64 bits at a time through the finaliser of splitmix64. */
static uint64_t hash_bytes(uint64_t h, const void *bytes, size_t size)
{
	const unsigned char *p = bytes;
	uint64_t word;

	for (; size >= 8; p += 8, size -= 8) {
		memcpy(&word, p, 8);
		h = (h ^ word) * UINT64_C(0xbf58476d1ce4e5b9);
		h ^= h >> 31;
	}
	for (; size; p++, size--) {
		h = (h ^ *p) * UINT64_C(0x94d049bb133111eb);
		h ^= h >> 29;
	}
	return h;
}

uint64_t mm_hash(const struct mm *mm)
{
	uint64_t h = hash_bytes(UINT64_C(0x9e3779b97f4a7c15), mm->block,
				front_bytes(mm));

	for (uint32_t i = 0; i < mm->st->nr_pageblocks; i++)
		if (break_off_at(mm, i))
			break;
		else if (touched(mm, i))
			h = hash_bytes(h ^ i, frames_of(mm, i),
				       frames_bytes(mm));
	h ^= h >> 32;
	h *= UINT64_C(0xd6e8feb86659fd93);
	return h ^ h >> 32;
}

size_t mm_state_bytes(const struct mm *mm)
{
	return mm->size;
}

size_t mm_frame_bytes(void)
{
	return sizeof(struct page);
}
