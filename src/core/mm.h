/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm.h - the public face of libbuddyscope
 *
 * A world (struct mm) is one simulated machine as far as its page allocator
 * sees it.  Create one, ask it to allocate and free, look at everything, move
 * in time, save it.  The library prints nothing, reads no clock, and draws
 * random numbers only from the seed in the world: the same calls on the same
 * world give the same bytes.
 *
 * Errors: 0 or a negative errno.  Where a page is the result, NO_PFN means
 * "none".  A refused allocation is an answer (-ENOMEM); the events say why.
 * A function that takes a struct mm_error explains a bad argument there in
 * one line and changes nothing.
 *
 * Twenty lines are enough for an experiment:
 *
 *	struct mm_config cfg;
 *	mm_config_preset(&cfg, "tiny", NULL);
 *	struct mm *mm = mm_create(&cfg, NULL);
 *	struct mm_request want = { .order = 0, .gfp = GFP_KERNEL };
 *	pfn_t pfn;
 *
 *	if (mm_alloc_pages(mm, &want, &pfn) == 0)
 *		mm_free_pages(mm, pfn, 0, 0, NULL);
 *	mm_destroy(mm);
 */
#ifndef BUDDYSCOPE_MM_H
#define BUDDYSCOPE_MM_H

#include <stddef.h>
#include <stdint.h>

#include "core/types.h"

struct mm;

/** One line for a person: what was expected, what to do; NUL-terminated. */
struct mm_error {
	char text[200];
};

/* ------------------------------------------------------------------ */
/* Configuration                                                       */
/* ------------------------------------------------------------------ */

struct mm_range {
	pfn_t start, end; /* frames [start, end) */
};

/** A zone as configured: one index of one node. */
struct mm_zone_config {
	uint16_t nid;
	uint16_t zidx; /* enum zone_type */
	pfn_t start, end;
};

/**
 * struct mm_config - every constant a world can be built with
 *
 * Fill it with mm_config_preset() and change it with mm_config_set().
 * Units: frames unless the name says otherwise.
 */
struct mm_config {
	char name[16]; /* preset it came from */
	uint64_t seed;
	int64_t min_free_kbytes; /* -1: the kernel's formula */
	uint32_t page_shift;	 /* 12: 4 KiB */
	uint32_t pageblock_order;
	uint32_t max_page_order; /* largest order, inclusive */
	uint32_t pmd_order;	 /* order of a PMD-sized huge page */
	uint32_t nr_cpus;
	uint32_t nr_nodes;
	uint32_t memory_block; /* frames of a hot-plug block */
	uint32_t watermark_scale_factor;
	uint32_t watermark_boost_factor;
	uint32_t lowmem_reserve_ratio[MAX_NR_ZONES];
	uint32_t percpu_pagelist_high_fraction;
	uint32_t defrag_mode;
	uint32_t pcp_batch_scale_max;
	uint32_t cache_pages;	 /* one CPU's share of the last-level cache */
	uint32_t pcp;		 /* 0: per-CPU lists pass everything through */
	uint32_t exact_counters; /* 1: vmstat thresholds are 0 */
	uint32_t thp;		 /* enum mm_thp; below 512 MiB there are none */
	uint32_t thp_defrag;	 /* enum thp_defrag: how a huge fault asks */
	uint32_t era;		 /* enum mm_era */
	uint32_t mobility_grouping; /* enum mm_grouping */
	uint32_t debug_vm; /* 0: a mask of two zones means DMA, as is read then
			    */
	uint32_t schedule; /* 1: daemons run by themselves; 0: by hand only */
	uint32_t capture;  /* 1: compaction keeps a block for its request */
	uint32_t swappiness, extfrag_threshold;
	uint32_t dirty_ratio, dirty_background_ratio;	/* percent */
	uint32_t dirty_kbytes, dirty_background_kbytes; /* 0: by the ratio */
	uint32_t zone_reclaim_mode, min_unmapped_ratio, min_slab_ratio;
	uint32_t panic_on_oom, oom_kill_allocating_task, oom_dump_tasks;
	uint32_t numa_balancing, demotion;
	uint32_t lru_gen; /* 1: boost reclaim does nothing, as with MGLRU */
	uint32_t compaction_proactiveness, compact_unevictable_allowed;
	uint32_t swap_delay, writeback_delay; /* jiffies a write takes */
	uint32_t nr_hugepages, nr_overcommit_hugepages; /* of pmd_order */
	uint32_t movable_gigantic_pages; /* 1: they may lie in ZONE_MOVABLE */
	uint32_t zone_layout;		 /* enum mm_zone_layout */
	uint32_t tier[MM_MAX_NODES];	 /* of memory; 0 is the fastest */
	uint32_t nr_zones;		 /* entries of zone[] */
	uint32_t nr_memory;   /* memory that exists; none: all of the zones */
	uint32_t nr_reserved; /* exists but never handed to the allocator */
	uint32_t nr_cma;
	struct mm_zone_config zone[MM_MAX_NODES * MAX_NR_ZONES];
	struct mm_range memory[MM_MAX_RANGES];
	struct mm_range reserved[MM_MAX_RANGES];
	struct mm_range cma[MM_MAX_CMA];
	uint32_t distance[MM_MAX_NODES][MM_MAX_NODES];
	uint8_t cpu_node[MM_MAX_CPUS];
};

