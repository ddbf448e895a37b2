/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_compact_zone.c - the worked examples of whole runs
 *
 * One zone of frames 1024 to 3071, four pageblocks of 512, all Movable, no
 * marks.  `m` is an anonymous page on the LRU, `u` one that never moves; the
 * free lists are given head first.
 */
#include "core/compact_control.h"
#include "core/lru_batch.h"
#include "core/task.h"

#include "support/examples.h"

/* Every frame of [from, to) that is a multiple of 4. */
static void given_19_3(void)
{
	given_zone();
	put_m(1025, 1040, 2);
	put_free_down(0, 3068, 2560, 4);
	put_free_down(0, 1038, 1024, 2);
}

/* ---- running, every quantum leaving the world sound ---- */

static enum compact_result direct(unsigned int order, gfp_t gfp,
				  enum compact_priority prio, pfn_t *pfn)
{
	const struct mm_request want = {
		.gfp = gfp, .order = (uint16_t)order, .nid = -1};
	struct alloc_context ac;

	prepare_alloc(mm, &want, &ac);
	*pfn = NO_PFN;
	direct_compact_begin(
		mm, CALLER_TASK, &ac, order,
		WMARK_MIN | (ac.mt == MIGRATE_MOVABLE ? ALLOC_CMA : 0), prio);
	while (direct_compact_step(mm, CALLER_TASK, &ac) != QUANTUM_DONE)
		then_sound(mm);
	then_sound(mm);
	return direct_compact_end(mm, CALLER_TASK, pfn);
}

static enum compact_result
direct_movable(unsigned int order, enum compact_priority prio, pfn_t *pfn)
{
	return direct(order, GFP_HIGHUSER_MOVABLE, prio, pfn);
}

static void compact_memory(void)
{
	ck_assert_int_eq(mm_compact(mm, NO_ZONE, -1, MIGRATE_SYNC, NULL, NULL),
			 0);
	then_sound(mm);
}

static void then_cached(uint64_t async, uint64_t sync, uint64_t free)
{
	const struct zone *z = &mm->zone[Z];

	ck_assert_uint_eq(z->compact_cached_migrate_pfn[0], async);
	ck_assert_uint_eq(z->compact_cached_migrate_pfn[1], sync);
	ck_assert_uint_eq(z->compact_cached_free_pfn, free);
}

/* ---- 19.1 ---- */

START_TEST(compact_memory_moves_the_highest_first_and_drains_nothing)
{
	given_zone();
	put_m(1025, 1040, 2);
	put_free(0, 2561);
	put_free_down(0, 1038, 1024, 2);
	for (unsigned int o = 1; o <= 8; o++)
		put_free(o, 2560 + (1u << o));
	rest_is_u();
	compact_memory();
	then_said("begin 1024/2560\n"
		  "continue\n"
		  "take 1024~1536 512/8\n"
		  "free 2560~2576 16/15\n"
		  "moved 8/0\n"
		  "continue\n"
		  "take 1536~2048 512/0\n"
		  "continue\n"
		  "take 2048~2560 512/0\n"
		  "complete\n"
		  "end 2560/2576 complete\n");
	then_moved("1039>2561 1037>2562 1035>2563 1033>2564 1031>2565 "
		   "1029>2566 1027>2567 1025>2568");
	then_pcp(mm, 1, "2569 1025 1027 1029 1031 1033 1035 1037 1039");
	then_pcp(mm, 4, "2570");
	then_pcp(mm, 7, "2572");
	then_cached(1024, 1024, 2560);
	then_skips("3 4");
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], 504);
	mm_drain_all(mm);
	then_lists(mm, MIGRATE_MOVABLE,
		   "o0:2569 o1:2570 o2:2572 o4:1024 2576 o5:2592 o6:2624 "
		   "o7:2688 o8:2816");
}
END_TEST

