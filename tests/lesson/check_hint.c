/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_hint.c - a hint helps with the question or the task it stands behind
 */
#include "teach.h"

Suite *check_hint_suite(void);

static void begin(void)
{
	make_folder();
	lab = new_lab(false);
	write_lesson("---\ntitle: Two\nminutes: 1\nboot: tiny pages=64 "
		     "pcp=off\n---\n"
		     "## One\n\n"
		     "```predict\nFirst?\n= pfn(a)\n```\n\n"
		     "```run\nalloc name=a\n```\n\n"
		     "```hint\nOf the first.\n```\n\n"
		     "```hint\nMore of the first.\n```\n\n"
		     "```predict\nSecond?\n= pfn(b)\n```\n\n"
		     "```hint\nOf the second.\n```\n\n"
		     "```run\nalloc name=b\n```\n\n"
		     "```predict\nThird?\n= pfn(a)\n```\n\n"
		     "```run\nfree b\n```\n\n"
		     "## Two\n\n"
		     "```hint\nOf the task.\n```\n\n"
		     "```task\nGive it back.\n```\n\n"
		     "```check\npages(a) == 0\n```\n\n"
		     "```solution\nfree a\n```\n");
	start("");
}

static void end(void)
{
	lab_destroy(lab);
	remove_folder();
}

static unsigned int left(void)
{
	struct lesson_now now;

	ck_assert(lesson_now(lab, &now));
	return now.hints_left;
}

static void collect(void *arg, enum lesson_line_kind kind, const char *text)
{
	(void)kind;
	strncat(arg, text, 900);
}

/* How often the pane shows it. */
static int shown(const char *text)
{
	char drawn[8000] = "";
	int n = 0;

	lesson_lines(lab, 70, collect, drawn);
	for (const char *s = drawn; (s = strstr(s, text)); s++)
		n++;
	return n;
}

START_TEST(those_of_another_question_are_not_told)
{
	ck_assert_uint_eq(left(), 2);
	types("0", "Noted.");
	types("", "Second?");
	ck_assert_uint_eq(left(), 1);
	types("lesson hint", "Hint: Of the second.");
	types("lesson hint", "There are no more hints.");
	types("1", "Noted.");
	types("", "Third?");
	types("lesson hint", "There is no hint here.");
	ck_assert_uint_eq(left(), 0);
}
END_TEST

START_TEST(one_by_one_until_it_is_run)
{
	types("lesson hint", "Hint: Of the first.");
	types("0", "Noted.");
	types("lesson hint", "Hint: More of the first.");
	types("lesson hint", "There are no more hints.");
}
END_TEST

START_TEST(before_all_that_asks_it_is_of_the_first)
{
	types("0", "");
	types("", "");
	types("1", "");
	types("", "");
	types("0", "");
	types("", "");
	types("", "Give it back.");
	ck_assert_uint_eq(left(), 1);
	types("lesson hint", "Hint: Of the task.");
}
END_TEST

START_TEST(the_pane_shows_those_of_the_present_question)
{
	types("lesson hint", "Hint: Of the first.");
	ck_assert_int_eq(shown("Of the first."), 1);
	types("0", "Noted.");
	types("", "Second?");
	ck_assert_int_eq(shown("Of the first."), 0);
	types("lesson hint", "Of the second.");
	ck_assert_int_eq(shown("Of the second."), 1);
	types("lesson info", "2 hints");
}
END_TEST

Suite *check_hint_suite(void)
{
	Suite *s = suite_create("lesson/hint");
	TCase *tc = tcase_create("hint");

	tcase_add_checked_fixture(tc, begin, end);
	tcase_add_test(tc, those_of_another_question_are_not_told);
	tcase_add_test(tc, one_by_one_until_it_is_run);
	tcase_add_test(tc, before_all_that_asks_it_is_of_the_first);
	tcase_add_test(tc, the_pane_shows_those_of_the_present_question);
	suite_add_tcase(s, tc);
	return s;
}
