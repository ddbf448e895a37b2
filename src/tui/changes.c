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

/* Per-CPU lists of the zone: by their number, or the kind of a block. */
static void note_pcp(const struct screen *s, const struct mm *mm,
		     const struct mm_event *ev, struct changes *ch)
{
	const char *args = mm_event_type(ev->type)->args;
	const int zone = arg_place(args, "zone");
	const int pindex = arg_place(args, "pindex");

	if (ev->cpu >= MM_MAX_CPUS)
		return;
	if (ev->type == EV_mm_page_pcpu_drain &&
	    mm_zone_of(mm, (pfn_t)ev->arg[0]) == s->zone) {
		for (unsigned int i = 0; i < mm_nr_pcp_lists(mm); i++)
			if ((int)mm_pcp_list_order(mm, i) == ev->arg[1] &&
			    (int)mm_pcp_list_type(mm, i) == ev->arg[2])
				ch->pcp[ev->cpu] |= 1u << i;
	} else if (zone >= 0 && pindex >= 0 && ev->arg[zone] == s->zone &&
		   ev->type != EV_pcp_empty) {
		ch->pcp[ev->cpu] |= 1u << (ev->arg[pindex] & 31);
	}
}

/* Reports of a block that is on its way back, and on no list meanwhile. */
static bool reports_in_hand(uint16_t type)
{
	return type == EV_free_request || type == EV_buddy_stop;
}

/* Frames an event changed: none if it only reports. */
static unsigned int changed_spans(const struct mm *mm,
				  const struct mm_event *ev,
				  struct event_span span[2])
{
	return is_report(ev->type) ? 0 : event_spans(mm, ev, span);
}

static void note(const struct screen *s, const struct mm *mm,
		 const struct mm_event *ev, struct changes *ch, bool in_hand)
{
	struct event_span span[2];
	const unsigned int n = in_hand && reports_in_hand(ev->type)
				       ? event_spans(mm, ev, span)
				       : changed_spans(mm, ev, span);

	for (unsigned int i = 0; i < n; i++) {
		if (mm_zone_of(mm, span[i].start) != s->zone)
			continue;
		if (i == 0)
			note_lists(ev, mm_event_type(ev->type)->args, ch);
		if (ch->focus == NO_PFN)
			ch->focus = span[i].start;
		if (ch->n == MAX_CHANGES)
			return;
		ch->range[ch->n].pfn = span[i].start;
		ch->range[ch->n].end = span[i].end;
		ch->n++;
	}
}

/* Moments after which something changed: (*first, *last]. */
static void looked_at(const struct screen *s, const struct mm *mm,
		      uint64_t *first, uint64_t *last)
{
	const uint64_t now = mm_now(mm);

	*first = s->from < now ? s->from : now;
	*last = s->from < now ? now : s->from;
	if (*last - *first > MAX_LOOK)
		*first = *last - MAX_LOOK;
}

zone_t changes_zone(const struct screen *s, const struct mm *mm)
{
	uint64_t first, last;
	zone_t zone = s->zone;
	bool found = false;

	looked_at(s, mm, &first, &last);
	for (uint64_t n = last; n > first; n--) {
		const struct mm_event *ev = mm_event(mm, n);
		struct event_span span[2];
		zone_t at;

		if (!ev || !changed_spans(mm, ev, span))
			continue;
		at = mm_zone_of(mm, span[0].start);
		if (at == s->zone)
			return at;
		if (!found)
			zone = at;
		found = true;
	}
	return zone;
}

static void read_all(const struct screen *s, const struct mm *mm,
		     struct changes *ch, bool in_hand)
{
	uint64_t first, last;

	*ch = (struct changes){.focus = NO_PFN};
	looked_at(s, mm, &first, &last);
	for (uint64_t n = last; n > first; n--) {
		const struct mm_event *ev = mm_event(mm, n);

		if (!ev)
			continue;
		note_pcp(s, mm, ev, ch);
		note(s, mm, ev, ch, in_hand);
	}
}

void changes_read(const struct screen *s, const struct mm *mm,
		  struct changes *ch)
{
	read_all(s, mm, ch, false);
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
	read_all(&whole, mm, ch, true);
	return true;
}

/* Frame of the zone shown that event @n changed. */
static pfn_t changed_by(const struct screen *s, const struct mm *mm, uint64_t n)
{
	const struct mm_event *ev = mm_event(mm, n);
	struct event_span span[2];

	if (!ev || !changed_spans(mm, ev, span) ||
	    mm_zone_of(mm, span[0].start) != s->zone)
		return NO_PFN;
	return span[0].start;
}

pfn_t changes_nearby(const struct screen *s, const struct mm *mm)
{
	const uint64_t now = mm_now(mm);
	pfn_t pfn = NO_PFN;
	struct mm_op op;
	uint64_t i;

	if (mm_op_at(mm, now, &i) || mm_op(mm, i, &op))
		return NO_PFN;
	for (uint64_t n = now; n > op.first && now - n < MAX_LOOK; n--)
		if ((pfn = changed_by(s, mm, n)) != NO_PFN)
			return pfn;
	for (uint64_t n = now + 1; n <= op.last && n - now < MAX_LOOK; n++)
		if ((pfn = changed_by(s, mm, n)) != NO_PFN)
			return pfn;
	return pfn;
}

bool changes_touch(const struct changes *ch, pfn_t pfn, pfn_t end)
{
	for (unsigned int i = 0; i < ch->n; i++)
		if (ch->range[i].pfn < end && pfn < ch->range[i].end)
			return true;
	return false;
}
