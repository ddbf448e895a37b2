/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vmstat.h - the counters of nodes and of the world
 *
 * Models:   mod_node_page_state, count_vm_events, node_page_state in
 *           include/linux/vmstat.h
 * Left out: per-CPU differences of these (those of the zones are in pcp.h)
 *
 * PGPGIN and PGPGOUT count sectors of 512 bytes; NR_KERNEL_STACK counts KiB;
 * huge pages are counted in pages.  How they are shown, vmstat.c knows.
 */
#ifndef CORE_VMSTAT_H
#define CORE_VMSTAT_H

#include "core/store.h"

static inline int64_t node_page_state(const struct mm *mm, unsigned int nid,
				      enum node_stat_item item)
{
	return mm->st->node[nid].stat[item];
}

static inline void mod_node_page_state(struct mm *mm, unsigned int nid,
				       enum node_stat_item item, int64_t delta)
{
	const struct node *n = &mm->st->node[nid];

	STORE(mm, n->stat[item], n->stat[item] + delta);
}

/** The same, not below 0: what was put in place was counted by nobody. */
static inline void add_node_page_state(struct mm *mm, unsigned int nid,
				       enum node_stat_item item, int64_t delta)
{
	const int64_t have = node_page_state(mm, nid, item);

	mod_node_page_state(mm, nid, item, delta < -have ? -have : delta);
}

static inline void count_vm_events(struct mm *mm, enum vm_event_item item,
				   uint64_t n)
{
	STORE(mm, mm->st->vm_event[item], mm->st->vm_event[item] + n);
}

#endif
