/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * query.c - looking at a world; the only arithmetic a view may use
 *
 * Every function is total: what is out of range is empty.
 *
 * Models: fill_contig_page_info, __fragmentation_index in mm/vmstat.c
 */
#include <string.h>

#include "core/buddy.h"
#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/page_type.h"
#include "core/pcp.h"

unsigned int mm_page_shift(const struct mm *mm)
{
	return mm->st->cfg.page_shift;
}

unsigned int mm_pageblock_order(const struct mm *mm)
{
	return mm->st->cfg.pageblock_order;
}

unsigned int mm_max_order(const struct mm *mm)
{
	return mm->st->cfg.max_page_order;
}

unsigned int mm_pmd_order(const struct mm *mm)
{
	return mm->st->cfg.pmd_order;
}

unsigned int mm_nr_cpus(const struct mm *mm)
{
	return mm->st->cfg.nr_cpus;
}

unsigned int mm_nr_nodes(const struct mm *mm)
{
	return mm->st->cfg.nr_nodes;
}

enum mm_era mm_era(const struct mm *mm)
{
	return (enum mm_era)mm->st->cfg.era;
}

const struct mm_config *mm_config(const struct mm *mm)
{
	return &mm->st->cfg;
}

uint64_t mm_seed(const struct mm *mm)
{
	return mm->st->cfg.seed;
}

const char *mm_world_name(const struct mm *mm)
{
	return mm->st->cfg.name;
}

pfn_t mm_end_pfn(const struct mm *mm)
{
	return mm->st->end_pfn;
}

static bool has_zone(const struct mm *mm, zone_t zid)
{
	return zid < mm->st->cfg.nr_nodes * MAX_NR_ZONES;
}

static bool has_list(const struct mm *mm, zone_t zid, unsigned int order,
		     enum migratetype mt)
{
	return has_zone(mm, zid) && order < MM_MAX_ORDERS &&
	       (unsigned int)mt < MIGRATE_TYPES;
}

static bool has_pcp(const struct mm *mm, zone_t zid, unsigned int cpu)
{
	return has_zone(mm, zid) && cpu < mm->st->cfg.nr_cpus;
}

/** The block of that state and order at @pfn; NULL if there is none. */
static const struct block *block_of(const struct mm *mm, pfn_t pfn,
				    unsigned int order, enum block_state state)
{
	const struct block *b;

	if (pfn >= mm->st->nr_frames || order > mm->st->cfg.max_page_order)
		return NULL;
	b = block_at(mm, pfn, order);
	return block_state(b) == state && block_order(b) == order ? b : NULL;
}

/* ---- zones ---- */

unsigned int mm_nr_zones(const struct mm *mm)
{
	return mm->st->nr_populated;
}

zone_t mm_zone_at(const struct mm *mm, unsigned int i)
{
	return i < mm->st->nr_populated ? mm->st->populated[i] : NO_ZONE;
}

zone_t mm_zone_id(unsigned int nid, enum zone_type zidx)
{
	return (zone_t)(nid * MAX_NR_ZONES + zidx);
}

zone_t mm_zone_of(const struct mm *mm, pfn_t pfn)
{
	return pfn < mm->st->nr_frames ? page_zone(mm, pfn) : NO_ZONE;
}

bool mm_zone_populated(const struct mm *mm, zone_t zid)
{
	return zid < mm->st->cfg.nr_nodes * MAX_NR_ZONES &&
	       mm->zone[zid].present;
}

void mm_zone_info(const struct mm *mm, zone_t zid, struct mm_zone_info *zi)
{
	const struct zone *z = &mm->zone[zid];
	struct zone_events events;

	memset(zi, 0, sizeof *zi);
	zi->name = "?";
	if (!has_zone(mm, zid))
		return;
	events = zone_events(mm, zid);
	*zi = (struct mm_zone_info){
		.nid = zone_nid(zid),
		.zidx = zone_idx(zid),
		.name = mm_zone_name(mm, zid),
		.start = z->start,
		.spanned = z->spanned,
		.present = z->present,
		.managed = z->managed,
		.cma = z->cma,
		.free = zone_page_state_snapshot(mm, zid, NR_FREE_PAGES),
		.free_raw = zone_page_state(mm, zid, NR_FREE_PAGES),
		.free_cma = zone_page_state_snapshot(mm, zid, NR_FREE_CMA),
		.free_blocks =
			zone_page_state_snapshot(mm, zid, NR_FREE_PAGES_BLOCKS),
		.free_highatomic = z->nr_free_highatomic,
		.reserved_highatomic = z->nr_reserved_highatomic,
		.boost = z->boost,
		.flags = z->flags,
		.nr_isolate = z->nr_isolate_pageblock,
		.stat_threshold = z->stat_threshold,
		.pgalloc = events.pgalloc,
	};
	for (int w = 0; w < NR_WMARK; w++)
		zi->wmark[w] = z->wmark[w];
	for (int i = 0; i < MAX_NR_ZONES; i++)
		zi->lowmem_reserve[i] = z->lowmem_reserve[i];
	zi->numa[0] = events.served - z->numa[NUMA_MISS];
	zi->numa[1] = z->numa[NUMA_MISS];
	zi->numa[2] = z->numa[NUMA_FOREIGN];
	zi->numa[3] = z->numa[NUMA_INTERLEAVE];
	zi->numa[4] = events.served - z->numa[NUMA_OTHER];
	zi->numa[5] = z->numa[NUMA_OTHER];
}

