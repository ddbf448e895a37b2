/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * jump.c - how long it takes to go from one end of the tape to the other
 *
 *	bench_jump EVENTS
 *
 * Blocks of orders 0 to 4 come and go in a world of 16 GiB until so many
 * events are on the tape; then it goes back to before the first of them, and
 * forward again.  One line: events, milliseconds back and forward, the median
 * of five of each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/mm.h"

#define HELD 50000u
#define JUMPS 5

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void one_request(struct mm *mm, uint32_t draw)
{
	static pfn_t held[HELD];
	static uint16_t order[HELD];
	static uint32_t nr;
	struct mm_request want = {.gfp = GFP_HIGHUSER_MOVABLE, .nid = -1};
	const uint32_t i = draw % HELD;

	want.order = (uint16_t)(draw >> 16) % 5;
	if (i < nr) {
		mm_free_pages(mm, held[i], order[i], 0, NULL);
		held[i] = held[--nr];
		order[i] = order[nr];
	}
	if (nr < HELD && mm_alloc_pages(mm, &want, &held[nr]) == 0)
		order[nr++] = want.order;
}

static double jump(struct mm *mm, uint64_t moment)
{
	const double start = now_ms();

	if (mm_seek(mm, moment)) {
		fprintf(stderr, "bench_jump: the tape ends before\n");
		exit(1);
	}
	return now_ms() - start;
}

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	const uint64_t events = argc > 1 ? strtoull(argv[1], NULL, 0) : 0;
	double back[JUMPS], forward[JUMPS];
	struct mm_config cfg;
	struct mm *mm;
	uint64_t random = 1;

	if (!events || events > 2000000) {
		fprintf(stderr, "usage: %s EVENTS, up to 2000000\n", argv[0]);
		return 2;
	}
	mm_config_preset(&cfg, "laptop", NULL);
	mm = mm_create(&cfg, NULL);
	if (!mm || mm_record(mm, MM_RECORD_TAPE)) {
		fprintf(stderr, "bench_jump: no memory for a world\n");
		return 1;
	}
	while (mm_last_moment(mm) < events) {
		random = random * UINT64_C(6364136223846793005) + 1;
		one_request(mm, (uint32_t)(random >> 32));
	}
	for (int i = 0; i < JUMPS; i++) {
		back[i] = jump(mm, mm_first_moment(mm));
		forward[i] = jump(mm, mm_last_moment(mm));
	}
	qsort(back, JUMPS, sizeof back[0], by_size);
	qsort(forward, JUMPS, sizeof forward[0], by_size);
	printf("%llu\t%.1f\t%.1f\n", (unsigned long long)mm_last_moment(mm),
	       back[JUMPS / 2], forward[JUMPS / 2]);
	mm_destroy(mm);
	return 0;
}
