/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_check_lag.c - what may be out of step inside of a request, and where
 */
#include "core/lru_batch.h"
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

/*
 * Who takes a block off its list as del_page_from_free_list() does has counted
 * it by then.  That is everybody but merging, which counts first, and who
 * takes part of a block, which nobody does here.
 */
static unsigned int counted_when_taken(enum mm_reason reason)
{
	unsigned int n = 0;

	for (uint64_t m = mm_first_moment(mm); m <= mm_last_moment(mm); m++) {
		const struct mm_event *ev = mm_event(mm, m);
		struct mm_broken b;

		if (!ev || ev->type != EV_list_del ||
		    ev->arg[3] != (int32_t)reason)
			continue;
		ck_assert_int_eq(mm_seek(mm, m), 0);
		if (mm_check(mm, &b))
			ck_assert_str_ne(b.invariant, "FREE_COUNTS");
		n++;
	}
	return n;
}

START_TEST(what_is_cut_is_counted_when_it_is_taken)
{
	mm = given("................ ................");
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	ck_assert_int_eq(mm_isolate_range(mm, 0, 4, ISOLATE_OTHER, NULL), 0);
	ck_assert_int_eq(mm_unisolate_range(mm, 0, 4, NULL), 0);
	ck_assert_uint_eq(counted_when_taken(REASON_ISOLATED), 2);
}
END_TEST

START_TEST(what_compaction_takes_is_counted_when_it_is_taken)
{
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE, .attr = PAGE_LRU, .nid = -1};
	pfn_t pfn;

	mm = given("........ ........ ........ ........");
	for (int n = 0; n < 16; n++)
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	lru_add_drain_all(mm);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	ck_assert_int_eq(mm_compact(mm, Z, -1, MIGRATE_SYNC, NULL, NULL), 0);
	ck_assert_uint_gt(counted_when_taken(REASON_TAKEN), 0);
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
	tcase_add_test(t, what_is_cut_is_counted_when_it_is_taken);
	tcase_add_test(t, what_compaction_takes_is_counted_when_it_is_taken);
	suite_add_tcase(s, t);
	return s;
}
