/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page_alloc.c - zone selection and taking a page; see page_alloc.h
 */
#include "core/page_alloc.h"

#include <errno.h>

#include "core/buddy.h"
#include "core/classic.h"
#include "core/cpuset.h"
#include "core/dirty.h"
#include "core/fallback.h"
#include "core/frame.h"
#include "core/highatomic.h"
#include "core/kswapd.h"
#include "core/memcg.h"
#include "core/node_reclaim.h"
#include "core/pcp.h"
#include "core/task.h"
#include "core/watermark.h"
#include "core/zonelist.h"

/* ---- taking from one zone ---- */

/**
 * rmqueue_buddy - one block straight from the free lists
 *
 * High-order atomic requests look at their reserve first; those that may not
 * block or are being killed look there last.
 *
 * Models: rmqueue_buddy(), mm/page_alloc.c; P13
 */
static pfn_t rmqueue_buddy(struct mm *mm, zone_t zid, unsigned int order,
			   enum migratetype mt, uint32_t alloc_flags)
{
	enum rmqueue_mode mode = RMQUEUE_NORMAL;
	pfn_t pfn = NO_PFN;

	/* 2.6.24 has no such reserve; its own is on those lists (classic.h) */
	if (mm->st->cfg.era == ERA_LINUX_2_6_24)
		return classic_rmqueue(mm, zid, order, mt);
	if (alloc_flags & ALLOC_HIGHATOMIC)
		pfn = rmqueue_smallest(mm, zid, order, MIGRATE_HIGHATOMIC);
	if (pfn == NO_PFN)
		pfn = rmqueue(mm, zid, order, mt, alloc_flags, &mode);
	if (pfn == NO_PFN && (alloc_flags & (ALLOC_OOM | ALLOC_NON_BLOCK)))
		pfn = rmqueue_smallest(mm, zid, order, MIGRATE_HIGHATOMIC);
	if (pfn == NO_PFN)
		return NO_PFN;
	if ((alloc_flags & ALLOC_HIGHATOMIC) &&
	    (alloc_flags & ALLOC_WMARK_MASK) == WMARK_MIN)
		reserve_highatomic_pageblock(mm, zid, pfn, order);
	return pfn;
}

static void count_numa(struct mm *mm, zone_t zid, enum numa_stat_item item,
		       uint64_t n)
{
	const struct zone *z = &mm->zone[zid];

	STORE(mm, z->numa[item], z->numa[item] + n);
}

static always_inline void count_served(struct mm *mm, const struct pcp *p,
				       unsigned int order, uint64_t n)
{
	const uint64_t more = (uint64_t)order_pages(order) - 1;

	STORE(mm, p->served, p->served + n);
	if (order)
		STORE(mm, p->pgalloc_more, p->pgalloc_more + n * more);
}

/*
 * Models: zone_statistics(), mm/page_alloc.c; P14.  The usual outcome, a hit
 * on the local node, is what the counters of the others leave over.
 */
static always_inline void zone_statistics(struct mm *mm, zone_t pref,
					  zone_t zid, uint64_t n)
{
	if (likely(mm->st->cfg.nr_nodes == 1))
		return;
	if (zone_nid(zid) != zone_nid(pref)) {
		count_numa(mm, zid, NUMA_MISS, n);
		count_numa(mm, pref, NUMA_FOREIGN, n);
	}
	if (zone_nid(zid) != mm->st->cfg.cpu_node[mm->cpu])
		count_numa(mm, zid, NUMA_OTHER, n);
}

/**
 * take_from_zone - per-CPU list first, then the free lists
 *
 * Models: rmqueue(), mm/page_alloc.c; P10
 */
