/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * migrate.c - see migrate.h; groups of pages, and what is tried for each
 *
 * ASYNC is one batch for each group.  The other modes let a batch go ahead
 * that waits for nothing, and then try by itself each page that is left.
 */
#include "core/migrate.h"

#include "core/frame.h"
#include "core/hugetlb.h"
#include "core/lru_batch.h"
#include "core/owner.h"
#include "core/trace.h"

#define MIGRATE_ASYNC_RETRIES 3 /* of the batch before the single pages */
#define MIGRATE_SYNC_RETRIES 7	/* of a single page */
#define MIGRATE_GROUP 512	/* pages */

enum migrate_step {
	MIGRATE_NONE,
	MIGRATE_HUGETLB,     /* pages of pools, by themselves */
	MIGRATE_GATHER,	     /* the next group */
	MIGRATE_BATCH,	     /* batch in hand; `then` follows it */
	MIGRATE_ASYNC_DONE,  /* of ASYNC */
	MIGRATE_FIRST_DONE,  /* of the others, their first batch */
	MIGRATE_SINGLE,	     /* the next page by itself */
	MIGRATE_SINGLE_DONE, /* it was tried */
	MIGRATE_GROUP_DONE,
	MIGRATE_SPLIT_DONE, /* the pieces of what was split were tried */
	MIGRATE_END,
};

/* ---- lists ---- */

const struct list *migrate_from(const struct mm *mm, uint32_t task)
{
	return mig_list(mm, task, MIG_FROM);
}

void migration_reset(struct mm *mm, uint32_t task)
{
	struct migration m = {0};

	for (int i = 0; i < NR_MIG_LISTS; i++)
		m.list[i] = (struct list){NO_PFN, NO_PFN};
	store_bytes(mm, mig_of(mm, task), &m, sizeof m);
}

void mig_splice(struct mm *mm, uint32_t task, enum mig_list from,
		enum mig_list to, bool front)
{
	const struct list *a = mig_list(mm, task, from);
	const struct list *b = mig_list(mm, task, to);
	const struct list first = front ? *a : *b, second = front ? *b : *a;

	if (list_is_empty(a))
		return;
	if (!list_is_empty(b)) {
		STORE(mm, mm->page[first.tail].b.next, second.head);
		STORE(mm, mm->page[second.head].b.prev, first.tail);
	}
	STORE(mm, b->head, first.head != NO_PFN ? first.head : second.head);
	STORE(mm, b->tail, second.tail != NO_PFN ? second.tail : first.tail);
	list_make_empty(mm, a);
}

/* ---- isolating, and putting back ---- */

static void count_isolated(struct mm *mm, pfn_t pfn, int sign)
{
	const struct page *page = &mm->page[pfn];

	mod_node_page_state(mm, page_nid(mm, pfn),
			    page_is_anon_lru(page) ? NR_ISOLATED_ANON
						   : NR_ISOLATED_FILE,
			    sign * order_pages(block_order(&page->b)));
}

/* Pages of drivers are on no LRU list, before and after. */
static bool of_driver(const struct mm *mm, pfn_t pfn)
{
	return mm->page[pfn].attr & PAGE_MOVABLE_OPS;
}

void uncount_isolated(struct mm *mm, pfn_t pfn)
{
	if (!of_driver(mm, pfn))
		count_isolated(mm, pfn, -1);
}

static void set_state(struct mm *mm, pfn_t pfn, enum block_state state)
{
	const struct block *b = &mm->page[pfn].b;

	STORE(mm, b->word, block_word_in(b, state));
}

void isolate_page(struct mm *mm, uint32_t task, pfn_t pfn)
{
	const struct page *page = &mm->page[pfn];

	if (page->attr & PAGE_LRU)
		lruvec_del_folio(mm, pfn);
	if (!of_driver(mm, pfn))
		count_isolated(mm, pfn, 1);
	owner_unlist(mm, pfn);
	set_state(mm, pfn, BLOCK_ISOLATED);
	list_add_head(mm, mig_list(mm, task, MIG_FROM), 0, pfn);
}

void putback_page(struct mm *mm, uint32_t task, pfn_t pfn)
{
	const unsigned int order = block_order(&mm->page[pfn].b);

	if (page_is_hugetlb(&mm->page[pfn])) {
		hugetlb_putback(mm, task, pfn);
		return;
	}
	list_del(mm, mig_list(mm, task, MIG_FROM), 0, pfn);
	if (block_state(&mm->page[pfn].b) == BLOCK_GONE) {
		STORE(mm, mm->page[pfn].b.word, 0);
		free_frozen_pages_inside(mm, pfn, order);
		return;
	}
	set_state(mm, pfn, BLOCK_USED);
	owner_list(mm, pfn);
	TRACE(mm, compact_putback, ARG(pfn),
	      ARG(block_order(&mm->page[pfn].b)));
	uncount_isolated(mm, pfn);
	if (!of_driver(mm, pfn))
		folio_add_lru(mm, pfn);
}

