/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_reason.h - the words by which an event says why; part of mm.h
 *
 * In groups, by the event that has them first.  A new one goes to the end:
 * its number is in saved worlds.  Its sentence is in cmd/event_reason.c.
 */
#ifndef BUDDYSCOPE_MM_REASON_H
#define BUDDYSCOPE_MM_REASON_H

/** Why an event went as it did; the argument called `reason` or `result`. */
enum mm_reason {
	REASON_NONE,
	/* zonelist_pass */
	REASON_FIRST_PASS,
	REASON_NOFRAGMENT_DROPPED, /* no clean block anywhere: pollute */
	REASON_REMOTE_NODE,  /* better pollute here than go to another node */
	REASON_KSWAPD_NODES, /* now also nodes whose kswapd works */
	/* zone_skipped */
	REASON_KSWAPD_ACTIVE,
	/* zone_watermark, as result */
	REASON_WMARK_OK,
	REASON_WMARK_SHORT,	/* too few pages above the mark */
	REASON_WMARK_NO_BLOCK,	/* enough pages, no block of the order */
	REASON_WMARK_UNBOOSTED, /* passes when the boost is left out */
	REASON_WMARK_IGNORED,	/* short, but NO_WATERMARKS goes on */
	/* pcp_empty */
	REASON_HIGHATOMIC_NO_REFILL,
	REASON_NOTHING_GOT,
	/* list_del */
	REASON_TAKEN,	/* to be allocated */
	REASON_MERGED,	/* into a larger block */
	REASON_CLAIMED, /* with its whole pageblock */
	/* list_add */
	REASON_SPLIT_REMAINDER,	  /* upper half of a split: head */
	REASON_TAIL_ASKED,	  /* FPI_TO_TAIL */
	REASON_LARGE_ORDER,	  /* the two largest orders: head */
	REASON_PARENT_BUDDY_FREE, /* a larger merge is likely: tail */
	REASON_PARENT_BUDDY_BUSY, /* head */
	REASON_CLASSIC_HEAD,	  /* 2.6.24 knows no tail */
	/* buddy_stop */
	REASON_MAX_ORDER,
	REASON_BUDDY_BUSY,
	REASON_BUDDY_OTHER_ORDER,
	REASON_BUDDY_OTHER_ZONE,
	REASON_BUDDY_OTHER_TYPE,
	/* fallback_refused, fallback_end */
	REASON_NOT_WHOLE,	/* pageblock reaches out of the zone */
	REASON_BELOW_HALF,	/* fewer than half of its pages free or alike */
	REASON_ORDER_TOO_SMALL, /* movable does not claim for so little */
	REASON_NO_FRAGMENT,	/* ALLOC_NOFRAGMENT forbids smaller blocks */
	REASON_NO_DONOR,	/* no other type has a free block */
	/* highatomic_reserve */
	REASON_RESERVED,
	REASON_ZONE_TOO_SMALL, /* 1 % is less than a pageblock */
	REASON_LIMIT_REACHED,
	REASON_TYPE_NOT_MERGEABLE,
	/* slowpath */
	REASON_ENTERED,
	REASON_RETRY_RESERVES, /* once more, with reserve rights or no cpuset */
	REASON_MAY_NOT_SLEEP,  /* no __GFP_DIRECT_RECLAIM: give up */
	REASON_CALLER_MEMALLOC,	 /* a reclaimer may not reclaim */
	REASON_COMPACTED_FIRST,	 /* once more, now that compaction had its go */
	REASON_RECLAIM_MAY_HELP, /* once more: a zone could pass */
	REASON_COMPACTION_MAY_HELP,
	REASON_OOM_PROGRESS, /* once more after the OOM killer */
	REASON_NORETRY,	     /* __GFP_NORETRY: one round was all */
	REASON_COSTLY,	     /* an order above 3 is not worth more */
	REASON_NO_PROGRESS,  /* nothing more can be got back */
	REASON_OOM_VICTIM,   /* being killed, and out of reserves too */
	/* the kernel would try for ever, this one because of __GFP_NOFAIL */
	REASON_LOOP_NOFAIL,
	/* mm_page_alloc, as result */
	REASON_SERVED,
	REASON_REFUSED,
	/* fallback_none, as phase */
	REASON_STEAL_SEARCH, /* smallest first */
	/* out_of_memory */
	REASON_OOM_NOT_FOR_THIS, /* costly, MAYFAIL, THISNODE or a low zone */
	REASON_OOM_WITHOUT_FS,	 /* no __GFP_FS: nobody is killed */
	REASON_OOM_NOBODY, /* no process to kill: the kernel would panic */
	/* zone_skipped */
	REASON_CPUSET,	    /* the cpuset does not allow the node */
	REASON_DIRTY_LIMIT, /* the node has its share of dirty pages */
	/* out_of_memory */
	REASON_OOM_KILLED, /* somebody is killed */
	REASON_OOM_DYING,  /* who asks is dying itself */
	REASON_OOM_PANIC,  /* vm.panic_on_oom: the kernel would panic */
	/* out_of_memory and oom_badness */
	REASON_OOM_PENDING, /* a victim's memory is still to come: R53 */
	/* oom_badness */
	REASON_OOM_BEST,  /* as many points as anybody so far, or more */
	REASON_OOM_FEWER, /* another has more points */
	REASON_OOM_FIRST, /* asked to be killed first */
	REASON_OOM_INIT,
	REASON_OOM_NEVER,     /* oom_score_adj is -1000 */
	REASON_OOM_NO_MEMORY, /* it has none */
	REASON_OOM_REAPED,    /* it has given its memory already */
	REASON_OOM_ELSEWHERE, /* its memory is on other nodes */
	/* oom_kill */
	REASON_OOM_CHOSEN,
	REASON_OOM_ALLOCATING, /* vm.oom_kill_allocating_task */
	REASON_OOM_SHARES,     /* uses the victim's memory */
	REASON_OOM_GROUP,      /* goes with its group: oom_group */
	/* slowpath: the kernel would try for ever */
	REASON_LOOP_RECLAIM, /* others take what reclaim gets back */
	REASON_LOOP_NO_FS,   /* without __GFP_FS nobody is killed */
	REASON_LOOP_VICTIM,  /* a victim does not free its memory */
	/* memcg_charge */
	REASON_CHARGED,
	REASON_CHARGED_OVER, /* over the limit: it may not fail */
	REASON_MEMCG_LIMIT,  /* mm_page_alloc as well: refused */
	/* out_of_memory of a group, SysRq: nobody that may be killed */
	REASON_OOM_NO_VICTIM,
	/* compact_block_skipped */
	REASON_BLOCK_SKIP_BIT,	/* its skip bit says it is not worth it */
	REASON_BLOCK_TYPE,	/* of a type that is not for this scanner */
	REASON_BLOCK_HUGE_PAGE, /* one page covers it */
	REASON_BLOCK_HOLE,	/* its ends are not memory of this zone */
	REASON_BLOCK_FREE,	/* begins with a free block, large enough */
	/* compact_refused */
	REASON_PAGE_NOT_LRU,
	REASON_PAGE_TOO_LARGE,	  /* of the order wanted, or more */
	REASON_PAGE_PINNED,	  /* somebody holds it */
	REASON_PAGE_NOFS,	  /* of a file, and the caller lacks FS */
	REASON_PAGE_UNEVICTABLE,  /* vm.compact_unevictable_allowed is 0 */
	REASON_PAGE_WRITEBACK,	  /* being written */
	REASON_PAGE_LOCKED,	  /* somebody has locked it */
	REASON_PAGE_NO_TARGET,	  /* there is no free page to move it to */
	REASON_PAGE_GIVEN_UP,	  /* another page of its group does not move */
	REASON_FREE_AT_WATERMARK, /* the zone is at its min mark */
	/* compact_positions */
	REASON_SCANNERS_MET,
	REASON_SKIP_RESET, /* skip bits were cleared */
	REASON_OUT_OF_ZONE,
	/* why a range is not isolated, or not taken */
	REASON_PAGE_RESERVED,
	REASON_PAGE_CROSSES,   /* from one pageblock into another */
	REASON_BLOCK_ISOLATED, /* by somebody else */
	REASON_BLOCK_CMA,
	REASON_ISOLATED,   /* cut, or put together, as pageblocks are shut */
	REASON_OFFLINE,	   /* memory that goes away */
	REASON_NODE_FULL,  /* no zone of it has room above its high mark */
	REASON_PAGE_FIXED, /* dirty, and its file system cannot move it */
	/* mm_compaction_finished: the line that decided */
	REASON_FINISH_WHOLE,	/* order -1: not before the scanners meet */
	REASON_FINISH_INSIDE,	/* not in the middle of a pageblock */
	REASON_FINISH_BLOCK,	/* a block of the request's type is free */
	REASON_FINISH_FALLBACK, /* one of another type, to be claimed */
	REASON_FINISH_NO_BLOCK,
	REASON_FINISH_KILLED,	  /* a fatal signal */
	REASON_FINISH_PAGEBLOCKS, /* defrag_mode: whole pageblocks count */
	REASON_FINISH_SCORE,	  /* proactive: low enough */
	REASON_FINISH_SCORE_HIGH,
	REASON_FINISH_KSWAPD, /* proactive: makes way */
	/* compact_stopped: without that test */
	REASON_STOP_NOT_NEEDED, /* the request would be served anyway */
	REASON_STOP_UNSUITABLE, /* mm_compaction_suitable says why */
	REASON_STOP_NO_CMA,	/* what is free is CMA's */
	REASON_STOP_NO_TARGET,
	REASON_STOP_ISOLATED, /* too many pages are isolated */
	REASON_STOP_CAPTURED,
	/* slowpath: once more, though the OOM killer was not asked */
	REASON_NOFAIL_AGAIN,
	/* kswapd_let_sleep */
	REASON_NODE_BALANCED,
	REASON_NODE_HOPELESS,
	/* a pool's page: of hugetlbfs */
	REASON_PAGE_HUGETLB,	   /* compaction leaves it alone */
	REASON_HUGETLB_GIGANTIC,   /* no other can take its place */
	REASON_HUGETLB_BUSY,	   /* about to move already */
	REASON_HUGETLB_RESERVED,   /* all free ones of its pool are */
	REASON_HUGETLB_NO_NEW,	   /* the buddy has none */
	REASON_HUGETLB_NO_SURPLUS, /* nr_overcommit_hugepages */
	/* page_type.h */
	REASON_PAGE_UNUSABLE, /* poisoned, or a driver's */
	REASON_POISONED,      /* the hardware has failed */
	/* mm_compaction_finished */
	REASON_SCANNERS_UNPLACED, /* a zone from frame 0, for the first time */
	NR_REASONS
};

#endif
