/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_lesson.c - rows of commands for lessons, and what they share
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/rows.h"

bool lesson_seed(const char *word, uint64_t *seed)
{
	char *end;

	*seed = strtoull(word, &end, 10);
	return *word >= '0' && *word <= '9' && !*end && strlen(word) < 19 &&
	       *seed;
}

bool lesson_seed_or_student(const char *seed, const char *student,
			    const char *who, uint64_t *value, struct out *out)
{
	if (student && seed)
		out_complain(out, who,
			     "either seed= or student=: a student's name gives "
			     "the seed");
	else if (seed && !lesson_seed(seed, value))
		out_complain(out, who,
			     "seed=%.30s: expected a whole number from 1 on",
			     seed);
	else if (student && (!*student || strlen(student) >= STUDENT_NAME))
		out_complain(out, who,
			     "student=: expected a name of at most %d letters",
			     STUDENT_NAME - 1);
	else
		return true;
	return false;
}

/* The lesson, and the learner in it; NULL after a complaint. */
struct teacher *lesson_present(struct lab *lab, const char *who,
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

struct player *lesson_player(struct lab *lab, const char *path, uint64_t seed,
			     struct out *out)
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

/* Where the learner is, told once more. */
void lesson_tell_place(const struct player *p, struct out *out)
{
	char prompt[200];

	player_prompt(p, prompt, sizeof prompt);
	out_line(out, "%s: step %zu of %zu%s%s%s", p->l->title, p->step + 1,
		 p->l->n, *prompt ? " [" : "", prompt, *prompt ? "]" : "");
}

const struct cmd *const lesson_table[] = {
	&lesson_new,	&lesson_print,	&lesson_list,	&lesson_start,
	&lesson_next,	&lesson_answer, &lesson_hint,	&lesson_check,
	&lesson_reveal, &lesson_leave,	&lesson_resume, &lesson_reset,
	&lesson_info,	&lesson_submit, NULL,
};
