/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * changes.c - what the last step touched, read off the events
 */
#include <string.h>

#include "tui/view.h"

/* A long jump touches everything; its last events are enough to look at. */
#define MAX_LOOK 512

/* Events that only report; the frames they name have not changed. */
static const uint16_t reports[] = {
	EV_alloc_request,    EV_free_request, EV_buddy_stop,
	EV_fallback_refused, EV_list_empty,   EV_fallback_none,
};

static bool is_report(uint16_t type)
{
	for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++)
		if (reports[i] == type)
			return true;
	return false;
}

/* Place of a word in a row's list of arguments; -1: not there. */
static int arg_place(const char *args, const char *name)
{
	const size_t len = strlen(name);

	for (int i = 0; *args; i++) {
		const size_t n = strcspn(args, " ");

		if (n == len && memcmp(args, name, n) == 0)
			return i;
		args += n + (args[n] == ' ');
	}
	return -1;
}

static void note_lists(const struct mm_event *ev, const char *args,
		       struct changes *ch)
{
	const int order = arg_place(args, "order");
	static const char *const types[] = {"migratetype", "from", "to"};

	if (ev->type != EV_list_add && ev->type != EV_list_del &&
	    ev->type != EV_list_move)
		return;
	for (size_t i = 0; i < 3; i++) {
		const int at = arg_place(args, types[i]);

		if (at >= 0 && ev->arg[at] >= 0 && ev->arg[at] < MIGRATE_TYPES)
			ch->orders[ev->arg[at]] |= 1u << (ev->arg[order] & 31);
	}
}

static void note(const struct screen *s, const struct mm *mm,
		 const struct mm_event *ev, struct changes *ch)
{
	const struct mm_event_type_info *info = mm_event_type(ev->type);
	const int pfn = arg_place(info->args, "pfn");
	int order = arg_place(info->args, "order");
	pfn_t at;

	if (pfn < 0 || is_report(ev->type))
		return;
	at = (pfn_t)ev->arg[pfn];
	if (at >= mm_end_pfn(mm) || mm_zone_of(mm, at) != s->zone)
		return;
	note_lists(ev, info->args, ch);
	if (ch->focus == NO_PFN)
		ch->focus = at;
	if (ch->n == MAX_CHANGES)
		return;
	order = ev->type == EV_pageblock_type ? (int)mm_pageblock_order(mm)
		: order < 0		      ? 0
					      : ev->arg[order];
	ch->range[ch->n].pfn = at;
	ch->range[ch->n].end = at + (1u << (order & 31));
	ch->n++;
}

void changes_read(const struct screen *s, const struct mm *mm,
		  struct changes *ch)
{
	const uint64_t now = mm_now(mm);
	uint64_t first = s->from < now ? s->from : now;
	const uint64_t last = s->from < now ? now : s->from;

	*ch = (struct changes){.focus = NO_PFN};
	if (last - first > MAX_LOOK)
		first = last - MAX_LOOK;
	for (uint64_t n = last; n > first; n--) {
		const struct mm_event *ev = mm_event(mm, n);

		if (ev)
			note(s, mm, ev, ch);
	}
}

bool changes_in_flight(const struct screen *s, const struct mm *mm,
		       struct changes *ch)
{
	struct screen whole = *s;
	struct mm_op op;
	uint64_t i;

	if (mm_op_at(mm, mm_now(mm), &i) || mm_op(mm, i, &op) ||
	    op.last == mm_now(mm))
		return false;
	whole.from = op.first;
	changes_read(&whole, mm, ch);
	return true;
}

bool changes_touch(const struct changes *ch, pfn_t pfn, pfn_t end)
{
	for (unsigned int i = 0; i < ch->n; i++)
		if (ch->range[i].pfn < end && pfn < ch->range[i].end)
			return true;
	return false;
}
