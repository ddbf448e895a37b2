/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Page faults: what is asked for, in which order, and where it ends.  In the
 * tiny world a page of page tables maps 16 pages, and a huge page has 16.
 */
#include "core/fault.h"

#include <errno.h>
#include <string.h>

#include "core/evict.h"
#include "core/lru_batch.h"
#include "core/rmap.h"
#include "core/swap.h"
#include "support/procs.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* Masks of the requests on the tape, from the @first. */
static gfp_t asked(unsigned int nth)
{
	for (uint64_t i = mm_first_moment(mm) + 1; i <= mm_last_moment(mm);
	     i++) {
		const struct mm_event *ev = mm_event(mm, i);

		if (ev->type == EV_mm_page_alloc && nth-- == 0)
			return (gfp_t)ev->arg[3];
	}
	return NO_GFP;
}

START_TEST(the_page_table_comes_before_the_page)
{
	unsigned int a;

	mm = tiny(true, 0);
	a = process(mm, "a");
	mm_record(mm, MM_RECORD_TAPE);
	ck_assert_uint_eq(fault(mm, a, FAULT_ANON, 17, 0), 17);
	/* GFP_KERNEL_ACCOUNT|ZERO; then GFP_HIGHUSER_MOVABLE|ZERO */
	ck_assert_uint_eq(asked(0), 0x400dc0);
	ck_assert_uint_eq(asked(1), 0x100dca);
	ck_assert_uint_eq(asked(16), 0x100dca);
	ck_assert_uint_eq(asked(17), 0x400dc0);
	ck_assert_uint_eq(asked(18), 0x100dca);
	ck_assert_uint_eq(nr_events(mm, EV_mm_page_alloc), 19);
	ck_assert_uint_eq(info(mm, a).rss_anon, 17);
	ck_assert_uint_eq(info(mm, a).pgtables, 2);
	ck_assert_int_eq(node_stat(mm, NR_PAGE_TABLE_PAGES), 2);
	ck_assert_int_eq(node_stat(mm, NR_ANON_PAGES), 17);
	ck_assert_uint_eq(vm_event(mm, VM_PGFAULT), 17);
	ck_assert_uint_eq(vm_event(mm, VM_PGMAJFAULT), 0);
	then_sound(mm);
}
END_TEST

/* R4: in the batch until it is full; then inactive, the newest at the head. */
START_TEST(new_anonymous_pages_are_young_and_inactive)
{
	struct mm_mappings m;
	unsigned int a;
	pfn_t head;

	mm = tiny(true, 0);
	a = process(mm, "a");
	fault(mm, a, FAULT_ANON, LRU_BATCH - 1, 0);
	ck_assert_int_eq(node_stat(mm, NR_INACTIVE_ANON), 0);
	fault(mm, a, FAULT_ANON, 1, 0);
	ck_assert_int_eq(node_stat(mm, NR_INACTIVE_ANON), LRU_BATCH);
	head = mm->st->node[0].lru.list[LRU_INACTIVE_ANON].head;
	ck_assert_uint_eq(head, mm->task[task_of_process(mm, a)].result);
	mm_mappings(mm, head, &m);
	ck_assert_uint_eq(m.mapped, 1);
	ck_assert_uint_eq(m.young, 1);
	ck_assert(!(mm->page[head].attr & (PAGE_ACTIVE | PAGE_DIRTY)));
	then_sound(mm);
}
END_TEST

START_TEST(a_file_that_is_read_is_in_the_page_cache_only)
{
	unsigned int a;

	mm = tiny(true, 0);
	a = process(mm, "a");
	mm_record(mm, MM_RECORD_TAPE);
	ck_assert_uint_eq(fault(mm, a, FAULT_READ, 3, 0), 3);
	ck_assert_uint_eq(asked(0), GFP_HIGHUSER_MOVABLE);
	ck_assert_uint_eq(info(mm, a).rss_file, 0);
	ck_assert_uint_eq(info(mm, a).pgtables, 0);
	ck_assert_int_eq(node_stat(mm, NR_FILE_PAGES), 3);
	ck_assert_int_eq(node_stat(mm, NR_MAPPED), 0);
	ck_assert_uint_eq(vm_event(mm, VM_PGFAULT), 0);
	lru_add_drain_all(mm);
	ck_assert_int_eq(node_stat(mm, NR_INACTIVE_FILE), 3);
	then_sound(mm);
}
END_TEST

