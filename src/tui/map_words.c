/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * map_words.c - the frame under the cursor, in words
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tui/map.h"

#define SHORT_LIST 5000 /* blocks that are gone through for a position */

__attribute__((format(printf, 2, 3))) static void add(char line[200],
						      const char *fmt, ...)
{
	const size_t used = strlen(line);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line + used, 200 - used, fmt, ap);
	va_end(ap);
}

/* ---- where it is ---- */

static void say_owner(const struct mm *mm, uint16_t owner, char line[200])
{
	if (!owner)
		return;
	add(line, " by %s", mm_owner_name(mm, owner));
	for (unsigned int i = 1; i <= mm_nr_processes(mm); i++) {
		struct mm_process_info pi;

		mm_process_info(mm, i, &pi);
		if (pi.owner == owner)
			add(line, " (pid %u)", pi.pid);
	}
}

static void say_block(const struct mm_frame *f, char line[200])
{
	if (f->order)
		add(line, ", %u..%u", f->head, f->head + (1u << f->order) - 1);
	add(line, ", order %u", f->order);
}

static void say_place(const struct mm *mm, pfn_t pfn, const struct mm_frame *f,
		      bool in_hand, char line[200])
{
	add(line, "%u: ", pfn);
	switch (f->kind) {
	case FRAME_HOLE:
		add(line, "a hole, no memory here");
		return;
	case FRAME_OFFLINE:
		add(line, "offline, this memory is not there");
		return;
	case FRAME_RESERVED:
		add(line, in_hand ? "in hand: off its list, not yet given out "
				    "or back"
				  : "reserved, not the allocator's");
		return;
	case FRAME_FREE:
		add(line, "free, on list %s", mm_migratetype_name(f->list));
		break;
	case FRAME_PCP:
		add(line, "on cpu %u's list %s", f->cpu,
		    mm_migratetype_name(mm_pcp_list_type(mm, f->pindex)));
		break;
	case FRAME_TARGET:
		add(line, f->vacated ? "its page has moved, or was freed"
				     : "a free block taken for pages that "
				       "move");
		break;
	case FRAME_MOVING:
	case FRAME_USED:
		add(line, f->kind == FRAME_USED ? "in use" : "moving, in use");
		say_owner(mm, f->owner, line);
	}
	say_block(f, line);
}

/* ---- what it is ---- */

/* Where it goes, if it is on its way. */
static bool say_flight(const struct mm *mm, const struct mm_frame *f,
		       char line[200])
{
	for (unsigned int task = 0; task < mm_nr_tasks(mm); task++) {
		struct mm_in_flight fl;
		struct mm_task_info ti;

		for (unsigned int i = 0; mm_in_flight(mm, task, i, &fl); i++) {
			if (fl.src != f->head && fl.dst != f->head)
				continue;
			mm_task_info(mm, task, &ti);
			add(line, "   %s moves %u",
			    ti.kind == TASK_CALLER ? "the request" : ti.comm,
			    fl.src);
			if (fl.dst != NO_PFN)
				add(line, " to %u", fl.dst);
			else
				add(line, ": no target yet");
			return true;
		}
	}
	return false;
}

static void say_page(const struct mm_frame *f, char line[200])
{
	static const struct {
		uint16_t attr;
		const char *name;
	} names[] = {
		{PAGE_UNEVICTABLE, "unevictable"},
		{PAGE_MLOCKED, "mlocked"},
		{PAGE_LOCKED, "locked"},
		{PAGE_DIRTY, "dirty"},
		{PAGE_WRITEBACK, "being written"},
		{PAGE_SWAPCACHE, "in the swap cache"},
		{PAGE_REFERENCED, "referenced"},
		{PAGE_WORKINGSET, "of the working set"},
		{PAGE_PINNED, "pinned"},
		{PAGE_COMPOUND, "compound"},
	};

	if (f->attr & PAGE_LRU)
		add(line, "   a page of %s, %s",
		    f->attr & PAGE_SWAPBACKED ? "a process" : "a file",
		    f->attr & PAGE_ACTIVE ? "active" : "inactive");
	else if (f->type)
		add(line, "   not to be used: %s",
		    f->type == PAGE_TYPE_HWPOISON ? "poisoned"
		    : f->type == PAGE_TYPE_BALLOON
			    ? "offline, in a balloon"
			    : "offline, unplugged by its driver");
	else
		add(line, "   on no LRU list: %s",
		    f->attr & PAGE_MOVABLE_OPS ? "its driver can move it"
					       : "it cannot be moved");
	if (f->mapcount)
		add(line, ", mapped %u time%s", f->mapcount,
		    f->mapcount == 1 ? "" : "s");
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (f->attr & names[i].attr)
			add(line, ", %s", names[i].name);
}

