/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * figure_place.h - where things are, as figures
 *
 * Of a zone: `node0.Normal.head.0.movable`, the frame that is next on a list;
 * `.pageblocks.unmovable`; `.largest`; `.mark.low`, with the boost in it;
 * `.protection.Normal`; `.cpu0.count`.  Of the world: `process.web.rss`,
 * `last.pfn`, `cma0.available`, `hugetlb.pmd.free`.  Where there is no frame it
 * is -1.
 */
#ifndef CORE_FIGURE_PLACE_H
#define CORE_FIGURE_PLACE_H

#include "core/mm.h"

/** One of the world; -ENOENT if @name is none of these. */
int place_figure(const struct mm *mm, const char *name, int64_t *value,
		 const char **unit);
/** One of a zone; -ENOENT if @what is none of these. */
int zone_place_figure(const struct mm *mm, zone_t zid, const char *what,
		      int64_t *value, const char **unit);
/** hugetlb.pmd.free and its like; figure_hugetlb.c */
int hugetlb_figure(const struct mm *mm, const char *name, int64_t *value,
		   const char **unit);
void hugetlb_figure_names(const struct mm *mm,
			  void (*each)(void *, const char *), void *arg);
void place_figure_names(const struct mm *mm, void (*each)(void *, const char *),
			void *arg);
void zone_place_figure_names(const struct mm *mm, const char *prefix,
			     void (*each)(void *, const char *), void *arg);

#endif
