/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * player.c - a lesson being played: its world, its words, what was done
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/limit.h"
#include "lesson/run.h"
#include "lesson/world.h"

/* ---- telling ---- */

void player_tell(struct player *p, struct out *out, const char *fmt, ...)
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

const struct step *player_step(const struct player *p)
{
	return &p->l->step[p->step];
}

const struct item *player_item(const struct player *p)
{
	const struct step *s = player_step(p);

	return p->item < s->n ? &s->item[p->item] : NULL;
}

/* ---- the world ---- */

/* Of a world that a lesson cannot have, the hash would take too long. */
static uint64_t hash_of(const struct mm *mm)
{
	return mm_state_bytes(mm) >> 30 ? 0 : mm_hash(mm);
}

void player_leave_world(struct player *p)
{
	p->mm = lab_mm(p->lab);
	p->now = mm_now(p->mm);
	p->hash = hash_of(p->mm);
}

bool player_as_left(const struct player *p)
{
	const struct mm *mm = lab_mm(p->lab);

	return mm == p->mm && mm_now(mm) == p->now && hash_of(mm) == p->hash;
}

/* A line of the lesson's own, or of an answer that is graded. */
enum cmd_status player_run_line(struct player *p, const char *line,
				bool answers, struct out *out)
{
	const bool busy = p->busy;
	enum cmd_status status;

	p->busy = true;
	if (p->grading)
		limit_start(p->lab);
	status = lesson_run_line(p->lab, answers ? NULL : p->l, line, out);
	if (p->grading && limit_stop()) {
		out_complain(out, "lesson", "\"%.60s\" takes more than %u s",
			     line, limit_line());
		status = CMD_ERROR;
	}
	p->busy = busy;
	return status;
}

/* It was proved to work, so this tells of a lesson that was not. */
enum cmd_status player_broken(struct player *p, const struct lesson_line *line,
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

enum cmd_status player_put_back(struct player *p, struct out *out)
{
	struct out *quiet;
	char line[40];
	enum cmd_status status;

	if (player_as_left(p))
		return CMD_OK;
	quiet = out_buffer();
	if (!quiet)
		return CMD_ERROR;
	if (lab_mm(p->lab) == p->mm && p->now <= mm_last_moment(p->mm)) {
		snprintf(line, sizeof line, "goto %llu",
			 (unsigned long long)p->now);
		player_run_line(p, line, false, quiet);
	}
	out_free(quiet);
	if (player_as_left(p))
		return CMD_OK;
	status = player_again(p);
	if (status == CMD_OK)
		player_tell(p, out,
			    "(the world is back where the lesson left it)");
	return status;
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
	player_keep_nothing(p);
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
		return task_typed(p, a->text, out);
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
