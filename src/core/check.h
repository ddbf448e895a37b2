/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check.h - naming what is broken
 */
#ifndef CORE_CHECK_H
#define CORE_CHECK_H

#include "core/state.h"

/** Fill @b, if there is one; returns -EINVAL. */
int broken_at(struct mm_broken *b, const char *invariant, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
