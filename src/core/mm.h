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

#include "core/mm_reason.h"
#include "core/types.h"

struct mm;

/** One line for a person: what was expected, what to do; NUL-terminated. */
struct mm_error {
	char text[200];
};

#include "core/mm_config.h"

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
/* The parts                                                           */
/* ------------------------------------------------------------------ */

#include "core/mm_names.h"    /* flags and names */
#include "core/mm_look.h"     /* zones, lists and frames as they are */
#include "core/mm_stat.h"     /* counters */
#include "core/mm_setting.h"  /* settings and figures, by dotted name */
#include "core/mm_time.h"     /* operations, events, moving among them */
#include "core/mm_tasks.h"    /* tasks, quanta, time that goes on */
#include "core/mm_walk.h"     /* what each zone says to a request */
#include "core/mm_compact.h"  /* compaction */
#include "core/mm_isolate.h"  /* isolation, memory in one piece, CMA */
#include "core/mm_hugetlb.h"  /* pools of huge pages */
#include "core/mm_limits.h"   /* groups, cpusets, the OOM killer */
#include "core/mm_reclaim.h"  /* LRU lists, swap, writes, slab */
#include "core/mm_numa.h"     /* nodes, tiers, policies */
#include "core/mm_procs.h"    /* processes */
#include "core/mm_hotplug.h"  /* memory that comes and goes */
#include "core/mm_recorded.h" /* a world put together piece by piece */

#endif
