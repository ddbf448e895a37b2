/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_tracefs.c - the kernel's tracepoints, as tracefs prints them
 *
 * A row for each event that bears a tracepoint's name; a test finds those
 * that have none.  In a format, `$` is followed by a letter and mostly the
 * place of an argument:
 *
 *	$d number        $x hexadecimal   $p page=POINTER pfn=0xPFN
 *	$g gfp mask      $n node of a zone, $z its name, $Z padded to 8
 *	$i name of a zone's index, padded to 8
 *	$N real name of a zone, $M of a zone's index
 *	$f is the order below a pageblock's
 *	$o pageblock order                $t pid of the task
 *	$C comm of a process by its pid   $q kB of pages, $V of three arguments
 *	$k compaction's result            $K what a retry makes of it
 *	$P compaction's priority          $W as $x, beyond memory if arg 4 says
 *	$s sync or async                  $m migrate mode, $r its reason
 *	$S a power of two                 $b list of pages
 *	$H who gave a node hope again     $R success or fail
 *	$T throttle's reason              $w anon (0) or file: how it is written
 *	$E counter of a process           $B bytes of pages
 *	$j whether that process is current
 *	$v slab cache for %pS %p:         $U its node
 *
 * $< and $> before the letter take the lower or the upper half of an
 * argument that holds two, as in $<d4.
 *
 * Models: TP_printk of the events in include/trace/events/kmem.h, vmscan.h,
 *         compaction.h, oom.h; O13
 */
#include <stdio.h>
#include <string.h>

#include "cmd/event_text.h"

