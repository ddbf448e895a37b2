/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every key of the help, pressed wherever the help offers it.  The keys come
 * from the program's own tables, so that a new one is pressed by itself; what
 * a line does is asked of the model.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/lesson.h"
#include "support/tty.h"
#include "support/tty_screen.h"
#include "tui/tui.h"
#include "tui/view_help.h"

/* A past and a future, blocks of all kinds, a fork, a figure. */
static const char lines[] =
	"world new tiny pcp=off; plot node0.Normal.free; "
	"alloc order=0 count=40 type=M name=a; free a every=2; fork other; "
	"alloc order=3 name=b; free b; alloc order=4 type=E name=c; "
	"goto 230";

static struct lab *lab; /* knows what a line comes to */
static struct out *out;

static void setup(void)
{
	lab = lab_create();
	out = out_buffer();
	ck_assert(lab && out);
	ck_assert_int_eq(lab_add_table(lab, lesson_table), 0);
	ck_assert_int_eq(tui_attach(lab), 0);
}

static void teardown(void)
{
	out_free(out);
	lab_destroy(lab);
}

/* Where keys are pressed: how it is got into, and what shows that. */
struct context {
	const char *name, *keys, *mark;
	enum view_id view;
	bool alone; /* a pane that `q` leaves */
};

static void open_at(int rows, int cols, enum view_id view)
{
	const char *const args[] = {"--screen", "-c", lines, NULL};
	char line[60];

	tty_open_with(rows, cols, "xterm-256color", args, false);
	tty_must_show("event 230");
	snprintf(line, sizeof line, ":view %s\r", views[view]->name);
	tty_press(line);
	tty_idle();
}

static void open_in(const struct context *c)
{
	open_at(24, 80, c->view);
	tty_press(c->keys);
	tty_must_show(c->mark);
	tty_idle();
	ck_assert_int_eq(tty_event(), 230);
}

/* Where a line leads from there, in a model of our own. */
static int event_after(const char *line)
{
	struct lab *own = lab_create();
	int event;

	ck_assert_int_eq(script_run_text(own, lines, "-c", out, false), CMD_OK);
	lab_run(own, line, out);
	event = (int)mm_now(lab_mm(own));
	lab_destroy(own);
	return event;
}

/* ---- what a key has to do ---- */

static void last_row_begins(const char *where, const char *with)
{
	tty_idle();
	ck_assert_msg(strncmp(tty_row(23), with, strlen(with)) == 0,
		      "%s: the last row does not begin with \"%s\":\n%s", where,
		      with, tty_frame());
}

/* That view has the keys, among others or alone. */
static void must_have_the_keys(int view)
{
	char among[80], alone[40];

	snprintf(among, sizeof among, "= %s =", views[view]->title);
	snprintf(alone, sizeof alone, "%s=", views[view]->name);
	tty_idle();
	ck_assert_msg(tty_shows(among) || strstr(tty_row(1), alone),
		      "%s does not have the keys:\n%s", views[view]->name,
		      tty_frame());
}

static void must_have_changed(const char *where, const char *before)
{
	char *after = tty_screen_picture();

	ck_assert_msg(strcmp(before, after) != 0, "%s: nothing changed:\n%s",
		      where, tty_frame());
	free(after);
}

