/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The high-atomic reserve; example M9 and the limits of W36.
 */
#include "support/picture.h"

#define U MIGRATE_UNMOVABLE
#define H MIGRATE_HIGHATOMIC

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* As rmqueue_buddy() does for an atomic request at the min mark. */
static pfn_t atomic(unsigned int order)
{
	enum rmqueue_mode mode = RMQUEUE_NORMAL;
	const uint32_t flags =
		WMARK_MIN | ALLOC_HIGHATOMIC | ALLOC_NON_BLOCK | ALLOC_KSWAPD;
	pfn_t pfn = rmqueue_smallest(mm, Z, order, H);

	if (pfn == NO_PFN)
		pfn = rmqueue(mm, Z, order, U, flags, &mode);
	reserve_highatomic_pageblock(mm, Z, pfn, order);
	frame_use(mm, pfn, order, 0, 0);
	return pfn;
}

START_TEST(example_m9)
{
	const struct zone *z;

	mm = given_free(64, 3);
	set_marks(mm, 4, 6, 8);
	set_managed(mm, 1000);
	z = &mm->zone[Z];

	ck_assert_uint_eq(atomic(1), 0);
	then_lists(mm, U, "o3:8");
	then_lists(mm, H, "o1:2 o2:4");
	then_types(mm, "HUMMMMMM");
	ck_assert_int_eq(z->nr_free_highatomic, 6);
	ck_assert_int_eq(z->nr_reserved_highatomic, 8);

	ck_assert_uint_eq(atomic(1), 2);
	ck_assert_int_eq(z->nr_free_highatomic, 4);
	ck_assert_int_eq(z->nr_reserved_highatomic, 8);

	ck_assert_uint_eq(atomic(3), 8);
	then_types(mm, "HHMMMMMM");
	ck_assert_int_eq(z->nr_reserved_highatomic, 16);

	ck_assert(mm_unreserve_highatomic(mm, 0, U, false));
	then_types(mm, "UHMMMMMM");
	then_lists(mm, U, "o2:4");
	ck_assert_int_eq(z->nr_reserved_highatomic, 8);
	ck_assert_int_eq(z->nr_free_highatomic, 0);
	ck_assert(!mm_unreserve_highatomic(mm, 0, U, true));
	then_sound(mm);
}
END_TEST

START_TEST(the_last_reserved_block_goes_only_by_force)
{
	mm = given_free(64, 3);
	set_managed(mm, 1000);
	ck_assert_uint_eq(atomic(1), 0);
	ck_assert(!mm_unreserve_highatomic(mm, 0, MIGRATE_MOVABLE, false));
	then_types(mm, "HUMMMMMM");
	ck_assert(mm_unreserve_highatomic(mm, 0, MIGRATE_MOVABLE, true));
	then_types(mm, "MUMMMMMM");
	then_sound(mm);
}
END_TEST

/* One percent of the zone must be a pageblock; rounded up it is the limit. */
START_TEST(limits)
{
	static const struct {
		uint32_t managed;
		int64_t reserved; /* after many requests */
	} rows[] = {{799, 0}, {800, 8}, {960, 16}, {1600, 16}};

	for (size_t i = 0; i < 4; i++) {
		mm = given_free(64, 3);
		set_managed(mm, rows[i].managed);
		for (int n = 0; n < 5; n++)
			atomic(3);
		ck_assert_int_eq(mm->zone[Z].nr_reserved_highatomic,
				 rows[i].reserved);
		then_sound(mm);
		mm_destroy(mm);
	}
	mm = NULL;
}
END_TEST

/* The same with pageblocks of 512 pages: below 200 MiB there is no reserve. */
START_TEST(limits_of_real_machines)
{
	static const struct {
		uint32_t managed;
		int64_t reserved;
	} rows[] = {
		{51199, 0},	{51200, 512},	{61440, 1024},
		{458752, 4608}, {772918, 8192},
	};
	struct mm_config cfg;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		mm_config_preset(&cfg, "classroom", NULL);
		mm_config_set(&cfg, "zones", "0:Normal:0-16384", NULL);
		mm = mm_create(&cfg, NULL);
		set_managed(mm, rows[i].managed);
		for (int n = 0; n < 30; n++)
			atomic(9);
		ck_assert_int_eq(mm->zone[Z].nr_reserved_highatomic,
				 rows[i].reserved);
		mm_destroy(mm);
	}
	mm = NULL;
}
END_TEST

Suite *check_highatomic_suite(void)
{
	Suite *s = suite_create("core/highatomic");
	TCase *tc = tcase_create("highatomic");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, example_m9);
	tcase_add_test(tc, the_last_reserved_block_goes_only_by_force);
	tcase_add_test(tc, limits);
	tcase_add_test(tc, limits_of_real_machines);
	suite_add_tcase(s, tc);
	return s;
}
