/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_lesson.c - rows of commands: start a lesson, go on in it, leave it
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lesson/sheet.h"
#include "lesson/teacher.h"

/* ---- list ---- */

struct listing {
	struct out *out;
	unsigned int n;
};

static void say_progress(const char *name, uint64_t hash, char *buf,
			 size_t size)
{
	char *path = progress_path(name, false), why[200];
	struct progress pr;

	*buf = '\0';
	if (path && access(path, R_OK) == 0 &&
	    progress_read(path, &pr, why, sizeof why)) {
		if (pr.hash != hash)
			snprintf(buf, size, "begun, but changed since");
		else if (pr.done)
			snprintf(buf, size, "done");
		else
			snprintf(buf, size, "at step %u of %u", pr.step,
				 pr.steps);
		progress_free(&pr);
	}
	free(path);
}

static void list_one(void *arg, const char *path)
{
	struct listing *li = arg;
	struct faults f = {0};
	struct lesson *l = lesson_read(path, 0, &f);
	char progress[40];

	li->n++;
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
	return CMD_OK;
}

/* ---- start ---- */

static void introduce(const struct player *p, struct out *out)
{
	const struct lesson *l = p->l;
	char stamp[24];

	snprintf(stamp, sizeof stamp, "%u minute%s", l->minutes,
		 l->minutes == 1 ? "" : "s");
	out_line(out, "== %s ==  %s, %zu step%s", l->title, stamp, l->n,
		 l->n == 1 ? "" : "s");
	if (l->goal)
		out_line(out, "%s", l->goal);
	if (l->needs)
		out_line(out, "Before it: %s.", l->needs);
	out_line(out, "%s", "");
}

static bool read_seed(const char *word, uint64_t *seed)
{
	char *end;

	*seed = strtoull(word, &end, 10);
	return *word >= '0' && *word <= '9' && !*end && strlen(word) < 19 &&
	       *seed;
}

/* The seed that was asked for; 0: the lesson's own. */
static bool choose_seed(const struct args *args, const char *path,
			uint64_t *seed, struct out *out)
{
	const char *word = args_word(args, "seed", NULL);
	const char *student = args_word(args, "student", NULL);
	const char *base = strrchr(path, '/');
	char name[LESSON_NAME];

	*seed = 0;
	if (student && word) {
		out_complain(out, "lesson start",
			     "either seed= or student=: a student's name "
			     "gives the seed");
		return false;
	}
	if (word && !read_seed(word, seed)) {
		out_complain(out, "lesson start",
			     "seed=%.30s: expected a whole number from 1 on",
			     word);
		return false;
	}
	if (student && strlen(student) >= STUDENT_NAME) {
		out_complain(out, "lesson start",
			     "student=: expected at most %d letters",
			     STUDENT_NAME - 1);
		return false;
	}
	snprintf(name, sizeof name, "%s", base ? base + 1 : path);
	if (strlen(name) > 3 && strcmp(name + strlen(name) - 3, ".md") == 0)
		name[strlen(name) - 3] = '\0';
	if (student)
		*seed = student_seed(student, name);
	return true;
}

static struct player *read_player(struct lab *lab, const char *path,
				  uint64_t seed, struct out *out)
{
	struct faults f = {0};
	struct lesson *l = lesson_read(path, seed, &f);
	struct player *p;

	if (!l) {
		out_complain(out, "lesson", "%s%s", f.first,
			     f.n > 1 ? " (and more; `lesson check` tells all)"
				     : "");
		return NULL;
	}
	p = player_create(lab, l);
	if (!p)
		out_complain(out, "lesson", "out of memory");
	return p;
}

static enum cmd_status run_start(struct lab *lab, const struct args *args,
				 struct out *out)
{
	struct teacher *t = teacher_of(lab);
	char *path = lesson_find(args_place(args, 0), out);
	struct player *p = NULL;
	enum cmd_status status;
	uint64_t seed;

