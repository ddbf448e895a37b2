/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which nodes a task may use: P40, P41, G26.1, P28, and P19's test for a
 * cpuset that nothing can be had from.
 */
#include <errno.h>

#include "core/cpuset.h"
#include "support/people.h"

Suite *check_cpuset_suite(void);

#define GFP_USER ((gfp_t)0x100cc0)

static struct mm *mm;
static struct mm_error err;
static uint32_t p;

/* p may use node 1 only, and its CPU is on node 0. */
static void setup(void)
{
	mm = two_nodes();
	mm_set(mm, "schedule", 0, NULL);
	p = born(mm, "p", 0, 0);
	ck_assert_int_eq(mm_cpuset_new(mm, "one", 0, 2, NULL), 1);
	ck_assert_int_eq(mm_cpuset_add(mm, 1, p, NULL), 0);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
}

static void teardown(void)
{
	then_sound(mm);
	mm_destroy(mm);
	mm = NULL;
}

static int node_of(pfn_t pfn)
{
	return pfn == NO_PFN ? -1 : (int)(mm_zone_of(mm, pfn) / MAX_NR_ZONES);
}

/* P40, row by row. */
START_TEST(the_test_of_a_node)
{
	const uint32_t t = task_of(mm, p);

	ck_assert(cpuset_node_allowed(mm, t, 1, GFP_USER));
	ck_assert(!cpuset_node_allowed(mm, t, 0, GFP_USER));
	ck_assert(cpuset_node_allowed(mm, t, 0, GFP_KERNEL));
	set_flags(mm, p, PROCESS_EXITING);
	ck_assert(!cpuset_node_allowed(mm, t, 0, GFP_USER));
	ck_assert(cpuset_node_allowed(mm, t, 0, GFP_KERNEL));
	set_flags(mm, p, PROCESS_OOM_VICTIM);
	ck_assert(cpuset_node_allowed(mm, t, 0, GFP_USER));
	/* the library's own calls are confined by nothing */
	ck_assert(cpuset_node_allowed(mm, 0, 0, GFP_USER));
}
END_TEST

/* All requests, as long as the fast path serves them; and as they print. */
START_TEST(the_fast_path_is_confined)
{
	char text[40];

	ck_assert_int_eq(node_of(asks(mm, p, 0, GFP_KERNEL)), 1);
	mm_gfp_print((gfp_t)last_of(mm, EV_mm_page_alloc, 3), text,
		     sizeof text);
	ck_assert_str_eq(text, "GFP_USER");
	ck_assert_int_eq(node_of(asks(mm, p, 0, GFP_ATOMIC)), 1);
	ck_assert_int_eq(node_of(asks(mm, p, 0, GFP_USER)), 1);
	ck_assert_int_eq(node_of(alloc(mm, 0, GFP_KERNEL)), 0);
	/* nobody confines the library, but that shows as well */
	mm_gfp_print((gfp_t)last_of(mm, EV_mm_page_alloc, 3), text,
		     sizeof text);
	ck_assert_str_eq(text, "GFP_USER");
}
END_TEST

/* In the slow path only those that may not look over the wall are. */
START_TEST(the_slow_path_confines_user_requests)
{
	while (node_of(asks(mm, p, 0, GFP_USER | GFP_BIT_NORETRY)) == 1)
		;
	ck_assert_int_eq(last_of(mm, EV_zone_skipped, 1), REASON_CPUSET);
	ck_assert_int_eq(node_of(asks(mm, p, 0, GFP_KERNEL)), 0);
	ck_assert_int_eq(node_of(asks(mm, p, 0, GFP_ATOMIC)), 0);
	ck_assert_uint_eq(asks(mm, p, 0, GFP_USER | GFP_BIT_NORETRY), NO_PFN);
}
END_TEST

/* Until there is a cpuset, nobody asks, and no flag is added. */
START_TEST(without_cpusets_nothing_is_confined)
{
	char text[40];

	mm_destroy(mm);
	mm = two_nodes();
	p = born(mm, "p", 0, 0);
	mm_record(mm, MM_RECORD_EVENTS);
	ck_assert(!cpusets_enabled(mm));
	ck_assert_int_eq(node_of(asks(mm, p, 0, GFP_KERNEL)), 0);
	mm_gfp_print((gfp_t)last_of(mm, EV_mm_page_alloc, 3), text,
		     sizeof text);
	ck_assert_str_eq(text, "GFP_KERNEL");
}
END_TEST

