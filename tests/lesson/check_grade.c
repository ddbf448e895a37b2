/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_grade.c - what is handed in is played again and counted
 */
#include "teach.h"

#include <jansson.h>

#include "lesson/grade.h"
#include "lesson/sheet.h"

Suite *check_grade_suite(void);

static char answers[120];
static struct grade g;

static void begin(void)
{
	make_folder();
	write_lesson(TWO);
	snprintf(answers, sizeof answers, "%s/answers", folder);
	lab = new_lab(false);
}

static void end(void)
{
	grade_free(&g);
	lab_destroy(lab);
	remove_folder();
}

/* Play by @seed_or_student, one question wrong, with a hint. */
static void play_and_submit(const char *seed_or_student)
{
	char line[160];

	start(seed_or_student);
	types("lesson next", "");
	types("6", "Noted.");
	types("lesson next", "");
	types("lesson next", "it is 5");
	types("lesson next", "");
	types("1", "Right");
	types("lesson hint", "");
	types("alloc order=1", "");
	types("undo", "");
	types("alloc order=3 gfp=movable name=mine", "Done");
	snprintf(line, sizeof line, "lesson submit %s", answers);
	types(line, "");
}

static void grade(const char *student)
{
	grade_free(&g);
	grade_file(lab, lesson_file, answers, student, &g);
}

