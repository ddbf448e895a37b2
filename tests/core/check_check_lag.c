/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_check_lag.c - what may be out of step inside of a request, and where
 */
#include "support/picture.h"

Suite *check_check_lag_suite(void);

static struct mm *mm;

/* How many events of what has been done are out of step; others must hold. */
static unsigned int lagging(void)
{
	unsigned int n = 0;

	for (uint64_t m = mm_first_moment(mm); m <= mm_last_moment(mm); m++) {
		const struct mm_event *ev = mm_event(mm, m);
		struct mm_broken b;

		ck_assert_int_eq(mm_seek(mm, m), 0);
		if (mm_check(mm, &b) == 0)
			continue;
		ck_assert_msg(ev && mm_check_lags(b.invariant, ev->type),
			      "event %u, %s: %s", (unsigned int)m,
			      ev ? mm_event_type(ev->type)->name : "the start",
			      b.invariant);
		n++;
	}
	return n;
}

START_TEST(a_request_and_a_free_are_out_of_step_where_the_kernel_is)
{
	mm = given("M... .... ........");
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	ck_assert_int_eq(mm_free_pages(mm, 0, 0, 0, NULL), 0);
	ck_assert_uint_gt(lagging(), 0);
}
END_TEST

START_TEST(nothing_lags_between_two_quanta)
{
	ck_assert_ptr_nonnull(mm_check_lags("FREE_COUNTS", EV_list_del));
	ck_assert_ptr_null(mm_check_lags("FREE_COUNTS", EV_quantum));
	ck_assert_ptr_null(mm_check_lags("FREE_COUNTS", EV_drain_done));
	ck_assert_ptr_null(mm_check_lags("COMPACT_RUN", EV_compact_putback));
	ck_assert_ptr_null(mm_check_lags("BUDDY_MERGED", EV_list_del));
}
END_TEST

/* An isolated pageblock is counted last, when its free blocks are moved. */
START_TEST(an_isolated_pageblock_is_counted_last)
{
	mm = given("........ ........");
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	ck_assert_int_eq(mm_isolate_range(mm, 0, 4, ISOLATE_OTHER, NULL), 0);
	ck_assert_uint_gt(lagging(), 0);
}
END_TEST

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

Suite *check_check_lag_suite(void)
{
	Suite *s = suite_create("core/check_lag");
	TCase *t = tcase_create("lag");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(
		t, a_request_and_a_free_are_out_of_step_where_the_kernel_is);
	tcase_add_test(t, nothing_lags_between_two_quanta);
	tcase_add_test(t, an_isolated_pageblock_is_counted_last);
	suite_add_tcase(s, t);
	return s;
}
