/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * case_sleep.h - recordings in which tasks sleep: what their files share
 *
 *	case_sleep_read.c    the first look, and the calls of the recorder
 *	case_sleep_daemon.c  what kcompactd and kswapd did beside it
 *	case_sleep.c         running, and comparing line by line
 */
#ifndef BUDDYSCOPE_CMD_CASE_SLEEP_H
#define BUDDYSCOPE_CMD_CASE_SLEEP_H

#include "cmd/case_trace.h"

#define DAMAGED "the recording is damaged, take a fresh copy"

/** A call of the recorder, and its answer. */
struct call {
	enum { CALL_ALLOC, CALL_CONTIG, CALL_FREE_CONTIG, CALL_RELEASE } kind;
	struct mm_request want;
	struct mm_range_request range;
	pfn_t pfn;
	int32_t ret;  /* of a range */
	bool refused; /* ... or all that is known: there was an error */
	uint32_t line;
};

/** A task of the recording. */
struct actor {
	unsigned int task; /* in the model */
	uint64_t seen;	   /* moment of its last event that was looked at */
	bool busy;	   /* has something in hand */
};

/** A replay on its way. */
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

static inline bool is_of_reclaim(unsigned int type)
{
	return type == EV_mm_vmscan_direct_reclaim_begin ||
	       type == EV_mm_vmscan_direct_reclaim_end ||
	       type == EV_reclaim_retry_zone;
}

/** What tracepoints there are, and whether the first line is older. */
bool sleep_look(struct case_file *c, struct sleeper *s);
/** The recorder's calls into s->call, which the caller frees. */
bool sleep_read_calls(struct sleeper *s);

/** kcompactd is at rest: what does its line say that it does? */
bool sleep_start_kcompactd(struct sleeper *s, const char *text);
/** kswapd has run: what boosted the marks has been worked off. */
void sleep_kswapd_ran(struct sleeper *s);
/**
 * A run is about to begin from other positions than the zone remembers, and
 * kswapd may have been there: then it has cleared the skip bits.
 */
void sleep_reset_before(struct sleeper *s, const char *text);
/** The same for zones whose flag is gone in the snapshot afterwards. */
bool sleep_reset_after(struct sleeper *s);

#endif
