/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_text.h - words for events and their arguments
 *
 * One table, event_words[], has a row for each type of event: its sentences,
 * the section of the kernel's document it belongs to, and which of its
 * arguments are blocks, pageblocks or a list.  What the texts, `why` and the
 * screen know of an event is read from there.
 */
#ifndef BUDDYSCOPE_CMD_EVENT_TEXT_H
#define BUDDYSCOPE_CMD_EVENT_TEXT_H

#include "cmd/cmd.h"

/** Sections of Documentation/mm/page_allocation.rst. */
enum event_topic {
	TOPIC_NONE, /* no business of the kernel's */
	TOPIC_BUDDY,
	TOPIC_PCP,
	TOPIC_TYPES,
	TOPIC_WMARK,
	TOPIC_ZONES,
	TOPIC_HIGHATOMIC,
	TOPIC_COMPACTION,
	NR_TOPICS
};

/** What two arguments of an event say of frames. */
enum span_kind {
	SPAN_NONE,
	SPAN_BLOCK,	/* pfn and order */
	SPAN_LISTED,	/* pfn, and the per-CPU list that tells the order */
	SPAN_FRAME,	/* pfn alone: a block of order 0, mostly */
	SPAN_PAGEBLOCK, /* the pageblock that pfn lies in */
};
/**
 * An event about a list, told by its neighbours: it concerns the frames of
 * the events that lie deeper, right before or right after it.
 */
enum event_group { GROUP_NONE, GROUP_BEFORE, GROUP_AFTER };

struct event_words {
	const char *sentence;
	const char *numbers; /* NULL: the sentence has them all */
	enum event_topic topic;
	struct {
		enum span_kind kind;
		unsigned int pfn, more; /* places of the arguments */
	} span[2];
	enum event_group group;
	const char *file; /* of the kernel; NULL: mm/page_alloc.c */
};
/** Indexed by enum mm_event_type; `$` marks are told in event_words.c. */
extern const struct event_words event_words[NR_EVENT_TYPES];
/** Title of a section; NULL for TOPIC_NONE. */
const char *topic_title(enum event_topic topic);

/** A reason (enum mm_reason) as one word; never NULL. */
const char *reason_name(int32_t reason);
/** What pages are moved for (enum migrate_reason): "compaction". */
const char *migrate_reason_name(int32_t reason);
/** Name of a migratetype, "(no type)" for a number that is none. */
const char *type_name(int32_t mt);
/**
 * One argument as text: @letter as in event_words.c, or `R` for a reason's
 * one word.
 */
void event_arg_text(const struct mm *mm, char letter, int32_t value, char *buf,
		    size_t size);
/** The block in arguments 0 and 1: "frame 40", "block 40..47". */
void event_block_text(const struct mm *mm, const struct mm_event *ev, char *buf,
		      size_t size);
/** "kswapd0: ", or "" for a direct call: who did it. */
void event_task_text(const struct mm *mm, const struct mm_event *ev, char *buf,
		     size_t size);
/**
 * event_fields - an event as tracefs has it: "pfn=0x10 order=0 ..."
 *
 * The kernel's tracepoints have the kernel's text; ours are in its style,
 * with names in place of numbers.
 */
void event_fields(const struct mm *mm, const struct mm_event *ev, char *buf,
		  size_t size);
/** What tracefs prints after an event's name; false if it is one of ours. */
bool event_tracefs(const struct mm *mm, const struct mm_event *ev, char *buf,
		   size_t size);
/** Is it one of the kernel's? */
bool is_tracepoint(unsigned int type);
/**
 * The letter for argument @i of an event, whose name is copied to @name;
 * '\0' past the last.
 */
char event_arg_letter(const struct mm_event *ev, unsigned int i, char name[40]);

#endif