/* Node 1 has movable memory only: a kernel page will not come from there. */
START_TEST(a_cpuset_with_no_kernel_memory_fails_at_once)
{
	struct mm_config cfg;

	mm_destroy(mm);
	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:Normal:0-128,1:Movable:128-256", NULL);
	mm = mm_create(&cfg, NULL);
	mm_set(mm, "schedule", 0, NULL);
	p = born(mm, "p", 0, 0);
	ck_assert(!cpusets_insane_config(mm));
	ck_assert_int_eq(mm_cpuset_new(mm, "movable", 0, 2, NULL), 1);
	ck_assert(cpusets_insane_config(mm));
	mm_cpuset_add(mm, 1, p, NULL);
	mm_record(mm, MM_RECORD_EVENTS);
	ck_assert_uint_eq(asks(mm, p, 0, GFP_USER), NO_PFN);
	ck_assert_int_eq(last_of(mm, EV_slowpath, 1), REASON_CPUSET);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_direct_reclaim_begin), 0);
	/* kernel requests go elsewhere, movable ones are at home there */
	ck_assert_int_eq(node_of(asks(mm, p, 0, GFP_KERNEL)), 0);
	ck_assert_int_eq(node_of(asks(mm, p, 0, GFP_HIGHUSER_MOVABLE)), 1);
}
END_TEST

/* P17.1: a forbidden node's kswapd is not woken, unless it may be used. */
START_TEST(kswapd_of_a_forbidden_node_sleeps_on)
{
	unsigned int woken[2] = {0, 0};

	while (asks(mm, p, 0, GFP_KERNEL | GFP_BIT_NORETRY) != NO_PFN)
		;
	for (unsigned int n = 0; n < 2; n++)
		mm_put_node(mm, n, "kswapd_asleep", 1);
	mm_record(mm, MM_RECORD_EVENTS);
	ck_assert_uint_eq(asks(mm, p, 0, GFP_USER | GFP_BIT_NORETRY), NO_PFN);
	ck_assert_uint_eq(seen(mm, EV_mm_vmscan_wakeup_kswapd), 1);
	ck_assert_int_eq(last_of(mm, EV_mm_vmscan_wakeup_kswapd, 0), 1);
	mm_record(mm, MM_RECORD_EVENTS);
	asks(mm, p, 0, GFP_KERNEL | GFP_BIT_NORETRY);
	for (uint64_t i = 1; i <= mm_last_moment(mm); i++)
		if (mm_event(mm, i)->type == EV_mm_vmscan_wakeup_kswapd)
			woken[mm_event(mm, i)->arg[0]]++;
	ck_assert_uint_eq(woken[0], 1);
}
END_TEST

/* P28: another cpuset in the middle of it, and the slow path starts anew. */
START_TEST(a_change_of_nodes_is_noticed)
{
	const uint32_t task = task_of(mm, p);
	const struct mm_request want = {.gfp = GFP_USER | GFP_BIT_NORETRY,
					.nid = 0};
	enum mm_quantum q = QUANTUM_AGAIN;

	while (node_of(asks(mm, p, 0, want.gfp)) == 1)
		;
	ck_assert_int_eq(mm_task_request(mm, task, &want, NULL), 0);
	while (mm->task[task].ladder.rung != RUNG_NOPAGE)
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	ck_assert_int_eq(mm_cpuset_set(mm, 1, 1, NULL), 0);
	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	ck_assert_uint_eq(mm->task[task].ladder.rung, RUNG_RESTART);
	while (q != QUANTUM_DONE)
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	ck_assert_int_eq(node_of(mm->task[task].result), 0);
}
END_TEST

/* P27.2: freed elsewhere at the last moment, it is out of reach: HARDWALL. */
START_TEST(the_last_look_stays_within_the_walls)
{
	const uint32_t task = task_of(mm, p);
	const struct mm_request want = {
		.gfp = GFP_KERNEL | GFP_BIT_RETRY_MAYFAIL, .nid = 0};
	const struct ladder *l = &mm->task[task].ladder;
	enum mm_quantum q;

	use_up(mm, 0);
	ck_assert_int_eq(mm_task_request(mm, task, &want, NULL), 0);
	while (l->rung != RUNG_OOM) {
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
		if (q == QUANTUM_SLEEP)
			mm_tick(mm, 1);
	}
	for (pfn_t pfn = 0; pfn < 100; pfn++)
		ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	ck_assert_uint_eq(l->rung, RUNG_NOPAGE);
	ck_assert_uint_eq(l->pfn, NO_PFN);
}
END_TEST