START_TEST(a_file_that_is_written_is_dirty)
{
	unsigned int a;

	mm = tiny(true, 0);
	a = process(mm, "a");
	mm_record(mm, MM_RECORD_TAPE);
	ck_assert_uint_eq(fault(mm, a, FAULT_WRITE, 2, 0), 2);
	ck_assert_uint_eq(asked(0), GFP_HIGHUSER_MOVABLE | GFP_BIT_WRITE);
	ck_assert_int_eq(node_stat(mm, NR_DIRTY), 2);
	ck_assert_int_eq(node_stat(mm, NR_DIRTIED), 2);
	ck_assert_int_eq(mm->zone[Z].write_pending, 2);
	then_sound(mm);
}
END_TEST

/* Freed by hand, a page leaves its cache: in a batch or on its list. */
START_TEST(what_is_freed_is_not_cached)
{
	struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE, .nid = 0, .attr = PAGE_LRU};
	unsigned int a;
	uint16_t owner;
	pfn_t pfn;

	mm = tiny(true, 0);
	a = process(mm, "a");
	owner = (uint16_t)mm->process[a].owner;
	ck_assert_uint_eq(fault(mm, a, FAULT_WRITE, 2, 0), 2);
	for (int left = 1; left >= 0; left--) {
		ck_assert_int_eq(mm_free_pages(mm, mm_owner_first(mm, owner), 0,
					       0, NULL),
				 0);
		ck_assert_int_eq(node_stat(mm, NR_FILE_PAGES), left);
		ck_assert_int_eq(node_stat(mm, NR_DIRTY), left);
		ck_assert_int_eq(mm->zone[Z].write_pending, left);
		then_sound(mm);
		mm_lru_drain(mm);
	}
	/* and what was put on a list without a fault has come the same way */
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_int_eq(node_stat(mm, NR_FILE_PAGES), 1);
	ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
	ck_assert_int_eq(node_stat(mm, NR_FILE_PAGES), 0);
	then_sound(mm);
}
END_TEST

/* In the swap cache, unmapped: its slot is still the process's. */
START_TEST(what_is_freed_is_not_in_the_swap_cache)
{
	unsigned int a;
	pfn_t pfn;

	mm = tiny(true, 0);
	a = process(mm, "a");
	ck_assert_int_eq(mm_swap_on(mm, 4, NULL), 0);
	ck_assert_uint_eq(fault(mm, a, FAULT_ANON, 1, 0), 1);
	mm_lru_drain(mm);
	pfn = mm_owner_first(mm, (uint16_t)mm->process[a].owner);
	while (!(mm->page[pfn].attr & PAGE_SWAPBACKED))
		pfn = mm_owner_next(mm, pfn);
	op_enter(mm);
	ck_assert(folio_alloc_swap(mm, pfn));
	page_try_to_unmap(mm, pfn);
	op_leave(mm);
	ck_assert_int_eq(node_stat(mm, NR_SWAPCACHED), 1);
	ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
	ck_assert_int_eq(node_stat(mm, NR_SWAPCACHED), 0);
	ck_assert_int_eq(node_stat(mm, NR_FILE_PAGES), 0);
	ck_assert_int_eq(mm->st->swap_free, 3);
	ck_assert_uint_eq(info(mm, a).swapents, 1);
	then_sound(mm);
}
END_TEST

START_TEST(a_mapped_file_counts_as_the_processs)
{
	unsigned int a;

	mm = tiny(true, 0);
	a = process(mm, "a");
	ck_assert_uint_eq(fault(mm, a, FAULT_FILE_READ, 3, 0), 3);
	ck_assert_uint_eq(fault(mm, a, FAULT_FILE_WRITE, 2, 0), 2);
	ck_assert_uint_eq(info(mm, a).rss_file, 5);
	ck_assert_uint_eq(info(mm, a).pgtables, 1);
	ck_assert_int_eq(node_stat(mm, NR_MAPPED), 5);
	ck_assert_int_eq(node_stat(mm, NR_DIRTY), 2);
	ck_assert_uint_eq(vm_event(mm, VM_PGMAJFAULT), 5);
	then_sound(mm);
}
END_TEST

