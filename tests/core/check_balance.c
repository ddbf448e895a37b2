/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A balancing run: when it is over, and what a boost changes; R30, R33, R34,
 * the examples R71, R72, R74, and the option of R70 (c).
 */
#include "core/kswapd.h"
#include "core/task.h"
#include "core/vmscan.h"
#include "support/picture.h"

static struct mm *mm;

#define KSWAPD 1u

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static const struct task *kswapd(void)
{
	return &mm->task[KSWAPD];
}

static unsigned int seen(enum mm_event_type type)
{
	unsigned int n = 0;

	for (uint64_t i = 1; i <= mm_last_moment(mm); i++)
		n += mm_event(mm, i)->type == type;
	return n;
}

/* ---- when it is enough ---- */

/* The toy machine, W46. */
static void toy(int64_t dma, int64_t dma32, int64_t normal)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "pageblock-order", "9", NULL);
	mm_config_set(&cfg, "max-order", "10", NULL);
	mm_config_set(&cfg, "min_free_kbytes", "1448", NULL);
	mm_config_set(&cfg, "zones",
		      "0:DMA:0-4096,0:DMA32:4096-16384,0:Normal:16384-32768,"
		      "0:Movable:32768-49152",
		      NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	ck_assert_int_eq(mm->zone[Z].wmark[WMARK_HIGH], 271);
	mm_put_zone(mm, ZONE_DMA, "NR_FREE_PAGES", dma);
	mm_put_zone(mm, ZONE_DMA32, "NR_FREE_PAGES", dma32);
	mm_put_zone(mm, ZONE_NORMAL, "NR_FREE_PAGES", normal);
}

static const struct {
	int64_t dma, dma32, normal;
	bool balanced;
} toys[] = {
	{168, 232, 226, false}, {179, 265, 271, false}, {180, 232, 226, true},
	{168, 266, 226, true},	{168, 232, 272, true},
};

START_TEST(one_balanced_zone_is_enough)
{
	toy(toys[_i].dma, toys[_i].dma32, toys[_i].normal);
	ck_assert_int_eq(pgdat_balanced(mm, 0, 0, ZONE_NORMAL),
			 toys[_i].balanced);
}
END_TEST

START_TEST(the_target_is_the_sum_of_the_high_marks)
{
	enum mm_quantum q;

	toy(168, 232, 226);
	mm_set(mm, "schedule", 0, NULL);
	wakeup_kswapd(mm, Z, GFP_KERNEL, 0, ZONE_NORMAL);
	mm_run(mm, KSWAPD, &q, NULL);
	mm_run(mm, KSWAPD, &q, NULL);
	ck_assert_int_eq(kswapd()->sc.nr_to_reclaim, 67 + 201 + 271);
	ck_assert_int_eq(kswapd()->sc.priority, 11);
}
END_TEST

START_TEST(tiering_wants_the_promo_mark)
{
	toy(0, 0, 316);
	ck_assert(pgdat_balanced(mm, 0, 0, ZONE_NORMAL));
	mm_set(mm, "kernel.numa_balancing", 2, NULL);
	ck_assert(!pgdat_balanced(mm, 0, 0, ZONE_NORMAL));
	mm_put_zone(mm, ZONE_NORMAL, "NR_FREE_PAGES", 317);
	ck_assert(pgdat_balanced(mm, 0, 0, ZONE_NORMAL));
}
END_TEST

/* ---- runs ---- */

/* @pages of @frames are single ones on the inactive list of files. */
static void world_of(unsigned int frames, unsigned int pages, int64_t high)
{
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE, .nid = -1, .attr = PAGE_LRU};
	pfn_t pfn;

	mm = given_free(frames, 3);
	mm_set(mm, "schedule", 0, NULL);
	for (unsigned int i = 0; i < pages; i++)
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	set_marks(mm, 1, 2, high);
	mm_record(mm, MM_RECORD_EVENTS);
}

static void world(unsigned int pages, int64_t high)
{
	world_of(128, pages, high);
}

static void wakes(unsigned int order)
{
	op_enter(mm);
	wakeup_kswapd(mm, Z, GFP_KERNEL, order, ZONE_NORMAL);
	op_leave(mm);
}

static void runs(void)
{
	enum mm_quantum q = QUANTUM_AGAIN;

	while (q == QUANTUM_AGAIN)
		ck_assert_int_eq(mm_run(mm, KSWAPD, &q, NULL), 0);
	then_sound(mm);
}

