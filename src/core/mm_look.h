/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_look.h - frames, zones, lists and pageblocks as they are now; part of mm.h
 *
 * Looking changes nothing.
 */
#ifndef BUDDYSCOPE_MM_LOOK_H
#define BUDDYSCOPE_MM_LOOK_H

/*
 * Everything here is total.  A zone, CPU, order, type, list or frame that
 * there is not is empty: 0, NO_PFN, NO_ZONE, false, a struct of zeros (the
 * name of such a zone is "?").
 */

unsigned int mm_page_shift(const struct mm *mm);
unsigned int mm_pageblock_order(const struct mm *mm);
unsigned int mm_max_order(const struct mm *mm);
unsigned int mm_pmd_order(const struct mm *mm);
unsigned int mm_nr_cpus(const struct mm *mm);
unsigned int mm_nr_nodes(const struct mm *mm);
enum mm_era mm_era(const struct mm *mm);
uint64_t mm_seed(const struct mm *mm);
const char *mm_world_name(const struct mm *mm);
/** False: every request is unmovable, page_group_by_mobility_disabled. */
bool mm_mobility_grouping(const struct mm *mm);
/** One past the highest frame of the world. */
pfn_t mm_end_pfn(const struct mm *mm);

/** Populated zones in address order: 0..mm_nr_zones()-1; NO_ZONE past it. */
unsigned int mm_nr_zones(const struct mm *mm);
zone_t mm_zone_at(const struct mm *mm, unsigned int i);
zone_t mm_zone_id(unsigned int nid, enum zone_type zidx);
/** Zone of a frame; a hole belongs to the zone of the memory after it. */
zone_t mm_zone_of(const struct mm *mm, pfn_t pfn);
bool mm_zone_populated(const struct mm *mm, zone_t zid);

struct mm_zone_info {
	unsigned int nid;
	enum zone_type zidx;
	const char *name; /* "DMA32" */
	pfn_t start, spanned, present, managed, cma;
	int64_t free;	  /* NR_FREE_PAGES, all CPUs' differences added */
	int64_t free_raw; /* what the watermark tests read */
	int64_t free_cma, free_blocks;
	int64_t free_highatomic, reserved_highatomic;
	int64_t wmark[NR_WMARK]; /* raw: boost not added */
	int64_t boost;
	int64_t lowmem_reserve[MAX_NR_ZONES];
	uint32_t flags; /* enum zone_flag */
	uint32_t nr_isolate;
	uint32_t stat_threshold;
	uint64_t pgalloc;
	uint64_t numa[6]; /* hit, miss, foreign, interleave, local, other */
};
void mm_zone_info(const struct mm *mm, zone_t zid, struct mm_zone_info *zi);

/** Free blocks on one list, and on all lists of an order. */
uint32_t mm_nr_free(const struct mm *mm, zone_t zid, unsigned int order,
		    enum migratetype mt);
uint32_t mm_nr_free_order(const struct mm *mm, zone_t zid, unsigned int order);
/** A free list from its head; NO_PFN past the tail. */
pfn_t mm_list_first(const struct mm *mm, zone_t zid, unsigned int order,
		    enum migratetype mt);
pfn_t mm_list_next(const struct mm *mm, unsigned int order, pfn_t pfn);

struct mm_pcp_info {
	int32_t count, high, high_min, high_max, batch; /* pages */
	uint32_t flags, alloc_factor, free_count;
};
void mm_pcp_info(const struct mm *mm, zone_t zid, unsigned int cpu,
		 struct mm_pcp_info *pi);
/** Per-CPU lists are numbered as in the kernel: order_to_pindex(). */
unsigned int mm_nr_pcp_lists(const struct mm *mm);
unsigned int mm_pcp_list_order(const struct mm *mm, unsigned int pindex);
/** Type of a list; the last two serve U and R together, then M. */
enum migratetype mm_pcp_list_type(const struct mm *mm, unsigned int pindex);
uint32_t mm_pcp_list_len(const struct mm *mm, zone_t zid, unsigned int cpu,
			 unsigned int pindex);
