/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_zoneinfo.c - /proc/zoneinfo, byte for byte
 *
 * What the model has no pages for counts 0, as on a machine without them.
 */
#include <string.h>

#include "cmd/show.h"

static const char *const node_stats[] = {
	"nr_inactive_anon",
	"nr_active_anon",
	"nr_inactive_file",
	"nr_active_file",
	"nr_unevictable",
	"nr_slab_reclaimable",
	"nr_slab_unreclaimable",
	"nr_isolated_anon",
	"nr_isolated_file",
	"workingset_nodes",
	"workingset_refault_anon",
	"workingset_refault_file",
	"workingset_activate_anon",
	"workingset_activate_file",
	"workingset_restore_anon",
	"workingset_restore_file",
	"workingset_nodereclaim",
	"nr_anon_pages",
	"nr_mapped",
	"nr_file_pages",
	"nr_dirty",
	"nr_writeback",
	"nr_shmem",
	"nr_shmem_hugepages",
	"nr_shmem_pmdmapped",
	"nr_file_hugepages",
	"nr_file_pmdmapped",
	"nr_anon_transparent_hugepages",
	"nr_vmscan_write",
	"nr_vmscan_immediate_reclaim",
	"nr_dirtied",
	"nr_written",
	"nr_throttled_written",
	"nr_kernel_misc_reclaimable",
	"nr_foll_pin_acquired",
	"nr_foll_pin_released",
	"nr_vmalloc",
	"nr_kernel_stack",
	"nr_page_table_pages",
	"nr_sec_page_table_pages",
	"nr_iommu_pages",
	"nr_swapcached",
	"pgpromote_success",
	"pgpromote_candidate",
	"pgpromote_candidate_nrl",
	"pgdemote_kswapd",
	"pgdemote_direct",
	"pgdemote_khugepaged",
	"pgdemote_proactive",
	"pgsteal_kswapd",
	"pgsteal_direct",
	"pgsteal_khugepaged",
	"pgsteal_proactive",
	"pgsteal_anon",
	"pgsteal_file",
	"pgscan_kswapd",
	"pgscan_direct",
	"pgscan_khugepaged",
	"pgscan_proactive",
	"pgscan_anon",
	"pgscan_file",
	"pgrotate_anon",
	"pgrotate_file",
	"pgrefill",
	"nr_hugetlb",
	"nr_balloon_pages",
	"nr_kernel_file_pages",
	"nr_gpu_active",
	"nr_gpu_reclaim",
};

static const char *const zone_stats[] = {
	"nr_free_pages",       "nr_free_pages_blocks",	"nr_zone_inactive_anon",
	"nr_zone_active_anon", "nr_zone_inactive_file", "nr_zone_active_file",
	"nr_zone_unevictable", "nr_zone_write_pending", "nr_mlock",
	"nr_zspages",	       "nr_free_cma",		"nr_unaccepted",
};

static const char *const numa_stats[] = {
	"numa_hit",	   "numa_miss",	 "numa_foreign",
	"numa_interleave", "numa_local", "numa_other",
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void stat(struct out *out, const char *name, int64_t value)
{
	out_text(out, "\n      %-12s %lld", name,
		 (long long)(value < 0 ? 0 : value));
}

static void print_pages(const struct mm_zone_info *zi, struct out *out)
{
	static const char *const marks[] = {"min", "low", "high", "promo"};
	static const char *const sizes[] = {"spanned", "present", "managed",
					    "cma"};
	const pfn_t size[] = {zi->spanned, zi->present, zi->managed, zi->cma};

	out_text(out, "\n  pages free     %lld", (long long)zi->free);
	out_text(out, "\n        boost    %lld", (long long)zi->boost);
	for (int i = 0; i < NR_WMARK; i++)
		out_text(out, "\n        %-8s %lld", marks[i],
			 (long long)(zi->wmark[i] + zi->boost));
	for (size_t i = 0; i < COUNT(sizes); i++)
		out_text(out, "\n        %-8s %u", sizes[i], size[i]);
	out_text(out, "\n        protection: (");
	for (int i = 0; i < MAX_NR_ZONES; i++)
		out_text(out, "%s%lld", i ? ", " : "",
			 (long long)zi->lowmem_reserve[i]);
	out_text(out, ")");
}

const char *zone_counter(const struct mm_zone_info *zi, unsigned int i,
			 int64_t *value)
{
	const char *name;

	*value = 0;
	if (i >= COUNT(zone_stats)) {
		i -= COUNT(zone_stats);
		if (i >= COUNT(numa_stats))
			return NULL;
		*value = (int64_t)zi->numa[i];
		return numa_stats[i];
	}
	name = zone_stats[i];
	if (strcmp(name, "nr_free_pages") == 0)
		*value = zi->free;
	else if (strcmp(name, "nr_free_pages_blocks") == 0)
		*value = zi->free_blocks;
	else if (strcmp(name, "nr_free_cma") == 0)
		*value = zi->free_cma;
	return name;
}

static void print_counters(const struct mm_zone_info *zi, struct out *out)
{
	const char *name;
	int64_t value;

	for (unsigned int i = 0; (name = zone_counter(zi, i, &value)); i++)
		stat(out, name, value);
}

static void print_pagesets(const struct mm *mm, zone_t z,
			   const struct mm_zone_info *zi, struct out *out)
{
	struct mm_pcp_info pi;

	out_text(out, "\n  pagesets");
	for (unsigned int cpu = 0; cpu < mm_nr_cpus(mm); cpu++) {
		mm_pcp_info(mm, z, cpu, &pi);
		out_text(out,
			 "\n    cpu: %u"
			 "\n              count:    %d"
			 "\n              high:     %d"
			 "\n              batch:    %d"
			 "\n              high_min: %d"
			 "\n              high_max: %d"
			 "\n  vm stats threshold: %u",
			 cpu, pi.count, pi.high, pi.batch, pi.high_min,
			 pi.high_max, zi->stat_threshold);
	}
	out_line(out,
		 "\n  node_unreclaimable:  0"
		 "\n  start_pfn:           %u"
		 "\n  reserved_highatomic: %lld"
		 "\n  free_highatomic:     %lld",
		 zi->start, (long long)zi->reserved_highatomic,
		 (long long)zi->free_highatomic);
}

/** Models: zoneinfo_show_print(), mm/vmstat.c */
void print_zoneinfo(const struct mm *mm, const struct show_what *what,
		    struct out *out)
{
	struct mm_zone_info zi;
	unsigned int stats_of = 0; /* nodes whose statistics were shown */

	for (zone_t z = 0; z < mm_nr_nodes(mm) * MAX_NR_ZONES; z++) {
		const bool populated = mm_zone_populated(mm, z);

		if (!show_zone(what, z))
			continue;
		mm_zone_info(mm, z, &zi);
		out_text(out, "Node %u, zone %8s", zi.nid, zi.name);
		if (populated && !(stats_of & 1u << zi.nid)) {
			stats_of |= 1u << zi.nid;
			out_text(out, "\n  per-node stats");
			for (size_t i = 0; i < COUNT(node_stats); i++)
				stat(out, node_stats[i], 0);
		}
		print_pages(&zi, out);
		if (!populated) {
			out_line(out, "%s", "");
			continue;
		}
		print_counters(&zi, out);
		print_pagesets(mm, z, &zi, out);
	}
}
