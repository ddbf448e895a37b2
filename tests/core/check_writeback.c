/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_writeback.c - dirty pages, writes, swap
 */
#include "core/writeback.h"

#include <errno.h>

#include "core/lru_batch.h"
#include "core/swap.h"
#include "core/task.h"

#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

#define ATTR(pfn) (mm->page[pfn].attr)
#define NODE(item) node_page_state(mm, 0, item)
#define FILE_LIST (&mm->st->node[0].lru.list[LRU_INACTIVE_FILE])

/* Frames 0..n-1 are a file's, on its list; n-1 is the newest. */
static void files(int n)
{
	mm = given("MMMM....");
	for (pfn_t p = 0; p < (pfn_t)n; p++)
		folio_add_lru(mm, p);
	lru_add_drain_all(mm);
}

START_TEST(dirty_pages_are_counted_once)
{
	files(2);
	folio_mark_dirty(mm, 0);
	folio_mark_dirty(mm, 0);
	ck_assert_int_eq(NODE(NR_DIRTY), 1);
	ck_assert_int_eq(NODE(NR_DIRTIED), 1);
	ck_assert_int_eq(mm->zone[Z].write_pending, 1);
	folio_clear_dirty(mm, 0);
	ck_assert_int_eq(NODE(NR_DIRTY), 0);
	ck_assert_int_eq(mm->zone[Z].write_pending, 0);
	then_sound(mm);
}
END_TEST

START_TEST(sync_writes_files_and_nothing_else)
{
	files(2);
	mm_set(mm, "schedule", 0, NULL);
	mm_set(mm, "writeback.delay", 5, NULL);
	folio_mark_dirty(mm, 1);
	page_change(mm, 2, PAGE_SWAPBACKED | PAGE_DIRTY, 0);
	ck_assert_int_eq(mm_sync(mm), 1);
	ck_assert_int_eq(ATTR(1) & (PAGE_DIRTY | PAGE_WRITEBACK),
			 PAGE_WRITEBACK);
	ck_assert(ATTR(2) & PAGE_DIRTY);
	ck_assert_int_eq(NODE(NR_DIRTY), 0);
	ck_assert_int_eq(NODE(NR_WRITEBACK), 1);
	ck_assert_int_eq(mm->zone[Z].write_pending, 1);
	ck_assert_uint_eq(next_write_end(mm), 5);
	then_sound(mm);
	mm_tick(mm, 4);
	ck_assert(ATTR(1) & PAGE_WRITEBACK);
	mm_tick(mm, 1);
	ck_assert(!(ATTR(1) & PAGE_WRITEBACK));
	ck_assert_int_eq(NODE(NR_WRITEBACK), 0);
	ck_assert_int_eq(NODE(NR_WRITTEN), 1);
	ck_assert_int_eq(mm->zone[Z].write_pending, 0);
	ck_assert_uint_eq(next_write_end(mm), NEVER);
	then_sound(mm);
}
END_TEST

START_TEST(without_delay_writes_end_at_once)
{
	files(1);
	mm_set(mm, "writeback.delay", 0, NULL);
	folio_mark_dirty(mm, 0);
	mm_sync(mm);
	ck_assert_int_eq(ATTR(0) & (PAGE_DIRTY | PAGE_WRITEBACK), 0);
	ck_assert_int_eq(NODE(NR_WRITTEN), 1);
	then_sound(mm);
}
END_TEST

START_TEST(the_flusher_writes_when_it_is_woken)
{
	files(1);
	folio_mark_dirty(mm, 0);
	wakeup_flusher_threads(mm);
	mm_settle(mm);
	ck_assert(ATTR(0) & PAGE_WRITEBACK);
	ck_assert_uint_eq(mm->task[flusher_task(mm)].state, TASK_IDLE);
	mm_tick(mm, 1);
	ck_assert(!(ATTR(0) & PAGE_WRITEBACK));
	then_sound(mm);
}
END_TEST

START_TEST(more_dirty_pages_than_the_background_limit_wake_the_flusher)
{
	files(1);
	mm_set(mm, "schedule", 0, NULL);
	mm_set(mm, "vm.dirty_background_ratio", 100, NULL);
	mm_set(mm, "vm.dirty_ratio", 100, NULL);
	folio_mark_dirty(mm, 0);
	ck_assert_uint_eq(mm->task[flusher_task(mm)].state, TASK_IDLE);
	mm_set(mm, "vm.dirty_background_ratio", 0, NULL);
	folio_mark_dirty(mm, 1);
	ck_assert_uint_eq(mm->task[flusher_task(mm)].state, TASK_READY);
}
END_TEST

/* R8: 2 1 0 becomes 2 0 1 when page 1 was to be reclaimed. */
START_TEST(a_page_to_be_reclaimed_goes_to_the_tail_when_written)
{
	files(3);
	page_change(mm, 1, PAGE_RECLAIM, 0);
	folio_start_writeback(mm, 1, 3);
	mm_tick(mm, 3);
	ck_assert(!(ATTR(1) & PAGE_RECLAIM));
	/* it waits in a batch of the CPU that got the interrupt */
	ck_assert_uint_eq(mm_lru_batch_at(mm, 0, LRU_MOVE_TAIL, 0), 1);
	ck_assert_uint_eq(FILE_LIST->tail, 0);
	lru_add_drain_all(mm);
	ck_assert_uint_eq(FILE_LIST->tail, 1);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGROTATED], 1);
	then_sound(mm);
}
END_TEST

