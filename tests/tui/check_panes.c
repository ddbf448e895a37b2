/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_panes.c - guests: a view that a key brings, and how it goes again; and
 * the view that shows what a line has told
 */
#include <check.h>
#include <string.h>

#include "support/screens.h"
#include "support/viewed.h"
#include "tui/keybar.h"
#include "tui/scene.h"
#include "tui/tui.h"

static void at(int rows, int cols)
{
	ck_assert_ptr_nonnull(prefs_of(lab)); /* what commands change */
	screen_start(&s, lab);
	layout(&s, rows, cols);
	ck_assert_int_eq(s.focus, VIEW_MAP);
}

/* As the loop does it: an action, then the next frame. */
static void bring(enum view_id view)
{
	panes_nth(&s, view);
	layout(&s, s.rows, s.cols);
}

static void act(enum action action)
{
	screen_act(&s, action);
	layout(&s, s.rows, s.cols);
}

static void has_the_keys(enum view_id view)
{
	ck_assert_int_eq(s.focus, view);
	ck_assert_int_gt(s.rect[view].rows, 0);
}

static void nothing_was_chosen(void)
{
	for (int l = 0; l < NR_SCREEN_LAYOUTS; l++)
		for (int i = 0; i < MAX_PANES; i++)
			ck_assert_int_eq(s.prefs->chosen[l][i], PANE_AS_USUAL);
}

/* Each size that a layout is chosen by itself for. */
static const int sizes[][2] = {{13, 44}, {20, 66}, {24, 80}, {50, 200}};

START_TEST(its_number_sends_a_guest_away)
{
	at(sizes[_i][0], sizes[_i][1]);
	bring(VIEW_PCP);
	has_the_keys(VIEW_PCP);
	ck_assert_int_eq(s.rect[VIEW_MAP].rows, 0);
	bring(VIEW_PCP);
	has_the_keys(VIEW_MAP);
	nothing_was_chosen();
}
END_TEST

START_TEST(escape_sends_a_guest_away)
{
	at(sizes[_i][0], sizes[_i][1]);
	bring(VIEW_PCP);
	bring(VIEW_FIGURES); /* in its place, not behind it */
	has_the_keys(VIEW_FIGURES);
	act(ACT_ESCAPE);
	has_the_keys(VIEW_MAP);
	ck_assert_int_eq(s.rect[VIEW_PCP].rows, 0);
	act(ACT_ESCAPE);
	has_the_keys(VIEW_MAP);
	nothing_was_chosen();
}
END_TEST

/* It only has the keys: there is nothing behind it. */
START_TEST(a_view_with_a_pane_is_no_guest)
{
	at(24, 80);
	bring(VIEW_BUDDY);
	has_the_keys(VIEW_BUDDY);
	bring(VIEW_BUDDY);
	has_the_keys(VIEW_BUDDY);
	act(ACT_ESCAPE);
	has_the_keys(VIEW_BUDDY);
}
END_TEST

START_TEST(the_number_of_what_is_behind_a_guest_brings_it_back)
{
	at(24, 80);
	bring(VIEW_PCP);
	bring(VIEW_BUDDY);
	bring(VIEW_MAP);
	has_the_keys(VIEW_MAP);
	ck_assert_int_eq(s.rect[VIEW_PCP].rows, 0);
	ck_assert_int_gt(s.rect[VIEW_BUDDY].rows, 0);
}
END_TEST

START_TEST(each_pane_may_have_a_guest)
{
	at(24, 80);
	bring(VIEW_PCP);
	act(ACT_PANE);
	has_the_keys(VIEW_BUDDY);
	bring(VIEW_FIGURES);
	ck_assert_int_gt(s.rect[VIEW_PCP].rows, 0);
	act(ACT_ESCAPE);
	has_the_keys(VIEW_BUDDY);
	act(ACT_PANE_BACK);
	has_the_keys(VIEW_PCP);
	act(ACT_ESCAPE);
	has_the_keys(VIEW_MAP);
}
END_TEST

