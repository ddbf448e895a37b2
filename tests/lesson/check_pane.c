/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_pane.c - what the lesson's pane shows, line by line
 */
#include "teach.h"

Suite *check_pane_suite(void);

#define HEAD                                                                   \
	"---\ntitle: Two\ngoal: G\nminutes: 5\nmodels: M\n"                    \
	"boot: tiny zone=Normal pages=64 pageblock-order=3 max-order=6 "       \
	"pcp=off\n---\n"                                                       \
	"## One\n\n"

static char drawn[4000];

static void collect(void *arg, enum lesson_line_kind kind, const char *text)
{
	(void)arg;
	(void)kind;
	strncat(drawn, text, sizeof drawn - strlen(drawn) - 1);
	strncat(drawn, "\n", sizeof drawn - strlen(drawn) - 1);
}

/* The pane, @width wide, is @text. */
static void shows(unsigned int width, const char *text)
{
	drawn[0] = '\0';
	lesson_lines(lab, width, collect, NULL);
	ck_assert_str_eq(drawn, text);
}

static void begin(void)
{
	make_folder();
	lab = new_lab(false);
}

static void end(void)
{
	lab_destroy(lab);
	remove_folder();
}

/* ... and before the text and the question that come next. */
START_TEST(the_answer_stands_where_it_came_out)
{
	write_lesson(HEAD "```predict\nHow many?\n"
			  "= node0.Normal.free_blocks\n```\n"
			  "```run\nalloc gfp=movable name=a\n```\n"
			  "So it goes.\n\n"
			  "```predict\nAnd now?\n- 1: yes\n- 0: no\n"
			  "= node0.Normal.free > 3\n```\n"
			  "```predict\nAgain?\n= pfn(a)\n```\n");
	start("");
	types("5", "Noted.");
	types("", "You said 5; it is 6.");
	shows(60, "One\n"
		  "\n"
		  "? How many?\n"
		  "\n"
		  "  alloc gfp=movable name=a\n"
		  "    pfn 0, order 0\n"
		  "\n"
		  "You said 5; it is 6.\n"
		  "\n"
		  "So it goes.\n"
		  "\n"
		  "? And now?\n"
		  "  1  yes\n"
		  "  0  no\n"
		  "\n");
}
END_TEST

/* ... and those of one step only: it begins with an empty page. */
START_TEST(all_answers_of_a_step_can_be_read_again)
{
	write_lesson(HEAD "```predict\nHow many?\n= 2 + 3\n```\n"
			  "```run\nalloc gfp=movable name=a\n"
			  "alloc gfp=movable name=b\n```\n"
			  "## Two\n\n"
			  "```run\nshow owners\n```\n");
	start("");
	types("5", "Noted.");
	types("", "pfn 0");
	types("", "pfn 1");
	shows(60, "One\n"
		  "\n"
		  "? How many?\n"
		  "\n"
		  "  alloc gfp=movable name=a\n"
		  "    pfn 0, order 0\n"
		  "  alloc gfp=movable name=b\n"
		  "    pfn 1, order 0\n"
		  "\n"
		  "Right: 5.\n"
		  "\n");
	types("", "-- 2 of 2: Two --");
	shows(60, "Two\n"
		  "\n"
		  "> show owners\n"
		  "\n");
}
END_TEST

/* How deep a line stands in a tree is seen although it is broken. */
START_TEST(a_broken_line_keeps_its_place_in_a_tree)
{
	write_lesson(HEAD "```run\nalloc gfp=movable name=a\n"
			  "explain depth=0\n```\n");
	start("");
	types("", "pfn 0, order 0");
	types("", "the upper half of a split");
	drawn[0] = '\0';
	lesson_lines(lab, 50, collect, NULL);
	ck_assert_ptr_nonnull(strstr(drawn, "\n              block 32..63 to "
					    "the head of\n"
					    "                Movable[5]: the "
					    "upper half of a\n"
					    "                split\n"));
}
END_TEST

/* A line that is broken has its columns as far as it goes; prose has none. */
START_TEST(a_broken_line_keeps_its_columns)
{
	write_lesson(HEAD "Two  blanks.\n\n```run\nshow tasks\n```\n"
			  "```predict\nDone?\n= 1\n```\n");
	start("");
	types("", "at rest");
	drawn[0] = '\0';
	lesson_lines(lab, 50, collect, NULL);
	ck_assert_ptr_nonnull(strstr(drawn, "Two blanks.\n"));
	ck_assert_ptr_nonnull(strstr(drawn, "\n        1 caller            0  -"
					    "\n          at rest\n"));
}
END_TEST

/* ... and not once more as what was said last; other words still are. */
START_TEST(a_hint_stands_there_once)
{
	write_lesson(HEAD "```task\nGet a page.\n```\n"
			  "```hint\nAsk for it.\n```\n"
			  "```check\npages(a) == 1\n```\n"
			  "```solution\nalloc name=a\n```\n");
	start("");
	types("lesson hint", "Hint: Ask for it.");
	shows(60, "One\n"
		  "\n"
		  "Task: Get a page.\n"
		  "\n"
		  "Hint: Ask for it.\n"
		  "\n");
	types("lesson hint", "There are no more hints.");
	shows(60, "One\n"
		  "\n"
		  "Task: Get a page.\n"
		  "\n"
		  "Hint: Ask for it.\n"
		  "\n"
		  "There are no more hints.\n");
}
END_TEST

Suite *check_pane_suite(void)
{
	Suite *s = suite_create("lesson/pane");
	TCase *tc = tcase_create("the pane");

	tcase_add_checked_fixture(tc, begin, end);
	tcase_add_test(tc, the_answer_stands_where_it_came_out);
	tcase_add_test(tc, all_answers_of_a_step_can_be_read_again);
	tcase_add_test(tc, a_broken_line_keeps_its_place_in_a_tree);
	tcase_add_test(tc, a_broken_line_keeps_its_columns);
	tcase_add_test(tc, a_hint_stands_there_once);
	suite_add_tcase(s, tc);
	return s;
}
