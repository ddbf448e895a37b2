/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_compact.c - compact, kcompactd, show compaction
 */
#include <string.h>

#include "say.h"

Suite *check_compact_suite(void);

static struct lab *lab;

static void setup(void)
{
	lab = lab_create();
	ck_assert_ptr_nonnull(lab);
	runs(lab, "world new tiny pcp=off");
	runs(lab, "alloc order=0 count=240 type=M name=a");
	runs(lab, "free a every=2");
}

static void teardown(void)
{
	lab_destroy(lab);
}

START_TEST(compact_says_what_it_came_to)
{
	says(lab, "compact", CMD_OK, "complete; 56 pages moved\n");
	says(lab, "undo", CMD_OK, "undone: compact\n");
	runs(lab, "check");
}
END_TEST

START_TEST(an_order_stops_it_early)
{
	runs(lab, "compact zone=Normal order=5 mode=async");
	says(lab, "compact zone=Normal order=5 mode=async", CMD_OK,
	     "success; 16 pages moved\n");
}
END_TEST

START_TEST(kcompactd_can_be_watched)
{
	char *text;

	runs(lab, "schedule manual");
	runs(lab, "compact order=5");
	says(lab, "kcompactd order=5", CMD_OK, "kcompactd0 is woken\n");
	says(lab, "kcompactd order=5", CMD_USAGE,
	     "kcompactd: kcompactd0 is at work\n");
	runs(lab, "run kcompactd0 12");
	struct out *out = out_buffer();

	ck_assert_int_eq(lab_run(lab, "show compaction", out), CMD_OK);
	text = strstr(out_string(out), "kcompactd0 compacts Normal");
	ck_assert_ptr_nonnull(text);
	out_free(out);
	runs(lab, "check");
	runs(lab, "run kcompactd0 1000");
	runs(lab, "check");
}
END_TEST

START_TEST(bad_words_change_nothing)
{
	const uint64_t before = mm_hash(lab_mm(lab));

	says(lab, "compact order=9", CMD_USAGE,
	     "compact: order=9: expected an order, 0 to 5\n");
	says(lab, "compact mode=fast", CMD_USAGE,
	     "compact: mode=fast: expected async|sync-light|sync\n");
	says(lab, "kcompactd order=0", CMD_USAGE,
	     "kcompactd: order 0: expected 1 to 5\n");
	ck_assert_uint_eq(mm_hash(lab_mm(lab)), before);
}
END_TEST

Suite *check_compact_suite(void)
{
	Suite *s = suite_create("cmd/compact");
	TCase *t = tcase_create("compact");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, compact_says_what_it_came_to);
	tcase_add_test(t, an_order_stops_it_early);
	tcase_add_test(t, kcompactd_can_be_watched);
	tcase_add_test(t, bad_words_change_nothing);
	suite_add_tcase(s, t);
	return s;
}