/* With 2560 free, too, the top block is one free block, and no target. */
START_TEST(a_block_that_is_free_from_its_start_takes_nothing)
{
	given_zone();
	put_m(1025, 1040, 2);
	put_free_down(0, 1038, 1024, 2);
	put_free(9, 2560);
	rest_is_u();
	compact_memory();
	then_said("begin 1024/2560\n"
		  "continue\n"
		  "take 1024~1536 512/8\n"
		  "free 2048~2560 512/0\n"
		  "moved 0/8\n"
		  "complete\n"
		  "end 1536/1536 complete\n");
	then_moved("");
	then_skips("4");
}
END_TEST

/* ---- 19.3 to 19.5 ---- */

START_TEST(what_the_drain_catches_is_noticed_a_round_later)
{
	pfn_t pfn;

	given_19_3();
	rest_is_u();
	ck_assert_int_eq(direct_movable(2, COMPACT_PRIO_ASYNC, &pfn),
			 COMPACT_SUCCESS);
	ck_assert_uint_eq(pfn, 1024);
	then_said("begin 1024/2560\n"
		  "no_suitable_page\n"
		  "take 1024~1028 4/2\n"
		  "fast 1536~2560 9/1\n"
		  "fast 1536~2560 1/1\n"
		  "moved 2/0\n"
		  "captured 1024 order 2\n"
		  "continue\n"
		  "take 1028~1032 4/2\n"
		  "fast 1536~2560 1/1\n"
		  "fast 1536~2560 1/1\n"
		  "moved 2/0\n"
		  "end 1032/2560 success\n");
	then_pcp(mm, 1, "1029 1031");
	then_cached(1024, 1024, 2048);
	then_skips("2");
}
END_TEST

START_TEST(a_pinned_page_gives_up_its_group)
{
	pfn_t pfn;

	given_zone();
	put_m(1025, 1040, 2);
	put(1026, 0, MOVABLE | PAGE_PINNED);
	put_free_down(0, 3068, 2560, 4);
	put_free_down(0, 1038, 1028, 2);
	put_free(0, 1024);
	rest_is_u();
	ck_assert_int_eq(direct_movable(3, COMPACT_PRIO_ASYNC, &pfn),
			 COMPACT_SUCCESS);
	ck_assert_uint_eq(pfn, 1032);
	then_said("begin 1024/2560\n"
		  "no_suitable_page\n"
		  "take 1024~1040 11/4\n"
		  "fast 1536~2560 8/1\n"
		  "fast 1536~2560 1/1\n"
		  "fast 1536~2560 1/1\n"
		  "fast 1536~2560 1/1\n"
		  "moved 4/0\n"
		  "captured 1032 order 3\n"
		  "continue\n"
		  "take 1040~1536 62/0\n"
		  "no_suitable_page\n"
		  "take 1536~2048 64/0\n"
		  "no_suitable_page\n"
		  "take 2048~2560 64/0\n"
		  "partial_skipped\n"
		  "end 2560/2560 partial_skipped\n");
	then_moved("1039>2560 1037>2564 1035>2568 1033>2572");
	then_skips("2 3 4");
}
END_TEST

START_TEST(a_locked_page_is_tried_again_and_stays)
{
	pfn_t pfn;

	given_19_3();
	STORE(mm, mm->page[1027].attr, MOVABLE | PAGE_LOCKED);
	rest_is_u();
	ck_assert_int_eq(direct_movable(3, COMPACT_PRIO_SYNC_LIGHT, &pfn),
			 COMPACT_SUCCESS);
	ck_assert_uint_eq(pfn, 1032);
	then_moved("1039>2560 1037>2564 1035>2568 1033>2572 1031>2576 "
		   "1029>2580 1025>2584");
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 7);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_FAIL], 1);
	ck_assert_uint_eq(mm->page[2588].b.word & 0xff, BLOCK_PCP);
}
END_TEST

/* ---- 19.6: the search of the free lists for sources ---- */

