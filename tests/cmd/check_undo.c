/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_undo.c - taking lines back, doing them again, stopping one
 */
#include "say.h"

#include <signal.h>
#include <sys/time.h>

Suite *check_undo_suite(void);

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

START_TEST(undo_and_redo_take_one_line_each)
{
	static const char *const lines[] = {
		"alloc order=2 name=a", "alloc count=20 name=b",
		"free b every=2",	"drain",
		"set pcp off",		"repeat 5 alloc order=1",
	};
	const size_t n = sizeof lines / sizeof lines[0];
	uint64_t h[7];

	h[0] = hash(lab);
	for (size_t i = 0; i < n; i++) {
		runs(lab, lines[i]);
		h[i + 1] = hash(lab);
	}
	for (size_t i = n; i-- > 0;) {
		char said[80];

		snprintf(said, sizeof said, "undone: %s\n", lines[i]);
		says(lab, "undo", CMD_OK, said);
		ck_assert_uint_eq(hash(lab), h[i]);
	}
	says(lab, "undo", CMD_OK, "undo: nothing to undo\n");
	runs(lab, "redo 6");
	ck_assert_uint_eq(hash(lab), h[n]);
	says(lab, "redo", CMD_OK, "redo: nothing to redo\n");
	runs(lab, "undo 6");
	ck_assert_uint_eq(hash(lab), h[0]);
}
END_TEST

START_TEST(undo_reaches_beyond_the_tape)
{
	uint64_t before, after;

	runs(lab, "world new laptop; alloc count=7 name=a; free a every=2");
	before = hash(lab);
	runs(lab, "alloc type=M count=1000000 name=big");
	ck_assert_uint_eq(mm_nr_ops(lab_mm(lab)), 0);
	after = hash(lab);
	says(lab, "undo", CMD_OK,
	     "undone: alloc type=M count=1000000 name=big (the world was made "
	     "again from the 2 lines before)\n");
	ck_assert_uint_eq(hash(lab), before);
	says(lab, "undo; redo 3", CMD_OK,
	     "undone: free a every=2\nredone: free a every=2\n"
	     "redone: alloc type=M count=1000000 name=big\n"
	     "redo: 2 lines, that is all\n");
	ck_assert_uint_eq(hash(lab), after);
	runs(lab, "undo 2");
	says(lab, "drain", CMD_OK,
	     "(dropped: 2 later lines)\n"
	     "drained 56 pages, 0 left on per-CPU lists\n");
	says(lab, "redo; undo 2", CMD_OK,
	     "redo: nothing to redo\nundone: drain\n"
	     "undone: alloc count=7 name=a\n");
	runs(lab, "redo; free a every=2");
	ck_assert_uint_eq(hash(lab), before);
	says(lab, "undo", CMD_OK, "undone: free a every=2\n");
	runs(lab, "undo 2");
	ck_assert_str_eq(mm_world_name(lab_mm(lab)), "tiny");
}
END_TEST

START_TEST(undo_beyond_the_tape_keeps_what_can_be_redone)
{
	uint64_t first, last;

	runs(lab, "world new laptop");
	first = hash(lab);
	runs(lab, "alloc type=M count=1000000; alloc");
	last = hash(lab);
	runs(lab, "world new tiny seed=9; undo 2");
	says(lab, "undo", CMD_OK,
	     "undone: alloc type=M count=1000000 (the world was made anew)\n");
	ck_assert_uint_eq(hash(lab), first);
	runs(lab, "redo 2");
	ck_assert_uint_eq(hash(lab), last);
	says(lab, "redo; redo", CMD_OK,
	     "redone: world new tiny seed=9\nredo: nothing to redo\n");
}
END_TEST

