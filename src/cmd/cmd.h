/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd.h - the one language: what is typed, what a key does, what a test runs
 *
 * A lab is one learner at work: a world, the lines run so far, and the tables
 * of commands in force.  Everything that changes the world is a line handed
 * to lab_run().  Output goes to a struct out, which may end in a terminal, a
 * pane, or a test's buffer; nothing here prints by itself.
 */
#ifndef BUDDYSCOPE_CMD_H
#define BUDDYSCOPE_CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/mm.h"

struct lab;
struct out;
struct args;

/** What a line came to; main() makes the exit status of it. */
enum cmd_status {
	CMD_OK = 0, /* done; a refused allocation is an answer, so also OK */
	CMD_FAILED = 1, /* a check or a comparison did not hold */
	CMD_USAGE = 2, /* the line makes no sense: unknown word, bad argument */
	CMD_ERROR = 3, /* bad input file, or the world would not take it */
	CMD_QUIT = -1, /* `quit` was run */
};

/** A command's row; args is read by parser, usage, completion and manual. */
struct cmd {
	const char *name;
	const char *args;   /* "[order=ORDER] [gfp=GFP] PFN" */
	const char *brief;  /* one line, imperative */
	const char *help;   /* more, may be NULL; plain text */
	const char *models; /* kernel function, may be NULL */
	unsigned int flags; /* enum cmd_flag */
	enum cmd_status (*run)(struct lab *, const struct args *, struct out *);
};
enum cmd_flag {
	CMD_MUTATES = 1, /* changes the world: an operation of its own */
	CMD_TIME = 2,	 /* moves in time */
	CMD_WORLD = 4,	 /* may replace the world */
	CMD_OUTER = 8,	 /* runs lines of its own: those are logged, not it */
};

/* ---- output ---- */

