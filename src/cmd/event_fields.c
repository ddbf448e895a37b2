/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_fields.c - an event as tracefs would print it: name=value
 */
#include <stdio.h>
#include <string.h>

#include "cmd/event_text.h"

/* What an argument's name says of its value; all others are numbers. */
static const struct {
	const char *name;
	char letter;
	bool types_only; /* only where it is a migratetype */
} letters[] = {
	{"pfn", 'p', false},	     {"buddy", 'p', false},
	{"kept", 'p', false},	     {"zone", 'z', false},
	{"reason", 'R', false},	     {"result", 'R', false},
	{"phase", 'R', false},	     {"migratetype", 't', false},
	{"fallback", 't', false},    {"from", 't', true},
	{"to", 't', true},	     {"gfp", 'g', false},
	{"alloc_flags", 'a', false}, {"pindex", 'l', false},
	{"setting", 'i', false},     {"owner", 'o', false},
	{"ret", 'k', false},	     {"status", 'k', false},
	{"target", 'p', false},	     {"flag", 'f', false},
	{"highest", 'n', false},     {"group", 'G', false},
	{"cpuset", 'S', false},	     {"nodemask", 'N', false},
	{"batch", 'w', false},	     {"lru", 'u', false},
	{"slab", 'v', false},	     {"nodemask", 'N', false},
	{"policy", 'M', false},	     {"moved", 'p', false},
};

char event_arg_letter(const struct mm_event *ev, unsigned int i, char name[40])
{
	const bool types =
		ev->type == EV_list_move || ev->type == EV_pageblock_type;
	const char *s = mm_event_type(ev->type)->args;
	size_t len;

	for (; i && *s; i--) {
		s += strcspn(s, " ");
		s += *s == ' ';
	}
	len = strcspn(s, " ");
	if (!len)
		return '\0';
	snprintf(name, 40, "%.*s", (int)len, s);
	for (size_t k = 0; k < sizeof letters / sizeof letters[0]; k++)
		if (strcmp(name, letters[k].name) == 0 &&
		    (types || !letters[k].types_only))
			return letters[k].letter;
	return 'd';
}

static void our_fields(const struct mm *mm, const struct mm_event *ev,
		       char *buf, size_t size)
{
	char name[40], value[400], letter;
	size_t used = 0;

	buf[0] = '\0';
	for (unsigned int i = 0; i < MM_EVENT_ARGS && used < size &&
				 (letter = event_arg_letter(ev, i, name));
	     i++) {
		event_arg_text(mm, letter, ev->arg[i], value, sizeof value);
		used += (size_t)snprintf(buf + used, size - used, "%s%s=%s",
					 i ? " " : "", name, value);
	}
}

void event_fields(const struct mm *mm, const struct mm_event *ev, char *buf,
		  size_t size)
{
	if (!event_tracefs(mm, ev, buf, size))
		our_fields(mm, ev, buf, size);
}
