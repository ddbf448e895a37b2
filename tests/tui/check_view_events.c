/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events with their reasons: all, those of a filter, and the next one sought.
 */
#include <check.h>

#include "support/screens.h"
#include "support/viewed.h"

/* Pages of two types in one pageblock: a fallback, splits, merges. */
static void some_events(void)
{
	run("alloc order=0 type=M count=200 name=files");
	run("free files every=2");
	run("drain");
	run("alloc order=3 name=buffer");
	run("free buffer");
	run("until event=buddy_split back=on");
	given_view(&s, lab, VIEW_EVENTS);
}

START_TEST(all_events_and_the_reason_of_one)
{
	some_events();
	s.depth = EXPLAIN_KERNEL;
	then_view(&s, "events-all");
}
END_TEST

START_TEST(a_filter_shows_only_those)
{
	some_events();
	ck_assert(screen_filter(&s, "split").kind == REPLY_DONE);
	then_view(&s, "events-filter");
	ck_assert(screen_filter(&s, "qwertz").kind == REPLY_SAY);
	ck_assert_str_eq(s.view[VIEW_EVENTS].filter, "split");
	ck_assert(screen_filter(&s, "").kind == REPLY_DONE);
	ck_assert_str_eq(s.view[VIEW_EVENTS].filter, "");
}
END_TEST

/* The next one ahead, then those from the start on. */
START_TEST(slash_goes_to_the_next_one)
{
	const struct mm *mm;
	uint64_t first;
	struct reply r;

	some_events();
	mm = lab_mm(lab);
	run("goto 0");
	r = screen_find(&s, "buddy_split");
	ck_assert(r.kind == REPLY_RUN);
	run(r.line);
	first = mm_now(mm);
	ck_assert_uint_eq(mm_event(mm, first)->type, EV_buddy_split);
	r = screen_find(&s, "buddy_split");
	run(r.line);
	ck_assert_uint_gt(mm_now(mm), first);
	run("finish");
	for (int i = 0; i < 3000 && mm_now(mm) != first; i++) {
		r = screen_find(&s, "buddy_split");
		ck_assert(r.kind == REPLY_RUN);
		run(r.line);
	}
	ck_assert_uint_eq(mm_now(mm), first);
	ck_assert(screen_find(&s, "qwertz").kind == REPLY_SAY);
}
END_TEST

START_TEST(a_click_goes_to_what_is_shown_there)
{
	struct reply r;

	some_events();
	ck_assert(screen_filter(&s, "split").kind == REPLY_DONE);
	layout(&s, 24, 80);
	r = screen_click(&s, s.rect[VIEW_EVENTS].row, 10);
	ck_assert(r.kind == REPLY_RUN);
	run(r.line);
	ck_assert_uint_eq(mm_event(lab_mm(lab), mm_now(lab_mm(lab)))->type,
			  EV_buddy_split);
}
END_TEST

START_TEST(every_size_can_be_drawn)
{
	some_events();
	ck_assert(screen_filter(&s, "list zone=Normal").kind == REPLY_DONE);
	for (int rows = 6; rows < 60; rows += 3)
		for (int cols = 24; cols < 200; cols += 7) {
			struct canvas c;

			s.view[VIEW_EVENTS].scroll = cols - 100;
			ck_assert(canvas_open(&c, rows, cols));
			layout(&s, rows, cols);
			screen_draw(&s, &c);
			canvas_close(&c);
		}
}
END_TEST

Suite *check_view_events_suite(void);

Suite *check_view_events_suite(void)
{
	Suite *suite = suite_create("tui/view_events");
	TCase *t = tcase_create("events");

	tcase_add_checked_fixture(t, given_lab, forget_lab);
	tcase_add_test(t, all_events_and_the_reason_of_one);
	tcase_add_test(t, a_filter_shows_only_those);
	tcase_add_test(t, slash_goes_to_the_next_one);
	tcase_add_test(t, a_click_goes_to_what_is_shown_there);
	tcase_add_test(t, every_size_can_be_drawn);
	suite_add_tcase(suite, t);
	return suite;
}
