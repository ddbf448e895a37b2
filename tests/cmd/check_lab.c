/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_lab.c - lines, and going back and forth over them
 */
#include "say.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>

Suite *check_lab_suite(void);

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

/* A line that outgrows the tape is undone by making the world again. */
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

/* The worlds that come after stay, too. */
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
	     "step: this is the end of what is recorded\n"
	     "next: this is the end of what is recorded\n"
	     "finish: this is the end of what is recorded\n");
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
	ck_assert_uint_ne(mm_now(lab_mm(lab)), mm_last_moment(lab_mm(lab)));
	says(lab, "set pcp 1", CMD_OK,
	     "(first to the end of: alloc order=2)\npcp 1\n");
	runs(lab, "undo");
	ck_assert_uint_eq(hash(lab), end);
}
END_TEST

START_TEST(a_refused_line_keeps_the_future)
{
	runs(lab, "alloc; alloc order=1; undo");
	refuses(lab, "free 200", "frame 200 is free already");
	refuses(lab, "alloc type=C", "expected U, M or E");
	refuses(lab, "world new tiny pages=0", "pages");
	runs(lab, "redo");
}
END_TEST

START_TEST(stepping_there_and_back_gives_the_same_bytes)
{
	const uint64_t before = hash(lab);
	uint64_t after, last;

	runs(lab, "alloc count=40 name=a; free a every=2; drain");
	after = hash(lab);
	last = mm_last_moment(lab_mm(lab));
	while (mm_now(lab_mm(lab)) > 0)
		runs(lab, "back");
	ck_assert_uint_eq(hash(lab), before);
	for (uint64_t i = 0; i < last; i++)
		runs(lab, "step");
	ck_assert_uint_eq(hash(lab), after);
	runs(lab, "goto 0; finish; finish; finish");
	ck_assert_uint_eq(hash(lab), after);
	while (mm_now(lab_mm(lab)) > 0)
		runs(lab, "prev");
	ck_assert_uint_eq(hash(lab), before);
}
END_TEST

START_TEST(a_refused_allocation_is_an_answer)
{
	struct out *out = out_buffer();

	ck_assert_int_eq(lab_run(lab, "alloc order=5 count=99", out), CMD_OK);
	ck_assert_ptr_nonnull(strstr(out_string(out), "got 7 of 99 blocks"));
	ck_assert_ptr_nonnull(strstr(out_string(out), "refused: order 5 "));
	ck_assert_ptr_nonnull(strstr(out_string(out), "gives up"));
	out_free(out);
	runs(lab, "check");
}
END_TEST

START_TEST(patterns_pick_the_blocks_of_a_name)
{
	runs(lab, "set pcp off; alloc count=10 name=a");
	says(lab, "free a every=2", CMD_OK, "freed 5 blocks of a, 5 pages\n");
	ck_assert_int_eq(mm_owner_blocks(lab_mm(lab), 1), 5);
	says(lab, "free 1; free a offset=2 every=2", CMD_OK,
	     "freed pfn 1, order 0\nfreed 1 block of a, 1 page\n");
	says(lab, "free a last=2", CMD_OK, "freed 2 blocks of a, 2 pages\n");
	says(lab, "free a first=1", CMD_OK, "freed 1 block of a, 1 page\n");
	refuses(lab, "free a", "a: no block to free");
	refuses(lab, "free b", "no such owner; did you mean \"a\"?");
	refuses(lab, "free a every=0", "expected 1 or more");
	refuses(lab, "free a first=1 last=1", "exclude each other");
	refuses(lab, "free 3 every=2", "leave it out");
	ck_assert_int_eq(figure(lab, "free"), 256);
}
END_TEST

START_TEST(random_picks_follow_the_seed)
{
	uint64_t one, same, other;

	runs(lab, "set pcp off; alloc count=50 name=a; free a random=20");
	one = hash(lab);
	runs(lab, "undo; free a random=20 seed=1");
	same = hash(lab);
	runs(lab, "undo; free a random=20 seed=2");
	other = hash(lab);
	ck_assert_uint_eq(one, same);
	ck_assert_uint_ne(one, other);
	ck_assert_int_eq(figure(lab, "free"), 256 - 30);
}
END_TEST

START_TEST(what_is_not_a_block_is_not_freed)
{
	runs(lab, "set pcp off; alloc order=2");
	refuses(lab, "free 1", "lies inside the block at 0");
	refuses(lab, "free 0 order=1", "has order 2, not 1");
	refuses(lab, "free 9", "is free already");
	runs(lab, "free 0 order=2");
	refuses(lab, "free 0", "is free already");
	refuses(lab, "split 0", "is free already");
}
END_TEST

START_TEST(repeat_is_one_operation)
{
	const uint64_t before = hash(lab);

	runs(lab, "repeat 10 \"alloc name=a; alloc order=1\"");
	ck_assert_int_eq(mm_owner_blocks(lab_mm(lab), 1), 10);
	runs(lab, "undo");
	ck_assert_uint_eq(hash(lab), before);
	refuses(lab, "repeat 2 repeat 2 alloc", "cannot be repeated");
	refuses(lab, "repeat 2 undo", "cannot be repeated");
	refuses(lab, "repeat 2 world new tiny", "cannot be repeated");
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
}
END_TEST