/* @guest: the view that has the keys, if it is one; -1: it is none. */
static void acts(const struct key_row *row, int guest, const char *where,
		 const char *before)
{
	char text[80];
	size_t sent;

	if (row->line && row->action != ACT_PROMPT &&
	    strncmp(row->line, "lesson", 6) != 0) {
		tty_must_stand_at(event_after(row->line));
		return;
	}
	switch (row->action) {
	case ACT_PROMPT:
		snprintf(text, sizeof text, ":%s", row->line ? row->line : "");
		last_row_begins(where, text);
		break;
	case ACT_FIND:
		last_row_begins(where, "/");
		break;
	case ACT_FILTER:
		last_row_begins(where, "&");
		break;
	case ACT_HELP:
		tty_must_show("search: _");
		break;
	case ACT_PLAY:
		tty_must_show("playing");
		break;
	case ACT_PLAY_BACK:
		tty_must_show("playing back");
		break;
	case ACT_NTH:
		if (row->key - '1' == guest)
			must_have_the_keys(VIEW_MAP); /* it goes again */
		else if (row->key - '1' < NR_VIEWS)
			must_have_the_keys(row->key - '1');
		break;
	case ACT_POINT:
		must_have_the_keys(VIEW_MAP);
		break;
	case ACT_OUTPUT:
		tty_must_show("=output=");
		break;
	case ACT_PANE:
	case ACT_PANE_BACK:
	case ACT_VIEW_NEXT:
	case ACT_VIEW_PREV:
	case ACT_ZOOM:
	case ACT_THEME:
	case ACT_OVERLAY:
		must_have_changed(where, before);
		break;
	case ACT_REDRAW:
		tty_sent(&sent);
		ck_assert_msg(sent > 1000, "%s: %zu bytes", where, sent);
		break;
	default:
		break; /* what it does depends on more than can be said */
	}
}

/* May it be asked to draw afresh, with what is shown as it is? */
static bool stays(const struct key_row *row)
{
	switch (row->action) {
	case ACT_PROMPT:
	case ACT_FIND:
	case ACT_FILTER:
	case ACT_HELP:
	case ACT_PLAY:
	case ACT_PLAY_BACK:
	case ACT_OVERLAY:
		return false;
	default:
		return true;
	}
}

static void did(const struct key_row *row, int guest, const char *where,
		bool ends, const char *before)
{
	if (row->action == ACT_QUIT && ends) {
		tty_ends_with(0);
		return;
	}
	tty_idle();
	acts(row, guest, where, before);
	tty_must_be_sane(where, stays(row));
	tty_close();
}

/* Those views have a pane of their own in that layout. */
static int guest_in(const struct context *c)
{
	return c->alone || c->view == VIEW_MAP || c->view == VIEW_BUDDY ||
			       c->view == VIEW_EVENTS
		       ? -1
		       : (int)c->view;
}

static void press_it(const struct context *c, const struct key_row *row)
{
	char where[160], *before;

	snprintf(where, sizeof where, "%s, %s: key %d (%s)", c->name,
		 views[c->view]->name, row->key, row->name ? row->name : "");
	open_in(c);
	before = tty_screen_picture();
	tty_forget();
	ck_assert_msg(tty_press_key(row->key), "%s: no terminal has it", where);
	did(row, guest_in(c), where, !c->alone, before);
	free(before);
}

/* All that mean the same everywhere, but for those with a meaning there. */
static void press_all(const struct context *c)
{
	const struct key_row *own = views[c->view]->keys, *row;

	for (unsigned int i = 0; (row = key_row(i)); i++)
		if (!key_of_view(views[c->view], row->key))
			press_it(c, row);
	for (; own && own->key; own++)
		press_it(c, own);
}

START_TEST(every_key_in_every_view)
{
	const struct context c = {"beside others", "", "event 230",
				  (enum view_id)_i, false};

	press_all(&c);
}
END_TEST

static const struct context special[] = {
	{"the map's cursor is out", "m", "leave the map", VIEW_MAP, false},
	{"what was said covers all", ":history\r", "=output=", VIEW_COMMAND,
	 true},
	{"a pane alone", "z", "=2 lists=", VIEW_BUDDY, true},
};

START_TEST(every_key_in_special_places)
{
	press_all(&special[_i]);
}
END_TEST

/* ---- one after the other, whatever the former ones have done ---- */

static void press_in_a_row(const struct key_row *row, const char *where)
{
	char here[120];

	if (row->action == ACT_QUIT)
		return;
	snprintf(here, sizeof here, "%s: key %d", where, row->key);
	tty_press_key(row->key);
	tty_must_be_sane(here, false);
	if (row->action == ACT_HELP)
		tty_press("?");
	else if (tty_row(tty_rows() - 1)[0] != ' ')
		tty_press("\025\r"); /* the prompt, emptied and entered */
}

