/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_trace.c - the kernel's tracepoints and counters between the calls
 *
 * x lines are tracepoints that fired inside the next call: our events of the
 * same names must be the same ones, in the same order.  k lines are numbers of
 * a zone after the call before.
 */
#include "cmd/case_trace.h"

#include <stdlib.h>
#include <string.h>

static const struct xtype {
	const char *word;
	enum mm_event_type event;
	unsigned int fields;
	const char *names[MOST_FIELDS];
} xtypes[NR_X] = {
	{"extfrag",
	 EV_mm_page_alloc_extfrag,
	 6,
	 {"pfn", "alloc_order", "fallback_order", "alloc_migratetype",
	  "fallback_migratetype", "block_migratetype"}},
	{"zone_locked",
	 EV_mm_page_alloc_zone_locked,
	 4,
	 {"pfn", "order", "migratetype", "percpu_refill"}},
	{"pcpu_drain",
	 EV_mm_page_pcpu_drain,
	 3,
	 {"pfn", "order", "migratetype"}},
};

/* ---- x lines ---- */

bool case_keep_x(struct replay *r)
{
	struct case_file *c = r->c;
	struct case_word w;
	struct xline *x;
	char buf[48];
	int kind = 0;
	int64_t v;

	case_word(c, &w);
	while (kind < NR_X && !case_is(w, xtypes[kind].word))
		kind++;
	if (kind == NR_X)
		return case_bad(c,
				"expected extfrag, zone_locked or pcpu_drain, "
				"got %s",
				case_show(w, buf));
	if (r->nr_x == r->room_x) {
		const size_t room = r->room_x ? 2 * r->room_x : 256;

		x = realloc(r->x, room * sizeof *x);
		if (!x)
			return case_bad(c, "out of memory");
		r->x = x;
		r->room_x = room;
	}
	x = &r->x[r->nr_x++];
	*x = (struct xline){.kind = (enum xkind)kind, .line = c->line};
	for (unsigned int i = 0; i < xtypes[kind].fields; i++) {
		if (!case_int(c, xtypes[kind].names[i], INT32_MIN, INT32_MAX,
			      &v))
			return false;
		x->field[i] = (int32_t)v;
	}
	/* the two finer ones are there from their first line on */
	if (kind != X_EXTFRAG)
		r->fires[X_ZONE_LOCKED] = r->fires[X_PCPU_DRAIN] = true;
	return case_line_ends(c);
}

/* The next event that is compared, after moment *@n. */
static const struct mm_event *next_x(const struct replay *r, uint64_t *n,
				     enum xkind *kind)
{
	while (*n < mm_last_moment(r->mm)) {
		const struct mm_event *ev = mm_event(r->mm, ++*n);

		for (int k = 0; ev && k < NR_X; k++)
			if (r->fires[k] && ev->type == xtypes[k].event) {
				*kind = (enum xkind)k;
				return ev;
			}
	}
	return NULL;
}

static void show_x(enum xkind kind, const int32_t *field, char *buf,
		   size_t size)
{
	int n = snprintf(buf, size, "%s", xtypes[kind].word);

	for (unsigned int i = 0; i < xtypes[kind].fields; i++)
		n += snprintf(buf + n, size - (size_t)n, " %s=%d",
			      xtypes[kind].names[i], field[i]);
}

static bool differs_x(struct replay *r, const struct xline *want,
		      const struct mm_event *got, enum xkind kind)
{
	char expected[200] = "no further tracepoint in this call";
	char have[200] = "none";

	if (want) {
		r->c->line = want->line;
		show_x(want->kind, want->field, expected, sizeof expected);
	}
	if (got)
		show_x(kind, got->arg, have, sizeof have);
	return case_differs(r->c, "expected %s, got %s", expected, have);
}

/* The tracepoints that fired inside the call just made. */
bool case_compare_x(struct replay *r)
{
	const struct mm_event *ev;
	uint64_t n = r->before;
	enum xkind kind = X_EXTFRAG;
	size_t i = 0;

	if (mm_recording(r->mm) == MM_RECORD_OFF ||
	    (!r->c->traced && r->c->mode != CASE_IRQOFF))
		return true;
	if (mm_first_moment(r->mm) > r->before)
		return case_bad(r->c, "one call has too many events");
	while ((ev = next_x(r, &n, &kind))) {
		const struct xline *want = i < r->nr_x ? &r->x[i++] : NULL;

		if (!want || want->kind != kind ||
		    memcmp(want->field, ev->arg,
			   xtypes[kind].fields * sizeof ev->arg[0]) != 0)
			return differs_x(r, want, ev, kind);
	}
	if (i < r->nr_x)
		return differs_x(r, &r->x[i], NULL, kind);
	r->nr_x = 0;
	return true;
}

/* ---- k lines ---- */

static const struct {
	bool of_cpu;
	const char *key;
} kfields[] = {
	{false, "NR_FREE_PAGES"},
	{true, "zdiff_free"},
	{false, "NR_FREE_CMA_PAGES"},
	{true, "zdiff_free_cma"},
	{true, "count"},
	{true, "high"},
	{true, "alloc_factor"},
	{true, "free_count"},
	{true, "flags"},
	{false, "flags"},
	{false, "watermark_boost"},
	{false, "nr_reserved_highatomic"},
	{false, "nr_free_highatomic"},
};

bool case_compare_k(struct replay *r)
{
	int64_t want, got;
	char where[64];
	zone_t zid;

	if (!case_zone(r->c, r->mm, &zid))
		return false;
	for (size_t i = 0; i < sizeof kfields / sizeof kfields[0]; i++) {
		const char *key = kfields[i].key;
		const int e = kfields[i].of_cpu
				      ? mm_get_pcp_field(r->mm, zid, r->cpu,
							 key, &got)
				      : mm_get_zone(r->mm, zid, key, &got);

		if (e)
			return case_bad(r->c, "the model has no %s", key);
		if (!case_int(r->c, key, INT64_MIN / 2, INT64_MAX / 2, &want))
			return false;
		if (want == got)
			continue;
		zone_text(r->mm, zid, where, sizeof where);
		return case_differs(r->c,
				    "%s %s%s after the call before: expected "
				    "%lld, got %lld",
				    where, kfields[i].of_cpu ? "per-CPU " : "",
				    key, (long long)want, (long long)got);
	}
	return case_line_ends(r->c);
}

bool case_left_over_x(struct replay *r)
{
	return differs_x(r, &r->x[0], NULL, r->x[0].kind);
}