/* ---- free lists ---- */

uint32_t mm_nr_free(const struct mm *mm, zone_t zid, unsigned int order,
		    enum migratetype mt)
{
	return has_list(mm, zid, order, mt) ? mm->zone[zid].free[order][mt].nr
					    : 0;
}

uint32_t mm_nr_free_order(const struct mm *mm, zone_t zid, unsigned int order)
{
	uint32_t n = 0;

	if (!has_list(mm, zid, order, MIGRATE_UNMOVABLE))
		return 0;
	for (int mt = 0; mt < MIGRATE_TYPES; mt++)
		n += mm->zone[zid].free[order][mt].nr;
	return n;
}

pfn_t mm_list_first(const struct mm *mm, zone_t zid, unsigned int order,
		    enum migratetype mt)
{
	return has_list(mm, zid, order, mt)
		       ? mm->zone[zid].free[order][mt].list.head
		       : NO_PFN;
}

pfn_t mm_list_next(const struct mm *mm, unsigned int order, pfn_t pfn)
{
	const struct block *b = block_of(mm, pfn, order, BLOCK_FREE);
	const struct zone *z;

	if (!b)
		return NO_PFN;
	z = &mm->zone[page_zone(mm, pfn)];
	return list_next(mm, &z->free[order][block_list(b)].list, order, pfn);
}

/* ---- per-CPU lists ---- */

void mm_pcp_info(const struct mm *mm, zone_t zid, unsigned int cpu,
		 struct mm_pcp_info *pi)
{
	const struct pcp *p;

	memset(pi, 0, sizeof *pi);
	if (!has_pcp(mm, zid, cpu))
		return;
	p = pcp_of(mm, zid, cpu);
	*pi = (struct mm_pcp_info){
		.count = p->count,
		.high = p->high,
		.high_min = p->high_min,
		.high_max = p->high_max,
		.batch = p->batch,
		.flags = p->flags,
		.alloc_factor = (uint32_t)p->alloc_factor,
		.free_count = (uint32_t)p->free_count,
	};
}

unsigned int mm_nr_pcp_lists(const struct mm *mm)
{
	return mm->st->cfg.pmd_order > 3 ? NR_PCP_LISTS : 12;
}

unsigned int mm_pcp_list_order(const struct mm *mm, unsigned int pindex)
{
	return pindex < NR_PCP_LISTS ? pindex_to_order(mm, pindex) : 0;
}

enum migratetype mm_pcp_list_type(const struct mm *mm, unsigned int pindex)
{
	(void)mm;
	if (pindex >= 12)
		return pindex == 13 ? MIGRATE_MOVABLE : MIGRATE_UNMOVABLE;
	return (enum migratetype)(pindex % MIGRATE_PCPTYPES);
}

uint32_t mm_pcp_list_len(const struct mm *mm, zone_t zid, unsigned int cpu,
			 unsigned int pindex)
{
	uint32_t n = 0;
	pfn_t p = mm_pcp_list_first(mm, zid, cpu, pindex);

	for (; p != NO_PFN; p = mm_pcp_list_next(mm, pindex, p))
		n++;
	return n;
}

pfn_t mm_pcp_list_first(const struct mm *mm, zone_t zid, unsigned int cpu,
			unsigned int pindex)
{
	return has_pcp(mm, zid, cpu) && pindex < NR_PCP_LISTS
		       ? pcp_of(mm, zid, cpu)->list[pindex].head
		       : NO_PFN;
}

pfn_t mm_pcp_list_next(const struct mm *mm, unsigned int pindex, pfn_t pfn)
{
	const unsigned int order = pindex_to_order(mm, pindex);
	const struct block *b = block_of(mm, pfn, order, BLOCK_PCP);
	const struct pcp *p;

	if (!b || block_list(b) != pindex)
		return NO_PFN;
	p = pcp_of(mm, page_zone(mm, pfn), block_cpu(b));
	return list_next(mm, &p->list[pindex], order, pfn);
}

/* ---- frames and pageblocks ---- */

