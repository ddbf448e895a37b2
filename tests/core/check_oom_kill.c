/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a victim gets, and who goes with it: R54, R55, R57.
 */
#include <stdio.h>
#include <string.h>

#include "core/oom.h"
#include "support/people.h"

Suite *check_oom_kill_suite(void);

static struct mm *mm;

static void setup(void)
{
	mm = given_free(64, 3);
	mm_set(mm, "schedule", 0, NULL);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_EVENTS), 0);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static void kill_it(uint32_t process)
{
	const struct oom_control oc = {.chosen = process, .points = 7};

	oom_kill_process(mm, &oc, REASON_OOM_CHOSEN);
}

static uint32_t group_of(const char *name, uint32_t parent, bool whole)
{
	struct mm_group_limits l = mm_no_limits();
	int g;

	l.oom_group = whole;
	g = mm_group_new(mm, name, parent, &l, NULL);
	ck_assert_int_gt(g, 0);
	return (uint32_t)g;
}

START_TEST(the_victim_is_marked_and_the_reaper_told)
{
	const uint32_t p = born(mm, "p", 5, 9);
	const struct task *reaper = &mm->task[reaper_task(mm)];

	STORE(mm, mm->st->jiffies, 100);
	STORE(mm, mm->process[p].rss_file, 2);
	STORE(mm, mm->process[p].rss_shmem, 3);
	STORE(mm, mm->process[p].pgtables, 4);
	kill_it(p);
	ck_assert_uint_eq(mm->process[p].flags,
			  PROCESS_OOM_VICTIM | PROCESS_EXITING);
	ck_assert_uint_eq(mm->process[p].dies_at, 100 + 2 * MM_HZ);
	ck_assert_uint_eq(reaper->state, TASK_WAITING);
	ck_assert_uint_eq(reaper->wake_at, 100 + 2 * MM_HZ);
	ck_assert_int_eq(mm_sysrq_oom(mm), REASON_OOM_KILLED);
	/* once: it is neither marked nor queued again */
	ck_assert_uint_eq(seen(mm, EV_mark_victim), 1);
	ck_assert_uint_eq(mm->process[p].dies_at, 100 + 2 * MM_HZ);
	ck_assert_int_eq(last_of(mm, EV_mark_victim, 1), 9);
	ck_assert_int_eq(last_of(mm, EV_mark_victim, 2), 2);
	ck_assert_int_eq(last_of(mm, EV_mark_victim, 3), 3);
	ck_assert_int_eq(last_of(mm, EV_mark_victim, 4), 4);
	ck_assert_int_eq(last_of(mm, EV_mark_victim, 5), 1000);
	ck_assert_int_eq(last_of(mm, EV_mark_victim, 6), 5);
}
END_TEST

/* R55.1 */
START_TEST(who_is_dying_is_not_killed_again)
{
	const uint32_t p = born(mm, "p", 0, 9);

	set_flags(mm, p, PROCESS_EXITING);
	kill_it(p);
	ck_assert(is_victim(mm, p));
	ck_assert_uint_eq(seen(mm, EV_oom_kill), 0);
	ck_assert_uint_eq(mm->st->vm_event[VM_OOM_KILL], 0);
}
END_TEST

/* R55.3: they use the memory, so it would not come back without them. */
START_TEST(who_shares_the_memory_goes_too)
{
	const uint32_t a = born(mm, "a", 0, 9), b = born(mm, "b", 0, 9),
		       c = born(mm, "c", 0, 9);

	STORE(mm, mm->process[b].owner, mm->process[a].owner);
	kill_it(a);
	ck_assert_uint_eq(mm->process[b].flags, PROCESS_EXITING);
	ck_assert_uint_eq(mm->process[c].flags, 0);
	ck_assert_uint_eq(seen(mm, EV_oom_kill), 2);
	ck_assert_int_eq(last_of(mm, EV_oom_kill, 2), REASON_OOM_SHARES);
	ck_assert_uint_eq(mm->st->vm_event[VM_OOM_KILL], 1);
	ck_assert(oom_is_dying(mm, a));
}
END_TEST

START_TEST(what_init_shares_is_not_reaped)
{
	const uint32_t init = born(mm, "init", 0, 9), a = born(mm, "a", 0, 9);

	set_flags(mm, init, PROCESS_INIT);
	STORE(mm, mm->process[init].owner, mm->process[a].owner);
	kill_it(a);
	ck_assert_uint_eq(mm->process[init].flags, PROCESS_INIT);
	ck_assert(mm->process[a].flags & PROCESS_OOM_SKIP);
	ck_assert_uint_eq(mm->process[a].dies_at, NEVER);
	ck_assert_uint_eq(mm->task[reaper_task(mm)].state, TASK_IDLE);
	ck_assert_uint_eq(seen(mm, EV_oom_pinned), 1);
	ck_assert_int_eq(last_of(mm, EV_oom_pinned, 0),
			 (int32_t)mm->process[a].pid);
	ck_assert_int_eq(last_of(mm, EV_oom_pinned, 1),
			 (int32_t)mm->process[init].pid);
}
END_TEST

