/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * examples.h - the worlds of the worked examples, frame by frame
 *
 * Zones of pageblocks of 512 frames, all Movable, no marks, recorded.  `m` is
 * an anonymous page on the LRU, `u` one that never moves; what is free is put
 * on the lists head first.  What happened is compared as text.
 */
#ifndef TESTS_EXAMPLES_H
#define TESTS_EXAMPLES_H

#include "support/picture.h"

/** The world of the example in hand; example_over() ends it. */
extern struct mm *mm;

/** "0:Normal:1024-3072", with pageblocks of 512 frames and order 10. */
void given_zones(const char *zones);
/** The same, where not all is memory. */
void given_memory(const char *zones, const char *memory);
/** That one: pageblocks 2 to 5. */
void given_zone(void);
void example_over(void);

#define MOVABLE (PAGE_LRU | PAGE_SWAPBACKED)

/** A page in use; one on the LRU is mapped once. */
void put(pfn_t pfn, unsigned int order, uint16_t attr);
/** Pages `m` from @first on, every @step-th below @end. */
void put_m(pfn_t first, pfn_t end, pfn_t step);
void put_free(unsigned int order, pfn_t pfn);
/** From @last down to @first, as lists are written. */
void put_free_down(unsigned int order, pfn_t last, pfn_t first, pfn_t step);
/** All else is `u`; then the world must be sound, and is recorded. */
void rest_is_u(void);

/** The scanners' events, one a line, in short. */
void then_said(const char *text);
/** "1039>2561 1037>2562": what moved where, in this order. */
void then_moved(const char *text);
/** Numbers of the pageblocks that have their skip bit: "3 4". */
void then_skips(const char *text);

#endif