static void press_in_rows(enum view_id view, const char *where)
{
	const struct key_row *row, *own = views[view]->keys;

	for (unsigned int i = 0; (row = key_row(i)); i++)
		press_in_a_row(row, where);
	for (; own && own->key; own++)
		press_in_a_row(own, where);
	tty_must_be_sane(where, false);
	tty_press(TTY_ESC); /* whatever may still be open */
	tty_idle();
	tty_press(":quit\r");
	tty_ends_with(0);
}

START_TEST(every_key_on_a_small_terminal)
{
	open_at(13, 44, (enum view_id)_i);
	press_in_rows((enum view_id)_i, "13x44");
}
END_TEST

/* Nearly all views stand there side by side. */
START_TEST(every_key_on_a_large_terminal)
{
	open_at(50, 200, VIEW_MAP);
	press_in_rows(VIEW_MAP, "50x200");
}
END_TEST

START_TEST(every_key_where_there_is_next_to_nothing)
{
	open_at(24, 80, (enum view_id)_i);
	tty_resize(6, 24);
	press_in_rows((enum view_id)_i, "6x24");
}
END_TEST

START_TEST(every_key_in_a_lesson)
{
	tty_open(24, 80, "xterm-256color");
	tty_must_show("Welcome");
	tty_press(":lesson start tests/lessons/small.md\r");
	tty_must_show("A small lesson, 1 of 3");
	press_in_rows(VIEW_LESSON, "a lesson");
}
END_TEST

/* ---- by way of the help ---- */

/* What is typed after `?` so that Enter runs that row. */
static void choose(const struct screen *s, const struct key_row *row)
{
	struct help h = {.open = true};
	struct help_row found;
	int i = 0;

	snprintf(h.search, sizeof h.search, "%.20s", row->help);
	tty_press("?");
	tty_must_show("search: _");
	tty_press(h.search);
	for (; help_row(&h, s, i, &found) && found.key != row; i++)
		tty_press(TTY_DOWN);
	ck_assert_ptr_eq(found.key, row);
}

static void run_from_help(const struct screen *s, const struct key_row *row,
			  int of_view)
{
	char where[160], *before;

	if (!row->name)
		return;
	snprintf(where, sizeof where, "the help: %s", row->name);
	open_at(24, 80, s->focus);
	before = tty_screen_picture();
	choose(s, row);
	tty_forget();
	tty_press("\r");
	if (of_view >= 0 && row->action != ACT_PROMPT)
		must_have_the_keys(of_view);
	did(row, -1, where, true, before);
	free(before);
}

START_TEST(every_key_of_the_help_is_run_by_enter)
{
	const struct key_row *row;
	struct screen s;

	ck_assert_int_eq(script_run_text(lab, lines, "-c", out, false), CMD_OK);
	screen_start(&s, lab);
	s.focus = VIEW_ZONES; /* none of the keys has a meaning of its own */
	for (unsigned int i = 0; (row = key_row(i)); i++)
		run_from_help(&s, row, -1);
	for (int v = 0; v < NR_VIEWS; v++)
		for (row = views[v]->keys; row && row->key; row++)
			run_from_help(&s, row, v);
}
END_TEST

Suite *check_pty_keys_suite(void);

Suite *check_pty_keys_suite(void)
{
	Suite *s = suite_create("tui/pty_keys");
	TCase *t = tcase_create("pty_keys");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, every_key_in_every_view, 0, NR_VIEWS);
	tcase_add_loop_test(t, every_key_in_special_places, 0,
			    sizeof special / sizeof special[0]);
	tcase_add_loop_test(t, every_key_on_a_small_terminal, 0, NR_VIEWS);
	tcase_add_test(t, every_key_on_a_large_terminal);
	tcase_add_loop_test(t, every_key_where_there_is_next_to_nothing, 0,
			    NR_VIEWS);
	tcase_add_test(t, every_key_in_a_lesson);
	tcase_add_test(t, every_key_of_the_help_is_run_by_enter);
	suite_add_tcase(s, t);
	return s;
}
