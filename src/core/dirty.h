/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dirty.h - how many dirty pages a node may have
 *
 * Pages that are about to be written to (__GFP_WRITE) come from a node that
 * has not yet its share of dirty pages, as long as the fast path finds one.
 *
 * Models:   node_dirty_ok, node_dirty_limit, node_dirtyable_memory,
 *           global_dirtyable_memory in mm/page-writeback.c; P8, W18
 * Left out: the boost in what W18 keeps back: the kernel computes it right
 *           after the boosts were cleared
 */
#ifndef CORE_DIRTY_H
#define CORE_DIRTY_H

#include "core/store.h"

/** Pages that could be dirty: free ones and those of files. */
int64_t node_dirtyable_memory(const struct mm *mm, unsigned int nid);
/** The same of the whole world; one more, so that it can divide. */
int64_t global_dirtyable_memory(const struct mm *mm);
/** P8; a realtime task is given a quarter more. */
int64_t node_dirty_limit(const struct mm *mm, unsigned int nid, bool realtime);
/** May the task (0: nobody in particular) get pages to be written there? */
bool node_dirty_ok(const struct mm *mm, unsigned int nid, uint32_t task);

#endif
