/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * teacher.h - what the lesson layer keeps with a lab
 */
#ifndef BUDDYSCOPE_LESSON_TEACHER_H
#define BUDDYSCOPE_LESSON_TEACHER_H

#include "lesson/play.h"

struct teacher {
	struct lab *lab;
	struct player *p; /* NULL: no lesson is being played */
	bool save;
};

/** The lab's teacher; made when there is none yet.  NULL: memory is short. */
struct teacher *teacher_of(struct lab *lab);
/** The lesson being played, for those who look only; NULL: none. */
struct player *playing(const struct lab *lab);
/** Another lesson in the place of the present one; NULL: none. */
void teacher_take(struct teacher *t, struct player *p);

/** To its end by itself, with its own solutions. */
enum cmd_status lesson_unattended(struct lab *lab, struct out *out);

/* ---- progress.c: what was done, as a file ---- */

/** Keep it in the user's state folder, if that is wanted. */
void progress_keep(struct teacher *t);
/** As text, for a file; @place: with where the lesson is.  To be freed. */
char *progress_text(const struct player *p, bool place);
/** What a file of answers says. */
struct progress {
	char lesson[LESSON_NAME];
	char path[1024]; /* of the lesson; "" if it does not say */
	char student[STUDENT_NAME];
	uint64_t hash, seed;
	enum feedback feedback;
	bool lecture;
	unsigned int step, steps; /* as it says itself, for lists */
	bool done;
	struct action *action;
	size_t n;
};
/** false, and @why ("line 3: expected ..."), when it is none. */
bool progress_read(const char *path, struct progress *pr, char *why,
		   size_t size);
void progress_free(struct progress *pr);
/** Where a lesson's progress is kept; NULL: nowhere. */
char *progress_path(const char *name, bool make);
/** Where it is kept that a lesson was done before it was begun again. */
char *progress_done_path(const char *name);
/** The lesson played last; "" if none. */
void progress_last(char *name, size_t size);

/* ---- find.c: which lessons there are ---- */

/**
 * The file of a name or path; to be freed.  NULL: none, after a complaint
 * (@out NULL: without).
 */
char *lesson_find(const char *name, struct out *out);
/**
 * The whole name of a lesson, without .md, for one that may be cut short or
 * be a path; it need not be there.  false: no lesson begins like that, or
 * several do.
 */
bool lesson_whole_name(const char *word, char *name, size_t size);
/** Each lesson's file, in order. */
void lesson_files(void (*each)(void *arg, const char *path), void *arg);
/** The same for the .md files of one folder; how many there are. */
size_t lesson_folder(const char *folder,
		     void (*each)(void *arg, const char *path), void *arg);

#endif