	if (!t || !path) {
		free(path);
		return CMD_ERROR;
	}
	if (choose_seed(args, path, &seed, out))
		p = read_player(lab, path, seed, out);
	free(path);
	if (!p)
		return CMD_ERROR;
	snprintf(p->student, sizeof p->student, "%s",
		 args_word(args, "student", ""));
	feedback_find(args_word(args, "feedback", feedback_name(p->feedback)),
		      &p->feedback);
	p->lecture = strcmp(args_word(args, "lecture", "off"), "on") == 0;
	status = player_boot(p, out);
	if (status != CMD_OK) {
		player_destroy(p);
		return status;
	}
	teacher_take(t, p);
	introduce(p, out);
	status = player_first(p, out);
	progress_keep(t);
	return status;
}

static const struct cmd lesson_start = {
	.name = "lesson start",
	.args = "LESSON [seed=WORD] [student=WORD] [feedback=full|where|pass] "
		"[lecture=on|off]",
	.brief = "Begin a lesson, by its name or its file",
	.help = "lesson start 02\n"
		"lesson start my/lesson.md seed=7\n"
		"student=NAME draws the numbers for somebody in particular; "
		"feedback=where\nor =pass tells less; lecture=on shows the "
		"notes for the instructor.",
	.flags = CMD_OUTER,
	.run = run_start,
};

/* ---- going on ---- */

/* The lesson, and the learner in it; NULL after a complaint. */
static struct teacher *present(struct lab *lab, const char *who,
			       struct out *out)
{
	struct teacher *t = teacher_of(lab);

	if (!t || !t->p) {
		out_complain(out, who,
			     "no lesson is being played; `lesson list` shows "
			     "them, `lesson start NAME` begins one");
		return NULL;
	}
	return t;
}

