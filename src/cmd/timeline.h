/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * timeline.h - the worlds of a lab, one after the other, and moving in them
 *
 *	world 0            world 1                  world 2
 *	|-alloc-|-free-|   |-alloc-|-drain-|-set-|  |-...
 *	               ^ `world new`             ^ `world load`
 *
 * Each world has its tape; a line that replaces the world begins the next
 * one.  So undo and redo step over lines, whatever they did.
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
struct mm *timeline_mm(const struct timeline *t);
/** Before a change: to the end of an operation, and say what will be lost. */
void timeline_settle(struct timeline *t, struct out *out);
/** The operation that ended just now is what @line did. */
void timeline_note(struct timeline *t, const char *line);
/** @line put @mm in the present one's place; false when memory is short. */
bool timeline_replace(struct timeline *t, struct mm *mm, const char *line);
/** The line that did operation @op of the present world; NULL: unknown. */
const char *timeline_line(const struct timeline *t, uint64_t op);
/** One line back or forth; false, after a complaint, at the end. */
bool timeline_undo(struct timeline *t, struct out *out);
bool timeline_redo(struct timeline *t, struct out *out);

#endif
