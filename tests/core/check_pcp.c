/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Per-CPU lists; examples P1 to P11 of the specification.
 */
#include "support/picture.h"

#define U MIGRATE_UNMOVABLE
#define M MIGRATE_MOVABLE
#define FLAGS (WMARK_LOW | ALLOC_KSWAPD)

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static int64_t pcp_number(const char *key)
{
	int64_t v = -1;

	mm_get_pcp_field(mm, Z, 0, key, &v);
	return v;
}

/* One block through the per-CPU lists, whatever the marks say. */
static pfn_t get(unsigned int order, enum migratetype mt)
{
	const pfn_t pfn = rmqueue_pcplist(mm, Z, order, mt, FLAGS);

	if (pfn != NO_PFN)
		frame_use(mm, pfn, order, 0, 0);
	return pfn;
}

static void put(pfn_t pfn, unsigned int order)
{
	frame_release(mm, pfn);
	free_frozen_pages(mm, pfn, order);
}

/* P1: refills double, and are handed out in the order they were taken. */
START_TEST(example_p1_refill_and_order)
{
	mm = given_free(64, 3);
	set_pcp(mm, 3, 12, 40);
	ck_assert_uint_eq(get(0, M), 0);
	then_pcp(mm, 1, "1 2");
	ck_assert_int_eq(pcp_number("high"), 15);
	ck_assert_int_eq(pcp_number("alloc_factor"), 1);
	ck_assert_uint_eq(get(0, M), 1);
	ck_assert_uint_eq(get(0, M), 2);
	ck_assert_uint_eq(get(0, M), 3);
	then_pcp(mm, 1, "4 5 6 7 8");
	ck_assert_int_eq(pcp_number("high"), 21);
	ck_assert_int_eq(pcp_number("count"), 5);
	ck_assert_int_eq(pcp_number("alloc_factor"), 2);
	then_lists(mm, M, "o0:9 o1:10 o2:12 o4:16 32 48");
	then_sound(mm);
}
END_TEST

/* P2: refill sizes for three pairs of limits, batch 63. */
START_TEST(example_p2_refill_sizes)
{
	static const struct {
		int high_min, high_max, sizes[9];
	} rows[] = {
		{252, 252, {63, 126, 189, 189, 189}},
		{588, 8192, {63, 126, 252, 504, 1008, 2016, 2016, 2016}},
		{252, 1024, {63, 126, 252, 504, 961, 961}},
	};
	struct mm_config cfg;

	mm_config_preset(&cfg, "classroom", NULL);
	mm_config_set(&cfg, "zone", "Normal", NULL);
	mm_config_set(&cfg, "pages", "16384", NULL);
	for (int r = 0; r < 3; r++) {
		mm = mm_create(&cfg, NULL);
		set_pcp(mm, 63, rows[r].high_min, rows[r].high_max);
		for (int i = 0; rows[r].sizes[i]; i++) {
			get(0, M);
			ck_assert_int_eq(pcp_number("count"),
					 rows[r].sizes[i] - 1);
			while (pcp_number("count"))
				get(0, M);
		}
		mm_destroy(mm);
	}
	mm = NULL;
}
END_TEST

/* P3: a flush returns the oldest, in batches, and keeps the newest. */
START_TEST(example_p3_flush)
{
	mm = given("MMMMMMMM MMMMMMMM");
	set_pcp(mm, 3, 12, 12);
	for (pfn_t p = 0; p < 11; p++)
		put(p, 0);
	then_pcp(mm, 1, "10 9 8 7 6 5 4 3 2 1 0");
	ck_assert_int_eq(pcp_number("free_count"), 11);
	put(11, 0);
	then_pcp(mm, 1, "11 10 9");
	then_lists(mm, M, "o0:8 o3:0");
	then_sound(mm);
}
END_TEST

/* P4: once a refill steals, the rest of it steals too. */
START_TEST(example_p4_steal_mode_sticks)
{
	mm = given("mmmmmmmm mmmmmmmm");
	set_marks(mm, 4, 6, 8);
	set_managed(mm, 1000);
	set_pcp(mm, 4, 16, 16);
	buddy_free(mm, 1, 0);
	buddy_free(mm, 3, 0);
	frame_release(mm, 11);
	buddy_free(mm, 10, 1);
	then_lists(mm, M, "o0:3 1 o1:10");
	ck_assert_uint_eq(get(0, U), 3);
	then_pcp(mm, 0, "1 10 11");
	ck_assert_int_eq(mm->zone[Z].boost, 12);
	then_sound(mm);
}
END_TEST

