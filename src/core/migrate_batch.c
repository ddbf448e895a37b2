/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * migrate_batch.c - one batch of pages is moved: unmap all, then copy all
 *
 * Each half goes over its list in passes, as long as a page says "again".  A
 * quantum is one page, or one of whoever finds its target (migrate_target.c).
 *
 * Models: migrate_pages_batch in mm/migrate.c; contig-cma-hotplug.md 8.4
 */
#include "core/migrate_batch.h"

#include <errno.h>

#include "core/frame.h"

static void begin_pass(struct mm *mm, const struct migration *m, uint32_t task,
		       enum mig_list which)
{
	STORE(mm, m->src, mig_list(mm, task, which)->head);
	STORE(mm, m->dst, mig_list(mm, task, MIG_TARGETS)->head);
	STORE(mm, m->retry, 0);
	STORE(mm, m->retry_pages, 0);
}

void migrate_batch_begin(struct mm *mm, uint32_t task, struct mig_batch b)
{
	struct migration m = *mig_of(mm, task);

	m.batch_mode = b.mode;
	m.in = b.in;
	m.out = b.out;
	m.passes = b.passes;
	m.pass = m.waits = m.no_memory = 0;
	m.batch_failed = 0;
	m.then = b.then;
	m.phase = BATCH_UNMAP;
	store_bytes(mm, mig_of(mm, task), &m, sizeof m);
	begin_pass(mm, mig_of(mm, task), task, b.in);
}

void batch_begin_phase(struct mm *mm, uint32_t task, enum batch_phase phase)
{
	const struct migration *m = mig_of(mm, task);

	STORE(mm, m->phase, (uint32_t)phase);
	STORE(mm, m->pass, 0);
	begin_pass(mm, m, task, MIG_UNMAPPED);
	if (phase == BATCH_UNDO) { /* takes them from the heads */
		STORE(mm, m->src, NO_PFN);
		STORE(mm, m->dst, NO_PFN);
	}
}

enum mm_quantum batch_over(struct mm *mm, uint32_t task)
{
	const struct migration *m = mig_of(mm, task);

	if (m->no_memory)
		STORE(mm, m->batch_failed, -ENOMEM);
	return QUANTUM_DONE;
}

void batch_count_huge(struct mm *mm, uint32_t task, enum mig_list which,
		      pfn_t end)
{
	const struct migration *m = mig_of(mm, task);
	const struct list *l = mig_list(mm, task, which);
	uint32_t n = 0;

	for (pfn_t p = l->head; p != end; p = list_next(mm, l, 0, p))
		n += mig_is_huge(mm, p);
	STORE(mm, m->nr_thp_failed, m->nr_thp_failed + n);
}

bool batch_another_pass(struct mm *mm, uint32_t task, enum mig_list which)
{
	const struct migration *m = mig_of(mm, task);

	if (m->retry && m->pass + 1 < m->passes) {
		STORE(mm, m->pass, m->pass + 1);
		begin_pass(mm, m, task, which);
		return true;
	}
	STORE(mm, m->batch_failed, m->batch_failed + (int32_t)m->retry);
	STORE(mm, m->nr_failed, m->nr_failed + m->retry_pages);
	batch_count_huge(mm, task, which, NO_PFN);
	return false;
}

void batch_say_again(struct mm *mm, const struct migration *m, pfn_t src)
{
	STORE(mm, m->retry, m->retry + 1);
	STORE(mm, m->retry_pages, m->retry_pages + (1u << mig_order(mm, src)));
}

void batch_count_failed(struct mm *mm, const struct migration *m, pfn_t src,
			uint32_t more)
{
	STORE(mm, m->batch_failed, m->batch_failed + 1);
	STORE(mm, m->nr_failed,
	      m->nr_failed + (1u << mig_order(mm, src)) + more);
	if (mig_is_huge(mm, src))
		STORE(mm, m->nr_thp_failed, m->nr_thp_failed + 1);
}

void batch_drop_gone(struct mm *mm, uint32_t task, enum mig_list list,
		     pfn_t src)
{
	const struct migration *m = mig_of(mm, task);
	const unsigned int order = mig_order(mm, src);

	list_del(mm, mig_list(mm, task, list), 0, src);
	STORE(mm, mm->page[src].b.word, 0);
	STORE(mm, m->nr_succeeded, m->nr_succeeded + (1u << order));
	free_frozen_pages_inside(mm, src, order);
}

enum mm_quantum migrate_batch_step(struct mm *mm, uint32_t task)
{
	switch ((enum batch_phase)mig_of(mm, task)->phase) {
	case BATCH_UNMAP:
		return migrate_unmap_step(mm, task);
	case BATCH_TARGET:
		return migrate_unmap_target(mm, task);
	case BATCH_MOVE:
		return migrate_move_step(mm, task);
	case BATCH_FREE:
		return migrate_free_step(mm, task);
	default:
		return migrate_undo_step(mm, task);
	}
}

/* ---- for those who distrust a record ---- */

bool batch_phase_sane(const struct migration *m)
{
	return m->phase <= BATCH_UNDO && m->waits <= MOST_WAITS &&
	       (m->phase != BATCH_TARGET || m->src != NO_PFN);
}

bool migrate_moves(const struct migration *m)
{
	return m->phase == BATCH_MOVE || m->phase == BATCH_FREE ||
	       m->phase == BATCH_UNDO;
}

bool migrate_frees(const struct migration *m)
{
	return migrate_walks(m) && m->phase == BATCH_FREE;
}
