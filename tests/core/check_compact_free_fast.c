/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_compact_free_fast.c - where the search of the free lists leads to
 */
#include "support/examples.h"

Suite *check_compact_free_fast_suite(void);

/* Did the free scanner look at pages from there on? */
static bool scanned_from(pfn_t first)
{
	for (uint64_t n = mm_first_moment(mm) + 1; n <= mm_last_moment(mm);
	     n++) {
		const struct mm_event *ev = mm_event(mm, n);

		if (ev->type == EV_mm_compaction_isolate_freepages &&
		    (pfn_t)ev->arg[0] >= first)
			return true;
	}
	return false;
}

static void compact_order_3(void)
{
	ck_assert_int_eq(mm_compact(mm, Z, 3, MIGRATE_SYNC_LIGHT, NULL, NULL),
			 0);
	then_sound(mm);
}

/* Around what was found only in pageblocks that are whole. */
START_TEST(half_a_pageblock_is_not_searched_around)
{
	given_memory("0:Normal:1024-3072", "1024-2816");
	put_m(1025, 1040, 2);
	put_free_down(0, 1038, 1024, 2);
	put_free_down(0, 2812, 2560, 4);
	rest_is_u();
	compact_order_3();
	ck_assert(!scanned_from(2560));
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 8);
}
END_TEST

START_TEST(a_whole_one_is)
{
	given_zone();
	put_m(1025, 1040, 2);
	put_free_down(0, 1038, 1024, 2);
	put_free_down(0, 2812, 2560, 4);
	rest_is_u();
	compact_order_3();
	ck_assert(scanned_from(2560));
}
END_TEST

/*
 * Nothing is high enough: the scan begins at the middle mark, even if it lies
 * in memory that is offline, for that has its memory map.
 */
START_TEST(the_middle_mark_may_be_offline)
{
	given_zones("0:Normal:1024-5120");
	ck_assert_int_eq(mm_put_memory_offline(mm, 3, NULL), 0);
	put_m(2049, 2065, 2);
	put_free_down(0, 1150, 1024, 2);
	rest_is_u();
	STORE(mm, mm->zone[Z].contiguous, 0);
	STORE(mm, mm->zone[Z].compact_cached_migrate_pfn[1], 2048);
	compact_order_3();
	ck_assert(!scanned_from(4096));
}
END_TEST

Suite *check_compact_free_fast_suite(void)
{
	Suite *s = suite_create("core/compact_free_fast");
	TCase *t = tcase_create("compact_free_fast");

	tcase_add_checked_fixture(t, NULL, example_over);
	tcase_add_test(t, half_a_pageblock_is_not_searched_around);
	tcase_add_test(t, a_whole_one_is);
	tcase_add_test(t, the_middle_mark_may_be_offline);
	suite_add_tcase(s, t);
	return s;
}
