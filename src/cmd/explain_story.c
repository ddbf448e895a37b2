/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_story.c - an operation as a tree, with repetition folded away
 *
 * What is told again and again is told once.  Three things repeat: requests
 * of one line, blocks within a refill or a flush, and rounds of events, one
 * of a type in a row or many.  The first two are compared by kind: the set of
 * event types they have, and the reasons; a kind that was not there yet is told
 * in full.
 */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "cmd/event_text.h"
#include "cmd/internal.h"
#include "cmd/show.h"

/** Runs of one type of event, longer than this, are folded. */
#define RUN_SHOWN 3
/** Longest round of events that is looked for. */
#define MAX_ROUND 200
/** Kinds that are told apart; beyond, only new reasons are news. */
#define MAX_KINDS 24

/** Of small numbers: types of events, reasons. */
struct set {
	uint64_t bits[4];
};
_Static_assert(NR_EVENT_TYPES <= 256 && NR_REASONS <= 256,
	       "a kind is two sets of 256");

/** What a stretch of events is made of. */
struct kind {
	struct set types, reasons;
};

struct kinds {
	struct set types[MAX_KINDS], reasons;
	unsigned int n;
};

struct story {
	struct lab *lab;
	const struct mm *mm;
	struct out *out;
	enum explain_depth depth;
	bool all, folded;
	unsigned int task; /* whose events the last line was of */
};

/* Place of the argument that is a reason; -1: it has none. */
static int reason_place(unsigned int type)
{
	const struct mm_event ev = {.type = (uint16_t)type};
	char name[40], letter;

	for (unsigned int i = 0;
	     i < MM_EVENT_ARGS && (letter = event_arg_letter(&ev, i, name));
	     i++)
		if (letter == 'R')
			return (int)i;
	return -1;
}

static void set_add(struct set *s, uint32_t i)
{
	s->bits[i / 64 % 4] |= (uint64_t)1 << i % 64;
}

/* Put the second into the first; true if that had not all of it. */
static bool set_join(struct set *s, const struct set *more)
{
	bool grew = false;

	for (int i = 0; i < 4; i++) {
		grew |= (more->bits[i] & ~s->bits[i]) != 0;
		s->bits[i] |= more->bits[i];
	}
	return grew;
}

static struct kind kind_of(const struct mm *mm, uint64_t first, uint64_t last)
{
	struct kind k = {{{0}}, {{0}}};

	for (uint64_t n = first; n <= last; n++) {
		const struct mm_event *ev = mm_event(mm, n);
		const int at = reason_place(ev->type);

		if (ev->type == EV_owner) /* only the first one has it */
			continue;
		set_add(&k.types, ev->type);
		if (at >= 0)
			set_add(&k.reasons, (uint32_t)ev->arg[at]);
	}
	return k;
}

/* Is it news?  It is none the next time. */
static bool is_news(struct kinds *seen, struct kind k)
{
	bool news = set_join(&seen->reasons, &k.reasons), known = false;

	for (unsigned int i = 0; i < seen->n; i++)
		known |= memcmp(&seen->types[i], &k.types, sizeof k.types) == 0;
	if (!known && seen->n < MAX_KINDS) {
		seen->types[seen->n++] = k.types;
		news = true;
	}
	return news;
}

/* ---- lines ---- */

static int indent_of(const struct mm_event *ev)
{
	return (int)(2 * mm_event_type(ev->type)->depth + 2);
}

/*
 * Why nothing was got: the last zone that said no, and what followed.  The
 * events before @n have it.
 */
static void refusal_text(const struct mm *mm, uint64_t n,
			 enum explain_depth depth, char *buf, size_t size)
{
	const struct mm_event *ev = mm_event(mm, n);
	char zone[240] = "", slow[160] = "", gfp[400];
	const int32_t order = ev->arg[1], result = ev->arg[4];

