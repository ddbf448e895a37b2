/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_explain.c - the story of an operation, and how it is folded
 */
#include "say.h"

#include <stdio.h>

Suite *check_explain_suite(void);

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

static struct out *output(const char *line)
{
	struct out *out = out_buffer();

	ck_assert_int_eq(lab_run(lab, line, out), CMD_OK);
	return out;
}

static unsigned int lines_of(const char *text)
{
	unsigned int n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static unsigned int times(const char *text, const char *what)
{
	unsigned int n = 0;

	while ((text = strstr(text, what))) {
		n++;
		text++;
	}
	return n;
}

/* Every flag that the story names is explained, and no other. */
START_TEST(flags_that_are_named_are_explained)
{
	static const char *const lines[] = {
		"alloc order=3 gfp=atomic",
		"alloc count=300 gfp=atomic name=a",
		"alloc gfp=kernel|noretry",
		"alloc gfp=kernel|noretry caller=oom-victim",
		"alloc gfp=atomic|memalloc type=M",
	};
	static const char *const flags[] = {
		"NO_WATERMARKS", "OOM",	       "NON_BLOCK",
		"MIN_RESERVE",	 "CPUSET",     "CMA",
		"NOFRAGMENT",	 "HIGHATOMIC", "KSWAPD",
	};
	unsigned int met = 0;
	struct out *out;

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct out *story;

		out = out_buffer();
		lab_run(lab, lines[i], out);
		out_free(out);
		story = output("explain");
		for (size_t k = 0; k < sizeof flags / sizeof flags[0]; k++) {
			char named[40], meaning[40];

			snprintf(named, sizeof named, "|%s", flags[k]);
			snprintf(meaning, sizeof meaning, " %s: ", flags[k]);
			ck_assert_int_eq(
				strstr(out_string(story), named) != NULL,
				strstr(out_string(story), meaning) != NULL);
			met |= strstr(out_string(story), named) ? 1u << k : 0;
		}
		out_free(story);
	}
	ck_assert_uint_eq(met, 0x1ff);
	/* of one topic: those that it names */
	out = out_buffer();
	lab_run(lab, "alloc gfp=kernel|noretry", out);
	out_free(out);
	out = output("explain only=watermarks");
	ck_assert_ptr_nonnull(strstr(out_string(out), " CPUSET: "));
	ck_assert_ptr_null(strstr(out_string(out), "NOFRAGMENT"));
	out_free(out);
	out = output("explain depth=0");
	ck_assert_ptr_null(strstr(out_string(out), "alloc flags"));
	out_free(out);
}
END_TEST

/* ---- one request ---- */

/* A block of order 3 is cut from one of order 5. */
START_TEST(an_allocation_is_a_tree)
{
	runs(lab, "alloc order=3 type=M");
	says(lab, "explain", CMD_OK,
	     "alloc order=3 gfp=GFP_KERNEL|__GFP_MOVABLE on cpu 0: pfn 0\n"
	     "  order 3 wanted for GFP_KERNEL|__GFP_MOVABLE: zones up to "
	     "Normal, type Movable, alloc flags low|CMA|NOFRAGMENT|KSWAPD\n"
	     "    pass 1 over the zones, alloc flags "
	     "low|CMA|NOFRAGMENT|KSWAPD: first attempt\n"
	     "      Normal: above high? usable 256 - rest of the block 7 - "
	     "reserve 0 - high 12 = 237: yes, that is enough\n"
	     "          block 0..31 leaves Movable[5]: taken for the request\n"
	     "          block 16..31 to the head of Movable[4]: the upper half "
	     "of a split\n"
	     "          block 8..15 to the head of Movable[3]: the upper half "
	     "of a split\n"
	     "        block 0..7, order 3, taken from the Movable lists\n"
	     "        per-CPU list Movable[3] of Normal refilled: 1 of 1 "
	     "block (high 4, alloc_factor 0)\n"
	     "        block 0..7 taken from per-CPU list Movable[3] of Normal, "
	     "which leaves 0 pages on this CPU\n"
	     "  served: block 0..7, order 3, Movable, "
	     "GFP_KERNEL|__GFP_MOVABLE\n"
	     "alloc flags: CMA: may have pages of CMA areas; NOFRAGMENT: types "
	     "are not to be mixed; KSWAPD: may wake kswapd\n"
	     "`explain op 0 all=on` tells every event\n");
}
END_TEST

