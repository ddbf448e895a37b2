/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * history.c - going back and forth in time
 *
 * See history.h.  Records, events and operations are numbered from the
 * start of the recording; what has been dropped is counted in `base`.
 */
#include "core/history.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/row.h"
#include "core/trace.h"

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

static struct record *record_at(const struct history *h, uint64_t i)
{
	return (struct record *)h->records.at + (i - h->records.base);
}

/** Events and operations are numbered from 1 and 0. */
static struct mm_event *event_at(const struct history *h, uint64_t n)
{
	return (struct mm_event *)h->events.at + (n - 1 - h->events.base);
}

static struct op *op_at(const struct history *h, uint64_t i)
{
	return (struct op *)h->ops.at + (i - h->ops.base);
}

static void drop_aside(struct history *h)
{
	free(h->aside.records.at);
	free(h->aside.events.at);
	free(h->aside.ops.at);
	h->aside = (struct aside){.stood = h->aside.stood};
}

void history_free(struct history *h)
{
	if (!h)
		return;
	free(h->records.at);
	free(h->events.at);
	free(h->ops.at);
	drop_aside(h);
	free(h);
}

/* Everything up to here can no longer be taken back. */
static void forget_all(struct history *h)
{
	row_drop_front(&h->records, h->records.n);
	row_drop_front(&h->events, h->events.n);
	row_drop_front(&h->ops, h->ops.n);
	h->lost = h->depth > 0;
}

int mm_record(struct mm *mm, enum mm_record what)
{
	struct history *h = NULL;

	if (mm->trace && mm->trace->depth)
		return -EBUSY;
	if (what != MM_RECORD_OFF) {
		h = calloc(1, sizeof *h);
		if (!h)
			return -ENOMEM;
		h->records.unit = sizeof(struct record);
		h->events.unit = sizeof(struct mm_event);
		h->ops.unit = sizeof(struct op);
		h->what = what;
	}
	quick_forget(mm);
	history_free(mm->trace);
	mm->trace = h;
	mm->tape = what == MM_RECORD_TAPE ? h : NULL;
	return 0;
}

struct mm *mm_fork(const struct mm *mm)
{
	const struct history *h = mm->trace;
	struct mm *copy = h && h->depth ? NULL : mm_clone(mm);
	struct history *to;

	if (!copy || !h)
		return copy;
	if (mm_record(copy, h->what)) {
		mm_destroy(copy);
		return NULL;
	}
	to = copy->trace;
	to->cursor = h->cursor;
	to->now = h->now;
	if (row_copy(&to->records, &h->records) &&
	    row_copy(&to->events, &h->events) && row_copy(&to->ops, &h->ops))
		return copy;
	mm_destroy(copy);
	return NULL;
}

enum mm_record mm_recording(const struct mm *mm)
{
	return mm->trace ? mm->trace->what : MM_RECORD_OFF;
}

/* ---- noting ---- */

void store_note(struct mm *mm, const void *place, const void *value,
		size_t size)
{
	struct history *h = mm->tape;
	const size_t offset =
		(size_t)((const unsigned char *)place - mm->block);
	struct record r = {.place = (uint64_t)offset << 4 | size};

	assert(offset < mm->size && size <= 8);
	if (memcmp(place, value, size) == 0)
		return;
	memcpy(&r.value, place, size);
	if (h->records.n >= 2 * MAX_RECORDS || !row_push(&h->records, &r)) {
		forget_all(h);
		if (!row_push(&h->records, &r))
			h->records.base++; /* counted, but not kept */
	}
	h->cursor = row_end(&h->records);
}

void store_bytes(struct mm *mm, const void *place, const void *value,
		 size_t size)
{
	const unsigned char *to = place, *from = value;

	while (size) {
		const size_t n = size >= 8 ? 8 : size >= 4 ? 4 : 1;

		if (mm->tape)
			store_note(mm, to, from, n);
		memcpy((void *)(uintptr_t)to, from, n);
		to += n;
		from += n;
		size -= n;
	}
}

static_assert(MM_MAX_TASKS <= 256 && MM_MAX_CPUS <= 256,
	      "an event names them in a byte each");

void history_event(struct mm *mm, enum mm_event_type type,
		   const int32_t arg[MM_EVENT_ARGS])
{
	struct history *h = mm->trace;
	struct mm_event e = {
		.moment = h->cursor,
		.type = (uint16_t)type,
		.cpu = (uint8_t)mm->cpu,
		.task = (uint8_t)mm->current,
	};

	memcpy(e.arg, arg, sizeof e.arg);
	if (h->events.n >= 2 * MAX_EVENTS || !row_push(&h->events, &e)) {
		forget_all(h);
		if (!row_push(&h->events, &e))
			h->events.base++;
	}
	h->now = row_end(&h->events);
}

