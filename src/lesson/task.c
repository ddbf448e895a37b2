/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * task.c - tasks: is it met, giving up
 */
#include <stdlib.h>

#include "lesson/run.h"

static const struct item *find_item(const struct step *s, enum item_kind kind)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].kind == kind)
			return &s->item[i];
	return NULL;
}

bool task_holds(struct player *p, enum item_kind kind,
		const struct cond **first, char *why, size_t size)
{
	const struct step *s = player_step(p);

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
	return player_advance(p, out);
}

static enum cmd_status solved(struct player *p, struct out *out)
{
	struct step_result *r = &p->steps[p->step];
	const struct cond *first;
	char why[300];

	r->has_par = find_item(player_step(p), ITEM_PAR) != NULL;
	r->par = r->has_par && task_holds(p, ITEM_PAR, &first, why, sizeof why);
	if (!r->has_par || p->feedback == FEEDBACK_PASS)
		player_tell(p, out, "Done.");
	else if (r->par)
		player_tell(p, out, "Done, within par.");
	else if (p->feedback == FEEDBACK_WHERE)
		player_tell(p, out, "Done, but not within par.");
	else
		player_tell(p, out, "Done.  Par asks for more: %s.", why);
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
	if (task_holds(p, ITEM_CHECK, &first, why, sizeof why)) {
		player_note(p, ACT_NEXT, NULL);
		return solved(p, out);
	}
	if (p->feedback == FEEDBACK_FULL)
		player_tell(p, out, "Not yet: %s.", why);
	else if (p->feedback == FEEDBACK_WHERE)
		player_tell(p, out, "Not yet: %s", first->text);
	else
		player_tell(p, out, "Not yet.");
	return CMD_OK;
}

void player_typed(struct player *p, const char *line, struct out *out)
{
	const struct cond *first;
	char why[300];

	if (p->busy || p->away || p->wait != LESSON_TASK)
		return;
	if (player_as_left(p))
		return; /* it only looked */
	if (!player_note(p, ACT_TYPED, line)) {
		out_complain(out, "lesson",
			     "too much was tried; `lesson reset` begins again");
		return;
	}
	player_leave_world(p);
	if (!task_holds(p, ITEM_CHECK, &first, why, sizeof why))
		return;
	out_clear(p->told);
	solved(p, out);
}

/* The line of a list of actions. */
enum cmd_status task_typed(struct player *p, const char *line, struct out *out)
{
	enum cmd_status status;

	if (p->wait != LESSON_TASK) {
		out_complain(out, "lesson", "%.60s: there is no task here",
			     line);
		return CMD_ERROR;
	}
	status = player_run_line(p, line, true, out);
	player_typed(p, line, out);
	return status == CMD_FAILED ? CMD_OK : status;
}

/* ---- giving up ---- */

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
	const struct item *solution = find_item(player_step(p), ITEM_SOLUTION);
	enum cmd_status status = CMD_OK;

	if (!p->again && (forget_typed(p) || !player_as_left(p)))
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
		status = player_run_line(p, solution->lines[i].text, false,
					 p->feedback == FEEDBACK_FULL ? out
								      : quiet);
		out_free(quiet);
		if (status != CMD_OK)
			return player_broken(p, &solution->lines[i], out);
	}
	player_leave_world(p);
	return leave_task(p, out);
}

enum cmd_status player_reveal(struct player *p, struct out *out)
{
	out_clear(p->told);
	if (p->wait == LESSON_TASK)
		return give_up(p, out);
	if (p->wait == LESSON_ANSWER || p->wait == LESSON_POINT) {
		question_skip(p, out);
		return player_advance(p, out);
	}
	return out_complain(out, "lesson reveal",
			    "there is nothing to solve here; `lesson next` "
			    "goes on");
}
