/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * figure_stat.h - the counters of /proc/vmstat as figures
 *
 * `vmstat.compact_success`, `node0.nr_inactive_file`,
 * `node0.Normal.nr_zone_inactive_anon`, and `mem_available`.
 */
#ifndef CORE_FIGURE_STAT_H
#define CORE_FIGURE_STAT_H

#include "core/mm.h"

/** A counter of the world, or with its node in front; -ENOENT. */
int stat_figure(const struct mm *mm, const char *name, int64_t *value,
		const char **unit);
/** One of a zone; -ENOENT if @what is no counter of zones. */
int zone_stat_figure(const struct mm *mm, zone_t zid, const char *what,
		     int64_t *value, const char **unit);
void stat_figure_names(const struct mm *mm, void (*each)(void *, const char *),
		       void *arg);
void zone_stat_figure_names(const struct mm *mm, const char *prefix,
			    void (*each)(void *, const char *), void *arg);

/* ---- figure_compact.c ---- */

/** "compact.score", "isolated_pageblocks": -ENOENT for another. */
int compact_figure(const struct mm *mm, zone_t zid, const char *what,
		   int64_t *value, const char **unit);
void compact_figure_names(const char *prefix,
			  void (*each)(void *, const char *), void *arg);

#endif
