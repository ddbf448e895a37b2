/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lru_batch.c - see lru_batch.h
 */
#include "core/lru_batch.h"

#include <errno.h>

#include "core/frame.h"
#include "core/trace.h"
#include "core/workingset.h"

static uint64_t pages_of(const struct mm *mm, pfn_t pfn)
{
	return (uint64_t)order_pages(block_order(&mm->page[pfn].b));
}

/* ---- what is done with a page of each batch ---- */

/* Locked pages learn here that they are unevictable: R6. */
static void lru_add(struct mm *mm, pfn_t pfn)
{
	const uint16_t attr = mm->page[pfn].attr;

	if ((attr & PAGE_MLOCKED) && !(attr & PAGE_UNEVICTABLE)) {
		page_change(mm, pfn, PAGE_UNEVICTABLE, PAGE_ACTIVE);
		count_vm_events(mm, VM_UNEVICTABLE_PGS_CULLED,
				pages_of(mm, pfn));
	}
	lruvec_add_folio(mm, pfn);
	TRACE(mm, lru_added, ARG(pfn), ARG(page_lru_list(&mm->page[pfn])));
}

static void lru_move_tail(struct mm *mm, pfn_t pfn)
{
	if (mm->page[pfn].attr & PAGE_UNEVICTABLE)
		return;
	lruvec_del_folio(mm, pfn);
	page_change(mm, pfn, 0, PAGE_ACTIVE);
	lruvec_add_folio_tail(mm, pfn);
	count_vm_events(mm, VM_PGROTATED, pages_of(mm, pfn));
	TRACE(mm, lru_moved, ARG(pfn), ARG(LRU_MOVE_TAIL), 1);
}

/* Dirty ones are to follow when they have been written. */
static void lru_deactivate_file(struct mm *mm, pfn_t pfn)
{
	const uint16_t attr = mm->page[pfn].attr;
	const bool later = attr & (PAGE_DIRTY | PAGE_WRITEBACK);

	if (attr & PAGE_UNEVICTABLE || block_mapcount(&mm->page[pfn].b))
		return;
	lruvec_del_folio(mm, pfn);
	page_change(mm, pfn, later ? PAGE_RECLAIM : 0,
		    PAGE_ACTIVE | PAGE_REFERENCED);
	if (later) {
		lruvec_add_folio(mm, pfn);
	} else {
		lruvec_add_folio_tail(mm, pfn);
		count_vm_events(mm, VM_PGROTATED, pages_of(mm, pfn));
	}
	if (attr & PAGE_ACTIVE)
		count_vm_events(mm, VM_PGDEACTIVATE, pages_of(mm, pfn));
	TRACE(mm, lru_moved, ARG(pfn), ARG(LRU_DEACTIVATE_FILE), !later);
}

static void lru_deactivate(struct mm *mm, pfn_t pfn)
{
	const uint16_t attr = mm->page[pfn].attr;

	if (attr & PAGE_UNEVICTABLE || !(attr & PAGE_ACTIVE))
		return;
	lruvec_del_folio(mm, pfn);
	page_change(mm, pfn, 0, PAGE_ACTIVE | PAGE_REFERENCED);
	lruvec_add_folio(mm, pfn);
	count_vm_events(mm, VM_PGDEACTIVATE, pages_of(mm, pfn));
	TRACE(mm, lru_moved, ARG(pfn), ARG(LRU_DEACTIVATE), 0);
}

static bool can_be_lazy(const struct mm *mm, pfn_t pfn)
{
	const uint16_t attr = mm->page[pfn].attr;

	return attr & PAGE_SWAPBACKED &&
	       !(attr & (PAGE_SWAPCACHE | PAGE_UNEVICTABLE));
}

/* Clean anonymous pages sit among the files' until they are written to. */
static void lru_lazyfree(struct mm *mm, pfn_t pfn)
{
	if (!can_be_lazy(mm, pfn))
		return;
	lruvec_del_folio(mm, pfn);
	page_change(mm, pfn, 0,
		    PAGE_ACTIVE | PAGE_REFERENCED | PAGE_SWAPBACKED);
	lruvec_add_folio(mm, pfn);
	count_vm_events(mm, VM_PGLAZYFREE, pages_of(mm, pfn));
	TRACE(mm, lru_moved, ARG(pfn), ARG(LRU_LAZYFREE), 0);
}

