/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_sheet.c - what is written to files: answers to hand in, sheets, new
 * lessons
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/rows.h"
#include "lesson/sheet.h"

/* Something else is in the file, and would be lost. */
static bool holds_something_else(const char *path)
{
	static const char first[] = "buddyscope-answers ";
	char start[sizeof first] = "";
	FILE *f = fopen(path, "r");
	bool other = false;

	if (f) {
		const size_t n = fread(start, 1, sizeof first - 1, f);

		other = n && memcmp(start, first, sizeof first - 1) != 0;
		fclose(f);
	}
	return other;
}

static enum cmd_status run_submit(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct teacher *t = lesson_present(lab, "lesson submit", out);
	const char *path = args_place(args, 0);
	char name[200], *text;
	int e;

	if (!t)
		return CMD_USAGE;
	printable(name, sizeof name, path);
	if (holds_something_else(path)) {
		out_complain(out, "lesson submit",
			     "%s: is there already, and holds no answers; "
			     "choose another name",
			     name);
		return CMD_ERROR;
	}
	text = progress_text(t->p, false);
	e = text ? file_replace(path, text, strlen(text)) : ENOMEM;
	free(text);
	if (e) {
		out_complain(out, "lesson submit", "%s: %s", name, strerror(e));
		return CMD_ERROR;
	}
	if (t->p->wait == LESSON_END)
		out_line(out, "%s has what you did: hand that in", name);
	else
		out_line(out,
			 "%s has what you did so far; the lesson is at step "
			 "%zu of %zu",
			 name, t->p->step + 1, t->p->l->n);
	return CMD_OK;
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
	const char *word = args_word(args, "seed", NULL);
	struct sheet_want want = {
		.student = args_word(args, "student", NULL),
		.html = strcmp(args_word(args, "as", "markdown"), "html") == 0,
	};
	enum cmd_status status;
	char *path;

	sheet_kind_find(args_word(args, "what", "questions"), &want.kind);
	if (!lesson_seed_or_student(word, want.student, "lesson print",
				    &want.seed, out))
		return CMD_USAGE;
	path = lesson_find(args_place(args, 0), out);
	want.path = path;
	status = path ? lesson_print_file(lab, &want, out) : CMD_ERROR;
	free(path);
	return status;
}

const struct cmd lesson_print = {
	.name = "lesson print",
	.args = "LESSON [what=questions|exam|answers|notes] [as=markdown|html] "
		"[seed=WORD] [student=WORD]",
	.brief = "A lesson on paper, with pictures of the screen",
	.help = "lesson print 02 what=answers\n"
		"On what=questions all of the text stands; what explains an "
		"answer begins a\npage. what=exam is without that.\n"
		"With student=NAME it is the exercise of that student.",
	.flags = CMD_OUTER,
	.run = run_print,
};
