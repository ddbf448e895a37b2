/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * prove.c - does a lesson work?  Played by itself, for ten seeds
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/answer.h"
#include "lesson/effort.h"
#include "lesson/goal.h"
#include "lesson/lesson.h"
#include "lesson/limit.h"
#include "lesson/world.h"

#define SEEDS 10

struct proof {
	const struct lesson *l;
	struct lab *lab;
	struct out *out; /* of the lines; read when one fails */
	struct faults *f;
	struct since since;	  /* the step, or its task */
	const struct item *asked; /* a question that is not answered yet */
	struct since question;
	bool unmet; /* the checks were seen not to hold */
	struct effort effort;
};

/* The complaint about a line, or what it said last. */
static const char *said(struct proof *p, char *buf, size_t size)
{
	const char *s = out_string(p->out);
	size_t len = strlen(s), start;

	while (len && s[len - 1] == '\n')
		len--;
	for (start = len; start && s[start - 1] != '\n'; start--)
		;
	snprintf(buf, size, "%.*s", (int)(len - start), s + start);
	return *buf ? buf : "it failed";
}

static bool run_one(struct proof *p, const struct lesson_line *line)
{
	char text[240];
	enum cmd_status status;

	if (limit_over()) {
		file_fault(p->f, line->line, line->column,
			   "the lesson takes more than %u s for its seeds",
			   limit_all());
		return false;
	}
	out_clear(p->out);
	limit_start(p->lab);
	status = lesson_run_line(p->lab, p->l, line->text, p->out);
	if (limit_stop()) {
		file_fault(p->f, line->line, line->column,
			   "\"%.60s\" takes more than %u s", line->text,
			   limit_line());
		return false;
	}
	if (status == CMD_OK)
		return true;
	file_fault(p->f, line->line, line->column, "seed %llu: %s",
		   (unsigned long long)p->l->seed, said(p, text, sizeof text));
	return false;
}

static bool run_lines(struct proof *p, const struct item *item)
{
	for (size_t i = 0; i < item->n; i++) {
		if (!run_one(p, &item->lines[i]))
			return false;
		if (item->kind == ITEM_RUN)
			effort_said(&p->effort, out_string(p->out));
	}
	return true;
}

/* A command that a condition names: is there such a one? */
static void check_names(struct proof *p, const struct item *item)
{
	for (size_t i = 0; i < item->n; i++) {
		const struct cond *c = &item->conds[i];
		const struct cmd *cmd;
		struct nearest near;

		if (c->kind != COND_COMMANDS || !c->name ||
		    command_find(p->lab, c->name))
			continue;
		nearest_start(&near, c->name);
		for (unsigned int k = 0; (cmd = lab_cmd(p->lab, k)); k++)
			nearest_try(&near, cmd->name);
		file_fault(p->f, c->line, c->column,
			   "\"%.40s\": no such command%s%s%s", c->name,
			   near.name[0] ? "; did you mean \"" : "", near.name,
			   near.name[0] ? "\"?" : "");
	}
}

/* All checks of a step; *@first: one that does not hold. */
static bool step_holds(struct proof *p, const struct step *s,
		       const struct cond **first, char *why, size_t size)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].kind == ITEM_CHECK &&
		    !conds_hold(p->lab, &s->item[i], &p->since, first, why,
				size))
			return false;
	return true;
}

static const struct cond *first_cond(const struct step *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].kind == ITEM_CHECK && s->item[i].n)
			return &s->item[i].conds[0];
	return NULL;
}

static void expect_unmet(struct proof *p, const struct step *s)
{
	const struct cond *first;
	char why[300];

	p->unmet = true;
	if (!s->has_check || !step_holds(p, s, &first, why, sizeof why))
		return;
	first = first_cond(s);
	file_fault(p->f, first->line, first->column,
		   "seed %llu: all checks of the step hold before %s; expected "
		   "one "
		   "that does not",
		   (unsigned long long)p->l->seed,
		   s->has_task ? "the task is solved" : "its `run`");
}

static void expect_met(struct proof *p, const struct step *s)
{
	const struct cond *first;
	char why[300];

	if (s->has_check && !step_holds(p, s, &first, why, sizeof why))
		file_fault(p->f, first->line, first->column,
			   "seed %llu: does not hold after %s: %s",
			   (unsigned long long)p->l->seed,
			   s->has_task ? "the solution" : "the step", why);
}

static void expect_par(struct proof *p, const struct step *s)
{
	const struct cond *first;
	char why[300];

	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].kind == ITEM_PAR &&
		    !conds_hold(p->lab, &s->item[i], &p->since, &first, why,
				sizeof why))
			file_fault(
				p->f, first->line, first->column,
				"seed %llu: the solution does not meet par: %s",
				(unsigned long long)p->l->seed, why);
}

