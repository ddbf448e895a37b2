/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lessons on the screen, from the first word to the last.
 */
#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/tty.h"

/* The row that says what is waited for: "> space: more"; "" there is none. */
static const char *waits_for(void)
{
	static char text[200];
	int row, col;

	*text = '\0';
	if (tty_find("> space:", &row, &col) ||
	    tty_find("> your answer", &row, &col) ||
	    tty_find("> which frame?", &row, &col) ||
	    tty_find("> your turn", &row, &col) ||
	    tty_find("> the end", &row, &col))
		snprintf(text, sizeof text, "%s", tty_row(row) + col + 2);
	return text;
}

/* Space, until it waits for something else than that. */
static void space_until(const char *what)
{
	for (int i = 0; i < 60 && !strstr(waits_for(), what); i++) {
		tty_press(" ");
		tty_idle();
		tty_must_be_sane(what, false);
	}
	ck_assert_msg(strstr(waits_for(), what) != NULL, "no \"%s\":\n%s", what,
		      tty_frame());
}

static void begin(int rows, int cols)
{
	tty_open(rows, cols, "xterm-256color");
	tty_must_show("Welcome");
	tty_press(":lesson start tests/lessons/small.md\r");
	tty_must_show("A small lesson, 1 of 3");
}

static void task_and_end(void)
{
	space_until("your turn");
	tty_must_show("3 of 3");
	tty_press(" "); /* that it cannot do */
	tty_must_show("your turn: `:` begins a command");
	tty_press("H");
	tty_must_show("Hint: What gives a block back?");
	tty_press(":free b\r"); /* it is not that one */
	tty_must_show("no such owner");
	tty_must_show("your turn");
	tty_press(":free a\r");
	tty_must_show("Done, within par.");
	space_until("the end; space: lesson start");
	tty_must_be_sane("the end", true);
	/* the next one is offered, and esc declines */
	tty_press(" ");
	tty_must_show(":lesson start tests/lessons/wrong.md");
	tty_press(TTY_ESC);
	tty_must_show("the end; space: lesson start");
	tty_press(":lesson info\r");
	tty_idle();
	tty_must_be_sane("after the end", true);
	tty_press(":quit\r");
	tty_ends_with(0);
}

static void first_question(const char *answer, const char *verdict)
{
	space_until("your answer");
	tty_press("a");
	tty_must_show(":lesson answer");
	tty_press(answer);
	tty_press("\r");
	tty_must_show("> space: alloc order=2 gfp=movable name=a");
	tty_press(" ");
	tty_must_show("> space: show buddyinfo");
	tty_press(" ");
	tty_must_show(verdict);
	space_until("which frame?");
}

/* Answers are typed; a frame is looked up on the map, and taken by Enter. */
START_TEST(a_lesson_is_played_with_keys)
{
	begin(24, 80);
	tty_must_show("> space: Ask and run");
	first_question("4", "Right");
	tty_press("/4\r");
	tty_must_show("= map =");
	tty_press("\r");
	tty_must_show("Right: frame 4.");
	task_and_end();
}
END_TEST

/* The cursor is moved by arrows, to a frame that is not the right one. */
START_TEST(a_wrong_answer_is_put_right)
{
	begin(20, 66);
	first_question("9", "You said 9; it is 4.");
	tty_must_not_show("Right");
	tty_press("/1\r");
	tty_must_show("1: ");
	tty_press(TTY_RIGHT TTY_RIGHT "\r");
	tty_must_show("You said frame 3; it is frame 4.");
	task_and_end();
}
END_TEST

/* At the place of frame 4, found by the row that begins with frame 0. */
static void click_on_frame_4(void)
{
	int row, col;

	ck_assert(tty_find("  0  M---", &row, &col));
	tty_click(row, col + 9);
	tty_must_show("4: ");
}

START_TEST(a_frame_is_pointed_at_with_the_mouse)
{
	begin(24, 80);
	first_question("4", "Right");
	click_on_frame_4();
	tty_press("\r");
	tty_must_show("Right: frame 4.");
	task_and_end();
}
END_TEST

