/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * run.c - playing a lesson: where we are, and what comes next
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/answer.h"
#include "lesson/limit.h"
#include "lesson/play.h"
#include "lesson/world.h"
#include "lesson/wrap.h"

#define TEXT_WIDTH 64 /* of the narrowest screen, less a margin */

static enum cmd_status advance(struct player *p, struct out *out);

/* ---- telling ---- */

/* To the learner, and kept for the pane. */
static void tell(struct player *p, struct out *out, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void tell(struct player *p, struct out *out, const char *fmt, ...)
{
	char text[900];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	out_line(out, "%s", text);
	if (!p->again)
		out_line(p->told, "%s", text);
}

static void print_line(void *arg, enum lesson_line_kind kind, const char *text)
{
	(void)kind;
	out_line(arg, "%s", text);
}

static void show(struct player *p, const struct item *item, struct out *out)
{
	wrap_item(item, p->lecture, TEXT_WIDTH, print_line, out);
}

static const struct step *step_of(const struct player *p)
{
	return &p->l->step[p->step];
}

static const struct item *item_of(const struct player *p)
{
	const struct step *s = step_of(p);

	return p->item < s->n ? &s->item[p->item] : NULL;
}

/* ---- the world ---- */

/* Of a world that a lesson cannot have, the hash would take too long. */
static uint64_t hash_of(const struct mm *mm)
{
	return mm_state_bytes(mm) >> 30 ? 0 : mm_hash(mm);
}

static void leave_world(struct player *p)
{
	p->mm = lab_mm(p->lab);
	p->now = mm_now(p->mm);
	p->hash = hash_of(p->mm);
}

static bool as_left(const struct player *p)
{
	const struct mm *mm = lab_mm(p->lab);

	return mm == p->mm && mm_now(mm) == p->now && hash_of(mm) == p->hash;
}

/* A line of the lesson's own, or of an answer that is graded. */
static enum cmd_status run_line(struct player *p, const char *line,
				bool answers, struct out *out)
{
	const bool busy = p->busy;
	enum cmd_status status;

	p->busy = true;
	if (p->grading)
		limit_start(p->lab);
	status = lesson_run_line(p->lab, answers ? NULL : p->l, line, out);
	if (p->grading && limit_stop())
		status = CMD_ERROR;
	p->busy = busy;
	return status;
}

/* It was proved to work, so this tells of a lesson that was not. */
static enum cmd_status broken(struct player *p, const struct lesson_line *line,
			      struct out *out)
{
	p->broken = true;
	p->wait = LESSON_END;
	out_complain(out, "lesson",
		     "%s:%u:%u: the command failed; the lesson cannot go on "
		     "(`lesson check` says more)",
		     p->l->path, line->line, line->column);
	return CMD_ERROR;
}

/* All lines of a block, not heard. */
static enum cmd_status run_quietly(struct player *p, const struct item *item,
				   struct out *out)
{
	struct out *quiet = out_buffer();
	enum cmd_status status = quiet ? CMD_OK : CMD_ERROR;
	size_t i = 0;

	for (; i < item->n && status == CMD_OK; i++)
		status = run_line(p, item->lines[i].text, false, quiet);
	out_free(quiet);
	return status == CMD_OK ? CMD_OK
				: broken(p, &item->lines[i ? i - 1 : 0], out);
}

enum cmd_status player_put_back(struct player *p, struct out *out)
{
	struct out *quiet;
	char line[40];
	enum cmd_status status;

	if (as_left(p))
		return CMD_OK;
	quiet = out_buffer();
	if (!quiet)
		return CMD_ERROR;
	if (lab_mm(p->lab) == p->mm && p->now <= mm_last_moment(p->mm)) {
		snprintf(line, sizeof line, "goto %llu",
			 (unsigned long long)p->now);
		run_line(p, line, false, quiet);
	}
	out_free(quiet);
	if (as_left(p))
		return CMD_OK;
	status = player_again(p);
	if (status == CMD_OK)
		tell(p, out, "(the world is back where the lesson left it)");
	return status;
}

/* ---- questions ---- */

static struct question_result *open_question(struct player *p)
{
	return p->question < p->nr_questions ? &p->questions[p->question]
					     : NULL;
}

static enum cmd_status ask(struct player *p, const struct item *item,
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
	char correct[240], given[240];

	answer_print(&q->item->question, q->correct, correct, sizeof correct);
	answer_print(&q->item->question, q->value, given, sizeof given);
	if (p->feedback == FEEDBACK_PASS)
		return;
	if (p->feedback == FEEDBACK_WHERE)
		tell(p, out, "%s",
		     !q->given	? "That question was not answered."
		     : q->right ? "Your answer is right."
				: "Your answer is not right.");
	else if (!q->given)
		tell(p, out, "It is %s.  (%s)", correct,
		     expr_source(q->item->question.expr));
	else if (q->right)
		tell(p, out, "Right: %s.", correct);
	else
		tell(p, out, "You said %s; it is %s.  (%s)", given, correct,
		     expr_source(q->item->question.expr));
	out_line(out, "%s", "");
}

/* The model says what is right. */
static void settle_question(struct player *p, struct out *out)
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
		tell(p, out, "The model cannot tell: %s.", why.text);
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
	const struct step *s = step_of(p);

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
		settle_question(p, out);
	else
		tell(p, out, "Noted.");
	return advance(p, out);
}

