/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * migrate_target.c - where a page that moves goes to
 *
 * Compaction brings free pages of its own.  For everybody else the target is
 * a request like any other, which may reclaim and sleep; the ladder of the
 * task says how far it is.
 *
 * Models:   alloc_migration_target in mm/migrate.c; contig-cma-hotplug.md 8.8
 * Left out: the slow path for a large page: it would compact, in the middle
 *           of moving pages
 */
#include "core/ask.h"
#include "core/compact_control.h"
#include "core/frame.h"
#include "core/gfp_masks.h"
#include "core/migrate.h"
#include "core/task.h"

static bool of_compaction(const struct mm *mm, uint32_t task)
{
	return mm->task[task].mig.reason == MR_COMPACTION;
}

/* ---- asked for ---- */

static gfp_t target_gfp(const struct mm *mm, const struct migration *m,
			pfn_t src)
{
	gfp_t gfp = m->target_gfp | GFP_BIT_COMP;

	if (block_order(&mm->page[src].b))
		gfp = (gfp & ~GFP_RECLAIM) | GFP_TRANSHUGE;
	if (zone_idx(page_zone(mm, src)) == ZONE_MOVABLE)
		gfp |= GFP_BIT_HIGHMEM;
	return gfp;
}

static enum mm_quantum target_step(struct mm *mm, uint32_t task, pfn_t src,
				   pfn_t *dst)
{
	const struct migration *m = &mm->task[task].mig;
	const struct mm_request want = {
		.gfp = target_gfp(mm, m, src),
		.order = (uint16_t)block_order(&mm->page[src].b),
		.cpu = mm->cpu,
		.nid = (int16_t)m->target_nid,
		.caller = (uint16_t)task_caller(mm, task),
	};

	const enum mm_quantum q =
		ask_step(mm, task, &want, m->target_nodes, !want.order, dst);

	if (q != QUANTUM_DONE || *dst == NO_PFN)
		return q;
	pageblock_touch(mm, *dst);
	STORE(mm, mm->page[*dst].b.word,
	      block_word(BLOCK_TARGET, want.order, 0, 0));
	return QUANTUM_DONE;
}

/* ---- compaction's ---- */

static enum mm_quantum find_step(struct mm *mm, uint32_t task, pfn_t src,
				 pfn_t *dst)
{
	const struct compact_control *cc = cc_of(mm, task);
	const unsigned int order = block_order(&mm->page[src].b);

	if (cc->fscan.step == FREE_IDLE) {
		*dst = compaction_alloc(mm, task, order);
		if (*dst != NO_PFN)
			return QUANTUM_DONE;
		isolate_freepages_begin(mm, task);
		return QUANTUM_AGAIN;
	}
	if (isolate_freepages_step(mm, task))
		return QUANTUM_AGAIN;
	STORE(mm, cc->fscan.step, (uint32_t)FREE_IDLE);
	*dst = compaction_alloc(mm, task, order);
	return QUANTUM_DONE;
}

/* ---- both ---- */

void migrate_target_begin(struct mm *mm, uint32_t task)
{
	if (of_compaction(mm, task))
		STORE(mm, cc_of(mm, task)->fscan.step, (uint32_t)FREE_IDLE);
	else
		ask_begin(mm, task);
}

enum mm_quantum migrate_target_step(struct mm *mm, uint32_t task, pfn_t src,
				    pfn_t *dst)
{
	return of_compaction(mm, task) ? find_step(mm, task, src, dst)
				       : target_step(mm, task, src, dst);
}

void migrate_target_free(struct mm *mm, uint32_t task, pfn_t dst)
{
	const unsigned int order = block_order(&mm->page[dst].b);

	if (of_compaction(mm, task)) {
		compaction_free(mm, task, dst);
		return;
	}
	STORE(mm, mm->page[dst].b.word, 0);
	free_frozen_pages_inside(mm, dst, order);
}
