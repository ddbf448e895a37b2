/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_sleep.c - recordings in which tasks sleep: event by event
 *
 * The recorder, a task, makes requests that may compact, or writes to
 * compact_memory; kcompactd may work beside it.  The kernel's tracepoints are
 * listed in their order, each with its task.  Here the task of the next line
 * runs, quantum by quantum, until its next tracepoint comes; that must be the
 * line's.  So the order of the lines says who runs.
 *
 * Left out: what kswapd does, which is not traced: it may clear skip bits and
 * work off boosts at any moment while it is awake
 */
#include "cmd/case_sleep.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/event_text.h"

#define MOST_EVENTS 65536
#define STORY 40

/* ---- what is compared ---- */

static bool is_compared(const struct sleeper *s, unsigned int type)
{
	switch (type) {
	case EV_mm_page_free:
	case EV_mm_page_pcpu_drain:
	case EV_mm_page_alloc:
	case EV_mm_page_alloc_zone_locked:
	case EV_mm_page_alloc_extfrag:
	case EV_mm_migrate_pages_start:
	case EV_mm_migrate_pages:
	case EV_set_migration_pte:
	case EV_remove_migration_pte:
	case EV_test_pages_isolated:
		return true;
	case EV_mm_compaction_kcompactd_sleep:
		return false; /* changes nothing */
	default:
		return is_of_reclaim(type) ? s->reclaim
					   : strncmp(mm_event_type(type)->name,
						     "mm_compaction_", 14) == 0;
	}
}

/* The pointer of a page is hashed in recordings. */
static void drop_pointer(char *text)
{
	char *at = strstr(text, " page="), *end;

	if (!at)
		return;
	end = strchr(at + 1, ' ');
	if (end)
		memmove(at, end, strlen(end) + 1);
}

/* NAME FIELDS of our event, as the line has them. */
static void ours(const struct sleeper *s, const struct mm_event *ev, char *text,
		 size_t size)
{
	const char *name = mm_event_type(ev->type)->name;
	int n;

	if (ev->type == EV_set_migration_pte ||
	    ev->type == EV_remove_migration_pte) {
		snprintf(text, size, "%s pfn=0x%x order=%d", name,
			 (pfn_t)ev->arg[0], ev->arg[1]);
		return;
	}
	n = snprintf(text, size, "%s ", name);
	event_tracefs(s->mm, ev, text + n, size - (size_t)n);
	drop_pointer(text);
}

/* A migration entry has its frame inverted, as amd64 does it. */
static void pte_fields(char *text, size_t size)
{
	const uint64_t mask = (UINT64_C(1) << 40) - 1;
	const bool set = strncmp(text, "set_", 4) == 0;
	const char *at = strstr(text, "pte=");
	const char *order = strstr(text, "order=");
	unsigned long long pte, pfn;
	int n;

	if (!at || !order)
		return;
	pte = strtoull(at + 4, NULL, 16);
	pfn = set ? ~pte >> 9 & mask : pte >> 12 & mask;
	n = (int)strtol(order + 6, NULL, 10);
	snprintf(text, size, "%s pfn=0x%llx order=%d",
		 set ? "set_migration_pte" : "remove_migration_pte", pfn, n);
}

/* The same of the line in hand, behind its PID and COMM. */
static void theirs(const struct case_file *c, char *text, size_t size)
{
	const char *at = c->at, *stop = c->stop;

	while (at < stop && *at == ' ')
		at++;
	snprintf(text, size, "%.*s", (int)(stop - at), at);
	drop_pointer(text);
	if (strstr(text, "_migration_pte ") && strstr(text, "pte="))
		pte_fields(text, size);
}

/* ---- running ---- */

/* What is called without a task is the recorder's doing as well. */
static bool of_actor(const struct sleeper *s, const struct actor *a,
		     const struct mm_event *ev)
{
	return ev->task == a->task || (a == &s->recorder && ev->task == 0);
}

static const struct mm_event *next_event(const struct sleeper *s,
					 struct actor *a)
{
	while (a->seen < mm_last_moment(s->mm)) {
		const struct mm_event *ev = mm_event(s->mm, ++a->seen);

		if (ev && of_actor(s, a, ev) && is_compared(s, ev->type))
			return ev;
	}
	return NULL;
}

/* Nobody has events to be looked at: begin a new list of them. */
static bool forget_events(struct sleeper *s)
{
	const uint64_t last = mm_last_moment(s->mm);

	if (last < MOST_EVENTS || s->recorder.seen < last ||
	    s->kcompactd.seen < last)
		return true;
	if (mm_record(s->mm, MM_RECORD_EVENTS))
		return case_bad(s->c, "out of memory");
	s->recorder.seen = s->kcompactd.seen = mm_last_moment(s->mm);
	return true;
}