static void lru_activate(struct mm *mm, pfn_t pfn)
{
	if (mm->page[pfn].attr & (PAGE_ACTIVE | PAGE_UNEVICTABLE))
		return;
	lruvec_del_folio(mm, pfn);
	page_change(mm, pfn, PAGE_ACTIVE, 0);
	lruvec_add_folio(mm, pfn);
	TRACE(mm, lru_activated, ARG(pfn));
	count_vm_events(mm, VM_PGACTIVATE, pages_of(mm, pfn));
}

static void (*const moves[NR_LRU_BATCHES])(struct mm *, pfn_t) = {
	[LRU_ADD] = lru_add,
	[LRU_MOVE_TAIL] = lru_move_tail,
	[LRU_DEACTIVATE_FILE] = lru_deactivate_file,
	[LRU_DEACTIVATE] = lru_deactivate,
	[LRU_LAZYFREE] = lru_lazyfree,
	[LRU_ACTIVATE] = lru_activate,
};

/* ---- batches ---- */

static void set_nr(struct mm *mm, unsigned int cpu, enum lru_batch which,
		   uint32_t nr)
{
	const struct lru_batches *b = &mm->batch[cpu];

	STORE(mm, mm->st->nr_batched, mm->st->nr_batched + nr - b->nr[which]);
	STORE(mm, b->nr[which], nr);
}

/*
 * In the order they came.  What has left its list meanwhile, isolated by
 * somebody, is passed over.
 *
 * Models: folio_batch_move_lru(), mm/swap.c
 */
static void folio_batch_move_lru(struct mm *mm, unsigned int cpu,
				 enum lru_batch which)
{
	const struct lru_batches *b = &mm->batch[cpu];
	const uint32_t nr = b->nr[which];

	if (nr == 0)
		return;
	set_nr(mm, cpu, which, 0);
	TRACE(mm, lru_batch_moved, ARG(cpu), ARG(which), ARG(nr));
	for (uint32_t i = 0; i < nr; i++) {
		const pfn_t pfn = b->pfn[which][i];

		if (which == LRU_ADD || mm->page[pfn].attr & PAGE_LRU)
			moves[which](mm, pfn);
	}
}

/** Models: __folio_batch_add_and_move(), mm/swap.c; large ones do not wait */
static void batch_add(struct mm *mm, pfn_t pfn, enum lru_batch which)
{
	const unsigned int cpu = mm->cpu;
	const struct lru_batches *b = &mm->batch[cpu];
	const uint32_t nr = b->nr[which];

	STORE(mm, b->pfn[which][nr], pfn);
	set_nr(mm, cpu, which, nr + 1);
	TRACE(mm, lru_batched, ARG(pfn), ARG(which), ARG(cpu), ARG(nr + 1));
	if (nr + 1 == LRU_BATCH || block_order(&mm->page[pfn].b) ||
	    mm->st->lru_disabled)
		folio_batch_move_lru(mm, cpu, which);
}

void folio_add_lru(struct mm *mm, pfn_t pfn)
{
	batch_add(mm, pfn, LRU_ADD);
}

void lru_add_drain_cpu(struct mm *mm, unsigned int cpu)
{
	for (int which = 0; which < NR_LRU_BATCHES; which++)
		folio_batch_move_lru(mm, cpu, (enum lru_batch)which);
}

void lru_add_drain_all(struct mm *mm)
{
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		lru_add_drain_cpu(mm, cpu);
}

void lru_cache_disable(struct mm *mm)
{
	STORE(mm, mm->st->lru_disabled, mm->st->lru_disabled + 1);
	lru_add_drain_all(mm);
}

void lru_cache_enable(struct mm *mm)
{
	assert(mm->st->lru_disabled);
	STORE(mm, mm->st->lru_disabled, mm->st->lru_disabled - 1);
}

unsigned int lru_batch_times(const struct mm *mm, pfn_t pfn)
{
	unsigned int times = 0;

	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		for (int which = 0; which < NR_LRU_BATCHES; which++)
			for (uint32_t i = 0; i < mm->batch[cpu].nr[which]; i++)
				times += mm->batch[cpu].pfn[which][i] == pfn;
	return times;
}

bool lru_batch_is_to_add(const struct mm *mm, pfn_t pfn)
{
	bool found = false;

	for (unsigned int cpu = 0;
	     mm->st->nr_batched && cpu < mm->st->cfg.nr_cpus; cpu++)
		for (uint32_t i = 0; i < mm->batch[cpu].nr[LRU_ADD]; i++)
			found |= mm->batch[cpu].pfn[LRU_ADD][i] == pfn;
	return found;
}

