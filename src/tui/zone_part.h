/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * zone_part.h - a zone's free pages, watermarks and per-CPU lists, beside
 * its free lists
 */
#ifndef BUDDYSCOPE_TUI_ZONE_PART_H
#define BUDDYSCOPE_TUI_ZONE_PART_H

#include "tui/view.h"

/** The narrowest canvas it is worth drawing on, and one for all of it. */
#define ZONE_PART_COLS 30
#define ZONE_PART_GOOD 38

/** Draw it; gives the rows it took. */
int zone_part_draw(const struct screen *s, const struct mm *mm,
		   struct canvas *c);
/** The most wanted of it in one row, where there is no room for more. */
void zone_part_row(const struct screen *s, const struct mm *mm, int row,
		   struct canvas *c);

#endif
