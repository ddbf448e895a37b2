/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fault.h - page faults, and what read and write system calls need
 *
 * A task that is to get many pages gets them one after the other: a page of
 * page tables if the last one is full, the page, its charge, its mapping.
 * Each is a request of the task, so that it can be left at any quantum; what
 * is still to be done is in the task's record.
 *
 * Models:   do_anonymous_page, do_swap_page, do_read_fault, do_shared_fault
 *           in mm/memory.c; __do_huge_pmd_anonymous_page in
 *           mm/huge_memory.c; filemap_add_folio, generic_perform_write in
 *           mm/filemap.c; pte_alloc_one
 * Left out: read-ahead, the zero page, huge pages other than PMD-sized ones,
 *           upper levels of page tables, copy-on-write, throttled writers
 */
#ifndef CORE_FAULT_H
#define CORE_FAULT_H

#include "core/store.h"

/** What the fault in hand waits for. */
enum fault_step {
	STEP_START,
	STEP_TABLE,
	STEP_PAGE,
	STEP_CHARGE, /* a group has to pay for the page */
	STEP_HUGE,
	STEP_HUGE_CHARGE,
	STEP_DEPOSIT, /* a page table, in case the huge page is split */
	NR_FAULT_STEPS
};

/** Is a page there that is not mapped yet? */
static inline bool fault_has_page(uint32_t step)
{
	return step == STEP_CHARGE || step == STEP_HUGE_CHARGE ||
	       step == STEP_DEPOSIT;
}

/** Pages of the process that are got, or asked for, and not mapped yet. */
uint64_t faults_in_flight(const struct mm *mm, uint32_t process);
/** The task is to get @pages pages; nothing else happens yet. */
void fault_begin(struct mm *mm, uint32_t task, enum mm_fault kind,
		 uint32_t pages, uint32_t flags);
/** One quantum of it. */
enum mm_quantum fault_step(struct mm *mm, uint32_t task);

#endif
