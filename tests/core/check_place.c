/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Loading somebody else's state: what does not fit is refused.
 */
#include <errno.h>
#include <string.h>

#include "core/task.h"
#include "support/picture.h"

/* Without memory a populated zone would vanish under everybody's feet. */
START_TEST(zones_stay_populated)
{
	struct mm *mm = given("M... ....");
	int64_t v = 0;

	ck_assert_int_eq(mm_put_zone(mm, Z, "present", 0), -ERANGE);
	ck_assert(mm_zone_populated(mm, Z));
	ck_assert_int_eq(mm_put_zone(mm, Z, "present", 1), 0);
	ck_assert_int_eq(mm_get_zone(mm, Z, "present", &v), 0);
	ck_assert_int_eq(v, 1);
	mm_destroy(mm);
}
END_TEST

START_TEST(what_does_not_fit_is_refused)
{
	struct mm *mm = given("M... ....");
	struct mm_error err = {""};

	ck_assert_int_eq(mm_put_used(mm, 0, 0, 0, 0, &err), -EINVAL);
	ck_assert_ptr_nonnull(strstr(err.text, "two places"));
	ck_assert_int_eq(mm_put_used(mm, 5, 1, 0, 0, &err), -EINVAL);
	ck_assert_ptr_nonnull(strstr(err.text, "multiple of 2"));
	ck_assert_int_eq(mm_put_free(mm, 8, 0, MIGRATE_MOVABLE, &err), -EINVAL);
	ck_assert_ptr_nonnull(strstr(err.text, "below 8"));
	ck_assert_int_eq(mm_put_zone(mm, Z, "wmark_max", 1), -ENOENT);
	ck_assert_int_eq(mm_put_zone(mm, 99, "present", 1), -EINVAL);
	then_sound(mm);
	mm_destroy(mm);
}
END_TEST

/* Put in place awake, kswapd goes on: but only where daemons run at all. */
START_TEST(kswapd_put_awake_is_ready)
{
	const int64_t modes[] = {0, 1};
	const uint32_t states[] = {TASK_IDLE, TASK_READY};

	for (int i = 0; i < 2; i++) {
		struct mm *mm = given("M... ....");

		mm_set(mm, "schedule", modes[i], NULL);
		ck_assert_int_eq(mm_put_node(mm, 0, "kswapd_asleep", 1), 0);
		ck_assert_uint_eq(mm->task[kswapd_task(0)].state, TASK_IDLE);
		ck_assert_int_eq(mm_put_node(mm, 0, "kswapd_asleep", 0), 0);
		ck_assert_uint_eq(mm->st->node[0].kswapd_asleep, 0);
		ck_assert_uint_eq(mm->task[kswapd_task(0)].state, states[i]);
		then_sound(mm);
		mm_destroy(mm);
	}
}
END_TEST

START_TEST(what_was_put_can_be_taken_back)
{
	struct mm *mm = given("M... ....");
	const uint64_t before = mm_hash(mm);
	const zone_t none[1] = {Z};
	int64_t v = 0;

	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	ck_assert_int_eq(mm_put_zone(mm, Z, "watermark_boost", 5), 0);
	ck_assert_int_eq(mm_put_node(mm, 0, "kswapd_failures", 3), 0);
	ck_assert_int_eq(
		mm_put_pageblock(mm, 4, MIGRATE_CMA, false, true, NULL), 0);
	ck_assert_int_eq(mm_put_zonelist(mm, 0, 1, none, 0), 0);
	ck_assert_uint_eq(mm_nr_ops(mm), 4);
	ck_assert_uint_ne(mm_hash(mm), before);
	ck_assert_int_eq(mm_seek(mm, 1), 0);
	ck_assert_int_eq(mm_get_zone(mm, Z, "watermark_boost", &v), 0);
	ck_assert_int_eq(v, 5);
	ck_assert_int_eq(mm_seek(mm, 0), 0);
	ck_assert_uint_eq(mm_hash(mm), before);
	mm_destroy(mm);
}
END_TEST

Suite *check_place_suite(void)
{
	Suite *s = suite_create("core/place");
	TCase *tc = tcase_create("place");

	tcase_add_test(tc, zones_stay_populated);
	tcase_add_test(tc, what_does_not_fit_is_refused);
	tcase_add_test(tc, kswapd_put_awake_is_ready);
	tcase_add_test(tc, what_was_put_can_be_taken_back);
	suite_add_tcase(s, tc);
	return s;
}