static always_inline pfn_t take_from_zone(struct mm *mm,
					  const struct alloc_context *ac,
					  zone_t zid, unsigned int order,
					  uint32_t alloc_flags)
{
	const struct zone *z = &mm->zone[zid];
	pfn_t pfn = NO_PFN;

	if (pcp_allowed_order(mm, order))
		pfn = rmqueue_pcplist(mm, zid, order, ac->mt, alloc_flags);
	if (pfn == NO_PFN)
		pfn = rmqueue_buddy(mm, zid, order, ac->mt, alloc_flags);
	if (pfn != NO_PFN) {
		count_served(mm, pcp_of(mm, zid, mm->cpu), order, 1);
		zone_statistics(mm, ac->zonelist[ac->pref], zid, 1);
	}
	if (unlikely(z->flags & ZONE_BOOSTED_WATERMARK) &&
	    (alloc_flags & ALLOC_KSWAPD)) {
		zone_clear_flag(mm, zid, ZONE_BOOSTED_WATERMARK);
		wakeup_kswapd(mm, zid, 0, 0, zone_idx(zid));
	}
	return pfn;
}

/* ---- zone selection ---- */

/* Is the zone above the marks this attempt asks for? P5.6 to P5.8 */
static always_inline bool zone_allows(struct mm *mm,
				      const struct alloc_context *ac,
				      zone_t zid, uint32_t alloc_flags)
{
	unsigned int w = first_mark(mm, zid, alloc_flags);

	if (likely(zone_above(mm, zid, ac, ac->order, w, alloc_flags)))
		return true;
	if (w & WMARK_HINT) {
		zone_set_flag(mm, zid, ZONE_BELOW_HIGH);
		w = first_mark(mm, zid, alloc_flags);
		if (zone_above(mm, zid, ac, ac->order, w, alloc_flags))
			return true;
	}
	if (likely(!mm->st->cfg.zone_reclaim_mode) ||
	    alloc_flags & ALLOC_NO_WATERMARKS)
		return alloc_flags & ALLOC_NO_WATERMARKS;
	return node_reclaim_helps(mm, ac, zid,
				  (enum zone_watermarks)(w & ALLOC_WMARK_MASK),
				  alloc_flags);
}

/** What one pass over the zones came to. */
struct pass {
	pfn_t pfn;
	bool skipped; /* a node was left out: its kswapd is working */
	bool remote;  /* a remote node was met before anything was mixed */
};

static always_inline struct pass one_pass(struct mm *mm,
					  const struct alloc_context *ac,
					  uint32_t alloc_flags,
					  bool skip_active)
{
	const bool numa = mm->st->cfg.nr_nodes > 1;
	const bool no_frag =
		(alloc_flags & ALLOC_NOFRAGMENT) && !mm->st->cfg.defrag_mode;
	struct pass pass = {.pfn = NO_PFN};

	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const zone_t zid = ac->zonelist[i];

		if (unlikely(!cpuset_zone_allowed(mm, ac, zid, alloc_flags))) {
			TRACE(mm, zone_skipped, ARG(zid), REASON_CPUSET);
			continue;
		}
		if (unlikely(ac->spread_dirty) &&
		    !node_dirty_ok(mm, zone_nid(zid), ac->task)) {
			TRACE(mm, zone_skipped, ARG(zid), REASON_DIRTY_LIMIT);
			continue;
		}
		if (no_frag && numa && i != ac->pref &&
		    zone_nid(zid) != zone_nid(ac->zonelist[ac->pref])) {
			pass.remote = true;
			break;
		}
		if (skip_active && !mm->st->node[zone_nid(zid)].kswapd_asleep) {
			TRACE(mm, zone_skipped, ARG(zid), REASON_KSWAPD_ACTIVE);
			pass.skipped = true;
			continue;
		}
		if (!zone_allows(mm, ac, zid, alloc_flags))
			continue;
		pass.pfn = take_from_zone(mm, ac, zid, ac->order, alloc_flags);
		if (pass.pfn != NO_PFN)
			break;
		TRACE(mm, zone_failed, ARG(zid), ARG(ac->order), ARG(ac->mt));
	}
	return pass;
}

/**
 * get_page_from_freelist - walk the zonelist until a zone gives a page
 *
 * Up to three passes: one that leaves out nodes whose kswapd works and does
 * not mix types, then giving up the one and the other.
 *
 * Models: get_page_from_freelist(), mm/page_alloc.c; P4 to P6
 */
