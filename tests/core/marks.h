/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * marks.h - for tests: worlds whose watermarks are known
 */
#ifndef TESTS_CORE_MARKS_H
#define TESTS_CORE_MARKS_H

#include "support/picture.h"

static struct mm *mm;

static inline void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static inline struct mm *world(const char *zones, const char *thp)
{
	struct mm_config cfg;
	struct mm_error err = {""};

	mm_config_preset(&cfg, "classroom", NULL);
	ck_assert_msg(mm_config_set(&cfg, "zones", zones, &err) == 0, "%s",
		      err.text);
	ck_assert_int_eq(mm_config_set(&cfg, "thp", thp, &err), 0);
	return mm_create(&cfg, &err);
}

static inline void then_marks(zone_t zid, int64_t min, int64_t low,
			      int64_t high, int64_t promo)
{
	const int64_t *w = mm->zone[zid].wmark;

	ck_assert_int_eq(w[WMARK_MIN], min);
	ck_assert_int_eq(w[WMARK_LOW], low);
	ck_assert_int_eq(w[WMARK_HIGH], high);
	ck_assert_int_eq(w[WMARK_PROMO], promo);
}

/** W46: four zones of one node. */
static inline struct mm *toy(void)
{
	return world("0:DMA:0-4096,0:DMA32:4096-16384,0:Normal:16384-32768,"
		     "0:Movable:32768-49152",
		     "off");
}

#endif
