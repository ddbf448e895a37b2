/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_fork.c - fork, switch, compare, era diff: one world and another
 */
#include "tiny.h"

Suite *check_fork_suite(void);

START_TEST(a_fork_keeps_what_a_new_line_would_drop)
{
	uint64_t first, second;

	runs(lab, "alloc order=0");
	first = hash(lab);
	runs(lab, "alloc order=3");
	second = hash(lab);
	runs(lab, "undo; fork before; alloc order=1; switch before");
	ck_assert_uint_eq(hash(lab), first);
	says(lab, "redo", CMD_OK, "redone: alloc order=3\n");
	ck_assert_uint_eq(hash(lab), second);
	runs(lab, "switch main");
	says(lab, "undo", CMD_OK, "undone: alloc order=1\n");
	ck_assert_uint_eq(hash(lab), first);
}
END_TEST

START_TEST(what_is_done_in_one_fork_stays_there)
{
	const char *name;
	uint64_t h;

	runs(lab, "alloc order=2 name=a; fork b");
	h = hash(lab);
	says(lab, "compare b", CMD_OK, "main and b: the same, every byte\n");
	runs(lab, "free a; set vm.swappiness 10");
	ck_assert_uint_eq(mm_hash(lab_fork(lab, 0, &name)), h);
	ck_assert_str_eq(name, "b");
	ck_assert_ptr_null(lab_fork(lab, 1, &name));
	runs(lab, "switch b; unfork main");
	ck_assert_str_eq(lab_fork_name(lab), "b");
	ck_assert_uint_eq(hash(lab), h);
}
END_TEST

START_TEST(compare_names_the_figures_and_frames_that_differ)
{
	struct out *out = out_buffer();

	runs(lab, "alloc order=0; fork b; alloc order=0");
	ck_assert_int_eq(lab_run(lab, "compare b", out), CMD_OK);
	ck_assert_ptr_nonnull(
		strstr(out_string(out),
		       "node0.Normal.free                             254"
		       "          255\n"));
	ck_assert_ptr_nonnull(
		strstr(out_string(out), "frames that differ: 1\n"));
	out_free(out);
}
END_TEST

START_TEST(forks_that_make_no_sense_are_refused)
{
	says(lab, "fork main", CMD_USAGE,
	     "fork: main: there is one already; `fork` lists them\n");
	says(lab, "switch before", CMD_USAGE,
	     "switch: before: no such fork; `fork` lists them\n");
	runs(lab, "fork before");
	says(lab, "switch befor", CMD_USAGE,
	     "switch: befor: no such fork; did you mean \"before\"?\n");
	says(lab, "unfork main", CMD_USAGE, "unfork: main: you are in it\n");
	for (char c = 'a'; c < 'h'; c++) {
		char line[] = "fork x";

		line[5] = c;
		runs(lab, line);
	}
	says(lab, "fork z", CMD_USAGE,
	     "fork: there are 8 already; `unfork NAME` gives one up\n");
}
END_TEST

/* Each pair of pages keeps one: U must take from M, and the eras differ. */
#define FRAGMENTED                                                             \
	"alloc type=M count=200 name=m; free m every=3; alloc type=U count=60"

START_TEST(eras_part_at_a_fallback)
{
	const struct mm *now, *then;
	const char *name;
	uint64_t h;

	runs(lab, FRAGMENTED);
	h = hash(lab);
	runs(lab, "era diff");
	ck_assert_uint_eq(hash(lab), h);
	now = lab_fork(lab, 0, &name);
	ck_assert_str_eq(name, "linux-7.3");
	then = lab_fork(lab, 1, &name);
	ck_assert_str_eq(name, "linux-2.6.24");
	ck_assert_int_eq(mm_era(then), ERA_LINUX_2_6_24);
	ck_assert_int_eq(mm_event(now, mm_now(now))->type,
			 EV_mm_page_alloc_extfrag);
	ck_assert_int_eq(mm_event(then, mm_now(then))->type,
			 EV_mm_page_alloc_extfrag);
	ck_assert_int_ne(mm_event(now, mm_now(now))->arg[0],
			 mm_event(then, mm_now(then))->arg[0]);
	/* the fork of this world's own era ends as this world does */
	runs(lab, "switch linux-7.3; finish; continue");
	ck_assert_uint_eq(hash(lab), h);
}
END_TEST

static void shown(const char *view, const char *above, const char *below)
{
	ck_assert_str_eq(lab_shown(lab)->view, view);
	ck_assert_str_eq(lab_shown(lab)->above, above);
	ck_assert_str_eq(lab_shown(lab)->below, below);
}

/* Until the next line. */
START_TEST(a_line_knows_which_view_shows_what_it_told)
{
	shown("", "", "");
	runs(lab, "alloc order=0; fork b; alloc order=0; compare b");
	shown("compare", "", "b");
	runs(lab, "alloc order=0");
	shown("", "", "");
	runs(lab, "compare b all=on"); /* the text is what was wanted */
	shown("", "", "");
	runs(lab, "switch b; compare main");
	shown("compare", "", "main");
	says(lab, "compare nobody", CMD_USAGE,
	     "compare: nobody: no such fork; `fork` lists them\n");
	shown("", "", "");
	runs(lab, "switch main; " FRAGMENTED "; era diff");
	shown("compare", "linux-7.3", "linux-2.6.24");
	runs(lab, "plot");
	shown("", "", "");
	runs(lab, "plot free");
	shown("figures", "", "");
	/* what the second command tells comes after the first */
	runs(lab, "compare b; plot free");
	shown("figures", "", "");
}
END_TEST

START_TEST(a_loaded_world_cannot_begin_anew)
{
	runs(lab, "world load tests/cases/B_128M_keep300.case.gz");
	says(lab, "era diff", CMD_USAGE,
	     "era diff: this world was loaded, so it cannot begin anew; "
	     "expected one from `world new`\n");
}
END_TEST

START_TEST(a_line_refused_in_one_era_changes_nothing)
{
	const uint64_t h = hash(lab);

	says(lab, "era diff nosuch", CMD_ERROR,
	     "nosuch: no such command; `help all` lists them\n");
	ck_assert_uint_eq(hash(lab), h);
	says(lab, "fork", CMD_OK,
	     "* main            tiny, linux-7.3, event 0 of 0\n");
}
END_TEST

Suite *check_fork_suite(void)
{
	Suite *s = suite_create("cmd/fork");
	TCase *tc = tcase_create("fork");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_fork_keeps_what_a_new_line_would_drop);
	tcase_add_test(tc, what_is_done_in_one_fork_stays_there);
	tcase_add_test(tc, compare_names_the_figures_and_frames_that_differ);
	tcase_add_test(tc, forks_that_make_no_sense_are_refused);
	tcase_add_test(tc, eras_part_at_a_fallback);
	tcase_add_test(tc, a_line_knows_which_view_shows_what_it_told);
	tcase_add_test(tc, a_loaded_world_cannot_begin_anew);
	tcase_add_test(tc, a_line_refused_in_one_era_changes_nothing);
	suite_add_tcase(s, tc);
	return s;
}
