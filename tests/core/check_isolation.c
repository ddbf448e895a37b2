/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pageblocks that are shut; the examples of isolation.md 13, on a scale of
 * pageblocks of four or eight frames.
 */
#include <errno.h>

#include "core/isolation.h"
#include "support/picture.h"

#define M MIGRATE_MOVABLE
#define I MIGRATE_ISOLATE
#define C MIGRATE_CMA

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static int64_t nr_free(void)
{
	int64_t v;

	mm_get_zone(mm, Z, "NR_FREE_PAGES", &v);
	return v;
}

static int isolate(pfn_t start, pfn_t end)
{
	const int e = mm_isolate_range(mm, start, end, ISOLATE_OTHER, NULL);

	then_sound(mm);
	return e;
}

static void unisolate(pfn_t start, pfn_t end)
{
	ck_assert_int_eq(mm_unisolate_range(mm, start, end, NULL), 0);
	then_sound(mm);
}

/* 13.1 */
START_TEST(a_larger_block_is_cut_and_joined_again)
{
	mm = given(".... .... .... ....");
	then_lists(mm, M, "o3:0 8");
	ck_assert_int_eq(isolate(4, 8), 0);
	then_lists(mm, M, "o2:0 o3:8");
	then_lists(mm, I, "o2:4");
	ck_assert_int_eq(nr_free(), 12);
	ck_assert_int_eq(isolate(0, 4), 0);
	then_lists(mm, I, "o2:4 0"); /* what moves does not merge */
	ck_assert_int_eq(nr_free(), 8);
	ck_assert_uint_eq(mm->zone[Z].nr_isolate_pageblock, 2);
	unisolate(0, 4);
	then_lists(mm, M, "o2:0 o3:8");
	ck_assert_int_eq(nr_free(), 12);
	unisolate(4, 8);
	then_lists(mm, M, "o3:8 0");
	then_lists(mm, I, "");
	ck_assert_int_eq(nr_free(), 16);
	ck_assert_uint_eq(mm->zone[Z].nr_isolate_pageblock, 0);
}
END_TEST

/* The same with larger pageblocks: the smaller half comes back to the tail. */
START_TEST(example_m10)
{
	mm = given_free(64, 3);
	ck_assert_int_eq(isolate(8, 16), 0);
	then_lists(mm, M, "o3:0 o4:16 32 48");
	then_lists(mm, I, "o3:8");
	ck_assert_int_eq(nr_free(), 56);
	unisolate(8, 16);
	then_lists(mm, M, "o4:16 32 48 0");
	ck_assert_int_eq(isolate(0, 8), 0);
	ck_assert_int_eq(isolate(8, 16), 0);
	then_lists(mm, I, "o3:0 8"); /* the second was moved, not freed */
}
END_TEST

/*
 * A slab page of one frame has no references: it is taken for one that is
 * free somewhere, and found at the end, by the test.  One with an owner that
 * counts its references is found at once.
 */
START_TEST(what_has_no_references_is_found_late)
{
	const struct mm_range_request want = {
		.start = 0, .end = 4, .mode = ISOLATE_OTHER, .gfp = GFP_KERNEL};
	pfn_t pfn, step;

	mm = given("UU.. ....");
	mm_put_frozen(mm, mm_owner(mm, "cache", NULL));
	frame_release(mm, 0);
	frame_release(mm, 1);
	frame_use(mm, 0, 0, mm_owner(mm, "cache", NULL), 0);
	frame_use(mm, 1, 0, mm_owner(mm, "other", NULL), 0);
	ck_assert_int_eq(page_is_unmovable(mm, 0, ISOLATE_OTHER, &step),
			 REASON_NONE);
	ck_assert_int_eq(page_is_unmovable(mm, 1, ISOLATE_OTHER, &step),
			 REASON_PAGE_NOT_LRU);
	frame_release(mm, 1);
	frame_use(mm, 1, 0, mm_owner(mm, "cache", NULL), 0);
	mm_record(mm, MM_RECORD_EVENTS);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), -EBUSY);
	then_sound(mm);
	for (uint64_t n = mm_first_moment(mm) + 1;
	     mm_event(mm, n)->type != EV_test_pages_isolated; n++)
		ck_assert_uint_lt(n, mm_last_moment(mm));
}
END_TEST