/* ---- tasks ---- */

static const struct item *find_item(const struct step *s, enum item_kind kind)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].kind == kind)
			return &s->item[i];
	return NULL;
}

static bool all_hold(struct player *p, enum item_kind kind,
		     const struct cond **first, char *why, size_t size)
{
	const struct step *s = step_of(p);

	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].kind == kind &&
		    !conds_hold(p->lab, &s->item[i], &p->since, first, why,
				size))
			return false;
	return true;
}

/* The task is solved, or given up: on to what comes after it. */
static enum cmd_status leave_task(struct player *p, struct out *out)
{
	p->item++;
	p->wait = LESSON_NOTHING;
	return advance(p, out);
}

static enum cmd_status solved(struct player *p, struct out *out)
{
	struct step_result *r = &p->steps[p->step];
	const struct cond *first;
	char why[300];

	r->has_par = find_item(step_of(p), ITEM_PAR) != NULL;
	r->par = r->has_par && all_hold(p, ITEM_PAR, &first, why, sizeof why);
	if (!r->has_par || p->feedback == FEEDBACK_PASS)
		tell(p, out, "Done.");
	else if (r->par)
		tell(p, out, "Done, within par.");
	else if (p->feedback == FEEDBACK_WHERE)
		tell(p, out, "Done, but not within par.");
	else
		tell(p, out, "Done.  Par asks for more: %s.", why);
	return leave_task(p, out);
}

enum cmd_status player_check(struct player *p, struct out *out)
{
	const struct cond *first;
	char why[300];

	if (p->wait != LESSON_TASK)
		return out_complain(out, "lesson check",
				    "there is no task here; `lesson info` says "
				    "what comes next");
	out_clear(p->told);
	if (all_hold(p, ITEM_CHECK, &first, why, sizeof why)) {
		player_note(p, ACT_NEXT, NULL);
		return solved(p, out);
	}
	if (p->feedback == FEEDBACK_FULL)
		tell(p, out, "Not yet: %s.", why);
	else if (p->feedback == FEEDBACK_WHERE)
		tell(p, out, "Not yet: %s", first->text);
	else
		tell(p, out, "Not yet.");
	return CMD_OK;
}

void player_typed(struct player *p, const char *line, struct out *out)
{
	const struct cond *first;
	char why[300];

	if (p->busy || p->away || p->wait != LESSON_TASK)
		return;
	if (as_left(p))
		return; /* it only looked */
	if (!player_note(p, ACT_TYPED, line)) {
		out_complain(out, "lesson",
			     "too much was tried; `lesson reset` begins again");
		return;
	}
	leave_world(p);
	if (!all_hold(p, ITEM_CHECK, &first, why, sizeof why))
		return;
	out_clear(p->told);
	solved(p, out);
}

