/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_words.c - a row for each type of event
 *
 * One sentence, and the same with its numbers.  In a text, `$` is followed
 * by a letter and the place of an argument:
 *
 *	$d number        $p frame         $b block's frames (order: $b01)
 *	$B the same with "frame" or "block" before it; $L02 likewise, the
 *	   order being that of a per-CPU list
 *	$t migratetype   $z zone          $n zone type       $r reason
 *	$g gfp mask      $a alloc flags   $m watermark       $l per-CPU list
 *	$s pages of an order              $f zone flag       $i setting
 *	$o owner         $c "1 page", "2 pages"  $y yes or no
 *	$j priority of compaction
 *	$h "5 pages back"; 1 may also mean that compaction is to go on
 *	$e "s", unless the number is 1: "$d0 round$e0"
 *	$F kind of fault $X what is done to a page
 *	$O owner with ": ", or its number where it has no name yet
 *	$k compaction's result
 *	$G memory group  $S cpuset        $P process, by pid
 *	$N nodemask      $C whose memory has run out
 *	$u LRU list      $w LRU batch     $v slab cache
 *	$M memory policy
 *	$E how it ended, from an error number   $K is compaction worth it?
 *	$q mode and $Q reason of migration      $I shut or open
 *
 * $< and $> take the lower or the upper half of an argument that holds two.
 *
 * A frame is one page frame, a block 2^order of them; a list is called by
 * type and order, as in Movable[2].
 */
#include "cmd/event_text.h"

#define BLOCK(pfn, order)                                                      \
	{                                                                      \
		SPAN_BLOCK, pfn, order                                         \
	}
#define LISTED(pfn, pindex)                                                    \
	{                                                                      \
		SPAN_LISTED, pfn, pindex                                       \
	}
#define FRAME(pfn)                                                             \
	{                                                                      \
		SPAN_FRAME, pfn, 0                                             \
	}
#define PAGEBLOCK(pfn)                                                         \
	{                                                                      \
		SPAN_PAGEBLOCK, pfn, 0                                         \
	}

