/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * oom.h - who is killed when nothing else helps
 *
 * Models:   out_of_memory in mm/oom_kill.c; R50 to R60
 */
#ifndef CORE_OOM_H
#define CORE_OOM_H

#include "core/gfp.h"

/**
 * The OOM killer for a task's request: REASON_OOM_WITHOUT_FS and
 * REASON_OOM_KILLED count as progress, REASON_OOM_NOBODY does not.
 */
enum mm_reason out_of_memory(struct mm *mm, uint32_t task,
			     const struct alloc_context *ac);

#endif