/* R55.5: the highest group that is one goes, but for who is never killed. */
START_TEST(an_oom_group_goes_as_a_whole)
{
	const uint32_t top = group_of("top", 0, true),
		       low = group_of("low", top, false),
		       leaf = group_of("leaf", low, true);
	uint32_t p[4];

	for (int i = 0; i < 4; i++)
		p[i] = born(mm, (const char *[]){"a", "b", "c", "d"}[i],
			    i == 2 ? -1000 : 0, 9);
	STORE(mm, mm->process[p[0]].group, leaf);
	STORE(mm, mm->process[p[1]].group, top);
	STORE(mm, mm->process[p[2]].group, low);
	kill_it(p[0]);
	ck_assert(is_victim(mm, p[0]) && is_victim(mm, p[1]));
	ck_assert(!is_victim(mm, p[2]) && !is_victim(mm, p[3]));
	ck_assert_int_eq(last_of(mm, EV_oom_kill, 2), REASON_OOM_GROUP);
	ck_assert_uint_eq(mm->st->group[top].events_oom_kill, 2);
	ck_assert_uint_eq(mm->st->group[low].events_oom_kill, 1);
	ck_assert_uint_eq(mm->st->vm_event[VM_OOM_KILL], 2);
	then_sound_on_paper(mm);
}
END_TEST

/* Groups above the one that ran out have no say. */
START_TEST(a_group_above_the_domain_does_not_go)
{
	const uint32_t top = group_of("top", 0, true),
		       leaf = group_of("leaf", top, false);
	const uint32_t a = born(mm, "a", 0, 9), b = born(mm, "b", 0, 9);
	const struct oom_control oc = {.chosen = a, .group = leaf};

	STORE(mm, mm->process[a].group, leaf);
	STORE(mm, mm->process[b].group, top);
	oom_kill_process(mm, &oc, REASON_OOM_CHOSEN);
	ck_assert(is_victim(mm, a));
	ck_assert(!is_victim(mm, b));
}
END_TEST

/* O19: ten in five seconds; the eleventh kill is one line in the log. */
START_TEST(reports_are_limited_kills_are_not)
{
	uint32_t p[13];
	char name[16];

	for (int i = 0; i < 13; i++) {
		snprintf(name, sizeof name, "p%d", i);
		p[i] = born(mm, name, 0, 1);
	}
	STORE(mm, mm->st->jiffies, 1000);
	for (int i = 0; i < 10; i++) {
		kill_it(p[i]);
		ck_assert_int_eq(last_of(mm, EV_oom_kill, 3), 1);
	}
	kill_it(p[10]);
	ck_assert_int_eq(last_of(mm, EV_oom_kill, 3), 0);
	ck_assert(is_victim(mm, p[10]));
	STORE(mm, mm->st->jiffies, 1000 + 5 * MM_HZ);
	kill_it(p[11]);
	ck_assert_int_eq(last_of(mm, EV_oom_kill, 3), 0);
	STORE(mm, mm->st->jiffies, 1001 + 5 * MM_HZ);
	kill_it(p[12]);
	ck_assert_int_eq(last_of(mm, EV_oom_kill, 3), 1);
	ck_assert_uint_eq(mm->st->vm_event[VM_OOM_KILL], 13);
}
END_TEST

START_TEST(a_kill_is_taken_back)
{
	struct mm *before;

	born(mm, "a", 0, 9);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	before = mm_clone(mm);
	ck_assert_int_eq(mm_sysrq_oom(mm), REASON_OOM_KILLED);
	ck_assert_int_ne(mm_compare(mm, before), 0);
	ck_assert_int_eq(mm_seek(mm, 0), 0);
	ck_assert_int_eq(mm_compare(mm, before), 0);
	mm_destroy(before);
}
END_TEST

START_TEST(a_pid_has_a_name)
{
	const uint32_t p = born(mm, "p", 0, 9);

	ck_assert_str_eq(mm_pid_comm(mm, mm->process[p].pid), "p");
	ck_assert_str_eq(mm_pid_comm(mm, 1), "caller");
	ck_assert_str_eq(mm_pid_comm(mm, 0), "?");
	ck_assert_str_eq(mm_pid_comm(mm, 4000), "?");
}
END_TEST

Suite *check_oom_kill_suite(void)
{
	Suite *s = suite_create("core/oom_kill");
	TCase *tc = tcase_create("oom_kill");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_victim_is_marked_and_the_reaper_told);
	tcase_add_test(tc, who_is_dying_is_not_killed_again);
	tcase_add_test(tc, who_shares_the_memory_goes_too);
	tcase_add_test(tc, what_init_shares_is_not_reaped);
	tcase_add_test(tc, an_oom_group_goes_as_a_whole);
	tcase_add_test(tc, a_group_above_the_domain_does_not_go);
	tcase_add_test(tc, a_kill_is_taken_back);
	tcase_add_test(tc, reports_are_limited_kills_are_not);
	tcase_add_test(tc, a_pid_has_a_name);
	suite_add_tcase(s, tc);
	return s;
}
