/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_compact.c - runs of compaction, and the pages in their hands; check.h
 *
 * A run is taken up where its record says it stopped, so every position is
 * in the world, every list is what it should be, and where a walk over a list
 * stopped is on that list.
 */
#include "core/check.h"
#include "core/cma.h"
#include "core/compact_control.h"
#include "core/contig.h"
#include "core/hotplug.h"
#include "core/hugetlb.h"
#include "core/migrate.h"

static int bad_run(struct mm_broken *b, uint32_t task, const char *what)
{
	return broken_at(b, "COMPACT_RUN", "task %u: %s", task, what);
}

/* ---- lists ---- */

/** One list of a run, and a block that must be on it. */
struct run_list {
	const struct list *l;
	enum block_state state;
	int order;    /* of every block; -1: any */
	bool hugetlb; /* pages of pools, too */
	pfn_t cursor; /* NO_PFN: none */
	uint64_t nr;  /* found */
	uint64_t pages;
};

static bool fits(const struct mm *mm, const struct run_list *r, pfn_t pfn,
		 unsigned int *order)
{
	const struct block *b;

	if (pfn >= mm->st->nr_frames)
		return false;
	/* in the frame, but for what is listed by order */
	*order = r->order >= 0 ? (unsigned int)r->order : 0;
	b = block_at(mm, pfn, *order);
	if ((block_state(b) != r->state &&
	     !(r->state == BLOCK_ISOLATED && block_state(b) == BLOCK_GONE)) ||
	    (block_order(b) > mm->st->cfg.max_page_order &&
	     !(r->state == BLOCK_ISOLATED &&
	       page_is_hugetlb(&mm->page[pfn]))) ||
	    (r->order >= 0 && block_order(b) != *order))
		return false;
	return r->state != BLOCK_ISOLATED ||
	       (!(mm->page[pfn].attr & PAGE_LRU) &&
		(r->hugetlb || !page_is_hugetlb(&mm->page[pfn])));
}

static int walk_list(const struct mm *mm, uint32_t task, struct run_list *r,
		     struct mm_broken *b)
{
	pfn_t prev = NO_PFN, pfn = r->l->head;
	bool met = r->cursor == NO_PFN;
	unsigned int order = 0;

	while (pfn != NO_PFN) {
		if (!fits(mm, r, pfn, &order) || r->nr > mm->st->nr_frames ||
		    (r->nr && (pfn == r->l->head ||
			       block_at(mm, pfn, order)->prev != prev)))
			return broken_at(b, "COMPACT_LISTS",
					 "task %u: pfn %u does not belong "
					 "there",
					 task, pfn);
		met |= pfn == r->cursor;
		r->nr++;
		r->pages += UINT64_C(1)
			    << block_order(block_at(mm, pfn, order));
		prev = pfn;
		pfn = list_next(mm, r->l, order, pfn);
	}
	if (r->l->tail != prev || !met)
		return broken_at(b, "COMPACT_LISTS",
				 "task %u: a list ends early, at %u", task,
				 prev);
	return 0;
}

/* Each unmapped page has its target, of its order; both walks are even. */
static bool pairs(const struct mm *mm, const struct migration *m)
{
	const bool even = migrate_walks(m) && migrate_moves(m);
	pfn_t src = m->list[MIG_UNMAPPED].head;
	pfn_t dst = m->list[MIG_TARGETS].head;

	while (src != NO_PFN && dst != NO_PFN) {
		if (block_order(&mm->page[src].b) !=
			    block_order(&mm->page[dst].b) ||
		    (even && (src == m->src) != (dst == m->dst)))
			return false;
		src = list_next(mm, &m->list[MIG_UNMAPPED], 0, src);
		dst = list_next(mm, &m->list[MIG_TARGETS], 0, dst);
	}
	return src == dst &&
	       (!even || (m->src == NO_PFN) == (m->dst == NO_PFN));
}

static pfn_t cursor_of(const struct migration *m, int list)
{
	const bool moving = migrate_moves(m);

	if (migrate_walks_hugetlb(m))
		return list == MIG_FROM ? m->src : NO_PFN;
	if (!migrate_walks(m))
		return NO_PFN;
	if (list == MIG_TARGETS)
		return moving ? m->dst : NO_PFN;
	if (moving)
		return list == MIG_UNMAPPED ? m->src : NO_PFN;
	return list == (int)m->in ? m->src : NO_PFN;
}

/* What the request for a target is made of. */
static bool target_sane(const struct mm *mm, const struct migration *m)
{
	return m->reason == MR_COMPACTION ||
	       (m->target_nid >= 0 &&
		(uint32_t)m->target_nid < mm->st->cfg.nr_nodes &&
		mm_gfp_migratetype(m->target_gfp) >= 0);
}

static int check_migration(const struct mm *mm, uint32_t task, struct tally *t,
			   struct mm_broken *b)
{
	const struct migration *m = &mm->task[task].mig;
	int e = 0;

