/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Allocated blocks: freeing what is not, twice or wrongly; owners; splits.
 */
#include <errno.h>
#include <string.h>

#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static void refused(pfn_t pfn, unsigned int order, const char *why)
{
	struct mm_error err = {""};
	const uint64_t before = mm_hash(mm);

	ck_assert_int_eq(mm_free_pages(mm, pfn, order, 0, &err), -EINVAL);
	ck_assert_msg(strstr(err.text, why) != NULL, "%s", err.text);
	ck_assert_uint_eq(mm_hash(mm), before);
}

START_TEST(wrong_frees_are_explained_and_change_nothing)
{
	mm = given("M#.. ....");
	refused(4, 0, "already free");
	refused(1, 0, "reserved");
	refused(8, 0, "expected a frame below 8");
	refused(0, 9, "expected 0 to 3");
	refused(0, 1, "order 0, not 1");
	ck_assert_int_eq(mm_free_pages(mm, 0, 0, 0, NULL), 0);
	refused(0, 0, "per-CPU list");
	ck_assert_uint_eq(take(mm, 2, MIGRATE_MOVABLE), 4);
	refused(5, 0, "inside the allocated block 4");
	refused(4, 1, "order 2, not 1");
}
END_TEST

START_TEST(runs_may_consist_of_several_blocks)
{
	struct mm_error err = {""};

	mm = given("MMMM MMMM");
	ck_assert_int_eq(mm_free_run(mm, 0, 2, 0, &err), 0);
	mm_drain_local(mm, 0);
	then(mm, "<--> MMMM");
	ck_assert_int_ne(mm_free_run(mm, 0, 3, 0, &err), 0);
	ck_assert_int_ne(mm_free_run(mm, 5, 1, 0, &err), 0);
	then(mm, "<--> MMMM");
}
END_TEST

/* Zones that meet inside a block: no block may lie in both. */
START_TEST(runs_end_with_their_zone)
{
	struct mm_request want = {.gfp = GFP_HIGHUSER_MOVABLE, .nid = 0};
	struct mm_error err = {""};
	struct mm_config cfg;
	pfn_t pfn;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:DMA:0-24,0:Normal:24-256", NULL);
	mm_config_set(&cfg, "min_free_kbytes", "0", NULL);
	mm_config_set(&cfg, "lowmem_reserve_ratio", "0,0,0,0,0", NULL);
	mm = mm_create(&cfg, &err);
	while (mm_alloc_pages(mm, &want, &pfn) == 0)
		;
	ck_assert_int_eq(mm_free_run(mm, 16, 4, 0, &err), -EINVAL);
	ck_assert_ptr_nonnull(strstr(err.text, "one zone"));
	then_sound(mm);
	ck_assert_int_eq(mm_free_run(mm, 16, 3, 0, &err), 0);
	ck_assert_int_eq(mm_free_run(mm, 24, 3, 0, &err), 0);
	then_sound(mm);
}
END_TEST

START_TEST(split_blocks_are_freed_one_by_one)
{
	struct mm_error err = {""};

	mm = given("MMMM ....");
	ck_assert_uint_eq(take(mm, 2, MIGRATE_MOVABLE), 4);
	ck_assert_int_eq(mm_split_page(mm, 4, &err), 0);
	ck_assert_int_eq(mm_free_pages(mm, 6, 0, 0, &err), 0);
	mm_drain_local(mm, 0);
	then(mm, "MMMM MM.M");
	ck_assert_int_ne(mm_split_page(mm, 6, &err), 0);
}
END_TEST

START_TEST(owners_keep_their_blocks_in_order)
{
	struct mm_request want = {.gfp = GFP_HIGHUSER_MOVABLE, .nid = 0};
	int e;
	pfn_t pfn;

	mm = given_free(64, 3);
	ck_assert_uint_eq(mm_owner_find(mm, "a"), 0);
	want.owner = mm_owner(mm, "a", &e);
	ck_assert_uint_eq(want.owner, 1);
	ck_assert_uint_eq(mm_owner(mm, "a", &e), 1);
	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_uint_eq(mm_owner_blocks(mm, 1), 4);
	ck_assert_uint_eq(mm_owner_pages(mm, 1), 4);
	ck_assert_int_eq(mm_free_pages(mm, 1, 0, 0, NULL), 0);
	pfn = mm_owner_first(mm, 1);
	ck_assert_uint_eq(pfn, 0);
	pfn = mm_owner_next(mm, pfn);
	ck_assert_uint_eq(pfn, 2);
	pfn = mm_owner_next(mm, pfn);
	ck_assert_uint_eq(pfn, 3);
	ck_assert_uint_eq(mm_owner_next(mm, pfn), NO_PFN);
	then_sound(mm);
	ck_assert_uint_eq(mm_owner(mm, "a", NULL), 1);
	ck_assert_uint_eq(mm_owner(mm, "", NULL), 0);
	ck_assert_uint_eq(mm_owner(mm, "", &e), 0);
	ck_assert_int_eq(e, -EINVAL);
	ck_assert_uint_eq(
		mm_owner(mm, "a name that is much too long for it", &e), 0);
	for (int i = 2; i <= MM_MAX_OWNERS; i++) {
		char name[8] = {(char)('a' + i % 26), (char)('a' + i / 26 % 26),
				(char)('a' + i / 676), 0};

		ck_assert_uint_eq(mm_owner(mm, name, &e), i);
	}
	ck_assert_uint_eq(mm_owner(mm, "one-more", &e), 0);
	ck_assert_int_eq(e, -ENOSPC);
}
END_TEST

START_TEST(where_a_frame_is)
{
	struct mm_frame f;

	mm = given("M#.. ....");
	mm_frame(mm, 0, &f);
	ck_assert_int_eq(f.kind, FRAME_USED);
	mm_frame(mm, 1, &f);
	ck_assert_int_eq(f.kind, FRAME_RESERVED);
	mm_frame(mm, 6, &f);
	ck_assert_int_eq(f.kind, FRAME_FREE);
	ck_assert_uint_eq(f.head, 4);
	ck_assert_uint_eq(f.order, 2);
	ck_assert_int_eq(mm_list_position(mm, &f), 0);
	mm_frame(mm, 99, &f);
	ck_assert_int_eq(f.kind, FRAME_HOLE);
	ck_assert_uint_eq(mm_pageblock_free(mm, 0), 2);
	ck_assert_uint_eq(mm_pageblock_free(mm, 7), 4);
	mm_free_pages(mm, 0, 0, 0, NULL);
	mm_frame(mm, 0, &f);
	ck_assert_int_eq(f.kind, FRAME_PCP);
	ck_assert_uint_eq(f.pindex, 1);
	ck_assert_int_eq(mm_list_position(mm, &f), 0);
}
END_TEST

Suite *check_frame_suite(void)
{
	Suite *s = suite_create("core/frame");
	TCase *tc = tcase_create("frame");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, wrong_frees_are_explained_and_change_nothing);
	tcase_add_test(tc, runs_may_consist_of_several_blocks);
	tcase_add_test(tc, runs_end_with_their_zone);
	tcase_add_test(tc, split_blocks_are_freed_one_by_one);
	tcase_add_test(tc, owners_keep_their_blocks_in_order);
	tcase_add_test(tc, where_a_frame_is);
	suite_add_tcase(s, tc);
	return s;
}
