/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * effort.h - how long a lesson takes a learner, counted while it is proved
 */
#ifndef BUDDYSCOPE_LESSON_EFFORT_H
#define BUDDYSCOPE_LESSON_EFFORT_H

#include "lesson/file.h"

struct effort {
	unsigned int words, presses, questions, tasks;
	unsigned int lines; /* in the pane since the last press */
};

/** What an item asks of who reads it, apart from what its commands say. */
void effort_item(struct effort *e, const struct item *item);
/** What a command said, and the press for the next. */
void effort_said(struct effort *e, const char *text);
/** A step is at its end. */
void effort_step(struct effort *e);
/** In whole minutes, rounded; at least 1. */
unsigned int effort_minutes(const struct effort *e);
/** A remark, if the head's minutes are not what a learner can rely on. */
void effort_check(const struct effort *e, const struct lesson *l,
		  struct faults *f);

#endif
