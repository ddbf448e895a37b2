/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_claims.c - what is said of the allocation path, claim by claim
 *
 * Each of them is shown once more by a line in tests/scripts/claim-*.buddy.
 * The worlds have marks of 8, 10, 12 and 14 pages, or say theirs.
 */
#include "core/memcg.h"
#include "support/people.h"

Suite *check_claims_suite(void);

static struct mm *mm;
static uint32_t task;

static void begin(unsigned int left)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "tiny", NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	ck_assert_int_eq(mm_set(mm, "pcp", 0, NULL), 0);
	set_marks(mm, 8, 10, 12);
	task = task_of(mm, born(mm, "user", 0, 0));
	use_up(mm, left);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static int64_t free_pages_of(unsigned int nid)
{
	struct mm_zone_info zi;

	mm_zone_info(mm, mm_zone_id(nid, ZONE_NORMAL), &zi);
	return zi.free;
}

static pfn_t ask(gfp_t gfp, uint16_t caller)
{
	const struct mm_request want = {.gfp = gfp, .nid = 0, .caller = caller};
	pfn_t pfn;

	mm_alloc_pages(mm, &want, &pfn);
	return pfn;
}

/* Clean file pages that nobody maps. */
#define ONCE (GFP_KERNEL | GFP_BIT_NORETRY)

START_TEST(below_min_only_emergency_requests_proceed)
{
	begin(8);
	ck_assert_uint_eq(ask(ONCE, 0), NO_PFN);
	ck_assert_uint_ne(ask(GFP_ATOMIC, 0), NO_PFN);
	use_up(mm, 3); /* 3/8 of min */
	ck_assert_uint_eq(ask(GFP_ATOMIC, 0), NO_PFN);
	ck_assert_uint_eq(ask(ONCE, MM_CALLER_OOM_VICTIM), NO_PFN);
	ck_assert_uint_ne(ask(ONCE, MM_CALLER_MEMALLOC), NO_PFN);
	then_sound_on_paper(mm);
}
END_TEST

START_TEST(below_low_kswapd_wakes)
{
	begin(11);
	ck_assert_uint_ne(ask(GFP_KERNEL, 0), NO_PFN);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_wakeup_kswapd), 0);
	ck_assert_uint_ne(ask(GFP_KERNEL, 0), NO_PFN);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_wakeup_kswapd), 1);
	then_sound_on_paper(mm);
}
END_TEST

/* The mark must be passed, so it takes one page more. */
START_TEST(kswapd_sleeps_at_high)
{
	begin(10);
	make_lru_pages(mm, 100, 1, 0);
	ask(GFP_KERNEL, 0);
	mm_settle(mm);
	mm_tick(mm, MM_HZ);
	ck_assert_int_gt(free_pages_of(0), 12);
	ck_assert_uint_eq(mm->st->node[0].kswapd_asleep, 1);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_kswapd_sleep), 1);
	then_sound_on_paper(mm);
}
END_TEST

START_TEST(promo_moves_the_target_when_tiering_is_on)
{
	int64_t without;

	for (int tiering = 0; tiering < 2; tiering++) {
		begin(10);
		STORE(mm, mm->zone[Z].wmark[WMARK_PROMO], 60);
		mm_set(mm, "kernel.numa_balancing", tiering ? 2 : 0, NULL);
		make_lru_pages(mm, 200, 1, 0);
		ask(GFP_KERNEL, 0);
		mm_settle(mm);
		if (!tiering) {
			without = free_pages_of(0);
			ck_assert_int_gt(without, 12);
			ck_assert_int_le(without, 60);
			teardown();
		}
	}
	ck_assert_int_gt(free_pages_of(0), 60);
	then_sound_on_paper(mm);
}
END_TEST

