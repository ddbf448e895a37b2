/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page follows its task, or finds no room: W42, W28, G41.
 */
#include <errno.h>
#include <string.h>

#include "core/lru.h"
#include "core/kswapd.h"
#include "support/people.h"

Suite *check_promotion_suite(void);

static struct mm *mm;
static uint32_t task; /* on a CPU of node 0 */

/* Node 0 is fast, node 1 slow; 128 frames each, high mark 20 in both. */
static void setup(void)
{
	mm = two_nodes();
	task = task_of(mm, born(mm, "app", 0, 0));
	STORE(mm, mm->st->cfg.tier[1], 1);
	for (unsigned int nid = 0; nid < 2; nid++) {
		const zone_t zid = mm_zone_id(nid, ZONE_NORMAL);

		for (int w = 0; w < NR_WMARK; w++)
			STORE(mm, mm->zone[zid].wmark[w], 10 * w);
	}
	mm_set(mm, "schedule", 0, NULL);
	mm_record(mm, MM_RECORD_EVENTS);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static pfn_t page_on(unsigned int nid, uint16_t attr)
{
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE | GFP_BIT_THISNODE,
		.nid = (int16_t)nid,
		.attr = (uint16_t)(PAGE_LRU | PAGE_SWAPBACKED | attr),
	};
	pfn_t pfn;

	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	return pfn;
}

/* Only so many frames of node 0 are free. */
static void leave(unsigned int left)
{
	struct mm_request want = {.gfp = GFP_ATOMIC | GFP_BIT_MEMALLOC |
					 GFP_BIT_THISNODE,
				  .nid = 0};
	pfn_t pfn;

	mm_set(mm, "pcp", 0, NULL);
	while (zone_page_state(mm, Z, NR_FREE_PAGES) > left)
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
}

static uint64_t vm(enum vm_event_item item)
{
	return mm->st->vm_event[item];
}

START_TEST(a_page_follows_its_task)
{
	const pfn_t pfn = page_on(1, PAGE_ACTIVE);
	pfn_t to;

	ck_assert_int_eq(mm_task_promote(mm, task, pfn, &to, NULL), 0);
	ck_assert_uint_eq(page_nid(mm, to), 0);
	ck_assert(mm->page[to].attr & PAGE_ACTIVE);
	ck_assert_uint_eq(vm(VM_NUMA_PAGES_MIGRATED), 1);
	ck_assert_uint_eq(vm(VM_PGMIGRATE_SUCCESS), 1);
	/* it was balanced, not promoted: there is no tiering */
	ck_assert_int_eq(node_page_state(mm, 0, PGPROMOTE_SUCCESS), 0);
	then_sound_on_paper(mm);
}
END_TEST

START_TEST(with_tiering_it_is_promoted)
{
	pfn_t to;

	mm_set(mm, "kernel.numa_balancing", 2, NULL);
	ck_assert_int_eq(mm_task_promote(mm, task, page_on(1, 0), &to, NULL),
			 0);
	ck_assert_int_eq(node_page_state(mm, 0, PGPROMOTE_SUCCESS), 1);
}
END_TEST

/* High mark 20, one page wanted: 21 free are not enough, 22 are. */
START_TEST(it_needs_room_above_the_high_mark)
{
	const pfn_t pfn = page_on(1, 0);
	pfn_t to;

	mm_set(mm, "kernel.numa_balancing", 1, NULL);
	leave(21);
	ck_assert_int_eq(mm_task_promote(mm, task, pfn, &to, NULL), -EAGAIN);
	ck_assert_uint_eq(to, NO_PFN);
	ck_assert_uint_eq(page_nid(mm, pfn), 1);
	ck_assert_int_eq(last_of(mm, EV_promote, 4), REASON_NODE_FULL);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_wakeup_kswapd), 0);
	teardown();
	setup();
	leave(22);
	ck_assert_int_eq(mm_task_promote(mm, task, page_on(1, 0), &to, NULL),
			 0);
}
END_TEST

/* For its order, and zones up to Movable; the page is left where it is. */
START_TEST(with_tiering_kswapd_makes_room)
{
	const pfn_t pfn = page_on(1, 0);
	pfn_t to;

	mm_set(mm, "kernel.numa_balancing", 2, NULL);
	leave(21);
	ck_assert_int_eq(mm_task_promote(mm, task, pfn, &to, NULL), -EAGAIN);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_wakeup_kswapd), 1);
	ck_assert_uint_eq(mm->st->node[0].kswapd_highest, ZONE_MOVABLE);
	ck_assert_uint_eq(mm->st->node[0].kswapd_order, 0);
	ck_assert_uint_eq(mm->st->node[1].kswapd_highest, KSWAPD_NONE);
}
END_TEST

START_TEST(what_cannot_move_is_refused)
{
	const pfn_t near = page_on(0, 0), pinned = page_on(1, PAGE_PINNED);
	const struct mm_request want = {.gfp = GFP_KERNEL | GFP_BIT_THISNODE,
					.nid = 1};
	pfn_t to, kernel;
	uint64_t before;

	ck_assert_int_eq(mm_alloc_pages(mm, &want, &kernel), 0);
	before = mm_hash(mm);
	ck_assert_int_eq(mm_task_promote(mm, task, near, &to, NULL), -EINVAL);
	ck_assert_int_eq(mm_task_promote(mm, task, pinned, &to, NULL), -EBUSY);
	ck_assert_int_eq(mm_task_promote(mm, task, kernel, &to, NULL), -EINVAL);
	ck_assert_int_eq(mm_task_promote(mm, task, 250, &to, NULL), -EINVAL);
	ck_assert_int_eq(mm_task_promote(mm, task, NO_PFN, &to, NULL), -EINVAL);
	ck_assert_int_eq(mm_task_promote(mm, 99, near, &to, NULL), -EINVAL);
	ck_assert_uint_eq(mm_hash(mm), before);
}
END_TEST

Suite *check_promotion_suite(void)
{
	Suite *s = suite_create("core/promotion");
	TCase *tc = tcase_create("promotion");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_page_follows_its_task);
	tcase_add_test(tc, with_tiering_it_is_promoted);
	tcase_add_test(tc, it_needs_room_above_the_high_mark);
	tcase_add_test(tc, with_tiering_kswapd_makes_room);
	tcase_add_test(tc, what_cannot_move_is_refused);
	suite_add_tcase(s, tc);
	return s;
}