pfn_t get_page_from_freelist(struct mm *mm, const struct alloc_context *ac,
			     uint32_t alloc_flags)
{
	bool skip_active = mm->st->cfg.nr_nodes > 1;
	bool skipped = false;
	enum mm_reason reason = REASON_FIRST_PASS;

	for (int n = 1;; n++) {
		struct pass pass;

		TRACE(mm, zonelist_pass, n, ARG(alloc_flags), ARG(reason));
		pass = one_pass(mm, ac, alloc_flags, skip_active);
		if (likely(pass.pfn != NO_PFN))
			return pass.pfn;
		skipped |= pass.skipped;
		if (pass.remote) {
			alloc_flags &= ~(uint32_t)ALLOC_NOFRAGMENT;
			reason = REASON_REMOTE_NODE;
		} else if (skip_active && skipped) {
			skip_active = false;
			reason = REASON_KSWAPD_NODES;
		} else if ((alloc_flags & ALLOC_NOFRAGMENT) &&
			   !mm->st->cfg.defrag_mode) {
			alloc_flags &= ~(uint32_t)ALLOC_NOFRAGMENT;
			reason = REASON_NOFRAGMENT_DROPPED;
		} else {
			return NO_PFN;
		}
	}
}

/* ---- requests ---- */

uint16_t page_attr_of(const struct mm_request *want)
{
	uint16_t attr = want->attr;

	if (want->order && (want->gfp & GFP_BIT_COMP))
		attr |= PAGE_COMPOUND;
	return attr;
}

/*
 * The same request but for its size, its owner and who asks?  In statements of
 * their own: compilers make one wide comparison out of a single one, and
 * reading at once what the caller has just written in parts is slow.
 */
static always_inline bool same_wish(const struct mm_request *a,
				    const struct mm_request *b)
{
	if (unlikely(a->gfp != b->gfp))
		return false;
	if (unlikely(a->nid != b->nid))
		return false;
	return likely(a->cpu == b->cpu);
}

static struct request_memo *memo_for(struct mm *mm,
				     const struct mm_request *want)
{
	return &mm->memo[want->order != 0];
}

static void prepare_request(struct mm *mm, const struct mm_request *want)
{
	struct request_memo *memo = memo_for(mm, want);

	memo->want = *want;
	prepare_alloc(mm, want, &memo->ac);
	memo->alloc_flags = alloc_flags_fastpath(mm, &memo->ac);
	memo->valid = true;
}

/* ---- small blocks from a per-CPU list, quickly: struct quick ---- */

/* May requests up to @order, else like the last, just take from their list? */
static bool zone_is_easy(struct mm *mm, const struct request_memo *memo,
			 zone_t zid, unsigned int order)
{
	return !memo->ac.spread_dirty &&
	       !(mm->zone[zid].flags & ZONE_BOOSTED_WATERMARK) &&
	       (mm->st->cfg.nr_nodes == 1 ||
		(mm->st->node[zone_nid(zid)].kswapd_asleep &&
		 zone_nid(zid) == mm->st->cfg.cpu_node[mm->cpu])) &&
	       zone_above(mm, zid, &memo->ac, order,
			  first_mark(mm, zid, memo->alloc_flags),
			  memo->alloc_flags);
}

/* What mm_alloc_page() is asked for, in one number. */
static always_inline uint64_t page_asked(gfp_t gfp, unsigned int cpu)
{
	return (uint64_t)cpu << 32 | gfp;
}

