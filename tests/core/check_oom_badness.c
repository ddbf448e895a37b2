/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Points, ties, and who is passed by: R52, R53, R56, R76.
 */
#include "core/oom.h"
#include "support/people.h"

Suite *check_oom_badness_suite(void);

static struct mm *mm;

static void setup(void)
{
	mm = given_free(64, 3);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static struct oom_control selected(int64_t total)
{
	struct oom_control oc = {.nodemask = ALL_NODES, .totalpages = total};

	oom_select(mm, &oc);
	return oc;
}

static int32_t points_of(uint32_t process)
{
	for (uint64_t i = mm_last_moment(mm); i > mm_first_moment(mm); i--)
		if (mm_event(mm, i)->type == EV_oom_badness &&
		    mm_event(mm, i)->arg[0] ==
			    (int32_t)mm->process[process].pid)
			return mm_event(mm, i)->arg[1];
	ck_abort_msg("nothing was said of process %u", process);
}

/* R76 */
START_TEST(the_worked_example)
{
	const uint32_t p1 = born(mm, "p1", 0, 300000),
		       p2 = born(mm, "p2", 200, 100000),
		       p3 = born(mm, "p3", -1000, 900000),
		       p4 = born(mm, "p4", -500, 10000);
	struct oom_control oc;

	STORE(mm, mm->process[p1].pgtables, 300);
	STORE(mm, mm->process[p2].pgtables, 200);
	oc = selected(1235510);
	ck_assert_uint_eq(oc.chosen, p2);
	ck_assert_int_eq(oc.points, 347200);
	ck_assert_int_eq(points_of(p1), 300300);
	ck_assert_int_eq(points_of(p2), 347200);
	ck_assert_int_eq(points_of(p4), -607500);
	ck_assert_int_eq(said_of(mm, p3), REASON_OOM_NEVER);
	ck_assert_int_eq(said_of(mm, p4), REASON_OOM_FEWER);
}
END_TEST

START_TEST(all_that_a_process_has_counts)
{
	const uint32_t p = born(mm, "p", 0, 1);

	STORE(mm, mm->process[p].rss_file, 20);
	STORE(mm, mm->process[p].rss_shmem, 300);
	STORE(mm, mm->process[p].swapents, 4000);
	STORE(mm, mm->process[p].pgtables, 50000);
	ck_assert_int_eq(selected(64).points, 54321);
}
END_TEST

START_TEST(of_equals_the_later_goes)
{
	const uint32_t a = born(mm, "a", 0, 100), b = born(mm, "b", 0, 100);

	ck_assert_uint_eq(selected(64).chosen, b);
	ck_assert_int_eq(said_of(mm, a), REASON_OOM_BEST);
	/* later by pid, whichever record it has */
	STORE(mm, mm->process[b].pid, 1);
	ck_assert_uint_eq(selected(64).chosen, a);
}
END_TEST

START_TEST(points_may_be_negative)
{
	born(mm, "a", -900, 1);
	ck_assert_uint_eq(selected(100000).chosen, born(mm, "b", -800, 1) - 1);
	ck_assert_uint_eq(selected(100000).chosen, 2);
	ck_assert_int_eq(selected(100000).points, 1 - 80000);
}
END_TEST

START_TEST(some_are_never_chosen)
{
	const uint32_t init = born(mm, "init", 0, 900),
		       bare = born(mm, "bare", 0, 800),
		       reaped = born(mm, "reaped", 0, 700),
		       left = born(mm, "left", 0, 1);

	set_flags(mm, init, PROCESS_INIT);
	STORE(mm, mm->process[bare].owner, 0);
	set_flags(mm, reaped, PROCESS_OOM_SKIP);
	ck_assert_uint_eq(selected(64).chosen, left);
	ck_assert_int_eq(said_of(mm, init), REASON_OOM_INIT);
	ck_assert_int_eq(said_of(mm, bare), REASON_OOM_NO_MEMORY);
	ck_assert_int_eq(said_of(mm, reaped), REASON_OOM_REAPED);
	/* a record that is nobody's is not even looked at */
	STORE(mm, mm->process[left].pid, 0);
	ck_assert_uint_eq(selected(64).chosen, 0);
}
END_TEST

START_TEST(who_asked_to_be_first_is)
{
	const uint32_t first = born(mm, "first", -999, 0),
		       large = born(mm, "large", 1000, 900);

	set_flags(mm, first, PROCESS_KILL_FIRST);
	ck_assert_uint_eq(selected(64).chosen, first);
	ck_assert_int_eq(said_of(mm, first), REASON_OOM_FIRST);
	ck_assert_int_eq(said_of(mm, large), REASON_OOM_FEWER);
	/* not even that helps against never */
	set_flags(mm, first, PROCESS_KILL_FIRST | PROCESS_INIT);
	ck_assert_uint_eq(selected(64).chosen, large);
}
END_TEST

/* R53 */
START_TEST(a_victim_ends_the_scan_until_it_is_reaped)
{
	const uint32_t a = born(mm, "a", 0, 10), b = born(mm, "b", 0, 20);
	struct oom_control oc;

	born(mm, "c", 0, 30);
	set_flags(mm, b, PROCESS_OOM_VICTIM | PROCESS_EXITING);
	oc = selected(64);
	ck_assert(oc.aborted);
	ck_assert_uint_eq(oc.chosen, 0);
	ck_assert_int_eq(said_of(mm, a), REASON_OOM_BEST);
	ck_assert_int_eq(said_of(mm, b), REASON_OOM_PENDING);
	ck_assert_uint_eq(seen(mm, EV_oom_badness), 2);

	set_flags(mm, b,
		  PROCESS_OOM_VICTIM | PROCESS_EXITING | PROCESS_OOM_SKIP);
	oc = selected(64);
	ck_assert(!oc.aborted);
	ck_assert_uint_eq(oc.chosen, 3);
	ck_assert_int_eq(said_of(mm, b), REASON_OOM_REAPED);
}
END_TEST

/* R56: all who use the map must be on their way. */
START_TEST(dying_are_those_whose_memory_comes)
{
	const uint32_t a = born(mm, "a", 0, 10), b = born(mm, "b", 0, 10);

	ck_assert(!oom_is_dying(mm, a));
	set_flags(mm, a, PROCESS_EXITING);
	ck_assert(oom_is_dying(mm, a));
	STORE(mm, mm->process[b].owner, mm->process[a].owner);
	ck_assert(!oom_is_dying(mm, a));
	set_flags(mm, b, PROCESS_EXITING);
	ck_assert(oom_is_dying(mm, a));
	set_flags(mm, a, PROCESS_EXITING | PROCESS_OOM_SKIP);
	ck_assert(!oom_is_dying(mm, a));
	STORE(mm, mm->process[b].owner, 0);
	ck_assert(!oom_is_dying(mm, b));
}
END_TEST

/* R52.1: a nodemask asks for the policy, no nodemask for the cpuset. */
START_TEST(who_is_elsewhere_is_passed_by)
{
	struct oom_control oc = {.totalpages = 256, .nodemask = 2};
	uint32_t here, there;
	int cs;

	mm_destroy(mm);
	mm = two_nodes();
	here = born(mm, "here", 0, 10);
	there = born(mm, "there", 0, 99);
	mm_record(mm, MM_RECORD_EVENTS);
	STORE(mm, mm->process[there].policy, (uint32_t)POLICY_BIND);
	STORE(mm, mm->process[there].policy_nodes, 1);
	oom_select(mm, &oc);
	ck_assert_uint_eq(oc.chosen, here);
	ck_assert_int_eq(said_of(mm, there), REASON_OOM_ELSEWHERE);
	/* only binding keeps it away */
	STORE(mm, mm->process[there].policy, (uint32_t)POLICY_PREFERRED);
	oom_select(mm, &oc);
	ck_assert_uint_eq(oc.chosen, there);

	oc.nodemask = ALL_NODES;
	cs = mm_cpuset_new(mm, "zero", 0, 1, NULL);
	ck_assert_int_gt(cs, 0);
	ck_assert_int_eq(mm_cpuset_add(mm, (unsigned int)cs, there, NULL), 0);
	oom_select(mm, &oc);
	ck_assert_uint_eq(oc.chosen, there);
	cs = mm_cpuset_new(mm, "one", 0, 2, NULL);
	ck_assert_int_eq(mm_cpuset_add(mm, (unsigned int)cs, here, NULL), 0);
	oc.task = task_of(mm, here);
	oom_select(mm, &oc);
	ck_assert_uint_eq(oc.chosen, here);
	ck_assert_int_eq(said_of(mm, there), REASON_OOM_ELSEWHERE);
}
END_TEST

Suite *check_oom_badness_suite(void)
{
	Suite *s = suite_create("core/oom_badness");
	TCase *tc = tcase_create("oom_badness");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_worked_example);
	tcase_add_test(tc, all_that_a_process_has_counts);
	tcase_add_test(tc, of_equals_the_later_goes);
	tcase_add_test(tc, points_may_be_negative);
	tcase_add_test(tc, some_are_never_chosen);
	tcase_add_test(tc, who_asked_to_be_first_is);
	tcase_add_test(tc, a_victim_ends_the_scan_until_it_is_reaped);
	tcase_add_test(tc, dying_are_those_whose_memory_comes);
	tcase_add_test(tc, who_is_elsewhere_is_passed_by);
	suite_add_tcase(s, tc);
	return s;
}
