/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * named.h - things with names, in a tree whose root is called "/"
 *
 * Memory groups and cpusets: numbered from 1, the root is 0.
 */
#ifndef CORE_NAMED_H
#define CORE_NAMED_H

#include "core/mm.h"

struct named {
	const void *first; /* thing 0; each begins with char[MM_OWNER_NAME] */
	size_t unit;	   /* bytes of a thing */
	uint32_t nr, room; /* made so far; and the root's place counted */
	const char *what;  /* "cpuset" */
};

/** Its number, 0 for "/"; -ENOENT. */
int named_find(const struct named *t, const char *name);
/** May the next one be called that?  0; or -EINVAL, -EEXIST, -ENOSPC. */
int named_refuse(const struct named *t, const char *name, struct mm_error *err);

#endif
