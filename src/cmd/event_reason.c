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
	[REASON_WOULD_LOOP] = {"would_loop",
			       "would loop for ever (state unchanged)"},
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
