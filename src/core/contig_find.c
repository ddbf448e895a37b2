/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * contig_find.c - where memory in one piece may be had: in zones, in CMA areas
 *
 * Models: alloc_contig_frozen_pages, pfn_range_valid_contig in
 *         mm/page_alloc.c, cma_range_alloc in mm/cma.c;
 *         contig-cma-hotplug.md 2, 4.6
 */
#include <errno.h>

#include "core/cma.h"
#include "core/contig_steps.h"
#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/isolation.h"
#include "core/vmstat.h"
#include "core/zonelist.h"

/* ---- a range of so many pages: 2 ---- */

/* A pool's page: not at first, then if it is smaller than what is wanted. */
static bool huge_page_fits(struct mm *mm, const struct contig *c, pfn_t pfn)
{
	const pfn_t head = hugetlb_head(mm, pfn);

	if (head == NO_PFN)
		return true;
	if (c->huge & CONTIG_TAKES_HUGE)
		return c->nr > 1u << block_order(&mm->page[head].b);
	STORE(mm, c->huge, c->huge | CONTIG_SAW_HUGE);
	return false;
}

static bool range_valid(struct mm *mm, const struct contig *c, zone_t zid,
			pfn_t start, pfn_t end)
{
	pfn_t step;

	for (pfn_t p = start; p < end; p += step)
		if (!pfn_online(mm, p) || page_zone(mm, p) != zid ||
		    page_is_unmovable(mm, p, ISOLATE_OTHER, &step) !=
			    REASON_NONE ||
		    !huge_page_fits(mm, c, p))
			return false;
	return true;
}

/* No zone has a place.  Once more, if that was for pages of pools only? */
static void none_found(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);

	if (c->huge == CONTIG_SAW_HUGE) {
		STORE(mm, c->huge, c->huge | CONTIG_TAKES_HUGE);
		STORE(mm, c->place, 0);
		STORE(mm, c->at, 0);
		return;
	}
	contig_fail(mm, task, -ENOMEM, CONTIG_OVER);
	STORE(mm, c->place, MAX_ZONELIST); /* no more of them */
}

/* From where on a zone is searched. */
static uint64_t first_place(const struct mm *mm, zone_t zid, uint64_t nr)
{
	return (zone_start(mm, zid) + nr - 1) & ~(nr - 1);
}

/* One place, or one zone without one; `at` is where it goes on, 0: begin. */
void contig_search(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const struct mm_request want = {.gfp = c->gfp, .nid = (int16_t)c->nid};
	struct alloc_context ac;
	unsigned int i;
	uint64_t p;

	prepare_alloc(mm, &want, &ac);
	i = next_zone(&ac, c->place);
	if (i >= ac.nr_zones) {
		none_found(mm, task);
		return;
	}
	p = c->at ? c->at : first_place(mm, ac.zonelist[i], c->nr);
	STORE(mm, c->place, i);
	for (; p + c->nr <= zone_end(mm, ac.zonelist[i]); p += c->nr) {
		const pfn_t end = (pfn_t)(p + c->nr);

		if (!range_valid(mm, c, ac.zonelist[i], (pfn_t)p, end))
			continue;
		STORE(mm, c->at, end);
		contig_range_begin(mm, task, (pfn_t)p, end);
		return;
	}
	STORE(mm, c->at, 0);
	STORE(mm, c->place, i + 1);
}

/* ---- so many pages of a CMA area: 4.6 ---- */

void contig_search_area(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const unsigned int area = c->area - 1;
	const pfn_t pfn = cma_find(mm, area, c->next, c->nr, c->align);

	if (pfn == NO_PFN) {
		contig_fail(mm, task, -EBUSY, CONTIG_OVER);
		STORE(mm, c->end, c->start); /* there is no range */
		return;
	}
	cma_mark(mm, area, pfn, c->nr, true);
	contig_range_begin(mm, task, pfn, pfn + c->nr);
}

void contig_area_over(struct mm *mm, const struct contig *c)
{
	count_vm_events(mm, c->ret ? VM_CMA_ALLOC_FAIL : VM_CMA_ALLOC_SUCCESS,
			1);
	TRACE(mm, cma_alloc_finish, ARG(c->area - 1),
	      ARG(c->ret ? 0 : c->start), ARG(c->nr), ARG(c->align), c->ret);
}

/* True if the next place is to be tried. */
bool contig_area_was_busy(struct mm *mm, uint32_t task)
{
	const struct contig *c = contig_of(mm, task);
	const unsigned int area = c->area - 1;

	if (c->ret == 0 || c->start == c->end)
		return false;
	cma_mark(mm, area, c->start, c->nr, false);
	if (c->ret != -EBUSY)
		return false;
	STORE(mm, c->next, cma_next(mm, area, c->start, c->align));
	contig_goto(mm, task, CONTIG_CMA);
	TRACE(mm, cma_alloc_busy_retry, ARG(area), ARG(c->start), ARG(c->nr),
	      ARG(c->align));
	return true;
}
