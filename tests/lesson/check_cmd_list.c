/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_cmd_list.c - the list tells what a learner has reached, and keeps it
 */
#include "teach.h"

Suite *check_cmd_list_suite(void);

#define STEP(n) "## Step " n "\n\nText.\n"
#define LESSON                                                                 \
	"---\ntitle: Two\nminutes: 1\nboot: tiny\n---\n" STEP("1") STEP("2")

static char here[1000], made[4][160];

/* `lessons` is looked for where one stands. */
static void begin(void)
{
	make_folder();
	ck_assert_ptr_nonnull(getcwd(here, sizeof here));
	snprintf(made[3], sizeof made[3], "%s/lessons", folder);
	ck_assert_int_eq(mkdir(made[3], 0777), 0);
	snprintf(made[2], sizeof made[2], "%s/lessons/01-one.md", folder);
	snprintf(made[1], sizeof made[1],
		 "%s/buddyscope/lessons/01-one.answers", folder);
	snprintf(made[0], sizeof made[0], "%s/buddyscope/lessons/01-one.done",
		 folder);
	ck_assert_int_eq(chdir(folder), 0);
	snprintf(lesson_file, sizeof lesson_file, "lessons/01-one.md");
	write_lesson(LESSON);
	lab = new_lab(true);
}

static void end(void)
{
	lab_destroy(lab);
	for (int i = 0; i < 4; i++)
		remove(made[i]);
	ck_assert_int_eq(chdir(here), 0);
	remove_folder();
}

static void play(void)
{
	types("lesson start 01", "== Two ==");
	types("lesson next", "The lesson is done");
}

START_TEST(how_far_one_is)
{
	types("lesson list", "1 min  Two\n");
	types("lesson start 01", "");
	types("lesson list", "Two (at step 1 of 2)\n");
	types("lesson next", "");
	types("lesson list", "Two (done)\n");
}
END_TEST

START_TEST(a_name_may_be_cut_short)
{
	types("lesson start 01", "");
	lab_destroy(lab);
	lab = new_lab(true);
	types("lesson resume 01", "Two: step 1 of 2");
	types("lesson reset 01", "");
	types("lesson list", "1 min  Two\n");
	lab_destroy(lab);
	lab = new_lab(true);
	refuses_line("lesson resume 01",
		     "01-one: it was not begun; `lesson list`");
}
END_TEST

START_TEST(a_result_outlives_a_change_of_the_text)
{
	play();
	write_lesson(LESSON "More.\n");
	types("lesson list", "Two (done; its text has changed since)\n");
	lab_destroy(lab);
	lab = new_lab(true);
	refuses_line("lesson resume",
		     "its text has changed since you did it, and the result "
		     "is kept; `lesson start 01-one` begins anew");
	types("lesson start 01", "");
	types("lesson list", "Two (at step 1 of 2; done before)\n");
	types("lesson next", "");
	types("lesson list", "Two (done)\n");
}
END_TEST

START_TEST(what_was_begun_is_told_of_a_changed_text)
{
	types("lesson start 01", "");
	write_lesson(LESSON "More.\n");
	types("lesson list",
	      "Two (at step 1 of 2; its text has changed since)\n");
}
END_TEST

START_TEST(a_result_outlives_a_further_beginning)
{
	play();
	types("lesson reset", "Step 1");
	types("lesson list", "Two (at step 1 of 2; done before)\n");
	types("lesson reset 01-one", "");
	types("lesson list", "1 min  Two\n");
	ck_assert_int_ne(access(made[0], F_OK), 0);
}
END_TEST

/* Nobody who wants the first lesson means one of those from ten on. */
START_TEST(a_digit_is_the_lesson_of_that_number)
{
	types("lesson start 1", "== Two ==");
	refuses_line("lesson start 2", "2: no such lesson");
}
END_TEST

Suite *check_cmd_list_suite(void)
{
	Suite *s = suite_create("lesson/cmd_list");
	TCase *tc = tcase_create("cmd_list");

	tcase_add_checked_fixture(tc, begin, end);
	tcase_add_test(tc, how_far_one_is);
	tcase_add_test(tc, a_name_may_be_cut_short);
	tcase_add_test(tc, a_result_outlives_a_change_of_the_text);
	tcase_add_test(tc, what_was_begun_is_told_of_a_changed_text);
	tcase_add_test(tc, a_result_outlives_a_further_beginning);
	tcase_add_test(tc, a_digit_is_the_lesson_of_that_number);
	suite_add_tcase(s, tc);
	return s;
}
