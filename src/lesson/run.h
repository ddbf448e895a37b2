/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * run.h - between the files that play a lesson
 *
 *	player.c  the world, what is told, what was done
 *	ask.c     questions
 *	task.c    tasks, giving up
 *	hint.c    hints
 *	run.c     what comes next
 */
#ifndef BUDDYSCOPE_LESSON_RUN_H
#define BUDDYSCOPE_LESSON_RUN_H

#include "lesson/play.h"

/* ---- player.c ---- */

/** To the learner, and kept for the pane. */
void player_tell(struct player *p, struct out *out, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/** The present step. */
const struct step *player_step(const struct player *p);
/** The item where the lesson waits; NULL: the step has no more. */
const struct item *player_item(const struct player *p);
/** The world as it is now is the lesson's. */
void player_leave_world(struct player *p);
/** Is the world as the lesson left it? */
bool player_as_left(const struct player *p);
/** A line of the lesson's own, or (@answers) of an answer that is graded. */
enum cmd_status player_run_line(struct player *p, const char *line,
				bool answers, struct out *out);
/** Says that a line of the lesson failed, and ends it. */
enum cmd_status player_broken(struct player *p, const struct lesson_line *line,
			      struct out *out);

/* ---- ask.c ---- */

/** Open the question of @item, and wait for its answer. */
enum cmd_status question_ask(struct player *p, const struct item *item,
			     struct out *out);
/** The model says what is right, if a question is open. */
void question_settle(struct player *p, struct out *out);
/** Go on without an answer. */
void question_skip(struct player *p, struct out *out);

/* ---- task.c ---- */

/** All blocks of @kind in the step hold; else *@first does not, and @why. */
bool task_holds(struct player *p, enum item_kind kind,
		const struct cond **first, char *why, size_t size);
/** Run a line that was typed in a task, and see whether it solves it. */
enum cmd_status task_typed(struct player *p, const char *line, struct out *out);

/* ---- hint.c ---- */

/**
 * The next hint for what is asked now, from hint *@n of the step on, that was
 * given already or was not; NULL: there is none.  *@n becomes its number.
 */
const struct item *hint_of_now(const struct player *p, unsigned int *n,
			       bool given);
/** How many can still be asked for. */
unsigned int hints_left(const struct player *p);

/* ---- run.c ---- */

/** Up to the next place where the lesson waits. */
enum cmd_status player_advance(struct player *p, struct out *out);

#endif
