/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store.c - see store.h; old bytes are noted before new ones are written
 */
#include "core/store.h"

#include <string.h>

#include "core/tape.h"

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
		history_forget_all(h);
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
