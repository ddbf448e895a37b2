/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One walk through all that the screen does: keys, views, sizes, a fork, the
 * two eras, a lesson, pictures.  Short enough to be run under valgrind.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/tty.h"
#include "tui/view.h"

static char folder[] = "/tmp/buddyscope-walk-XXXXXX";

static void run(const char *line)
{
	char keys[200];

	snprintf(keys, sizeof keys, ":%s\r", line);
	tty_press(keys);
	tty_must_be_sane(line, false);
}

static void run_and_see(const char *line, const char *what)
{
	run(line);
	tty_must_show(what);
}

static void move_in_time(void)
{
	const int at = tty_event();

	tty_press("l" TTY_RIGHT "hh");
	tty_must_stand_at(at);
	tty_press("][fur");
	tty_idle();
	tty_press("cCc");
	tty_must_be_sane("at the end", true);
	run_and_see("goto 3", "event 3/");
	tty_press(">>> "); /* plays; any key ends it */
	tty_must_show("playing");
	tty_press("l");
	tty_must_not_show("playing");
	run_and_see("break frame=34", "break");
	run_and_see("until event=list_add", "event");
	tty_press("c");
	tty_idle();
	run("continue");
	run("delete"); /* nor may it stop what a lesson does */
}

static void see_all_views(void)
{
	char line[60];

	for (int v = 0; v < NR_VIEWS; v++) {
		snprintf(line, sizeof line, "view %s", views[v]->name);
		run(line);
		tty_press("z" TTY_DOWN TTY_UP "\033[6~\033[5~");
		tty_must_be_sane(line, true);
		tty_resize(13, 44);
		tty_must_be_sane(line, false);
		tty_resize(50, 200);
		tty_must_be_sane(line, false);
		tty_resize(24, 80);
		tty_press("z");
		tty_must_be_sane(line, false);
	}
	tty_resize(1, 1);
	tty_resize(400, 120);
	tty_idle();
	tty_resize(24, 80);
	tty_must_be_sane("back at the first size", true);
}

static void look_around(void)
{
	run("view map");
	tty_press("+-+m" TTY_RIGHT TTY_DOWN TTY_LEFT "b");
	tty_must_be_sane("the map's cursor", true);
	run("delete");
	tty_press("m/34\r&type=M\r&\rnpeeeTTTTLLLLLKxK");
	tty_must_be_sane("looked around", true);
	tty_click(23, 4);
	tty_click(4, 20);
	tty_wheel(17, 10, true);
	tty_press("?undo" TTY_DOWN "\033");
	tty_must_be_sane("the help was left", true);
	tty_press("E");
	tty_must_show("=output=");
	tty_press("oi?\033");
	tty_must_be_sane("the output was left", true);
}

static void other_worlds(void)
{
	run("world new tiny seed=3");
	run("alloc order=0 count=60 name=a");
	run_and_see("fork before", "before");
	run("free a every=2");
	run("alloc order=4 name=big");
	run("compare before");
	run("view compare");
	tty_press("xw");
	tty_must_be_sane("two worlds", true);
	run("switch before");
	run_and_see("era diff", "linux-7.3 above");
	tty_must_be_sane("two eras", true);
	run("world new laptop");
	run("alloc order=9 name=huge");
	tty_must_be_sane("a large world", true);
	run("world new tiny");
	run("alloc order=99");
	tty_must_show("expected an order");
	run("compact");
	run("plot node0.Normal.free");
	run("alloc order=0 count=100 name=b");
	run("view figures");
}

static void a_lesson(void)
{
	run_and_see("lesson start tests/lessons/small.md", "1 of 3");
	tty_press(" ");
	tty_must_show("your answer");
	tty_press("a4\r");
	tty_must_show("> space: alloc");
	tty_press("  ");
	for (int i = 0; i < 9 && !tty_shows("which frame?"); i++) {
		tty_press(" ");
		tty_idle();
	}
	tty_press("/4\r");
	tty_must_show("= map =");
	tty_press("\r");
	tty_must_show("Right: frame 4.");
	tty_press(" ");
	tty_must_show("your turn");
	tty_press("H");
	tty_must_show("Hint:");
	run_and_see("free a", "Done");
	tty_press(" ");
	tty_must_be_sane("the end of a lesson", true);
	run("lesson leave");
}

/* Pictures of the screen, into a folder of their own. */
static void pictures(void)
{
	static const char *const kinds[] = {"text", "ansi", "svg", "html"};
	char line[120], path[80];

	snprintf(line, sizeof line, "record %s/film.cast", folder);
	run(line);
	tty_press("hhll");
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		snprintf(path, sizeof path, "%s/screen.%s", folder, kinds[i]);
		snprintf(line, sizeof line, "export %s %s", kinds[i], path);
		run(line);
		tty_idle();
		ck_assert_msg(access(path, R_OK) == 0, "no %s:\n%s", path,
			      tty_frame());
	}
	run("record off");
	snprintf(path, sizeof path, "%s/film.cast", folder);
	ck_assert_int_eq(access(path, R_OK), 0);
}

START_TEST(all_of_it_in_one_walk)
{
	char line[100];

	ck_assert_ptr_nonnull(mkdtemp(folder));
	tty_keep_in(folder);
	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	move_in_time();
	see_all_views();
	look_around();
	other_worlds();
	a_lesson();
	pictures();
	tty_press(":quit\r");
	tty_ends_with(0);
	tty_keep_in(NULL);
	snprintf(line, sizeof line, "rm -r %s", folder);
	ck_assert_int_eq(system(line), 0);
}
END_TEST

Suite *check_pty_walk_suite(void);

Suite *check_pty_walk_suite(void)
{
	Suite *s = suite_create("tui/pty_walk");
	TCase *t = tcase_create("pty_walk");

	tcase_add_test(t, all_of_it_in_one_walk);
	suite_add_tcase(s, t);
	return s;
}