	if (migrate_frees(m) && list_is_empty(&m->list[MIG_DONE]))
		return bad_run(b, task, "nothing to be freed");
	if (!migration_sane(m) || !target_sane(mm, m))
		return bad_run(b, task, "no such migration");
	for (int i = 0; !e && i < NR_MIG_LISTS; i++) {
		struct run_list r = {
			.l = &m->list[i],
			.state = i == MIG_TARGETS ? BLOCK_TARGET
						  : BLOCK_ISOLATED,
			.order = -1,
			.hugetlb = i == MIG_FROM || i == MIG_RET,
			.cursor = cursor_of(m, i),
		};

		e = walk_list(mm, task, &r, b);
		*(i == MIG_TARGETS ? &t->targets : &t->moving) += r.nr;
	}
	if (!e && !pairs(mm, m))
		e = bad_run(b, task, "pages and targets do not pair");
	return e;
}

static int check_freepages(const struct mm *mm, uint32_t task, struct tally *t,
			   struct mm_broken *b)
{
	const struct compact_control *cc = cc_of(mm, task);
	uint64_t pages = 0;
	int e = 0;

	for (int o = 0; !e && o < MM_MAX_ORDERS; o++) {
		struct run_list r = {.l = &cc->freepages[o],
				     .state = BLOCK_TAKEN,
				     .order = o,
				     .cursor = NO_PFN};

		if (o > (int)mm->st->cfg.max_page_order && !list_is_empty(r.l))
			return bad_run(b, task, "a list of no order");
		e = walk_list(mm, task, &r, b);
		t->taken += r.nr;
		pages += r.pages;
	}
	if (!e && pages != cc->nr_free)
		e = bad_run(b, task, "targets at hand");
	return e;
}

/* ---- numbers ---- */

static bool in_world(const struct mm *mm, uint64_t pos)
{
	return pos <= mm->st->nr_frames;
}

static bool positions_sane(const struct mm *mm,
			   const struct compact_control *cc)
{
	const struct migrate_scan *s = &cc->mscan;
	const struct free_scan *f = &cc->fscan;
	const uint64_t pos[] = {
		cc->migrate_pfn, cc->free_pfn, cc->last_migrated,
		s->block,	 s->block_end, s->low,
		s->end,		 s->start,     f->cur,
		f->block,	 f->block_end, f->start,
		f->at,		 f->end,       f->highest,
	};

	for (size_t i = 0; i < sizeof pos / sizeof pos[0]; i++)
		if (!in_world(mm, pos[i]))
			return false;
	return (s->valid == NO_POS || s->valid < mm->st->nr_frames) &&
	       (cc->fast_start == NO_POS || in_world(mm, cc->fast_start)) &&
	       (f->page == NO_POS || in_world(mm, f->page)) &&
	       in_world(mm, cc->released);
}

static bool in_block_sane(const struct migrate_scan *s, uint64_t zs,
			  uint64_t ze)
{
	return !migrate_scan_in_block(s) ||
	       (s->low >= zs && s->low <= s->end && s->end <= ze);
}

/* Frames are scanned in the run's own zone, whose lists they are on. */
static bool scans_sane(const struct mm *mm, const struct compact_control *cc)
{
	const uint64_t zs = zone_start(mm, (zone_t)cc->zid);
	const uint64_t ze = zone_end(mm, (zone_t)cc->zid);
	const struct migrate_scan *s = &cc->mscan;
	const struct free_scan *f = &cc->fscan;

	if (cc->step == COMPACT_RANGE)
		return in_block_sane(s, zs, ze);
	if (cc->free_pfn < block_start(mm, zs) || cc->free_pfn > ze ||
	    cc->migrate_pfn < zs || cc->migrate_pfn > ze)
		return false;
	if (cc->step == COMPACT_SCAN && !in_block_sane(s, zs, ze))
		return false;
	if (cc->step == COMPACT_SCAN && !migrate_scan_in_block(s) &&
	    s->block < zs && !migrate_scan_searches(s))
		return false;
	if (f->step == FREE_LINEAR || f->step == FREE_LINEAR_SCAN) {
		if (f->limit_low <= zs || f->block_end > ze ||
		    f->block >= f->block_end || f->stride == 0 ||
		    f->stride > COMPACT_CLUSTER_MAX)
			return false;
	}
	if (f->step == FREE_AROUND || f->step == FREE_LINEAR_SCAN)
		return f->at >= zs && f->at <= f->end && f->end <= ze &&
		       f->block_stride > 0 &&
		       f->block_stride <= COMPACT_CLUSTER_MAX;
	return true;
}

static bool order_sane(const struct mm *mm, int32_t order)
{
	return order >= -1 && order <= (int32_t)mm->st->cfg.max_page_order;
}

