/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program itself on a terminal: it opens, steps, takes lines, plays,
 * remembers.  What else there is to a terminal is in check_pty_*.c.
 */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/tty.h"

START_TEST(it_opens_steps_and_leaves)
{
	int at;

	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	tty_must_show("free lists");
	at = tty_event();
	ck_assert_int_gt(at, 0);
	tty_press("l");
	tty_must_stand_at(at + 1);
	tty_press("\033OC");
	tty_must_stand_at(at + 2);
	tty_press("hh");
	tty_must_stand_at(at);
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(it_follows_every_size)
{
	tty_open(24, 80, "xterm");
	tty_must_show("Welcome");
	tty_resize(5, 10);
	tty_must_show("too small");
	tty_resize(50, 200);
	tty_must_show("output");
	tty_must_show("buddyscope");
	tty_resize(13, 44);
	tty_must_show("=1 map=");
	tty_press("\t");
	tty_must_show("=2 lists=");
	tty_resize(1, 1);
	tty_idle();
	tty_resize(5, 10);
	tty_must_show("too small");
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(lines_are_typed_and_mistakes_told)
{
	tty_open(24, 80, "vt100");
	tty_must_show("Welcome");
	tty_press(":alloc order=99\r");
	tty_must_show("expected an order");
	tty_press(":where 0\r");
	tty_must_show(":where 0");
	tty_press("?");
	tty_must_show("search:");
	tty_press("undo\r");
	tty_must_show("undone");
	tty_press("/70\r");
	tty_must_show("70: ");
	tty_press("/pfn\r");
	tty_must_show("expected a frame's number, an owner");
	tty_press("/kernel\r");
	tty_must_show("in use by kernel");
	tty_press(":quit\r");
	tty_ends_with(0);
}
END_TEST

/* Those who wait for it see how far the script came, and why no further. */
START_TEST(a_refused_line_of_a_script_is_told_on_the_screen)
{
	static const char *const args[] = {
		"--screen", "-c",
		"world new tiny; alloc order=2 name=a; alloc order=99; free a",
		NULL};

	tty_open_with(24, 80, "xterm-256color", args, false);
	tty_must_show("-c:1:39: alloc: order=99: expected an order");
	tty_must_show("U---");
	tty_press("h"); /* the screen is as ever */
	tty_must_show(":back");
	tty_must_not_show("expected an order");
	tty_press("q");
	tty_ends_with(3);
}
END_TEST

/* Of what was looked for the next one, by N or by an empty line. */
START_TEST(the_same_is_found_again)
{
	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	tty_press("N");
	tty_must_show("nothing was looked for yet");
	tty_press("6/split\r");
	tty_must_show(":goto 1207");
	tty_press("N");
	tty_must_show(">    7 ");
	tty_press("/\r");
	tty_must_show(">    9 ");
	tty_press("y");
	tty_must_show("no key of this screen");
	tty_press("n");
	tty_must_show("there is one zone");
	tty_press("q");
	tty_has_ended();
}
END_TEST

/* An answer is read once; then the last row is for what comes next. */
START_TEST(an_answer_that_was_left_is_read)
{
	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	tty_press(":help alloc\r");
	tty_must_show("Allocate blocks of 2^ORDER pages");
	tty_press(TTY_ESC);
	tty_must_show("= map =");
	tty_must_not_show("alloc [order=ORDER]");
	tty_press("q");
	tty_has_ended();
}
END_TEST

START_TEST(nothing_is_sent_while_nothing_happens)
{
	size_t n;

	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	tty_idle();
	tty_forget();
	tty_settle(1500);	 /* over the loop's own beat */
	tty_press("\033[24;5~"); /* a key without a meaning */
	tty_idle();
	tty_sent(&n);
	ck_assert_uint_eq(n, 0);
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(pressed_keys_are_shown_to_an_audience)
{
	tty_open(20, 66, "xterm-256color");
	tty_must_show("Welcome");
	tty_press("K");
	tty_press("ll");
	tty_must_show("l x2");
	tty_press("K");
	tty_must_not_show("l x2");
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(playing_goes_at_the_speed_that_is_set)
{
	int at;

	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	tty_press(":goto 0\r");
	tty_must_stand_at(0);
	tty_press(":speed 30\r");
	tty_must_show("speed 30");
	tty_press(" ");
	tty_must_show("playing 30/s");
	tty_must_show("pause");
	tty_press("<");
	tty_must_show("playing 15/s");
	tty_must_show("| event 6/");
	tty_press(" ");
	tty_must_not_show("playing");
	tty_idle();
	at = tty_event();
	ck_assert_int_gt(at, 5);
	tty_settle(200);
	ck_assert_int_eq(tty_event(), at);
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(playing_goes_back_to_the_beginning)
{
	int at;

	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	at = tty_event();
	tty_press("\177");
	tty_must_show("playing back 3/s");
	tty_press("g<<"); /* neither of them ends it */
	tty_must_show("playing back 1 phase/s");
	tty_press(" ");
	tty_must_show("inside a line");
	tty_idle();
	ck_assert_int_lt(tty_event(), at);
	at = tty_event();
	tty_settle(1200);
	ck_assert_int_eq(tty_event(), at);
	tty_press(":grain event\r:goto 3\r:speed 5\r");
	tty_must_show("speed 5");
	tty_press("\033[<0;48;24M\033[<0;48;24m"); /* "bksp" of the last row */
	tty_must_show("playing back 5/s");
	tty_must_show("this is the beginning");
	tty_must_stand_at(0);
	tty_must_not_show("playing");
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(a_frame_of_the_map_is_waited_for)
{
	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	tty_press("/112\r");
	tty_must_show("112: ");
	tty_press("b");
	tty_must_show("break frame=112");
	tty_press("h");
	tty_press("m");
	tty_press("b");
	tty_must_show(":break ");
	tty_press("\033");
	tty_idle();
	tty_press("F");
	tty_must_show(":fork ");
	tty_press("\033");
	tty_idle();
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(sequences_without_a_meaning_do_nothing)
{
	static const char *const sequences[] = {
		"\033q",	  "\033l",     "\033[<0;5;5M",
		"\033[<64;1;1m",  "\033[M !!", "\033]0;quit\a",
		"\033Pq\033\\",	  "\033[200~", "\033[1;3C",
		"\033[[A",	  "\033Oz",    "\033_qqq\033\\",
		"\033[>0;276;0c",
	};
	int at;

	tty_open(24, 80, "vt100");
	tty_must_show("Welcome");
	at = tty_event();
	for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++) {
		tty_press(sequences[i]);
		tty_idle();
	}
	tty_must_stand_at(at);
	tty_press("l");
	tty_must_stand_at(at + 1);
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(moving_brings_the_panes_back)
{
	tty_open(24, 80, "xterm");
	tty_must_show("Welcome");
	tty_press(":history\r");
	tty_must_show("=output=");
	tty_must_not_show("free lists");
	tty_press("h");
	tty_must_show("free lists");
	tty_press(":history\r");
	tty_must_show("=output=");
	tty_must_not_show("free lists");
	tty_press("\033");
	tty_must_show("free lists");
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

/* Longer than what a Ctrl-C that comes later may be meant for. */
static void stop_a_long_line(void)
{
	tty_press(":repeat 1000000 \"alloc name=a; free a\"\r");
	tty_must_show("running");
	tty_settle(300);
	tty_press("\003");
	tty_must_show("stopped: nothing was changed");
}

START_TEST(a_long_line_can_be_stopped)
{
	tty_open(24, 80, "xterm");
	tty_must_show("event 1204/1211");
	stop_a_long_line();
	tty_press("l"); /* on from where we stood, inside of the first line */
	tty_must_show("event 1205/1211");
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

/* Of a second; where the machine took longer, it is tried again. */
START_TEST(a_ctrl_c_too_late_for_the_line_is_for_nobody)
{
	bool stays = false;

	for (int i = 0; i < 20 && !stays; i++) {
		tty_open(24, 80, "xterm");
		tty_must_show("event 1204/1211");
		stop_a_long_line();
		tty_press("\003");
		tty_settle(100);
		stays = tty_alive();
		if (stays) {
			tty_press("l");
			tty_must_show("event 1205/1211");
			tty_press("q");
		}
		tty_has_ended();
	}
	ck_assert(stays);
}
END_TEST

START_TEST(the_layout_and_the_theme_are_remembered)
{
	char folder[] = "/tmp/buddyscope-pty-XXXXXX", line[100];

	ck_assert_ptr_nonnull(mkdtemp(folder));
	tty_keep_in(folder);
	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	tty_press(":layout lecture\r");
	tty_must_show("layout lecture");
	tty_press("v"); /* another view in the pane of the map */
	tty_must_not_show("= map =");
	tty_press("q");
	tty_ends_with(0);
	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	tty_idle();
	ck_assert(!tty_shows("- map -") && !tty_shows("= map ="));
	ck_assert(tty_shows("free lists"));
	tty_press("q");
	tty_ends_with(0);
	snprintf(line, sizeof line, "echo nonsense > %s/buddyscope/screen",
		 folder);
	ck_assert_int_eq(system(line), 0);
	tty_open(24, 80, "xterm-256color");
	tty_must_show("makes no sense");
	tty_must_show("= map =");
	tty_press("q");
	tty_ends_with(0);
	snprintf(line, sizeof line, "rm -r %s", folder);
	ck_assert_int_eq(system(line), 0);
	tty_keep_in(NULL);
}
END_TEST

START_TEST(any_keys_do_no_harm)
{
	unsigned int x = 1;

	tty_open(24, 80, "xterm");
	tty_must_show("Welcome");
	for (int i = 0; i < 400; i++) {
		char key[2] = {0};

		x = x * 1103515245u + 12345u;
		key[0] = (char)(1 + (x >> 16) % 126);
		/* not: quit, interrupt, quit by signal, suspend, stop output */
		if (strchr("q\003\034\032\023\r\n", key[0]))
			continue;
		tty_press(key);
		tty_settle(1);
	}
	tty_press("\033\033\033");
	tty_idle();
	tty_press("\025\033q");
	tty_idle();
	if (tty_alive()) /* or the last key has ended it */
		kill(tty_pid(), SIGTERM);
	tty_has_ended();
}
END_TEST

Suite *check_pty_suite(void);

Suite *check_pty_suite(void)
{
	Suite *s = suite_create("tui/pty");
	TCase *t = tcase_create("pty");

	tcase_add_test(t, it_opens_steps_and_leaves);
	tcase_add_test(t, it_follows_every_size);
	tcase_add_test(t, lines_are_typed_and_mistakes_told);
	tcase_add_test(t, a_refused_line_of_a_script_is_told_on_the_screen);
	tcase_add_test(t, the_same_is_found_again);
	tcase_add_test(t, an_answer_that_was_left_is_read);
	tcase_add_test(t, nothing_is_sent_while_nothing_happens);
	tcase_add_test(t, pressed_keys_are_shown_to_an_audience);
	tcase_add_test(t, playing_goes_at_the_speed_that_is_set);
	tcase_add_test(t, playing_goes_back_to_the_beginning);
	tcase_add_test(t, a_frame_of_the_map_is_waited_for);
	tcase_add_test(t, sequences_without_a_meaning_do_nothing);
	tcase_add_test(t, moving_brings_the_panes_back);
	tcase_add_test(t, a_long_line_can_be_stopped);
	tcase_add_test(t, a_ctrl_c_too_late_for_the_line_is_for_nobody);
	tcase_add_test(t, the_layout_and_the_theme_are_remembered);
	tcase_add_test(t, any_keys_do_no_harm);
	suite_add_tcase(s, t);
	return s;
}
