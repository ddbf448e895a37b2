/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking from another type; examples M1 to M8 of the specification.
 */
#include "support/picture.h"

#define U MIGRATE_UNMOVABLE
#define M MIGRATE_MOVABLE
#define E MIGRATE_RECLAIMABLE
#define C MIGRATE_CMA

/* What a fast path request by GFP_KERNEL carries. */
#define FLAGS (WMARK_LOW | ALLOC_KSWAPD)

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* Marks of the examples; 1000 managed pages, so that boosts happen. */
static void marks(void)
{
	set_marks(mm, 4, 6, 8);
	set_managed(mm, 1000);
}

static int64_t zone_number(const char *key)
{
	int64_t v = -1;

	mm_get_zone(mm, Z, key, &v);
	return v;
}

/* M1: a block of a pageblock or more is taken over whole, without boost. */
START_TEST(example_m1_claims_whole_pageblocks)
{
	mm = given_free(64, 3);
	set_marks(mm, 4, 6, 8);
	ck_assert_uint_eq(request(mm, 0, U, FLAGS), 0);
	then_lists(mm, U, "o0:1 o1:2 o2:4 o3:8");
	then_lists(mm, M, "o4:16 32 48");
	then_types(mm, "UUMMMMMM");
	ck_assert_int_eq(zone_number("NR_FREE_PAGES"), 63);
	ck_assert_int_eq(zone_number("NR_FREE_PAGES_BLOCKS"), 56);
	ck_assert_int_eq(zone_number("watermark_boost"), 0);
	then_sound(mm);
}
END_TEST

/* M2: the page returned is the smallest piece, not the candidate. */
START_TEST(example_m2_returns_the_smallest_piece)
{
	mm = given("m.......");
	marks();
	ck_assert_uint_eq(request(mm, 0, U, FLAGS), 1);
	then_lists(mm, U, "o1:2 o2:4");
	then_types(mm, "U");
	ck_assert_int_eq(zone_number("watermark_boost"), 8);
	ck_assert_int_eq(zone_number("flags"), ZONE_BOOSTED_WATERMARK);
}
END_TEST

/* M3: refused claims boost all the same; then a single block is stolen. */
START_TEST(example_m3_refusals_boost_then_steal)
{
	mm = given("mmm.mmmm mmmmmm..");
	marks();
	then_lists(mm, M, "o0:3 o1:14");
	ck_assert_uint_eq(request(mm, 0, U, FLAGS), 3);
	then_types(mm, "MM");
	ck_assert_int_eq(zone_number("watermark_boost"), 12);
	then_sound(mm);
}
END_TEST

/* The same, but the used pages are not movable: they count as alike. */
START_TEST(example_m3_alike_pages_count)
{
	mm = given("MMM.MMMM MMMMMM..");
	marks();
	ck_assert_uint_eq(request(mm, 0, U, FLAGS), 14);
	then_lists(mm, U, "o0:15");
	then_lists(mm, M, "o0:3");
	then_types(mm, "MU");
	ck_assert_int_eq(zone_number("watermark_boost"), 8);
}
END_TEST

/* M4: a movable request takes a reclaimable block over. */
START_TEST(example_m4_movable_falls_back)
{
	mm = given_types("UUUUU... .......E", "UE");
	marks();
	then_lists(mm, U, "o0:5 o1:6");
	then_lists(mm, E, "o0:14 o1:12 o2:8");
	ck_assert_uint_eq(request(mm, 0, M, FLAGS), 14);
	then_types(mm, "UM");
	ck_assert_uint_eq(request(mm, 0, M, FLAGS), 12);
	then_lists(mm, M, "o0:13 o2:8");
	then_sound(mm);
}
END_TEST

static struct mm *real_geometry(const char *pages)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "classroom", NULL);
	mm_config_set(&cfg, "zone", "Normal", NULL);
	mm_config_set(&cfg, "pages", pages, NULL);
	mm_config_set(&cfg, "min_free_kbytes", "0", NULL);
	return mm_create(&cfg, NULL);
}

/* M5: a whole-block claim takes the largest. */
START_TEST(example_m5_the_largest_block_is_claimed)
{
	mm = real_geometry("4096");
	set_managed(mm, 262144);
	ck_assert_uint_eq(request(mm, 0, U, FLAGS), 0);
	for (pfn_t p = 1024; p < 4096; p += 1024)
		ck_assert_uint_eq(request(mm, 10, M, FLAGS), p);
	ck_assert_uint_eq(request(mm, 0, M, FLAGS), 512);
	then_types(mm, "UMMMMMMM");
	then_lists(mm, M,
		   "o0:513 o1:514 o2:516 o3:520 o4:528 o5:544 o6:576 o7:640 "
		   "o8:768");
	then_sound(mm);
}
END_TEST

static void use_lru(pfn_t from, pfn_t to)
{
	for (pfn_t p = from; p < to; p++)
		mm_put_used(mm, p, 0, 0, PAGE_LRU, NULL);
}

static struct mm *bare_block(void)
{
	struct mm_config cfg;
	struct mm *bare;

