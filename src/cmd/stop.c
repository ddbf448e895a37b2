/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stop.c - see stop.h
 */
#include "cmd/stop.h"

#include <string.h>

#include "cmd/lab.h"

/* What the figure of a condition comes to at a moment. */
struct reading {
	bool known;
	int64_t value;
};

static struct reading read_figure(const struct mm *mm, const struct stop *s)
{
	struct reading r = {.known = false};
	const char *unit;

	if (*s->figure)
		r.known = mm_figure(mm, s->figure, &r.value, &unit) == 0;
	return r;
}

static bool compares(const struct stop *s, struct reading r)
{
	return r.known && figure_compares(r.value, s->op, s->value);
}

bool stop_holds(const struct mm *mm, const struct stop *s)
{
	return *s->figure && !s->watch && compares(s, read_figure(mm, s));
}

static bool event_fits(const struct mm *mm, const struct stop *s, uint64_t n)
{
	const struct mm_event *ev = mm_event(mm, n);

	if (*s->event && !glob_match(s->event, mm_event_type(ev->type)->name))
		return false;
	return s->pfn == NO_PFN || event_touches(mm, n, s->pfn);
}

/* Is moment @n a hit?  @before and @after: the figure around its event. */
static bool is_hit(const struct mm *mm, const struct stop *s, uint64_t n,
		   struct reading before, struct reading after)
{
	const bool figure_only = !*s->event && s->pfn == NO_PFN;

	if (s->watch)
		return before.known != after.known ||
		       before.value != after.value;
	if (*s->figure && !compares(s, after))
		return false;
	if (figure_only)
		return !compares(s, before);
	return event_fits(mm, s, n);
}

static void read_all(const struct mm *mm, const struct stop *stop,
		     unsigned int n, struct reading *r)
{
	for (unsigned int i = 0; i < n; i++)
		r[i] = read_figure(mm, &stop[i]);
}

static bool any_hit(const struct mm *mm, const struct stop *stop,
		    unsigned int n, uint64_t moment,
		    const struct reading *before, const struct reading *after,
		    unsigned int *which)
{
	for (unsigned int i = 0; i < n; i++)
		if (is_hit(mm, &stop[i], moment, before[i], after[i])) {
			*which = i;
			return true;
		}
	return false;
}

bool stop_search(struct lab *lab, const struct stop *stop, unsigned int n,
		 int direction, unsigned int *which)
{
	struct mm *mm = lab_seekable(lab);
	const uint64_t here = mm_now(mm), first = mm_first_moment(mm);
	const uint64_t last = mm_last_moment(mm);
	struct reading near[MOST_STOPS], far[MOST_STOPS];
	uint64_t m = here; /* a step leads from m to its neighbour */

	if (direction < 0 && m == first)
		return false;
	if (direction < 0)
		mm_seek(mm, --m);
	read_all(mm, stop, n, near);
	while (direction > 0 ? m < last : m > first) {
		const uint64_t next = direction > 0 ? m + 1 : m - 1;

		if ((m & 1023) == 0 && lab_stop(lab))
			break;
		mm_seek(mm, next);
		read_all(mm, stop, n, far);
		if (direction > 0 &&
		    any_hit(mm, stop, n, next, near, far, which))
			return true;
		if (direction < 0 &&
		    any_hit(mm, stop, n, m, far, near, which)) {
			mm_seek(mm, m);
			return true;
		}
		memcpy(near, far, n * sizeof near[0]);
		m = next;
	}
	mm_seek(mm, here);
	return false;
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
	out_line(out, "stopped by %u, %s: %s", l->stop[which].number,
		 l->stop[which].text,
		 mm_now(mm) == o.last ? "at the end of the line"
				      : "`continue` goes on");
	say_moment(mm, out);
}
