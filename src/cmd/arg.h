/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * arg.h - arguments as they are kept: for args.c and args_get.c
 */
#ifndef BUDDYSCOPE_CMD_ARG_H
#define BUDDYSCOPE_CMD_ARG_H

#include "cmd/args.h"
#include "cmd/spec.h"

struct arg {
	char name[SPEC_NAME]; /* the key, or the alternative it matched */
	const char *key;      /* KEY=VALUE...: the key, NUL-ended; else NULL */
	const char *word;     /* as typed, without the key */
	uint64_t value;
	bool by_place;
};

struct args {
	size_t n;
	char *store; /* keys of pairs and the rest of the line */
	const char *line;
	struct arg arg[];
};

#endif
