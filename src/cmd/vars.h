/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vars.h - names in a line: $a is what `let a` said, or where a's block is
 *
 *	let n = free / 2      $n        the number that it came to
 *	alloc count=4 name=a  $a $a.2   frames of a's first and third block
 *
 * A name is replaced outside of quotes, right before the command is run; what
 * is kept and logged is the command as it ran.
 */
#ifndef BUDDYSCOPE_CMD_VARS_H
#define BUDDYSCOPE_CMD_VARS_H

#include "cmd/internal.h"

#define MOST_VARS 64
#define VAR_TEXT 120

struct var {
	char name[MM_OWNER_NAME];
	char text[VAR_TEXT];
};
struct var_list {
	struct var var[MOST_VARS];
	unsigned int n;
};
struct var_list *lab_vars(struct lab *lab);
/** Set it; false when there are MOST_VARS others. */
bool var_set(struct var_list *l, const char *name, const char *text);
/**
 * vars_expand - a command with its names replaced, to be freed
 *
 * NULL after a complaint: no such name, or the result is too long.
 */
char *vars_expand(struct lab *lab, const char *command, struct out *out);

#endif
