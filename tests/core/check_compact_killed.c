/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_compact_killed.c - who is killed compacts no more
 *
 * A fatal signal is seen by the free scanner at the next frame that is a
 * multiple of 32 (compaction.md 8.4), and before each zone that is compacted
 * by hand (15.7).
 */
#include <errno.h>

#include "core/compact_control.h"
#include "core/contig_steps.h"
#include "core/task.h"

#include "support/examples.h"

Suite *check_compact_killed_suite(void);

static unsigned int task;

static void a_user(void)
{
	const struct mm_process user = {.name = "user"};
	struct mm_error err = {""};

	ck_assert_msg(mm_process_new(mm, &user, &err) == 1, "%s", err.text);
	task = (unsigned int)mm_task_find(mm, "user");
}

static void is_killed(void)
{
	ck_assert_int_eq(mm_process_kill(mm, 1, PROCESS_STUCK, NULL), 0);
}

static enum mm_quantum one_quantum(void)
{
	enum mm_quantum q;

	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	then_sound(mm);
	return q;
}

static void to_the_end(void)
{
	int n = 0;

	while (one_quantum() != QUANTUM_DONE)
		ck_assert_int_lt(n++, 10000);
}

/* Two pages to move, and room for them at the very top only. */
static void far_away(void)
{
	given_zone();
	put(1025, 0, MOVABLE);
	put(1027, 0, MOVABLE);
	put_free_down(0, 3068, 3060, 4);
	rest_is_u();
	a_user();
	mm_record(mm, MM_RECORD_EVENTS);
	ck_assert_int_eq(mm_task_compact(mm, task, Z, -1, MIGRATE_SYNC, NULL),
			 0);
}

START_TEST(the_free_scanner_stops_at_the_next_32nd_frame)
{
	const struct compact_control *cc;

	far_away();
	cc = cc_of(mm, task);
	while (cc->fscan.at != 2624)
		one_quantum();
	is_killed();
	to_the_end();
	then_said("begin 1024/2560\n"
		  "continue\n"
		  "take 1024~1536 512/2\n"
		  "free 2560~2624 64/0\n"
		  "moved 0/2\n"
		  "end 1536/2624 contended\n");
	then_skips(""); /* the block has not been gone through */
}
END_TEST

START_TEST(alive_it_goes_on)
{
	far_away();
	to_the_end();
	then_moved("1027>3060 1025>3064");
}
END_TEST

/* ---- by hand ---- */

static unsigned int zones_begun(void)
{
	unsigned int begun = 0;

	for (uint64_t n = mm_first_moment(mm) + 1; n <= mm_last_moment(mm); n++)
		begun += mm_event(mm, n)->type == EV_mm_compaction_begin;
	return begun;
}

static void two_zones(void)
{
	struct mm_config cfg;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:DMA32:0-128,0:Normal:128-256", NULL);
	cfg.schedule = 0;
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	a_user();
	mm_record(mm, MM_RECORD_EVENTS);
	ck_assert_int_eq(
		mm_task_compact(mm, task, NO_ZONE, -1, MIGRATE_SYNC, NULL), 0);
}

START_TEST(no_zone_is_begun_after_a_fatal_signal)
{
	two_zones();
	to_the_end();
	ck_assert_uint_eq(zones_begun(), 2);
	ck_assert_int_eq(mm_compact_task_error(mm, task), 0);
	example_over();
	two_zones();
	while (zones_begun() == 0)
		one_quantum();
	is_killed();
	to_the_end();
	ck_assert_uint_eq(zones_begun(), 1);
	ck_assert_int_eq(mm_compact_task_error(mm, task), -EINTR);
	example_over();
	two_zones();
	is_killed();
	to_the_end();
	ck_assert_uint_eq(zones_begun(), 0);
	ck_assert_int_eq(mm_compact_task_error(mm, task), -EINTR);
}
END_TEST

/* Nobody looks after the last zone: the answer is then that of a success. */
START_TEST(a_signal_in_the_last_zone_comes_too_late)
{
	two_zones();
	while (zones_begun() < 2)
		one_quantum();
	is_killed();
	to_the_end();
	ck_assert_int_eq(mm_compact_task_error(mm, task), 0);
}
END_TEST

