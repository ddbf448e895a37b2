/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compact_source.h - what choosing a pageblock and scanning it share
 */
#ifndef CORE_COMPACT_SOURCE_H
#define CORE_COMPACT_SOURCE_H

#include "core/compact_control.h"

enum scan_state {
	SCAN_FAST_FOUND = 1,	  /* a block found by the free lists */
	SCAN_SKIP_ON_FAILURE = 2, /* groups move whole or not at all */
	SCAN_SKIP_DONE = 4,	  /* the skip bit was looked at */
	SCAN_SEARCHES = 8,	  /* on the free lists */
	SCAN_IN_BLOCK = 16,
};

/** One order of the search of the free lists. */
void compact_search_step(struct mm *mm, const struct compact_control *cc);
/** Up to the block that is to be scanned; SCAN_IN_BLOCK says it was found. */
enum scan_result choose_source_block(struct mm *mm,
				     const struct compact_control *cc);
/** 7.1, 7.3: from here on, page by page. */
void begin_source_block(struct mm *mm, const struct compact_control *cc,
			struct migrate_scan *s);

/** Does the scan begin at the block's, or the zone's, first page? */
static inline bool scan_begins(const struct mm *mm,
			       const struct compact_control *cc,
			       const struct migrate_scan *s)
{
	return block_aligned(mm, s->low) ||
	       s->low == zone_start(mm, (zone_t)cc->zid);
}

static inline enum scan_result found_any(const struct compact_control *cc)
{
	return cc->nr_mig ? SCAN_OK : SCAN_NONE;
}

#endif
