/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_layouts.c - each layout, the help and the keys for an audience, at
 * every size
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/screens.h"
#include "tui/scene.h"
#include "tui/view_help.h"

static struct lab *lab;
static struct screen s;

static const struct {
	int rows, cols;
} sizes[] = {{13, 44}, {20, 66}, {24, 80}, {40, 120}, {50, 200}};
#define NR_SIZES (sizeof sizes / sizeof sizes[0])

static void setup(void)
{
	lab = lab_create();
	ck_assert(lab && scene_set(lab));
	screen_start(&s, lab);
}

static void teardown(void)
{
	lab_destroy(lab);
}

static void name_of(char *buf, size_t size, const char *what, size_t i)
{
	snprintf(buf, size, "%s-%dx%d", what, sizes[i].cols, sizes[i].rows);
}

/* At each size that has room for it; elsewhere a smaller one is drawn. */
START_TEST(each_layout_is_drawn)
{
	char what[40], name[60];

	s.prefs->layout = _i;
	snprintf(what, sizeof what, "layout-%s", layout_name(_i));
	for (size_t i = 0; i < NR_SIZES; i++) {
		layout(&s, sizes[i].rows, sizes[i].cols);
		if ((int)s.layout != _i)
			continue;
		name_of(name, sizeof name, what, i);
		then_drawn(&s, name, sizes[i].rows, sizes[i].cols);
	}
}
END_TEST

/* Nothing overlaps, nothing sticks out, whatever the size. */
START_TEST(panes_keep_to_themselves)
{
	s.prefs->layout = _i;
	for (int rows = LEAST_ROWS; rows < 70; rows++)
		for (int cols = LEAST_COLS; cols < 230; cols += 3) {
			layout(&s, rows, cols);
			ck_assert_int_gt(s.nr_panes, 0);
			for (int i = 0; i < s.nr_panes; i++) {
				const struct rect *a = &s.rect[s.pane[i]];

				ck_assert_int_gt(a->rows, 0);
				ck_assert_int_le(a->row + a->rows, rows - 2);
				ck_assert_int_le(a->col + a->cols, cols);
				for (int j = 0; j < i; j++) {
					const struct rect *b =
						&s.rect[s.pane[j]];

					ck_assert_msg(
						a->row > b->row + b->rows ||
							b->row >
								a->row +
									a->rows ||
							a->col >
								b->col +
									b->cols ||
							b->col >
								a->col +
									a->cols,
						"%dx%d: panes %d and %d", cols,
						rows, i, j);
				}
			}
		}
}
END_TEST

/* A size without a pane for a view borrows its keys, and gives them back. */
START_TEST(the_focus_comes_back_with_its_pane)
{
	s.focus = VIEW_EVENTS;
	layout(&s, 24, 80);
	ck_assert_int_eq(s.focus, VIEW_EVENTS);
	layout(&s, 20, 66);
	ck_assert_int_ne(s.focus, VIEW_EVENTS);
	layout(&s, 24, 80);
	ck_assert_int_eq(s.focus, VIEW_EVENTS);
	/* also where one pane is all there is */
	layout(&s, 20, 66);
	layout(&s, 13, 44);
	ck_assert_int_eq(s.focus, VIEW_EVENTS);
	/* but not when they were given to another, or to the same by name */
	layout(&s, 20, 66);
	screen_act(&s, ACT_PANE);
	layout(&s, 24, 80);
	ck_assert_int_ne(s.focus, VIEW_EVENTS);
	s.focus = VIEW_EVENTS;
	layout(&s, 20, 66);
	screen_show(&s, s.focus);
	layout(&s, 24, 80);
	ck_assert_int_ne(s.focus, VIEW_EVENTS);
	/* and what stands in fills the screen when it is asked to */
	s.focus = VIEW_EVENTS;
	layout(&s, 20, 66);
	screen_act(&s, ACT_ZOOM);
	layout(&s, 20, 66);
	ck_assert_int_ne(s.focus, VIEW_EVENTS);
}
END_TEST

