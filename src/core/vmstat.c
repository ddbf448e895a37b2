/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vmstat.c - reading the counters, in the kernel's order
 *
 * Models:   vmstat_text, vmstat_start in mm/vmstat.c; si_mem_available,
 *           mm/show_mem.c; O4 to O8
 * Left out: what no part of this world counts is 0: zspages, unaccepted
 *           memory, the memory of struct page
 */
#include "core/vmstat.h"

#include <errno.h>
#include <string.h>

#include "core/dirty_limit.h"
#include "core/freelist.h"
#include "core/kswapd.h"
#include "core/layout.h"
#include "core/watermark.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- names ---- */

static const char *const zone_names[] = {
	"nr_free_pages",       "nr_free_pages_blocks",	"nr_zone_inactive_anon",
	"nr_zone_active_anon", "nr_zone_inactive_file", "nr_zone_active_file",
	"nr_zone_unevictable", "nr_zone_write_pending", "nr_mlock",
	"nr_zspages",	       "nr_free_cma",		"nr_unaccepted",
};

static const char *const numa_names[] = {
	"numa_hit",	   "numa_miss",	 "numa_foreign",
	"numa_interleave", "numa_local", "numa_other",
};

static const char *const node_names[] = {
#define NODE_STAT(item, name) name,
#define VM_EVENT(item, name)
#include "core/vmstat_items.def"
#undef NODE_STAT
#undef VM_EVENT
};

static const char *const system_names[] = {
	"nr_dirty_threshold",
	"nr_dirty_background_threshold",
	"nr_memmap_pages",
	"nr_memmap_boot_pages",
};

static const char *const event_names[] = {
#define NODE_STAT(item, name)
#define VM_EVENT(item, name) name,
#include "core/vmstat_items.def"
#undef NODE_STAT
#undef VM_EVENT
};

static const struct {
	const char *const *name;
	unsigned int n;
} groups[NR_VMSTAT_GROUPS] = {
	[VMSTAT_ZONE] = {zone_names, COUNT(zone_names)},
	[VMSTAT_NUMA] = {numa_names, COUNT(numa_names)},
	[VMSTAT_NODE] = {node_names, COUNT(node_names)},
	[VMSTAT_SYSTEM] = {system_names, COUNT(system_names)},
	[VMSTAT_EVENT] = {event_names, COUNT(event_names)},
};

/* The group of counter @i, whose place in it *@i becomes. */
static enum mm_vmstat_group place(unsigned int *i)
{
	unsigned int g = 0;

	for (; g < NR_VMSTAT_GROUPS && *i >= groups[g].n; g++)
		*i -= groups[g].n;
	return (enum mm_vmstat_group)g;
}

/* TEXT_FOR_HIGHMEM() in place of TEXT_FOR_DMA32(), and no ZONE_DEVICE. */
static const char *highmem_name(unsigned int item)
{
	static const struct {
		unsigned int first;
		const char *name[MAX_NR_ZONES];
	} families[] = {
		{VM_PGALLOC_DMA,
		 {"pgalloc_dma", "pgalloc_normal", "pgalloc_high",
		  "pgalloc_movable", ""}},
		{VM_ALLOCSTALL_DMA,
		 {"allocstall_dma", "allocstall_normal", "allocstall_high",
		  "allocstall_movable", ""}},
		{VM_PGSKIP_DMA,
		 {"pgskip_dma", "pgskip_normal", "pgskip_high",
		  "pgskip_movable", ""}},
	};

	for (size_t f = 0; f < COUNT(families); f++)
		if (item >= families[f].first &&
		    item < families[f].first + MAX_NR_ZONES)
			return families[f].name[item - families[f].first];
	return event_names[item];
}

const char *mm_vmstat_name(const struct mm *mm, unsigned int i)
{
	const enum mm_vmstat_group g = place(&i);

	if (g == VMSTAT_EVENT && has_highmem(mm))
		return highmem_name(i);
	return g < NR_VMSTAT_GROUPS ? groups[g].name[i] : NULL;
}

