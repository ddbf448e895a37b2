/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process.h - processes: what they hold, and how they give it back
 *
 * Models:   mm_struct, exit_mmap, oom_reaper as far as pages go; R57, R58
 */
#ifndef CORE_PROCESS_H
#define CORE_PROCESS_H

#include "core/store.h"

/** Killed processes that can exit do so; true if one did. R58 */
bool exit_victims(struct mm *mm);
/** R57 */
enum mm_quantum oom_reaper_step(struct mm *mm, uint32_t task);

#endif
