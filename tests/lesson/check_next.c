/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_next.c - the end of a lesson names the next, and how to start it
 */
#include "teach.h"

Suite *check_next_suite(void);

#define SHORT(title)                                                           \
	"---\ntitle: " title "\nminutes: 1\nboot: tiny\n---\nAll of it.\n"

static char beside[2][120];

/* A file of the folder behind 02-two.md. */
static void write_beside(int n, const char *name, const char *text)
{
	FILE *f;

	snprintf(beside[n], sizeof beside[n], "%s/%s", folder, name);
	f = fopen(beside[n], "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
}

static void begin(void)
{
	make_folder();
	write_lesson(SHORT("Two"));
	lab = new_lab(false);
}

static void end(void)
{
	lab_destroy(lab);
	for (int i = 0; i < 2; i++)
		if (*beside[i])
			remove(beside[i]);
	remove_folder();
}

START_TEST(the_next_of_the_folder_is_named_and_started)
{
	struct lesson_now now;
	char line[240];

	write_beside(0, "03-no-lesson.md", "# Notes\n");
	write_beside(1, "04-four.md", SHORT("Four"));
	start("");
	ck_assert_int_eq(waits(), LESSON_END);
	snprintf(line, sizeof line,
		 "Next: Four, 1 minute.  `lesson start %s` begins it.",
		 beside[1]);
	types("lesson next", line);
	ck_assert(lesson_now(lab, &now));
	snprintf(line, sizeof line, "the end; next: lesson start %s",
		 beside[1]);
	ck_assert_str_eq(now.prompt, line);
	types("lesson start", "== Four ==");
	types("lesson next", "No lesson follows it; `lesson list` shows all.");
	refuses_line("lesson start", "expected a lesson's name or file");
}
END_TEST

START_TEST(a_blank_in_its_name_is_no_trouble)
{
	write_beside(0, "03 three.md", SHORT("Three"));
	start("");
	types("lesson next", "03 three.md\"` begins it.");
	types("lesson start", "== Three ==");
}
END_TEST

/* The tests run where the course is. */
START_TEST(in_the_course_a_name_will_do)
{
	types("lesson start lessons/01-pages.md", "");
	while (waits() != LESSON_END)
		types(waits() == LESSON_TASK ? "lesson reveal" : "lesson next",
		      "");
	types("lesson next", "`lesson start 02-splitting` begins it.");
}
END_TEST

START_TEST(without_a_lesson_a_name_is_needed)
{
	refuses_line("lesson start", "expected a lesson's name or file");
	write_lesson(TWO);
	start("");
	refuses_line("lesson start", "expected a lesson's name or file");
	ck_assert_int_eq(waits(), LESSON_GO);
}
END_TEST

START_TEST(the_stamp_says_what_it_is)
{
	start("student=alice");
	types("lesson next", "a speed bump for copying, no proof.");
	types("lesson next", "`lesson submit FILE` writes what you did");
}
END_TEST

Suite *check_next_suite(void)
{
	Suite *s = suite_create("lesson/next");
	TCase *tc = tcase_create("next");

	tcase_add_checked_fixture(tc, begin, end);
	tcase_add_test(tc, the_next_of_the_folder_is_named_and_started);
	tcase_add_test(tc, a_blank_in_its_name_is_no_trouble);
	tcase_add_test(tc, in_the_course_a_name_will_do);
	tcase_add_test(tc, without_a_lesson_a_name_is_needed);
	tcase_add_test(tc, the_stamp_says_what_it_is);
	suite_add_tcase(s, tc);
	return s;
}
