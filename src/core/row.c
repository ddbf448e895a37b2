/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * row.c - see row.h
 */
#include "core/row.h"

#include <stdlib.h>
#include <string.h>

bool row_push(struct row *r, const void *item)
{
	if (r->n == r->room) {
		uint64_t room = r->room ? r->room * 2 : 256;
		void *at = realloc(r->at, (size_t)room * r->unit);

		if (!at)
			return false;
		r->at = at;
		r->room = room;
	}
	memcpy((char *)r->at + r->n * r->unit, item, r->unit);
	r->n++;
	return true;
}

void row_drop_front(struct row *r, uint64_t n)
{
	memmove(r->at, (char *)r->at + n * r->unit, (r->n - n) * r->unit);
	r->base += n;
	r->n -= n;
}

bool row_copy(struct row *to, const struct row *from)
{
	*to = *from;
	to->room = from->n;
	to->at = malloc((size_t)(from->n ? from->n : 1) * from->unit);
	if (to->at && from->n)
		memcpy(to->at, from->at, (size_t)from->n * from->unit);
	return to->at != NULL;
}

bool row_copy_tail(struct row *to, const struct row *from, uint64_t first)
{
	const uint64_t n = row_end(from) - first;

	*to = (struct row){.unit = from->unit, .n = n, .room = n};
	if (n)
		to->at = malloc((size_t)n * from->unit);
	if (to->at)
		memcpy(to->at,
		       (char *)from->at + (first - from->base) * from->unit,
		       (size_t)n * from->unit);
	return n == 0 || to->at;
}

void row_append(struct row *to, const struct row *tail)
{
	if (tail->n)
		memcpy((char *)to->at + to->n * to->unit, tail->at,
		       (size_t)tail->n * to->unit);
	to->n += tail->n;
}
