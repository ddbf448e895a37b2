/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_compact_query.c - what the screen is told of a run, quantum by quantum
 */
#include <errno.h>

#include "support/examples.h"

static unsigned int task;

static void a_user(void)
{
	const struct mm_process user = {.name = "user"};

	ck_assert_int_eq(mm_process_new(mm, &user, NULL), 1);
	task = (unsigned int)mm_task_find(mm, "user");
}

/* 19.1: eight pages, and fifteen free frames at the top. */
static void given_19_1(void)
{
	given_zone();
	put_m(1025, 1040, 2);
	put_free(0, 2561);
	put_free_down(0, 1038, 1024, 2);
	for (unsigned int o = 1; o <= 8; o++)
		put_free(o, 2560 + (1u << o));
	rest_is_u();
	a_user();
}

static struct mm_compact_task look(void)
{
	struct mm_compact_task c;

	mm_compact_task_info(mm, task, &c);
	return c;
}

/* One quantum; false when it was the last. */
static bool go_on(void)
{
	enum mm_quantum q;

	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	then_sound(mm);
	return q != QUANTUM_DONE;
}

/* Pages in its hands: all, and those with a target. */
static unsigned int in_flight(unsigned int *with_target)
{
	struct mm_in_flight f;
	unsigned int n = 0;

	*with_target = 0;
	for (; mm_in_flight(mm, task, n, &f); n++) {
		struct mm_frame src, dst;

		mm_frame(mm, f.src, &src);
		ck_assert_int_eq(src.kind, FRAME_MOVING);
		if (f.dst == NO_PFN)
			continue;
		mm_frame(mm, f.dst, &dst);
		ck_assert_int_eq(dst.kind, FRAME_TARGET);
		++*with_target;
	}
	ck_assert_uint_eq(f.src, NO_PFN);
	return n;
}

START_TEST(a_task_at_rest_compacts_nothing)
{
	unsigned int with;

	given_19_1();
	ck_assert(!look().running);
	ck_assert_uint_eq(look().zone, NO_ZONE);
	ck_assert_uint_eq(in_flight(&with), 0);
	task = 10000;
	ck_assert(!look().running);
	ck_assert_uint_eq(in_flight(&with), 0);
}
END_TEST

/* The places that a run comes by, and what it holds there. */
START_TEST(a_run_is_seen_from_its_beginning_to_its_end)
{
	unsigned int seen = 0, with, most = 0, most_with = 0;
	uint64_t scanned = 0;

	given_19_1();
	ck_assert_int_eq(mm_task_compact(mm, task, Z, -1, MIGRATE_SYNC, NULL),
			 0);
	while (go_on()) {
		const struct mm_compact_task c = look();
		const unsigned int n = in_flight(&with);

		seen |= 1u << c.at;
		if (!c.running)
			continue;
		ck_assert_uint_eq(c.zone, Z);
		ck_assert_int_eq(c.order, -1);
		ck_assert(c.whole_zone && !c.direct && !c.captures);
		if (c.at == COMPACT_AT_SCAN && c.source_page != NO_PFN) {
			ck_assert_uint_ge(c.source_page, scanned);
			scanned = c.source_page;
			ck_assert_uint_eq(n, c.isolated);
		}
		most = n > most ? n : most;
		most_with = with > most_with ? with : most_with;
	}
	ck_assert_uint_eq(seen & 1u << COMPACT_AT_SEARCH, 0);
	for (int at = COMPACT_AT_START; at < NR_COMPACT_AT; at++)
		if (at != COMPACT_AT_SEARCH && at != COMPACT_AT_FREE_SCAN)
			ck_assert_msg(
				seen & 1u << at, "never: %s",
				mm_compact_at_name((enum mm_compact_at)at));
	ck_assert_uint_eq(most, 8);
	ck_assert_uint_eq(most_with, 8);
	ck_assert_uint_ge(scanned, 2528);
	ck_assert(!look().running);
}
END_TEST

START_TEST(a_request_says_what_it_captures)
{
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE, .order = 3, .nid = -1};
	bool searched = false, captured = false;

	given_zone();
	put_m(1025, 1040, 2);
	put_free_down(0, 3068, 2560, 4);
	put_free_down(0, 1038, 1024, 2);
	rest_is_u();
	a_user();
	ck_assert_int_eq(mm_task_request(mm, task, &want, NULL), 0);
	while (go_on()) {
		const struct mm_compact_task c = look();

		if (!c.running)
			continue;
		searched |= c.at == COMPACT_AT_FREE_SCAN;
		ck_assert(c.direct && c.captures);
		ck_assert_uint_eq(c.capture_order, 3);
		ck_assert_int_eq(c.capture_type, MIGRATE_MOVABLE);
		captured |= c.captured != NO_PFN;
		if (c.captured != NO_PFN)
			ck_assert_uint_eq(c.captured, 1032);
	}
	ck_assert(searched && captured);
}
END_TEST

