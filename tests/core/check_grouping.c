/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Worlds that keep no types apart: W9, M-1.6, G12.
 */
#include <string.h>

#include "core/store.h"
#include "support/picture.h"

Suite *check_grouping_suite(void);

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static void world(const char *zones, const char *grouping)
{
	struct mm_error err = {""};
	struct mm_config cfg;

	mm_config_preset(&cfg, "classroom", NULL);
	mm_config_set(&cfg, "zones", zones, &err);
	mm_config_set(&cfg, "mobility-grouping", grouping, &err);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
}

/* Six pageblocks of 512: 3072 pages. */
START_TEST(from_six_pageblocks_on_types_are_kept_apart)
{
	static const struct {
		const char *zones, *how;
		bool apart;
	} rows[] = {
		{"0:Normal:0-3072", "auto", true},
		{"0:Normal:0-3071", "auto", false},
		{"0:DMA:0-1024,0:Normal:1024-3072", "auto", true},
		{"0:Normal:0-1024,0:Movable:1024-3072", "auto", true},
		{"0:Normal:0-3071", "on", true},
		{"0:Normal:0-8192", "off", false},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		world(rows[i].zones, rows[i].how);
		ck_assert_int_eq(mm_mobility_grouping(mm), rows[i].apart);
		then_sound(mm);
		teardown();
	}
}
END_TEST

START_TEST(every_request_is_for_unmovable_pages)
{
	const gfp_t movable = GFP_HIGHUSER_MOVABLE;
	const pfn_t last = 2047;
	pfn_t pfn;

	world("0:Normal:0-2048", "auto");
	then_types(mm, "MMMM"); /* of the boot */
	ck_assert_int_eq(mm_request_migratetype(mm, movable),
			 MIGRATE_UNMOVABLE);
	ck_assert_int_eq(mm_gfp_migratetype(movable), MIGRATE_MOVABLE);
	pfn = alloc(mm, 0, movable);
	ck_assert_uint_le(pfn, last);
	ck_assert_int_eq(pageblock_type(mm, pfn), MIGRATE_UNMOVABLE);
	then_sound(mm);
}
END_TEST

/* Less than half of it is free or alike: taken over all the same. */
START_TEST(every_claim_succeeds)
{
	mm = given("mmm. mmmm");
	request(mm, 0, MIGRATE_UNMOVABLE, 0);
	then_types(mm, "MM"); /* one page, and the rest stays */
	teardown();

	mm = given("mmm. mmmm");
	op_enter(mm);
	STORE(mm, mm->st->mobility_disabled, 1);
	op_leave(mm);
	request(mm, 0, MIGRATE_UNMOVABLE, 0);
	then_types(mm, "UM");
	then_sound(mm);
}
END_TEST

START_TEST(a_tag_of_another_kind_is_written_as_it_is)
{
	world("0:Normal:0-2048", "off");
	set_pageblock_migratetype(mm, 512, MIGRATE_RECLAIMABLE);
	set_pageblock_migratetype(mm, 1024, MIGRATE_HIGHATOMIC);
	ck_assert_int_eq(pageblock_type(mm, 512), MIGRATE_UNMOVABLE);
	ck_assert_int_eq(pageblock_type(mm, 1024), MIGRATE_HIGHATOMIC);
}
END_TEST

START_TEST(the_world_of_2_6_24_keeps_them_apart)
{
	struct mm_error err = {""};
	struct mm_config cfg;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "era", "linux-2.6.24", NULL);
	mm_config_set(&cfg, "mobility-grouping", "off", NULL);
	ck_assert_ptr_null(mm_create(&cfg, &err));
	ck_assert(strstr(err.text, "always keeps types apart") != NULL);
	ck_assert_int_ne(mm_config_set(&cfg, "mobility-grouping", "x", &err),
			 0);
}
END_TEST

Suite *check_grouping_suite(void)
{
	Suite *s = suite_create("core/grouping");
	TCase *tc = tcase_create("grouping");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, from_six_pageblocks_on_types_are_kept_apart);
	tcase_add_test(tc, every_request_is_for_unmovable_pages);
	tcase_add_test(tc, every_claim_succeeds);
	tcase_add_test(tc, a_tag_of_another_kind_is_written_as_it_is);
	tcase_add_test(tc, the_world_of_2_6_24_keeps_them_apart);
	suite_add_tcase(s, tc);
	return s;
}
