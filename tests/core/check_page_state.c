/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Single pages of a process: accessed, dirty, pinned, locked, shared.
 */
#include "core/page_state.h"

#include "core/lru_batch.h"
#include "support/procs.h"

static struct mm *mm;
static unsigned int a;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* Four pages of a kind on the LRU lists. */
static void given_pages(enum mm_fault kind)
{
	mm = tiny(true, 10);
	a = process(mm, "a");
	fault(mm, a, kind, 4, 0);
	lru_add_drain_all(mm);
}

static int64_t all(enum mm_page_op op)
{
	const int64_t n = mm_process_pages(mm, a, op, UINT64_MAX, NULL);

	then_sound(mm);
	return n;
}

static pfn_t first_mapped(void)
{
	pfn_t pfn = mm_owner_first(mm, info(mm, a).owner);

	while (!block_mapcount(&mm->page[pfn].b))
		pfn = mm_owner_next(mm, pfn);
	return pfn;
}

START_TEST(a_mapped_page_is_touched_once_by_each_mapping)
{
	struct mm_mappings m;

	given_pages(FAULT_ANON);
	ck_assert_int_eq(all(PAGE_OP_TOUCH), 0); /* young since the fault */
	ck_assert_int_eq(all(PAGE_OP_AGE), 4);
	ck_assert_int_eq(mm_process_pages(mm, a, PAGE_OP_TOUCH, 3, NULL), 3);
	ck_assert_int_eq(mm_process_pages(mm, a, PAGE_OP_TOUCH, 3, NULL), 1);
	ck_assert_int_eq(all(PAGE_OP_SHARE), 4);
	ck_assert_int_eq(all(PAGE_OP_TOUCH), 4);
	mm_mappings(mm, first_mapped(), &m);
	ck_assert_uint_eq(m.mapped, 2);
	ck_assert_uint_eq(m.young, 2);
	ck_assert_uint_eq(info(mm, a).rss_anon, 4);
	ck_assert_int_eq(node_stat(mm, NR_ANON_PAGES), 4);
}
END_TEST

/* Two of the numbers would say page table or huge page: they are left out. */
START_TEST(each_number_of_mappings_is_told_apart)
{
	struct mm_mappings m;
	pfn_t pfn;

	given_pages(FAULT_ANON);
	pfn = first_mapped();
	for (unsigned int n = 2; n <= MM_MAX_MAPCOUNT; n++) {
		ck_assert(page_operate(mm, pfn, PAGE_OP_SHARE));
		page_operate(mm, pfn, PAGE_OP_TOUCH);
		mm_mappings(mm, pfn, &m);
		ck_assert_uint_eq(m.mapped, n);
		ck_assert_uint_eq(m.young, n < MAX_YOUNG ? n : MAX_YOUNG);
		ck_assert(!m.table);
		ck_assert_uint_eq(block_order(&mm->page[pfn].b), 0);
	}
	then_sound(mm);
	ck_assert(!page_operate(mm, pfn, PAGE_OP_SHARE));
	ck_assert(!page_operate(mm, pfn, PAGE_OP_TOUCH));
	ck_assert_int_eq(node_stat(mm, NR_ANON_PAGES), 4);
}
END_TEST

/* R7: referenced since the first read; the second activates. */
START_TEST(a_file_read_twice_is_active)
{
	given_pages(FAULT_READ);
	ck_assert_int_eq(node_stat(mm, NR_INACTIVE_FILE), 4);
	ck_assert_int_eq(all(PAGE_OP_TOUCH), 4);
	lru_add_drain_all(mm);
	ck_assert_int_eq(node_stat(mm, NR_ACTIVE_FILE), 4);
	ck_assert_uint_eq(vm_event(mm, VM_PGACTIVATE), 4);
	/* active: referenced, and no more */
	ck_assert_int_eq(all(PAGE_OP_TOUCH), 4);
	ck_assert_int_eq(all(PAGE_OP_TOUCH), 0);
}
END_TEST

START_TEST(dirty_pages_of_files_are_counted)
{
	given_pages(FAULT_FILE_READ);
	ck_assert_int_eq(mm_process_pages(mm, a, PAGE_OP_DIRTY, 3, NULL), 3);
	ck_assert_int_eq(node_stat(mm, NR_DIRTY), 3);
	ck_assert_int_eq(mm->zone[Z].write_pending, 3);
	ck_assert_int_eq(all(PAGE_OP_DIRTY), 1);
	/* the writing of two begins, and ends when its time has come */
	ck_assert_int_eq(mm_process_pages(mm, a, PAGE_OP_WRITE_BACK, 2, NULL),
			 2);
	then_sound(mm);
	ck_assert_int_eq(node_stat(mm, NR_DIRTY), 2);
	ck_assert_int_eq(node_stat(mm, NR_WRITEBACK), 2);
	mm_tick(mm, mm->st->cfg.writeback_delay);
	ck_assert_int_eq(node_stat(mm, NR_WRITEBACK), 0);
	ck_assert_int_eq(node_stat(mm, NR_WRITTEN), 2);
}
END_TEST

