/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * writeback.h - dirty pages on their way to a file or to swap
 *
 * Models:   the flusher threads, folio_end_writeback; R8, R11, R12
 */
#ifndef CORE_WRITEBACK_H
#define CORE_WRITEBACK_H

#include "core/store.h"

/** Writes that are over by now end; true if one did. */
bool end_writes(struct mm *mm);
/** When the next one will, in jiffies; NEVER when none is under way. */
uint64_t next_write_end(const struct mm *mm);
enum mm_quantum flusher_step(struct mm *mm, uint32_t task);

#endif
