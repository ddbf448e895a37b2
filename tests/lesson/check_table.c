/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_table.c - tables are read, and fit into any width
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/sheet.h"
#include "lesson/table.h"

Suite *check_table_suite(void);

#define ORDERS                                                                 \
	"| order | frames | what for |\n"                                      \
	"|:-----:|-------:|---|\n"                                             \
	"| 0 | 1 | a \\| b |\n"                                                \
	"| 10 | 1024 |"

static char drawn[4000];
static unsigned int widest;

static void draw(void *arg, enum lesson_line_kind kind, const char *text)
{
	(void)arg;
	(void)kind;
	if (strlen(text) > widest)
		widest = (unsigned int)strlen(text);
	strcat(drawn, text);
	strcat(drawn, "\n");
}

static void draws(const char *source, unsigned int width, const char *text)
{
	char why[160];
	size_t line;
	struct table *t = table_read(source, &line, why, sizeof why);

	ck_assert_msg(t != NULL, "%s", why);
	drawn[0] = '\0';
	widest = 0;
	table_wrap(t, width, draw, NULL);
	ck_assert_str_eq(drawn, text);
	ck_assert_uint_le(widest, width);
	table_free(t);
}

static void refuses(const char *source, size_t at, const char *text)
{
	char why[160];
	size_t line;

	ck_assert_ptr_null(table_read(source, &line, why, sizeof why));
	ck_assert_uint_eq(line, at);
	ck_assert_msg(strstr(why, text) != NULL, "%s", why);
}

START_TEST(a_row_of_dashes_makes_a_table)
{
	ck_assert_uint_eq(table_at(ORDERS), 1);
	ck_assert_uint_eq(table_at("a | b\n--|--"), 1);
	ck_assert_uint_eq(table_at("Text.\n|a|\n|-|\n|b|"), 2);
	ck_assert_uint_eq(table_at("Text with a | bar,\nin two lines."), 0);
	ck_assert_uint_eq(table_at("|a|"), 0);
	ck_assert_uint_eq(table_at("a\n|-|"), 0);
	ck_assert_uint_eq(table_at(""), 0);
}
END_TEST

START_TEST(columns_stand_side_by_side)
{
	draws(ORDERS, 64,
	      "order  frames  what for\n"
	      "-----  ------  --------\n"
	      "  0         1  a | b\n"
	      " 10      1024\n");
	draws("a|b\n-|-", 64, "a  b\n-  -\n");
}
END_TEST

START_TEST(long_cells_are_broken_at_blanks)
{
	draws("|n|text|\n|-|-|\n|1|some words and some more|", 20,
	      "n  text\n"
	      "-  -----------------\n"
	      "1  some words and\n"
	      "   some more\n");
}
END_TEST

START_TEST(without_room_a_row_is_text)
{
	draws("|one long head|another head|\n|-|-|\n|first value|2nd value|",
	      20,
	      "- one long head:\n"
	      "  first value;\n"
	      "  another head: 2nd\n"
	      "  value\n");
}
END_TEST

START_TEST(what_does_not_fit_together_is_told)
{
	static char many[3000] = "|a|\n|-|\n";

	refuses("|a|b|\n|-|", 1, "has 2 cells, the row of dashes 1");
	refuses("|a|\n|-|\n|b|\n|c|d|", 3, "has 2 cells; expected at most 1");
	refuses("|a|a|a|a|a|a|a|a|a|a|a|a|a|\n|-|", 0, "at most 12");
	for (int i = 0; i < TABLE_ROWS; i++)
		strcat(many, "|x|\n");
	refuses(many, 0, "at most 12 and 100");
}
END_TEST

START_TEST(in_html_it_is_a_table)
{
	char *html = markdown_to_html("Before.\n\n" ORDERS "\n\n"
				      "<b>After</b>\n");

	ck_assert_ptr_nonnull(strstr(html, "<p>Before.</p>\n<table>\n<tr>"
					   "<th style=\"text-align: center\">"
					   "order</th>"));
	ck_assert_ptr_nonnull(strstr(html, ">a | b</td></tr>"));
	ck_assert_ptr_null(strstr(html, "<b>"));
	free(html);
	html = markdown_to_html("|a|\n|-|\n|<script>x</script> & *y*|\n|- z|");
	ck_assert_ptr_null(strstr(html, "<script"));
	ck_assert_ptr_nonnull(strstr(html, "&amp; <em>y</em>"));
	ck_assert_ptr_nonnull(strstr(html, ">- z</td>"));
	free(html);
}
END_TEST

Suite *check_table_suite(void)
{
	Suite *s = suite_create("lesson/table");
	TCase *tc = tcase_create("table");

	tcase_add_test(tc, a_row_of_dashes_makes_a_table);
	tcase_add_test(tc, columns_stand_side_by_side);
	tcase_add_test(tc, long_cells_are_broken_at_blanks);
	tcase_add_test(tc, without_room_a_row_is_text);
	tcase_add_test(tc, what_does_not_fit_together_is_told);
	tcase_add_test(tc, in_html_it_is_a_table);
	suite_add_tcase(s, tc);
	return s;
}