pfn_t mm_pcp_list_first(const struct mm *mm, zone_t zid, unsigned int cpu,
			unsigned int pindex);
pfn_t mm_pcp_list_next(const struct mm *mm, unsigned int pindex, pfn_t pfn);

/** A page in use that is not to be used: page_type.h of the core. */
enum mm_page_type {
	PAGE_TYPE_NONE,
	PAGE_TYPE_BALLOON,  /* PageOffline(): its driver keeps it */
	PAGE_TYPE_OFFLINE,  /* the same, until its memory goes */
	PAGE_TYPE_HWPOISON, /* PageHWPoison(): nobody's */
};

/** Where one frame is now. */
enum mm_frame_kind {
	FRAME_HOLE,	/* no memory here */
	FRAME_RESERVED, /* memory the allocator never had */
	FRAME_FREE,	/* in a block on a free list */
	FRAME_PCP,	/* in a block on a per-CPU list */
	FRAME_USED,	/* in an allocated block */
	FRAME_MOVING,	/* in use, and on its way to another frame */
	FRAME_TARGET,	/* free, taken for pages that move */
	FRAME_OFFLINE,	/* memory that has been taken away: not there */
};
struct mm_frame {
	enum mm_frame_kind kind;
	pfn_t head;	       /* first frame of its block; itself if alone */
	unsigned int order;    /* of that block */
	enum migratetype list; /* FREE: the list's type */
	unsigned int pindex, cpu; /* PCP: which list */
	uint16_t owner;		  /* USED, MOVING; 0: nobody in particular */
	uint16_t attr;		  /* USED, MOVING: enum page_attr */
	unsigned int mapcount;	  /* USED, MOVING: how often it is mapped */
	zone_t zone;
	enum migratetype block_type; /* effective type of its pageblock */
	bool isolated, skip;	     /* bits of its pageblock */
	uint8_t hugetlb; /* enum mm_hugetlb_state: of a pool's page? */
	uint8_t type;	 /* enum mm_page_type: not to be used? */
	bool vacated;	 /* TARGET: none, its page has moved or was freed */
};
void mm_frame(const struct mm *mm, pfn_t pfn, struct mm_frame *f);
/** Position of a FREE or PCP block in its list, from the head; -1: none. */
int64_t mm_list_position(const struct mm *mm, const struct mm_frame *f);

/** Effective type of the pageblock that holds @pfn. */
enum migratetype mm_pageblock_type(const struct mm *mm, pfn_t pfn);
/** Free frames (buddy lists) inside the pageblock that holds @pfn. */
uint32_t mm_pageblock_free(const struct mm *mm, pfn_t pfn);

/** What the frames of a range are: how many of each. */
struct mm_range_sum {
	pfn_t frames; /* in all */
	pfn_t free, pcp, used, moving, target, reserved;
	pfn_t hole; /* no memory, or offline */
	/** Free block that begins at the range's start: its order; -1: none. */
	int first_free;
};
/**
 * Counts by blocks, not by frames: a range that is one block, or in which
 * nothing was ever placed, costs next to nothing.  A hole inside of a
 * pageblock that was never touched, with memory at its ends, is not seen.
 */
void mm_range_sum(const struct mm *mm, pfn_t start, pfn_t end,
		  struct mm_range_sum *sum);

/**
 * mm_watermark_terms - one watermark test, term by term
 *
 * passes iff free - unusable > mark + reserve, and for order > 0 a block of
 * that order or larger is on a list the request may use.
 * Models: __zone_watermark_ok()
 */
struct mm_wmark_terms {
	int64_t free, unusable, mark, reserve;
	bool enough, has_block, ok;
};
void mm_watermark_terms(const struct mm *mm, zone_t zid, unsigned int order,
			int64_t mark, enum zone_type highest,
			uint32_t alloc_flags, struct mm_wmark_terms *t);

/** fragmentation_index() in 1/1000, and the unusable free space index. */
int mm_extfrag_index(const struct mm *mm, zone_t zid, unsigned int order);
int mm_unusable_index(const struct mm *mm, zone_t zid, unsigned int order);

#endif
