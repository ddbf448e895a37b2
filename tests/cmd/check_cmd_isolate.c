/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_cmd_isolate.c - isolate, unisolate, contig, cma, and what they refuse
 */
#include "say.h"

Suite *check_cmd_isolate_suite(void);

static struct lab *lab;

/* 256 frames, pageblocks of 16, a CMA area of four of them. */
static void setup(void)
{
	lab = lab_create();
	ck_assert_ptr_nonnull(lab);
	runs(lab, "world new tiny cma=128-192");
}

static void teardown(void)
{
	runs(lab, "check");
	lab_destroy(lab);
}

/* ---- isolate ---- */

START_TEST(pageblocks_are_shut_and_opened)
{
	const uint64_t before = hash(lab);

	says(lab, "isolate 20..40", CMD_OK,
	     "frames 16..47: 2 pageblocks isolated, 32 pages free\n");
	ck_assert_int_eq(figure(lab, "Normal.isolated_pageblocks"), 2);
	ck_assert_int_eq(figure(lab, "Normal.free"), 224);
	says(lab, "unisolate 40", CMD_OK,
	     "frames 32..47: 1 pageblock open, 16 pages free\n");
	says(lab, "unisolate 0..255", CMD_OK,
	     "frames 0..255: 16 pageblocks open, 256 pages free\n");
	ck_assert_int_eq(figure(lab, "Normal.isolated_pageblocks"), 0);
	runs(lab, "undo");
	runs(lab, "undo");
	runs(lab, "undo");
	ck_assert_uint_eq(hash(lab), before);
}
END_TEST

START_TEST(what_does_not_move_is_in_the_way)
{
	runs(lab, "alloc type=U");
	says(lab, "isolate 0..15", CMD_OK,
	     "refused: pfn 0 is in the way: what is in it does not move\n");
	says(lab, "isolate 128..143", CMD_OK,
	     "refused: pfn 128 is in the way: its pageblock is CMA's\n");
	says(lab, "isolate 128..143 mode=cma", CMD_OK,
	     "frames 128..143: 1 pageblock isolated, 16 pages free\n");
}
END_TEST

START_TEST(bad_ranges_are_one_line_each)
{
	runs(lab, "isolate 16..31");
	refuses(lab, "isolate 40..30", "it runs backwards; expected 30..40");
	refuses(lab, "isolate 200..256", "expected frames of this world");
	refuses(lab, "isolate 1..x", "expected frames FIRST..LAST");
	refuses(lab, "isolate ..5", "expected frames FIRST..LAST");
	refuses(lab, "isolate 4294967295..4294967296", "frames of this world");
	refuses(lab, "isolate 18446744073709551615", "frames of this world");
	refuses(lab, "isolate 0..20",
		"frames 0..20: pageblock 16..31 of them is isolated already");
	refuses(lab, "contig 31..40",
		"frames 31..40: pageblock 16..31 of them is isolated already");
	refuses(lab, "unisolate 0..15", "none of their pageblocks is isolated");
	runs(lab, "memory offline 3");
	refuses(lab, "isolate 180..200", "frame 200: its memory is offline");
	refuses(lab, "contig 200..210", "frame 200: its memory is offline");
}
END_TEST

START_TEST(a_range_lies_in_one_zone)
{
	runs(lab, "world new tiny "
		  "zones=0:Normal:0-128,1:Normal:128-192,1:Movable:192-256");
	refuses(lab, "isolate 100..140",
		"begin in node0.Normal and end in node1.Normal");
	refuses(lab, "contig 180..200",
		"begin in node1.Normal and end in node1.Movable");
	refuses(lab, "unisolate 0..255", "expected one zone");
	refuses(lab, "contig free 100..140", "expected one zone");
}
END_TEST

START_TEST(holes_are_no_memory)
{
	runs(lab, "world new tiny "
		  "zones=0:DMA:0-64,0:Normal:80-256");
	refuses(lab, "isolate 64..70", "frame 64: there is no memory");
	refuses(lab, "contig 50..70", "frame 70: there is no memory");
}
END_TEST

