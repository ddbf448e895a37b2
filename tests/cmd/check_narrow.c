/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_narrow.c - tables set closer for a narrow pane
 */
#include "say.h"

#include <stdlib.h>
#include <string.h>

Suite *check_narrow_suite(void);

static void set(const char *text, int cols, const char *expected)
{
	char *narrow = narrow_tables(text, cols);

	ck_assert_ptr_nonnull(narrow);
	ck_assert_str_eq(narrow, expected);
	free(narrow);
}

START_TEST(columns_stay_below_each_other)
{
	set("Node 0, zone      DMA      0      1      3\n"
	    "Node 0, zone    DMA32   1203      6      .\n",
	    40,
	    "Node 0, zone DMA      0 1 3\n"
	    "Node 0, zone DMA32 1203 6 .\n");
}
END_TEST

/* Its names end where the numbers end, or close to it. */
START_TEST(a_heading_goes_with_its_table)
{
	set("Number of blocks   Unmovable     Movable     Isolate \n"
	    "Node 0, zone                1          33           0\n",
	    48,
	    "Number of blocks Unmovable Movable Isolate\n"
	    "Node 0, zone             1      33       0\n");
}
END_TEST

START_TEST(other_lines_stay_as_they_are)
{
	set("a sentence  with 3 words\n"
	    "\n"
	    "  x       1      2      3\n"
	    "and more than would ever fit into it\n",
	    20,
	    "a sentence  with 3 words\n"
	    "\n"
	    "  x 1 2 3\n"
	    "and more than would ever fit into it\n");
}
END_TEST

START_TEST(what_fits_is_not_touched)
{
	const char *text = "x      1      2      3\n";

	ck_assert_ptr_null(narrow_tables(text, 22));
	ck_assert_ptr_null(narrow_tables("", 22));
	ck_assert_ptr_null(narrow_tables("too wide, but no table\n", 5));
	set(text, 21, "x 1 2 3\n");
	set(text, 0, "x 1 2 3\n");
}
END_TEST

/* The last line of an output may lack its end. */
START_TEST(a_text_may_end_anywhere)
{
	set("x      1      2      3", 9, "x 1 2 3\n");
	set("      1      2      3\ny", 9, " 1 2 3\ny");
}
END_TEST

/* The kernel's own tables in the narrowest layout of several panes. */
START_TEST(the_kernels_tables_fit_the_lecture)
{
	static const char *const shows[] = {"show buddyinfo",
					    "show pagetypeinfo"};
	struct lab *lab = lab_create();
	struct out *out = out_buffer();

	ck_assert(lab && out);
	runs(lab, "world new classroom");
	for (size_t i = 0; i < 2; i++) {
		char *narrow;

		out_clear(out);
		ck_assert(lab_run(lab, shows[i], out) == CMD_OK);
		narrow = narrow_tables(out_string(out), 65);
		ck_assert_ptr_nonnull(narrow);
		for (char *s = narrow; *s; s += strcspn(s, "\n") + 1)
			ck_assert_msg(strcspn(s, "\n") <= 74, "%s", s);
		free(narrow);
	}
	out_free(out);
	lab_destroy(lab);
}
END_TEST

Suite *check_narrow_suite(void)
{
	Suite *suite = suite_create("cmd/narrow");
	TCase *t = tcase_create("narrow");

	tcase_add_test(t, columns_stay_below_each_other);
	tcase_add_test(t, a_heading_goes_with_its_table);
	tcase_add_test(t, other_lines_stay_as_they_are);
	tcase_add_test(t, what_fits_is_not_touched);
	tcase_add_test(t, a_text_may_end_anywhere);
	tcase_add_test(t, the_kernels_tables_fit_the_lecture);
	suite_add_tcase(suite, t);
	return suite;
}