START_TEST(locked_pages_are_unevictable)
{
	given_pages(FAULT_ANON);
	ck_assert_int_eq(mm_process_pages(mm, a, PAGE_OP_LOCK, 3, NULL), 3);
	ck_assert_int_eq(node_stat(mm, NR_UNEVICTABLE), 3);
	ck_assert_int_eq(mm->zone[Z].mlock, 3);
	ck_assert_uint_eq(info(mm, a).locked, 3);
	then_sound(mm);
	ck_assert_int_eq(mm_process_pages(mm, a, PAGE_OP_UNLOCK, 1, NULL), 1);
	ck_assert_int_eq(node_stat(mm, NR_UNEVICTABLE), 2);
	ck_assert_uint_eq(vm_event(mm, VM_UNEVICTABLE_PGS_RESCUED), 1);
	/* R6: freeing clears the mark */
	ck_assert_int_eq(all(PAGE_OP_UNMAP), 4);
	ck_assert_uint_eq(vm_event(mm, VM_UNEVICTABLE_PGS_CLEARED), 2);
	ck_assert_int_eq(mm->zone[Z].mlock, 0);
	ck_assert_uint_eq(info(mm, a).locked, 0);
}
END_TEST

START_TEST(a_pinned_page_outlives_its_mapping)
{
	int64_t before;

	given_pages(FAULT_ANON);
	before = nr_free(mm);
	ck_assert_int_eq(mm_process_pages(mm, a, PAGE_OP_PIN, 1, NULL), 1);
	ck_assert_int_eq(all(PAGE_OP_UNMAP), 4);
	/* three pages and the page table */
	ck_assert_int_eq(nr_free(mm), before + 4);
	ck_assert_int_eq(all(PAGE_OP_UNPIN), 1);
	ck_assert_int_eq(nr_free(mm), before + 5);
	ck_assert_int_eq(node_stat(mm, NR_FOLL_PIN_ACQUIRED), 1);
	ck_assert_int_eq(node_stat(mm, NR_FOLL_PIN_RELEASED), 1);
}
END_TEST

START_TEST(a_shared_page_goes_with_its_last_mapping)
{
	int64_t before;

	given_pages(FAULT_ANON);
	before = nr_free(mm);
	ck_assert_int_eq(mm_process_pages(mm, a, PAGE_OP_SHARE, 1, NULL), 1);
	ck_assert_int_eq(all(PAGE_OP_UNMAP), 4);
	ck_assert_int_eq(nr_free(mm), before + 3);
	ck_assert_int_eq(all(PAGE_OP_UNMAP), 1);
	ck_assert_int_eq(nr_free(mm), before + 5);
}
END_TEST

START_TEST(an_unmapped_file_page_stays_in_the_cache)
{
	given_pages(FAULT_FILE_READ);
	ck_assert_int_eq(all(PAGE_OP_UNMAP), 4);
	ck_assert_int_eq(node_stat(mm, NR_FILE_PAGES), 4);
	ck_assert_int_eq(node_stat(mm, NR_MAPPED), 0);
	ck_assert_uint_eq(info(mm, a).rss_file, 0);
	ck_assert_uint_eq(info(mm, a).pgtables, 0);
}
END_TEST

START_TEST(pages_of_the_kernel_are_not_the_programs)
{
	struct mm_request want = {.gfp = GFP_KERNEL, .nid = -1};
	struct mm_error err = {""};
	pfn_t pfn;

	given_pages(FAULT_ANON);
	want.owner = info(mm, a).owner;
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_int_eq(all(PAGE_OP_PIN), 4);
	ck_assert_int_lt(mm_process_page(mm, a, PAGE_OP_PIN, pfn, &err), 0);
	ck_assert_int_eq(
		mm_process_page(mm, a, PAGE_OP_UNPIN, first_mapped(), &err), 1);
}
END_TEST

Suite *check_page_state_suite(void);
Suite *check_page_state_suite(void)
{
	Suite *s = suite_create("core/page_state");
	TCase *t = tcase_create("page_state");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, a_mapped_page_is_touched_once_by_each_mapping);
	tcase_add_test(t, each_number_of_mappings_is_told_apart);
	tcase_add_test(t, a_file_read_twice_is_active);
	tcase_add_test(t, dirty_pages_of_files_are_counted);
	tcase_add_test(t, locked_pages_are_unevictable);
	tcase_add_test(t, a_pinned_page_outlives_its_mapping);
	tcase_add_test(t, a_shared_page_goes_with_its_last_mapping);
	tcase_add_test(t, an_unmapped_file_page_stays_in_the_cache);
	tcase_add_test(t, pages_of_the_kernel_are_not_the_programs);
	suite_add_tcase(s, t);
	return s;
}
