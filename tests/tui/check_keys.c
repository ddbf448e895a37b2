/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_keys.c - the table of keys, and actions
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/lesson.h"
#include "tui/keybar.h"
#include "tui/keys.h"
#include "tui/scene.h"
#include "tui/tabs.h"

static struct lab *lab;
static struct screen s;

static void setup(void)
{
	lab = lab_create();
	lab_add_table(lab, lesson_table);
	ck_assert(lab && scene_set(lab));
	screen_start(&s, lab);
	layout(&s, 24, 80);
}

static void teardown(void)
{
	lab_destroy(lab);
}

START_TEST(no_key_stands_twice)
{
	const struct key_row *row;

	for (unsigned int i = 0; (row = key_row(i)); i++)
		ck_assert_ptr_eq(key_of(row->key), row);
	ck_assert_ptr_null(key_of('Z'));
}
END_TEST

static void runs_a_command(const struct key_row *row)
{
	const struct cmd *cmd;
	bool found = !row->line;

	for (unsigned int n = 0; !found && (cmd = lab_cmd(lab, n)); n++) {
		const size_t len = strlen(cmd->name);

		found = strncmp(cmd->name, row->line, len) == 0 &&
			(!row->line[len] || row->line[len] == ' ');
	}
	ck_assert_msg(found, "key %s: no command \"%s\"", row->name, row->line);
}

START_TEST(every_line_of_a_key_is_a_command)
{
	const struct key_row *row;

	for (unsigned int i = 0; (row = key_row(i)); i++) {
		runs_a_command(row);
		ck_assert(row->line || row->action != ACT_NONE);
	}
}
END_TEST

/* Named once, told in the help, and done by somebody. */
START_TEST(keys_of_a_view_are_whole)
{
	for (int v = 0; v < NR_VIEWS; v++)
		for (const struct key_row *row = views[v]->keys;
		     row && row->key; row++) {
			runs_a_command(row);
			ck_assert_ptr_eq(key_of_view(views[v], row->key), row);
			ck_assert(!row->name || row->help);
			ck_assert(row->line || row->action != ACT_NONE ||
				  views[v]->key);
		}
}
END_TEST

START_TEST(a_view_is_a_row_of_the_table)
{
	for (int v = 0; v < NR_VIEWS; v++) {
		ck_assert_int_eq(view_find(views[v]->name), v);
		ck_assert(views[v]->title && views[v]->legend &&
			  views[v]->draw);
		ck_assert(views[v]->want && views[v]->about);
	}
	ck_assert_int_eq(view_find("no-such-view"), -1);
}
END_TEST

/* Each view in each pane of each layout: one place, and the others keep theirs.
 */
START_TEST(any_view_may_stand_in_any_pane)
{
	static const int sizes[][2] = {{20, 66}, {24, 80}, {50, 200}};

	for (int i = 0; i < 3; i++)
		for (int v = 0; v < NR_VIEWS; v++) {
			screen_start(&s, lab);
			layout(&s, sizes[i][0], sizes[i][1]);
			/* a pane may come up for what another one spares */
			const int panes = s.nr_panes;

			for (int pane = 0; pane < panes; pane++) {
				layout_place(&s, pane, (enum view_id)v);
				layout(&s, sizes[i][0], sizes[i][1]);
				ck_assert_int_gt(s.rect[v].rows, 0);
				ck_assert_int_eq(
					layout_pane_of(&s, (enum view_id)v),
					pane);
				for (int j = 0; j < s.nr_panes; j++)
					for (int k = 0; k < j; k++)
						ck_assert(s.pane[j] !=
							  s.pane[k]);
			}
		}
}
END_TEST

START_TEST(a_layout_that_does_not_fit_gives_way)
{
	s.prefs->layout = LAYOUT_WIDE;
	layout(&s, 50, 200);
	ck_assert_int_eq(s.layout, LAYOUT_WIDE);
	layout(&s, 24, 80);
	ck_assert_int_eq(s.layout, LAYOUT_STANDARD);
	layout(&s, 13, 44);
	ck_assert_int_eq(s.layout, LAYOUT_ONE);
	s.prefs->layout = LAYOUT_LECTURE;
	layout(&s, 50, 200);
	ck_assert_int_eq(s.layout, LAYOUT_LECTURE);
	ck_assert_int_eq(s.rect[VIEW_EVENTS].rows, 0);
	ck_assert_int_gt(s.said_rows, 0);
}
END_TEST

START_TEST(a_view_that_is_asked_for_is_shown)
{
	for (int v = 0; v < NR_VIEWS; v++) {
		screen_show(&s, (enum view_id)v);
		layout(&s, 24, 80);
		ck_assert_int_eq(s.focus, v);
		ck_assert_int_gt(s.rect[v].rows, 0);
	}
}
END_TEST

