/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_gfp.c - what a mask asks for, or the table of names
 *
 * The facts of a mask are a table: it is printed, and it is the JSON.
 */
#include "cmd/show.h"

static const char *zone_fact(gfp_t gfp)
{
	const int zidx = mm_gfp_zone(gfp);

	return zidx < 0 ? "none" : mm_zone_type_name((enum zone_type)zidx);
}

static const char *type_fact(gfp_t gfp)
{
	const int mt = mm_gfp_migratetype(gfp);

	return mt < 0 ? "none" : mm_migratetype_name((enum migratetype)mt);
}

static const char *sleep_fact(gfp_t gfp)
{
	return gfp & GFP_BIT_DIRECT_RECLAIM ? "yes, it may reclaim itself"
					    : "no";
}

static const char *kswapd_fact(gfp_t gfp)
{
	return gfp & GFP_BIT_KSWAPD_RECLAIM ? "yes, below the low mark" : "no";
}

/* Models: alloc_flags of the slow path, the marks of __zone_watermark_ok() */
static const char *reserves_fact(gfp_t gfp)
{
	const bool blocks = (gfp & GFP_BIT_DIRECT_RECLAIM) != 0;

	if (gfp & GFP_BIT_NOMEMALLOC)
		return gfp & GFP_BIT_HIGH ? "down to half of the min mark"
					  : "none, down to the min mark";
	if (gfp & GFP_BIT_MEMALLOC)
		return "all, no mark is observed";
	if (gfp & GFP_BIT_HIGH)
		return blocks ? "down to half of the min mark"
			      : "down to 3/8 of the min mark; high-atomic "
				"pageblocks";
	return blocks ? "none, down to the min mark"
		      : "down to the min mark; high-atomic pageblocks last";
}

static const struct gfp_fact facts[] = {
	{"highest_zone", "highest zone", zone_fact, 0},
	{"migratetype", "migratetype", type_fact, 0},
	{"may_sleep", "may sleep", sleep_fact, GFP_BIT_DIRECT_RECLAIM},
	{"wakes_kswapd", "wakes kswapd", kswapd_fact, GFP_BIT_KSWAPD_RECLAIM},
	{"reserves", "reserves", reserves_fact, 0},
};

const struct gfp_fact *gfp_fact(unsigned int i)
{
	return i < sizeof facts / sizeof facts[0] ? &facts[i] : NULL;
}

/** One mask taken apart, or the table of names. */
void print_gfp(const struct mm *mm, const struct show_what *what,
	       struct out *out)
{
	const struct gfp_fact *fact;
	const char *name;
	char text[400];
	gfp_t value;

	(void)mm;
	if (!what->has_gfp) {
		for (unsigned int i = 0; (name = mm_gfp_name(i, &value)); i++)
			out_line(out, "%#8x  %s", (unsigned int)value, name);
		return;
	}
	mm_gfp_print(what->gfp, text, sizeof text);
	out_line(out, "0x%x = %s", (unsigned int)what->gfp, text);
	for (unsigned int i = 0; (fact = gfp_fact(i)); i++)
		out_line(out, "  %-13s %s", fact->title, fact->says(what->gfp));
}
