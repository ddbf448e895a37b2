/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * block.h - reading a fenced block: what its files share
 *
 *	block.c           kinds and lines; commands, text
 *	block_conds.c     conditions of a check, a par
 *	block_question.c  a question, its choices, its answer
 */
#ifndef BUDDYSCOPE_LESSON_BLOCK_H
#define BUDDYSCOPE_LESSON_BLOCK_H

#include "lesson/file.h"

#define BLOCK_LONGEST 4000 /* bytes of a line in a block */

struct reading {
	struct lesson *l;
	struct item *item;
	struct faults *f;
	const char *at;	   /* the next line */
	unsigned int line; /* its number in the file */
	char text[BLOCK_LONGEST +
		  1]; /* the present one, without blanks around it */
	unsigned int column;
};

/** The next line that is no remark and not empty; false at the end. */
bool block_line(struct reading *r, bool remarks);
/** One more command or condition: are there too many in the lesson? */
bool block_too_many(struct reading *r);
void block_no_memory(struct reading *r);
/** More text of the item, behind a blank. */
void block_append(struct reading *r, const char *text);

void block_conds(struct reading *r);
void block_question(struct reading *r);

#endif
