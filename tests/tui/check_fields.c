/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of fields: whole, in the next row, or not at all.
 */
#include "tui/fields.h"

#include <check.h>
#include <stdlib.h>

static struct canvas c;

static void setup(void)
{
	ck_assert(canvas_open(&c, 3, 10));
}

static void teardown(void)
{
	canvas_close(&c);
}

static void then(const char *text)
{
	char *got = canvas_to_text(&c);

	ck_assert_str_eq(got, text);
	free(got);
}

START_TEST(a_field_without_room_is_left_out)
{
	struct fields f = {.c = &c};

	ck_assert(fields_add(&f, ROLE_TEXT, "free %d", 97));
	ck_assert(!fields_add(&f, ROLE_TEXT, "of %d", 128));
	ck_assert(fields_add(&f, ROLE_TEXT, "%d", 1));
	then("free 97 1\n\n\n");
}
END_TEST

START_TEST(or_it_begins_the_next_row)
{
	struct fields f = {.c = &c};

	fields_flow(&f, 2, ROLE_TEXT, "free %d", 97);
	fields_flow(&f, 2, ROLE_TEXT, "of %d", 128);
	fields_flow(&f, 2, ROLE_TEXT, "x");
	ck_assert_int_eq(f.row, 1);
	then("free 97\n  of 128 x\n\n");
}
END_TEST

/* To be measured first: a canvas without rows. */
START_TEST(rows_are_counted_without_cells)
{
	struct canvas none = {.cols = 10};
	struct fields f = {.c = &none};

	for (int i = 0; i < 5; i++)
		fields_flow(&f, 0, ROLE_TEXT, "123456");
	ck_assert_int_eq(f.row, 4);
}
END_TEST

START_TEST(digits_of_a_number)
{
	ck_assert_int_eq(fields_digits(0), 1);
	ck_assert_int_eq(fields_digits(9), 1);
	ck_assert_int_eq(fields_digits(10), 2);
	ck_assert_int_eq(fields_digits(UINT64_MAX), 20);
}
END_TEST

Suite *check_fields_suite(void);

Suite *check_fields_suite(void)
{
	Suite *s = suite_create("tui/fields");
	TCase *t = tcase_create("fields");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_field_without_room_is_left_out);
	tcase_add_test(t, or_it_begins_the_next_row);
	tcase_add_test(t, rows_are_counted_without_cells);
	tcase_add_test(t, digits_of_a_number);
	suite_add_tcase(s, t);
	return s;
}
