/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * procs.h - small worlds with processes that fault
 */
#ifndef TESTS_PROCS_H
#define TESTS_PROCS_H

#include "support/picture.h"

/** The tiny world, with `schedule` as it says, and swap slots. */
struct mm *tiny(bool schedule, int64_t swap);
/** A process, and its task's number. */
unsigned int process(struct mm *mm, const char *name);
unsigned int task_of_process(const struct mm *mm, unsigned int process);
/** All of it at once; pages got. */
uint32_t fault(struct mm *mm, unsigned int process, enum mm_fault kind,
	       uint32_t pages, uint32_t flags);
struct mm_process_info info(const struct mm *mm, unsigned int process);
uint64_t vm_event(const struct mm *mm, enum vm_event_item item);
int64_t node_stat(const struct mm *mm, enum node_stat_item item);
/** Frames that are free, on whatever list. */
int64_t nr_free(const struct mm *mm);
/** Events of a type on the tape. */
unsigned int nr_events(const struct mm *mm, enum mm_event_type type);

#endif
