/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print_extfrag.c - debugfs' extfrag_index and unusable_index, byte for byte
 *
 * A negative index keeps its sign in the remainder: -500 is ` 0.-500`.
 */
#include "cmd/show.h"

static void print_extfrag_number(const struct mm *mm, zone_t z, unsigned int o,
				 struct out *out)
{
	const int v = mm_extfrag_index(mm, z, o);

	out_text(out, "%2d.%03d ", v / 1000, v % 1000);
}

static void print_unusable_number(const struct mm *mm, zone_t z, unsigned int o,
				  struct out *out)
{
	const int v = mm_unusable_index(mm, z, o);

	out_text(out, "%d.%03d ", v / 1000, v % 1000);
}

/** Models: extfrag_show_print(), mm/vmstat.c; O12 */
void print_extfrag(const struct mm *mm, const struct show_what *what,
		   struct out *out)
{
	print_by_order(mm, what, print_extfrag_number, out);
}

/** Models: unusable_show_print(), mm/vmstat.c; O12 */
void print_unusable(const struct mm *mm, const struct show_what *what,
		    struct out *out)
{
	print_by_order(mm, what, print_unusable_number, out);
}
