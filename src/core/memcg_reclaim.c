/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * memcg_reclaim.c - reclaim within a group; see memcg.h
 *
 * A run of reclaim.c whose passes look only at pages of the group and of
 * those below it.
 *
 * Models:   try_to_free_mem_cgroup_pages in mm/vmscan.c; P35.4, P37
 * Left out: reclaim that a user asks for (memory.reclaim)
 */
#include "core/gfp_masks.h"
#include "core/memcg.h"
#include "core/reclaim.h"
#include "core/task.h"
#include "core/vmscan.h"
#include "core/zonelist.h"

/* Of what the task asked with, this matters; any zone will do. */
#define GFP_RECLAIM_MASK                                                       \
	((gfp_t)(GFP_RECLAIM | GFP_BIT_HIGH | GFP_BIT_IO | GFP_BIT_FS |        \
		 GFP_BIT_NOWARN | GFP_BIT_RETRY_MAYFAIL | GFP_BIT_NOFAIL |     \
		 GFP_BIT_NORETRY | GFP_BIT_MEMALLOC | GFP_BIT_NOMEMALLOC))

/* From the node of the CPU on: all nodes. */
static void prepare(const struct mm *mm, gfp_t gfp, struct alloc_context *ac)
{
	const struct mm_request want = {.gfp = gfp, .cpu = mm->cpu, .nid = -1};

	prepare_alloc(mm, &want, ac);
}

static struct scan_control run_for(const struct mm *mm, uint32_t task,
				   uint32_t group, int64_t nr, gfp_t gfp)
{
	gfp = gfp_context(mm->task[task].flags, gfp) & GFP_RECLAIM_MASK;
	return (struct scan_control){
		.task = task,
		.gfp = gfp | (GFP_HIGHUSER_MOVABLE & ~GFP_RECLAIM_MASK),
		.reclaim_index = MAX_NR_ZONES - 1,
		.priority = DEF_PRIORITY,
		.nr_to_reclaim = nr > SWAP_CLUSTER_MAX ? nr : SWAP_CLUSTER_MAX,
		.flags = SCAN_MAY_WRITE | SCAN_MAY_UNMAP | SCAN_MAY_SWAP,
		.group = group,
		.set = group,
	};
}

void memcg_reclaim_begin(struct mm *mm, uint32_t task, uint32_t group,
			 int64_t nr, gfp_t gfp)
{
	struct scan_control sc = run_for(mm, task, group, nr, gfp);

	reclaim_begin(mm, task, &sc);
}

enum mm_quantum memcg_reclaim_step(struct mm *mm, uint32_t task)
{
	struct alloc_context ac;

	prepare(mm, mm->task[task].sc.gfp, &ac);
	return direct_reclaim_step(mm, task, &ac);
}

int64_t memcg_reclaim(struct mm *mm, uint32_t task, uint32_t group, int64_t nr)
{
	struct scan_control sc = run_for(mm, task, group, nr, GFP_KERNEL);
	struct alloc_context ac;

	prepare(mm, sc.gfp, &ac);
	return reclaim_at_once(mm, &ac, &sc);
}
