/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * writeback.c - see writeback.h
 */
#include "core/writeback.h"

bool end_writes(struct mm *mm)
{
	(void)mm;
	return false;
}

uint64_t next_write_end(const struct mm *mm)
{
	(void)mm;
	return NEVER;
}

enum mm_quantum flusher_step(struct mm *mm, uint32_t task)
{
	(void)mm;
	(void)task;
	return QUANTUM_DONE;
}