static const char *const formats[NR_EVENT_TYPES] = {
	[EV_mm_page_alloc] = "$p0 order=$d1 migratetype=$d2 gfp_flags=$g3",
	[EV_mm_page_free] = "$p0 order=$d1",
	[EV_mm_page_alloc_zone_locked] =
		"$p0 order=$d1 migratetype=$d2 percpu_refill=$d3",
	[EV_mm_page_pcpu_drain] = "$p0 order=$d1 migratetype=$d2",
	[EV_mm_page_alloc_extfrag] =
		"$p0 alloc_order=$d1 fallback_order=$d2 pageblock_order=$o "
		"alloc_migratetype=$d3 fallback_migratetype=$d4 "
		"fragmenting=$f2 change_ownership=$d6",
	[EV_mm_setup_per_zone_wmarks] =
		"node_id=$n0 zone name=$N0 watermark min=$d1 low=$d2 high=$d3 "
		"promo=$d4",
	[EV_mm_setup_per_zone_lowmem_reserve] =
		"node_id=$n0 zone name=$N0 upper_zone name=$M1 "
		"lowmem_reserve_pages=$d2",
	[EV_mm_calculate_totalreserve_pages] = "totalreserve_pages=$d0",
	[EV_mm_vmscan_wakeup_kswapd] = "nid=$d0 order=$d1 gfp_flags=$g2",
	[EV_mm_vmscan_direct_reclaim_begin] =
		"order=$d0 gfp_flags=$g1 pid=$t memcg_id=0 ",
	[EV_mm_vmscan_direct_reclaim_end] =
		"nr_reclaimed=$d0 pid=$t memcg_id=0 ",
	[EV_mm_vmscan_memcg_reclaim_begin] =
		"order=$d0 gfp_flags=$g1 pid=$t memcg_id=$d2 ",
	[EV_mm_vmscan_memcg_reclaim_end] =
		"nr_reclaimed=$d0 pid=$t memcg_id=$d1 ",
	[EV_mm_compaction_suitable] = "node=$n0 zone=$Z0 order=$d1 ret=$k2",
	[EV_mm_compaction_try_to_compact_pages] =
		"order=$d0 gfp_mask=$g1 priority=$d2",
	[EV_mm_compaction_finished] = "node=$n0 zone=$Z0 order=$d1 ret=$k2",
	[EV_mm_compaction_begin] =
		"zone_start=$x0 migrate_pfn=$x1 free_pfn=$x2 zone_end=$x3, "
		"mode=$s4",
	[EV_mm_compaction_end] =
		"zone_start=$x0 migrate_pfn=$x1 free_pfn=$x2 zone_end=$x3, "
		"mode=$s4 status=$k5",
	[EV_mm_compaction_isolate_migratepages] =
		"range=($x0 ~ $x1) nr_scanned=$d2 nr_taken=$d3",
	[EV_cma_alloc_start] = "name=cma$d0 request_count=$d1 "
			       "available_count=$d2 total_count=$d3 align=$d4",
	[EV_cma_alloc_busy_retry] = "name=cma$d0 $p1 count=$d2 align=$d3",
	[EV_cma_alloc_finish] =
		"name=cma$d0 $p1 count=$d2 align=$d3 errorno=$d4",
	[EV_cma_release] = "name=cma$d0 $p1 count=$d2",
	[EV_test_pages_isolated] =
		"start_pfn=$x0 end_pfn=$x1 fin_pfn=$x2 ret=$R3",
	[EV_mm_compaction_isolate_freepages] =
		"range=($x0 ~ $x1) nr_scanned=$d2 nr_taken=$d3",
	[EV_mm_compaction_fast_isolate_freepages] =
		"range=($W0 ~ $x1) nr_scanned=$d2 nr_taken=$d3",
	[EV_mm_compaction_migratepages] = "nr_migrated=$d0 nr_failed=$d1",
	[EV_mm_compaction_deferred] =
		"node=$n0 zone=$Z0 order=$d1 order_failed=$d2 consider=$d3 "
		"limit=$S4",
	[EV_mm_compaction_defer_compaction] =
		"node=$n0 zone=$Z0 order=$d1 order_failed=$d2 consider=$d3 "
		"limit=$S4",
	[EV_mm_compaction_defer_reset] =
		"node=$n0 zone=$Z0 order=$d1 order_failed=$d2 consider=$d3 "
		"limit=$S4",
	[EV_mm_compaction_kcompactd_sleep] = "nid=$d0",
	[EV_mm_compaction_wakeup_kcompactd] =
		"nid=$d0 order=$d1 classzone_idx=$i2",
	[EV_mm_compaction_kcompactd_wake] =
		"nid=$d0 order=$d1 classzone_idx=$i2",
	[EV_mm_migrate_pages_start] = "mode=$m0 reason=$r1",
	[EV_mm_migrate_pages] =
		"nr_succeeded=$d0 nr_failed=$d1 nr_thp_succeeded=$d2 "
		"nr_thp_failed=$d3 nr_thp_split=$d4 nr_split=$d5 mode=$<m6 "
		"reason=$>r6",
	[EV_reclaim_retry_zone] =
		"node=$n0 zone=$Z0 order=$d1 reclaimable=$d2 available=$d3 "
		"min_wmark=$d4 no_progress_loops=$d5 wmark_check=$d6",
	[EV_compact_retry] =
		"order=$d0 priority=$P1 compaction_result=$K2 retries=$d3 "
		"max_retries=$d4 should_retry=$d5",
	/* an address space is as large as what is in it */
	[EV_mark_victim] =
		"pid=$d0 comm=$C0 total-vm=$V1kB anon-rss=$q1kB "
		"file-rss:$q2kB shmem-rss:$q3kB uid=$d5 pgtables=$q4kB "
		"oom_score_adj=$d6",
	[EV_oom_score_adj_update] = "pid=$d0 comm=$C0 oom_score_adj=$d1",
	[EV_wake_reaper] = "pid=$d0",
	[EV_start_task_reaping] = "pid=$d0",
	[EV_finish_task_reaping] = "pid=$d0",
	[EV_skip_task_reaping] = "pid=$d0",
	[EV_mm_vmscan_kswapd_sleep] = "nid=$d0",
	[EV_mm_vmscan_kswapd_wake] = "nid=$d0 order=$d1",
	[EV_mm_vmscan_balance_pgdat_begin] =
		"nid=$d0 order=$d1 highest_zoneidx=$i2",
	[EV_mm_vmscan_balance_pgdat_end] =
		"nid=$d0 order=$d1 highest_zoneidx=$i2 nr_reclaimed=$d3",
	[EV_mm_vmscan_kswapd_reclaim_fail] = "nid=$d0 failures=$d1",
	[EV_mm_vmscan_kswapd_clear_hopeless] = "nid=$d0 reason=$H1",
	[EV_mm_vmscan_node_reclaim_begin] = "nid=$d0 order=$d1 gfp_flags=$g2",
	[EV_mm_vmscan_node_reclaim_end] = "nr_reclaimed=$d0 pid=$t memcg_id=0 ",
	[EV_mm_vmscan_throttled] = "nid=$d0 usec_timeout=$d1 "
				   "usect_delayed=$d2 reason=$T3",
	[EV_mm_vmscan_lru_isolate] =
		"classzone=$d0 order=$d1 nr_requested=$d2 nr_scanned=$d3 "
		"nr_skipped=$d4 nr_taken=$d5 lru=$b6",
	[EV_mm_vmscan_lru_shrink_inactive] =
		"nid=$<d0 nr_scanned=$d1 nr_reclaimed=$<d2 nr_dirty=$>d2 "
		"nr_writeback=$<d3 nr_congested=$>d3 nr_immediate=$<d4 "
		"nr_activate_anon=$<d5 nr_activate_file=$>d5 "
		"nr_ref_keep=$>d4 nr_unmap_fail=$<d6 priority=$>d0 "
		"flags=$>w6",
	[EV_mm_vmscan_lru_shrink_active] =
		"nid=$d0 nr_taken=$d1 nr_active=$d2 nr_deactivated=$d3 "
		"nr_referenced=$d4 priority=$d5 flags=$w6",
	[EV_mm_vmscan_write_folio] = "$p0 flags=$w1",
	[EV_mm_page_free_batched] = "$p0 order=0",
	[EV_rss_stat] = "mm_id=$d0 curr=$j0 type=$E1 size=$B2B",
	[EV_mm_shrink_slab_start] =
		"$v0 nid: $U0 pid: $t memcg_id: 1 objects to shrink $d1 "
		"gfp_flags $g2 cache items $d3 delta $d4 total_scan $d5 "
		"priority $d6 ",
	[EV_mm_shrink_slab_end] =
		"$v0 nid: $U0 pid: $t memcg_id: 1 unused scan count $d1 "
		"new scan count $d2 total_scan $d3 last shrinker return val "
		"$d4 ",
};

