/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process.h - processes: what they hold, and how they give it back
 *
 * A process has a memory map: the pages of its owner that are mapped, what
 * it has in swap, and its page tables.  One user's task comes with it, more
 * may follow.  Killed, it first ends what its tasks have in hand, then its
 * memory goes; one that is stuck does not exit, and is the OOM reaper's.
 *
 * Models:   mm_struct, exit_mmap, do_exit, oom_reaper as far as pages go;
 *           R57, R58
 * Left out: virtual addresses: pages come in the order of mm_owner_first();
 *           copy-on-write, signals other than SIGKILL
 * Keeps:    PROCESSES, PROCESS_RSS, PROCESS_SWAP (check_process.c)
 */
#ifndef CORE_PROCESS_H
#define CORE_PROCESS_H

#include "core/store.h"

/** No such process, or it is gone: -EINVAL with the reason. */
int no_process(const struct mm *mm, unsigned int process, struct mm_error *err);
/** SIGKILL: it exits at the next yield point. */
void process_kill(struct mm *mm, uint32_t process);
/** CPU of its first task. */
unsigned int process_cpu(const struct mm *mm, uint32_t process);
/** Does the task of a killed process have nothing left to do but exit? */
bool process_may_exit(const struct mm *mm, uint32_t process);
/** It exits now: R58. */
void process_exit(struct mm *mm, uint32_t process);
/** Pages that one page of page tables maps. */
static inline uint64_t ptrs_per_pte(const struct mm *mm)
{
	return UINT64_C(1) << mm->st->cfg.pmd_order;
}
/** The process's page table came, from a request of its own. */
void process_add_table(struct mm *mm, uint32_t process, pfn_t pfn);
/** Tables that nothing needs any more go. */
void process_trim_tables(struct mm *mm, uint32_t process);

/** Killed processes that can exit do so; true if one did. R58 */
bool exit_victims(struct mm *mm);
/** R57: one try for one victim. */
enum mm_quantum oom_reaper_step(struct mm *mm, uint32_t task);

#endif
