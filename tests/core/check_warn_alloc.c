/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_warn_alloc.c - which requests the kernel's log tells of; O15, O16, O18
 */
#include "core/warn_alloc.h"

#include "core/task.h"
#include "support/picture.h"

Suite *check_warn_alloc_suite(void);

static struct mm *mm;

static void setup(void)
{
	mm = given_free(64, 3);
	set_marks(mm, 1000, 1100, 1200); /* nothing may be had */
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static unsigned int noted(enum mm_event_type type)
{
	unsigned int n = 0;

	for (uint64_t i = mm_first_moment(mm) + 1; i <= mm_last_moment(mm); i++)
		n += mm_event(mm, i)->type == type;
	return n;
}

/* A request fails; true if that was reported. */
static bool reported(gfp_t gfp)
{
	const unsigned int before = noted(EV_page_alloc_failure);

	ck_assert_uint_eq(alloc(mm, 0, gfp), NO_PFN);
	then_sound(mm);
	return noted(EV_page_alloc_failure) > before;
}

START_TEST(a_failure_is_reported)
{
	const struct mm_event *ev;

	ck_assert(reported(GFP_ATOMIC));
	/* ... | page_alloc_failure | slowpath | mm_page_alloc */
	ev = mm_event(mm, mm_last_moment(mm) - 2);
	ck_assert_uint_eq(ev->type, EV_page_alloc_failure);
	ck_assert_int_eq(ev->arg[0], 0);
	ck_assert_uint_eq((gfp_t)ev->arg[1], GFP_ATOMIC);
	ck_assert_uint_eq((uint32_t)ev->arg[2], ALL_NODES);
	ck_assert_int_eq(ev->arg[3], ZONE_NORMAL);
}
END_TEST

START_TEST(not_with_nowarn)
{
	ck_assert(!reported(GFP_NOWAIT));
	ck_assert(!reported(GFP_ATOMIC | GFP_BIT_NOWARN));
	ck_assert(reported(GFP_ATOMIC));
}
END_TEST

START_TEST(once_in_ten_seconds)
{
	ck_assert(reported(GFP_ATOMIC));
	ck_assert(!reported(GFP_ATOMIC));
	mm_tick(mm, 10 * MM_HZ - 1);
	ck_assert(!reported(GFP_ATOMIC));
	mm_tick(mm, 1);
	ck_assert(reported(GFP_ATOMIC));
	ck_assert(!reported(GFP_ATOMIC));
}
END_TEST

/* No zone DMA has memory: nobody wants to hear of it. */
START_TEST(not_for_dma_where_there_is_none)
{
	ck_assert(!reported(GFP_ATOMIC | GFP_BIT_DMA));
	ck_assert(reported(GFP_ATOMIC));
}
END_TEST

START_TEST(taken_back_it_may_be_reported_again)
{
	const uint64_t before = mm_last_moment(mm), hash = mm_hash(mm);

	ck_assert(reported(GFP_ATOMIC));
	ck_assert_int_eq(mm_seek(mm, before), 0);
	ck_assert_uint_eq(mm_hash(mm), hash);
	ck_assert_uint_eq(alloc(mm, 0, GFP_ATOMIC), NO_PFN);
	ck_assert_uint_eq(noted(EV_page_alloc_failure), 1);
}
END_TEST

/* O16: ten seconds on its way, and not more often than that */
START_TEST(a_request_that_takes_long_is_told_of)
{
	struct alloc_context ac = {
		.gfp = GFP_KERNEL, .order = 2, .nodemask = ALL_NODES};
	const struct mm_event *ev;

	mm_tick(mm, 100);
	warn_stall(mm, &ac, 100);
	mm_tick(mm, 10 * MM_HZ - 1);
	warn_stall(mm, &ac, 100);
	ck_assert_uint_eq(noted(EV_page_alloc_stall), 0);
	mm_tick(mm, 1);
	ac.gfp |= GFP_BIT_NOWARN;
	warn_stall(mm, &ac, 100);
	ck_assert_uint_eq(noted(EV_page_alloc_stall), 0);
	ac.gfp = GFP_KERNEL;
	warn_stall(mm, &ac, 100);
	warn_stall(mm, &ac, 100);
	ck_assert_uint_eq(noted(EV_page_alloc_stall), 1);
	ev = mm_event(mm, mm_last_moment(mm));
	ck_assert_int_eq(ev->arg[4], 10);
	mm_tick(mm, 10 * MM_HZ);
	warn_stall(mm, &ac, 100);
	ck_assert_uint_eq(noted(EV_page_alloc_stall), 2);
}
END_TEST

/* O18 */
START_TEST(nodes_out_of_reach_are_hidden)
{
	const uint32_t task = CALLER_TASK;

	ck_assert_str_eq(mm_task_cpuset(mm, task), "/");
	ck_assert_uint_eq(mm_mems_allowed(mm, task), 1);
	ck_assert_uint_eq(mm_report_nodes(mm, task, GFP_KERNEL, ALL_NODES), 1);
	ck_assert_uint_eq(mm_report_nodes(mm, task, GFP_KERNEL, 6), 6);
	/* whoever cannot reclaim might have taken from anywhere */
	ck_assert_uint_eq(mm_report_nodes(mm, task, GFP_ATOMIC, 6), ALL_NODES);
	task_set_flags(mm, task, TASK_MEMALLOC);
	ck_assert_uint_eq(mm_report_nodes(mm, task, GFP_KERNEL, 6), ALL_NODES);
	ck_assert_uint_eq(
		mm_report_nodes(mm, task, GFP_KERNEL | GFP_BIT_NOMEMALLOC, 6),
		6);
	/* there is no such task */
	ck_assert_uint_eq(mm_report_nodes(mm, 99, GFP_KERNEL, ALL_NODES), 1);
	ck_assert_str_eq(mm_task_cpuset(mm, 99), "/");
}
END_TEST

/* O17.9: what is in use below a mark, of the groups one level down */
START_TEST(groups_protect_what_they_use)
{
	struct mm_group_limits limits = mm_no_limits();
	const struct group *g = mm->st->group;
	int64_t min, low;
	int a, b, c;

	limits.min = 10;
	limits.low = 30;
	a = mm_group_new(mm, "a", 0, &limits, NULL);
	b = mm_group_new(mm, "b", 0, &limits, NULL);
	c = mm_group_new(mm, "c", (unsigned int)a, &limits, NULL);
	ck_assert(a > 0 && b > 0 && c > 0);
	STORE(mm, g[a].usage, 20);
	STORE(mm, g[b].usage, 4);
	STORE(mm, g[c].usage, 7);
	mm_protected_pages(mm, 0, &min, &low);
	ck_assert_int_eq(min, 10 + 4);
	ck_assert_int_eq(low, 20 + 4);
	mm_protected_pages(mm, (unsigned int)a, &min, &low);
	ck_assert_int_eq(min, 7);
	ck_assert_int_eq(low, 7);
	mm_protected_pages(mm, (unsigned int)c, &min, &low);
	ck_assert_int_eq(min, 0);
}
END_TEST

Suite *check_warn_alloc_suite(void)
{
	Suite *s = suite_create("core/warn_alloc");
	TCase *t = tcase_create("reports");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_failure_is_reported);
	tcase_add_test(t, not_with_nowarn);
	tcase_add_test(t, once_in_ten_seconds);
	tcase_add_test(t, not_for_dma_where_there_is_none);
	tcase_add_test(t, taken_back_it_may_be_reported_again);
	tcase_add_test(t, a_request_that_takes_long_is_told_of);
	tcase_add_test(t, nodes_out_of_reach_are_hidden);
	tcase_add_test(t, groups_protect_what_they_use);
	suite_add_tcase(s, t);
	return s;
}
