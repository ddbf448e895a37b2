/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_events.c - which events are shown, and how their lines are laid out
 */
#include "say.h"

Suite *check_events_suite(void);

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

START_TEST(events_are_sentences_or_fields)
{
	runs(lab, "alloc order=5 type=M");
	runs(lab, "back");
	says(lab, "show events last=1", CMD_OK,
	     "> 5 mm_page_alloc_zone_locked  block 0..31 taken from the "
	     "Movable lists\n");
	says(lab, "goto 0; show events last=1", CMD_OK,
	     "event 0 of 6: before all that is recorded\n"
	     "  1 alloc_request  32 pages wanted for "
	     "GFP_KERNEL|__GFP_MOVABLE\n");
	runs(lab, "goto 5");
	says(lab, "show events last=1 as=fields", CMD_OK,
	     "> 5 mm_page_alloc_zone_locked  page=ffffea0000000000 pfn=0x0 "
	     "order=5 migratetype=1 percpu_refill=0\n");
	refuses(lab, "show events last=0", "expected 1 or more, or all");
	refuses(lab, "show events as=tree", "as=");
}
END_TEST

START_TEST(an_owner_has_a_number_before_it_has_a_name)
{
	runs(lab, "alloc name=a; alloc name=b; alloc name=c");
	says(lab, "goto 0; show events last=1", CMD_OK,
	     "event 0 of 41: before all that is recorded\n"
	     "  1 owner  a new owner (number 1)\n");
	says(lab, "step", CMD_OK, "event 1 of 41: a new owner: a\n");
	runs(lab, "explain 1; explain event 1; explain event");
	refuses(lab, "explain 1 2", "\"2\" is one word too many");
	refuses(lab, "explain 99", "expected one of 1 to 41");
}
END_TEST

START_TEST(long_lines_go_on_below_and_lose_nothing)
{
	static const char *const fields[] = {
		"page=ffffea0000000000",  "pfn=0x0",
		"alloc_order=0",	  "fallback_order=5",
		"pageblock_order=4",	  "alloc_migratetype=0",
		"fallback_migratetype=1", "fragmenting=0",
		"change_ownership=1\n",
	};
	struct out *out = out_buffer();
	const char *at;

	runs(lab, "alloc");
	ck_assert_int_eq(lab_run(lab, "show events last=99 as=fields", out),
			 CMD_OK);
	at = strstr(out_string(out), "mm_page_alloc_extfrag");
	ck_assert_ptr_nonnull(at);
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		at = strstr(at, fields[i]);
		ck_assert_msg(at != NULL, "%s", fields[i]);
	}
	for (const char *s = out_string(out); *s; s += strcspn(s, "\n") + 1)
		ck_assert_msg(strcspn(s, "\n") <= 110, "%.200s", s);
	out_free(out);
}
END_TEST

Suite *check_events_suite(void)
{
	Suite *s = suite_create("cmd/events");
	TCase *tc = tcase_create("events");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, events_are_sentences_or_fields);
	tcase_add_test(tc, an_owner_has_a_number_before_it_has_a_name);
	tcase_add_test(tc, long_lines_go_on_below_and_lose_nothing);
	suite_add_tcase(s, tc);
	return s;
}