START_TEST(depth_0_is_a_sentence_each)
{
	runs(lab, "alloc order=5 type=M");
	says(lab, "explain depth=0", CMD_OK,
	     "alloc order=5 gfp=GFP_KERNEL|__GFP_MOVABLE on cpu 0: pfn 0\n"
	     "  32 pages wanted for GFP_KERNEL|__GFP_MOVABLE\n"
	     "    pass 1 over the zones: first attempt\n"
	     "      Normal: above high? yes, that is enough\n"
	     "          block 0..31 leaves Movable[5]: taken for the request\n"
	     "        block 0..31 taken from the Movable lists\n"
	     "  served: block 0..31\n");
}
END_TEST

START_TEST(depth_2_tells_the_kernels_function_of_every_line)
{
	struct out *out;

	runs(lab, "alloc order=5");
	out = output("explain depth=2");
	ck_assert_uint_eq(times(out_string(out), "[kernel: "),
			  lines_of(out_string(out)) - 1);
	ck_assert_uint_eq(times(out_string(out), "; page_allocation.rst, \""),
			  lines_of(out_string(out)) - 1);
	out_free(out);
}
END_TEST

START_TEST(what_is_no_allocation_is_called_by_its_line)
{
	runs(lab, "alloc order=5 name=a");
	runs(lab, "free a");
	says(lab, "explain depth=0", CMD_OK,
	     "free a: freed: block 0..31, order 5\n"
	     "  block 0..31 comes back\n"
	     "    block 0..31 is freed\n"
	     "      block 0..15 stays at order 4: the buddy is in use, or on "
	     "a per-CPU list\n"
	     "          block 0..15 to the head of Unmovable[4]: so large a "
	     "block goes to the head\n"
	     "      block 16..31 and its free buddy 0..15 merge to 0..31\n"
	     "      block 0..31 stays at order 5: there is no larger order\n"
	     "          block 0..31 to the head of Unmovable[5]: so large a "
	     "block goes to the head\n"
	     "  freed: block 0..31\n"
	     "`explain op 1 all=on` tells every event\n");
}
END_TEST

/* ---- refusals ---- */

START_TEST(a_refusal_ends_with_the_line_that_said_no)
{
	struct out *out;
	const char *last;

	runs(lab, "schedule manual");
	runs(lab, "alloc count=7 order=5");
	runs(lab, "alloc order=4");
	runs(lab, "alloc order=5");
	out = output("explain");
	ck_assert_ptr_nonnull(
		strstr(out_string(out),
		       "alloc order=5 gfp=GFP_KERNEL on cpu 0: refused\n"));
	last = strstr(out_string(out), "\n  refused, order 5");
	ck_assert_ptr_nonnull(last);
	ck_assert_str_eq(
		last, "\n  refused, order 5 for GFP_KERNEL: Normal: usable 16 "
		      "- rest of the block 31 - reserve 0 - mark min 8 = "
		      "-23: too few, it must be more than 0; an order above "
		      "3 is not worth more, gives up\n"
		      "alloc flags: CPUSET: keeps to the nodes of its cpuset; "
		      "NOFRAGMENT: types are not to be mixed; KSWAPD: may wake "
		      "kswapd\n"
		      "`explain op 3 all=on` tells every event\n");
	out_free(out);
}
END_TEST

/* ---- folding ---- */

static bool story_has(struct lab *l, const char *part)
{
	struct out *out = out_buffer();
	bool found;

	ck_assert_int_eq(lab_run(l, "explain", out), CMD_OK);
	found = strstr(out_string(out), part) != NULL;
	out_free(out);
	return found;
}

