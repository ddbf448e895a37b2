/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fork.h - worlds kept aside by name, each with its past and its future
 *
 *	main   |-alloc-|-free-|-compact-|        `fork before` copies all of
 *	before |-alloc-|-free-|-compact-|        it; then both go on alone
 *
 * The lab is always in one of them; the others wait.
 */
#ifndef BUDDYSCOPE_CMD_FORK_H
#define BUDDYSCOPE_CMD_FORK_H

#include "cmd/internal.h"
#include "cmd/timeline.h"

#define MOST_FORKS 8
/** The name of the one that a lab begins in. */
#define FIRST_FORK "main"

/** A world that waits. */
struct fork {
	char name[MM_OWNER_NAME];
	struct timeline *time;
};
struct fork_list {
	char here[MM_OWNER_NAME]; /* name of the one we are in */
	struct fork fork[MOST_FORKS];
	unsigned int n;
};

void forks_free(struct fork_list *l);
/** The waiting fork called @name; NULL if there is none. */
struct fork *fork_find(struct fork_list *l, const char *name);
/**
 * fork_put - let @time wait as @name, in the place of a former one
 *
 * False when there are MOST_FORKS others: @time stays the caller's.
 */
bool fork_put(struct fork_list *l, const char *name, struct timeline *time);
void fork_drop(struct fork_list *l, struct fork *f);
struct fork_list *lab_forks(struct lab *lab);
/** Go on in the world @f; the present one waits in its place. */
void lab_switch(struct lab *lab, struct fork *f);
/** The present world, by another way than its own: for `fork` and `era`. */
struct timeline *lab_timeline(struct lab *lab);

#endif
