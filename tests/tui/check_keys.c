/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_keys.c - the table of keys, actions, and the line being typed
 */
#include <check.h>
#include <string.h>

#include "tui/keybar.h"
#include "tui/keys.h"
#include "tui/prompt.h"
#include "tui/scene.h"

static struct lab *lab;
static struct screen s;
static struct prompt p;

static void setup(void)
{
	lab = lab_create();
	ck_assert(lab && scene_set(lab));
	screen_start(&s, lab);
	layout(&s, 24, 80);
	prompt_open(&p, ':', "");
}

static void teardown(void)
{
	lab_destroy(lab);
}

static void type(const char *text)
{
	for (; *text; text++)
		ck_assert(prompt_key(&p, lab, *text) == PROMPT_OPEN);
}

START_TEST(no_key_stands_twice)
{
	const struct key_row *row;

	for (unsigned int i = 0; (row = key_row(i)); i++)
		ck_assert_ptr_eq(key_of(row->key), row);
	ck_assert_ptr_null(key_of('Z'));
}
END_TEST

START_TEST(every_line_of_a_key_is_a_command)
{
	const struct key_row *row;
	const struct cmd *cmd;

	for (unsigned int i = 0; (row = key_row(i)); i++) {
		bool found = !row->line;

		for (unsigned int n = 0; !found && (cmd = lab_cmd(lab, n)); n++)
			found = strcmp(cmd->name, row->line) == 0;
		ck_assert_msg(found, "key %u: no command \"%s\"", i, row->line);
		ck_assert(row->line || row->action != ACT_NONE);
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
	ck_assert(screen_point(&s, 255));
	screen_act(&s, ACT_RIGHT);
	screen_act(&s, ACT_DOWN);
	ck_assert_uint_eq(s.cursor, 255);
	screen_act(&s, ACT_LEFT);
	ck_assert_uint_eq(s.cursor, 254);
	ck_assert(!screen_point(&s, mm_end_pfn(lab_mm(lab))));
	ck_assert_uint_eq(s.cursor, 254);
}
END_TEST

START_TEST(a_click_finds_the_frame_that_is_drawn_there)
{
	const struct rect *r = &s.rect[VIEW_MAP];
	uint64_t moment = 0;
	int found = 0;

	for (int row = 0; row < r->rows; row++)
		for (int col = 0; col < r->cols; col++)
			found += map_pfn_at(&s, lab_mm(lab), row, col) == 17;
	ck_assert_int_ge(found, 1);
	ck_assert(!screen_click(&s, r->row, r->col + 5 + 17, &moment));
	ck_assert(s.pointing);
	ck_assert_uint_eq(s.cursor, 16);
	ck_assert(!screen_click(&s, 1000, 1000, &moment));
	ck_assert(!screen_click(&s, -1, -1, &moment));
	ck_assert_int_eq(s.focus, VIEW_MAP);
}
END_TEST

START_TEST(a_click_on_an_event_goes_there)
{
	const struct rect *r = &s.rect[VIEW_EVENTS];
	const uint64_t now = mm_now(lab_mm(lab));
	uint64_t moment = 0;

	/* the present one stands in the second row, its reason below it */
	ck_assert(screen_click(&s, r->row, 3, &moment));
	ck_assert_uint_eq(moment, now - 1);
	ck_assert(screen_click(&s, r->row + 1, 3, &moment));
	ck_assert_uint_eq(moment, now);
	ck_assert(screen_click(&s, r->row + 2, 3, &moment));
	ck_assert_uint_eq(moment, now);
	ck_assert(screen_click(&s, r->row + r->rows - 1, 3, &moment));
	ck_assert_uint_gt(moment, now);
	ck_assert(!screen_click(&s, r->row - 1, 3, &moment));
	ck_assert_int_eq(s.focus, VIEW_EVENTS);
}
END_TEST

START_TEST(the_wheel_scrolls_what_is_under_it)
{
	screen_wheel(&s, s.rect[VIEW_EVENTS].row, 3, false);
	ck_assert_int_eq(s.scroll[VIEW_EVENTS], 3);
	screen_wheel(&s, s.rect[VIEW_EVENTS].row, 3, true);
	ck_assert_int_eq(s.scroll[VIEW_EVENTS], 0);
	ck_assert_int_eq(s.focus, VIEW_MAP);
	screen_wheel(&s, -1, -1, true);
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
	ck_assert_int_ge(s.scroll[VIEW_BUDDY], 1);
	ck_assert_int_lt(s.scroll[VIEW_BUDDY], 100);
	screen_act(&s, ACT_HOME);
	ck_assert_int_eq(s.scroll[VIEW_BUDDY], 0);
	screen_act(&s, ACT_UP);
	ck_assert_int_eq(s.scroll[VIEW_BUDDY], 0);
}
END_TEST

START_TEST(a_line_is_edited_as_in_readline)
{
	type("alloc ordr=2");
	for (int i = 0; i < 3; i++)
		prompt_key(&p, lab, TK_LEFT);
	type("e");
	ck_assert_str_eq(p.text, "alloc order=2");
	prompt_key(&p, lab, TK_CTRL('a'));
	prompt_key(&p, lab, TK_DELETE);
	prompt_key(&p, lab, TK_CTRL('e'));
	prompt_key(&p, lab, TK_BACKSPACE);
	ck_assert_str_eq(p.text, "lloc order=");
	prompt_key(&p, lab, TK_CTRL('w'));
	ck_assert_str_eq(p.text, "lloc ");
	prompt_key(&p, lab, TK_CTRL('u'));
	ck_assert_str_eq(p.text, "");
	ck_assert(prompt_key(&p, lab, TK_BACKSPACE) == PROMPT_LEFT);
}
END_TEST

START_TEST(characters_of_several_bytes_stay_whole)
{
	prompt_key(&p, lab, 0xe9);
	prompt_key(&p, lab, 0x2192);
	prompt_key(&p, lab, TK_LEFT);
	prompt_key(&p, lab, TK_BACKSPACE);
	ck_assert_str_eq(p.text, "\xe2\x86\x92");
	prompt_key(&p, lab, TK_DELETE);
	ck_assert_uint_eq(p.len, 0);
	prompt_key(&p, lab, TK_DELETE);
	prompt_key(&p, lab, TK_RIGHT);
	ck_assert_uint_eq(p.at, 0);
}
END_TEST

START_TEST(a_line_has_an_end)
{
	for (int i = 0; i < 3 * PROMPT_SIZE; i++)
		prompt_key(&p, lab, 'x');
	ck_assert_uint_eq(p.len, PROMPT_SIZE - 1);
	prompt_key(&p, lab, 0x2192);
	ck_assert_uint_eq(p.len, PROMPT_SIZE - 1);
}
END_TEST

START_TEST(history_comes_back_and_the_own_line_too)
{
	type("where 3");
	prompt_key(&p, lab, TK_UP);
	ck_assert(strncmp(p.text, "goto ", 5) == 0);
	prompt_key(&p, lab, TK_UP);
	ck_assert_str_eq(p.text, "alloc order=3 name=buffer");
	prompt_key(&p, lab, TK_DOWN);
	prompt_key(&p, lab, TK_DOWN);
	prompt_key(&p, lab, TK_DOWN);
	ck_assert_str_eq(p.text, "where 3");
}
END_TEST

START_TEST(tab_completes_a_command)
{
	type("expl");
	prompt_key(&p, lab, TK_TAB);
	ck_assert(strncmp(p.text, "explain", 7) == 0);
}
END_TEST

START_TEST(a_line_too_long_for_the_row_slides)
{
	struct canvas c;

	for (int i = 0; i < 30; i++)
		type("x");
	ck_assert(canvas_open(&c, 1, 10));
	ck_assert_int_eq(prompt_draw(&p, &c, 0), 9);
	canvas_close(&c);
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
	tcase_add_test(t, tab_goes_round_the_panes);
	tcase_add_test(t, the_cursor_stays_in_the_zone);
	tcase_add_test(t, a_click_finds_the_frame_that_is_drawn_there);
	tcase_add_test(t, a_click_on_an_event_goes_there);
	tcase_add_test(t, the_wheel_scrolls_what_is_under_it);
	tcase_add_test(t, the_key_bar_names_keys_that_exist);
	tcase_add_test(t, help_and_quit_stay_on_the_narrowest_bar);
	tcase_add_test(t, output_covers_and_makes_way);
	tcase_add_test(t, a_change_is_followed_into_its_zone);
	tcase_add_test(t, scrolling_stops_at_both_ends);
	tcase_add_test(t, a_line_is_edited_as_in_readline);
	tcase_add_test(t, characters_of_several_bytes_stay_whole);
	tcase_add_test(t, a_line_has_an_end);
	tcase_add_test(t, history_comes_back_and_the_own_line_too);
	tcase_add_test(t, tab_completes_a_command);
	tcase_add_test(t, a_line_too_long_for_the_row_slides);
	tcase_add_test(t, the_scene_is_set_once_and_can_be_taken_back);
	suite_add_tcase(suite, t);
	return suite;
}