	mm_gfp_print((gfp_t)ev->arg[3], gfp, sizeof gfp);
	while (result == REASON_REFUSED && !zone[0] &&
	       (ev = mm_event(mm, --n)) && ev->type != EV_alloc_request) {
		if (ev->type == EV_slowpath && !slow[0])
			snprintf(slow, sizeof slow, "%s",
				 reason_text(ev->arg[1]));
		if (ev->type == EV_zone_watermark ||
		    ev->type == EV_zone_failed || ev->type == EV_zone_skipped)
			event_text(mm, ev, depth, zone, sizeof zone);
	}
	if (!zone[0] && !slow[0])
		snprintf(buf, size, "refused, order %" PRId32 " for %s: %s",
			 order, gfp, reason_text(result));
	else
		snprintf(buf, size, "refused, order %" PRId32 " for %s: %s%s%s",
			 order, gfp, zone, zone[0] && slow[0] ? "; " : "",
			 slow);
}

/* The events that follow are another's. */
static void task_line(struct story *s, const struct mm_event *ev)
{
	struct mm_task_info ti;

	if (ev->task == s->task)
		return;
	s->task = ev->task;
	mm_task_info(s->mm, ev->task, &ti);
	out_line(s->out, "[%s]", ti.comm);
}

static void event_line(struct story *s, uint64_t n)
{
	const struct mm_event *ev = mm_event(s->mm, n);
	char text[900];

	task_line(s, ev);

	if (ev->type == EV_mm_page_alloc && ev->arg[4] != REASON_SERVED)
		refusal_text(s->mm, n,
			     s->depth == EXPLAIN_SENTENCE ? EXPLAIN_SENTENCE
							  : EXPLAIN_NUMBERS,
			     text, sizeof text);
	else
		event_text(s->mm, ev, s->depth, text, sizeof text);
	out_line(s->out, "%*s%s", indent_of(ev), "", text);
}

/* ---- events in a row ---- */

/*
 * A second event that only repeats the one before: the split that gave back
 * the half just put on a list, the block that leaves its list to merge.
 */
static bool says_nothing_new(const struct story *s, uint64_t n, uint64_t last)
{
	const struct mm_event *ev = mm_event(s->mm, n), *next;

	if (s->all || s->depth == EXPLAIN_KERNEL)
		return false;
	if (ev->type == EV_buddy_split)
		return true;
	if (ev->type != EV_list_del || ev->arg[3] != REASON_MERGED)
		return false;
	next = n < last ? mm_event(s->mm, n + 1) : NULL;
	return next && next->type == EV_buddy_merge;
}

/* Does the second event say of another thing what the first said? */
static bool alike(const struct mm_event *a, const struct mm_event *b)
{
	int at;

	/* who was not killed, and why, is told of everybody */
	if (a->type != b->type || a->type == EV_oom_badness)
		return false;
	at = reason_place(a->type);
	return a->task == b->task && (at < 0 || a->arg[at] == b->arg[at]);
}

/* Of events from @n on, how many come again as they were, @period later. */
static uint64_t matching(const struct story *s, uint64_t n, uint64_t last,
			 unsigned int period)
{
	uint64_t i = n;

	while (i + period <= last &&
	       alike(mm_event(s->mm, i), mm_event(s->mm, i + period)))
		i++;
	return i - n;
}

/* A pair that shows as one line: merges, each with the block it takes. */
static bool is_one_line(const struct story *s, uint64_t n, uint64_t last)
{
	return says_nothing_new(s, n, last) || says_nothing_new(s, n + 1, last);
}

/** A round of events that comes again and again. */
struct rounds {
	uint64_t length, times;
};

/* The rounds that begin at @n and cover most; of those, the shortest. */
static struct rounds rounds_at(const struct story *s, uint64_t n, uint64_t last)
{
	struct rounds best = {1, 1};

	if (s->all)
		return best;
	for (unsigned int p = 1; p <= MAX_ROUND && n + p <= last; p++) {
		const uint64_t times = 1 + matching(s, n, last, p) / p;

		if (p == 2 && is_one_line(s, n, last))
			continue;
		if (times > RUN_SHOWN && times * p > best.times * best.length)
			best = (struct rounds){p, times};
	}
	return best;
}

static void tell_events(struct story *s, uint64_t n, uint64_t last)
{
	while (n <= last) {
		const struct rounds r = rounds_at(s, n, last);
		const uint64_t end = n + r.times * r.length;

		if (lab_stop(s->lab))
			return;
		if (says_nothing_new(s, n, last)) {
			s->folded = true;
			n++;
			continue;
		}
		if (r.times == 1) {
			event_line(s, n++);
			continue;
		}
		/* a round is shorter than what it is part of, so this ends */
		tell_events(s, n, n + r.length - 1);
		out_line(s->out, "%*s... %" PRIu64 " more like it, the last:",
			 indent_of(mm_event(s->mm, n)), "", r.times - 1);
		tell_events(s, end - r.length, end - 1);
		s->folded = true;
		n = end;
	}
}