/* The question asked before has its answer now. */
static void answer(struct proof *p)
{
	const struct question *q;
	struct expr_why why = {0};
	int64_t right;

	if (!p->asked)
		return;
	q = &p->asked->question;
	if (!answer_right(p->lab, q, since_moment(p->lab, &p->question), &right,
			  &why))
		file_fault(p->f, q->line,
			   q->column + (unsigned int)(why.column
							      ? why.column - 1
							      : 0),
			   "seed %llu: no right answer: %s",
			   (unsigned long long)p->l->seed, why.text);
	p->asked = NULL;
}

static bool prove_item(struct proof *p, const struct step *s,
		       const struct item *item)
{
	effort_item(&p->effort, item);
	switch (item->kind) {
	case ITEM_SETUP:
		if (!run_lines(p, item))
			return false;
		if (!p->unmet)
			p->since = since_now(p->lab);
		return true;
	case ITEM_PREDICT:
		answer(p); /* two questions, and nothing between them */
		p->asked = item;
		p->question = since_now(p->lab);
		return true;
	case ITEM_RUN:
		if (!p->unmet && !s->has_task)
			expect_unmet(p, s);
		if (!run_lines(p, item))
			return false;
		answer(p);
		return true;
	case ITEM_CHECK:
	case ITEM_PAR:
		check_names(p, item);
		return true;
	case ITEM_TASK:
		answer(p);
		p->since = since_now(p->lab);
		expect_unmet(p, s);
		return true;
	case ITEM_SOLUTION:
		if (!run_lines(p, item))
			return false;
		return true;
	default:
		return true;
	}
}

static bool prove_step(struct proof *p, const struct step *s)
{
	p->since = since_now(p->lab);
	p->unmet = false;
	p->asked = NULL;
	for (size_t i = 0; i < s->n; i++)
		if (!prove_item(p, s, &s->item[i]))
			return false;
	answer(p);
	effort_step(&p->effort);
	expect_met(p, s);
	if (s->has_task)
		expect_par(p, s);
	return true;
}

static struct effort prove(const struct lab *like, const struct lesson *l,
			   struct faults *f)
{
	struct proof p = {.l = l, .f = f};
	struct mm_broken broken;
	char text[240];

	p.lab = lab_create_like(like);
	p.out = out_buffer();
	if (!p.lab || !p.out)
		file_fault(f, 0, 0, "out of memory");
	else if (lesson_boot(p.lab, l, p.out) != CMD_OK)
		file_fault(f, l->boot_line, l->boot_column, "%s",
			   said(&p, text, sizeof text));
	else
		for (size_t i = 0; i < l->n; i++)
			if (!prove_step(&p, &l->step[i]))
				break;
	if (!f->n && mm_check(lab_mm(p.lab), &broken))
		file_fault(f, 0, 0, "the world is not sound at the end: %s: %s",
			   broken.invariant, broken.where);
	out_free(p.out);
	lab_destroy(p.lab);
	return p.effort;
}

enum cmd_status lesson_check_file(const struct lab *like, const char *path,
				  bool strict, struct out *out)
{
	struct faults f = {.out = out, .path = path, .strict = strict};
	struct lesson *l = lesson_read(path, 0, &f);
	struct lesson_tally t = {0};
	struct effort e = {0};
	unsigned int seeds = 0;
	uint64_t first = l ? l->seed : 0;
	size_t steps = l ? l->n : 0;

	limit_begin();
	if (l) {
		t = lesson_tally(l);
		lesson_lint(l, &f);
	}
	for (; l && seeds < SEEDS; seeds++) {
		if (seeds) {
			lesson_free(l);
			/* the file's own, then the small ones */
			l = lesson_read(path, seeds + (seeds >= first), &f);
			if (!l)
				break;
		}
		e = prove(like, l, &f);
		if (f.n)
			break;
	}
	if (l && !f.n)
		effort_check(&e, l, &f);
	lesson_free(l);
	if (f.n > MOST_FAULTS)
		out_line(out, "%s: ... %u more", path,
			 f.n + f.remarks - MOST_FAULTS);
	if (f.n)
		return CMD_FAILED;
	out_line(out,
		 "%s: good: %zu step%s, %u question%s, %u task%s, %u seeds%s",
		 path, steps, steps == 1 ? "" : "s", t.questions,
		 t.questions == 1 ? "" : "s", t.tasks, t.tasks == 1 ? "" : "s",
		 seeds, f.remarks ? "; see the remarks" : "");
	return CMD_OK;
}
