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
#include "cmd/case_trace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/event_text.h"

#define MOST_EVENTS 65536
#define MOST_CALLS 65536
#define STORY 40
#define DAMAGED "the recording is damaged, take a fresh copy"

/** A call of the recorder, and its answer. */
struct call {
	enum { CALL_ALLOC, CALL_CONTIG, CALL_FREE_CONTIG, CALL_RELEASE } kind;
	struct mm_request want;
	struct mm_range_request range;
	pfn_t pfn;
	int32_t ret; /* of a range */
	uint32_t line;
};

/** A task of the recording. */
struct actor {
	unsigned int task; /* in the model */
	uint64_t seen;	   /* moment of its last event that was looked at */
	bool busy;	   /* has something in hand */
};

struct sleeper {
	struct case_file *c;
	struct mm *mm;
	unsigned int cpu;
	struct actor recorder, kcompactd;
	struct call *call;
	uint32_t nr_calls, done, identical;
	bool by_hand;	    /* the recorder writes to compact_memory */
	bool hotplug;	    /* ... or to a memory block's state */
	bool reclaim;	    /* tracepoints of reclaim are in it */
	bool others;	    /* tasks that cannot be replayed */
	uint32_t left_over; /* lines from before the first snapshot */
};

/* ---- what is compared ---- */

static bool of_reclaim(unsigned int type)
{
	return type == EV_mm_vmscan_direct_reclaim_begin ||
	       type == EV_mm_vmscan_direct_reclaim_end ||
	       type == EV_reclaim_retry_zone;
}

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
		return of_reclaim(type) ? s->reclaim
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

/* ---- the first look ---- */

static bool is_event(struct case_file *c, struct case_word w, int64_t *pid,
		     struct case_word *comm)
{
	return case_is(w, "ev") && case_int(c, "a pid", 0, INT32_MAX, pid) &&
	       case_word(c, comm);
}

/* What tracepoints there are, and whether the first line is older. */
static bool look_at_trace(struct case_file *c, struct sleeper *s)
{
	struct case_word w, comm;
	int64_t pid, entries = -1;
	uint32_t lines = 0;

	case_seek(c, c->trace);
	while (case_next(c, &w)) {
		if (!is_event(c, w, &pid, &comm))
			continue;
		lines++;
		s->others |=
			pid != 1 && !case_is(comm, "kcompactd0") &&
			!(comm.len > 6 && memcmp(comm.s, "kswapd", 6) == 0);
		if (!case_word(c, &w))
			continue;
		for (unsigned int t = 0; t < NR_EVENT_TYPES; t++)
			if (of_reclaim(t) && case_is(w, mm_event_type(t)->name))
				s->reclaim = true;
		s->by_hand |= pid == 1 && case_is(w, "mm_compaction_begin");
	}
	if (c->stats.at) {
		case_seek(c, c->stats);
		while (case_next(c, &w))
			if (case_is(w, "entries:") &&
			    !case_int(c, "entries", 0, INT64_C(1) << 32,
				      &entries))
				return false;
	}
	s->left_over = entries >= 0 && lines == (uint64_t)entries + 1;
	s->by_hand &= !c->ops.at;
	s->hotplug = c->hotplug.at != NULL;
	return true;
}

bool case_sleeping_supported(struct case_file *c)
{
	struct sleeper s = {.c = c};

	return !c->foreign && c->after.at && c->trace.at &&
	       look_at_trace(c, &s) && !s.others &&
	       (c->ops.at || s.by_hand || c->hotplug.at);
}

static bool read_alloc(const struct sleeper *s, struct call *call)
{
	struct case_file *c = s->c;
	int64_t order, gfp, nid, pfn;

	if (!case_int(c, "an order", 0, mm_max_order(s->mm), &order) ||
	    !case_int(c, "GFP flags", 0, UINT32_MAX, &gfp) ||
	    !case_int(c, "a node", -1, mm_nr_nodes(s->mm) - 1, &nid) ||
	    !case_int(c, "a frame or -1", -1, MM_MAX_FRAMES - 1, &pfn))
		return false;
	call->want = (struct mm_request){.order = (uint16_t)order,
					 .gfp = (gfp_t)gfp,
					 .nid = (int16_t)nid,
					 .cpu = (uint16_t)s->cpu};
	call->pfn = (pfn_t)pfn;
	return true;
}