START_TEST(undo_takes_what_there_is)
{
	runs(lab, "alloc; alloc order=1");
	says(lab, "undo 999", CMD_OK,
	     "undone: alloc order=1\nundone: alloc\n"
	     "undo: 2 lines, that is all\n");
	says(lab, "back; prev", CMD_OK,
	     "back: this is the beginning of what is recorded\n"
	     "prev: this is the beginning of what is recorded\n");
	runs(lab, "redo 2");
	says(lab, "step; next; finish", CMD_OK,
	     "step: this is the end of what is recorded; `back` and `undo` "
	     "lead "
	     "into it\n"
	     "next: this is the end of what is recorded; `back` and `undo` "
	     "lead "
	     "into it\n"
	     "finish: this is the end of what is recorded; `back` and `undo` "
	     "lead into it\n");
	refuses(lab, "goto 99999", "expected an event");
}
END_TEST

START_TEST(undo_goes_over_replaced_worlds)
{
	const uint64_t first = hash(lab);
	uint64_t second, third;

	runs(lab, "alloc order=3");
	second = hash(lab);
	runs(lab, "world new classroom seed=3; alloc");
	third = hash(lab);
	runs(lab, "world new tiny");
	ck_assert_uint_eq(hash(lab), first);
	says(lab, "undo", CMD_OK, "undone: world new tiny\n");
	ck_assert_uint_eq(hash(lab), third);
	runs(lab, "undo 2");
	ck_assert_uint_eq(hash(lab), second);
	runs(lab, "undo");
	ck_assert_uint_eq(hash(lab), first);
	runs(lab, "redo 3");
	ck_assert_uint_eq(hash(lab), third);
	runs(lab, "redo");
	ck_assert_str_eq(mm_world_name(lab_mm(lab)), "tiny");
}
END_TEST

START_TEST(worlds_that_are_too_old_are_gone)
{
	for (int i = 0; i < 12; i++)
		runs(lab, "world new tiny");
	runs(lab, "undo 8");
	says(lab, "undo", CMD_OK,
	     "undo: nothing to undo: the worlds before are no longer kept\n");
}
END_TEST

START_TEST(a_change_in_the_past_drops_the_future_and_says_so)
{
	runs(lab, "alloc; alloc order=1; alloc order=2; undo 2");
	says(lab, "alloc order=3", CMD_OK,
	     "(dropped: 2 later lines)\npfn 8, order 3\n");
	says(lab, "redo", CMD_OK, "redo: nothing to redo\n");
	runs(lab, "check; world new tiny; undo 2");
	says(lab, "drain", CMD_OK,
	     "(dropped: 2 later lines)\n"
	     "drained 0 pages, 0 left on per-CPU lists\n");
}
END_TEST

START_TEST(a_change_inside_of_an_operation_goes_to_its_end_first)
{
	uint64_t end;

	runs(lab, "alloc order=2");
	end = hash(lab);
	runs(lab, "back 2");
	says(lab, "world new tiny", CMD_OK, "");
	runs(lab, "undo");
	ck_assert_uint_eq(hash(lab), end);
	runs(lab, "back 2");
	ck_assert_uint_ne(mm_now(lab_mm(lab)), mm_last_moment(lab_mm(lab)));
	says(lab, "set pcp 1", CMD_OK,
	     "(first to the end of: alloc order=2)\n"
	     "(dropped: 1 later line)\npcp 1\n");
	runs(lab, "undo");
	ck_assert_uint_eq(hash(lab), end);
}
END_TEST

/* There it may be that a name has its blocks only then. */
START_TEST(a_change_inside_of_an_operation_is_one_of_its_end)
{
	uint64_t inside;

	runs(lab, "alloc count=4 name=a; goto 3");
	inside = mm_now(lab_mm(lab));
	says(lab, "free a order=1", CMD_USAGE,
	     "free: order=1: a holds 4 blocks of order 0\n");
	ck_assert_uint_eq(mm_now(lab_mm(lab)), inside);
	says(lab, "free a every=2", CMD_OK,
	     "(first to the end of: alloc count=4 name=a)\n"
	     "freed 2 blocks of a, 2 pages\n");
	/* what changes nothing goes nowhere */
	runs(lab, "free a; back 2");
	inside = mm_now(lab_mm(lab));
	says(lab, "free a", CMD_OK, "a holds no block\n");
	ck_assert_uint_eq(mm_now(lab_mm(lab)), inside);
}
END_TEST

