/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The watermark test and the boost; W24, W31, W32, W49, W50 of the
 * specification.
 */
#include "marks.h"

/* W24: the least free that passes, for three marks and five rights. */
START_TEST(reserve_fractions)
{
	static const uint32_t rights[] = {
		0,
		ALLOC_NON_BLOCK,
		ALLOC_MIN_RESERVE,
		ALLOC_MIN_RESERVE | ALLOC_NON_BLOCK,
		ALLOC_OOM,
		ALLOC_OOM | ALLOC_MIN_RESERVE | ALLOC_NON_BLOCK,
	};
	static const int64_t marks[] = {181, 6273, 7, 1};
	static const int64_t least[6][4] = {
		{182, 6274, 8, 2}, {182, 6274, 8, 2}, {92, 3138, 5, 2},
		{70, 2354, 4, 2},  {92, 3138, 5, 2},  {36, 1178, 3, 2},
	};

	mm = given_free(64, 3);
	for (int r = 0; r < 6; r++)
		for (int m = 0; m < 4; m++) {
			mm_put_zone(mm, Z, "NR_FREE_PAGES", least[r][m]);
			ck_assert(zone_watermark_ok(mm, Z, 0, marks[m], 2,
						    rights[r]));
			mm_put_zone(mm, Z, "NR_FREE_PAGES", least[r][m] - 1);
			ck_assert(!zone_watermark_ok(mm, Z, 0, marks[m], 2,
						     rights[r]));
		}
}
END_TEST

/* W49: each row of the table, on the Normal zone of the toy machine. */
struct row {
	int64_t free, cma, highatomic;
	int block_order, block_type; /* the only block; -1: none */
	unsigned int order, highest;
	uint32_t flags;
	bool ok;
	int64_t unusable, need; /* terms of the sum */
};

static bool passes(const struct row *r)
{
	const int64_t mark =
		(r->flags & ALLOC_WMARK_MASK) == WMARK_MIN ? 181 : 226;
	struct mm_wmark_terms t;

	mm_put_zone(mm, Z, "NR_FREE_PAGES", r->free);
	mm_put_zone(mm, Z, "NR_FREE_CMA_PAGES", r->cma);
	mm_put_zone(mm, Z, "nr_free_highatomic", r->highatomic);
	for (int mt = 0; mt < MIGRATE_TYPES; mt++)
		STORE(mm, mm->zone[Z].nonempty[mt],
		      mt == r->block_type ? 1u << r->block_order : 0);
	mm_watermark_terms(mm, Z, r->order, mark, (enum zone_type)r->highest,
			   r->flags, &t);
	ck_assert_int_eq(t.ok, zone_watermark_ok(mm, Z, r->order, mark,
						 r->highest, r->flags));
	ck_assert_int_eq(t.unusable, r->unusable);
	ck_assert_int_eq(t.mark + t.reserve, r->need);
	ck_assert_int_eq(t.free, r->free);
	return t.ok;
}

START_TEST(test_table_of_the_toy_zone)
{
	enum { M = MIGRATE_MOVABLE, H = MIGRATE_HIGHATOMIC, C = MIGRATE_CMA };
	static const struct row rows[] = {
		{226, 0, 0, 0, M, 0, 2, WMARK_LOW, false, 0, 226},
		{227, 0, 0, 0, M, 0, 2, WMARK_LOW, true, 0, 226},
		{700, 0, 0, 0, M, 0, 3, WMARK_LOW | ALLOC_CMA, false, 0, 738},
		{739, 0, 0, 0, M, 0, 3, WMARK_LOW | ALLOC_CMA, true, 0, 738},
		{233, 0, 0, 4, M, 3, 2, WMARK_LOW, false, 7, 226},
		{234, 0, 0, 4, M, 3, 2, WMARK_LOW, true, 7, 226},
		{300, 0, 0, 2, M, 3, 2, WMARK_LOW, false, 7, 226},
		{300, 0, 8, 3, H, 3, 2, WMARK_LOW, false, 15, 226},
		{100, 0, 8, 3, H, 3, 2,
		 ALLOC_HIGHATOMIC | ALLOC_NON_BLOCK | ALLOC_MIN_RESERVE, true,
		 7, 69},
		{800, 512, 0, 9, C, 3, 2, WMARK_LOW, false, 519, 226},
		{800, 512, 0, 9, C, 3, 2, WMARK_LOW | ALLOC_CMA, true, 7, 226},
		{600, 0, 400, 0, M, 0, 2, WMARK_LOW, false, 400, 226},
		{600, 0, 400, 0, M, 0, 2, ALLOC_NON_BLOCK, true, 0, 181},
		{91, 0, 0, 0, M, 0, 2, ALLOC_OOM, false, 0, 91},
		{92, 0, 0, 0, M, 0, 2, ALLOC_OOM, true, 0, 91},
	};

	mm = toy();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_msg(passes(&rows[i]) == rows[i].ok, "row %zu", i);
}
END_TEST