/** Start from a named preset; -ENOENT for an unknown one, with a hint. */
int mm_config_preset(struct mm_config *cfg, const char *name,
		     struct mm_error *err);
/** Names of the presets, NULL past the last; with one line of help each. */
const char *mm_preset_name(unsigned int i);
const char *mm_preset_help(unsigned int i);

/**
 * mm_config_set - change one constant by name
 *
 * Keys and their help: mm_config_key().  `zone=Normal pages=64` makes a
 * single zone of 64 frames; `zones=NID:NAME:START-END,...`, `memory=`,
 * `reserved=` and `cma=START-END,...` lay out anything else.  A new zone,
 * size or zones= takes the old layout away with all its ranges.
 *
 * -ENOENT for a key there is not, -EINVAL for a value out of range; a bad
 * value changes nothing.  Whether the constants fit together is asked by
 * mm_create(): ranges, for one, end where the last zone does.
 */
int mm_config_set(struct mm_config *cfg, const char *key, const char *value,
		  struct mm_error *err);
const char *mm_config_key(unsigned int i);
const char *mm_config_key_help(unsigned int i);

/* ------------------------------------------------------------------ */
/* Life of a world                                                     */
/* ------------------------------------------------------------------ */

/**
 * mm_create - build a world and hand its free memory to the buddy lists
 *
 * NULL when the configuration is impossible (@err says what) or memory is
 * short.  The caller destroys it.
 */
struct mm *mm_create(const struct mm_config *cfg, struct mm_error *err);
void mm_destroy(struct mm *mm);
/** What it was built with, `set` included; valid as long as the world. */
const struct mm_config *mm_config(const struct mm *mm);
/** An independent copy of the present moment; it has no past. */
struct mm *mm_clone(const struct mm *mm);
/**
 * mm_fork - a copy with its past and its future: both go on alone
 *
 * NULL when memory is short, or between mm_begin() and mm_end().
 */
struct mm *mm_fork(const struct mm *mm);
/** 0 when both worlds hold the same bytes, else non-zero. */
int mm_compare(const struct mm *a, const struct mm *b);
/** A fingerprint of every byte of the present moment. */
uint64_t mm_hash(const struct mm *mm);

/**
 * mm_stop_when - long work asks whether it shall break off
 * @stop: asked now and then, with @arg; true: break off.  NULL: never
 *
 * An operation that breaks off is done in part and good for nothing but to be
 * taken back, to where it began.  mm_check() and mm_save() then give -EINTR,
 * mm_clone() and mm_fork() NULL, mm_compare() and mm_hash() a value that means
 * nothing.  A copy asks nobody.
 */