START_TEST(tab_goes_round_the_panes)
{
	for (int i = 0; i < 3; i++)
		screen_act(&s, ACT_PANE);
	ck_assert_int_eq(s.focus, VIEW_MAP);
	screen_act(&s, ACT_PANE_BACK);
	ck_assert_int_eq(s.focus, VIEW_EVENTS);
	layout(&s, 13, 44);
	for (int i = 0; i < NR_VIEWS; i++) {
		screen_act(&s, ACT_PANE);
		layout(&s, 13, 44);
		ck_assert_int_gt(s.rect[s.focus].rows, 0);
	}
	ck_assert_int_eq(s.focus, VIEW_EVENTS);
}
END_TEST

START_TEST(the_cursor_stays_in_the_zone)
{
	ck_assert(screen_key(&s, TK_RIGHT).kind == REPLY_NOT_MINE);
	ck_assert(screen_point(&s, 255));
	ck_assert(screen_key(&s, TK_RIGHT).kind == REPLY_DONE);
	screen_key(&s, TK_DOWN);
	ck_assert_uint_eq(s.cursor, 255);
	screen_key(&s, TK_LEFT);
	ck_assert_uint_eq(s.cursor, 254);
	ck_assert(!screen_point(&s, mm_end_pfn(lab_mm(lab))));
	ck_assert_uint_eq(s.cursor, 254);
}
END_TEST

START_TEST(a_click_finds_the_frame_that_is_drawn_there)
{
	const struct rect *r = &s.rect[VIEW_MAP];
	int found = 0;

	for (int row = 0; row < r->rows; row++)
		for (int col = 0; col < r->cols; col++)
			found += map_pfn_at(&s, lab_mm(lab), row, col) == 17;
	ck_assert_int_ge(found, 1);
	ck_assert(screen_click(&s, r->row, r->col + 5 + 17).kind == REPLY_DONE);
	ck_assert(s.pointing);
	ck_assert_uint_eq(s.cursor, 16);
	ck_assert(screen_click(&s, 1000, 1000).kind == REPLY_NOT_MINE);
	ck_assert(screen_click(&s, -1, -1).kind == REPLY_NOT_MINE);
	ck_assert_int_eq(s.focus, VIEW_MAP);
}
END_TEST

/* Moment to which a click into a row of the events goes; 0: it stays. */
static uint64_t goes_to(int row)
{
	const struct reply r = screen_click(&s, row, 3);
	unsigned long long moment = 0;

	if (r.kind == REPLY_RUN)
		ck_assert_int_eq(sscanf(r.line, "goto %llu", &moment), 1);
	return moment;
}

START_TEST(a_click_on_an_event_goes_there)
{
	const struct rect *r = &s.rect[VIEW_EVENTS];
	const uint64_t now = mm_now(lab_mm(lab));

	/* the present one stands in the second row, its reason below it */
	ck_assert_uint_eq(goes_to(r->row), now - 1);
	ck_assert_uint_eq(goes_to(r->row + 1), 0);
	ck_assert_uint_eq(goes_to(r->row + 2), 0);
	ck_assert_uint_gt(goes_to(r->row + r->rows - 1), now);
	ck_assert_uint_eq(goes_to(r->row - 1), 0);
	ck_assert_int_eq(s.focus, VIEW_EVENTS);
}
END_TEST

START_TEST(the_wheel_scrolls_what_is_under_it)
{
	screen_wheel(&s, s.rect[VIEW_EVENTS].row, 3, false);
	ck_assert_int_eq(s.view[VIEW_EVENTS].scroll, 3);
	screen_wheel(&s, s.rect[VIEW_EVENTS].row, 3, true);
	ck_assert_int_eq(s.view[VIEW_EVENTS].scroll, 0);
	ck_assert_int_eq(s.focus, VIEW_MAP);
	screen_wheel(&s, -1, -1, true);
}
END_TEST

START_TEST(a_click_on_a_tab_shows_its_view)
{
	bool found[NR_VIEWS] = {false};

	for (int i = 0; i < NR_VIEWS; i++) {
		screen_show(&s, (enum view_id)i);
		layout(&s, 13, 44);
		ck_assert_int_eq(s.nr_panes, 1);
		for (int col = 0; col < 44; col++) {
			const int v = tabs_view_at(&s, 44, col);

			if (v >= 0)
				found[v] = true;
		}
	}
	for (int v = 0; v < NR_VIEWS; v++)
		ck_assert_msg(found[v], "%s has no tab", views[v]->name);
	s.focus = VIEW_MAP;
	layout(&s, 13, 44);
	ck_assert_int_eq(tabs_view_at(&s, 44, 0), -1);
	ck_assert(screen_click(&s, 1, 10).kind == REPLY_DONE);
	ck_assert_int_eq(s.focus, VIEW_BUDDY);
}
END_TEST