START_TEST(dirty_again_it_stays_where_it_is)
{
	files(2);
	page_change(mm, 1, PAGE_RECLAIM, 0);
	folio_start_writeback(mm, 1, 1);
	folio_mark_dirty(mm, 1);
	mm_tick(mm, 1);
	ck_assert_uint_eq(mm->st->nr_batched, 0);
	ck_assert(!(ATTR(1) & PAGE_RECLAIM));
}
END_TEST

START_TEST(a_page_that_is_written_cannot_be_freed)
{
	struct mm_error err;

	files(1);
	folio_start_writeback(mm, 0, 1);
	ck_assert_int_eq(mm_free_pages(mm, 0, 0, 0, &err), -EINVAL);
	ck_assert_ptr_nonnull(strstr(err.text, "being written"));
	mm_tick(mm, 1);
	ck_assert_int_eq(mm_free_pages(mm, 0, 0, 0, &err), 0);
	then_sound(mm);
}
END_TEST

/* Sixteen moments are one too many: the last two pages end together. */
START_TEST(a_busy_device_ends_late_never_early)
{
	mm = given("MMMMMMMM MMMMMMMM");
	for (pfn_t p = 0; p < NR_WRITES; p++)
		folio_start_writeback(mm, p, 10 + p);
	then_sound(mm);
	ck_assert_uint_eq(next_write_end(mm), 10);
	mm_tick(mm, 24);
	ck_assert(ATTR(14) & PAGE_WRITEBACK);
	ck_assert(!(ATTR(13) & PAGE_WRITEBACK));
	mm_tick(mm, 1);
	ck_assert(!(ATTR(14) & PAGE_WRITEBACK));
	ck_assert(!(ATTR(15) & PAGE_WRITEBACK));
	ck_assert_int_eq(NODE(NR_WRITTEN), NR_WRITES);
	then_sound(mm);
}
END_TEST

/* ---- swap ---- */

static void anon(void)
{
	mm = given("MMMM....");
	for (pfn_t p = 0; p < 4; p++) {
		page_change(mm, p, PAGE_SWAPBACKED, 0);
		folio_add_lru(mm, p);
	}
	lru_add_drain_all(mm);
}

START_TEST(slots_are_counted)
{
	struct mm_swap_info si;

	anon();
	ck_assert(!swap_usable(mm));
	ck_assert(!folio_alloc_swap(mm, 0));
	ck_assert_int_eq(mm_swap_on(mm, 3, NULL), 0);
	ck_assert(folio_alloc_swap(mm, 0));
	ck_assert_int_eq(ATTR(0) & (PAGE_SWAPCACHE | PAGE_DIRTY),
			 PAGE_SWAPCACHE | PAGE_DIRTY);
	ck_assert(!swap_full(mm)); /* 2 of 3 are free */
	ck_assert(folio_alloc_swap(mm, 1));
	ck_assert(swap_full(mm)); /* 1 of 3 */
	mm_swap_info(mm, &si);
	ck_assert_int_eq(si.total, 3);
	ck_assert_int_eq(si.free, 1);
	ck_assert_int_eq(si.cached, 2);
	ck_assert_int_eq(NODE(NR_FILE_PAGES), 2);
	ck_assert(folio_alloc_swap(mm, 2));
	ck_assert(!folio_alloc_swap(mm, 3));
	ck_assert(folio_free_swap(mm, 1));
	ck_assert(!folio_free_swap(mm, 1));
	ck_assert_int_eq(mm->st->swap_free, 1);
	then_sound(mm);
}
END_TEST

START_TEST(a_page_is_written_to_swap)
{
	anon();
	mm_swap_on(mm, 3, NULL);
	mm_set(mm, "swap.delay", 2, NULL);
	folio_alloc_swap(mm, 0);
	swap_writeout(mm, 0);
	ck_assert_int_eq(ATTR(0) & (PAGE_DIRTY | PAGE_WRITEBACK | PAGE_RECLAIM),
			 PAGE_WRITEBACK | PAGE_RECLAIM);
	ck_assert_uint_eq(mm->st->vm_event[VM_PSWPOUT], 1);
	ck_assert_int_eq(NODE(NR_VMSCAN_WRITE), 1);
	ck_assert_int_eq(NODE(NR_WRITEBACK), 1);
	ck_assert(!folio_free_swap(mm, 0));
	mm_tick(mm, 2);
	ck_assert_int_eq(ATTR(0) & (PAGE_WRITEBACK | PAGE_RECLAIM), 0);
	then_sound(mm);
	/* nobody's: its slot goes with it */
	delete_from_swap_cache(mm, 0, false);
	ck_assert_int_eq(mm->st->swap_free, 3);
	ck_assert_int_eq(NODE(NR_SWAPCACHED), 0);
	then_sound(mm);
}
END_TEST

