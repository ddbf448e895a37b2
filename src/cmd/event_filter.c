/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_filter.c - which events are meant by some words
 *
 * A word is looked for in what is said of a type of event; so all of them are
 * gone through once, and then each event costs next to nothing.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "cmd/event_text.h"

static bool holds(const char *text, const char *word)
{
	for (; text && *text; text++) {
		size_t i = 0;

		while (word[i] && tolower((unsigned char)text[i]) ==
					  tolower((unsigned char)word[i]))
			i++;
		if (!word[i])
			return true;
	}
	return false;
}

static bool same(const char *a, const char *b)
{
	return strlen(a) == strlen(b) && holds(a, b);
}

/* Its name, sentence, kernel function and section. */
static bool type_says(unsigned int type, const char *word)
{
	const struct mm_event_type_info *info = mm_event_type(type);
	const struct event_words *w = &event_words[type];

	return holds(info->name, word) || holds(w->sentence, word) ||
	       holds(info->models, word) || holds(topic_title(w->topic), word);
}

static bool read_zone(const struct mm *mm, const char *name,
		      struct event_filter *f)
{
	for (unsigned int i = 0; i < mm_nr_zones(mm); i++) {
		const zone_t zid = mm_zone_at(mm, i);
		char text[40];

		zone_text(mm, zid, text, sizeof text);
		if (same(text, name) || same(mm_zone_name(mm, zid), name)) {
			f->zone = zid;
			return true;
		}
	}
	return false;
}

static bool read_word(const struct mm *mm, const char *word,
		      struct event_filter *f)
{
	bool any = false;

	if (strncmp(word, "zone=", 5) == 0)
		return read_zone(mm, word + 5, f);
	if (strncmp(word, "task=", 5) == 0)
		return (f->task = mm_task_find(mm, word + 5)) >= 0;
	for (unsigned int t = 0; t < NR_EVENT_TYPES; t++) {
		f->type[t] = f->type[t] && type_says(t, word);
		any = any || f->type[t];
	}
	return any;
}

bool event_filter_read(const struct mm *mm, const char *text,
		       struct event_filter *f)
{
	*f = (struct event_filter){.zone = NO_ZONE, .task = -1};
	for (unsigned int t = 0; t < NR_EVENT_TYPES; t++)
		f->type[t] = true;
	while (*(text += strspn(text, " "))) {
		const size_t n = strcspn(text, " ");
		char word[64];

		if (n >= sizeof word)
			return false;
		memcpy(word, text, n);
		word[n] = '\0';
		text += n;
		if (!read_word(mm, word, f))
			return false;
	}
	return true;
}

/* Its argument `zone`, or where its frames are. */
static bool is_of_zone(const struct mm *mm, const struct mm_event *ev,
		       zone_t zone)
{
	const char *args = mm_event_type(ev->type)->args;
	struct event_span span[2];

	for (int i = 0; *args; i++) {
		const size_t n = strcspn(args, " ");

		if (n == 4 && memcmp(args, "zone", 4) == 0)
			return ev->arg[i] == zone;
		args += n + (args[n] == ' ');
	}
	return event_spans(mm, ev, span) &&
	       mm_zone_of(mm, span[0].start) == zone;
}

bool event_filter_holds(const struct mm *mm, const struct event_filter *f,
			const struct mm_event *ev)
{
	return f->type[ev->type] && (f->task < 0 || f->task == ev->task) &&
	       (f->zone == NO_ZONE || is_of_zone(mm, ev, f->zone));
}
