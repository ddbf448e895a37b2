/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_print.c - a lesson on paper: its pictures, and text taken over
 */
#include "lesson/sheet.h"
#include "teach.h"

Suite *check_print_suite(void);

#define HEAD "---\ntitle: Two\nminutes: 1\nboot: tiny pages=64 pcp=off\n---\n"

/* A screen that can show one thing only. */
static enum cmd_status draw(struct lab *l, const struct args *args,
			    struct out *out)
{
	(void)l;
	(void)args;
	out_line(out, "%s", "A PICTURE");
	return CMD_OK;
}

static const struct cmd export_text = {
	.name = "export text",
	.args = "LINE",
	.brief = "Draw",
	.run = draw,
};
static const struct cmd *const screen[] = {&export_text, NULL};

static void begin(void)
{
	make_folder();
	lab = new_lab(false);
	ck_assert_int_eq(lab_add_table(lab, screen), 0);
}

static void end(void)
{
	lab_destroy(lab);
	remove_folder();
}

static char *sheet_as(enum sheet_kind kind, bool html)
{
	struct out *out = out_buffer();
	char *text;

	ck_assert_int_eq(
		lesson_print_file(lab, lesson_file, 3, kind, html, out),
		CMD_OK);
	text = strdup(out_string(out));
	out_free(out);
	return text;
}

static char *sheet(enum sheet_kind kind)
{
	return sheet_as(kind, false);
}

static int times(const char *text, const char *what)
{
	int n = 0;

	while ((text = strstr(text, what))) {
		n++;
		text++;
	}
	return n;
}

/* Nothing changes between the first run and the question. */
START_TEST(the_same_is_drawn_once)
{
	char *text;

	write_lesson(HEAD "```run\nalloc name=a\n```\n\n"
			  "```run\nshow lists\n```\n\n"
			  "```predict\nHow many?\n= free\n```\n\n"
			  "```run\nalloc name=b\n```\n");
	text = sheet(SHEET_ANSWERS);
	ck_assert_int_eq(times(text, "A PICTURE"), 2);
	free(text);
}
END_TEST

START_TEST(code_in_a_question_stays_code)
{
	char *text;

	write_lesson(HEAD "```predict\nWhat does `a_b*` get, and `c *d*?\n"
			  "= free\n```\n");
	text = sheet(SHEET_QUESTIONS);
	ck_assert_ptr_nonnull(strstr(text, "What does `a_b*` get, and "
					   "\\`c \\*d\\*?\n"));
	free(text);
}
END_TEST

/* No stroke before a sign that means nothing where it stands. */
START_TEST(only_what_would_be_markdown_is_escaped)
{
	char *text;

	write_lesson(HEAD "```predict\nIs high-mem + 1 > 3 | 2 & !x?\n"
			  "- So &amp; ![so].\n- a_b\n= 1\n```\n");
	text = sheet(SHEET_QUESTIONS);
	ck_assert_ptr_nonnull(strstr(text, " Is high-mem + 1 > 3 | 2 & !x?\n"));
	ck_assert_ptr_nonnull(strstr(text, "So \\&amp; \\!\\[so\\].\n"));
	ck_assert_ptr_nonnull(strstr(text, "a\\_b\n"));
	free(text);
}
END_TEST

START_TEST(points_stand_as_close_as_they_were_written)
{
	char *text;

	write_lesson(HEAD "Two:\n\n- one\n- two\n\nText.\n");
	text = sheet(SHEET_QUESTIONS);
	ck_assert_ptr_nonnull(strstr(text, "Two:\n\n- one\n- two\n\nText.\n"));
	free(text);
}
END_TEST

/* A pile of open tabs can be told apart; the title's signs stay text. */
START_TEST(the_page_is_called_what_the_lesson_is)
{
	char *text;

	write_lesson("---\ntitle: A < B & `c`\nminutes: 1\n"
		     "boot: tiny pages=64 pcp=off\n---\nHello.\n");
	text = sheet_as(SHEET_ANSWERS, true);
	ck_assert_ptr_nonnull(
		strstr(text, "<title>A &#60; B &#38; c: answers</title>\n"
			     "</head>\n<body>\n"));
	free(text);
}
END_TEST

Suite *check_print_suite(void)
{
	Suite *s = suite_create("lesson/print");
	TCase *tc = tcase_create("paper");

	tcase_add_checked_fixture(tc, begin, end);
	tcase_add_test(tc, the_same_is_drawn_once);
	tcase_add_test(tc, code_in_a_question_stays_code);
	tcase_add_test(tc, only_what_would_be_markdown_is_escaped);
	tcase_add_test(tc, points_stand_as_close_as_they_were_written);
	tcase_add_test(tc, the_page_is_called_what_the_lesson_is);
	suite_add_tcase(s, tc);
	return s;
}
