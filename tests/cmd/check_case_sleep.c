/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_case_sleep.c - recorded calls that were refused, nobody knows why
 *
 * A CMA area answers with a page or with none, its release with yes or no.
 * The snapshot before such a call is that after it.
 */
#define RECORDING TEST_DIR "/cases/I_cma_empty0.case.gz"
#define MOST 200000
#include "cmd/recording.h"

Suite *check_case_sleep_suite(void);

#define BEFORE "begin snapshot before"
#define END "end snapshot\n"

/* These calls, none of which has changed anything. */
static void write_calls(const char *calls)
{
	const char *before = strstr(text, BEFORE), *end;
	FILE *f = fopen(file, "wb");

	ck_assert_ptr_nonnull(f);
	ck_assert_ptr_nonnull(before);
	end = strstr(before, END);
	ck_assert_ptr_nonnull(end);
	end += strlen(END);
	fwrite(text, 1, (size_t)(end - text), f);
	fprintf(f, "begin ops\n%send ops\nbegin snapshot after", calls);
	before += strlen(BEFORE);
	fwrite(before, 1, (size_t)(end - before), f);
	fputs("begin trace\nend trace\nbegin tracestats\nentries: 0\n"
	      "end tracestats\nend case\n",
	      f);
	ck_assert_int_eq(fclose(f), 0);
}

static void then_replayed(enum cmd_status status, const char *said)
{
	struct out *out = out_buffer();
	char line[100];

	snprintf(line, sizeof line, "replay %s", file);
	ck_assert_int_eq(lab_run(lab, line, out), status);
	ck_assert_msg(strstr(out_string(out), said) != NULL, "%s",
		      out_string(out));
	out_free(out);
}

START_TEST(what_was_refused_is_refused)
{
	/* more than the area has; not the area's; not given by it */
	write_calls("cma_alloc 16384 0 -1\ncma_release 100 1 0\n"
		    "cma_release 40480 1 0\n");
	then_replayed(CMD_OK, "calls 3/3 identical, final state identical");
}
END_TEST

START_TEST(what_is_done_was_not_refused)
{
	/* 32 pages of the area are in use from boot on */
	write_calls("cma_release 40448 1 0\n");
	then_replayed(CMD_FAILED, "release: expected a refusal");
}
END_TEST

START_TEST(a_release_says_whether_it_was_done)
{
	write_calls("cma_release 100 1\n");
	then_replayed(CMD_ERROR, "expected whether it was done");
	write_calls("cma_release 100 1 7\n");
	then_replayed(CMD_ERROR, "expected whether it was done");
}
END_TEST

Suite *check_case_sleep_suite(void)
{
	Suite *s = suite_create("cmd/case_sleep");
	TCase *t = tcase_create("sleep");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_was_refused_is_refused);
	tcase_add_test(t, what_is_done_was_not_refused);
	tcase_add_test(t, a_release_says_whether_it_was_done);
	suite_add_tcase(s, t);
	return s;
}
