/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Free lists: counts and the lists themselves, what a step changed in both.
 */
#include <check.h>
#include <string.h>

#include "support/screens.h"
#include "support/viewed.h"

/* Long lists of order 0, and a block on its way to one. */
static void broken_up(void)
{
	run("alloc order=0 type=M count=150 name=files");
	run("alloc order=1 type=U count=20 name=kernel");
	run("free files every=2");
	run("free kernel every=2");
	run("drain");
	run("until event=list_add back=on");
	given_view(&s, lab, VIEW_BUDDY);
}

START_TEST(lists_with_their_frames)
{
	broken_up();
	then_view(&s, "lists-broken");
}
END_TEST

/* The list is named, its count and the frame are in brackets. */
START_TEST(what_a_step_changed_is_in_brackets)
{
	const struct mm_event *ev;
	char frame[24], list[24];

	broken_up();
	ev = mm_event(lab_mm(lab), mm_now(lab_mm(lab)));
	ck_assert_uint_eq(ev->type, EV_list_add);
	snprintf(frame, sizeof frame, "[%u]", (pfn_t)ev->arg[0]);
	snprintf(list, sizeof list, "%c[%d] head>",
		 mm_migratetype_letter((enum migratetype)ev->arg[2]),
		 ev->arg[1]);
	shows_at(40, 120, frame);
	shows_at(40, 120, list);
}
END_TEST

/* Without room for all, what has got a block comes before what has none. */
START_TEST(the_one_list_there_is_room_for_has_blocks)
{
	const char *text;

	run("world new tiny seed=1 pcp=off");
	run("alloc order=0 name=a");
	run("free a");
	given_view(&s, lab, VIEW_BUDDY);
	s.from = 0;
	text = drawn_at(10, 80);
	ck_assert_msg(strstr(text, "head>") != NULL, "%s", text);
	ck_assert_ptr_null(strstr(text, "empty"));
	text = drawn_at(30, 80); /* and with room in their order */
	ck_assert_ptr_nonnull(strstr(text, "empty"));
	ck_assert(strstr(text, "U[0]") < strstr(text, "U[5]"));
	ck_assert(strstr(text, "U[5]") < strstr(text, "M[5]"));
}
END_TEST

/* With room for it no list is cut; each frame of it is there once. */
START_TEST(a_list_takes_the_rows_there_are)
{
	const struct mm *mm;
	const char *text;

	broken_up();
	mm = lab_mm(lab);
	text = drawn_at(50, 200);
	for (pfn_t p = mm_list_first(mm, s.zone, 0, MIGRATE_MOVABLE);
	     p != NO_PFN; p = mm_list_next(mm, 0, p)) {
		char word[16];

		snprintf(word, sizeof word, " %u", p);
		ck_assert_msg(strstr(text, word) != NULL, "no%s in\n%s", word,
			      text);
	}
}
END_TEST

START_TEST(every_size_can_be_drawn)
{
	broken_up();
	for (int rows = 6; rows < 60; rows += 3)
		for (int cols = 24; cols < 200; cols += 7) {
			s.view[VIEW_BUDDY].scroll = cols % 3;
			drawn_at(rows, cols);
		}
}
END_TEST

Suite *check_view_buddy_suite(void);

Suite *check_view_buddy_suite(void)
{
	Suite *suite = suite_create("tui/view_buddy");
	TCase *t = tcase_create("buddy");

	tcase_add_checked_fixture(t, given_lab, forget_lab);
	tcase_add_test(t, lists_with_their_frames);
	tcase_add_test(t, what_a_step_changed_is_in_brackets);
	tcase_add_test(t, the_one_list_there_is_room_for_has_blocks);
	tcase_add_test(t, a_list_takes_the_rows_there_are);
	tcase_add_test(t, every_size_can_be_drawn);
	suite_add_tcase(suite, t);
	return suite;
}
