/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_vars.c - names in lines, lines that go on, transcripts
 */
#include <stdlib.h>
#include <unistd.h>

#include "tiny.h"

Suite *check_vars_suite(void);

START_TEST(a_name_stands_for_its_text)
{
	says(lab, "let z node0.Normal", CMD_OK, "z is node0.Normal\n");
	says(lab, "get $z.free", CMD_OK, "node0.Normal.free 256 pages\n");
	says(lab, "let n = free / 2 - 3; expect free == 2 * $n + 6", CMD_OK,
	     "n is 125\n");
	says(lab, "let", CMD_OK,
	     "z               node0.Normal\nn               125\n");
}
END_TEST

START_TEST(an_owner_stands_for_the_frames_of_its_blocks)
{
	runs(lab, "alloc order=2 count=3 name=a");
	says(lab, "free $a.1", CMD_OK, "freed pfn 4, order 2\n");
	says(lab, "free $a.1; free $a", CMD_OK,
	     "freed pfn 8, order 2\nfreed pfn 0, order 2\n");
	says(lab, "free $a", CMD_USAGE, "$: a has no block 0, from 0\n");
}
END_TEST

/* What is kept is the line as it ran, so it can be done again. */
START_TEST(undo_and_redo_know_what_it_stood_for)
{
	uint64_t h;

	runs(lab, "let o 3; alloc order=$o name=a");
	h = hash(lab);
	runs(lab, "let o 0; undo");
	says(lab, "redo", CMD_OK, "redone: alloc order=3 name=a\n");
	ck_assert_uint_eq(hash(lab), h);
}
END_TEST

START_TEST(in_quotes_a_dollar_stands_for_itself)
{
	says(lab, "world save \"/nowhere/$z\"", CMD_ERROR,
	     "world save: /nowhere/$z: No such file or directory\n");
	/* a repeated line is read each time */
	says(lab, "repeat 2 \"alloc name=a; free $a\"", CMD_OK,
	     "pfn 0, order 0\nfreed pfn 0, order 0\n"
	     "pfn 0, order 0\nfreed pfn 0, order 0\n");
}
END_TEST

START_TEST(names_that_make_no_sense_are_refused)
{
	says(lab, "where $q", CMD_USAGE,
	     "$: q: neither `let` nor name= made such a name; in quotes a $ "
	     "stands for itself\n");
	says(lab, "let n", CMD_USAGE,
	     "let: n is what?  Expected a word, or = and an expression\n");
	says(lab, "let a.b 3", CMD_USAGE,
	     "let: a.b: expected a name without dots\n");
	says(lab, "let n = free / 0", CMD_USAGE,
	     "let: at \"free / 0\": a division by zero\n");
	for (int i = 0; i < 64; i++) {
		char line[20];

		snprintf(line, sizeof line, "let v%d 1", i);
		runs(lab, line);
	}
	says(lab, "let more 1", CMD_USAGE, "let: there are 64 names already\n");
}
END_TEST

START_TEST(a_line_goes_on_after_a_backslash)
{
	struct out *out = out_buffer();

	ck_assert_int_eq(
		script_run_text(lab, "alloc \\\n order=1\\\r\n name=a\nx\\\ny",
				"f", out, false),
		CMD_USAGE);
	ck_assert_str_eq(out_string(out),
			 "pfn 0, order 1\n"
			 "f:4:1: x: no such command; `help all` lists them\n");
	out_free(out);
}
END_TEST

START_TEST(a_transcript_leads_to_the_same_bytes)
{
	char name[] = "/tmp/transcript.XXXXXX", line[80];
	const int fd = mkstemp(name);
	uint64_t h;

	ck_assert_int_ge(fd, 0);
	close(fd);
	runs(lab, "alloc type=M count=200 name=m; free m every=3");
	runs(lab, "let k 40; alloc type=U count=$k; compact; undo; drain");
	runs(lab, "repeat 3 \"alloc name=z; free $z\"");
	runs(lab, "alloc order=3; undo");
	h = hash(lab);
	snprintf(line, sizeof line, "transcript %s", name);
	runs(lab, line);
	runs(lab, "world new laptop; undo 3");
	ck_assert_uint_ne(hash(lab), h);
	snprintf(line, sizeof line, "source %s", name);
	runs(lab, line);
	ck_assert_uint_eq(hash(lab), h);
	unlink(name);
	says(lab, "transcript /nowhere/x", CMD_ERROR,
	     "transcript: /nowhere/x: No such file or directory\n");
}
END_TEST

Suite *check_vars_suite(void)
{
	Suite *s = suite_create("cmd/vars");
	TCase *tc = tcase_create("vars");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_name_stands_for_its_text);
	tcase_add_test(tc, an_owner_stands_for_the_frames_of_its_blocks);
	tcase_add_test(tc, undo_and_redo_know_what_it_stood_for);
	tcase_add_test(tc, in_quotes_a_dollar_stands_for_itself);
	tcase_add_test(tc, names_that_make_no_sense_are_refused);
	tcase_add_test(tc, a_line_goes_on_after_a_backslash);
	tcase_add_test(tc, a_transcript_leads_to_the_same_bytes);
	suite_add_tcase(s, tc);
	return s;
}
