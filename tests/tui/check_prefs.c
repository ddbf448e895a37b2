/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_prefs.c - what is remembered of the screen, and the commands for it
 */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tui/palette.h"
#include "tui/tui.h"
#include "tui/view.h"

static struct prefs p;
static char folder[] = "/tmp/buddyscope-prefs-XXXXXX";
static char path[100], why[240];

static void setup(void)
{
	prefs_default(&p);
	strcpy(folder + sizeof folder - 7, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	setenv("XDG_STATE_HOME", folder, 1);
	snprintf(path, sizeof path, "%s/buddyscope/screen", folder);
}

static void teardown(void)
{
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	rmdir(folder);
}

static void write_file(const char *text)
{
	char dir[100];
	FILE *f;

	snprintf(dir, sizeof dir, "%s/buddyscope", folder);
	mkdir(dir, 0700);
	f = fopen(path, "w");
	ck_assert(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

START_TEST(what_is_printed_is_read_again)
{
	char text[4096], again[4096];
	struct prefs q;

	p.layout = LAYOUT_WIDE;
	p.theme = THEME_LIGHT;
	p.speed = 15;
	p.grain = GRAIN_REQUEST;
	p.overlay = true;
	p.chosen[LAYOUT_STANDARD][0] = VIEW_EVENTS;
	p.chosen[LAYOUT_STANDARD][2] = VIEW_MAP;
	prefs_print(&p, text, sizeof text);
	ck_assert_uint_eq(prefs_parse(&q, text), 0);
	prefs_print(&q, again, sizeof again);
	ck_assert_str_eq(text, again);
	ck_assert_int_eq(q.layout, LAYOUT_WIDE);
	ck_assert_int_eq(q.theme, THEME_LIGHT);
	ck_assert_int_eq(q.grain, GRAIN_REQUEST);
	ck_assert(q.overlay);
}
END_TEST

START_TEST(nothing_of_a_damaged_text_is_believed)
{
	static const struct {
		const char *text;
		unsigned int line;
	} bad[] = {
		{"theme light\ntheme pink\n", 2},
		{"layout\n", 1},
		{"layout wide wide\n", 1},
		{"speed 0\n", 1},
		{"grain lines\n", 1},
		{"speed 99999999999999999999\n", 1},
		{"speed -3\n", 1},
		{"overlay maybe\n", 1},
		{"pane standard 0 map\n", 1},
		{"pane standard 9 map\n", 1},
		{"pane auto 1 map\n", 1},
		{"pane standard 1 map too\n", 1},
		{"alloc order=0\n", 1},
		{"\n\n\001\n", 3},
		/* a view in two panes */
		{"pane standard 1 events\n", 1},
	};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		ck_assert_msg(prefs_parse(&p, bad[i].text) == bad[i].line, "%s",
			      bad[i].text);
		ck_assert_int_eq(p.theme, THEME_DARK);
	}
	ck_assert_uint_eq(prefs_parse(&p, ""), 0);
	ck_assert_uint_eq(prefs_parse(&p, "# only a comment\n\n"), 0);
}
END_TEST

START_TEST(it_is_remembered)
{
	struct prefs saved = p, next;

	p.theme = THEME_CONTRAST;
	prefs_save(&p, &saved);
	ck_assert_int_eq(saved.theme, THEME_CONTRAST);
	prefs_default(&next);
	prefs_load(&next, why, sizeof why);
	ck_assert_str_eq(why, "");
	ck_assert_int_eq(next.theme, THEME_CONTRAST);
}
END_TEST

static int files_in_folder(void)
{
	char dir[100];
	struct dirent *e;
	int n = 0;
	DIR *d;

	snprintf(dir, sizeof dir, "%s/buddyscope", folder);
	d = opendir(dir);
	while (d && (e = readdir(d)))
		n += e->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

START_TEST(it_is_written_when_it_changes_and_leaves_one_file)
{
	struct prefs saved = p;

	prefs_save(&p, &saved);
	ck_assert_int_eq(files_in_folder(), 0);
	p.speed = 5;
	prefs_save(&p, &saved);
	p.speed = 8;
	prefs_save(&p, &saved);
	ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

START_TEST(a_damaged_file_is_told_in_a_line_and_left_out)
{
	write_file("theme light\nlayout round\n");
	prefs_load(&p, why, sizeof why);
	ck_assert_ptr_nonnull(strstr(why, "line 2 makes no sense"));
	ck_assert_ptr_null(strchr(why, '\n'));
	ck_assert_int_eq(p.theme, THEME_DARK);
	write_file("theme light\n");
	prefs_load(&p, why, sizeof why);
	ck_assert_str_eq(why, "");
	ck_assert_int_eq(p.theme, THEME_LIGHT);
}
END_TEST

START_TEST(what_is_no_file_of_text_is_told_in_a_line)
{
	char *huge = calloc(1, 20001);

	memset(huge, '\n', 20000);
	write_file(huge);
	free(huge);
	prefs_load(&p, why, sizeof why);
	ck_assert_ptr_nonnull(strstr(why, "is no text of a screen"));
	unlink(path);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	prefs_load(&p, why, sizeof why);
	ck_assert_ptr_nonnull(strstr(why, "is no text of a screen"));
	rmdir(path);
	prefs_load(&p, why, sizeof why); /* no file is no fault */
	ck_assert_str_eq(why, "");
	setenv("XDG_STATE_HOME", "/dev/null", 1);
	prefs_load(&p, why, sizeof why);
	ck_assert_str_eq(why, "");
	p.speed++;
	prefs_save(&p, &(struct prefs){0}); /* nowhere to write: no fault */
}
END_TEST

START_TEST(speeds_go_up_and_down_between_bounds)
{
	int speed = SPEED_MIN;

	for (int i = 0; i < 50; i++) {
		ck_assert_int_ge(prefs_speed(speed, true), speed);
		speed = prefs_speed(speed, true);
	}
	ck_assert_int_eq(speed, SPEED_MAX);
	for (int i = 0; i < 50; i++)
		speed = prefs_speed(speed, false);
	ck_assert_int_eq(speed, SPEED_MIN);
	ck_assert_int_eq(prefs_speed(4, true), 5);
	ck_assert_int_eq(prefs_speed(4, false), 3);
}
END_TEST

static void answers(struct lab *lab, struct out *out, const char *line,
		    enum cmd_status status, const char *says)
{
	out_clear(out);
	ck_assert_int_eq(lab_run(lab, line, out), status);
	ck_assert_msg(strstr(out_string(out), says), "%s: %s", line,
		      out_string(out));
}

START_TEST(commands_change_it)
{
	struct lab *lab = lab_create();
	struct out *out = out_buffer();

	ck_assert(tui_attach(lab) == 0);
	answers(lab, out, "theme light", CMD_OK, "theme light: ");
	answers(lab, out, "layout lecture", CMD_OK, "layout lecture");
	answers(lab, out, "speed 15", CMD_OK, "15");
	answers(lab, out, "overlay on", CMD_OK, "overlay on");
	ck_assert_int_eq(prefs_of(lab)->theme, THEME_LIGHT);
	ck_assert_int_eq(prefs_of(lab)->layout, LAYOUT_LECTURE);
	ck_assert_int_eq(prefs_of(lab)->speed, 15);
	ck_assert(prefs_of(lab)->overlay);
	answers(lab, out, "speed 0", CMD_USAGE, "expected 1 to 1000");
	answers(lab, out, "speed 1001", CMD_USAGE, "expected 1 to 1000");
	answers(lab, out, "theme ligth", CMD_USAGE, "did you mean \"light\"");
	answers(lab, out, "view mpa", CMD_USAGE, "did you mean \"map\"");
	answers(lab, out, "pane 9 map", CMD_USAGE, "9");
	ck_assert_int_eq(prefs_of(lab)->theme, THEME_LIGHT);
	out_free(out);
	lab_destroy(lab);
}
END_TEST

START_TEST(views_and_panes_are_asked_for_by_line)
{
	struct lab *lab = lab_create();
	struct out *out = out_buffer();
	struct screen s;

	ck_assert(tui_attach(lab) == 0 && prefs_of(lab));
	screen_start(&s, lab);
	layout(&s, 24, 80);
	answers(lab, out, "pane 1 events", CMD_OK, "events");
	ck_assert(screen_obey(&s));
	layout(&s, 24, 80);
	ck_assert_int_eq(s.pane[0], VIEW_EVENTS);
	ck_assert_int_eq(s.pane[2], VIEW_MAP); /* where the events stood */
	answers(lab, out, "view output", CMD_OK, "output");
	ck_assert(screen_obey(&s));
	layout(&s, 24, 80);
	ck_assert_int_eq(s.focus, VIEW_COMMAND);
	ck_assert_int_gt(s.rect[VIEW_COMMAND].rows, 0);
	ck_assert(!screen_obey(&s));
	out_free(out);
	lab_destroy(lab);
}
END_TEST

Suite *check_prefs_suite(void);

Suite *check_prefs_suite(void)
{
	Suite *s = suite_create("tui/prefs");
	TCase *t = tcase_create("prefs");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_is_printed_is_read_again);
	tcase_add_test(t, nothing_of_a_damaged_text_is_believed);
	tcase_add_test(t, it_is_remembered);
	tcase_add_test(t, it_is_written_when_it_changes_and_leaves_one_file);
	tcase_add_test(t, a_damaged_file_is_told_in_a_line_and_left_out);
	tcase_add_test(t, what_is_no_file_of_text_is_told_in_a_line);
	tcase_add_test(t, speeds_go_up_and_down_between_bounds);
	tcase_add_test(t, commands_change_it);
	tcase_add_test(t, views_and_panes_are_asked_for_by_line);
	suite_add_tcase(s, t);
	return s;
}