START_TEST(nodes_come_from_the_parent)
{
	ck_assert_int_eq(mm_cpuset_new(mm, "none", 0, 0, &err), -EINVAL);
	ck_assert_int_eq(mm_cpuset_new(mm, "far", 0, 4, &err), -EINVAL);
	ck_assert_str_eq(err.text, "expected at least one node, 0 to 1");
	ck_assert_int_eq(mm_cpuset_new(mm, "below", 1, 3, &err), -EINVAL);
	ck_assert_str_eq(err.text, "its parent one has no node 0");
	ck_assert_int_eq(mm_cpuset_new(mm, "one", 0, 2, &err), -EEXIST);
	ck_assert_int_eq(mm_cpuset_new(mm, "below", 1, 2, &err), 2);
	ck_assert_int_eq(mm_cpuset_set(mm, 1, 1, &err), -EINVAL);
	ck_assert_str_eq(err.text,
			 "below below it has other nodes: change it first");
	ck_assert_int_eq(mm_cpuset_set(mm, 1, 3, &err), 0);
	ck_assert_int_eq(mm_cpuset_set(mm, 2, 1, &err), 0);
	ck_assert_int_eq(mm_cpuset_set(mm, 3, 1, &err), -EINVAL);
	ck_assert_int_eq(mm_cpuset_add(mm, 3, p, &err), -EINVAL);
	ck_assert_int_eq(mm_cpuset_add(mm, 2, 9, &err), -EINVAL);
}
END_TEST

START_TEST(a_cpuset_is_found_by_its_name)
{
	struct mm_cpuset_info ci;

	ck_assert_uint_eq(mm_nr_cpusets(mm), 1);
	ck_assert_int_eq(mm_cpuset_find(mm, "one"), 1);
	ck_assert_int_eq(mm_cpuset_find(mm, "/"), 0);
	ck_assert_int_eq(mm_cpuset_find(mm, "two"), -ENOENT);
	mm_cpuset_info(mm, 1, &ci);
	ck_assert_str_eq(ci.name, "one");
	ck_assert_uint_eq(ci.mems, 2);
	mm_cpuset_info(mm, 0, &ci);
	ck_assert_str_eq(ci.name, "/");
	ck_assert_uint_eq(ci.mems, 3);
	mm_cpuset_info(mm, 2, &ci);
	ck_assert_str_eq(ci.name, "?");
	ck_assert_uint_eq(ci.mems, 0);
}
END_TEST

START_TEST(confinement_is_taken_back)
{
	struct mm *before;

	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	before = mm_clone(mm);
	mm_cpuset_set(mm, 1, 3, NULL);
	mm_cpuset_new(mm, "zero", 1, 1, NULL);
	mm_cpuset_add(mm, 2, p, NULL);
	ck_assert_int_eq(node_of(asks(mm, p, 0, GFP_USER)), 0);
	ck_assert_int_eq(mm_seek(mm, 0), 0);
	ck_assert_int_eq(mm_compare(mm, before), 0);
	mm_destroy(before);
}
END_TEST

Suite *check_cpuset_suite(void)
{
	Suite *s = suite_create("core/cpuset");
	TCase *tc = tcase_create("cpuset");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_test_of_a_node);
	tcase_add_test(tc, the_fast_path_is_confined);
	tcase_add_test(tc, the_slow_path_confines_user_requests);
	tcase_add_test(tc, without_cpusets_nothing_is_confined);
	tcase_add_test(tc, a_cpuset_with_no_kernel_memory_fails_at_once);
	tcase_add_test(tc, kswapd_of_a_forbidden_node_sleeps_on);
	tcase_add_test(tc, a_change_of_nodes_is_noticed);
	tcase_add_test(tc, the_last_look_stays_within_the_walls);
	tcase_add_test(tc, nodes_come_from_the_parent);
	tcase_add_test(tc, a_cpuset_is_found_by_its_name);
	tcase_add_test(tc, confinement_is_taken_back);
	suite_add_tcase(s, tc);
	return s;
}