static void call_text(const struct call *call, char *text, size_t size)
{
	if (call->kind == CALL_ALLOC)
		snprintf(text, size, "allocation of order %u, gfp 0x%x",
			 call->want.order, call->want.gfp);
	else if (call->range.nr)
		snprintf(text, size, "%u pages in one piece", call->range.nr);
	else
		snprintf(text, size, "range from %u to %u", call->range.start,
			 call->range.end - 1);
}

static bool call_over(struct sleeper *s, pfn_t got)
{
	const struct call *call = &s->call[s->done++];
	const int ret = call->kind == CALL_CONTIG
				? mm_contig_result(s->mm, s->recorder.task)
				: 0;
	char text[80];

	s->c->line = call->line;
	call_text(call, text, sizeof text);
	if (!call->refused && ret != call->ret)
		return case_differs(s->c, "%s: expected error %d, got %d", text,
				    call->ret, ret);
	if (got == call->pfn) {
		s->identical++;
		return true;
	}
	return case_differs(s->c, "%s: expected %s%u, got %s%u", text,
			    call->pfn == NO_PFN ? "a refusal, " : "pfn ",
			    call->pfn, got == NO_PFN ? "a refusal, " : "pfn ",
			    got);
}

/* Pages that were not the area's to take back. */
static bool release_refused(struct sleeper *s, bool refused)
{
	s->c->line = s->call[s->done].line;
	if (!refused)
		return case_differs(s->c, "release: expected a refusal");
	s->done++;
	s->identical++;
	return true;
}

static bool begin_call(struct sleeper *s)
{
	const struct call *call = s->by_hand ? NULL : &s->call[s->done];
	struct mm_error err;
	int e;

	if (s->hotplug) {
		s->recorder.busy = true;
		return case_begin_hotplug(s->c, s->mm, s->recorder.task);
	}
	s->recorder.busy = true;
	if (s->by_hand) {
		e = mm_task_compact(s->mm, s->recorder.task, NO_ZONE, -1,
				    MIGRATE_SYNC, &err);
	} else if (call->kind == CALL_CONTIG) {
		e = mm_task_contig(s->mm, s->recorder.task, &call->range, &err);
	} else if (call->kind == CALL_ALLOC) {
		e = mm_task_request(s->mm, s->recorder.task, &call->want, &err);
	} else {
		s->recorder.busy = false;
		e = call->kind == CALL_RELEASE
			    ? mm_cma_release(s->mm, call->range.start,
					     call->range.end -
						     call->range.start,
					     s->cpu, &err)
			    : mm_free_contig(s->mm, call->range.start,
					     call->range.end, s->cpu, &err);
		if (call->kind == CALL_RELEASE && call->refused)
			return release_refused(s, e != 0);
		if (!e)
			return call_over(s, call->pfn);
	}
	return e ? case_bad(s->c, "%s", err.text) : true;
}

/* One quantum of a task that is busy. */
static bool run(struct sleeper *s, struct actor *a)
{
	struct mm_task_info ti;
	struct mm_compact_task ct;
	struct mm_error err;
	enum mm_quantum q;

	mm_task_info(s->mm, a->task, &ti);
	q = QUANTUM_DONE; /* what does not sleep is over already */
	if ((!s->hotplug || a != &s->recorder || ti.state != TASK_IDLE) &&
	    mm_run(s->mm, a->task, &q, &err))
		return case_bad(s->c, "%s", err.text);
	if (q == QUANTUM_SLEEP && a == &s->recorder)
		mm_tick(s->mm, 1);
	mm_task_info(s->mm, a->task, &ti);
	if (a == &s->kcompactd) {
		mm_compact_task_info(s->mm, a->task, &ct);
		a->busy = ct.running;
		return true;
	}
	if (ti.state != TASK_IDLE)
		return true;
	a->busy = false;
	if (!s->by_hand && !s->hotplug)
		return call_over(s, ti.result);
	s->done++;
	return !s->hotplug || case_hotplug_over(s->c, s->mm, a->task);
}

enum go { GO_ON, GO_NOTHING, GO_WRONG };

/* Let the task go on; GO_NOTHING: it has nothing to do any more. */
static enum go go_on(struct sleeper *s, struct actor *a)
{
	const bool more =
		s->by_hand || s->hotplug ? s->done == 0 : s->done < s->nr_calls;

	if (!forget_events(s))
		return GO_WRONG;
	if (a->busy)
		return run(s, a) ? GO_ON : GO_WRONG;
	if (a == &s->kcompactd || !more)
		return GO_NOTHING;
	return begin_call(s) ? GO_ON : GO_WRONG;
}

