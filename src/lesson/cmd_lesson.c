/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_lesson.c - rows of commands for lessons
 */
#include <stdio.h>
#include <string.h>

#include "lesson/lesson.h"

static enum cmd_status run_check(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const bool strict = strcmp(args_word(args, "strict", "off"), "on") == 0;
	enum cmd_status status = CMD_OK;
	unsigned int n = 0, bad = 0;
	const char *file;

	for (; (file = args_place(args, n)); n++)
		if (lesson_check_file(lab, file, strict, out) != CMD_OK)
			bad++;
	if (bad) {
		out_complain(out, "lesson check", "%u of %u lessons %s faults",
			     bad, n, bad == 1 ? "has" : "have");
		status = CMD_FAILED;
	}
	return status;
}

static const struct cmd lesson_check = {
	.name = "lesson check",
	.args = "FILE... [strict=on|off]",
	.brief = "Prove that lessons work: each is played for ten seeds",
	.help = "lesson check lessons/02-splitting.md\n"
		"Each fault is told with its line and column.  strict=on: what "
		"should be\nmended counts as a fault.",
	.flags = CMD_OUTER,
	.run = run_check,
};

const struct cmd *const lesson_table[] = {
	&lesson_check,
	NULL,
};
