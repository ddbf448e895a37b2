/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What ranges come to is what their frames are, one by one.
 */
#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static struct mm_range_sum one_by_one(pfn_t start, pfn_t end)
{
	struct mm_range_sum sum = {.first_free = -1, .frames = end - start};
	struct mm_frame f;

	for (pfn_t p = start; p < end; p++) {
		mm_frame(mm, p, &f);
		sum.free += f.kind == FRAME_FREE;
		sum.pcp += f.kind == FRAME_PCP;
		sum.used += f.kind == FRAME_USED;
		sum.moving += f.kind == FRAME_MOVING;
		sum.target += f.kind == FRAME_TARGET;
		sum.reserved += f.kind == FRAME_RESERVED;
		sum.hole += f.kind == FRAME_HOLE || f.kind == FRAME_OFFLINE;
		if (p == start && f.head == p && f.kind == FRAME_FREE)
			sum.first_free = (int)f.order;
	}
	return sum;
}

static void same(pfn_t start, pfn_t end)
{
	const struct mm_range_sum a = one_by_one(start, end);
	struct mm_range_sum b;

	mm_range_sum(mm, start, end, &b);
	ck_assert_msg(memcmp(&a, &b, sizeof a) == 0,
		      "%u..%u: free %u %u, used %u %u, pcp %u %u, reserved "
		      "%u %u, hole %u %u, first %d %d",
		      start, end, a.free, b.free, a.used, b.used, a.pcp, b.pcp,
		      a.reserved, b.reserved, a.hole, b.hole, a.first_free,
		      b.first_free);
}

static void all_ranges(pfn_t most)
{
	for (pfn_t size = 1; size <= 64; size = size * 2 + (size & 3))
		for (pfn_t p = 0; p < most; p += size)
			same(p, p + size);
}

START_TEST(a_picture)
{
	struct mm_range_sum sum;

	mm = given("M..# ....");
	all_ranges(16);
	mm_range_sum(mm, 0, 8, &sum);
	ck_assert_uint_eq(sum.used, 1);
	ck_assert_uint_eq(sum.free, 6);
	ck_assert_uint_eq(sum.reserved, 1);
	ck_assert_int_eq(sum.first_free, -1);
	mm_range_sum(mm, 4, 8, &sum);
	ck_assert_int_eq(sum.first_free, 2);
	mm_range_sum(mm, 5, 5, &sum);
	ck_assert_uint_eq(sum.frames, 0);
	mm_range_sum(mm, 1000000, 1000010, &sum);
	ck_assert_uint_eq(sum.hole, 10);
}
END_TEST

/* Holes, reserved memory, blocks above a pageblock, per-CPU lists. */
START_TEST(every_frame_is_counted_once)
{
	struct mm_config cfg;
	struct mm_error err;
	pfn_t pfn;

	mm_config_preset(&cfg, "classroom", NULL);
	ck_assert_int_eq(mm_config_set(&cfg, "memory",
				       "0-3000,3600-9000,10240-16384", &err),
			 0);
	ck_assert_int_eq(
		mm_config_set(&cfg, "reserved", "100-163,4096-4200", &err), 0);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	all_ranges(17000);
	for (unsigned int i = 0; i < 3000; i++) {
		const struct mm_request want = {.gfp = GFP_KERNEL,
						.order = (uint16_t)(i % 4),
						.nid = -1};

		if (mm_alloc_pages(mm, &want, &pfn) == 0 && i % 3)
			mm_free_pages(mm, pfn, want.order, 0, NULL);
	}
	all_ranges(17000);
	same(0, 16384);
}
END_TEST

Suite *check_range_sum_suite(void);

Suite *check_range_sum_suite(void)
{
	Suite *s = suite_create("core/range_sum");
	TCase *t = tcase_create("range_sum");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, a_picture);
	tcase_add_test(t, every_frame_is_counted_once);
	suite_add_tcase(s, t);
	return s;
}
