/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mix.h - random operations, the same on every machine
 */
#ifndef TESTS_MIX_H
#define TESTS_MIX_H

#include "core/mm.h"

struct mix {
	uint64_t rng;
	unsigned int live; /* blocks held */
	struct {
		pfn_t pfn;
		unsigned int order;
	} block[4096];
};

void mix_start(struct mix *mix, uint64_t seed);
uint64_t mix_random(struct mix *mix, uint64_t below);
/** One operation: allocate, free, drain, decay, split, change a setting. */
void mix_step(struct mix *mix, struct mm *mm);
/** Worlds to try, NULL past the last; the caller destroys what it gets. */
struct mm *mix_world(unsigned int i);

#endif