/* ---- a range: contig-cma-hotplug.md 1.7 ---- */

/* All is moved and shut; what has been taken is given back. */
START_TEST(a_range_is_not_taken)
{
	const struct mm_range_request want = {.start = 64,
					      .end = 128,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL};
	int64_t free;

	mm = given_free(256, 5);
	mm_set(mm, "schedule", 0, NULL);
	free = mm->zone[Z].stat[NR_FREE_PAGES];
	a_user();
	ck_assert_int_eq(mm_task_contig(mm, task, &want, NULL), 0);
	while (mm->task[task].contig.step != CONTIG_TAKE)
		one_quantum();
	is_killed();
	to_the_end();
	ck_assert_int_eq(mm_contig_result(mm, task), -EBUSY);
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], free);
	ck_assert_uint_eq(mm->zone[Z].nr_isolate_pageblock, 0);
}
END_TEST

/* 1.6b: what the scan has found by then goes back, and nothing moves. */
START_TEST(a_range_is_not_emptied)
{
	const struct mm_range_request want = {.start = 64,
					      .end = 128,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL};
	const struct mm_request page = {.gfp = GFP_HIGHUSER_MOVABLE,
					.attr = PAGE_LRU | PAGE_SWAPBACKED,
					.nid = -1};
	pfn_t pfn = NO_PFN;

	mm = given_free(256, 6);
	mm_set(mm, "schedule", 0, NULL);
	mm_set(mm, "pcp", 0, NULL);
	while (pfn != 66)
		ck_assert_int_eq(mm_alloc_pages(mm, &page, &pfn), 0);
	a_user();
	ck_assert_int_eq(mm_task_contig(mm, task, &want, NULL), 0);
	while (mm->task[task].cc.nr_mig == 0)
		one_quantum();
	ck_assert_uint_eq(mm->task[task].contig.step, CONTIG_SCAN);
	is_killed();
	to_the_end();
	ck_assert_int_eq(mm_contig_result(mm, task), -EINTR);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 0);
	ck_assert_uint_eq(mm->zone[Z].nr_isolate_pageblock, 0);
}
END_TEST

/* 8.4: what a piece gives back has not been isolated, for the counter. */
START_TEST(a_piece_that_is_given_back_is_not_counted)
{
	struct mm_range_request want = {.start = 64,
					.end = 80,
					.mode = ISOLATE_OTHER,
					.gfp = GFP_KERNEL};
	uint64_t before;
	pfn_t pfn;

	mm = given_free(256, 6);
	mm_set(mm, "schedule", 0, NULL);
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), 0);
	mm_drain_all(mm);
	ck_assert_int_eq(mm_range_pages(mm, 64, 80, PAGE_OP_MOVABLE, NULL), 16);
	a_user();
	want.start = 84; /* within the free block of 80 to 95 */
	want.end = 128;
	ck_assert_int_eq(mm_task_contig(mm, task, &want, NULL), 0);
	while (mm->task[task].contig.step != CONTIG_TAKE)
		one_quantum();
	before = mm->st->vm_event[VM_COMPACT_ISOLATED];
	is_killed();
	to_the_end();
	ck_assert_int_eq(mm_contig_result(mm, task), -EBUSY);
	ck_assert_uint_eq(mm->st->vm_event[VM_COMPACT_ISOLATED], before);
}
END_TEST

Suite *check_compact_killed_suite(void)
{
	Suite *s = suite_create("core/compact_killed");
	TCase *t = tcase_create("killed");

	tcase_add_checked_fixture(t, NULL, example_over);
	tcase_add_test(t, the_free_scanner_stops_at_the_next_32nd_frame);
	tcase_add_test(t, alive_it_goes_on);
	tcase_add_test(t, no_zone_is_begun_after_a_fatal_signal);
	tcase_add_test(t, a_signal_in_the_last_zone_comes_too_late);
	tcase_add_test(t, a_range_is_not_taken);
	tcase_add_test(t, a_range_is_not_emptied);
	tcase_add_test(t, a_piece_that_is_given_back_is_not_counted);
	suite_add_tcase(s, t);
	return s;
}
