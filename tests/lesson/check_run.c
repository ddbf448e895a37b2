/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_run.c - a lesson is played: shown, asked, run, checked, left, resumed
 */
#include "teach.h"

Suite *check_run_suite(void);

static void begin(void)
{
	make_folder();
	write_lesson(TWO);
	lab = new_lab(true);
}

static void end(void)
{
	lab_destroy(lab);
	remove_folder();
}

/* Up to the task, with both questions answered. */
static void to_the_task(void)
{
	start("");
	types("", "-- 2 of 3: One --");
	types("6", "Noted.");
	types("", "[next: alloc order=0 gfp=movable name=b]");
	types("", "You said 6; it is 5.");
	types("", "-- 3 of 3: Two --");
	types("1", "Right: frame 1.");
	ck_assert_int_eq(waits(), LESSON_TASK);
}

START_TEST(a_learner_plays_it_through)
{
	start("");
	ck_assert_int_eq(waits(), LESSON_GO);
	types("", "How many?");
	ck_assert_int_eq(waits(), LESSON_ANSWER);
	types("", "There is no answer yet; once more goes on without.");
	types("6", "[next: alloc order=0 gfp=movable name=a]");
	ck_assert_int_eq(waits(), LESSON_RUN);
	types("", "> alloc order=0 gfp=movable name=a\npfn 0, order 0\n");
	types("", "You said 6; it is 5.\n\n[");
	types("", "Where will it be?");
	ck_assert_int_eq(waits(), LESSON_POINT);
	types("1", "Right: frame 1.");
	types("alloc order=2 gfp=movable name=mine", "pfn 4, order 2");
	types("lesson check", "Not yet: order(pfn(mine)) is 2, expected == 3.");
	types("undo", "undone");
	types("lesson hint", "Hint: One.");
	types("lesson hint", "Hint: Two.");
	types("lesson hint", "no more hints");
	types("alloc order=3 gfp=movable name=mine", "Done, within par.");
	ck_assert_int_eq(waits(), LESSON_END);
	types("lesson info", "1 of 2 questions right, 1 of 1 tasks solved, "
			     "2 hints, 0 given up");
}
END_TEST

/* Its answers are those of the line's end, wherever a break would stop. */
START_TEST(a_break_of_the_learner_does_not_stop_its_lines)
{
	start("");
	types("break event=buddy_split", "break 1");
	types("lesson next", "How many?");
	types("6", "Noted.");
	types_without("lesson next", "stopped by");
	types("lesson next", "You said 6; it is 5.");
	types("lesson next", "Where will it be?");
	/* a line of one's own does stop */
	types("alloc order=0 type=U", "stopped by break 1");
}
END_TEST

START_TEST(what_is_tried_beside_it_is_put_back)
{
	uint64_t hash;

	start("");
	types("lesson next", "How many?");
	types("6", "Noted");
	hash = mm_hash(lab_mm(lab));
	types("alloc order=2; free 0", "");
	types("back 3", "event");
	types("lesson next", "pfn 0, order 0");
	types("undo 3", "");
	types("world new laptop", "");
	types("lesson next", "it is 5");
	types("lesson reset", "Intro.");
	types("lesson next", "How many?");
	types("6", "Noted");
	ck_assert_uint_eq(mm_hash(lab_mm(lab)), hash);
}
END_TEST

START_TEST(left_and_resumed_the_task_is_as_it_was)
{
	uint64_t hash;

	to_the_task();
	types("alloc order=1 gfp=movable name=x", "");
	hash = mm_hash(lab_mm(lab));
	types("lesson leave", "lesson resume");
	ck_assert_int_eq(waits(), LESSON_NOTHING);
	types_without("alloc order=3 gfp=movable name=mine", "Done");
	types("lesson resume", "step 3 of 3 [your turn]");
	ck_assert_uint_eq(mm_hash(lab_mm(lab)), hash);
	types("alloc order=3 gfp=movable name=mine", "Par asks for more: "
						     "commands: 2");
}
END_TEST

