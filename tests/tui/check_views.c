/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_views.c - whole screens as text, compared with tests/screens
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/screens.h"
#include "support/viewed.h"
#include "tui/keys.h"
#include "tui/map.h"
#include "tui/scene.h"
#include "tui/view.h"
#include "tui/view_help.h"

static void draws(const char *name, int rows, int cols)
{
	char *text = screen_picture(lab, rows, cols, false);

	ck_assert_ptr_nonnull(text);
	then_screen(name, text);
	free(text);
}

START_TEST(the_opening_scene)
{
	ck_assert(scene_set(lab));
	draws("scene-80x24", 24, 80);
	draws("scene-120x40", 40, 120);
	draws("scene-200x50", 50, 200);
	draws("scene-66x20", 20, 66);
	draws("scene-44x13", 13, 44);
	draws("scene-10x5", 5, 10);
}
END_TEST

START_TEST(a_fresh_world)
{
	draws("fresh-80x24", 24, 80);
}
END_TEST

START_TEST(a_split_is_marked)
{
	ck_assert(scene_set(lab));
	run("step 2");
	draws("split-80x24", 24, 80);
	run("finish");
	draws("split-done-80x24", 24, 80);
}
END_TEST

START_TEST(a_large_world_by_pageblocks)
{
	run("world new laptop");
	run("alloc order=3 count=100 name=a");
	draws("laptop-80x24", 24, 80);
	draws("laptop-66x20", 20, 66);
	draws("laptop-200x50", 50, 200);
}
END_TEST

/* The row of movable blocks, in the pane of the free lists alone. */
static const char *movable_row(struct screen *s, int cols)
{
	static char row[300];
	struct canvas c;
	char *text, *at;

	ck_assert(canvas_open(&c, 24, cols));
	layout(s, 24, cols);
	screen_draw(s, &c);
	text = canvas_to_text(&c);
	canvas_close(&c);
	at = strstr(text, "\n M ");
	ck_assert_ptr_nonnull(at);
	snprintf(row, sizeof row, "%.*s ", (int)strcspn(at + 3, "\n"), at + 3);
	free(text);
	return row;
}

START_TEST(a_number_is_shown_whole_or_not_at_all)
{
	struct screen s;

	run("world new laptop");
	screen_start(&s, lab);
	s.focus = VIEW_BUDDY;
	s.zoomed = true;
	for (int cols = 24; cols < 130; cols++) {
		const char *row = movable_row(&s, cols), *at;
		int digits = 0;

		/* up to the zone's gauge */
		for (at = row; *at && *at != '['; at++)
			digits += strchr("0123456789", *at) != NULL;
		ck_assert_msg(digits == 4 && strstr(row, " 3328 "), "%d: %s",
			      cols, row);
	}
}
END_TEST

START_TEST(zones_frames_and_holes)
{
	struct screen s;

	run("world new classroom");
	run("alloc order=0 count=50 name=a");
	screen_start(&s, lab);
	layout(&s, 24, 80);
	screen_act(&s, ACT_ZONE_NEXT);
	then_drawn(&s, "classroom-zone-80x24", 24, 80);
	screen_act(&s, ACT_CLOSER);
	screen_act(&s, ACT_CLOSER);
	then_drawn(&s, "classroom-frames-80x24", 24, 80);
	s.focus = VIEW_BUDDY;
	then_drawn(&s, "classroom-lists-44x13", 13, 44);
	s.line = "alloc order=33";
	s.output = "a long answer, that with its question finds no room\n";
	s.said = s.typed = true;
	then_drawn(&s, "classroom-lists-30x13", 13, 30);
}
END_TEST

START_TEST(the_cursor_tells_about_a_frame)
{
	struct screen s;

	ck_assert(scene_set(lab));
	screen_start(&s, lab);
	layout(&s, 24, 80);
	ck_assert(screen_point(&s, 97));
	then_drawn(&s, "cursor-80x24", 24, 80);
}
END_TEST

