/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loops.c - the timed loops, and what they need around them
 */
#include "bench/loops.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/peer.h"

#define CLOCK_EVERY 4096u	/* operations between looks at the clock */
#define BUDGET_NS 6000000000ull /* a loop stops after this long */
#define AHEAD 16		/* operations that a handle is fetched ahead */

static uint64_t frames, ops;
static uint64_t *handle, *shuffled;
static uint32_t *slot;	      /* drawn beforehand: which block */
static uint8_t *drawn, *held; /* orders: drawn beforehand; of each block */
static uint64_t random_state = 0x9E3779B97F4A7C15ull;

uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

static uint32_t below(uint64_t n)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (uint32_t)(((random_state >> 32) * n) >> 32);
}

/* Memory that is there already when a clock starts. */
static void *touched(uint64_t n, size_t size)
{
	void *p = malloc(n * size);

	return p ? memset(p, 1, n * size) : NULL;
}

bool loops_init(uint64_t nr_frames, uint64_t nr_ops)
{
	frames = nr_frames;
	ops = nr_ops;
	if (!ops)
		return true;
	handle = touched(frames, sizeof *handle);
	shuffled = touched(frames, sizeof *shuffled);
	held = touched(frames, 1);
	slot = touched(ops + AHEAD, sizeof *slot);
	drawn = touched(ops + AHEAD, 1);
	return handle && shuffled && held && slot && drawn;
}

void result(const char *metric, double value)
{
	printf("%s\t%llu\t%s\t%.3f\n", peer_name(), (unsigned long long)frames,
	       metric, value);
	fflush(stdout);
}

static bool out_of_time(uint64_t done, uint64_t start)
{
	return done % CLOCK_EVERY == 0 && now_ns() - start > BUDGET_NS;
}

static void per_operation(const char *metric, uint64_t start, uint64_t n)
{
	uint64_t ns = now_ns() - start;

	if (metric)
		result(metric, n ? (double)ns / (double)n : 0.0);
}

uint64_t fill(const char *metric)
{
	uint64_t i = 0, start = now_ns();

	while (i < frames && !out_of_time(i, start)) {
		uint64_t h = peer_alloc(0);

		if (h == PEER_FAIL)
			break;
		handle[i++] = h;
	}
	per_operation(metric, start, i);
	return i;
}

void drain(const char *metric, uint64_t n)
{
	uint64_t start;

	memcpy(shuffled, handle, n * sizeof *handle);
	for (uint64_t i = n; i > 1; i--) {
		uint32_t j = below(i);
		uint64_t h = shuffled[i - 1];

		shuffled[i - 1] = shuffled[j];
		shuffled[j] = h;
	}
	start = now_ns();
	for (uint64_t i = 0; i < n; i++)
		peer_free(shuffled[i], 0);
	per_operation(metric, start, n);
}

void repeat(uint64_t pairs)
{
	uint64_t i = 0, start = now_ns();

	for (; i < pairs && !out_of_time(i, start); i++)
		peer_free(peer_alloc(0), 0);
	per_operation("repeat_pair", start, i);
}

uint64_t thin_out(uint64_t n)
{
	uint64_t live = n - n / 5;

	for (uint64_t i = n; i > live; i--) {
		uint32_t j = below(i);

		peer_free(handle[j], 0);
		handle[j] = handle[i - 1];
	}
	return live;
}

/* A burst must not name a block twice: it is spread by construction. */
static void draw_slots(uint64_t live, unsigned int burst)
{
	uint64_t step = live / burst;

	for (uint64_t k = 0; k < ops + AHEAD; k += burst) {
		uint64_t base = below(live);

		for (unsigned int b = 0; b < burst && k + b < ops + AHEAD; b++)
			slot[k + b] = (uint32_t)((base + b * step) % live);
	}
}

/* A loop of its own: one for both would cost as much as a pair does. */
static uint64_t replace_singly(uint64_t start)
{
	uint64_t k = 0;

	for (; k < ops && !out_of_time(k, start); k++) {
		const uint32_t s = slot[k];

		__builtin_prefetch(&handle[slot[k + AHEAD]], 1);
		peer_free(handle[s], 0);
		handle[s] = peer_alloc(0);
	}
	return k;
}

static uint64_t replace_in_bursts(uint64_t start, unsigned int burst)
{
	uint64_t k = 0;

	for (; k + burst <= ops && !out_of_time(k, start); k += burst) {
		for (unsigned int b = 0; b < burst; b++) {
			__builtin_prefetch(&handle[slot[k + b + AHEAD]], 1);
			peer_free(handle[slot[k + b]], 0);
		}
		for (unsigned int b = 0; b < burst; b++)
			handle[slot[k + b]] = peer_alloc(0);
	}
	return k;
}

void replace(const char *metric, uint64_t live, unsigned int burst)
{
	uint64_t start, done;

	if (live < burst)
		return;
	draw_slots(live, burst);
	start = now_ns();
	done = burst == 1 ? replace_singly(start)
			  : replace_in_bursts(start, burst);
	per_operation(metric, start, done);
}

void give_back(uint64_t n)
{
	for (uint64_t i = 0; i < n; i++)
		peer_free(handle[i], 0);
}

/* 80 % order 0, 15 % orders 1 to 3, 5 % orders 4 to 9: 9.9 frames each. */
static uint8_t draw_order(void)
{
	uint32_t r = below(100);

	if (r < 80)
		return 0;
	return (uint8_t)(r < 95 ? 1 + below(3) : 4 + below(6));
}

uint64_t fill_mixed(void)
{
	uint64_t slots = (uint64_t)(0.8 * (double)frames / 9.9);

	for (uint64_t i = 0; i < slots; i++) {
		held[i] = draw_order();
		handle[i] = peer_alloc(held[i]);
	}
	return slots;
}

void replace_mixed(const char *metric, uint64_t slots, unsigned int burst)
{
	uint64_t k = 0, refused = 0, start;
	char name[64];

	draw_slots(slots, burst);
	for (uint64_t i = 0; i < ops; i++)
		drawn[i] = draw_order();
	start = now_ns();
	for (; k + burst <= ops && !out_of_time(k, start); k += burst) {
		for (unsigned int b = 0; b < burst; b++) {
			uint32_t s = slot[k + b], later = slot[k + b + AHEAD];

			__builtin_prefetch(&handle[later], 1);
			__builtin_prefetch(&held[later], 1);
			if (handle[s] != PEER_FAIL)
				peer_free(handle[s], held[s]);
		}
		for (unsigned int b = 0; b < burst; b++) {
			uint32_t s = slot[k + b];

			held[s] = drawn[k + b];
			handle[s] = peer_alloc(held[s]);
			refused += handle[s] == PEER_FAIL;
		}
	}
	per_operation(metric, start, k);
	snprintf(name, sizeof name, "%s_refused_pct", metric);
	result(name, k ? 100.0 * (double)refused / (double)k : 0.0);
}