/* ---- arguments ---- */

/** struct page of frame 0, and its size, as amd64 has them. */
#define MEMMAP 0xffffea0000000000u
#define PAGE_SIZE_OF_STRUCT 64u

/** struct shrinker of slab cache 0, and its size in the kernel's slab. */
#define SHRINKERS 0xffff888100000000llu
#define SIZE_OF_SHRINKER 128u

static void page_text(pfn_t pfn, char *buf, size_t size)
{
	const uint64_t page =
		pfn == NO_PFN ? 0
			      : MEMMAP + PAGE_SIZE_OF_STRUCT * (uint64_t)pfn;

	snprintf(buf, size, "page=%016llx pfn=0x%x", (unsigned long long)page,
		 pfn == NO_PFN ? 0 : pfn);
}

/* Zones that tracepoints know by name; others are numbers. */
static const char *zone_symbol(const struct mm *mm, uint32_t zidx)
{
	return zidx < ZONE_DEVICE ? mm_zone_name(mm, (zone_t)zidx) : "0x4";
}

/* Names for numbers from 0 on, by the letter of the mark. */
static const struct names {
	char letter;
	uint32_t n;
	const char *name[10];
} names[] = {
	{'P',
	 3,
	 {"COMPACT_PRIO_SYNC_FULL", "COMPACT_PRIO_SYNC_LIGHT",
	  "COMPACT_PRIO_ASYNC"}},
	{'c', 2, {"skipped", "continue"}},
	{'E',
	 4,
	 {"MM_FILEPAGES", "MM_ANONPAGES", "MM_SWAPENTS", "MM_SHMEMPAGES"}},
	{'s', 2, {"async", "sync"}},
	{'m', 3, {"MIGRATE_ASYNC", "MIGRATE_SYNC_LIGHT", "MIGRATE_SYNC"}},
	{'r',
	 10,
	 {"compaction", "memory_failure", "memory_hotplug", "syscall_or_cpuset",
	  "mempolicy_mbind", "numa_misplaced", "contig_range", "longterm_pin",
	  "demotion", "damon"}},
	{'b',
	 NR_LRU_LISTS,
	 {"inactive_anon", "active_anon", "inactive_file", "active_file",
	  "unevictable"}},
	{'w',
	 2,
	 {"RECLAIM_WB_ANON|RECLAIM_WB_ASYNC",
	  "RECLAIM_WB_FILE|RECLAIM_WB_ASYNC"}},
	{'R', 2, {"success", "fail"}},
	{'H', 4, {"OTHER", "KSWAPD", "DIRECT", "PCP"}},
	{'T',
	 WAIT_PFMEMALLOC,
	 {[WAIT_NONE] = "0x0",
	  [WAIT_NAP] = "0x0",
	  [WAIT_WRITEBACK] = "VMSCAN_THROTTLE_WRITEBACK",
	  [WAIT_ISOLATED] = "VMSCAN_THROTTLE_ISOLATED",
	  [WAIT_NOPROGRESS] = "VMSCAN_THROTTLE_NOPROGRESS",
	  [WAIT_CONGESTED] = "VMSCAN_THROTTLE_CONGESTED"}},
};

