/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * row.h - a row of things that grows at its end and loses its front
 *
 * What the tape is made of.  Things are numbered from the start of the
 * recording; how many of them have been dropped is `base`.
 */
#ifndef CORE_ROW_H
#define CORE_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct row {
	void *at;
	size_t unit;   /* bytes of a thing */
	uint64_t base; /* number of the first one kept */
	uint64_t n;    /* kept */
	uint64_t room;
};

/** The number that the next one will have. */
static inline uint64_t row_end(const struct row *r)
{
	return r->base + r->n;
}

/** False without memory, and then nothing changes. */
bool row_push(struct row *r, const void *item);
/** The first @n kept are dropped. */
void row_drop_front(struct row *r, uint64_t n);
/** The same row in memory of its own; false without memory. */
bool row_copy(struct row *to, const struct row *from);
/** From number @first on; false without memory, and then it has nothing. */
bool row_copy_tail(struct row *to, const struct row *from, uint64_t first);
/** Put back what was copied and cut off: there was room for it before. */
void row_append(struct row *to, const struct row *tail);

#endif