void mm_stop_when(struct mm *mm, bool (*stop)(void *arg), void *arg);

/** Bytes of state in total, and per frame (the frame record alone). */
size_t mm_state_bytes(const struct mm *mm);
size_t mm_frame_bytes(void);

/**
 * mm_save - the present moment as bytes
 *
 * @bytes is malloc()ed and becomes the caller's; @size its length.
 */
int mm_save(const struct mm *mm, unsigned char **bytes, size_t *size);
/** A world from bytes; every byte is distrusted.  NULL and @err if bad. */
struct mm *mm_load(const unsigned char *bytes, size_t size,
		   struct mm_error *err);
/** The same, given up (NULL) when @stop says so; see mm_stop_when(). */
struct mm *mm_load_unless(const unsigned char *bytes, size_t size,
			  bool (*stop)(void *arg), void *arg,
			  struct mm_error *err);

/**
 * First broken invariant: its name and where.  0 when the world is sound.
 *
 * The last one asked for, FRAMES_ALL_PLACED, holds for recorded worlds too:
 * the frames of a zone that are free, on per-CPU lists or in use are as many
 * as it manages.  Memory that is placed nowhere counts as reserved.
 */
struct mm_broken {
	const char *invariant; /* e.g. "BUDDY_MERGED" */
	char where[160];
};
int mm_check(const struct mm *mm, struct mm_broken *broken);
/**
 * mm_check_lags - may that one be broken where the kernel's own state is?
 * @invariant: as mm_check() has named it
 * @event:     type of the event at which the world stands
 *
 * Inside of a quantum a list is changed before its counter, say.  Returns
 * what the kernel's function does there, or NULL: it has to hold.
 */
const char *mm_check_lags(const char *invariant, unsigned int event);

/* ------------------------------------------------------------------ */
/* Operations                                                          */
/* ------------------------------------------------------------------ */

/** A request, as alloc_pages_node() would get it. */
struct mm_request {
	gfp_t gfp;
	uint16_t order;
	uint16_t cpu;
	int16_t nid;	 /* -1: the CPU's node */
	uint16_t caller; /* enum mm_caller */
	uint16_t owner;	 /* 0: nobody in particular; see mm_owner() */
	uint16_t attr;	 /* enum page_attr given to the pages */
};

/**
 * mm_alloc_pages - one block of 2^order frames
 * @pfn: the first frame, or NO_PFN
 *
 * 0 with a page; -ENOMEM when the kernel would refuse (an answer: see the
 * events); -EINVAL for a request the kernel has no meaning for, with a
 * reason from mm_request_error().
 *
 * Models: alloc_pages_node(), mm/page_alloc.c
 */
int mm_alloc_pages(struct mm *mm, const struct mm_request *want, pfn_t *pfn);
/**
 * mm_alloc_page - one single frame from the CPU's node, nobody's
 *
 * The same as mm_alloc_pages() of a request that says no more than @gfp and
 * @cpu, in less time.  NO_PFN when it is refused, or makes no sense.
 *
 * Models: alloc_page(), mm/page_alloc.c
 */
pfn_t mm_alloc_page(struct mm *mm, gfp_t gfp, unsigned int cpu);
/** NULL when the request makes sense, else one line that says why not. */
const char *mm_request_error(const struct mm *mm,
			     const struct mm_request *want);

/**
 * mm_alloc_bulk - up to @nr single frames into @pfns
 *
 * Returns how many were got, or -EINVAL.  The order of @want plays no part.
 * Entries of @pfns past the result are untouched; if nothing was got, the
 * first is NO_PFN.
 *
 * Models: alloc_pages_bulk_noprof()
 */
int mm_alloc_bulk(struct mm *mm, const struct mm_request *want, unsigned int nr,
		  pfn_t *pfns);

