/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which events some words mean.
 */
#include <check.h>
#include <string.h>

#include "cmd/cmd.h"

static struct lab *lab;
static struct out *out;

static void setup(void)
{
	lab = lab_create();
	out = out_buffer();
	ck_assert(lab && out);
}

static void teardown(void)
{
	out_free(out);
	lab_destroy(lab);
}

static void run(const char *line)
{
	ck_assert_msg(lab_run(lab, line, out) == CMD_OK, "%s: %s", line,
		      out_string(out));
}

/* How many of the events that there are the words mean; -1: none can be. */
static int meant(const char *words)
{
	const struct mm *mm = lab_mm(lab);
	struct event_filter f;
	int n = 0;

	if (!event_filter_read(mm, words, &f))
		return -1;
	for (uint64_t i = mm_first_moment(mm) + 1; i <= mm_last_moment(mm); i++)
		n += event_filter_holds(mm, &f, mm_event(mm, i));
	return n;
}

static int of_type(unsigned int type)
{
	const struct mm *mm = lab_mm(lab);
	int n = 0;

	for (uint64_t i = mm_first_moment(mm) + 1; i <= mm_last_moment(mm); i++)
		n += mm_event(mm, i)->type == type;
	return n;
}

START_TEST(names_sentences_and_sections)
{
	run("alloc order=0 count=9 name=a");
	run("free a");
	ck_assert_int_gt(of_type(EV_buddy_split), 0);
	ck_assert_int_eq(meant("buddy_split"), of_type(EV_buddy_split));
	ck_assert_int_eq(meant("BUDDY_split"), of_type(EV_buddy_split));
	ck_assert_int_ge(meant("split"), of_type(EV_buddy_split));
	ck_assert_int_ge(meant("watermark"), of_type(EV_zone_watermark));
	ck_assert_int_eq(meant("expand"), of_type(EV_buddy_split));
	ck_assert_int_eq(meant(""), (int)mm_last_moment(lab_mm(lab)));
}
END_TEST

/* All words hold: each leaves out some more. */
START_TEST(every_word_counts)
{
	run("alloc order=0 count=9 name=a");
	run("free a");
	ck_assert_int_eq(meant("list add"), of_type(EV_list_add));
	ck_assert_int_eq(meant("  list   add "), of_type(EV_list_add));
	ck_assert_int_eq(meant("list buddy_split add"), -1);
}
END_TEST

START_TEST(zones_and_tasks)
{
	run("world new classroom");
	run("alloc order=0 count=3 name=a");
	run("alloc order=0 gfp=GFP_KERNEL|__GFP_DMA name=b");
	ck_assert_int_gt(meant("zone=DMA"), 0);
	ck_assert_int_gt(meant("zone=normal split"), 0);
	ck_assert_int_lt(meant("zone=DMA"), meant("zone=Normal"));
	ck_assert_int_eq(meant("task=kswapd0"), 0);
	ck_assert_int_gt(meant("task=caller"), 0);
}
END_TEST

START_TEST(what_no_event_is_like)
{
	static const char *const bad[] = {
		"qwertz", "zone=Nowhere", "zone=", "task=nobody",
		"a-word-that-is-longer-than-any-that-is-told-of-an-event-could-"
		"ever-be"};

	run("alloc order=0");
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ck_assert_msg(meant(bad[i]) == -1, "%s", bad[i]);
}
END_TEST

Suite *check_event_filter_suite(void);

Suite *check_event_filter_suite(void)
{
	Suite *s = suite_create("cmd/event_filter");
	TCase *t = tcase_create("filter");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, names_sentences_and_sections);
	tcase_add_test(t, every_word_counts);
	tcase_add_test(t, zones_and_tasks);
	tcase_add_test(t, what_no_event_is_like);
	suite_add_tcase(s, t);
	return s;
}
