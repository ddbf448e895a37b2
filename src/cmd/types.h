/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * types.h - the types of arguments: what a word must be, and what to say
 */
#ifndef BUDDYSCOPE_CMD_TYPES_H
#define BUDDYSCOPE_CMD_TYPES_H

#include "cmd/internal.h"

#define WHY_SIZE 200

struct arg_type {
	const char *name, *about; /* about: for help */
	/* false: @why is a phrase that says what was expected */
	bool (*parse)(const struct mm *mm, const char *word, uint64_t *value,
		      char why[WHY_SIZE]);
};

/** The type called @name; NULL if there is none. */
const struct arg_type *arg_type(const char *name);
/** Names of figures, settings, ... that a type may complete to. */
void arg_type_names(const struct mm *mm, const char *type,
		    void (*each)(void *, const char *), void *arg);

#endif