/* Again and again, so that one comes while the line is being run. */
static void interrupt_soon(bool yes)
{
	const struct timeval soon = {.tv_usec = yes ? 20000 : 0};

	setitimer(ITIMER_REAL, &(struct itimerval){soon, soon}, NULL);
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

	sigaction(SIGALRM, &alarm, NULL);
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

START_TEST(an_unfinished_operation_is_no_broken_world)
{
	const struct mm *mm = lab_mm(lab);
	unsigned int unfinished = 0;

	runs(lab, "alloc order=2");
	while (mm_now(mm) > 0) {
		struct out *out = out_buffer();

		ck_assert_int_eq(lab_run(lab, "check", out), CMD_OK);
		unfinished += strstr(out_string(out), "not yet") != NULL;
		out_free(out);
		runs(lab, "back");
	}
	ck_assert_uint_gt(unfinished, 0);
	says(lab, "check", CMD_OK, "check: ok\n");
}
END_TEST

START_TEST(the_hash_is_sixteen_digits_and_nothing_else)
{
	char text[20];

	snprintf(text, sizeof text, "%016llx\n", (unsigned long long)hash(lab));
	says(lab, "world hash", CMD_OK, text);
}
END_TEST

START_TEST(expect_fails_the_line)
{
	says(lab, "expect free == 256; expect free >= 1", CMD_OK, "");
	says(lab, "expect free < 256; alloc", CMD_FAILED,
	     "expect: free is 256 pages, expected < 256\n");
	ck_assert_int_eq(figure(lab, "free"), 256);
	says(lab, "get free; check", CMD_OK, "free 256 pages\ncheck: ok\n");
}
END_TEST

static void count_line(void *arg, const char *line, enum cmd_status status)
{
	int *n = arg;

	n[status == CMD_OK]++;
	(void)line;
}

START_TEST(each_line_is_remembered_and_told)
{
	int n[2] = {0, 0};
	struct out *out = out_buffer();

	lab_on_line(lab, count_line, n);
	runs(lab, "alloc; check # remark");
	lab_run(lab, "allco; alloc", out);
	ck_assert_str_eq(lab_history(lab, 0), "alloc");
	ck_assert_str_eq(lab_history(lab, 1), "check");
	ck_assert_str_eq(lab_history(lab, 2), "allco");
	ck_assert_ptr_null(lab_history(lab, 3));
	ck_assert_int_eq(n[1], 2);
	ck_assert_int_eq(n[0], 1);
	ck_assert_str_eq(lab_op_line(lab, 0), "alloc");
	ck_assert_ptr_null(lab_op_line(lab, 1));
	out_free(out);
}
END_TEST

static bool offered(const char *line, const char *word, size_t start)
{
	size_t at;
	char **words = lab_complete(lab, line, strlen(line), &at);
	bool found = false;

	for (size_t i = 0; words && words[i]; i++) {
		found |= strcmp(words[i], word) == 0;
		free(words[i]);
	}
	free(words);
	return found && at == start;
}

START_TEST(completion_follows_the_table)
{
	ck_assert(offered("al", "alloc", 0));
	ck_assert(offered("check; al", "alloc", 7));
	ck_assert(offered("world ", "new", 6));
	ck_assert(offered("world new t", "tiny", 10));
	ck_assert(!offered("world new ", "seed=", 10));
	ck_assert(offered("world new tiny pag", "pages=", 15));
	ck_assert(offered("alloc ", "order=", 6));
	ck_assert(!offered("alloc order=1 ", "order=", 14));
	ck_assert(offered("alloc gfp=GFP_K", "gfp=GFP_KERNEL", 6));
	ck_assert(offered("alloc gfp=GFP_KERNEL|__GFP_C",
			  "gfp=GFP_KERNEL|__GFP_COMP", 6));
	ck_assert(offered("alloc lru=o", "lru=off", 6));
	ck_assert(offered("drain cpu=", "cpu=all", 6));
	ck_assert(offered("set vm.min", "vm.min_free_kbytes", 4));
	ck_assert(offered("get node0.Normal.fr", "node0.Normal.free", 4));
	ck_assert(offered("repeat 3 al", "alloc", 9));
	runs(lab, "alloc name=abc");
	ck_assert(offered("free a", "abc", 5));
	ck_assert(!offered("alloc \033", "order=", 6));
	ck_assert(!offered("nonsense or", "order=", 9));
}
END_TEST

Suite *check_lab_suite(void)
{
	Suite *s = suite_create("cmd/lab");
	TCase *tc = tcase_create("lab");

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
	tcase_add_test(tc, a_refused_line_keeps_the_future);
	tcase_add_test(tc, stepping_there_and_back_gives_the_same_bytes);
	tcase_add_test(tc, a_refused_allocation_is_an_answer);
	tcase_add_test(tc, patterns_pick_the_blocks_of_a_name);
	tcase_add_test(tc, random_picks_follow_the_seed);
	tcase_add_test(tc, what_is_not_a_block_is_not_freed);
	tcase_add_test(tc, repeat_is_one_operation);
	tcase_add_test(tc, a_repeat_that_fails_changes_nothing);
	tcase_add_test(tc, a_long_line_can_be_stopped);
	tcase_add_test(tc, an_unfinished_operation_is_no_broken_world);
	tcase_add_test(tc, the_hash_is_sixteen_digits_and_nothing_else);
	tcase_add_test(tc, expect_fails_the_line);
	tcase_add_test(tc, each_line_is_remembered_and_told);
	tcase_add_test(tc, completion_follows_the_table);
	suite_add_tcase(s, tc);
	return s;
}
