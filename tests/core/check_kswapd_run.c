/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kswapd's main loop: runs, naps, sleep, and what it counts; R31, R32, R35,
 * the examples R72 and R73.
 */
#include <stdlib.h>

#include "core/kswapd.h"
#include "core/task.h"
#include "core/vmscan.h"
#include "support/picture.h"

static struct mm *mm;

#define KSWAPD 1u

static const struct node *node(void)
{
	return &mm->st->node[0];
}

static const struct task *kswapd(void)
{
	return &mm->task[KSWAPD];
}

static uint64_t event_of(enum vm_event_item item)
{
	return mm->st->vm_event[item];
}

static unsigned int seen(enum mm_event_type type)
{
	unsigned int n = 0;

	for (uint64_t i = 1; i <= mm_last_moment(mm); i++)
		n += mm_event(mm, i)->type == type;
	return n;
}

/* Order of the last run that began. */
static int32_t last_order(void)
{
	int32_t order = -1;

	for (uint64_t i = 1; i <= mm_last_moment(mm); i++)
		if (mm_event(mm, i)->type == EV_mm_vmscan_kswapd_wake)
			order = mm_event(mm, i)->arg[1];
	return order;
}

/* 64 frames, @pages of them on the inactive list of files; marks set. */
static void world(unsigned int pages, int64_t high)
{
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE, .nid = -1, .attr = PAGE_LRU};
	pfn_t pfn;

	mm = given_free(64, 3);
	mm_set(mm, "schedule", 0, NULL);
	for (unsigned int i = 0; i < pages; i++)
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	set_marks(mm, 1, 2, high);
	mm_record(mm, MM_RECORD_EVENTS);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static void wakes(unsigned int order)
{
	op_enter(mm);
	wakeup_kswapd(mm, Z, GFP_KERNEL, order, ZONE_NORMAL);
	op_leave(mm);
}

/* Its quanta until it sleeps; how many there were. */
static unsigned int runs(void)
{
	enum mm_quantum q = QUANTUM_AGAIN;
	unsigned int n = 0;

	for (; q == QUANTUM_AGAIN; n++)
		ck_assert_int_eq(mm_run(mm, KSWAPD, &q, NULL), 0);
	then_sound(mm);
	return n;
}

START_TEST(it_works_naps_and_sleeps)
{
	world(40, 40);
	wakes(0);
	ck_assert_uint_eq(kswapd()->state, TASK_READY);
	ck_assert_uint_eq(node()->kswapd_asleep, 0);
	runs();
	ck_assert_int_gt(zone_page_state(mm, Z, NR_FREE_PAGES), 40);
	/* a nap counts as sleep */
	ck_assert_uint_eq(node()->kswapd_asleep, 1);
	ck_assert_uint_eq(kswapd()->wait, WAIT_NAP);
	ck_assert_uint_eq(kswapd()->wake_at, mm->st->jiffies + MM_HZ / 10);
	ck_assert_uint_eq(seen(EV_mm_vmscan_kswapd_sleep), 0);
	mm_tick(mm, MM_HZ / 10);
	runs();
	ck_assert_uint_eq(seen(EV_mm_vmscan_kswapd_sleep), 1);
	ck_assert_uint_eq(kswapd()->state, TASK_IDLE);
	ck_assert_uint_eq(event_of(VM_PAGEOUTRUN), 1);
	ck_assert_uint_eq(event_of(VM_KSWAPD_LOW_WMARK_HIT_QUICKLY), 0);
	ck_assert_uint_eq(event_of(VM_KSWAPD_HIGH_WMARK_HIT_QUICKLY), 0);
	ck_assert_int_ne(mm_run(mm, KSWAPD, &(enum mm_quantum){0}, NULL), 0);
}
END_TEST

/* R31: before it naps, what compaction has learnt to skip is forgotten. */
START_TEST(a_nap_makes_compaction_look_again)
{
	world(40, 40);
	STORE(mm, mm->zone[Z].compact_blockskip_flush, 1);
	wakes(0);
	runs();
	ck_assert_uint_eq(kswapd()->wait, WAIT_NAP);
	ck_assert_uint_eq(mm->zone[Z].compact_blockskip_flush, 0);
}
END_TEST

START_TEST(a_nap_cut_short_was_too_early)
{
	world(40, 40);
	wakes(0);
	runs();
	set_marks(mm, 1, 2, 50);
	wakes(2);
	ck_assert_uint_eq(node()->kswapd_asleep, 0);
	runs();
	ck_assert_uint_eq(event_of(VM_KSWAPD_LOW_WMARK_HIT_QUICKLY), 1);
	ck_assert_uint_eq(event_of(VM_KSWAPD_HIGH_WMARK_HIT_QUICKLY), 0);
	ck_assert_uint_eq(event_of(VM_PAGEOUTRUN), 2);
	ck_assert_int_eq(last_order(), 2);
}
END_TEST

START_TEST(what_does_not_last_through_a_nap_is_counted)
{
	world(40, 40);
	wakes(0);
	runs();
	set_marks(mm, 1, 2, 50);
	mm_tick(mm, MM_HZ / 10);
	runs();
	ck_assert_uint_eq(event_of(VM_KSWAPD_LOW_WMARK_HIT_QUICKLY), 0);
	ck_assert_uint_eq(event_of(VM_KSWAPD_HIGH_WMARK_HIT_QUICKLY), 1);
	ck_assert_uint_eq(event_of(VM_PAGEOUTRUN), 2);
}
END_TEST