/* The first @from in the answers becomes @to. */
static void edit(const char *from, const char *to)
{
	char text[4000] = "", *at;
	FILE *f = fopen(answers, "r");
	size_t n;

	ck_assert_ptr_nonnull(f);
	n = fread(text, 1, sizeof text - 1, f);
	fclose(f);
	ck_assert_uint_gt(n, 0);
	at = strstr(text, from);
	ck_assert_ptr_nonnull(at);
	f = fopen(answers, "w");
	ck_assert_ptr_nonnull(f);
	fprintf(f, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
	fclose(f);
}

static char *printed(enum grade_format format)
{
	struct out *out = out_buffer();
	char *text;

	grade_print(&g, 1, format, out);
	text = strdup(out_string(out));
	out_free(out);
	return text;
}

START_TEST(points_are_counted_by_playing_it_again)
{
	play_and_submit("seed=9");
	grade(NULL);
	ck_assert_str_eq(g.trouble, "");
	ck_assert_uint_eq(g.n, 3);
	ck_assert_uint_eq(g.points, 2);
	ck_assert(!g.mark[0].earned && g.mark[1].earned && g.mark[2].earned);
	ck_assert_str_eq(g.mark[0].remark, "said 6, it is 5");
	ck_assert_str_eq(g.mark[2].remark, "solved, within par");
	ck_assert_uint_eq(g.score.hints, 1);
	ck_assert_uint_eq(g.seed, 9);
	ck_assert(g.whole);
}
END_TEST

static void look_for_stamp(void *arg, enum lesson_line_kind kind,
			   const char *text)
{
	bool *found = arg;

	(void)kind;
	*found |= strstr(text, g.stamp) != NULL;
}

START_TEST(the_stamp_is_the_one_that_was_shown)
{
	bool found = false;

	play_and_submit("student=alice");
	grade("alice");
	ck_assert_str_eq(g.trouble, "");
	lesson_lines(lab, 200, look_for_stamp, &found);
	ck_assert(found);
	edit("hint\n", "");
	grade("alice");
	ck_assert_str_eq(g.trouble, "");
	found = false;
	lesson_lines(lab, 200, look_for_stamp, &found);
	ck_assert(!found);
}
END_TEST

START_TEST(what_does_not_fit_is_told_and_counts_nothing)
{
	play_and_submit("student=alice");
	grade("bob");
	ck_assert_str_eq(g.trouble, "it is of student alice, not of bob");
	ck_assert(!g.played);
	ck_assert_str_eq(g.mark[0].remark, "not graded");
	ck_assert_uint_eq(g.points, 0);
	edit("student alice", "student bob");
	grade("bob");
	ck_assert_str_eq(g.trouble, "its seed is not the one of student bob");
	/* a lesson's name of one's own choice gives no seed of one's own */
	edit("lesson 02-two", "lesson other");
	edit("student bob", "student alice");
	grade(NULL);
	ck_assert_str_eq(g.trouble, "");
	edit("hash ", "hash 1");
	grade(NULL);
	ck_assert_ptr_nonnull(strstr(g.trouble, "another version"));
	ck_assert_uint_eq(g.points, 0);
	ck_assert_uint_eq(g.n, 3);
}
END_TEST

START_TEST(a_file_that_makes_no_sense_is_told_with_its_line)
{
	static const struct {
		const char *from, *to, *told;
	} cases[] = {
		{"buddyscope-answers 1", "x", "line 1: expected \"buddy"},
		{"seed ", "sed ", "line 4: expected lesson, hash"},
		{"--\n", "-\n", "line 7: expected a word and its value"},
		{"answer 6", "anwser 6", "line 9: expected next, answer"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		unlink(answers);
		play_and_submit("");
		edit(cases[i].from, cases[i].to);
		grade(NULL);
		ck_assert_msg(strstr(g.trouble, cases[i].told) != NULL,
			      "%s: %s", cases[i].to, g.trouble);
		ck_assert_uint_eq(g.points, 0);
	}
}
END_TEST

START_TEST(answers_cannot_leave_or_touch_files)
{
	static const char *const lines[] = {
		"type world save x",
		"type quit",
		"type source x",
		"type repeat 2 \"world save x\"",
		"type lesson next",
		"type alloc; \"world\" \"save\" x",
		"type era diff world save x",
	};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		play_and_submit("");
		edit("type alloc order=1", lines[i]);
		grade(NULL);
		ck_assert_msg(strstr(g.trouble, "line 8 of what was done") !=
				      NULL,
			      "%s: %s", lines[i], g.trouble);
		ck_assert_uint_eq(g.points, 1);
		ck_assert_int_ne(access("x", F_OK), 0);
	}
}
END_TEST

START_TEST(giving_up_earns_nothing)
{
	play_and_submit("");
	edit("type alloc order=3 gfp=movable name=mine", "reveal");
	grade(NULL);
	ck_assert_str_eq(g.trouble, "");
	ck_assert_uint_eq(g.points, 1);
	ck_assert_str_eq(g.mark[2].remark, "given up");
	edit("reveal\n", "");
	grade(NULL);
	ck_assert_str_eq(g.trouble, "it was not played to the end");
	ck_assert_str_eq(g.mark[2].remark, "not solved");
}
END_TEST

START_TEST(each_format_says_it)
{
	char *text;

	play_and_submit("seed=9");
	edit("answer 6", "answer 5");
	edit("type alloc order=3 gfp=movable name=mine\n", "reveal\n");
	grade(NULL);
	text = printed(GRADE_TEXT);
	ck_assert_ptr_nonnull(strstr(text, "answers: 2 of 3\n  1  step 2, "
					   "question 1: How many? - 5\n"));
	ck_assert_ptr_nonnull(strstr(text, "a speed bump"));
	free(text);
	text = printed(GRADE_TAP);
	ck_assert_ptr_nonnull(strstr(text, "TAP version 13\n1..3\nok 1 - "));
	ck_assert_ptr_nonnull(strstr(text, "\nnot ok 3 - "));
	ck_assert_ptr_nonnull(strstr(text, "given up 1, stamp "));
	free(text);
	text = printed(GRADE_JSON);
	ck_assert_ptr_nonnull(strstr(text, "\"points\": 2"));
	ck_assert_ptr_nonnull(strstr(text, "\"given_up\": 1"));
	free(text);
	text = printed(GRADE_GRADESCOPE);
	ck_assert_ptr_nonnull(strstr(text, "\"score\": 2"));
	ck_assert_ptr_nonnull(strstr(text, "\"max_score\": 1"));
	ck_assert_ptr_nonnull(strstr(text, "\"lesson_hash\""));
	free(text);
}
END_TEST

/* Nothing that looks like a result. */
START_TEST(what_was_not_graded_has_no_marks_and_no_stamp)
{
	char *text;

	play_and_submit("seed=9");
	grade("alice");
	text = printed(GRADE_TEXT);
	ck_assert_ptr_nonnull(strstr(text, "answers: 0 of 3\n  not graded: it "
					   "was done for no student"));
	ck_assert_ptr_null(strstr(text, "How many?"));
	ck_assert_ptr_null(strstr(text, ", stamp "));
	free(text);
	text = printed(GRADE_TAP);
	ck_assert_ptr_nonnull(strstr(text, "How many? - not graded\n"));
	ck_assert_ptr_null(strstr(text, "stamp"));
	free(text);
	text = printed(GRADE_JSON);
	ck_assert_ptr_nonnull(strstr(text, "\"graded\": false"));
	ck_assert_ptr_nonnull(strstr(text, "\"stamp\": \"\""));
	free(text);
}
END_TEST

START_TEST(submitting_says_where_and_spares_other_files)
{
	struct out *out = out_buffer();
	char line[300];

	play_and_submit("seed=9");
	snprintf(line, sizeof line, "lesson submit %s", answers);
	types(line, "has what you did: hand that in");
	start("seed=9");
	types(line, "so far; the lesson is at step 1 of ");
	snprintf(line, sizeof line, "lesson submit %s", lesson_file);
	ck_assert_int_eq(lab_run(lab, line, out), CMD_ERROR);
	ck_assert_ptr_nonnull(strstr(out_string(out), "holds no answers"));
	ck_assert_int_eq(lesson_check_file(lab, lesson_file, false, out),
			 CMD_OK);
	out_free(out);
}
END_TEST

/* What its documentation names, and of what type each is. */
static const struct field {
	const char *name;
	json_type type;
} of_results[] =
	{
		{"score", JSON_INTEGER},     {"execution_time", JSON_INTEGER},
		{"output", JSON_STRING},     {"output_format", JSON_STRING},
		{"visibility", JSON_STRING}, {"stdout_visibility", JSON_STRING},
		{"extra_data", JSON_OBJECT}, {"tests", JSON_ARRAY},
		{"leaderboard", JSON_ARRAY}, {NULL, JSON_NULL},
},
  of_test[] = {
	  {"score", JSON_INTEGER},	{"max_score", JSON_INTEGER},
	  {"status", JSON_STRING},	{"name", JSON_STRING},
	  {"name_format", JSON_STRING}, {"number", JSON_STRING},
	  {"output", JSON_STRING},	{"output_format", JSON_STRING},
	  {"tags", JSON_ARRAY},		{"visibility", JSON_STRING},
	  {"extra_data", JSON_OBJECT},	{NULL, JSON_NULL},
};

static void has_documented_fields(json_t *o, const struct field *f)
{
	const char *key;
	json_t *value;

	json_object_foreach(o, key, value)
	{
		const struct field *k = f;

		while (k->name && strcmp(k->name, key) != 0)
			k++;
		ck_assert_msg(k->name != NULL, "%s is not documented", key);
		ck_assert_msg(json_typeof(value) == k->type, "type of %s", key);
	}
}

static json_t *results(void)
{
	char *text;
	json_t *o;

	play_and_submit("seed=9");
	grade(NULL);
	text = printed(GRADE_GRADESCOPE);
	o = json_loads(text, 0, NULL);
	free(text);
	ck_assert_ptr_nonnull(o);
	return o;
}

START_TEST(gradescope_gets_what_it_documents)
{
	json_t *o = results(), *tests = json_object_get(o, "tests"), *one;
	json_int_t score = 0;
	size_t i;

	has_documented_fields(o, of_results);
	ck_assert_uint_eq(json_array_size(tests), 3);
	json_array_foreach(tests, i, one)
	{
		has_documented_fields(one, of_test);
		score += json_integer_value(json_object_get(one, "score"));
	}
	ck_assert_int_eq(score,
			 json_integer_value(json_object_get(o, "score")));
	ck_assert_str_eq(json_string_value(json_object_get(o, "visibility")),
			 "visible");
	json_decref(o);
}
END_TEST

/* The lesson tells less, so its results wait as well. */
START_TEST(an_exam_shows_no_answers_in_its_results)
{
	static char exam[sizeof TWO + 40] = "---\nfeedback: where\n";
	json_t *o;

	strcat(exam, TWO + strlen("---\n"));
	write_lesson(exam);
	start("seed=9");
	snprintf(exam, sizeof exam, "lesson submit %s", answers);
	types(exam, "");
	grade(NULL);
	ck_assert_int_eq(g.feedback, FEEDBACK_WHERE);
	{
		char *text = printed(GRADE_GRADESCOPE);

		o = json_loads(text, 0, NULL);
		free(text);
	}
	ck_assert_str_eq(json_string_value(json_object_get(o, "visibility")),
			 "after_published");
	json_decref(o);
}
END_TEST

static char *sheet(enum sheet_kind kind, bool html)
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

START_TEST(a_sheet_of_questions_tells_no_answers)
{
	char *text = sheet(SHEET_QUESTIONS, false);

	ck_assert_ptr_nonnull(strstr(text, "**Question 1.** How many?"));
	ck_assert_ptr_nonnull(strstr(text, "> alloc order=0 gfp=movable"));
	ck_assert_ptr_null(strstr(text, "Answer 1"));
	ck_assert_ptr_null(strstr(text, "name=mine"));
	ck_assert_ptr_null(strstr(text, "vote"));
	ck_assert_ptr_null(strstr(text, "Hint"));
	free(text);
	text = sheet(SHEET_ANSWERS, false);
	ck_assert_ptr_nonnull(strstr(text, "**Answer 1:** 5 (`node0.Normal"));
	ck_assert_ptr_nonnull(strstr(text, "**Answer 2:** frame 1"));
	ck_assert_ptr_nonnull(strstr(text, "name=mine"));
	ck_assert_ptr_null(strstr(text, "vote"));
	free(text);
	text = sheet(SHEET_NOTES, false);
	ck_assert_ptr_nonnull(strstr(text, "vote"));
	free(text);
}
END_TEST

/* Before a question is answered, an answer of the model's might tell it. */
START_TEST(what_commands_say_is_printed_unless_something_is_asked)
{
	char *text;

	write_lesson("---\ntitle: Two\nminutes: 1\nboot: tiny pages=64\n---\n"
		     "```run\nget free\n```\n\n"
		     "```predict\nHow many?\n= free\n```\n\n"
		     "```run\nget managed\n```\n");
	text = sheet(SHEET_QUESTIONS, false);
	ck_assert_ptr_nonnull(strstr(text, "> get free\n  free 64 pages\n"));
	ck_assert_ptr_nonnull(strstr(text, "> get managed\n```"));
	free(text);
	text = sheet(SHEET_ANSWERS, false);
	ck_assert_ptr_nonnull(strstr(text, "> get managed\n  managed 64"));
	free(text);
}
END_TEST

START_TEST(html_holds_nothing_raw)
{
	char *text;

	write_lesson("---\ntitle: <script>x</script>\nminutes: 1\n"
		     "boot: tiny\n---\n<script>alert(1)</script>\n\n"
		     "text <b>bold</b>\n");
	text = sheet(SHEET_NOTES, true);
	ck_assert_ptr_nonnull(strstr(text, "<!DOCTYPE html>"));
	ck_assert_ptr_null(strstr(text, "<script"));
	free(text);
}
END_TEST

START_TEST(a_new_lesson_works)
{
	struct out *out = out_buffer();

	unlink(lesson_file);
	ck_assert_int_eq(lesson_new_file(lesson_file, out), CMD_OK);
	ck_assert_int_eq(lesson_check_file(lab, lesson_file, true, out),
			 CMD_OK);
	ck_assert_int_ne(lesson_new_file(lesson_file, out), CMD_OK);
	ck_assert_ptr_nonnull(strstr(out_string(out), "is there already"));
	out_free(out);
}
END_TEST

Suite *check_grade_suite(void)
{
	Suite *s = suite_create("lesson/grade");
	TCase *tc = tcase_create("grade");

	tcase_add_checked_fixture(tc, begin, end);
	tcase_add_test(tc, points_are_counted_by_playing_it_again);
	tcase_add_test(tc, the_stamp_is_the_one_that_was_shown);
	tcase_add_test(tc, what_does_not_fit_is_told_and_counts_nothing);
	tcase_add_test(tc, a_file_that_makes_no_sense_is_told_with_its_line);
	tcase_add_test(tc, answers_cannot_leave_or_touch_files);
	tcase_add_test(tc, giving_up_earns_nothing);
	tcase_add_test(tc, each_format_says_it);
	tcase_add_test(tc, what_was_not_graded_has_no_marks_and_no_stamp);
	tcase_add_test(tc, submitting_says_where_and_spares_other_files);
	tcase_add_test(tc, gradescope_gets_what_it_documents);
	tcase_add_test(tc, an_exam_shows_no_answers_in_its_results);
	tcase_add_test(tc, a_sheet_of_questions_tells_no_answers);
	tcase_add_test(tc,
		       what_commands_say_is_printed_unless_something_is_asked);
	tcase_add_test(tc, html_holds_nothing_raw);
	tcase_add_test(tc, a_new_lesson_works);
	suite_add_tcase(s, tc);
	return s;
}