/* The line of a list of actions. */
static enum cmd_status do_typed(struct player *p, const char *line,
				struct out *out)
{
	enum cmd_status status;

	if (p->wait != LESSON_TASK) {
		out_complain(out, "lesson", "%.60s: there is no task here",
			     line);
		return CMD_ERROR;
	}
	status = run_line(p, line, true, out);
	player_typed(p, line, out);
	return status == CMD_FAILED ? CMD_OK : status;
}

/* ---- hints, giving up ---- */

static const struct item *hint_number(const struct step *s, unsigned int n)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].kind == ITEM_HINT && n-- == 0)
			return &s->item[i];
	return NULL;
}

enum cmd_status player_hint(struct player *p, struct out *out)
{
	struct step_result *r = &p->steps[p->step];
	const struct item *hint = hint_number(step_of(p), r->hints);

	out_clear(p->told);
	if (!hint) {
		tell(p, out,
		     r->hints ? "There are no more hints."
			      : "There is no hint here.");
		return CMD_OK;
	}
	player_note(p, ACT_HINT, NULL);
	r->hints++;
	tell(p, out, "Hint: %s", hint->text);
	return CMD_OK;
}

/* Drop what was typed since the task was set; hints stay.  Was there any? */
static bool forget_typed(struct player *p)
{
	size_t from = p->nr_actions, to;

	while (from && (p->action[from - 1].kind == ACT_TYPED ||
			p->action[from - 1].kind == ACT_HINT))
		from--;
	to = from;
	for (size_t i = from; i < p->nr_actions; i++) {
		if (p->action[i].kind == ACT_TYPED)
			free(p->action[i].text);
		else
			p->action[to++] = p->action[i];
	}
	if (to == p->nr_actions)
		return false;
	p->nr_actions = to;
	return true;
}

/* What was tried in this task is undone, and its solution run. */
static enum cmd_status give_up(struct player *p, struct out *out)
{
	const struct item *solution = find_item(step_of(p), ITEM_SOLUTION);
	enum cmd_status status = CMD_OK;

	if (!p->again && (forget_typed(p) || !as_left(p)))
		status = player_again(p);
	if (status != CMD_OK)
		return status;
	player_note(p, ACT_REVEAL, NULL);
	p->steps[p->step].gave_up = true;
	for (size_t i = 0; i < solution->n; i++) {
		struct out *quiet = out_buffer();

		if (!quiet)
			return CMD_ERROR;
		if (p->feedback == FEEDBACK_FULL)
			out_line(out, "> %s", solution->lines[i].text);
		status = run_line(p, solution->lines[i].text, false,
				  p->feedback == FEEDBACK_FULL ? out : quiet);
		out_free(quiet);
		if (status != CMD_OK)
			return broken(p, &solution->lines[i], out);
	}
	leave_world(p);
	return leave_task(p, out);
}

enum cmd_status player_reveal(struct player *p, struct out *out)
{
	out_clear(p->told);
	if (p->wait == LESSON_TASK)
		return give_up(p, out);
	if (p->wait == LESSON_ANSWER || p->wait == LESSON_POINT) {
		player_note(p, ACT_REVEAL, NULL);
		p->item++;
		if (!run_follows(p))
			settle_question(p, out);
		return advance(p, out);
	}
	return out_complain(out, "lesson reveal",
			    "there is nothing to solve here; `lesson next` "
			    "goes on");
}

/* ---- going on ---- */

static void begin_step(struct player *p, struct out *out)
{
	const struct step *s = step_of(p);

	p->item = p->line = 0;
	p->said_item = SIZE_MAX;
	p->question = SIZE_MAX;
	p->since = since_now(p->lab);
	if (s->heading)
		out_line(out, "-- %zu of %zu: %s --\n", p->step + 1, p->l->n,
			 s->heading);
}

