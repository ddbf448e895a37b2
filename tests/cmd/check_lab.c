/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_lab.c - lines, and what they say
 */
#include "say.h"

#include <stdlib.h>

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

/* A line that outgrows the tape is undone by making the world again. */
/* The worlds that come after stay, too. */
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
	says(lab, "world new tiny; alloc count=99999999 lru=on", CMD_OK,
	     "got 256 of 99999999 blocks of order 0, pfn 0 first, 251 last\n"
	     "no more are asked for than there are frames\n");
	says(lab, "world new tiny zones=0:Normal:0-256; alloc gfp=GFP_DMA",
	     CMD_OK, "refused: order 0 GFP_DMA: no zone may serve it\n");
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
	says(lab, "free a", CMD_OK, "a holds no block\n");
	runs(lab, "alloc count=2 name=c; alloc order=3 name=c");
	refuses(lab, "free c order=2",
		"order=2: c holds 2 blocks of order 0, 1 of order 3");
	refuses(lab, "free c offset=3", "offset=3: expected less than 3; c");
	refuses(lab, "free c first=0", "pick none of the blocks; c holds 2");
	runs(lab, "free c");
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
	runs(lab, "set pcp=off; alloc order=2");
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

static void count_line(void *arg, const char *line, enum cmd_status status,
		       struct out *out)
{
	int *n = arg;

	n[status == CMD_OK]++;
	(void)line;
	(void)out;
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
	tcase_add_test(tc, stepping_there_and_back_gives_the_same_bytes);
	tcase_add_test(tc, a_refused_allocation_is_an_answer);
	tcase_add_test(tc, patterns_pick_the_blocks_of_a_name);
	tcase_add_test(tc, random_picks_follow_the_seed);
	tcase_add_test(tc, what_is_not_a_block_is_not_freed);
	tcase_add_test(tc, repeat_is_one_operation);
	tcase_add_test(tc, an_unfinished_operation_is_no_broken_world);
	tcase_add_test(tc, the_hash_is_sixteen_digits_and_nothing_else);
	tcase_add_test(tc, expect_fails_the_line);
	tcase_add_test(tc, each_line_is_remembered_and_told);
	tcase_add_test(tc, completion_follows_the_table);
	suite_add_tcase(s, tc);
	return s;
}
