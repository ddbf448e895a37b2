/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_hotplug.c - recordings in which a memory block goes offline or online
 *
 * One line says which block, what was written to its state, and what came of
 * it: `offline memory3 result 0`.  A block that is to come online is a hole in
 * the snapshot before it; in the world it is memory that is offline.
 */
#include "cmd/case.h"

#include <errno.h>
#include <string.h>

/* A page that does not move kept the kernel going until somebody gave up. */
#define ROUNDS 5
#define MOST_BLOCKS 65536

/* Of amd64; smaller worlds have smaller blocks, but no recordings. */
static pfn_t section_pages(const struct mm_config *cfg)
{
	return (pfn_t)((INT64_C(128) << 20) >> cfg->page_shift);
}

static const struct {
	const char *word;
	bool offline;
	enum mm_online how;
} lines[] = {
	{"offline", true, ONLINE_DEFAULT},
	{"online", false, ONLINE_DEFAULT},
	{"online_kernel", false, ONLINE_KERNEL},
	{"online_movable", false, ONLINE_MOVABLE},
};

static size_t line_of(struct case_word w)
{
	size_t i = 0;

	while (i < sizeof lines / sizeof lines[0] && !case_is(w, lines[i].word))
		i++;
	return i;
}

bool case_is_hotplug(struct case_word w)
{
	return line_of(w) < sizeof lines / sizeof lines[0];
}

/* "memory3" */
static bool block_number(struct case_word w, unsigned int *block)
{
	*block = 0;
	if (w.len < 7 || w.len > 11 || memcmp(w.s, "memory", 6) != 0)
		return false;
	for (size_t i = 6; i < w.len; i++) {
		if (w.s[i] < '0' || w.s[i] > '9')
			return false;
		*block = *block * 10 + (unsigned int)(w.s[i] - '0');
	}
	return *block < MOST_BLOCKS;
}

bool case_read_hotplug(struct case_file *c, struct case_hotplug *h)
{
	struct case_word w, block, result;
	int64_t refused;
	size_t i;

	case_seek(c, c->hotplug);
	if (!case_next(c, &w))
		return case_bad(c, "expected what was done to a memory block");
	i = line_of(w);
	if (i == sizeof lines / sizeof lines[0] || !case_word(c, &block) ||
	    !block_number(block, &h->block) || !case_word(c, &result) ||
	    !case_is(result, "result"))
		return case_bad(c,
				"expected %.20s memoryN result R; the "
				"recording is damaged",
				i < sizeof lines / sizeof lines[0]
					? lines[i].word
					: "offline");
	if (!case_int(c, "its result", INT32_MIN, INT32_MAX, &refused) ||
	    !case_line_ends(c))
		return false;
	h->offline = lines[i].offline;
	h->how = lines[i].how;
	h->refused = refused != 0;
	return true;
}

bool case_offline_range(struct case_file *c, struct mm_range *r)
{
	struct mm_config amd64 = {.page_shift = 12};
	const pfn_t n = section_pages(&amd64);
	struct case_hotplug h;

	*r = (struct mm_range){0, 0};
	if (!c->hotplug.at)
		return true;
	if (!case_read_hotplug(c, &h))
		return false;
	if (!h.offline)
		*r = (struct mm_range){h.block * n, (h.block + 1) * n};
	return true;
}

bool case_put_offline(struct case_file *c, struct mm *mm,
		      const struct case_machine *m)
{
	struct case_hotplug h;
	struct mm_error err;

	if (m->offline.start == m->offline.end)
		return true;
	if (!case_read_hotplug(c, &h))
		return false;
	if (mm_put_memory_offline(mm, h.block, &err))
		return case_bad(c, "%s", err.text);
	return true;
}

bool case_begin_hotplug(struct case_file *c, struct mm *mm, unsigned int task)
{
	struct case_hotplug h;
	struct mm_error err;
	struct case_mark here = case_here(c);
	int e;

	if (!case_read_hotplug(c, &h))
		return false;
	case_seek(c, here);
	if (h.offline)
		e = mm_task_memory_offline(mm, task, h.block, ROUNDS, &err);
	else
		e = mm_task_memory_online(mm, task, h.block, h.how, &err);
	return e ? case_bad(c, "%s", err.text) : true;
}

bool case_hotplug_over(struct case_file *c, const struct mm *mm,
		       unsigned int task)
{
	struct case_hotplug h;
	const struct case_mark here = case_here(c);
	const int e = mm_offline_result(mm, task);

	if (!case_read_hotplug(c, &h))
		return false;
	case_seek(c, here);
	if (h.refused == (e != 0))
		return true;
	return case_differs(c, "memory block %u: expected it %s, got it %s",
			    h.block, h.refused ? "refused" : "done",
			    e ? "refused" : "done");
}
