/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * migrate.h - moving pages: what is in a frame goes to another one
 *
 * Pages that are to be moved are isolated first: they leave their LRU list
 * for the mover's (BLOCK_ISOLATED).  Each is then given a target, unmapped,
 * copied, and mapped again; its old frame is free.  What could not be moved
 * is on the mover's list again, and has to be put back.
 *
 * Owner, attributes, mappings and their young bits move along; the page joins
 * its LRU list by a batch, and its owner's list at the end.
 *
 * Models:   migrate_pages, migrate_pages_sync, putback_movable_pages in
 *           mm/migrate.c; contig-cma-hotplug.md 8, compaction.md 9
 * Left out: the queue of large pages to be split; buffers; what a mapping's
 *           own callback might refuse.  Who waits for a page lock has no
 *           target in hand meanwhile, and gives up after a second; the kernel
 *           waits on
 */
#ifndef CORE_MIGRATE_H
#define CORE_MIGRATE_H

#include "core/lru.h"

/**
 * Does the page belong to a file or to the swap cache?  Left out: shared
 * memory, which this model does not tell from anonymous pages.
 */
static inline bool page_has_mapping(const struct page *page)
{
	return !(page->attr & PAGE_SWAPBACKED) || (page->attr & PAGE_SWAPCACHE);
}

/** Dirty, and its file system has no way to move it? */
static inline bool page_is_fixed(const struct mm *mm, uint64_t pfn)
{
	const struct page *page = &mm->page[pfn];

	return (page->attr & PAGE_DIRTY) && !(page->attr & PAGE_SWAPBACKED) &&
	       (mm->owner[page->owner].flags & OWNER_FIXED);
}

#define MIGRATE_RETRIES 10 /* NR_MAX_MIGRATE_PAGES_RETRY */

/** Forget what a former run left; the lists are empty. */
void migration_reset(struct mm *mm, uint32_t task);
/** The page leaves its LRU list for the head of the mover's list. */
void isolate_page(struct mm *mm, uint32_t task, pfn_t pfn);
/** ... and comes back to use: a page on the mover's list. */
void putback_page(struct mm *mm, uint32_t task, pfn_t pfn);
/** Somebody has unlocked the page: who waits to move it goes on. */
void migrate_page_unlocked(struct mm *mm, pfn_t pfn);
/** It is not isolated any more. */
void uncount_isolated(struct mm *mm, pfn_t pfn);
/** The list of what is to be moved. */
const struct list *migrate_from(const struct mm *mm, uint32_t task);

/** Begin with what is on the mover's list. */
void migrate_pages_begin(struct mm *mm, uint32_t task, enum migrate_mode mode,
			 enum migrate_reason reason);
/**
 * The same to pages that are asked for, with @gfp, on @nid and else on the
 * nodes of @nodes; contig-cma-hotplug.md 8.8.
 */
void migrate_pages_to(struct mm *mm, uint32_t task, enum migrate_mode mode,
		      enum migrate_reason reason, gfp_t gfp, unsigned int nid,
		      uint32_t nodes);
/**
 * One quantum.  With QUANTUM_DONE `failed` of the record is the answer: 0,
 * the number of pages that stay, or -ENOMEM.
 */
enum mm_quantum migrate_pages_step(struct mm *mm, uint32_t task);

/** Could a run be taken up from this record? Its lists are not looked at. */
bool migration_sane(const struct migration *m);
bool batch_phase_sane(const struct migration *m);
/** Is it in the middle of a list, and is that the list of unmapped pages? */
bool migrate_walks(const struct migration *m);
bool migrate_walks_hugetlb(const struct migration *m);
bool migrate_moves(const struct migration *m);
bool migrate_frees(const struct migration *m);

/* ---- migrate_batch.c: one batch ---- */

struct mig_batch {
	enum migrate_mode mode; /* what it may wait for */
	enum mig_list in, out;	/* who is to be moved; who has failed */
	unsigned int passes;	/* over those that say "again" */
	uint32_t then;		/* enum migrate_step: what follows it */
};
void migrate_batch_begin(struct mm *mm, uint32_t task, struct mig_batch b);
/** One quantum of it. */
enum mm_quantum migrate_batch_step(struct mm *mm, uint32_t task);

/* ---- migrate_target.c: where to ---- */

/**
 * One quantum of finding a page like @src, which is in hand; QUANTUM_DONE: it
 * is in *@dst, or NO_PFN.
 */
enum mm_quantum migrate_target_step(struct mm *mm, uint32_t task, pfn_t src,
				    pfn_t *dst);
/** The page in hand needs one: what follows are steps. */
void migrate_target_begin(struct mm *mm, uint32_t task);
/** A target is not used after all. */
void migrate_target_free(struct mm *mm, uint32_t task, pfn_t dst);

/* ---- the mover's record and lists; links are in the frames ---- */

static inline const struct migration *mig_of(const struct mm *mm, uint32_t task)
{
	return &mm->task[task].mig;
}

static inline const struct list *mig_list(const struct mm *mm, uint32_t task,
					  enum mig_list which)
{
	return &mm->task[task].mig.list[which];
}

static inline void mig_move_tail(struct mm *mm, uint32_t task,
				 enum mig_list from, enum mig_list to,
				 pfn_t pfn)
{
	list_del(mm, mig_list(mm, task, from), 0, pfn);
	list_add_tail(mm, mig_list(mm, task, to), 0, pfn);
}

/** All of @from behind (or, @front, before) what is in @to. */
void mig_splice(struct mm *mm, uint32_t task, enum mig_list from,
		enum mig_list to, bool front);

#endif
