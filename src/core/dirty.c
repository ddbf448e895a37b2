/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dirty.c - see dirty.h
 */
#include "core/dirty.h"

#include "core/vmstat.h"
#include "core/watermark.h"

static int64_t node_free_pages(const struct mm *mm, unsigned int nid)
{
	int64_t free = 0;

	for (int z = 0; z < MAX_NR_ZONES; z++) {
		const zone_t zid = mm_zone_id(nid, (enum zone_type)z);

		if (mm_zone_populated(mm, zid))
			free += zone_page_state(mm, zid, NR_FREE_PAGES);
	}
	return free;
}

static int64_t node_file_pages(const struct mm *mm, unsigned int nid)
{
	return node_page_state(mm, nid, NR_ACTIVE_FILE) +
	       node_page_state(mm, nid, NR_INACTIVE_FILE);
}

/* Free pages beyond what is kept back. */
static int64_t beyond(int64_t free, int64_t reserve)
{
	return free > reserve ? free - reserve : 0;
}

int64_t node_dirtyable_memory(const struct mm *mm, unsigned int nid)
{
	return beyond(node_free_pages(mm, nid),
		      node_totalreserve_pages(mm, nid)) +
	       node_file_pages(mm, nid);
}

int64_t global_dirtyable_memory(const struct mm *mm)
{
	int64_t free = 0, reserve = 0, file = 0;

	for (unsigned int n = 0; n < mm->st->cfg.nr_nodes; n++) {
		free += node_free_pages(mm, n);
		reserve += node_totalreserve_pages(mm, n);
		file += node_file_pages(mm, n);
	}
	return beyond(free, reserve) + file + 1;
}

int64_t node_dirty_limit(const struct mm *mm, unsigned int nid, bool realtime)
{
	const int64_t dirtyable = node_dirtyable_memory(mm, nid);
	const int64_t page_kb = INT64_C(1) << (mm->st->cfg.page_shift - 10);
	const int64_t kb = mm->st->cfg.dirty_kbytes;
	int64_t limit = mm->st->cfg.dirty_ratio * dirtyable / 100;

	if (kb)
		limit = (kb + page_kb - 1) / page_kb * dirtyable /
			global_dirtyable_memory(mm);
	return realtime ? limit + limit / 4 : limit;
}

bool node_dirty_ok(const struct mm *mm, unsigned int nid, uint32_t task)
{
	const bool realtime = mm->task[task].flags & TASK_REALTIME;

	return node_page_state(mm, nid, NR_DIRTY) +
		       node_page_state(mm, nid, NR_WRITEBACK) <=
	       node_dirty_limit(mm, nid, realtime);
}
