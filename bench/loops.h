/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loops.h - the timed loops
 *
 * Every random choice is made before a loop's clock starts, and handles lie
 * so that the loop reads them in sequence or fetches them ahead of time.
 */
#ifndef BENCH_LOOPS_H
#define BENCH_LOOPS_H

#include <stdbool.h>
#include <stdint.h>

/**
 * Memory of the harness, for so many frames and operations; false: none.
 * Without operations it needs none.
 */
bool loops_init(uint64_t frames, uint64_t ops);
/** One line of result: peer, frames, metric, value. */
void result(const char *metric, double value);
uint64_t now_ns(void);

/** Order-0 blocks until none is left; how many.  No @metric: not reported. */
uint64_t fill(const char *metric);
/** Give all @n back in random order. */
void drain(const char *metric, uint64_t n);
/** Take and give back the same frame. */
void repeat(uint64_t pairs);
/** Of @n live blocks give back a random fifth; how many are left. */
uint64_t thin_out(uint64_t n);
/** Give back and take again, @burst blocks at a time, among @live ones. */
void replace(const char *metric, uint64_t live, unsigned int burst);
/** Give back the first @n. */
void give_back(uint64_t n);
/** Fill four fifths with mixed orders; how many blocks that is. */
uint64_t fill_mixed(void);
/** As replace(), with a newly drawn order each time. */
void replace_mixed(const char *metric, uint64_t slots, unsigned int burst);

#endif
