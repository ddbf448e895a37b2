/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signals: the terminal is given back, and nothing is lost.
 */
#include <check.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/tty.h"

static const char *const screen_after_lines[] = {"--resume", "--screen", NULL};
static char folder[] = "/tmp/buddyscope-pty-XXXXXX";

/* A folder in which the program keeps what it remembers. */
static void keep(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	tty_keep_in(folder);
}

static void forget(void)
{
	char line[100];

	snprintf(line, sizeof line, "rm -r %s", folder);
	ck_assert_int_eq(system(line), 0);
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	tty_keep_in(NULL);
}

static const int requests[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT};

/* One Ctrl-C right after a line that took long is meant for that line. */
static void ask_to_end(int signal)
{
	kill(tty_pid(), signal);
	for (int i = 0; i < 30 && signal == SIGINT && tty_alive(); i++) {
		tty_settle(100);
		kill(tty_pid(), signal);
	}
}

START_TEST(a_signal_restores_the_terminal)
{
	tty_open(24, 80, "xterm");
	tty_must_show("Welcome");
	ck_assert(!tty_restored());
	ask_to_end(requests[_i]);
	tty_must_not_show("Welcome"); /* the other screen is back */
	tty_ends_with(128 + requests[_i]);
}
END_TEST

/* What was done and chosen before the signal is there the next time. */
START_TEST(a_signal_loses_nothing)
{
	keep();
	tty_open(24, 80, "xterm");
	tty_must_show("Welcome");
	tty_press(":world new tiny seed=5\r");
	tty_must_show("event 0/0");
	tty_press(":alloc order=2 name=mine\r");
	tty_must_show("alloc order=2 name=mine");
	tty_press(":layout lecture\r");
	tty_must_show("layout lecture");
	ask_to_end(requests[_i]);
	tty_ends_with(128 + requests[_i]);
	tty_open_with(24, 80, "xterm", screen_after_lines, false);
	tty_must_show("seed 5");
	tty_press(":show owners\r");
	tty_must_show("mine");
	tty_press(":quit\r");
	tty_ends_with(0);
	forget();
}
END_TEST

/* Also while a line runs that would take long, and while it plays. */
START_TEST(a_signal_ends_a_long_line)
{
	tty_open(24, 80, "xterm");
	tty_must_show("Welcome");
	tty_press(":repeat 1000000 \"alloc name=a; free a\"\r");
	tty_must_show("running");
	kill(tty_pid(), requests[_i]);
	if (requests[_i] == SIGINT) { /* it was meant for the line */
		tty_must_show("stopped");
		poll(NULL, 0, 1100);
		kill(tty_pid(), SIGINT);
	}
	tty_ends_with(128 + requests[_i]);
}
END_TEST

START_TEST(a_signal_ends_playing)
{
	tty_open(24, 80, "xterm");
	tty_must_show("Welcome");
	tty_press(":goto 0\r");
	tty_must_stand_at(0);
	tty_press(" ");
	tty_must_show("playing");
	ask_to_end(requests[_i]);
	tty_ends_with(128 + requests[_i]);
}
END_TEST

static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

START_TEST(a_fault_restores_the_terminal_and_is_told)
{
	tty_open(24, 80, "xterm");
	tty_must_show("Welcome");
	kill(tty_pid(), faults[_i]);
	tty_must_not_show("Welcome");
	tty_ends_by(faults[_i]);
}
END_TEST

/* Stopped by the key or from outside, as under a shell, and set going again. */
static void stop_and_go_on(bool by_key)
{
	int at;

	tty_open_with(24, 80, "xterm", NULL, true);
	tty_must_show("Welcome");
	at = tty_event();
	tty_press("l");
	tty_must_stand_at(at + 1);
	for (int i = 0; i < 3; i++) {
		if (by_key)
			tty_press("\032");
		else
			kill(tty_pid(), SIGTSTP);
		tty_must_not_show("free lists"); /* the other screen */
		tty_must_be_stopped();
		ck_assert(tty_restored());
		if (i == 1)
			tty_resize(20, 66); /* while nobody looks */
		kill(tty_pid(), SIGCONT);
		tty_must_show("free lists");
		tty_must_stand_at(at + 1 + i);
		ck_assert(!tty_restored());
		tty_press("l"); /* keys are taken, and none too many */
		tty_must_stand_at(at + 2 + i);
		tty_must_be_sane("after SIGCONT", true);
	}
	tty_press("q");
	tty_ends_with(0);
}

