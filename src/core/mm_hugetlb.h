/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_hugetlb.h - pools of huge pages, as hugetlbfs has them; part of mm.h
 *
 * One pool for each size of a page-table level: pages of order pmd_order
 * (2 MiB on amd64) and of twice that order (1 GiB).  A page of a pool is free
 * there, or in use; it is on no LRU list, and the allocator has nothing to do
 * with it until the pool gives it back.
 *
 * The number of pages that a pool is to have is the setting vm.nr_hugepages
 * for the smaller size, mm_hugetlb_pool() for both.
 */
#ifndef BUDDYSCOPE_MM_HUGETLB_H
#define BUDDYSCOPE_MM_HUGETLB_H

/** Pools are numbered by size, the smaller one first. */
enum mm_hugetlb_size { HUGETLB_PMD, HUGETLB_PUD, NR_HUGETLB_SIZES };

/** Is a frame of a pool's page? */
enum mm_hugetlb_state {
	HUGETLB_NONE,
	HUGETLB_FREE,	   /* in its pool */
	HUGETLB_USED,	   /* or about to move */
	HUGETLB_TEMPORARY, /* a target of migration: goes back to the buddy */
};

/** Pages of that size each; of the whole world or of one node. */
struct mm_hugetlb_info {
	unsigned int order; /* 0: this world has no such pages */
	uint32_t nr;	    /* HugePages_Total */
	uint32_t free, resv, surplus;
	uint32_t max;	     /* nr_hugepages, as it was set or got */
	uint32_t overcommit; /* nr_overcommit_hugepages */
	bool gigantic;	     /* larger than any free block */
};
void mm_hugetlb_info(const struct mm *mm, enum mm_hugetlb_size size,
		     struct mm_hugetlb_info *info);
/** The same of a node, which has no resv, max and overcommit: 0. */
void mm_hugetlb_node_info(const struct mm *mm, enum mm_hugetlb_size size,
			  unsigned int nid, struct mm_hugetlb_info *info);
/** Which pool has pages of that order; -ENOENT: none. */
int mm_hugetlb_of_order(const struct mm *mm, unsigned int order);
/** The order of a page of a pool; 0 for all other frames. */
unsigned int mm_hugetlb_page_order(const struct mm *mm, pfn_t pfn);
/** "pmd", "pud": in figures and for people. */
const char *mm_hugetlb_size_name(enum mm_hugetlb_size size);

/** The free pages of a node, the one to be taken next first; NO_PFN: none. */
pfn_t mm_hugetlb_first_free(const struct mm *mm, enum mm_hugetlb_size size,
			    unsigned int nid);
/** Those in use, on whatever node; what is about to move is left out. */
pfn_t mm_hugetlb_first_active(const struct mm *mm, enum mm_hugetlb_size size);
/** The one behind @pfn on its list; NO_PFN behind the last. */
pfn_t mm_hugetlb_next(const struct mm *mm, pfn_t pfn);

/** Why that cannot be asked for, in one line; 0: try it. */
int mm_hugetlb_refusal(const struct mm *mm, enum mm_hugetlb_size size, int nid,
		       struct mm_error *err);
/**
 * mm_hugetlb_pool - make a pool have @nr pages, not counting surplus
 * @nid: pages of that node only; -1: of all nodes in turn
 *
 * Pages come from the buddy, gigantic ones by mm_contig(); pages in use and
 * reserved ones stay.  0, also if the pool got fewer: see `max`; -EINVAL.
 *
 * Models: set_max_huge_pages(), mm/hugetlb.c
 */
int mm_hugetlb_pool(struct mm *mm, enum mm_hugetlb_size size, uint32_t nr,
		    int nid, struct mm_error *err);
/**
 * mm_task_hugetlb_pool - the same, left to a task: mm_run() goes on
 *
 * -EBUSY with a reason: the task, or somebody who resizes that pool, is in the
 * middle of something.
 */
int mm_task_hugetlb_pool(struct mm *mm, unsigned int task,
			 enum mm_hugetlb_size size, uint32_t nr, int nid,
			 struct mm_error *err);
/** Why the task cannot; 0: it can. */
int mm_task_hugetlb_refusal(const struct mm *mm, unsigned int task,
			    enum mm_hugetlb_size size, int nid,
			    struct mm_error *err);

/** A task that resizes a pool. */
struct mm_hugetlb_task {
	const char *at; /* "ask the buddy": you are here; NULL: nowhere */
	enum mm_hugetlb_size size;
	uint32_t wanted; /* pages, of one node if it was given */
	uint32_t apart;	 /* got and not in the pool yet, or yet to go */
};
void mm_hugetlb_task_info(const struct mm *mm, unsigned int task,
			  struct mm_hugetlb_task *info);
/** So many surplus pages may there be; -EINVAL for gigantic ones. */
int mm_hugetlb_overcommit(struct mm *mm, enum mm_hugetlb_size size, uint32_t nr,
			  struct mm_error *err);
/**
 * mm_hugetlb_reserve - keep @nr free pages, as mmap() does; < 0: no longer
 *
 * What is not free comes from the buddy, as surplus.  -ENOMEM when that is
 * not allowed or not to be had; -EINVAL for more than is reserved.
 *
 * Models: hugetlb_acct_memory(), mm/hugetlb.c
 */
int mm_hugetlb_reserve(struct mm *mm, enum mm_hugetlb_size size, int64_t nr,
		       struct mm_error *err);

/** A page of a pool, for an owner. */
struct mm_hugetlb_request {
	enum mm_hugetlb_size size;
	uint16_t owner; /* 0: nobody in particular; not a process's */
	uint16_t cpu;
	int16_t nid;   /* the nearest; -1: the CPU's */
	bool reserved; /* one of those that are reserved */
};
/**
 * mm_hugetlb_alloc - take a page into use
 *
 * A free one of the nearest node, else one of the buddy, as surplus.
 * -ENOMEM: there is none.  mm_free_pages() gives it back to its pool.
 *
 * Models: alloc_hugetlb_folio(), mm/hugetlb.c
 */
int mm_hugetlb_alloc(struct mm *mm, const struct mm_hugetlb_request *want,
		     pfn_t *pfn, struct mm_error *err);

#endif