enum mm_vmstat_group mm_vmstat_group(unsigned int i)
{
	return place(&i);
}

int mm_vmstat_find(const struct mm *mm, const char *name)
{
	const char *have;

	for (unsigned int i = 0; (have = mm_vmstat_name(mm, i)); i++)
		if (*have && strcmp(have, name) == 0)
			return (int)i;
	return -ENOENT;
}

/* ---- values ---- */

static int64_t not_below_0(int64_t v)
{
	return v > 0 ? v : 0;
}

static int64_t zone_value(const struct mm *mm, zone_t zid, unsigned int i)
{
	const struct zone *z = &mm->zone[zid];

	switch (i) {
	case 0:
		return zone_page_state(mm, zid, NR_FREE_PAGES);
	case 1:
		return zone_page_state(mm, zid, NR_FREE_PAGES_BLOCKS);
	case 7:
		return z->write_pending;
	case 8:
		return z->mlock;
	case 10:
		return zone_page_state(mm, zid, NR_FREE_CMA);
	default:
		return i >= 2 && i < 2 + NR_LRU_LISTS ? z->lru[i - 2] : 0;
	}
}

/* A hit, and local, is what is served and not miss, and not other: P14. */
static int64_t numa_value(const struct mm *mm, zone_t zid, unsigned int i)
{
	const struct zone *z = &mm->zone[zid];
	const uint64_t served = zone_events(mm, zid).served;
	const uint64_t v[] = {
		served - z->numa[NUMA_MISS],  z->numa[NUMA_MISS],
		z->numa[NUMA_FOREIGN],	      z->numa[NUMA_INTERLEAVE],
		served - z->numa[NUMA_OTHER], z->numa[NUMA_OTHER],
	};

	return (int64_t)v[i];
}

/* Huge pages are counted in pages and printed in huge pages: O4. */
static bool is_huge(unsigned int item)
{
	return item >= NR_SHMEM_HUGEPAGES &&
	       item <= NR_ANON_TRANSPARENT_HUGEPAGES;
}

static int64_t node_value(const struct mm *mm, unsigned int nid, unsigned int i)
{
	const int64_t v = node_page_state(mm, nid, (enum node_stat_item)i);

	return is_huge(i) ? v >> mm->st->cfg.pmd_order : v;
}

/* Handed out from the zones of an index, on all nodes. */
static uint64_t pgalloc(const struct mm *mm, unsigned int zidx)
{
	uint64_t n = 0;

	for (unsigned int nid = 0; nid < mm->st->cfg.nr_nodes; nid++)
		n += zone_events(mm, mm_zone_id(nid, (enum zone_type)zidx))
			     .pgalloc;
	return n;
}

static uint64_t pgfree(const struct mm *mm)
{
	uint64_t n = 0;

	for (zone_t z = 0; z < mm->st->cfg.nr_nodes * MAX_NR_ZONES; z++)
		n += zone_events(mm, z).pgfree;
	return n;
}

static int64_t event_value(const struct mm *mm, unsigned int i)
{
	uint64_t v = mm->st->vm_event[i];

	if (i >= VM_PGALLOC_DMA && i <= VM_PGALLOC_DEVICE)
		v += pgalloc(mm, i - VM_PGALLOC_DMA);
	else if (i == VM_PGFREE)
		v += pgfree(mm);
	else if (i == VM_PGPGIN || i == VM_PGPGOUT)
		v /= 2; /* counted in sectors */
	return (int64_t)v;
}

static int64_t zone_raw(const struct mm *mm, zone_t zid, enum mm_vmstat_group g,
			unsigned int item)
{
	return g == VMSTAT_ZONE ? zone_value(mm, zid, item)
				: numa_value(mm, zid, item);
}

/* Of a group up to VMSTAT_NODE; may be below 0. */
static int64_t node_raw(const struct mm *mm, unsigned int nid,
			enum mm_vmstat_group g, unsigned int item)
{
	int64_t sum = 0;