/* A zone of 64 frames from 64 on, in pageblocks of eight. */
static void given_from_64(const char *max_order)
{
	struct mm_error err = {""};
	struct mm_config cfg;

	mm_config_preset(&cfg, "tiny", NULL);
	ck_assert_msg(
		mm_config_set(&cfg, "pageblock-order", "3", &err) == 0 &&
			mm_config_set(&cfg, "max-order", max_order, &err) ==
				0 &&
			mm_config_set(&cfg, "pmd-order", "3", &err) == 0 &&
			mm_config_set(&cfg, "zones", "0:Normal:64-128", &err) ==
				0,
		"%s", err.text);
	mm = mm_create_bare(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	for (pfn_t p = 64; p < 128; p += 8)
		ck_assert_int_eq(mm_put_pageblock(mm, p, M, false, false, NULL),
				 0);
	for (pfn_t p = 96; p < 128; p++)
		ck_assert_int_eq(mm_put_used(mm, p, 0, 0, 0, NULL), 0);
	STORE(mm, mm->zone[Z].managed, 64);
	set_marks(mm, 0, 0, 0);
}

/* 13.2: four pageblocks in one free block; its rest is as large as can be. */
START_TEST(a_block_of_four_pageblocks_is_cut)
{
	given_from_64("5");
	free_range(mm, Z, 64, 5, FPI_TO_TAIL);
	then_lists(mm, M, "o5:64");
	ck_assert_int_eq(nr_free(), 32);
	ck_assert_int_eq(isolate(80, 88), 0);
	then_lists(mm, M, "o3:88 o4:64");
	then_lists(mm, I, "o3:80");
	ck_assert_int_eq(nr_free(), 24);
	unisolate(80, 88);
	then_lists(mm, M, "o5:64");
	then_lists(mm, I, "");
	ck_assert_int_eq(nr_free(), 32);
}
END_TEST

/* 10.5: no free block is larger than a pageblock; none is cut or joined. */
START_TEST(blocks_no_larger_than_a_pageblock_only_move)
{
	given_from_64("3");
	for (pfn_t p = 64; p < 96; p += 8)
		free_range(mm, Z, p, 3, FPI_TO_TAIL);
	then_lists(mm, M, "o3:64 72 80 88");
	ck_assert_int_eq(isolate(72, 88), 0);
	then_lists(mm, M, "o3:64 88");
	then_lists(mm, I, "o3:72 80");
	ck_assert_int_eq(nr_free(), 16);
	unisolate(72, 88);
	then_lists(mm, M, "o3:64 88 72 80");
	then_lists(mm, I, "");
	ck_assert_int_eq(nr_free(), 32);
}
END_TEST

/* 13.3 */
START_TEST(what_is_freed_merges_past_the_counters)
{
	mm = given(".m..mmmm ........");
	set_pcp(mm, 4, 8, 8);
	ck_assert_int_eq(isolate(0, 8), 0);
	then_lists(mm, I, "o0:0 o1:2");
	ck_assert_int_eq(nr_free(), 8);
	ck_assert_int_eq(mm_free_pages(mm, 1, 0, 0, NULL), 0);
	then_lists(mm, I, "o2:0"); /* and past the per-CPU lists */
	ck_assert_int_eq(nr_free(), 8);
	unisolate(0, 8);
	then_lists(mm, M, "o2:0 o3:8");
	ck_assert_int_eq(nr_free(), 12);
}
END_TEST

START_TEST(nobody_gets_a_page_from_there)
{
	mm = given(".... ....");
	ck_assert_int_eq(isolate(0, 8), 0);
	ck_assert_uint_eq(alloc(mm, 0, GFP_ATOMIC), NO_PFN);
	unisolate(0, 8);
	ck_assert_uint_ne(alloc(mm, 0, GFP_ATOMIC), NO_PFN);
}
END_TEST

/* 13.4, 6.2: the pageblocks at the ends count as a whole. */
START_TEST(a_page_outside_of_the_range_can_be_in_the_way)
{
	struct mm_error err;

	mm = given("...M ....");
	ck_assert_int_eq(mm_isolate_range(mm, 0, 2, ISOLATE_OTHER, &err),
			 -EBUSY);
	ck_assert_str_eq(err.text, "pfn 3 is in the way: what is in it does "
				   "not move");
	then_lists(mm, I, "");
	then_sound(mm);
}
END_TEST

/* 13.5 */
START_TEST(what_fails_in_the_middle_is_undone)
{
	mm = given(".... M... .... ....");
	then_lists(mm, M, "o0:5 o1:6 o2:0 o3:8");
	ck_assert_int_eq(isolate(0, 16), -EBUSY);
	then_lists(mm, M, "o0:5 o1:6 o2:0 o3:8");
	then_lists(mm, I, "");
	ck_assert_int_eq(nr_free(), 15);
}
END_TEST

/* 7.6 */
START_TEST(a_pageblock_is_shut_only_once)
{
	mm = given(".... .... ....");
	ck_assert_int_eq(isolate(4, 8), 0);
	ck_assert_int_eq(isolate(0, 12), -EBUSY);
	ck_assert_uint_eq(mm->zone[Z].nr_isolate_pageblock, 1);
	ck_assert_uint_eq(pageblock_type(mm, 4), I);
}
END_TEST

/* 5.1, 14.8 */
START_TEST(cma_is_for_cma_only)
{
	mm = given_types(".... ....", "CM");
	ck_assert_int_eq(isolate(0, 4), -EBUSY);
	ck_assert_int_eq(mm_isolate_range(mm, 0, 4, ISOLATE_OFFLINE, NULL),
			 -EBUSY);
	ck_assert_int_eq(mm_isolate_range(mm, 0, 4, ISOLATE_CMA, NULL), 0);
	unisolate(0, 4);
	then_lists(mm, C, "o2:0");
	then_types(mm, "CM");
}
END_TEST

/* 6.6 */
START_TEST(a_page_across_the_end_is_refused)
{
	const struct mm_request want = {.order = 3,
					.gfp = GFP_HIGHUSER_MOVABLE |
					       GFP_BIT_COMP,
					.attr = PAGE_LRU,
					.nid = -1};
	struct mm_error err;
	pfn_t pfn;

	mm = given(".... ....");
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_int_eq(
		mm_isolate_range(mm, pfn + 4, pfn + 8, ISOLATE_OTHER, &err),
		-EBUSY);
	ck_assert_str_eq(err.text, "pfn 0 is in the way: its block crosses "
				   "the end of a pageblock");
	ck_assert_int_eq(isolate(pfn, pfn + 8), 0);
}
END_TEST

/* 9.4, 14.6 */
START_TEST(a_range_is_free_from_the_head_of_its_block_on)
{
	mm = given("........ m.......");
	ck_assert_int_eq(isolate(0, 16), 0);
	ck_assert_int_eq(test_pages_isolated(mm, 0, 8, ISOLATE_OTHER), 0);
	ck_assert_int_eq(test_pages_isolated(mm, 2, 8, ISOLATE_OTHER), -EBUSY);
	ck_assert_uint_eq(find_large_buddy(mm, 2), 0);
	ck_assert_int_eq(test_pages_isolated(mm, 0, 16, ISOLATE_OTHER), -EBUSY);
	unisolate(0, 8);
	ck_assert_int_eq(test_pages_isolated(mm, 0, 8, ISOLATE_OTHER), -EBUSY);
}
END_TEST

START_TEST(bad_ranges_are_refused)
{
	mm = given(".... ....");
	ck_assert_int_eq(isolate(4, 4), -EINVAL);
	ck_assert_int_eq(isolate(4, 9), -EINVAL);
	ck_assert_int_eq(mm_unisolate_range(mm, 4, 0, NULL), -EINVAL);
	ck_assert_int_eq(mm_isolate_range(mm, 0, 4, NR_ISOLATE_MODES, NULL),
			 -EINVAL);
}
END_TEST

Suite *check_isolation_suite(void)
{
	Suite *s = suite_create("core/isolation");
	TCase *tc = tcase_create("isolation");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, what_has_no_references_is_found_late);
	tcase_add_test(tc, a_larger_block_is_cut_and_joined_again);
	tcase_add_test(tc, example_m10);
	tcase_add_test(tc, a_block_of_four_pageblocks_is_cut);
	tcase_add_test(tc, blocks_no_larger_than_a_pageblock_only_move);
	tcase_add_test(tc, what_is_freed_merges_past_the_counters);
	tcase_add_test(tc, nobody_gets_a_page_from_there);
	tcase_add_test(tc, a_page_outside_of_the_range_can_be_in_the_way);
	tcase_add_test(tc, what_fails_in_the_middle_is_undone);
	tcase_add_test(tc, a_pageblock_is_shut_only_once);
	tcase_add_test(tc, cma_is_for_cma_only);
	tcase_add_test(tc, a_page_across_the_end_is_refused);
	tcase_add_test(tc, a_range_is_free_from_the_head_of_its_block_on);
	tcase_add_test(tc, bad_ranges_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
