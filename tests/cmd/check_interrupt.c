/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_interrupt.c - Ctrl-C stops every line that may take long, and what it
 * has begun is taken back
 *
 * The guard is asked right before a row runs, so that is where Ctrl-C comes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "say.h"

Suite *check_interrupt_suite(void);

static struct lab *lab;
static char folder[64], file[96];

static void setup(void)
{
	snprintf(folder, sizeof folder, "/tmp/buddyscope-stop-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(file, sizeof file, "%s/world", folder);
	lab = lab_create();
	ck_assert_ptr_nonnull(lab);
	runs(lab, "world new classroom seed=1");
	runs(lab, "alloc order=0 gfp=movable count=3000 name=a");
	runs(lab, "free a every=2");
	runs(lab, "task new web; swap on pages=1000");
	runs(lab, "fork b");
}

static void teardown(void)
{
	lab_destroy(lab);
	unlink(file);
	/* nothing half written lies beside it */
	ck_assert_int_eq(rmdir(folder), 0);
}

static const char *interrupt(void *arg, const struct cmd *cmd)
{
	(void)cmd;
	lab_interrupt(arg);
	return NULL;
}

static void stops(const char *line)
{
	struct out *out = out_buffer();
	const uint64_t before = hash(lab), now = mm_now(lab_mm(lab));
	const char *name;
	enum cmd_status status;

	lab_set_guard(lab, interrupt, lab);
	status = lab_run(lab, line, out);
	lab_set_guard(lab, NULL, NULL);
	ck_assert_msg(status == CMD_FAILED, "%s: %d, %s", line, status,
		      out_string(out));
	ck_assert_msg(strstr(out_string(out), "stopped: nothing was changed"),
		      "%s: %s", line, out_string(out));
	ck_assert_msg(hash(lab) == before, "%s changed the world", line);
	ck_assert_uint_eq(mm_now(lab_mm(lab)), now);
	ck_assert_ptr_nonnull(lab_fork(lab, 0, &name));
	ck_assert_ptr_null(lab_fork(lab, 1, &name));
	out_free(out);
	runs(lab, "check"); /* the next line is not stopped */
}

START_TEST(what_changes_the_world)
{
	static const char *const lines[] = {
		"task anon web 2000",	    "task file web 2000",
		"alloc order=0 count=1000", "compact",
		"contig pages=1024",	    "contig 4096..8191",
		"repeat 100 alloc order=0", "tick 100000",
	};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		stops(lines[i]);
}
END_TEST

START_TEST(what_only_looks)
{
	static const char *const lines[] = {
		"check",
		"world hash",
		"compare b",
		"fork c",
		"transcript",
		"show events last=all",
		"era diff alloc order=0 count=100",
		"era diff",
	};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		stops(lines[i]);
}
END_TEST

START_TEST(files_are_whole_or_not_there)
{
	char line[120];
	uint64_t saved;

	snprintf(line, sizeof line, "world save %s", file);
	stops(line);
	ck_assert_int_ne(access(file, F_OK), 0);
	runs(lab, line);
	saved = hash(lab);
	runs(lab, "alloc order=4");
	stops(line);
	snprintf(line, sizeof line, "world load %s", file);
	stops(line);
	runs(lab, line);
	ck_assert_uint_eq(hash(lab), saved);
}
END_TEST

/* Between two lines it is for neither, unless the next one was announced. */
START_TEST(a_line_that_was_announced_is_stopped_before_it_begins)
{
	struct out *out = out_buffer();

	lab_interrupt(lab);
	runs(lab, "alloc order=1");
	lab_ready(lab);
	lab_interrupt(lab);
	ck_assert_int_eq(lab_run(lab, "alloc order=1", out), CMD_FAILED);
	ck_assert_ptr_nonnull(strstr(out_string(out), "stopped: "));
	runs(lab, "alloc order=1");
	out_free(out);
}
END_TEST

Suite *check_interrupt_suite(void)
{
	Suite *s = suite_create("cmd/interrupt");
	TCase *tc = tcase_create("interrupt");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, what_changes_the_world);
	tcase_add_test(tc, what_only_looks);
	tcase_add_test(tc, files_are_whole_or_not_there);
	tcase_add_test(tc,
		       a_line_that_was_announced_is_stopped_before_it_begins);
	suite_add_tcase(s, tc);
	return s;
}
