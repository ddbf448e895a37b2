/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loop.h - what a fuzzer has to bring
 *
 * As a plain program a fuzzer makes its own input from a seed, FUZZ_RUNS
 * times; built for libFuzzer, that chooses the input.  Arguments of the plain
 * program are files to run once each, for example a crash to look into.
 */
#ifndef FUZZ_LOOP_H
#define FUZZ_LOOP_H

#include <stddef.h>
#include <stdint.h>

#define FUZZ_MAX 524288 /* bytes of one input */

struct fuzz_random {
	uint64_t state;
};

/** A number below @n (at least 1). */
uint32_t fuzz_below(struct fuzz_random *r, uint32_t n);

/**
 * Change a few places of @data (@size of @cap bytes): flip, overwrite,
 * insert, delete, repeat, cut off.  Returns the new size.
 */
size_t fuzz_mutate(struct fuzz_random *r, uint8_t *data, size_t size,
		   size_t cap);

/** By the fuzzer: its name, and an input of at most @cap bytes. */
extern const char fuzz_name[];
size_t fuzz_make(struct fuzz_random *r, uint8_t *data, size_t cap);
/** By the fuzzer: run one input; abort when something is wrong. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Say what is wrong, in one line, and abort. */
void fuzz_fail(const char *what, const char *detail);

#endif
