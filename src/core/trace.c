/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace.c - the table of events, made from trace_events.def
 */
#include "core/trace.h"

static const struct mm_event_type_info event_types[NR_EVENT_TYPES] = {
#define EVENT(n, g, d, m, a)                                                   \
	[EV_##n] = {                                                           \
		.name = #n,                                                    \
		.grain = g,                                                    \
		.depth = d,                                                    \
		.models = m,                                                   \
		.args = a,                                                     \
	},
#include "core/trace_events.def"
#undef EVENT
};

const struct mm_event_type_info *mm_event_type(unsigned int type)
{
	return type < NR_EVENT_TYPES ? &event_types[type] : NULL;
}
