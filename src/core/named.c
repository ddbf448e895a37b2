/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * named.c - see named.h
 */
#include "core/named.h"

#include <errno.h>
#include <string.h>

#include "core/frame.h"

int named_find(const struct named *t, const char *name)
{
	if (strcmp(name, "/") == 0)
		return 0;
	for (uint32_t i = 1; i <= t->nr; i++)
		if (strcmp((const char *)t->first + i * t->unit, name) == 0)
			return (int)i;
	return -ENOENT;
}

int named_refuse(const struct named *t, const char *name, struct mm_error *err)
{
	const size_t len = strlen(name);

	if (len == 0 || len >= MM_OWNER_NAME || strcmp(name, "/") == 0)
		return mm_fail(err, -EINVAL,
			       "expected a name of 1 to %d characters",
			       MM_OWNER_NAME - 1);
	if (named_find(t, name) >= 0)
		return mm_fail(err, -EEXIST,
			       "there is a %s of that name already", t->what);
	if (t->nr + 1 >= t->room)
		return mm_fail(err, -ENOSPC, "there are %u %ss already",
			       t->room - 1, t->what);
	return 0;
}
