/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_stop.c - until, break, watch, continue: where on the tape to stop
 *
 *	world   |0 . . . . . . .|16 ...   one free block of order 5 each
 *	alloc    takes 0, splits down:  halves at 16, 8, 4, 2, 1 go back
 */
#include "tiny.h"

Suite *check_stop_suite(void);

static const struct mm_event *here(void)
{
	const struct mm *mm = lab_mm(lab);

	return mm_event(mm, mm_now(mm));
}

START_TEST(until_goes_to_the_event_and_back_to_it)
{
	uint64_t second;

	runs(lab, "alloc order=0; goto 0; until event=buddy_split");
	ck_assert_int_eq(here()->type, EV_buddy_split);
	runs(lab, "until event=buddy_split");
	ck_assert_int_eq(here()->type, EV_buddy_split);
	second = mm_now(lab_mm(lab));
	runs(lab, "step 2; until event=buddy_spl?t back=on");
	ck_assert_uint_eq(mm_now(lab_mm(lab)), second);
	/* none is left before the first: stay */
	runs(lab, "until event=buddy_split back=on");
	says(lab, "until event=buddy_split back=on", CMD_OK,
	     "until: event=buddy_split: not before here\n");
}
END_TEST

START_TEST(until_stands_where_a_comparison_becomes_true)
{
	int64_t before;
	char line[60];

	/* the first one claims a pageblock: its pages are off the lists */
	runs(lab, "alloc order=0");
	before = figure(lab, "Normal.free");
	snprintf(line, sizeof line, "alloc order=0 count=5; goto %d",
		 (int)mm_now(lab_mm(lab)));
	runs(lab, line);
	says(lab, "until Normal.free > 1", CMD_OK,
	     "until: Normal.free > 1 holds here\n");
	for (int i = 1; i <= 5; i++) {
		snprintf(line, sizeof line, "until Normal.free == %d",
			 (int)before - i);
		runs(lab, line);
		ck_assert_int_eq(figure(lab, "Normal.free"), before - i);
		runs(lab, "back");
		ck_assert_int_eq(figure(lab, "Normal.free"), before - i + 1);
		runs(lab, "step");
	}
}
END_TEST

START_TEST(several_conditions_hold_at_once)
{
	runs(lab, "alloc order=0; goto 0; until event=buddy_split frame=31");
	ck_assert_int_eq(here()->type, EV_buddy_split);
	/* only the first split has frame 31 in it */
	says(lab, "until event=buddy_split frame=31", CMD_OK,
	     "until: event=buddy_split frame=31: not after here\n");
	runs(lab, "goto 0");
	says(lab, "until event=buddy_split Normal.free > 1000000", CMD_OK,
	     "until: Normal.free > 1000000 event=buddy_split: not after "
	     "here\n");
}
END_TEST

START_TEST(a_test_compares_what_an_expression_can_say)
{
	const struct mm *mm = lab_mm(lab);

	runs(lab, "alloc order=0; alloc order=0 count=5; goto 0");
	runs(lab, "until events(mm_page_alloc) == 3 && pages(init) == 0");
	mm = lab_mm(lab);
	ck_assert_int_eq(here()->type, EV_mm_page_alloc);
	ck_assert_uint_eq(event_count(mm, EV_mm_page_alloc, 0), 3);
	runs(lab, "continue; until events(mm_page_alloc) == 2 "
		  "event=mm_page_alloc back=on");
	ck_assert_uint_eq(event_count(mm, EV_mm_page_alloc, 0), 2);
	ck_assert_int_eq(here()->type, EV_mm_page_alloc);
	/* either side may be a figure; keys stand where one likes */
	runs(lab, "goto 0; until event=buddy_split free < managed frame=31");
	ck_assert_int_eq(here()->type, EV_buddy_split);
	runs(lab, "goto 0; watch events(buddy_split) > 1; continue");
	ck_assert_uint_eq(event_count(mm, EV_buddy_split, 0), 2);
}
END_TEST

START_TEST(a_break_shows_the_inside_of_a_line)
{
	const struct mm *mm;
	uint64_t after;

	runs(lab, "alloc order=0");
	after = mm_hash(lab_mm(lab));
	runs(lab, "undo; break event=buddy_split; alloc order=0");
	mm = lab_mm(lab);
	ck_assert_int_eq(here()->type, EV_buddy_split);
	ck_assert_uint_lt(mm_now(mm), mm_last_moment(mm));
	runs(lab, "delete; continue");
	ck_assert_uint_eq(mm_now(mm), mm_last_moment(mm));
	ck_assert_uint_eq(mm_hash(mm), after);
}
END_TEST