/* One block of those that come back tells it; then it is about the request. */
START_TEST(a_victims_blocks_are_told_once)
{
	struct out *out = out_buffer();
	unsigned int told = 0;

	runs(lab, "world new tiny; task new web; task anon web 100; "
		  "task new db adj=500; task anon db 120; "
		  "alloc count=60 gfp=GFP_KERNEL|__GFP_NORETRY; alloc");
	ck_assert_int_eq(lab_run(lab, "explain", out), CMD_OK);
	for (const char *s = out_string(out); (s = strstr(s, "  freed: ")); s++)
		told++;
	ck_assert_uint_eq(told, 1);
	ck_assert_ptr_nonnull(
		strstr(out_string(out), "... 127 more requests the same way"));
	ck_assert_ptr_nonnull(strstr(out_string(out), "db (101) is gone"));
	ck_assert_ptr_nonnull(strstr(out_string(out), "  served: frame"));
	out_free(out);
}
END_TEST

/* Each turn has its reason: why kswapd is left alone, why it goes round. */
START_TEST(the_slow_path_says_why)
{
	runs(lab, "world new tiny; alloc gfp=GFP_ATOMIC|__GFP_MEMALLOC "
		  "count=256 name=x; alloc order=4 gfp=GFP_KERNEL|"
		  "__GFP_NOFAIL");
	ck_assert(story_has(lab, "is left asleep: it has worked in vain too "
				 "often"));
	ck_assert(story_has(lab, "once more, for __GFP_NOFAIL it may not end"));
	ck_assert(!story_has(lab, "after the OOM killer"));
	ck_assert(story_has(lab, "priority async"));
}
END_TEST

/* The zones had a page; it is the group that said no. */
START_TEST(a_group_that_refuses_has_the_last_word)
{
	runs(lab, "world new tiny; group new g max=20; task new app; "
		  "group add g app; task anon app 10");
	says(lab, "alloc task=app gfp=GFP_KERNEL_ACCOUNT|__GFP_NORETRY order=4",
	     CMD_OK,
	     "refused: order 4 GFP_KERNEL_ACCOUNT|__GFP_NORETRY: its group is "
	     "at its limit\n");
	ck_assert(story_has(lab, "  refused, order 4 for GFP_KERNEL_ACCOUNT|"
				 "__GFP_NORETRY: its group is at its limit\n"));
}
END_TEST

START_TEST(requests_alike_are_told_once)
{
	runs(lab, "alloc order=5 count=4 type=M");
	says(lab, "explain depth=0", CMD_OK,
	     "alloc order=5 count=4 type=M: 4 requests\n"
	     "  32 pages wanted for GFP_KERNEL|__GFP_MOVABLE\n"
	     "    pass 1 over the zones: first attempt\n"
	     "      Normal: above high? yes, that is enough\n"
	     "          block 0..31 leaves Movable[5]: taken for the request\n"
	     "        block 0..31 taken from the Movable lists\n"
	     "  served: block 0..31\n"
	     "  ... 3 more requests the same way\n"
	     "`explain op 0 all=on` tells every event\n");
}
END_TEST

/* The first free of many is told, then the first that flushes, and so on. */
START_TEST(a_request_of_another_kind_is_always_told)
{
	struct out *out;
	const char *s;

	runs(lab, "schedule manual");
	runs(lab, "alloc count=600 name=a");
	out = output("explain");
	s = out_string(out);
	ck_assert_ptr_nonnull(strstr(s, "alloc count=600 name=a: 248 requests, "
					"1 of them refused\n"));
	ck_assert_uint_eq(times(s, "\n  refused, order 0 for GFP_KERNEL"), 1);
	ck_assert_ptr_nonnull(strstr(s, "kswapd of node 0 is told"));
	ck_assert_uint_le(lines_of(s), 120);
	out_free(out);

	runs(lab, "free a");
	out = output("explain");
	s = out_string(out);
	ck_assert_ptr_nonnull(strstr(s, "to go from the per-CPU lists"));
	ck_assert_ptr_nonnull(strstr(s, "merge to 0..31, order 5"));
	ck_assert_uint_le(lines_of(s), 120);
	out_free(out);
}
END_TEST

