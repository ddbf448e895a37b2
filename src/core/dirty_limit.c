/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dirty_limit.c - see dirty_limit.h
 */
#include "core/dirty_limit.h"

#include "core/dirty.h"

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
	const int64_t pages = global_dirtyable_memory(mm);
	const int64_t most =
		limit(mm, cfg->dirty_kbytes, cfg->dirty_ratio, pages);

	*background = limit(mm, cfg->dirty_background_kbytes,
			    cfg->dirty_background_ratio, pages);
	if (*background >= most)
		*background = most / 2;
	return most;
}
