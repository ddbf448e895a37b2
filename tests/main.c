/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * main.c - runs every suite there is
 *
 * The list of suites comes from the Makefile: a file tests/DIR/check_X.c
 * defines check_X_suite().  The Check library's environment variables hold
 * (CK_RUN_SUITE, CK_FORK, CK_VERBOSITY, ...).  A suite asked for by a name
 * that no suite has is a mistake, not a success with nothing run.
 *
 * TESTS_PART is "terminal" for the suites that wait for a program on a terminal
 * most of their time, "rest" for the others: the two can run side by side.
 */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUITE(name) Suite *name(void);
#include "suites.inc"
#undef SUITE

static const struct {
	Suite *(*suite)(void);
	const char *name; /* "check_pty_keys_suite" */
} suites[] = {
#define SUITE(name) {name, #name},
#include "suites.inc"
#undef SUITE
};

/*
 * Check's own 8 KiB end a test by "Early exit" when a frame of 200x50 fails.
 * More than needed costs: for each assertion Check moves as much, twice.
 */
#define MESSAGE_SIZE 12288

#define NR_SUITES (sizeof suites / sizeof suites[0])

static bool in_part(const char *name)
{
	const char *part = getenv("TESTS_PART");
	const bool terminal = strncmp(name, "check_pty_", 10) == 0;

	return !part || !*part || terminal == (strcmp(part, "terminal") == 0);
}

int main(void)
{
	const char *wanted = getenv("CK_RUN_SUITE");
	SRunner *runner = srunner_create(NULL);
	int ran, failed;

	check_set_max_msg_size(MESSAGE_SIZE);
	if (wanted && !*wanted)
		unsetenv("CK_RUN_SUITE");
	/* for a test that hangs, not for a machine that is busy */
	setenv("CK_DEFAULT_TIMEOUT", "300", 0);
	for (size_t i = 0; i < NR_SUITES; i++)
		if (in_part(suites[i].name))
			srunner_add_suite(runner, suites[i].suite());

	srunner_run_all(runner, CK_ENV);
	ran = srunner_ntests_run(runner);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	if (!ran) {
		fprintf(stderr,
			"tests: no suite is called \"%s\"; names are those of "
			"tests/*/check_*.c, such as core/buddy\n",
			wanted && *wanted ? wanted : "");
		return 2;
	}
	return failed ? 1 : 0;
}