/* R73: nothing to be had, 16 runs of 12 passes in a row, then no hope. */
START_TEST(sixteen_failures_are_enough)
{
	world(0, 100);
	wakes(0);
	runs();
	ck_assert_uint_eq(node()->kswapd_failures, MAX_RECLAIM_RETRIES);
	ck_assert_uint_eq(event_of(VM_PAGEOUTRUN), 16);
	ck_assert_uint_eq(seen(EV_mm_vmscan_kswapd_reclaim_fail), 16);
	/* between the runs, not after the last */
	ck_assert_uint_eq(event_of(VM_KSWAPD_HIGH_WMARK_HIT_QUICKLY), 15);
	ck_assert_uint_eq(kswapd()->wait, WAIT_NAP);
	/* it is not woken any more, but what was asked for is noted */
	wakes(0);
	ck_assert_uint_eq(node()->kswapd_asleep, 1);
	ck_assert_uint_eq(node()->kswapd_highest, ZONE_NORMAL);
}
END_TEST

START_TEST(a_run_in_vain_has_twelve_passes)
{
	unsigned int passes = 0;
	enum mm_quantum q;

	world(0, 100);
	wakes(0);
	mm_run(mm, KSWAPD, &q, NULL);
	for (; event_of(VM_PAGEOUTRUN) == 1; passes++) {
		ck_assert_int_eq(kswapd()->sc.priority, 12 - (int)passes);
		mm_run(mm, KSWAPD, &q, NULL);
	}
	ck_assert_uint_eq(passes, 12);
}
END_TEST

/* R35: progress alone does not make a node hope again, a balanced one does. */
START_TEST(hope_needs_a_balanced_node)
{
	world(40, 70);
	mm_put_node(mm, 0, "kswapd_failures", 15);
	wakes(0);
	runs();
	ck_assert_uint_gt(node()->stat[PGSTEAL_KSWAPD], 0);
	ck_assert_uint_ge(node()->kswapd_failures, 15);
	ck_assert_uint_eq(seen(EV_mm_vmscan_kswapd_clear_hopeless), 0);
	teardown();

	world(40, 40);
	mm_put_node(mm, 0, "kswapd_failures", 15);
	wakes(0);
	runs();
	ck_assert_uint_eq(node()->kswapd_failures, 0);
	ck_assert_uint_eq(seen(EV_mm_vmscan_kswapd_clear_hopeless), 1);
}
END_TEST

/* W22: while it works the counters' errors are kept small. */
START_TEST(counters_are_finer_while_it_works)
{
	world(40, 40);
	STORE(mm, mm->st->cfg.exact_counters, 0);
	refresh_zone_stat_thresholds(mm);
	ck_assert_uint_eq(mm->zone[Z].stat_threshold, 2);
	ck_assert_uint_gt(mm->zone[Z].percpu_drift_mark, 0);
	wakes(0);
	runs();
	ck_assert_uint_eq(mm->zone[Z].stat_threshold, 1);
	mm_tick(mm, MM_HZ / 10);
	runs();
	ck_assert_uint_eq(mm->zone[Z].stat_threshold, 2);
}
END_TEST

/* A quantum at a time, or all at once: the same world. */
START_TEST(stepping_is_running)
{
	struct mm *all;

	for (unsigned int order = 0; order < 4; order += 3) {
		world(50, 40);
		wakes(order);
		all = mm_clone(mm);
		mm_settle(all);
		runs();
		ck_assert_int_eq(mm_compare(mm, all), 0);
		mm_destroy(all);
		teardown();
	}
}
END_TEST

START_TEST(it_can_be_taken_back)
{
	uint64_t before, after, moment;

	world(50, 40);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	before = mm_hash(mm);
	wakes(3);
	runs();
	after = mm_hash(mm);
	moment = mm_now(mm);
	ck_assert_int_eq(mm_seek(mm, 0), 0);
	ck_assert_uint_eq(mm_hash(mm), before);
	ck_assert_int_eq(mm_seek(mm, moment), 0);
	ck_assert_uint_eq(mm_hash(mm), after);
	ck_assert_uint_ne(before, after);
}
END_TEST

/* In the middle of a run a world can be saved and goes on where it was. */
START_TEST(saved_in_the_middle_it_goes_on)
{
	unsigned char *bytes;
	struct mm_error err;
	enum mm_quantum q;
	struct mm *copy;
	size_t size;

	world(50, 40);
	wakes(0);
	for (int i = 0; i < 4; i++)
		mm_run(mm, KSWAPD, &q, NULL);
	ck_assert_int_eq(q, QUANTUM_AGAIN);
	ck_assert_int_eq(mm_save(mm, &bytes, &size), 0);
	copy = mm_load(bytes, size, &err);
	ck_assert_msg(copy != NULL, "%s", err.text);
	free(bytes);
	mm_settle(copy);
	runs();
	ck_assert_int_eq(mm_compare(mm, copy), 0);
	mm_destroy(copy);
}
END_TEST

Suite *check_kswapd_run_suite(void)
{
	Suite *s = suite_create("core/kswapd_run");
	TCase *tc = tcase_create("kswapd_run");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, it_works_naps_and_sleeps);
	tcase_add_test(tc, a_nap_makes_compaction_look_again);
	tcase_add_test(tc, a_nap_cut_short_was_too_early);
	tcase_add_test(tc, what_does_not_last_through_a_nap_is_counted);
	tcase_add_test(tc, sixteen_failures_are_enough);
	tcase_add_test(tc, a_run_in_vain_has_twelve_passes);
	tcase_add_test(tc, hope_needs_a_balanced_node);
	tcase_add_test(tc, counters_are_finer_while_it_works);
	tcase_add_test(tc, stepping_is_running);
	tcase_add_test(tc, it_can_be_taken_back);
	tcase_add_test(tc, saved_in_the_middle_it_goes_on);
	suite_add_tcase(s, tc);
	return s;
}
