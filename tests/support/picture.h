/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * picture.h - tiny worlds drawn as pictures
 *
 * given("M..# ....") is a world of one zone, two pageblocks of four frames
 * (a group is a pageblock):
 *
 *	U M E H C   a used frame; its pageblock is of that type
 *	u m e h c   the same, and the frame is on an LRU list
 *	.           a free frame
 *	#           reserved memory
 *
 * A pageblock without a letter is movable, or what `types` says.  Free frames
 * are handed over as at boot: largest blocks, ascending.  then() compares
 * with a picture in which free blocks are seen:
 *
 *	.      a free block of order 0          <>  <-->   order 1, 2, ...
 *	U M .. used frames                      p          on a per-CPU list
 *	v      used and on its way elsewhere    t          taken as its target
 *
 * and runs mm_check(), the invariants.
 */
#ifndef TESTS_PICTURE_H
#define TESTS_PICTURE_H

#include <check.h>

#include "core/buddy.h"
#include "core/classic.h"
#include "core/fallback.h"
#include "core/frame.h"
#include "core/highatomic.h"
#include "core/pcp.h"
#include "core/watermark.h"
#include "core/zonelist.h"

/** The one zone of a world made by given(). */
#define Z ((zone_t)ZONE_NORMAL)

struct mm *given(const char *picture);
/** With the pageblocks' types spelled out: "MHMM". */
struct mm *given_types(const char *picture, const char *types);
/** A fresh world of @pages frames with pageblocks of 2^@pb pages. */
struct mm *given_free(unsigned int pages, unsigned int pb);

void then(const struct mm *mm, const char *picture);
/** Types of the pageblocks, in order: "UUMM". */
void then_types(const struct mm *mm, const char *types);
/** Lists of a type: "o0:1 3 o2:4"; "" when all are empty. */
void then_lists(const struct mm *mm, enum migratetype mt, const char *lists);
void then_pcp(const struct mm *mm, unsigned int pindex, const char *pfns);
void then_sound(const struct mm *mm);
/**
 * Go back to that moment, event by event: each is sound, or as far out of step
 * as mm_check_lags() says.
 */
void then_sound_back_to(struct mm *mm, uint64_t start);
/** All on the tape is undone to @before, which goes, and done to the present.
 */
void then_taken_back(struct mm *mm, struct mm *before);

/** @n used single frames, every @step-th looked at, are on LRU lists now. */
void make_lru_pages(struct mm *mm, unsigned int n, unsigned int step,
		    uint16_t attr);
/** Marks, managed pages and pcp limits of the zone, as the examples have. */
void set_marks(struct mm *mm, int64_t min, int64_t low, int64_t high);
void set_managed(struct mm *mm, uint32_t managed);
void set_pcp(struct mm *mm, int batch, int high_min, int high_max);

/* take and give back straight from the free lists */
pfn_t take(struct mm *mm, unsigned int order, enum migratetype mt);
pfn_t request(struct mm *mm, unsigned int order, enum migratetype mt,
	      uint32_t alloc_flags);
void buddy_free(struct mm *mm, pfn_t pfn, unsigned int order);
/** One allocation by gfp; NO_PFN when refused. */
pfn_t alloc(struct mm *mm, unsigned int order, gfp_t gfp);

#endif