	if (g == VMSTAT_NODE)
		return node_value(mm, nid, item);
	for (int z = 0; z < MAX_NR_ZONES; z++)
		sum += zone_raw(mm, mm_zone_id(nid, (enum zone_type)z), g,
				item);
	return sum;
}

int64_t mm_zone_vmstat(const struct mm *mm, zone_t zid, unsigned int i)
{
	const enum mm_vmstat_group g = place(&i);

	if (zid >= mm->st->cfg.nr_nodes * MAX_NR_ZONES || g > VMSTAT_NUMA)
		return 0;
	return not_below_0(zone_raw(mm, zid, g, i));
}

int64_t mm_node_vmstat(const struct mm *mm, unsigned int nid, unsigned int i)
{
	const enum mm_vmstat_group g = place(&i);

	if (nid >= mm->st->cfg.nr_nodes || g > VMSTAT_NODE)
		return 0;
	return not_below_0(node_raw(mm, nid, g, i));
}

static int64_t system_value(const struct mm *mm, unsigned int i)
{
	int64_t background;
	const int64_t threshold = global_dirty_limits(mm, &background);

	return i == 0 ? threshold : i == 1 ? background : 0;
}

int64_t mm_vmstat(const struct mm *mm, unsigned int i)
{
	const enum mm_vmstat_group g = place(&i);
	int64_t sum = 0;

	if (g == VMSTAT_SYSTEM)
		return system_value(mm, i);
	if (g == VMSTAT_EVENT)
		return event_value(mm, i);
	for (unsigned int nid = 0;
	     g <= VMSTAT_NODE && nid < mm->st->cfg.nr_nodes; nid++)
		sum += node_raw(mm, nid, g, i);
	return not_below_0(sum);
}

/* ---- memory as a whole ---- */

/* Of what can be given back, half or a low mark's worth stays. */
static int64_t usable(int64_t pages, int64_t low)
{
	return pages - (pages / 2 < low ? pages / 2 : low);
}

/** Models: si_mem_available(), mm/show_mem.c; O8 */
static int64_t available(const struct mm *mm)
{
	int64_t low = 0, cache = 0, slab = 0, free = 0;

	for (zone_t z = 0; z < mm->st->cfg.nr_nodes * MAX_NR_ZONES; z++) {
		low += wmark_pages(mm, z, WMARK_LOW);
		free += zone_page_state(mm, z, NR_FREE_PAGES);
	}
	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++) {
		cache += node_page_state(mm, n, NR_ACTIVE_FILE) +
			 node_page_state(mm, n, NR_INACTIVE_FILE);
		slab += node_page_state(mm, n, NR_SLAB_RECLAIMABLE) +
			node_page_state(mm, n, NR_KERNEL_MISC_RECLAIMABLE);
	}
	return not_below_0(free - totalreserve_pages(mm) + usable(cache, low) +
			   usable(slab, low));
}

void mm_meminfo(const struct mm *mm, struct mm_meminfo *mi)
{
	*mi = (struct mm_meminfo){
		.available = available(mm),
		.swap_total = mm->st->swap_total,
		.swap_free = mm->st->swap_free,
		.totalreserve = totalreserve_pages(mm),
	};
	for (zone_t z = 0; z < mm->st->cfg.nr_nodes * MAX_NR_ZONES; z++) {
		mi->total += mm->zone[z].managed;
		mi->present += mm->zone[z].present;
		mi->cma += mm->zone[z].cma;
		if (!has_highmem(mm) || !zone_above_lowmem(mm, z))
			continue;
		mi->high += mm->zone[z].managed;
		mi->high_free += zone_page_state(mm, z, NR_FREE_PAGES);
	}
}

bool mm_node_unreclaimable(const struct mm *mm, unsigned int nid)
{
	return nid < mm->st->cfg.nr_nodes &&
	       mm->st->node[nid].kswapd_failures >= MAX_RECLAIM_RETRIES;
}
