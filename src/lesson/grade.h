/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * grade.h - what was handed in, played again and counted
 */
#ifndef BUDDYSCOPE_LESSON_GRADE_H
#define BUDDYSCOPE_LESSON_GRADE_H

#include "lesson/teacher.h"

/** One thing that counts a point: a question or a task. */
struct mark {
	char name[160];	  /* "step 2, question 1: How many ..." */
	char remark[300]; /* "said 5, it is 6" */
	bool earned;
};
struct grade {
	char file[300], lesson[LESSON_NAME], student[STUDENT_NAME];
	char trouble[300]; /* why it was not played, or not to its end */
	char stamp[24];
	uint64_t hash, seed;
	enum feedback feedback; /* of the lesson's head */
	struct mark *mark;
	size_t n;
	unsigned int points;
	struct score score;
	bool played; /* false: not even begun; nothing of it counts */
	bool whole;  /* played to the end of the lesson */
};

/**
 * grade_file - play what is in a file of answers
 * @like: a lab whose tables are in force
 * @student: whose it must be; NULL: whoever it says
 *
 * Never fails: what is wrong with the file stands in @g->trouble.
 */
void grade_file(const struct lab *like, const char *lesson, const char *file,
		const char *student, struct grade *g);
void grade_free(struct grade *g);

enum grade_format { GRADE_TEXT, GRADE_TAP, GRADE_JSON, GRADE_GRADESCOPE };
/** The result of @n files; GRADESCOPE is about one. */
void grade_print(const struct grade *g, size_t n, enum grade_format format,
		 struct out *out);

#endif
