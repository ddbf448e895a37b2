/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_sleep_read.c - see case_sleep.h
 */
#include "cmd/case_sleep.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MOST_CALLS 65536

static bool is_event(struct case_file *c, struct case_word w, int64_t *pid,
		     struct case_word *comm)
{
	return case_is(w, "ev") && case_int(c, "a pid", 0, INT32_MAX, pid) &&
	       case_word(c, comm);
}

bool sleep_look(struct case_file *c, struct sleeper *s)
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
			if (is_of_reclaim(t) &&
			    case_is(w, mm_event_type(t)->name))
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

	return !c->foreign && c->after.at && c->trace.at && sleep_look(c, &s) &&
	       !s.others && (c->ops.at || s.by_hand || c->hotplug.at);
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
	call->refused = pfn < 0;
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
	call->refused = pfn < 0;
	return true;
}

/* PFN COUNT RET */
static bool read_cma_release(const struct sleeper *s, struct call *call)
{
	int64_t done;

	if (!read_range(s, call) ||
	    !case_int(s->c, "whether it was done", 0, 1, &done))
		return false;
	call->refused = !done;
	return true;
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

bool sleep_read_calls(struct sleeper *s)
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