START_TEST(a_swapped_pane_is_drawn)
{
	layout(&s, 24, 80);
	screen_act(&s, ACT_SWAP);
	then_drawn(&s, "layout-swapped-80x24", 24, 80);
	layout(&s, 24, 80);
	ck_assert_int_eq(s.pane[0], VIEW_BUDDY);
	ck_assert_int_eq(s.pane[1], VIEW_MAP);
	ck_assert_int_eq(s.focus, VIEW_MAP);
}
END_TEST

START_TEST(another_view_is_drawn_in_the_pane)
{
	layout(&s, 24, 80);
	screen_act(&s, ACT_VIEW_NEXT);
	layout(&s, 24, 80);
	ck_assert_int_eq(s.focus, VIEW_ZONES); /* the lists have a pane */
	screen_act(&s, ACT_VIEW_PREV);
	layout(&s, 24, 80);
	ck_assert_int_eq(s.pane[0], VIEW_MAP);
}
END_TEST

START_TEST(pressed_keys_are_drawn)
{
	char name[60];

	s.prefs->overlay = true;
	for (const char *k = "lll]:"; *k; k++)
		overlay_note(&s.pressed, *k);
	overlay_note(&s.pressed, TK_ENTER);
	for (size_t i = 0; i < NR_SIZES; i++) {
		name_of(name, sizeof name, "overlay", i);
		then_drawn(&s, name, sizes[i].rows, sizes[i].cols);
	}
}
END_TEST

static void help_is(struct help *h, const char *what)
{
	char name[60], *text;
	struct canvas c;

	for (size_t i = 0; i < NR_SIZES; i++) {
		ck_assert(canvas_open(&c, sizes[i].rows, sizes[i].cols));
		layout(&s, c.rows, c.cols);
		help_draw(h, &s, &c);
		text = canvas_to_text(&c);
		canvas_close(&c);
		name_of(name, sizeof name, what, i);
		then_screen(name, text);
		free(text);
	}
}

START_TEST(help_is_drawn_in_context)
{
	struct help h = {.open = true};
	struct help_row row;

	help_is(&h, "help-map");
	s.focus = VIEW_EVENTS;
	help_is(&h, "help-events");
	for (const char *k = "frame"; *k; k++)
		help_key(&h, &s, *k, &row);
	help_is(&h, "help-search");
}
END_TEST

/* Others begin a search with a slash; what is found is told whole. */
START_TEST(help_finds_a_thing_with_all_its_lines)
{
	struct help h = {.open = true};
	struct help_row row;

	for (const char *k = "/passes by"; *k; k++)
		help_key(&h, &s, *k, &row);
	ck_assert(help_row(&h, &s, 0, &row));
	ck_assert_str_eq(row.right,
			 "s            below it: skip bit, compaction found "
			 "nothing there and passes by until the bits are "
			 "cleared");
	ck_assert(!help_row(&h, &s, 1, &row));
}
END_TEST

Suite *check_layouts_suite(void);

Suite *check_layouts_suite(void)
{
	Suite *suite = suite_create("tui/layouts");
	TCase *t = tcase_create("layout");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, each_layout_is_drawn, 0, NR_SCREEN_LAYOUTS);
	tcase_add_loop_test(t, panes_keep_to_themselves, 0,
			    NR_SCREEN_LAYOUTS + 1);
	tcase_add_test(t, the_focus_comes_back_with_its_pane);
	tcase_add_test(t, a_swapped_pane_is_drawn);
	tcase_add_test(t, another_view_is_drawn_in_the_pane);
	tcase_add_test(t, pressed_keys_are_drawn);
	tcase_add_test(t, help_is_drawn_in_context);
	tcase_add_test(t, help_finds_a_thing_with_all_its_lines);
	suite_add_tcase(suite, t);
	return suite;
}
