/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_walk.h - a request at the zones, one after the other; part of mm.h
 *
 * The watermark test of each zone of a request's zonelist, term by term, as
 * it would come out now: what is on the screen beside the gauges, and what
 * "why not?" is answered from.  Looking changes nothing.
 */
#ifndef BUDDYSCOPE_MM_WALK_H
#define BUDDYSCOPE_MM_WALK_H

/** A mark as tests use it, in pages: with the zone's boost. */
int64_t mm_zone_mark(const struct mm *mm, zone_t zid, enum zone_watermarks w);

/** One attempt of a request. */
struct mm_walk {
	struct mm_request want;
	enum zone_type highest; /* highest zone index */
	enum migratetype type;
	uint32_t alloc_flags; /* enum alloc_flag; low two bits: the mark */
	unsigned int task;    /* who asks; 0: a direct call */
	unsigned int pass;    /* over the zonelist; 0: none yet */
	bool in_hand;	      /* it is neither served nor refused yet */
	uint64_t moment;      /* of its first event; 0: there was none */
};

/**
 * mm_walk_last - the request we stand in, or else the last one there was
 * @task: whose; -1: anybody's
 *
 * As its newest attempt up to now made it.  False, and zeros, when the events
 * that are kept know of none, or it lies far back.
 */
bool mm_walk_last(const struct mm *mm, int task, struct mm_walk *w);
/**
 * mm_walk_of - a request that is not made
 * @slow: the attempt at the min mark, in place of the fast path's at low
 *
 * -EINVAL for one that mm_request_error() refuses.
 */
int mm_walk_of(const struct mm *mm, const struct mm_request *want, bool slow,
	       struct mm_walk *w);

/** What a zone says to a request. */
enum mm_zone_verdict {
	ZONE_PASSES,
	ZONE_UNBOOSTED, /* passes, as the boost does not count for it */
	ZONE_IGNORED,	/* short, but the request observes no mark */
	ZONE_SHORT,	/* too few pages above the mark */
	ZONE_NO_BLOCK,	/* enough pages, but no block of the order */
	ZONE_TOO_HIGH,	/* its index is above what the mask allows */
	ZONE_NOT_NODE,	/* a policy does not allow its node */
	ZONE_CPUSET,	/* a cpuset does not */
	NR_ZONE_VERDICTS
};

/**
 * One zone's test: it passes iff usable > needed, and there is a block.
 *
 *	usable = free - highatomic - cma - tail
 *	needed = lowered mark + reserve, the mark being raw + boost
 *
 * All in pages.  Terms that do not count for this request are 0.
 */
struct mm_walk_zone {
	zone_t zone;
	enum mm_zone_verdict verdict;
	enum zone_watermarks which;
	int64_t free;	    /* as the test reads it */
	int64_t highatomic; /* free, in pageblocks kept for others */
	int64_t cma;	    /* free, in CMA areas that it may not use */
	int64_t tail;	    /* 2^order - 1 */
	int64_t usable;
	int64_t raw, boost; /* of the mark asked for */
	int64_t mark;	    /* what of it counts for this request */
	int64_t reserve;    /* lowmem_reserve against its highest zone */
	int64_t needed;
	int64_t margin;	 /* usable - needed; passes from 1 on */
	int64_t missing; /* pages it lacks to pass; 0: none */
	bool has_block;
};
/**
 * Entry @i of the walk's zonelist, zones that are too high included; false
 * past its end.
 *
 * Models:   get_page_from_freelist(), zone_watermark_fast(),
 *           __zone_watermark_unusable_free() in mm/page_alloc.c
 * Left out: what a pass skips for a while: nodes whose kswapd works, nodes
 *           with their share of dirty pages, remote ones under NOFRAGMENT
 */
bool mm_walk_zone(const struct mm *mm, const struct mm_walk *w, unsigned int i,
		  struct mm_walk_zone *z);

#endif
