/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mix.c - see mix.h
 */
#include "mix.h"

#include <check.h>

void mix_start(struct mix *mix, uint64_t seed)
{
	mix->rng = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	mix->live = 0;
}

uint64_t mix_random(struct mix *mix, uint64_t below)
{
	mix->rng ^= mix->rng << 13;
	mix->rng ^= mix->rng >> 7;
	mix->rng ^= mix->rng << 17;
	return mix->rng % below;
}

/* Pages on LRU lists may be moved: their owner knows where they are. */
#define MOVES "moves"

/* One of them of that order; NO_PFN when a damaged world has none. */
static pfn_t some_that_moves(struct mix *mix, const struct mm *mm,
			     unsigned int order)
{
	const uint16_t owner = mm_owner_find(mm, MOVES);
	uint32_t left = mm_owner_blocks(mm, owner);
	pfn_t pfn = mm_owner_first(mm, owner), found = NO_PFN;
	uint64_t skip = left ? mix_random(mix, left) : 0;
	struct mm_frame f;

	for (; left && pfn != NO_PFN; left--, pfn = mm_owner_next(mm, pfn)) {
		mm_frame(mm, pfn, &f);
		if (f.kind != FRAME_USED || f.order != order || f.mapcount)
			continue;
		found = pfn;
		if (skip-- == 0)
			break;
	}
	return found;
}

static void mix_free(struct mix *mix, struct mm *mm, unsigned int cpu)
{
	const unsigned int i = (unsigned int)mix_random(mix, mix->live);
	const unsigned int order = mix->block[i].order;
	pfn_t pfn = mix->block[i].pfn;
	struct mm_error err = {""};

	if (pfn == NO_PFN)
		pfn = some_that_moves(mix, mm, order);
	ck_assert_msg(pfn == NO_PFN ||
			      mm_free_pages(mm, pfn, order, cpu, &err) == 0,
		      "%s", err.text);
	mix->block[i] = mix->block[--mix->live];
}

static void mix_alloc(struct mix *mix, struct mm *mm, unsigned int cpu)
{
	static const gfp_t masks[] = {
		GFP_KERNEL,
		GFP_HIGHUSER_MOVABLE,
		GFP_KERNEL | GFP_BIT_RECLAIMABLE,
		GFP_ATOMIC,
		GFP_NOWAIT,
		GFP_KERNEL | GFP_BIT_COMP,
		GFP_BIT_KSWAPD_RECLAIM,
		0,
		GFP_KERNEL | GFP_BIT_DMA,
		GFP_KERNEL | GFP_BIT_MEMALLOC,
		GFP_ATOMIC | GFP_BIT_THISNODE,
	};
	struct mm_request want = {
		.gfp = masks[mix_random(mix, sizeof masks / sizeof masks[0])],
		.cpu = (uint16_t)cpu,
		.nid = -1,
		/* held by us: reclaim looks at it and lets it be */
		.attr = mix_random(mix, 3) ? 0 : PAGE_LRU | PAGE_PINNED,
	};
	const unsigned int most = mm_max_order(mm) + 1;
	pfn_t pfn;

	want.order = (uint16_t)mix_random(mix, mix_random(mix, 4) ? 4 : most);
	if (want.order >= most)
		want.order = 0;
	if (want.attr)
		want.owner = mm_owner_find(mm, MOVES);
	if (mm_alloc_pages(mm, &want, &pfn))
		return;
	mix->block[mix->live].pfn = want.attr ? NO_PFN : pfn;
	mix->block[mix->live++].order = want.order;
}

void mix_step(struct mix *mix, struct mm *mm)
{
	const unsigned int cpu = (unsigned int)mix_random(mix, mm_nr_cpus(mm));
	const unsigned int dice = (unsigned int)mix_random(mix, 1000);

	if (dice < 3)
		mm_drain_all(mm);
	else if (dice < 6)
		mm_decay_pcp(mm, cpu);
	else if (dice < 8)
		mm_unreserve_highatomic(mm, 0, MIGRATE_MOVABLE, dice & 1);
	else if (dice < 9)
		mm_set(mm, "vm.watermark_scale_factor",
		       1 + (int64_t)mix_random(mix, 200), NULL);
	else if (mix->live && (dice < 480 || mix->live == 4096))
		mix_free(mix, mm, cpu);
	else
		mix_alloc(mix, mm, cpu);
}

struct mm *mix_world(unsigned int i)
{
	static const char *const worlds[][6] = {
		{"tiny", "pages", "256", "cpus", "2", NULL},
		{"tiny", "era", "linux-2.6.24", NULL},
		{"tiny", "zones", "0:DMA:1-64,0:Normal:64-200,1:Normal:200-333",
		 "exact-counters", "off", NULL},
		{"embedded", NULL},
		{"tiny", "cma", "64-128", "defrag_mode", "on", NULL},
		{"classroom", "exact-counters", "off", NULL},
	};
	struct mm_error err = {""};
	struct mm_config cfg;
	struct mm *mm;

	if (i >= sizeof worlds / sizeof worlds[0])
		return NULL;
	ck_assert_int_eq(mm_config_preset(&cfg, worlds[i][0], &err), 0);
	for (int w = 1; worlds[i][w]; w += 2)
		ck_assert_msg(mm_config_set(&cfg, worlds[i][w],
					    worlds[i][w + 1], &err) == 0,
			      "%s", err.text);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	ck_assert_uint_ne(mm_owner(mm, MOVES, NULL), 0);
	return mm;
}