static void say_position(const struct mm *mm, const struct mm_frame *f,
			 char line[200])
{
	const uint32_t len =
		f->kind == FRAME_FREE
			? mm_nr_free(mm, f->zone, f->order, f->list)
			: mm_pcp_list_len(mm, f->zone, f->cpu, f->pindex);

	if (len > SHORT_LIST)
		add(line, "   one of %u blocks on its list", len);
	else
		add(line, "   block %lld of %u from the head of its list",
		    (long long)mm_list_position(mm, f) + 1, len);
}

/* ---- its pageblock ---- */

static void say_pageblock(const struct mm *mm, pfn_t pfn,
			  const struct mm_frame *f, char line[200])
{
	const unsigned int order = mm_pageblock_order(mm);
	const pfn_t first = pfn >> order << order;

	if (f->kind == FRAME_HOLE || f->kind == FRAME_OFFLINE)
		return;
	add(line, "   pageblock %u, %u..%u: %s, %u of %u free%s%s",
	    pfn >> order, first, first + (1u << order) - 1,
	    mm_migratetype_name(f->block_type), mm_pageblock_free(mm, pfn),
	    1u << order, f->skip ? ", skip bit" : "",
	    f->isolated ? ", shut" : "");
}

/* ---- a cell of several frames ---- */

static void say_cell(const struct screen *s, const struct mm *mm,
		     const struct map_grid *g, char line[200])
{
	const unsigned int order = mm_pageblock_order(mm);
	const pfn_t from = s->cursor / g->per_cell * g->per_cell;
	const uint64_t to = (uint64_t)from + g->per_cell;
	const pfn_t end = to > g->end ? g->end : (pfn_t)to;
	const char *sep = "";
	struct mm_range_sum sum;

	mm_range_sum(mm, from, end, &sum);
	add(line, "%u..%u: pageblock", from, end - 1);
	if ((end - 1) >> order != from >> order)
		add(line, "s %u..%u, the first %s: ", from >> order,
		    (end - 1) >> order,
		    mm_migratetype_name(mm_pageblock_type(mm, from)));
	else
		add(line, " %u, %s: ", from >> order,
		    mm_migratetype_name(mm_pageblock_type(mm, from)));
	const struct {
		pfn_t n;
		const char *what;
	} part[] = {
		{sum.free, "free"},
		{sum.used + sum.moving, "in use"},
		{sum.pcp, "per-CPU"},
		{sum.target, "taken as targets"},
		{sum.reserved, "not the allocator's"},
		{sum.hole, "not there"},
	};
	for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
		if (!part[i].n)
			continue;
		add(line, "%s%u %s", sep, part[i].n, part[i].what);
		sep = ", ";
	}
}

void map_words(const struct screen *s, const struct mm *mm,
	       const struct map_grid *g, const struct changes *hand,
	       char line[MAP_WORDS][200])
{
	const pfn_t pfn = s->cursor;
	const bool far = g->zoom != ZOOM_FRAME;
	char *place = line[far], *more = far ? line[2] : line[1];
	struct mm_frame f;

	for (int i = 0; i < MAP_WORDS; i++)
		line[i][0] = '\0';
	mm_frame(mm, pfn, &f);
	if (far)
		say_cell(s, mm, g, line[0]);
	say_place(mm, pfn, &f, changes_touch(hand, pfn, pfn + 1), place);
	if (f.kind == FRAME_FREE || f.kind == FRAME_PCP)
		say_position(mm, &f, more);
	else if ((f.kind == FRAME_MOVING || f.kind == FRAME_TARGET) &&
		 say_flight(mm, &f, more))
		;
	else if (f.kind == FRAME_USED || f.kind == FRAME_MOVING)
		say_page(&f, more);
	if (!far)
		say_pageblock(mm, pfn, &f, line[2]);
}

void map_words_joined(const struct map_grid *g, char line[MAP_WORDS][200],
		      char *buf, size_t size)
{
	static const int frame[MAP_WORDS] = {0, 2, 1}, cell[] = {0, 1, 2};
	const int *order = g->zoom == ZOOM_FRAME ? frame : cell;
	size_t used = 0;

	*buf = '\0';
	for (int i = 0; i < MAP_WORDS; i++) {
		const char *text = line[order[i]] + strspn(line[order[i]], " ");

		if (!*text || used >= size)
			continue;
		used += (size_t)snprintf(buf + used, size - used, "%s%s",
					 used ? "; " : "", text);
	}
}
