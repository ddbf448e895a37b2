/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_expr.c - expressions: what they come to, and what is no expression
 */
#include "say.h"

Suite *check_expr_suite(void);

static struct lab *lab;

static void begin(void)
{
	lab = lab_create();
}

static void end(void)
{
	lab_destroy(lab);
}

static int64_t value(const char *text)
{
	struct expr_why why;
	struct expr *e = expr_parse(text, &why);
	int64_t v = -1;

	ck_assert_msg(e != NULL, "%s: %zu: %s", text, why.column, why.text);
	ck_assert_msg(expr_value(e, lab_mm(lab), 0, &v, &why), "%s: %s", text,
		      why.text);
	ck_assert_str_eq(expr_source(e), text);
	expr_free(e);
	return v;
}

/* Refused, when read or when valued: @text at @column, for a reason. */
static void refused(const char *text, size_t column, const char *reason)
{
	struct expr_why why;
	struct expr *e = expr_parse(text, &why);
	int64_t v;

	if (e)
		ck_assert_msg(!expr_value(e, lab_mm(lab), 0, &v, &why),
			      "%s is taken", text);
	ck_assert_msg(strstr(why.text, reason) != NULL, "%s: %s", text,
		      why.text);
	ck_assert_uint_eq(why.column, column);
	expr_free(e);
}

START_TEST(operators_bind_as_in_c)
{
	ck_assert_int_eq(value("1 + 2 * 3"), 7);
	ck_assert_int_eq(value("(1 + 2) * 3"), 9);
	ck_assert_int_eq(value("7 - 3 - 2"), 2);
	ck_assert_int_eq(value("-7 / 2"), -3);
	ck_assert_int_eq(value("7 % 4"), 3);
	ck_assert_int_eq(value("1 + 1 == 2 && 3 > 4 || 5 != 6"), 1);
	ck_assert_int_eq(value("0 && 1 || 0"), 0);
	ck_assert_int_eq(value("!(1 <= 2)"), 0);
	ck_assert_int_eq(value("!!5"), 1);
	ck_assert_int_eq(value("--5"), 5);
	ck_assert_int_eq(value("0x10+1"), 17);
	ck_assert_int_eq(value("9223372036854775807"), INT64_MAX);
}
END_TEST

START_TEST(figures_and_functions_are_read_from_the_world)
{
	runs(lab, "world new tiny pcp=off; alloc order=2 name=a count=2");
	ck_assert_int_eq(value("free"), 256 - 8);
	ck_assert_int_eq(value("node0.Normal.free + pages(a)"), 256);
	ck_assert_int_eq(value("blocks(a)"), 2);
	ck_assert_int_eq(value("order(pfn(a))"), 2);
	ck_assert_int_eq(value("head(pfn(a) + 3) == pfn(a)"), 1);
	ck_assert_int_eq(value("buddy(pfn(a), 2) == pfn(a, 1)"), 1);
	ck_assert_int_eq(value("is_used(pfn(a)) && !is_free(pfn(a))"), 1);
	ck_assert_int_eq(value("type(pfn(a)) == Unmovable"), 1);
	ck_assert_int_eq(value("Movable"), MIGRATE_MOVABLE);
	ck_assert_int_eq(value("zone(0)"), 0);
	ck_assert_int_eq(value("min(3, 4) + max(3, 4) + abs(-5)"), 12);
	ck_assert_int_eq(value("pages(nobody)"), 0);
	ck_assert_int_eq(value("alive(kswapd0) + alive(nobody)"), 1);
	ck_assert_int_eq(value("events(mm_page_alloc)"), 2);
	runs(lab, "undo");
	ck_assert_int_eq(value("events(mm_page_alloc)"), 0);
}
END_TEST

START_TEST(events_are_counted_from_a_moment_on)
{
	const int type = event_type_find("mm_page_alloc");
	uint64_t since;

	runs(lab, "alloc; alloc");
	since = mm_now(lab_mm(lab));
	runs(lab, "alloc");
	ck_assert_uint_eq(event_count(lab_mm(lab), type, 0), 3);
	ck_assert_uint_eq(event_count(lab_mm(lab), type, since), 1);
	ck_assert_int_eq(event_type_find("mm_page_aloc"), -1);
}
END_TEST

START_TEST(a_division_that_is_not_needed_is_not_made)
{
	ck_assert_int_eq(value("1 || 1 / 0"), 1);
	ck_assert_int_eq(value("0 && 1 / 0"), 0);
	refused("0 || 1 / 0", 6, "division by zero");
	refused("1 % 0", 1, "division by zero");
}
END_TEST

