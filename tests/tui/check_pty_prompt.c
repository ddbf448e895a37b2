/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_pty_prompt.c - the line that is typed, on a terminal: keys as it sends
 * them, and history from run to run
 */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/tty.h"

static char folder[] = "/tmp/buddyscope-line-XXXXXX";

static void setup(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	tty_keep_in(folder);
}

static void teardown(void)
{
	char line[100];

	snprintf(line, sizeof line, "rm -r %s", folder);
	ck_assert_int_eq(system(line), 0);
	tty_keep_in(NULL);
	memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
}

/* The last row without the blanks at its end. */
static const char *last_row(void)
{
	static char text[300];
	size_t n;

	snprintf(text, sizeof text, "%s", tty_row(23));
	for (n = strlen(text); n && text[n - 1] == ' '; n--)
		;
	text[n] = '\0';
	return text;
}

/* What is pressed, and what then stands in the last row. */
static void line(const char *keys, const char *expected)
{
	tty_press(keys);
	tty_idle();
	ck_assert_str_eq(last_row(), expected);
}

static void open_screen(void)
{
	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
}

/* The first `q` may only take an answer away that covers the screen. */
static void leave(void)
{
	tty_press("q");
	tty_idle();
	if (tty_alive())
		tty_press("q");
	tty_ends_with(0);
}

START_TEST(keys_of_readline_are_understood)
{
	open_screen();
	line(":alloc order=3 name=mine", ":alloc order=3 name=mine");
	line("\001#", ":#alloc order=3 name=mine");
	line("\005!", ":#alloc order=3 name=mine!");
	line("\027", ":#alloc order=3");
	line("\031", ":#alloc order=3 name=mine!");
	line("\033b\033bmy", ":#alloc order=3 myname=mine!");
	line("\033fs", ":#alloc order=3 mynames=mine!");
	line("\037\037", ":#alloc order=3 name=mine!");
	line("\033OH\033[3~", ":alloc order=3 name=mine!");
	line("\033[1;5C\033[D\033[C-", ":alloc- order=3 name=mine!");
	line("\025", ": order=3 name=mine!");
	line("\022", "(reverse-i-search)`':  order=3 name=mine!");
	line("\007", ": order=3 name=mine!");
	tty_press("\033");
	tty_must_show("q quit");
	leave();
}
END_TEST

START_TEST(candidates_are_listed_and_go_away)
{
	open_screen();
	line(":alloc gfp=GFP_KER\t", ":alloc gfp=GFP_KERNEL");
	tty_must_show("GFP_KERNEL_ACCOUNT");
	line("_\t", ":alloc gfp=GFP_KERNEL_ACCOUNT");
	tty_must_not_show(" GFP_KERNEL ");
	tty_press("\033");
	tty_must_show("q quit");
	tty_must_be_sane("after completion", true);
	leave();
}
END_TEST

static void in_the_shell(void)
{
	static const char *const shell[] = {"--shell", NULL};

	tty_open_with(24, 80, "xterm-256color", shell, false);
	tty_must_show("buddyscope> ");
}

/* Screen, shell, screen: each finds what was typed into the one before. */
START_TEST(history_is_one_from_run_to_run)
{
	open_screen();
	tty_press(":where 17\r");
	tty_must_show("17: ");
	tty_press("lh"); /* lines of keys do not come back */
	leave();
	in_the_shell();
	tty_press("\033[A");
	tty_must_show("buddyscope> where 17");
	tty_press("\025where 23\r");
	tty_must_show("23: ");
	tty_press("quit\r");
	tty_ends_with(0);
	open_screen();
	line(":\033OA", ":quit");
	line("\033OA", ":where 23");
	line("\020", ":where 17");
	line("\033OA", ":where 17");
	line("\016", ":where 23");
	line("\022ere 1", "(reverse-i-search)`ere 1': where 17");
	tty_press("\r");
	tty_must_show(":where 17");
	tty_must_show("17: ");
	leave();
}
END_TEST

/* Killed, it has kept what was typed all the same. */
START_TEST(a_killed_run_has_kept_its_lines)
{
	open_screen();
	tty_press(":where 17\r");
	tty_must_show("17: ");
	kill(tty_pid(), SIGKILL);
	tty_ends_by(SIGKILL);
	open_screen();
	line(":\033OA", ":where 17");
	tty_press("\033");
	tty_must_show("q quit");
	leave();
}
END_TEST