void mm_frame(const struct mm *mm, pfn_t pfn, struct mm_frame *f)
{
	enum block_state state = BLOCK_NONE;
	const struct block *b;
	uint32_t bits;

	*f = (struct mm_frame){
		.kind = FRAME_HOLE, .head = pfn, .zone = NO_ZONE};
	if (pfn >= mm->st->end_pfn)
		return;
	bits = mm->pb[pfn >> mm->pb_order].bits;
	f->zone = page_zone(mm, pfn);
	f->block_type = pageblock_type(mm, pfn);
	f->isolated = bits & PAGEBLOCK_ISOLATE;
	f->skip = bits & PAGEBLOCK_SKIP;
	f->head = frame_head(mm, pfn, &f->order, &state);
	if (f->head == NO_PFN) {
		f->head = pfn;
		if (pfn_present(mm, pfn))
			f->kind = FRAME_RESERVED; /* never put anywhere */
		else if (bits & PAGEBLOCK_OFFLINE)
			f->kind = FRAME_OFFLINE;
		return;
	}
	b = block_at(mm, f->head, f->order);
	switch (state) {
	case BLOCK_FREE:
		f->kind = FRAME_FREE;
		f->list = (enum migratetype)block_list(b);
		break;
	case BLOCK_PCP:
		f->kind = FRAME_PCP;
		f->pindex = block_list(b);
		f->cpu = block_cpu(b);
		break;
	case BLOCK_GONE:
	case BLOCK_TAKEN:
	case BLOCK_TARGET:
		f->kind = FRAME_TARGET;
		f->vacated = state == BLOCK_GONE;
		break;
	case BLOCK_USED:
	case BLOCK_ISOLATED:
		f->kind = state == BLOCK_USED ? FRAME_USED : FRAME_MOVING;
		f->owner = mm->page[f->head].owner;
		f->attr = mm->page[f->head].attr;
		f->mapcount = block_mapcount(&mm->page[f->head].b);
		f->hugetlb = hugetlb_state(&mm->page[f->head]);
		f->type = page_type_of(&mm->page[f->head]);
		break;
	case BLOCK_RESERVED:
	case BLOCK_NONE:
		f->kind = FRAME_RESERVED;
		break;
	}
}

int64_t mm_list_position(const struct mm *mm, const struct mm_frame *f)
{
	int64_t i = 0;
	pfn_t p;

	if (f->kind == FRAME_FREE)
		p = mm_list_first(mm, f->zone, f->order, f->list);
	else if (f->kind == FRAME_PCP)
		p = mm_pcp_list_first(mm, f->zone, f->cpu, f->pindex);
	else
		return -1;
	for (; p != NO_PFN; i++) {
		if (p == f->head)
			return i;
		p = f->kind == FRAME_FREE ? mm_list_next(mm, f->order, p)
					  : mm_pcp_list_next(mm, f->pindex, p);
	}
	return -1;
}

enum migratetype mm_pageblock_type(const struct mm *mm, pfn_t pfn)
{
	return pfn < mm->st->nr_frames ? pageblock_type(mm, pfn)
				       : MIGRATE_UNMOVABLE;
}

uint32_t mm_pageblock_free(const struct mm *mm, pfn_t pfn)
{
	const pfn_t start = pageblock_start(mm, pfn);
	const pfn_t nr = pageblock_nr_pages(mm);
	unsigned int order = 0;
	enum block_state state;
	uint32_t n = 0;

	if (pfn >= mm->st->nr_frames)
		return 0;
	/* a block of a pageblock or more covers it whole */
	if (frame_head(mm, start, &order, &state) != NO_PFN &&
	    order >= mm->pb_order)
		return state == BLOCK_FREE ? nr : 0;
	if (!(mm->pb[start >> mm->pb_order].bits & PAGEBLOCK_TOUCHED))
		return 0;
	for (pfn_t p = start; p < start + nr;) {
		const struct block *b = &mm->page[p].b;

		if (block_state(b) == BLOCK_FREE)
			n += 1u << block_order(b);
		p += b->word ? (pfn_t)1 << block_order(b) : 1;
	}
	return n;
}

/* ---- fragmentation ---- */

struct contig_info {
	int64_t pages, blocks, suitable;
};

static struct contig_info contig_info(const struct mm *mm, zone_t zid,
				      unsigned int order)
{
	struct contig_info c = {0, 0, 0};

	if (order >= MM_MAX_ORDERS)
		return c;
	for (unsigned int o = 0; o <= mm->st->cfg.max_page_order; o++) {
		const int64_t n = mm_nr_free_order(mm, zid, o);

		c.blocks += n;
		c.pages += n << o;
		if (o >= order)
			c.suitable += n << (o - order);
	}
	return c;
}

int mm_extfrag_index(const struct mm *mm, zone_t zid, unsigned int order)
{
	const struct contig_info c = contig_info(mm, zid, order);

	if (c.blocks == 0)
		return 0;
	if (c.suitable)
		return -1000;
	return (int)(1000 -
		     (1000 + c.pages * 1000 / order_pages(order)) / c.blocks);
}

int mm_unusable_index(const struct mm *mm, zone_t zid, unsigned int order)
{
	const struct contig_info c = contig_info(mm, zid, order);

	if (c.pages == 0)
		return has_list(mm, zid, order, MIGRATE_UNMOVABLE) ? 1000 : 0;
	return (int)((c.pages - (c.suitable << order)) * 1000 / c.pages);
}
