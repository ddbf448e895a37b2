/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ask.c - questions: asked, answered, settled by the model
 */
#include <stdio.h>
#include <stdlib.h>

#include "lesson/answer.h"
#include "lesson/run.h"

static struct question_result *open_question(struct player *p)
{
	return p->question < p->nr_questions ? &p->questions[p->question]
					     : NULL;
}

enum cmd_status question_ask(struct player *p, const struct item *item,
			     struct out *out)
{
	struct question_result *more =
		realloc(p->questions, (p->nr_questions + 1) * sizeof *more);

	if (!more) {
		out_complain(out, "lesson", "out of memory");
		return CMD_ERROR;
	}
	p->questions = more;
	more[p->nr_questions] = (struct question_result){.item = item};
	p->question = p->nr_questions++;
	p->question_since = since_now(p->lab);
	p->asked_twice = false;
	p->wait = item->question.kind == ANSWER_FRAME ||
				  item->question.kind == ANSWER_BLOCK
			  ? LESSON_POINT
			  : LESSON_ANSWER;
	return CMD_OK;
}

static void say_answer(struct player *p, const struct question_result *q,
		       struct out *out)
{
	char correct[240], given[240], text[600];

	if (p->feedback == FEEDBACK_PASS)
		return;
	answer_print(&q->item->question, q->correct, correct, sizeof correct);
	answer_print(&q->item->question, q->value, given, sizeof given);
	if (p->feedback == FEEDBACK_WHERE)
		snprintf(text, sizeof text, "%s",
			 !q->given  ? "That question was not answered."
			 : q->right ? "Your answer is right."
				    : "Your answer is not right.");
	else if (!q->given)
		snprintf(text, sizeof text, "It is %s.", correct);
	else if (q->right)
		snprintf(text, sizeof text, "Right: %s.", correct);
	else
		snprintf(text, sizeof text, "You said %s; it is %s.", given,
			 correct);
	out_line(out, "%s\n", text);
	/* below what has just been done */
	player_keep(p, p->item - 1, KEPT_VERDICT, text);
}

/* The model says what is right. */
void question_settle(struct player *p, struct out *out)
{
	struct question_result *q = open_question(p);
	const struct question *question;
	struct expr_why why;

	p->question = SIZE_MAX;
	if (!q)
		return;
	question = &q->item->question;
	if (!answer_right(p->lab, question,
			  since_moment(p->lab, &p->question_since), &q->correct,
			  &why)) {
		player_tell(p, out, "The model cannot tell: %s.", why.text);
		return;
	}
	q->known = true;
	q->right =
		q->given && answer_fits(p->lab, question, q->value, q->correct);
	say_answer(p, q, out);
}

/* Will something be run in this step, before it has its answer? */
static bool run_follows(const struct player *p)
{
	const struct step *s = player_step(p);

	for (size_t i = p->item; i < s->n; i++) {
		if (s->item[i].kind == ITEM_RUN)
			return true;
		if (s->item[i].kind == ITEM_PREDICT ||
		    s->item[i].kind == ITEM_TASK)
			return false;
	}
	return false;
}

enum cmd_status player_answer(struct player *p, const char *word,
			      struct out *out)
{
	struct question_result *q = open_question(p);

	if (p->wait == LESSON_RUN && q && !q->given)
		return out_complain(out, "lesson answer",
				    "the question was passed over; `lesson "
				    "next` shows what is right, `lesson reset` "
				    "begins again");
	if ((p->wait != LESSON_ANSWER && p->wait != LESSON_POINT) || !q)
		return out_complain(out, "lesson answer",
				    "nothing was asked; `lesson info` says "
				    "what comes next");
	if (!answer_read(&q->item->question, word, &q->value))
		return out_complain(out, "lesson answer", "%.60s: %s", word,
				    answer_expected(&q->item->question));
	if (!player_note(p, ACT_ANSWER, word))
		return out_complain(out, "lesson",
				    "too much was tried; "
				    "`lesson reset` begins "
				    "again");
	out_clear(p->told);
	q->given = true;
	p->item++;
	if (!run_follows(p))
		question_settle(p, out);
	else
		player_tell(p, out, "Noted.");
	return player_advance(p, out);
}

void question_skip(struct player *p, struct out *out)
{
	player_note(p, ACT_REVEAL, NULL);
	p->item++;
	if (!run_follows(p))
		question_settle(p, out);
}