START_TEST(the_inputrc_is_obeyed_as_in_the_shell)
{
	char path[100];
	FILE *f;

	snprintf(path, sizeof path, "%s/inputrc", folder);
	f = fopen(path, "w");
	ck_assert(f &&
		  fputs("set editing-mode vi\n"
			"set show-mode-in-prompt on\n"
			"\"\\e[A\": history-search-backward\n",
			f) >= 0 &&
		  fclose(f) == 0);
	setenv("INPUTRC", path, 1);
	open_screen();
	line(":where 17", "(ins):where 17");
	line("\033", "(cmd):where 17");
	line("0cwalloc", "(ins):alloc 17");
	tty_press("\033"); /* followed at once it would be Alt */
	tty_idle();
	line("u", "(cmd):where 17");
	line("A7", "(ins):where 177");
	tty_press("\r");
	tty_must_show("177: ");
	tty_press(":alloc order=0\r");
	tty_must_show(":alloc order=0");
	tty_idle();
	line(":wh\033OA", "(ins):where 177");
	tty_press("\033");
	tty_idle();
	tty_press("\033");
	tty_must_show("q quit");
	leave();
	in_the_shell();
	tty_must_show("(ins)buddyscope> ");
	tty_press("wh\033[A");
	tty_must_show("(ins)buddyscope> where 177");
	tty_press("\rquit\r");
	tty_ends_with(0);
	unsetenv("INPUTRC");
}
END_TEST

START_TEST(ctrl_c_gives_up_the_line_and_no_more)
{
	open_screen();
	line(":where 17", ":where 17");
	tty_press("\003");
	tty_must_show("q quit");
	tty_press(":");
	line("x", ":x");
	line("\004", ":x"); /* more is there */
	tty_press("\025\004");
	tty_must_show("q quit");
	tty_press("\003"); /* no line is typed: the screen's */
	tty_ends_with(128 + SIGINT);
}
END_TEST

START_TEST(the_mouse_does_not_end_in_the_line)
{
	open_screen();
	line(":wh", ":wh");
	tty_click(10, 20);
	tty_idle();
	tty_wheel(4, 20, false);
	tty_idle();
	line("ere", ":where");
	tty_click(23, 2);
	tty_idle();
	line("_", ":w_here");
	line("\177\005", ":where");
	/* nor does what was asked of a terminal, or pasted into another one */
	line("\033[<35;5;5M\033[M !!\033]11;rgb:0/0/0\a\033[24;5~ 1",
	     ":where 1");
	line("\033[200~7\033[201~", ":where 17");
	tty_press("\r");
	tty_must_show("17: ");
	tty_must_be_sane("after the mouse", true);
	leave();
}
END_TEST

static void paste(const char *text)
{
	tty_press("\033[200~");
	tty_press(text);
	tty_press("\033[201~");
	tty_idle();
}

/* One by one, so that each answer can be read; none is taken for keys. */
START_TEST(pasted_lines_come_one_after_the_other)
{
	int at;

	open_screen();
	at = tty_event();
	paste("where 17\r\n\r\n  where\t23\nwhere 31\r");
	ck_assert_int_eq(tty_event(), at);
	ck_assert_ptr_nonnull(strstr(tty_row(23), ":where 17  "));
	tty_must_show("2 more pasted");
	tty_press("\r");
	tty_must_show("17: ");
	tty_must_show(":  where 23  ");
	tty_must_show("1 more pasted");
	tty_must_be_sane("pasted lines", true);
	tty_press("\r");
	tty_must_show("23: ");
	line("", ":where 31");
	tty_press("\r");
	tty_must_show("31: ");
	tty_must_show("q quit");
	leave();
}
END_TEST

/* Text is not lost without a word. */
START_TEST(pasted_lines_that_are_given_up_are_counted)
{
	static const char *const ways[] = {"\033", "\003", "\025\177", "\007"};

	open_screen();
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		paste("where 17\rquit\rquit");
		tty_must_show("2 more pasted");
		tty_press(ways[i]);
		tty_must_show("2 pasted lines not run");
		tty_must_show("q quit");
		tty_press("h");
		tty_must_not_show("pasted");
	}
	tty_press(":");
	line("x", ":x");
	tty_press("\r");
	tty_must_show("no such command");
	tty_must_show("q quit"); /* none of them comes back */
	leave();
}
END_TEST

