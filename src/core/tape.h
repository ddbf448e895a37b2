/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tape.h - what a history is made of; for history.c, store.c and seek.c
 *
 * Three rows: records of what was overwritten, events, operations.  They are
 * numbered from the start of the recording; what has been dropped is counted
 * in `base`.
 */
#ifndef CORE_TAPE_H
#define CORE_TAPE_H

#include "core/history.h"
#include "core/row.h"

/*
 * Beyond these the oldest go, down to half: 256 MiB of tape, 160 MiB of
 * events.  An open operation may take twice as much before it is given up.
 */
#define MAX_RECORDS (UINT64_C(1) << 24)
#define MAX_EVENTS (UINT64_C(1) << 22)

/** place = offset in the block << 4 | bytes (1, 2, 4 or 8) */
struct record {
	uint64_t place;
	uint64_t value;
};

struct op {
	uint64_t first, last; /* moments */
	uint64_t start, end;  /* records */
};

/** The future, while an operation is open that may yet be taken back. */
struct aside {
	struct row records, events, ops;
	uint64_t stood; /* the moment at which the operation was begun */
};

struct history {
	struct row records, events, ops;
	struct aside aside;
	uint64_t cursor; /* record that comes next; numbered from the start */
	uint64_t now;	 /* moment we stand at */
	unsigned int depth; /* of nested operations */
	bool lost;	    /* the open operation outgrew the tape */
	enum mm_record what;
};

static inline struct record *record_at(const struct history *h, uint64_t i)
{
	return (struct record *)h->records.at + (i - h->records.base);
}

/** Events and operations are numbered from 1 and 0. */
static inline struct mm_event *event_at(const struct history *h, uint64_t n)
{
	return (struct mm_event *)h->events.at + (n - 1 - h->events.base);
}

static inline struct op *op_at(const struct history *h, uint64_t i)
{
	return (struct op *)h->ops.at + (i - h->ops.base);
}

/** All of it can no longer be taken back. */
void history_forget_all(struct history *h);
/** What a record holds and what the state has there change places. */
void tape_swap(struct mm *mm, struct record *r);

#endif