/* Every pageblock is movable and half used; an unmovable page claims one. */
START_TEST(the_boost_follows_a_stolen_pageblock_and_fades)
{
	struct mm_config cfg;
	pfn_t half[64];
	unsigned int n = 0;

	mm_config_preset(&cfg, "tiny", NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_int_eq(mm_set(mm, "pcp", 0, NULL), 0);
	while (n < 64 && (half[n] = alloc(mm, 2,
					  GFP_ATOMIC | GFP_BIT_MEMALLOC |
						  GFP_BIT_MOVABLE)) != NO_PFN)
		n++;
	ck_assert_uint_ge(n, 60);
	for (unsigned int i = 0; i < n; i += 2)
		mm_free_pages(mm, half[i], 2, 0, NULL);
	ck_assert_int_eq(mm->zone[Z].boost, 0);
	ck_assert_uint_ne(alloc(mm, 0, GFP_KERNEL), NO_PFN);
	ck_assert_int_gt(mm->zone[Z].boost, 0);
	ck_assert_uint_ne(alloc(mm, 0, GFP_KERNEL), NO_PFN); /* wakes kswapd */
	mm_settle(mm);
	ck_assert_int_eq(mm->zone[Z].boost, 0);
	then_sound(mm);
}
END_TEST

START_TEST(noretry_gives_up_after_one_attempt_at_reclaim)
{
	begin(0);
	make_lru_pages(mm, 60, 1, PAGE_PINNED);
	ck_assert_uint_eq(ask(ONCE, 0), NO_PFN);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_direct_reclaim_begin), 1);
	ck_assert_uint_eq(seen(mm, EV_out_of_memory), 0);
	then_sound_on_paper(mm);
}
END_TEST

/* Sixteen rounds without progress are granted, as a zone could pass. */
START_TEST(retry_mayfail_stops_when_no_progress_is_made)
{
	begin(0);
	make_lru_pages(mm, 60, 1, PAGE_PINNED);
	ck_assert_uint_eq(ask(GFP_KERNEL | GFP_BIT_RETRY_MAYFAIL, 0), NO_PFN);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_direct_reclaim_begin), 17);
	ck_assert_int_eq(last_of(mm, EV_out_of_memory, 2),
			 REASON_OOM_NOT_FOR_THIS);
	then_sound_on_paper(mm);
}
END_TEST

/* Where a request that may fail does, NOFAIL takes the last page. */
START_TEST(nofail_never_fails)
{
	begin(1);
	born(mm, "hog", 0, 50); /* or the kernel would panic */
	ck_assert_uint_eq(ask(ONCE, 0), NO_PFN);
	ck_assert_uint_ne(ask(GFP_KERNEL | GFP_BIT_NOFAIL, 0), NO_PFN);
	ck_assert_int_eq(free_pages_of(0), 0);
	then_sound_on_paper(mm);
}
END_TEST

START_TEST(memalloc_dips_into_reserves)
{
	begin(8);
	ck_assert_uint_eq(ask(ONCE, 0), NO_PFN);
	for (int left = 7; left >= 0; left--) {
		ck_assert_uint_ne(ask(ONCE | GFP_BIT_MEMALLOC, 0), NO_PFN);
		ck_assert_int_eq(free_pages_of(0), left);
	}
	then_sound_on_paper(mm);
}
END_TEST

START_TEST(oom_comes_last)
{
	uint64_t reclaim = 0, retry = 0, high = 0, oom = 0;

	begin(0);
	ask(GFP_KERNEL, 0);
	for (uint64_t i = 1; i <= mm_last_moment(mm); i++) {
		const struct mm_event *ev = mm_event(mm, i);

		if (ev->type == EV_mm_vmscan_direct_reclaim_end)
			reclaim = i;
		if (ev->type == EV_reclaim_retry_zone)
			retry = i;
		if (ev->type == EV_zone_watermark && ev->arg[2] == WMARK_HIGH)
			high = i;
		if (ev->type == EV_out_of_memory)
			oom = i;
	}
	ck_assert_uint_lt(0, reclaim);
	ck_assert_uint_lt(reclaim, retry);
	ck_assert_uint_lt(retry, high);
	ck_assert_uint_lt(high, oom);
}
END_TEST

