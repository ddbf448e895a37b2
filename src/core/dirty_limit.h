/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dirty_limit.h - how many pages may be dirty before somebody writes them
 *
 * Models: domain_dirty_limits, mm/page-writeback.c; O7
 */
#ifndef CORE_DIRTY_LIMIT_H
#define CORE_DIRTY_LIMIT_H

#include "core/state.h"

/** nr_dirty_threshold; *@background is nr_dirty_background_threshold. */
int64_t global_dirty_limits(const struct mm *mm, int64_t *background);

#endif