static enum cmd_status
go_on(struct lab *lab, const char *who,
      enum cmd_status (*act)(struct player *, struct out *), struct out *out)
{
	struct teacher *t = present(lab, who, out);
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

static const struct cmd lesson_next = {
	.name = "lesson next",
	.args = "",
	.brief = "Go on: run the command that is shown, or begin the next step",
	.help = "In the shell an empty line does the same; on the screen "
		"Space.",
	.flags = CMD_OUTER,
	.run = run_next,
};

static enum cmd_status run_answer(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct teacher *t = present(lab, "lesson answer", out);
	enum cmd_status status;

	if (!t)
		return CMD_USAGE;
	t->p->away = false;
	status = player_answer(t->p, args_line(args), out);
	if (status == CMD_OK)
		progress_keep(t);
	return status;
}

static const struct cmd lesson_answer = {
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

static const struct cmd lesson_hint = {
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

static const struct cmd lesson_reveal = {
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

static const struct cmd lesson_check = {
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

/* ---- leaving and coming back ---- */

static enum cmd_status run_leave(struct lab *lab, const struct args *args,
				 struct out *out)
{
	struct teacher *t = present(lab, "lesson leave", out);

	(void)args;
	if (!t)
		return CMD_USAGE;
	t->p->away = true;
	out_line(out, "The lesson waits; `lesson resume` goes on with it.");
	return CMD_OK;
}

static const struct cmd lesson_leave = {
	.name = "lesson leave",
	.args = "",
	.brief = "Play on your own; the lesson waits",
	.flags = CMD_OUTER,
	.run = run_leave,
};

/* Where the learner is, told once more. */
static void tell_place(const struct player *p, struct out *out)
{
	char prompt[200];

	player_prompt(p, prompt, sizeof prompt);
	out_line(out, "%s: step %zu of %zu%s%s%s", p->l->title, p->step + 1,
		 p->l->n, *prompt ? " [" : "", prompt, *prompt ? "]" : "");
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
	p = read_player(lab, pr->path, pr->seed, out);
	if (!p)
		return NULL;
	if (p->l->hash != pr->hash) {
		out_complain(out, "lesson resume",
			     "%s has changed since; `lesson start` begins "
			     "anew",
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

static enum cmd_status resume_kept(struct teacher *t, const char *name,
				   struct out *out)
{
	char *path = progress_path(name, false), why[240];
	struct player *p = NULL;
	struct progress pr;
	enum cmd_status status = CMD_ERROR;

	if (!*name || !path || access(path, R_OK) != 0)
		out_complain(out, "lesson resume", "%s%sno lesson was begun",
			     name, *name ? ": " : "");
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
		tell_place(p, out);
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
			tell_place(t->p, out);
		return status;
	}
	progress_last(last, sizeof last);
	return resume_kept(t, name ? name : last, out);
}

static const struct cmd lesson_resume = {
	.name = "lesson resume",
	.args = "[LESSON]",
	.brief = "Go on with the lesson: where you left it, or another day",
	.flags = CMD_OUTER,
	.run = run_resume,
};

static enum cmd_status forget(const char *name, struct out *out)
{
	char *path = progress_path(name, false);
	enum cmd_status status = CMD_OK;

	if (path && strchr(name, '/')) {
		status = out_complain(out, "lesson reset",
				      "%.60s: expected a lesson's name", name);
	} else if (path && unlink(path) && errno != ENOENT) {
		out_complain(out, "lesson reset", "%s: %s", path,
			     strerror(errno));
		status = CMD_ERROR;
	}
	free(path);
	return status;
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

	if (name && strcmp(name, "all") == 0) {
		lesson_files(forget_one, out);
		return CMD_OK;
	}
	if (name)
		return forget(name, out);
	t = present(lab, "lesson reset", out);
	if (!t)
		return CMD_USAGE;
	p = t->p;
	while (p->nr_actions)
		free(p->action[--p->nr_actions].text);
	p->nr_questions = 0;
	p->away = p->broken = false;
	memset(p->steps, 0, p->l->n * sizeof *p->steps);
	out_clear(p->told);
	progress_keep(t);
	return player_begin(p, out);
}

static const struct cmd lesson_reset = {
	.name = "lesson reset",
	.args = "[all|LESSON]",
	.brief = "Begin the lesson again; of a name, or all: forget what was "
		 "done",
	.flags = CMD_OUTER,
	.run = run_reset,
};

/* ---- info, submit ---- */

static enum cmd_status run_info(struct lab *lab, const struct args *args,
				struct out *out)
{
	struct teacher *t = present(lab, "lesson info", out);
	const struct player *p;
	struct score s;

	(void)args;
	if (!t)
		return CMD_USAGE;
	p = t->p;
	s = player_score(p);
	tell_place(p, out);
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

static const struct cmd lesson_info = {
	.name = "lesson info",
	.args = "",
	.brief = "Say which lesson is being played, and where you are in it",
	.run = run_info,
};

static enum cmd_status run_submit(struct lab *lab, const struct args *args,
				  struct out *out)
{
	struct teacher *t = present(lab, "lesson submit", out);
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

static const struct cmd lesson_submit = {
	.name = "lesson submit",
	.args = "FILE",
	.brief = "Write what you have done to a file, to be handed in",
	.help = "`buddyscope grade` reads it.",
	.run = run_submit,
};

/* ---- for authors and teachers ---- */

static enum cmd_status run_new(struct lab *lab, const struct args *args,
			       struct out *out)
{
	(void)lab;
	return lesson_new_file(args_place(args, 0), out);
}

static const struct cmd lesson_new = {
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

	if (word && !read_seed(word, &seed))
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

static const struct cmd lesson_print = {
	.name = "lesson print",
	.args = "FILE [what=questions|answers|notes] [as=markdown|html] "
		"[seed=WORD]",
	.brief = "A lesson on paper, with pictures of the screen",
	.flags = CMD_OUTER,
	.run = run_print,
};

static const struct cmd lesson_list = {
	.name = "lesson list",
	.args = "",
	.brief = "List the lessons, and how far you are in them",
	.run = run_list,
};

const struct cmd *const lesson_table[] = {
	&lesson_new,	&lesson_print,	&lesson_list,	&lesson_start,
	&lesson_next,	&lesson_answer, &lesson_hint,	&lesson_check,
	&lesson_reveal, &lesson_leave,	&lesson_resume, &lesson_reset,
	&lesson_info,	&lesson_submit, NULL,
};
