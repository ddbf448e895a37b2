/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Masks made from masks: G16, G23, G38, G40, G41.
 */
#include "core/gfp_masks.h"

#include <errno.h>

#include "support/picture.h"

Suite *check_gfp_masks_suite(void);

START_TEST(scopes_take_flags_away)
{
	const gfp_t m = GFP_HIGHUSER_MOVABLE;
	char text[200];

	ck_assert_uint_eq(gfp_context(0, m), m);
	ck_assert_uint_eq(gfp_context(TASK_PIN, m), 0x100cc2);
	ck_assert_int_eq(mm_gfp_zone(0x100cc2), ZONE_NORMAL);
	ck_assert_int_eq(mm_gfp_migratetype(0x100cc2), MIGRATE_UNMOVABLE);
	ck_assert_uint_eq(gfp_context(TASK_NOFS, m), 0x100c4a);
	ck_assert_uint_eq(gfp_context(TASK_NOIO, m), 0x100c0a);
	ck_assert_uint_eq(gfp_context(TASK_NOIO | TASK_NOFS, m), 0x100c0a);
	mm_gfp_print(0x100c0a, text, sizeof text);
	ck_assert_str_eq(text, "GFP_NOIO|__GFP_HIGHMEM|__GFP_MOVABLE|"
			       "__GFP_HARDWALL");
}
END_TEST

START_TEST(nested_masks_do_not_insist)
{
	ck_assert_uint_eq(gfp_nested_mask(GFP_HIGHUSER_MOVABLE), 0x92cc0);
	ck_assert_uint_eq(gfp_nested_mask(GFP_ATOMIC), 0x92820);
}
END_TEST

START_TEST(ranges_refuse_what_they_cannot_give)
{
	static const gfp_t refused[] = {GFP_BIT_NOFAIL,	    GFP_BIT_NORETRY,
					GFP_BIT_HIGH,	    GFP_BIT_MEMALLOC,
					GFP_BIT_NOMEMALLOC, GFP_BIT_ACCOUNT};
	static const gfp_t dropped[] = {GFP_BIT_MOVABLE | GFP_BIT_HIGHMEM,
					GFP_BIT_DMA32,
					GFP_BIT_RECLAIMABLE,
					GFP_BIT_WRITE,
					GFP_BIT_HARDWALL,
					GFP_BIT_THISNODE};
	gfp_t isolate, migrate;

	ck_assert_int_eq(gfp_contig_masks(GFP_KERNEL, &isolate, &migrate), 0);
	ck_assert_uint_eq(isolate, GFP_KERNEL);
	ck_assert_uint_eq(migrate, 0x4cc8);
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
		ck_assert_int_eq(gfp_contig_masks(GFP_KERNEL | refused[i],
						  &isolate, &migrate),
				 -EINVAL);
	for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++) {
		ck_assert_int_eq(gfp_contig_masks(GFP_KERNEL | dropped[i],
						  &isolate, &migrate),
				 0);
		ck_assert_uint_eq(isolate, GFP_KERNEL);
	}
	ck_assert_int_eq(
		gfp_contig_masks(0x42000 | GFP_BIT_ZERO, &isolate, &migrate),
		0);
	ck_assert_uint_eq(migrate, 0x6008);
}
END_TEST

START_TEST(huge_faults_ask_as_the_switch_says)
{
	static const gfp_t rows[5][2] = {/* not madvised, madvised */
					 {0x1d24ca, 0x1c24ca},
					 {0x1c28ca, 0x1c28ca},
					 {0x1c28ca, 0x1c24ca},
					 {0x1c20ca, 0x1c24ca},
					 {0x1c20ca, 0x1c20ca}};

	for (int d = THP_DEFRAG_ALWAYS; d <= THP_DEFRAG_NEVER; d++)
		for (int m = 0; m < 2; m++)
			ck_assert_uint_eq(gfp_thp_fault((enum thp_defrag)d, m),
					  rows[d][m]);
	ck_assert_uint_eq(gfp_thp_khugepaged(true), 0x1c24ca);
	ck_assert_uint_eq(gfp_thp_khugepaged(false), 0x1c20ca);
}
END_TEST

START_TEST(tiers_are_changed_without_trouble)
{
	ck_assert_uint_eq(gfp_demotion(0, true), 0x3828ca);
	ck_assert_uint_eq(gfp_demotion(0, false), 0x1828ca);
	ck_assert_uint_eq(gfp_promotion(0), 0x3920ca);
	ck_assert_uint_eq(gfp_promotion(9), 0x3c20ca);
}
END_TEST

Suite *check_gfp_masks_suite(void)
{
	Suite *s = suite_create("core/gfp_masks");
	TCase *tc = tcase_create("gfp_masks");

	tcase_add_test(tc, scopes_take_flags_away);
	tcase_add_test(tc, nested_masks_do_not_insist);
	tcase_add_test(tc, ranges_refuse_what_they_cannot_give);
	tcase_add_test(tc, huge_faults_ask_as_the_switch_says);
	tcase_add_test(tc, tiers_are_changed_without_trouble);
	suite_add_tcase(s, tc);
	return s;
}