START_TEST(a_cpuset_and_a_group_limit_refuse)
{
	struct mm_group_limits four = mm_no_limits();
	uint32_t user;

	mm = two_nodes();
	user = born(mm, "user", 0, 0);
	four.max = 4;
	ck_assert_int_eq(mm_cpuset_new(mm, "left", 0, 1, NULL), 1);
	ck_assert_int_eq(mm_cpuset_add(mm, 1, user, NULL), 0);
	/* node 0 is used up; node 1 has plenty, and is not for this task */
	while (free_pages_of(0) + pcp_of(mm, Z, 0)->count > 0)
		ck_assert_uint_ne(
			alloc(mm, 0,
			      GFP_ATOMIC | GFP_BIT_MEMALLOC | GFP_BIT_THISNODE),
			NO_PFN);
	ck_assert_uint_eq(asks(mm, user, 0, 0x100cc0 | GFP_BIT_NORETRY),
			  NO_PFN);
	ck_assert_int_eq(mm_cpuset_add(mm, 0, user, NULL), 0);
	ck_assert_uint_ne(asks(mm, user, 0, 0x100cc0 | GFP_BIT_NORETRY),
			  NO_PFN);
	ck_assert_int_eq(mm_group_new(mm, "four", 0, &four, NULL), 1);
	ck_assert_int_eq(mm_group_add(mm, 1, user, NULL), 0);
	for (int i = 0; i < 4; i++)
		ck_assert_uint_ne(asks(mm, user, 0, 0x400cc0), NO_PFN);
	ck_assert_uint_eq(asks(mm, user, 0, 0x400cc0 | GFP_BIT_NORETRY),
			  NO_PFN);
}
END_TEST

START_TEST(the_preferred_node_is_tried_first_and_the_zonelist_goes_downward)
{
	struct mm_config cfg;
	const struct mm_request want = {.gfp = GFP_KERNEL, .nid = 1};
	zone_t last = NO_ZONE;
	unsigned int nr = 0;
	pfn_t pfn = 0;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones",
		      "0:DMA:0-64,0:DMA32:64-128,0:Normal:128-192,"
		      "1:Normal:192-256",
		      NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_int_eq(mm_set(mm, "pcp", 0, NULL), 0);
	while (mm_alloc_pages(mm, &want, &pfn) == 0) {
		static const zone_t order[] = {1 * MAX_NR_ZONES + ZONE_NORMAL,
					       ZONE_NORMAL, ZONE_DMA32,
					       ZONE_DMA};
		const zone_t zid = mm_zone_of(mm, pfn);

		if (zid == last)
			continue;
		last = zid;
		if (nr < 4) /* later rounds go below low, from the start */
			ck_assert_uint_eq(zid, order[nr]);
		nr++;
	}
	ck_assert_uint_ge(nr, 4);
}
END_TEST

Suite *check_claims_suite(void)
{
	Suite *s = suite_create("core/claims");
	TCase *t = tcase_create("claims");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, below_min_only_emergency_requests_proceed);
	tcase_add_test(t, below_low_kswapd_wakes);
	tcase_add_test(t, kswapd_sleeps_at_high);
	tcase_add_test(t, promo_moves_the_target_when_tiering_is_on);
	tcase_add_test(t, the_boost_follows_a_stolen_pageblock_and_fades);
	tcase_add_test(t, noretry_gives_up_after_one_attempt_at_reclaim);
	tcase_add_test(t, retry_mayfail_stops_when_no_progress_is_made);
	tcase_add_test(t, nofail_never_fails);
	tcase_add_test(t, memalloc_dips_into_reserves);
	tcase_add_test(t, oom_comes_last);
	tcase_add_test(t, a_cpuset_and_a_group_limit_refuse);
	tcase_add_test(
		t,
		the_preferred_node_is_tried_first_and_the_zonelist_goes_downward);
	suite_add_tcase(s, t);
	return s;
}