/**
 * mm_free_pages - give back the block that starts at @pfn
 * @order: must be the order it was allocated with
 *
 * -EINVAL with a reason when it is not such a block; nothing changes then.
 * Models: __free_pages() with the last reference
 */
int mm_free_pages(struct mm *mm, pfn_t pfn, unsigned int order,
		  unsigned int cpu, struct mm_error *err);
/**
 * mm_free_run - give back 2^order contiguous frames as one block
 *
 * As mm_free_pages(), but the frames may have been allocated as several
 * smaller blocks, all of one zone: what free_contig_range() and vfree() hand
 * to the lists.
 */
int mm_free_run(struct mm *mm, pfn_t pfn, unsigned int order, unsigned int cpu,
		struct mm_error *err);
/** Split an allocated block into order-0 blocks.  Models: split_page() */
int mm_split_page(struct mm *mm, pfn_t pfn, struct mm_error *err);

/** Empty one CPU's lists of every zone.  Models: drain_local_pages(NULL) */
void mm_drain_local(struct mm *mm, unsigned int cpu);
/** Empty every CPU's lists.  Models: drain_all_pages(NULL) */
void mm_drain_all(struct mm *mm);
/**
 * One run of a CPU's statistics worker: its counter differences move to the
 * zones, its lists shrink.  Models: refresh_cpu_vm_stats()
 */
void mm_decay_pcp(struct mm *mm, unsigned int cpu);
/**
 * Give back one high-atomic pageblock to type @mt; true if one was found.
 * Models: unreserve_highatomic_pageblock()
 */
bool mm_unreserve_highatomic(struct mm *mm, int nid, enum migratetype mt,
			     bool force);

/* ------------------------------------------------------------------ */
/* Owners: who holds which pages, by name                              */
/* ------------------------------------------------------------------ */

/** The owner called @name; 0 if there is none. */
uint16_t mm_owner_find(const struct mm *mm, const char *name);
/**
 * The same, created when missing.  0 with the reason in *@e: -ENOSPC when
 * there are MM_MAX_OWNERS, -EINVAL for a name that is empty or has
 * MM_OWNER_NAME characters or more.  @e may be NULL.
 */
uint16_t mm_owner(struct mm *mm, const char *name, int *e);
const char *mm_owner_name(const struct mm *mm, uint16_t owner);
/** Owners are numbered 1..mm_nr_owners(). */
unsigned int mm_nr_owners(const struct mm *mm);
uint32_t mm_owner_blocks(const struct mm *mm, uint16_t owner);
uint64_t mm_owner_pages(const struct mm *mm, uint16_t owner);
/**
 * Blocks of an owner in the order they were got, then those on LRU lists by
 * address; NO_PFN at the end.
 */
pfn_t mm_owner_first(const struct mm *mm, uint16_t owner);
pfn_t mm_owner_next(const struct mm *mm, pfn_t pfn);

/* ------------------------------------------------------------------ */
/* Looking                                                             */
/* ------------------------------------------------------------------ */

#include "core/mm_look.h"

/* ------------------------------------------------------------------ */
/* GFP flags and names                                                 */
/* ------------------------------------------------------------------ */

/** Highest zone index of a mask; -1 for a combination without a meaning. */
int mm_gfp_zone(gfp_t gfp);
/** The same by the zones that this world can have: a 32-bit one has others. */
int mm_gfp_highest(const struct mm *mm, gfp_t gfp);
/**
 * mm_alloc_flags - what a request may do, attempt by attempt
 *
 * The flags of its fast path, of its slow path, and those that replace them
 * after the first attempt there: 0 if it has no right to the reserves.
 * -EINVAL for a request that mm_request_error() refuses.
 */
struct mm_alloc_words {
	uint32_t fast, slow, rights;
};
int mm_alloc_flags(const struct mm *mm, const struct mm_request *want,
		   struct mm_alloc_words *w);
