/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_pty_program.c - the program on a terminal, without its screen
 */
#include <check.h>
#include <signal.h>

#include "support/tty.h"

/* Also when one is lost that came before the line had begun. */
static void stop_the_line(void)
{
	for (int i = 0; i < 100 && !tty_shows("stopped: nothing was changed");
	     i++) {
		tty_press("\003");
		tty_settle(100);
	}
	tty_must_show("stopped: nothing was changed");
	tty_idle();
}

START_TEST(ctrl_c_stops_a_line_and_clears_one)
{
	static const char *const shell[] = {"--shell", NULL};

	tty_open_with(24, 80, "dumb", shell, false);
	tty_must_show("buddyscope> ");
	tty_press("repeat 1000000 \"alloc name=b; free b\"\r");
	tty_busy();
	stop_the_line();
	tty_press("half a line");
	tty_must_show("half a line");
	tty_press("\003");
	tty_idle();
	tty_press("get free\r");
	tty_must_show("free 256 pages");
	tty_press("quit\r");
	tty_ends_with(0);
}
END_TEST

/* It is the terminal's line discipline that sends the signal. */
START_TEST(ctrl_c_ends_a_script)
{
	static const char *const script[] = {
		"-c", "repeat 1000000 \"alloc; free 0\"; repeat 1000000 alloc",
		NULL};

	tty_open_with(24, 80, "dumb", script, false);
	tty_busy();
	tty_press("\003");
	tty_ends_by(SIGINT);
}
END_TEST

Suite *check_pty_program_suite(void);

Suite *check_pty_program_suite(void)
{
	Suite *s = suite_create("cmd/pty_program");
	TCase *t = tcase_create("pty_program");

	tcase_add_test(t, ctrl_c_stops_a_line_and_clears_one);
	tcase_add_test(t, ctrl_c_ends_a_script);
	suite_add_tcase(s, t);
	return s;
}
