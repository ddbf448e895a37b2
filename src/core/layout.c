/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout.c - see layout.h
 */
#include "core/layout.h"

#include <string.h>

void layout_ratio(enum mm_zone_layout layout, uint32_t ratio[MAX_NR_ZONES])
{
	static const uint32_t ratios[NR_LAYOUTS][MAX_NR_ZONES] = {
		[LAYOUT_64BIT] = {256, 256, 32, 0, 0},
		[LAYOUT_HIGHMEM] = {256, 32, 0, 0, 0},
	};

	memcpy(ratio, ratios[layout], sizeof ratios[layout]);
}

const char *mm_zone_name(const struct mm *mm, zone_t zid)
{
	return mm_layout_zone_name(mm_zone_layout(mm), zone_idx(zid));
}

enum mm_zone_layout mm_zone_layout(const struct mm *mm)
{
	return (enum mm_zone_layout)mm->st->cfg.zone_layout;
}
