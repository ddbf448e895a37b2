/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory in one piece; the examples of contig-cma-hotplug.md 10.
 */
#include <errno.h>

#include "core/contig.h"
#include "support/picture.h"

#define M MIGRATE_MOVABLE
#define I MIGRATE_ISOLATE

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static int contig(pfn_t start, pfn_t end)
{
	const struct mm_range_request want = {.start = start,
					      .end = end,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL,
					      .nid = -1};
	pfn_t pfn;
	const int e = mm_contig(mm, &want, &pfn, NULL);

	ck_assert_uint_eq(pfn, e ? NO_PFN : start);
	then_sound(mm);
	ck_assert_uint_eq(mm->zone[Z].nr_isolate_pageblock, 0);
	ck_assert_uint_eq(mm->st->lru_disabled, 0);
	return e;
}

/* 10.1, on the same scale; DMA memory in front is left as it is. */
START_TEST(a_range_of_free_memory)
{
	mm = given_free(4096, 9);
	set_pcp(mm, 64, 256, 256);
	ck_assert_int_eq(contig(1100, 1600), 0);
	then_lists(mm, M,
		   "o2:1096 o3:1088 o6:1024 1600 o7:1664 o8:1792 "
		   "o10:0 2048 3072");
	ck_assert_int_eq(mm_free_contig(mm, 1100, 1600, 0, NULL), 0);
	mm_drain_all(mm);
	then_lists(mm, M, "o10:1024 0 2048 3072");
	then_sound(mm);
}
END_TEST

START_TEST(what_is_in_the_way_moves)
{
	mm = given(".m.m .... ....");
	mm_range_pages(mm, 0, 4, PAGE_OP_DIRTY, NULL);
	ck_assert_int_eq(contig(0, 4), 0);
	for (pfn_t p = 0; p < 4; p++) {
		struct mm_frame f;

		mm_frame(mm, p, &f);
		ck_assert_int_eq(f.kind, FRAME_USED);
		ck_assert(!(f.attr & PAGE_LRU));
	}
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 2);
}
END_TEST

/* 10.2: it is tried five times, and then the test fails. */
START_TEST(what_somebody_holds_stays)
{
	struct mm_error err;

	mm = given_types(".... ....", "MM");
	ck_assert_int_eq(mm_record(mm, MM_RECORD_OFF), 0);
	const struct mm_request want = {.gfp = GFP_HIGHUSER_MOVABLE,
					.attr = PAGE_LRU | PAGE_SWAPBACKED |
						PAGE_LOCKED,
					.nid = -1};
	struct mm_range_request range = {.mode = ISOLATE_OTHER,
					 .gfp = GFP_KERNEL};
	pfn_t pfn, got;

	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	range.start = pfn & ~3u;
	range.end = range.start + 4;
	ck_assert_int_eq(mm_contig(mm, &range, &got, &err), -EBUSY);
	ck_assert_uint_eq(got, NO_PFN);
	ck_assert(mm->page[pfn].attr & PAGE_LOCKED);
	then_lists(mm, I, "");
	then_sound(mm);
}
END_TEST

START_TEST(nowhere_to_move_to)
{
	mm = given("m... mmmm");
	mm_range_pages(mm, 0, 8, PAGE_OP_DIRTY, NULL);
	ck_assert_int_eq(contig(4, 8), -ENOMEM);
	/* what had a target has moved */
	then(mm, "MMMp MM<>");
}
END_TEST

/* 2.1: places are multiples of the number, where that is a power of two. */
START_TEST(pages_wherever_they_are)
{
	const struct mm_range_request want = {
		.nr = 4, .mode = ISOLATE_OTHER, .gfp = GFP_KERNEL, .nid = -1};
	pfn_t pfn;

	mm = given("M... .... ....");
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), 0);
	ck_assert_uint_eq(pfn, 4);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), 0);
	ck_assert_uint_eq(pfn, 8);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), -ENOMEM);
	then(mm, "M.<> MMMM MMMM");
}
END_TEST