static void swap_record(struct mm *mm, struct record *r)
{
	unsigned char *place = mm->block + (r->place >> 4);
	const size_t size = r->place & 15;
	uint64_t value = 0;

	memcpy(&value, place, size);
	memcpy(place, &r->value, size);
	r->value = value;
}

/* ---- operations ---- */

/* A new change in the past: what would have followed is gone. */
static void cut_future(struct history *h)
{
	if (h->cursor < row_end(&h->records))
		h->records.n = h->cursor - h->records.base;
	if (h->now < row_end(&h->events))
		h->events.n = h->now - h->events.base;
	while (h->ops.n && op_at(h, row_end(&h->ops) - 1)->first >= h->now)
		h->ops.n--;
	if (h->ops.n) {
		struct op *op = op_at(h, row_end(&h->ops) - 1);

		if (op->last > h->now) {
			op->last = h->now;
			op->end = h->cursor;
		}
	}
}

static void drop_oldest(struct history *h)
{
	uint64_t i = h->ops.base;
	const struct op *op = NULL;

	if (h->records.n <= MAX_RECORDS && h->events.n <= MAX_EVENTS)
		return;
	while (i < row_end(&h->ops) - 1) {
		op = op_at(h, i++);
		if (row_end(&h->records) - op->end <= MAX_RECORDS / 2 &&
		    row_end(&h->events) - op->last <= MAX_EVENTS / 2)
			break;
	}
	if (!op)
		return;
	row_drop_front(&h->records, op->end - h->records.base);
	row_drop_front(&h->events, op->last - h->events.base);
	row_drop_front(&h->ops, i - h->ops.base);
}

/* Standing inside of an operation, go to its end: half of one is no state. */
static void finish_operation(struct mm *mm)
{
	struct mm_op op;
	uint64_t i;

	if (mm->tape && mm_op_at(mm, mm_now(mm), &i) == 0 &&
	    mm_op(mm, i, &op) == 0 && op.last != mm_now(mm))
		mm_seek(mm, op.last);
}

void history_enter(struct mm *mm)
{
	struct history *h = mm->trace;
	struct op op;

	if (h->depth) {
		h->depth++;
		return;
	}
	finish_operation(mm);
	cut_future(h);
	op = (struct op){.first = h->now,
			 .last = h->now,
			 .start = h->cursor,
			 .end = h->cursor};
	h->lost = !row_push(&h->ops, &op);
	h->depth = 1;
}

/* The open operation is over; it was kept whole. */
static void close_operation(struct mm *mm, struct history *h)
{
	struct op *op = op_at(h, row_end(&h->ops) - 1);

	if (op->first == h->now && op->start == h->cursor) {
		h->ops.n--; /* nothing happened */
		return;
	}
	if (op->first == h->now) {
		TRACE(mm, setting, -1);
		if (h->lost)
			return;
		op = op_at(h, row_end(&h->ops) - 1);
	}
	/* what was stored after the last event belongs to it */
	event_at(h, h->now)->moment = h->cursor;
	op->last = h->now;
	op->end = h->cursor;
}

void history_leave(struct mm *mm)
{
	struct history *h = mm->trace;

	if (h->depth > 1) {
		h->depth--;
		return;
	}
	if (!h->lost)
		close_operation(mm, h);
	if (h->lost)
		forget_all(h);
	else
		drop_oldest(h);
	h->depth = 0;
	h->lost = false;
	drop_aside(h);
}

/* ---- operations that may be taken back ---- */

/* The first operation that begins at the moment where we stand, or later. */
static uint64_t first_later_op(const struct history *h)
{
	uint64_t i = row_end(&h->ops);

	while (i > h->ops.base && op_at(h, i - 1)->first >= h->now)
		i--;
	return i;
}

static void put_aside(struct history *h)
{
	struct aside *a = &h->aside;

	if (!row_copy_tail(&a->records, &h->records, h->cursor) ||
	    !row_copy_tail(&a->events, &h->events, h->now) ||
	    !row_copy_tail(&a->ops, &h->ops, first_later_op(h)))
		drop_aside(h);
}

void mm_begin(struct mm *mm)
{
	struct history *h = mm->trace;

	if (mm->tape && !h->depth) {
		h->aside.stood = h->now;
		finish_operation(mm);
		put_aside(h);
	}
	op_enter(mm);
}

