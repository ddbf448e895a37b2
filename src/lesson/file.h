/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * file.h - a lesson as it was read: for the files of src/lesson alone
 *
 *	file  head, then steps     read.c (bytes), head.c (head, vary)
 *	step  heading, then items  parse.c (Markdown), step.c (is it whole)
 *	item  prose or a block     block*.c (what a block holds)
 *
 * Everything keeps its line in the file, so that what is found out later can
 * still be told with its place.
 */
#ifndef BUDDYSCOPE_LESSON_FILE_H
#define BUDDYSCOPE_LESSON_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/cmd.h"

#define LESSON_BYTES ((size_t)1 << 20)
#define LESSON_STEPS 100
#define LESSON_ITEMS 1000
#define LESSON_LINES 2000 /* commands and conditions */
#define LESSON_VARS 16
#define LESSON_NAME 64

enum item_kind {
	ITEM_PROSE, /* a paragraph, a point of a list, a quote, a heading */
	ITEM_PLAIN, /* a fenced block that is shown as it stands */
	ITEM_NOTE,  /* for the instructor */
	ITEM_SETUP, /* from here on: blocks that do something */
	ITEM_PREDICT,
	ITEM_RUN,
	ITEM_CHECK,
	ITEM_TASK,
	ITEM_HINT,
	ITEM_SOLUTION,
	ITEM_PAR,
};

/** A command of a block. */
struct lesson_line {
	char *text;
	unsigned int line, column;
};

/** One line of `check` or `par`. */
enum cond_kind { COND_FIGURES, COND_HISTORY, COND_COMMANDS };
enum cond_op { OP_EQ, OP_NE, OP_LE, OP_GE, OP_LT, OP_GT };
struct cond {
	enum cond_kind kind;
	struct expr *expr; /* FIGURES */
	char *name;	   /* HISTORY: event; COMMANDS: command, NULL for all */
	enum cond_op op;   /* HISTORY, COMMANDS: with how often */
	int64_t n;
	char *text; /* as it stands in the file */
	unsigned int line, column;
};

enum answer_kind { ANSWER_NUMBER, ANSWER_CHOICE, ANSWER_FRAME, ANSWER_BLOCK };
struct choice {
	int64_t value;
	char *text;
};
struct question {
	enum answer_kind kind;
	struct expr *expr;
	unsigned int line, column; /* of the expression */
	struct choice *choice;
	size_t nr_choices;
};

enum prose_kind {
	PROSE_TEXT,
	PROSE_HEADING,
	PROSE_POINT,
	PROSE_QUOTE,
	PROSE_TABLE,
};

struct item {
	enum item_kind kind;
	unsigned int line, last; /* in the file, fences included */
	char *text; /* prose, question, task, hint, note: as shown */
	enum prose_kind prose;
	struct table *table;	   /* of PROSE_TABLE */
	unsigned int indent;	   /* of a point within points */
	char mark[8];		   /* of a point: "-", "3." */
	bool tight;		   /* a point before another: no empty line */
	struct lesson_line *lines; /* SETUP, RUN, SOLUTION */
	struct cond *conds;	   /* CHECK, PAR */
	size_t n;		   /* of either */
	struct question question;  /* PREDICT */
};

struct step {
	char *heading; /* NULL: the introduction */
	unsigned int line;
	struct item *item;
	size_t n, room;
	bool has_task, has_check, has_run;
};

enum feedback { FEEDBACK_FULL, FEEDBACK_WHERE, FEEDBACK_PASS };

struct lesson {
	char *path;
	char name[LESSON_NAME]; /* of the file, without .md */
	uint64_t hash;		/* of its bytes */
	uint64_t seed;
	bool seed_given; /* by somebody, not by the file */

	char *title, *goal, *needs, *era, *models, *boot; /* NULL: none */
	unsigned int boot_line, boot_column;
	unsigned int minutes;
	enum feedback feedback;
	struct {
		char name[24];
		int64_t value, least, most;
	} var[LESSON_VARS];
	unsigned int nr_vars;

	char *text; /* of the file after the head, numbers put in */
	unsigned int body_line;
	const char *seen; /* where lesson_source_line() looked last */
	unsigned int seen_line;
	struct step *step;
	size_t n;
	size_t nr_items, nr_lines;
};

/**
 * Complaints about a file: "FILE:3:7: ...", each a line of its own.  After
 * MOST_FAULTS they are only counted.
 */
#define MOST_FAULTS 20
struct faults {
	struct out *out; /* NULL: counted alone */
	const char *path;
	unsigned int n, remarks;
	bool strict; /* remarks count as faults */
	char first[400];
};
void file_fault(struct faults *f, unsigned int line, unsigned int column,
		const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/** What is no fault but should be mended. */
void file_remark(struct faults *f, unsigned int line, unsigned int column,
		 const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/** NULL after faults.  @seed 0: the file's own. */
struct lesson *lesson_read(const char *path, uint64_t seed, struct faults *f);
struct lesson *lesson_parse(const char *path, const char *bytes, size_t size,
			    uint64_t seed, struct faults *f);
void lesson_free(struct lesson *l);

/* ---- lint.c: what works, and was hardly meant so ---- */

/** What there is of each. */
struct lesson_tally {
	unsigned int questions, tasks, notes, hints;
};
struct lesson_tally lesson_tally(const struct lesson *l);
/** Remarks. */
void lesson_lint(struct lesson *l, struct faults *f);

/* ---- between the files that read ---- */

/** Steps and items from the text of the file behind its head. */
void body_parse(struct lesson *l, struct faults *f);
/**
 * A further step; NULL after a fault.  Takes over @heading (NULL: the
 * introduction).
 */
struct step *step_new(struct lesson *l, char *heading, unsigned int line,
		      struct faults *f);
/** A further item of the last step, lines @line..@last; NULL after a fault. */
struct item *item_new(struct lesson *l, enum item_kind kind, unsigned int line,
		      unsigned int last, struct faults *f);
/** What a whole step must have. */
void step_check(struct step *s, struct faults *f);

/**
 * The head; *@at is where the body begins.  false after a fault that leaves
 * nothing to go on with.
 */
bool head_parse(struct lesson *l, const char *bytes, size_t size, size_t *at,
		struct faults *f);
/** @text with the numbers of `vary` and the seed in it; to be freed. */
char *vary_text(const struct lesson *l, const char *text);
/** Kind of a block by the word behind its fence; ITEM_PROSE: none of ours. */
enum item_kind block_kind(const char *word);
const char *block_word(enum item_kind kind);
/**
 * What the block holds.  @source: its lines as they stand in the file, the
 * first of which is @line; columns are found there.
 */
void block_parse(struct lesson *l, struct item *item, const char *literal,
		 unsigned int line, struct faults *f);
/** Line @line of the file (from 1), not ended; its length in *@len. */
const char *lesson_source_line(struct lesson *l, unsigned int line,
			       size_t *len);
/** `full`, `where`, `pass`. */
const char *feedback_name(enum feedback fb);
bool feedback_find(const char *word, enum feedback *fb);

#endif