START_TEST(pasted_text_goes_to_the_cursor)
{
	open_screen();
	line(":where 7", ":where 7");
	tty_press(TTY_LEFT);
	paste("1");
	line("", ":where 17");
	tty_press("\033");
	tty_must_show("q quit");
	line("/", "/ frame, owner, type=M, order=3; in events a name");
	paste("17\n18\n");
	tty_must_show("only its first line: 1 more line left out");
	line("", "/17");
	tty_press("\r");
	tty_must_show("17: ");
	tty_press("?");
	tty_must_show("search: _");
	paste("where 23\r");
	line("", ":where 23");
	tty_press("\r");
	tty_must_show("23: ");
	leave();
}
END_TEST

/* Without its end it ends when nothing more comes. */
START_TEST(a_paste_that_breaks_off_holds_nobody_up)
{
	open_screen();
	tty_press("\033[200~where 17");
	tty_must_show(":where 17");
	tty_press("\r");
	tty_must_show("17: ");
	leave();
}
END_TEST

START_TEST(a_long_line_slides_and_follows_the_size)
{
	char keys[202];

	tty_open(13, 44, "xterm-256color");
	tty_must_show("Welcome");
	keys[0] = ':';
	for (int i = 1; i < 201; i++)
		keys[i] = (char)('0' + i % 10);
	keys[201] = '\0';
	tty_press(keys);
	tty_idle();
	ck_assert_int_eq(tty_row(12)[0], '<');
	ck_assert_ptr_nonnull(strstr(tty_row(12), "567890 "));
	tty_press("\001");
	tty_idle();
	ck_assert(strncmp(tty_row(12), ":1234567890", 11) == 0);
	ck_assert_int_eq(tty_row(12)[43], '>');
	tty_resize(50, 200);
	tty_idle();
	ck_assert(strncmp(tty_row(49), ":1234567890", 11) == 0);
	ck_assert_int_eq(tty_row(49)[199], '>');
	tty_resize(24, 240);
	tty_idle();
	ck_assert_ptr_nonnull(strstr(tty_row(23), "567890 "));
	tty_must_be_sane("a long line", true);
	tty_press("\033");
	tty_must_show("q quit");
	leave();
}
END_TEST

/* In a locale that knows them; its cells are not ASCII, so they are blank. */
START_TEST(wide_characters_stay_whole)
{
	setenv("LC_ALL", "C.UTF-8", 1);
	open_screen();
	line(":a\344\270\226\347\225\214b", ":a    b");
	line("\033[D\033[D\177c", ":ac  b");
	line("\033[3~", ":acb");
	tty_must_be_sane("wide characters", true);
	tty_press("\033");
	tty_must_show("q quit");
	leave();
	unsetenv("LC_ALL");
}
END_TEST

START_TEST(each_kind_of_terminal_edits)
{
	static const char *const terms[] = {"vt100",  "ansi", "linux",
					    "screen", "tmux", "rxvt"};

	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		if (!tty_known(terms[i]))
			continue;
		tty_open(24, 80, terms[i]);
		tty_must_show("Welcome");
		line(":where 18", ":where 18");
		line("\033[D\001\033f\033b\005\1777", ":where 17");
		tty_press("\r");
		tty_must_show("17: ");
		leave();
	}
}
END_TEST

Suite *check_pty_prompt_suite(void);

Suite *check_pty_prompt_suite(void)
{
	Suite *s = suite_create("tui/pty_prompt");
	TCase *t = tcase_create("pty_prompt");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, keys_of_readline_are_understood);
	tcase_add_test(t, candidates_are_listed_and_go_away);
	tcase_add_test(t, history_is_one_from_run_to_run);
	tcase_add_test(t, a_killed_run_has_kept_its_lines);
	tcase_add_test(t, the_inputrc_is_obeyed_as_in_the_shell);
	tcase_add_test(t, ctrl_c_gives_up_the_line_and_no_more);
	tcase_add_test(t, the_mouse_does_not_end_in_the_line);
	tcase_add_test(t, pasted_lines_come_one_after_the_other);
	tcase_add_test(t, pasted_lines_that_are_given_up_are_counted);
	tcase_add_test(t, pasted_text_goes_to_the_cursor);
	tcase_add_test(t, a_paste_that_breaks_off_holds_nobody_up);
	tcase_add_test(t, a_long_line_slides_and_follows_the_size);
	tcase_add_test(t, wide_characters_stay_whole);
	tcase_add_test(t, each_kind_of_terminal_edits);
	suite_add_tcase(s, t);
	return s;
}
