/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_text.c - one event in words, from the row of event_words.c
 */
#include "cmd/event_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cmd/event_arg.h"
#include "cmd/show.h"

void event_arg_text(const struct mm *mm, char letter, int32_t value, char *buf,
		    size_t size)
{
	struct words w = {
		.mm = mm, .depth = EXPLAIN_NUMBERS, .buf = buf, .size = size};

	if (size == 0)
		return;
	buf[0] = '\0';
	say_arg(&w, letter, value);
}

void event_block_text(const struct mm *mm, const struct mm_event *ev, char *buf,
		      size_t size)
{
	struct words w = {.mm = mm, .buf = buf, .size = size};

	if (size == 0)
		return;
	buf[0] = '\0';
	say_frames(&w, (pfn_t)ev->arg[0], ev->arg[1]);
}

/* $b01, $B01 and $L02 have two arguments, all others one. */
static void fill_in(struct words *w, const char *text)
{
	for (const char *s = text; *s; s++) {
		const char letter = s[1];
		const bool two = *s == '$' && strchr("bBL", letter);
		int32_t v;

		if (*s != '$') {
			say(w, "%c", *s);
			continue;
		}
		if (letter == '<' || letter == '>') {
			v = w->arg[s[3] - '0'];
			v = letter == '<' ? v & 0xffff
					  : (int32_t)((uint32_t)v >> 16);
			say_arg(w, s[2], v);
			s += 3;
			continue;
		}
		v = w->arg[s[2] - '0'];
		if (letter == 'b')
			say_block(w, (pfn_t)v, w->arg[s[3] - '0']);
		else if (letter == 'B')
			say_frames(w, (pfn_t)v, w->arg[s[3] - '0']);
		else if (letter == 'L')
			say_frames(w, (pfn_t)v,
				   list_order(w->mm, w->arg[s[3] - '0']));
		else
			say_arg(w, letter, v);
		s += two ? 3 : 2;
	}
}

/* ---- events whose sentence depends on how they went ---- */

/*
 * "usable 240 - reserve 0 - mark low 226 = 14": usable is what is free and
 * may be touched; of a block all frames but one are taken off first.
 */
static void say_sum(struct words *w)
{
	const int32_t *a = w->arg;
	const int32_t rest = (1 << (a[1] & 15)) - 1;

	say(w, "usable %" PRId64, (int64_t)a[5] + rest);
	if (rest)
		say(w, " - rest of the block %" PRId32, rest);
	fill_in(w, " - reserve $d4 - ");
	say(w, a[2] & MARK_HINT ? "" : "mark ");
	fill_in(w, "$m2");
	say(w, a[2] & MARK_BULK ? " and the pages wanted " : " ");
	fill_in(w, "$d3 = ");
	say(w, "%lld", (long long)a[5] - a[4] - a[3]);
}

/* A look at the high mark first: above it, the real test is not needed. */
static void says_hint(struct words *w)
{
	const int32_t result = w->arg[6];

	fill_in(w, "$z0: above high? ");
	if (w->depth != EXPLAIN_SENTENCE) {
		say_sum(w);
		say(w, ": ");
	}
	if (result == REASON_WMARK_OK)
		say(w, "yes, that is enough");
	else if (result == REASON_WMARK_SHORT)
		say(w, "no, so the mark itself is tested");
	else if (result == REASON_WMARK_NO_BLOCK)
		fill_in(w, "yes, but no block of order $d1 or more");
	else
		fill_in(w, "$r6");
}

static void says_watermark(struct words *w)
{
	const int32_t *a = w->arg;

	if (a[2] & MARK_HINT) {
		says_hint(w);
		return;
	}
	if (w->depth == EXPLAIN_SENTENCE) {
		fill_in(w, a[2] & MARK_BULK
				   ? "$z0, $m2 watermark and the pages "
				     "wanted: $r6"
				   : "$z0, $m2 watermark: $r6");
		return;
	}
	fill_in(w, "$z0: ");
	say_sum(w);
	if (a[6] == REASON_WMARK_SHORT)
		say(w, ": too few, it must be more than 0");
	else
		fill_in(w, ": $r6");
	if (a[6] == REASON_WMARK_NO_BLOCK)
		fill_in(w, " (order $d1)");
}

static void says_refused(struct words *w)
{
	const int32_t *a = w->arg;

	fill_in(w, "$t2[$d1] refused: ");
	if (w->depth == EXPLAIN_SENTENCE || a[6] != REASON_BELOW_HALF) {
		fill_in(w, "$r6");
		return;
	}
	fill_in(w, "pageblock of $p0 has $d3 free + $d4 alike of ");
	say(w, "%u, needs %d", 1u << mm_pageblock_order(w->mm), a[5]);
}

