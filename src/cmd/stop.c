/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stop.c - see stop.h
 */
#include "cmd/stop.h"

#include <string.h>

#include "cmd/lab.h"

/* What the expression of a condition comes to at a moment. */
struct reading {
	bool known;
	int64_t value;
};

void stop_end(struct stop *s)
{
	expr_free(s->expr);
	s->expr = NULL;
}

void stop_list_end(struct stop_list *l)
{
	while (l->n)
		stop_end(&l->stop[--l->n]);
}

static bool holds(struct reading r)
{
	return r.known && r.value != 0;
}

bool stop_holds(const struct mm *mm, const struct stop *s)
{
	struct expr_why why;
	int64_t value;

	return s->expr && !s->watch &&
	       expr_value(s->expr, mm, 0, &value, &why) && value != 0;
}

static bool event_fits(const struct mm *mm, const struct stop *s, uint64_t n)
{
	const struct mm_event *ev = mm_event(mm, n);

	if (*s->event && !glob_match(s->event, mm_event_type(ev->type)->name))
		return false;
	return s->pfn == NO_PFN || event_touches(mm, n, s->pfn);
}

/* Is moment @n a hit?  @before and @after: the reading around its event. */
static bool is_hit(const struct mm *mm, const struct stop *s, uint64_t n,
		   struct reading before, struct reading after)
{
	const bool test_only = !*s->event && s->pfn == NO_PFN;

	if (s->watch)
		return before.known != after.known ||
		       before.value != after.value;
	if (s->expr && !holds(after))
		return false;
	if (test_only)
		return !holds(before);
	return event_fits(mm, s, n);
}

/* A walk over the moments, with what the conditions need to know of each. */
struct walk {
	struct mm *mm;
	const struct stop *stop;
	unsigned int n;
	bool counts_events;
	uint64_t counts[NR_EVENT_TYPES]; /* up to where the world stands */
	struct reading near[MOST_STOPS], far[MOST_STOPS];
};

static void read_all(const struct walk *w, struct reading *r)
{
	struct expr_why why;

	for (unsigned int i = 0; i < w->n; i++) {
		r[i] = (struct reading){.known = false};
		if (w->stop[i].expr)
			r[i].known = expr_value_counted(w->stop[i].expr, w->mm,
							w->counts, &r[i].value,
							&why);
	}
}

static void count(struct walk *w, uint64_t moment, int by)
{
	const struct mm_event *ev =
		w->counts_events ? mm_event(w->mm, moment) : NULL;

	if (ev)
		w->counts[ev->type] += (uint64_t)by;
}

static void walk_start(struct walk *w)
{
	for (unsigned int i = 0; i < w->n; i++)
		if (w->stop[i].expr && expr_counts(w->stop[i].expr))
			w->counts_events = true;
	for (uint64_t m = mm_first_moment(w->mm);
	     w->counts_events && m < mm_now(w->mm);)
		count(w, ++m, 1);
}

static void walk_to(struct walk *w, uint64_t moment)
{
	const uint64_t now = mm_now(w->mm);

	if (moment > now)
		count(w, moment, 1);
	else
		count(w, now, -1);
	mm_seek(w->mm, moment);
}

static bool any_hit(const struct walk *w, uint64_t moment,
		    const struct reading *before, const struct reading *after,
		    unsigned int *which)
{
	for (unsigned int i = 0; i < w->n; i++)
		if (is_hit(w->mm, &w->stop[i], moment, before[i], after[i])) {
			*which = i;
			return true;
		}
	return false;
}

bool stop_search(struct lab *lab, const struct stop *stop, unsigned int n,
		 int direction, unsigned int *which)
{
	struct walk w = {.mm = lab_seekable(lab), .stop = stop, .n = n};
	const uint64_t here = mm_now(w.mm), first = mm_first_moment(w.mm);
	const uint64_t last = mm_last_moment(w.mm);
	uint64_t m = here; /* a step leads from m to its neighbour */

	if (direction < 0 && m == first)
		return false;
	walk_start(&w);
	if (direction < 0)
		walk_to(&w, --m);
	read_all(&w, w.near);
	while (direction > 0 ? m < last : m > first) {
		const uint64_t next = direction > 0 ? m + 1 : m - 1;

		if ((m & 1023) == 0 && lab_stop(lab))
			break;
		walk_to(&w, next);
		read_all(&w, w.far);
		if (direction > 0 && any_hit(&w, next, w.near, w.far, which))
			return true;
		if (direction < 0 && any_hit(&w, m, w.far, w.near, which)) {
			mm_seek(w.mm, m);
			return true;
		}
		memcpy(w.near, w.far, n * sizeof w.near[0]);
		m = next;
	}
	mm_seek(w.mm, here);
	return false;
}

const char *stop_kind(const struct stop *s)
{
	return s->watch ? "watch" : "break";
}

struct stop_list *lab_stops(struct lab *lab)
{
	return &lab->stops;
}

void lab_stop_inside(struct lab *lab, uint64_t op, struct out *out)
{
	struct mm *mm = lab_seekable(lab);
	const struct stop_list *l = &lab->stops;
	struct mm_op o;
	unsigned int which;

	if (!l->n || mm_op(mm, op, &o) || mm_seek(mm, o.first))
		return;
	if (!stop_search(lab, l->stop, l->n, 1, &which)) {
		mm_seek(mm, o.last);
		return;
	}
	out_line(out, "stopped by %s %u, %s: %s", stop_kind(&l->stop[which]),
		 l->stop[which].number, l->stop[which].text,
		 mm_now(mm) == o.last ? "at the end of the line"
				      : "`continue` goes on");
	say_moment(mm, out);
}