/* W32: boosts climb by a pageblock up to the cap. */
START_TEST(boosts_climb_to_the_cap)
{
	mm = world("0:Normal:0-32768", "off");
	ck_assert(boost_watermark(mm, Z));
	ck_assert_int_eq(mm->zone[Z].boost, 512);
	ck_assert(boost_watermark(mm, Z));
	ck_assert_int_eq(mm->zone[Z].boost, 813);
	ck_assert(boost_watermark(mm, Z));
	ck_assert_int_eq(mm->zone[Z].boost, 813);
	ck_assert_int_eq(wmark_pages(mm, Z, WMARK_MIN), 1175);
	ck_assert_int_eq(wmark_pages(mm, Z, WMARK_LOW), 1265);
	ck_assert_int_eq(wmark_pages(mm, Z, WMARK_HIGH), 1355);
	ck_assert_int_eq(wmark_pages(mm, Z, WMARK_PROMO), 1445);
	/* a recalculation takes every boost back */
	ck_assert_int_eq(mm_set(mm, "vm.min_free_kbytes", 1448, NULL), 0);
	ck_assert_int_eq(mm->zone[Z].boost, 0);
	ck_assert_int_eq(mm_set(mm, "vm.watermark_boost_factor", 0, NULL), 0);
	ck_assert(!boost_watermark(mm, Z));
}
END_TEST

/* W31, M-7: the cap is a share of the high mark, and a pageblock at least */
START_TEST(the_cap_of_a_boost)
{
	static const struct {
		uint32_t managed;
		int64_t high, cap; /* 0: no boost at all */
	} rows[] = {
		{16384, 3072, 4608}, {16384, 12345, 18517}, {16384, 271, 512},
		{2048, 271, 512},    {2047, 271, 0},	    {16384, 0, 0},
	};

	mm = world("0:Normal:0-16384", "off");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t boost = 0;

		set_managed(mm, rows[i].managed);
		set_marks(mm, 0, 0, rows[i].high);
		STORE(mm, mm->zone[Z].boost, 0);
		for (int n = 0; n < 40; n++) {
			ck_assert_int_eq(boost_watermark(mm, Z),
					 rows[i].cap != 0);
			boost += 512;
			if (boost > rows[i].cap)
				boost = rows[i].cap;
			ck_assert_int_eq(mm->zone[Z].boost, boost);
		}
	}
}
END_TEST

/* W50: atomic order-0 requests ignore the boost at the min mark. */
START_TEST(atomic_requests_ignore_the_boost_at_min)
{
	const uint32_t atomic = WMARK_MIN | ALLOC_MIN_RESERVE | ALLOC_NON_BLOCK;

	mm = toy();
	ck_assert(boost_watermark(mm, Z));
	then_marks(Z, 181, 226, 271, 316);
	ck_assert_int_eq(wmark_pages(mm, Z, WMARK_MIN), 693);
	ck_assert_int_eq(wmark_pages(mm, Z, WMARK_LOW), 738);
	ck_assert_int_eq(wmark_pages(mm, Z, WMARK_HIGH), 783);
	ck_assert_int_eq(wmark_pages(mm, Z, WMARK_PROMO), 828);
	mm_put_zone(mm, Z, "NR_FREE_PAGES", 100);
	ck_assert(!zone_watermark_ok(mm, Z, 0, 693, 2, atomic));
	ck_assert(zone_watermark_fast(mm, Z, 0, 693, WMARK_MIN, 2, atomic));
	ck_assert(!zone_watermark_fast(mm, Z, 1, 693, WMARK_MIN, 2, atomic));
}
END_TEST

Suite *check_watermark_suite(void)
{
	Suite *s = suite_create("core/watermark");
	TCase *tc = tcase_create("watermark");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, reserve_fractions);
	tcase_add_test(tc, test_table_of_the_toy_zone);
	tcase_add_test(tc, boosts_climb_to_the_cap);
	tcase_add_test(tc, the_cap_of_a_boost);
	tcase_add_test(tc, atomic_requests_ignore_the_boost_at_min);
	suite_add_tcase(s, tc);
	return s;
}