static void says_extfrag(struct words *w)
{
	fill_in(w, w->arg[6] ? "pageblock of $p0 claimed from $t4 for $t3"
			     : "$B02 stolen from $t4 for $t3");
	if (w->depth != EXPLAIN_SENTENCE)
		fill_in(w, ": order $d1 wanted, order $d2 found, pageblock "
			   "now $t5");
}

static void says_alloc(struct words *w)
{
	fill_in(w, w->arg[4] == REASON_SERVED ? "served: $B01" : "$r4");
	if (w->depth != EXPLAIN_SENTENCE)
		fill_in(w, ", order $d1, $t2, $g3");
}

static void says_list_add(struct words *w)
{
	fill_in(w, w->arg[3] ? "$B01 to the tail of $t2[$d1]: $r4"
			     : "$B01 to the head of $t2[$d1]: $r4");
}

static void says_stop(struct words *w)
{
	fill_in(w, "$B02 stays at order $d2");
	if (w->depth != EXPLAIN_SENTENCE && w->arg[3] != REASON_MAX_ORDER)
		fill_in(w, ", buddy $b12");
	fill_in(w, ": $r3");
}

/* The event has the merged block and the buddy; the rest is the half freed. */
static void says_merge(struct words *w)
{
	const pfn_t pfn = (pfn_t)w->arg[0], buddy = (pfn_t)w->arg[1];
	const int32_t order = w->arg[2] > 0 ? w->arg[2] - 1 : 0;
	const pfn_t other = pfn + (1u << (order & 31));

	say_frames(w, buddy == pfn ? other : pfn, order);
	say(w, " and its free buddy ");
	say_block(w, buddy, order);
	fill_in(w, w->depth == EXPLAIN_SENTENCE ? " merge to $b02"
						: " merge to $b02, order $d2");
}

/* Number -1 stands for a line that is told by no event of its own. */
static void says_setting(struct words *w)
{
	fill_in(w, w->arg[0] < 0 ? "done; this line has no steps to look into"
		   : w->arg[1] == w->arg[2] ? "$i0 is $d2, as it was"
					    : "$i0 changed from $d1 to $d2");
}

/* ---- the whole ---- */

static void (*says_of(unsigned int type))(struct words *w)
{
	switch (type) {
	case EV_zone_watermark:
		return says_watermark;
	case EV_fallback_refused:
		return says_refused;
	case EV_mm_page_alloc_extfrag:
		return says_extfrag;
	case EV_mm_page_alloc:
		return says_alloc;
	case EV_buddy_stop:
		return says_stop;
	case EV_list_add:
		return says_list_add;
	case EV_buddy_merge:
		return says_merge;
	case EV_setting:
		return says_setting;
	default:
		return NULL;
	}
}

/* " [kernel: expand(), mm/page_alloc.c; page_allocation.rst, "..."]" */
static void say_kernel(struct words *w, unsigned int type)
{
	const struct event_words *row = &event_words[type];
	const char *title = topic_title(row->topic);
	const char *models = mm_event_type(type)->models;
	const bool words = strchr(models, '>') != NULL; /* "a on b->c" */

	if (!title)
		return;
	say(w, " [kernel: ");
	for (const char *s = models; *s; s++) {
		if (*s == ',' && !words)
			say(w, "()");
		say(w, "%c", *s);
	}
	if (!words)
		say(w, "()");
	say(w, ", %s; page_allocation.rst, \"%s\"]",
	    row->file ? row->file : "mm/page_alloc.c", title);
}

/**
 * event_text - one event in words, one printable line
 *
 * Cut to @size; at EXPLAIN_KERNEL the kernel's function and the section of
 * its document follow in brackets.
 */
void event_text(const struct mm *mm, const struct mm_event *ev,
		enum explain_depth depth, char *buf, size_t size)
{
	struct words w = {.mm = mm,
			  .arg = ev->arg,
			  .depth = depth,
			  .buf = buf,
			  .size = size};
	const struct event_words *row;
	void (*says)(struct words * w);

	if (size == 0)
		return;
	buf[0] = '\0';
	if (ev->type >= NR_EVENT_TYPES)
		return;
	row = &event_words[ev->type];
	says = says_of(ev->type);
	if (says)
		says(&w);
	else
		fill_in(&w, depth == EXPLAIN_SENTENCE || !row->numbers
				    ? row->sentence
				    : row->numbers);
	if (depth == EXPLAIN_KERNEL &&
	    (ev->type != EV_setting || ev->arg[0] >= 0))
		say_kernel(&w, ev->type);
}
