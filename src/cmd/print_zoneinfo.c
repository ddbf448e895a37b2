/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_zoneinfo.c - /proc/zoneinfo, byte for byte
 *
 * What no part of the world counts is 0, as on a machine that has none.
 */
#include "cmd/show.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void stat(struct out *out, const char *name, int64_t value)
{
	out_text(out, "\n      %-12s %lld", name, (long long)value);
}

static void print_pages(const struct mm *mm, zone_t z,
			const struct mm_zone_info *zi, struct out *out)
{
	static const char *const marks[] = {"min", "low", "high", "promo"};
	static const char *const sizes[] = {"spanned", "present", "managed",
					    "cma"};
	const pfn_t size[] = {zi->spanned, zi->present, zi->managed, zi->cma};

	/* nr_free_pages is the first counter */
	out_text(out, "\n  pages free     %lld",
		 (long long)mm_zone_vmstat(mm, z, 0));
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

static void print_node_stats(const struct mm *mm, unsigned int nid,
			     struct out *out)
{
	const char *name;

	out_text(out, "\n  per-node stats");
	for (unsigned int i = 0; (name = mm_vmstat_name(mm, i)); i++)
		if (mm_vmstat_group(i) == VMSTAT_NODE)
			stat(out, name, mm_node_vmstat(mm, nid, i));
}

static void print_counters(const struct mm *mm, zone_t z, struct out *out)
{
	for (unsigned int i = 0; mm_vmstat_group(i) <= VMSTAT_NUMA; i++)
		stat(out, mm_vmstat_name(mm, i), mm_zone_vmstat(mm, z, i));
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
		 "\n  node_unreclaimable:  %u"
		 "\n  start_pfn:           %u"
		 "\n  reserved_highatomic: %lld"
		 "\n  free_highatomic:     %lld",
		 mm_node_unreclaimable(mm, zi->nid), zi->start,
		 (long long)zi->reserved_highatomic,
		 (long long)zi->free_highatomic);
}

/** Models: zoneinfo_show_print(), mm/vmstat.c; O3 */
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
			print_node_stats(mm, zi.nid, out);
		}
		print_pages(mm, z, &zi, out);
		if (!populated) {
			out_line(out, "%s", "");
			continue;
		}
		print_counters(mm, z, out);
		print_pagesets(mm, z, &zi, out);
	}
}
