/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * step.c - steps and their items: room for them, and what a step must have
 */
#include <stdlib.h>

#include "lesson/file.h"

struct step *step_new(struct lesson *l, char *heading, unsigned int line,
		      struct faults *f)
{
	struct step *more;

	if (l->n == LESSON_STEPS) {
		file_fault(f, line, 1, "more than %d steps", LESSON_STEPS);
		free(heading);
		return NULL;
	}
	more = realloc(l->step, (l->n + 1) * sizeof *more);
	if (!more) {
		file_fault(f, line, 1, "out of memory");
		free(heading);
		return NULL;
	}
	l->step = more;
	l->step[l->n] = (struct step){.heading = heading, .line = line};
	return &l->step[l->n++];
}

struct item *item_new(struct lesson *l, enum item_kind kind, unsigned int line,
		      unsigned int last, struct faults *f)
{
	struct step *s = l->n ? &l->step[l->n - 1] : step_new(l, NULL, line, f);

	if (!s)
		return NULL;
	if (++l->nr_items > LESSON_ITEMS) {
		if (l->nr_items == LESSON_ITEMS + 1)
			file_fault(f, line, 1,
				   "more than %d paragraphs and blocks",
				   LESSON_ITEMS);
		return NULL;
	}
	if (s->n == s->room) {
		const size_t room = s->room ? 2 * s->room : 16;
		struct item *more = realloc(s->item, room * sizeof *more);

		if (!more) {
			file_fault(f, line, 1, "out of memory");
			return NULL;
		}
		s->item = more;
		s->room = room;
	}
	s->item[s->n] = (struct item){
		.kind = kind,
		.line = line,
		.last = last,
	};
	return &s->item[s->n++];
}

/* ---- what a step must have ---- */

static const struct item *first_of(const struct step *s, enum item_kind kind)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].kind == kind)
			return &s->item[i];
	return NULL;
}

void step_check(struct step *s, struct faults *f)
{
	const struct item *task = first_of(s, ITEM_TASK);
	const struct item *solution = first_of(s, ITEM_SOLUTION);
	const struct item *check = first_of(s, ITEM_CHECK);
	const struct item *par = first_of(s, ITEM_PAR);
	unsigned int tasks = 0, solutions = 0;

	s->has_task = task != NULL;
	s->has_check = check != NULL;
	s->has_run = first_of(s, ITEM_RUN) != NULL;
	for (size_t i = 0; i < s->n; i++) {
		tasks += s->item[i].kind == ITEM_TASK;
		solutions += s->item[i].kind == ITEM_SOLUTION;
		if (s->item[i].kind == ITEM_TASK && tasks == 2)
			file_fault(f, s->item[i].line, 1,
				   "a second task; expected one in a step");
		if (s->item[i].kind == ITEM_SOLUTION && solutions == 2)
			file_fault(f, s->item[i].line, 1,
				   "a second solution; expected one in a step");
	}
	if (task && !solution)
		file_fault(f, task->line, 1, "the task has no `solution`");
	if (task && !check)
		file_fault(f, task->line, 1,
			   "the task has no `check`, so nothing can solve it");
	if (solution && !task)
		file_fault(f, solution->line, 1, "a solution without a `task`");
	if (par && !task)
		file_fault(f, par->line, 1, "par without a `task`");
	if (check && !task && !s->has_run)
		file_fault(f, check->line, 1,
			   "a check of nothing: the step has no `run` and no "
			   "`task`");
}
