/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * show.h - one printer for each word after `show`, as text and as JSON
 */
#ifndef BUDDYSCOPE_CMD_SHOW_H
#define BUDDYSCOPE_CMD_SHOW_H

#include "cmd/cmd.h"

#define ALL_EVENTS UINT64_MAX

/** What to show: only what is asked for; -1, NO_ZONE, NO_PFN: all. */
struct show_what {
	struct lab *lab; /* that may stop it; NULL: nobody does */
	zone_t zid;
	int cpu, order, type;
	pfn_t pfn;
	uint64_t last;	   /* events; 0: what fits, ALL_EVENTS: all */
	uint64_t from, to; /* events of a trace; 0: as far as it goes */
	gfp_t gfp;
	bool has_gfp;
	bool fields; /* events: as name=value */
};

void print_buddyinfo(const struct mm *mm, const struct show_what *what,
		     struct out *out);
void print_pagetypeinfo(const struct mm *mm, const struct show_what *what,
			struct out *out);
void print_zoneinfo(const struct mm *mm, const struct show_what *what,
		    struct out *out);
void print_extfrag(const struct mm *mm, const struct show_what *what,
		   struct out *out);
void print_unusable(const struct mm *mm, const struct show_what *what,
		    struct out *out);
void print_vmstat(const struct mm *mm, const struct show_what *what,
		  struct out *out);
void print_meminfo(const struct mm *mm, const struct show_what *what,
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
void print_trace(const struct mm *mm, const struct show_what *what,
		 struct out *out);
void print_mem(const struct mm *mm, const struct show_what *what,
	       struct out *out);
void print_failure(const struct mm *mm, const struct show_what *what,
		   struct out *out);
void print_log(const struct mm *mm, const struct show_what *what,
	       struct out *out);
void print_oom(const struct mm *mm, const struct show_what *what,
	       struct out *out);
void print_zones(const struct mm *mm, const struct show_what *what,
		 struct out *out);
void print_owners(const struct mm *mm, const struct show_what *what,
		  struct out *out);
void print_memory(const struct mm *mm, const struct show_what *what,
		  struct out *out);
void print_compaction(const struct mm *mm, const struct show_what *what,
		      struct out *out);
void print_hugetlb(const struct mm *mm, const struct show_what *what,
		   struct out *out);
void print_cma(const struct mm *mm, const struct show_what *what,
	       struct out *out);
/** "async", "sync-light", "sync" */
const char *migrate_mode_name(enum migrate_mode mode);
void print_groups(const struct mm *mm, const struct show_what *what,
		  struct out *out);
void print_lru(const struct mm *mm, const struct show_what *what,
	       struct out *out);
void print_swap(const struct mm *mm, const struct show_what *what,
		struct out *out);
void print_plot(const struct mm *mm, const struct show_what *what,
		struct out *out);
void print_tasks(const struct mm *mm, const struct show_what *what,
		 struct out *out);
void print_slabs(const struct mm *mm, const struct show_what *what,
		 struct out *out);
void print_cpusets(const struct mm *mm, const struct show_what *what,
		   struct out *out);
void print_gfp(const struct mm *mm, const struct show_what *what,
	       struct out *out);

/** One list of a zone, to be walked from its head. */
struct list_walk {
	const struct mm *mm;
	zone_t zid;
	unsigned int order;
	enum migratetype type;
	unsigned int cpu, pindex; /* of a per-CPU list */
	/* the first for NO_PFN, which is what follows the last */
	pfn_t (*next)(const struct list_walk *w, pfn_t pfn);
	uint32_t (*len)(const struct list_walk *w);
};
/** A line for it, "  Movable[2]  100 104", unless it is empty. */
void print_list(const struct list_walk *w, struct out *out);
/** One of them: for the answer of who made or changed it. */
void print_group(const struct mm *mm, unsigned int group, struct out *out);
void print_cpuset(const struct mm *mm, unsigned int cpuset, struct out *out);

/** What a mask means, one fact after the other; NULL past the last. */
struct gfp_fact {
	const char *key, *title;
	void (*says)(const struct mm *mm, const struct mm_request *want,
		     char *buf, size_t size);
	gfp_t flag; /* a matter of yes or no: the flag that decides it */
};
const struct gfp_fact *gfp_fact(unsigned int i);
/** The request that `gfp` and `show gfp mask=` speak of. */
struct mm_request gfp_request(const struct show_what *what);
/** What is odd about a request; NULL past the last remark. */
const char *gfp_remark(const struct mm *mm, const struct mm_request *want,
		       unsigned int i);
/** One line on where a frame is now: its list, block, owner. */
void frame_text(const struct mm *mm, pfn_t pfn, char *buf, size_t size);
/** "free", "used", ...: the word for a frame's state. */
const char *frame_kind_name(enum mm_frame_kind kind);
/** First frame of a pageblock. */
pfn_t pageblock_first(const struct mm *mm, pfn_t pfn);
/**
 * First frame past the block that @pfn lies in; past the hole or the
 * reserved frames, or the end of the pageblock, if it is such a one.
 */
uint64_t next_block(const struct mm *mm, pfn_t pfn);
/** Pageblocks of a zone by type, stepping as /proc/pagetypeinfo does. */
void count_pageblocks(const struct mm *mm, zone_t zid,
		      uint64_t count[MIGRATE_TYPES]);
/** The events that `last` asks for: numbers of the first and the last. */
uint64_t events_first(const struct mm *mm, uint64_t last);
uint64_t events_last(const struct mm *mm, uint64_t last);
/** Why there is none: nothing was done, or more than could be kept. */
const char *no_events_text(const struct mm *mm);
/** A long line broken at blanks, the rest indented. */
void print_wrapped(const char *text, struct out *out);
/** Does this event end a request? */
bool ends_request(const struct mm_event *ev);
/** The tree of `explain`; true when something was folded away. */
bool explain_story(struct lab *lab, const struct mm_op *op,
		   enum explain_depth depth, bool all, struct out *out);
/** What compaction and isolation did in it; false if they did nothing. */
bool explain_compaction(struct lab *lab, const struct mm_op *op,
			enum explain_depth depth, struct out *out);
/** Is this zone to be shown? */
bool show_zone(const struct show_what *what, zone_t zid);
/** A line for each populated zone, in it @number for each order. */
void print_by_order(const struct mm *mm, const struct show_what *what,
		    void (*number)(const struct mm *, zone_t, unsigned int,
				   struct out *),
		    struct out *out);

/**
 * The next line of /proc/meminfo, *@i being its place and 0 at first; NULL
 * past the last.  @unit: " kB", or "" for counts.
 */
const char *meminfo_line(const struct mm *mm, unsigned int *i, int64_t *value,
			 const char **unit);
/** The document for a word after `show`, malloc()ed; NULL: memory is short. */
char *json_text(const struct mm *mm, const char *word,
		const struct show_what *what);

#endif