/* P5: what is freed in a row lifts the limit for the next time. */
START_TEST(example_p5_auto_tuning)
{
	mm = given("MMMMMMMM MMMMMMMM MMMMMMMM");
	set_pcp(mm, 3, 12, 40);
	for (pfn_t p = 0; p <= 22; p += 2)
		put(p, 0);
	then_pcp(mm, 1, "22 20 18");
	then_lists(mm, M, "o0:16 14 12 10 8 6 4 2 0");
	ck_assert_int_eq(pcp_number("high"), 15);
	then_sound(mm);
}
END_TEST

static void make_pairs(pfn_t from, pfn_t to)
{
	for (pfn_t p = from; p < to; p += 2) {
		frame_release(mm, p);
		frame_release(mm, p + 1);
		frame_use(mm, p, 1, 0, 0);
	}
}

/* P6: a run of higher-order frees empties the lists. */
START_TEST(example_p6_free_high)
{
	mm = given("MMMMMMMM MMMMMMMM");
	set_pcp(mm, 3, 12, 12);
	make_pairs(0, 14);
	for (pfn_t p = 0; p < 10; p += 2)
		put(p, 1);
	ck_assert_int_eq(pcp_number("count"), 10);
	put(10, 1);
	ck_assert_int_eq(pcp_number("count"), 0);
	ck_assert_int_eq(pcp_number("free_count"), 12);
	then_lists(mm, M, "o2:8 o3:0");
	put(12, 1);
	ck_assert_int_eq(pcp_number("count"), 0);
	then_sound(mm);
}
END_TEST

/* P7: a flush goes on to the next list when one is exhausted. */
START_TEST(example_p7_several_lists)
{
	mm = given_types("MMMMMMMM MMMMMMMM MMMMMMMM MMMMMMMM", "UUMM");
	set_pcp(mm, 3, 12, 12);
	for (pfn_t p = 17; p < 20; p++)
		frame_release(mm, p);
	frame_release(mm, 16);
	frame_use(mm, 16, 2, 0, 0);
	put(16, 2);
	put(1, 0);
	put(3, 0);
	put(20, 0);
	put(24, 0);
	put(28, 0);
	put(5, 0);
	put(22, 0);
	then_pcp(mm, 0, "5 3 1");
	then_pcp(mm, 1, "22 28 24 20");
	then_pcp(mm, 7, "16");
	ck_assert_int_eq(pcp_number("count"), 11);
	put(30, 0);
	ck_assert_int_eq(pcp_number("count"), 0);
	then_lists(mm, U, "o0:5 3 1");
	then_lists(mm, M, "o0:30 22 28 24 20 o2:16");
	then_sound(mm);
}
END_TEST

/* P8: a drain empties list by list, each from its tail. */
START_TEST(example_p8_drain_order)
{
	uint64_t n;
	pfn_t seen[8];
	int nr = 0;
	static const pfn_t order[] = {0, 6, 9, 24, 4, 12};

	mm = given_types("MMMMMMMM MMMMMMMM MMMMMMMM MMMMMMMM MMMMMMMM "
			 "MMMMMMMM MMMMMMMM MMMMMMMM",
			 "MMHMCMMM");
	set_pcp(mm, 3, 40, 40);
	frame_release(mm, 5);
	frame_release(mm, 4);
	frame_use(mm, 4, 1, 0, 0);
	for (pfn_t p = 13; p < 16; p++)
		frame_release(mm, p);
	frame_release(mm, 12);
	frame_use(mm, 12, 2, 0, 0);
	put(0, 0);
	put(6, 0);
	put(9, 0);
	put(24, 0);
	put(4, 1);
	put(12, 2);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
	mm_drain_local(mm, 0);
	for (n = 1; n <= mm_last_moment(mm); n++)
		if (mm_event(mm, n)->type == EV_mm_page_pcpu_drain)
			seen[nr++] = (pfn_t)mm_event(mm, n)->arg[0];
	ck_assert_int_eq(nr, 6);
	ck_assert_mem_eq(seen, order, sizeof order);
	then_sound(mm);
}
END_TEST

/* P9: a high-atomic page parks on the movable list and may leak there. */
START_TEST(example_p9_reserve_leaks_to_movable)
{
	mm = given_types("HHHHHHHH", "H");
	set_pcp(mm, 3, 12, 12);
	frame_release(mm, 1);
	frame_release(mm, 0);
	frame_use(mm, 0, 1, 0, 0);
	put(0, 1);
	then_pcp(mm, 4, "0");
	ck_assert_uint_eq(get(1, M), 0);
	put(0, 1);
	mm_drain_local(mm, 0);
	then_lists(mm, MIGRATE_HIGHATOMIC, "o1:0");
	then_sound(mm);
}
END_TEST

