/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_show.c - what is shown, as text and as JSON, and the reasons
 */
#include "say.h"

#include <jansson.h>

Suite *check_show_suite(void);

static struct lab *lab;

static void setup(void)
{
	lab = lab_create();
	ck_assert_ptr_nonnull(lab);
}

static void teardown(void)
{
	lab_destroy(lab);
}

/* O1: each line ends with a blank */
START_TEST(buddyinfo_is_the_kernels_byte_for_byte)
{
	says(lab, "show buddyinfo", CMD_OK,
	     "Node 0, zone   Normal      0      0      0      0      0      8 "
	     "\n");
}
END_TEST

START_TEST(every_event_has_a_text_of_one_line)
{
	for (unsigned int t = 0; t < NR_EVENT_TYPES; t++)
		for (int d = EXPLAIN_SENTENCE; d <= EXPLAIN_KERNEL; d++) {
			struct mm_event ev = {.type = (uint16_t)t};
			char text[320];

			event_text(lab_mm(lab), &ev, (enum explain_depth)d,
				   text, sizeof text);
			ck_assert_msg(strlen(text) > 5, "event %u", t);
			ck_assert_msg(!strchr(text, '$') && !strchr(text, '\n'),
				      "event %u: %s", t, text);
			ck_assert_msg(d > 0 || strlen(text) <= 100,
				      "event %u: %s", t, text);
		}
}
END_TEST

START_TEST(json_has_the_numbers_of_the_text)
{
	struct out *out = out_buffer();
	json_error_t err;
	json_t *doc, *zone, *blocks;

	out_set_json(out, true);
	ck_assert_int_eq(lab_run(lab, "show buddyinfo", out), CMD_OK);
	doc = json_loads(out_string(out), 0, &err);
	ck_assert_msg(doc != NULL, "%s", err.text);
	zone = json_array_get(json_object_get(doc, "data"), 0);
	blocks = json_object_get(zone, "blocks");
	ck_assert_int_eq(json_integer_value(json_array_get(blocks, 5)), 8);
	ck_assert_int_eq(json_integer_value(json_object_get(zone, "free")),
			 figure(lab, "node0.Normal.free"));
	json_decref(doc);
	out_free(out);
}
END_TEST

START_TEST(where_says_block_and_owner)
{
	runs(lab, "alloc order=3 name=a");
	says(lab, "where 5", CMD_OK,
	     "5: in use by a, order 3, in Normal, tail of block 0..7\n"
	     "  pageblock 0 at 0, Unmovable\n");
}
END_TEST

START_TEST(bad_lines_are_refused)
{
	refuses(lab, "explain", "nothing was done yet");
	runs(lab, "alloc");
	refuses(lab, "show frame", "expected its number");
	refuses(lab, "show pcp 3", "takes no frame number");
	refuses(lab, "explain depth=9", "expected 0, 1 or 2");
	refuses(lab, "explain op 99", "expected one of");
}
END_TEST

Suite *check_show_suite(void)
{
	Suite *s = suite_create("cmd/show");
	TCase *tc = tcase_create("show");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, buddyinfo_is_the_kernels_byte_for_byte);
	tcase_add_test(tc, every_event_has_a_text_of_one_line);
	tcase_add_test(tc, json_has_the_numbers_of_the_text);
	tcase_add_test(tc, where_says_block_and_owner);
	tcase_add_test(tc, bad_lines_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
