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
 * lab_world - the world, to change it
 *
 * The first call in a line begins the operation: it goes to the end of one
 * that we stand inside of and drops the future, saying so.  A command asks
 * for it once its arguments are known to be good; until then, and in rows
 * without CMD_MUTATES, lab_mm() serves.  The operation ends with the line.
 */
struct mm *lab_world(struct lab *lab, struct out *out);
/** The world, to move in time: for rows with CMD_TIME. */
struct mm *lab_seekable(struct lab *lab);
/**
 * lab_replace - put another world in the place of the present one
 *
 * @mm becomes the lab's; the former world stays behind for `undo`.  It is
 * recorded from now on.  CMD_ERROR (and @mm destroyed) when memory is short.
 * For rows with CMD_WORLD.
 */
enum cmd_status lab_replace(struct lab *lab, struct mm *mm, struct out *out);
/**
 * One step over command lines, across worlds.  At the end: MOVED_NOT, and in
 * *@why what has been forgotten, if so.  MOVE_FAILED has said why.
 */
enum moved { MOVED, MOVED_NOT, MOVE_FAILED };
enum moved lab_undo(struct lab *lab, const char **why, struct out *out);
enum moved lab_redo(struct lab *lab, const char **why, struct out *out);
/** What lab_shown() tells of this line. */
void lab_show(struct lab *lab, const char *view, const char *above,
	      const char *below);
/** Where in its line the last command begins, from 1; 0: there was none. */
size_t lab_column(const struct lab *lab);
/** Was the last line stopped? */
bool lab_stopped(const struct lab *lab);
/** The command has told itself what became of it when it was stopped. */
void lab_stop_told(struct lab *lab);
/** Run one command inside the present operation: for `repeat`. */
enum cmd_status lab_run_body(struct lab *lab, const char *command,
			     struct out *out);
/** Run a file's lines inside of the present line: for `source`. */
enum cmd_status source_file(struct lab *lab, const char *file, struct out *out);
/** Scripts being read: false, after a complaint, if too deep or in a circle. */
bool lab_enter_file(struct lab *lab, const char *name, struct out *out);
void lab_leave_file(struct lab *lab);
/** Row of the first one or two of @n words; *@used says how many. */
const struct cmd *lab_find(const struct lab *lab, const char *const *word,
			   size_t n, size_t *used);
/** Lines that were run go here too, each flushed; NULL: nowhere. */
void lab_set_log(struct lab *lab, FILE *log);
/** Begin the file of the session; lab_session_due(): the next line does. */
void lab_open_session(struct lab *lab);
void lab_session_due(struct lab *lab, bool due);
/** For lab_resumed(). */
void lab_resumes(struct lab *lab);

/** Who was killed after the moment @from, a line each; why, and for whom. */
void tell_killed(const struct mm *mm, uint64_t from, struct out *out);

/* ---- rows of commands (table.c lists them) ---- */

extern const struct cmd *const command_table[];

/* ---- complaints: one line, nothing unprintable ---- */

/** "alloc: ..." for a line that makes no sense; gives CMD_USAGE. */
enum cmd_status complain(struct out *out, const char *who, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/** The ending of a word that there are @n of: "s", unless it is one. */
const char *plural(int64_t n);

/* ---- shared by commands ---- */

/** What lab_on_names() was given to tell of a type. */
void lab_more_names(const struct lab *lab, const char *type,
		    void (*each)(void *, const char *), void *arg);

/** Where the world stands on the tape, in one line. */
void say_moment(const struct mm *mm, struct out *out);
/** Does the name fit?  `*` stands for any text, `?` for one byte. */
bool glob_match(const char *pattern, const char *name);
/** What an expression may name: figures, functions, events. */
void expr_names(const struct mm *mm, void (*each)(void *, const char *),
		void *arg);
/** Does it ask events()? */
bool expr_counts(const struct expr *e);
/** expr_value() for many moments: @counts of each type of events so far. */
bool expr_value_counted(const struct expr *e, const struct mm *mm,
			const uint64_t counts[NR_EVENT_TYPES], int64_t *value,
			struct expr_why *why);
/** "expect: at "=> 3": expected ..." for text that expr_parse() refused. */
enum cmd_status expr_complain(struct out *out, const char *who,
			      const char *text, const struct expr_why *why);

/* ---- names.c: value <-> name ---- */

bool gfp_parse(const char *text, gfp_t *gfp, char *why, size_t size);
bool type_parse(const char *text, int *mt);
bool zone_parse(const struct mm *mm, const char *text, zone_t *zid);
bool number_parse(const char *text, uint64_t *value);
bool value_parse(const char *text, int64_t *value);

#endif
