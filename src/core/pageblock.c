/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pageblock.c - see pageblock.h
 */
#include "core/pageblock.h"

#include "core/trace.h"

void init_pageblock_migratetype(struct mm *mm, pfn_t pfn, enum migratetype mt)
{
	const struct pageblock *pb = &mm->pb[pfn >> mm->pb_order];
	const unsigned int old = pb->bits;

	assert(mt != MIGRATE_ISOLATE);
	STORE(mm, pb->bits,
	      (old & ~(unsigned int)(PAGEBLOCK_TYPE | PAGEBLOCK_ISOLATE)) | mt);
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
