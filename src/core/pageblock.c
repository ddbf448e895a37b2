/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pageblock.c - see pageblock.h
 */
#include "core/pageblock.h"

#include "core/trace.h"

/* It is of the kind no more: keep the longer part of what is beside it. */
static void run_cut(struct pageblock_run *r, uint32_t at)
{
	if (at < r->first || at >= r->end)
		return;
	if (at - r->first < r->end - at)
		r->first = at + 1;
	else
		r->end = at;
}

void pageblock_set_bits(struct mm *mm, const struct pageblock *pb,
			uint32_t bits)
{
	run_cut(&mm->run, (uint32_t)(pb - mm->pb));
	STORE(mm, pb->bits, bits);
}

#define RUN_STEP 8 /* pageblocks looked at */

void pageblock_run_follow(struct mm *mm, uint32_t kind, pfn_t pfn)
{
	struct pageblock_run *r = &mm->run;
	const uint32_t at = pfn >> mm->pb_order;
	const uint32_t last = (mm->end_pfn - 1) >> mm->pb_order;
	const uint32_t before = r->end - r->first;
	uint32_t n = RUN_STEP;

	if (r->kind != kind)
		*r = (struct pageblock_run){at, at, kind};
	for (; n && r->end <= last && pageblock_kind(&mm->pb[r->end]) == kind;
	     n--)
		r->end++;
	for (; n && r->first && pageblock_kind(&mm->pb[r->first - 1]) == kind;
	     n--)
		r->first--;
	if (r->end - r->first == before && (at < r->first || at >= r->end))
		r->first = r->end = at;
}

void init_pageblock_migratetype(struct mm *mm, pfn_t pfn, enum migratetype mt)
{
	const struct pageblock *pb = &mm->pb[pfn >> mm->pb_order];
	const unsigned int old = pb->bits;

	assert(mt != MIGRATE_ISOLATE);
	pageblock_set_bits(
		mm, pb,
		(old & ~(unsigned int)(PAGEBLOCK_TYPE | PAGEBLOCK_ISOLATE)) |
			mt);
	if ((old & PAGEBLOCK_TYPE) != mt)
		TRACE(mm, pageblock_type, ARG(pageblock_start(mm, pfn)),
		      ARG(old & PAGEBLOCK_TYPE), ARG(mt));
}

void set_pageblock_migratetype(struct mm *mm, pfn_t pfn, enum migratetype mt)
{
	init_pageblock_migratetype(mm, pfn, kept_type(mm, mt));
}

void change_pageblock_range(struct mm *mm, pfn_t pfn, unsigned int order,
			    enum migratetype mt)
{
	const pfn_t end = pfn + ((pfn_t)1 << order);

	for (; pfn < end; pfn += pageblock_nr_pages(mm))
		set_pageblock_migratetype(mm, pfn, mt);
}

bool pageblock_whole(const struct mm *mm, zone_t zid, pfn_t pfn)
{
	const struct zone *z = &mm->zone[zid];
	const pfn_t start = pageblock_start(mm, pfn);

	return z->start <= start &&
	       start + pageblock_nr_pages(mm) <= z->start + z->spanned;
}
