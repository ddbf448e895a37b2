/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_go.c - go on in a lesson: next, answer, hint, reveal, check
 */
#include <stdlib.h>
#include <string.h>

#include "lesson/rows.h"

static enum cmd_status
go_on(struct lab *lab, const char *who,
      enum cmd_status (*act)(struct player *, struct out *), struct out *out)
{
	struct teacher *t = lesson_present(lab, who, out);
	enum cmd_status status;

	if (!t)
		return CMD_USAGE;
	if (t->p->away) {
		t->p->away = false;
		status = t->p->wait == LESSON_TASK ? player_again(t->p)
						   : player_put_back(t->p, out);
		if (status != CMD_OK)
			return status;
	}
	status = act(t->p, out);
	if (status == CMD_OK)
		progress_keep(t);
	return status;
}

static enum cmd_status run_next(struct lab *lab, const struct args *args,
				struct out *out)
{
	(void)args;
	return go_on(lab, "lesson next", player_next, out);
}

const struct cmd lesson_next = {
	.name = "lesson next",
	.args = "",
	.brief = "Go on: run the command that is shown, or begin the next step",
	.help = "In the shell an empty line does the same; on the screen "
		"Space.",
	.flags = CMD_OUTER,
	.run = run_next,
};

/*
 * A slip of the fingers is no answer.  In a world of one's own nobody knows;
 * and what was kept is taken as it is.
 */
static bool is_no_frame(const struct player *p, const char *word,
			struct out *out)
{
	const struct mm *mm = lab_mm(p->lab);
	const unsigned int last = mm_end_pfn(mm) - 1;
	char *end;
	long long n;

	if (p->wait != LESSON_POINT || mm != p->mm)
		return false;
	n = strtoll(word, &end, 0);
	if (end == word || (n >= 0 && n <= last))
		return false;
	out_complain(out, "lesson answer",
		     "%.60s: expected a frame of this machine, 0 to %u", word,
		     last);
	return true;
}

static enum cmd_status run_answer(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct teacher *t = lesson_present(lab, "lesson answer", out);
	enum cmd_status status;

	if (!t)
		return CMD_USAGE;
	if (is_no_frame(t->p, args_line(args), out))
		return CMD_USAGE;
	t->p->away = false;
	status = player_answer(t->p, args_line(args), out);
	if (status == CMD_OK)
		progress_keep(t);
	return status;
}

const struct cmd lesson_answer = {
	.name = "lesson answer",
	.args = "LINE",
	.brief = "Answer a question: a number, a choice, a frame",
	.help = "In the shell the number alone does the same.",
	.flags = CMD_OUTER,
	.run = run_answer,
};

static enum cmd_status run_hint(struct lab *lab, const struct args *args,
				struct out *out)
{
	(void)args;
	return go_on(lab, "lesson hint", player_hint, out);
}

const struct cmd lesson_hint = {
	.name = "lesson hint",
	.args = "",
	.brief = "Show the next hint; it is noted that you asked",
	.flags = CMD_OUTER,
	.run = run_hint,
};

static enum cmd_status run_reveal(struct lab *lab, const struct args *args,
				  struct out *out)
{
	(void)args;
	return go_on(lab, "lesson reveal", player_reveal, out);
}

const struct cmd lesson_reveal = {
	.name = "lesson reveal",
	.args = "",
	.brief = "Give up: see the solution, or go on without an answer",
	.flags = CMD_OUTER,
	.run = run_reveal,
};

static enum cmd_status run_check(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const bool strict = strcmp(args_word(args, "strict", "off"), "on") == 0;
	unsigned int n = 0, bad = 0;
	const char *file;

	if (!args_place(args, 0))
		return go_on(lab, "lesson check", player_check, out);
	for (; (file = args_place(args, n)); n++)
		if (lesson_check_file(lab, file, strict, out) != CMD_OK)
			bad++;
	if (!bad)
		return CMD_OK;
	out_complain(out, "lesson check", "%u of %u lessons %s faults", bad, n,
		     bad == 1 ? "has" : "have");
	return CMD_FAILED;
}

const struct cmd lesson_check = {
	.name = "lesson check",
	.args = "[FILE]... [strict=on|off]",
	.brief = "Say what of the task is missing; of FILEs, prove that they "
		 "work",
	.help = "lesson check lessons/02-splitting.md\n"
		"Each is played for ten seeds, each fault told with its line "
		"and column.\nstrict=on: what should be mended counts as a "
		"fault.",
	.flags = CMD_OUTER,
	.run = run_check,
};