static void forget_in(struct mm *mm, unsigned int cpu, enum lru_batch which,
		      pfn_t pfn)
{
	const struct lru_batches *b = &mm->batch[cpu];
	uint32_t kept = 0;

	for (uint32_t i = 0; i < b->nr[which]; i++) {
		if (b->pfn[which][i] == pfn)
			continue;
		if (kept != i)
			STORE(mm, b->pfn[which][kept], b->pfn[which][i]);
		kept++;
	}
	if (kept != b->nr[which])
		set_nr(mm, cpu, which, kept);
}

void lru_batch_forget(struct mm *mm, pfn_t pfn)
{
	for (unsigned int cpu = 0; cpu < mm->st->cfg.nr_cpus; cpu++)
		for (int which = 0; which < NR_LRU_BATCHES; which++)
			forget_in(mm, cpu, (enum lru_batch)which, pfn);
}

/* ---- asking for a move ---- */

static bool listed(const struct mm *mm, pfn_t pfn)
{
	return (mm->page[pfn].attr & (PAGE_LRU | PAGE_UNEVICTABLE)) == PAGE_LRU;
}

void folio_activate(struct mm *mm, pfn_t pfn)
{
	if (listed(mm, pfn) && !(mm->page[pfn].attr & PAGE_ACTIVE))
		batch_add(mm, pfn, LRU_ACTIVATE);
}

void folio_deactivate(struct mm *mm, pfn_t pfn)
{
	if (listed(mm, pfn) && mm->page[pfn].attr & PAGE_ACTIVE)
		batch_add(mm, pfn, LRU_DEACTIVATE);
}

void folio_mark_lazyfree(struct mm *mm, pfn_t pfn)
{
	if (listed(mm, pfn) && can_be_lazy(mm, pfn))
		batch_add(mm, pfn, LRU_LAZYFREE);
}

void deactivate_file_folio(struct mm *mm, pfn_t pfn)
{
	if (listed(mm, pfn))
		batch_add(mm, pfn, LRU_DEACTIVATE_FILE);
}

void folio_rotate_reclaimable(struct mm *mm, pfn_t pfn)
{
	if (listed(mm, pfn) &&
	    !(mm->page[pfn].attr & (PAGE_LOCKED | PAGE_DIRTY)))
		batch_add(mm, pfn, LRU_MOVE_TAIL);
}

/* On no list: active from the start, if this CPU still has it to add. */
static void lru_cache_activate_folio(struct mm *mm, pfn_t pfn)
{
	const struct lru_batches *b = &mm->batch[mm->cpu];

	for (uint32_t i = 0; i < b->nr[LRU_ADD]; i++)
		if (b->pfn[LRU_ADD][i] == pfn)
			page_change(mm, pfn, PAGE_ACTIVE, 0);
}

void folio_mark_accessed(struct mm *mm, pfn_t pfn)
{
	const uint16_t attr = mm->page[pfn].attr;

	if (!(attr & PAGE_REFERENCED)) {
		page_change(mm, pfn, PAGE_REFERENCED, 0);
		return;
	}
	if (attr & (PAGE_UNEVICTABLE | PAGE_ACTIVE))
		return;
	if (attr & PAGE_LRU)
		folio_activate(mm, pfn);
	else
		lru_cache_activate_folio(mm, pfn);
	page_change(mm, pfn, 0, PAGE_REFERENCED);
	workingset_activation(mm, pfn);
}

/* ---- for everybody ---- */

int mm_mark_accessed(struct mm *mm, pfn_t pfn, unsigned int cpu,
		     struct mm_error *err)
{
	if (cpu >= mm->st->cfg.nr_cpus)
		return mm_fail(err, -EINVAL, "CPU %u: expected 0 to %u", cpu,
			       mm->st->cfg.nr_cpus - 1);
	if (pfn >= mm->st->nr_frames ||
	    block_state(&mm->page[pfn].b) != BLOCK_USED)
		return mm_fail(err, -EINVAL,
			       "pfn %u: expected the first frame of a block "
			       "in use",
			       pfn);
	op_enter(mm);
	mm->cpu = (uint16_t)cpu;
	folio_mark_accessed(mm, pfn);
	TRACE(mm, page_accessed, ARG(pfn));
	op_leave(mm);
	return 0;
}

int64_t mm_lru_drain(struct mm *mm)
{
	const int64_t waiting = mm->st->nr_batched;

	op_enter(mm);
	lru_add_drain_all(mm);
	TRACE(mm, lru_drained, ARG(waiting));
	op_leave(mm);
	return waiting;
}
