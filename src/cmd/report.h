/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report.h - what the kernel's log says about memory, line by line
 */
#ifndef BUDDYSCOPE_CMD_REPORT_H
#define BUDDYSCOPE_CMD_REPORT_H

#include "cmd/cmd.h"

#define EVERY_NODE 0xffu /* a bit a node */

/** What of the world a Mem-Info shows. */
struct report_scope {
	unsigned int highest; /* zones up to this index */
	uint32_t nodes;
	unsigned int cpu; /* whose per-CPU lists are the local ones */
};

/** Models: __show_mem(), mm/show_mem.c; O17.1 to O17.8 */
void report_meminfo(const struct mm *mm, const struct report_scope *scope,
		    struct out *out);
/** O17.9; of the whole, or of a group that is full. */
void report_protection(const struct mm *mm, unsigned int group,
		       struct out *out);
/**
 * The report on the last time that the OOM killer had somebody to kill, or
 * nobody; @past is the same world, to go back in, or NULL.  O19
 */
void report_last_oom(const struct mm *mm, struct mm *past, struct out *out);
/** The first line of a report, from EV_page_alloc_failure or _stall. */
void report_failure_head(const struct mm *mm, const struct mm_event *ev,
			 struct out *out);
/**
 * The world goes back to @moment, to which event @event belongs, if @past is
 * it; true: it has.  Else the report says of which moment its numbers are.
 */
bool report_go_back(const struct mm *mm, struct mm *past, uint64_t moment,
		    uint64_t event, struct out *out);
/** Nodes as a list: "0-1,3"; "" for none. */
void nodelist_text(uint32_t nodes, char *buf, size_t size);
/** The same, but "(null)" when there is no mask. */
void nodemask_text(uint32_t nodes, char *buf, size_t size);

#endif