START_TEST(a_huge_page_brings_a_table_along)
{
	unsigned int a;

	mm = tiny(true, 0);
	a = process(mm, "a");
	mm_record(mm, MM_RECORD_TAPE);
	ck_assert_uint_eq(fault(mm, a, FAULT_HUGE, 33, FAULT_MADVISED), 33);
	/* GFP_TRANSHUGE|ZERO on the nearest node first, P39 */
	ck_assert_uint_eq(asked(0) & 0x1c24ca, 0x1c24ca);
	ck_assert_uint_eq(asked(1), 0x400dc0);
	ck_assert_uint_eq(vm_event(mm, VM_THP_FAULT_ALLOC), 2);
	ck_assert_uint_eq(vm_event(mm, VM_THP_FAULT_FALLBACK), 0);
	/* the rest is less than a huge page */
	ck_assert_uint_eq(info(mm, a).rss_anon, 33);
	ck_assert_uint_eq(info(mm, a).pgtables, 3);
	ck_assert_int_eq(node_stat(mm, NR_ANON_TRANSPARENT_HUGEPAGES), 32);
	ck_assert_int_eq(node_stat(mm, NR_INACTIVE_ANON), 32);
	then_sound(mm);
}
END_TEST

/* As the switch says, and whether it was asked for: G40. */
START_TEST(a_huge_page_is_asked_for_as_the_switch_says)
{
	static const gfp_t rows[5][2] = {/* not madvised, madvised */
					 {0x1d24ca, 0x1c24ca},
					 {0x1c28ca, 0x1c28ca},
					 {0x1c28ca, 0x1c24ca},
					 {0x1c20ca, 0x1c24ca},
					 {0x1c20ca, 0x1c20ca}};
	const gfp_t local = GFP_BIT_THISNODE | GFP_BIT_NORETRY;
	unsigned int a;

	for (int i = 0; i < 10; i++) {
		mm = tiny(true, 0);
		a = process(mm, "a");
		ck_assert_int_eq(
			mm_set(mm, "transparent_hugepage.defrag", i / 2, NULL),
			0);
		mm_record(mm, MM_RECORD_TAPE);
		fault(mm, a, FAULT_HUGE, 16, i % 2 ? FAULT_MADVISED : 0);
		ck_assert_uint_eq(asked(0),
				  rows[i / 2][i % 2] | GFP_BIT_ZERO | local);
		mm_destroy(mm);
	}
	mm = tiny(true, 0);
	ck_assert_int_ne(mm_set(mm, "transparent_hugepage.defrag", 5, NULL), 0);
}
END_TEST

/* No block of 4 is free: small pages for the whole of its place. */
START_TEST(without_a_huge_page_small_ones_do)
{
	unsigned int a;

	mm = given("M... M... M... M...");
	ck_assert_uint_eq(mm_pmd_order(mm), 2);
	a = process(mm, "a");
	ck_assert_uint_eq(fault(mm, a, FAULT_HUGE, 7, 0), 7);
	ck_assert_uint_eq(vm_event(mm, VM_THP_FAULT_ALLOC), 0);
	/* one refusal, not four */
	ck_assert_uint_eq(vm_event(mm, VM_THP_FAULT_FALLBACK), 1);
	ck_assert_uint_eq(info(mm, a).rss_anon, 7);
	ck_assert_uint_eq(info(mm, a).pgtables, 2);
	then_sound(mm);
}
END_TEST

