/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_break_off.c - long work breaks off when it is told to, at whatever
 * place, and can be taken back from there
 */
#include <check.h>
#include <errno.h>
#include <stdlib.h>

#include "core/mm.h"

Suite *check_break_off_suite(void);

static struct mm *mm;
static unsigned int task;
static long left; /* questions that are answered with no */

static bool stop(void *arg)
{
	(void)arg;
	return left-- <= 0;
}

static void setup(void)
{
	const struct mm_process web = {.name = "web"};
	struct mm_config cfg;

	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	ck_assert_int_gt(mm_process_new(mm, &web, NULL), 0);
	task = (unsigned int)mm_task_find(mm, "web");
}

static void teardown(void)
{
	mm_destroy(mm);
}

/* More than there is: reclaim, compaction, the daemons, and then the end. */
static void take_all(void)
{
	mm_begin(mm);
	if (mm_fault(mm, task, FAULT_ANON, 300, 0, NULL) == 0)
		mm_task_finish(mm, task, NULL);
	mm_settle(mm);
	mm_tick(mm, 1000);
	mm_end(mm);
}

START_TEST(an_operation_is_taken_back_from_any_place)
{
	const uint64_t now = mm_now(mm), before = mm_hash(mm);
	struct mm_broken broken;
	bool whole = false;

	for (long n = 0; !whole && n < 100000; n += 1 + n / 8) {
		left = n;
		mm_stop_when(mm, stop, NULL);
		take_all();
		mm_stop_when(mm, NULL, NULL);
		whole = left >= 0;
		mm_seek(mm, now);
		ck_assert_uint_eq(mm_hash(mm), before);
		ck_assert_int_eq(mm_check(mm, &broken), 0);
	}
	ck_assert(whole);
	ck_assert_int_gt(left, -1);
}
END_TEST

START_TEST(what_looks_says_that_it_was_stopped)
{
	struct mm_broken broken;
	unsigned char *bytes;
	size_t size;
	struct mm *copy = mm_clone(mm);

	left = 0;
	mm_stop_when(mm, stop, NULL);
	ck_assert_int_eq(mm_check(mm, &broken), -EINTR);
	ck_assert_int_eq(mm_save(mm, &bytes, &size), -EINTR);
	ck_assert_ptr_null(bytes);
	ck_assert_ptr_null(mm_clone(mm));
	ck_assert_ptr_null(mm_fork(mm));
	ck_assert_int_ne(mm_compare(mm, copy), 0);
	mm_stop_when(mm, NULL, NULL);
	ck_assert_int_eq(mm_check(mm, &broken), 0);
	ck_assert_int_eq(mm_compare(mm, copy), 0);
	mm_destroy(copy);
}
END_TEST

START_TEST(a_world_that_is_loaded_asks_nobody_afterwards)
{
	unsigned char *bytes;
	struct mm_error err;
	struct mm *copy;
	size_t size;

	ck_assert_int_eq(mm_save(mm, &bytes, &size), 0);
	left = 0;
	ck_assert_ptr_null(mm_load_unless(bytes, size, stop, NULL, &err));
	left = 1000000;
	copy = mm_load_unless(bytes, size, stop, NULL, &err);
	ck_assert_ptr_nonnull(copy);
	ck_assert_int_lt(left, 1000000);
	left = 0;
	ck_assert_int_eq(mm_compare(copy, mm), 0);
	mm_destroy(copy);
	free(bytes);
}
END_TEST

Suite *check_break_off_suite(void)
{
	Suite *s = suite_create("core/break_off");
	TCase *tc = tcase_create("break_off");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, an_operation_is_taken_back_from_any_place);
	tcase_add_test(tc, what_looks_says_that_it_was_stopped);
	tcase_add_test(tc, a_world_that_is_loaded_asks_nobody_afterwards);
	suite_add_tcase(s, tc);
	return s;
}
