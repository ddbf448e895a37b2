/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli.c - `buddyscope lesson ...`: what can be done without a session
 */
#include <stdio.h>
#include <string.h>

#include "lesson/lesson.h"

static int usage(const char *why)
{
	char text[100];

	fprintf(stderr,
		"buddyscope lesson: %s; usage: buddyscope lesson check "
		"[--strict] FILE...\n",
		printable(text, sizeof text, why));
	return 2;
}

static int check_files(struct lab *lab, int argc, char **argv, struct out *out)
{
	bool strict = false;
	int n = 0, bad = 0;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--strict") == 0) {
			strict = true;
			continue;
		}
		n++;
		bad += lesson_check_file(lab, argv[i], strict, out) != CMD_OK;
	}
	if (!n)
		return usage("expected a file");
	if (bad)
		out_line(out, "%d of %d lessons %s faults", bad, n,
			 bad == 1 ? "has" : "have");
	return bad ? 1 : 0;
}

int lesson_main(struct lab *lab, int argc, char **argv)
{
	struct out *out = out_stream(stdout);
	int status;

	if (!out)
		return 3;
	if (argc > 1 && strcmp(argv[1], "check") == 0)
		status = check_files(lab, argc - 1, argv + 1, out);
	else
		status = usage(argc > 1 ? argv[1] : "say what");
	out_free(out);
	return status;
}