/* ---- contig ---- */

START_TEST(frames_in_one_piece)
{
	runs(lab, "alloc count=20 type=M name=a");
	runs(lab, "page 4..30 dirty");
	says(lab, "contig 0..15 name=buf", CMD_OK,
	     "frames 0..15: 16 pages\n12 pages moved\n"
	     "4 clean pages of files dropped\n");
	says(lab, "contig free buf", CMD_OK, "freed frames 0..15, 16 pages\n");
	says(lab, "contig pages=40 name=buf", CMD_OK,
	     "frames 0..39: 40 pages\n16 pages moved\n");
	says(lab, "contig free 0..39", CMD_OK,
	     "freed frames 0..39, 40 pages\n");
	runs(lab, "alloc count=8 type=U name=k");
	says(lab, "contig pages=300", CMD_USAGE,
	     "contig: pages=300: expected 1 to 256\n");
	says(lab, "contig pages=200", CMD_OK,
	     "refused: there is no place for 200 pages in a row\n"
	     "0 pages moved\n");
}
END_TEST

START_TEST(bad_requests_are_one_line_each)
{
	refuses(lab, "contig", "expected one of FIRST..LAST, pages=N");
	refuses(lab, "contig 0..3 pages=4", "expected one of");
	refuses(lab, "contig 0..3 node=0", "a range is where it is");
	refuses(lab, "contig pages=0", "expected 1 to 256");
	refuses(lab, "contig 0..3 gfp=GFP_KERNEL|__GFP_NOFAIL", "gfp");
	refuses(lab, "contig 10 gfp=__GFP_MOVABLE|__GFP_RECLAIMABLE",
		"is not for memory in one piece");
	refuses(lab, "contig 0..3 task=kswapd0", "it does not do that");
	refuses(lab, "contig free 0..3", "pfn 0: expected an allocated");
	refuses(lab, "contig free nobody", "nobody: holds no pages");
	runs(lab, "alloc name=a");
	runs(lab, "alloc order=1 name=a");
	refuses(lab, "contig free a", "a: its 3 pages are not in one piece");
	runs(lab, "cma alloc 4 name=c");
	refuses(lab, "contig free c", "is a CMA area's: `cma release` it");
}
END_TEST

/* ---- by a task ---- */

START_TEST(a_task_goes_on_by_hand)
{
	runs(lab, "task new web");
	runs(lab, "task anon web 20");
	runs(lab, "schedule manual");
	says(lab, "contig 16..31 task=web", CMD_OK,
	     "web has been asked; `run web` goes on\n");
	refuses(lab, "contig 32..47 task=web",
		"web is in the middle of something; `run` it");
	refuses(lab, "compact task=web", "in the middle of something");
	refuses(lab, "memory offline 1 task=web", "in the middle of something");
	says(lab, "run web", CMD_OK,
	     "1 quantum run\n"
	     "web: drain the per-CPU lists, frames 16..31\n");
	refuses(lab, "unisolate 16..31",
		"web is about to empty frames 16..31: let that finish");
	says(lab, "run web 1000", CMD_OK,
	     "20 quanta run\n"
	     "web: at rest; it has the pages from 16 on\n");
}
END_TEST

START_TEST(compaction_and_hotplug_go_on_by_hand)
{
	runs(lab, "task new web");
	runs(lab, "schedule manual");
	runs(lab, "compact task=web");
	says(lab, "run web", CMD_OK,
	     "1 quantum run\n"
	     "web: compacts Normal: is it worth it\n");
	says(lab, "run web 1000", CMD_OK,
	     "65 quanta run\n"
	     "web: at rest; complete\n");
	runs(lab, "memory offline 3 task=web");
	says(lab, "run web 1000", CMD_OK,
	     "7 quanta run\n"
	     "web: at rest; the memory is offline\n");
	runs(lab, "memory offline 2 task=web");
	says(lab, "run web 1000", CMD_OK,
	     "1 quantum run\n"
	     "web: at rest; refused: memory block 2: frame 128 is in the way: "
	     "its pageblock is CMA's\n");
}
END_TEST

