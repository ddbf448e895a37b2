/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reclaim on the preferred node before another is tried; P5.8, P9.
 */
#include <errno.h>

#include "core/lru_batch.h"
#include "core/node_reclaim.h"
#include "core/vmstat.h"
#include "support/picture.h"

static struct mm *mm;

/* Two nodes; the first is full of page cache, nobody's kswapd works. */
static void given_full(const char *zones)
{
	const struct mm_request want = {.gfp = GFP_ATOMIC | GFP_BIT_MOVABLE |
					       GFP_BIT_THISNODE |
					       GFP_BIT_MEMALLOC,
					.nid = 0,
					.attr = PAGE_LRU};
	struct mm_config cfg;
	pfn_t pfn;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "pcp", "off", NULL);
	mm_config_set(&cfg, "zones", zones, NULL);
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	mm_set(mm, "schedule", 0, NULL);
	while (mm_alloc_pages(mm, &want, &pfn) == 0)
		;
	mm_put_node(mm, 0, "kswapd_asleep", 1);
	mm_put_node(mm, 1, "kswapd_asleep", 1);
}

static void setup(void)
{
	given_full("0:Normal:0-128,1:Normal:128-256");
}

static void teardown(void)
{
	mm_destroy(mm);
}

static pfn_t asks(gfp_t gfp)
{
	const struct mm_request want = {.gfp = gfp, .nid = 0};
	pfn_t pfn;

	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	then_sound(mm);
	return pfn;
}

static uint64_t event_of(enum vm_event_item item)
{
	return mm->st->vm_event[item];
}

START_TEST(by_default_the_next_node_gives)
{
	ck_assert_uint_ge(asks(GFP_KERNEL), 128);
	ck_assert_uint_eq(event_of(VM_ZONE_RECLAIM_SUCCESS), 0);
}
END_TEST

START_TEST(with_the_mode_this_node_gives)
{
	mm_set(mm, "vm.zone_reclaim_mode", 1, NULL);
	ck_assert_uint_lt(asks(GFP_KERNEL), 128);
	ck_assert_uint_eq(event_of(VM_ZONE_RECLAIM_SUCCESS), 1);
	ck_assert_int_ge(mm->st->node[0].stat[PGSTEAL_DIRECT], 4);
}
END_TEST

/* Any number from 0 on is taken, as the sysctl does. */
START_TEST(unknown_bits_of_the_mode_are_taken)
{
	ck_assert_int_eq(mm_set(mm, "vm.zone_reclaim_mode", 8, NULL), 0);
	ck_assert_int_eq(mm_set(mm, "vm.zone_reclaim_mode", -1, NULL), -EINVAL);
}
END_TEST

START_TEST(who_may_not_wait_goes_elsewhere)
{
	mm_set(mm, "vm.zone_reclaim_mode", 1, NULL);
	ck_assert_uint_ge(asks(GFP_ATOMIC), 128);
	ck_assert_uint_eq(event_of(VM_ZONE_RECLAIM_SUCCESS) +
				  event_of(VM_ZONE_RECLAIM_FAILED),
			  0);
}
END_TEST

/* Mapped and dirty pages are left out by the mode. */
START_TEST(a_little_page_cache_is_left)
{
	mm_set(mm, "vm.zone_reclaim_mode", 1, NULL);
	STORE(mm, mm->st->node[0].stat[NR_DIRTY], 127);
	ck_assert_uint_ge(asks(GFP_KERNEL), 128);
	ck_assert_uint_eq(event_of(VM_ZONE_RECLAIM_SUCCESS), 0);
	STORE(mm, mm->st->node[0].stat[NR_DIRTY], 0);
	mm_set(mm, "vm.min_unmapped_ratio", 100, NULL);
	ck_assert_uint_ge(asks(GFP_KERNEL), 128);
	ck_assert_uint_eq(event_of(VM_ZONE_RECLAIM_SUCCESS), 0);
}
END_TEST

/*
 * W19: shares are cut off in each zone of the node, 192 and 256 frames: 1 + 2
 * frames of page cache and 9 + 12 of slab by default, not 4 and 22.
 */
