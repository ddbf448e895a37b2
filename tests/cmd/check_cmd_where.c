/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_cmd_where.c - where a frame is now, and what has happened to it
 */
#include "say.h"

#include <stdio.h>

#include "cmd/show.h"

Suite *check_cmd_where_suite(void);

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

/* ---- where ---- */

START_TEST(where_says_block_and_owner)
{
	runs(lab, "alloc order=3 name=a");
	says(lab, "where 5", CMD_OK,
	     "5: in use by a, order 3, in Normal, tail of block 0..7\n"
	     "  pageblock 0, frames 0..15: Unmovable, 8 of 16 free\n");
	says(lab, "where 12", CMD_OK,
	     "12: free, on list Unmovable[3] of Normal, the only one "
	     "there, tail of block 8..15\n"
	     "  pageblock 0, frames 0..15: Unmovable, 8 of 16 free\n");
}
END_TEST

START_TEST(where_knows_a_frame_in_hand)
{
	runs(lab, "world new tiny pcp=off seed=1 memory=0-128 reserved=64-96");
	runs(lab, "alloc order=0; goto 0; until event=buddy_split");
	says(lab, "where 1", CMD_OK,
	     "1: in hand: off its list, not yet given out or back\n"
	     "  pageblock 0, frames 0..15: Unmovable, 0 of 16 free\n");
	says(lab, "where 70", CMD_OK,
	     "70: reserved: the allocator never had this frame\n"
	     "  pageblock 4, frames 64..79: Movable, 0 of 16 free\n");
}
END_TEST

START_TEST(where_knows_holes_reserved_and_per_cpu_frames)
{
	runs(lab, "world new tiny memory=0-128,160-256 reserved=32-64");
	runs(lab, "alloc count=2");
	says(lab, "where 130", CMD_OK, "130: hole: no memory here\n");
	says(lab, "where 40", CMD_OK,
	     "40: reserved: the allocator never had this frame\n"
	     "  pageblock 2, frames 32..47: Movable, 0 of 16 free\n");
	says(lab, "where 2", CMD_OK,
	     "2: on per-CPU list Unmovable[0] of cpu 0 in Normal, the only one "
	     "there\n"
	     "  pageblock 0, frames 0..15: Unmovable, 13 of 16 free\n");
	says(lab, "where 1", CMD_OK,
	     "1: in use by nobody in particular, order 0, in Normal\n"
	     "  pageblock 0, frames 0..15: Unmovable, 13 of 16 free\n");
}
END_TEST

