/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_topic.c - an operation's story, of one topic only
 *
 * A list without indents: what the other topics have to say is left out, so
 * how deep an event lies tells nothing here.
 */
#include "cmd/explain_topic.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cmd/internal.h"

/** Of more events that say the same, the first and the last are told. */
#define ALIKE_SHOWN 3

static const struct {
	const char *word;
	enum event_topic topic;
} words[] = {
	{"buddies", TOPIC_BUDDY},	  {"pcp", TOPIC_PCP},
	{"types", TOPIC_TYPES},		  {"watermarks", TOPIC_WMARK},
	{"zones", TOPIC_ZONES},		  {"reserve", TOPIC_HIGHATOMIC},
	{"compaction", TOPIC_COMPACTION},
};

enum event_topic explain_topic_of(const char *word)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i].word, word) == 0)
			return words[i].topic;
	return TOPIC_NONE;
}

/* Said once more by the event before or after it. */
static bool repeats(const struct mm_event *ev, enum explain_depth depth)
{
	return depth != EXPLAIN_KERNEL &&
	       (ev->type == EV_buddy_split ||
		(ev->type == EV_list_del && ev->arg[3] == REASON_MERGED));
}

/* What is being told. */
struct telling {
	const struct mm *mm;
	struct out *out;
	enum explain_depth depth;
	char before[900]; /* the line before this one */
	/* a row of events of one type */
	unsigned int type;
	uint64_t n, last;
};

/* The same sentence twice in a row is told once. */
static void tell(struct telling *t, const struct mm_event *ev)
{
	char text[sizeof t->before];

	event_text(t->mm, ev, t->depth, text, sizeof text);
	if (strcmp(text, t->before) != 0)
		out_line(t->out, "  %s", text);
	memcpy(t->before, text, sizeof text);
}

static void end_row(struct telling *t)
{
	if (t->n > ALIKE_SHOWN + 1)
		out_line(t->out, "  ... %" PRIu64 " more like it, the last:",
			 t->n - ALIKE_SHOWN);
	if (t->n > ALIKE_SHOWN)
		tell(t, mm_event(t->mm, t->last));
	t->n = 0;
}

bool explain_topic(struct lab *lab, const struct mm_op *op,
		   enum event_topic topic, enum explain_depth depth,
		   struct out *out)
{
	struct telling t = {.mm = lab_mm(lab), .out = out, .depth = depth};
	const struct mm_event *ev;
	bool any = false;

	for (uint64_t n = op->first + 1;
	     n <= op->last && (ev = mm_event(t.mm, n)) && !lab_stop(lab); n++) {
		if (event_words[ev->type].topic != topic || repeats(ev, depth))
			continue;
		any = true;
		if (ev->type != t.type)
			end_row(&t);
		t.type = ev->type;
		t.last = n;
		if (++t.n <= ALIKE_SHOWN)
			tell(&t, ev);
	}
	end_row(&t);
	return any;
}
