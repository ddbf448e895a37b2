/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Resizes, in storms and at every moment: the frame fits, the program keeps
 * what it knew, and back at the first size all is as it was.
 */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/tty.h"
#include "support/tty_screen.h"
#include "tui/view.h"

#define ROWS 24
#define COLS 80

static const struct {
	int rows, cols;
} sizes[] = {
	{1, 1},	  {400, 120}, {5, 10},	{6, 24},   {50, 200}, {2, 300},
	{13, 44}, {1, 80},    {24, 1},	{20, 66},  {120, 24}, {40, 120},
	{6, 23},  {5, 24},    {24, 79}, {25, 400}, {3, 3},    {24, 80},
};

#define NR_SIZES ((int)(sizeof sizes / sizeof sizes[0]))

static void open_it(void)
{
	tty_open(ROWS, COLS, "xterm-256color");
	tty_must_show("Welcome");
}

/* One after the other, as fast as a window is dragged. */
static void storm(void)
{
	for (int round = 0; round < 3; round++)
		for (int i = 0; i < NR_SIZES; i++) {
			tty_resize(sizes[i].rows, sizes[i].cols);
			tty_settle(i % 4 ? 0 : 3);
		}
	tty_resize(ROWS, COLS);
}

/* Each size is drawn, a storm passes, and the picture is the one before. */
static void stands_it(const char *where)
{
	char *before, here[120];

	tty_idle();
	before = tty_screen_picture();
	for (int i = 0; i < NR_SIZES; i++) {
		tty_resize(sizes[i].rows, sizes[i].cols);
		snprintf(here, sizeof here, "%s at %dx%d", where, sizes[i].cols,
			 sizes[i].rows);
		tty_must_be_sane(here, false);
	}
	storm();
	tty_must_become(where, before);
	free(before);
}

START_TEST(each_view_stands_a_storm)
{
	char line[60];

	open_it();
	snprintf(line, sizeof line, ":view %s\r", views[_i]->name);
	tty_press(line);
	tty_idle();
	tty_press("\033"); /* what was said of it */
	stands_it(views[_i]->name);
	tty_press("z");
	stands_it(views[_i]->name);
	tty_press(":quit\r");
	tty_ends_with(0);
}
END_TEST

/* Where something is half done. */
static const struct {
	const char *name, *keys, *mark;
} moments[] = {
	{"the prompt", ":where 0", ":where 0"},
	{"a long prompt",
	 ":alloc order=3 gfp=GFP_KERNEL count=1 cpu=0 type=M "
	 "name=areallylongname0 zone=Nor",
	 "name=areallylongname0"},
	{"finding", "/12", "/12"},
	{"the help", "?undo", "search: undo"},
	{"the end of the help", "?\033OF", "help:"},
	{"what was said", ":history\r", "=output="},
	{"the map's cursor", "m", "leave the map"},
	{"the overlay", "Kll", "l x2"},
	{"a story", "E", "alloc order=3"},
};

#define NR_MOMENTS ((int)(sizeof moments / sizeof moments[0]))

START_TEST(each_moment_stands_a_storm)
{
	open_it();
	tty_press(moments[_i].keys);
	tty_must_show(moments[_i].mark);
	stands_it(moments[_i].name);
	tty_must_show(moments[_i].mark);
	tty_close();
}
END_TEST

START_TEST(a_line_is_typed_through_a_storm)
{
	static const char line[] = ":where 112\r";

	open_it();
	for (size_t i = 0; line[i]; i++) {
		const char key[2] = {line[i]};

		tty_resize(sizes[i].rows, sizes[i].cols);
		tty_press(key);
	}
	tty_resize(ROWS, COLS);
	tty_must_show("112: ");
	tty_must_be_sane("typed", true);
	tty_press(":quit\r");
	tty_ends_with(0);
}
END_TEST

