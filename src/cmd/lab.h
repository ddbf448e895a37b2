/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lab.h - what a lab is made of: for lab.c, lab_run.c and lab_undo.c
 */
#ifndef BUDDYSCOPE_CMD_LAB_H
#define BUDDYSCOPE_CMD_LAB_H

#include <signal.h>

#include "cmd/fork.h"
#include "cmd/internal.h"
#include "cmd/series.h"
#include "cmd/stop.h"
#include "cmd/timeline.h"
#include "cmd/vars.h"

#define MAX_TABLES 8
#define MAX_DEPTH 8 /* of files that read files */

struct lab {
	struct timeline *time;
	const struct cmd *const *table[MAX_TABLES];
	unsigned int nr_tables;
	char **history;
	size_t nr_history, room;
	char *file[MAX_DEPTH];
	unsigned int depth;	/* files being read */
	const char *line;	/* command being run */
	size_t column;		/* where it begins; 0: nowhere */
	unsigned int within;	/* lines that are run by lines */
	unsigned int row_flags; /* of the row that was run last */
	bool changing;		/* its operation has begun */
	uint64_t inside;	/* of an operation: where we stand; 0: not */
	uint64_t op;		/* the number of that operation */
	bool announced;		/* it was said what of the future it costs */
	bool again;		/* lines run before are run again... */
	bool redoing;		/* ... or one is done again: keep the future */
	bool unbroken;		/* no break stops inside of lines */
	bool stopped;		/* a command saw that it shall stop */
	volatile sig_atomic_t interrupt;
	bool ready; /* interrupts since then are meant for the next line */
	const struct lab *outer; /* runs lines in its service; or NULL */
	struct stop_list stops;
	struct fork_list forks;
	struct series_list plots;
	struct var_list vars;
	struct lab_shown shown;
	FILE *log;
	bool log_due;  /* to be opened by the next line */
	bool log_held; /* but not by these */
	bool resumed;  /* the lines of the last session were run */
	lab_after_fn *after;
	void *after_arg;
	lab_typed_fn *typed;
	void *typed_arg;
	lab_names_fn *names;
	void *names_arg;
	lab_guard_fn *guard;
	void *guard_arg;
	struct {
		void *it;
		void (*destroy)(void *it);
	} kept[NR_LAB_LAYERS];
};

/** lab_stop(), for mm_stop_when(). */
bool lab_asked(void *lab);
/** Keep the line for lab_history(). */
void lab_remember(struct lab *lab, const char *line);
/**
 * Run a command's row once; @body: inside of `repeat`.  The operation that
 * it may have begun is still open.
 */
enum cmd_status lab_run_row(struct lab *lab, const char *command, bool body,
			    struct out *out);
/** The daemons that a line woke come to rest, unless `schedule` is manual. */
void lab_settle(struct lab *lab);
/** End the operation, if one has begun; @line is what did it. */
void lab_end_change(struct lab *lab, const char *line);
/** Or take it back; false, and the operation stays, when memory is short. */
bool lab_take_back(struct lab *lab);

/** Our command for a word of other programs; NULL: none. */
const char *familiar_command(const char *word);

#endif
