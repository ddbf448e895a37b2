/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_start.c - begin a lesson
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lesson/rows.h"

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

/* The seed that was asked for; 0: the lesson's own. */
static bool choose_seed(const struct args *args, const char *path,
			uint64_t *seed, struct out *out)
{
	const char *student = args_word(args, "student", NULL);

	*seed = 0;
	if (!lesson_seed_or_student(args_word(args, "seed", NULL), student,
				    "lesson start", seed, out))
		return false;
	if (student)
		*seed = student_seed_for(student, path);
	return true;
}

/* Of the lesson that is asked for; if none is, that behind the present one. */
static char *file_of(const struct teacher *t, const char *name, struct out *out)
{
	char word[sizeof t->p->next.word];

	if (name)
		return lesson_find(name, out);
	if (!t || !t->p || t->p->wait != LESSON_END || !*t->p->next.word) {
		out_complain(out, "lesson start",
			     "expected a lesson's name or file, such as 01; "
			     "`lesson list` shows the names");
		return NULL;
	}
	snprintf(word, sizeof word, "%s",
		 t->p->next.word + (t->p->next.word[0] == '"'));
	word[strcspn(word, "\"")] = '\0';
	return lesson_find(word, out);
}

/* What the lesson's head allows, or less. */
static bool choose_feedback(struct player *p, const char *word, struct out *out)
{
	enum feedback fb = p->feedback;

	if (word)
		feedback_find(word, &fb);
	if (fb < p->l->feedback) {
		out_complain(out, "lesson start",
			     "feedback=%s: the lesson asks for %s; only less "
			     "can be chosen",
			     word, feedback_name(p->l->feedback));
		return false;
	}
	p->feedback = fb;
	return true;
}

/* Begun another day, and not at its end: there is something to lose. */
static bool begun_before(const struct teacher *t, const struct player *p,
			 struct out *out)
{
	char *path = t->save ? progress_path(p->l->name, false) : NULL;
	char why[200];
	struct progress pr;
	bool begun = false;

	if (path && access(path, R_OK) == 0 &&
	    progress_read(path, &pr, why, sizeof why)) {
		begun = !pr.done && pr.n && pr.hash == p->l->hash;
		if (begun)
			out_line(out,
				 "Begun anew; `lesson resume %s` goes on at "
				 "step %u of %u.",
				 p->l->name, pr.step, pr.steps);
		progress_free(&pr);
	}
	free(path);
	return begun;
}

static enum cmd_status run_start(struct lab *lab, const struct args *args,
				 struct out *out)
{
	struct teacher *t = teacher_of(lab);
	char *path = file_of(t, args_place(args, 0), out);
	struct player *p = NULL;
	enum cmd_status status;
	bool begun;
	uint64_t seed;

	if (!t || !path) {
		free(path);
		return CMD_ERROR;
	}
	if (choose_seed(args, path, &seed, out))
		p = lesson_player(lab, path, seed, out);
	free(path);
	if (!p)
		return CMD_ERROR;
	snprintf(p->student, sizeof p->student, "%s",
		 args_word(args, "student", ""));
	if (!choose_feedback(p, args_word(args, "feedback", NULL), out)) {
		player_destroy(p);
		return CMD_USAGE;
	}
	p->lecture = strcmp(args_word(args, "lecture", "off"), "on") == 0;
	if (t->p) /* the new world's lines are no answer to its task */
		t->p->busy = true;
	status = player_boot(p, out);
	if (status != CMD_OK) {
		if (t->p)
			t->p->busy = false;
		player_destroy(p);
		return status;
	}
	teacher_take(t, p);
	begun = begun_before(t, p, out);
	introduce(p, out);
	status = player_first(p, out);
	if (!begun) /* else by the first that is done in it */
		progress_keep(t);
	return status;
}

const struct cmd lesson_start = {
	.name = "lesson start",
	.args = "[LESSON] [seed=WORD] [student=WORD] "
		"[feedback=full|where|pass] "
		"[lecture=on|off]",
	.brief = "Begin a lesson, by its name or its file",
	.help = "lesson start 02\n"
		"lesson start my/lesson.md seed=7\n"
		"Without a name, at the end of a lesson: the next one.\n"
		"student=NAME draws the numbers for somebody in particular; "
		"feedback=where\nor =pass tells less; lecture=on shows the "
		"notes for the instructor.",
	.flags = CMD_OUTER,
	.run = run_start,
};
