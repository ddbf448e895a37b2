/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_buddyinfo.c - /proc/buddyinfo, byte for byte
 */
#include "cmd/show.h"

bool show_zone(const struct show_what *what, zone_t zid)
{
	return what->zid == NO_ZONE || what->zid == zid;
}

void print_by_order(const struct mm *mm, const struct show_what *what,
		    void (*number)(const struct mm *, zone_t, unsigned int,
				   struct out *),
		    struct out *out)
{
	struct mm_zone_info zi;

	for (zone_t z = 0; z < mm_nr_nodes(mm) * MAX_NR_ZONES; z++) {
		if (!mm_zone_populated(mm, z) || !show_zone(what, z))
			continue;
		mm_zone_info(mm, z, &zi);
		out_text(out, "Node %u, zone %8s ", zi.nid, zi.name);
		for (unsigned int o = 0; o <= mm_max_order(mm); o++)
			number(mm, z, o, out);
		out_line(out, "%s", "");
	}
}

static void print_nr_free(const struct mm *mm, zone_t z, unsigned int o,
			  struct out *out)
{
	out_text(out, "%6u ", mm_nr_free_order(mm, z, o));
}

/** Models: frag_show_print(), mm/vmstat.c */
void print_buddyinfo(const struct mm *mm, const struct show_what *what,
		     struct out *out)
{
	print_by_order(mm, what, print_nr_free, out);
}
