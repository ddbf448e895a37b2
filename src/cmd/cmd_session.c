/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_session.c - source, history, repeat, quit
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/internal.h"
#include "cmd/lex.h"
#include "cmd/out.h"

#define MOST_REPEATS 1000000
#define TOLD 5 /* answers of a repeated line */

static enum cmd_status run_source(struct lab *lab, const struct args *args,
				  struct out *out)
{
	return source_file(lab, args_place(args, 0), out);
}

const struct cmd cmd_source = {
	.name = "source",
	.args = "FILE",
	.brief = "Run the lines of a file",
	.help = "Stops at the first line that fails.  Each line is undone for "
		"itself.",
	.flags = CMD_OUTER,
	.run = run_source,
};

static enum cmd_status run_history(struct lab *lab, const struct args *args,
				   struct out *out)
{
	const char *line;
	char text[400];

	(void)args;
	for (size_t i = 0; (line = lab_history(lab, i)); i++)
		out_line(out, "%5zu  %s", i + 1,
			 printable(text, sizeof text, line));
	return CMD_OK;
}

const struct cmd cmd_history = {
	.name = "history",
	.args = "",
	.brief = "List the lines run so far",
	.run = run_history,
};

/* Each command of the line once; false when one failed. */
static enum cmd_status run_once(struct lab *lab, const char *line,
				struct out *out)
{
	enum cmd_status status = CMD_OK;
	const char *command;
	size_t len;

	while (status == CMD_OK && (command = lex_command(&line, &len))) {
		char *copy = strndup(command, len);

		if (!copy) {
			complain(out, "repeat", "out of memory");
			return CMD_ERROR;
		}
		status = lab_run_body(lab, copy, out);
		free(copy);
	}
	return status;
}

/* The first few answers are told, and that there were more. */
static enum cmd_status run_many(struct lab *lab, const char *line, uint64_t n,
				struct out *answers, struct out *out)
{
	enum cmd_status status = CMD_OK;

	out_hold_errors(answers, true);
	for (uint64_t i = 0; i < n && status == CMD_OK; i++) {
		if (lab_stop(lab))
			return CMD_FAILED;
		status = run_once(lab, line, answers);
		if (status == CMD_OK && i < TOLD)
			out_text(out, "%s", out_string(answers));
		out_clear(answers);
	}
	return status;
}

static enum cmd_status run_repeat(struct lab *lab, const struct args *args,
				  struct out *out)
{
	const uint64_t n = args_number(args, "N", 0);
	struct out *answers, *told;
	enum cmd_status status = CMD_ERROR;

	if (n == 0 || n > MOST_REPEATS)
		return complain(out, "repeat", "%s: expected 1 to %d",
				args_word(args, "N", ""), MOST_REPEATS);
	lab_world(lab, out); /* what it costs is said once, and here */
	answers = out_buffer();
	told = out_buffer();
	if (answers && told)
		status = run_many(lab, args_line(args), n, answers, told);
	else
		complain(out, "repeat", "out of memory");
	if (status == CMD_OK)
		out_text(out, "%s", out_string(told));
	else if (answers && *out_held_error(answers))
		out_error(out, out_held_error(answers));
	if (status == CMD_OK && n > TOLD)
		out_line(out, "... %llu more", (unsigned long long)(n - TOLD));
	out_free(answers);
	out_free(told);
	return status;
}

const struct cmd cmd_repeat = {
	.name = "repeat",
	.args = "N LINE",
	.brief = "Run a command N times, as one operation",
	.help = "repeat 10 alloc order=1 name=a\n"
		"repeat 10 \"alloc name=a; free a first=1\"\n"
		"Tells the first answers.  When one fails, nothing is "
		"changed.  One undo\ntakes it all back.",
	.flags = CMD_MUTATES,
	.run = run_repeat,
};

static enum cmd_status run_quit(struct lab *lab, const struct args *args,
				struct out *out)
{
	(void)lab;
	(void)args;
	(void)out;
	return CMD_QUIT;
}

const struct cmd cmd_quit = {
	.name = "quit",
	.args = "",
	.brief = "Leave",
	.run = run_quit,
};
