/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * goal.h - is it met: conditions against the world
 */
#ifndef BUDDYSCOPE_LESSON_GOAL_H
#define BUDDYSCOPE_LESSON_GOAL_H

#include "lesson/file.h"

/** From where on events and commands are counted. */
struct since {
	const struct mm *mm; /* a world that came later is counted whole */
	uint64_t moment, op;
};
struct since since_now(const struct lab *lab);
/** The moment to give to expr_value() for the present world. */
uint64_t since_moment(const struct lab *lab, const struct since *s);

/** Does it hold?  @why says in words what is the case. */
bool cond_holds(const struct lab *lab, const struct cond *c,
		const struct since *s, char *why, size_t size);
/** All of a block; *@first is the first that does not hold. */
bool conds_hold(const struct lab *lab, const struct item *item,
		const struct since *s, const struct cond **first, char *why,
		size_t size);
/** The row of a command's name; NULL if there is none. */
const struct cmd *command_find(const struct lab *lab, const char *name);
/** The row that a line's first command would run; NULL: none. */
const struct cmd *command_of_line(const struct lab *lab, const char *line);

#endif
