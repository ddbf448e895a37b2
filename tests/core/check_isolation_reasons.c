/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_isolation_reasons.c - every way in which isolation fails
 *
 * Each reason why a pageblock stays open, and each end of a range, a CMA
 * area, a memory block.
 */
#include "reasons.h"

#include <errno.h>

#include "core/lru_batch.h"

Suite *check_isolation_reasons_suite(void);

static struct wanted wanted[] = {
/* isolation, and its users */
#define ISOLATION(why)                                                         \
	{                                                                      \
		EV_isolate_refused, 1, why, 0, ANY, 0                          \
	}
#define CONTIG(e)                                                              \
	{                                                                      \
		EV_contig_done, 2, e, 0, ANY, 0                                \
	}
#define OFFLINE(e)                                                             \
	{                                                                      \
		EV_memory_offline_done, 2, e, 0, ANY, 0                        \
	}
	ISOLATION(REASON_PAGE_RESERVED),
	ISOLATION(REASON_PAGE_NOT_LRU),
	ISOLATION(REASON_PAGE_CROSSES),
	ISOLATION(REASON_BLOCK_ISOLATED),
	ISOLATION(REASON_BLOCK_CMA),
	ISOLATION(REASON_BLOCK_HOLE),
	{EV_test_pages_isolated, 3, 0, 0, ANY, 0},
	{EV_test_pages_isolated, 3, 1, 0, ANY, 0},
	CONTIG(0),
	CONTIG(-EBUSY),
	CONTIG(-ENOMEM),
	CONTIG(-EINTR),
	{EV_cma_alloc_busy_retry, 0, ANY, 0, ANY, 0},
	{EV_cma_alloc_finish, 4, 0, 0, ANY, 0},
	{EV_cma_alloc_finish, 4, -EBUSY, 0, ANY, 0},
	OFFLINE(0),
	OFFLINE(-EBUSY),
	OFFLINE(-EINTR),
};

#define WANTED (sizeof wanted / sizeof wanted[0])

static void told(void)
{
	tally(wanted, WANTED);
}

static void isolate(pfn_t start, pfn_t end, int e)
{
	ck_assert_int_eq(mm_isolate_range(mm, start, end, ISOLATE_OTHER, NULL),
			 e);
	then_sound(mm);
}

static void pageblocks_that_stay_open(void)
{
	const struct mm_request large = {.order = 3,
					 .gfp = GFP_HIGHUSER_MOVABLE |
						GFP_BIT_COMP,
					 .attr = PAGE_LRU,
					 .nid = -1};
	pfn_t pfn;

	mm = given("#... M... ....");
	mm_record(mm, MM_RECORD_EVENTS);
	isolate(1, 4, -EBUSY);
	isolate(4, 8, -EBUSY);
	told();
	mm = given(".... ....");
	mm_record(mm, MM_RECORD_EVENTS);
	ck_assert_int_eq(mm_alloc_pages(mm, &large, &pfn), 0);
	isolate(4, 8, -EBUSY);
	told();
	mm = given_types(".... ....", "CM");
	mm_record(mm, MM_RECORD_EVENTS);
	isolate(0, 4, -EBUSY);
	told();
	given_zones("0:DMA:0-1100,0:Normal:1100-3072"); /* two share one */
	for (pfn_t p = 1100; p < 1536; p++)
		put(p, 0, MOVABLE);
	rest_is_u();
	for (pfn_t p = 1024; p < 1100; p++)
		put(p, 0, MOVABLE);
	STORE(mm, mm->zone[ZONE_DMA].managed, 76);
	isolate(1200, 1204, -EBUSY);
	told();
}

static void range(pfn_t start, pfn_t end)
{
	const struct mm_range_request want = {.start = start,
					      .end = end,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL};

	ck_assert_int_eq(mm_task_contig(mm, task, &want, NULL), 0);
}

static void ranges(void)
{
	enum mm_quantum q;

	mm = given("m.m. .... ....");
	mm_record(mm, MM_RECORD_EVENTS);
	a_user();
	range(0, 4);
	run_all();
	ck_assert_int_eq(mm_contig_result(mm, task), 0);
	told();
	mm = given("m... mmmm");
	mm_range_pages(mm, 0, 8, PAGE_OP_DIRTY, NULL);
	mm_record(mm, MM_RECORD_EVENTS);
	a_user();
	range(4, 8); /* nowhere to go */
	run_all();
	ck_assert_int_eq(mm_contig_result(mm, task), -ENOMEM);
	told();
	mm = given("m.m. .... ....");
	mm_record(mm, MM_RECORD_EVENTS);
	a_user();
	mm_range_pages(mm, 0, 1, PAGE_OP_HOLD, NULL);
	range(0, 4); /* it does not move, and the test says so */
	run_all();
	ck_assert_int_eq(mm_contig_result(mm, task), -EBUSY);
	lru_add_drain_all(mm);
	range(0, 4); /* somebody shuts it first */
	isolate(0, 4, 0);
	run_all();
	ck_assert_int_eq(mm_contig_result(mm, task), -EBUSY);
	range(0, 4);
	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	kill();
	run_all();
	ck_assert_int_eq(mm_contig_result(mm, task), -EINTR);
	told();
}

static void areas(void)
{
	const struct mm_range_request want = {.nr = 16,
					      .area = 1,
					      .align = 4,
					      .mode = ISOLATE_CMA,
					      .gfp = GFP_KERNEL};
	pfn_t pfn;

	given_tiny("cma", "64-128");
	isolate(0, 16, 0);
	ck_assert_int_eq(mm_isolate_range(mm, 64, 80, ISOLATE_CMA, NULL), 0);
	for (int n = 0; n < 3; n++)
		ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), 0);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), 0);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), -EBUSY);
	told();
}

static void memory_blocks(void)
{
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE, .attr = PAGE_LRU, .nid = -1};
	pfn_t pfn;

	given_tiny(NULL, NULL);
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_int_eq(mm_memory_offline(mm, 3, 1, NULL), 0);
	lru_add_drain_all(mm);
	mm_range_pages(mm, pfn, pfn + 1, PAGE_OP_PIN, NULL);
	ck_assert_int_eq(mm_memory_offline(mm, pfn / 64, 1, NULL), -EINTR);
	lru_add_drain_all(mm);
	mm_range_pages(mm, pfn, pfn + 1, PAGE_OP_UNPIN, NULL);
	mm_range_pages(mm, pfn, pfn + 1, PAGE_OP_UNMOVABLE, NULL);
	ck_assert_int_eq(mm_memory_offline(mm, pfn / 64, 1, NULL), -EBUSY);
	told();
}

START_TEST(every_reason_is_met)
{
	static void (*const stories[])(void) = {
		pageblocks_that_stay_open,
		ranges,
		areas,
		memory_blocks,
	};

	for (size_t i = 0; i < sizeof stories / sizeof stories[0]; i++)
		stories[i]();
	then_all_met(wanted, WANTED);
}
END_TEST

Suite *check_isolation_reasons_suite(void)
{
	Suite *s = suite_create("core/isolation_reasons");
	TCase *t = tcase_create("reasons");

	tcase_add_checked_fixture(t, NULL, example_over);
	tcase_add_test(t, every_reason_is_met);
	suite_add_tcase(s, t);
	return s;
}
