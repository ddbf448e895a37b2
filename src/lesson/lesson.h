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

/** `buddyscope lesson ...`; gives the exit status. */
int lesson_main(struct lab *lab, int argc, char **argv);

#endif
