/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_print.c - a lesson on paper: its pictures, and text taken over
 */
#include "lesson/play.h"
#include "lesson/sheet.h"
#include "teach.h"

Suite *check_print_suite(void);

#define HEAD "---\ntitle: Two\nminutes: 1\nboot: tiny pages=64 pcp=off\n---\n"

/* A screen that can show one thing only. */
static enum cmd_status draw(struct lab *l, const struct args *args,
			    struct out *out)
{
	(void)l;
	out_line(out, "A PICTURE %s", args_word(args, "marks", "on"));
	return CMD_OK;
}

static const struct cmd export_text = {
	.name = "export text",
	.args = "FILE [size=WORD] [for=screen|paper] [marks=on|off]",
	.brief = "Draw",
	.run = draw,
};
static const struct cmd export_svg = {
	.name = "export svg",
	.args = "FILE [size=WORD] [for=screen|paper] [marks=on|off]",
	.brief = "Draw",
	.run = draw,
};
static const struct cmd *const screen[] = {&export_text, &export_svg, NULL};

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
	const struct sheet_want want = {
		.path = lesson_file, .seed = 3, .kind = kind, .html = html};
	struct out *out = out_buffer();
	char *text;

	ck_assert_int_eq(lesson_print_file(lab, &want, out), CMD_OK);
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

/* What is said behind a question explains its answer. */
START_TEST(what_explains_an_answer_is_not_beside_the_question)
{
	char *text;

	write_lesson(HEAD "## One\n\nBefore.\n\n"
			  "```predict\nHow many?\n= free\n```\n\n"
			  "```run\nalloc name=a\n```\n\nSixty-three.\n\n"
			  "```run\nget free\n```\n\n## Two\n\nAgain.\n");
	text = sheet(SHEET_EXAM);
	ck_assert_ptr_nonnull(strstr(text, "Before.\n"));
	ck_assert_ptr_nonnull(strstr(text, "> alloc name=a\n```"));
	ck_assert_ptr_null(strstr(text, "Sixty"));
	ck_assert_ptr_null(strstr(text, "63"));
	ck_assert_ptr_nonnull(strstr(text, "Again.\n"));
	free(text);
	text = sheet(SHEET_QUESTIONS);
	ck_assert_int_eq(times(text, "*Answer before you read on.*"), 1);
	ck_assert_ptr_nonnull(
		strstr(strstr(text, "read on.*"), "Sixty-three.\n"));
	ck_assert_ptr_nonnull(strstr(text, "> alloc name=a\n```"));
	free(text);
	text = sheet_as(SHEET_QUESTIONS, true);
	ck_assert_ptr_nonnull(strstr(strstr(text, "<div class=\"turn\"></div>"),
				     "Sixty-three."));
	free(text);
	text = sheet(SHEET_ANSWERS);
	ck_assert_ptr_null(strstr(text, "read on"));
	ck_assert_ptr_nonnull(strstr(text, "Sixty-three.\n"));
	ck_assert_ptr_nonnull(strstr(text, "  free 63 pages\n"));
	free(text);
}
END_TEST

/* The last paragraph before the next question, and what it is about. */
START_TEST(what_leads_to_the_next_question_stays)
{
	char *text;

	write_lesson(HEAD "```predict\nHow many?\n= free\n```\n\n"
			  "```run\nalloc name=a\n```\n\nSixty-three.\n\n"
			  "Now b:\n\n- one\n\n```run\nget managed\n```\n\n"
			  "```predict\nAnd now?\n= free\n```\n\n"
			  "```run\nalloc name=b\n```\n\nSixty-two.\n");
	text = sheet(SHEET_EXAM);
	ck_assert_ptr_null(strstr(text, "Sixty"));
	ck_assert_ptr_null(strstr(text, "read on"));
	ck_assert_ptr_nonnull(strstr(text, "> alloc name=b\n```"));
	ck_assert_ptr_nonnull(strstr(text, "Now b:\n\n- one\n"));
	ck_assert_ptr_nonnull(strstr(text, "  managed 64 pages\n"));
	free(text);
	text = sheet(SHEET_QUESTIONS);
	ck_assert_int_eq(times(text, "read on"), 2);
	free(text);
}
END_TEST

/* Under the next question it would say what was taken for the one before. */
START_TEST(no_mark_tells_what_has_changed_before_a_question)
{
	char *text;

	write_lesson(HEAD "```predict\nHow many?\n= free\n```\n\n"
			  "```run\nalloc name=a\n```\n\n## Two\n\n"
			  "```predict\nAnd now?\n= free\n```\n");
	text = sheet(SHEET_QUESTIONS);
	ck_assert_int_eq(times(text, "A PICTURE off"), 2);
	ck_assert_int_eq(times(text, "A PICTURE"), 2);
	free(text);
	text = sheet(SHEET_ANSWERS);
	ck_assert_int_eq(times(text, "A PICTURE off"), 1);
	ck_assert_int_eq(times(text, "A PICTURE on"), 1);
	free(text);
}
END_TEST

START_TEST(a_world_that_tells_the_answer_is_overleaf)
{
	static const char turn[] = "<div class=\"turn\"></div>";
	static const char lesson[] =
		HEAD "## One\n\n```predict\nHow many?\n= free\n```\n\n"
		     "```run\nalloc name=a\n```\n\n"
		     "## Two\n\n```setup\n%s\n```\n\nHello.\n";
	char with[1000], *text;

	snprintf(with, sizeof with, lesson, "alloc name=b");
	write_lesson(with);
	text = sheet_as(SHEET_QUESTIONS, true);
	ck_assert_int_eq(times(text, turn), 1);
	ck_assert_ptr_nonnull(strstr(strstr(text, turn), "Two"));
	free(text);
	text = sheet_as(SHEET_ANSWERS, true);
	ck_assert_int_eq(times(text, turn), 0);
	free(text);
	snprintf(with, sizeof with, lesson, "world new tiny pages=64");
	write_lesson(with);
	text = sheet_as(SHEET_QUESTIONS, true);
	ck_assert_int_eq(times(text, turn), 0);
	free(text);
}
END_TEST

