/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pool of huge pages that a task makes larger or smaller, by quanta;
 * contig-cma-hotplug.md 5.1, 5.2.
 *
 * Pageblocks and the smaller huge pages have 16 frames, the larger ones 256,
 * free blocks 32 at most.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/hugetlb.h"
#include "support/picture.h"

Suite *check_hugetlb_resize_suite(void);

#define PMD HUGETLB_PMD
#define PUD HUGETLB_PUD
#define LARGE 256u

static struct mm *mm;
static unsigned int one, two;

static unsigned int process(const char *name)
{
	const struct mm_process user = {.name = name};

	ck_assert_int_ge(mm_process_new(mm, &user, NULL), 1);
	return (unsigned int)mm_task_find(mm, name);
}

static void setup(void)
{
	mm = given_free(3 * LARGE, 4);
	mm_set(mm, "pcp", 0, NULL);
	mm_set(mm, "schedule", 0, NULL);
	one = process("one");
	two = process("two");
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static struct mm_hugetlb_info info(enum mm_hugetlb_size size)
{
	struct mm_hugetlb_info hi;

	then_sound(mm);
	mm_hugetlb_info(mm, size, &hi);
	return hi;
}

static struct mm_hugetlb_task at(unsigned int task)
{
	struct mm_hugetlb_task ht;

	mm_hugetlb_task_info(mm, task, &ht);
	return ht;
}

static void begin(unsigned int task, enum mm_hugetlb_size size, uint32_t nr)
{
	ck_assert_int_eq(mm_task_hugetlb_pool(mm, task, size, nr, -1, NULL), 0);
}

/* One quantum, after which all is sound; false: that was the last. */
static bool quantum(unsigned int task)
{
	enum mm_quantum q;

	ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	then_sound(mm);
	if (q == QUANTUM_SLEEP)
		mm_tick(mm, 1);
	return q != QUANTUM_DONE;
}

static unsigned int rest_of(unsigned int task)
{
	unsigned int n = 1;

	while (quantum(task))
		ck_assert_uint_lt(n++, 100000);
	return n;
}

/* Quanta until so many pages are kept apart. */
static void until_apart(unsigned int task, uint32_t pages)
{
	while (at(task).apart != pages)
		ck_assert(quantum(task));
}

static void free_list(const struct mm *of, char buf[200])
{
	size_t used = 0;

	buf[0] = '\0';
	for (pfn_t p = mm_hugetlb_first_free(of, PMD, 0); p != NO_PFN;
	     p = mm_hugetlb_next(of, p))
		used += (size_t)snprintf(buf + used, 200 - used, "%u ", p);
}

/* ---- larger ---- */

START_TEST(each_page_has_its_quantum)
{
	begin(one, PMD, 3);
	ck_assert_uint_eq(info(PMD).nr, 0); /* nothing yet */
	until_apart(one, 1);
	ck_assert_uint_eq(info(PMD).free, 0); /* in nobody's reach */
	ck_assert_str_eq(at(one).at, "is there a page missing");
	ck_assert_uint_eq(at(one).wanted, 3);
	until_apart(one, 3);
	ck_assert_uint_eq(info(PMD).free, 0);
	rest_of(one);
	ck_assert_uint_eq(info(PMD).free, 3);
	ck_assert_uint_eq(info(PMD).max, 3);
	ck_assert_ptr_null(at(one).at);
}
END_TEST

START_TEST(stepping_gives_what_running_gives)
{
	struct mm *at_once = mm_clone(mm);
	char want[200], got[200];

	ck_assert_ptr_nonnull(at_once);
	for (uint32_t nr = 7; nr; nr = nr == 7 ? 2 : 0) {
		ck_assert_int_eq(mm_hugetlb_pool(at_once, PMD, nr, -1, NULL),
				 0);
		begin(one, PMD, nr);
		rest_of(one);
		free_list(at_once, want);
		free_list(mm, got);
		ck_assert_str_eq(got, want);
		for (unsigned int o = 0; o <= mm_max_order(mm); o++)
			ck_assert_uint_eq(mm_nr_free_order(mm, Z, o),
					  mm_nr_free_order(at_once, Z, o));
	}
	mm_destroy(at_once);
}
END_TEST

/* What another takes in the meantime the pool does not get. */
START_TEST(others_run_between_two_pages)
{
	const struct mm_request all = {.order = 5,
				       .gfp = GFP_KERNEL | GFP_BIT_NORETRY};
	pfn_t pfn;

	begin(one, PMD, 40);
	until_apart(one, 4);
	while (mm_alloc_pages(mm, &all, &pfn) == 0)
		;
	rest_of(one);
	ck_assert_uint_ge(info(PMD).nr, 4);
	ck_assert_uint_lt(info(PMD).nr, 40);
	ck_assert_uint_eq(info(PMD).free, info(PMD).nr);
	ck_assert_uint_eq(info(PMD).max, info(PMD).nr);
}
END_TEST

/* Every block has a movable page: it takes compaction, quantum by quantum. */
START_TEST(it_may_have_to_compact_for_a_page)
{
	struct mm_request page = {.gfp = GFP_BIT_HIGHMEM | GFP_BIT_MOVABLE,
				  .attr = PAGE_LRU};
	pfn_t pfn;

	page.owner = mm_owner(mm, "a", NULL);
	while (mm_alloc_pages(mm, &page, &pfn) == 0)
		;
	for (pfn_t p = 0; p < 3 * LARGE; p++)
		if (p % 16)
			mm_free_pages(mm, p, 0, 0, NULL);
	begin(one, PMD, 4);
	ck_assert_uint_gt(rest_of(one), 60);
	ck_assert_uint_eq(info(PMD).nr, 4);
	ck_assert_uint_ge(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 1);
}
END_TEST

START_TEST(a_gigantic_page_comes_by_quanta)
{
	bool searched = false;

	begin(one, PUD, 2);
	do
		searched |= strcmp(at(one).at ? at(one).at : "",
				   "empty a range for a page") == 0;
	while (quantum(one));
	ck_assert(searched);
	ck_assert_uint_eq(info(PUD).free, 2);
	ck_assert_ptr_null(at(one).at);
}
END_TEST

START_TEST(who_is_killed_keeps_what_was_got)
{
	begin(one, PMD, 20);
	until_apart(one, 5);
	ck_assert_int_eq(mm_process_kill(mm, 1, 0, NULL), 0);
	rest_of(one);
	ck_assert_uint_eq(info(PMD).free, 5);
	ck_assert_uint_eq(info(PMD).max, 5);
}
END_TEST

/* ---- smaller ---- */

/* They leave together, under the lock, and are freed from the last on. */
START_TEST(pages_leave_at_once_and_are_freed_one_by_one)
{
	pfn_t left[3], pfn;
	unsigned int n = 0;

	ck_assert_int_eq(mm_hugetlb_pool(mm, PMD, 3, -1, NULL), 0);
	pfn = mm_hugetlb_first_free(mm, PMD, 0);
	for (; pfn != NO_PFN; pfn = mm_hugetlb_next(mm, pfn))
		left[n++] = pfn;
	ck_assert_uint_eq(n, 3);
	begin(one, PMD, 0);
	ck_assert(quantum(one));
	ck_assert_uint_eq(info(PMD).nr, 0);
	ck_assert_uint_eq(at(one).apart, 3);
	while (n-- > 0) {
		struct mm_frame f;

		/* nobody else can give it back meanwhile */
		ck_assert_int_ne(mm_free_pages(mm, left[n], 4, 0, NULL), 0);
		ck_assert(quantum(one));
		mm_frame(mm, left[n], &f);
		ck_assert_int_eq(f.kind, FRAME_FREE);
		ck_assert_uint_eq(at(one).apart, n);
	}
	rest_of(one);
	ck_assert_uint_eq(info(PMD).max, 0);
}
END_TEST

START_TEST(those_in_use_become_surplus)
{
	const struct mm_hugetlb_request want = {.size = PMD, .nid = -1};
	pfn_t pfn;

	ck_assert_int_eq(mm_hugetlb_pool(mm, PMD, 3, -1, NULL), 0);
	ck_assert_int_eq(mm_hugetlb_alloc(mm, &want, &pfn, NULL), 0);
	begin(one, PMD, 0);
	rest_of(one);
	ck_assert_uint_eq(info(PMD).nr, 1);
	ck_assert_uint_eq(info(PMD).surplus, 1);
	begin(one, PMD, 1); /* and counts again */
	rest_of(one);
	ck_assert_uint_eq(info(PMD).surplus, 0);
}
END_TEST

/* ---- one at a time ---- */

START_TEST(only_one_resizes_a_pool)
{
	struct mm_error err;

	begin(one, PMD, 5);
	until_apart(one, 2);
	ck_assert_int_eq(mm_task_hugetlb_pool(mm, two, PMD, 1, -1, &err),
			 -EBUSY);
	ck_assert_str_eq(err.text,
			 "one is about to change that pool: let that finish");
	ck_assert_int_eq(mm_task_hugetlb_pool(mm, one, PUD, 1, -1, &err),
			 -EBUSY);
	/* who cannot be refused waits: first 5, then 3 */
	ck_assert_int_eq(mm_hugetlb_pool(mm, PMD, 3, -1, NULL), 0);
	ck_assert_ptr_null(at(one).at);
	ck_assert_uint_eq(info(PMD).nr, 3);
	begin(two, PUD, 1);
	begin(one, PMD, 1);
	while (quantum(two))
		;
	rest_of(one);
	ck_assert_uint_eq(info(PUD).nr, 1);
	ck_assert_uint_eq(info(PMD).nr, 1);
}
END_TEST

START_TEST(what_cannot_be_is_refused)
{
	struct mm_error err;

	ck_assert_int_eq(mm_task_hugetlb_pool(mm, 999, PMD, 1, -1, &err),
			 -EINVAL);
	ck_assert_int_eq(mm_task_hugetlb_pool(mm, one, PMD, 1, 7, &err),
			 -EINVAL);
	ck_assert_int_eq(mm_task_hugetlb_pool(mm, one, PMD, 1u << 30, -1, &err),
			 -EINVAL);
	ck_assert_ptr_null(at(one).at);
	ck_assert_ptr_null(at(999).at);
}
END_TEST

/* Wherever one goes back to it is sound, or as far out of step as said. */
START_TEST(sound_at_every_event_and_undone)
{
	const uint64_t start = mm_now(mm), before = mm_hash(mm);

	begin(one, PMD, 4);
	rest_of(one);
	begin(one, PMD, 1);
	rest_of(one);
	begin(two, PUD, 1);
	rest_of(two);
	then_sound_back_to(mm, start);
	ck_assert_uint_eq(mm_hash(mm), before);
}
END_TEST

Suite *check_hugetlb_resize_suite(void)
{
	Suite *s = suite_create("core/hugetlb_resize");
	TCase *t = tcase_create("resize");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, each_page_has_its_quantum);
	tcase_add_test(t, stepping_gives_what_running_gives);
	tcase_add_test(t, others_run_between_two_pages);
	tcase_add_test(t, it_may_have_to_compact_for_a_page);
	tcase_add_test(t, a_gigantic_page_comes_by_quanta);
	tcase_add_test(t, who_is_killed_keeps_what_was_got);
	tcase_add_test(t, pages_leave_at_once_and_are_freed_one_by_one);
	tcase_add_test(t, those_in_use_become_surplus);
	tcase_add_test(t, only_one_resizes_a_pool);
	tcase_add_test(t, what_cannot_be_is_refused);
	tcase_add_test(t, sound_at_every_event_and_undone);
	suite_add_tcase(s, t);
	return s;
}
