/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reserved.c - memory of the boot that is given back later
 *
 * Models:   free_reserved_area and adjust_managed_page_count in
 *           mm/page_alloc.c; W17, W44
 * Left out: the reserves are computed once, when all pages are there, and not
 *           after each page: the numbers are the same
 */
#include <errno.h>

#include "core/frame.h"
#include "core/watermark.h"

static int not_reserved(const struct mm *mm, pfn_t start, pfn_t end,
			struct mm_error *err)
{
	struct mm_frame f;

	for (pfn_t p = start; p < end; p++) {
		mm_frame(mm, p, &f);
		if (f.kind != FRAME_RESERVED)
			return mm_fail(err, -EINVAL,
				       "pfn %u is not reserved: only reserved "
				       "memory can be given back",
				       p);
	}
	return 0;
}

int mm_free_reserved(struct mm *mm, pfn_t start, pfn_t end, unsigned int cpu,
		     struct mm_error *err)
{
	int e;

	if (start >= end || end > mm->st->end_pfn)
		return mm_fail(err, -EINVAL,
			       "frames %u to %u: expected some, below %u",
			       start, end, mm->st->end_pfn);
	if (cpu >= mm->st->cfg.nr_cpus)
		return mm_fail(err, -EINVAL, "CPU %u: expected 0 to %u", cpu,
			       mm->st->cfg.nr_cpus - 1);
	e = not_reserved(mm, start, end, err);
	if (e)
		return e;
	op_enter(mm);
	mm->cpu = (uint16_t)cpu;
	for (pfn_t p = start; p < end; p++) {
		const struct zone *z = &mm->zone[page_zone(mm, p)];

		pageblock_touch(mm, p);
		STORE(mm, mm->page[p].b.word, 0);
		STORE(mm, z->managed, z->managed + 1);
		free_frozen_pages_inside(mm, p, 0);
	}
	if (mm->st->cfg.era == ERA_LINUX_7_3)
		setup_per_zone_lowmem_reserve(mm);
	memo_forget(mm);
	TRACE(mm, reserved_freed, ARG(start), ARG(end));
	op_leave(mm);
	return 0;
}
