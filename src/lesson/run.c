/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * run.c - playing a lesson: where we are, and what comes next
 */
#include <stdio.h>

#include "lesson/run.h"
#include "lesson/wrap.h"

#define TEXT_WIDTH 64 /* of the narrowest screen, less a margin */

static void print_line(void *arg, enum lesson_line_kind kind, const char *text)
{
	(void)kind;
	out_line(arg, "%s", text);
}

static void show(struct player *p, const struct item *item, struct out *out)
{
	wrap_item(item, p->lecture, TEXT_WIDTH, print_line, out);
}

/* All lines of a block, not heard. */
static enum cmd_status run_quietly(struct player *p, const struct item *item,
				   struct out *out)
{
	struct out *quiet = out_buffer();
	enum cmd_status status = quiet ? CMD_OK : CMD_ERROR;
	size_t i = 0;

	for (; i < item->n && status == CMD_OK; i++)
		status = player_run_line(p, item->lines[i].text, false, quiet);
	out_free(quiet);
	return status == CMD_OK
		       ? CMD_OK
		       : player_broken(p, &item->lines[i ? i - 1 : 0], out);
}

static void begin_step(struct player *p, struct out *out)
{
	const struct step *s = player_step(p);

	p->item = p->line = 0;
	player_keep_nothing(p);
	p->question = SIZE_MAX;
	p->since = since_now(p->lab);
	if (s->heading)
		out_line(out, "-- %zu of %zu: %s --\n", p->step + 1, p->l->n,
			 s->heading);
}

/* What was reached, as far as it is told. */
static void tell_score(struct player *p, struct out *out)
{
	const struct score s = player_score(p);

	if (p->feedback == FEEDBACK_PASS) {
		player_tell(p, out, "The lesson is done.");
		return;
	}
	player_tell(
		p, out,
		"The lesson is done: %u of %u questions right, %u of %u tasks "
		"solved%s.",
		s.right, s.questions, s.solved, s.tasks,
		s.given_up ? ", the rest given up" : "");
	if (s.pars)
		player_tell(p, out, "Par was met in %u of %u.", s.pars_met,
			    s.pars);
	player_tell(p, out, "Hints asked for: %u.", s.hints);
}

static void tell_end(struct player *p, struct out *out)
{
	char stamp[24];

	tell_score(p, out);
	player_stamp(p, stamp);
	player_tell(p, out,
		    "Seed %llu, stamp %s.  The stamp sums up lesson, seed, "
		    "name, points, hints and what was given up; a speed bump "
		    "for copying, no proof.",
		    (unsigned long long)p->l->seed, stamp);
	if (*p->student)
		player_tell(p, out,
			    "`lesson submit FILE` writes what you did, to be "
			    "handed in.");
	if (*p->next.word)
		player_tell(p, out,
			    "Next: %s, %u minute%s.  `lesson start %s` "
			    "begins it.",
			    p->next.title, p->next.minutes,
			    p->next.minutes == 1 ? "" : "s", p->next.word);
	else
		player_tell(p, out,
			    "No lesson follows it; `lesson list` shows "
			    "all.");
}

static void end_lesson(struct player *p, struct out *out)
{
	p->wait = LESSON_END;
	if (p->broken)
		return;
	if (!p->grading)
		lesson_after(p->l, &p->next);
	tell_end(p, out);
}

static enum cmd_status end_step(struct player *p, struct out *out)
{
	const struct cond *first;
	char why[300];

	question_settle(p, out);
	p->steps[p->step].done = true;
	if (!player_step(p)->has_task &&
	    !task_holds(p, ITEM_CHECK, &first, why, sizeof why))
		player_tell(p, out,
			    "(The lesson expected something else here: %s.)",
			    why);
	player_leave_world(p);
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
		*status = question_ask(p, item, out);
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
enum cmd_status player_advance(struct player *p, struct out *out)
{
	const struct item *item;
	enum cmd_status status = CMD_OK;

	while ((item = player_item(p))) {
		if (meet(p, item, &status, out))
			break;
		p->item++;
	}
	if (!item)
		status = end_step(p, out);
	player_leave_world(p);
	prompt(p, out);
	return status;
}

/* The command that is shown. */
static enum cmd_status run_next(struct player *p, struct out *out)
{
	const struct item *item = player_item(p);
	const struct lesson_line *line = &item->lines[p->line];
	enum cmd_status status;

	out_line(out, "> %s", line->text);
	out_clear(p->said);
	out_set_json(p->said, out_json(out));
	status = player_run_line(p, line->text, false, p->said);
	out_text(out, "%s", out_string(p->said));
	player_keep(p, p->item, p->line, out_string(p->said));
	if (status != CMD_OK)
		return player_broken(p, line, out);
	player_leave_world(p);
	if (++p->line < item->n) {
		prompt(p, out);
		return CMD_OK;
	}
	p->item++;
	out_line(out, "%s", "");
	question_settle(p, out);
	return player_advance(p, out);
}

enum cmd_status player_first(struct player *p, struct out *out)
{
	p->step = 0;
	begin_step(p, out);
	return player_advance(p, out);
}

enum cmd_status player_next(struct player *p, struct out *out)
{
	enum cmd_status status;

	if (p->wait == LESSON_TASK)
		return player_check(p, out);
	out_clear(p->told);
	if (p->wait == LESSON_END) {
		if (p->broken)
			player_tell(p, out,
				    "The lesson cannot go on; `lesson list` "
				    "shows others.");
		else
			tell_end(p, out);
		return CMD_OK;
	}
	status = player_put_back(p, out);
	if (status != CMD_OK)
		return status;
	if ((p->wait == LESSON_ANSWER || p->wait == LESSON_POINT) &&
	    !p->asked_twice && !p->lecture && !p->again) {
		p->asked_twice = true;
		player_tell(
			p, out,
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
	return player_advance(p, out);
}

void player_prompt(const struct player *p, char *buf, size_t size)
{
	const struct item *item = player_item(p);

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
	case LESSON_END:
		if (*p->next.word)
			snprintf(buf, size, "the end; next: lesson start %s",
				 p->next.word);
		else
			snprintf(buf, size, "the end; lesson list shows all");
		break;
	default:
		break;
	}
}
