/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_contig_clean.c - clean pages of files in a range that is wanted; the
 * example of contig-cma-hotplug.md 10.4
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "support/examples.h"

Suite *check_contig_clean_suite(void);

/* A clean page of a file, unmapped. */
static void put_file(pfn_t pfn, uint16_t more)
{
	ck_assert_int_eq(
		mm_put_used(mm, pfn, 0, 0, (uint16_t)(PAGE_LRU | more), NULL),
		0);
}

/* 1030..1032 of a file, 1033 anonymous; the rest of the block is free. */
static void given_10_4(uint16_t more)
{
	given_zone();
	for (pfn_t p = 1030; p < 1033; p++)
		put_file(p, p == 1031 ? more : 0);
	put_m(1033, 1034, 1);
	put_free(2, 1024);
	put_free(1, 1028);
	put_free(1, 1034);
	put_free(2, 1036);
	for (unsigned int o = 4; o < 9; o++)
		put_free(o, 1024 + (1u << o));
	put_free(9, 1536);
	rest_is_u();
}

static int contig(pfn_t start, pfn_t end)
{
	const struct mm_range_request want = {.start = start,
					      .end = end,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL};
	pfn_t pfn;
	const int e = mm_contig(mm, &want, &pfn, NULL);

	then_sound(mm);
	return e;
}

/* "1032 1031 1030": frames of all events of a type, in order. */
static void then_events(enum mm_event_type type, const char *text)
{
	char said[200] = "";

	for (uint64_t n = mm_first_moment(mm) + 1; n <= mm_last_moment(mm);
	     n++) {
		const struct mm_event *ev = mm_event(mm, n);
		const size_t used = strlen(said);

		if (ev->type == type)
			snprintf(said + used, sizeof said - used, "%s%d",
				 used ? " " : "", ev->arg[0]);
	}
	ck_assert_str_eq(said, text);
}

START_TEST(they_are_dropped_and_others_move)
{
	given_10_4(0);
	ck_assert_int_eq(contig(1030, 1034), 0);
	then_events(EV_contig_dropped, "1032 1031 1030");
	then_events(EV_compact_moved, "1033");
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 1);
	ck_assert_int_eq(mm->st->node[0].stat[NR_FILE_PAGES], 0);
	ck_assert_int_eq(mm->st->node[0].stat[NR_ISOLATED_FILE], 0);
}
END_TEST

/* What resists is moved instead, if it can be, and before the others. */
START_TEST(what_resists_is_tried_first)
{
	given_10_4(PAGE_PINNED);
	ck_assert_int_eq(contig(1030, 1034), -EBUSY);
	then_events(EV_contig_dropped, "1032 1030");
	then_events(EV_compact_moved, "1033");
	ck_assert_int_eq(mm->st->node[0].stat[NR_FILE_PAGES], 1);
}
END_TEST

/* Dirty ones are not dropped. */
START_TEST(what_is_dirty_moves)
{
	given_10_4(PAGE_DIRTY);
	ck_assert_int_eq(contig(1030, 1034), 0);
	then_events(EV_contig_dropped, "1032 1030");
	then_events(EV_compact_moved, "1033 1031");
}
END_TEST

/* Going offline moves them all. */
START_TEST(memory_that_goes_offline_drops_nothing)
{
	struct mm_config cfg;
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE, .attr = PAGE_LRU, .nid = -1};
	pfn_t pfn;

	mm_config_preset(&cfg, "tiny", NULL);
	mm = mm_create(&cfg, NULL);
	mm_record(mm, MM_RECORD_EVENTS);
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_int_eq(mm_memory_offline(mm, pfn / 64, 1, NULL), 0);
	then_events(EV_contig_dropped, "");
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 1);
}
END_TEST

Suite *check_contig_clean_suite(void)
{
	Suite *s = suite_create("core/contig_clean");
	TCase *t = tcase_create("clean");

	tcase_add_checked_fixture(t, NULL, example_over);
	tcase_add_test(t, they_are_dropped_and_others_move);
	tcase_add_test(t, what_resists_is_tried_first);
	tcase_add_test(t, what_is_dirty_moves);
	tcase_add_test(t, memory_that_goes_offline_drops_nothing);
	suite_add_tcase(s, t);
	return s;
}