/* It plays on, loses no step, and arrives. */
START_TEST(playing_stands_a_storm)
{
	open_it();
	tty_press(":goto 1150\r");
	tty_must_stand_at(1150);
	tty_press(":speed 200\r");
	tty_must_show("speed 200");
	tty_press(" ");
	for (int i = 0; i < 6; i++)
		storm();
	tty_must_stand_at(1211);
	tty_must_not_show("playing");
	tty_must_be_sane("played", true);
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(no_step_is_lost_in_a_storm)
{
	int at;

	open_it();
	tty_press(":goto 500\r");
	tty_must_stand_at(500);
	at = tty_event();
	for (int i = 0; i < 5 * NR_SIZES; i++) {
		tty_resize(sizes[i % NR_SIZES].rows, sizes[i % NR_SIZES].cols);
		tty_press("l");
	}
	tty_resize(ROWS, COLS);
	tty_must_stand_at(at + 5 * NR_SIZES);
	tty_must_be_sane("stepped", true);
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

/* At the text, at a question, at a frame to point at, and at the task. */
START_TEST(a_lesson_stands_a_storm)
{
	open_it();
	tty_press(":lesson start tests/lessons/small.md\r");
	tty_must_show("> space: Ask and run");
	stands_it("a lesson's text");
	tty_press(" ");
	tty_must_show("your answer: press a");
	stands_it("a lesson's question");
	tty_press("R");
	tty_must_show("> space: alloc");
	stands_it("a lesson's command");
	tty_press("  ");
	for (int i = 0; i < 9 && !tty_shows("which frame?"); i++) {
		tty_press(" ");
		tty_idle();
	}
	tty_must_show("which frame?");
	tty_press("m");
	tty_must_show("leave the map");
	stands_it("a lesson's frame");
	tty_press(":quit\r");
	tty_ends_with(0);
}
END_TEST

/* The terminal has forgotten what it showed, though its size is the same. */
START_TEST(a_size_that_comes_back_is_drawn_again)
{
	char *before;

	open_it();
	tty_idle();
	before = tty_screen_picture();
	kill(tty_pid(), SIGSTOP); /* so that it sees only the last one */
	tty_must_be_stopped();
	tty_resize(2, 3);
	tty_resize(ROWS, COLS);
	ck_assert(!tty_shows("free lists"));
	kill(tty_pid(), SIGCONT);
	tty_must_become("the same size", before);
	free(before);
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(it_opens_at_any_size)
{
	char here[40];

	snprintf(here, sizeof here, "opened at %dx%d", sizes[_i].cols,
		 sizes[_i].rows);
	tty_open(sizes[_i].rows, sizes[_i].cols, "xterm");
	tty_idle();
	tty_must_be_sane(here, false);
	tty_resize(ROWS, COLS);
	tty_must_show("Welcome");
	tty_must_be_sane(here, true);
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(it_leaves_while_resized)
{
	open_it();
	for (int i = 0; i < NR_SIZES; i++)
		tty_resize(sizes[i].rows, sizes[i].cols);
	tty_press("q");
	for (int i = 0; i < NR_SIZES && tty_alive(); i++)
		tty_resize(sizes[i].rows, sizes[i].cols);
	tty_ends_with(0);
}
END_TEST

Suite *check_pty_resize_suite(void);

Suite *check_pty_resize_suite(void)
{
	Suite *s = suite_create("tui/pty_resize");
	TCase *t = tcase_create("pty_resize");

	tcase_add_loop_test(t, each_view_stands_a_storm, 0, NR_VIEWS);
	tcase_add_loop_test(t, each_moment_stands_a_storm, 0, NR_MOMENTS);
	tcase_add_test(t, a_line_is_typed_through_a_storm);
	tcase_add_test(t, playing_stands_a_storm);
	tcase_add_test(t, no_step_is_lost_in_a_storm);
	tcase_add_test(t, a_lesson_stands_a_storm);
	tcase_add_test(t, a_size_that_comes_back_is_drawn_again);
	tcase_add_loop_test(t, it_opens_at_any_size, 0, NR_SIZES);
	tcase_add_test(t, it_leaves_while_resized);
	suite_add_tcase(s, t);
	return s;
}