START_TEST(it_stops_and_goes_on)
{
	stop_and_go_on(_i);
}
END_TEST

/* Curses ignores the signal while it draws, and it draws all the time here. */
/* Until it draws by itself again: then it takes keys, too. */
static void until_it_plays_on(void)
{
	const int at = tty_event();

	for (int k = 0; k < 500 && tty_event() <= at; k++)
		tty_settle(0), poll(NULL, 0, 1);
}

START_TEST(it_stops_while_it_plays)
{
	tty_open_with(50, 200, "xterm", NULL, true);
	tty_must_show("Welcome");
	tty_press(":goto 0\r");
	tty_must_stand_at(0);
	tty_press(":speed 25\r");
	tty_must_show("speed 25");
	tty_press(" ");
	for (int i = 1; i <= 20; i++) {
		until_it_plays_on();
		poll(NULL, 0, i); /* somewhere in its drawing */
		kill(tty_pid(), SIGTSTP);
		tty_must_be_stopped();
		kill(tty_pid(), SIGCONT);
		tty_must_show("playing");
	}
	until_it_plays_on();
	tty_must_show("playing");
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(it_stops_in_the_prompt_and_goes_on)
{
	tty_open_with(24, 80, "xterm", NULL, true);
	tty_must_show("Welcome");
	tty_press(":where"); /* what is shown has been read: no key is due */
	tty_must_show(":where");
	kill(tty_pid(), SIGTSTP);
	tty_must_not_show("free lists");
	tty_must_be_stopped();
	kill(tty_pid(), SIGCONT);
	tty_must_show(":where");
	tty_press(" 0\r");
	tty_must_show("where 0");
	tty_press(":quit\r");
	tty_ends_with(0);
}
END_TEST

START_TEST(a_stopped_program_ends_when_asked_to)
{
	tty_open_with(24, 80, "xterm", NULL, true);
	tty_must_show("Welcome");
	kill(tty_pid(), SIGTSTP);
	tty_must_not_show("Welcome");
	tty_must_be_stopped();
	kill(tty_pid(), SIGTERM);
	kill(tty_pid(), SIGCONT);
	tty_ends_with(128 + SIGTERM);
}
END_TEST

/* Thousands of resizes that are none, between keys of which none is lost. */
START_TEST(a_flood_of_signals_takes_no_key)
{
	int at;

	tty_open(24, 80, "xterm");
	tty_must_show("Welcome");
	tty_press(":goto 100\r");
	tty_must_stand_at(100);
	at = tty_event();
	for (int i = 0; i < 200; i++) {
		for (int k = 0; k < 20; k++)
			kill(tty_pid(), SIGWINCH);
		tty_press(i % 2 ? "l" : TTY_RIGHT);
	}
	tty_must_stand_at(at + 200);
	for (int i = 0; i < 1000; i++)
		kill(tty_pid(), i % 2 ? SIGCONT : SIGWINCH);
	tty_press("h");
	tty_must_stand_at(at + 199);
	tty_must_be_sane("after the flood", true);
	tty_press("q");
	tty_ends_with(0);
}
END_TEST

START_TEST(a_closed_terminal_ends_it)
{
	tty_open(24, 80, "xterm");
	tty_must_show("Welcome");
	tty_hang_up();
}
END_TEST

Suite *check_pty_signals_suite(void);

Suite *check_pty_signals_suite(void)
{
	Suite *s = suite_create("tui/pty_signals");
	TCase *t = tcase_create("pty_signals");

	tcase_add_loop_test(t, a_signal_restores_the_terminal, 0, 4);
	tcase_add_loop_test(t, a_signal_loses_nothing, 0, 4);
	tcase_add_loop_test(t, a_signal_ends_a_long_line, 0, 4);
	tcase_add_loop_test(t, a_signal_ends_playing, 0, 4);
	tcase_add_loop_test(t, a_fault_restores_the_terminal_and_is_told, 0, 5);
	tcase_add_loop_test(t, it_stops_and_goes_on, 0, 2);
	tcase_add_test(t, it_stops_while_it_plays);
	tcase_add_test(t, it_stops_in_the_prompt_and_goes_on);
	tcase_add_test(t, a_stopped_program_ends_when_asked_to);
	tcase_add_test(t, a_flood_of_signals_takes_no_key);
	tcase_add_test(t, a_closed_terminal_ends_it);
	suite_add_tcase(s, t);
	return s;
}
