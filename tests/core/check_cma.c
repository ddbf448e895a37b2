/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Areas that give memory in one piece; contig-cma-hotplug.md 4, 10.3.
 */
#include <errno.h>

#include "core/cma.h"
#include "support/picture.h"

static struct mm *mm;

/* Pageblocks of 16 frames; an area of four of them from 64 on. */
static void setup(void)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "cma", "64-128", NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
}

static void teardown(void)
{
	mm_destroy(mm);
}

static pfn_t claim(pfn_t nr, unsigned int align, int e)
{
	const struct mm_range_request want = {.nr = nr,
					      .area = 1,
					      .align = (uint16_t)align,
					      .mode = ISOLATE_CMA,
					      .gfp = GFP_KERNEL};
	pfn_t pfn;

	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), e);
	then_sound(mm);
	return pfn;
}

static pfn_t available(void)
{
	struct mm_cma_info info;

	mm_cma_info(mm, 0, &info);
	return info.available;
}

/* 10.3: the first clear bits in a row, aligned. */
START_TEST(the_lowest_place_that_is_aligned)
{
	ck_assert_uint_eq(claim(4, 0, 0), 64);
	ck_assert_uint_eq(claim(8, 3, 0), 72);
	ck_assert_uint_eq(claim(4, 0, 0), 68);
	ck_assert_uint_eq(available(), 48);
	ck_assert(mm_cma_used(mm, 79));
	ck_assert(!mm_cma_used(mm, 80));
	ck_assert_uint_eq(mm->st->vm_event[VM_CMA_ALLOC_SUCCESS], 3);
}
END_TEST

START_TEST(what_was_given_comes_back)
{
	const pfn_t pfn = claim(5, 0, 0);

	ck_assert_int_eq(mm_cma_release(mm, pfn, 5, 0, NULL), 0);
	ck_assert_uint_eq(available(), 64);
	then_sound(mm);
	ck_assert_int_eq(mm_cma_release(mm, pfn, 5, 0, NULL), -EINVAL);
	ck_assert_int_eq(mm_cma_release(mm, 0, 5, 0, NULL), -EINVAL);
}
END_TEST

START_TEST(more_than_there_is)
{
	ck_assert_uint_eq(claim(65, 0, -EBUSY), NO_PFN);
	ck_assert_uint_eq(claim(64, 0, 0), 64);
	ck_assert_uint_eq(claim(1, 0, -EBUSY), NO_PFN);
	ck_assert_uint_eq(mm->st->vm_event[VM_CMA_ALLOC_FAIL], 2);
}
END_TEST

/* 4.6: a busy place is passed over, and its bits are clear again. */
START_TEST(a_busy_place_is_passed_over)
{
	ck_assert_int_eq(mm_isolate_range(mm, 64, 80, ISOLATE_CMA, NULL), 0);
	ck_assert_uint_ge(claim(16, 4, 0), 80);
	ck_assert(!mm_cma_used(mm, 64));
	ck_assert_uint_eq(available(), 48);
}
END_TEST

Suite *check_cma_suite(void)
{
	Suite *s = suite_create("core/cma");
	TCase *tc = tcase_create("cma");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_lowest_place_that_is_aligned);
	tcase_add_test(tc, what_was_given_comes_back);
	tcase_add_test(tc, more_than_there_is);
	tcase_add_test(tc, a_busy_place_is_passed_over);
	suite_add_tcase(s, tc);
	return s;
}