START_TEST(progress_is_kept_from_day_to_day)
{
	uint64_t hash;

	to_the_task();
	types("alloc order=1 gfp=movable name=x", "");
	types("lesson hint", "One.");
	hash = mm_hash(lab_mm(lab));
	lab_destroy(lab);
	lab = new_lab(true);
	types("lesson resume", "Two: step 3 of 3 [your turn]");
	ck_assert_uint_eq(mm_hash(lab_mm(lab)), hash);
	types("lesson hint", "Two.");
	types("alloc order=3 gfp=movable name=mine", "1 of 2 questions right");
	lab_destroy(lab);
	lab = new_lab(true);
	types("lesson resume 02-two", "Two: step 3 of 3");
	ck_assert_int_eq(waits(), LESSON_END);
	types("lesson reset 02-two", "");
	lab_destroy(lab);
	lab = new_lab(true);
	refuses_line("lesson resume",
		     "02-two: it was not begun; `lesson list`");
}
END_TEST

/* The setup of the lesson that is begun is nothing that the learner typed. */
START_TEST(another_lesson_begun_leaves_the_task_as_it_was)
{
	char other[100], line[120];
	uint64_t hash;
	FILE *f;

	to_the_task();
	types("alloc order=1 gfp=movable name=x", "");
	hash = mm_hash(lab_mm(lab));
	snprintf(other, sizeof other, "%s/answers", folder);
	f = fopen(other, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs("---\ntitle: Other\nminutes: 1\nboot: tiny "
			       "pages=512\n---\nText.\n",
			       f),
			 0);
	ck_assert_int_eq(fclose(f), 0);
	snprintf(line, sizeof line, "lesson start \"%s\"", other);
	types(line, "Other");
	types("lesson resume 02-two", "Two: step 3 of 3 [your turn]");
	ck_assert_uint_eq(mm_hash(lab_mm(lab)), hash);
	types("alloc order=3 gfp=movable name=mine", "Par asks for more: "
						     "commands: 2");
	snprintf(line, sizeof line, "%s/buddyscope/lessons/answers.answers",
		 folder);
	remove(line);
}
END_TEST

START_TEST(begun_anew_the_place_is_kept_until_something_is_done)
{
	to_the_task();
	ck_assert(!lesson_unfinished(lab)); /* it is being played */
	lab_destroy(lab);
	lab = new_lab(true);
	ck_assert(lesson_unfinished(lab));
	start("");
	lab_destroy(lab);
	lab = new_lab(true);
	types("lesson resume", "Two: step 3 of 3 [your turn]");
	types("lesson leave", "");
	start("seed=7");
	types("lesson resume 02-two", "Two: step 3 of 3 [your turn]");
	lab_destroy(lab);
	lab = new_lab(true);
	start("");
	types("", "");
	lab_destroy(lab);
	lab = new_lab(true);
	types("lesson resume", "Two: step 2 of 3");
}
END_TEST

START_TEST(what_is_done_or_not_begun_is_not_unfinished)
{
	ck_assert(!lesson_unfinished(lab));
	to_the_task();
	types("alloc order=3 gfp=movable name=mine", "Done");
	lab_destroy(lab);
	lab = new_lab(true);
	ck_assert(!lesson_unfinished(lab));
}
END_TEST

START_TEST(a_slip_is_no_answer)
{
	start("");
	types("", "How many?");
	types("99", "Noted."); /* a number may be any */
	types("", "");
	types("", "You said 99");
	types("", "Where will it be?");
	refuses_line("lesson answer 64",
		     "64: expected a frame of this machine, 0 to 63");
	refuses_line("lesson answer -1", "expected a frame of this machine");
	refuses_line("lesson answer far", "expected the number of a frame");
	ck_assert_int_eq(waits(), LESSON_POINT);
	types("63", "You said frame 63; it is frame 1.");
}
END_TEST