START_TEST(compressed_memory_writes_at_once)
{
	anon();
	mm_swap_on(mm, 3, NULL);
	mm_set(mm, "swap.delay", 0, NULL);
	folio_alloc_swap(mm, 0);
	lruvec_del_folio(mm, 0); /* reclaim has it isolated */
	swap_writeout(mm, 0);
	ck_assert_int_eq(ATTR(0) & (PAGE_DIRTY | PAGE_WRITEBACK | PAGE_RECLAIM),
			 0);
	ck_assert_uint_eq(mm->st->nr_batched, 0);
	delete_from_swap_cache(mm, 0, true);
	ck_assert_int_eq(mm->st->swap_free, 2); /* a process has the entry */
}
END_TEST

START_TEST(swap_in_use_stays_on)
{
	struct mm_error err;

	anon();
	ck_assert_int_eq(mm_swap_off(mm, &err), -EINVAL);
	ck_assert_int_eq(mm_swap_on(mm, 0, &err), -EINVAL);
	ck_assert_int_eq(mm_swap_on(mm, UINT64_MAX, &err), -EINVAL);
	mm_swap_on(mm, 3, NULL);
	folio_alloc_swap(mm, 0);
	ck_assert_int_eq(mm_swap_off(mm, &err), -EBUSY);
	folio_free_swap(mm, 0);
	ck_assert_int_eq(mm_swap_off(mm, &err), 0);
	ck_assert_int_eq(mm->st->swap_total, 0);
}
END_TEST

/* ---- taking back, and hostile worlds ---- */

START_TEST(writes_and_swap_can_be_taken_back)
{
	struct mm *before;

	files(3);
	mm_set(mm, "schedule", 0, NULL);
	page_change(mm, 1, PAGE_RECLAIM, 0);
	folio_mark_dirty(mm, 1);
	before = mm_clone(mm);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	mm_swap_on(mm, 5, NULL);
	mm_sync(mm);
	mm_tick(mm, 1);
	mm_lru_drain(mm);
	ck_assert_uint_eq(FILE_LIST->tail, 1);
	ck_assert_int_eq(mm_seek(mm, mm_first_moment(mm)), 0);
	ck_assert_int_eq(mm_compare(mm, before), 0);
	mm_destroy(before);
}
END_TEST

START_TEST(a_write_that_does_not_add_up_is_found)
{
	struct mm_broken b;

	files(1);
	folio_start_writeback(mm, 0, 1);
	then_sound(mm);
	page_change(mm, 0, 0, PAGE_WRITEBACK);
	ck_assert_int_ne(mm_check(mm, &b), 0);
	ck_assert_str_eq(b.invariant, "WRITES");
	page_change(mm, 0, PAGE_WRITEBACK, 0);
	STORE(mm, mm->st->write[1].blocks, 2);
	ck_assert_int_ne(mm_check(mm, &b), 0);
	STORE(mm, mm->st->write[1].blocks, 1);
	STORE(mm, mm->st->swap_free, 1);
	ck_assert_int_ne(mm_check(mm, &b), 0);
	ck_assert_str_eq(b.invariant, "SWAP_SLOTS");
	STORE(mm, mm->st->swap_free, 0);
	STORE(mm, mm->st->nr_shadows, 1);
	ck_assert_int_ne(mm_check(mm, &b), 0);
	ck_assert_str_eq(b.invariant, "SHADOWS");
	STORE(mm, mm->st->nr_shadows, 0);
	STORE(mm, mm->st->nr_slabs, MM_MAX_SLABS + 1);
	ck_assert_int_ne(mm_check(mm, &b), 0);
	ck_assert_str_eq(b.invariant, "SLABS");
}
END_TEST

Suite *check_writeback_suite(void);
Suite *check_writeback_suite(void)
{
	Suite *s = suite_create("core/writeback");
	TCase *t = tcase_create("writeback");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, dirty_pages_are_counted_once);
	tcase_add_test(t, sync_writes_files_and_nothing_else);
	tcase_add_test(t, without_delay_writes_end_at_once);
	tcase_add_test(t, the_flusher_writes_when_it_is_woken);
	tcase_add_test(
		t, more_dirty_pages_than_the_background_limit_wake_the_flusher);
	tcase_add_test(t, a_page_to_be_reclaimed_goes_to_the_tail_when_written);
	tcase_add_test(t, dirty_again_it_stays_where_it_is);
	tcase_add_test(t, a_page_that_is_written_cannot_be_freed);
	tcase_add_test(t, a_busy_device_ends_late_never_early);
	tcase_add_test(t, slots_are_counted);
	tcase_add_test(t, a_page_is_written_to_swap);
	tcase_add_test(t, compressed_memory_writes_at_once);
	tcase_add_test(t, swap_in_use_stays_on);
	tcase_add_test(t, writes_and_swap_can_be_taken_back);
	tcase_add_test(t, a_write_that_does_not_add_up_is_found);
	suite_add_tcase(s, t);
	return s;
}
