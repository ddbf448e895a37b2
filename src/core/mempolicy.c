/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mempolicy.c - see mempolicy.h
 */
#include "core/mempolicy.h"

uint32_t policy_nodemask(const struct mm *mm, uint32_t task,
			 const struct alloc_context *ac)
{
	(void)mm;
	(void)task;
	return ac->nodemask;
}