	mm_config_preset(&cfg, "classroom", NULL);
	mm_config_set(&cfg, "zone", "Normal", NULL);
	mm_config_set(&cfg, "pages", "512", NULL);
	bare = mm_create_bare(&cfg, NULL);
	mm_put_pageblock(bare, 0, M, false, false, NULL);
	mm_put_zone(bare, Z, "managed", 262144);
	return bare;
}

static void put_free(pfn_t pfn, unsigned int order)
{
	mm_put_free(mm, pfn, order, M, NULL);
	mod_zone_page_state(mm, Z, NR_FREE_PAGES, 1 << order);
}

/* M6: half of a real pageblock must be free or alike. */
START_TEST(example_m6_the_half_test)
{
	mm = bare_block();
	set_marks(mm, 100, 150, 3072);
	use_lru(0, 32);
	for (unsigned int o = 5; o < 9; o++)
		put_free(1u << o, o);
	ck_assert_uint_eq(request(mm, 0, U, FLAGS), 32);
	then_lists(mm, U, "o0:33 o1:34 o2:36 o3:40 o4:48 o6:64 o7:128 o8:256");
	ck_assert_int_eq(zone_number("watermark_boost"), 512);
	mm_destroy(mm);

	mm = bare_block();
	set_marks(mm, 100, 150, 3072);
	use_lru(0, 496);
	put_free(496, 4);
	ck_assert_uint_eq(request(mm, 0, U, FLAGS), 496);
	then_lists(mm, M, "o0:497 o1:498 o2:500 o3:504");
	ck_assert_int_eq(zone_number("watermark_boost"), 512);
}
END_TEST

/* M7: without leave to fragment, only whole pageblocks are claimed. */
START_TEST(example_m7_nofragment)
{
	mm = given("........ MMMMMMMM");
	marks();
	ck_assert_uint_eq(request(mm, 0, U, FLAGS | ALLOC_NOFRAGMENT), 0);
	ck_assert_uint_eq(request(mm, 0, U, FLAGS | ALLOC_NOFRAGMENT), 1);
	ck_assert_uint_eq(request(mm, 2, E, FLAGS | ALLOC_NOFRAGMENT), NO_PFN);
	ck_assert_uint_eq(request(mm, 0, E, FLAGS | ALLOC_NOFRAGMENT), NO_PFN);
	ck_assert_uint_eq(request(mm, 0, E, FLAGS), 2);
	then_lists(mm, E, "o0:3 o2:4");
	then_types(mm, "EM");
	ck_assert_int_eq(zone_number("watermark_boost"), 8);
}
END_TEST

/* M8: CMA first while it is more than half of what is free. */
START_TEST(example_m8_cma_balance)
{
	mm = given_types("........ ........ ........ ........", "MMCC");
	ck_assert_uint_eq(request(mm, 0, M, FLAGS | ALLOC_CMA), 0);
	ck_assert_uint_eq(request(mm, 0, M, FLAGS | ALLOC_CMA), 16);
	ck_assert_int_eq(zone_number("NR_FREE_CMA_PAGES"), 15);
	ck_assert_int_eq(zone_number("NR_FREE_PAGES"), 30);
	ck_assert_uint_eq(request(mm, 0, U, FLAGS), 8);
	then_types(mm, "MUCC");
	then_sound(mm);
}
END_TEST

/* A movable request does not claim for less than half a pageblock order. */
START_TEST(movable_steals_what_is_too_small_to_claim)
{
	mm = given("UUU.UUUU");
	marks();
	ck_assert_uint_eq(request(mm, 0, M, FLAGS), 3);
	then_types(mm, "U");
	ck_assert_int_eq(zone_number("watermark_boost"), 0);
}
END_TEST

/* Isolated memory is nobody's. */
START_TEST(isolated_blocks_are_never_taken)
{
	mm = given("........");
	move_freepages(mm, Z, 0, MIGRATE_ISOLATE);
	mm_put_pageblock(mm, 0, M, true, false, NULL);
	mm_put_zone(mm, Z, "nr_isolate_pageblock", 1);
	ck_assert_uint_eq(request(mm, 0, M, FLAGS), NO_PFN);
	ck_assert_uint_eq(request(mm, 0, U, FLAGS), NO_PFN);
	ck_assert_int_eq(zone_number("NR_FREE_PAGES"), 0);
	then_sound(mm);
}
END_TEST

Suite *check_fallback_suite(void)
{
	Suite *s = suite_create("core/fallback");
	TCase *tc = tcase_create("fallback");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, example_m1_claims_whole_pageblocks);
	tcase_add_test(tc, example_m2_returns_the_smallest_piece);
	tcase_add_test(tc, example_m3_refusals_boost_then_steal);
	tcase_add_test(tc, example_m3_alike_pages_count);
	tcase_add_test(tc, example_m4_movable_falls_back);
	tcase_add_test(tc, example_m5_the_largest_block_is_claimed);
	tcase_add_test(tc, example_m6_the_half_test);
	tcase_add_test(tc, example_m7_nofragment);
	tcase_add_test(tc, example_m8_cma_balance);
	tcase_add_test(tc, movable_steals_what_is_too_small_to_claim);
	tcase_add_test(tc, isolated_blocks_are_never_taken);
	suite_add_tcase(s, tc);
	return s;
}