/* ---- blocks of a refill or a flush ---- */

/*
 * The event that ends the account of one block which begins at @n: taken for
 * a refill, or flushed from a per-CPU list; 0 when there is none.
 */
static uint64_t block_end(const struct story *s, uint64_t n, uint64_t last)
{
	unsigned int least = 9;

	for (; n <= last && least >= 2; n++) {
		const struct mm_event *ev = mm_event(s->mm, n);
		const unsigned int depth = mm_event_type(ev->type)->depth;

		if (ev->type == EV_mm_page_alloc_zone_locked)
			return least >= 4 ? n : 0;
		if (ev->type == EV_mm_page_pcpu_drain)
			return n;
		if (depth < least)
			least = depth;
	}
	return 0;
}

static void tell_gap(struct story *s, uint64_t *gap, uint64_t end)
{
	const struct mm_event *ev;
	char text[40];

	if (!*gap)
		return;
	ev = mm_event(s->mm, end);
	event_block_text(s->mm, ev, text, sizeof text);
	out_line(s->out, "%*s... %" PRIu64 " more the same way, the last: %s",
		 indent_of(ev), "", *gap, text);
	*gap = 0;
	s->folded = true;
}

/* One request: plain events, and blocks that are folded when alike. */
static void tell_request(struct story *s, uint64_t n, uint64_t last)
{
	struct kinds seen = {.n = 0};
	uint64_t gap = 0, gap_end = 0, plain = n;

	if (s->all) {
		tell_events(s, n, last);
		return;
	}
	while (n <= last) {
		const uint64_t end = block_end(s, n, last);

		if (!end) {
			tell_gap(s, &gap, gap_end);
			n++;
			continue;
		}
		if (plain < n)
			tell_events(s, plain, n - 1);
		if (is_news(&seen, kind_of(s->mm, n, end))) {
			tell_gap(s, &gap, gap_end);
			tell_events(s, n, end);
		} else {
			gap++;
			gap_end = end;
		}
		plain = n = end + 1;
	}
	tell_gap(s, &gap, gap_end);
	if (plain <= last)
		tell_events(s, plain, last);
}

/* ---- requests of an operation ---- */

bool ends_request(const struct mm_event *ev)
{
	return mm_event_type(ev->type)->grain == GRAIN_REQUEST &&
	       ev->type != EV_owner;
}

static void tell_skipped(struct story *s, uint64_t *skipped)
{
	if (!*skipped)
		return;
	out_line(s->out, "  ... %" PRIu64 " more request%s the same way",
		 *skipped, *skipped == 1 ? "" : "s");
	*skipped = 0;
	s->folded = true;
}

/* Then most blocks come back in its way out, and one of them tells it. */
static bool somebody_exits(const struct mm *mm, const struct mm_op *op)
{
	for (uint64_t n = op->first + 1; n <= op->last; n++)
		if (mm_event(mm, n) && mm_event(mm, n)->type == EV_process_exit)
			return true;
	return false;
}

bool explain_story(struct lab *lab, const struct mm_op *op,
		   enum explain_depth depth, bool all, struct out *out)
{
	const struct mm *mm = lab_mm(lab);
	struct story s = {
		.lab = lab, .mm = mm, .out = out, .depth = depth, .all = all};
	struct kinds seen = {.n = 0};
	uint64_t first = op->first + 1, skipped = 0;
	unsigned int frees = somebody_exits(mm, op) ? 1 : UINT_MAX;

	for (uint64_t n = first; n <= op->last && mm_event(mm, n); n++) {
		if (n < op->last && !ends_request(mm_event(mm, n)))
			continue;
		if (lab_stop(lab))
			break;
		if (all || (is_news(&seen, kind_of(mm, first, n)) &&
			    (mm_event(mm, n)->type != EV_free_done ||
			     (frees && frees--)))) {
			tell_skipped(&s, &skipped);
			tell_request(&s, first, n);
		} else {
			skipped++;
		}
		first = n + 1;
	}
	tell_skipped(&s, &skipped);
	return s.folded;
}