/* Then the block is on the lists, and anybody may have it. */
START_TEST(without_capture_nothing_is_kept)
{
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE, .order = 3, .nid = -1};
	bool on_list = false;

	given_zone();
	put_m(1025, 1040, 2);
	put_free_down(0, 3068, 2560, 4);
	put_free_down(0, 1038, 1024, 2);
	rest_is_u();
	a_user();
	ck_assert_int_eq(mm_set(mm, "capture", 0, NULL), 0);
	ck_assert_int_eq(mm_task_request(mm, task, &want, NULL), 0);
	while (go_on()) {
		ck_assert(!look().captures);
		ck_assert_uint_eq(look().captured, NO_PFN);
		for (unsigned int o = 3; o <= mm_max_order(mm); o++)
			on_list |= mm_nr_free_order(mm, Z, o) != 0;
	}
	ck_assert(on_list);
	then_sound(mm);
}
END_TEST

START_TEST(a_range_says_where_it_is)
{
	const struct mm_range_request want = {
		.start = 1024,
		.end = 1040,
		.mode = ISOLATE_OTHER,
		.gfp = GFP_KERNEL,
	};
	unsigned int with, most = 0;
	struct mm_range_task r;

	given_zone();
	put_m(1025, 1040, 2);
	for (unsigned int o = 0; o < 9; o++)
		put_free(o, 1536 + (1u << o));
	for (pfn_t p = 1024; p < 1040; p += 2)
		put_free(0, p);
	for (pfn_t p = 1040; p < 1536; p++)
		put(p, 0, MOVABLE);
	rest_is_u();
	a_user();
	mm_range_task_info(mm, task, &r);
	ck_assert_int_eq(r.kind, RANGE_TASK_NONE);
	ck_assert_int_eq(mm_task_contig(mm, task, &want, NULL), 0);
	do {
		const unsigned int n = in_flight(&with);

		mm_range_task_info(mm, task, &r);
		ck_assert_int_eq(r.kind, RANGE_TASK_CONTIG);
		ck_assert_uint_eq(r.start, 1024);
		ck_assert_uint_eq(r.end, 1040);
		ck_assert_ptr_nonnull(r.at);
		ck_assert(!look().running); /* it is no run */
		most = n > most ? n : most;
	} while (go_on());
	ck_assert_int_eq(mm_contig_result(mm, task), 0);
	ck_assert_uint_eq(most, 8);
}
END_TEST

static int64_t figure(const char *name)
{
	const char *unit;
	int64_t v = -1;

	ck_assert_int_eq(mm_figure(mm, name, &v, &unit), 0);
	return v;
}

START_TEST(figures_say_the_same_as_the_zone)
{
	struct mm_compact_zone c;

	given_19_1();
	mm_compact(mm, Z, -1, MIGRATE_SYNC, NULL, NULL);
	ck_assert_int_eq(
		mm_isolate_range(mm, 2560, 3072, ISOLATE_OFFLINE, NULL),
		-EBUSY);
	mm_compact_zone_info(mm, Z, &c);
	ck_assert_uint_eq(c.skip_bits, 2);
	ck_assert_uint_eq(c.isolated_blocks, 0);
	ck_assert_int_eq(figure("Normal.compact.skip_bits"), 2);
	ck_assert_int_eq(figure("Normal.compact.migrate_async"), 1024);
	ck_assert_int_eq(figure("Normal.compact.migrate_sync"), 1024);
	ck_assert_int_eq(figure("Normal.compact.free"), 2560);
	ck_assert_int_eq(figure("Normal.compact.defer_limit"), 1);
	ck_assert_int_eq(figure("Normal.compact.considered"), 0);
	ck_assert_int_eq(figure("Normal.compact.order_failed"), 0);
	ck_assert_int_eq(figure("Normal.compact.score"), c.score);
	ck_assert_int_eq(figure("Normal.isolated_pageblocks"), 0);
}
END_TEST

Suite *check_compact_query_suite(void);
Suite *check_compact_query_suite(void)
{
	Suite *s = suite_create("core/compact_query");
	TCase *t = tcase_create("compact_query");

	tcase_add_checked_fixture(t, NULL, example_over);
	tcase_add_test(t, a_task_at_rest_compacts_nothing);
	tcase_add_test(t, a_run_is_seen_from_its_beginning_to_its_end);
	tcase_add_test(t, a_request_says_what_it_captures);
	tcase_add_test(t, without_capture_nothing_is_kept);
	tcase_add_test(t, a_range_says_where_it_is);
	tcase_add_test(t, figures_say_the_same_as_the_zone);
	suite_add_tcase(s, t);
	return s;
}
