/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The OOM reaper: two seconds of grace, ten tries, and then peace.
 */
#include "core/lru_batch.h"
#include "core/oom.h"
#include "core/process.h"
#include "support/procs.h"

static struct mm *mm;
static unsigned int a;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* A victim with 6 anonymous and 3 file pages that does not exit. */
static void given_victim(uint32_t how)
{
	mm = tiny(true, 10);
	a = process(mm, "a");
	fault(mm, a, FAULT_ANON, 6, 0);
	fault(mm, a, FAULT_FILE_READ, 3, 0);
	mm_process_kill(mm, a, how, NULL);
	mm_record(mm, MM_RECORD_TAPE);
	mm_begin(mm);
	oom_mark_victim(mm, a);
	mm_end(mm);
	mm_settle(mm);
}

static bool is_skipped(void)
{
	return info(mm, a).flags & PROCESS_OOM_SKIP;
}

START_TEST(a_stuck_victim_is_reaped_after_two_seconds)
{
	given_victim(PROCESS_STUCK);
	mm_tick(mm, 2 * MM_HZ - 1);
	ck_assert_uint_eq(info(mm, a).rss_anon, 6);
	ck_assert(!is_skipped());
	mm_tick(mm, 1);
	ck_assert(is_skipped());
	/* its file pages and page tables it keeps */
	ck_assert_uint_eq(info(mm, a).rss_anon, 0);
	ck_assert_uint_eq(info(mm, a).rss_file, 3);
	ck_assert_uint_eq(info(mm, a).pgtables, 1);
	ck_assert_uint_eq(nr_events(mm, EV_wake_reaper), 1);
	ck_assert_uint_eq(nr_events(mm, EV_start_task_reaping), 1);
	ck_assert_uint_eq(nr_events(mm, EV_finish_task_reaping), 1);
	then_sound(mm);
	/* once is enough */
	mm_tick(mm, 10 * MM_HZ);
	ck_assert_uint_eq(nr_events(mm, EV_wake_reaper), 1);
}
END_TEST

START_TEST(one_that_exits_in_time_is_left_alone)
{
	given_victim(0);
	ck_assert(info(mm, a).flags & PROCESS_EXITED);
	mm_tick(mm, 3 * MM_HZ);
	ck_assert_uint_eq(nr_events(mm, EV_wake_reaper), 0);
	then_sound(mm);
}
END_TEST

START_TEST(a_locked_map_is_tried_ten_times)
{
	given_victim(PROCESS_STUCK | PROCESS_MMAP_LOCKED);
	mm_tick(mm, 2 * MM_HZ);
	ck_assert_uint_eq(nr_events(mm, EV_skip_task_reaping), 1);
	mm_tick(mm, 9 * (MM_HZ / 10));
	ck_assert_uint_eq(nr_events(mm, EV_skip_task_reaping), 10);
	ck_assert(!is_skipped());
	mm_tick(mm, MM_HZ / 10);
	ck_assert(is_skipped());
	ck_assert_uint_eq(info(mm, a).rss_anon, 6);
	ck_assert_uint_eq(nr_events(mm, EV_wake_reaper), 1);
	then_sound(mm);
}
END_TEST

START_TEST(what_others_have_mapped_is_not_reaped)
{
	given_victim(PROCESS_STUCK);
	ck_assert_int_eq(mm_process_pages(mm, a, PAGE_OP_SHARE, 2, NULL), 2);
	mm_tick(mm, 2 * MM_HZ);
	ck_assert_uint_eq(info(mm, a).rss_anon, 2);
	then_sound(mm);
}
END_TEST

START_TEST(reaping_can_be_taken_back)
{
	uint64_t before, moment;

	given_victim(PROCESS_STUCK);
	before = mm_hash(mm);
	moment = mm_last_moment(mm);
	mm_tick(mm, 3 * MM_HZ);
	ck_assert(is_skipped());
	ck_assert_int_eq(mm_seek(mm, moment), 0);
	ck_assert_uint_eq(mm_hash(mm), before);
}
END_TEST

Suite *check_oom_reaper_suite(void);
Suite *check_oom_reaper_suite(void)
{
	Suite *s = suite_create("core/oom_reaper");
	TCase *t = tcase_create("oom_reaper");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, a_stuck_victim_is_reaped_after_two_seconds);
	tcase_add_test(t, one_that_exits_in_time_is_left_alone);
	tcase_add_test(t, a_locked_map_is_tried_ten_times);
	tcase_add_test(t, what_others_have_mapped_is_not_reaped);
	tcase_add_test(t, reaping_can_be_taken_back);
	suite_add_tcase(s, t);
	return s;
}
