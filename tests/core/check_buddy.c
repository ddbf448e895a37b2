/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Splitting and merging; examples B1 to B8 of the specification.
 */
#include "support/picture.h"

#define U MIGRATE_UNMOVABLE
#define M MIGRATE_MOVABLE
#define E MIGRATE_RECLAIMABLE
#define H MIGRATE_HIGHATOMIC
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

static int64_t nr_blocks(void)
{
	int64_t v;

	mm_get_zone(mm, Z, "NR_FREE_PAGES_BLOCKS", &v);
	return v;
}

/*
 * Freeing the last used page joins it with its buddies, all the way up:
 *
 *	before  |M .|. .|. . . .|    after  |. . . . . . . .|
 *	         ^ freed            one block of order 3
 */
START_TEST(free_merges_up_to_the_whole_block)
{
	mm = given("M... ....");
	then(mm, "M.<> <-->");
	buddy_free(mm, 0, 0);
	then(mm, "<------>");
}
END_TEST

START_TEST(the_upper_halves_go_back_on_split)
{
	mm = given(".... ....");
	ck_assert_uint_eq(take(mm, 0, M), 0);
	then(mm, "M.<> <-->");
	ck_assert_uint_eq(take(mm, 1, M), 2);
	then(mm, "M.MM <-->");
}
END_TEST

/* Example B1: boot, split, merge; both counters at every step. */
START_TEST(example_b1)
{
	mm = given_free(64, 3);
	then_lists(mm, M, "o4:0 16 32 48");
	then_types(mm, "MMMMMMMM");
	ck_assert_int_eq(nr_free(), 64);
	ck_assert_int_eq(nr_blocks(), 64);

	ck_assert_uint_eq(take(mm, 0, M), 0);
	then_lists(mm, M, "o0:1 o1:2 o2:4 o3:8 o4:16 32 48");
	ck_assert_int_eq(nr_free(), 63);
	ck_assert_int_eq(nr_blocks(), 56);
	ck_assert_uint_eq(take(mm, 0, M), 1);
	then_lists(mm, M, "o1:2 o2:4 o3:8 o4:16 32 48");
	ck_assert_uint_eq(take(mm, 0, M), 2);
	then_lists(mm, M, "o0:3 o2:4 o3:8 o4:16 32 48");
	ck_assert_uint_eq(take(mm, 2, M), 4);
	then_lists(mm, M, "o0:3 o3:8 o4:16 32 48");
	ck_assert_int_eq(nr_free(), 57);

	buddy_free(mm, 1, 0);
	then_lists(mm, M, "o0:1 3 o3:8 o4:16 32 48");
	buddy_free(mm, 4, 2);
	then_lists(mm, M, "o0:1 3 o2:4 o3:8 o4:16 32 48");
	buddy_free(mm, 0, 0);
	then_lists(mm, M, "o0:3 o1:0 o2:4 o3:8 o4:16 32 48");
	buddy_free(mm, 2, 0);
	then_lists(mm, M, "o4:0 16 32 48");
	ck_assert_int_eq(nr_free(), 64);
	ck_assert_int_eq(nr_blocks(), 64);
	then_sound(mm);
}
END_TEST

/* Example B2: a block whose larger merge is likely goes to the tail. */
START_TEST(example_b2)
{
	mm = given("MMMMMMMM MMMMMMMM MMMMMMMM MMMMMMMM");
	buddy_free(mm, 8, 1);
	then_lists(mm, M, "o1:8");
	buddy_free(mm, 14, 1);
	then_lists(mm, M, "o1:14 8");
	buddy_free(mm, 2, 1);
	then_lists(mm, M, "o1:2 14 8");
	buddy_free(mm, 12, 0);
	then_lists(mm, M, "o0:12 o1:2 14 8");
	buddy_free(mm, 4, 0);
	then_lists(mm, M, "o0:4 12 o1:2 14 8");
	buddy_free(mm, 13, 0);
	then_lists(mm, M, "o0:4 o1:2 8 o2:12");
	then_sound(mm);
}
END_TEST

/* Example B3: CMA merges only with CMA. */
START_TEST(example_b3)
{
	mm = given_types("........ ........ MMMMMMMM MMMMMMMM", "CMMM");
	then_lists(mm, M, "o3:8");
	then_lists(mm, C, "o3:0");
	ck_assert_uint_eq(take(mm, 3, M), 8);
	buddy_free(mm, 8, 3);
	then_lists(mm, M, "o3:8");
	then_lists(mm, C, "o3:0");
	then_sound(mm);
}
END_TEST

