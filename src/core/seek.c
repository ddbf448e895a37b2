/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * seek.c - moving along the tape, and finding one's way on it
 */
#include <errno.h>
#include <string.h>

#include "core/tape.h"
#include "core/trace.h"

void tape_swap(struct mm *mm, struct record *r)
{
	unsigned char *place = mm->block + (r->place >> 4);
	const size_t size = r->place & 15;
	uint64_t value = 0;

	memcpy(&value, place, size);
	memcpy(place, &r->value, size);
	r->value = value;
}

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
		tape_swap(mm, record_at(h, --h->cursor));
	while (h->cursor < to)
		tape_swap(mm, record_at(h, h->cursor++));
	h->now = moment;
	memo_forget(mm);
	return 0;
}

/* ---- moments and events ---- */

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

/* ---- operations ---- */

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