START_TEST(a_block_with_much_free_in_it_is_a_good_source)
{
	pfn_t pfn;

	given_zones("0:Normal:1024-5120");
	put_m(1536, 1576, 1);
	put_free(8, 4864);
	put_free(8, 4352);
	put_free(8, 1792);
	put_free(3, 4616);
	put_free(3, 4104);
	put_free(3, 1576);
	for (pfn_t top = 4096; top <= 4608; top += 512) {
		put_free(0, top + 1);
		put_free(1, top + 2);
		put_free(2, top + 4);
		for (unsigned int o = 4; o < 8; o++)
			put_free(o, top + (1u << o));
	}
	put_free(4, 1584);
	put_free(6, 1600);
	put_free(7, 1664);
	rest_is_u();
	ck_assert_int_eq(direct_movable(9, COMPACT_PRIO_ASYNC, &pfn),
			 COMPACT_SUCCESS);
	ck_assert_uint_eq(pfn, 1536);
	then_said("begin 1024/4608\n"
		  "no_suitable_page\n"
		  "take 1536~1568 32/32\n"
		  "fast 3072~4608 257/256\n"
		  "moved 32/0\n"
		  "continue\n"
		  "take 1568~2048 480/8\n"
		  "moved 8/0\n"
		  "captured 1536 order 9\n"
		  "no_suitable_page\n"
		  "take 1792~2048 1/0\n"
		  "no_suitable_page\n"
		  "take 2048~2560 1/0\n"
		  "no_suitable_page\n"
		  "take 2560~3072 1/0\n"
		  "no_suitable_page\n"
		  "take 3072~3584 1/0\n"
		  "no_suitable_page\n"
		  "take 3584~4096 1/0\n"
		  "no_suitable_page\n"
		  "take 4096~4608 1/0\n"
		  "partial_skipped\n"
		  "end 4608/4608 partial_skipped\n");
	then_skips("3 4 5 6 7 8");
	ck_assert_uint_eq(mm->task[CALLER_TASK].cc.fast_fail, 6);
	ck_assert_int_eq(mm->task[CALLER_TASK].cc.search_order, 8);
}
END_TEST

/* ---- 19.7, 19.8 ---- */

START_TEST(the_cached_source_position_goes_a_block_too_far)
{
	given_zone();
	put_free(0, 1024);
	rest_is_u();
	compact_memory(); /* until the scanners met, which puts them back */
	then_cached(1024, 1024, 2560);
	update_cached_migrate(mm, cc_of(mm, CALLER_TASK), 1536);
	then_cached(2048, 2048, 2560);
}
END_TEST

START_TEST(cleared_skip_bits_give_new_positions)
{
	given_zone();
	put(1032, 0, MOVABLE);
	put_free(0, 2056);
	put_free(0, 2561);
	rest_is_u();
	for (pfn_t b = 1024; b < 3072; b += 512)
		set_pageblock_skip(mm, b);
	STORE(mm, mm->zone[Z].compact_blockskip_flush, 1);
	mm_compact_reset(mm, Z);
	then_cached(1024, 1024, 2559);
	ck_assert_uint_eq(mm->zone[Z].compact_init_migrate_pfn, 1024);
	ck_assert_uint_eq(mm->zone[Z].compact_init_free_pfn, 2559);
	ck_assert_uint_eq(mm->zone[Z].compact_blockskip_flush, 0);
	then_skips("3 5");
}
END_TEST

/* ---- 19.10 ---- */

START_TEST(a_block_visited_again_is_taken_to_its_end)
{
	given_zone();
	put_m(1025, 1536, 2);
	put_free(0, 2561);
	put_free_down(0, 1534, 1024, 2);
	for (unsigned int o = 1; o <= 8; o++)
		put_free(o, 2560 + (1u << o));
	rest_is_u();
	compact_memory();
	then_said("begin 1024/2560\n"
		  "continue\n"
		  "take 1024~1088 64/32\n"
		  "free 2560~2624 64/63\n"
		  "moved 32/0\n"
		  "continue\n"
		  "take 1088~1536 448/224\n"
		  "free 2624~3072 448/448\n"
		  "moved 224/0\n"
		  "continue\n"
		  "take 1536~2048 512/0\n"
		  "complete\n"
		  "end 2048/2048 complete\n");
	mm_drain_all(mm);
	then_lists(mm, MIGRATE_MOVABLE,
		   "o0:2817 o1:2818 o2:2820 o3:2824 o4:2832 o5:2848 o6:2880 "
		   "o7:2944 o9:1024");
	then_skips("3 5");
}
END_TEST

