/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking is total: what is out of range is empty, and nothing is read there.
 */
#include <string.h>

#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

START_TEST(lists_out_of_range_are_empty)
{
	const enum migratetype no_type = MIGRATE_TYPES;

	mm = given("M... ....");
	ck_assert_uint_eq(mm_nr_free(mm, 500, 0, MIGRATE_MOVABLE), 0);
	ck_assert_uint_eq(mm_nr_free(mm, Z, 99, MIGRATE_MOVABLE), 0);
	ck_assert_uint_eq(mm_nr_free(mm, Z, 0, no_type), 0);
	ck_assert_uint_eq(mm_nr_free_order(mm, NO_ZONE, 0), 0);
	ck_assert_uint_eq(mm_nr_free_order(mm, Z, 64), 0);
	ck_assert_uint_eq(mm_list_first(mm, 500, 0, MIGRATE_MOVABLE), NO_PFN);
	ck_assert_uint_eq(mm_list_first(mm, Z, 16, MIGRATE_MOVABLE), NO_PFN);
	ck_assert_uint_eq(mm_list_first(mm, Z, 0, no_type), NO_PFN);
	ck_assert_uint_eq(mm_list_next(mm, 0, NO_PFN), NO_PFN);
	ck_assert_uint_eq(mm_list_next(mm, 99, 4), NO_PFN);
	ck_assert_uint_eq(mm_list_next(mm, 0, 0), NO_PFN); /* is in use */
	ck_assert_uint_eq(mm_owner_next(mm, 0), NO_PFN);   /* and nobody's */
	ck_assert_uint_eq(mm_owner_next(mm, 4), NO_PFN);
}
END_TEST

START_TEST(per_cpu_lists_out_of_range_are_empty)
{
	struct mm_pcp_info pi;

	mm = given("M... ....");
	memset(&pi, 0x55, sizeof pi);
	mm_pcp_info(mm, 500, 0, &pi);
	ck_assert_int_eq(pi.batch, 0);
	mm_pcp_info(mm, Z, 1, &pi);
	ck_assert_int_eq(pi.batch, 0);
	ck_assert_uint_eq(mm_pcp_list_order(mm, 14), 0);
	ck_assert_uint_eq(mm_pcp_list_first(mm, 500, 0, 0), NO_PFN);
	ck_assert_uint_eq(mm_pcp_list_first(mm, Z, 64, 0), NO_PFN);
	ck_assert_uint_eq(mm_pcp_list_first(mm, Z, 0, 14), NO_PFN);
	ck_assert_uint_eq(mm_pcp_list_len(mm, Z, 0, 4000000000u), 0);
	ck_assert_uint_eq(mm_pcp_list_next(mm, 14, 0), NO_PFN);
	ck_assert_uint_eq(mm_pcp_list_next(mm, 0, NO_PFN), NO_PFN);
	ck_assert_uint_eq(mm_pcp_list_next(mm, 0, 4), NO_PFN); /* is free */
	mm_free_pages(mm, 0, 0, 0, NULL);
	ck_assert_uint_eq(mm_pcp_list_first(mm, Z, 0, MIGRATE_MOVABLE), 0);
	/* of another list */
	ck_assert_uint_eq(mm_pcp_list_next(mm, MIGRATE_RECLAIMABLE, 0), NO_PFN);
}
END_TEST

START_TEST(zones_out_of_range_are_zero)
{
	struct mm_wmark_terms t;
	struct mm_zone_info zi;

	mm = given("M... ....");
	memset(&zi, 0x55, sizeof zi);
	mm_zone_info(mm, 500, &zi);
	ck_assert_uint_eq(zi.managed, 0);
	ck_assert_int_eq(zi.free, 0);
	ck_assert_str_eq(zi.name, "?");
	memset(&t, 0x55, sizeof t);
	mm_watermark_terms(mm, 500, 0, 0, ZONE_NORMAL, 0, &t);
	ck_assert_int_eq(t.free, 0);
	mm_watermark_terms(mm, Z, 64, 0, ZONE_NORMAL, 0, &t);
	ck_assert_int_eq(t.free, 0);
	mm_watermark_terms(mm, Z, 0, 0, MAX_NR_ZONES, 0, &t);
	ck_assert_int_eq(t.free, 0);
	mm_watermark_terms(mm, Z, 0, INT64_MAX, ZONE_NORMAL, 0, &t);
	ck_assert(!t.ok);
	ck_assert_int_eq(mm_extfrag_index(mm, Z, 64), 0);
	ck_assert_int_eq(mm_extfrag_index(mm, 500, 1), 0);
	ck_assert_int_eq(mm_unusable_index(mm, Z, 200), 0);
	ck_assert_int_eq(mm_unusable_index(mm, 500, 1), 0);
}
END_TEST

START_TEST(pageblocks_out_of_range_are_empty)
{
	mm = given("M... ....");
	ck_assert_int_eq(mm_pageblock_type(mm, NO_PFN), MIGRATE_UNMOVABLE);
	ck_assert_int_eq(mm_pageblock_type(mm, 5000000), MIGRATE_UNMOVABLE);
	ck_assert_uint_eq(mm_pageblock_free(mm, NO_PFN), 0);
	ck_assert_uint_eq(mm_zone_of(mm, 5000000), NO_ZONE);
}
END_TEST

Suite *check_query_suite(void)
{
	Suite *s = suite_create("core/query");
	TCase *tc = tcase_create("query");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, lists_out_of_range_are_empty);
	tcase_add_test(tc, per_cpu_lists_out_of_range_are_empty);
	tcase_add_test(tc, zones_out_of_range_are_zero);
	tcase_add_test(tc, pageblocks_out_of_range_are_empty);
	suite_add_tcase(s, tc);
	return s;
}