static void end_lesson(struct player *p, struct out *out)
{
	const struct score s = player_score(p);
	char stamp[24];

	p->wait = LESSON_END;
	player_stamp(p, stamp);
	if (p->broken)
		return;
	if (p->feedback == FEEDBACK_PASS) {
		tell(p, out, "The lesson is done.  Seed %llu.  Stamp %s.",
		     (unsigned long long)p->l->seed, stamp);
		return;
	}
	tell(p, out,
	     "The lesson is done: %u of %u questions right, %u of %u tasks "
	     "solved%s.",
	     s.right, s.questions, s.solved, s.tasks,
	     s.given_up ? ", the rest given up" : "");
	if (s.pars)
		tell(p, out, "Par was met in %u of %u.", s.pars_met, s.pars);
	tell(p, out, "Hints asked for: %u.  Seed %llu.  Stamp %s.", s.hints,
	     (unsigned long long)p->l->seed, stamp);
}

static enum cmd_status end_step(struct player *p, struct out *out)
{
	const struct cond *first;
	char why[300];

	settle_question(p, out);
	p->steps[p->step].done = true;
	if (!step_of(p)->has_task &&
	    !all_hold(p, ITEM_CHECK, &first, why, sizeof why))
		tell(p, out, "(The lesson expected something else here: %s.)",
		     why);
	leave_world(p);
	if (p->step + 1 < p->l->n)
		p->wait = LESSON_GO;
	else
		end_lesson(p, out);
	return CMD_OK;
}

/* One item; true when the lesson waits there. */
static bool meet(struct player *p, const struct item *item,
		 enum cmd_status *status, struct out *out)
{
	*status = CMD_OK;
	show(p, item, out);
	switch (item->kind) {
	case ITEM_SETUP:
		*status = run_quietly(p, item, out);
		if (!p->steps[p->step].done)
			p->since = since_now(p->lab);
		return *status != CMD_OK;
	case ITEM_PREDICT:
		*status = ask(p, item, out);
		return true;
	case ITEM_RUN:
		p->wait = LESSON_RUN;
		p->line = 0;
		return true;
	case ITEM_TASK:
		p->wait = LESSON_TASK;
		p->since = since_now(p->lab);
		return true;
	default:
		return false;
	}
}

static void prompt(struct player *p, struct out *out)
{
	char text[200];

	if (p->again)
		return;
	player_prompt(p, text, sizeof text);
	if (*text)
		out_line(out, "[%s]", text);
}

/* Up to the next place where the lesson waits. */
static enum cmd_status advance(struct player *p, struct out *out)
{
	const struct item *item;
	enum cmd_status status = CMD_OK;

	while ((item = item_of(p))) {
		if (meet(p, item, &status, out))
			break;
		p->item++;
	}
	if (!item)
		status = end_step(p, out);
	leave_world(p);
	prompt(p, out);
	return status;
}

/* The command that is shown. */
static enum cmd_status run_next(struct player *p, struct out *out)
{
	const struct item *item = item_of(p);
	const struct lesson_line *line = &item->lines[p->line];
	enum cmd_status status;

	out_line(out, "> %s", line->text);
	out_clear(p->said);
	out_set_json(p->said, out_json(out));
	p->said_item = p->item;
	p->said_line = p->line;
	status = run_line(p, line->text, false, p->said);
	out_text(out, "%s", out_string(p->said));
	if (status != CMD_OK)
		return broken(p, line, out);
	leave_world(p);
	if (++p->line < item->n) {
		prompt(p, out);
		return CMD_OK;
	}
	p->item++;
	out_line(out, "%s", "");
	settle_question(p, out);
	return advance(p, out);
}

enum cmd_status player_next(struct player *p, struct out *out)
{
	enum cmd_status status;

	if (p->wait == LESSON_TASK)
		return player_check(p, out);
	out_clear(p->told);
	if (p->wait == LESSON_END) {
		tell(p, out, "The lesson is done; `lesson list` shows others.");
		return CMD_OK;
	}
	status = player_put_back(p, out);
	if (status != CMD_OK)
		return status;
	if ((p->wait == LESSON_ANSWER || p->wait == LESSON_POINT) &&
	    !p->asked_twice && !p->lecture && !p->again) {
		p->asked_twice = true;
		tell(p, out,
		     "There is no answer yet; once more goes on without.");
		return CMD_OK;
	}
	if (p->wait == LESSON_ANSWER || p->wait == LESSON_POINT)
		return player_reveal(p, out);
	if (!player_note(p, ACT_NEXT, NULL))
		return out_complain(out, "lesson",
				    "too much was tried; "
				    "`lesson reset` begins "
				    "again");
	if (p->wait == LESSON_RUN)
		return run_next(p, out);
	p->step++;
	begin_step(p, out);
	return advance(p, out);
}

