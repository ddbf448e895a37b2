/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * history.h - the tape, the events and the operations of a world
 *
 * The tape is a row of (place, bytes) pairs.  Moving over a pair swaps its
 * bytes with the ones in the state, so one loop serves both directions.  An
 * event holds its place on the tape; an operation holds its events.  When
 * the tape is too long the oldest whole operations go.
 */
#ifndef CORE_HISTORY_H
#define CORE_HISTORY_H

#include "core/state.h"

void history_free(struct history *h);
/** Open and close an operation around a request; they nest. */
void history_enter(struct mm *mm);
void history_leave(struct mm *mm);

static inline void op_enter(struct mm *mm)
{
	quick_forget(mm);
	if (mm->trace)
		history_enter(mm);
}

static inline void op_leave(struct mm *mm)
{
	if (mm->trace)
		history_leave(mm);
}

/** Note an event; use the TRACE() macro of trace.h. */
void history_event(struct mm *mm, enum mm_event_type type,
		   const int32_t arg[MM_EVENT_ARGS]);

#endif
