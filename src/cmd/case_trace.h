/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_trace.h - a replay in progress, and what is compared between its calls
 */
#ifndef BUDDYSCOPE_CMD_CASE_TRACE_H
#define BUDDYSCOPE_CMD_CASE_TRACE_H

#include "cmd/case.h"

/** Events after moment @first up to @last, one a line, the middle left out. */
void case_tell(const struct mm *mm, uint64_t first, uint64_t last,
	       struct out *story);

#define MOST_FIELDS 6

/** The tracepoints that a recording has. */
enum xkind { X_EXTFRAG, X_ZONE_LOCKED, X_PCPU_DRAIN, NR_X };

/** An x line, kept until the call that it belongs to. */
struct xline {
	enum xkind kind;
	uint32_t line;
	int32_t field[MOST_FIELDS];
};

/** A replay in progress. */
struct replay {
	struct case_file *c;
	struct mm *mm;
	unsigned int cpu;
	uint16_t caller;      /* enum mm_caller, until the next t line */
	uint32_t calls;	      /* made */
	uint32_t record_from; /* call that recording begins with */
	uint64_t before;      /* moment before the last call */
	bool fires[NR_X];     /* tracepoints that are compared */
	struct xline *x;
	size_t nr_x, room_x;
	pfn_t *bulk;
};

/** An x line: keep it for the next call. */
bool case_keep_x(struct replay *r);
/** The tracepoints of the call just made against the x lines before it. */
bool case_compare_x(struct replay *r);
/** Say that an x line has no call after it; gives false. */
bool case_left_over_x(struct replay *r);
/** A k line: a zone's numbers after the call before. */
bool case_compare_k(struct replay *r);

#endif
