/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dirty limit of a node, and who minds it: P8.
 */
#include "core/dirty.h"

#include "core/vmstat.h"
#include "support/people.h"

Suite *check_dirty_suite(void);

static struct mm *mm;

static void setup(void)
{
	mm = two_nodes();
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static void set_dirty(unsigned int nid, int64_t pages)
{
	mod_node_page_state(mm, nid, NR_DIRTY,
			    pages - node_page_state(mm, nid, NR_DIRTY));
}

static unsigned int node_of_write(gfp_t gfp)
{
	const pfn_t pfn = alloc(mm, 0, gfp | GFP_BIT_WRITE);

	ck_assert_uint_ne(pfn, NO_PFN);
	return zone_nid(mm_zone_of(mm, pfn));
}

/* 128 pages free less the high mark; 20 % of them. */
START_TEST(as_many_as_the_limit_are_ok_one_more_is_not)
{
	const int64_t high = mm->zone[Z].wmark[WMARK_HIGH];
	const int64_t limit = node_dirty_limit(mm, 0, false);

	ck_assert_int_eq(node_dirtyable_memory(mm, 0), 128 - high);
	ck_assert_int_eq(limit, (128 - high) * 20 / 100);
	set_dirty(0, limit);
	ck_assert(node_dirty_ok(mm, 0, 0));
	set_dirty(0, limit + 1);
	ck_assert(!node_dirty_ok(mm, 0, 0));
	ck_assert(node_dirty_ok(mm, 1, 0));
	set_dirty(0, limit - 1);
	mod_node_page_state(mm, 0, NR_WRITEBACK, 1); /* counts, too */
	ck_assert(node_dirty_ok(mm, 0, 0));
	mod_node_page_state(mm, 0, NR_WRITEBACK, 1);
	ck_assert(!node_dirty_ok(mm, 0, 0));
}
END_TEST

START_TEST(a_realtime_task_has_a_quarter_more)
{
	const int64_t limit = node_dirty_limit(mm, 0, false);

	set_dirty(0, limit + limit / 4);
	ck_assert(!node_dirty_ok(mm, 0, 0));
	task_set_flags(mm, 0, TASK_REALTIME);
	ck_assert(node_dirty_ok(mm, 0, 0));
}
END_TEST

/* A limit in bytes is shared by what each node could have. */
START_TEST(a_size_is_divided_among_the_nodes)
{
	const int64_t d = node_dirtyable_memory(mm, 0);

	ck_assert_int_eq(mm_set(mm, "vm.dirty_kbytes", 41, NULL), 0);
	ck_assert_int_eq(node_dirty_limit(mm, 0, false), 11 * d / (2 * d + 1));
}
END_TEST

START_TEST(pages_to_be_written_go_where_there_is_room)
{
	set_dirty(0, node_dirty_limit(mm, 0, false) + 1);
	ck_assert_uint_eq(node_of_write(GFP_HIGHUSER_MOVABLE), 1);
	ck_assert_int_eq(last_of(mm, EV_zone_skipped, 1), REASON_DIRTY_LIMIT);
	/* others do not mind */
	ck_assert_uint_eq(
		zone_nid(mm_zone_of(mm, alloc(mm, 0, GFP_HIGHUSER_MOVABLE))),
		0);
	set_dirty(0, 0);
	ck_assert_uint_eq(node_of_write(GFP_HIGHUSER_MOVABLE), 0);
}
END_TEST

/* All nodes are over their limit: the slow path looks no more. */
START_TEST(the_slow_path_ignores_the_limit)
{
	set_dirty(0, 1000);
	set_dirty(1, 1000);
	ck_assert_uint_eq(node_of_write(GFP_HIGHUSER_MOVABLE), 0);
	ck_assert_uint_gt(seen(mm, EV_slowpath), 0);
}
END_TEST

/* The same with nobody recording: no short cut forgets the limit. */
START_TEST(quick_requests_mind_the_limit)
{
	ck_assert_int_eq(mm_record(mm, MM_RECORD_OFF), 0);
	for (int i = 0; i < 8; i++)
		ck_assert_uint_eq(node_of_write(GFP_HIGHUSER_MOVABLE), 0);
	set_dirty(0, 1000);
	ck_assert_uint_eq(node_of_write(GFP_HIGHUSER_MOVABLE), 1);
}
END_TEST

Suite *check_dirty_suite(void)
{
	Suite *s = suite_create("core/dirty");
	TCase *tc = tcase_create("dirty");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, as_many_as_the_limit_are_ok_one_more_is_not);
	tcase_add_test(tc, a_realtime_task_has_a_quarter_more);
	tcase_add_test(tc, a_size_is_divided_among_the_nodes);
	tcase_add_test(tc, pages_to_be_written_go_where_there_is_room);
	tcase_add_test(tc, the_slow_path_ignores_the_limit);
	tcase_add_test(tc, quick_requests_mind_the_limit);
	suite_add_tcase(s, tc);
	return s;
}