static void two_zones(void)
{
	mm_destroy(mm);
	given_full("0:DMA32:0-192,0:Normal:192-448,1:Normal:448-576");
	lru_add_drain_all(mm);
	ck_assert_uint_eq(mm->zone[mm_zone_id(0, ZONE_DMA32)].managed, 192);
	ck_assert_uint_eq(mm->zone[mm_zone_id(0, ZONE_NORMAL)].managed, 256);
}

#define ALL INT64_C(-1)

static const struct share {
	uint32_t mode;
	int unmapped_ratio, slab_ratio;
	int64_t rest;	/* clean unmapped page cache; ALL: all of it */
	int64_t mapped; /* ALL: all of the page cache */
	int64_t slab;
	bool tried;
} shares[] = {
	{1, 1, 5, .rest = 3, .tried = false},
	{1, 1, 5, .rest = 4, .tried = true},
	{1, 1, 5, .rest = 3, .slab = 21, .tried = false},
	{1, 1, 5, .rest = 3, .slab = 22, .tried = true},
	{1, 0, 5, .rest = 0, .tried = false},
	{1, 0, 5, .rest = 1, .tried = true},
	{1, 2, 5, .rest = 8, .tried = false}, /* 3 + 5 */
	{1, 2, 5, .rest = 9, .tried = true},
	{1, 100, 0, .rest = ALL, .slab = 0, .tried = false},
	{1, 100, 0, .rest = ALL, .slab = 1, .tried = true},
	/* dirty pages count where they may be written, mapped ones ... */
	{3, 1, 5, .rest = 0, .tried = true},
	{5, 1, 5, .rest = 0, .tried = false},
	{1, 1, 5, .rest = ALL, .mapped = ALL, .tried = false},
	{3, 1, 5, .rest = ALL, .mapped = ALL, .tried = false},
	{5, 1, 5, .rest = ALL, .mapped = ALL, .tried = true},
};

START_TEST(a_share_of_each_zone_is_left)
{
	const struct share *s = &shares[_i];
	const struct mm_request want = {.gfp = GFP_KERNEL, .nid = 0};
	const struct node *n;
	int64_t pages;
	pfn_t pfn;

	two_zones();
	n = &mm->st->node[0];
	pages = n->stat[NR_ACTIVE_FILE] + n->stat[NR_INACTIVE_FILE];
	ck_assert_int_gt(pages, 400);
	mm_set(mm, "vm.zone_reclaim_mode", s->mode, NULL);
	mm_set(mm, "vm.min_unmapped_ratio", s->unmapped_ratio, NULL);
	mm_set(mm, "vm.min_slab_ratio", s->slab_ratio, NULL);
	STORE(mm, n->stat[NR_FILE_PAGES], pages);
	STORE(mm, n->stat[NR_MAPPED], s->mapped == ALL ? pages : s->mapped);
	STORE(mm, n->stat[NR_DIRTY], s->rest == ALL ? 0 : pages - s->rest);
	STORE(mm, n->stat[NR_SLAB_RECLAIMABLE], s->slab);
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_int_eq(event_of(VM_ZONE_RECLAIM_SUCCESS) +
					 event_of(VM_ZONE_RECLAIM_FAILED) >
				 0,
			 s->tried);
	ck_assert_int_eq(pfn < 448, s->tried);
}
END_TEST

START_TEST(far_away_it_is_not_worth_it)
{
	mm_set(mm, "vm.zone_reclaim_mode", 1, NULL);
	STORE(mm, mm->st->cfg.distance[0][0], 31);
	ck_assert_uint_ge(asks(GFP_KERNEL), 128);
}
END_TEST

Suite *check_node_reclaim_suite(void)
{
	Suite *s = suite_create("core/node_reclaim");
	TCase *tc = tcase_create("node_reclaim");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, by_default_the_next_node_gives);
	tcase_add_test(tc, with_the_mode_this_node_gives);
	tcase_add_test(tc, unknown_bits_of_the_mode_are_taken);
	tcase_add_test(tc, who_may_not_wait_goes_elsewhere);
	tcase_add_test(tc, a_little_page_cache_is_left);
	tcase_add_loop_test(tc, a_share_of_each_zone_is_left, 0,
			    (int)(sizeof shares / sizeof shares[0]));
	tcase_add_test(tc, far_away_it_is_not_worth_it);
	suite_add_tcase(s, tc);
	return s;
}