/** Type of a mask; -1 for MOVABLE with RECLAIMABLE. */
int mm_gfp_migratetype(gfp_t gfp);
/** The same in a world that may keep no types apart. */
int mm_request_migratetype(const struct mm *mm, gfp_t gfp);
/** Rows of the name table in the kernel's printing order; NULL past it. */
const char *mm_gfp_name(unsigned int i, gfp_t *value);
/** As tracepoints print a mask: "GFP_KERNEL|__GFP_ZERO", "none" for 0. */
void mm_gfp_print(gfp_t gfp, char *buf, size_t size);
/** As show_migration_types and /proc print: "Movable", and 'M'. */
const char *mm_migratetype_name(enum migratetype mt);
char mm_migratetype_letter(enum migratetype mt);
const char *mm_zone_type_name(enum zone_type zidx);
/** Name of a zone index where the zones are laid out so; "?" if unused. */
const char *mm_layout_zone_name(enum mm_zone_layout layout,
				enum zone_type zidx);
/** Name of a zone of this world: "HighMem"; of the index alone likewise. */
const char *mm_zone_name(const struct mm *mm, zone_t zid);
const char *mm_layout_name(enum mm_zone_layout layout);
enum mm_zone_layout mm_zone_layout(const struct mm *mm);
const char *mm_era_name(enum mm_era era);
const char *mm_strerror(int err);

/* ------------------------------------------------------------------ */
/* Settings and figures                                                */
/* ------------------------------------------------------------------ */

/**
 * Settings are changed at run time by dotted name, figures only read;
 * `vm.watermark_boost_factor`, `node0.Normal.free`, `pgfree`.
 * mm_figure() answers for both.
 */
struct mm_setting {
	const char *name, *unit, *help;
	int64_t min, max;
};
const struct mm_setting *mm_setting(unsigned int i); /* NULL past the last */
int mm_set(struct mm *mm, const char *name, int64_t value,
	   struct mm_error *err);
/** A setting that is a list or a word; as text, in the kernel's form. */
struct mm_text_setting {
	const char *name, *help;
};
const struct mm_text_setting *mm_text_setting(unsigned int i);
/** 0, -ENOENT or -EINVAL: what mm_set_text() would say. */
int mm_text_error(const struct mm *mm, const char *name, const char *text,
		  struct mm_error *err);
/** 0; or an error, and nothing has changed. */
int mm_set_text(struct mm *mm, const char *name, const char *text,
		struct mm_error *err);
/** Its value; -ENOENT if there is no such setting.  80 bytes are enough. */
int mm_get_text(const struct mm *mm, const char *name, char *buf, size_t size);
int mm_figure(const struct mm *mm, const char *name, int64_t *value,
	      const char **unit);
/** Every figure's name, one call each: for completion and listings. */
void mm_figure_names(const struct mm *mm, void (*each)(void *, const char *),
		     void *arg);

/* ------------------------------------------------------------------ */
/* Time: operations, events, and moving among them                     */
/* ------------------------------------------------------------------ */

#include "core/mm_time.h"

/* ------------------------------------------------------------------ */
/* Tasks and time                                                      */
/* ------------------------------------------------------------------ */

#include "core/mm_tasks.h"

/* ------------------------------------------------------------------ */
/* A request at the zones                                              */
/* ------------------------------------------------------------------ */

#include "core/mm_walk.h"

/* ------------------------------------------------------------------ */
/* Compaction                                                          */
/* ------------------------------------------------------------------ */

#include "core/mm_compact.h"

/* ------------------------------------------------------------------ */
/* Isolation, and memory in one piece                                  */
/* ------------------------------------------------------------------ */

#include "core/mm_isolate.h"

/* ------------------------------------------------------------------ */
/* Pools of huge pages                                                 */
/* ------------------------------------------------------------------ */

#include "core/mm_hugetlb.h"

/* ------------------------------------------------------------------ */
/* Counters                                                            */
/* ------------------------------------------------------------------ */

#include "core/mm_stat.h"

/* ------------------------------------------------------------------ */
/* Memory groups, cpusets, the OOM killer                              */
/* ------------------------------------------------------------------ */

