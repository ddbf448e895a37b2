/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_run.c - the calls of a recording, each answer compared
 *
 * A recording with x lines has the kernel's tracepoints, which are our events
 * of the same names; without them nothing is recorded, for speed.  When such
 * a run goes wrong, it is made once more with events from that call on, so
 * that the decision can be told.
 */
#include "cmd/case_trace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define DAMAGED "the recording is damaged, take a fresh copy"
#define MOST_BULK (1 << 20)
/* Start a new list of events when the old one has become long. */
#define MOST_EVENTS 65536
/* Lines of a story at the most; its middle is left out. */
#define STORY_HEAD 60
#define STORY_TAIL 60

/* ---- calls ---- */

/* A new call: remember where its events begin. */
static bool begin_call(struct replay *r)
{
	const bool on = mm_recording(r->mm) != MM_RECORD_OFF;

	if ((on && mm_last_moment(r->mm) > MOST_EVENTS) ||
	    (!on && r->calls + 1 >= r->record_from))
		if (mm_record(r->mm, MM_RECORD_EVENTS))
			return case_bad(r->c, "out of memory");
	r->before = mm_last_moment(r->mm);
	return true;
}

static void pfn_text(pfn_t pfn, char buf[32])
{
	if (pfn == NO_PFN)
		snprintf(buf, 32, "a refusal");
	else
		snprintf(buf, 32, "pfn %u", pfn);
}

/* The words after the numbers of an a or f line. */
static bool read_suffixes(struct case_file *c, uint16_t *caller)
{
	struct case_word w;
	char buf[48];

	while (case_word(c, &w)) {
		if (case_is(w, "memalloc"))
			*caller |= MM_CALLER_MEMALLOC;
		else if (!case_is(w, "irq"))
			return case_bad(c,
					"expected irq or memalloc, got %s; a "
					"call of another kind cannot be "
					"replayed",
					case_show(w, buf));
	}
	return true;
}

/* ORDER GFP NID PFN */
static bool call_alloc(struct replay *r)
{
	struct mm_request want = {.cpu = (uint16_t)r->cpu, .caller = r->caller};
	int64_t order, gfp, nid, pfn;
	char expected[32], have[32];
	pfn_t got;

	if (!case_int(r->c, "an order", 0, 63, &order) ||
	    !case_int(r->c, "GFP flags", 0, UINT32_MAX, &gfp) ||
	    !case_int(r->c, "a node", -1, mm_nr_nodes(r->mm) - 1, &nid) ||
	    !case_int(r->c, "a frame or -1", -1, MM_MAX_FRAMES - 1, &pfn) ||
	    !read_suffixes(r->c, &want.caller) || !begin_call(r))
		return false;
	want.order = (uint16_t)order;
	want.gfp = (gfp_t)gfp;
	want.nid = (int16_t)nid;
	/* Running processes put what they ask for as movable on the LRU. */
	if (r->c->mode == CASE_WORKLOAD && want.gfp & GFP_BIT_MOVABLE)
		want.attr = PAGE_LRU;
	if (mm_alloc_pages(r->mm, &want, &got) == -EINVAL)
		return case_bad(r->c, "%s", mm_request_error(r->mm, &want));
	if (got == (pfn_t)pfn) /* -1 is NO_PFN */
		return true;
	pfn_text((pfn_t)pfn, expected);
	pfn_text(got, have);
	return case_differs(r->c,
			    "allocation of order %d, gfp 0x%x: expected %s, "
			    "got %s",
			    (int)order, want.gfp, expected, have);
}

/*
 * Frames of a block that was split without a line of its own, as the kernel
 * does for exact sizes and for vmalloc: split it, so that a part can be freed.
 */
static bool split_around(struct replay *r, pfn_t pfn, unsigned int order)
{
	struct mm_frame f;
	struct mm_error err;

	mm_frame(r->mm, pfn, &f);
	if (r->c->mode != CASE_WORKLOAD || f.kind != FRAME_USED ||
	    f.order <= order || f.attr & PAGE_COMPOUND)
		return false;
	return mm_split_page(r->mm, f.head, &err) == 0;
}