/* ---- line by line ---- */

/* The task's next tracepoint must be this one. */
static bool expect(struct sleeper *s, struct actor *a, const char *text)
{
	const struct mm_event *ev;
	char have[700];
	enum go go;

	while (!(ev = next_event(s, a))) {
		if (a == &s->recorder)
			sleep_reset_before(s, text);
		go = go_on(s, a);
		if (go == GO_NOTHING)
			return case_differs(s->c,
					    "expected %.200s, got nothing "
					    "more of this task",
					    text);
		if (go == GO_WRONG)
			return false;
	}
	ours(s, ev, have, sizeof have);
	if (strcmp(have, text) == 0)
		return true;
	return case_differs(s->c, "expected %.200s, got %.200s", text, have);
}

static bool run_line(struct sleeper *s)
{
	struct case_file *c = s->c;
	struct case_word comm;
	struct actor *a;
	char text[700];
	int64_t pid;

	if (!case_int(c, "a pid", 0, INT32_MAX, &pid) || !case_word(c, &comm))
		return case_bad(c, "expected PID COMM EVENT; " DAMAGED);
	theirs(c, text, sizeof text);
	if (comm.len > 6 && memcmp(comm.s, "kswapd", 6) == 0) {
		sleep_kswapd_ran(s);
		return true;
	}
	a = pid == 1 ? &s->recorder : &s->kcompactd;
	if (a == &s->kcompactd && !case_is(comm, "kcompactd0"))
		return case_bad(c, "a task that cannot be replayed");
	if (strncmp(text, "mm_compaction_kcompactd_sleep", 29) == 0)
		return true;
	if (a == &s->kcompactd && !a->busy) {
		const uint64_t seen = a->seen;
		const bool more = next_event(s, a) != NULL;

		a->seen = seen;
		if (!more && !sleep_start_kcompactd(s, text))
			return false;
		if (!more && !a->busy)
			return true;
	}
	return expect(s, a, text);
}

static bool run_lines(struct sleeper *s)
{
	struct case_word w;

	case_seek(s->c, s->c->trace);
	for (uint32_t skip = s->left_over; case_next(s->c, &w);) {
		if (!case_is(w, "ev"))
			continue;
		if (skip) {
			skip--;
			continue;
		}
		if (!run_line(s))
			return false;
	}
	return true;
}

/* What the recorder still does has no tracepoints. */
static bool run_to_the_end(struct sleeper *s)
{
	char have[700];
	enum go go;

	do {
		const struct mm_event *ev;

		go = go_on(s, &s->recorder);
		ev = next_event(s, &s->recorder);
		if (ev) {
			ours(s, ev, have, sizeof have);
			return case_differs(s->c,
					    "expected no further tracepoint, "
					    "got %.200s",
					    have);
		}
	} while (go == GO_ON);
	return go == GO_NOTHING;
}

static bool begin(struct sleeper *s, struct case_file *c)
{
	struct case_machine m;
	struct mm_error err;
	int kcompactd;

	s->mm = case_build_world(c, &m);
	if (!s->mm)
		return false;
	s->cpu = (unsigned int)m.cpu;
	mm_set(s->mm, "schedule", 0, NULL);
	kcompactd = mm_task_find(s->mm, "kcompactd0");
	if (mm_put_task(s->mm, "init", 1, s->cpu, &s->recorder.task, &err) ||
	    kcompactd < 0 || mm_record(s->mm, MM_RECORD_EVENTS))
		return case_bad(c, "no task for the recorder");
	s->kcompactd.task = (unsigned int)kcompactd;
	return sleep_look(c, s) && sleep_read_calls(s);
}

bool case_run_sleeping(struct case_file *c, struct case_result *r,
		       struct out *story)
{
	struct sleeper s = {.c = c};
	uint64_t last;
	bool ok;

	*r = (struct case_result){0};
	ok = begin(&s, c);
	if (!ok && c->verdict == CASE_DIFFERS)
		c->verdict = CASE_BAD; /* it contradicts itself */
	if (s.by_hand)
		c->calls = 1;
	ok = ok && run_lines(&s) && run_to_the_end(&s);
	r->calls = s.by_hand || s.hotplug ? ok : s.identical;
	r->in_final = ok;
	ok = ok && sleep_reset_after(&s) && case_compare(c, s.mm, c->after);
	if (!ok && c->verdict == CASE_DIFFERS && !r->in_final && story) {
		last = mm_last_moment(s.mm);
		case_tell(s.mm, last > STORY ? last - STORY : 0, last, story);
	}
	mm_destroy(s.mm);
	free(s.call);
	return ok;
}