/* P10: huge pages have two lists; U and R share the first. */
START_TEST(example_p10_huge_page_lists)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "classroom", NULL);
	mm_config_set(&cfg, "zone", "Normal", NULL);
	mm_config_set(&cfg, "pages", "4096", NULL);
	mm = mm_create(&cfg, NULL);
	set_pcp(mm, 63, 600, 600);
	for (int i = 0; i < 8; i++)
		ck_assert_uint_ne(take(mm, 9, M), NO_PFN);
	set_pageblock_migratetype(mm, 0, U);
	set_pageblock_migratetype(mm, 2048, MIGRATE_RECLAIMABLE);
	buddy_free(mm, 512, 9);
	buddy_free(mm, 2560, 9);
	put(0, 9);
	then_pcp(mm, 12, "0");
	put(2048, 9);
	ck_assert_int_eq(pcp_number("count"), 0);
	then_lists(mm, U, "o10:0");
	then_lists(mm, MIGRATE_RECLAIMABLE, "o10:2048");
	put(1024, 9);
	then_pcp(mm, 13, "1024");
	ck_assert_int_eq(pcp_number("count"), 512);
	then_sound(mm);
}
END_TEST

/* P11: the limit decays to its minimum, and what is above it returns. */
START_TEST(example_p11_decay)
{
	static const int high[] = {19, 17, 15, 14, 13, 12, 12};

	mm = given_free(64, 3);
	set_pcp(mm, 3, 12, 40);
	for (int i = 0; i < 6; i++)
		get(0, M);
	ck_assert_int_eq(pcp_number("count"), 3);
	ck_assert_int_eq(pcp_number("high"), 21);
	for (int i = 0; i < 7; i++) {
		mm_decay_pcp(mm, 0);
		ck_assert_int_eq(pcp_number("high"), high[i]);
	}
	then_sound(mm);
}
END_TEST

/* The statistics worker also folds the CPU's differences into the zone. */
START_TEST(decay_folds_the_differences)
{
	mm = given_free(64, 3);
	mm_put_zone(mm, Z, "NR_FREE_PAGES", 60);
	mm_put_pcp_field(mm, Z, 0, "zdiff_free", 4);
	mm_decay_pcp(mm, 0);
	ck_assert_int_eq(pcp_number("zdiff_free"), 0);
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], 64);
	then_sound(mm);
}
END_TEST

/* Section 8: switched off, every page passes straight through. */
START_TEST(switched_off_nothing_stays)
{
	mm = given_free(64, 3);
	ck_assert_int_eq(mm_set(mm, "pcp", 0, NULL), 0);
	ck_assert_uint_eq(alloc(mm, 0, GFP_HIGHUSER_MOVABLE), 0);
	ck_assert_uint_eq(alloc(mm, 0, GFP_HIGHUSER_MOVABLE), 1);
	ck_assert_int_eq(pcp_number("count"), 0);
	ck_assert_int_eq(mm_free_pages(mm, 0, 0, 0, NULL), 0);
	ck_assert_int_eq(pcp_number("count"), 0);
	ck_assert_int_eq(mm_free_pages(mm, 1, 0, 0, NULL), 0);
	then_lists(mm, M, "o4:0 16 32 48");
}
END_TEST

Suite *check_pcp_suite(void)
{
	Suite *s = suite_create("core/pcp");
	TCase *tc = tcase_create("pcp");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, example_p1_refill_and_order);
	tcase_add_test(tc, example_p2_refill_sizes);
	tcase_add_test(tc, example_p3_flush);
	tcase_add_test(tc, example_p4_steal_mode_sticks);
	tcase_add_test(tc, example_p5_auto_tuning);
	tcase_add_test(tc, example_p6_free_high);
	tcase_add_test(tc, example_p7_several_lists);
	tcase_add_test(tc, example_p8_drain_order);
	tcase_add_test(tc, example_p9_reserve_leaks_to_movable);
	tcase_add_test(tc, example_p10_huge_page_lists);
	tcase_add_test(tc, example_p11_decay);
	tcase_add_test(tc, decay_folds_the_differences);
	tcase_add_test(tc, switched_off_nothing_stays);
	suite_add_tcase(s, tc);
	return s;
}
