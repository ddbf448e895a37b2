/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The OOM killer among processes that really have the memory: what a death
 * gives back serves the request that asked for it.
 */
#include "core/oom.h"
#include "support/people.h"
#include "support/procs.h"

Suite *check_oom_life_suite(void);

static struct mm *mm;

static void setup(void)
{
	mm = tiny(true, 0);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
}

static void teardown(void)
{
	then_sound(mm);
	mm_destroy(mm);
	mm = NULL;
}

static uint64_t anon(unsigned int process)
{
	struct mm_process_info pi;

	mm_process_info(mm, process, &pi);
	return pi.rss_anon;
}

/* Two processes fill the machine: the larger one makes room for the other. */
START_TEST(the_largest_makes_room)
{
	const unsigned int large = process(mm, "large"),
			   small = process(mm, "small");
	const uint32_t pid = mm->process[large].pid;

	ck_assert_uint_eq(fault(mm, large, FAULT_ANON, 140, 0), 140);
	ck_assert_uint_eq(fault(mm, small, FAULT_ANON, 130, 0), 130);
	ck_assert_uint_eq(seen(mm, EV_oom_kill), 1);
	ck_assert_uint_eq((uint32_t)last_of(mm, EV_oom_kill, 0), pid);
	ck_assert_int_eq(said_of(mm, small), REASON_OOM_FEWER);
	ck_assert_uint_eq(anon(large), 0);
	ck_assert_uint_eq(anon(small), 130);
	ck_assert_uint_eq(seen(mm, EV_start_task_reaping), 0);
}
END_TEST

/* Stuck, it is reaped after two seconds, and the request has waited. */
START_TEST(a_stuck_victim_is_waited_for)
{
	const unsigned int large = process(mm, "large"),
			   small = process(mm, "small");

	ck_assert_uint_eq(fault(mm, large, FAULT_ANON, 140, 0), 140);
	STORE(mm, mm->process[large].flags,
	      mm->process[large].flags | PROCESS_STUCK);
	ck_assert_uint_eq(fault(mm, small, FAULT_ANON, 130, 0), 130);
	ck_assert_uint_eq(seen(mm, EV_start_task_reaping), 1);
	ck_assert_uint_ge(mm_jiffies(mm), 2 * MM_HZ);
	ck_assert_uint_lt(mm_jiffies(mm), 3 * MM_HZ);
}
END_TEST

/* A group that is full looks after itself, whoever is larger outside. */
START_TEST(a_full_group_makes_its_own_room)
{
	const unsigned int outside = process(mm, "outside"),
			   first = process(mm, "first"),
			   second = process(mm, "second");
	const uint32_t pid = mm->process[first].pid;
	struct mm_group_limits l = mm_no_limits();
	struct mm_group_info gi;

	l.max = 40;
	ck_assert_int_eq(mm_group_new(mm, "g", 0, &l, NULL), 1);
	ck_assert_int_eq(mm_group_add(mm, 1, first, NULL), 0);
	ck_assert_int_eq(mm_group_add(mm, 1, second, NULL), 0);
	ck_assert_uint_eq(fault(mm, outside, FAULT_ANON, 60, 0), 60);
	ck_assert_uint_eq(fault(mm, first, FAULT_ANON, 25, 0), 25);
	ck_assert_uint_eq(fault(mm, second, FAULT_ANON, 20, 0), 20);
	ck_assert_uint_eq(seen(mm, EV_oom_kill), 1);
	ck_assert_uint_eq((uint32_t)last_of(mm, EV_oom_kill, 0), pid);
	ck_assert_uint_eq(anon(outside), 60);
	ck_assert_uint_eq(anon(second), 20);
	mm_group_info(mm, 1, &gi);
	ck_assert_int_le(gi.usage, 40);
	ck_assert_int_ge(gi.usage, 20);
	ck_assert_uint_eq(gi.oom_kill, 1);
}
END_TEST

/* A lower limit is enforced: by killing, as nothing can be reclaimed. */
START_TEST(a_lower_max_is_enforced)
{
	const unsigned int p = process(mm, "p");
	struct mm_group_limits l = mm_no_limits();

	ck_assert_int_eq(mm_group_new(mm, "g", 0, &l, NULL), 1);
	ck_assert_int_eq(mm_group_add(mm, 1, p, NULL), 0);
	ck_assert_uint_eq(fault(mm, p, FAULT_ANON, 30, 0), 30);
	l.max = 10;
	ck_assert_int_eq(mm_group_set(mm, 1, &l, NULL), 0);
	ck_assert_uint_eq(seen(mm, EV_oom_kill), 1);
	ck_assert_int_le(mm->st->group[1].usage, 10);
	ck_assert_uint_eq(anon(p), 0);
}
END_TEST

START_TEST(sysrq_gives_memory_back)
{
	const unsigned int p = process(mm, "p");
	struct mm *before;

	ck_assert_uint_eq(fault(mm, p, FAULT_ANON, 30, 0), 30);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	before = mm_clone(mm);
	ck_assert_int_eq(mm_sysrq_oom(mm), REASON_OOM_KILLED);
	ck_assert_uint_eq(anon(p), 0);
	then_sound(mm);
	ck_assert_int_eq(mm_seek(mm, 0), 0);
	ck_assert_int_eq(mm_compare(mm, before), 0);
	mm_destroy(before);
}
END_TEST

Suite *check_oom_life_suite(void)
{
	Suite *s = suite_create("core/oom_life");
	TCase *tc = tcase_create("oom_life");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_largest_makes_room);
	tcase_add_test(tc, a_stuck_victim_is_waited_for);
	tcase_add_test(tc, a_full_group_makes_its_own_room);
	tcase_add_test(tc, a_lower_max_is_enforced);
	tcase_add_test(tc, sysrq_gives_memory_back);
	suite_add_tcase(s, tc);
	return s;
}