/* ---- 19.11 ---- */

START_TEST(strides_miss_what_lies_between_them)
{
	pfn_t pfn;

	given_zones("0:Normal:1024-5120");
	put_m(1025, 1040, 2);
	put_free_down(0, 1038, 1024, 2);
	put_free_down(1, 2552, 2048, 8);
	rest_is_u();
	ck_assert_int_eq(direct_movable(3, COMPACT_PRIO_ASYNC, &pfn),
			 COMPACT_PARTIAL_SKIPPED);
	then_said("begin 1024/4608\n"
		  "no_suitable_page\n"
		  "take 1024~1032 8/4\n"
		  "fast 2560~4608 72/0\n"
		  "free 2560~3072 16/0\n"
		  "free 2048~2560 17/2\n"
		  "free 1536~2048 512/0\n"
		  "fast (wrapped) 1024~1024 71/0\n"
		  "moved 2/2\n"
		  "partial_skipped\n"
		  "end 1032/1024 partial_skipped\n");
	then_moved("1031>2048 1029>2049");
	then_cached(1024, 1024, 4608);
}
END_TEST

/* ---- 19.9: is it worth it? ---- */

START_TEST(cma_pages_do_not_count_for_an_async_request)
{
	const uint32_t flags = WMARK_MIN;
	const struct zone *z;

	given_zone();
	mm_put_pageblock(mm, 2560, MIGRATE_CMA, false, false, NULL);
	for (pfn_t p = 1024; p < 1024 + 260; p += 2) /* 130, none larger */
		put_free(0, p);
	for (pfn_t p = 2560; p < 2560 + 80; p += 2) /* and 40 of CMA */
		ck_assert_int_eq(mm_put_free(mm, p, 0, MIGRATE_CMA, NULL), 0);
	z = &mm->zone[Z];
	STORE(mm, z->stat[NR_FREE_PAGES], 170);
	STORE(mm, z->stat[NR_FREE_CMA], 40);
	set_marks(mm, 100, 125, 150);
	ck_assert_int_eq(compaction_suit_allocation_order(mm, Z, 4, ZONE_NORMAL,
							  flags, false, false),
			 COMPACT_CONTINUE); /* 170 > 100 + 32 + 25 */
	ck_assert_int_eq(compaction_suit_allocation_order(mm, Z, 4, ZONE_NORMAL,
							  flags, true, false),
			 COMPACT_SKIPPED); /* 130 is not above 132 */
	ck_assert_int_eq(compaction_suit_allocation_order(mm, Z, 4, ZONE_NORMAL,
							  flags | ALLOC_CMA,
							  true, false),
			 COMPACT_CONTINUE);
}
END_TEST

/* ---- 19.12 ---- */

START_TEST(kcompactd_makes_a_block_for_anybody)
{
	given_19_3();
	rest_is_u();
	ck_assert_int_eq(mm_kcompactd(mm, 0, 3, MAX_NR_ZONES - 1, NULL), 0);
	mm_settle(mm);
	then_said("begin 1024/2560\n"
		  "no_suitable_page\n"
		  "take 1024~1536 512/8\n"
		  "fast 2048~2560 9/1\n"
		  "free 2560~2589 29/7\n"
		  "moved 8/0\n"
		  "success\n"
		  "end 1536/2560 success\n");
	then_lists(mm, MIGRATE_MOVABLE,
		   "o0:3068 3064 3060 3056 3052 3048 3044 3040 3036 3032 3028 "
		   "3024 3020 3016 3012 3008 3004 3000 2996 2992 2988 2984 "
		   "2980 2976 2972 2968 2964 2960 2956 2952 2948 2944 2940 "
		   "2936 2932 2928 2924 2920 2916 2912 2908 2904 2900 2896 "
		   "2892 2888 2884 2880 2876 2872 2868 2864 2860 2856 2852 "
		   "2848 2844 2840 2836 2832 2828 2824 2820 2816 2812 2808 "
		   "2804 2800 2796 2792 2788 2784 2780 2776 2772 2768 2764 "
		   "2760 2756 2752 2748 2744 2740 2736 2732 2728 2724 2720 "
		   "2716 2712 2708 2704 2700 2696 2692 2688 2684 2680 2676 "
		   "2672 2668 2664 2660 2656 2652 2648 2644 2640 2636 2632 "
		   "2628 2624 2620 2616 2612 2608 2604 2600 2596 2592 "
		   "o4:1024");
	then_skips("2");
	ck_assert_uint_eq(mm->zone[Z].compact_order_failed, 4);
	ck_assert_uint_eq(mm->zone[Z].compact_cached_free_pfn, 2048);
}
END_TEST

