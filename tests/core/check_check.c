/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The invariants hold after every one of 100,000 random operations, and each
 * of them notices when it is broken.
 */
#include <string.h>

#include "support/mix.h"
#include "support/picture.h"

static struct mix mix;

START_TEST(worlds_stay_sound)
{
	struct mm *mm = mix_world((unsigned int)_i);
	/* the large worlds are looked at less often */
	const int each = mm_end_pfn(mm) > 4096 ? 50 : 1;

	mix_start(&mix, (uint64_t)_i + 11);
	for (int n = 0; n < 25000; n++) {
		mix_step(&mix, mm);
		if (n % each == 0)
			then_sound(mm);
	}
	then_sound(mm);
	mm_destroy(mm);
}
END_TEST

/* Free, on lists and in use: no frame is lost or made. */
START_TEST(frames_are_conserved)
{
	struct mm *mm = mix_world((unsigned int)_i);
	int64_t managed = 0, seen = 0, v;

	mix_start(&mix, (uint64_t)_i + 5);
	for (int n = 0; n < 5000; n++)
		mix_step(&mix, mm);
	for (unsigned int i = 0; i < mm_nr_zones(mm); i++) {
		struct mm_zone_info zi;

		mm_zone_info(mm, mm_zone_at(mm, i), &zi);
		managed += zi.managed;
		seen += zi.free;
		for (unsigned int c = 0; c < mm_nr_cpus(mm); c++) {
			mm_get_pcp_field(mm, mm_zone_at(mm, i), c, "count", &v);
			seen += v;
		}
	}
	for (unsigned int i = 0; i < mix.live; i++)
		seen += INT64_C(1) << mix.block[i].order;
	ck_assert_int_eq(seen, managed);
	mm_destroy(mm);
}
END_TEST

static void then_broken(struct mm *mm, const char *invariant)
{
	struct mm_broken b = {"", ""};

	ck_assert_int_ne(mm_check(mm, &b), 0);
	ck_assert_str_eq(b.invariant, invariant);
	ck_assert_uint_gt(strlen(b.where), 0);
	mm_destroy(mm);
}

START_TEST(each_invariant_notices)
{
	struct mm *mm = given("MM.. ....");

	STORE(mm, mm->zone[Z].stat[NR_FREE_PAGES], 1);
	then_broken(mm, "FREE_COUNTS");
	mm = given("MM.. ....");
	STORE(mm, mm->zone[Z].free[1][MIGRATE_MOVABLE].nr, 7);
	then_broken(mm, "FREE_ON_ONE_LIST");
	mm = given("MM.. ....");
	STORE(mm, mm->zone[Z].free[1][MIGRATE_MOVABLE].list.head, 999);
	then_broken(mm, "FREE_ON_ONE_LIST");
	mm = given("MM.. ....");
	STORE(mm, mm->page[2].b.word, block_word(BLOCK_USED, 1, 0, 0));
	then_broken(mm, "FREE_ON_ONE_LIST");
	mm = given("MM.. ....");
	mm_put_pageblock(mm, 0, MIGRATE_UNMOVABLE, false, false, NULL);
	pageblock_touch(mm, 0);
	then_broken(mm, "FREE_LIST_TYPE");
	mm = given("MM.. ....");
	STORE(mm, mm->page[3].b.word, block_word(BLOCK_USED, 0, 0, 0));
	then_broken(mm, "FRAME_IN_ONE_PLACE");
	mm = given("MM.. ....");
	STORE(mm, mm->page[0].b.word, block_word(BLOCK_FREE, 0, 1, 0));
	then_broken(mm, "FRAME_IN_ONE_PLACE");
	mm = given("MM.. ....");
	STORE(mm, pcp_of(mm, Z, 0)->count, 3);
	then_broken(mm, "PCP_COUNT");
	mm = given("MM.. ....");
	STORE(mm, pcp_of(mm, Z, 0)->batch, 0);
	then_broken(mm, "PCP_LIMITS");
	mm = given("MM.. ....");
	STORE(mm, mm->zone[Z].wmark[WMARK_MIN], 100);
	then_broken(mm, "WATERMARKS");
	mm = given("MM.. ....");
	STORE(mm, mm->page[0].owner, 5);
	then_broken(mm, "OWNERS");
	mm = given("M.M. ....");
	frame_release(mm, 0);
	mm_put_free(mm, 0, 0, MIGRATE_MOVABLE, NULL);
	mod_zone_page_state(mm, Z, NR_FREE_PAGES, 1);
	then_broken(mm, "BUDDY_MERGED");
}
END_TEST