START_TEST(the_key_bar_names_keys_that_exist)
{
	bool found[256] = {false};

	for (int cols = 24; cols < 250; cols++)
		for (int col = 0; col < cols; col++) {
			const int key = keybar_key_at(&s, cols, col);

			ck_assert(key == KEY_NONE || key_of(key));
			if (key > 0 && key < 256)
				found[key] = true;
		}
	ck_assert(found['q'] && found['?'] && found['u'] && found['r']);
	/* " <- -> event": each arrow is its own key */
	ck_assert_int_eq(keybar_key_at(&s, 80, 0), KEY_NONE);
	ck_assert_int_eq(keybar_key_at(&s, 80, 1), TK_LEFT);
	ck_assert_int_eq(keybar_key_at(&s, 80, 4), TK_RIGHT);
}
END_TEST

START_TEST(help_and_quit_stay_on_the_narrowest_bar)
{
	bool help = false, quit = false, tab = false;

	for (int col = 0; col < 30; col++) {
		const int key = keybar_key_at(&s, 30, col);

		help = help || key == '?';
		quit = quit || key == 'q';
		tab = tab || key == TK_TAB;
	}
	ck_assert(help && quit && tab);
}
END_TEST

/* Also from under the output, and of a view that stood in no pane. */
START_TEST(what_is_asked_for_is_shown)
{
	layout(&s, 24, 80);
	ck_assert_int_eq(s.rect[VIEW_TASKS].rows, 0);
	screen_act(&s, ACT_OUTPUT);
	layout(&s, 24, 80);
	screen_show(&s, VIEW_TASKS);
	layout(&s, 24, 80);
	ck_assert_int_gt(s.rect[VIEW_TASKS].rows, 0);
	ck_assert_int_eq(s.focus, VIEW_TASKS);
	/* the map's cursor brings the map */
	s.focus = VIEW_MAP;
	screen_show(&s, VIEW_ZONES);
	layout(&s, 24, 80);
	layout_place(&s, layout_pane_of(&s, VIEW_MAP), VIEW_PCP);
	layout(&s, 24, 80);
	ck_assert_int_eq(s.rect[VIEW_MAP].rows, 0);
	screen_act(&s, ACT_POINT);
	layout(&s, 24, 80);
	ck_assert_int_gt(s.rect[VIEW_MAP].rows, 0);
	ck_assert_int_eq(s.focus, VIEW_MAP);
	ck_assert(s.pointing);
}
END_TEST

START_TEST(output_covers_and_makes_way)
{
	s.focus = VIEW_EVENTS;
	screen_act(&s, ACT_OUTPUT);
	layout(&s, 24, 80);
	ck_assert_int_eq(s.rect[VIEW_EVENTS].rows, 0);
	screen_act(&s, ACT_OUTPUT);
	screen_uncover(&s);
	layout(&s, 24, 80);
	ck_assert_int_gt(s.rect[VIEW_MAP].rows, 0);
	ck_assert_int_eq(s.focus, VIEW_EVENTS);
	/* a zoom that was asked for stays */
	screen_act(&s, ACT_ZOOM);
	screen_uncover(&s);
	ck_assert(s.zoomed);
	screen_act(&s, ACT_OUTPUT);
	screen_act(&s, ACT_ESCAPE);
	ck_assert_int_eq(s.focus, VIEW_EVENTS);
}
END_TEST

/* A layout that cannot be told from another by looking has its name said. */
START_TEST(what_a_key_has_chosen_is_said)
{
	struct canvas c;
	char *text;

	screen_act(&s, ACT_DEPTH);
	ck_assert_str_eq(s.note, "events with the kernel's functions");
	screen_act(&s, ACT_THEME);
	ck_assert_str_eq(s.note, "theme light");
	for (int i = 0; i <= NR_SCREEN_LAYOUTS; i++) {
		screen_act(&s, ACT_LAYOUT);
		ck_assert_ptr_nonnull(
			strstr(s.note, s.prefs->layout == LAYOUT_AUTO
					       ? "by size"
					       : layout_name(s.prefs->layout)));
	}
	s.hint = "Welcome!";
	ck_assert(canvas_open(&c, 24, 80));
	layout(&s, 24, 80);
	screen_draw(&s, &c);
	text = canvas_to_text(&c);
	ck_assert_ptr_nonnull(strstr(text, s.note));
	free(text);
	canvas_close(&c);
}
END_TEST