START_TEST(a_refused_line_keeps_the_future)
{
	runs(lab, "alloc; alloc order=1; undo");
	refuses(lab, "free 200", "frame 200 is free already");
	refuses(lab, "alloc type=C", "expected U, M or E");
	refuses(lab, "world new tiny pages=0", "pages");
	refuses(lab, "world new tiny pages=64 seed=1 pages=64",
		"pages= is given twice");
	refuses(lab, "world lod x", "did you mean \"world load\"?");
	refuses(lab, "world zebra", "zebra: no such thing; `help world`");
	runs(lab, "redo");
}
END_TEST

/* What is found out only by the model: of the future nothing is said. */
START_TEST(a_line_that_the_model_refuses_keeps_the_future)
{
	static const char *const lines[] = {
		"group new inner parent=outer max=200",
		"group add / app",
		"cpuset set one mems=0",
		"run kswapd0",
		"swap off",
		"slab new app objects=1 per-page=1",
		"drop_caches 9",
		"repeat 3 group new again",
		"task anon app 5",
	};
	struct out *out = out_buffer();
	uint64_t end, here, there;

	runs(lab, "world new tiny zones=0:Normal:0-128,1:Normal:128-256; "
		  "group new outer max=100; cpuset new one mems=0-1; "
		  "cpuset new two mems=1 parent=one; task new app; "
		  "group add outer app; task anon app 3; "
		  "alloc count=2 name=pair; schedule manual; "
		  "task anon app 2; alloc order=1; world new tiny; alloc");
	end = hash(lab);
	runs(lab, "undo 2; back 1");
	here = hash(lab);
	there = mm_now(lab_mm(lab));
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		const enum cmd_status status = lab_run(lab, lines[i], out);

		ck_assert_msg(status != CMD_OK, "%s", lines[i]);
		ck_assert_msg(!strstr(out_string(out), "dropped") &&
				      !strstr(out_string(out), "first to"),
			      "%s", out_string(out));
		ck_assert_msg(hash(lab) == here && mm_now(lab_mm(lab)) == there,
			      "%s", lines[i]);
		out_clear(out);
	}
	runs(lab, "redo 3");
	ck_assert_uint_eq(hash(lab), end);
	out_free(out);
}
END_TEST

START_TEST(a_repeat_that_fails_changes_nothing)
{
	runs(lab, "set pcp off; alloc order=1 name=a; alloc count=3");
	refuses(lab, "repeat 3 free 0", "frame 0 is free already");
	refuses(lab, "repeat 2 \"alloc; free 200\"",
		"frame 200 is free already");
	says(lab, "redo; undo", CMD_OK,
	     "redo: nothing to redo\nundone: alloc count=3\n");
	runs(lab, "check");
	/* also when it has outgrown the tape */
	runs(lab, "world new laptop; alloc count=7 name=a");
	refuses(lab, "repeat 1 \"alloc type=M count=1000000; free 0\"",
		"no memory at frame 0");
	says(lab, "redo; undo", CMD_OK,
	     "redo: nothing to redo\nundone: alloc count=7 name=a\n");
}
END_TEST

/*
 * Again and again, so that one comes while the line is being run; by the time
 * that is spent here, since a busy machine may let any other pass.
 */
static void interrupt_soon(bool yes)
{
	const struct timeval soon = {.tv_usec = yes ? 20000 : 0};

	setitimer(ITIMER_PROF, &(struct itimerval){soon, soon}, NULL);
}

static void on_alarm(int signo)
{
	(void)signo;
	lab_interrupt(lab);
}

