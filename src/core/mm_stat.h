/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_stat.h - the counters of /proc/vmstat, /proc/meminfo, reports; of mm.h
 *
 * Counters are numbered from 0 in the order of /proc/vmstat: those of the
 * zones, of NUMA, of the nodes, two thresholds and two sizes of the whole,
 * and what has happened.  Values are as the kernel prints them: pages, but
 * nr_kernel_stack, pgpgin and pgpgout in KiB, and huge pages (nr_*_hugepages,
 * nr_*_pmdmapped) in huge pages; what is below 0 is 0.
 */
#ifndef BUDDYSCOPE_MM_STAT_H
#define BUDDYSCOPE_MM_STAT_H

enum mm_vmstat_group {
	VMSTAT_ZONE,
	VMSTAT_NUMA,
	VMSTAT_NODE,
	VMSTAT_SYSTEM,
	VMSTAT_EVENT,
	NR_VMSTAT_GROUPS /* of a counter that there is not */
};

/**
 * "nr_free_pages"; "" for one that this world's kernel does not have, NULL
 * past the last.  A 32-bit machine has "pgalloc_high" and no "pgalloc_dma32".
 */
const char *mm_vmstat_name(const struct mm *mm, unsigned int i);
enum mm_vmstat_group mm_vmstat_group(unsigned int i);
/** The counter of that name; -ENOENT if there is none. */
int mm_vmstat_find(const struct mm *mm, const char *name);
/** A counter of the whole world. */
int64_t mm_vmstat(const struct mm *mm, unsigned int i);
/** One node's share of one of the first three groups; others are 0. */
int64_t mm_node_vmstat(const struct mm *mm, unsigned int nid, unsigned int i);
/** One zone's share of one of the first two groups; others are 0. */
int64_t mm_zone_vmstat(const struct mm *mm, zone_t zid, unsigned int i);

/** What /proc/meminfo has and no counter tells; pages. */
struct mm_meminfo {
	int64_t total;	   /* managed */
	int64_t available; /* si_mem_available() */
	int64_t present, cma;
	int64_t high, high_free; /* of a 32-bit machine: managed, free */
	int64_t swap_total, swap_free;
	int64_t totalreserve; /* that no dirty page should take */
};
void mm_meminfo(const struct mm *mm, struct mm_meminfo *mi);
/** Has kswapd given the node up? "all_unreclaimable?" */
bool mm_node_unreclaimable(const struct mm *mm, unsigned int nid);

/* ---- for reports: what the kernel's log says when a request fails ---- */

/** Would a request with this mask be reported when it fails? O15 */
bool mm_failure_reported(const struct mm *mm, gfp_t gfp);
/** Nodes with memory that a task may use: a bit a node. */
uint32_t mm_mems_allowed(const struct mm *mm, unsigned int task);
/** Name of its cpuset; "/" for the root's. */
const char *mm_task_cpuset(const struct mm *mm, unsigned int task);
/** Nodes that a report on its request shows; others are hidden. */
uint32_t mm_report_nodes(const struct mm *mm, unsigned int task, gfp_t gfp,
			 uint32_t nodemask);
/** Pages in use that groups right below @group (0: the root) protect. */
void mm_protected_pages(const struct mm *mm, unsigned int group, int64_t *min,
			int64_t *low);

#endif