const struct event_words event_words[NR_EVENT_TYPES] = {
	[EV_alloc_request] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "$s0 wanted for $g1",
			.numbers = "order $d0 wanted for $g1: zones up to $n3, "
				   "type $t4, alloc flags $a5",
		},
	[EV_free_request] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "$B01 comes back",
			.numbers = "$B01 comes back to $z3, type $t2",
			.span = {BLOCK(0, 1)},
		},
	[EV_zonelist_pass] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "pass $d0 over the zones: $r2",
			.numbers =
				"pass $d0 over the zones, alloc flags $a1: $r2",
		},
	[EV_zone_skipped] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "$z0 passed over: $r1",
		},
	/* by how it went: says_watermark() */
	[EV_zone_watermark] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "",
		},
	[EV_zone_failed] =
		{
			.topic = TOPIC_ZONES,
			.sentence =
				"$z0: no block to be had, on to the next zone",
			.numbers = "$z0: no block of order $d1 for $t2, on to "
				   "the next zone",
		},
	[EV_zone_flag] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$z0: flag $f1 set to $d2",
		},
	[EV_pcp_refill] =
		{
			.topic = TOPIC_PCP,
			.sentence = "per-CPU list $l1 refilled: $d3 of $d2 "
				    "block$e2",
			.numbers = "per-CPU list $l1 of $z0 refilled: $d3 of "
				   "$d2 block$e2 (high $d4, alloc_factor $d5)",
			.group = GROUP_BEFORE,
		},
	[EV_pcp_take] =
		{
			.topic = TOPIC_PCP,
			.sentence = "$L02 taken from per-CPU list $l2",
			.numbers = "$L02 taken from per-CPU list $l2 of $z1, "
				   "which leaves $c3 on this CPU",
			.span = {LISTED(0, 2)},
		},
	[EV_pcp_empty] =
		{
			.topic = TOPIC_PCP,
			.sentence = "per-CPU list $l1 stays empty: $r2",
			.numbers = "per-CPU list $l1 of $z0 stays empty: $r2",
		},
	[EV_pcp_put] =
		{
			.topic = TOPIC_PCP,
			.sentence = "$L02 put on per-CPU list $l2",
			.numbers = "$L02 put on per-CPU list $l2 of $z1: $c3 "
				   "on this CPU, high $d4",
			.span = {LISTED(0, 2)},
		},
	[EV_pcp_flush] =
		{
			.topic = TOPIC_PCP,
			.sentence = "$c1 to go from the per-CPU lists to the "
				    "buddies",
			.numbers = "$c1 to go from the per-CPU lists of $z0 to "
				   "the buddies, from $l2 on: $d3 there, limit "
				   "$d4",
			.group = GROUP_AFTER,
		},
	[EV_list_empty] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "no $t2 block of order $d1 or more",
			.numbers = "$z0: no $t2 block of order $d1 or more",
		},
	[EV_list_del] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "$B01 leaves $t2[$d1]: $r3",
			.span = {BLOCK(0, 1)},
		},
	/* by how it went: says_list_add() */
	[EV_list_add] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "",
			.span = {BLOCK(0, 1)},
		},
	[EV_list_move] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "$B01 moves from $t2[$d1] to $t3[$d1]",
			.span = {BLOCK(0, 1)},
		},
	[EV_buddy_split] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "split: $B01 given back, $b21 kept",
			.numbers = "split to order $d1: $B01 given back, $b21 "
				   "kept",
			.span = {BLOCK(0, 1), BLOCK(2, 1)},
		},
	/* from both halves: says_merge() */
	[EV_buddy_merge] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "",
			.span = {BLOCK(0, 2)},
		},
	/* with a buddy or without: says_stop() */
	[EV_buddy_stop] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "",
			.span = {BLOCK(0, 2)},
		},
	[EV_fallback_none] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "no other type has a block either ($r2)",
			.numbers = "no other type has a block of order $d0 for "
				   "$t1 ($r2)",
		},
	/* with the sum: says_refused() */
	[EV_fallback_refused] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "",
			.span = {PAGEBLOCK(0)},
		},
	[EV_fallback_end] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "no pageblock claimed for $t1: $r2",
			.numbers = "no pageblock claimed for $t1, down to "
				   "order $d0: $r2",
		},
	[EV_cma_balance] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "$z0: CMA first, it is over half of what "
				    "is free",
			.numbers =
				"$z0: CMA first, $d1 of $d2 free pages are CMA",
		},
	[EV_pageblock_type] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "pageblock at $p0 becomes $t2, was $t1",
			.span = {PAGEBLOCK(0)},
		},
	[EV_watermark_boost] =
		{
			.topic = TOPIC_WMARK,
			.sentence =
				"$z0: watermarks boosted after mixing types",
			.numbers = "$z0: watermark boost $d1 -> $d2 (most $d3)",
		},
	[EV_highatomic_reserve] =
		{
			.topic = TOPIC_HIGHATOMIC,
			.sentence = "high-atomic reserve at $p0: $r4",
			.numbers = "high-atomic reserve at $p0 of $z1: $r4 "
				   "($c2 of $d3)",
			.span = {PAGEBLOCK(0)},
		},
	[EV_highatomic_unreserve] =
		{
			.topic = TOPIC_HIGHATOMIC,
			.sentence = "high-atomic pageblock at $p0 becomes $t3",
			.numbers = "high-atomic pageblock at $p0 of $z1 "
				   "becomes $t3, $c2 still reserved",
			.span = {PAGEBLOCK(0)},
		},
	[EV_mm_vmscan_wakeup_kswapd] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "kswapd of node $d0 is told (order $d1)",
			.numbers = "kswapd of node $d0 is told of $z3: order "
				   "$d1, $g2, woken: $y4",
			.file = "mm/vmscan.c",
		},
	[EV_mm_page_alloc_zone_locked] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "$B01 taken from the $t2 lists",
			.numbers = "$B01, order $d1, taken from the $t2 lists",
			.span = {BLOCK(0, 1)},
		},
	/* by how it went: says_extfrag() */
	[EV_mm_page_alloc_extfrag] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "",
			.span = {BLOCK(0, 2), PAGEBLOCK(0)},
		},
	[EV_mm_page_pcpu_drain] =
		{
			.topic = TOPIC_PCP,
			.sentence = "$B01 flushed from a per-CPU list",
			.numbers = "$B01, $t2, flushed from a per-CPU list",
			.span = {BLOCK(0, 1)},
		},
	[EV_mm_page_free] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "$B01 is freed",
			.numbers = "$B01, order $d1, is freed",
			.span = {BLOCK(0, 1)},
		},
	[EV_free_done] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "freed: $B01",
			.numbers = "freed: $B01, order $d1",
			.span = {BLOCK(0, 1)},
		},
	/* by how it went: says_alloc() */
	[EV_mm_page_alloc] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "",
			.span = {BLOCK(0, 1)},
		},
	[EV_bulk_done] =
		{
			.topic = TOPIC_PCP,
			.sentence = "$d1 of $d0 single pages got",
			.numbers = "$d1 of $d0 single pages got for $g2",
		},
	[EV_drain] =
		{
			.topic = TOPIC_PCP,
			.sentence = "CPU $d0 drained of $c2",
			.numbers = "CPU $d0 drained of $c2 in $z1",
			.group = GROUP_BEFORE,
		},
	[EV_drain_done] =
		{
			.topic = TOPIC_PCP,
			.sentence = "CPU $d0 drained, $c1 in all",
		},
	[EV_decay] =
		{
			.topic = TOPIC_PCP,
			.sentence = "the lists of CPU $d0 shrank by $c1",
		},
	[EV_split_page] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "block $b01 is now single pages",
			.numbers = "block $b01, order $d1, is now single pages",
			.span = {BLOCK(0, 1)},
		},
	[EV_setting] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$i0 changed from $d1 to $d2",
			.file = "kernel/sysctl.c",
		},
	[EV_owner] =
		{
			.topic = TOPIC_NONE,
			.sentence = "a new owner$O0",
		},
	[EV_slowpath] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "slow path: $r1",
			.numbers = "slow path, alloc flags $a0: $r1",
		},
	[EV_mm_vmscan_direct_reclaim_begin] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "direct reclaim for order $d0",
			.numbers = "direct reclaim for order $d0, $g1",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_direct_reclaim_end] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "direct reclaim got $h0",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_memcg_reclaim_begin] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "reclaim within group $G2",
			.numbers = "reclaim within group $G2 for order $d0, "
				   "$g1",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_memcg_reclaim_end] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "reclaim within group $G1 got $c0 back",
			.file = "mm/vmscan.c",
		},
	[EV_mm_compaction_suitable] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$z0: worth compacting? $K2",
			.numbers = "$z0: worth compacting for order $d1? $K2",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_try_to_compact_pages] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "compaction for order $d0",
			.numbers = "compaction for order $d0, $g1, priority "
				   "$j2",
			.file = "mm/compaction.c",
		},
	[EV_reclaim_retry_zone] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$z0: would another round of reclaim "
				    "help? $y6",
			.numbers = "$z0: would another round help? $d3 free "
				   "or reclaimable, min $d4, order $d1, $d5 "
				   "round$e5 without progress: $y6",
		},
	[EV_compact_retry] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "compaction once more? $y5",
			.numbers = "compaction once more? priority $j1, $k2, "
				   "retried $d3 of $d4: $y5",
		},
	[EV_kswapd_let_sleep] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "kswapd of node $d0 is left asleep: $r3",
			.numbers = "kswapd of node $d0, asked for order $d1 "
				   "by $z2, is left asleep: $r3",
			.file = "mm/vmscan.c",
		},
	[EV_order_too_large] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "refused: no block has order $d0",
			.numbers = "refused: no block has order $d0, $g1",
		},
	[EV_quantum] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "a quantum of task $d0",
			.file = "kernel/sched/core.c",
		},
	[EV_tick] =
		{
			.topic = TOPIC_NONE,
			.sentence = "time: jiffy $d1",
		},
	[EV_page_alloc_failure] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "the kernel's log tells of the failure: "
				    "`show failure`",
			.numbers = "the kernel's log tells of the failure, "
				   "order $d0, $g1: `show failure`",
		},
	[EV_mm_vmscan_kswapd_sleep] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "kswapd of node $d0 goes to sleep",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_kswapd_wake] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "kswapd of node $d0 goes to work",
			.numbers = "kswapd of node $d0 goes to work, order $d1",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_balance_pgdat_begin] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "kswapd looks for a balanced zone",
			.numbers = "node $d0: kswapd looks for a balanced zone "
				   "up to $n2, order $d1",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_balance_pgdat_end] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "kswapd got $c3 back",
			.numbers = "node $d0: kswapd got $c3 back, and ends at "
				   "order $d1, zones up to $n2",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_kswapd_reclaim_fail] =
		{
			.topic = TOPIC_WMARK,
			.sentence =
				"kswapd got nothing back, $d1 time$e1 so far",
			.numbers = "node $d0: kswapd got nothing back, $d1 "
				   "time$e1 so far; 16 times, and it is not "
				   "woken any "
				   "more",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_kswapd_clear_hopeless] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "node $d0 is worth kswapd's work again",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_node_reclaim_begin] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "node $d0: reclaim here before going "
				    "elsewhere",
			.numbers = "node $d0: reclaim here before going "
				   "elsewhere, order $d1, $g2",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_node_reclaim_end] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "node reclaim got $c0 back",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_throttled] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "a reclaimer waited $d2 us",
			.numbers =
				"node $d0: a reclaimer waited $d2 us, $d1 at "
				"most",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_lru_isolate] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$c5 taken off the old end of a list",
			.numbers = "$c5 taken off the old end of a list of $d2 "
				   "wanted: $d3 looked at, $d4 set aside as "
				   "their zone is above $n0",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_lru_shrink_inactive] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$<c2 of $d1 looked at reclaimed",
			.numbers =
				"node $<d0, priority $>d0: $<c2 of $d1 looked "
				"at reclaimed; $>d2 dirty, $<d3 being "
				"written, $<d5 anon and $>d5 file activated, "
				"$>d4 accessed and kept",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_lru_shrink_active] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$c3 grown old: from active to inactive",
			.numbers = "node $d0, priority $d5: $c1 taken, $d3 to "
				   "the inactive list, $d2 stay active",
			.file = "mm/vmscan.c",
		},
	[EV_mm_vmscan_write_folio] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$B02 is being written to swap",
			.span = {BLOCK(0, 2)},
			.file = "mm/vmscan.c",
		},
	[EV_mm_page_free_batched] =
		{
			.topic = TOPIC_BUDDY,
			.sentence = "$B01 is freed with others",
			.span = {BLOCK(0, 1)},
		},
	[EV_page_alloc_stall] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "the kernel's log tells that the request "
				    "stalls: `show failure`",
			.numbers = "the kernel's log tells that the request, "
				   "order $d0, $g1, stalls for $d4 second$e4: "
				   "`show failure`",
		},
	[EV_mm_setup_per_zone_wmarks] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "marks of $z0: min $d1 low $d2 high $d3",
			.numbers = "marks of $z0: min $d1 low $d2 high $d3 "
				   "promo $d4",
		},
	[EV_mm_setup_per_zone_lowmem_reserve] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$z0 keeps $c2 from requests that "
				    "may go up to $n1",
		},
	[EV_mm_calculate_totalreserve_pages] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "reserves and high marks of all zones: $c0",
		},
	[EV_time_passes] =
		{
			.topic = TOPIC_NONE,
			.sentence = "time goes on to jiffy $d1",
			.numbers = "time goes on by $d0 to jiffy $d1",
		},
	[EV_policy] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "policy $M1 of nodes $N2: node $d3 first",
			.numbers = "policy $M1 of nodes $N2, of task $d0: node "
				   "$d3 first",
			.file = "mm/mempolicy.c",
		},
	[EV_set_policy] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "process $d0: policy $M1 of nodes $N2",
			.file = "mm/mempolicy.c",
		},
	[EV_demote] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "$B01 to the slower memory of node $d3",
			.numbers = "$B01 of node $d2 to the slower memory of "
				   "node $d3: frame $p4",
			.span = {BLOCK(0, 1), BLOCK(4, 1)},
			.file = "mm/vmscan.c",
		},
	[EV_out_of_memory] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "the OOM killer: $r2",
			.numbers = "the OOM killer, asked for order $d0, $g1: "
				   "$r2",
			.file = "mm/oom_kill.c",
		},
	[EV_oom_scan] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "who is to be killed? $C0, $c1 in all",
			.numbers = "who is to be killed? $C0, $c1 in all, "
				   "nodes $N2, group $G3",
			.file = "mm/oom_kill.c",
		},
	[EV_oom_badness] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$P0, $d1 point$e1: $r4",
			.numbers = "$P0, $d1 point$e1 of $c2 and oom_score_adj "
				   "$d3: $r4",
			.file = "mm/oom_kill.c",
		},
	[EV_oom_kill] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$P0 is killed: $r2",
			.numbers = "$P0 is killed, $d1 point$e1: $r2",
			.file = "mm/oom_kill.c",
		},
	[EV_mark_victim] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$P0 is a victim: it may use the reserves",
			.numbers = "$P0 is a victim with, in pages: anon $d1, "
				   "file $d2, shmem $d3, page tables $d4; uid "
				   "$d5, oom_score_adj $d6: it may use the "
				   "reserves",
			.file = "mm/oom_kill.c",
		},
	[EV_oom_score_adj_update] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "oom_score_adj of $P0 is $d1",
			.file = "fs/proc/base.c",
		},
	[EV_wake_reaper] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "the reaper is to look after $P0",
			.file = "mm/oom_kill.c",
		},
	[EV_start_task_reaping] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "the reaper takes the memory of $P0",
			.file = "mm/oom_kill.c",
		},
	[EV_finish_task_reaping] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$P0 is reaped",
			.file = "mm/oom_kill.c",
		},
	[EV_skip_task_reaping] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$P0 is not reaped: it exits by itself",
			.file = "mm/oom_kill.c",
		},
	[EV_sysrq_oom] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "SysRq-f: $r0",
			.file = "drivers/tty/sysrq.c",
		},
	[EV_memcg_charge] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "group $G0, $c1: $r3",
			.numbers = "group $G0, $c1: $r3, usage $d2",
			.file = "mm/memcontrol.c",
		},
	[EV_memcg_max] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "group $G0 is full: reclaim in it frees "
				    "$c4",
			.numbers = "group $G0 uses $d2 of $d3, no room for "
				   "$c1 more: reclaim in it frees $c4",
			.file = "mm/memcontrol.c",
		},
	[EV_memcg_high] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "group $G0 is over memory.high: reclaim "
				    "frees $c3, the task is slowed",
			.numbers = "group $G0 uses $d1, over memory.high $d2: "
				   "reclaim frees $c3, the task is slowed",
			.file = "mm/memcontrol.c",
		},
	[EV_memcg_uncharge] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "group $G0 gets $c1 back",
			.numbers = "group $G0 gets $c1 back, usage $d2",
			.file = "mm/memcontrol.c",
		},
	[EV_group] =
		{
			.topic = TOPIC_NONE,
			.sentence = "a new group: $G0",
		},
	[EV_group_limits] =
		{
			.topic = TOPIC_NONE,
			.sentence = "group $G0 has new limits, and uses $c1",
		},
	[EV_group_attach] =
		{
			.topic = TOPIC_NONE,
			.sentence = "$P1 is in group $G0 now",
		},
	[EV_cpuset] =
		{
			.topic = TOPIC_NONE,
			.sentence = "a new cpuset: $S0, nodes $N1",
		},
	[EV_cpuset_mems] =
		{
			.topic = TOPIC_NONE,
			.sentence = "cpuset $S0 has nodes $N1 now",
		},
	[EV_cpuset_attach] =
		{
			.topic = TOPIC_NONE,
			.sentence = "$P1 is in cpuset $S0 now",
		},
	[EV_lru_batched] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$p0 waits in a batch: $w1",
			.numbers = "$p0 waits in batch $w1 of CPU $d2, which "
				   "holds $d3",
			.span = {FRAME(0)},
			.file = "mm/swap.c",
		},
	[EV_lru_batch_moved] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "batch $w1 of CPU $d0 is drained",
			.numbers = "batch $w1 of CPU $d0 is drained: $d2",
			.file = "mm/swap.c",
		},
	[EV_lru_added] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$p0 joins list $u1",
			.span = {FRAME(0)},
			.file = "mm/swap.c",
		},
	[EV_lru_activated] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$p0 becomes active",
			.span = {FRAME(0)},
			.file = "mm/swap.c",
		},
	[EV_lru_moved] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$p0 moves within its lists: $w1",
			.numbers = "$p0 moves within its lists: $w1; to the "
				   "tail: $y2",
			.span = {FRAME(0)},
			.file = "mm/swap.c",
		},
	[EV_lru_drained] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "batches drained: $c0",
			.file = "mm/swap.c",
		},
	[EV_page_accessed] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$p0 was accessed",
			.span = {FRAME(0)},
			.file = "mm/swap.c",
		},
	[EV_swap_on] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "swap: $c0, $d1 free",
			.file = "mm/swapfile.c",
		},
	[EV_swap_slot] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$B01 gets its place in swap",
			.numbers = "$B01 gets its place in swap, $d2 left",
			.span = {BLOCK(0, 1)},
			.file = "mm/swapfile.c",
		},
	[EV_swap_slot_freed] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$B01 gives its place in swap back",
			.numbers =
				"$B01 gives its place in swap back, $d2 left",
			.span = {BLOCK(0, 1)},
			.file = "mm/swapfile.c",
		},
	[EV_writeback_start] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$B01 is being written",
			.numbers = "$B01 is being written: jiffies $d2",
			.span = {BLOCK(0, 1)},
			.file = "mm/page-writeback.c",
		},
	[EV_writeback_end] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$B01 has been written",
			.span = {BLOCK(0, 1)},
			.file = "mm/page-writeback.c",
		},
	[EV_flusher] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "dirty pages go to disk: $c0",
			.numbers = "dirty pages go to disk: $c0, jiffies $d1",
			.file = "fs/fs-writeback.c",
		},
	[EV_sync] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "sync: $c0",
			.file = "fs/sync.c",
		},
	[EV_workingset_eviction] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$p0 leaves a shadow",
			.numbers = "$p0 leaves a shadow of age $d1",
			.span = {FRAME(0)},
			.file = "mm/workingset.c",
		},
	[EV_workingset_refault] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$p0 was here before; soon enough to be "
				    "active: $y3",
			.numbers = "$p0 was here before, $c1 ago; memory "
				   "holds $d2: active: $y3, was part of the "
				   "working set: $y4",
			.span = {FRAME(0)},
			.file = "mm/workingset.c",
		},
	[EV_mm_shrink_slab_start] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$v0: shall some of $d3 object$e3 go?",
			.numbers =
				"$v0, priority $d6: $d3 object$e3, $d4 to be "
				"looked at now, $d1 put off, $d5 in all",
			.file = "mm/shrinker.c",
		},
	[EV_mm_shrink_slab_end] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$v0: $d4 object$e4 freed",
			.numbers = "$v0: $d4 freed, $d3 too few to be looked "
				   "at, $d2 put off",
			.file = "mm/shrinker.c",
		},
	[EV_slab_grown] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "$v0: $d1 object$e1",
			.numbers = "$v0: $d1 object$e1 in $c2",
			.file = "mm/slub.c",
		},
	[EV_slab_new] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "slab cache $v0 made, $d1 object$e1",
			.file = "mm/slab_common.c",
		},
	[EV_slab_done] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "slab cache $v0: $d1 more object$e1",
			.file = "mm/slub.c",
		},
	[EV_drop_caches] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "caches dropped: $c1 of files, $c4 of slab",
			.numbers = "caches dropped ($d0): $c1 of files freed, "
				   "$d2 kept; $d3 object$e3, $c4 of slab",
			.file = "fs/drop_caches.c",
		},
	[EV_process_new] =
		{
			.topic = TOPIC_NONE,
			.sentence = "$P0 begins",
			.file = "kernel/fork.c",
		},
	[EV_process_kill] =
		{
			.topic = TOPIC_NONE,
			.sentence = "$P0 is killed",
			.file = "kernel/signal.c",
		},
	[EV_process_exit] =
		{
			.topic = TOPIC_NONE,
			.sentence = "$P0 is gone",
			.numbers = "$P0 is gone; it had, in pages: anonymous "
				   "$d1, file $d3, page tables $d2",
			.file = "mm/mmap.c",
			.group = GROUP_BEFORE,
		},
	[EV_process_exec] =
		{
			.topic = TOPIC_NONE,
			.sentence = "file pages of $P0 are code? $y1",
		},
	[EV_faults_begin] =
		{
			.topic = TOPIC_NONE,
			.sentence = "$P0 is to get $c2: $F1",
		},
	[EV_page_fault] =
		{
			.topic = TOPIC_NONE,
			.sentence = "$B23 now belongs to $P0",
			.numbers = "$B23 now belongs to $P0: $F1",
			.file = "mm/memory.c",
			.span = {BLOCK(2, 3)},
			.group = GROUP_BEFORE,
		},
	[EV_faults_done] =
		{
			.topic = TOPIC_NONE,
			.sentence = "$P0 has got $d2 of $c3: $r4",
			.numbers = "$P0 has got $d2 of $c3 ($F1): $r4",
			.file = "mm/memory.c",
		},
	[EV_page_state] =
		{
			.topic = TOPIC_NONE,
			.sentence = "$X2: $B01",
			.span = {BLOCK(0, 1)},
		},
	[EV_page_states_done] =
		{
			.topic = TOPIC_NONE,
			.sentence = "$X1: $d2 changed, of $P0",
		},
	[EV_page_ops_done] =
		{
			.topic = TOPIC_NONE,
			.sentence = "$X0: $d1 changed",
		},
	[EV_owner_fixed] =
		{
			.topic = TOPIC_NONE,
			.sentence = "$o0: must its files' pages stay while "
				    "they are dirty? $y1",
		},
	[EV_mm_compaction_begin] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence =
				"compaction of $z5 begins: sources from $p1, "
				"targets from $p2",
			.numbers = "compaction of $z5, frames $d0 to $d3, "
				   "begins: sources from $p1, targets from $p2",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_end] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "compaction of $z6 ends: $k5",
			.numbers = "compaction of $z6 ends, sources at $p1, "
				   "targets at $p2: $k5",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_finished] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$z0: is it over? $k2: $r3",
			.numbers = "$z0, order $d1: is it over? $k2: $r3",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_isolate_migratepages] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "looked for pages to move: $d3 taken",
			.numbers = "looked for pages to move from $p0 to $p1: "
				   "$d2 looked at, $d3 taken",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_isolate_freepages] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "looked for free pages: $d3 taken",
			.numbers = "looked for free pages from $p0 to $p1: $d2 "
				   "looked at, $d3 taken",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_fast_isolate_freepages] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence =
				"looked for free pages on the free lists: $d3"
				" taken",
			.numbers =
				"looked for free pages above $p0, below $p1, "
				"on the free lists: $d2 looked at, $d3 taken",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_migratepages] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$c0 moved, $d1 stay",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_deferred] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$z0: compaction is put off",
			.numbers =
				"$z0: compaction for order $d1 is put off: "
				"attempt $d3, limit 2^$d4, orders from $d2 on",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_defer_compaction] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence =
				"$z0: compaction in vain, the next is put off",
			.numbers = "$z0: compaction for order $d1 in vain, the "
				   "next is put off: limit 2^$d4, orders from "
				   "$d2 on",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_defer_reset] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$z0: compaction helped",
			.numbers =
				"$z0: compaction for order $d1 helped: orders"
				" below $d2 are not put off, limit 2^$d4",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_kcompactd_sleep] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "kcompactd$d0 goes to sleep",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_wakeup_kcompactd] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "kcompactd$d0 is woken",
			.numbers = "kcompactd$d0 is woken for order $d1, zones "
				   "up to $n2",
			.file = "mm/compaction.c",
		},
	[EV_mm_compaction_kcompactd_wake] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "kcompactd$d0 begins",
			.numbers =
				"kcompactd$d0 begins, order $d1, zones up to "
				"$n2",
			.file = "mm/compaction.c",
		},
	[EV_mm_migrate_pages_start] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "pages are moved",
			.numbers = "pages are moved, $q0, for $Q1",
			.file = "mm/migrate.c",
		},
	[EV_mm_migrate_pages] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$c0 moved, $d1 failed",
			.numbers = "$c0 moved, $d1 failed; huge pages: $d2 "
				   "moved, $d3 failed, $d4 split",
			.file = "mm/migrate.c",
		},
	[EV_set_migration_pte] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "a mapping of $B01 is taken away",
			.span = {BLOCK(0, 1)},
			.file = "mm/migrate.c",
		},
	[EV_remove_migration_pte] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$B01 is mapped again",
			.span = {BLOCK(0, 1)},
			.file = "mm/migrate.c",
		},
	[EV_compact_positions] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$z0: the scanners start over: $r3",
			.numbers =
				"$z0: sources from $p1, targets from $p2: $r3",
			.file = "mm/compaction.c",
		},
	[EV_compact_block_skipped] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "pageblock of $p0 passed over: $r1",
			.span = {PAGEBLOCK(0)},
			.file = "mm/compaction.c",
		},
	[EV_compact_isolated] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$B01 is to be moved",
			.numbers = "$B01 is to be moved, $d2 so far",
			.span = {BLOCK(0, 1)},
			.file = "mm/compaction.c",
		},
	[EV_compact_refused] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$B01 stays: $r2",
			.span = {BLOCK(0, 1)},
			.file = "mm/compaction.c",
		},
	[EV_compact_free_taken] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "free $B01 is taken",
			.numbers = "free $B01 is taken, $c2 at hand",
			.span = {BLOCK(0, 1)},
			.file = "mm/compaction.c",
		},
	[EV_compact_target] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$B02 goes to $p1",
			.span = {BLOCK(0, 2), BLOCK(1, 2)},
			.file = "mm/compaction.c",
		},
	[EV_compact_target_back] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$B01 is not needed as a target",
			.span = {BLOCK(0, 1)},
			.file = "mm/compaction.c",
		},
	[EV_compact_moved] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$B02 is at $p1 now",
			.span = {BLOCK(0, 2), BLOCK(1, 2)},
			.file = "mm/migrate.c",
		},
	[EV_compact_putback] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$B01 is put back",
			.span = {BLOCK(0, 1)},
			.file = "mm/migrate.c",
		},
	[EV_compact_captured] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$B01 is kept for the request",
			.numbers =
				"$B01, freed as $t2, is kept for the request",
			.span = {BLOCK(0, 1)},
		},
	[EV_freelist_rotate] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "Movable[$d1] is turned round at $p0",
			.span = {BLOCK(0, 1)},
			.file = "mm/compaction.c",
		},
	[EV_contig_dropped] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$B01, clean and of a file, is dropped",
			.span = {BLOCK(0, 1)},
			.file = "mm/vmscan.c",
		},
	[EV_compact_stopped] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$z0: $k2: $r3",
			.numbers = "$z0, order $d1: $k2: $r3",
			.file = "mm/compaction.c",
		},
	[EV_compact_done] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "compaction by hand: $k0",
			.file = "mm/compaction.c",
		},
	[EV_pageblock_isolated] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "the pageblock at $p0 is $I1",
			.numbers = "the pageblock at $p0, type $t2, is $I1",
			.span = {PAGEBLOCK(0)},
			.file = "mm/page_isolation.c",
		},
	[EV_isolate_refused] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "$p0 is in the way: $r1",
			.span = {FRAME(0)},
			.file = "mm/page_isolation.c",
		},
	[EV_test_pages_isolated] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "all shut and free? $E3",
			.numbers = "all of $p0 up to $p1 shut and free? up to "
				   "$p2",
			.file = "mm/page_isolation.c",
		},
	[EV_isolate_done] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "the pageblocks of $p0 up to $p1 are to be "
				    "$I2: $E3",
			.file = "mm/page_isolation.c",
		},
	[EV_contig_over] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "frames $p0 up to $p1: $E2",
		},
	[EV_contig_done] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "memory in one piece, from $p0 up to $p1: "
				    "$E2",
		},
	[EV_contig_freed] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "$p0 up to $p1 is given back",
		},
	[EV_compact_split] =
		{
			.topic = TOPIC_COMPACTION,
			.sentence = "$B01 is split: its frames move singly",
			.span = {BLOCK(0, 1)},
			.file = "mm/migrate.c",
		},
	[EV_cma_alloc_start] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "$c1 wanted of CMA area $d0",
			.numbers = "$c1 wanted of CMA area $d0, aligned to "
				   "order $d4: $d2 of $d3 available",
			.file = "mm/cma.c",
		},
	[EV_cma_alloc_busy_retry] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "$p1 is busy: the next place",
			.numbers = "$p1 of CMA area $d0 is busy, $c2, align "
				   "$d3: the next place",
			.span = {FRAME(1)},
			.file = "mm/cma.c",
		},
	[EV_cma_alloc_finish] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "CMA area $d0, $c2 from $p1 on: $E4",
			.span = {FRAME(1)},
			.file = "mm/cma.c",
		},
	[EV_cma_release] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "$c2 from $p1 on: back to CMA area $d0",
			.span = {FRAME(1)},
			.file = "mm/cma.c",
		},
	[EV_memory_offline_begin] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "frames from $p0 up to $p1 in $z2 are to "
				    "go offline",
			.file = "mm/memory_hotplug.c",
		},
	[EV_memory_offline_end] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "frames from $p0 up to $p1 offline: $E2",
			.file = "mm/memory_hotplug.c",
		},
	[EV_memory_offline_done] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "frames from $p0 up to $p1 offline: $E2",
			.file = "mm/memory_hotplug.c",
		},
	[EV_memory_online] =
		{
			.topic = TOPIC_TYPES,
			.sentence = "frames from $p0 up to $p1 are online in "
				    "$z2",
			.file = "mm/memory_hotplug.c",
		},
	[EV_rss_stat] =
		{
			.topic = TOPIC_WMARK,
			.sentence =
				"$P0 has $c2 of kind $d1 (0 file, 1 anon, 2 "
				"swap, 3 shmem)",
			.file = "mm/memory.c",
		},
	[EV_min_free_kept] =
		{
			.topic = TOPIC_WMARK,
			.sentence =
				"min_free_kbytes would be $d0, but the user "
				"wants $d1",
			.file = "mm/page_alloc.c",
		},
	[EV_min_free_raised] =
		{
			.topic = TOPIC_WMARK,
			.sentence = "min_free_kbytes $d0 is raised to $d1 for "
				    "huge pages",
			.file = "mm/khugepaged.c",
		},
	[EV_promote] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "$B01 to its task's node: $r4",
			.numbers = "$B01 to node $d2, where its task is: $r4",
			.span = {BLOCK(0, 1), BLOCK(3, 1)},
			.file = "mm/migrate.c",
		},
	[EV_reserved_freed] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "frames from $p0 up to $p1, reserved so "
				    "far, are the allocator's",
			.file = "mm/page_alloc.c",
		},
	[EV_lowmem_reserve_ratio] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "vm.lowmem_reserve_ratio: $d0 $d1 $d2 $d3 "
				    "$d4",
			.file = "mm/page_alloc.c",
		},
	[EV_numa_zonelist_order] =
		{
			.topic = TOPIC_ZONES,
			.sentence = "vm.numa_zonelist_order: it is Node, and "
				    "stays so",
			.file = "mm/page_alloc.c",
		},
};