START_TEST(space_first_brings_back_a_lesson_out_of_sight)
{
	begin(24, 80);
	tty_press("4");
	tty_must_show("= per-CPU lists =");
	tty_must_not_show("= lesson =");
	tty_press(" ");
	tty_must_show("= lesson == A small lesson, 1 of 3");
	tty_press(" ");
	tty_must_show("2 of 3");
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

/* Answers and the task are given up, which the lesson then does by itself. */
START_TEST(what_is_given_up_is_shown)
{
	begin(24, 80);
	space_until("your answer");
	tty_press("R");
	tty_must_show("> space: alloc");
	/* once, in the pane: the last rows do not say it again */
	tty_must_not_show("[next: ");
	space_until("which frame?");
	tty_press("R");
	tty_idle();
	space_until("your turn");
	tty_press("R");
	tty_idle();
	space_until("the end");
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

/* Back and forward in time, other views, another world, and back to it. */
START_TEST(a_lesson_is_left_and_gone_on_with)
{
	begin(24, 80);
	first_question("4", "Right");
	tty_press("hhh");
	tty_must_show("inside a line");
	tty_press("f");
	tty_must_not_show("inside a line");
	tty_press("V\tvx");
	tty_idle();
	tty_must_be_sane("other views", true);
	tty_press(":lesson leave\r");
	tty_must_show("The lesson waits");
	tty_press(":world new tiny\r");
	tty_must_show("event 0/0");
	tty_press(":lesson resume\r");
	tty_idle();
	tty_press(":view lesson\r");
	tty_must_show("which frame?");
	tty_press("a");
	tty_must_show(":lesson answer");
	tty_press("4\r");
	tty_must_show("Right: frame 4.");
	tty_press(":quit\r");
	tty_ends_with(0);
}
END_TEST

/* What was tried on the side lies ahead afterwards; Space does not play it. */
START_TEST(space_goes_on_after_something_of_ones_own)
{
	begin(24, 80);
	first_question("4", "Right");
	tty_press(":alloc name=mine\r");
	tty_must_show("served:");
	tty_press(" "); /* the world is as the lesson left it */
	tty_must_show("There is no answer yet");
	tty_must_show("> which frame?");
	tty_press("a");
	tty_must_show(":lesson answer");
	tty_press("4\r");
	tty_must_show("Right: frame 4.");
	tty_must_not_show("space: play");
	tty_press(" ");
	tty_idle();
	tty_must_not_show("space pause");
	tty_must_not_show("playing");
	task_and_end();
}
END_TEST

/* ---- the whole course ---- */

static glob_t course;

static void find_course(void)
{
	ck_assert_int_eq(glob("lessons/[0-9]*.md", 0, NULL, &course), 0);
	ck_assert_uint_gt(course.gl_pathc, 10);
}

static void forget_course(void)
{
	globfree(&course);
}

/* Space, and R where an answer or a task is asked for; a hint where it is. */
static void go_through(const char *path, int rows, int cols)
{
	char line[100], where[140];
	int steps = 0, given_up = 0;

	tty_open(rows, cols, "xterm-256color");
	tty_must_show("Welcome");
	tty_press(":speed 200\r");
	tty_must_show("speed 200");
	snprintf(line, sizeof line, ":lesson start %s\r", path);
	tty_press(line);
	tty_must_show("> space:");
	while (!strstr(waits_for(), "the end")) {
		const char *key = " ";

		snprintf(where, sizeof where, "%s at %dx%d, step %d: %s", path,
			 cols, rows, steps, waits_for());
		ck_assert_msg(*waits_for() && steps < 400,
			      "%s: it does not go on:\n%s", where, tty_frame());
		if (strncmp(waits_for(), "space", 5) != 0) {
			if (strncmp(waits_for(), "your turn", 9) == 0) {
				tty_press("H");
				tty_idle();
			}
			key = "R";
			given_up++;
		}
		tty_press(key);
		tty_idle();
		tty_must_not_show("space pause"); /* up to the present */
		tty_must_be_sane(where, steps % 10 == 0);
		steps++;
	}
	ck_assert_int_ge(given_up, 3); /* two predictions and a task */
	tty_press(":quit\r");
	tty_ends_with(0);
}

START_TEST(every_lesson_of_the_course_comes_to_its_end)
{
	if (_i >= (int)course.gl_pathc)
		return;
	go_through(course.gl_pathv[_i], 24, 80);
	go_through(course.gl_pathv[_i], 20, 66);
}
END_TEST

Suite *check_pty_lesson_suite(void);

Suite *check_pty_lesson_suite(void)
{
	Suite *s = suite_create("tui/pty_lesson");
	TCase *t = tcase_create("small"), *all = tcase_create("course");

	tcase_add_test(t, a_lesson_is_played_with_keys);
	tcase_add_test(t, a_wrong_answer_is_put_right);
	tcase_add_test(t, a_frame_is_pointed_at_with_the_mouse);
	tcase_add_test(t, space_first_brings_back_a_lesson_out_of_sight);
	tcase_add_test(t, what_is_given_up_is_shown);
	tcase_add_test(t, a_lesson_is_left_and_gone_on_with);
	tcase_add_test(t, space_goes_on_after_something_of_ones_own);
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(all, find_course, forget_course);
	tcase_add_loop_test(all, every_lesson_of_the_course_comes_to_its_end, 0,
			    30);
	suite_add_tcase(s, all);
	return s;
}