/* P39: the nearest node without much ado, then as asked, then small ones. */
START_TEST(a_madvised_huge_page_is_asked_for_twice)
{
	const gfp_t local = GFP_BIT_THISNODE | GFP_BIT_NORETRY;
	unsigned int a;

	/* order 4: not one of those that somebody is killed for */
	mm = given("M............... M...............");
	a = process(mm, "a");
	mm_record(mm, MM_RECORD_TAPE);
	ck_assert_uint_eq(fault(mm, a, FAULT_HUGE, 16, FAULT_MADVISED), 16);
	ck_assert_uint_eq(asked(0), 0x1c25ca | local);
	ck_assert_uint_eq(asked(1), 0x1c25ca);
	ck_assert_uint_eq(asked(2), 0x400dc0);
	ck_assert_uint_eq(asked(3), 0x100dca);
	ck_assert_uint_eq(vm_event(mm, VM_THP_FAULT_FALLBACK), 1);
	then_sound(mm);
}
END_TEST

START_TEST(what_was_swapped_out_comes_back)
{
	unsigned int a;

	mm = tiny(true, 10);
	a = process(mm, "a");
	fault(mm, a, FAULT_ANON, 4, 0);
	STORE(mm, mm->process[a].swapents, 3);
	STORE(mm, mm->st->swap_free, 7);
	then_sound(mm);
	ck_assert_uint_eq(fault(mm, a, FAULT_SWAP, 9, 0), 3);
	ck_assert_uint_eq(info(mm, a).rss_anon, 7);
	ck_assert_uint_eq(info(mm, a).swapents, 0);
	ck_assert_int_eq(mm->st->swap_free, 10);
	ck_assert_uint_eq(vm_event(mm, VM_PSWPIN), 3);
	ck_assert_uint_eq(vm_event(mm, VM_PGMAJFAULT), 3);
	then_sound(mm);
}
END_TEST

START_TEST(what_is_still_in_the_swap_cache_is_only_mapped)
{
	unsigned int a;
	pfn_t pfn;

	mm = tiny(true, 10);
	a = process(mm, "a");
	fault(mm, a, FAULT_ANON, 1, 0);
	pfn = mm->task[task_of_process(mm, a)].result;
	mm_process_page(mm, a, PAGE_OP_SHARE, pfn, NULL);
	ck_assert_uint_eq(page_unmap_all(mm, pfn), 2);
	STORE(mm, mm->page[pfn].attr, mm->page[pfn].attr | PAGE_SWAPCACHE);
	STORE(mm, mm->process[a].swapents, 1);
	STORE(mm, mm->st->swap_free, 9);
	then_sound(mm);
	ck_assert_uint_eq(fault(mm, a, FAULT_SWAP, 1, 0), 1);
	ck_assert_uint_eq(info(mm, a).rss_anon, 1);
	ck_assert_int_eq(mm->st->swap_free, 9);
	ck_assert_uint_eq(vm_event(mm, VM_PSWPIN), 0);
	ck_assert_uint_eq(vm_event(mm, VM_PGMAJFAULT), 0);
	then_sound(mm);
}
END_TEST

/* Nobody can be killed and nothing reclaimed: the fault is refused. */
START_TEST(a_refused_fault_is_an_answer)
{
	const struct mm_process want = {.name = "init", .init = true, .uid = 0};
	struct mm_fault_info fi;
	struct mm_process_info before;
	unsigned int init, task;

	mm = tiny(true, 0);
	init = (unsigned int)mm_process_new(mm, &want, NULL);
	task = task_of_process(mm, init);
	ck_assert_uint_lt(fault(mm, init, FAULT_ANON, 1000, 0), 256);
	before = info(mm, init);
	mm_fault_info(mm, task, &fi);
	ck_assert_int_ne(fi.result, REASON_SERVED);
	ck_assert_uint_eq(fi.done, before.rss_anon);
	then_sound(mm);
	ck_assert_uint_eq(fault(mm, init, FAULT_ANON, 1, 0), 0);
	ck_assert_uint_eq(info(mm, init).rss_anon, before.rss_anon);
	ck_assert_uint_eq(info(mm, init).pgtables, before.pgtables);
	then_sound(mm);
}
END_TEST