void putback_movable_pages(struct mm *mm, uint32_t task)
{
	const struct list *l = mig_list(mm, task, MIG_FROM);

	while (!list_is_empty(l))
		putback_page(mm, task, l->head);
}

/* ---- groups ---- */

void migrate_pages_begin(struct mm *mm, uint32_t task, enum migrate_mode mode,
			 enum migrate_reason reason)
{
	struct migration m = *mig_of(mm, task);

	m.step = migrate_has_hugetlb(mm, task) ? MIGRATE_HUGETLB
					       : MIGRATE_GATHER;
	m.mode = mode;
	m.reason = reason;
	m.failed = 0;
	m.nr_succeeded = m.nr_failed = m.nr_thp_succeeded = 0;
	m.nr_thp_failed = m.nr_thp_split = m.nr_split = 0;
	store_bytes(mm, mig_of(mm, task), &m, sizeof m);
	TRACE(mm, mm_migrate_pages_start, ARG(mode), ARG(reason));
	if (m.step == MIGRATE_HUGETLB)
		migrate_hugetlb_begin(mm, task);
}

void migrate_pages_to(struct mm *mm, uint32_t task, enum migrate_mode mode,
		      enum migrate_reason reason, gfp_t gfp, unsigned int nid,
		      uint32_t nodes)
{
	const struct migration *m = mig_of(mm, task);

	STORE(mm, m->target_gfp, gfp);
	STORE(mm, m->target_nid, (int32_t)nid);
	STORE(mm, m->target_nodes, nodes);
	migrate_pages_begin(mm, task, mode, reason);
}

static void set_step(struct mm *mm, uint32_t task, enum migrate_step step)
{
	STORE(mm, mig_of(mm, task)->step, (uint32_t)step);
}

static void begin_batch(struct mm *mm, uint32_t task, struct mig_batch b)
{
	migrate_batch_begin(mm, task, b);
	set_step(mm, task, MIGRATE_BATCH);
}

/* 8.3: from the head, until they are a huge page's worth. */
static void gather(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);
	const struct list *from = mig_list(mm, task, MIG_FROM);
	int64_t pages = 0;

	STORE(mm, m->failed_before, m->nr_failed);
	STORE(mm, m->thp_failed_before, m->nr_thp_failed);
	STORE(mm, m->split_before, m->nr_split);
	STORE(mm, m->thp_split_before, m->nr_thp_split);
	while (!list_is_empty(from) && pages < MIGRATE_GROUP) {
		if (page_is_hugetlb(&mm->page[from->head])) {
			mig_move_tail(mm, task, MIG_FROM, MIG_RET, from->head);
			continue;
		}
		pages += order_pages(block_order(&mm->page[from->head].b));
		mig_move_tail(mm, task, MIG_FROM, MIG_GROUP, from->head);
	}
	if (m->mode == MIGRATE_ASYNC)
		begin_batch(mm, task,
			    (struct mig_batch){.mode = MIGRATE_ASYNC,
					       .in = MIG_GROUP,
					       .out = MIG_RET,
					       .passes = MIGRATE_RETRIES,
					       .then = MIGRATE_ASYNC_DONE});
	else
		begin_batch(mm, task,
			    (struct mig_batch){.mode = MIGRATE_ASYNC,
					       .in = MIG_GROUP,
					       .out = MIG_LEFT,
					       .passes = MIGRATE_ASYNC_RETRIES,
					       .then = MIGRATE_FIRST_DONE});
}

static void add_failed(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);

	STORE(mm, m->failed,
	      m->batch_failed < 0 ? m->batch_failed
				  : m->failed + m->batch_failed);
}

static void group_over(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);

	mig_splice(mm, task, MIG_SPLIT, MIG_RET, false);
	set_step(mm, task,
		 m->failed < 0 || list_is_empty(migrate_from(mm, task))
			 ? MIGRATE_END
			 : MIGRATE_GATHER);
}

/* 8.7: pieces are tried once, and what comes of it is not answered. */
static void group_done(struct mm *mm, uint32_t task)
{
	mig_splice(mm, task, MIG_GROUP, MIG_RET, false);
	if (mig_of(mm, task)->failed < 0 ||
	    list_is_empty(mig_list(mm, task, MIG_SPLIT)))
		group_over(mm, task);
	else
		begin_batch(mm, task,
			    (struct mig_batch){.mode = MIGRATE_ASYNC,
					       .in = MIG_SPLIT,
					       .out = MIG_RET,
					       .passes = 1,
					       .then = MIGRATE_SPLIT_DONE});
}

/*
 * 8.6: what the first batch left is tried one by one, so its failures do not
 * count yet.
 */