START_TEST(what_is_no_expression_is_told_with_its_place)
{
	refused("", 1, "expected a figure");
	refused("free >=", 8, "expected a figure");
	refused("free = 3", 6, "did you mean \"==\"?");
	refused("free => 3", 6, "did you mean \"==\"?");
	refused("1 < 2 < 3", 7, "one comparison at a time");
	refused("free 3", 6, "expected an operator");
	refused("(free", 6, "expected \")\"");
	refused("fre == 3", 1, "did you mean \"free\"?");
	refused("1 + evnts(oom_kill)", 5, "did you mean \"events()\"?");
	refused("events(oom_kil)", 8, "did you mean \"oom_kill\"?");
	refused("events()", 8, "expected a name; usage: events(EVENT)");
	refused("buddy(3)", 8, "expected a value; usage: buddy(PFN, ORDER)");
	refused("abs(1, 2)", 6, "expected \")\"; usage: abs(VALUE)");
	refused("order(256)", 1, "256 is no frame");
	refused("buddy(0, 99)", 1, "99 is no order");
	refused("pfn(nobody)", 5, "nobody is called like that");
	refused("3x", 1, "expected a number");
	refused("9223372036854775808", 1, "at most 63 bits");
	refused("9223372036854775807 + 1", 1, "too large");
	refused("-(-9223372036854775807 - 1)", 1, "too large");
	refused("(-9223372036854775807 - 1) / -1", 1, "too large");
}
END_TEST

START_TEST(a_long_or_deep_one_is_refused)
{
	char text[EXPR_MAX + 2];

	memset(text, '(', sizeof text);
	text[EXPR_MAX + 1] = '\0';
	refused(text, EXPR_MAX + 1, "longer than");
	text[EXPR_MAX] = '\0';
	refused(text, 33, "nested deeper");
	memset(text, '!', EXPR_MAX);
	refused(text, 32, "nested deeper");
	for (size_t i = 0; i + 1 < EXPR_MAX; i += 2)
		memcpy(text + i, "1+", 2);
	refused(text, 1, "too long");
}
END_TEST

START_TEST(it_tells_why_it_does_not_hold)
{
	struct expr_why why;
	struct expr *e;
	char text[200];

	e = expr_parse("free > 9 && node0.Normal.free == 3 && pcp == 1", &why);
	ck_assert(expr_is_test(e));
	ck_assert(!expr_tell(e, lab_mm(lab), 0, text, sizeof text));
	ck_assert_str_eq(text, "node0.Normal.free is 256 pages, expected == 3");
	expr_free(e);
	e = expr_parse("events(oom_kill) >= 1", &why);
	ck_assert(!expr_tell(e, lab_mm(lab), 0, text, sizeof text));
	ck_assert_str_eq(text, "events(oom_kill) is 0, expected >= 1");
	expr_free(e);
	e = expr_parse("free + 1", &why);
	ck_assert(!expr_is_test(e));
	ck_assert(expr_tell(e, lab_mm(lab), 0, text, sizeof text));
	ck_assert_str_eq(text, "free + 1 is 257");
	expr_free(e);
}
END_TEST

START_TEST(expect_takes_an_expression)
{
	says(lab, "expect free == 256 && events(oom_kill) == 0", CMD_OK, "");
	says(lab, "expect free + 1 == 256", CMD_FAILED,
	     "expect: free + 1 is 257, expected == 256\n");
	refuses(lab, "expect free", "expected a comparison");
	refuses(lab, "expect free => 3",
		"at \"=> 3\": \"=\" compares nothing; did you mean \"==\"?");
	refuses(lab, "expect free ==", "at the end of \"free ==\": expected");
	refuses(lab, "expect nr_fre == 1", "no such figure");
}
END_TEST

Suite *check_expr_suite(void)
{
	Suite *s = suite_create("cmd/expr");
	TCase *tc = tcase_create("expr");

	tcase_add_checked_fixture(tc, begin, end);
	tcase_add_test(tc, operators_bind_as_in_c);
	tcase_add_test(tc, figures_and_functions_are_read_from_the_world);
	tcase_add_test(tc, events_are_counted_from_a_moment_on);
	tcase_add_test(tc, a_division_that_is_not_needed_is_not_made);
	tcase_add_test(tc, what_is_no_expression_is_told_with_its_place);
	tcase_add_test(tc, a_long_or_deep_one_is_refused);
	tcase_add_test(tc, it_tells_why_it_does_not_hold);
	tcase_add_test(tc, expect_takes_an_expression);
	suite_add_tcase(s, tc);
	return s;
}