/* Quantum by quantum or all at once: the same world. */
START_TEST(stepping_is_running)
{
	struct mm *other;
	unsigned int a, task;
	enum mm_quantum q = QUANTUM_AGAIN;
	int quanta = 0;

	mm = tiny(false, 0);
	a = process(mm, "a");
	task = task_of_process(mm, a);
	other = mm_clone(mm);
	fault(other, a, FAULT_HUGE, 53, FAULT_MADVISED);
	ck_assert_int_eq(
		mm_fault(mm, task, FAULT_HUGE, 53, FAULT_MADVISED, NULL), 0);
	while (q != QUANTUM_DONE) {
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
		then_sound(mm);
		quanta++;
	}
	ck_assert_int_gt(quanta, 8);
	ck_assert_int_eq(mm_compare(mm, other), 0);
	mm_destroy(other);
}
END_TEST

START_TEST(a_task_does_one_thing_at_a_time)
{
	const struct mm_request want = {.gfp = GFP_KERNEL, .nid = -1};
	struct mm_error err = {""};
	unsigned int a, task;

	mm = tiny(false, 0);
	a = process(mm, "a");
	task = task_of_process(mm, a);
	ck_assert_int_eq(mm_fault(mm, task, FAULT_ANON, 2, 0, &err), 0);
	ck_assert_int_eq(mm_fault(mm, task, FAULT_ANON, 2, 0, &err), -EBUSY);
	ck_assert_int_eq(mm_task_request(mm, task, &want, &err), -EBUSY);
	ck_assert_int_eq(mm_fault(mm, 0, FAULT_ANON, 2, 0, &err), -EINVAL);
	ck_assert_int_eq(mm_fault(mm, 99, FAULT_ANON, 2, 0, &err), -EINVAL);
	ck_assert_int_eq(mm_task_finish(mm, task, &err), 0);
	ck_assert_int_eq(mm_fault(mm, task, FAULT_ANON, 0, 0, &err), -EINVAL);
	ck_assert_int_eq(mm_fault(mm, task, NR_FAULTS, 1, 0, &err), -EINVAL);
}
END_TEST

START_TEST(faults_can_be_taken_back)
{
	uint64_t before;
	unsigned int a;

	mm = tiny(true, 0);
	a = process(mm, "a");
	mm_record(mm, MM_RECORD_TAPE);
	before = mm_hash(mm);
	fault(mm, a, FAULT_HUGE, 40, FAULT_MADVISED);
	fault(mm, a, FAULT_FILE_WRITE, 40, 0);
	ck_assert_int_eq(mm_seek(mm, 0), 0);
	ck_assert_uint_eq(mm_hash(mm), before);
	ck_assert_int_eq(mm_seek(mm, mm_last_moment(mm)), 0);
	ck_assert_uint_eq(info(mm, a).rss_file, 40);
	then_sound(mm);
}
END_TEST

Suite *check_fault_suite(void);
Suite *check_fault_suite(void)
{
	Suite *s = suite_create("core/fault");
	TCase *t = tcase_create("fault");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, the_page_table_comes_before_the_page);
	tcase_add_test(t, new_anonymous_pages_are_young_and_inactive);
	tcase_add_test(t, a_file_that_is_read_is_in_the_page_cache_only);
	tcase_add_test(t, a_file_that_is_written_is_dirty);
	tcase_add_test(t, what_is_freed_is_not_cached);
	tcase_add_test(t, what_is_freed_is_not_in_the_swap_cache);
	tcase_add_test(t, a_mapped_file_counts_as_the_processs);
	tcase_add_test(t, a_huge_page_brings_a_table_along);
	tcase_add_test(t, a_huge_page_is_asked_for_as_the_switch_says);
	tcase_add_test(t, without_a_huge_page_small_ones_do);
	tcase_add_test(t, a_madvised_huge_page_is_asked_for_twice);
	tcase_add_test(t, what_was_swapped_out_comes_back);
	tcase_add_test(t, what_is_still_in_the_swap_cache_is_only_mapped);
	tcase_add_test(t, a_refused_fault_is_an_answer);
	tcase_add_test(t, stepping_is_running);
	tcase_add_test(t, a_task_does_one_thing_at_a_time);
	tcase_add_test(t, faults_can_be_taken_back);
	suite_add_tcase(s, t);
	return s;
}