#include "core/mm_limits.h"

/* ------------------------------------------------------------------ */
/* Reclaim: lists, swap, writes, slab                                  */
/* ------------------------------------------------------------------ */

#include "core/mm_reclaim.h"

/* ------------------------------------------------------------------ */
/* Nodes, tiers, policies                                              */
/* ------------------------------------------------------------------ */

#include "core/mm_numa.h"

/* ------------------------------------------------------------------ */
/* Processes                                                           */
/* ------------------------------------------------------------------ */

#include "core/mm_procs.h"

/* ------------------------------------------------------------------ */
/* Memory that comes and goes                                          */
/* ------------------------------------------------------------------ */

#include "core/mm_hotplug.h"

/* ------------------------------------------------------------------ */
/* A recorded state                                                    */
/* ------------------------------------------------------------------ */

/*
 * A loader of somebody else's state (a recording, /proc) builds a world bare
 * of free memory with mm_create_bare(), puts things where they were, and ends
 * with mm_check().  Every call refuses what does not fit, with a reason: a
 * block lies in memory of one zone and in one place.  What is placed nowhere
 * counts as reserved, so a zone's "managed" is what was placed in it as free,
 * per-CPU and used blocks.
 */
struct mm *mm_create_bare(const struct mm_config *cfg, struct mm_error *err);
/** Block on the tail of a free list; counters are left alone. */
int mm_put_free(struct mm *mm, pfn_t pfn, unsigned int order,
		enum migratetype mt, struct mm_error *err);
int mm_put_pcp(struct mm *mm, zone_t zid, unsigned int cpu, unsigned int pindex,
	       pfn_t pfn, struct mm_error *err);
int mm_put_used(struct mm *mm, pfn_t pfn, unsigned int order, uint16_t owner,
		uint16_t attr, struct mm_error *err);
/** A block put there as used: mapped so often, its accessed bits clear. */
int mm_put_mapped(struct mm *mm, pfn_t pfn, unsigned int mapcount,
		  struct mm_error *err);
/** A block put there as used, on no LRU list: it waits in @cpu's batch. */
int mm_put_batched(struct mm *mm, pfn_t pfn, unsigned int cpu,
		   struct mm_error *err);
/** Pages of that owner have a reference count of 0, as slab has in 7.3. */
void mm_put_frozen(struct mm *mm, uint16_t owner);
/** A user's task that was there; its number in *@task. */
int mm_put_task(struct mm *mm, const char *comm, uint32_t pid, unsigned int cpu,
		unsigned int *task, struct mm_error *err);
int mm_put_reserved(struct mm *mm, pfn_t pfn, struct mm_error *err);
int mm_put_pageblock(struct mm *mm, pfn_t pfn, enum migratetype tag,
		     bool isolated, bool skip, struct mm_error *err);
/** One number of a zone by the recording's key: "wmark_min", "flags", ... */
int mm_put_zone(struct mm *mm, zone_t zid, const char *key, int64_t value);
int mm_get_zone(const struct mm *mm, zone_t zid, const char *key,
		int64_t *value);
/** The same for one CPU's share of a zone: "count", "high", "zdiff_free". */
int mm_put_pcp_field(struct mm *mm, zone_t zid, unsigned int cpu,
		     const char *key, int64_t value);
int mm_get_pcp_field(const struct mm *mm, zone_t zid, unsigned int cpu,
		     const char *key, int64_t *value);
/** And for a node: "kswapd_order", "kswapd_asleep", ... */
int mm_put_node(struct mm *mm, unsigned int nid, const char *key,
		int64_t value);
int mm_get_node(const struct mm *mm, unsigned int nid, const char *key,
		int64_t *value);
/** Replace a node's zone order (@which 0: with fallback, 1: THISNODE). */
int mm_put_zonelist(struct mm *mm, unsigned int nid, unsigned int which,
		    const zone_t *zones, unsigned int n);

#endif
