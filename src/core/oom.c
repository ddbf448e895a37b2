/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * oom.c - see oom.h
 */
#include "core/oom.h"

enum mm_reason out_of_memory(struct mm *mm, uint32_t task,
			     const struct alloc_context *ac)
{
	(void)mm;
	(void)task;
	return ac->gfp & GFP_BIT_FS ? REASON_OOM_NOBODY : REASON_OOM_WITHOUT_FS;
}