START_TEST(a_watch_stops_at_each_change)
{
	unsigned int stops = 0;
	char line[80];

	runs(lab, "alloc order=0");
	snprintf(line, sizeof line,
		 "alloc order=0 count=8; goto %d; watch Normal.free",
		 (int)mm_now(lab_mm(lab)));
	runs(lab, line);
	while (mm_now(lab_mm(lab)) < mm_last_moment(lab_mm(lab))) {
		const int64_t before = figure(lab, "Normal.free");

		runs(lab, "continue");
		stops += figure(lab, "Normal.free") != before;
	}
	ck_assert_uint_eq(stops, 8);
}
END_TEST

START_TEST(breaks_are_listed_and_deleted)
{
	says(lab, "break", CMD_OK, "no breaks; `help break` has examples\n");
	says(lab, "break frame=3 event=buddy_merge", CMD_OK,
	     "break 1: event=buddy_merge frame=3\n");
	says(lab, "watch Normal.boost", CMD_OK,
	     "watch 2: Normal.boost changes\n");
	says(lab, "delete 1; break", CMD_OK,
	     "deleted event=buddy_merge frame=3\nwatch 2: Normal.boost "
	     "changes\n");
	says(lab, "delete 1", CMD_USAGE,
	     "delete: 1: no such break; `break` lists them\n");
	for (int i = 1; i < 32; i++)
		runs(lab, "watch free");
	says(lab, "watch free", CMD_USAGE,
	     "watch: there are 32 already; `delete N` takes one away\n");
}
END_TEST

START_TEST(a_condition_that_makes_no_sense_is_refused)
{
	says(lab, "until", CMD_USAGE,
	     "until: until what?  Expected a test such as free < 10, "
	     "event= or frame=\n");
	says(lab, "break Normal.free", CMD_USAGE,
	     "break: Normal.free: compared with what?  Expected a test such "
	     "as free < 10\n");
	says(lab, "break *.free < 3", CMD_USAGE,
	     "break: at \"*.free < 3\": expected a figure, a number or a "
	     "function\n");
	says(lab, "until node0.Normal.fre < 3", CMD_USAGE,
	     "until: at \"node0.Normal.fre < 3\": node0.Normal.fre: no such "
	     "figure; did you mean \"node0.Normal.free\"?\n");
	says(lab, "until buddy_split", CMD_USAGE,
	     "until: buddy_split: an event; did you mean "
	     "\"event=buddy_split\"?\n");
	says(lab, "until buddy_split > 3", CMD_USAGE,
	     "until: at \"buddy_split > 3\": buddy_split: an event, no "
	     "figure; did you mean \"events(buddy_split)\"?\n");
	says(lab, "until free = 3", CMD_USAGE,
	     "until: at \"= 3\": \"=\" compares nothing; did you mean "
	     "\"==\"?\n");
	says(lab, "until free < 3 evnt=oom_kill", CMD_USAGE,
	     "until: evnt=: no such argument; did you mean \"event=\"?\n");
	says(lab, "until free < 3 event=oom_kill 4", CMD_USAGE,
	     "until: \"4\" is one word too many; did you mean \"frame=4\"?\n");
	says(lab, "break event=budy_split", CMD_USAGE,
	     "break: event=budy_split: expected the name of an event, * and ? "
	     "for the rest; did you mean \"buddy_split\"?\n");
	says(lab, "watch *", CMD_USAGE,
	     "watch: at \"*\": expected a figure, a number or a function\n");
}
END_TEST

Suite *check_stop_suite(void)
{
	Suite *s = suite_create("cmd/stop");
	TCase *tc = tcase_create("stop");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, until_goes_to_the_event_and_back_to_it);
	tcase_add_test(tc, until_stands_where_a_comparison_becomes_true);
	tcase_add_test(tc, several_conditions_hold_at_once);
	tcase_add_test(tc, a_test_compares_what_an_expression_can_say);
	tcase_add_test(tc, a_break_shows_the_inside_of_a_line);
	tcase_add_test(tc, a_watch_stops_at_each_change);
	tcase_add_test(tc, breaks_are_listed_and_deleted);
	tcase_add_test(tc, a_condition_that_makes_no_sense_is_refused);
	suite_add_tcase(s, tc);
	return s;
}
