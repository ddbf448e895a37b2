/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * grade.c - see grade.h
 *
 * What was handed in is what was done, so it is done again, in a world of its
 * own, and the model counts.  It cannot say more than it can show; but who
 * did it, it does not know.
 */
#include "lesson/grade.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/answer.h"
#include "lesson/limit.h"

static void trouble(struct grade *g, const char *text)
{
	if (!*g->trouble)
		printable(g->trouble, sizeof g->trouble, text);
}

/* ---- marks ---- */

static struct mark *new_mark(struct grade *g)
{
	struct mark *more = realloc(g->mark, (g->n + 1) * sizeof *more);

	if (!more)
		return NULL;
	g->mark = more;
	more[g->n] = (struct mark){0};
	return &more[g->n++];
}

static const struct question_result *result_of(const struct player *p,
					       const struct item *item)
{
	for (size_t i = 0; i < p->nr_questions; i++)
		if (p->questions[i].item == item)
			return &p->questions[i];
	return NULL;
}

static void mark_question(const struct player *p, struct mark *m,
			  const struct item *item)
{
	const struct question_result *q = result_of(p, item);
	char said[100], right[100];

	m->earned = q && q->known && q->right;
	if (!q || !q->given) {
		snprintf(m->remark, sizeof m->remark, "not answered");
		return;
	}
	answer_print(&item->question, q->value, said, sizeof said);
	answer_print(&item->question, q->correct, right, sizeof right);
	if (!q->known)
		snprintf(m->remark, sizeof m->remark, "said %s", said);
	else if (q->right)
		snprintf(m->remark, sizeof m->remark, "%s", said);
	else
		snprintf(m->remark, sizeof m->remark, "said %s, it is %s", said,
			 right);
}

static void mark_task(const struct player *p, struct mark *m, size_t step)
{
	const struct step_result *r = &p->steps[step];

	m->earned = r->done && !r->gave_up;
	snprintf(m->remark, sizeof m->remark, "%s%s",
		 r->gave_up ? "given up"
		 : r->done  ? "solved"
			    : "not solved",
		 !m->earned || !r->has_par ? ""
		 : r->par		   ? ", within par"
					   : ", not within par");
}

/* Every question and every task, reached or not. */
static void mark_all(const struct player *p, struct grade *g)
{
	unsigned int question = 0;

	for (size_t s = 0; s < p->l->n; s++)
		for (size_t i = 0; i < p->l->step[s].n; i++) {
			const struct item *item = &p->l->step[s].item[i];
			struct mark *m;

			if (item->kind != ITEM_PREDICT &&
			    item->kind != ITEM_TASK)
				continue;
			m = new_mark(g);
			if (!m)
				return;
			if (item->kind == ITEM_PREDICT)
				snprintf(m->name, sizeof m->name,
					 "step %zu, question %u: %.100s", s + 1,
					 ++question, item->text);
			else
				snprintf(m->name, sizeof m->name,
					 "step %zu, task: %.100s", s + 1,
					 item->text);
			if (!g->played)
				snprintf(m->remark, sizeof m->remark,
					 "not graded");
			else if (item->kind == ITEM_PREDICT)
				mark_question(p, m, item);
			else
				mark_task(p, m, s);
			g->points += m->earned;
		}
}

/* ---- playing ---- */

/* The last line of what was said: the complaint. */
static const char *last_line(const struct out *out, char *buf, size_t size)
{
	const char *s = out_string(out);
	size_t end = strlen(s), start;

	while (end && s[end - 1] == '\n')
		end--;
	for (start = end; start && s[start - 1] != '\n'; start--)
		;
	snprintf(buf, size, "%.*s", (int)(end - start), s + start);
	return buf;
}

static void play(struct player *p, const struct progress *pr, struct grade *g)
{
	struct out *out = out_buffer();
	char text[240], said[180];

	if (!out) {
		trouble(g, "out of memory");
		return;
	}
	p->grading = true;
	limit_begin();
	if (player_begin(p, out) != CMD_OK)
		trouble(g, "the lesson does not begin; `lesson check` says "
			   "why");
	for (size_t i = 0; i < pr->n && !*g->trouble; i++) {
		out_clear(out);
		if (limit_over()) {
			trouble(g, "it takes longer than is allowed");
			break;
		}
		if (player_do(p, &pr->action[i], out) == CMD_OK)
			continue;
		snprintf(text, sizeof text, "line %zu of what was done: %s",
			 i + 1, last_line(out, said, sizeof said));
		trouble(g, text);
	}
	out_free(out);
	g->whole = p->wait == LESSON_END && !p->broken;
	if (!g->whole)
		trouble(g, "it was not played to the end");
}

/* The lesson's name is that of the teacher's file: a seed comes from it. */
static bool is_theirs(const struct progress *pr, const char *student,
		      const struct lesson *l, struct grade *g)
{
	char why[2 * STUDENT_NAME + 60];

	if (student && !*pr->student) {
		trouble(g, "it was done for no student; expected one begun "
			   "with --student");
	} else if (student && strcmp(student, pr->student) != 0) {
		snprintf(why, sizeof why, "it is of student %s, not of %.*s",
			 pr->student, STUDENT_NAME, student);
		trouble(g, why);
	} else if (*pr->student &&
		   pr->seed != student_seed(pr->student, l->name)) {
		snprintf(why, sizeof why,
			 "its seed is not the one of student %s", pr->student);
		trouble(g, why);
	}
	return !*g->trouble;
}

void grade_file(const struct lab *like, const char *lesson, const char *file,
		const char *student, struct grade *g)
{
	struct faults f = {0};
	struct progress pr;
	struct lesson *l = NULL;
	struct player *p = NULL;
	struct lab *lab = NULL;
	char why[240];

	*g = (struct grade){0};
	printable(g->file, sizeof g->file, file);
	if (!progress_read(file, &pr, why, sizeof why)) {
		trouble(g, why);
		memset(&pr, 0, sizeof pr);
	}
	snprintf(g->student, sizeof g->student, "%s", pr.student);
	g->seed = pr.seed;
	l = lesson_read(lesson, pr.seed, &f);
	if (!l) {
		trouble(g, f.first);
		progress_free(&pr);
		return;
	}
	memcpy(g->lesson, l->name, sizeof g->lesson);
	g->hash = l->hash;
	g->feedback = l->feedback;
	if (!*g->trouble && l->hash != pr.hash)
		trouble(g, "it was done with another version of the lesson");
	lab = lab_create_like(like);
	p = lab ? player_create(lab, l) : NULL;
	if (!p) {
		trouble(g, "out of memory");
		if (!lab)
			lesson_free(l);
	} else {
		memcpy(p->student, pr.student, sizeof p->student);
		g->played = !*g->trouble && is_theirs(&pr, student, l, g);
		if (g->played)
			play(p, &pr, g);
		mark_all(p, g);
		g->score = player_score(p);
		if (g->played)
			player_stamp(p, g->stamp);
	}
	player_destroy(p);
	lab_destroy(lab);
	progress_free(&pr);
}

void grade_free(struct grade *g)
{
	free(g->mark);
	g->mark = NULL;
	g->n = 0;
}
