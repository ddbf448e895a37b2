/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_sheet.c - what is written to files: answers to hand in, sheets, new
 * lessons
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/rows.h"
#include "lesson/sheet.h"

static enum cmd_status run_submit(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct teacher *t = lesson_present(lab, "lesson submit", out);
	const char *path = args_place(args, 0);
	char *text;
	int e;

	if (!t)
		return CMD_USAGE;
	text = progress_text(t->p, false);
	e = text ? file_replace(path, text, strlen(text)) : ENOMEM;
	free(text);
	if (!e)
		return CMD_OK;
	out_complain(out, "lesson submit", "%s: %s", path, strerror(e));
	return CMD_ERROR;
}

const struct cmd lesson_submit = {
	.name = "lesson submit",
	.args = "FILE",
	.brief = "Write what you have done to a file, to be handed in",
	.help = "`buddyscope grade` reads it.",
	.run = run_submit,
};

static enum cmd_status run_new(struct lab *lab, const struct args *args,
			       struct out *out)
{
	(void)lab;
	return lesson_new_file(args_place(args, 0), out);
}

const struct cmd lesson_new = {
	.name = "lesson new",
	.args = "FILE",
	.brief = "Write a lesson to begin with, one that works",
	.run = run_new,
};

static enum cmd_status run_print(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const char *what = args_word(args, "what", "questions");
	const char *word = args_word(args, "seed", NULL);
	uint64_t seed = 0;

	if (word && !lesson_seed(word, &seed))
		return out_complain(out, "lesson print",
				    "seed=%.30s: expected a whole number from "
				    "1 on",
				    word);
	return lesson_print_file(
		lab, args_place(args, 0), seed,
		strcmp(what, "answers") == 0 ? SHEET_ANSWERS
		: strcmp(what, "notes") == 0 ? SHEET_NOTES
					     : SHEET_QUESTIONS,
		strcmp(args_word(args, "as", "markdown"), "html") == 0, out);
}

const struct cmd lesson_print = {
	.name = "lesson print",
	.args = "FILE [what=questions|answers|notes] [as=markdown|html] "
		"[seed=WORD]",
	.brief = "A lesson on paper, with pictures of the screen",
	.flags = CMD_OUTER,
	.run = run_print,
};
