/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lists in turns, and when they stop; R18 with the examples of R78.
 */
#include <string.h>

#include "core/vmscan.h"
#include "support/picture.h"

/** Pages that a scan of 32 gives, and what was scanned. */
struct script {
	int64_t gives[LRU_UNEVICTABLE], scanned[LRU_UNEVICTABLE];
	unsigned int scans;
};

static int64_t scan(void *arg, enum lru_list lru, int64_t n)
{
	struct script *s = arg;

	ck_assert_int_le(n, SWAP_CLUSTER_MAX);
	s->scanned[lru] += n;
	s->scans++;
	return s->gives[lru] * n / SWAP_CLUSTER_MAX;
}

static int64_t runs(struct script *s, const int64_t counts[LRU_UNEVICTABLE],
		    int64_t target, bool whole)
{
	struct scan_plan plan;

	memcpy(plan.orig, counts, sizeof plan.orig);
	memcpy(plan.rest, counts, sizeof plan.rest);
	return run_scan_plan(&plan, target, whole, scan, s);
}

static const int64_t counts[] = {64, 32, 320, 64};

START_TEST(enough_is_enough)
{
	struct script s = {.gives = {4, 0, 16, 0}};

	ck_assert_int_eq(runs(&s, counts, 32, false), 40);
	ck_assert_int_eq(s.scanned[LRU_INACTIVE_ANON], 64);
	ck_assert_int_eq(s.scanned[LRU_ACTIVE_ANON], 32);
	ck_assert_int_eq(s.scanned[LRU_INACTIVE_FILE], 64);
	ck_assert_int_eq(s.scanned[LRU_ACTIVE_FILE], 64);
}
END_TEST

START_TEST(direct_reclaim_begins_with_all_of_it)
{
	struct script s = {.gives = {4, 0, 16, 0}};

	ck_assert_int_eq(runs(&s, counts, 32, true), 168);
	ck_assert_int_eq(s.scanned[LRU_INACTIVE_FILE], 320);
}
END_TEST

START_TEST(the_shares_are_kept)
{
	static const int64_t even[] = {96, 96, 96, 0};
	struct script s = {.gives = {8, 0, 8, 0}};

	runs(&s, even, 16, false);
	/* 35 per cent of 96 each, 32 of them in the first round */
	ck_assert_int_eq(s.scanned[LRU_INACTIVE_ANON], 33);
	ck_assert_int_eq(s.scanned[LRU_ACTIVE_ANON], 33);
	ck_assert_int_eq(s.scanned[LRU_INACTIVE_FILE], 32);
	ck_assert_uint_eq(s.scans, 5);
}
END_TEST

START_TEST(active_anon_alone_is_not_scanned)
{
	static const int64_t only[] = {0, 96, 0, 0};
	struct script s = {.gives = {0}};

	ck_assert_int_eq(runs(&s, only, 32, false), 0);
	ck_assert_uint_eq(s.scans, 0);
}
END_TEST

Suite *check_shrink_lruvec_suite(void)
{
	Suite *s = suite_create("core/shrink_lruvec");
	TCase *tc = tcase_create("shrink_lruvec");

	tcase_add_test(tc, enough_is_enough);
	tcase_add_test(tc, direct_reclaim_begins_with_all_of_it);
	tcase_add_test(tc, the_shares_are_kept);
	tcase_add_test(tc, active_anon_alone_is_not_scanned);
	suite_add_tcase(s, tc);
	return s;
}
