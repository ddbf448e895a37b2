/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * show.h - one printer for each word after `show`, as text and as JSON
 */
#ifndef BUDDYSCOPE_CMD_SHOW_H
#define BUDDYSCOPE_CMD_SHOW_H

#include <jansson.h>

#include "cmd/cmd.h"

/** What to show: only what is asked for; -1, NO_ZONE, NO_PFN: all. */
struct show_what {
	zone_t zid;
	int cpu, order, type;
	pfn_t pfn;
	uint64_t last; /* events */
	gfp_t gfp;
	bool has_gfp;
};

void print_buddyinfo(const struct mm *mm, const struct show_what *what,
		     struct out *out);
void print_pagetypeinfo(const struct mm *mm, const struct show_what *what,
			struct out *out);
void print_zoneinfo(const struct mm *mm, const struct show_what *what,
		    struct out *out);
void print_pcp(const struct mm *mm, const struct show_what *what,
	       struct out *out);
void print_lists(const struct mm *mm, const struct show_what *what,
		 struct out *out);
void print_frame(const struct mm *mm, const struct show_what *what,
		 struct out *out);
void print_block(const struct mm *mm, const struct show_what *what,
		 struct out *out);
void print_events(const struct mm *mm, const struct show_what *what,
		  struct out *out);
void print_zones(const struct mm *mm, const struct show_what *what,
		 struct out *out);
void print_owners(const struct mm *mm, const struct show_what *what,
		  struct out *out);
void print_gfp(const struct mm *mm, const struct show_what *what,
	       struct out *out);

/** One line on where a frame is now: its list, block, owner. */
void frame_text(const struct mm *mm, pfn_t pfn, char *buf, size_t size);
/** "free", "used", ...: the word for a frame's state. */
const char *frame_kind_name(enum mm_frame_kind kind);
/** First frame of a pageblock. */
pfn_t pageblock_first(const struct mm *mm, pfn_t pfn);
/** Pageblocks of a zone by type, stepping as /proc/pagetypeinfo does. */
void count_pageblocks(const struct mm *mm, zone_t zid,
		      uint64_t count[MIGRATE_TYPES]);
/** The range of events that `last` asks for: first..last, 0 if none. */
uint64_t events_from(const struct mm *mm, uint64_t last);
/** Is this zone to be shown? */
bool show_zone(const struct show_what *what, zone_t zid);

/** A new document for a word after `show`; NULL when memory is short. */
json_t *json_document(const struct mm *mm, const char *word,
		      const struct show_what *what);

#endif