void quick_prepare(struct mm *mm)
{
	const struct request_memo *memo = &mm->memo[0];
	const struct alloc_context *ac = &memo->ac;
	struct quick *q = &mm->quick;
	zone_t zid;

	/* what is in an LRU batch is not freed quickly */
	if (mm->trace || mm->st->nr_batched || !memo->valid ||
	    memo->want.cpu != mm->cpu || memo->want.caller ||
	    ac->pref >= ac->nr_zones)
		return;
	zid = ac->zonelist[ac->pref];
	q->zid = zid;
	q->pcp = pcp_of(mm, zid, mm->cpu);
	q->limit = pcp_limit(mm, zid, q->pcp);
	q->free_count_max = pcp_free_count_max(mm, q->pcp);
	q->mt = ac->mt;
	q->list = q->back = &q->pcp->list[order_to_pindex(ac->mt, 0)];
	q->kind = (uint32_t)zid << PAGEBLOCK_ZONE | ac->mt;
	q->word = block_word(BLOCK_PCP, 0, order_to_pindex(ac->mt, 0), mm->cpu);
	q->cpu = mm->cpu;
	q->credit = 0; /* found out by the first that is freed */
	if (q->list->head != NO_PFN)
		pageblock_run_follow(mm, q->kind, q->list->head);
	if (mm->run.kind == q->kind) {
		const pfn_t first = mm->run.first << mm->pb_order;
		const uint64_t end = (uint64_t)mm->run.end << mm->pb_order;

		q->home = (uint64_t)mm->cpu << 32 | first;
		q->home_nr = (end < mm->end_pfn ? end : mm->end_pfn) - first;
	}
	q->max_order = mm->st->cfg.max_page_order < 3 ? 0 : 3;
	if (q->max_order && !zone_is_easy(mm, memo, zid, q->max_order))
		q->max_order = 0;
	if (!q->max_order && !zone_is_easy(mm, memo, zid, 0))
		return;
	q->want = memo->want;
	if (q->want.nid == -1)
		q->asked = page_asked(q->want.gfp, q->cpu);
}

/* Asked as before, and two blocks at least on the list that serves it? */
static always_inline bool is_quick(const struct mm *mm,
				   const struct mm_request *want,
				   const struct list *l)
{
	return same_wish(want, &mm->quick.want) && l->head != l->tail;
}

/* The first of several blocks on the list; what it is now is not yet said. */
static always_inline pfn_t take_quick(struct mm *mm, const struct list *l,
				      unsigned int order)
{
	const struct pcp *p = mm->quick.pcp;
	const pfn_t first = l->head;
	pfn_t second;

	assume_nobody_records(mm);
	second = list_pop(mm, l, order, first);
	__builtin_prefetch(block_at(mm, second, order)); /* the next */
	if (order && unlikely(order >= mm->pb_order))	 /* to its frame */
		STORE(mm, block_at(mm, first, order)->word, 0);
	STORE(mm, p->count, p->count - (1 << order));
	pcp_note_request(mm, p);
	count_served(mm, p, order, 1);
	return first;
}

static always_inline void alloc_quick(struct mm *mm, const struct list *l,
				      unsigned int order, uint16_t attr,
				      pfn_t *pfn)
{
	*pfn = take_quick(mm, l, order);
	assume_nobody_records(mm);
	frame_use(mm, *pfn, order, 0, attr);
}

/* ---- any request ---- */

/* All rungs of a direct call, others running while it sleeps. */
static __attribute__((noinline)) pfn_t
climb(struct mm *mm, const struct mm_request *want, struct alloc_context *ac)
{
	const struct task *t = &mm->task[CALLER_TASK];
	struct alloc_context mine = *ac;
	enum mm_quantum q;

	store_bytes(mm, &t->want, want, sizeof *want);
	STORE(mm, t->cpu, (uint32_t)want->cpu);
	slowpath_begin(mm, CALLER_TASK, &mine);
	while ((q = slowpath_step(mm, CALLER_TASK, &mine)) != QUANTUM_DONE)
		if (q == QUANTUM_SLEEP)
			sched_sleep(mm, CALLER_TASK);
	STORE(mm, t->state, (uint32_t)TASK_IDLE);
	STORE(mm, t->ladder.rung, (uint32_t)RUNG_NONE);
	return t->ladder.pfn;
}

/* G15.3: with cpusets the fast path's mask has HARDWALL, for all to see. */
static always_inline gfp_t alloc_gfp(const struct mm *mm,
				     const struct alloc_context *ac)
{
	return cpusets_enabled(mm) ? ac->gfp | GFP_BIT_HARDWALL : ac->gfp;
}