/* Hostile numbers are bounded before anything is added up or followed. */
START_TEST(numbers_out_of_range_are_noticed)
{
	struct mm *mm = given("MM.. ....");
	uint16_t owner;

	STORE(mm, mm->zone[Z].stat[NR_FREE_PAGES], INT64_MAX);
	STORE(mm, pcp_of(mm, Z, 0)->diff[NR_FREE_PAGES], 125);
	then_broken(mm, "FREE_COUNTS");
	mm = given("MM.. ....");
	STORE(mm, mm->zone[Z].stat[NR_FREE_PAGES], 6 - 126);
	STORE(mm, pcp_of(mm, Z, 0)->diff[NR_FREE_PAGES], 126);
	then_broken(mm, "FREE_COUNTS");
	/* two blocks in a circle, and a count that never runs out */
	mm = given("MM.. ....");
	owner = mm_owner(mm, "a", NULL);
	for (pfn_t p = 0; p < 2; p++) {
		frame_release(mm, p);
		mm_put_used(mm, p, 0, owner, 0, NULL);
	}
	STORE(mm, mm->page[0].b.prev, 1);
	STORE(mm, mm->page[1].b.next, 0);
	STORE(mm, mm->owner[owner].blocks.tail, 7);
	STORE(mm, mm->owner[owner].nr, UINT32_MAX);
	then_broken(mm, "OWNERS");
	mm = given("MM.. ....");
	STORE(mm, mm->owner[5].pages, 1);
	then_broken(mm, "OWNERS");
	mm = given("MM.. ....");
	STORE(mm, mm->page[5].attr, PAGE_LRU);
	then_broken(mm, "OWNERS");
}
END_TEST

/* 200 frames in pageblocks of 16, none of them in 64 to 128. */
static struct mm *world_with_a_hole(void)
{
	struct mm_config cfg;
	struct mm *mm;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:DMA:0-40,0:Normal:40-200", NULL);
	mm_config_set(&cfg, "memory", "0-64,128-200", NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	then_sound(mm);
	return mm;
}

START_TEST(blocks_are_memory_of_one_zone)
{
	const uint32_t used = block_word(BLOCK_USED, 0, 0, 0);
	struct mm_error err = {""};
	struct mm *mm = world_with_a_hole();

	pageblock_touch(mm, 80);
	STORE(mm, mm->page[80].b.word, used);
	then_broken(mm, "FRAME_IN_ONE_PLACE");
	mm = world_with_a_hole();
	pageblock_touch(mm, 200);
	STORE(mm, mm->page[200].b.word, used);
	then_broken(mm, "FRAME_IN_ONE_PLACE");
	mm = world_with_a_hole();
	/* 32 to 40 is of the one zone, 40 to 48 of the other */
	ck_assert_uint_eq(rmqueue_smallest(mm, ZONE_DMA, 3, MIGRATE_MOVABLE),
			  32);
	ck_assert_uint_eq(rmqueue_smallest(mm, Z, 3, MIGRATE_MOVABLE), 40);
	STORE(mm, mm->page[32].b.word, block_word(BLOCK_USED, 4, 0, 0));
	then_broken(mm, "FRAME_IN_ONE_PLACE");
	mm = world_with_a_hole();
	ck_assert_int_ne(mm_put_free(mm, 64, 0, MIGRATE_MOVABLE, &err), 0);
	ck_assert_ptr_nonnull(strstr(err.text, "no memory"));
	ck_assert_int_ne(mm_put_used(mm, 124, 2, 0, 0, NULL), 0);
	ck_assert_int_ne(mm_put_reserved(mm, 127, NULL), 0);
	then_sound(mm);
	mm_destroy(mm);
}
END_TEST

START_TEST(pageblocks_keep_no_used_block)
{
	struct mm *mm = given_free(64, 3);

	ck_assert_uint_eq(take(mm, 3, MIGRATE_MOVABLE), 0);
	then_sound(mm);
	STORE(mm, mm->page[0].b.word, 0);
	STORE(mm, mm->pb[0].b.word, block_word(BLOCK_USED, 3, 0, 0));
	then_broken(mm, "FRAME_IN_ONE_PLACE");
}
END_TEST

START_TEST(counts_of_frames_and_pageblocks_notice)
{
	struct mm *mm = given("MM.. ....");

	frame_release(mm, 1); /* a page is lost */
	then_broken(mm, "FRAMES_ALL_PLACED");
	mm = given("MM.# ....");
	then_sound(mm);
	STORE(mm, mm->page[3].b.word, block_word(BLOCK_USED, 0, 0, 0));
	then_broken(mm, "FRAMES_ALL_PLACED");
	mm = given("MMMM ....");
	mm_put_pageblock(mm, 0, MIGRATE_MOVABLE, true, false, NULL);
	then_broken(mm, "ISOLATE_COUNT");
	mm = given("HH.. ....");
	mm_put_zone(mm, Z, "nr_reserved_highatomic", 4);
	then_sound(mm);
	mm_put_zone(mm, Z, "nr_reserved_highatomic", 5);
	then_broken(mm, "HIGHATOMIC_RESERVED");
}
END_TEST

Suite *check_check_suite(void)
{
	Suite *s = suite_create("core/check");
	TCase *tc = tcase_create("check");

	tcase_add_loop_test(tc, worlds_stay_sound, 0, 6);
	tcase_add_loop_test(tc, frames_are_conserved, 0, 6);
	tcase_add_test(tc, each_invariant_notices);
	tcase_add_test(tc, numbers_out_of_range_are_noticed);
	tcase_add_test(tc, blocks_are_memory_of_one_zone);
	tcase_add_test(tc, pageblocks_keep_no_used_block);
	tcase_add_test(tc, counts_of_frames_and_pageblocks_notice);
	suite_add_tcase(s, tc);
	return s;
}
