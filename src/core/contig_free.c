/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * contig_free.c - a range of pages goes back in blocks
 *
 * Models: free_contig_range, __free_contig_range_common in mm/page_alloc.c;
 *         contig-cma-hotplug.md 3
 */
#include <errno.h>

#include "core/buddy.h"
#include "core/contig.h"
#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/page_type.h"
#include "core/isolation.h"

#define SECTION ((pfn_t)1 << 15) /* pages: runs end there */

/* The largest block that begins at @pfn and fits below @end. */
static unsigned int piece_order(const struct mm *mm, pfn_t pfn, pfn_t end)
{
	const unsigned int max = mm->st->cfg.max_page_order;
	const unsigned int aligned =
		pfn ? (unsigned int)__builtin_ctz(pfn) : max;
	const unsigned int fits = 31u - (unsigned int)__builtin_clz(end - pfn);
	const unsigned int order = aligned < fits ? aligned : fits;

	return order < max ? order : max;
}

/* As any block that is freed, but for the tracepoint. */
static void free_piece(struct mm *mm, pfn_t pfn, unsigned int order)
{
	const zone_t zid = page_zone(mm, pfn);
	const enum migratetype mt = pageblock_type(mm, pfn);
	const struct pcp *p = pcp_of(mm, zid, mm->cpu);

	TRACE(mm, free_request, ARG(pfn), ARG(order), ARG(mt), ARG(zid));
	STORE(mm, p->pgfree, p->pgfree + (uint64_t)order_pages(order));
	if (pcp_allowed_order(mm, order) && mt != MIGRATE_ISOLATE)
		free_to_pcp(mm, zid, pfn, order, mt);
	else
		free_range(mm, zid, pfn, order, FPI_NONE);
}

void free_contig_frames(struct mm *mm, pfn_t start, pfn_t end)
{
	while (start < end) {
		const pfn_t section = (start / SECTION + 1) * SECTION;
		const pfn_t stop = section < end ? section : end;

		for (pfn_t p = start; p < stop; p++)
			TRACE(mm, mm_page_free, ARG(p), 0);
		while (start < stop) {
			const unsigned int o = piece_order(mm, start, stop);

			free_piece(mm, start, o);
			start += (pfn_t)1 << o;
		}
	}
}

/* Is it made of allocated blocks that nobody has in hand? */
int mm_free_contig_refusal(const struct mm *mm, pfn_t start, pfn_t end,
			   struct mm_error *err)
{
	const int e = range_refusal(mm, start, end, err);

	if (e)
		return e;
	for (pfn_t p = start; p < end;) {
		const struct block *b = &mm->page[p].b;
		const pfn_t next = p + ((pfn_t)1 << block_order(b));

		if (block_state(b) != BLOCK_USED || block_mapcount(b) ||
		    block_is_table(b) || block_write(b) ||
		    page_is_hugetlb(&mm->page[p]) ||
		    page_type_of(&mm->page[p]) || next > end)
			return mm_fail(err, -EINVAL,
				       "pfn %u: expected an allocated block "
				       "within the range that nobody uses",
				       p);
		p = next;
	}
	return 0;
}

/* 3.1: a page of several frames goes as one block, all else as one range. */
static void free_blocks(struct mm *mm, pfn_t start, pfn_t end)
{
	pfn_t from = start;

	for (pfn_t p = start; p < end;) {
		const unsigned int order = block_order(&mm->page[p].b);
		const bool one = mm->page[p].attr & PAGE_COMPOUND;

		if (one)
			free_contig_frames(mm, from, p);
		frame_release(mm, p);
		if (one)
			free_frozen_pages(mm, p, order);
		p += (pfn_t)1 << order;
		if (one)
			from = p;
	}
	free_contig_frames(mm, from, end);
}

int mm_free_contig(struct mm *mm, pfn_t start, pfn_t end, unsigned int cpu,
		   struct mm_error *err)
{
	const int e = mm_free_contig_refusal(mm, start, end, err);

	if (e)
		return e;
	if (cpu >= mm->st->cfg.nr_cpus)
		return mm_fail(err, -EINVAL, "CPU %u: expected 0 to %u", cpu,
			       mm->st->cfg.nr_cpus - 1);
	op_enter(mm);
	mm->cpu = (uint16_t)cpu;
	free_blocks(mm, start, end);
	TRACE(mm, contig_freed, ARG(start), ARG(end));
	op_leave(mm);
	return 0;
}
