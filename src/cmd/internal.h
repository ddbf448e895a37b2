/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * internal.h - what the files of src/cmd share, and nobody else sees
 */
#ifndef BUDDYSCOPE_CMD_INTERNAL_H
#define BUDDYSCOPE_CMD_INTERNAL_H

#include "cmd/args.h"
#include "cmd/cmd.h"

/* ---- the lab, for commands ---- */

/**
 * The world to change.  Rows with CMD_MUTATES are inside of mm_begin() and
 * mm_end() when they run; no other row may change it.
 */
struct mm *lab_world(struct lab *lab);
/**
 * lab_replace - put another world in the place of the present one
 *
 * @mm becomes the lab's; the former world stays behind for `undo`.  It is
 * recorded from now on.  CMD_ERROR (and @mm destroyed) when memory is short.
 * For rows with CMD_WORLD.
 */
enum cmd_status lab_replace(struct lab *lab, struct mm *mm, struct out *out);
/** One step over command lines, across worlds; false at either end. */
bool lab_undo(struct lab *lab, struct out *out);
bool lab_redo(struct lab *lab, struct out *out);
/** Run a line from within a command (source); counts how deep we are. */
enum cmd_status lab_run_inner(struct lab *lab, const char *line,
			      struct out *out);
/** Run one command inside the present operation: for `repeat`. */
enum cmd_status lab_run_body(struct lab *lab, const char *line,
			     struct out *out);
/** Find a row by its first one or two words; NULL if there is none. */
const struct cmd *lab_find(const struct lab *lab, const char *name);
/** Scripts being read now; false when too deep or @name is among them. */
bool lab_enter_file(struct lab *lab, const char *name, struct out *out);
void lab_leave_file(struct lab *lab);

/* ---- rows of commands (table.c lists them) ---- */

extern const struct cmd *const command_table[];

/* ---- complaints: one line, nothing unprintable ---- */

/** "alloc: ..." for a line that makes no sense; gives CMD_USAGE. */
enum cmd_status complain(struct out *out, const char *who, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/** The nearest of @n names to @word, NULL if none is near. */
const char *nearest(const char *word, const char *(*name)(void *, size_t),
		    void *arg);
/** Copy @text for a message: unprintable bytes become `?`. */
char *printable(char *buf, size_t size, const char *text);

/* ---- names.c: value <-> name ---- */

bool gfp_parse(const char *text, gfp_t *gfp, char *why, size_t size);
bool type_parse(const char *text, int *mt);
bool zone_parse(const struct mm *mm, const char *text, zone_t *zid);
bool number_parse(const char *text, uint64_t *value);
bool value_parse(const char *text, int64_t *value);

#endif
