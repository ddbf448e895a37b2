/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mouse: whatever can be clicked does what its key would.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/tty.h"
#include "support/tty_screen.h"
#include "tui/keybar.h"
#include "tui/keys.h"

static void leave(void)
{
	tty_press(":quit\r");
	tty_ends_with(0);
}

static void run(const char *line)
{
	char said[80];

	snprintf(said, sizeof said, ":%s\r", line);
	tty_press(said);
	tty_idle();
}

/* Click on the first place where something stands. */
static void click_on(const char *what)
{
	int row = 0, col = 0;

	tty_must_show(what);
	tty_find(what, &row, &col);
	tty_click(row, col);
	tty_idle();
}

START_TEST(events_and_frames_are_gone_to)
{
	int at;

	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	at = tty_event();
	click_on("-> event");
	tty_must_stand_at(at + 1);
	click_on("<- ->");
	tty_must_stand_at(at);
	tty_click(17, 8); /* the event before */
	tty_must_stand_at(at - 1);
	tty_click(2, 6); /* the first frame */
	tty_must_show("0: ");
	tty_must_be_sane("a click on the map", true);
	leave();
}
END_TEST

/* ---- the last row ---- */

#define BAR_ROWS 40
#define BAR_COLS 200

static const char *const opening[] = {
	"--screen", "-c",
	"world new laptop; alloc order=3 name=a; free a; goto 5", NULL};

/* How it is got into, in the program and in what the test knows of it. */
static const struct state {
	const char *name, *keys;
	bool zoomed, pointing;
} states[] = {
	{"at first", "", false, false},
	{"a pane alone", "z", true, false},
	{"with the map's cursor", "m", false, true},
};

static void open_in(const struct state *state)
{
	tty_open_with(BAR_ROWS, BAR_COLS, "xterm", opening, false);
	tty_must_show("? helps.");
	run("view map"); /* the hint makes way: it is about nothing */
	tty_press(state->keys);
	tty_idle();
}

/* What the program's own table says of a column. */
static int key_at(const struct state *state, int col)
{
	struct lab *lab = lab_create();
	struct out *out = out_buffer();
	struct screen s;
	int key;

	ck_assert_int_eq(lab_run(lab, "world new laptop", out), CMD_OK);
	screen_start(&s, lab);
	s.zoomed = state->zoomed;
	s.pointing = state->pointing;
	key = keybar_key_at(&s, BAR_COLS, col);
	out_free(out);
	lab_destroy(lab);
	return key;
}

static void click_comes_to_the_key(const struct state *state, int col, int key)
{
	char *clicked, *pressed, where[80];

	snprintf(where, sizeof where, "%s, column %d, key %d", state->name, col,
		 key);
	open_in(state);
	tty_click(BAR_ROWS - 1, col);
	if (key == ' ') { /* it goes on by the clock */
		tty_must_show("playing");
		tty_close();
		return;
	}
	if (key == 'q' && !state->zoomed) {
		tty_ends_with(0);
		return;
	}
	tty_must_be_sane(where, false);
	clicked = tty_screen_picture();
	tty_close();
	open_in(state);
	tty_press_key(key);
	tty_must_be_sane(where, false);
	pressed = tty_screen_picture();
	tty_screen_must_be_same(where, clicked, pressed);
	tty_close();
	free(clicked);
	free(pressed);
}

START_TEST(what_the_last_row_offers_is_done)
{
	const struct state *state = &states[_i];
	int before = KEY_NONE, n = 0;

	for (int col = 0; col < BAR_COLS; col++) {
		const int key = key_at(state, col);

		if (key != before && key != KEY_NONE) {
			click_comes_to_the_key(state, col, key);
			n++;
		}
		before = key;
	}
	ck_assert_int_gt(n, 10);
}
END_TEST

/* ---- panes and tabs ---- */

START_TEST(a_click_on_a_pane_gives_it_the_keys)
{
	char here[80], there[80];
	int n = 0;

	tty_open(50, 200, "xterm-256color");
	tty_must_show("Welcome");
	for (int v = NR_VIEWS - 1; v >= 0; v--) {
		snprintf(there, sizeof there, "- %s -", views[v]->title);
		snprintf(here, sizeof here, "= %s =", views[v]->title);
		if (!tty_shows(there))
			continue;
		click_on(there);
		tty_must_show(here);
		tty_must_be_sane(here, true);
		n++;
	}
	ck_assert_int_gt(n, 4);
	leave();
}
END_TEST

START_TEST(a_click_on_a_tab_shows_its_view)
{
	char tab[40], here[40];
	int n = 0;

	tty_open(24, _i ? 120 : 60, "xterm-256color");
	tty_must_show("Welcome");
	run("layout one");
	for (int v = NR_VIEWS - 1; v >= 0; v--) {
		if (v < 9) {
			snprintf(tab, sizeof tab, " %d %s ", v + 1,
				 views[v]->name);
			snprintf(here, sizeof here, "=%d %s=", v + 1,
				 views[v]->name);
		} else {
			snprintf(tab, sizeof tab, " %s ", views[v]->name);
			snprintf(here, sizeof here, "=%s=", views[v]->name);
		}
		if (!strstr(tty_row(1), tab))
			continue;
		tty_click(1, (int)(strstr(tty_row(1), tab) - tty_row(1)) + 1);
		tty_must_show(here);
		tty_must_be_sane(here, true);
		n++;
	}
	ck_assert_int_gt(n, 2);
	leave();
}
END_TEST