START_TEST(v_and_x_put_a_view_there_to_stay)
{
	at(24, 80);
	bring(VIEW_PCP);
	act(ACT_VIEW_NEXT);
	has_the_keys(VIEW_TASKS);
	act(ACT_ESCAPE);
	has_the_keys(VIEW_TASKS);
	memset(s.prefs->chosen, PANE_AS_USUAL, sizeof s.prefs->chosen);
	at(24, 80);
	bring(VIEW_PCP);
	act(ACT_SWAP);
	has_the_keys(VIEW_PCP);
	ck_assert_int_eq(s.pane[0], VIEW_BUDDY);
	ck_assert_int_eq(s.pane[1], VIEW_PCP);
	act(ACT_ESCAPE);
	has_the_keys(VIEW_PCP);
}
END_TEST

/* Whatever is done with them, no view stands in two panes. */
START_TEST(no_view_stands_twice)
{
	static const enum action acts[] = {ACT_PANE, ACT_VIEW_NEXT, ACT_SWAP,
					   ACT_ESCAPE, ACT_ZOOM};
	unsigned int seed = 1;

	at(sizes[_i][0], sizes[_i][1]);
	for (int i = 0; i < 5000; i++) {
		seed = seed * 1103515245u + 12345u;
		if (seed >> 16 & 1)
			bring((enum view_id)((seed >> 17) % NR_VIEWS));
		else
			act(acts[(seed >> 17) % 5]);
		ck_assert_int_gt(s.rect[s.focus].rows, 0);
		for (int j = 0; j < s.nr_panes; j++)
			for (int k = 0; k < j; k++)
				ck_assert_int_ne(s.pane[j], s.pane[k]);
		ck_assert(layout_sound(s.prefs));
	}
}
END_TEST

/* The map alone, a guest, and all panes again: the guest has gone. */
START_TEST(a_guest_of_a_zoomed_pane_goes_with_the_zoom)
{
	at(24, 80);
	act(ACT_ZOOM);
	bring(VIEW_PCP);
	has_the_keys(VIEW_PCP);
	bring(VIEW_PCP);
	has_the_keys(VIEW_MAP);
	bring(VIEW_PCP);
	act(ACT_ESCAPE);
	has_the_keys(VIEW_MAP);
	ck_assert(!s.zoomed);
	nothing_was_chosen();
}
END_TEST

START_TEST(the_last_row_says_how_a_guest_goes)
{
	at(24, 80);
	ck_assert_int_ne(keybar_key_at(&s, 80, 1), TK_ESC);
	bring(VIEW_PCP);
	ck_assert_int_eq(keybar_key_at(&s, 80, 1), TK_ESC);
}
END_TEST

START_TEST(layout_auto_sends_all_away)
{
	ck_assert_int_eq(tui_attach(lab), 0);
	at(24, 80);
	bring(VIEW_PCP);
	run("layout auto");
	ck_assert(!screen_obey(&s));
	layout(&s, 24, 80);
	has_the_keys(VIEW_MAP);
}
END_TEST

START_TEST(pane_puts_a_view_there_to_stay)
{
	ck_assert_int_eq(tui_attach(lab), 0);
	at(24, 80);
	bring(VIEW_PCP);
	run("pane 2 pcp");
	ck_assert(screen_obey(&s));
	layout(&s, 24, 80);
	has_the_keys(VIEW_PCP);
	ck_assert_int_eq(s.pane[0], VIEW_MAP);
	ck_assert_int_eq(s.pane[1], VIEW_PCP);
	act(ACT_ESCAPE);
	has_the_keys(VIEW_PCP);
}
END_TEST

/* ---- answers that a view shows ---- */

static void answers(const char *line)
{
	run(line);
	ck_assert(screen_answer(&s));
	layout(&s, s.rows, s.cols);
}

