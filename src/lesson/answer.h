/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answer.h - what is answered to a question, and what is right
 */
#ifndef BUDDYSCOPE_LESSON_ANSWER_H
#define BUDDYSCOPE_LESSON_ANSWER_H

#include "lesson/file.h"

/** The value that a learner's word stands for; false: it is no answer. */
bool answer_read(const struct question *q, const char *word, int64_t *value);
/** What would be one, as a phrase. */
const char *answer_expected(const struct question *q);
/**
 * What the model says; @since: where events() begins to count.  false and
 * *@why when it says nothing, or something that cannot be answered.
 */
bool answer_right(const struct lab *lab, const struct question *q,
		  uint64_t since, int64_t *right, struct expr_why *why);
/** Is @answer right, when @right is what the model says? */
bool answer_fits(const struct lab *lab, const struct question *q,
		 int64_t answer, int64_t right);
/** A value in words: "2, yes", "frame 17". */
void answer_print(const struct question *q, int64_t value, char *buf,
		  size_t size);

#endif
