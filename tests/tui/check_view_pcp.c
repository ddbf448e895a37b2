/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Per-CPU lists: what each CPU holds, what a step changed, one CPU in full.
 */
#include <check.h>

#include "support/screens.h"
#include "support/viewed.h"

START_TEST(a_world_of_one_cpu)
{
	run("alloc order=0 count=9 type=M name=a");
	run("alloc order=1 count=2 name=b");
	run("free a every=3");
	given_view(&s, lab, VIEW_PCP);
	then_view(&s, "pcp-tiny");
}
END_TEST

START_TEST(four_cpus_and_a_refill)
{
	run("world new classroom cpus=4");
	for (int cpu = 0; cpu < 3; cpu++) {
		char line[80];

		snprintf(line, sizeof line,
			 "alloc order=0 count=%d type=M cpu=%d name=c%d",
			 20 + 30 * cpu, cpu, cpu);
		run(line);
	}
	run("alloc order=2 count=1 cpu=2 name=d");
	run("until event=pcp_refill back=on");
	given_view(&s, lab, VIEW_PCP);
	then_view(&s, "pcp-refill");
}
END_TEST

/* The event's own CPU, until another is chosen. */
START_TEST(a_cpu_can_be_chosen)
{
	run("world new classroom cpus=4");
	run("alloc order=0 cpu=2");
	given_view(&s, lab, VIEW_PCP);
	ck_assert_int_eq(s.view[VIEW_PCP].cursor, 0);
	type_keys(&s, "}");
	ck_assert_int_eq(s.view[VIEW_PCP].cursor, 4);
	type_keys(&s, "}");
	ck_assert_int_eq(s.view[VIEW_PCP].cursor, 1);
	type_keys(&s, "{{");
	ck_assert_int_eq(s.view[VIEW_PCP].cursor, 3);
}
END_TEST

/* The lists an event names, and those a flush went over. */
START_TEST(changed_lists_are_known)
{
	struct changes ch;

	run("alloc order=0 count=4 type=M name=a");
	given_view(&s, lab, VIEW_PCP);
	run("free a");
	s.from = mm_now(lab_mm(lab)) - 1;
	run("until event=pcp_put back=on");
	s.from = mm_now(lab_mm(lab)) - 1;
	changes_read(&s, lab_mm(lab), &ch);
	ck_assert_uint_eq(ch.pcp[0], 1u << MIGRATE_MOVABLE);
	ck_assert_uint_eq(ch.pcp[1], 0);
	run("goto 0");
	s.from = 0;
	changes_read(&s, lab_mm(lab), &ch);
	ck_assert_uint_eq(ch.pcp[0], 0);
}
END_TEST

START_TEST(every_size_and_world_can_be_drawn)
{
	static const char *const worlds[] = {"world new tiny",
					     "world new classroom cpus=64",
					     "world new laptop"};

	for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++) {
		run(worlds[i]);
		given_view(&s, lab, VIEW_PCP);
		for (int rows = 6; rows < 80; rows += 5)
			for (int cols = 24; cols < 200; cols += 13) {
				struct canvas c;

				ck_assert(canvas_open(&c, rows, cols));
				layout(&s, rows, cols);
				screen_draw(&s, &c);
				canvas_close(&c);
			}
	}
}
END_TEST

Suite *check_view_pcp_suite(void);

Suite *check_view_pcp_suite(void)
{
	Suite *suite = suite_create("tui/view_pcp");
	TCase *t = tcase_create("pcp");

	tcase_add_checked_fixture(t, given_lab, forget_lab);
	tcase_add_test(t, a_world_of_one_cpu);
	tcase_add_test(t, four_cpus_and_a_refill);
	tcase_add_test(t, a_cpu_can_be_chosen);
	tcase_add_test(t, changed_lists_are_known);
	tcase_add_test(t, every_size_and_world_can_be_drawn);
	suite_add_tcase(suite, t);
	return suite;
}
