/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_pagetypeinfo.c - /proc/pagetypeinfo, byte for byte
 */
#include "cmd/show.h"

/** The kernel stops counting a list here. */
#define LIST_LIMIT 100000u

void count_pageblocks(const struct mm *mm, zone_t zid,
		      uint64_t count[MIGRATE_TYPES])
{
	const uint64_t step = (uint64_t)1 << mm_pageblock_order(mm);
	struct mm_zone_info zi;
	struct mm_frame f;

	for (int mt = 0; mt < MIGRATE_TYPES; mt++)
		count[mt] = 0;
	mm_zone_info(mm, zid, &zi);
	/* from the zone's start, which need not be a pageblock's */
	for (uint64_t pfn = zi.start; pfn < (uint64_t)zi.start + zi.spanned;
	     pfn += step) {
		mm_frame(mm, (pfn_t)pfn, &f);
		if (f.kind != FRAME_HOLE && f.kind != FRAME_OFFLINE &&
		    f.zone == zid)
			count[f.block_type]++;
	}
}

static void print_free(const struct mm *mm, zone_t z, struct out *out)
{
	struct mm_zone_info zi;

	mm_zone_info(mm, z, &zi);
	for (int mt = 0; mt < MIGRATE_TYPES; mt++) {
		const enum migratetype t = (enum migratetype)mt;

		out_text(out, "Node %4u, zone %8s, type %12s ", zi.nid, zi.name,
			 mm_migratetype_name(t));
		for (unsigned int o = 0; o <= mm_max_order(mm); o++) {
			const uint32_t n = mm_nr_free(mm, z, o, t);

			if (n >= LIST_LIMIT)
				out_text(out, ">%6u ", LIST_LIMIT);
			else
				out_text(out, "%6u ", n);
		}
		out_line(out, "%s", "");
	}
}

static void print_blocks(const struct mm *mm, zone_t z, struct out *out)
{
	uint64_t count[MIGRATE_TYPES];
	struct mm_zone_info zi;

	mm_zone_info(mm, z, &zi);
	count_pageblocks(mm, z, count);
	out_text(out, "Node %u, zone %8s ", zi.nid, zi.name);
	for (int mt = 0; mt < MIGRATE_TYPES; mt++)
		out_text(out, "%12llu ", (unsigned long long)count[mt]);
	out_line(out, "%s", "");
}

static void print_node(const struct mm *mm, unsigned int nid,
		       const struct show_what *what, struct out *out)
{
	const zone_t first = (zone_t)(nid * MAX_NR_ZONES);

	out_line(out, "Page block order: %u", mm_pageblock_order(mm));
	out_line(out, "Pages per block:  %u", 1u << mm_pageblock_order(mm));
	out_line(out, "%s", "");
	out_text(out, "%-43s ", "Free pages count per migrate type at order");
	for (unsigned int o = 0; o <= mm_max_order(mm); o++)
		out_text(out, "%6u ", o);
	out_line(out, "%s", "");
	for (zone_t z = first; z < first + MAX_NR_ZONES; z++)
		if (mm_zone_populated(mm, z) && show_zone(what, z))
			print_free(mm, z, out);
	out_line(out, "%s", "");
	out_text(out, "%-23s", "Number of blocks type ");
	for (int mt = 0; mt < MIGRATE_TYPES; mt++)
		out_text(out, "%12s ",
			 mm_migratetype_name((enum migratetype)mt));
	out_line(out, "%s", "");
	for (zone_t z = first; z < first + MAX_NR_ZONES; z++)
		if (mm_zone_populated(mm, z) && show_zone(what, z))
			print_blocks(mm, z, out);
}

/** Models: pagetypeinfo_show(), mm/vmstat.c */
void print_pagetypeinfo(const struct mm *mm, const struct show_what *what,
			struct out *out)
{
	for (unsigned int nid = 0; nid < mm_nr_nodes(mm); nid++) {
		bool any = false;

		for (unsigned int i = 0; i < MAX_NR_ZONES; i++) {
			const zone_t z = (zone_t)(nid * MAX_NR_ZONES + i);

			any |= mm_zone_populated(mm, z) && show_zone(what, z);
		}
		if (any)
			print_node(mm, nid, what, out);
	}
}
