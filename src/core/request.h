/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * request.h - a request of a task, quantum by quantum
 *
 * What the caller's task, process, cpuset and policy make of it, then fast
 * path, slow path and the end.
 *
 * Models:   __alloc_frozen_pages, prepare_alloc_pages, current_gfp_context
 *           in mm/page_alloc.c and include/linux/sched/mm.h; P1, P2, G15, G16
 * Keeps:    REQUESTS (check_requests.c)
 */
#ifndef CORE_REQUEST_H
#define CORE_REQUEST_H

#include "core/gfp.h"

/** The task has a request in hand; nothing else happens yet. */
void request_begin(struct mm *mm, uint32_t task, const struct mm_request *want);
/**
 * The same for a fault at page @index of its area: an interleaving policy
 * goes by the place, and a huge page (order pmd_order) is first tried for on
 * the nearest node.
 */
void request_begin_fault(struct mm *mm, uint32_t task,
			 const struct mm_request *want, uint64_t index);
enum mm_quantum request_step(struct mm *mm, uint32_t task);
/** All of it at once, others running while it sleeps; the page or NO_PFN. */
pfn_t request_run(struct mm *mm, uint32_t task, const struct mm_request *want);
pfn_t request_run_fault(struct mm *mm, uint32_t task,
			const struct mm_request *want, uint64_t index);

#endif
