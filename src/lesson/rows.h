/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rows.h - the rows of commands for lessons, and what they share
 */
#ifndef BUDDYSCOPE_LESSON_ROWS_H
#define BUDDYSCOPE_LESSON_ROWS_H

#include "lesson/teacher.h"

/* cmd_list.c */
extern const struct cmd lesson_list, lesson_info;
/* cmd_start.c */
extern const struct cmd lesson_start;
/* cmd_go.c */
extern const struct cmd lesson_next, lesson_answer, lesson_hint, lesson_reveal,
	lesson_check;
/* cmd_leave.c */
extern const struct cmd lesson_leave, lesson_resume, lesson_reset;
/* cmd_sheet.c */
extern const struct cmd lesson_submit, lesson_new, lesson_print;

/** A whole number from 1 on. */
bool lesson_seed(const char *word, uint64_t *seed);
/**
 * Which exercise: of a seed, of a student, or (both NULL) the lesson's own.
 * false after a complaint of @who's; @value: the seed, if one is given.
 */
bool lesson_seed_or_student(const char *seed, const char *student,
			    const char *who, uint64_t *value, struct out *out);
/** The lesson, and the learner in it; NULL after a complaint of @who's. */
struct teacher *lesson_present(struct lab *lab, const char *who,
			       struct out *out);
/** Somebody to play the lesson of a file; NULL after a complaint. */
struct player *lesson_player(struct lab *lab, const char *path, uint64_t seed,
			     struct out *out);
/** Where the learner is, told once more. */
void lesson_tell_place(const struct player *p, struct out *out);

#endif