/* Example B4: the freed block's type wins, whichever half is lower. */
START_TEST(example_b4)
{
	mm = given_types("UUUUUUUU UUUUUUUU UUUUUUUU UUUUUUUU", "MEMM");
	buddy_free(mm, 0, 3);
	then_lists(mm, M, "o3:0");
	buddy_free(mm, 8, 3);
	then_lists(mm, E, "o4:0");
	then_types(mm, "EEMM");
	mm_destroy(mm);

	mm = given_types("UUUUUUUU UUUUUUUU UUUUUUUU UUUUUUUU", "MEMM");
	buddy_free(mm, 8, 3);
	buddy_free(mm, 0, 3);
	then_lists(mm, M, "o4:0");
	then_types(mm, "MMMM");
	then_sound(mm);
}
END_TEST

/* Example B5: a block above pageblock order is freed in pieces. */
START_TEST(example_b5)
{
	mm = given_types("UUUUUUUU UUUUUUUU UUUUUUUU UUUUUUUU", "MHMM");
	buddy_free(mm, 0, 4);
	then_lists(mm, M, "o3:0");
	then_lists(mm, H, "o3:8");
	ck_assert_int_eq(mm->zone[Z].nr_free_highatomic, 8);
	mm_destroy(mm);

	mm = given_types("UUUUUUUU UUUUUUUU UUUUUUUU UUUUUUUU", "MEMM");
	buddy_free(mm, 0, 4);
	then_lists(mm, E, "o4:0");
	then_types(mm, "EEMM");
	then_sound(mm);
}
END_TEST

static struct mm *boot(const char *const words[][2], unsigned int pb)
{
	struct mm_config cfg;
	struct mm_error err = {""};

	mm_config_preset(&cfg, "tiny", NULL);
	cfg.pageblock_order = cfg.pmd_order = pb;
	cfg.max_page_order = pb + 1;
	for (int i = 0; words[i][0]; i++)
		ck_assert_msg(mm_config_set(&cfg, words[i][0], words[i][1],
					    &err) == 0,
			      "%s", err.text);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	return mm;
}

/* Example B6: holes leave maximal aligned pieces, lists ascend. */
START_TEST(example_b6)
{
	static const char *const words[][2] = {
		{"pages", "64"}, {"reserved", "0-3,29-33"}, {NULL, NULL}};

	mm = boot(words, 3);
	then_lists(mm, M, "o0:3 28 33 o1:34 o2:4 24 36 o3:8 16 40 o4:48");
	ck_assert_int_eq(nr_free(), 57);
	ck_assert_int_eq(nr_blocks(), 40);
	then_sound(mm);
}
END_TEST

/* Example B7: a DMA zone with the real geometry, frame 0 not memory. */
START_TEST(example_b7)
{
	static const char *const words[][2] = {{"zones", "0:Normal:1-4096"},
					       {"reserved", "159-256"},
					       {"min_free_kbytes", "0"},
					       {NULL, NULL}};

	mm = boot(words, 9);
	then_types(mm, "UMMMMMMM");
	then_lists(mm, U,
		   "o0:1 158 o1:2 156 o2:4 152 o3:8 144 o4:16 128 o5:32 o6:64 "
		   "o8:256");
	then_lists(mm, M, "o9:512 o10:1024 2048 3072");
	ck_assert_int_eq(nr_free(), 3998);
	ck_assert_int_eq(nr_blocks(), 3584);
	ck_assert_uint_eq(request(mm, 0, U, 0), 1);
	ck_assert_uint_eq(request(mm, 9, U, 0), 1024);
	then_types(mm, "UMUUMMMM");
	ck_assert_uint_eq(mm_list_first(mm, Z, 9, U), 1536);
	then_sound(mm);
}
END_TEST

Suite *check_buddy_suite(void)
{
	Suite *s = suite_create("core/buddy");
	TCase *tc = tcase_create("buddy");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, free_merges_up_to_the_whole_block);
	tcase_add_test(tc, the_upper_halves_go_back_on_split);
	tcase_add_test(tc, example_b1);
	tcase_add_test(tc, example_b2);
	tcase_add_test(tc, example_b3);
	tcase_add_test(tc, example_b4);
	tcase_add_test(tc, example_b5);
	tcase_add_test(tc, example_b6);
	tcase_add_test(tc, example_b7);
	suite_add_tcase(s, tc);
	return s;
}
