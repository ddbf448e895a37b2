/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process.c - see process.h
 */
#include "core/process.h"

bool exit_victims(struct mm *mm)
{
	(void)mm;
	return false;
}

enum mm_quantum oom_reaper_step(struct mm *mm, uint32_t task)
{
	(void)mm;
	(void)task;
	return QUANTUM_DONE;
}