/* Quantum by quantum it comes to the same, and may be looked at meanwhile. */
START_TEST(stepping_is_running)
{
	const struct mm_range_request want = {
		.end = 4, .mode = ISOLATE_OTHER, .gfp = GFP_KERNEL};
	const struct mm_process user = {.name = "user"};
	enum mm_quantum q = QUANTUM_AGAIN;
	unsigned int task;
	struct mm *other;
	pfn_t pfn;

	mm = given(".m.m .... ....");
	ck_assert_int_eq(mm_process_new(mm, &user, NULL), 1);
	task = (unsigned int)mm_task_find(mm, "user");
	other = mm_clone(mm);
	ck_assert_int_eq(mm_contig(other, &want, &pfn, NULL), 0);
	ck_assert_int_eq(mm_task_contig(mm, task, &want, NULL), 0);
	while (q != QUANTUM_DONE) {
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
		then_sound(mm);
	}
	ck_assert_int_eq(mm_contig_result(mm, task), 0);
	for (pfn_t p = 0; p < 12; p++) {
		struct mm_frame a, b;

		mm_frame(mm, p, &a);
		mm_frame(other, p, &b);
		ck_assert_int_eq(a.kind, b.kind);
		ck_assert_uint_eq(a.attr, b.attr);
	}
	mm_destroy(other);
}
END_TEST

/* 1.4.8, 5: one page, larger than any free block; it goes as one. */
START_TEST(one_page_of_many_frames)
{
	struct mm_range_request want = {.nr = 16,
					.mode = ISOLATE_OTHER,
					.gfp = GFP_KERNEL | GFP_BIT_COMP,
					.nid = -1};
	struct mm_frame f;
	pfn_t pfn;

	mm = given(".m.. .... .... .... .... ....");
	ck_assert_uint_lt(mm_max_order(mm), 4);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), 0);
	ck_assert_uint_eq(pfn, 0);
	then_sound(mm);
	for (pfn_t p = 0; p < 16; p++) {
		mm_frame(mm, p, &f);
		ck_assert_int_eq(f.kind, FRAME_USED);
		ck_assert_uint_eq(f.head, 0);
		ck_assert_uint_eq(f.order, 4);
		ck_assert(f.attr & PAGE_COMPOUND);
	}
	ck_assert_int_eq(mm_free_pages(mm, 4, 0, 0, NULL), -EINVAL);
	ck_assert_int_eq(mm_free_contig(mm, 0, 16, 0, NULL), 0);
	then_sound(mm);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), 0);
	ck_assert_int_eq(mm_free_pages(mm, pfn, 4, 0, NULL), 0);
	then_sound(mm);
	want.nr = 12; /* no power of two */
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), -EINVAL);
	want.nr = 2; /* less than a pageblock */
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), -EINVAL);
	want.nr = 0;
	want.start = 4; /* not aligned */
	want.end = 12;
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), -EINVAL);
}
END_TEST

START_TEST(bad_ranges_are_refused)
{
	struct mm_error err;

	mm = given("M... ....");
	ck_assert_int_eq(contig(4, 4), -EINVAL);
	ck_assert_int_eq(contig(4, 9), -EINVAL);
	ck_assert_int_eq(mm_free_contig(mm, 0, 4, 0, &err), -EINVAL);
	ck_assert_str_eq(err.text, "pfn 1: expected an allocated block within "
				   "the range that nobody uses");
	ck_assert_int_eq(mm_free_contig(mm, 0, 1, 0, NULL), 0);
}
END_TEST

Suite *check_contig_suite(void)
{
	Suite *s = suite_create("core/contig");
	TCase *tc = tcase_create("contig");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, a_range_of_free_memory);
	tcase_add_test(tc, what_is_in_the_way_moves);
	tcase_add_test(tc, what_somebody_holds_stays);
	tcase_add_test(tc, nowhere_to_move_to);
	tcase_add_test(tc, pages_wherever_they_are);
	tcase_add_test(tc, stepping_is_running);
	tcase_add_test(tc, one_page_of_many_frames);
	tcase_add_test(tc, bad_ranges_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