/* NULL: the letter stands for no names; a number without one is 0xNUMBER. */
static const char *name_of(char letter, uint32_t v, char *buf, size_t size)
{
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (names[i].letter != letter)
			continue;
		if (v < names[i].n)
			return names[i].name[v];
		snprintf(buf, size, "0x%x", v);
		return buf;
	}
	return NULL;
}

/* enum compact_result, of which two can be told apart when retrying. */
static const char *retry_result(int32_t v)
{
	char name[24];

	event_arg_text(NULL, 'k', v, name, sizeof name);
	if (strcmp(name, "complete") == 0)
		return "failed";
	return strcmp(name, "success") == 0 ? "progress" : "withdrawn";
}

/* A cache stands for its shrinker, whose function is called like it. */
static void slab_text(const struct mm *mm, char letter, uint32_t slab,
		      char *buf, size_t size)
{
	struct mm_slab_info si;

	mm_slab_info(mm, slab, &si);
	if (letter == 'U')
		snprintf(buf, size, "%u", si.nid);
	else
		snprintf(buf, size, "%s %016llx:", si.name,
			 SHRINKERS + SIZE_OF_SHRINKER * slab);
}

static void kb_text(const struct mm *mm, int64_t pages, char *buf, size_t size)
{
	snprintf(buf, size, "%lld",
		 (long long)(pages << (mm_page_shift(mm) - 10)));
}

static void number_text(const struct mm *mm, char letter, int32_t v, char *buf,
			size_t size)
{
	switch (letter) {
	case 'x':
		snprintf(buf, size, "0x%x", (unsigned int)v);
		break;
	case 'n':
		snprintf(buf, size, "%d", v / MAX_NR_ZONES);
		break;
	case 'B':
		snprintf(buf, size, "%lld", (long long)v << mm_page_shift(mm));
		break;
	case 'S':
		snprintf(buf, size, "%lu", 1ul << (v & 31));
		break;
	case 'f':
		snprintf(buf, size, "%d", v < (int32_t)mm_pageblock_order(mm));
		break;
	case 'o':
		snprintf(buf, size, "%u", mm_pageblock_order(mm));
		break;
	default:
		snprintf(buf, size, "%d", v);
	}
}

