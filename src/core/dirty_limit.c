/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dirty_limit.c - see dirty_limit.h
 */
#include "core/dirty_limit.h"

#include "core/vmstat.h"
#include "core/watermark.h"

/** Models: global_dirtyable_memory(), mm/page-writeback.c */
static int64_t dirtyable(const struct mm *mm)
{
	const int64_t reserve = totalreserve_pages(mm);
	int64_t free = 0, pages = 1;

	for (zone_t z = 0; z < mm->st->cfg.nr_nodes * MAX_NR_ZONES; z++)
		free += zone_page_state(mm, z, NR_FREE_PAGES);
	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++)
		pages += node_page_state(mm, n, NR_ACTIVE_FILE) +
			 node_page_state(mm, n, NR_INACTIVE_FILE);
	return pages + (free > reserve ? free - reserve : 0);
}

/* A size in kB, else a percentage, of which 1/page remains after rounding. */
static int64_t limit(const struct mm *mm, uint32_t kbytes, uint32_t ratio,
		     int64_t pages)
{
	const unsigned int shift = mm->st->cfg.page_shift;
	const int64_t page_size = INT64_C(1) << shift;

	if (kbytes)
		return ((int64_t)kbytes * 1024 + page_size - 1) >> shift;
	return (ratio * page_size / 100 * pages) >> shift;
}

int64_t global_dirty_limits(const struct mm *mm, int64_t *background)
{
	const struct mm_config *cfg = &mm->st->cfg;
	const int64_t pages = dirtyable(mm);
	const int64_t most =
		limit(mm, cfg->dirty_kbytes, cfg->dirty_ratio, pages);

	*background = limit(mm, cfg->dirty_background_kbytes,
			    cfg->dirty_background_ratio, pages);
	if (*background >= most)
		*background = most / 2;
	return most;
}