START_TEST(what_is_tried_aside_is_no_past)
{
	start("");
	types("", "How many?");
	types("alloc order=1 name=x", "");
	ck_assert(!lesson_looks_back(lab));
	types("", "There is no answer yet"); /* and back: x lies ahead */
	ck_assert(mm_now(lab_mm(lab)) < mm_last_moment(lab_mm(lab)));
	ck_assert(!lesson_looks_back(lab));
	types("6", "");
	types("", "");
	ck_assert(!lesson_looks_back(lab));
	types("back", "");
	ck_assert(lesson_looks_back(lab));
}
END_TEST

START_TEST(a_changed_lesson_is_not_resumed)
{
	to_the_task();
	write_lesson(TWO "more\n");
	lab_destroy(lab);
	lab = new_lab(true);
	refuses_line("lesson resume", "has changed since");
}
END_TEST

START_TEST(nothing_is_written_unless_it_is_wanted)
{
	char path[200];

	lab_destroy(lab);
	lab = new_lab(false);
	to_the_task();
	snprintf(path, sizeof path, "%s/buddyscope", folder);
	ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

START_TEST(giving_up_shows_the_solution_and_is_noted)
{
	to_the_task();
	types("alloc order=3", "");
	types("lesson reveal", "> alloc order=3 gfp=movable name=mine");
	ck_assert_int_eq(waits(), LESSON_END);
	types("lesson info", "0 of 1 tasks solved, 0 hints, 1 given up");
	refuses_line("lesson reveal", "nothing to solve");
}
END_TEST

START_TEST(feedback_can_be_less)
{
	start("feedback=where");
	types("lesson next", "How many?");
	types("6", "Noted.");
	types("lesson next", "");
	types("lesson next", "Your answer is not right.");
	types("lesson next", "");
	types("1", "Your answer is right.");
	types("lesson check", "Not yet: order(pfn(mine)) == 3\n");
	types_without("lesson reveal", "> alloc");
	start("feedback=pass");
	types("lesson next", "How many?");
	types("6", "Noted.");
	types("lesson next", "");
	types_without("lesson next", "right");
	types("lesson next", "");
	types_without("lesson answer 1", "Right");
	types("lesson check", "Not yet.\n");
	types_without("lesson reveal", "right");
	ck_assert_int_eq(waits(), LESSON_END);
	types_without("lesson info", "right");
}
END_TEST

START_TEST(no_more_is_told_than_the_head_allows)
{
	static char exam[sizeof TWO + 40] = "---\nfeedback: where\n";
	char line[160];

	strcat(exam, TWO + strlen("---\n"));
	write_lesson(exam);
	snprintf(line, sizeof line, "lesson start %s feedback=full",
		 lesson_file);
	refuses_line(line, "the lesson asks for where; only less");
	ck_assert_int_eq(waits(), LESSON_NOTHING);
	start("feedback=pass");
	types("lesson info", "feedback pass");
	start("");
	types("lesson info", "feedback where");
}
END_TEST

START_TEST(a_lecture_shows_notes_and_asks_once)
{
	start("lecture=on");
	types("lesson next", "(instructor) vote");
	types("lesson next", "[next: alloc");
	start("");
	types_without("lesson next", "vote");
}
END_TEST

START_TEST(a_question_passed_over_takes_no_answer)
{
	start("");
	types("", "How many?");
	types("", "once more goes on without");
	types("", "[next: alloc");
	refuses_line("lesson answer 5", "the question was passed over");
	types("", "pfn 0");
	types("", "It is 5.");
	types("lesson info", "0 of 2 questions right");
}
END_TEST

START_TEST(bad_lines_are_told)
{
	refuses_line("lesson next", "no lesson is being played");
	refuses_line("lesson start nowhere.md", "nowhere.md: No such file");
	start("");
	refuses_line("lesson answer 5", "nothing was asked");
	refuses_line("lesson check", "there is no task here");
	types("lesson next", "");
	refuses_line("lesson answer many", "expected a number");
	refuses_line("lesson start x.md seed=-1", "expected a whole number");
}
END_TEST

START_TEST(a_student_has_a_seed_of_their_own)
{
	struct lesson_now now;

	write_lesson("---\ntitle: Two\nminutes: 1\nvary: k=1..1000000\n"
		     "boot: tiny\n---\nk is $k.\n");
	for (int i = 0; i < 2; i++) {
		start("student=alice");
		types("lesson info", "student alice");
		ck_assert(lesson_now(lab, &now));
	}
	start("seed=5");
	types("lesson info", "seed 5,");
	refuses_line("lesson start x.md seed=5 student=a", "either seed=");
}
END_TEST

static char drawn[4000];

static void draw_line(void *arg, enum lesson_line_kind kind, const char *text)
{
	(void)kind;
	ck_assert_uint_le(strlen(text), *(unsigned int *)arg);
	strcat(drawn, text);
	strcat(drawn, "\n");
}

START_TEST(the_pane_shows_the_step_so_far)
{
	unsigned int width = 24;

	lesson_lines(lab, width, draw_line, &width);
	ck_assert_str_eq(drawn, "");
	start("");
	types("lesson next", "");
	types("6", "");
	types("lesson next", "");
	lesson_lines(lab, width, draw_line, &width);
	ck_assert_str_eq(drawn, "One\n\nProse.\n\n? How many?\n\n"
				"  alloc order=0\n    gfp=movable name=a\n"
				"    pfn 0, order 0\n"
				"> alloc order=0\n    gfp=movable name=b\n\n");
	ck_assert_str_eq(lesson_space(lab), "lesson next");
	types("lesson leave", "");
	ck_assert_ptr_null(lesson_space(lab));
}
END_TEST

/* The tests run where the course is. */
START_TEST(names_of_lessons_are_completed)
{
	static const char line[] = "lesson start 01-p";
	size_t at;
	char **words = lab_complete(lab, line, strlen(line), &at);

	ck_assert_ptr_nonnull(words);
	ck_assert_str_eq(words[0], "01-pages");
	ck_assert_ptr_null(words[1]);
	ck_assert_uint_eq(at, strlen("lesson start "));
	free(words[0]);
	free(words);
}
END_TEST

Suite *check_run_suite(void)
{
	Suite *s = suite_create("lesson/run");
	TCase *tc = tcase_create("run");

	tcase_add_checked_fixture(tc, begin, end);
	tcase_add_test(tc, a_learner_plays_it_through);
	tcase_add_test(tc, a_break_of_the_learner_does_not_stop_its_lines);
	tcase_add_test(tc, what_is_tried_beside_it_is_put_back);
	tcase_add_test(tc, left_and_resumed_the_task_is_as_it_was);
	tcase_add_test(tc, progress_is_kept_from_day_to_day);
	tcase_add_test(tc,
		       begun_anew_the_place_is_kept_until_something_is_done);
	tcase_add_test(tc, what_is_done_or_not_begun_is_not_unfinished);
	tcase_add_test(tc, a_slip_is_no_answer);
	tcase_add_test(tc, what_is_tried_aside_is_no_past);
	tcase_add_test(tc, a_changed_lesson_is_not_resumed);
	tcase_add_test(tc, nothing_is_written_unless_it_is_wanted);
	tcase_add_test(tc, giving_up_shows_the_solution_and_is_noted);
	tcase_add_test(tc, feedback_can_be_less);
	tcase_add_test(tc, no_more_is_told_than_the_head_allows);
	tcase_add_test(tc, a_lecture_shows_notes_and_asks_once);
	tcase_add_test(tc, bad_lines_are_told);
	tcase_add_test(tc, a_question_passed_over_takes_no_answer);
	tcase_add_test(tc, another_lesson_begun_leaves_the_task_as_it_was);
	tcase_add_test(tc, a_student_has_a_seed_of_their_own);
	tcase_add_test(tc, names_of_lessons_are_completed);
	tcase_add_test(tc, the_pane_shows_the_step_so_far);
	suite_add_tcase(s, tc);
	return s;
}
