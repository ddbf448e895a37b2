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

/*
 * A byte of a world changed, with a fingerprint that fits: what is taken in
 * all the same can be lived with.  The array sizes in front are left out;
 * with them nothing could be saved.
 */
static bool is_size(const struct mm *mm, size_t at)
{
	const size_t sizes =
		(size_t)((const unsigned char *)&mm->st->nr_frames - mm->block);

	return at >= sizes && at < sizes + 3 * sizeof(uint32_t);
}

/* Anywhere in the world, but as often in its small parts as in its large. */
static size_t somewhere(const struct mm *mm)
{
	const void *const parts[] = {mm->block,		  mm->zone, mm->pcp,
				     mm->owner,		  mm->pb,   mm->page,
				     mm->block + mm->size};
	const uint64_t i = mix_random(&mix, 6);
	const size_t start =
		(size_t)((const unsigned char *)parts[i] - mm->block);
	const size_t size = (size_t)((const unsigned char *)parts[i + 1] -
				     (const unsigned char *)parts[i]);

	return start + (size_t)mix_random(&mix, i == 3 ? 200 : size);
}

static void live_on(struct mm *mm, uint64_t seed)
{
	static struct mix ops;

	mix_start(&ops, seed);
	for (int n = 0; n < 40; n++)
		mm_free_pages(mm, (pfn_t)mix_random(&ops, mm_end_pfn(mm)),
			      (unsigned int)mix_random(&ops, 3), 0, NULL);
	for (int n = 0; n < 40; n++)
		mix_step(&ops, mm);
	then_sound(mm);
}

START_TEST(hostile_files_are_refused_or_harmless)
{
	struct mm *mm = mix_world((unsigned int)_i), *bad, *back;
	struct mm_request want = {.gfp = GFP_KERNEL, .nid = -1};
	unsigned char *bytes;
	int loaded = 0, refused = 0;
	size_t size;
	pfn_t pfn;

	want.owner = mm_owner(mm, "a", NULL);
	mix_start(&mix, 3);
	for (int n = 0; n < 300; n++)
		mix_step(&mix, mm);
	for (int n = 0; n < 20; n++)
		mm_alloc_pages(mm, &want, &pfn);
	for (uint64_t n = 0; n < 1500; n++) {
		const size_t at = somewhere(mm);

		if (is_size(mm, at))
			continue;
		bad = mm_clone(mm);
		bad->block[at] = (unsigned char)mix_random(
			&mix, mix_random(&mix, 2) ? 8 : 256);
		if (bad->block[at] == mm->block[at]) {
			mm_destroy(bad); /* that would prove nothing */
			continue;
		}
		ck_assert_int_eq(mm_save(bad, &bytes, &size), 0);
		back = mm_load(bytes, size, NULL);
		if (back)
			live_on(back, n);
		loaded += back != NULL;
		refused += back == NULL;
		free(bytes);
		mm_destroy(back);
		mm_destroy(bad);
	}
	ck_assert_int_ge(loaded, 50);
	ck_assert_int_ge(refused, 50);
	mm_destroy(mm);
}
END_TEST

Suite *check_save_suite(void)
{
	Suite *s = suite_create("core/save");
	TCase *tc = tcase_create("save");

	tcase_add_loop_test(tc, saved_and_loaded_is_equal, 0, 6);
	tcase_add_test(tc, truncated_files_are_refused);
	tcase_add_loop_test(tc, hostile_files_are_refused_or_harmless, 0, 3);
	tcase_add_test(tc, damaged_files_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
