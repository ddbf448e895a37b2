/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_arg.h - a text that grows, and an event's arguments in it
 *
 * For event_text.c, which puts the sentences together.
 */
#ifndef BUDDYSCOPE_CMD_EVENT_ARG_H
#define BUDDYSCOPE_CMD_EVENT_ARG_H

#include "cmd/event_text.h"

/* `which` of a watermark test: the mark's index, and these on top. */
#define MARK_HINT 8  /* a look at the high mark before the real test */
#define MARK_BULK 16 /* the mark is raised by the pages a bulk wants */

/** A text growing in a buffer of fixed size. */
struct words {
	const struct mm *mm;
	const int32_t *arg;
	enum explain_depth depth;
	char *buf;
	size_t size, len;
};
void say(struct words *w, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/** An argument; @letter as told in event_words.c. */
void say_arg(struct words *w, char letter, int32_t v);
/** "40..47", or "40" for a single frame. */
void say_block(struct words *w, pfn_t pfn, int32_t order);
/** "block 40..47", "frame 40". */
void say_frames(struct words *w, pfn_t pfn, int32_t order);
/** The order of the blocks on a per-CPU list. */
int32_t list_order(const struct mm *mm, int32_t pindex);

#endif
