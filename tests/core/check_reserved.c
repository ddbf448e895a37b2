/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory of the boot given back: W17, W44.
 */
#include <errno.h>
#include <string.h>

#include "support/picture.h"

Suite *check_reserved_suite(void);

#define DMA ((zone_t)ZONE_DMA)

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* DMA of 32 frames, Normal of 224, of which 64 are kept by the boot. */
static void given_kept(const char *pcp)
{
	struct mm_error err = {""};
	struct mm_config cfg;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:DMA:0-32,0:Normal:32-256", &err);
	mm_config_set(&cfg, "reserved", "96-160", &err);
	mm_config_set(&cfg, "pcp", pcp, &err);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
}

START_TEST(reserves_follow_and_marks_do_not)
{
	struct zone before;

	given_kept("off");
	mm_set(mm, "vm.lowmem_reserve_ratio.DMA", 4, NULL);
	before = mm->zone[Z];
	ck_assert_uint_eq(before.managed, 160);
	ck_assert_int_eq(mm->zone[DMA].lowmem_reserve[ZONE_NORMAL], 40);
	ck_assert_int_eq(mm_free_reserved(mm, 96, 160, 0, NULL), 0);
	then_sound(mm);
	ck_assert_uint_eq(mm->zone[Z].managed, 224);
	ck_assert_int_eq(mm->zone[DMA].lowmem_reserve[ZONE_NORMAL], 56);
	for (int w = 0; w < NR_WMARK; w++)
		ck_assert_int_eq(mm->zone[Z].wmark[w], before.wmark[w]);
	ck_assert_uint_eq(mm->zone[Z].pageset_high_max,
			  before.pageset_high_max);
	mm_set(mm, "vm.min_free_kbytes", mm->st->cfg.min_free_kbytes, NULL);
	ck_assert_int_gt(mm->zone[Z].wmark[WMARK_MIN], before.wmark[WMARK_MIN]);
}
END_TEST

/* Pages that were kept merge with what lay around them. */
START_TEST(they_merge_with_their_neighbours)
{
	mm = given("..## ##..");
	ck_assert_int_eq(mm_free_reserved(mm, 2, 5, 0, NULL), 0);
	mm_drain_all(mm);
	then(mm, "<--> .#<>");
	ck_assert_int_eq(mm_free_reserved(mm, 5, 6, 0, NULL), 0);
	mm_drain_all(mm);
	then(mm, "<------>");
}
END_TEST

START_TEST(what_is_not_reserved_is_refused)
{
	struct mm_error err = {""};
	uint64_t before;

	mm = given("..## ##M.");
	before = mm_hash(mm);
	ck_assert_int_eq(mm_free_reserved(mm, 5, 7, 0, &err), -EINVAL);
	ck_assert_str_eq(err.text, "pfn 6 is not reserved: only reserved "
				   "memory can be given back");
	ck_assert_int_eq(mm_free_reserved(mm, 1, 3, 0, &err), -EINVAL);
	ck_assert_int_eq(mm_free_reserved(mm, 4, 4, 0, &err), -EINVAL);
	ck_assert_int_eq(mm_free_reserved(mm, 4, 9, 0, &err), -EINVAL);
	ck_assert_int_eq(mm_free_reserved(mm, 4, 6, 1, &err), -EINVAL);
	ck_assert_uint_eq(mm_hash(mm), before);
}
END_TEST

/* A pageblock that was kept as a whole has frames nothing was written to. */
START_TEST(a_part_of_a_whole_pageblock)
{
	given_kept("on");
	ck_assert_int_eq(mm_free_reserved(mm, 120, 130, 0, NULL), 0);
	then_sound(mm);
	ck_assert_uint_eq(mm->zone[Z].managed, 170);
	ck_assert_int_eq(mm_free_reserved(mm, 96, 120, 0, NULL), 0);
	ck_assert_int_eq(mm_free_reserved(mm, 130, 160, 0, NULL), 0);
	then_sound(mm);
	ck_assert_uint_eq(mm->zone[Z].managed, 224);
}
END_TEST

Suite *check_reserved_suite(void)
{
	Suite *s = suite_create("core/reserved");
	TCase *tc = tcase_create("reserved");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, reserves_follow_and_marks_do_not);
	tcase_add_test(tc, they_merge_with_their_neighbours);
	tcase_add_test(tc, what_is_not_reserved_is_refused);
	tcase_add_test(tc, a_part_of_a_whole_pageblock);
	suite_add_tcase(s, tc);
	return s;
}
