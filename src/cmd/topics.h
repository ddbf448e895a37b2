/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * topics.h - what `help` has to say about a subject, and who belongs to it
 */
#ifndef BUDDYSCOPE_CMD_TOPICS_H
#define BUDDYSCOPE_CMD_TOPICS_H

#include "cmd/cmd.h"

struct topic {
	const char *name, *title;
	const char *text;     /* some sentences, in lines */
	const char *example;  /* lines that can be run in a new tiny world */
	const char *commands; /* their first words, blanks between */
};

/** NULL past the last. */
const struct topic *topic_at(unsigned int i);
/** The one of that name; NULL: none. */
const struct topic *topic_find(const char *name);
/** Does the command belong to it? */
bool topic_has(const struct topic *t, const struct cmd *cmd);

#endif
