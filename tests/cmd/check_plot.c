/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_plot.c - figures over time
 */
#include "tiny.h"

Suite *check_plot_suite(void);

START_TEST(a_figure_is_read_after_each_line)
{
	runs(lab, "plot free; alloc order=3; alloc order=0 count=2; drain");
	says(lab, "show plot", CMD_OK,
	     "lines,free\n0,256\n1,248\n2,246\n3,246\n");
}
END_TEST

/* What was run before it was asked for is read off the tape. */
START_TEST(what_came_before_is_read_too)
{
	runs(lab, "alloc order=3; alloc order=0 count=2");
	const uint64_t h = hash(lab);

	runs(lab, "plot free");
	ck_assert_uint_eq(hash(lab), h);
	says(lab, "show plot", CMD_OK, "lines,free\n0,256\n1,248\n2,246\n");
}
END_TEST

START_TEST(another_future_replaces_the_values)
{
	runs(lab, "plot free; alloc order=3; alloc order=4; undo; fork b");
	/* an undone line is still ahead */
	says(lab, "show plot", CMD_OK, "lines,free\n0,256\n1,248\n2,232\n");
	runs(lab, "alloc order=0");
	says(lab, "show plot", CMD_OK, "lines,free\n0,256\n1,248\n2,247\n");
	runs(lab, "switch b");
	says(lab, "show plot", CMD_OK, "lines,free\n0,256\n1,248\n2,232\n");
	runs(lab, "world new tiny pages=64");
	says(lab, "show plot", CMD_OK, "lines,free\n0,64\n");
	runs(lab, "undo");
	says(lab, "show plot", CMD_OK, "lines,free\n0,256\n1,248\n");
}
END_TEST

START_TEST(plot_draws_a_column_a_line)
{
	says(lab, "plot free", CMD_OK,
	     "free, pages, after 0 to 0 lines\n         256 throughout\n");
	runs(lab, "alloc order=4; alloc order=4; alloc order=5");
	says(lab, "plot free", CMD_OK,
	     "free, pages, after 0 to 3 lines\n"
	     "         256 |#\n"
	     "             |#\n"
	     "             |##\n"
	     "             |##\n"
	     "             |###\n"
	     "             |###\n"
	     "             |###\n"
	     "         192 |####\n");
}
END_TEST

START_TEST(plots_that_make_no_sense_are_refused)
{
	says(lab, "plot", CMD_OK, "nothing is plotted; try `plot free`\n");
	says(lab, "show plot", CMD_OK, "nothing is plotted; try `plot free`\n");
	says(lab, "plot *", CMD_USAGE, "plot: *: expected one figure\n");
	says(lab, "unplot free", CMD_USAGE,
	     "unplot: free: is not plotted; `plot` draws those that are\n");
	runs(lab, "plot free; plot pgalloc; plot pgfree; plot Normal.boost");
	runs(lab, "plot Normal.pcp; plot Normal.free");
	says(lab, "plot Normal.managed", CMD_USAGE,
	     "plot: there are 6 already; `unplot FIGURE` takes one away\n");
	runs(lab, "plot free; unplot; unplot");
}
END_TEST

Suite *check_plot_suite(void)
{
	Suite *s = suite_create("cmd/plot");
	TCase *tc = tcase_create("plot");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_figure_is_read_after_each_line);
	tcase_add_test(tc, what_came_before_is_read_too);
	tcase_add_test(tc, another_future_replaces_the_values);
	tcase_add_test(tc, plot_draws_a_column_a_line);
	tcase_add_test(tc, plots_that_make_no_sense_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
