/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stop.h - where on the tape to stop: conditions, and searching for them
 *
 * A condition names an event, a frame, a test of figures, or several of these,
 * which must then hold at once.  A moment is a hit if the event that led to it
 * is such a one and the test holds after it.  A test alone is hit where it
 * becomes true, so that it does not stop again at each event while it stays
 * so; an expression that is watched, where its value changes.
 *
 * Where an expression has no value (its figure is not there at that moment),
 * no test holds.
 */
#ifndef BUDDYSCOPE_CMD_STOP_H
#define BUDDYSCOPE_CMD_STOP_H

#include "cmd/internal.h"

#define MOST_STOPS 32
#define STOP_TEXT 160

struct stop {
	unsigned int number;   /* for `delete` */
	char text[STOP_TEXT];  /* as it was typed */
	char event[STOP_TEXT]; /* name or pattern; "": any */
	struct expr *expr;     /* NULL: none; owned, see stop_end() */
	bool watch;	       /* stop when its value changes */
	pfn_t pfn;	       /* NO_PFN: any */
};
void stop_end(struct stop *s);
/** What set it: "break" or "watch". */
const char *stop_kind(const struct stop *s);

/** Does event @n touch the frame: itself, or as part of a refill or drain? */
bool event_touches(const struct mm *mm, uint64_t n, pfn_t pfn);

/** Does the test hold where we stand?  False when there is none. */
bool stop_holds(const struct mm *mm, const struct stop *s);
/**
 * stop_search - go to the next hit
 * @stop:      conditions, @n of them; one is enough
 * @direction: +1 or -1; the moment where we stand is none
 * @which:     the condition that was hit
 *
 * True, and the world stands there.  False when there is none, or the line
 * was stopped: the world has not moved.
 */
bool stop_search(struct lab *lab, const struct stop *stop, unsigned int n,
		 int direction, unsigned int *which);

/** Conditions that are kept: `break` and `watch`. */
struct stop_list {
	struct stop stop[MOST_STOPS];
	unsigned int n, last; /* kept; number given last */
};
struct stop_list *lab_stops(struct lab *lab);
void stop_list_end(struct stop_list *l);
/** Operation @op has just ended: back to the first hit in it, if any. */
void lab_stop_inside(struct lab *lab, uint64_t op, struct out *out);

#endif
