/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_effort.c - the minutes that a lesson takes are counted, and the head
 * has to say so
 */
#include "teach.h"

#include "lesson/effort.h"

Suite *check_effort_suite(void);

#define ASK "```predict\nHow many?\n= node0.Normal.free_blocks\n```\n\n"
#define BODY                                                                   \
	"## One\n\n" ASK "```run\nalloc name=a\nshow zones\n```\n\n"           \
	"> [!NOTE] For the instructor: wait.\n\n" ASK                          \
	"## Two\n\n```task\nGive it back.\n```\n\n```hint\nHow?\n```\n\n"      \
	"```check\npages(a) == 0\n```\n\n```solution\nfree a\n```\n"

static struct effort e;

static void begin(void)
{
	make_folder();
	lab = new_lab(false);
	e = (struct effort){0};
}

static void end(void)
{
	lab_destroy(lab);
	remove_folder();
}

static void a_lesson_of(unsigned int minutes, const char *text)
{
	char lesson[4000];

	snprintf(lesson, sizeof lesson,
		 "---\ntitle: Two\ngoal: G\nmodels: M\nminutes: %u\n"
		 "boot: tiny\n---\n%s\n\n" BODY,
		 minutes, text);
	write_lesson(lesson);
}

/* What `lesson check` says about the minutes; false: nothing. */
static bool remarks(char *buf, size_t size)
{
	struct out *out = out_buffer();
	const char *at;

	ck_assert_int_eq(lesson_check_file(lab, lesson_file, false, out),
			 CMD_OK);
	at = strstr(out_string(out), "remark: minutes: ");
	snprintf(buf, size, "%.*s", at ? (int)strcspn(at, "\n") : 0,
		 at ? at : "");
	out_free(out);
	return at != NULL;
}

START_TEST(minutes_that_are_kept_are_no_remark)
{
	char text[200];

	a_lesson_of(3, "Short.");
	ck_assert_msg(!remarks(text, sizeof text), "%s", text);
}
END_TEST

START_TEST(minutes_that_are_not_are_told_with_the_sum)
{
	char text[200];

	a_lesson_of(9, "Short.");
	ck_assert(remarks(text, sizeof text));
	ck_assert_msg(strstr(text, "minutes: 9, expected about 3 (") &&
			      strstr(text, "questions 2, tasks 1"),
		      "%s", text);
}
END_TEST

START_TEST(in_a_strict_check_they_are_a_fault)
{
	struct out *out = out_buffer();

	a_lesson_of(9, "Short.");
	ck_assert_int_eq(lesson_check_file(lab, lesson_file, true, out),
			 CMD_FAILED);
	ck_assert_ptr_nonnull(strstr(out_string(out), "expected about 3"));
	out_free(out);
}
END_TEST

static void prose(const char *text)
{
	char copy[2000];
	struct item item = {.kind = ITEM_PROSE, .text = copy};

	snprintf(copy, sizeof copy, "%s", text);
	effort_item(&e, &item);
}

START_TEST(words_are_read_at_200_a_minute)
{
	for (int i = 0; i < 100; i++)
		prose("one two  three\nfour five six");
	ck_assert_uint_eq(e.words, 600);
	ck_assert_uint_eq(effort_minutes(&e), 3);
}
END_TEST

START_TEST(what_does_not_fit_the_pane_takes_more_presses)
{
	effort_said(&e, "1\n2\n3\n4\n5\n6\n7\n");
	effort_step(&e);
	ck_assert_uint_eq(e.presses, 2);
	effort_said(&e, "1\n2\n3\n4\n5\n6\n7\n8\n");
	effort_step(&e);
	ck_assert_uint_eq(e.presses, 5);
}
END_TEST

START_TEST(of_a_long_answer_only_what_is_shown_counts)
{
	char text[400] = "";

	for (int i = 0; i < 100; i++)
		strcat(text, "a\n");
	effort_said(&e, text);
	ck_assert_uint_eq(e.words, 24);
}
END_TEST

START_TEST(questions_and_tasks_take_time_to_think)
{
	struct item ask = {.kind = ITEM_PREDICT, .text = ""};
	struct item task = {.kind = ITEM_TASK, .text = ""};

	for (int i = 0; i < 10; i++) {
		effort_item(&e, &ask);
		effort_item(&e, &task);
	}
	ck_assert_uint_eq(e.presses, 10);
	ck_assert_uint_eq(effort_minutes(&e), 5 + 10 + 1);
}
END_TEST

Suite *check_effort_suite(void)
{
	Suite *s = suite_create("lesson/effort");
	TCase *tc = tcase_create("effort");

	tcase_add_checked_fixture(tc, begin, end);
	tcase_add_test(tc, minutes_that_are_kept_are_no_remark);
	tcase_add_test(tc, minutes_that_are_not_are_told_with_the_sum);
	tcase_add_test(tc, in_a_strict_check_they_are_a_fault);
	tcase_add_test(tc, words_are_read_at_200_a_minute);
	tcase_add_test(tc, what_does_not_fit_the_pane_takes_more_presses);
	tcase_add_test(tc, of_a_long_answer_only_what_is_shown_counts);
	tcase_add_test(tc, questions_and_tasks_take_time_to_think);
	suite_add_tcase(s, tc);
	return s;
}
