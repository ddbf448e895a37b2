/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_show.c - lists, owners and masks as they are shown
 */
#include "two_nodes.h"

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

START_TEST(lists_begin_with_the_head)
{
	two_nodes(lab);
	says(lab, "show lists zone=node0.Normal", CMD_OK,
	     "node0.Normal, head first:\n"
	     "  Movable[0]      99\n"
	     "  Movable[2]      100\n"
	     "  Unmovable[3]    72\n"
	     "  Movable[3]      104\n"
	     "  Unmovable[4]    80\n"
	     "  Movable[4]      112\n"
	     "  Movable[5]      128 160 192 224\n");
	says(lab, "show lists zone=node0.Normal order=3 type=M", CMD_OK,
	     "node0.Normal, head first:\n"
	     "  Movable[3]      104\n");
	says(lab, "show zones zone=node1.Normal", CMD_OK,
	     "node1.Normal: frames 256..511, managed 256, free 256, min 4 "
	     "low 5 high 6 boost 0\n");
}
END_TEST

START_TEST(per_cpu_lists_show_their_frames)
{
	runs(lab, "alloc count=2 name=a");
	says(lab, "show pcp", CMD_OK,
	     "Normal cpu 0: count 1 high 4 (4..4) batch 1\n"
	     "  Unmovable[0]    2\n");
}
END_TEST

START_TEST(owners_are_counted)
{
	says(lab, "show owners", CMD_OK,
	     "no owners yet; `alloc name=a` makes one\n");
	runs(lab, "alloc order=2 count=3 name=a");
	says(lab, "show owners", CMD_OK, "a: 3 blocks, 12 pages\n");
}
END_TEST

START_TEST(a_mask_is_taken_apart)
{
	says(lab, "show gfp mask=atomic", CMD_OK,
	     "0x820 = GFP_ATOMIC\n"
	     "  highest zone  Normal\n"
	     "  zones in turn Normal\n"
	     "  migratetype   Unmovable\n"
	     "  may sleep     no\n"
	     "  may start I/O no, it does not reclaim\n"
	     "  wakes kswapd  yes, below the low mark\n"
	     "  reserves      down to 3/8 of the min mark; high-atomic "
	     "pageblocks\n"
	     "  fast path     0x901 low|NOFRAGMENT|KSWAPD\n"
	     "  slow path     0x830 min|NON_BLOCK|MIN_RESERVE|KSWAPD\n"
	     "  then by right none\n"
	     "  retries       none: two attempts in the slow path\n"
	     "  on failure    a report in the kernel's log\n"
	     "  alloc flags   NON_BLOCK: may not sleep; MIN_RESERVE: urgent, "
	     "may "
	     "go below min; NOFRAGMENT: types are not to be mixed; KSWAPD: may "
	     "wake kswapd\n");
	says(lab, "show gfp mask=HIGHUSER_MOVABLE|MEMALLOC", CMD_OK,
	     "0x120cca = GFP_HIGHUSER_MOVABLE|__GFP_MEMALLOC\n"
	     "  highest zone  Movable\n"
	     "  zones in turn Normal\n"
	     "  migratetype   Movable\n"
	     "  may sleep     yes, it may reclaim itself\n"
	     "  may start I/O yes, and call file systems\n"
	     "  wakes kswapd  yes, below the low mark\n"
	     "  reserves      all, no mark is observed\n"
	     "  fast path     0x981 low|CMA|NOFRAGMENT|KSWAPD\n"
	     "  slow path     0x8c0 min|CPUSET|CMA|KSWAPD\n"
	     "  then by right 0x884 min|NO_WATERMARKS|CMA|KSWAPD\n"
	     "  retries       reclaim, up to 16 times without progress; then "
	     "the OOM killer, and again\n"
	     "  on failure    a report in the kernel's log\n"
	     "  alloc flags   NO_WATERMARKS: no mark is observed; CPUSET: "
	     "keeps "
	     "to the nodes of its cpuset; CMA: may have pages of CMA areas; "
	     "NOFRAGMENT: types are not to be mixed; KSWAPD: may wake "
	     "kswapd\n");
	refuses(lab, "show gfp mask=DMA|DMA32", "only one of DMA");
	refuses(lab, "show gfp mask=MOVABLE|RECLAIMABLE", "exclude each other");
}
END_TEST

START_TEST(bad_lines_are_refused)
{
	refuses(lab, "show frame", "expected its number");
	refuses(lab, "show liss", "|...; did you mean \"lists\"?");
	refuses(lab, "show pcp 3", "takes no frame number");
	refuses(lab, "show frame 256", "0 to 255");
	refuses(lab, "where x", "expected the number of a frame");
	refuses(lab, "show gfp mask=KERNAL", "did you mean");
}
END_TEST

Suite *check_show_suite(void)
{
	Suite *s = suite_create("cmd/show");
	TCase *tc = tcase_create("show");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, lists_begin_with_the_head);
	tcase_add_test(tc, per_cpu_lists_show_their_frames);
	tcase_add_test(tc, owners_are_counted);
	tcase_add_test(tc, a_mask_is_taken_apart);
	tcase_add_test(tc, bad_lines_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
