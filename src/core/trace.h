/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace.h - saying what happened and why
 *
 * One row per kind of event is in trace_events.def.  With nobody recording
 * an event costs one predictable branch.
 */
#ifndef CORE_TRACE_H
#define CORE_TRACE_H

#include "core/history.h"
#include "core/store.h"

#define TRACE(mm, name, ...)                                                   \
	do {                                                                   \
		if (unlikely((mm)->trace != NULL))                             \
			history_event(                                         \
				mm, EV_##name,                                 \
				(const int32_t[MM_EVENT_ARGS]){__VA_ARGS__});  \
	} while (0)

/** Two halves of 16 bits that share an argument, named "lo|hi". */
#define HALVES(lo, hi) ARG(((uint32_t)(hi) << 16) | ((uint32_t)(lo)&0xffff))

#define ARG(x) ((int32_t)(x))

#endif
