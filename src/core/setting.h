/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * setting.h - settings as figures see them
 */
#ifndef CORE_SETTING_H
#define CORE_SETTING_H

#include "core/state.h"

/** False for the ratio of a zone that this world cannot have. */
bool setting_here(const struct mm *mm, int i);
/** Row of mm_setting() with that name, or -1. */
int setting_by_name(const char *name);
/** Its value now. */
int64_t setting_value(const struct mm *mm, int i);

#endif
