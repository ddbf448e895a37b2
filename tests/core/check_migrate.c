/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_migrate.c - pages that are moved in several tries
 *
 * The example contig-cma-hotplug.md 10.5: a batch that waits for nothing goes
 * ahead, and what it left is waited for by itself.
 */
#include "core/contig.h"

#include <errno.h>

#include "support/examples.h"

Suite *check_migrate_suite(void);

/* Two pages of a file: at the head of the list the one being written. */
static void two_pages(void)
{
	given_zone();
	mm_set(mm, "schedule", 1, NULL);
	put(1030, 0, PAGE_LRU);
	put(1031, 0, PAGE_LRU);
	put_free(2, 1024);
	put_free(1, 1028);
	for (unsigned int o = 3; o < 9; o++)
		put_free(o, 1024 + (1u << o));
	put_free(9, 2560);
	rest_is_u();
	ck_assert_int_eq(mm_range_pages(mm, 1030, 1032, PAGE_OP_DIRTY, NULL),
			 2);
	ck_assert_int_eq(
		mm_range_pages(mm, 1031, 1032, PAGE_OP_WRITE_BACK, NULL), 1);
	ck_assert(mm->page[1031].attr & PAGE_WRITEBACK);
	mm_record(mm, MM_RECORD_EVENTS);
}

/* The moment of the first such event with this frame; 0: there is none. */
static uint64_t moment_of(enum mm_event_type type, int32_t pfn)
{
	for (uint64_t n = mm_first_moment(mm) + 1; n <= mm_last_moment(mm);
	     n++) {
		const struct mm_event *ev = mm_event(mm, n);

		if (ev->type == type && ev->arg[0] == pfn)
			return n;
	}
	return 0;
}

START_TEST(what_is_written_is_waited_for_last)
{
	const struct mm_range_request want = {.start = 1030,
					      .end = 1032,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL,
					      .nid = -1};
	uint64_t began, refused, written;
	pfn_t pfn;

	two_pages();
	began = mm->st->jiffies;
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), 0);
	then_sound(mm);
	refused = moment_of(EV_compact_refused, 1031);
	ck_assert_int_eq(mm_event(mm, refused)->arg[2], REASON_PAGE_WRITEBACK);
	written = moment_of(EV_writeback_end, 1031);
	/* the second does not wait for the first */
	ck_assert_uint_lt(refused, moment_of(EV_compact_moved, 1030));
	ck_assert_uint_lt(moment_of(EV_compact_moved, 1030), written);
	ck_assert_uint_lt(written, moment_of(EV_compact_moved, 1031));
	ck_assert_uint_eq(mm->st->jiffies - began, mm->st->cfg.writeback_delay);
	/* it is moved, and has not failed in between */
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 2);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_FAIL], 0);
}
END_TEST

/* 8.4: a huge page that says "again" to the last has failed as one. */
START_TEST(a_huge_page_that_stays_locked_counts_as_one)
{
	const struct mm_range_request want = {.start = 1536,
					      .end = 2048,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL,
					      .nid = -1};
	const struct mm_event *ev = NULL;
	pfn_t pfn;

	given_zones("0:Normal:1024-7168");
	put(1536, 9, MOVABLE | PAGE_COMPOUND | PAGE_LOCKED);
	put_free_down(10, 6144, 2048, 1024);
	rest_is_u();
	ck_assert_int_eq(mm_contig(mm, &want, &pfn, NULL), -EBUSY);
	for (uint64_t n = mm_first_moment(mm) + 1; n <= mm_last_moment(mm); n++)
		if (mm_event(mm, n)->type == EV_mm_migrate_pages)
			ev = mm_event(mm, n);
	ck_assert_ptr_nonnull(ev);
	ck_assert_int_eq(ev->arg[1], 512); /* pages failed */
	ck_assert_int_eq(ev->arg[3], 1);   /* huge ones failed */
}
END_TEST

/* ---- locks ---- */

static unsigned int task;

/* A task that compacts by hand, one page in its way being locked. */
static void one_is_locked(int order, enum migrate_mode mode)
{
	const struct mm_process user = {.name = "user"};

	given_zone();
	put(1025, 0, MOVABLE | PAGE_LOCKED);
	put_free_down(0, 1038, 1026, 4);
	put_free_down(0, 3068, 2560, 4);
	rest_is_u();
	ck_assert_int_eq(mm_process_new(mm, &user, NULL), 1);
	task = (unsigned int)mm_task_find(mm, "user");
	ck_assert_int_eq(mm_task_compact(mm, task, Z, order, mode, NULL), 0);
}

static enum mm_quantum run_on(void)
{
	enum mm_quantum q = QUANTUM_AGAIN;

	while (q == QUANTUM_AGAIN)
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	then_sound(mm);
	return q;
}

/* 8.5.2 */
START_TEST(a_lock_is_waited_for)
{
	one_is_locked(-1, MIGRATE_SYNC);
	ck_assert_int_eq(run_on(), QUANTUM_SLEEP);
	ck_assert_int_eq(mm->task[task].wait, WAIT_LOCK);
	ck_assert_int_eq(mm_range_pages(mm, 1025, 1026, PAGE_OP_RELEASE, NULL),
			 1);
	ck_assert_int_eq(mm->task[task].state, TASK_READY);
	ck_assert_int_eq(run_on(), QUANTUM_DONE);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 1);
}
END_TEST

START_TEST(a_lock_is_not_waited_for_for_ever)
{
	one_is_locked(-1, MIGRATE_SYNC);
	ck_assert_int_eq(run_on(), QUANTUM_SLEEP);
	mm_tick(mm, MM_HZ);
	ck_assert_int_eq(run_on(), QUANTUM_DONE);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 0);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_FAIL], 1);
}
END_TEST

START_TEST(direct_compaction_waits_for_no_lock)
{
	one_is_locked(3, MIGRATE_SYNC_LIGHT);
	ck_assert_int_eq(run_on(), QUANTUM_DONE);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_FAIL], 1);
}
END_TEST

Suite *check_migrate_suite(void)
{
	Suite *s = suite_create("core/migrate");
	TCase *t = tcase_create("migrate");

	tcase_add_checked_fixture(t, NULL, example_over);
	tcase_add_test(t, what_is_written_is_waited_for_last);
	tcase_add_test(t, a_huge_page_that_stays_locked_counts_as_one);
	tcase_add_test(t, a_lock_is_waited_for);
	tcase_add_test(t, a_lock_is_not_waited_for_for_ever);
	tcase_add_test(t, direct_compaction_waits_for_no_lock);
	suite_add_tcase(s, t);
	return s;
}