void player_prompt(const struct player *p, char *buf, size_t size)
{
	const struct item *item = item_of(p);

	*buf = '\0';
	switch (p->wait) {
	case LESSON_GO:
		snprintf(buf, size, "next: %s",
			 p->l->step[p->step + 1].heading
				 ? p->l->step[p->step + 1].heading
				 : "go on");
		break;
	case LESSON_RUN:
		snprintf(buf, size, "next: %s", item->lines[p->line].text);
		break;
	case LESSON_ANSWER:
		snprintf(buf, size, "your answer?");
		break;
	case LESSON_POINT:
		snprintf(buf, size, "which frame?");
		break;
	case LESSON_TASK:
		snprintf(buf, size, "your turn");
		break;
	default:
		break;
	}
}

/* ---- life ---- */

struct player *player_create(struct lab *lab, struct lesson *l)
{
	struct player *p = calloc(1, sizeof *p);

	if (p) {
		p->lab = lab;
		p->l = l;
		p->feedback = l->feedback;
		p->told = out_buffer();
		p->said = out_buffer();
		p->steps = calloc(l->n, sizeof *p->steps);
		p->question = SIZE_MAX;
	}
	if (p && p->told && p->said && p->steps)
		return p;
	if (p)
		player_destroy(p);
	else
		lesson_free(l);
	return NULL;
}

void player_destroy(struct player *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->nr_actions; i++)
		free(p->action[i].text);
	free(p->action);
	free(p->steps);
	free(p->questions);
	out_free(p->told);
	out_free(p->said);
	lesson_free(p->l);
	free(p);
}

enum cmd_status player_boot(struct player *p, struct out *out)
{
	enum cmd_status status;

	p->busy = true;
	status = lesson_boot(p->lab, p->l, out);
	p->busy = false;
	return status;
}

enum cmd_status player_first(struct player *p, struct out *out)
{
	p->step = 0;
	begin_step(p, out);
	return advance(p, out);
}

enum cmd_status player_begin(struct player *p, struct out *out)
{
	const enum cmd_status status = player_boot(p, out);

	return status == CMD_OK ? player_first(p, out) : status;
}

bool player_note(struct player *p, enum action_kind kind, const char *text)
{
	struct action *more;
	char *copy = NULL;

	if (p->again)
		return true;
	if (p->nr_actions == MOST_ACTIONS || (text && !(copy = strdup(text))))
		return false;
	more = realloc(p->action, (p->nr_actions + 1) * sizeof *more);
	if (!more) {
		free(copy);
		return false;
	}
	p->action = more;
	more[p->nr_actions++] = (struct action){kind, copy};
	return true;
}

enum cmd_status player_do(struct player *p, const struct action *a,
			  struct out *out)
{
	switch (a->kind) {
	case ACT_NEXT:
		return player_next(p, out);
	case ACT_ANSWER:
		return player_answer(p, a->text, out);
	case ACT_HINT:
		return player_hint(p, out);
	case ACT_REVEAL:
		return player_reveal(p, out);
	default:
		return do_typed(p, a->text, out);
	}
}

enum cmd_status player_again(struct player *p)
{
	struct out *quiet = out_buffer();
	const size_t n = p->nr_actions;
	enum cmd_status status;

	if (!quiet)
		return CMD_ERROR;
	p->again = true;
	p->nr_questions = 0;
	memset(p->steps, 0, p->l->n * sizeof *p->steps);
	status = player_begin(p, quiet);
	for (size_t i = 0; i < n && status == CMD_OK; i++) {
		status = player_do(p, &p->action[i], quiet);
		out_clear(quiet);
	}
	p->again = false;
	out_free(quiet);
	return status;
}