/* START NR, and of contig GFP RET */
static bool read_range(const struct sleeper *s, struct call *call)
{
	struct case_file *c = s->c;
	int64_t start, nr, gfp = GFP_KERNEL, ret = 0;

	if (!case_int(c, "a frame", 0, mm_end_pfn(s->mm) - 1, &start) ||
	    !case_int(c, "a number of pages", 1, mm_end_pfn(s->mm) - start,
		      &nr) ||
	    (call->kind == CALL_CONTIG &&
	     (!case_int(c, "GFP flags", 0, UINT32_MAX, &gfp) ||
	      !case_int(c, "an answer", -200, 0, &ret))))
		return false;
	call->range = (struct mm_range_request){.start = (pfn_t)start,
						.end = (pfn_t)(start + nr),
						.mode = ISOLATE_OTHER,
						.gfp = (gfp_t)gfp,
						.cpu = (uint16_t)s->cpu};
	call->ret = (int32_t)ret;
	call->pfn = ret ? NO_PFN : (pfn_t)start;
	return true;
}

/* NR PFN */
static bool read_contig_pages(const struct sleeper *s, struct call *call)
{
	struct case_file *c = s->c;
	int64_t nr, pfn;

	if (!case_int(c, "a number of pages", 1, mm_end_pfn(s->mm), &nr) ||
	    !case_int(c, "a frame or -1", -1, MM_MAX_FRAMES - 1, &pfn))
		return false;
	call->range = (struct mm_range_request){.nr = (pfn_t)nr,
						.mode = ISOLATE_OTHER,
						.gfp = GFP_KERNEL,
						.cpu = (uint16_t)s->cpu};
	call->pfn = (pfn_t)pfn;
	call->ret = pfn < 0 ? -ENOMEM : 0;
	return true;
}

/* COUNT ALIGN PFN */
static bool read_cma_alloc(const struct sleeper *s, struct call *call)
{
	struct case_file *c = s->c;
	int64_t nr, align, pfn;

	if (!case_int(c, "a number of pages", 1, mm_end_pfn(s->mm), &nr) ||
	    !case_int(c, "an order", 0, 31, &align) ||
	    !case_int(c, "a frame or -1", -1, MM_MAX_FRAMES - 1, &pfn))
		return false;
	call->range =
		(struct mm_range_request){.nr = (pfn_t)nr,
					  .area = 1,
					  .mode = ISOLATE_CMA,
					  .align = (uint16_t)align,
					  .gfp = GFP_KERNEL | GFP_BIT_NOWARN,
					  .cpu = (uint16_t)s->cpu};
	call->pfn = (pfn_t)pfn;
	call->ret = pfn < 0 ? -EBUSY : 0;
	return true;
}

/* PFN COUNT RET */
static bool read_cma_release(const struct sleeper *s, struct call *call)
{
	return read_range(s, call);
}

static const struct call_word {
	const char *word;
	int kind;
	bool (*read)(const struct sleeper *, struct call *);
} call_words[] = {
	{"a", CALL_ALLOC, read_alloc},
	{"contig", CALL_CONTIG, read_range},
	{"freecontig", CALL_FREE_CONTIG, read_range},
	{"contigpages", CALL_CONTIG, read_contig_pages},
	{"cma_alloc", CALL_CONTIG, read_cma_alloc},
	{"cma_release", CALL_RELEASE, read_cma_release},
};

static const struct call_word *call_word(struct case_word w)
{
	for (size_t i = 0; i < sizeof call_words / sizeof call_words[0]; i++)
		if (case_is(w, call_words[i].word))
			return &call_words[i];
	return NULL;
}

