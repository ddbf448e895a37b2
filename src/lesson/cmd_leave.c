/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_leave.c - leave a lesson, come back to it, begin it again
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lesson/rows.h"

static enum cmd_status run_leave(struct lab *lab, const struct args *args,
				 struct out *out)
{
	struct teacher *t = lesson_present(lab, "lesson leave", out);

	(void)args;
	if (!t)
		return CMD_USAGE;
	t->p->away = true;
	out_line(out, "The lesson waits; `lesson resume` goes on with it.");
	return CMD_OK;
}

const struct cmd lesson_leave = {
	.name = "lesson leave",
	.args = "",
	.brief = "Play on your own; the lesson waits",
	.flags = CMD_OUTER,
	.run = run_leave,
};

bool lesson_unfinished(const struct lab *lab)
{
	const struct teacher *t = lab_kept(lab, LAB_LESSON);
	char last[LESSON_NAME], why[240], *path = NULL;
	struct progress pr;
	bool begun = false;

	if (t && t->save && !t->p) {
		progress_last(last, sizeof last);
		path = *last ? progress_path(last, false) : NULL;
	}
	if (path && access(path, R_OK) == 0 &&
	    progress_read(path, &pr, why, sizeof why)) {
		begun = !pr.done && pr.n;
		progress_free(&pr);
	}
	free(path);
	return begun;
}

/* A lesson as it was kept, with all that was done. */
static struct player *from_progress(struct lab *lab, struct progress *pr,
				    struct out *out)
{
	struct player *p;

	if (!*pr->path) {
		out_complain(out, "lesson resume",
			     "it is not said where the lesson is");
		return NULL;
	}
	p = lesson_player(lab, pr->path, pr->seed, out);
	if (!p)
		return NULL;
	if (p->l->hash != pr->hash) {
		out_complain(out, "lesson resume",
			     "%s: its text has changed since%s; `lesson start "
			     "%s` begins anew",
			     p->l->name,
			     pr->done ? " you did it, and the result is kept"
				      : "",
			     p->l->name);
		player_destroy(p);
		return NULL;
	}
	memcpy(p->student, pr->student, sizeof p->student);
	p->feedback = pr->feedback;
	p->lecture = pr->lecture;
	p->action = pr->action;
	p->nr_actions = pr->n;
	pr->action = NULL;
	pr->n = 0;
	return p;
}

/* The name that progress is kept under, for one that may be cut short. */
static void kept_name(const char *word, char *name, size_t size)
{
	char *path = strchr(word, '/') ? NULL : progress_path(word, false);
	const bool kept = path && access(path, R_OK) == 0;

	free(path);
	if (kept || !*word || !lesson_whole_name(word, name, size))
		snprintf(name, size, "%s", word);
}

static enum cmd_status resume_kept(struct teacher *t, const char *word,
				   struct out *out)
{
	char name[LESSON_NAME], *path, why[240];
	struct player *p = NULL;
	struct progress pr;
	enum cmd_status status = CMD_ERROR;

	kept_name(word, name, sizeof name);
	path = progress_path(name, false);
	if (!*name)
		out_complain(out, "lesson resume",
			     "no lesson was begun; `lesson start 01` begins "
			     "the first");
	else if (!path || access(path, R_OK) != 0)
		out_complain(out, "lesson resume",
			     "%s: it was not begun; `lesson list` shows how "
			     "far you are",
			     name);
	else if (!progress_read(path, &pr, why, sizeof why))
		out_complain(out, "lesson resume", "%s: %s", path, why);
	else {
		p = from_progress(t->lab, &pr, out);
		progress_free(&pr);
	}
	free(path);
	if (!p)
		return CMD_ERROR;
	teacher_take(t, p);
	status = player_again(p);
	if (status == CMD_OK)
		lesson_tell_place(p, out);
	else
		out_complain(out, "lesson resume",
			     "what was done cannot be done again; `lesson "
			     "start` begins anew");
	return status;
}

static enum cmd_status run_resume(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct teacher *t = teacher_of(lab);
	const char *name = args_place(args, 0);
	char last[LESSON_NAME];
	enum cmd_status status;

	if (!t)
		return CMD_ERROR;
	if (!name && t->p) {
		t->p->away = false;
		status = t->p->wait == LESSON_TASK ? player_again(t->p)
						   : player_put_back(t->p, out);
		if (status == CMD_OK)
			lesson_tell_place(t->p, out);
		return status;
	}
	progress_last(last, sizeof last);
	return resume_kept(t, name ? name : last, out);
}

const struct cmd lesson_resume = {
	.name = "lesson resume",
	.args = "[LESSON]",
	.brief = "Go on with the lesson: where you left it, or another day",
	.flags = CMD_OUTER,
	.run = run_resume,
};

static enum cmd_status forget_file(char *path, struct out *out)
{
	enum cmd_status status = CMD_OK;

	if (path && unlink(path) && errno != ENOENT) {
		out_complain(out, "lesson reset", "%s: %s", path,
			     strerror(errno));
		status = CMD_ERROR;
	}
	free(path);
	return status;
}

static enum cmd_status forget(const char *word, struct out *out)
{
	char name[LESSON_NAME];
	enum cmd_status status;

	if (strchr(word, '/'))
		return out_complain(out, "lesson reset",
				    "%.60s: expected a lesson's name", word);
	kept_name(word, name, sizeof name);
	status = forget_file(progress_path(name, false), out);
	if (status != CMD_OK)
		return status;
	return forget_file(progress_done_path(name), out);
}

static void forget_one(void *arg, const char *path)
{
	const char *base = strrchr(path, '/') + 1;
	char name[LESSON_NAME];

	snprintf(name, sizeof name, "%.*s", (int)strlen(base) - 3, base);
	forget(name, arg);
}

static enum cmd_status run_reset(struct lab *lab, const struct args *args,
				 struct out *out)
{
	const char *name = args_place(args, 0);
	struct teacher *t;
	struct player *p;
	enum cmd_status status;

	if (name && strcmp(name, "all") == 0) {
		lesson_files(forget_one, out);
		return CMD_OK;
	}
	if (name)
		return forget(name, out);
	t = lesson_present(lab, "lesson reset", out);
	if (!t)
		return CMD_USAGE;
	p = t->p;
	while (p->nr_actions)
		free(p->action[--p->nr_actions].text);
	p->nr_questions = 0;
	p->away = p->broken = false;
	memset(p->steps, 0, p->l->n * sizeof *p->steps);
	out_clear(p->told);
	status = player_begin(p, out);
	progress_keep(t);
	return status;
}

const struct cmd lesson_reset = {
	.name = "lesson reset",
	.args = "[all|LESSON]",
	.brief = "Begin the lesson again; of a name, or all: forget what was "
		 "done",
	.flags = CMD_OUTER,
	.run = run_reset,
};