START_TEST(a_long_refill_is_told_by_its_first_pages)
{
	struct out *out;
	const char *s;

	runs(lab, "world new classroom pcp-batch-scale-max=6");
	runs(lab, "alloc count=200");
	runs(lab, "alloc count=400");
	out = output("explain");
	s = out_string(out);
	ck_assert_ptr_nonnull(
		strstr(s, " more the same way, the last: frame "));
	ck_assert_uint_le(lines_of(s), 80);
	out_free(out);
}
END_TEST

START_TEST(all_tells_every_event)
{
	struct mm_op op;
	struct out *out;

	runs(lab, "alloc count=100 name=a");
	ck_assert_int_eq(mm_op(lab_mm(lab), 0, &op), 0);
	out = output("explain op 0 all=on");
	/* the heading, the events, what the flags mean */
	ck_assert_uint_eq(lines_of(out_string(out)), op.last - op.first + 2);
	ck_assert_ptr_null(strstr(out_string(out), "..."));
	ck_assert_ptr_null(strstr(out_string(out), "all=on"));
	out_free(out);
}
END_TEST

/* ---- which operation ---- */

START_TEST(an_operation_is_found_by_event_and_by_number)
{
	struct out *by_op, *by_event;

	runs(lab, "alloc");
	runs(lab, "alloc order=2");
	by_op = output("explain op 0");
	by_event = output("explain event 3");
	ck_assert_str_eq(out_string(by_op), out_string(by_event));
	ck_assert_ptr_nonnull(strstr(out_string(by_op), "alloc order=0"));
	out_free(by_op);
	out_free(by_event);
	by_op = output("explain op 1");
	by_event = output("explain");
	ck_assert_str_eq(out_string(by_op), out_string(by_event));
	ck_assert_ptr_nonnull(strstr(out_string(by_op), "alloc order=2"));
	out_free(by_op);
	out_free(by_event);
}
END_TEST

/* Pages in a row are written to swap, with three events each. */
START_TEST(rounds_of_events_are_told_once)
{
	struct out *out, *all;

	runs(lab, "world new tiny seed=1; swap on pages=100; task new hog");
	runs(lab, "task anon hog 150; task new web; task anon web 100");
	out = output("explain");
	all = output("explain all=on");
	ck_assert_uint_lt(times(out_string(out), "gets its place in swap"), 12);
	ck_assert_uint_eq(times(out_string(all), "gets its place in swap"),
			  100);
	/* of all who might have been killed something is said */
	ck_assert_uint_eq(times(out_string(out), "points of"), 2);
	ck_assert_uint_lt(2 * lines_of(out_string(out)),
			  lines_of(out_string(all)));
	out_free(out);
	out_free(all);
}
END_TEST

START_TEST(bad_lines_are_refused)
{
	refuses(lab, "explain", "nothing was done yet");
	runs(lab, "alloc");
	refuses(lab, "explain depth=9", "expected 0, 1 or 2");
	refuses(lab, "explain op 99", "expected one of");
	refuses(lab, "explain event 9999", "expected one of 1 to");
}
END_TEST

Suite *check_explain_suite(void)
{
	Suite *s = suite_create("cmd/explain");
	TCase *tc = tcase_create("explain");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, flags_that_are_named_are_explained);
	tcase_add_test(tc, an_allocation_is_a_tree);
	tcase_add_test(tc, depth_0_is_a_sentence_each);
	tcase_add_test(tc, depth_2_tells_the_kernels_function_of_every_line);
	tcase_add_test(tc, what_is_no_allocation_is_called_by_its_line);
	tcase_add_test(tc, a_refusal_ends_with_the_line_that_said_no);
	tcase_add_test(tc, a_victims_blocks_are_told_once);
	tcase_add_test(tc, the_slow_path_says_why);
	tcase_add_test(tc, a_group_that_refuses_has_the_last_word);
	tcase_add_test(tc, requests_alike_are_told_once);
	tcase_add_test(tc, a_request_of_another_kind_is_always_told);
	tcase_add_test(tc, a_long_refill_is_told_by_its_first_pages);
	tcase_add_test(tc, all_tells_every_event);
	tcase_add_test(tc, an_operation_is_found_by_event_and_by_number);
	tcase_add_test(tc, rounds_of_events_are_told_once);
	tcase_add_test(tc, bad_lines_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
