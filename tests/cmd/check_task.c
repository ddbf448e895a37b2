/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * task new, anon, file, pages, kill: what is said, and what is refused.
 */
#include "say.h"

static struct lab *lab;

static void setup(void)
{
	lab = lab_create();
	runs(lab, "task new web");
}

static void teardown(void)
{
	lab_destroy(lab);
}

START_TEST(pages_come_at_once_or_by_run)
{
	says(lab, "task anon web 3", CMD_OK, "web: got 3 of 3 pages\n");
	says(lab, "task file web 2 mapped write", CMD_OK,
	     "web: got 2 of 2 pages\n");
	ck_assert_int_eq(figure(lab, "vmstat.nr_anon_pages"), 3);
	ck_assert_int_eq(figure(lab, "vmstat.nr_mapped"), 2);
	ck_assert_int_eq(figure(lab, "vmstat.nr_dirty"), 2);
	runs(lab, "schedule manual");
	says(lab, "task anon web 2", CMD_OK,
	     "web: 2 pages to get; `run web` goes on\n");
	runs(lab, "run web 9");
	ck_assert_int_eq(figure(lab, "vmstat.nr_anon_pages"), 5);
}
END_TEST

START_TEST(a_task_asks_with_its_own_rights)
{
	struct mm_process_info pi;

	says(lab, "alloc order=1 task=web", CMD_OK, "pfn 0, order 1\n");
	mm_process_info(lab_mm(lab), 1, &pi);
	ck_assert_uint_eq(mm_owner_pages(lab_mm(lab), pi.owner), 2);
	runs(lab, "schedule manual");
	says(lab, "alloc task=web", CMD_OK,
	     "web has been asked; `run web` goes on\n");
	refuses(lab, "alloc task=web", "in the middle of");
	refuses(lab, "alloc task=kswapd0", "kswapd0 makes no requests");
}
END_TEST

START_TEST(pages_are_changed_by_number_or_all)
{
	runs(lab, "task anon web 3");
	says(lab, "task pages web pin 2", CMD_OK,
	     "web: 2 pages or blocks changed (pin)\n");
	says(lab, "task pages web pin", CMD_OK,
	     "web: 1 page or block changed (pin)\n");
	refuses(lab, "task pages web pin pfn=200", "does not begin a page of");
	refuses(lab, "task pages web knit", "expected");
}
END_TEST

START_TEST(the_killed_are_gone_unless_they_are_stuck)
{
	runs(lab, "task anon web 3");
	says(lab, "task kill web stuck", CMD_OK,
	     "web: killed, but stuck: its memory stays\n");
	refuses(lab, "task anon web 1", "has been killed");
	says(lab, "task kill web", CMD_OK, "web: gone, and its memory free\n");
	ck_assert_int_eq(figure(lab, "vmstat.nr_anon_pages"), 0);
	refuses(lab, "task anon web 1", "expected a task");
	runs(lab, "undo");
	ck_assert_int_eq(figure(lab, "vmstat.nr_anon_pages"), 3);
	runs(lab, "check");
}
END_TEST

/* Who asks for pages is told whom they have cost. */
START_TEST(a_kill_on_the_way_is_told)
{
	runs(lab, "world new tiny pages=128; task new shop");
	runs(lab, "task anon shop 60; task new web");
	says(lab, "task anon web 100", CMD_OK,
	     "web: got 100 of 100 pages\n"
	     "OOM killer: shop (100) is killed, 64 points: chosen\n");
	says(lab, "oom", CMD_OK,
	     "OOM killer: web (101) is killed, 107 points: chosen\n");
	says(lab, "undo", CMD_OK, "undone: oom\n");
	says(lab, "redo", CMD_OK, "redone: oom\n");
}
END_TEST

START_TEST(who_sleeps_is_not_run)
{
	runs(lab, "schedule manual");
	says(lab, "run kcompactd0", CMD_OK,
	     "nothing is run: it sleeps, and `tick` lets time pass\n"
	     "kcompactd0: waits for the time to look around, until 125\n");
	says(lab, "tick 3", CMD_OK, "jiffy 3\n");
}
END_TEST

START_TEST(mistakes_are_explained_and_change_nothing)
{
	refuses(lab, "task new web", "there is a task of that name");
	refuses(lab, "task new a_name_of_20_letters", "1 to 15 characters");
	refuses(lab, "task new a adj=2000", "expected -1000 to 1000");
	refuses(lab, "task new a uid=5000000000", "32 bits");
	refuses(lab, "task new a cpu=9", "expected a CPU");
	refuses(lab, "task anon kswapd0 1", "not a process's task");
	refuses(lab, "task thread kswapd0", "not a process's task");
	refuses(lab, "task kill kswapd0", "not a process's task");
	refuses(lab, "task adj kswapd0 1", "not a process's task");
	refuses(lab, "task pages kswapd0 pin", "not a process's task");
	refuses(lab, "task anon web 0", "expected 1 to");
	refuses(lab, "task anon web 1000", "expected 1 to");
	refuses(lab, "task adj web 1001", "expected -1000 to 1000");
	refuses(lab, "task swapin web", "web has nothing in swap");
	runs(lab, "task new one init");
	refuses(lab, "task kill one", "never killed");
}
END_TEST

START_TEST(tasks_are_shown_with_what_they_hold)
{
	struct out *out = out_buffer();

	runs(lab, "task anon web 3; task thread web; schedule manual; "
		  "task anon web.2 5; run web.2");
	ck_assert_int_eq(lab_run(lab, "show tasks", out), CMD_OK);
	ck_assert_ptr_nonnull(strstr(out_string(out), "oom_reaper"));
	ck_assert_ptr_nonnull(strstr(out_string(out), "1 of 5 pages got"));
	ck_assert_ptr_nonnull(strstr(out_string(out),
				     "web                  "
				     "4      0      0      1"));
	out_clear(out);
	out_set_json(out, true);
	ck_assert_int_eq(lab_run(lab, "show tasks", out), CMD_OK);
	ck_assert_ptr_nonnull(strstr(out_string(out), "\"processes\""));
	out_free(out);
}
END_TEST

Suite *check_task_suite(void);
Suite *check_task_suite(void)
{
	Suite *s = suite_create("cmd/task");
	TCase *t = tcase_create("task");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, pages_come_at_once_or_by_run);
	tcase_add_test(t, a_task_asks_with_its_own_rights);
	tcase_add_test(t, pages_are_changed_by_number_or_all);
	tcase_add_test(t, the_killed_are_gone_unless_they_are_stuck);
	tcase_add_test(t, a_kill_on_the_way_is_told);
	tcase_add_test(t, who_sleeps_is_not_run);
	tcase_add_test(t, mistakes_are_explained_and_change_nothing);
	tcase_add_test(t, tasks_are_shown_with_what_they_hold);
	suite_add_tcase(s, t);
	return s;
}
