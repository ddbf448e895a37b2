/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_explain_topic.c - the story of an operation, kept to one topic
 */
#include "say.h"

Suite *check_explain_topic_suite(void);

static struct lab *lab;

static void setup(void)
{
	lab = lab_create();
	ck_assert_ptr_nonnull(lab);
	runs(lab, "world new tiny zone=Normal pages=16 pageblock-order=3 "
		  "pcp=off min_free_kbytes=0");
}

static void teardown(void)
{
	lab_destroy(lab);
}

/* Of four splits each is told once, by the half that is given back. */
START_TEST(buddies_has_the_splits)
{
	runs(lab, "alloc name=a type=M");
	says(lab, "explain only=buddies depth=0", CMD_OK,
	     "alloc order=0 gfp=GFP_KERNEL|__GFP_MOVABLE on cpu 0: pfn 0\n"
	     "  block 0..15 leaves Movable[4]: taken for the request\n"
	     "  block 8..15 to the head of Movable[3]: the upper half of a "
	     "split\n"
	     "  block 4..7 to the head of Movable[2]: the upper half of a "
	     "split\n"
	     "  block 2..3 to the head of Movable[1]: the upper half of a "
	     "split\n"
	     "  frame 1 to the head of Movable[0]: the upper half of a split\n"
	     "  frame 0 taken from the Movable lists\n"
	     "  served: frame 0\n");
}
END_TEST

START_TEST(buddies_has_the_merges)
{
	runs(lab, "alloc name=a order=2");
	runs(lab, "free a");
	says(lab, "explain only=buddies depth=0", CMD_OK,
	     "free a: freed: block 0..3, order 2\n"
	     "  block 0..3 comes back\n"
	     "  block 0..3 is freed\n"
	     "  block 0..3 and its free buddy 4..7 merge to 0..7\n"
	     "  block 0..7 and its free buddy 8..15 merge to 0..15\n"
	     "  block 0..15 stays at order 4: there is no larger order\n"
	     "  block 0..15 to the head of Unmovable[4]: so large a block goes "
	     "to the head\n"
	     "  freed: block 0..3\n");
}
END_TEST

/* Both passes refuse in the same words; eight frames move to another list. */
START_TEST(a_repetition_is_told_once)
{
	runs(lab, "world new tiny zone=Normal pages=16 pageblock-order=4 "
		  "pcp=off min_free_kbytes=0");
	runs(lab, "alloc type=M count=16 name=m");
	runs(lab, "free m every=2 offset=1");
	runs(lab, "alloc name=k");
	says(lab, "explain only=types depth=0", CMD_OK,
	     "alloc order=0 gfp=GFP_KERNEL on cpu 0: pfn 1\n"
	     "  no pageblock claimed for Unmovable: only whole pageblocks may "
	     "be claimed\n"
	     "  frame 1 moves from Movable[0] to Unmovable[0]\n"
	     "  frame 3 moves from Movable[0] to Unmovable[0]\n"
	     "  frame 5 moves from Movable[0] to Unmovable[0]\n"
	     "  ... 5 more like it, the last:\n"
	     "  frame 15 moves from Movable[0] to Unmovable[0]\n"
	     "  pageblock at 0 becomes Unmovable, was Movable\n"
	     "  pageblock of 1 claimed from Movable for Unmovable\n");
}
END_TEST

START_TEST(a_topic_without_a_part_says_so)
{
	runs(lab, "alloc name=a");
	says(lab, "explain only=reserve", CMD_OK,
	     "alloc order=0 gfp=GFP_KERNEL on cpu 0: pfn 0\n"
	     "nothing about reserve in it\n");
	says(lab, "explain only=compaction", CMD_OK,
	     "alloc order=0 gfp=GFP_KERNEL on cpu 0: pfn 0\n"
	     "compaction and isolation have no part in it\n");
}
END_TEST

/* What is told of no topic is told of none: each word keeps to its own. */
START_TEST(each_topic_has_its_own)
{
	runs(lab, "alloc name=a");
	says(lab, "explain only=watermarks depth=0", CMD_OK,
	     "alloc order=0 gfp=GFP_KERNEL on cpu 0: pfn 0\n"
	     "  Normal: above high? yes, that is enough\n");
	says(lab, "explain only=pcp depth=0", CMD_OK,
	     "alloc order=0 gfp=GFP_KERNEL on cpu 0: pfn 0\n"
	     "  per-CPU list Unmovable[0] refilled: 1 of 1 block\n"
	     "  frame 0 taken from per-CPU list Unmovable[0]\n");
}
END_TEST

START_TEST(another_word_is_refused)
{
	runs(lab, "alloc name=a");
	refuses(lab, "explain only=fish", "expected buddies|pcp|types|");
}
END_TEST

Suite *check_explain_topic_suite(void)
{
	Suite *s = suite_create("cmd/explain_topic");
	TCase *tc = tcase_create("one topic");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, buddies_has_the_splits);
	tcase_add_test(tc, buddies_has_the_merges);
	tcase_add_test(tc, a_repetition_is_told_once);
	tcase_add_test(tc, a_topic_without_a_part_says_so);
	tcase_add_test(tc, each_topic_has_its_own);
	tcase_add_test(tc, another_word_is_refused);
	suite_add_tcase(s, tc);
	return s;
}