/* Marks below the cells do not make way for the words. */
START_TEST(the_cursor_leaves_the_marks)
{
	struct screen s;
	char words[600];

	ck_assert(scene_set(lab));
	screen_start(&s, lab);
	layout(&s, 24, 80);
	ck_assert(!map_says(&s, lab_mm(lab), words, sizeof words));
	ck_assert(screen_point(&s, 97));
	layout(&s, 13, 44); /* not a row to spare */
	ck_assert(map_says(&s, lab_mm(lab), words, sizeof words));
	ck_assert_str_eq(words,
			 "97: in use by kernel, 96..99, order 2; pageblock 6, "
			 "96..111: Unmovable, 4 of 16 free; on no LRU list: it "
			 "cannot be moved");
	then_drawn(&s, "cursor-44x13", 13, 44);
}
END_TEST

/* At a lecture nobody looks for the frame again because of `m`. */
START_TEST(nothing_moves_when_the_cursor_comes_out)
{
	static const int sizes[][2] = {
		{13, 44}, {20, 66}, {24, 80}, {40, 120}, {50, 200}};
	struct screen s;

	ck_assert(scene_set(lab));
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		const int rows = sizes[i][0], cols = sizes[i][1];
		struct rect before[NR_VIEWS];
		struct map_grid g, with;

		screen_start(&s, lab);
		layout(&s, rows, cols);
		memcpy(before, s.rect, sizeof before);
		g = map_grid(&s, lab_mm(lab), s.rect[VIEW_MAP].rows,
			     s.rect[VIEW_MAP].cols);
		screen_act(&s, ACT_POINT);
		ck_assert(s.pointing);
		layout(&s, rows, cols);
		ck_assert_mem_eq(before, s.rect, sizeof before);
		with = map_grid(&s, lab_mm(lab), s.rect[VIEW_MAP].rows,
				s.rect[VIEW_MAP].cols);
		ck_assert_uint_eq(with.per_row, g.per_row);
		ck_assert_int_eq(with.tall, g.tall);
		ck_assert_int_eq(with.skip, g.skip);
	}
	layout(&s, 20, 66);
	then_drawn(&s, "cursor-66x20", 20, 66);
}
END_TEST

static struct map_grid grid_at(struct screen *s, int rows, int cols)
{
	layout(s, rows, cols);
	return map_grid(s, lab_mm(lab), s->rect[VIEW_MAP].rows,
			s->rect[VIEW_MAP].cols);
}

/*
 * Where the lists leave no room for marks, they say it in a row from before
 * the line that compacts to its end; so the map stands still when it begins.
 */
START_TEST(marks_have_their_rows_before_compaction_begins)
{
	struct map_grid before, now;
	struct screen s;

	run("world new tiny seed=1 pcp=off");
	run("alloc order=0 count=240 type=M name=a");
	run("free a every=2");
	screen_start(&s, lab);
	before = grid_at(&s, 20, 66);
	ck_assert_int_eq(before.tall, 1);
	ck_assert_int_ge(s.rect[VIEW_BUDDY].rows, 5);
	run("compact");
	now = grid_at(&s, 20, 66);
	ck_assert_int_eq(now.tall, 2);
	ck_assert_int_eq(s.rect[VIEW_BUDDY].rows, 1);
	run("undo");
	before = grid_at(&s, 20, 66);
	for (int i = 0; i < 200; i++) {
		now = grid_at(&s, 20, 66);
		ck_assert_int_eq(now.tall, 2);
		ck_assert_int_ge(now.rows, now.lines);
		ck_assert_uint_eq(now.per_row, before.per_row);
		if (i == 41) {
			screen_settle(&s);
			screen_check(&s);
			then_drawn(&s, "compaction-66x20", 20, 66);
		}
		s.from = mm_now(lab_mm(lab));
		run("step");
	}
	run("undo");
	run("undo");
	now = grid_at(&s, 20, 66);
	ck_assert_int_eq(now.tall, 1);
}
END_TEST

