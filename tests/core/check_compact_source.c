/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_compact_source.c - how the migration scanner gets past a hole
 */
#include "core/compact_control.h"

#include "support/examples.h"

Suite *check_compact_source_suite(void);

/*
 * From what is offline it jumps to where memory is online again, but not
 * beyond the free scanner, which stands at the last frame of a pageblock that
 * went offline under it.
 */
START_TEST(what_is_offline_is_passed_in_one_step)
{
	given_zones("0:Normal:1024-5120");
	ck_assert_int_eq(mm_put_memory_offline(mm, 3, NULL), 0);
	put_free_down(0, 1150, 1024, 2);
	rest_is_u();
	STORE(mm, mm->zone[Z].contiguous, 0);
	STORE(mm, mm->zone[Z].compact_cached_migrate_pfn[1], 2560);
	STORE(mm, mm->zone[Z].compact_cached_free_pfn, 4095);
	ck_assert_int_eq(mm_compact(mm, Z, 3, MIGRATE_SYNC_LIGHT, NULL, NULL),
			 0);
	then_said("begin 2560/4095\n"
		  "no_suitable_page\n"
		  "take 2560~3072 512/0\n"
		  "no_suitable_page\n"
		  "partial_skipped\n"
		  "end 4095/4095 partial_skipped\n");
}
END_TEST

Suite *check_compact_source_suite(void)
{
	Suite *s = suite_create("core/compact_source");
	TCase *t = tcase_create("compact_source");

	tcase_add_checked_fixture(t, NULL, example_over);
	tcase_add_test(t, what_is_offline_is_passed_in_one_step);
	suite_add_tcase(s, t);
	return s;
}
