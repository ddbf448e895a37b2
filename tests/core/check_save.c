/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Saved worlds come back byte for byte; damaged ones do not come back.
 */
#include <stdlib.h>
#include <string.h>

#include "support/mix.h"
#include "support/picture.h"

static struct mix mix;

START_TEST(saved_and_loaded_is_equal)
{
	struct mm *mm = mix_world((unsigned int)_i), *back;
	struct mm_error err = {""};
	unsigned char *bytes;
	size_t size;

	mix_start(&mix, 2);
	for (int n = 0; n < 700; n++)
		mix_step(&mix, mm);
	ck_assert_int_eq(mm_save(mm, &bytes, &size), 0);
	back = mm_load(bytes, size, &err);
	ck_assert_msg(back != NULL, "%s", err.text);
	ck_assert_int_eq(mm_compare(mm, back), 0);
	ck_assert_uint_eq(mm_hash(mm), mm_hash(back));
	mix_step(&mix, back); /* and it lives on */
	then_sound(back);
	free(bytes);
	mm_destroy(mm);
	mm_destroy(back);
}
END_TEST

static void refused(const unsigned char *bytes, size_t size)
{
	struct mm_error err = {""};
	struct mm *mm = mm_load(bytes, size, &err);

	ck_assert_ptr_null(mm);
	ck_assert_uint_gt(strlen(err.text), 0);
	ck_assert_ptr_null(strchr(err.text, '\n'));
}

START_TEST(truncated_files_are_refused)
{
	struct mm *mm = mix_world(0);
	unsigned char *bytes;
	size_t size;

	ck_assert_int_eq(mm_save(mm, &bytes, &size), 0);
	for (size_t n = 0; n < size; n += n < 3000 ? 1 : 511)
		refused(bytes, n);
	free(bytes);
	mm_destroy(mm);
}
END_TEST

/* Any single byte changed is noticed, if only by the fingerprint. */
START_TEST(damaged_files_are_refused)
{
	struct mm *mm = mix_world(2);
	unsigned char *bytes;
	size_t size;

	ck_assert_int_eq(mm_save(mm, &bytes, &size), 0);
	mix_start(&mix, 9);
	for (int n = 0; n < 4000; n++) {
		const size_t at = (size_t)mix_random(&mix, size);
		const unsigned char flip =
			(unsigned char)(1 + mix_random(&mix, 255));

		bytes[at] ^= flip;
		refused(bytes, size);
		bytes[at] ^= flip;
	}
	free(bytes);
	mm_destroy(mm);
}
END_TEST

Suite *check_save_suite(void)
{
	Suite *s = suite_create("core/save");
	TCase *tc = tcase_create("save");

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, saved_and_loaded_is_equal, 0, 6);
	tcase_add_test(tc, truncated_files_are_refused);
	tcase_add_test(tc, damaged_files_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