/* ---- CMA ---- */

START_TEST(pages_of_an_area)
{
	says(lab, "show cma", CMD_OK,
	     "area 0, frames 128..191: 64 of 64 pages available\n");
	says(lab, "cma alloc 5 name=c", CMD_OK,
	     "frames 128..132: 5 pages\n0 pages moved\n");
	says(lab, "cma alloc 8 align=3", CMD_OK,
	     "frames 136..143: 8 pages\n0 pages moved\n");
	says(lab, "show cma", CMD_OK,
	     "area 0, frames 128..191: 51 of 64 pages available\n"
	     "  claimed: 128..132 136..143\n");
	says(lab, "cma release 128..132", CMD_OK,
	     "released frames 128..132, 5 pages\n");
	says(lab, "cma alloc 60", CMD_OK,
	     "refused: CMA area 0 has no place left for 60 pages in a row\n"
	     "0 pages moved\n");
}
END_TEST

START_TEST(bad_claims_are_one_line_each)
{
	refuses(lab, "cma release 128..131",
		"frame 128 was not given by its CMA area");
	refuses(lab, "cma release 100..131", "expected frames of one CMA area");
	runs(lab, "cma alloc 4");
	refuses(lab, "cma release 128..135", "frame 132 was not given");
	refuses(lab, "cma release 131..128", "it runs backwards");
	refuses(lab, "cma alloc 0", "expected 1 to 256");
	refuses(lab, "cma alloc 4 area=1", "area=1: expected 0 to 0");
	runs(lab, "world new tiny");
	refuses(lab, "cma alloc 4", "this world has no CMA area");
	says(lab, "show cma", CMD_OK, "this world has no CMA area\n");
}
END_TEST

/* Two at once: the second waits until the first has opened its pageblocks. */
START_TEST(one_task_at_a_time_in_an_area)
{
	runs(lab, "task new one");
	runs(lab, "task new two");
	runs(lab, "schedule manual");
	runs(lab, "cma alloc 4 task=one");
	runs(lab, "cma alloc 4 task=two");
	runs(lab, "run one 2");
	says(lab, "run two 5", CMD_OK,
	     "2 quanta run\n"
	     "two: waits for another task in the CMA area\n");
	runs(lab, "run one 100");
	says(lab, "run two 100", CMD_OK,
	     "21 quanta run\n"
	     "two: at rest; it has the pages from 132 on\n");
	runs(lab, "cma alloc 4 task=one");
	runs(lab, "run one 3");
	/* the caller cannot wait for `run`: it lets the other one finish */
	says(lab, "cma alloc 4", CMD_OK,
	     "frames 140..143: 4 pages\n0 pages moved\n");
	says(lab, "show cma", CMD_OK,
	     "area 0, frames 128..191: 48 of 64 pages available\n"
	     "  claimed: 128..143\n");
}
END_TEST

Suite *check_cmd_isolate_suite(void)
{
	Suite *s = suite_create("cmd/cmd_isolate");
	TCase *t = tcase_create("cmd_isolate");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, pageblocks_are_shut_and_opened);
	tcase_add_test(t, what_does_not_move_is_in_the_way);
	tcase_add_test(t, bad_ranges_are_one_line_each);
	tcase_add_test(t, a_range_lies_in_one_zone);
	tcase_add_test(t, holes_are_no_memory);
	tcase_add_test(t, frames_in_one_piece);
	tcase_add_test(t, bad_requests_are_one_line_each);
	tcase_add_test(t, a_task_goes_on_by_hand);
	tcase_add_test(t, compaction_and_hotplug_go_on_by_hand);
	tcase_add_test(t, pages_of_an_area);
	tcase_add_test(t, bad_claims_are_one_line_each);
	tcase_add_test(t, one_task_at_a_time_in_an_area);
	suite_add_tcase(s, t);
	return s;
}
