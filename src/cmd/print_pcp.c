/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_pcp.c - the per-CPU lists, with the frames on them
 */
#include <stdio.h>

#include "cmd/show.h"

static pfn_t next_pcp(const struct list_walk *w, pfn_t pfn)
{
	return pfn == NO_PFN
		       ? mm_pcp_list_first(w->mm, w->zid, w->cpu, w->pindex)
		       : mm_pcp_list_next(w->mm, w->pindex, pfn);
}

static uint32_t nr_pcp(const struct list_walk *w)
{
	return mm_pcp_list_len(w->mm, w->zid, w->cpu, w->pindex);
}

static void print_pcp_list(const struct mm *mm, zone_t z, unsigned int cpu,
			   unsigned int i, struct out *out)
{
	const struct list_walk w = {.mm = mm,
				    .zid = z,
				    .order = mm_pcp_list_order(mm, i),
				    .type = mm_pcp_list_type(mm, i),
				    .cpu = cpu,
				    .pindex = i,
				    .next = next_pcp,
				    .len = nr_pcp};

	print_list(&w, out);
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
				print_pcp_list(mm, z, cpu, i, out);
		}
	}
}
