/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * history.c - operations: what is noted between begin and end, and kept
 */
#include "core/tape.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/trace.h"

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

void history_forget_all(struct history *h)
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
		history_forget_all(h);
		if (!row_push(&h->events, &e))
			h->events.base++;
	}
	h->now = row_end(&h->events);
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
		history_forget_all(h);
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
		tape_swap(mm, record_at(h, --h->cursor));
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
