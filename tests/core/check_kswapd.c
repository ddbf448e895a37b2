/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When kswapd is woken, and when it may hope again; P17, R30, W29.
 */
#include "core/kswapd.h"
#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static int64_t node_number(unsigned int nid, const char *key)
{
	int64_t v = -1;

	mm_get_node(mm, nid, key, &v);
	return v;
}

static struct mm *marked(int64_t free)
{
	struct mm *world = given_free(64, 3);

	mm = world;
	set_marks(world, 80, 100, 110);
	mm_put_zone(world, Z, "NR_FREE_PAGES", free);
	return world;
}

/* Why it was left asleep the last time. */
static int32_t why_not(void)
{
	for (uint64_t i = mm_last_moment(mm); i > 0; i--)
		if (mm_event(mm, i)->type == EV_kswapd_let_sleep)
			return mm_event(mm, i)->arg[3];
	return REASON_NONE;
}

START_TEST(woken_below_high_only)
{
	marked(111);
	mm_record(mm, MM_RECORD_EVENTS);
	wakeup_kswapd(mm, Z, GFP_KERNEL, 0, ZONE_NORMAL);
	ck_assert_int_eq(node_number(0, "kswapd_asleep"), 1);
	ck_assert_int_eq(why_not(), REASON_NODE_BALANCED);
	/* what was asked for is noted all the same */
	ck_assert_int_eq(node_number(0, "kswapd_highest_zoneidx"), ZONE_NORMAL);
	mm_put_zone(mm, Z, "NR_FREE_PAGES", 110);
	mm_put_node(mm, 0, "kswapd_failures", 16);
	wakeup_kswapd(mm, Z, GFP_KERNEL, 0, ZONE_NORMAL);
	ck_assert_int_eq(node_number(0, "kswapd_asleep"), 1);
	ck_assert_int_eq(why_not(), REASON_NODE_HOPELESS);
	mm_put_node(mm, 0, "kswapd_failures", 15);
	wakeup_kswapd(mm, Z, GFP_KERNEL, 0, ZONE_NORMAL);
	ck_assert_int_eq(node_number(0, "kswapd_asleep"), 0);
}
END_TEST

START_TEST(a_boost_wakes_it_too)
{
	marked(1000);
	mm_put_zone(mm, Z, "watermark_boost", 1);
	wakeup_kswapd(mm, Z, GFP_KERNEL, 0, ZONE_NORMAL);
	ck_assert_int_eq(node_number(0, "kswapd_asleep"), 0);
}
END_TEST

/* Below the drift mark the differences of all CPUs are looked at. */
START_TEST(near_the_marks_every_difference_counts)
{
	marked(100);
	mm_put_zone(mm, Z, "percpu_drift_mark", 150);
	mm_put_pcp_field(mm, Z, 0, "zdiff_free", 20);
	wakeup_kswapd(mm, Z, GFP_KERNEL, 0, ZONE_NORMAL);
	ck_assert_int_eq(node_number(0, "kswapd_asleep"), 1);
	mm_put_zone(mm, Z, "percpu_drift_mark", 0);
	wakeup_kswapd(mm, Z, GFP_KERNEL, 0, ZONE_NORMAL);
	ck_assert_int_eq(node_number(0, "kswapd_asleep"), 0);
}
END_TEST

/* Given up, it is not woken; a flush above high lets it hope again. */
START_TEST(hope_returns_with_a_flush)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:Normal:0-128,1:Normal:128-256", NULL);
	mm = mm_create(&cfg, NULL);
	for (unsigned int n = 0; n < 2; n++)
		mm_put_node(mm, n, "kswapd_failures", 16);
	set_marks(mm, 80, 100, 1000);
	wakeup_kswapd(mm, Z, GFP_KERNEL, 0, ZONE_NORMAL);
	ck_assert_int_eq(node_number(0, "kswapd_asleep"), 1);

	set_marks(mm, 1, 2, 3);
	for (pfn_t nid = 0; nid < 2; nid++) {
		const zone_t zid = mm_zone_id(nid, ZONE_NORMAL);
		struct mm_request want = {.gfp = GFP_HIGHUSER_MOVABLE |
						 GFP_BIT_THISNODE,
					  .nid = (int16_t)nid};
		pfn_t pfns[8];

		for (int i = 0; i < 8; i++)
			mm_alloc_pages(mm, &want, &pfns[i]);
		mm_put_zone(mm, zid, "flags", ZONE_BELOW_HIGH);
		for (int i = 0; i < 8; i++)
			mm_free_pages(mm, pfns[i], 0, 0, NULL);
	}
	ck_assert_int_eq(node_number(0, "kswapd_failures"), 0);
	/* behind node 1 there is no other: it stays without hope */
	ck_assert_int_eq(node_number(1, "kswapd_failures"), 16);
}
END_TEST

Suite *check_kswapd_suite(void)
{
	Suite *s = suite_create("core/kswapd");
	TCase *tc = tcase_create("kswapd");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, woken_below_high_only);
	tcase_add_test(tc, a_boost_wakes_it_too);
	tcase_add_test(tc, near_the_marks_every_difference_counts);
	tcase_add_test(tc, hope_returns_with_a_flush);
	suite_add_tcase(s, tc);
	return s;
}