/* A view that the user has put there stays as it is. */
START_TEST(a_chosen_view_does_not_make_way)
{
	struct screen s;

	run("world new tiny seed=1 pcp=off");
	run("alloc order=0 count=240 type=M name=a");
	run("free a every=2");
	run("compact");
	screen_start(&s, lab);
	layout(&s, 20, 66);
	ck_assert_int_eq(s.rect[VIEW_BUDDY].rows, 1);
	layout_place(&s, 1, VIEW_EVENTS);
	layout(&s, 20, 66);
	ck_assert_int_ge(s.rect[VIEW_EVENTS].rows, 5);
}
END_TEST

static bool drawn_has(struct screen *s, const char *words)
{
	struct canvas c;
	char *text;
	bool has;

	ck_assert(canvas_open(&c, 24, 80));
	layout(s, 24, 80);
	screen_draw(s, &c);
	text = canvas_to_text(&c);
	has = strstr(text, words) != NULL;
	free(text);
	canvas_close(&c);
	return has;
}

/* At a lecture what was typed is answered in full where the event is short. */
START_TEST(an_answer_may_have_the_row_that_the_event_leaves)
{
	static const char *const shown[] = {
		"> before the first event",
		" stopped by break 1, free < 3: `continue` goes on | got 10 of "
		"10",
		" blocks of order 0, pfn 0 first, 9 last",
	};
	struct screen s;
	struct canvas c;
	char *text, *at;

	run("world new tiny");
	screen_start(&s, lab);
	s.line = "alloc count=10";
	s.output = "got 10 of 10 blocks of order 0, pfn 0 first, 9 last\n"
		   "stopped by break 1, free < 3: `continue` goes on\n";
	s.said = s.typed = true;
	ck_assert(canvas_open(&c, 20, 66));
	layout(&s, 20, 66);
	screen_draw(&s, &c);
	at = text = canvas_to_text(&c);
	for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
		ck_assert_msg(strstr(at, shown[i]) != NULL, "%s: in\n%s",
			      shown[i], text);
		at = strstr(at, shown[i]);
	}
	ck_assert_ptr_null(strstr(text, "(more: o)"));
	free(text);
	canvas_close(&c);
}
END_TEST

/* Once is enough: in the events, or below a pane that stands alone. */
START_TEST(the_present_event_is_told_once)
{
	struct screen s;

	ck_assert(scene_set(lab));
	screen_start(&s, lab);
	s.line = "step";
	s.output = "event 1204 of 1211: above high?\nsomething else\n";
	s.said = true;
	ck_assert(drawn_has(&s, "above high? yes"));
	ck_assert(!drawn_has(&s, "event 1204 of"));
	ck_assert(drawn_has(&s, ":step  something else"));
	s.focus = VIEW_MAP;
	s.zoomed = true;
	ck_assert(drawn_has(&s, "> Normal: above high? usable"));
}
END_TEST

START_TEST(output_fills_its_pane)
{
	struct screen s;

	run("get node0.Normal.*");
	screen_start(&s, lab);
	s.line = "get node0.Normal.*";
	s.output = "one\ntwo\nthree\n";
	s.said = true;
	screen_act(&s, ACT_OUTPUT);
	then_drawn(&s, "output-44x13", 13, 44);
}
END_TEST

START_TEST(every_size_can_be_drawn)
{
	ck_assert(scene_set(lab));
	for (int rows = 1; rows < 60; rows += rows < 30 ? 1 : 7)
		for (int cols = 1; cols < 210; cols += cols < 90 ? 1 : 13)
			free(screen_picture(lab, rows, cols, cols % 2));
}
END_TEST

START_TEST(every_world_can_be_drawn)
{
	static const char *const worlds[] = {
		"world new laptop",
		"world new embedded",
		"world new tiny zone=Normal pages=64 pageblock-order=3 "
		"pmd-order=3",
		"world new tiny zone=Normal pages=512 pageblock-order=3 "
		"pmd-order=3",
		"world new classroom cpus=64",
	};

	for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++) {
		run(worlds[i]);
		for (int rows = 6; rows < 60; rows += 9)
			for (int cols = 24; cols < 210; cols += 31)
				free(screen_picture(lab, rows, cols, false));
	}
}
END_TEST

