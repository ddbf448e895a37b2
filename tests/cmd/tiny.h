/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tiny.h - for tests: each begins with a tiny world without per-CPU lists
 */
#ifndef BUDDYSCOPE_TESTS_CMD_TINY_H
#define BUDDYSCOPE_TESTS_CMD_TINY_H

#include "say.h"

static struct lab *lab;

static inline void setup(void)
{
	lab = lab_create();
	ck_assert_ptr_nonnull(lab);
	runs(lab, "world new tiny pcp=off seed=1");
}

static inline void teardown(void)
{
	lab_destroy(lab);
}

#endif
