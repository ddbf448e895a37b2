/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_view_time.c - what lies in time: the time line, figures, two worlds
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "support/screens.h"
#include "tui/map.h"

Suite *check_view_time_suite(void);

static struct lab *lab;
static struct out *out;
static struct screen s;

static void run(const char *line)
{
	ck_assert_msg(lab_run(lab, line, out) == CMD_OK, "%s: %s", line,
		      out_string(out));
}

static void setup(void)
{
	lab = lab_create();
	out = out_buffer();
	ck_assert(lab && out);
	run("world new tiny pcp=off seed=1");
	screen_start(&s, lab);
}

static void teardown(void)
{
	out_free(out);
	lab_destroy(lab);
}

/* Fragmented, so that U must take from M. */
static void session(void)
{
	run("alloc type=M count=200 name=m");
	run("free m every=3");
	run("alloc type=U count=60");
	run("compact");
	run("alloc order=4");
	screen_enter(&s);
}

static void alone(enum view_id view, const char *name)
{
	s.focus = view;
	then_view(&s, name);
}

START_TEST(the_time_line_marks_what_turned)
{
	session();
	alone(VIEW_TIME, "time");
	run("undo 3");
	then_drawn(&s, "time-undone-44x13", 13, 44);
	run("step 5");
	then_drawn(&s, "time-inside-66x20", 20, 66);
}
END_TEST

START_TEST(without_lines_it_says_so)
{
	s.focus = VIEW_TIME;
	s.zoomed = true;
	then_drawn(&s, "time-fresh-44x13", 13, 44);
}
END_TEST

START_TEST(many_lines_share_a_column)
{
	session();
	for (int i = 0; i < 90; i++)
		run(i == 70 ? "alloc order=5 gfp=GFP_ATOMIC" : "alloc order=0");
	run("undo 30");
	s.focus = VIEW_TIME;
	s.zoomed = true;
	then_drawn(&s, "time-many-44x13", 13, 44);
}
END_TEST

/* A click on the bar, and on a row of the list, go to a line's end. */
START_TEST(a_click_goes_to_a_line)
{
	const struct mm *mm;
	struct reply to;
	struct mm_op o;
	char line[40];

	session();
	mm = lab_mm(lab);
	s.focus = VIEW_TIME;
	s.zoomed = true;
	layout(&s, 24, 80);
	ck_assert_int_eq(mm_op(mm, 1, &o), 0);
	snprintf(line, sizeof line, "goto %d", (int)o.last);
	to = view_time.click(&s, mm, 0, 1);
	ck_assert_int_eq(to.kind, REPLY_RUN);
	ck_assert_str_eq(to.line, line);
	to = view_time.click(&s, mm, 2 + 1, 5);
	ck_assert_str_eq(to.line, line);
	to = view_time.click(&s, mm, 20, 5);
	ck_assert_int_eq(to.kind, REPLY_DONE);
}
END_TEST

START_TEST(keys_jump_from_mark_to_mark)
{
	const struct mm *mm;
	struct reply to;
	unsigned int marks = 0;

	session();
	run("goto 0");
	mm = lab_mm(lab);
	while ((to = view_time.key(&s, mm, '}')).kind == REPLY_RUN) {
		run(to.line);
		marks++;
		if (marks == 1)
			ck_assert_int_eq(mm_event(mm, mm_now(mm))->type,
					 EV_mm_page_alloc_extfrag);
		ck_assert_uint_lt(marks, 1000);
	}
	ck_assert_uint_gt(marks, 1);
	while ((to = view_time.key(&s, mm, '{')).kind == REPLY_RUN) {
		run(to.line);
		marks--;
	}
	/* the last one is where we stood: not counted on the way back */
	ck_assert_uint_eq(marks, 1);
}
END_TEST

START_TEST(figures_are_drawn_line_by_line)
{
	alone(VIEW_FIGURES, "figures-none");
	run("plot free");
	run("plot Normal.unusable_index.4");
	session();
	alone(VIEW_FIGURES, "figures");
	run("undo 3");
	then_drawn(&s, "figures-undone-66x20", 20, 66);
}
END_TEST

START_TEST(two_worlds_stand_cell_under_cell)
{
	alone(VIEW_COMPARE, "compare-none");
	session();
	run("fork before");
	alone(VIEW_COMPARE, "compare-same");
	run("free m every=2");
	alone(VIEW_COMPARE, "compare");
	s.frames = false;
	alone(VIEW_COMPARE, "compare-blocks");
	map_set_zoom(&s, ZOOM_BLOCK);
	alone(VIEW_COMPARE, "compare-parts");
	run("era diff");
	ck_assert_int_eq(view_compare.key(&s, lab_mm(lab), 'w').kind,
			 REPLY_DONE);
	map_set_zoom(&s, ZOOM_FRAME);
	then_drawn(&s, "compare-eras-80x24", 24, 80);
	run(view_compare.key(&s, lab_mm(lab), 'x').line);
	ck_assert_str_eq(lab_fork_name(lab), "linux-7.3");
}
END_TEST

START_TEST(other_layouts_are_not_compared)
{
	run("fork before");
	run("world new tiny pages=64");
	screen_enter(&s);
	s.focus = VIEW_COMPARE;
	s.zoomed = true;
	then_drawn(&s, "compare-layouts-44x13", 13, 44);
}
END_TEST

Suite *check_view_time_suite(void)
{
	Suite *suite = suite_create("tui/view_time");
	TCase *tc = tcase_create("view_time");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_time_line_marks_what_turned);
	tcase_add_test(tc, without_lines_it_says_so);
	tcase_add_test(tc, many_lines_share_a_column);
	tcase_add_test(tc, a_click_goes_to_a_line);
	tcase_add_test(tc, keys_jump_from_mark_to_mark);
	tcase_add_test(tc, figures_are_drawn_line_by_line);
	tcase_add_test(tc, two_worlds_stand_cell_under_cell);
	tcase_add_test(tc, other_layouts_are_not_compared);
	suite_add_tcase(suite, tc);
	return suite;
}