START_TEST(two_worlds_are_compared_on_all_of_the_screen)
{
	run("fork before");
	run("alloc order=2");
	at(sizes[_i][0], sizes[_i][1]);
	answers("compare before");
	has_the_keys(VIEW_COMPARE);
	shows_at(s.rows, s.cols, "before");
	act(ACT_OUTPUT); /* the text is there, too */
	has_the_keys(VIEW_COMMAND);
	act(ACT_ESCAPE);
	has_the_keys(VIEW_MAP);
	run("alloc order=0");
	ck_assert(!screen_answer(&s));
}
END_TEST

START_TEST(a_comparison_that_has_a_pane_is_shown_there)
{
	run("fork before");
	at(24, 80);
	layout_place(&s, 1, VIEW_COMPARE);
	layout(&s, 24, 80);
	run("alloc order=2");
	answers("compare before");
	has_the_keys(VIEW_COMPARE);
	ck_assert_int_gt(s.rect[VIEW_MAP].rows, 0);
}
END_TEST

START_TEST(the_eras_are_laid_side_by_side)
{
	run("alloc type=M count=200 name=m");
	run("free m every=2");
	run("alloc type=U count=9");
	at(24, 80);
	answers("era diff");
	has_the_keys(VIEW_COMPARE);
	then_drawn(&s, "era-diff-80x24", 24, 80);
	ck_assert_int_eq(view_compare.key(&s, lab_mm(lab), 'w').kind,
			 REPLY_DONE);
	shows_at(24, 80, " main ");
}
END_TEST

/* Below, so that the map and the curve are seen while one goes on. */
START_TEST(a_plot_is_a_guest_below_the_map)
{
	at(24, 80);
	answers("plot free");
	has_the_keys(VIEW_FIGURES);
	ck_assert_int_eq(s.pane[s.nr_panes - 1], VIEW_FIGURES);
	ck_assert_int_gt(s.rect[VIEW_MAP].rows, 0);
	answers("plot free"); /* there it is */
	has_the_keys(VIEW_FIGURES);
	act(ACT_ESCAPE);
	ck_assert_int_eq(s.rect[VIEW_FIGURES].rows, 0);
	ck_assert_int_gt(s.rect[VIEW_EVENTS].rows, 0);
	at(13, 44);
	answers("plot free");
	has_the_keys(VIEW_FIGURES);
	act(ACT_ESCAPE);
	has_the_keys(VIEW_MAP);
}
END_TEST

Suite *check_panes_suite(void);

Suite *check_panes_suite(void)
{
	const int n = (int)(sizeof sizes / sizeof sizes[0]);
	Suite *suite = suite_create("tui/panes");
	TCase *t = tcase_create("panes");

	tcase_add_checked_fixture(t, given_lab, forget_lab);
	tcase_add_loop_test(t, its_number_sends_a_guest_away, 0, n);
	tcase_add_loop_test(t, escape_sends_a_guest_away, 0, n);
	tcase_add_test(t, a_view_with_a_pane_is_no_guest);
	tcase_add_test(t, the_number_of_what_is_behind_a_guest_brings_it_back);
	tcase_add_test(t, each_pane_may_have_a_guest);
	tcase_add_test(t, v_and_x_put_a_view_there_to_stay);
	tcase_add_loop_test(t, no_view_stands_twice, 0, n);
	tcase_add_test(t, a_guest_of_a_zoomed_pane_goes_with_the_zoom);
	tcase_add_test(t, the_last_row_says_how_a_guest_goes);
	tcase_add_test(t, layout_auto_sends_all_away);
	tcase_add_test(t, pane_puts_a_view_there_to_stay);
	tcase_add_loop_test(t, two_worlds_are_compared_on_all_of_the_screen, 0,
			    n);
	tcase_add_test(t, a_comparison_that_has_a_pane_is_shown_there);
	tcase_add_test(t, the_eras_are_laid_side_by_side);
	tcase_add_test(t, a_plot_is_a_guest_below_the_map);
	suite_add_tcase(suite, t);
	return suite;
}