/* The request proper: fast path, then slow path. */
static always_inline pfn_t alloc_frozen_pages(struct mm *mm,
					      const struct mm_request *want,
					      unsigned int order)
{
	struct request_memo *memo = memo_for(mm, want);
	struct alloc_context *ac = &memo->ac;
	bool slow = false;
	pfn_t pfn;

	ac->order = order;

	TRACE(mm, alloc_request, ARG(order), ARG(alloc_gfp(mm, ac)),
	      ARG(want->nid), ARG(ac->highest), ARG(ac->mt),
	      ARG(memo->alloc_flags), ARG(ac->caller));
	pfn = get_page_from_freelist(mm, ac, memo->alloc_flags);
	if (unlikely(pfn == NO_PFN)) {
		slow = true;
		pfn = climb(mm, want, ac);
	}
	if (likely(pfn != NO_PFN))
		frame_use(mm, pfn, order, want->owner, page_attr_of(want));
	TRACE(mm, mm_page_alloc, ARG(pfn), ARG(order), ARG(ac->mt),
	      ARG(slow ? ac->gfp : alloc_gfp(mm, ac)),
	      pfn != NO_PFN ? REASON_SERVED : REASON_REFUSED);
	return pfn;
}

/* Not the request before: look at it whole.  0: nothing wrong with it. */
static __attribute__((noinline)) int new_request(struct mm *mm,
						 const struct mm_request *want)
{
	if (mm_request_error(mm, want))
		return -EINVAL;
	if (want->order <= mm->st->cfg.max_page_order)
		prepare_request(mm, want);
	return 0;
}

static __attribute__((noinline)) int
alloc_pages(struct mm *mm, const struct mm_request *want, pfn_t *pfn)
{
	const struct request_memo *memo = memo_for(mm, want);
	const unsigned int order = want->order;

	*pfn = NO_PFN;
	if (unlikely(!memo->valid || !same_wish(want, &memo->want) ||
		     want->caller != memo->want.caller ||
		     want->owner > mm->st->nr_owners)) {
		if (new_request(mm, want))
			return -EINVAL;
	}
	op_enter(mm);
	mm->cpu = want->cpu;
	if (unlikely(order > mm->st->cfg.max_page_order)) {
		/* no attempt is made, and no other trace left */
		TRACE(mm, order_too_large, ARG(want->order), ARG(want->gfp));
	} else {
		*pfn = alloc_frozen_pages(mm, want, order);
	}
	op_leave(mm);
	quick_prepare(mm);
	return likely(*pfn != NO_PFN) ? 0 : -ENOMEM;
}

/* A larger block, one that is somebody's, or somebody who is special. */
static __attribute__((noinline)) int
alloc_other(struct mm *mm, const struct mm_request *want, pfn_t *pfn)
{
	const unsigned int order = want->order;
	const struct quick *q = &mm->quick;
	const struct list *l;

	if (order > q->max_order || want->owner | want->attr | want->caller)
		return alloc_pages(mm, want, pfn);
	l = order ? &q->pcp->list[order_to_pindex(q->mt, order)] : q->list;
	if (!is_quick(mm, want, l))
		return alloc_pages(mm, want, pfn);
	alloc_quick(mm, l, order, page_attr_of(want), pfn);
	return 0;
}

int mm_alloc_pages(struct mm *mm, const struct mm_request *want, pfn_t *pfn)
{
	const struct list *l = mm->quick.list;

	if (unlikely(want->order | want->owner | want->attr | want->caller))
		return alloc_other(mm, want, pfn);
	if (unlikely(!is_quick(mm, want, l)))
		return alloc_pages(mm, want, pfn);
	alloc_quick(mm, l, 0, 0, pfn);
	return 0;
}

