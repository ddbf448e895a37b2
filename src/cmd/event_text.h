/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_text.h - words for the arguments of events
 */
#ifndef BUDDYSCOPE_CMD_EVENT_TEXT_H
#define BUDDYSCOPE_CMD_EVENT_TEXT_H

#include "cmd/cmd.h"

/** A reason (enum mm_reason) in words; never NULL. */
const char *reason_text(int32_t reason);
/** Name of a migratetype, "(no type)" for a number that is none. */
const char *type_name(int32_t mt);
/**
 * event_fields - an event as tracefs has it: "pfn=0x10 order=0 ..."
 *
 * The kernel's tracepoints have the kernel's text; ours are in its style.
 */
void event_fields(const struct mm *mm, const struct mm_event *ev, char *buf,
		  size_t size);

#endif
