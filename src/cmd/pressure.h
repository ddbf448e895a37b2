/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pressure.h - may these events follow each other?
 *
 * What a machine under pressure does depends on timing and on which pages are
 * touched, so a recording of one cannot be repeated call by call.  But not
 * every order of events is possible.  These are rules of the order, asked of
 * one task's or one node's events in turn; a recording of a kernel and the
 * events of this model are held against the same ones.
 *
 * Models: the order of tracepoints in wakeup_kswapd, kswapd, balance_pgdat,
 *         try_to_free_pages, should_reclaim_retry, out_of_memory, kcompactd
 * Left out: which pages are scanned; everything inside of a compaction run
 */
#ifndef BUDDYSCOPE_CMD_PRESSURE_H
#define BUDDYSCOPE_CMD_PRESSURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PRESSURE_TASKS 64
#define PRESSURE_NODES 8

/** What one task has in hand. */
struct pressure_task {
	int64_t pid; /* 0: no such record */
	bool woken;  /* kswapd: awake, its run has not begun */
	bool balancing, failed;
	bool reclaiming, asked; /* direct reclaim; a zone was asked after it */
	bool granted;		/* another round of reclaim was granted */
	bool isolated;		/* a list was scanned in this run */
	bool slab, compacting, suitable;
	bool working; /* kcompactd */
	int64_t order, reclaimed, reclaim_order, no_progress;
};

struct pressure {
	struct pressure_task task[PRESSURE_TASKS];
	struct {
		bool seen, wakeup; /* a wake-up is on its way */
		bool known;	   /* the number of failures is */
		int64_t failures;
	} node[PRESSURE_NODES];
	uint64_t events, runs, failures, reclaims, victims;
};

/**
 * pressure_event - the next event, as tracefs prints it
 * @fields: "nid=0 order=0 ..."
 *
 * NULL when it may come now, else what was expected, in one line.  Events
 * that no rule is about may come at any time.
 */
const char *pressure_event(struct pressure *p, int64_t pid, const char *event,
			   size_t len, const char *fields);

#endif
