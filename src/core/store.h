/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store.h - the one door through which the state changes
 *
 * The state is reached through pointers to const, so an assignment anywhere
 * else does not compile.  With nobody recording, STORE() is one predictable
 * branch and a plain store; otherwise the old bytes go on the tape first
 * (store.c, history.h).
 */
#ifndef CORE_STORE_H
#define CORE_STORE_H

#include <string.h>

#include "core/state.h"

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#define always_inline inline __attribute__((always_inline))

#define nobody_records(mm) likely((mm)->trace == NULL && (mm)->tape == NULL)

/*
 * What the caller has found out: up to the next call that is not inlined,
 * STORE() and TRACE() need not ask again.
 */
#define assume_nobody_records(mm)                                              \
	do {                                                                   \
		assert((mm)->trace == NULL && (mm)->tape == NULL);             \
		if ((mm)->trace != NULL || (mm)->tape != NULL)                 \
			__builtin_unreachable();                               \
	} while (0)

/** STORE() of fields that lie together, as one, while nobody records. */
static always_inline void store_together(struct mm *mm, const void *place,
					 const void *value, size_t size)
{
	assume_nobody_records(mm);
	memcpy((void *)(uintptr_t)place, value, size);
}

/*
 * A hot function is written once, always_inline with a constant @quiet, and
 * compiled twice: for nobody recording and for those who record.
 */
#define assume_quiet(mm, quiet)                                                \
	do {                                                                   \
		if (quiet)                                                     \
			assume_nobody_records(mm);                             \
	} while (0)

/** Note what a change of @size bytes (1, 2, 4, 8) at @place takes away. */
void store_note(struct mm *mm, const void *place, const void *value,
		size_t size);
/** Change any number of bytes; for names and copies, not for speed. */
void store_bytes(struct mm *mm, const void *place, const void *value,
		 size_t size);

/* A cast drops the const that the state's pointers carry. */
#define STORE_TYPE(place) __typeof__((__typeof__(place))0)

#define STORE(mm, place, value)                                                \
	do {                                                                   \
		const STORE_TYPE(place) store_new_ =                           \
			(STORE_TYPE(place))(value);                            \
		if (unlikely((mm)->tape != NULL))                              \
			store_note(mm, &(place), &store_new_,                  \
				   sizeof store_new_);                         \
		*(STORE_TYPE(place) *)(uintptr_t) & (place) = store_new_;      \
	} while (0)

#endif
