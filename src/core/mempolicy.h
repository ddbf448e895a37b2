/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mempolicy.h - which node a task's pages come from first
 *
 * Models:   policy_nodemask, alloc_pages_mpol in mm/mempolicy.c; P38, P39
 */
#ifndef CORE_MEMPOLICY_H
#define CORE_MEMPOLICY_H

#include "core/gfp.h"

/** Nodes that the task's policy allows this request; ALL_NODES: any. */
uint32_t policy_nodemask(const struct mm *mm, uint32_t task,
			 const struct alloc_context *ac);

#endif
