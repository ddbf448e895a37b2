/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_compact_skip.c - skip bits that are cleared
 */
#include "core/compact_control.h"

#include "support/examples.h"

Suite *check_compact_skip_suite(void);

/*
 * A zone that begins at an odd frame is sampled at frames 1, 9, 17...; there
 * stands a tail, which is on the LRU as its head is:
 *
 *	frame   1 ... 8  9 10 11
 *	sample  x        x
 *	page          [ 2^2 pages ]
 */
START_TEST(a_tail_is_on_the_lru_as_its_head_is)
{
	given_zones("0:Normal:1-1024");
	put(8, 2, MOVABLE | PAGE_COMPOUND);
	rest_is_u();
	for (pfn_t b = 0; b < 1024; b += 512)
		set_pageblock_skip(mm, b);
	STORE(mm, mm->zone[Z].compact_blockskip_flush, 1);
	mm_compact_reset(mm, Z);
	then_skips("1");
	ck_assert_uint_eq(mm->zone[Z].compact_init_migrate_pfn, 1);
}
END_TEST

Suite *check_compact_skip_suite(void)
{
	Suite *s = suite_create("core/compact_skip");
	TCase *t = tcase_create("compact_skip");

	tcase_add_checked_fixture(t, NULL, example_over);
	tcase_add_test(t, a_tail_is_on_the_lru_as_its_head_is);
	suite_add_tcase(s, t);
	return s;
}
