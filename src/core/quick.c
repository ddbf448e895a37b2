/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quick.c - see quick.h
 */
#include "core/quick.h"

#include "core/buddy.h"
#include "core/frame.h"
#include "core/get_page.h"
#include "core/page_alloc.h"
#include "core/pcp.h"
#include "core/watermark.h"
#include "core/zonelist.h"

/* ---- what every one of them would find out again ---- */

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

/* ---- taken ---- */

/* Asked as before, and two blocks at least on the list that serves it? */
static always_inline bool is_quick_request(const struct mm *mm,
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
	if (!is_quick_request(mm, want, l))
		return alloc_pages(mm, want, pfn);
	alloc_quick(mm, l, order, page_attr_of(want), pfn);
	return 0;
}

int mm_alloc_pages(struct mm *mm, const struct mm_request *want, pfn_t *pfn)
{
	const struct list *l = mm->quick.list;

	if (unlikely(want->order | want->owner | want->attr | want->caller))
		return alloc_other(mm, want, pfn);
	if (unlikely(!is_quick_request(mm, want, l)))
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

/* ---- given back ---- */

/* An allocated block that nothing is known about, with room for it? */
static always_inline bool is_quick_free(const struct mm *mm, pfn_t pfn,
					unsigned int order, unsigned int cpu)
{
	const struct quick *q = &mm->quick;
	const struct pageblock *pb;
	const struct page *page;
	int32_t count;

	if (pfn >= mm->end_pfn || cpu != mm->cpu)
		return false;
	page = &mm->page[pfn];
	pb = &mm->pb[pfn >> mm->pb_order];
	if (!is_allocated(page, order) || page->owner || page->attr ||
	    pageblock_plain_type(pb, q->zid) >= MIGRATE_PCPTYPES)
		return false;
	count = q->pcp->count + (1 << order);
	return count < q->limit && !free_high_run(q->pcp, order, count);
}

static always_inline void free_quick(struct mm *mm, pfn_t pfn,
				     unsigned int order)
{
	const struct quick *q = &mm->quick;
	const struct pageblock *pb = &mm->pb[pfn >> mm->pb_order];
	const enum migratetype mt = pageblock_plain_type(pb, q->zid);

	assume_nobody_records(mm);
	count_freed(mm, q->pcp, order);
	pcp_push(mm, q->pcp, order_to_pindex(mt, order), pfn, order);
	note_free_order(mm, q->pcp, order);
	pcp_note_free(mm, q->pcp, order, q->free_count_max);
}

/*
 * Free pages gather, and beyond a number they are not counted any more.  Then
 * a request, which halves it, must not be quick.
 */
static void quick_credit(struct mm *mm)
{
	struct quick *q = &mm->quick;
	const int32_t uncounted = q->free_count_max - q->pcp->free_count;

	q->credit = list_is_empty(q->back) ? 0 : pcp_credit(q->pcp, q->limit);
	q->freed = uncounted > 0;
	if (!q->freed)
		quick_forget_requests(mm);
	else if (q->credit > uncounted)
		q->credit = uncounted;
}

static __attribute__((noinline)) int free_other(struct mm *mm, pfn_t pfn,
						unsigned int order,
						unsigned int cpu,
						struct mm_error *err)
{
	if (order > 3 || order >= mm->pb_order ||
	    !is_quick_free(mm, pfn, order, cpu))
		return free_pages(mm, pfn, order, cpu, err);
	free_quick(mm, pfn, order);
	quick_credit(mm);
	return 0;
}

/* The same, for a caller who need not keep what it has looked at already. */
static __attribute__((noinline)) int free_unusual(struct mm *mm, pfn_t pfn,
						  struct mm_error *err)
{
	return free_other(mm, pfn, 0, mm->quick.cpu, err);
}

/* A frame of the usual kind, freed by the usual CPU? */
static always_inline bool is_usual(const struct mm *mm, pfn_t pfn,
				   unsigned int cpu)
{
	const struct quick *q = &mm->quick;

	if (likely(((uint64_t)cpu << 32 | pfn) - q->home < q->home_nr))
		return true;
	return pfn < mm->end_pfn && cpu == q->cpu &&
	       pageblock_kind(&mm->pb[pfn >> mm->pb_order]) == q->kind;
}

static always_inline void free_single(struct mm *mm, pfn_t pfn)
{
	const struct quick *q = &mm->quick;
	const struct pcp *p = q->pcp;

	assume_nobody_records(mm);
	STORE(mm, p->count, p->count + 1);
	STORE(mm, p->free_count, p->free_count + q->freed);
	count_freed(mm, p, 0);
	STORE(mm, mm->page[pfn].b.word, q->word);
	list_push(mm, q->back, 0, pfn);
}

int mm_free_pages(struct mm *mm, pfn_t pfn, unsigned int order,
		  unsigned int cpu, struct mm_error *err)
{
	if (unlikely(order || !is_usual(mm, pfn, cpu)))
		return free_other(mm, pfn, order, cpu, err);
	/* a single page indeed, and there is credit for it? */
	if (unlikely(!is_plain_page(&mm->page[pfn]) || --mm->quick.credit < 0))
		return free_unusual(mm, pfn, err);
	free_single(mm, pfn);
	return 0;
}