/** Growing text; the caller frees it with out_free(). */
struct out *out_buffer(void);
/** Straight to a stream, which stays the caller's. */
struct out *out_stream(FILE *f);
void out_free(struct out *out);
void out_line(struct out *out, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void out_text(struct out *out, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/**
 * A complaint: "WHO: ...", one printable line that a script's place is put in
 * front of.  Gives CMD_USAGE.
 */
enum cmd_status out_complain(struct out *out, const char *who, const char *fmt,
			     ...) __attribute__((format(printf, 3, 4)));
/** Complaints go to @f instead, such as stderr; NULL: with the rest. */
void out_set_errors(struct out *out, FILE *f);
/** What a buffer holds so far; "" for a stream. */
const char *out_string(const struct out *out);
void out_clear(struct out *out);
/** `show` commands give JSON instead of text. */
void out_set_json(struct out *out, bool json);
bool out_json(const struct out *out);

/* ---- words for complaints ---- */

/**
 * The name nearest to a mistyped word: start, try each, read `name` ("" if
 * none is near).
 */
struct nearest {
	const char *word;
	unsigned int distance;
	char name[80];
};
void nearest_start(struct nearest *n, const char *word);
void nearest_try(void *n, const char *name);
/** Copy @text for a message: what is no printable UTF-8 becomes `?`. */
char *printable(char *buf, size_t size, const char *text);

/**
 * file_replace - write a file beside the one of that name, then in its place
 *
 * 0, or an errno: EEXIST for what is no regular file.  It is whole at every
 * moment, the old one or the new one.
 */
int file_replace(const char *file, const void *bytes, size_t size);
/** The same; given up, and the old one stays, when @stop says so: EINTR. */
int file_replace_unless(const char *file, const void *bytes, size_t size,
			bool (*stop)(void *arg), void *arg);

/* ---- arguments, for rows that other layers bring along ---- */

/**
 * The word given for an argument, by the name it has in the row's `args`;
 * @fallback when it was not given.  It was checked against its type.
 */
const char *args_word(const struct args *args, const char *name,
		      const char *fallback);
/** Words by place: the i-th that has no key; NULL past the last. */
const char *args_place(const struct args *args, unsigned int i);
/** The rest of the line; "" when there is none. */
const char *args_line(const struct args *args);

/* ---- the lab ---- */

struct lab *lab_create(void);
void lab_destroy(struct lab *lab);
/** The world; never NULL: a new lab holds the `tiny` one. */
const struct mm *lab_mm(const struct lab *lab);
/** Worlds kept aside: the @i-th, and its name; NULL past the last. */
const struct mm *lab_fork(const struct lab *lab, unsigned int i,
			  const char **name);
/** The name of the present one. */
const char *lab_fork_name(const struct lab *lab);
/**
 * What a line told that a view of the screen shows better; view "": nothing.
 * The names are those of worlds; above "": the present one.
 */
struct lab_shown {
	char view[16], above[MM_OWNER_NAME], below[MM_OWNER_NAME];
};
const struct lab_shown *lab_shown(const struct lab *lab);
/** A figure that is plotted: what it came to after each line. */
#define MOST_SERIES 6
struct lab_series {
	const char *figure, *unit;
	const int64_t *value; /* [0]: after @first lines, [1]: one more, ... */
	uint64_t first, n;
};
/** The @i-th that is plotted; false past the last. */
bool lab_series(const struct lab *lab, unsigned int i, struct lab_series *s);
/** Run one line (several commands may be joined with `;`). */
enum cmd_status lab_run(struct lab *lab, const char *line, struct out *out);
/**
 * lab_interrupt - stop the line that is being run
 *
 * May be called by a signal handler.  The line ends soon, with CMD_FAILED and
 * one line that says so; what its last operation had done is taken back.
 * Without a line that is being run it does nothing.
 */
void lab_interrupt(struct lab *lab);
/** A line is about to be run: lab_interrupt() from now on stops it. */
void lab_ready(struct lab *lab);
/** Stack another NULL-ended table of commands on those in force. */
int lab_add_table(struct lab *lab, const struct cmd *const *table);
/** Another lab of its own, with the same tables of commands. */
struct lab *lab_create_like(const struct lab *lab);
/**
 * Called after every line that was run, with its text and status; what it
 * says to @out comes after what the line said.
 */
typedef void lab_after_fn(void *arg, const char *line, enum cmd_status status,
			  struct out *out);
void lab_on_line(struct lab *lab, lab_after_fn *after, void *arg);
/**
 * What a line that somebody typed stands for, such as an empty one: itself,
 * or another, for which there is room in @buf.
 */
typedef const char *lab_typed_fn(void *arg, const char *line, char *buf,
				 size_t size);
void lab_on_typed(struct lab *lab, lab_typed_fn *typed, void *arg);
/** The same, asked by a front end; @buf as above. */
const char *lab_typed(const struct lab *lab, const char *line, char *buf,
		      size_t size);
/** Names of a type of argument that only another layer knows, one call each. */
typedef void lab_names_fn(void *arg, const char *type,
			  void (*each)(void *, const char *), void *each_arg);
void lab_on_names(struct lab *lab, lab_names_fn *names, void *arg);
/**
 * Asked before each row is run, also those within other lines: a phrase that
 * says why not, or NULL.  For lines that come from somebody else.
 */
typedef const char *lab_guard_fn(void *arg, const struct cmd *cmd);
void lab_set_guard(struct lab *lab, lab_guard_fn *guard, void *arg);
/** Lines from somebody else run through: what `break` keeps is not asked. */
void lab_set_unbroken(struct lab *lab, bool unbroken);
/** Layers that keep something of theirs with the lab. */
enum lab_layer { LAB_LESSON, LAB_TUI, NR_LAB_LAYERS };
/**
 * lab_keep - let a layer keep what its commands change and need to know
 *
 * One thing for each layer; @destroy frees it when another takes its place,
 * and when the lab ends.
 */
void lab_keep(struct lab *lab, enum lab_layer layer, void *kept,
	      void (*destroy)(void *kept));
/** What was kept; NULL: nothing. */
void *lab_kept(const struct lab *lab, enum lab_layer layer);
/**
 * Go to a moment only to look, as a command that draws many of them; gives
 * the moment where the world stood.  Come back before the command ends.
 */
uint64_t lab_visit(struct lab *lab, uint64_t moment);
/**
 * lab_stop - shall the line stop?  Asked once a block, or once a repetition
 *
 * When it is true the command returns CMD_FAILED and says nothing; what it
 * has done so far is taken back.
 */
bool lab_stop(struct lab *lab);
/** Rows in force, NULL past the last: for help, completion and the manual. */
const struct cmd *lab_cmd(const struct lab *lab, unsigned int i);
/** The line that made operation @op of the world; NULL when unknown. */
const char *lab_op_line(const struct lab *lab, uint64_t op);
/**
 * What an operation did that is worth finding again: bit i for lab_mark(i);
 * the further on in that table, the rarer.
 */
unsigned int lab_op_marks(const struct lab *lab, uint64_t op);
struct lab_mark {
	char letter;
	const char *name;
};
const struct lab_mark *lab_mark(unsigned int i); /* NULL past the last */
/** The nearest moment in a direction whose event bears a mark. */
bool lab_mark_near(const struct lab *lab, int direction, uint64_t *moment);
/** Lines run so far, oldest first, NULL past the last. */
const char *lab_history(const struct lab *lab, size_t i);

/**
 * lab_complete - what may stand at @cursor in @line
 *
 * A malloc()ed, NULL-ended array of malloc()ed words, each a whole
 * replacement for the word at the cursor; NULL when there is none.
 * *@start is where that word begins.
 */
char **lab_complete(const struct lab *lab, const char *line, size_t cursor,
		    size_t *start);

/* ---- a line that is being typed, by way of readline: edit.c ---- */

/** Each kind has a history of its own; only commands are completed. */
enum edit_kind { EDIT_COMMAND, EDIT_FIND, EDIT_FILTER, NR_EDIT_KINDS };
/** Its end.  @line is the callee's to free; NULL: there is no more input. */
typedef void edit_done_fn(void *arg, char *line);
/**
 * edit_start - from now on lines are typed, on this terminal
 * @drawn: readline neither reads nor writes: edit_type() gives it keys, and
 *	   the caller shows what edit_look() tells; call it before the terminal
 *	   is taken over
 *
 * Once at a time, until edit_end().  False when memory is short.
 */
bool edit_start(struct lab *lab, bool drawn);
void edit_end(void);
/** A line begins, with @text (or NULL) typed in; the one before is left. */
void edit_open(enum edit_kind kind, const char *prompt, const char *text,
	       edit_done_fn *done, void *arg);
/** The line is given up. */
void edit_leave(void);
/** The same, but a new one begins in the next row of the terminal. */
void edit_afresh(const char *prompt);
/** Into the history of its kind; commands also into the file, with @keep. */
void edit_remember(enum edit_kind kind, const char *line, bool keep);
/** Not drawn: standard input has something to be read. */
void edit_read(void);
/** Drawn: one key, as the bytes that a terminal sends for it. */
void edit_type(const char *bytes, size_t n);
/**
 * Drawn: the escape key, and nothing behind it.  It ends what goes on within
 * the line, else the line; true if that one goes on.
 */
bool edit_escape(void);
/** Drawn: the cursor to this byte, unless something is asked for. */
void edit_point(size_t at);
/** Nothing is typed, and nothing is asked for. */
bool edit_empty(void);
/** Text for the cursor's place, in which no byte is a key. */
void edit_insert(const char *text);
/** Drawn: what there is to see; all of it is readline's. */
struct edit_look {
	const char *mode, *prompt; /* in front of the line */
	const char *text;
	size_t at;	    /* the cursor, in bytes */
	char *const *found; /* what may stand there, when it was asked for */
	size_t nr_found;
};
void edit_look(struct edit_look *look);

/* ---- words for people, shared by every front end ---- */

/**
 * narrow_tables - output with its tables set closer, for @cols columns
 *
 * Rows that end in the same count of numbers, and the heading above them,
 * have one blank between columns as wide as need be; other lines stay as they
 * are.  NULL if every table fits as it is, or memory is short; else free() it.
 */
char *narrow_tables(const char *text, int cols);

/** How much an event's text says. */
enum explain_depth { EXPLAIN_SENTENCE, EXPLAIN_NUMBERS, EXPLAIN_KERNEL };
/** One event in words: "zone DMA32: free 240 - ... > mark 226: passes". */
void event_text(const struct mm *mm, const struct mm_event *ev,
		enum explain_depth depth, char *buf, size_t size);
/** Frames [start, end) that an event is about. */
struct event_span {
	pfn_t start, end;
	bool pageblock; /* the whole pageblock, for its type */
};
/** Which frames those are: none, one run or two; gives how many. */
unsigned int event_spans(const struct mm *mm, const struct mm_event *ev,
			 struct event_span span[2]);
/** Which events are meant. */
struct event_filter {
	bool type[NR_EVENT_TYPES];
	zone_t zone; /* NO_ZONE: any */
	int task;    /* -1: anybody's */
};
/**
 * Words that all are found in an event's name, sentence, kernel function or
 * section, in any case; `zone=Normal`, `task=kswapd0`.  False when one makes
 * no sense: no event is like that.
 */
bool event_filter_read(const struct mm *mm, const char *text,
		       struct event_filter *f);
bool event_filter_holds(const struct mm *mm, const struct event_filter *f,
			const struct mm_event *ev);
/** A reason (enum mm_reason) in words; never NULL. */
const char *reason_text(int32_t reason);
/** "node0.Normal", or "Normal" when the world has one node. */
void zone_text(const struct mm *mm, zone_t zid, char *buf, size_t size);

/* ---- expressions over figures: for goals, watches and `until` ---- */

#define EXPR_MAX 1000 /* bytes of text */

/** `node0.Normal.free >= 100 && events(oom_kill) == 0`; see expr.c. */
struct expr;
/** Where, from 1, and what was expected there. */
struct expr_why {
	size_t column;
	char text[200];
};
/**
 * expr_parse - read an expression
 *
 * Its form alone: which figures there are is asked when it is valued, since
 * the world may be another one then.  NULL, and *@why, when it makes no sense.
 * The caller frees it with expr_free().
 */
struct expr *expr_parse(const char *text, struct expr_why *why);
void expr_free(struct expr *e);
/** The text it was read from. */
const char *expr_source(const struct expr *e);
/** Is it a comparison (or several, joined), so that it holds or does not? */
bool expr_is_test(const struct expr *e);
/**
 * expr_value - what it comes to now; a test gives 1 or 0
 * @since: events() counts those that happened after this moment; 0 for all
 *	   that the tape still has
 *
 * false, and *@why, for a figure that there is not, and for numbers too large.
 */
bool expr_value(const struct expr *e, const struct mm *mm, uint64_t since,
		int64_t *value, struct expr_why *why);
/**
 * expr_tell - does it hold, and in words
 *
 * "node0.Normal.free is 240 pages, expected >= 100": of several comparisons,
 * the first that does not hold.
 */
bool expr_tell(const struct expr *e, const struct mm *mm, uint64_t since,
	       char *buf, size_t size);
/** Number of an event's name; -1: there is none. */
int event_type_find(const char *name);
/** Every event's name, one call each. */
void event_names(void (*each)(void *, const char *), void *arg);
/** Events of a type after moment @since, up to where we stand. */
uint64_t event_count(const struct mm *mm, int type, uint64_t since);

/* ---- running it ---- */

/** The readline loop; for `--shell`. */
enum cmd_status shell_run(struct lab *lab);
/**
 * Run a script unattended; @name is for messages ("file:line:column:").  Stops
 * at the first line that fails, says where, and returns its status.
 */
enum cmd_status script_run(struct lab *lab, FILE *f, const char *name,
			   struct out *out, bool plain);
/**
 * The same with the text of `-c`: NAME is "-c", a line ends at a newline.
 */
enum cmd_status script_run_text(struct lab *lab, const char *text,
				const char *name, struct out *out, bool plain);
/** Lines typed one by one, shown numbered, as for a log (`--plain`). */
enum cmd_status plain_run(struct lab *lab, FILE *f, struct out *out);
/**
 * Log every line from now on to the user's state folder, behind those that
 * were run before.  The next line begins that file, and the former session is
 * kept as session.1: who only looks loses neither.  A folder that cannot be
 * written is no error.
 */
void lab_log_session(struct lab *lab);
/** Lines that are run while it is held do not begin the file. */
void lab_hold_session(struct lab *lab, bool held);
/** The lines of the last session were run here: lab_resume(). */
bool lab_resumed(const struct lab *lab);
/**
 * state_path - the file @name in $XDG_STATE_HOME/buddyscope
 * @make: create the folder when it is missing
 *
 * Or in ~/.local/state/buddyscope.  NULL when there is no such place; the
 * caller frees it.
 */
char *state_path(const char *name, bool make);
/** Run the logged lines of the last session again; call it before logging. */
enum cmd_status lab_resume(struct lab *lab, struct out *out);

/** `buddyscope replay FILE...`; gives the exit status. */
int replay_main(int argc, char **argv);

#endif
