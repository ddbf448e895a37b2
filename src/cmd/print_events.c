/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_events.c - what happened: numbered events, as sentences or fields
 */
#include <stdio.h>
#include <string.h>

#include "cmd/event_text.h"
#include "cmd/internal.h"
#include "cmd/show.h"

/** Unless told otherwise: so many, and so many of those that lie ahead. */
#define BEHIND 20
#define AHEAD 3
/** Longer lines go on below, after a blank: no field is cut. */
#define WIDTH 110
#define INDENT 8

uint64_t events_first(const struct mm *mm, uint64_t last)
{
	const uint64_t first = mm_first_moment(mm) + 1, now = mm_now(mm);

	if (last == 0)
		last = BEHIND;
	return last < now && now - last + 1 > first ? now - last + 1 : first;
}

/* Those that lie ahead come in when there are too few behind. */
uint64_t events_last(const struct mm *mm, uint64_t last)
{
	const uint64_t now = mm_now(mm), end = mm_last_moment(mm);
	const uint64_t behind = now - mm_first_moment(mm);
	uint64_t ahead = last > behind ? last - behind : 0;

	if (last == 0)
		ahead = AHEAD;
	return end - now > ahead ? now + ahead : end;
}

const char *no_events_text(const struct mm *mm)
{
	if (mm_first_moment(mm) == 0)
		return "nothing was done yet; try `alloc`";
	return "the last line made more of them than are kept; try a smaller "
	       "count=";
}

void print_wrapped(const char *text, struct out *out)
{
	size_t room = WIDTH;
	int indent = 0;

	while (strlen(text) > room) {
		size_t cut = room;

		while (cut && text[cut] != ' ')
			cut--;
		if (!cut) /* one long word */
			cut = strcspn(text, " ");
		if (!text[cut])
			break;
		out_line(out, "%*s%.*s", indent, "", (int)cut, text);
		text += cut + 1;
		indent = INDENT;
		room = WIDTH - INDENT;
	}
	out_line(out, "%*s%s", indent, "", text);
}

void event_task_text(const struct mm *mm, const struct mm_event *ev, char *buf,
		     size_t size)
{
	struct mm_task_info ti;

	buf[0] = '\0';
	if (!ev->task)
		return;
	mm_task_info(mm, ev->task, &ti);
	snprintf(buf, size, "%s: ", ti.comm);
}

/** The last events up to where we stand, and a few that lie ahead. */
void print_events(const struct mm *mm, const struct show_what *what,
		  struct out *out)
{
	const uint64_t now = mm_now(mm), last = events_last(mm, what->last);
	const struct mm_event *ev;
	char words[700], task[40], line[800];

	if (mm_last_moment(mm) == mm_first_moment(mm))
		out_line(out, "no events: %s", no_events_text(mm));
	for (uint64_t n = events_first(mm, what->last);
	     n <= last && (ev = mm_event(mm, n)); n++) {
		if (what->lab && lab_stop(what->lab))
			return;
		if (what->fields)
			event_fields(mm, ev, words, sizeof words);
		else
			event_text(mm, ev, EXPLAIN_SENTENCE, words,
				   sizeof words);
		event_task_text(mm, ev, task, sizeof task);
		snprintf(line, sizeof line, "%c %llu %s%s  %s",
			 n == now ? '>' : ' ', (unsigned long long)n, task,
			 mm_event_type(ev->type)->name, words);
		print_wrapped(line, out);
	}
}