/* ---- 19.13 ---- */

START_TEST(a_large_page_moves_whole_and_a_target_is_cut)
{
	pfn_t pfn;

	given_zone();
	put_free(0, 1024);
	put(1025, 0, MOVABLE);
	put_free(1, 1026);
	put(1028, 2, MOVABLE | PAGE_COMPOUND);
	put_free_down(2, 3064, 2560, 8);
	rest_is_u();
	ck_assert_int_eq(direct_movable(3, COMPACT_PRIO_ASYNC, &pfn),
			 COMPACT_SUCCESS);
	ck_assert_uint_eq(pfn, 1024);
	then_said("begin 1024/2560\n"
		  "no_suitable_page\n"
		  "take 1024~1032 8/5\n"
		  "fast 1536~2560 4/4\n"
		  "fast 1536~2560 4/4\n"
		  "moved 5/0\n"
		  "captured 1024 order 3\n"
		  "continue\n"
		  "take 1032~1536 63/0\n"
		  "no_suitable_page\n"
		  "take 1536~2048 64/0\n"
		  "no_suitable_page\n"
		  "take 2048~2560 64/0\n"
		  "partial_skipped\n"
		  "end 2560/2560 partial_skipped\n");
	then_moved("1028>2560 1025>2568");
	then_pcp(mm, 1, "2569");
	then_pcp(mm, 4, "2570");
	then_skips("2 3 4");
}
END_TEST

/* Only single frames are free at the top: the large page goes in pieces. */
START_TEST(a_large_page_without_a_target_is_split)
{
	given_zone();
	put(1028, 2, MOVABLE | PAGE_COMPOUND);
	put_free_down(0, 3068, 2564, 4);
	rest_is_u();
	compact_memory();
	then_moved("1028>2564 1029>2568 1030>2572 1031>2576");
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 4);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_FAIL], 0);
	ck_assert_uint_eq(mm->page[2564].b.word & 0xffff,
			  block_word(BLOCK_USED, 0, 0, 0));
}
END_TEST

Suite *check_compact_zone_suite(void);
Suite *check_compact_zone_suite(void)
{
	Suite *s = suite_create("core/compact_zone");
	TCase *t = tcase_create("compact_zone");

	tcase_add_checked_fixture(t, NULL, example_over);
	tcase_add_test(
		t, compact_memory_moves_the_highest_first_and_drains_nothing);
	tcase_add_test(t, a_block_that_is_free_from_its_start_takes_nothing);
	tcase_add_test(t, what_the_drain_catches_is_noticed_a_round_later);
	tcase_add_test(t, a_pinned_page_gives_up_its_group);
	tcase_add_test(t, a_locked_page_is_tried_again_and_stays);
	tcase_add_test(t, a_block_with_much_free_in_it_is_a_good_source);
	tcase_add_test(t, the_cached_source_position_goes_a_block_too_far);
	tcase_add_test(t, cleared_skip_bits_give_new_positions);
	tcase_add_test(t, a_block_visited_again_is_taken_to_its_end);
	tcase_add_test(t, strides_miss_what_lies_between_them);
	tcase_add_test(t, cma_pages_do_not_count_for_an_async_request);
	tcase_add_test(t, kcompactd_makes_a_block_for_anybody);
	tcase_add_test(t, a_large_page_moves_whole_and_a_target_is_cut);
	tcase_add_test(t, a_large_page_without_a_target_is_split);
	suite_add_tcase(s, t);
	return s;
}