static void first_done(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);

	if (m->batch_failed < 0) {
		add_failed(mm, task);
		mig_splice(mm, task, MIG_LEFT, MIG_RET, false);
		set_step(mm, task, MIGRATE_GROUP_DONE);
		return;
	}
	STORE(mm, m->nr_failed, m->failed_before);
	STORE(mm, m->nr_thp_failed,
	      m->thp_failed_before + m->nr_thp_split - m->thp_split_before);
	STORE(mm, m->failed,
	      m->failed + (int32_t)(m->nr_split - m->split_before));
	mig_splice(mm, task, MIG_LEFT, MIG_GROUP, false);
	set_step(mm, task, MIGRATE_SINGLE);
}

static void single(struct mm *mm, uint32_t task)
{
	const struct list *group = mig_list(mm, task, MIG_GROUP);

	if (list_is_empty(group)) {
		set_step(mm, task, MIGRATE_GROUP_DONE);
		return;
	}
	mig_move_tail(mm, task, MIG_GROUP, MIG_ONE, group->head);
	begin_batch(mm, task,
		    (struct mig_batch){
			    .mode = (enum migrate_mode)mig_of(mm, task)->mode,
			    .in = MIG_ONE,
			    .out = MIG_RET,
			    .passes = MIGRATE_SYNC_RETRIES,
			    .then = MIGRATE_SINGLE_DONE});
}

static void single_done(struct mm *mm, uint32_t task)
{
	add_failed(mm, task);
	mig_splice(mm, task, MIG_ONE, MIG_RET, false);
	set_step(mm, task,
		 mig_of(mm, task)->failed < 0 ? MIGRATE_GROUP_DONE
					      : MIGRATE_SINGLE);
}

/* What failed goes in front of what was not even tried. */
static void end(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);

	mig_splice(mm, task, MIG_RET, MIG_FROM, true);
	if (list_is_empty(migrate_from(mm, task)))
		STORE(mm, m->failed, 0);
	count_vm_events(mm, VM_PGMIGRATE_SUCCESS, m->nr_succeeded);
	count_vm_events(mm, VM_PGMIGRATE_FAIL, m->nr_failed);
	count_vm_events(mm, VM_THP_MIGRATION_SUCCESS, m->nr_thp_succeeded);
	count_vm_events(mm, VM_THP_MIGRATION_FAIL, m->nr_thp_failed);
	count_vm_events(mm, VM_THP_MIGRATION_SPLIT, m->nr_thp_split);
	TRACE(mm, mm_migrate_pages, ARG(m->nr_succeeded), ARG(m->nr_failed),
	      ARG(m->nr_thp_succeeded), ARG(m->nr_thp_failed),
	      ARG(m->nr_thp_split), ARG(m->nr_split),
	      HALVES(m->mode, m->reason));
	set_step(mm, task, MIGRATE_NONE);
}

enum mm_quantum migrate_pages_step(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);
	enum mm_quantum q;

	switch ((enum migrate_step)m->step) {
	case MIGRATE_HUGETLB:
		if (migrate_hugetlb_step(mm, task) == QUANTUM_DONE)
			set_step(mm, task,
				 m->failed < 0 ? MIGRATE_END : MIGRATE_GATHER);
		break;
	case MIGRATE_GATHER:
		gather(mm, task);
		break;
	case MIGRATE_BATCH:
		q = migrate_batch_step(mm, task);
		if (q == QUANTUM_SLEEP)
			return q;
		if (q == QUANTUM_DONE)
			set_step(mm, task, (enum migrate_step)m->then);
		break;
	case MIGRATE_ASYNC_DONE:
		add_failed(mm, task);
		set_step(mm, task, MIGRATE_GROUP_DONE);
		break;
	case MIGRATE_FIRST_DONE:
		first_done(mm, task);
		break;
	case MIGRATE_SINGLE:
		single(mm, task);
		break;
	case MIGRATE_SINGLE_DONE:
		single_done(mm, task);
		break;
	case MIGRATE_GROUP_DONE:
		group_done(mm, task);
		break;
	case MIGRATE_SPLIT_DONE:
		group_over(mm, task);
		break;
	case MIGRATE_END:
		end(mm, task);
		return QUANTUM_DONE;
	default:
		return QUANTUM_DONE;
	}
	return QUANTUM_AGAIN;
}

/* ---- for those who distrust a record ---- */

bool migration_sane(const struct migration *m)
{
	if (m->step > MIGRATE_END || m->then > MIGRATE_END ||
	    m->mode > MIGRATE_SYNC || m->reason >= NR_MIGRATE_REASONS ||
	    m->batch_mode > MIGRATE_SYNC || m->passes > MIGRATE_RETRIES)
		return false;
	return !migrate_walks(m) ||
	       ((m->in == MIG_GROUP || m->in == MIG_ONE ||
		 m->in == MIG_SPLIT) &&
		(m->out == MIG_LEFT || m->out == MIG_RET) &&
		batch_phase_sane(m));
}

bool migrate_walks(const struct migration *m)
{
	return m->step == MIGRATE_BATCH;
}

bool migrate_walks_hugetlb(const struct migration *m)
{
	return m->step == MIGRATE_HUGETLB;
}
