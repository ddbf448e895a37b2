/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_list.c - which lessons there are, and where one is
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lesson/rows.h"

struct listing {
	struct out *out;
	unsigned int n, minutes;
};

/* Was it done before it was begun again? */
static bool done_before(const char *name)
{
	char *path = progress_done_path(name);
	const bool is = path && access(path, R_OK) == 0;

	free(path);
	return is;
}

/* A result stays one when an author mends the text. */
static void say_progress(const char *name, uint64_t hash, char *buf,
			 size_t size)
{
	char *path = progress_path(name, false), why[200], where[40];
	struct progress pr;

	*buf = '\0';
	if (path && access(path, R_OK) == 0 &&
	    progress_read(path, &pr, why, sizeof why)) {
		snprintf(where, sizeof where, "at step %u of %u", pr.step,
			 pr.steps);
		snprintf(buf, size, "%s%s%s", pr.done ? "done" : where,
			 !pr.done && done_before(name) ? "; done before" : "",
			 pr.hash != hash ? "; its text has changed since" : "");
		progress_free(&pr);
	}
	free(path);
}

static void list_one(void *arg, const char *path)
{
	struct listing *li = arg;
	struct faults f = {0};
	struct lesson *l = lesson_read(path, 0, &f);
	char progress[100];

	li->n++;
	li->minutes += l ? l->minutes : 0;
	if (!l) {
		out_line(li->out, "  %s", f.first);
		return;
	}
	say_progress(l->name, l->hash, progress, sizeof progress);
	out_line(li->out, "  %-24s %2u min  %s%s%s%s", l->name, l->minutes,
		 l->title, *progress ? " (" : "", progress,
		 *progress ? ")" : "");
	lesson_free(l);
}

static enum cmd_status run_list(struct lab *lab, const struct args *args,
				struct out *out)
{
	struct listing li = {.out = out};

	(void)lab;
	(void)args;
	lesson_files(list_one, &li);
	if (!li.n)
		out_line(out, "There are no lessons here; `lesson start FILE` "
			      "plays one.");
	if (li.n > 1)
		out_line(out, "  %-23s %3u min  all %u of them", "", li.minutes,
			 li.n);
	return CMD_OK;
}

const struct cmd lesson_list = {
	.name = "lesson list",
	.args = "",
	.brief = "List the lessons, and how far you are in them",
	.run = run_list,
};

static enum cmd_status run_info(struct lab *lab, const struct args *args,
				struct out *out)
{
	struct teacher *t = lesson_present(lab, "lesson info", out);
	const struct player *p;
	struct score s;

	(void)args;
	if (!t)
		return CMD_USAGE;
	p = t->p;
	s = player_score(p);
	lesson_tell_place(p, out);
	out_line(out, "file %s, seed %llu%s%s, feedback %s", p->l->path,
		 (unsigned long long)p->l->seed,
		 *p->student ? ", student " : "", p->student,
		 feedback_name(p->feedback));
	if (p->feedback != FEEDBACK_PASS)
		out_line(out,
			 "%u of %u questions right, %u of %u tasks solved, "
			 "%u hints, %u given up",
			 s.right, s.questions, s.solved, s.tasks, s.hints,
			 s.given_up);
	if (p->l->models)
		out_line(out, "See also: %s", p->l->models);
	if (p->away)
		out_line(out, "You have left it; `lesson resume` goes on.");
	return CMD_OK;
}

const struct cmd lesson_info = {
	.name = "lesson info",
	.args = "",
	.brief = "Say which lesson is being played, and where you are in it",
	.run = run_info,
};
