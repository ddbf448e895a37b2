/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_time.h - operations, events, and moving among them; part of mm.h
 *
 * What happened is recorded as events, and what changed on a tape, so that a
 * world can be brought to any moment of its past and back.
 */
#ifndef BUDDYSCOPE_MM_TIME_H
#define BUDDYSCOPE_MM_TIME_H

/** What is recorded while the world changes. */
enum mm_record {
	MM_RECORD_OFF,	  /* one predictable branch, nothing kept */
	MM_RECORD_EVENTS, /* what happened and why */
	MM_RECORD_TAPE,	  /* events, and how to take each back */
};
/** Changing it forgets the past; -EBUSY between mm_begin() and mm_end(). */
int mm_record(struct mm *mm, enum mm_record what);
enum mm_record mm_recording(const struct mm *mm);

#define MM_EVENT_ARGS 7
enum mm_event_type {
#define EVENT(name, grain, depth, models, args) EV_##name,
#include "core/trace_events.def"
#undef EVENT
	NR_EVENT_TYPES
};
/** How far next/prev and finish go: to an event of this grain or coarser. */
enum mm_grain { GRAIN_EVENT, GRAIN_PHASE, GRAIN_REQUEST };

struct mm_event {
	uint64_t moment; /* place on the tape after it */
	uint16_t type;	 /* enum mm_event_type */
	uint8_t cpu;
	uint8_t task; /* in whose context it happened */
	int32_t arg[MM_EVENT_ARGS];
};
struct mm_event_type_info {
	const char *name; /* a tracepoint's name where it is one */
	enum mm_grain grain;
	unsigned int depth; /* how far explain indents it */
	const char *models; /* kernel function */
	const char *args;   /* "pfn order migratetype" */
};
const struct mm_event_type_info *mm_event_type(unsigned int type);

/**
 * Events are numbered from 1 in the order they happened; event n brings the
 * world to moment n, moment 0 is before everything.  The oldest are dropped
 * when the tape is full: mm_first_moment() is the earliest to go back to.
 */
uint64_t mm_first_moment(const struct mm *mm);
uint64_t mm_last_moment(const struct mm *mm);
uint64_t mm_now(const struct mm *mm);
/** Event that leads to moment @n, first < n <= last; NULL outside. */
const struct mm_event *mm_event(const struct mm *mm, uint64_t n);
/** Go to a moment; -ERANGE outside, -ENOTSUP without a tape. */
int mm_seek(struct mm *mm, uint64_t moment);
/** The next moment in a direction (+1, -1) at a grain; where we are if none. */
uint64_t mm_neighbour(const struct mm *mm, int direction, enum mm_grain grain);

/**
 * An operation is what one command line does: mm_begin() opens it and drops
 * the future if we stand in the past, mm_end() closes it.  Requests made
 * outside of one are an operation each.  From inside of an operation the
 * world first goes to its end.
 */
void mm_begin(struct mm *mm);
void mm_end(struct mm *mm);
/**
 * mm_abandon - close the operation, and take back all that was done in it
 *
 * The future that mm_begin() dropped is there again, and the world stands
 * where it stood; where memory was short the future is lost.  -EINVAL if no
 * operation is open, or a request is; -ENOTSUP without a tape, or when the
 * operation has outgrown it: then this is mm_end().
 */
int mm_abandon(struct mm *mm);
struct mm_op {
	uint64_t first,
		last; /* moments: before its first event, after its last */
};
/** Operations still on the tape, oldest first. */
uint64_t mm_nr_ops(const struct mm *mm);
/** Operation @i, numbered from mm_first_op(). */
uint64_t mm_first_op(const struct mm *mm);
int mm_op(const struct mm *mm, uint64_t i, struct mm_op *op);
/** Operation that moment @n lies in (first < n <= last); -ENOENT if none. */
int mm_op_at(const struct mm *mm, uint64_t n, uint64_t *i);

#endif
