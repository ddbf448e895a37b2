/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case.h - recordings of a real kernel: reading one, and replaying it
 *
 * A recording ("case") is text of lines, plain or gzip: a head, a snapshot of
 * all zones, the calls that were made with their answers, and a snapshot
 * afterwards.  Nothing in it is trusted.  What does not fit the format, or
 * the answers of the model, is told in one line that names the file's line.
 *
 *	case_read.c     bytes -> lines, words, numbers
 *	case_index.c    its head, and where its sections are
 *	case_config.c   first look at a snapshot: what machine it was
 *	case_numbers.c  snapshot -> world: counters, marks, limits
 *	case_world.c    snapshot -> world: lists and frames, and all of it
 *	case_run.c      the calls, each answer compared
 *	case_marks*.c   watermark tables, setting after setting
 *	case_boot.c     what the zones managed when that machine booted
 *	case_pressure.c the order of events under pressure
 *	case_trace.c    the kernel's tracepoints and counters between the calls
 *	case_sleep*.c   calls that sleep, event by event, task by task
 *	case_hotplug.c  memory blocks that go offline and online
 *	case_compare*.c a world against a snapshot
 *	case_zonelist.c a node's order of zones, loaded and compared
 *	cmd_replay.c    the command, and the verdict in words
 */
#ifndef BUDDYSCOPE_CMD_CASE_H
#define BUDDYSCOPE_CMD_CASE_H

#include "cmd/cmd.h"

/**
 * case_load_world - the state that a recording begins with, as a world
 *
 * NULL when the file cannot be read or is no sound recording; @err then holds
 * "FILE:LINE: ..." in one printable line.  The caller destroys the world.
 * Works for every mode that has a snapshot.
 */
struct mm *case_load_world(const char *file, struct mm_error *err);

/* ---- the rest is for the files of the replay ---- */

enum case_mode {
	CASE_IRQOFF,
	CASE_WORKLOAD,
	CASE_BOOT,
	CASE_SLEEPING,
	CASE_WATERMARKS,
	NR_CASE_MODES /* no mode line so far */
};

enum case_verdict { CASE_IDENTICAL, CASE_DIFFERS, CASE_BAD };

/** A place in the text: the line that follows. */
struct case_mark {
	const char *at; /* NULL: there is no such section */
	uint32_t line;	/* number of the line before it */
};

struct case_word {
	const char *s;
	size_t len;
};

/** An open recording, and the line in hand. */
struct case_file {
	char path[96]; /* printable, for messages */
	char *text;
	const char *end, *next; /* of the text; the line after this one */
	const char *at, *stop;	/* what is left of this line */
	uint32_t line;
	char name[80]; /* printable */
	enum case_mode mode;
	struct case_mark before, ops, after, trace, stats;
	struct case_mark hotplug; /* the line of a memory block */
	bool overlap;		  /* a zone lies in the span of another one */
	bool foreign;	/* sleeping: holds what cannot be replayed yet */
	uint32_t calls; /* operations listed */
	bool traced;	/* there are x lines */
	enum case_verdict verdict;
	char why[480]; /* "FILE:LINE: ...", once the verdict is no good */
};

/** Read and index; false after case_bad().  Ended by case_close(). */
bool case_open(struct case_file *c, const char *path);
void case_close(struct case_file *c);
/** Find the sections of the text that was read. */
bool case_index(struct case_file *c);
/** "irqoff", ... */
const char *case_mode_name(enum case_mode mode);