/* R72: 16 pages for order 3, and order 0 is good enough. */
START_TEST(the_order_drops_when_much_is_back)
{
	world(120, 60);
	wakes(3);
	runs();
	ck_assert_uint_eq(kswapd()->kswapd.alloc_order, 3);
	ck_assert_uint_eq(kswapd()->kswapd.reclaim_order, 0);
	ck_assert_int_ge(kswapd()->sc.nr_reclaimed, 16);
	ck_assert_uint_eq(kswapd()->wait, WAIT_NAP);
}
END_TEST

START_TEST(zones_know_that_it_works)
{
	enum mm_quantum q;

	world(100, 60);
	wakes(0);
	mm_run(mm, KSWAPD, &q, NULL);
	ck_assert(mm->zone[Z].flags & ZONE_RECLAIM_ACTIVE);
	runs();
	ck_assert(!(mm->zone[Z].flags & ZONE_RECLAIM_ACTIVE));
}
END_TEST

/* R74: balanced, but for a boost of 20; lists long enough for priority 12. */
static void boosted(void)
{
	world_of(16384, 12000, 5);
	STORE(mm, mm->zone[Z].boost, 20);
	ck_assert(pgdat_balanced(mm, 0, 0, ZONE_NORMAL));
}

START_TEST(a_boost_asks_for_its_pages_only)
{
	boosted();
	wakes(0);
	runs();
	ck_assert_int_eq(mm->zone[Z].boost, 0);
	ck_assert_int_ge(kswapd()->sc.nr_reclaimed, 20);
	ck_assert_int_eq(kswapd()->sc.priority, 10);
	ck_assert_uint_eq(mm->st->vm_event[VM_PAGEOUTRUN], 1);
	/* neither written nor swapped for it */
	ck_assert(!(kswapd()->sc.flags & (SCAN_MAY_WRITE | SCAN_MAY_SWAP)));
}
END_TEST

START_TEST(boosts_added_meanwhile_stay)
{
	enum mm_quantum q;

	boosted();
	wakes(0);
	mm_run(mm, KSWAPD, &q, NULL);
	STORE(mm, mm->zone[Z].boost, 27);
	runs();
	ck_assert_int_eq(mm->zone[Z].boost, 7);
}
END_TEST

/* Nothing to be had for a boost is no failure, and the boost goes. */
START_TEST(a_boost_in_vain_is_no_failure)
{
	world(0, 5);
	STORE(mm, mm->zone[Z].boost, 20);
	wakes(0);
	runs();
	ck_assert_int_eq(mm->zone[Z].boost, 0);
	ck_assert_uint_eq(mm->st->node[0].kswapd_failures, 0);
	ck_assert_int_eq(kswapd()->sc.priority, 12);
}
END_TEST

/* Short of the marks themselves, all means are right. */
START_TEST(short_of_memory_the_boost_can_wait)
{
	world(100, 20);
	STORE(mm, mm->zone[Z].boost, 20);
	ck_assert(!pgdat_balanced(mm, 0, 0, ZONE_NORMAL));
	wakes(0);
	runs();
	ck_assert(kswapd()->sc.flags & SCAN_MAY_WRITE);
	ck_assert_int_eq(mm->zone[Z].boost, 0);
	ck_assert_int_gt(zone_page_state(mm, Z, NR_FREE_PAGES), 40);
}
END_TEST

START_TEST(with_generations_a_boost_reclaims_nothing)
{
	boosted();
	mm_set(mm, "lru_gen", 1, NULL);
	wakes(0);
	runs();
	ck_assert_int_eq(mm->zone[Z].boost, 0);
	ck_assert_int_eq(kswapd()->sc.nr_reclaimed, 0);
	ck_assert_uint_eq(seen(EV_mm_vmscan_lru_isolate), 0);
}
END_TEST

Suite *check_balance_suite(void)
{
	Suite *s = suite_create("core/balance");
	TCase *tc = tcase_create("balance");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_loop_test(tc, one_balanced_zone_is_enough, 0,
			    sizeof toys / sizeof toys[0]);
	tcase_add_test(tc, the_target_is_the_sum_of_the_high_marks);
	tcase_add_test(tc, tiering_wants_the_promo_mark);
	tcase_add_test(tc, the_order_drops_when_much_is_back);
	tcase_add_test(tc, zones_know_that_it_works);
	tcase_add_test(tc, a_boost_asks_for_its_pages_only);
	tcase_add_test(tc, boosts_added_meanwhile_stay);
	tcase_add_test(tc, a_boost_in_vain_is_no_failure);
	tcase_add_test(tc, short_of_memory_the_boost_can_wait);
	tcase_add_test(tc, with_generations_a_boost_reclaims_nothing);
	suite_add_tcase(s, tc);
	return s;
}