static void arg_text(const struct mm *mm, char letter, int32_t v, char *buf,
		     size_t size)
{
	const uint32_t u = (uint32_t)v;
	const char *name;

	switch (letter) {
	case 'p':
		page_text(u, buf, size);
		break;
	case 'g':
		mm_gfp_print(u, buf, size);
		break;
	case 'z':
		snprintf(buf, size, "%s", zone_symbol(mm, u % MAX_NR_ZONES));
		break;
	case 'Z':
		snprintf(buf, size, "%-8s", zone_symbol(mm, u % MAX_NR_ZONES));
		break;
	case 'i':
		snprintf(buf, size, "%-8s", zone_symbol(mm, u));
		break;
	case 'N':
	case 'M':
		snprintf(buf, size, "%s",
			 mm_zone_name(mm, (zone_t)(u % MAX_NR_ZONES)));
		break;
	case 'k':
		event_arg_text(mm, 'k', v, buf, size);
		break;
	case 'K':
		snprintf(buf, size, "%s", retry_result(v));
		break;
	case 'v':
	case 'U':
		slab_text(mm, letter, u, buf, size);
		break;
	case 'C':
		snprintf(buf, size, "%s", mm_pid_comm(mm, u));
		break;
	case 'q':
		kb_text(mm, u, buf, size);
		break;
	default:
		name = name_of(letter, u, buf, size);
		if (!name)
			number_text(mm, letter, v, buf, size);
		else if (name != buf)
			snprintf(buf, size, "%s", name);
	}
}

static int32_t task_pid(const struct mm *mm, unsigned int task)
{
	struct mm_task_info ti;

	mm_task_info(mm, task, &ti);
	return (int32_t)ti.pid;
}

/* Is it of the process that was running? */
static bool is_current(const struct mm *mm, const struct mm_event *ev,
		       int32_t pid)
{
	struct mm_process_info pi;
	struct mm_task_info ti;

	mm_task_info(mm, ev->task, &ti);
	mm_process_info(mm, ti.process, &pi);
	return ti.process && (int32_t)pi.pid == pid;
}

/* One mark of a format, from behind its `$`; gives what follows it. */
static const char *mark_text(const struct mm *mm, const struct mm_event *ev,
			     const char *s, char *buf, size_t size)
{
	const char half = *s == '<' || *s == '>' ? *s++ : '\0';
	const char letter = *s++;
	int32_t v;

	if (letter == 't') {
		snprintf(buf, size, "%d", task_pid(mm, ev->task));
		return s;
	}
	if (letter == 'j') {
		snprintf(buf, size, "%d",
			 is_current(mm, ev, ev->arg[*s - '0']));
		return s + 1;
	}
	if (letter == 'o') {
		arg_text(mm, letter, 0, buf, size);
		return s;
	}
	if (letter == 'W') {
		snprintf(buf, size, "0x%llx",
			 (unsigned long long)(uint32_t)ev->arg[*s - '0'] +
				 ((unsigned long long)(ev->arg[4] != 0) << 63));
		return s + 1;
	}
	if (letter == 'V') {
		const int32_t *a = &ev->arg[*s++ - '0'];

		kb_text(mm, (int64_t)a[0] + a[1] + a[2], buf, size);
		return s;
	}
	v = ev->arg[*s++ - '0'];
	if (half == '<')
		v &= 0xffff;
	else if (half == '>')
		v = (int32_t)((uint32_t)v >> 16);
	arg_text(mm, letter, v, buf, size);
	return s;
}

/* ---- the whole ---- */

bool is_tracepoint(unsigned int type)
{
	return type < NR_EVENT_TYPES && formats[type];
}

bool event_tracefs(const struct mm *mm, const struct mm_event *ev, char *buf,
		   size_t size)
{
	size_t used = 0;
	char value[400];

	if (!is_tracepoint(ev->type) || size == 0)
		return false;
	for (const char *s = formats[ev->type]; *s && used + 1 < size;) {
		if (*s != '$') {
			buf[used++] = *s++;
			continue;
		}
		s = mark_text(mm, ev, s + 1, value, sizeof value);
		used += (size_t)snprintf(buf + used, size - used, "%s", value);
	}
	buf[used < size ? used : size - 1] = '\0';
	return true;
}
