/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_pcp.c - the per-CPU lists, with the frames on them
 */
#include <stdio.h>

#include "cmd/show.h"

static void print_list(const struct mm *mm, zone_t z, unsigned int cpu,
		       unsigned int i, struct out *out)
{
	pfn_t pfn = mm_pcp_list_first(mm, z, cpu, i);
	unsigned int n = 0;
	char name[24];

	snprintf(name, sizeof name, "%s[%u]",
		 mm_migratetype_name(mm_pcp_list_type(mm, i)),
		 mm_pcp_list_order(mm, i));
	out_text(out, "  %-15s", name);
	for (; pfn != NO_PFN && n < 16; pfn = mm_pcp_list_next(mm, i, pfn), n++)
		out_text(out, " %u", pfn);
	if (pfn != NO_PFN)
		out_text(out, " ... %u in all", mm_pcp_list_len(mm, z, cpu, i));
	out_line(out, "%s", "");
}

/** Counters of each CPU in each zone, then its lists that hold something. */
void print_pcp(const struct mm *mm, const struct show_what *what,
	       struct out *out)
{
	struct mm_pcp_info pi;
	char name[40];

	for (unsigned int k = 0; k < mm_nr_zones(mm); k++) {
		const zone_t z = mm_zone_at(mm, k);

		if (!show_zone(what, z))
			continue;
		zone_text(mm, z, name, sizeof name);
		for (unsigned int cpu = 0; cpu < mm_nr_cpus(mm); cpu++) {
			if (what->cpu >= 0 && (unsigned int)what->cpu != cpu)
				continue;
			mm_pcp_info(mm, z, cpu, &pi);
			out_line(out,
				 "%s cpu %u: count %d high %d (%d..%d) "
				 "batch %d",
				 name, cpu, pi.count, pi.high, pi.high_min,
				 pi.high_max, pi.batch);
			for (unsigned int i = 0; i < mm_nr_pcp_lists(mm); i++)
				if (mm_pcp_list_len(mm, z, cpu, i))
					print_list(mm, z, cpu, i, out);
		}
	}
}