static bool control_sane(const struct mm *mm, const struct compact_control *cc)
{
	return cc->step < NR_COMPACT_STEPS && cc->drive < NR_DRIVES &&
	       order_sane(mm, cc->order) && cc->order != 0 &&
	       order_sane(mm, cc->search_order) && cc->mode <= MIGRATE_SYNC &&
	       !(cc->flags & ~(uint32_t)CC_ALL_FLAGS) &&
	       mm_gfp_migratetype(cc->gfp) >= 0 && cc->highest < MAX_NR_ZONES &&
	       cc->next <= mm->st->cfg.nr_nodes * MAX_NR_ZONES &&
	       cc->last < mm->st->cfg.nr_nodes * MAX_NR_ZONES &&
	       cc->fast_fail <= 0xffff && cc->result < NR_COMPACT_RESULTS &&
	       cc->rc < NR_COMPACT_RESULTS &&
	       (cc->order > 0 ||
		(cc->drive != DRIVE_KCOMPACTD && cc->drive != DRIVE_DIRECT &&
		 !(cc->flags & CC_DIRECT)));
}

static bool in_zone_sane(const struct mm *mm, const struct compact_control *cc)
{
	return mm_zone_populated(mm, (zone_t)cc->zid) &&
	       cc->zid < mm->st->cfg.nr_nodes * MAX_NR_ZONES &&
	       cc->mt < MIGRATE_PCPTYPES && cc->fscan.step < NR_FREE_STEPS &&
	       order_sane(mm, cc->fscan.at_order) &&
	       order_sane(mm, cc->mscan.at_order) && positions_sane(mm, cc);
}

/* ---- all of it ---- */

static int check_capture(const struct mm *mm, uint32_t task, struct tally *t,
			 struct mm_broken *b)
{
	const struct capture_control *c = &mm->task[task].capture;

	if (c->pfn == NO_PFN)
		return 0;
	if (c->pfn >= mm->st->nr_frames ||
	    c->order > mm->st->cfg.max_page_order ||
	    c->pfn & ((1u << c->order) - 1) ||
	    block_at(mm, c->pfn, c->order)->word !=
		    block_word(BLOCK_TAKEN, c->order, 0, 0))
		return bad_run(b, task, "no such captured block");
	t->taken++;
	return 0;
}

static int check_task(const struct mm *mm, uint32_t task, struct tally *t,
		      struct mm_broken *b)
{
	const struct compact_control *cc = cc_of(mm, task);
	const struct contig *c = &mm->task[task].contig;
	int e = check_capture(mm, task, t, b);

	if (!contig_sane(mm, c) ||
	    (c->step && cc->step && cc->step != COMPACT_RANGE) ||
	    (cc->step == COMPACT_RANGE &&
	     (!c->step || cc->zid != page_zone(mm, c->start))))
		return bad_run(b, task, "no such range");
	if (!e && cc->step == COMPACT_NONE && is_offlining(mm, task))
		e = check_migration(mm, task, t, b);
	if (e || cc->step == COMPACT_NONE)
		return e;
	if (!control_sane(mm, cc))
		return bad_run(b, task, "no such run");
	if (cc->step == COMPACT_BEFORE)
		return 0;
	if (!in_zone_sane(mm, cc))
		return bad_run(b, task, "out of the world");
	if (cc->step > COMPACT_BEGIN && !scans_sane(mm, cc))
		return bad_run(b, task, "scans out of its zone");
	e = check_freepages(mm, task, t, b);
	return e ? e : check_migration(mm, task, t, b);
}

int check_compaction(const struct mm *mm, struct tally *t, struct mm_broken *b)
{
	uint32_t no_batches = 0;
	int e = 0;

	for (zone_t z = 0; z < mm->st->cfg.nr_nodes * MAX_NR_ZONES; z++)
		if (mm->zone[z].compact_defer_shift > COMPACT_MAX_DEFER_SHIFT)
			return broken_at(b, "COMPACT_RUN",
					 "zone %u: limit 2^%u", z,
					 mm->zone[z].compact_defer_shift);
	for (uint32_t n = 0; n < mm->st->cfg.nr_nodes; n++)
		if (mm->st->node[n].kcompactd_order >
			    mm->st->cfg.max_page_order ||
		    mm->st->node[n].kcompactd_highest >= MAX_NR_ZONES)
			return broken_at(b, "COMPACT_RUN", "kcompactd%u", n);
	if (mm->st->nr_tasks > MM_MAX_TASKS)
		return broken_at(b, "COMPACT_RUN", "%u tasks",
				 mm->st->nr_tasks);
	for (uint32_t i = 0; !e && i < mm->st->nr_tasks; i++) {
		e = check_task(mm, i, t, b);
		no_batches += contig_wants_no_batches(&mm->task[i].contig);
	}
	if (!e && !cma_sane(mm))
		e = broken_at(b, "CMA_BITS", "of an area");
	if (!e && no_batches > mm->st->lru_disabled)
		e = broken_at(b, "COMPACT_RUN", "%u tasks want no batches",
			      no_batches);
	return e;
}
