/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_lists.c - the free lists from head to tail, zones and owners
 */
#include <stdio.h>

#include "cmd/show.h"

/** Longer lists are cut. */
#define SHOWN 16

void print_list(const struct list_walk *w, struct out *out)
{
	const pfn_t first = w->next(w, NO_PFN);
	unsigned int n = 0;
	char name[24];
	pfn_t pfn = first;

	if (first == NO_PFN)
		return;
	snprintf(name, sizeof name, "%s[%u]", mm_migratetype_name(w->type),
		 w->order);
	out_text(out, "  %-15s", name);
	for (; pfn != NO_PFN && n < SHOWN; pfn = w->next(w, pfn), n++)
		out_text(out, " %u", pfn);
	if (pfn != NO_PFN)
		out_text(out, " ... %u in all", w->len(w));
	out_line(out, "%s", "");
}

static pfn_t next_free(const struct list_walk *w, pfn_t pfn)
{
	return pfn == NO_PFN ? mm_list_first(w->mm, w->zid, w->order, w->type)
			     : mm_list_next(w->mm, w->order, pfn);
}

static uint32_t nr_free(const struct list_walk *w)
{
	return mm_nr_free(w->mm, w->zid, w->order, w->type);
}

static void print_free_list(const struct mm *mm, zone_t z, unsigned int o,
			    enum migratetype t, struct out *out)
{
	const struct list_walk w = {.mm = mm,
				    .zid = z,
				    .order = o,
				    .type = t,
				    .next = next_free,
				    .len = nr_free};

	print_list(&w, out);
}

/** Lists that hold something. */
void print_lists(const struct mm *mm, const struct show_what *what,
		 struct out *out)
{
	char name[40];

	for (unsigned int k = 0; k < mm_nr_zones(mm); k++) {
		const zone_t z = mm_zone_at(mm, k);

		if (!show_zone(what, z))
			continue;
		zone_text(mm, z, name, sizeof name);
		out_line(out, "%s, head first:", name);
		for (int o = 0; o <= (int)mm_max_order(mm); o++)
			for (int t = 0; t < MIGRATE_TYPES; t++)
				if ((what->order < 0 || what->order == o) &&
				    (what->type < 0 || what->type == t))
					print_free_list(mm, z, (unsigned int)o,
							(enum migratetype)t,
							out);
	}
}

/** One line a zone. */
void print_zones(const struct mm *mm, const struct show_what *what,
		 struct out *out)
{
	struct mm_zone_info zi;
	char name[40];

	for (unsigned int k = 0; k < mm_nr_zones(mm); k++) {
		const zone_t z = mm_zone_at(mm, k);

		if (!show_zone(what, z))
			continue;
		mm_zone_info(mm, z, &zi);
		zone_text(mm, z, name, sizeof name);
		out_line(out,
			 "%s: frames %u..%u, managed %u, free %lld, min %lld "
			 "low %lld high %lld boost %lld",
			 name, zi.start, zi.start + zi.spanned - 1, zi.managed,
			 (long long)zi.free, (long long)zi.wmark[WMARK_MIN],
			 (long long)zi.wmark[WMARK_LOW],
			 (long long)zi.wmark[WMARK_HIGH], (long long)zi.boost);
	}
}

static void print_owner(const struct mm *mm, uint16_t owner, struct out *out)
{
	const uint32_t blocks = mm_owner_blocks(mm, owner);
	const uint64_t pages = mm_owner_pages(mm, owner);

	out_line(out, "%s: %u block%s, %llu page%s", mm_owner_name(mm, owner),
		 blocks, blocks == 1 ? "" : "s", (unsigned long long)pages,
		 pages == 1 ? "" : "s");
}

/** One line for each owner that was ever named. */
void print_owners(const struct mm *mm, const struct show_what *what,
		  struct out *out)
{
	(void)what;
	if (mm_nr_owners(mm) == 0)
		out_line(out, "no owners yet; `alloc name=a` makes one");
	for (unsigned int i = 1; i <= mm_nr_owners(mm); i++)
		print_owner(mm, (uint16_t)i, out);
}
