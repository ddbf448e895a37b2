/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_isolate.h - memory in one piece, and pageblocks shut for it; part of mm.h
 *
 * A pageblock that is isolated gives no page to anybody: its free pages are
 * on lists of their own.  Allocating a range, and taking memory offline,
 * begin with that, and then move what is in the way.
 */
#ifndef BUDDYSCOPE_MM_ISOLATE_H
#define BUDDYSCOPE_MM_ISOLATE_H

/** On whose behalf: what counts as movable depends on it. */
enum mm_isolate_mode {
	ISOLATE_OFFLINE, /* memory is to go away */
	ISOLATE_CMA,	 /* CMA pageblocks may be taken */
	ISOLATE_OTHER,	 /* any other range */
	NR_ISOLATE_MODES
};

/**
 * mm_isolate_range - shut all pageblocks that [@start, @end) touches
 *
 * 0; -EBUSY with the page and what is wrong with it, then nothing is shut;
 * -EINVAL for a range that is empty, no memory or not of one zone.  One with
 * a pageblock that is shut already is -EBUSY before anything is touched.
 * Models: start_isolate_page_range(), mm/page_isolation.c
 */
int mm_isolate_range(struct mm *mm, pfn_t start, pfn_t end,
		     enum mm_isolate_mode mode, struct mm_error *err);
/**
 * mm_unisolate_range - open those of them that are shut
 *
 * -EINVAL as above, or if none is; a pageblock that is open stays open.
 * -EBUSY while a task empties pageblocks there.
 * Models: undo_isolate_page_range(), mm/page_isolation.c
 */
int mm_unisolate_range(struct mm *mm, pfn_t start, pfn_t end,
		       struct mm_error *err);
/** What is refused before anything happens; 0: try it. */
int mm_isolate_refusal(const struct mm *mm, pfn_t start, pfn_t end,
		       struct mm_error *err);
int mm_unisolate_refusal(const struct mm *mm, pfn_t start, pfn_t end,
			 struct mm_error *err);

/** Memory in one piece. */
struct mm_range_request {
	pfn_t start, end; /* the range [start, end); or */
	pfn_t nr;	  /* so many pages, wherever they are; 0: the range */
	enum mm_isolate_mode mode; /* of a range: ISOLATE_CMA, ISOLATE_OTHER */
	gfp_t gfp;		   /* of what moves out of the way */
	uint16_t owner, cpu;
	uint16_t area;	/* of CMA, with `nr`: its number plus one; 0: none */
	uint16_t align; /* order of the first page's alignment there */
	int16_t nid;	/* of pages wherever they are: which node's zonelist */
};

/**
 * mm_contig - allocate memory in one piece
 *
 * As single pages; with GFP_BIT_COMP as one page of 2^n frames, from a
 * pageblock to 2^MM_GIGANTIC_ORDER.
 *
 * What is in the way is moved.  The first page in *@pfn; -EBUSY if something
 * does not move, or is not found to be movable, -ENOMEM if there is nowhere
 * to move it, or no place for so many pages; -EINVAL for what cannot be
 * asked for.  Only -EINVAL leaves all free lists as they were.
 *
 * Models: alloc_contig_range(), alloc_contig_pages(), mm/page_alloc.c
 */
int mm_contig(struct mm *mm, const struct mm_range_request *want, pfn_t *pfn,
	      struct mm_error *err);
/** -EINVAL, -EBUSY for what cannot be asked for; 0: try it. */
int mm_contig_refusal(const struct mm *mm, const struct mm_range_request *want,
		      struct mm_error *err);
/** The same handed to a user's task that is at ease, to be run by mm_run(). */
int mm_task_contig(struct mm *mm, unsigned int task,
		   const struct mm_range_request *want, struct mm_error *err);
/** What the last one came to: 0 or -EBUSY, ...; 0 if there was none. */
int mm_contig_result(const struct mm *mm, unsigned int task);
/** The same, and why in @err. */
int mm_contig_failed(const struct mm *mm, unsigned int task,
		     struct mm_error *err);
/**
 * mm_free_contig - give [@start, @end) back, all of it allocated blocks
 *
 * In blocks as large as they can be, in ascending order; -EINVAL with a
 * reason, and then nothing changes.  Models: free_contig_range()
 */
int mm_free_contig(struct mm *mm, pfn_t start, pfn_t end, unsigned int cpu,
		   struct mm_error *err);
int mm_free_contig_refusal(const struct mm *mm, pfn_t start, pfn_t end,
			   struct mm_error *err);

/** A task that empties a range, a place in a CMA area or a memory block. */
enum mm_range_kind {
	RANGE_TASK_NONE,
	RANGE_TASK_CONTIG,
	RANGE_TASK_CMA,
	RANGE_TASK_OFFLINE,
};
struct mm_range_task {
	enum mm_range_kind kind;
	pfn_t start, end;   /* NO_PFN while a place is looked for */
	const char *at;	    /* "move pages": you are here; NULL: nowhere */
	unsigned int tries; /* of the pages at hand, or rounds in vain */
};
/** What it moves is told by mm_in_flight(). */
void mm_range_task_info(const struct mm *mm, unsigned int task,
			struct mm_range_task *info);

/* ---- CMA: areas kept for memory in one piece ---- */

struct mm_cma_info {
	pfn_t base, count, available; /* pages */
};
unsigned int mm_nr_cma(const struct mm *mm);
/** All zero for an area that there is not. */
void mm_cma_info(const struct mm *mm, unsigned int area,
		 struct mm_cma_info *info);
/** The area's page is used; false too for what is in no area. */
bool mm_cma_used(const struct mm *mm, pfn_t pfn);
/**
 * mm_cma_release - give back @count pages that an area gave
 *
 * -EINVAL with a reason, and then nothing changes.  Models: cma_release()
 */
int mm_cma_release(struct mm *mm, pfn_t pfn, pfn_t count, unsigned int cpu,
		   struct mm_error *err);
int mm_cma_release_refusal(const struct mm *mm, pfn_t pfn, pfn_t count,
			   struct mm_error *err);
/** A page of an area that was used when the world was recorded. */
int mm_put_cma(struct mm *mm, pfn_t pfn, struct mm_error *err);

#endif
