/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pcp.c - see pcp.h
 */
#include "core/pcp.h"

#include "core/fallback.h"
#include "core/kswapd.h"
#include "core/watermark.h"

static int32_t min32(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int32_t max32(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* As clamp_t(): the upper bound wins when the two are crossed. */
static int32_t clamp32(int32_t v, int32_t lo, int32_t hi)
{
	return v >= hi ? hi : v <= lo ? lo : v;
}

static bool below_high(const struct mm *mm, zone_t zid)
{
	return mm->zone[zid].flags & ZONE_BELOW_HIGH;
}

static void set_high(struct mm *mm, const struct pcp *p, int32_t high)
{
	if (p->high != high)
		STORE(mm, p->high, high);
}

/* ---- allocation ---- */

/**
 * nr_pcp_alloc - how many blocks to refill an empty list with
 *
 * Repeated refills of order 0 double, up to what the high limit leaves room
 * for; with auto-tuning on, each also lifts the limit.
 *
 * Models: nr_pcp_alloc(), mm/page_alloc.c
 */
static int32_t nr_pcp_alloc(struct mm *mm, zone_t zid, const struct pcp *p,
			    unsigned int order)
{
	const int32_t batch = p->batch;
	int32_t high = clamp32(p->high, p->high_min, p->high_max);
	int32_t n, room;

	set_high(mm, p, high);
	if (high < batch)
		return 1;
	n = order ? batch : batch << p->alloc_factor;
	if (p->high_min != p->high_max && !below_high(mm, zid)) {
		high = min32(high + n, p->high_max);
		set_high(mm, p, high);
	}
	if (order == 0) {
		room = max32(high - p->count - batch, batch);
		if (n <= room &&
		    p->alloc_factor < (int32_t)mm->st->cfg.pcp_batch_scale_max)
			STORE(mm, p->alloc_factor, p->alloc_factor + 1);
		n = min32(n, room);
	}
	return n > 1 ? max32(n >> order, 2) : n;
}

/**
 * Models: rmqueue_bulk(), mm/page_alloc.c
 */
static always_inline int32_t rmqueue_bulk(struct mm *mm, zone_t zid,
					  unsigned int order,
					  enum migratetype mt,
					  uint32_t alloc_flags, int32_t wanted,
					  const bool quiet)
{
	const struct pcp *p = pcp_of(mm, zid, mm->cpu);
	const unsigned int pindex = order_to_pindex(mt, order);
	const uint32_t word = block_word(BLOCK_PCP, order, pindex, mm->cpu);
	enum rmqueue_mode mode = RMQUEUE_NORMAL;
	int32_t got = 0;

	for (; got < wanted; got++) {
		pfn_t pfn;

		assume_quiet(mm, quiet);
		pfn = rmqueue(mm, zid, order, mt, alloc_flags, &mode);
		if (pfn == NO_PFN)
			break;
		assume_quiet(mm, quiet);
		list_add_tail(mm, &p->list[pindex], order, pfn);
		STORE(mm, block_at(mm, pfn, order)->word, word);
	}
	STORE(mm, p->count, p->count + (got << order));
	return got;
}

/** Models: the refill in __rmqueue_pcplist(), mm/page_alloc.c */
bool pcp_refill(struct mm *mm, zone_t zid, unsigned int order,
		enum migratetype mt, uint32_t alloc_flags)
{
	const struct pcp *p = pcp_of(mm, zid, mm->cpu);
	const unsigned int pindex = order_to_pindex(mt, order);
	const int32_t wanted = nr_pcp_alloc(mm, zid, p, order);
	int32_t got;

	/* reserve blocks are found on the free lists only */
	if (alloc_flags & ALLOC_HIGHATOMIC) {
		TRACE(mm, pcp_empty, ARG(zid), ARG(pindex),
		      REASON_HIGHATOMIC_NO_REFILL);
		return false;
	}
	if (nobody_records(mm))
		got = rmqueue_bulk(mm, zid, order, mt, alloc_flags, wanted,
				   true);
	else
		got = rmqueue_bulk(mm, zid, order, mt, alloc_flags, wanted,
				   false);
	TRACE(mm, pcp_refill, ARG(zid), ARG(pindex), wanted, got, p->high,
	      ARG(p->alloc_factor));
	if (got == 0)
		TRACE(mm, pcp_empty, ARG(zid), ARG(pindex), REASON_NOTHING_GOT);
	return got > 0;
}

/* ---- bulk return ---- */

static unsigned int nr_lists(const struct mm *mm)
{
	return mm->st->cfg.pmd_order > 3 ? NR_PCP_LISTS : 12;
}

/* From the tail of one list, until it is empty; returns what is left to do. */
static always_inline int32_t free_from_tail(struct mm *mm, zone_t zid,
					    const struct pcp *p,
					    unsigned int pindex, int32_t pages,
					    const bool quiet)
{
	const struct list *l = &p->list[pindex];
	const unsigned int order = pindex_to_order(mm, pindex);

	for (; !list_is_empty(l) && pages > 0; pages -= 1 << order) {
		const pfn_t pfn = l->tail;
		const struct block *b = block_at(mm, pfn, order);
		const enum migratetype mt = pageblock_type(mm, pfn);

		assume_quiet(mm, quiet);
		/* the next was freed long ago: far from the cache by now */
		if (pfn != l->head)
			__builtin_prefetch(block_at(mm, b->prev, order));
		list_del(mm, l, order, pfn);
		STORE(mm, b->word, 0);
		STORE(mm, p->count, p->count - (1 << order));
		if (unlikely(mm->st->cfg.era == ERA_LINUX_2_6_24))
			classic_free_one_page(mm, zid, pfn, order);
		else
			do_free_one_page(mm, zid, pfn, order, mt, FPI_NONE,
					 quiet);
		TRACE(mm, mm_page_pcpu_drain, ARG(pfn), ARG(order), ARG(mt));
	}
	return pages;
}

/**
 * free_pcppages_bulk - return at least @pages, oldest first
 * @pindex: list to begin with; the next is begun when one is exhausted
 *
 * Models: free_pcppages_bulk(), mm/page_alloc.c
 */
static void free_pcppages_bulk(struct mm *mm, zone_t zid, const struct pcp *p,
			       int32_t pages, unsigned int pindex)
{
	pages = min32(p->count, pages);
	while (pages > 0) {
		pages = nobody_records(mm) ? free_from_tail(mm, zid, p, pindex,
							    pages, true)
					   : free_from_tail(mm, zid, p, pindex,
							    pages, false);
		if (++pindex >= nr_lists(mm))
			pindex = 0;
	}
}

/* ---- freeing ---- */

/**
 * nr_pcp_high - how many pages may stay, given how things go
 *
 * Models: nr_pcp_high(), mm/page_alloc.c
 */
static int32_t nr_pcp_high(struct mm *mm, zone_t zid, const struct pcp *p,
			   bool free_high)
{
	const int32_t batch = p->batch;
	const int32_t high = clamp32(p->high, p->high_min, p->high_max);
	const int32_t shrunk =
		max32(high - max32(p->free_count, batch), p->high_min);

	set_high(mm, p, high);
	if (high == 0)
		return 0;
	if (free_high) {
		set_high(
			mm, p,
			max32(high - (batch << mm->st->cfg.pcp_batch_scale_max),
			      p->high_min));
		return 0;
	}
	if (mm->zone[zid].flags & ZONE_RECLAIM_ACTIVE) {
		set_high(mm, p, shrunk);
		return min32(batch << 2, shrunk);
	}
	if (p->high_min == p->high_max)
		return high;
	if (below_high(mm, zid)) {
		set_high(mm, p, shrunk);
		return max32(p->count, p->high_min);
	}
	if (p->count >= high && high < p->free_count + batch)
		set_high(mm, p,
			 clamp32(p->free_count + batch, p->high_min,
				 p->high_max));
	return high;
}

/* Models: nr_pcp_free(), mm/page_alloc.c */
static int32_t nr_pcp_free(const struct mm *mm, const struct pcp *p,
			   int32_t high, bool free_high)
{
	if (free_high)
		return min32(p->count,
			     p->batch << mm->st->cfg.pcp_batch_scale_max);
	if (high < p->batch)
		return 1;
	return clamp32(p->free_count, p->batch, high - p->batch);
}

void pcp_pushed(struct mm *mm, zone_t zid, unsigned int pindex, bool free_high)
{
	const struct pcp *p = pcp_of(mm, zid, mm->cpu);
	const int32_t high = nr_pcp_high(mm, zid, p, free_high);
	int32_t n;

	if (p->count < high)
		return;
	n = nr_pcp_free(mm, p, high, free_high);
	TRACE(mm, pcp_flush, ARG(zid), n, ARG(pindex), p->count, high);
	while (n > 0 && p->count > 0) {
		const int32_t part = min32(n, p->batch);

		free_pcppages_bulk(mm, zid, p, part, pindex);
		n -= part;
	}
	if (below_high(mm, zid) &&
	    zone_watermark_ok(mm, zid, 0, wmark_pages(mm, zid, WMARK_HIGH),
			      ZONE_MOVABLE, 0)) {
		zone_clear_flag(mm, zid, ZONE_BELOW_HIGH);
		kswapd_try_clear_hopeless(mm, zone_nid(zid));
	}
}

/* ---- drains and decay ---- */

int64_t drain_pages_zone(struct mm *mm, zone_t zid, unsigned int cpu)
{
	const struct pcp *p = pcp_of(mm, zid, cpu);
	const int64_t before = p->count;

	while (p->count > 0)
		free_pcppages_bulk(mm, zid, p,
				   p->batch << mm->st->cfg.pcp_batch_scale_max,
				   0);
	if (before)
		TRACE(mm, drain, ARG(cpu), ARG(zid), ARG(before));
	return before;
}

/* The counters' differences are the caller's, whose lists ever these are. */
static int64_t drain_pages(struct mm *mm, unsigned int cpu)
{
	int64_t pages = 0;

	for (uint32_t i = 0; i < mm->st->nr_populated; i++)
		pages += drain_pages_zone(mm, mm->st->populated[i], cpu);
	return pages;
}

static void drain_cpu(struct mm *mm, unsigned int cpu)
{
	const int64_t pages = drain_pages(mm, cpu);

	TRACE(mm, drain_done, ARG(cpu), ARG(pages));
}

void drain_all_pages(struct mm *mm)
{
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		drain_pages(mm, cpu);
}

void mm_drain_local(struct mm *mm, unsigned int cpu)
{
	if (cpu >= mm->st->cfg.nr_cpus)
		return;
	op_enter(mm);
	mm->cpu = (uint16_t)cpu;
	drain_cpu(mm, cpu);
	op_leave(mm);
}

void mm_drain_all(struct mm *mm)
{
	op_enter(mm);
	mm->cpu = 0;
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		drain_cpu(mm, cpu);
	op_leave(mm);
}

/* Models: the folding in refresh_cpu_vm_stats(), mm/vmstat.c; B-3.5 */
static void fold_differences(struct mm *mm, zone_t zid, unsigned int cpu)
{
	const struct zone *z = &mm->zone[zid];
	const struct pcp *p = pcp_of(mm, zid, cpu);

	for (int i = 0; i < NR_ZSTAT; i++) {
		if (p->diff[i] == 0)
			continue;
		STORE(mm, z->stat[i], z->stat[i] + p->diff[i]);
		STORE(mm, p->diff[i], 0);
	}
}

/**
 * The limit falls by an eighth a run, to high_min; what is above it returns.
 *
 * Models: decay_pcp_high(), mm/page_alloc.c
 */
static int64_t decay_zone(struct mm *mm, zone_t zid, unsigned int cpu)
{
	const struct pcp *p = pcp_of(mm, zid, cpu);
	const int32_t before = p->count;
	const int32_t most = p->batch << mm->st->cfg.pcp_batch_scale_max;
	int32_t over;

	if (p->high > p->high_min)
		set_high(mm, p,
			 max32(max32(p->count - most, p->high - (p->high >> 3)),
			       p->high_min));
	for (over = p->count - p->high; over > 0; over -= p->batch)
		free_pcppages_bulk(mm, zid, p, min32(over, p->batch), 0);
	return before - p->count;
}

void mm_decay_pcp(struct mm *mm, unsigned int cpu)
{
	int64_t pages = 0;

	if (cpu >= mm->st->cfg.nr_cpus)
		return;
	op_enter(mm);
	mm->cpu = cpu;
	for (uint32_t i = 0; i < mm->st->nr_populated; i++) {
		fold_differences(mm, mm->st->populated[i], cpu);
		pages += decay_zone(mm, mm->st->populated[i], cpu);
	}
	TRACE(mm, decay, ARG(cpu), ARG(pages));
	op_leave(mm);
}
