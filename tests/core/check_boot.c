/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a new world is like: tags, reserved memory, per-CPU limits.
 */
#include <string.h>

#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* A preset with pairs of a key and its value, NULL past the last. */
static void given_world(const char *preset, const char *const *words)
{
	struct mm_error err = {""};
	struct mm_config cfg;

	ck_assert_int_eq(mm_config_preset(&cfg, preset, &err), 0);
	for (; *words; words += 2)
		ck_assert_msg(mm_config_set(&cfg, words[0], words[1], &err) ==
				      0,
			      "%s", err.text);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
}

/* B-10.1: memory is clipped to its zone before pageblocks get their tag. */
START_TEST(memory_outside_of_the_zones_is_none)
{
	static const char *const words[] = {"zones", "0:Normal:5-256", "memory",
					    "0-256", NULL};
	struct mm_frame f;

	given_world("tiny", words);
	then_types(mm, "UMMMMMMMMMMMMMMM");
	mm_frame(mm, 4, &f);
	ck_assert_int_eq(f.kind, FRAME_HOLE);
	mm_frame(mm, 5, &f);
	ck_assert_int_eq(f.kind, FRAME_FREE);
	then_sound(mm);
}
END_TEST

/* Pageblocks of 16: 3 to 16 and 48 to 50 are marked, 16 to 48 are not. */
START_TEST(whole_reserved_pageblocks_stay_untouched)
{
	static const char *const words[] = {"reserved", "3-50", NULL};
	struct mm_error err = {""};
	struct mm_frame f;

	given_world("tiny", words);
	ck_assert(mm->pb[0].bits & PAGEBLOCK_TOUCHED);
	ck_assert(!(mm->pb[1].bits & PAGEBLOCK_TOUCHED));
	ck_assert(!(mm->pb[2].bits & PAGEBLOCK_TOUCHED));
	for (pfn_t p = 0; p < 64; p++) {
		mm_frame(mm, p, &f);
		ck_assert_int_eq(f.kind, p < 3 || p >= 50 ? FRAME_FREE
							  : FRAME_RESERVED);
	}
	ck_assert_int_ne(mm_free_pages(mm, 17, 0, 0, &err), 0);
	ck_assert_ptr_nonnull(strstr(err.text, "reserved"));
	then_types(mm, "MMMMMMMMMMMMMMMM");
	then_sound(mm);
}
END_TEST

/* All of a terabyte reserved: made without writing a frame. */
START_TEST(a_terabyte_may_be_reserved)
{
	static const char *const words[] = {"pages", "1T", "reserved", "0-1T",
					    NULL};

	given_world("classroom", words);
	for (uint32_t i = 0; i < mm->st->nr_pageblocks; i += 511)
		ck_assert(!(mm->pb[i].bits & PAGEBLOCK_TOUCHED));
	ck_assert_uint_eq(mm->zone[Z].managed, 0);
}
END_TEST

/* P-1.1: 100 pages of cache are not more than three batches of 63. */
START_TEST(cache_flag_goes_by_the_batch)
{
	static const char *const small[] = {"pages", "1G", "cache-pages", "100",
					    NULL};
	static const char *const large[] = {"pages", "1G", "cache-pages", "190",
					    NULL};

	given_world("classroom", small);
	ck_assert_int_eq(pcp_of(mm, Z, 0)->batch, 63);
	ck_assert_uint_eq(pcp_of(mm, Z, 0)->flags, 0);
	teardown();
	given_world("classroom", large);
	ck_assert_uint_eq(pcp_of(mm, Z, 0)->flags, PCPF_FREE_HIGH_BATCH);
}
END_TEST

Suite *check_boot_suite(void)
{
	Suite *s = suite_create("core/boot");
	TCase *tc = tcase_create("boot");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, memory_outside_of_the_zones_is_none);
	tcase_add_test(tc, whole_reserved_pageblocks_stay_untouched);
	tcase_add_test(tc, a_terabyte_may_be_reserved);
	tcase_add_test(tc, cache_flag_goes_by_the_batch);
	suite_add_tcase(s, tc);
	return s;
}
