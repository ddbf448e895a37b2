/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fallback policy of 2.6.24: examples C1 to C3, and each threshold.
 * Pageblocks of 8 frames: half a pageblock order is 1, half a pageblock 4.
 */
#include "support/picture.h"

#define U MIGRATE_UNMOVABLE
#define M MIGRATE_MOVABLE
#define E MIGRATE_RECLAIMABLE

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static struct mm *classic(struct mm *world)
{
	STORE(world, world->st->cfg.era, ERA_LINUX_2_6_24);
	return world;
}

static pfn_t request_classic(unsigned int order, enum migratetype mt)
{
	return request(mm, order, mt, WMARK_LOW | ALLOC_KSWAPD);
}

/* C1: of a block above pageblock order only the first pageblock changes. */
START_TEST(example_c1_one_pageblock_is_retagged)
{
	mm = classic(given_free(64, 3));
	for (int i = 0; i < 4; i++) /* lists of a fresh 2.6.24 descend */
		take(mm, 4, M);
	for (pfn_t p = 0; p < 64; p += 16)
		buddy_free(mm, p, 4);
	then_lists(mm, M, "o4:48 32 16 0");
	ck_assert_uint_eq(request_classic(0, U), 48);
	then_lists(mm, U, "o0:49 o1:50 o2:52 o3:56");
	then_lists(mm, M, "o4:32 16 0");
	then_types(mm, "MMMMMMUM");
	ck_assert_uint_eq(request_classic(3, U), 56);
	buddy_free(mm, 56, 3);
	then_lists(mm, M, "o3:56 o4:32 16 0");
	then_sound(mm);
}
END_TEST

/* C2: the candidate itself is cut, and moved blocks go to the heads. */
START_TEST(example_c2_the_candidate_is_returned)
{
	mm = classic(given("m......."));
	ck_assert_uint_eq(request_classic(0, U), 4);
	then_lists(mm, U, "o0:5 1 o1:6 2");
	then_types(mm, "U");
	then_sound(mm);
}
END_TEST

/* C3 and the half: the free pages come along, the tag only with half. */
START_TEST(below_half_free_the_tag_stays)
{
	mm = classic(given("MMMMM..."));
	then_lists(mm, M, "o0:5 o1:6");
	ck_assert_uint_eq(request_classic(0, U), 6);
	then_lists(mm, U, "o0:7 5");
	then_lists(mm, M, "");
	then_types(mm, "M");
	then_sound(mm);
}
END_TEST

START_TEST(exactly_half_free_the_tag_follows)
{
	mm = classic(given("MMMM...."));
	ck_assert_uint_eq(request_classic(0, U), 4);
	then_types(mm, "U");
	then_sound(mm);
}
END_TEST

/* Order 0 is less than half a pageblock order: nothing is moved. */
START_TEST(small_donor_blocks_are_taken_alone)
{
	mm = classic(given("MM.MMM.M"));
	ck_assert_uint_eq(request_classic(0, U), 2);
	then_lists(mm, U, "");
	then_lists(mm, M, "o0:6");
	then_types(mm, "M");
	then_sound(mm);
}
END_TEST

START_TEST(reclaimable_moves_whatever_the_order)
{
	mm = classic(given("MM.MMM.M"));
	ck_assert_uint_eq(request_classic(0, E), 2);
	then_lists(mm, E, "o0:6");
	then_lists(mm, M, "");
	then_types(mm, "M");
	then_sound(mm);
}
END_TEST

/* A donor block of exactly pageblock order is retagged in any case. */
START_TEST(a_whole_pageblock_is_retagged)
{
	mm = classic(given("........ MMMMMMMM"));
	ck_assert_uint_eq(request_classic(2, U), 0);
	then_types(mm, "UM");
	then_lists(mm, U, "o2:4");
	then_sound(mm);
}
END_TEST

/*
 * A pageblock that reaches beyond the zone's end is never moved: the zone
 * ends at 12, so the second pageblock is only half inside.
 */