/* Not the request before, or the last page of a list. */
static __attribute__((noinline)) pfn_t
alloc_other_page(struct mm *mm, gfp_t gfp, unsigned int cpu)
{
	const struct mm_request want = {
		.gfp = gfp,
		.cpu = (uint16_t)cpu,
		.nid = -1,
	};
	pfn_t pfn = NO_PFN;

	if (cpu <= UINT16_MAX)
		alloc_pages(mm, &want, &pfn);
	return pfn;
}

/* It is one: who asks next need not ask. */
static always_inline pfn_t known_pfn(pfn_t pfn)
{
	assert(pfn != NO_PFN);
	if (pfn == NO_PFN)
		__builtin_unreachable();
	return pfn;
}

pfn_t mm_alloc_page(struct mm *mm, gfp_t gfp, unsigned int cpu)
{
	const struct quick *q = &mm->quick;
	const struct list *l = q->list;
	pfn_t pfn;

	if (unlikely(page_asked(gfp, cpu) != q->asked || l->head == l->tail))
		return alloc_other_page(mm, gfp, cpu);
	pfn = take_quick(mm, l, 0);
	frame_use_plain(mm, pfn);
	return known_pfn(pfn);
}

/* ---- many single pages at once ---- */

/* First zone with room for all of them above low; NO_ZONE if none. P43 */
static zone_t bulk_zone(struct mm *mm, const struct alloc_context *ac,
			unsigned int nr, uint32_t alloc_flags)
{
	for (unsigned int i = ac->pref; i < ac->nr_zones;
	     i = next_zone(ac, i + 1)) {
		const zone_t zid = ac->zonelist[i],
			     pref = ac->zonelist[ac->pref];

		if (mm->st->cfg.nr_nodes > 1 && zid != pref &&
		    zone_nid(zid) != zone_nid(pref))
			return NO_ZONE;
		if (zone_watermark_fast(mm, zid, 0,
					wmark_pages(mm, zid, WMARK_LOW) + nr,
					WMARK_LOW | WMARK_BULK, zone_idx(pref),
					alloc_flags))
			return zid;
	}
	return NO_ZONE;
}

static unsigned int take_bulk(struct mm *mm, const struct alloc_context *ac,
			      const struct mm_request *want, unsigned int nr,
			      pfn_t *pfns)
{
	const uint32_t alloc_flags =
		WMARK_LOW | (ac->mt == MIGRATE_MOVABLE ? ALLOC_CMA : 0);
	const zone_t zid = bulk_zone(mm, ac, nr, alloc_flags);
	unsigned int got = 0;

	if (zid == NO_ZONE)
		return 0;
	for (; got < nr; got++) {
		const pfn_t pfn =
			rmqueue_pcplist_bulk(mm, zid, 0, ac->mt, alloc_flags);

		if (pfn == NO_PFN)
			break;
		frame_use(mm, pfn, 0, want->owner, want->attr);
		pfns[got] = pfn;
	}
	if (got) {
		count_served(mm, pcp_of(mm, zid, mm->cpu), 0, got);
		zone_statistics(mm, ac->zonelist[ac->pref], zid, got);
	}
	return got;
}

/** Models: alloc_pages_bulk_noprof(), mm/page_alloc.c */
int mm_alloc_bulk(struct mm *mm, const struct mm_request *want, unsigned int nr,
		  pfn_t *pfns)
{
	struct mm_request one = *want;
	unsigned int got = 0;

	one.order = 0;
	if (mm_request_error(mm, &one) || nr > INT32_MAX)
		return -EINVAL;
	op_enter(mm);
	mm->cpu = want->cpu;
	prepare_request(mm, &one);
	if (nr > 1 && !(memcg_online(mm) && want->gfp & GFP_BIT_ACCOUNT))
		got = take_bulk(mm, &memo_for(mm, &one)->ac, &one, nr, pfns);
	if (got == 0 && nr) {
		pfns[0] = alloc_frozen_pages(mm, &one, 0);
		got = pfns[0] != NO_PFN;
	}
	TRACE(mm, bulk_done, ARG(nr), ARG(got), ARG(want->gfp));
	op_leave(mm);
	return (int)got;
}