/** Say once, and for good, what is wrong with this line; gives false. */
bool case_bad(struct case_file *c, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/** Say what the model answers otherwise than this line; gives false. */
bool case_differs(struct case_file *c, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/** Go to a section; case_next() then gives its lines up to its end. */
void case_seek(struct case_file *c, struct case_mark to);
struct case_mark case_here(const struct case_file *c);
/** First word of the next line that is no remark; false at the end. */
bool case_next(struct case_file *c, struct case_word *first);
/** The next word of the line; false when there is none. */
bool case_word(struct case_file *c, struct case_word *w);
bool case_is(struct case_word w, const char *text);
/** A copy for a message: printable, and not long. */
const char *case_show(struct case_word w, char buf[48]);
/** The next number of the line; false after case_bad() unless min..max. */
bool case_int(struct case_file *c, const char *what, int64_t min, int64_t max,
	      int64_t *value);
/** Nothing may follow on this line. */
bool case_line_ends(struct case_file *c);

/** NID ZIDX as a zone_t; in the world @mm if that is not NULL. */
bool case_zone(struct case_file *c, const struct mm *mm, zone_t *zid);
/** `+ PFN PFN ...` lines after this one, @left frames in all. */
struct case_list {
	int64_t left;
};
/** The next frame; only while @left is not 0; false after case_bad(). */
bool case_list_pfn(struct case_file *c, struct case_list *l, pfn_t *pfn);

/** What a snapshot says about the machine, found before there is a world. */
struct case_machine {
	struct mm_config cfg;
	int64_t cpu;		      /* that made the recording */
	int64_t user_min_free_kbytes; /* -1: never written */
	int64_t holes[MM_MAX_NODES * MAX_NR_ZONES]; /* frames, by zone */
	struct mm_range offline;     /* a memory block that is there, but off */
	struct mm_zone_config inner; /* a zone in the span of another one */
};
bool case_read_machine(struct case_file *c, struct case_machine *m);

/** The world of the snapshot `before`; NULL after case_bad(). */
struct mm *case_build_world(struct case_file *c, struct case_machine *m);

/** Key of the recording that the model leaves out, and why. */
const char *case_left_out(struct case_word key);

/** Compare @mm with a snapshot; false after case_differs() or case_bad(). */
bool case_compare(struct case_file *c, const struct mm *mm,
		  struct case_mark snapshot);

/** What a replay came to. */
struct case_result {
	uint32_t calls; /* identical ones */
	bool in_final;	/* the difference is one of the final state */
};
/**
 * case_run - load, make the calls, compare; false when not identical
 *
 * c->verdict and c->why say what is wrong; the story of the call that went
 * wrong, one line an event, goes to @story if that is not NULL.
 */
bool case_run(struct case_file *c, struct case_result *r, struct out *story);
struct pressure;
/** Is it a recording of pressure: no calls, but kswapd's runs? */
bool case_is_pressure(struct case_file *c);
/** Hold the order of its events against the rules; what was met into @p. */
bool case_run_pressure(struct case_file *c, struct pressure *p);
/** The same where tasks sleep: calls are requests, or compact_memory. */
bool case_run_sleeping(struct case_file *c, struct case_result *r,
		       struct out *story);
/** A sleeping recording of nothing but what can be replayed? */
bool case_sleeping_supported(struct case_file *c);

/** What is done to a memory block, case_hotplug.c; and its answer. */
struct case_hotplug {
	unsigned int block;
	bool offline;
	enum mm_online how; /* of online */
	bool refused;
};
/** The line `offline memoryN result R`, or online, online_movable ... */
bool case_is_hotplug(struct case_word w);
bool case_read_hotplug(struct case_file *c, struct case_hotplug *h);
/** A block that is to be online is there before: not a hole. */
bool case_offline_range(struct case_file *c, struct mm_range *r);
/** ... but offline. */
bool case_put_offline(struct case_file *c, struct mm *mm,
		      const struct case_machine *m);
/** The task begins; it is done at once if it does not sleep. */
bool case_begin_hotplug(struct case_file *c, struct mm *mm, unsigned int task);
/** It is over: as recorded? */
bool case_hotplug_over(struct case_file *c, const struct mm *mm,
		       unsigned int task);

/** The same for watermark tables: a call is a setting and its tables. */
bool case_run_marks(struct case_file *c, struct case_result *r);

#endif