START_TEST(there_is_room_to_write)
{
	char *text;

	write_lesson(HEAD "```predict\nHow many?\n= free\n```\n\n"
			  "```predict\nIs it?\n- 1: yes\n- 0: no\n= free > 0\n"
			  "```\n\n## Two\n\n```task\nTake one.\n```\n\n"
			  "```check\nfree < 64\n```\n\n"
			  "```solution\nalloc name=a\n```\n");
	text = sheet(SHEET_QUESTIONS);
	ck_assert_ptr_nonnull(strstr(text, "Name: ____"));
	ck_assert_ptr_nonnull(strstr(text, "Points: ____ of 3\n"));
	ck_assert_int_eq(times(text, "Answer: ____"), 1);
	ck_assert_ptr_nonnull(strstr(text, "- \u2610 yes\n- \u2610 no\n"));
	ck_assert_int_eq(times(text, "***\n"), 8);
	free(text);
	text = sheet(SHEET_ANSWERS);
	ck_assert_ptr_nonnull(strstr(text, "**Answer 2:** yes ("));
	ck_assert_ptr_null(strstr(text, "____"));
	free(text);
	text = sheet_as(SHEET_QUESTIONS, true);
	ck_assert_int_eq(times(text, "<hr />"), 8);
	free(text);
}
END_TEST

START_TEST(tables_fit_the_paper)
{
	char *text;

	write_lesson("---\ntitle: Two\nminutes: 1\nboot: tiny max-order=10 "
		     "pages=4096\n---\n```run\nshow pagetypeinfo\n```\n");
	text = sheet(SHEET_ANSWERS);
	for (const char *s = strstr(text, "> show"); *s;) {
		ck_assert_uint_le(strcspn(s, "\n"), 90);
		s += strcspn(s, "\n");
		s += *s == '\n';
	}
	ck_assert_ptr_nonnull(strstr(text, "Movable"));
	free(text);
}
END_TEST

/* Everybody has an exercise of their own, on paper as on the screen. */
START_TEST(a_sheet_for_one_student)
{
	struct sheet_want want = {.path = lesson_file, .student = "al_ice"};
	char seed[60], *text;

	write_lesson(HEAD "Seed $seed.\n");
	for (int kind = SHEET_QUESTIONS; kind <= SHEET_ANSWERS; kind++) {
		struct out *out = out_buffer();

		want.kind = (enum sheet_kind)kind;
		ck_assert_int_eq(lesson_print_file(lab, &want, out), CMD_OK);
		text = strdup(out_string(out));
		out_free(out);
		snprintf(seed, sizeof seed, "\nSeed %llu.\n",
			 (unsigned long long)student_seed_for("al_ice",
							      lesson_file));
		ck_assert_ptr_nonnull(strstr(text, seed));
		ck_assert_ptr_nonnull(strstr(text, "al\\_ice"));
		free(text);
	}
}
END_TEST

/* Nothing is fetched, and paper is white. */
START_TEST(a_page_is_whole)
{
	char *text;

	write_lesson(HEAD "```predict\nHow many?\n= free\n```\n");
	text = sheet_as(SHEET_QUESTIONS, true);
	ck_assert_ptr_nonnull(strstr(text, "<html lang=\"en\">"));
	ck_assert_ptr_nonnull(strstr(text, "role=\"img\""));
	ck_assert_ptr_nonnull(strstr(text, "A PICTURE"));
	ck_assert_ptr_null(strstr(text, "@@"));
	ck_assert_ptr_null(strstr(text, "http:"));
	ck_assert_ptr_null(strstr(text, "https:"));
	ck_assert_ptr_null(strstr(text, "<script"));
	free(text);
}
END_TEST

START_TEST(the_teacher_sees_what_comes_before_and_what_it_is_about)
{
	char *text;

	write_lesson("---\ntitle: Two\nminutes: 1\nneeds: 01-pages\n"
		     "models: The document, \"Buddies\"\n"
		     "boot: tiny pages=64 pcp=off\n---\nHello.\n");
	text = sheet(SHEET_NOTES);
	ck_assert_ptr_nonnull(strstr(text, "Before it: 01-pages.\n"));
	ck_assert_ptr_nonnull(strstr(text, "About: The document, "
					   "\"Buddies\".\n"));
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
	tcase_add_test(tc, what_explains_an_answer_is_not_beside_the_question);
	tcase_add_test(tc, what_leads_to_the_next_question_stays);
	tcase_add_test(tc, no_mark_tells_what_has_changed_before_a_question);
	tcase_add_test(tc, a_world_that_tells_the_answer_is_overleaf);
	tcase_add_test(tc, there_is_room_to_write);
	tcase_add_test(tc, tables_fit_the_paper);
	tcase_add_test(tc, a_sheet_for_one_student);
	tcase_add_test(tc, a_page_is_whole);
	tcase_add_test(tc,
		       the_teacher_sees_what_comes_before_and_what_it_is_about);
	tcase_add_test(tc, the_page_is_called_what_the_lesson_is);
	suite_add_tcase(s, tc);
	return s;
}
