/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tasks and the slow path's ladder: "you are here" while a request climbs it,
 * direct or of a task; who compacts, and what waits for what.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "support/screens.h"
#include "support/viewed.h"
#include "tui/chart.h"

static void says(const char *words)
{
	shows_at(24, 80, words);
}

/* Files and anonymous memory of one process, more than there is. */
static void fill(void)
{
	run("swap on pages=64");
	run("task new web");
	run("task file web 150");
	run("task anon web 80");
}

START_TEST(at_rest)
{
	fill();
	given_view(&s, lab, VIEW_TASKS);
	says("web: nothing in hand");
	then_view(&s, "tasks-rest");
}
END_TEST

START_TEST(in_direct_reclaim)
{
	fill();
	run("alloc order=0 count=40 name=a");
	run("until event=mm_vmscan_direct_reclaim_begin back=on");
	run("step");
	given_view(&s, lab, VIEW_TASKS);
	says("=> direct reclaim");
	then_view(&s, "tasks-reclaim");
}
END_TEST

/* Every second frame is free, and a request needs 32 in a row. */
static void need_compaction(void)
{
	run("world new tiny seed=1 pcp=off");
	run("alloc order=0 count=240 type=M name=a");
	run("free a every=2");
	run("alloc order=5 name=big");
	run("until event=compact_target back=on");
}

START_TEST(in_direct_compaction)
{
	need_compaction();
	given_view(&s, lab, VIEW_TASKS);
	says("=> direct compaction");
	says("scanners: sources at");
	then_view(&s, "tasks-compaction");
}
END_TEST

/* By hand, quantum by quantum: the daemons wait for their turn. */
START_TEST(a_task_waits)
{
	fill();
	run("schedule manual");
	run("task anon web 40");
	run("run web 30");
	given_view(&s, lab, VIEW_TASKS);
	then_view(&s, "tasks-manual");
}
END_TEST

START_TEST(a_task_can_be_chosen)
{
	fill();
	given_view(&s, lab, VIEW_TASKS);
	type_keys(&s, "}");
	says("> kswapd0");
	says("kswapd0: sleeps");
	type_keys(&s, "}");
	says("> kcompactd0");
	type_keys(&s, "{{");
	says("> web");
	type_keys(&s, "{.");
	says("> web");
	ck_assert_int_eq(s.view[VIEW_TASKS].cursor, 0);
}
END_TEST

/* Every rung but "no request" has its row; names are all there. */
START_TEST(every_rung_has_a_row)
{
	const struct chart compaction = chart_of_compaction(COMPACT_AT_MOVE);

	ck_assert_int_eq(chart_row_of_rung(RUNG_NONE), -1);
	for (int r = RUNG_FAST; r < NR_RUNGS; r++) {
		const struct chart c = chart_of_ladder((enum mm_rung)r);

		ck_assert_int_ge(c.at, 0);
		ck_assert_str_eq(c.row[c.at].name,
				 mm_rung_name((enum mm_rung)r));
	}
	ck_assert_int_ge(compaction.at, 0);
	for (int at = COMPACT_AT_START; at < NR_COMPACT_AT; at++)
		ck_assert_int_ge(chart_of_compaction((enum mm_compact_at)at).at,
				 0);
}
END_TEST

/* However few rows there are, the one we are in is among them. */
START_TEST(you_are_here_is_always_seen)
{
	for (int rows = 1; rows < 14; rows++)
		for (int r = RUNG_FAST; r < NR_RUNGS; r++) {
			const struct chart chart =
				chart_of_ladder((enum mm_rung)r);
			struct canvas c;
			char *text;

			ck_assert(canvas_open(&c, rows, 40));
			chart_draw(&chart, 0, rows, &c);
			text = canvas_to_text(&c);
			ck_assert_ptr_nonnull(strstr(text, "=>"));
			free(text);
			canvas_close(&c);
		}
}
END_TEST

START_TEST(every_size_can_be_drawn)
{
	need_compaction();
	given_view(&s, lab, VIEW_TASKS);
	for (int rows = 6; rows < 60; rows += 3)
		for (int cols = 24; cols < 200; cols += 7) {
			struct canvas c;

			ck_assert(canvas_open(&c, rows, cols));
			layout(&s, rows, cols);
			screen_draw(&s, &c);
			canvas_close(&c);
		}
}
END_TEST

Suite *check_view_tasks_suite(void);

Suite *check_view_tasks_suite(void)
{
	Suite *suite = suite_create("tui/view_tasks");
	TCase *t = tcase_create("tasks");

	tcase_add_checked_fixture(t, given_lab, forget_lab);
	tcase_add_test(t, at_rest);
	tcase_add_test(t, in_direct_reclaim);
	tcase_add_test(t, in_direct_compaction);
	tcase_add_test(t, a_task_waits);
	tcase_add_test(t, a_task_can_be_chosen);
	tcase_add_test(t, every_rung_has_a_row);
	tcase_add_test(t, you_are_here_is_always_seen);
	tcase_add_test(t, every_size_can_be_drawn);
	suite_add_tcase(suite, t);
	return suite;
}