static const char *const titles[NR_TOPICS] = {
	[TOPIC_BUDDY] = "Buddy Allocator",
	[TOPIC_PCP] = "Per-CPU Pagesets",
	[TOPIC_TYPES] = "Migrate Types",
	[TOPIC_WMARK] = "Watermarks",
	[TOPIC_ZONES] = "Zones",
	[TOPIC_HIGHATOMIC] = "High-atomic reserve",
	[TOPIC_COMPACTION] = "Compaction",
};

const char *topic_title(enum event_topic topic)
{
	return titles[topic];
}

/* Frames of one role; false when there are none. */
static bool span_of(const struct mm *mm, const struct mm_event *ev,
		    unsigned int i, struct event_span *s)
{
	const struct event_words *row = &event_words[ev->type];
	const pfn_t pfn = (pfn_t)ev->arg[row->span[i].pfn];
	unsigned int order = (unsigned int)ev->arg[row->span[i].more];

	if (row->span[i].kind == SPAN_NONE || pfn >= mm_end_pfn(mm))
		return false;
	s->pageblock = row->span[i].kind == SPAN_PAGEBLOCK;
	if (s->pageblock)
		order = mm_pageblock_order(mm);
	else if (row->span[i].kind == SPAN_FRAME)
		order = 0;
	else if (row->span[i].kind == SPAN_LISTED)
		order = order < mm_nr_pcp_lists(mm)
				? mm_pcp_list_order(mm, order)
				: 0;
	if (order >= MM_MAX_ORDERS)
		order = 0;
	s->start = pfn >> order << order;
	s->end = s->start + ((pfn_t)1 << order);
	return true;
}

unsigned int event_spans(const struct mm *mm, const struct mm_event *ev,
			 struct event_span span[2])
{
	unsigned int n = 0;

	if (ev->type >= NR_EVENT_TYPES)
		return 0;
	/* a stolen block leaves its pageblock as it is */
	for (unsigned int i = 0; i < 2; i++)
		if ((i == 0 || ev->type != EV_mm_page_alloc_extfrag ||
		     ev->arg[6]) &&
		    span_of(mm, ev, i, &span[n]))
			n++;
	return n;
}
