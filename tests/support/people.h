/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * people.h - processes for tests of what limits and kills them
 *
 * Their numbers are invented: no frame belongs to them but those that their
 * tasks are given.
 */
#ifndef TESTS_PEOPLE_H
#define TESTS_PEOPLE_H

#include "core/task.h"
#include "picture.h"

/** A machine of two nodes with 128 frames each, all Normal. */
struct mm *two_nodes(void);
/** A new process with a task; it has pages, if only on paper. */
uint32_t born(struct mm *mm, const char *comm, int32_t adj, uint64_t anon);
/** Its task. */
uint32_t task_of(const struct mm *mm, uint32_t process);
void set_flags(struct mm *mm, uint32_t process, uint32_t flags);
bool is_victim(const struct mm *mm, uint32_t process);
/** A request of its task, quantum by quantum; NO_PFN when refused. */
pfn_t asks(struct mm *mm, uint32_t process, unsigned int order, gfp_t gfp);
/** Use up all but @left frames of the world. */
void use_up(struct mm *mm, unsigned int left);

/** Sound, but for what its processes have on paper only. */
void then_sound_on_paper(const struct mm *mm);

/** Events of a type since recording began; argument @arg of the last. */
unsigned int seen(const struct mm *mm, enum mm_event_type type);
int32_t last_of(const struct mm *mm, enum mm_event_type type, unsigned int arg);
/** Why the OOM killer passed that process by, or did not; the last word. */
enum mm_reason said_of(const struct mm *mm, uint32_t process);

#endif