/* Its key works from the output, too, and in panes that are there again. */
START_TEST(a_view_is_reached_from_the_output)
{
	s.focus = VIEW_EVENTS;
	screen_act(&s, ACT_OUTPUT);
	layout(&s, 24, 80);
	screen_show(&s, VIEW_COMPARE);
	layout(&s, 24, 80);
	ck_assert_int_gt(s.rect[VIEW_COMPARE].rows, 0);
	ck_assert_int_gt(s.rect[VIEW_MAP].rows, 0);
	ck_assert_int_eq(s.focus, VIEW_COMPARE);
}
END_TEST

START_TEST(a_change_is_followed_into_its_zone)
{
	struct out *out = out_buffer();
	zone_t normal, other;

	ck_assert(lab_run(lab, "world new classroom", out) == CMD_OK);
	screen_enter(&s);
	layout(&s, 24, 80);
	normal = s.zone;
	screen_act(&s, ACT_ZONE_NEXT);
	other = s.zone;
	ck_assert_uint_ne(normal, other);
	s.from = mm_now(lab_mm(lab));
	ck_assert(lab_run(lab, "alloc order=2", out) == CMD_OK);
	screen_follow(&s); /* held by the key */
	ck_assert_uint_eq(s.zone, other);
	s.held = false;
	screen_follow(&s);
	ck_assert_uint_eq(s.zone, normal);
	out_free(out);
}
END_TEST

START_TEST(scrolling_stops_at_both_ends)
{
	s.focus = VIEW_BUDDY;
	screen_act(&s, ACT_END);
	ck_assert_int_ge(s.view[VIEW_BUDDY].scroll, 1);
	ck_assert_int_lt(s.view[VIEW_BUDDY].scroll, 100);
	screen_act(&s, ACT_HOME);
	ck_assert_int_eq(s.view[VIEW_BUDDY].scroll, 0);
	screen_act(&s, ACT_UP);
	ck_assert_int_eq(s.view[VIEW_BUDDY].scroll, 0);
}
END_TEST

START_TEST(the_scene_is_set_once_and_can_be_taken_back)
{
	const uint64_t last = mm_last_moment(lab_mm(lab));
	struct out *out = out_buffer();

	ck_assert(!scene_set(lab));
	ck_assert(mm_last_moment(lab_mm(lab)) == last);
	ck_assert(mm_now(lab_mm(lab)) < last);
	ck_assert(lab_run(lab, "step 3", out) == CMD_OK);
	for (int i = 0; i < 100 && mm_now(lab_mm(lab)); i++)
		ck_assert(lab_run(lab, "undo", out) == CMD_OK);
	ck_assert(mm_now(lab_mm(lab)) == 0);
	out_free(out);
}
END_TEST

Suite *check_keys_suite(void);

Suite *check_keys_suite(void)
{
	Suite *suite = suite_create("tui/keys");
	TCase *t = tcase_create("keys");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, no_key_stands_twice);
	tcase_add_test(t, every_line_of_a_key_is_a_command);
	tcase_add_test(t, keys_of_a_view_are_whole);
	tcase_add_test(t, a_view_is_a_row_of_the_table);
	tcase_add_test(t, any_view_may_stand_in_any_pane);
	tcase_add_test(t, a_layout_that_does_not_fit_gives_way);
	tcase_add_test(t, a_view_that_is_asked_for_is_shown);
	tcase_add_test(t, tab_goes_round_the_panes);
	tcase_add_test(t, the_cursor_stays_in_the_zone);
	tcase_add_test(t, a_click_finds_the_frame_that_is_drawn_there);
	tcase_add_test(t, a_click_on_an_event_goes_there);
	tcase_add_test(t, the_wheel_scrolls_what_is_under_it);
	tcase_add_test(t, a_click_on_a_tab_shows_its_view);
	tcase_add_test(t, the_key_bar_names_keys_that_exist);
	tcase_add_test(t, help_and_quit_stay_on_the_narrowest_bar);
	tcase_add_test(t, what_is_asked_for_is_shown);
	tcase_add_test(t, output_covers_and_makes_way);
	tcase_add_test(t, what_a_key_has_chosen_is_said);
	tcase_add_test(t, a_view_is_reached_from_the_output);
	tcase_add_test(t, a_change_is_followed_into_its_zone);
	tcase_add_test(t, scrolling_stops_at_both_ends);
	tcase_add_test(t, the_scene_is_set_once_and_can_be_taken_back);
	suite_add_tcase(suite, t);
	return suite;
}