/* PFN ORDER */
static bool call_free(struct replay *r)
{
	uint16_t caller = 0;
	struct mm_error err;
	int64_t pfn, order;
	int e;

	if (!case_int(r->c, "a frame", 0, MM_MAX_FRAMES - 1, &pfn) ||
	    !case_int(r->c, "an order", 0, mm_max_order(r->mm), &order) ||
	    !read_suffixes(r->c, &caller) || !begin_call(r))
		return false;
	e = mm_free_run(r->mm, (pfn_t)pfn, (unsigned int)order, r->cpu, &err);
	if (e && split_around(r, (pfn_t)pfn, (unsigned int)order)) {
		r->before = mm_last_moment(r->mm);
		e = mm_free_run(r->mm, (pfn_t)pfn, (unsigned int)order, r->cpu,
				&err);
	}
	return e ? case_bad(r->c, "%s; " DAMAGED, err.text) : true;
}

/* NR GFP NID GOT, then the frames */
static bool call_bulk(struct replay *r)
{
	struct mm_request want = {.cpu = (uint16_t)r->cpu, .caller = r->caller};
	int64_t nr, gfp, nid, got;
	struct case_list l;
	pfn_t pfn;
	int have;

	if (!case_int(r->c, "a number of pages", 1, MOST_BULK, &nr) ||
	    !case_int(r->c, "GFP flags", 0, UINT32_MAX, &gfp) ||
	    !case_int(r->c, "a node", -1, mm_nr_nodes(r->mm) - 1, &nid) ||
	    !case_int(r->c, "how many were got", 0, nr, &got) ||
	    !read_suffixes(r->c, &want.caller) || !begin_call(r))
		return false;
	if (!r->bulk)
		r->bulk = malloc(MOST_BULK * sizeof *r->bulk);
	if (!r->bulk)
		return case_bad(r->c, "out of memory");
	want.gfp = (gfp_t)gfp;
	want.nid = (int16_t)nid;
	have = mm_alloc_bulk(r->mm, &want, (unsigned int)nr, r->bulk);
	if (have < 0)
		return case_bad(r->c, "a request without a meaning; " DAMAGED);
	if (have != got)
		return case_differs(r->c,
				    "bulk request for %d: expected %d pages, "
				    "got %d",
				    (int)nr, (int)got, have);
	for (l.left = got; l.left;) {
		if (!case_list_pfn(r->c, &l, &pfn))
			return false;
		if (pfn != r->bulk[got - l.left - 1])
			return case_differs(r->c,
					    "page %d of the bulk request: "
					    "expected pfn %u, got %u",
					    (int)(got - l.left), pfn,
					    r->bulk[got - l.left - 1]);
	}
	return true;
}

static bool call_drain(struct replay *r)
{
	if (!case_line_ends(r->c) || !begin_call(r))
		return false;
	mm_drain_local(r->mm, r->cpu);
	return true;
}

/* PFN ORDER; pages from before the recording are single ones already */
static bool call_split(struct replay *r)
{
	struct mm_error err;
	struct mm_frame f;
	int64_t pfn, order;

	if (!case_int(r->c, "a frame", 0, mm_end_pfn(r->mm) - 1, &pfn) ||
	    !case_int(r->c, "an order", 0, mm_max_order(r->mm), &order) ||
	    !case_line_ends(r->c) || !begin_call(r))
		return false;
	mm_frame(r->mm, (pfn_t)pfn, &f);
	if (f.kind != FRAME_USED || (f.order && f.order != order))
		return case_bad(
			r->c,
			"expected a used block of order %d at pfn %u; " DAMAGED,
			(int)order, (pfn_t)pfn);
	if (f.order && mm_split_page(r->mm, (pfn_t)pfn, &err))
		return case_bad(r->c, "%s; " DAMAGED, err.text);
	return true;
}

static bool set_caller(struct replay *r)
{
	int64_t bits;

	if (!case_int(r->c, "what the caller is", 0, 3, &bits))
		return false;
	r->caller = (uint16_t)((bits & 1 ? MM_CALLER_MEMALLOC : 0) |
			       (bits & 2 ? MM_CALLER_OOM_VICTIM : 0));
	return case_line_ends(r->c);
}

/* ---- all of them ---- */

static bool (*call_of(char ch))(struct replay *)
{
	switch (ch) {
	case 'a':
		return call_alloc;
	case 'f':
		return call_free;
	case 'b':
		return call_bulk;
	case 'd':
		return call_drain;
	case 's':
		return call_split;
	default:
		return NULL;
	}
}

