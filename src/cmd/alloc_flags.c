/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * alloc_flags.c - the flags of an attempt, by name and by meaning
 */
#include "cmd/alloc_flags.h"

#include <stdio.h>

static const struct {
	uint32_t flag;
	const char *name, *means;
} flags_known[] = {
	{ALLOC_NO_WATERMARKS, "NO_WATERMARKS", "no mark is observed"},
	{ALLOC_OOM, "OOM", "a victim of the OOM killer, may go below min"},
	{ALLOC_NON_BLOCK, "NON_BLOCK", "may not sleep"},
	{ALLOC_MIN_RESERVE, "MIN_RESERVE", "urgent, may go below min"},
	{ALLOC_CPUSET, "CPUSET", "keeps to the nodes of its cpuset"},
	{ALLOC_CMA, "CMA", "may have pages of CMA areas"},
	{ALLOC_NOFRAGMENT, "NOFRAGMENT", "types are not to be mixed"},
	{ALLOC_HIGHATOMIC, "HIGHATOMIC", "may have the high-atomic reserve"},
	{ALLOC_KSWAPD, "KSWAPD", "may wake kswapd"},
};

#define NR_FLAGS (sizeof flags_known / sizeof flags_known[0])

void alloc_flags_names(uint32_t flags, char *buf, size_t size)
{
	size_t used = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < NR_FLAGS && used < size; i++)
		if (flags & flags_known[i].flag)
			used += (size_t)snprintf(buf + used, size - used, "|%s",
						 flags_known[i].name);
}

bool alloc_flags_legend(uint32_t flags, char *buf, size_t size)
{
	size_t used = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < NR_FLAGS && used < size; i++)
		if (flags & flags_known[i].flag)
			used += (size_t)snprintf(buf + used, size - used,
						 "%s%s: %s", used ? "; " : "",
						 flags_known[i].name,
						 flags_known[i].means);
	return used > 0;
}

/* Where an event of this type has them; -1: nowhere. */
static int place_of(unsigned int type)
{
	switch (type) {
	case EV_alloc_request:
		return 5;
	case EV_zonelist_pass:
		return 1;
	case EV_slowpath:
		return 0;
	default:
		return -1;
	}
}

uint32_t alloc_flags_of_op(const struct mm *mm, const struct mm_op *op,
			   enum event_topic topic)
{
	const struct mm_event *ev;
	uint32_t flags = 0;

	for (uint64_t n = op->first + 1;
	     n <= op->last && (ev = mm_event(mm, n)); n++)
		if (place_of(ev->type) >= 0 &&
		    (topic == NR_TOPICS ||
		     event_words[ev->type].topic == topic))
			flags |= (uint32_t)ev->arg[place_of(ev->type)];
	return flags;
}
