/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wrap.h - a lesson's text as lines of a width
 */
#ifndef BUDDYSCOPE_LESSON_WRAP_H
#define BUDDYSCOPE_LESSON_WRAP_H

#include "lesson/file.h"
#include "lesson/lesson.h"

#define WRAP_MOST 400 /* columns */

/**
 * wrap_text - break @text at blanks
 *
 * The first line begins with @first, each further one with @next; a word too
 * long for a line is cut.  @text may hold line ends of its own.
 */
void wrap_text(const char *text, const char *first, const char *next,
	       unsigned int width, enum lesson_line_kind kind,
	       lesson_line_fn *line, void *arg);
/** An item as a learner sees it; @notes: as an instructor does. */
void wrap_item(const struct item *item, bool notes, unsigned int width,
	       lesson_line_fn *line, void *arg);

#endif