static bool read_calls(struct sleeper *s)
{
	struct case_file *c = s->c;
	const struct call_word *cw;
	struct case_word w;

	if (!c->ops.at)
		return true;
	s->call = calloc(c->calls + 1, sizeof *s->call);
	if (!s->call || c->calls > MOST_CALLS)
		return case_bad(c, "too many calls");
	case_seek(c, c->ops);
	while (case_next(c, &w) && (cw = call_word(w)) &&
	       s->nr_calls < c->calls) {
		struct call *call = &s->call[s->nr_calls++];

		call->kind = cw->kind;
		call->line = c->line;
		if (!cw->read(s, call))
			return false;
	}
	return true;
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
	if (ret != call->ret)
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

/* ---- kcompactd and kswapd ---- */

static bool number_of(const char *text, const char *key, int64_t *v)
{
	const char *at = strstr(text, key);

	if (at)
		*v = strtoll(at + strlen(key), NULL, 0);
	return at != NULL;
}

static unsigned int zone_index(const char *text)
{
	const char *at = strstr(text, "classzone_idx=");

	for (unsigned int z = 0; at && z < MAX_NR_ZONES; z++) {
		const char *name = mm_zone_type_name((enum zone_type)z);

		if (strncmp(at + 14, name, strlen(name)) == 0 &&
		    at[14 + strlen(name)] <= ' ')
			return z;
	}
	return MAX_NR_ZONES - 1;
}

/* The zone that a line names. */
static zone_t zone_named(const char *text)
{
	const char *at = strstr(text, " zone=");
	int64_t nid = 0;

	number_of(text, "node=", &nid);
	for (unsigned int z = 0; at && z < MAX_NR_ZONES; z++) {
		const char *name = mm_zone_type_name((enum zone_type)z);
		const size_t len = strlen(name);

		if (strncmp(at + 6, name, len) == 0 && at[6 + len] <= ' ')
			return mm_zone_id((unsigned int)nid, (enum zone_type)z);
	}
	return NO_ZONE;
}

/* It is at rest: what does its line say that it does? */
static bool start_kcompactd(struct sleeper *s, const char *text)
{
	const unsigned int nid = 0;
	int64_t order = -1, considered;
	struct mm_error err;
	zone_t zid;

	if (strncmp(text, "mm_compaction_deferred ", 23) == 0) {
		/* woken before the snapshot: an attempt is counted */
		zid = zone_named(text);
		if (mm_get_zone(s->mm, zid, "compact_considered",
				&considered) == 0)
			mm_put_zone(s->mm, zid, "compact_considered",
				    considered + 1);
		return true;
	}
	if (strncmp(text, "mm_compaction_kcompactd_wake ", 29) == 0)
		number_of(text, "order=", &order);
	s->kcompactd.seen = mm_last_moment(s->mm);
	if (mm_kcompactd(s->mm, nid, (int)order, zone_index(text), &err))
		return case_bad(s->c, "%s", err.text);
	s->kcompactd.busy = true;
	return true;
}

/* It has run: what boosted the marks has been worked off. */
static void kswapd_ran(struct sleeper *s)
{
	for (unsigned int i = 0; i < mm_nr_zones(s->mm); i++)
		mm_put_zone(s->mm, mm_zone_at(s->mm, i), "watermark_boost", 0);
}

static bool kswapd_awake(const struct sleeper *s)
{
	int64_t asleep = 1;

	mm_get_node(s->mm, 0, "kswapd_asleep", &asleep);
	return !asleep;
}

/*
 * A run is about to begin from other positions than the zone remembers, and
 * kswapd may have been there: then it has cleared the skip bits.
 */
static void reset_before(struct sleeper *s, const char *text)
{
	int64_t start, from, flush, pos;
	const bool async = strstr(text, "mode=async") != NULL;
	struct mm_zone_info zi;

	if (strncmp(text, "mm_compaction_begin ", 20) != 0 ||
	    !kswapd_awake(s) || !number_of(text, "zone_start=", &start) ||
	    !number_of(text, "migrate_pfn=", &from))
		return;
	for (unsigned int i = 0; i < mm_nr_zones(s->mm); i++) {
		const zone_t zid = mm_zone_at(s->mm, i);

		mm_zone_info(s->mm, zid, &zi);
		mm_get_zone(s->mm, zid, "compact_blockskip_flush", &flush);
		mm_get_zone(s->mm, zid,
			    async ? "compact_cached_migrate_pfn_async"
				  : "compact_cached_migrate_pfn_sync",
			    &pos);
		if (zi.start != start || !flush)
			continue;
		if (pos < zi.start || pos >= (int64_t)zi.start + zi.spanned)
			pos = zi.start;
		if (pos != from)
			mm_compact_reset(s->mm, zid);
	}
}

/* The same for zones whose flag is gone in the snapshot afterwards. */
static bool reset_after(struct sleeper *s)
{
	struct case_file *c = s->c;
	struct case_word w;
	int64_t flag, ours;
	zone_t zid;

	if (!kswapd_awake(s))
		return true;
	case_seek(c, c->after);
	while (case_next(c, &w)) {
		if (!case_is(w, "zval"))
			continue;
		if (!case_zone(c, s->mm, &zid) || !case_word(c, &w))
			return false;
		if (!case_is(w, "compact_blockskip_flush"))
			continue;
		if (!case_int(c, "a flag", 0, 1, &flag))
			return false;
		mm_get_zone(s->mm, zid, "compact_blockskip_flush", &ours);
		if (ours && !flag)
			mm_compact_reset(s->mm, zid);
	}
	return true;
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
			reset_before(s, text);
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
		kswapd_ran(s);
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
		if (!more && !start_kcompactd(s, text))
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
	return look_at_trace(c, s) && read_calls(s);
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
	ok = ok && reset_after(&s) && case_compare(c, s.mm, c->after);
	if (!ok && c->verdict == CASE_DIFFERS && !r->in_final && story) {
		last = mm_last_moment(s.mm);
		case_tell(s.mm, last > STORY ? last - STORY : 0, last, story);
	}
	mm_destroy(s.mm);
	free(s.call);
	return ok;
}