START_TEST(where_knows_isolated_pageblocks)
{
	struct out *out = out_buffer();
	struct mm_config cfg;
	struct show_what what = {.zid = NO_ZONE, .pfn = 18};
	struct mm *mm;

	ck_assert_int_eq(mm_config_preset(&cfg, "tiny", NULL), 0);
	mm = mm_create_bare(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	ck_assert_int_eq(
		mm_put_pageblock(mm, 16, MIGRATE_MOVABLE, true, true, NULL), 0);
	ck_assert_int_eq(mm_put_free(mm, 16, 2, MIGRATE_ISOLATE, NULL), 0);
	print_frame(mm, &what, out);
	ck_assert_str_eq(out_string(out),
			 "18: free, on list Isolate[2] of Normal, the only one "
			 "there, tail of block 16..19\n"
			 "  pageblock 1, frames 16..31: Isolate, 4 of 16 free, "
			 "isolated, skip\n");
	out_free(out);
	mm_destroy(mm);
}
END_TEST

START_TEST(a_block_lists_what_is_in_it)
{
	runs(lab, "world new tiny memory=0-40,44-256 reserved=32-36");
	runs(lab, "alloc order=1 name=a");
	says(lab, "show block 0", CMD_OK,
	     "pageblock 0, frames 0..15: Unmovable, 14 of 16 free\n"
	     "  0: in use by a, order 1, in Normal, head of block 0..1\n"
	     "  2: free, on list Unmovable[1] of Normal, the only one "
	     "there, head of block 2..3\n"
	     "  4: free, on list Unmovable[2] of Normal, the only one "
	     "there, head of block 4..7\n"
	     "  8: free, on list Unmovable[3] of Normal, the only one "
	     "there, head of block 8..15\n");
	says(lab, "show block 47", CMD_OK,
	     "pageblock 2, frames 32..47: Movable, 8 of 16 free\n"
	     "  32..35: reserved: the allocator never had this frame\n"
	     "  36: free, on list Movable[2] of Normal, 1st of 2 from the "
	     "head, head of block 36..39\n"
	     "  40..43: hole: no memory here\n"
	     "  44: free, on list Movable[2] of Normal, 2nd of 2 from the "
	     "head, head of block 44..47\n");
}
END_TEST

/* ---- why ---- */

/* Frame 1 is refilled, used, freed, flushed: newest first. */
START_TEST(why_has_refill_and_flush)
{
	runs(lab, "alloc count=4 name=a");
	runs(lab, "free a first=2");
	says(lab, "why 1 last=3", CMD_OK,
	     "  74 free_done  freed: frame 1, order 0\n"
	     "  62 pcp_put  frame 1 put on per-CPU list Unmovable[0] of "
	     "Normal: 4 pages on this CPU, high 4\n"
	     "  61 mm_page_free  frame 1, order 0, is freed\n");
	says(lab, "back 38; why 1 last=2", CMD_OK,
	     "event 36 of 74: pass 1 over the zones: first attempt\n"
	     "  34 mm_page_alloc  served: frame 1, order 0, Unmovable, "
	     "GFP_KERNEL\n"
	     "  33 pcp_take  frame 1 taken from per-CPU list Unmovable[0] of "
	     "Normal, which leaves 1 page on this CPU\n");
}
END_TEST

static bool why_names(pfn_t pfn, const char *event)
{
	struct out *out = out_buffer();
	char line[40], name[60];
	bool found;

	snprintf(line, sizeof line, "why %u last=99", pfn);
	snprintf(name, sizeof name, " %s  ", event);
	ck_assert_int_eq(lab_run(lab, line, out), CMD_OK);
	found = strstr(out_string(out), name) != NULL;
	out_free(out);
	return found;
}

START_TEST(why_asks_whose_refill_flush_or_pageblock_it_was)
{
	runs(lab, "alloc count=4 name=a");
	runs(lab, "free a");
	runs(lab, "drain");
	/* frame 1 came by a refill; frame 0 with its claimed pageblock */
	ck_assert(why_names(1, "pcp_refill"));
	ck_assert(why_names(1, "mm_page_alloc_zone_locked"));
	ck_assert(why_names(0, "pcp_refill"));
	ck_assert(why_names(0, "mm_page_alloc_extfrag"));
	ck_assert(why_names(9, "pageblock_type"));
	/* nobody took 9, nobody flushed it: it only merges */
	ck_assert(!why_names(9, "pcp_refill"));
	ck_assert(!why_names(9, "pcp_flush"));
	ck_assert(why_names(3, "drain"));
	ck_assert(!why_names(9, "drain"));
	says(lab, "why 100", CMD_OK,
	     "100: no recorded event touched it; free, on list Movable[5] of "
	     "Normal, 3rd of 7 from the head, tail of block 96..127\n");
}
END_TEST

Suite *check_cmd_where_suite(void)
{
	Suite *s = suite_create("cmd/cmd_where");
	TCase *tc = tcase_create("where");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, where_says_block_and_owner);
	tcase_add_test(tc, where_knows_a_frame_in_hand);
	tcase_add_test(tc, where_knows_holes_reserved_and_per_cpu_frames);
	tcase_add_test(tc, where_knows_isolated_pageblocks);
	tcase_add_test(tc, a_block_lists_what_is_in_it);
	tcase_add_test(tc, why_has_refill_and_flush);
	tcase_add_test(tc, why_asks_whose_refill_flush_or_pageblock_it_was);
	suite_add_tcase(s, tc);
	return s;
}