START_TEST(beyond_the_zone_end_nothing_moves)
{
	mm = classic(given_free(12, 3));
	then_lists(mm, M, "o2:8 o3:0");
	ck_assert_uint_eq(take(mm, 3, M), 0);
	ck_assert_uint_eq(request_classic(0, U), 8);
	then_types(mm, "MM");
	/* the remainders go to the requester's lists all the same */
	then_lists(mm, U, "o0:9 o1:10");
	then_sound(mm);
}
END_TEST

/* A zone that starts inside a pageblock: moving begins at the candidate. */
START_TEST(before_the_zone_start_moving_begins_at_the_candidate)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "tiny", NULL);
	cfg.pageblock_order = cfg.pmd_order = 3;
	cfg.max_page_order = 4;
	cfg.min_free_kbytes = 0;
	mm_config_set(&cfg, "zones", "0:Normal:2-16", NULL);
	mm = classic(mm_create(&cfg, NULL));
	/* frame 0 is no memory, so the first pageblock is unmovable */
	then_types(mm, "UM");
	then_lists(mm, U, "o1:2 o2:4");
	ck_assert_uint_eq(take(mm, 3, M), 8);
	ck_assert_uint_eq(request_classic(0, M), 4);
	/* 2..3 lies before the candidate and stays; 4 of 8 were moved */
	then_lists(mm, U, "o1:2");
	then_lists(mm, M, "o0:5 o1:6");
	then_types(mm, "MM");
	then_sound(mm);
}
END_TEST

/* RESERVE is the last resort, for everybody. */
START_TEST(reserve_is_used_last)
{
	mm = classic(given_free(32, 3));
	set_marks(mm, 5, 6, 7);
	classic_setup_reserve(mm, Z);
	then_types(mm, "HMMM");
	ck_assert_uint_eq(request_classic(4, M), 16);
	ck_assert_uint_eq(request_classic(3, M), 0);
	then_types(mm, "HMMM");
	then_sound(mm);
}
END_TEST

/* What 7.3 reserves for atomic requests is not what 2.6.24 calls RESERVE. */
START_TEST(atomic_requests_have_no_reserve_of_their_own)
{
	mm = classic(given_free(64, 3));
	set_marks(mm, 5, 6, 7);
	classic_setup_reserve(mm, Z);
	then_types(mm, "HMMMMMMM");
	ck_assert_uint_eq(alloc(mm, 4, GFP_ATOMIC), 16);
	ck_assert_int_eq(mm->zone[Z].nr_free_highatomic, 0);
	ck_assert(!mm_unreserve_highatomic(mm, 0, M, true));
	then_sound(mm);
}
END_TEST

/* Freeing merges whatever is free and goes to the head, by the freed tag. */
START_TEST(freeing_ignores_types)
{
	mm = classic(given_types("........ EEEEEEEE", "ME"));
	then_lists(mm, M, "o3:0");
	buddy_free(mm, 8, 3);
	then_lists(mm, M, "");
	then_lists(mm, E, "o4:0");
	then_types(mm, "ME");
	then_sound(mm);
}
END_TEST

Suite *check_classic_suite(void)
{
	Suite *s = suite_create("core/classic");
	TCase *tc = tcase_create("classic");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, example_c1_one_pageblock_is_retagged);
	tcase_add_test(tc, example_c2_the_candidate_is_returned);
	tcase_add_test(tc, below_half_free_the_tag_stays);
	tcase_add_test(tc, exactly_half_free_the_tag_follows);
	tcase_add_test(tc, small_donor_blocks_are_taken_alone);
	tcase_add_test(tc, reclaimable_moves_whatever_the_order);
	tcase_add_test(tc, a_whole_pageblock_is_retagged);
	tcase_add_test(tc, beyond_the_zone_end_nothing_moves);
	tcase_add_test(tc,
		       before_the_zone_start_moving_begins_at_the_candidate);
	tcase_add_test(tc, reserve_is_used_last);
	tcase_add_test(tc, atomic_requests_have_no_reserve_of_their_own);
	tcase_add_test(tc, freeing_ignores_types);
	suite_add_tcase(s, tc);
	return s;
}
