/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * timeline.h - the worlds of a lab, one after the other, and moving in them
 *
 *	world 0            world 1                  world 2
 *	|-alloc-|-free-|   |-alloc-|-drain-|-set-|  |-...
 *	               ^ `world new`             ^ `world load`
 *
 * Each world has its tape; a line that replaces the world begins the next
 * one.  So undo and redo step over lines, whatever they did.  What the tape
 * has dropped is not lost: a world is its first state and its lines, so the
 * lab can build it again without the last ones.
 */
#ifndef BUDDYSCOPE_CMD_TIMELINE_H
#define BUDDYSCOPE_CMD_TIMELINE_H

#include "cmd/internal.h"

/** Replaced worlds that are kept for undo. */
#define TIMELINE_WORLDS 8

struct timeline;

/** Takes over @first; NULL when memory is short (@first stays). */
struct timeline *timeline_create(struct mm *first);
void timeline_destroy(struct timeline *t);
/** A copy of the present world's line; the worlds before it are left out. */
struct timeline *timeline_fork(const struct timeline *t);
struct mm *timeline_mm(const struct timeline *t);
/** Line that put the present world here; NULL for the first one. */
const char *timeline_made_by(const struct timeline *t);
/** The present world's first state; NULL when memory was short for it. */
const struct mm *timeline_origin(const struct timeline *t);
/**
 * Before a change, or before the world is @replaced: note what of the future
 * will be lost, and that it is done at the end of an operation, if so.
 */
void timeline_announce(const struct timeline *t, bool replaced,
		       struct out *out);
/** The change stays: what could be redone beyond the tape is lost. */
void timeline_drop_future(struct timeline *t);
/** Operation @op, which ended just now, is what @line did; NULL: unknown. */
void timeline_note(struct timeline *t, uint64_t op, const char *line);
/** Marks of an operation, as lab_op_marks() says them. */
unsigned int timeline_marks(const struct timeline *t, uint64_t op);
/** The same, found by going through its events (marks.c). */
unsigned int marks_of(const struct mm *mm, uint64_t op);
/** @line put @mm in the present one's place; false when memory is short. */
bool timeline_replace(struct timeline *t, struct mm *mm, const char *line);
/** The line that did operation @op of the present world; NULL: unknown. */
const char *timeline_line(const struct timeline *t, uint64_t op);
/**
 * One line back, and say which; or *@why there is none, if it was forgotten.
 */
enum moved timeline_undo(struct timeline *t, const char **why, struct out *out);
/**
 * Lines to build the world again with, if the last line can only be undone
 * like that; -1 if the tape serves, or a line is not known.
 */
int64_t timeline_rebuild_lines(const struct timeline *t);
/**
 * timeline_restart - the world's first state in the place of the present one
 *
 * Returns the first @keep lines that it has had, to be run again and freed,
 * each and all.  The lines after these can be done again (@again), or are
 * forgotten.  NULL when memory is short or a line not known (nothing changes).
 */
char **timeline_restart(struct timeline *t, uint64_t keep, bool again);
/** The next line to do again beyond the tape, to be freed; NULL if none. */
char *timeline_take_undone(struct timeline *t);
/** It could not be done: put it back. */
void timeline_give_undone(struct timeline *t, char *line);
/** One line forth. */
enum moved timeline_redo(struct timeline *t, struct out *out);

#endif