int mm_abandon(struct mm *mm)
{
	struct history *h = mm->trace;
	const struct op *op;

	if (!h || h->depth != 1)
		return -EINVAL;
	if (!mm->tape || h->lost) {
		mm_end(mm);
		return -ENOTSUP;
	}
	op = op_at(h, row_end(&h->ops) - 1);
	while (h->cursor > op->start)
		swap_record(mm, record_at(h, --h->cursor));
	h->now = op->first;
	h->records.n = h->cursor - h->records.base;
	h->events.n = h->now - h->events.base;
	h->ops.n--;
	row_append(&h->records, &h->aside.records);
	row_append(&h->events, &h->aside.events);
	row_append(&h->ops, &h->aside.ops);
	h->depth = 0;
	drop_aside(h);
	quick_forget(mm);
	memo_forget(mm);
	return mm_seek(mm, h->aside.stood);
}

void mm_end(struct mm *mm)
{
	/* without a beginning there is nothing to end */
	if (mm->trace && mm->trace->depth)
		history_leave(mm);
}

/* ---- moving ---- */

/** Place on the tape of a moment. */
static uint64_t moment_record(const struct history *h, uint64_t moment)
{
	return moment > h->events.base ? event_at(h, moment)->moment
				       : h->records.base;
}

int mm_seek(struct mm *mm, uint64_t moment)
{
	struct history *h = mm->tape;
	uint64_t to;

	if (!h)
		return -ENOTSUP;
	if (moment < mm_first_moment(mm) || moment > mm_last_moment(mm) ||
	    h->depth)
		return -ERANGE;
	to = moment_record(h, moment);
	while (h->cursor > to)
		swap_record(mm, record_at(h, --h->cursor));
	while (h->cursor < to)
		swap_record(mm, record_at(h, h->cursor++));
	h->now = moment;
	memo_forget(mm);
	return 0;
}

uint64_t mm_first_moment(const struct mm *mm)
{
	return mm->trace ? mm->trace->events.base : 0;
}

uint64_t mm_last_moment(const struct mm *mm)
{
	return mm->trace ? row_end(&mm->trace->events) : 0;
}

uint64_t mm_now(const struct mm *mm)
{
	return mm->trace ? mm->trace->now : 0;
}

const struct mm_event *mm_event(const struct mm *mm, uint64_t n)
{
	if (!mm->trace || n <= mm_first_moment(mm) || n > mm_last_moment(mm))
		return NULL;
	return event_at(mm->trace, n);
}

static bool moment_stops(const struct mm *mm, uint64_t n, enum mm_grain grain)
{
	uint64_t i;
	struct mm_op op;

	if (n == mm_first_moment(mm) || n == mm_last_moment(mm))
		return true;
	if (mm_event_type(mm_event(mm, n)->type)->grain >= grain)
		return true;
	/* the end of an operation is a stop at every grain */
	return mm_op_at(mm, n, &i) == 0 && mm_op(mm, i, &op) == 0 &&
	       op.last == n;
}

uint64_t mm_neighbour(const struct mm *mm, int direction, enum mm_grain grain)
{
	const uint64_t first = mm_first_moment(mm), last = mm_last_moment(mm);
	uint64_t n = mm_now(mm);

	while (direction > 0 ? n < last : n > first) {
		n += direction > 0 ? 1 : (uint64_t)-1;
		if (moment_stops(mm, n, grain))
			break;
	}
	return n;
}

uint64_t mm_nr_ops(const struct mm *mm)
{
	return mm->trace ? mm->trace->ops.n : 0;
}

uint64_t mm_first_op(const struct mm *mm)
{
	return mm->trace ? mm->trace->ops.base : 0;
}

int mm_op(const struct mm *mm, uint64_t i, struct mm_op *op)
{
	const struct op *o;

	if (i - mm_first_op(mm) >= mm_nr_ops(mm))
		return -ENOENT;
	o = op_at(mm->trace, i);
	*op = (struct mm_op){.first = o->first, .last = o->last};
	return 0;
}

int mm_op_at(const struct mm *mm, uint64_t n, uint64_t *i)
{
	uint64_t lo = mm_first_op(mm), hi = lo + mm_nr_ops(mm);

	while (lo < hi) {
		const uint64_t mid = lo + (hi - lo) / 2;

		if (op_at(mm->trace, mid)->last < n)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo - mm_first_op(mm) >= mm_nr_ops(mm) ||
	    op_at(mm->trace, lo)->first >= n)
		return -ENOENT;
	*i = lo;
	return 0;
}