START_TEST(a_long_line_can_be_stopped)
{
	static const char *const lines[] = {
		"repeat 1000000 \"alloc name=b; free b\"",
		"alloc count=4000000 name=b",
		"repeat 1000000 bulk count=9 name=b",
		"free a",
		"repeat 1000000 \"alloc; alloc\"",
	};
	const struct sigaction alarm = {.sa_handler = on_alarm};
	static const char stopped[] = "stopped: nothing was changed\n";
	uint64_t before;

	sigaction(SIGPROF, &alarm, NULL);
	runs(lab, "world new laptop; alloc count=3; alloc count=600000 name=a; "
		  "alloc");
	before = hash(lab);
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		interrupt_soon(true);
		says(lab, lines[i], CMD_FAILED, stopped);
		interrupt_soon(false);
		ck_assert_uint_eq(hash(lab), before);
	}
	says(lab, "redo; undo", CMD_OK,
	     "redo: nothing to redo\nundone: alloc\n");
	lab_interrupt(lab); /* before a line, it is not meant for that */
	runs(lab, "redo");
	ck_assert_uint_eq(hash(lab), before);
}
END_TEST

/* Lines that were done again before stay done. */
START_TEST(redo_can_be_stopped_between_lines_and_inside_of_one)
{
	const struct sigaction alarm = {.sa_handler = on_alarm};
	uint64_t before, end;

	sigaction(SIGPROF, &alarm, NULL);
	runs(lab, "world new laptop; alloc; alloc type=M count=1500000");
	end = hash(lab);
	runs(lab, "undo");
	before = hash(lab);
	runs(lab, "undo");
	interrupt_soon(true);
	says(lab, "redo 2", CMD_FAILED,
	     "redone: alloc\nredo: stopped after 1 line\n");
	ck_assert_uint_eq(hash(lab), before);
	says(lab, "redo", CMD_FAILED, "stopped: nothing was changed\n");
	interrupt_soon(false);
	ck_assert_uint_eq(hash(lab), before);
	says(lab, "redo 2", CMD_OK,
	     "redone: alloc type=M count=1500000\nredo: 1 line, that is all\n");
	ck_assert_uint_eq(hash(lab), end);
}
END_TEST

START_TEST(a_long_answer_can_be_stopped)
{
	static const char *const looks[] = {
		"show events last=all",
		"explain op 0 all=on",
	};
	const struct sigaction alarm = {.sa_handler = on_alarm};

	sigaction(SIGPROF, &alarm, NULL);
	runs(lab, "world new laptop; alloc count=200000");
	for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
		struct out *out = out_buffer();

		interrupt_soon(true);
		ck_assert_int_eq(lab_run(lab, looks[i], out), CMD_FAILED);
		interrupt_soon(false);
		ck_assert_ptr_nonnull(strstr(out_string(out),
					     "stopped: nothing was "
					     "changed\n"));
		out_free(out);
	}
}
END_TEST

Suite *check_undo_suite(void)
{
	Suite *s = suite_create("cmd/undo");
	TCase *tc = tcase_create("undo");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, undo_and_redo_take_one_line_each);
	tcase_add_test(tc, undo_reaches_beyond_the_tape);
	tcase_add_test(tc, undo_beyond_the_tape_keeps_what_can_be_redone);
	tcase_add_test(tc, undo_takes_what_there_is);
	tcase_add_test(tc, undo_goes_over_replaced_worlds);
	tcase_add_test(tc, worlds_that_are_too_old_are_gone);
	tcase_add_test(tc, a_change_in_the_past_drops_the_future_and_says_so);
	tcase_add_test(tc,
		       a_change_inside_of_an_operation_goes_to_its_end_first);
	tcase_add_test(tc, a_change_inside_of_an_operation_is_one_of_its_end);
	tcase_add_test(tc, a_refused_line_keeps_the_future);
	tcase_add_test(tc, a_line_that_the_model_refuses_keeps_the_future);
	tcase_add_test(tc, a_repeat_that_fails_changes_nothing);
	tcase_add_test(tc, a_long_line_can_be_stopped);
	tcase_add_test(tc, redo_can_be_stopped_between_lines_and_inside_of_one);
	tcase_add_test(tc, a_long_answer_can_be_stopped);
	suite_add_tcase(s, tc);
	return s;
}