/* ---- inside of views ---- */

START_TEST(each_zoom_of_the_map_is_pointed_at)
{
	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	run("world new classroom");
	run("alloc order=3 name=a");
	for (int zoom = 0; zoom < 3; zoom++) {
		tty_click(4, 30);
		tty_must_show("m leave the map");
		tty_must_be_sane("pointing", true);
		tty_click(3, 10);
		tty_must_be_sane("pointing", true);
		tty_press("m+");
		tty_must_not_show("m leave the map");
	}
	leave();
}
END_TEST

/* The session from left to right, and the list of its lines below. */
START_TEST(the_time_line_is_gone_to)
{
	int last, first;

	tty_open(40, 120, "xterm-256color");
	tty_must_show("Welcome");
	run("layout one");
	run("view time");
	tty_must_show("=7 time=");
	run("continue");
	last = tty_event();
	tty_click(3, 1);
	tty_idle();
	first = tty_event();
	ck_assert_int_lt(first, last);
	tty_must_be_sane("a click on the time line", true);
	click_on("alloc order=3 name=buffer"); /* its row in the list */
	tty_must_stand_at(last);
	leave();
}
END_TEST

START_TEST(a_curve_is_gone_to)
{
	int last;

	tty_open(40, 120, "xterm-256color");
	tty_must_show("Welcome");
	run("continue");
	run("plot node0.Normal.free");
	run("repeat 20 \"alloc order=0 name=a\"");
	run("view figures");
	tty_press("z");
	tty_idle();
	last = tty_event();
	/* past the labels, the middle of the curve */
	for (int col = 12; col < 60 && tty_event() == last; col++) {
		tty_click(8, col);
		tty_idle();
	}
	ck_assert_int_lt(tty_event(), last);
	tty_must_be_sane("a click on a curve", true);
	leave();
}
END_TEST

START_TEST(the_wheel_scrolls_what_is_under_it)
{
	char *before, *after;
	int at;

	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	at = tty_event();
	tty_wheel(18, 10, true); /* the events: earlier ones */
	tty_must_show("1200");
	ck_assert_int_eq(tty_event(), at); /* nothing but shown */
	for (int i = 0; i < 30; i++)
		tty_wheel(18, 10, i % 2);
	run("world new classroom");
	run("view map");
	tty_press("++");
	tty_idle();
	before = tty_screen_picture();
	tty_wheel(4, 20, false);
	tty_idle();
	after = tty_screen_picture();
	ck_assert_int_ne(strcmp(before, after), 0);
	tty_wheel(4, 20, true);
	tty_must_be_sane("the wheel", true);
	free(after);
	after = tty_screen_picture();
	tty_screen_must_be_same("there and back", before, after);
	free(before);
	free(after);
	leave();
}
END_TEST

/* Every cell, also of borders, gaps and labels, in each layout. */
START_TEST(any_click_anywhere_does_no_harm)
{
	static const char *const layouts[] = {"one", "lecture", "standard",
					      "wide"};
	char line[40];

	tty_open(30, 120, "xterm-256color");
	tty_must_show("Welcome");
	snprintf(line, sizeof line, "layout %s", layouts[_i]);
	run(line);
	for (int row = 0; row < 29; row++) /* the last row leaves */
		for (int col = row % 5; col < 120; col += 5) {
			tty_click(row, col);
			if (col % 25 == 0)
				tty_wheel(row, col, row % 2);
		}
	tty_must_be_sane("after many clicks", true);
	tty_click(500, 500);
	tty_must_be_sane("after a click beyond", true);
	leave();
}
END_TEST

/* While something is typed, a click changes nothing. */
START_TEST(a_click_leaves_the_prompt_and_the_help_alone)
{
	const char *const keys[] = {":where 0", "?undo", "/12"};
	char *before, *after;

	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	tty_press(keys[_i]);
	tty_idle();
	before = tty_screen_picture();
	tty_click(5, 20);
	tty_click(23, 3);
	tty_idle();
	after = tty_screen_picture();
	tty_screen_must_be_same(keys[_i], before, after);
	free(before);
	free(after);
	tty_close();
}
END_TEST

Suite *check_pty_mouse_suite(void);

Suite *check_pty_mouse_suite(void)
{
	Suite *s = suite_create("tui/pty_mouse");
	TCase *t = tcase_create("pty_mouse");

	tcase_add_test(t, events_and_frames_are_gone_to);
	tcase_add_loop_test(t, what_the_last_row_offers_is_done, 0,
			    sizeof states / sizeof states[0]);
	tcase_add_test(t, a_click_on_a_pane_gives_it_the_keys);
	tcase_add_loop_test(t, a_click_on_a_tab_shows_its_view, 0, 2);
	tcase_add_test(t, each_zoom_of_the_map_is_pointed_at);
	tcase_add_test(t, the_time_line_is_gone_to);
	tcase_add_test(t, a_curve_is_gone_to);
	tcase_add_test(t, the_wheel_scrolls_what_is_under_it);
	tcase_add_loop_test(t, any_click_anywhere_does_no_harm, 0, 4);
	tcase_add_loop_test(t, a_click_leaves_the_prompt_and_the_help_alone, 0,
			    3);
	suite_add_tcase(s, t);
	return s;
}