static bool run_line(struct replay *r, struct case_word w)
{
	bool (*call)(struct replay *);

	if (w.len != 1)
		return true; /* a word of a newer recorder */
	call = call_of(*w.s);
	if (call) {
		if (!call(r) || !case_compare_x(r))
			return false;
		r->calls++;
		return true;
	}
	switch (*w.s) {
	case 'k':
		return case_compare_k(r);
	case 'x':
		return case_keep_x(r);
	case 't':
		return set_caller(r);
	case '+':
		return case_bad(r->c, "more frames than the list was said to "
				      "have; " DAMAGED);
	default:
		return true;
	}
}

static bool run_operations(struct replay *r)
{
	struct case_word w;

	case_seek(r->c, r->c->ops);
	while (case_next(r->c, &w))
		if (!run_line(r, w))
			return false;
	if (r->nr_x)
		return case_left_over_x(r);
	return true;
}

static bool run_all(struct replay *r, struct case_result *result)
{
	if (r->c->mode == CASE_BOOT)
		return true; /* loading has compared it */
	if (!run_operations(r))
		return false;
	result->in_final = true;
	return case_compare(r->c, r->mm, r->c->after);
}

/* ---- the story of a decision ---- */

void case_tell(const struct mm *mm, uint64_t first, uint64_t last,
	       struct out *story)
{
	char text[400];

	if (mm_recording(mm) == MM_RECORD_OFF || first < mm_first_moment(mm))
		return;
	for (uint64_t n = first + 1; n <= last; n++) {
		const struct mm_event *ev = mm_event(mm, n);

		if (n > first + STORY_HEAD && n + STORY_TAIL <= last) {
			n = last - STORY_TAIL;
			out_line(story, "\t... %llu events left out ...",
				 (unsigned long long)(n - first - STORY_HEAD));
			continue;
		}
		if (!ev)
			continue;
		event_text(mm, ev, EXPLAIN_NUMBERS, text, sizeof text);
		out_line(story, "\t%*s%s",
			 2 * (int)mm_event_type(ev->type)->depth, "", text);
	}
}

static void tell(const struct replay *r, struct out *story)
{
	case_tell(r->mm, r->before, mm_last_moment(r->mm), story);
}

static void replay_end(struct replay *r)
{
	mm_destroy(r->mm);
	free(r->x);
	free(r->bulk);
}

static bool replay_begin(struct replay *r, struct case_file *c,
			 uint32_t record_from)
{
	struct case_machine m;

	*r = (struct replay){.c = c, .record_from = record_from};
	r->mm = case_build_world(c, &m);
	if (!r->mm)
		return false;
	r->cpu = (unsigned int)m.cpu;
	/* every recording with interrupts off has extfrag */
	r->fires[X_EXTFRAG] = true;
	return true;
}

/* The same up to the same difference, with events of the call in question. */
static void run_again(struct case_file *c, uint32_t from, struct out *story)
{
	struct case_file copy = *c;
	struct case_result ignored;
	struct replay r;

	copy.verdict = CASE_IDENTICAL;
	if (replay_begin(&r, &copy, from)) {
		run_all(&r, &ignored);
		tell(&r, story);
	}
	replay_end(&r);
}

bool case_run(struct case_file *c, struct case_result *result,
	      struct out *story)
{
	const bool events = c->traced || c->mode == CASE_IRQOFF;
	struct replay r;
	bool ok;

	if (c->mode == CASE_WATERMARKS)
		return case_run_marks(c, result);
	if (c->mode == CASE_SLEEPING)
		return case_run_sleeping(c, result, story);
	*result = (struct case_result){.in_final = c->mode == CASE_BOOT};
	ok = replay_begin(&r, c, events ? 0 : UINT32_MAX);
	if (!ok && c->verdict == CASE_DIFFERS && c->mode != CASE_BOOT)
		c->verdict = CASE_BAD; /* it contradicts itself */
	ok = ok && run_all(&r, result);
	result->calls = r.calls;
	if (!ok && c->verdict == CASE_DIFFERS && !result->in_final && story) {
		if (events)
			tell(&r, story);
		else
			run_again(c, r.calls, story);
	}
	replay_end(&r);
	return ok;
}
