/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_reason.c - a reason as a word for machines, and in words for people
 */
#include "cmd/event_text.h"

/* The word is the constant's name without REASON_, in small letters. */
static const struct {
	const char *name, *text;
} reasons[NR_REASONS] = {
	[REASON_NONE] = {"none", "no reason noted"},
	[REASON_FIRST_PASS] = {"first_pass", "first attempt"},
	[REASON_NOFRAGMENT_DROPPED] = {"nofragment_dropped",
				       "no unmixed block, so types may mix"},
	[REASON_REMOTE_NODE] = {"remote_node",
				"mixing types here beats another node"},
	[REASON_KSWAPD_NODES] = {"kswapd_nodes",
				 "now also nodes whose kswapd is working"},
	[REASON_KSWAPD_ACTIVE] = {"kswapd_active", "its kswapd is working"},
	[REASON_WMARK_OK] = {"wmark_ok", "passes"},
	[REASON_WMARK_SHORT] = {"wmark_short", "too few pages"},
	[REASON_WMARK_NO_BLOCK] = {"wmark_no_block",
				   "enough pages, but no block that large"},
	[REASON_WMARK_UNBOOSTED] = {"wmark_unboosted",
				    "passes without the boost"},
	[REASON_WMARK_IGNORED] = {"wmark_ignored",
				  "short, but this request may ignore it"},
	[REASON_HIGHATOMIC_NO_REFILL] = {"highatomic_no_refill",
					 "high-atomic requests do not refill"},
	[REASON_NOTHING_GOT] = {"nothing_got", "the buddy lists gave nothing"},
	[REASON_TAKEN] = {"taken", "taken for the request"},
	[REASON_MERGED] = {"merged", "merges into a larger block"},
	[REASON_CLAIMED] = {"claimed", "claimed with its pageblock"},
	[REASON_SPLIT_REMAINDER] = {"split_remainder",
				    "the upper half of a split"},
	[REASON_TAIL_ASKED] = {"tail_asked", "the caller asked for the tail"},
	[REASON_LARGE_ORDER] = {"large_order",
				"so large a block goes to the head"},
	[REASON_PARENT_BUDDY_FREE] = {"parent_buddy_free",
				      "a larger merge is near, so use it last"},
	[REASON_PARENT_BUDDY_BUSY] = {"parent_buddy_busy",
				      "no larger merge in sight"},
	[REASON_CLASSIC_HEAD] = {"classic_head", "2.6.24 always uses the head"},
	[REASON_MAX_ORDER] = {"max_order", "there is no larger order"},
	[REASON_BUDDY_BUSY] = {"buddy_busy",
			       "the buddy is in use, or on a per-CPU list"},
	[REASON_BUDDY_OTHER_ORDER] = {"buddy_other_order",
				      "only a part of the buddy is free"},
	[REASON_BUDDY_OTHER_ZONE] = {"buddy_other_zone",
				     "the buddy is in another zone"},
	[REASON_BUDDY_OTHER_TYPE] = {"buddy_other_type",
				     "the buddy's pageblock has another type"},
	[REASON_NOT_WHOLE] = {"not_whole",
			      "its pageblock reaches out of the zone"},
	[REASON_BELOW_HALF] = {"below_half",
			       "under half of its pageblock is free or alike"},
	[REASON_ORDER_TOO_SMALL] = {"order_too_small",
				    "movable does not claim for so little"},
	[REASON_NO_FRAGMENT] = {"no_fragment",
				"only whole pageblocks may be claimed"},
	[REASON_NO_DONOR] = {"no_donor", "no other type has a free block"},
	[REASON_RESERVED] = {"reserved", "pageblock reserved"},
	[REASON_ZONE_TOO_SMALL] = {"zone_too_small",
				   "1 % of the zone is under a pageblock"},
	[REASON_LIMIT_REACHED] = {"limit_reached", "the limit is reached"},
	[REASON_TYPE_NOT_MERGEABLE] = {"type_not_mergeable",
				       "its type may not change"},
	[REASON_ENTERED] = {"entered", "entered, once more down to the min "
				       "mark"},
	[REASON_RETRY_RESERVES] = {"retry_reserves",
				   "once more with reserve rights"},
	[REASON_MAY_NOT_SLEEP] = {"may_not_sleep",
				  "may not sleep, so it gives up"},
	[REASON_CALLER_MEMALLOC] = {"caller_memalloc",
				    "a reclaimer may not reclaim, gives up"},
	[REASON_COMPACTED_FIRST] = {"compacted_first",
				    "once more, compaction had its go"},
	[REASON_RECLAIM_MAY_HELP] = {"reclaim_may_help",
				     "once more, reclaim may help yet"},
	[REASON_COMPACTION_MAY_HELP] = {"compaction_may_help",
					"once more, compaction may help yet"},
	[REASON_OOM_PROGRESS] = {"oom_progress",
				 "once more, after the OOM killer"},
	[REASON_NORETRY] = {"noretry",
			    "__GFP_NORETRY: one round was all, gives up"},
	[REASON_COSTLY] = {"costly",
			   "an order above 3 is not worth more, gives up"},
	[REASON_NO_PROGRESS] = {"no_progress",
				"nothing more to be had, gives up"},
	[REASON_OOM_VICTIM] = {"oom_victim",
			       "the caller is being killed, gives up"},
	[REASON_LOOP_NOFAIL] = {"loop_nofail",
				"would loop for ever: __GFP_NOFAIL"},
	[REASON_SERVED] = {"served", "served"},
	[REASON_REFUSED] = {"refused", "refused"},
	[REASON_STEAL_SEARCH] = {"steal_search", "smallest first"},
	[REASON_OOM_NOT_FOR_THIS] = {"oom_not_for_this",
				     "not for this kind of request"},
	[REASON_OOM_WITHOUT_FS] = {"oom_without_fs",
				   "without __GFP_FS nobody is killed"},
	[REASON_OOM_NOBODY] = {"oom_nobody",
			       "no process to kill; the kernel would panic"},
	[REASON_CPUSET] = {"cpuset", "the task's cpuset does not allow its "
				     "node"},
	[REASON_DIRTY_LIMIT] = {"dirty_limit",
				"its node has as many dirty pages as it may"},
	[REASON_OOM_KILLED] = {"oom_killed",
			       "somebody is being killed: memory will come"},
	[REASON_OOM_DYING] = {"oom_dying",
			      "who asks is dying: its memory will come"},
	[REASON_OOM_PANIC] = {"oom_panic",
			      "vm.panic_on_oom: the kernel would panic"},
	[REASON_OOM_PENDING] = {"oom_pending",
				"a victim's memory is still to come"},
	[REASON_OOM_BEST] = {"oom_best", "the most points so far"},
	[REASON_OOM_FEWER] = {"oom_fewer", "another has more points"},
	[REASON_OOM_FIRST] = {"oom_first", "asked to be killed first"},
	[REASON_OOM_INIT] = {"oom_init", "init is never killed"},
	[REASON_OOM_NEVER] = {"oom_never", "oom_score_adj -1000: never"},
	[REASON_OOM_NO_MEMORY] = {"oom_no_memory", "has no memory"},
	[REASON_OOM_REAPED] = {"oom_reaped", "a victim, reaped already"},
	[REASON_OOM_ELSEWHERE] = {"oom_elsewhere",
				  "may use none of these nodes"},
	[REASON_OOM_CHOSEN] = {"oom_chosen", "chosen"},
	[REASON_OOM_ALLOCATING] = {"oom_allocating",
				   "it asks: vm.oom_kill_allocating_task"},
	[REASON_OOM_SHARES] = {"oom_shares", "uses the victim's memory"},
	[REASON_OOM_GROUP] = {"oom_group", "goes with its group"},
	[REASON_LOOP_RECLAIM] = {"loop_reclaim",
				 "would loop for ever: others take what is "
				 "freed"},
	[REASON_LOOP_NO_FS] = {"loop_no_fs",
			       "would loop for ever: no __GFP_FS"},
	[REASON_LOOP_VICTIM] = {"loop_victim",
				"would loop for ever: the victim frees "
				"nothing"},
	[REASON_CHARGED] = {"charged", "charged"},
	[REASON_CHARGED_OVER] = {"charged_over",
				 "charged over the limit: may not fail"},
	[REASON_MEMCG_LIMIT] = {"memcg_limit", "its group is at its limit"},
	[REASON_OOM_NO_VICTIM] = {"oom_no_victim",
				  "no process that may be killed"},
	[REASON_BLOCK_SKIP_BIT] = {"block_skip_bit", "its skip bit is set"},
	[REASON_BLOCK_TYPE] = {"block_type", "not of a type for this"},
	[REASON_BLOCK_HUGE_PAGE] = {"block_huge_page",
				    "one huge page covers it"},
	[REASON_BLOCK_HOLE] = {"block_hole",
			       "it is not all memory of this zone"},
	[REASON_BLOCK_FREE] = {"block_free",
			       "it begins with a large free block"},
	[REASON_PAGE_NOT_LRU] = {"page_not_lru", "not on an LRU list"},
	[REASON_PAGE_TOO_LARGE] = {"page_too_large",
				   "as large as what is wanted"},
	[REASON_PAGE_PINNED] = {"page_pinned", "somebody holds it"},
	[REASON_PAGE_NOFS] = {"page_nofs",
			      "of a file, and __GFP_FS is missing"},
	[REASON_PAGE_UNEVICTABLE] = {"page_unevictable", "unevictable"},
	[REASON_PAGE_WRITEBACK] = {"page_writeback", "it is being written"},
	[REASON_PAGE_LOCKED] = {"page_locked", "somebody has locked it"},
	[REASON_PAGE_NO_TARGET] = {"page_no_target",
				   "no free page to move it to"},
	[REASON_PAGE_GIVEN_UP] = {"page_given_up",
				  "a page in it does not move, so none does"},
	[REASON_FREE_AT_WATERMARK] = {"free_at_watermark",
				      "the zone is at its min mark"},
	[REASON_SCANNERS_MET] = {"scanners_met", "they have met"},
	[REASON_SKIP_RESET] = {"skip_reset", "skip bits are cleared"},
	[REASON_OUT_OF_ZONE] = {"out_of_zone", "it was out of the zone"},
	[REASON_PAGE_RESERVED] = {"page_reserved", "it is reserved"},
	[REASON_PAGE_CROSSES] = {"page_crosses",
				 "it crosses the end of a pageblock"},
	[REASON_BLOCK_ISOLATED] = {"block_isolated",
				   "its pageblock is isolated already"},
	[REASON_OFFLINE] = {"offline", "its memory goes offline"},
	[REASON_NODE_FULL] = {"node_full",
			      "it has no room above its high marks"},
	[REASON_BLOCK_CMA] = {"block_cma", "its pageblock is CMA's"},
	[REASON_ISOLATED] = {"isolated", "where isolated memory ends"},
	[REASON_PAGE_FIXED] = {"page_fixed", "it is dirty, and its file "
					     "system cannot move it"},
	[REASON_FINISH_WHOLE] = {"finish_whole",
				 "all of the zone is wanted, until the "
				 "scanners meet"},
	[REASON_FINISH_INSIDE] = {"finish_inside",
				  "not in the middle of a pageblock"},
	[REASON_FINISH_BLOCK] = {"finish_block",
				 "there is a block for the request"},
	[REASON_FINISH_FALLBACK] = {"finish_fallback",
				    "there is a block of another type, to be "
				    "claimed"},
	[REASON_FINISH_NO_BLOCK] = {"finish_no_block",
				    "there is no block for the request yet"},
	[REASON_FINISH_CONTENDED] = {"finish_contended",
				     "others wait for the lock"},
	[REASON_FINISH_PAGEBLOCKS] = {"finish_pageblocks",
				      "free pages count in whole pageblocks "
				      "only"},
	[REASON_FINISH_SCORE] = {"finish_score",
				 "the fragmentation score is low enough"},
	[REASON_FINISH_SCORE_HIGH] = {"finish_score_high",
				      "the fragmentation score is still high"},
	[REASON_FINISH_KSWAPD] = {"finish_kswapd",
				  "kswapd is at work, and has the right of "
				  "way"},
	[REASON_STOP_NOT_NEEDED] = {"stop_not_needed",
				    "the request could be served anyway"},
	[REASON_STOP_UNSUITABLE] = {"stop_unsuitable",
				    "it is not worth it, as was just said"},
	[REASON_STOP_NO_CMA] = {"stop_no_cma",
				"too few free pages, those of CMA left out"},
	[REASON_STOP_NO_TARGET] = {"stop_no_target",
				   "there is nowhere to move pages to"},
	[REASON_STOP_ISOLATED] = {"stop_isolated",
				  "too many pages are isolated already"},
	[REASON_STOP_CAPTURED] = {"stop_captured",
				  "a block was captured for the request"},
};

static bool known(int32_t reason)
{
	return reason >= 0 && reason < NR_REASONS && reasons[reason].text;
}

const char *reason_text(int32_t reason)
{
	return reasons[known(reason) ? reason : REASON_NONE].text;
}

const char *reason_name(int32_t reason)
{
	return reasons[known(reason) ? reason : REASON_NONE].name;
}

const char *migrate_reason_name(int32_t reason)
{
	switch (reason) {
	case MR_COMPACTION:
		return "compaction";
	case MR_MEMORY_HOTPLUG:
		return "memory that goes offline";
	case MR_CONTIG_RANGE:
		return "memory in one piece";
	case MR_DEMOTION:
		return "slower memory";
	default:
		return "some other reason";
	}
}
