/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_topic.h - an operation's story, of one topic only
 */
#ifndef BUDDYSCOPE_CMD_EXPLAIN_TOPIC_H
#define BUDDYSCOPE_CMD_EXPLAIN_TOPIC_H

#include "cmd/event_text.h"

/** The topic for a word of `explain only=`; TOPIC_NONE if it is none. */
enum event_topic explain_topic_of(const char *word);
/** The events of one topic, in a list; false if there are none. */
bool explain_topic(struct lab *lab, const struct mm_op *op,
		   enum event_topic topic, enum explain_depth depth,
		   struct out *out);

#endif