START_TEST(drawing_changes_nothing)
{
	uint64_t hash;

	ck_assert(scene_set(lab));
	hash = mm_hash(lab_mm(lab));
	free(screen_picture(lab, 24, 80, false));
	ck_assert(mm_hash(lab_mm(lab)) == hash);
}
END_TEST

START_TEST(help_finds_what_is_typed)
{
	struct help h = {.open = true};
	struct help_row row;
	struct screen s;

	screen_start(&s, lab);
	for (const char *k = "undo"; *k; k++)
		ck_assert(help_key(&h, &s, *k, &row) == HELP_OPEN);
	ck_assert(help_key(&h, &s, TK_ENTER, &row) == HELP_RUN);
	ck_assert_ptr_nonnull(row.key);
	ck_assert_str_eq(row.key->line, "undo");
	ck_assert(help_key(&h, &s, TK_DOWN, &row) == HELP_OPEN);
	ck_assert(help_key(&h, &s, TK_ENTER, &row) == HELP_RUN);
	ck_assert_ptr_nonnull(row.cmd);
	ck_assert_str_eq(row.cmd->name, "undo");
	ck_assert(help_key(&h, &s, TK_ESC, &row) == HELP_LEFT);
}
END_TEST

START_TEST(letters_search_the_help_and_never_leave_it)
{
	struct help h = {.open = true};
	struct help_row row;
	struct screen s;

	screen_start(&s, lab);
	for (char k = ' '; k < 127; k++)
		ck_assert((help_key(&h, &s, k, &row) == HELP_LEFT) ==
			  (k == '?'));
	h = (struct help){.open = true};
	for (const char *k = "q"; *k; k++)
		ck_assert(help_key(&h, &s, *k, &row) == HELP_OPEN);
	ck_assert_str_eq(h.search, "q");
	h = (struct help){.open = true};
	for (const char *k = "/tab/"; *k; k++) /* out of habit */
		ck_assert(help_key(&h, &s, *k, &row) == HELP_OPEN);
	ck_assert_str_eq(h.search, "tab/");
	ck_assert(help_key(&h, &s, TK_F1, &row) == HELP_LEFT);
}
END_TEST

Suite *check_views_suite(void);

Suite *check_views_suite(void)
{
	Suite *s = suite_create("tui/views");
	TCase *t = tcase_create("views");

	tcase_add_checked_fixture(t, given_lab, forget_lab);
	tcase_add_test(t, the_opening_scene);
	tcase_add_test(t, a_fresh_world);
	tcase_add_test(t, a_split_is_marked);
	tcase_add_test(t, a_large_world_by_pageblocks);
	tcase_add_test(t, a_number_is_shown_whole_or_not_at_all);
	tcase_add_test(t, zones_frames_and_holes);
	tcase_add_test(t, the_cursor_tells_about_a_frame);
	tcase_add_test(t, the_cursor_leaves_the_marks);
	tcase_add_test(t, nothing_moves_when_the_cursor_comes_out);
	tcase_add_test(t, marks_have_their_rows_before_compaction_begins);
	tcase_add_test(t, a_chosen_view_does_not_make_way);
	tcase_add_test(t, the_present_event_is_told_once);
	tcase_add_test(t, an_answer_may_have_the_row_that_the_event_leaves);
	tcase_add_test(t, output_fills_its_pane);
	tcase_add_test(t, every_size_can_be_drawn);
	tcase_add_test(t, every_world_can_be_drawn);
	tcase_add_test(t, drawing_changes_nothing);
	tcase_add_test(t, help_finds_what_is_typed);
	tcase_add_test(t, letters_search_the_help_and_never_leave_it);
	suite_add_tcase(s, t);
	return s;
}
