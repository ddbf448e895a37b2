/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lesson.h - lessons: files that run, ask, check and grade
 *
 * A lesson is played in a lab: its lines go through lab_run() like any other,
 * and a hook sees what the learner types.  The rows of lesson_table start it
 * and go on in it, so that a key, a prompt and a script all play it alike.
 */
#ifndef BUDDYSCOPE_LESSON_H
#define BUDDYSCOPE_LESSON_H

#include "cmd/cmd.h"

/** Rows of commands: `lesson start`, `lesson next`, ... */
extern const struct cmd *const lesson_table[];

/**
 * lesson_attach - make a lab one that lessons are played in
 * @save: what is done is kept in the user's state folder
 *
 * Sets the lab's hooks.  0, or -1 when memory is short.
 */
int lesson_attach(struct lab *lab, bool save);

/* ---- for those who draw it ---- */

/** What the lesson waits for. */
enum lesson_wait {
	LESSON_NOTHING, /* there is none, or it was left */
	LESSON_GO,	/* Space: the next step */
	LESSON_RUN,	/* Space: the command that is shown */
	LESSON_ANSWER,	/* a number or a choice is typed */
	LESSON_POINT,	/* a frame, typed or pointed at */
	LESSON_TASK,	/* commands of the learner's own */
	LESSON_END,	/* it is done */
};
struct lesson_now {
	const char *title, *heading; /* "" for an introduction */
	unsigned int step, steps;    /* from 1 */
	enum lesson_wait wait;
	char prompt[200]; /* what to do now, in one line */
	char next[200];	  /* at its end: a line that goes on from there */
	unsigned int hints, hints_left;
};
/** false when no lesson is being played. */
bool lesson_now(const struct lab *lab, struct lesson_now *now);
/** Was a lesson begun another day, and left before its end? */
bool lesson_unfinished(const struct lab *lab);
/** The line that Space stands for; NULL: it has no meaning here. */
const char *lesson_space(const struct lab *lab);
/**
 * The learner has gone back in time, to before the place where the lesson goes
 * on.  What somebody did on the side lies behind that place and is no past.
 */
bool lesson_looks_back(const struct lab *lab);

enum lesson_line_kind {
	LESSON_LINE_TEXT,
	LESSON_LINE_HEADING,
	LESSON_LINE_CODE,
	LESSON_LINE_QUESTION,
	LESSON_LINE_COMMAND, /* run, or to be run */
	LESSON_LINE_TASK,
	LESSON_LINE_NOTE, /* for the instructor */
	LESSON_LINE_TOLD, /* what the lesson said last */
};
typedef void lesson_line_fn(void *arg, enum lesson_line_kind kind,
			    const char *text);
/**
 * lesson_lines - the present step, as far as it has been played
 *
 * One call a line, none wider than @width columns (of 20 or more), empty ones
 * between paragraphs; last what the lesson said last.
 */
void lesson_lines(const struct lab *lab, unsigned int width,
		  lesson_line_fn *line, void *arg);

/* ---- authors ---- */

/**
 * lesson_check_file - the proof that a lesson works
 * @like: a lab whose tables of commands are in force
 *
 * For ten seeds: the checks do not hold before what a step runs and hold
 * after it, each question has one right answer, each command is done.  Says
 * one line when all is well, else each fault with its place.  @strict:
 * remarks count, too.
 */
enum cmd_status lesson_check_file(const struct lab *like, const char *path,
				  bool strict, struct out *out);

/**
 * `buddyscope lesson ...`; gives the exit status.  @screen opens the screen,
 * which is not known here.
 */
int lesson_main(struct lab *lab, int argc, char **argv,
		int (*screen)(struct lab *));
/** `buddyscope grade LESSON ANSWERS...`. */
int grade_main(struct lab *lab, int argc, char **argv);

#endif
