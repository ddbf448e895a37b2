/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_lru_batch.c - pages on their way to an LRU list
 */
#include "core/lru_batch.h"

#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static bool on_list(pfn_t pfn)
{
	return mm->page[pfn].attr & PAGE_LRU;
}

START_TEST(thirty_pages_wait_and_the_thirty_first_sends_all)
{
	mm = given("MMMMMMMM MMMMMMMM MMMMMMMM MMMMMMMM");
	for (pfn_t p = 0; p < LRU_BATCH - 1; p++)
		folio_add_lru(mm, p);
	ck_assert(!on_list(0));
	ck_assert_int_eq(mm->zone[Z].lru[LRU_INACTIVE_FILE], 0);
	then_sound(mm);
	folio_add_lru(mm, LRU_BATCH - 1);
	ck_assert_int_eq(mm->zone[Z].lru[LRU_INACTIVE_FILE], LRU_BATCH);
	/* the last one is the newest */
	ck_assert_uint_eq(mm->st->node[0].lru.list[LRU_INACTIVE_FILE].head,
			  LRU_BATCH - 1);
	then_sound(mm);
}
END_TEST

START_TEST(a_drain_sends_what_waits)
{
	mm = given("MM..");
	folio_add_lru(mm, 0);
	lru_add_drain_cpu(mm, 0);
	ck_assert(on_list(0));
	ck_assert(!on_list(1));
	lru_add_drain_all(mm);
	ck_assert_uint_eq(mm->st->nr_batched, 0);
	then_sound(mm);
}
END_TEST

START_TEST(with_batching_off_nobody_waits)
{
	mm = given("MMM.");
	folio_add_lru(mm, 0);
	lru_cache_disable(mm);
	ck_assert(on_list(0));
	folio_add_lru(mm, 1);
	ck_assert(on_list(1));
	then_sound(mm);
	lru_cache_enable(mm);
	folio_add_lru(mm, 2);
	ck_assert(!on_list(2));
	then_sound(mm);
}
END_TEST

START_TEST(a_freed_page_is_forgotten)
{
	mm = given("MMM.");
	for (pfn_t p = 0; p < 3; p++)
		folio_add_lru(mm, p);
	ck_assert_int_eq(mm_free_pages(mm, 1, 0, 0, NULL), 0);
	then_sound(mm);
	lru_add_drain_all(mm);
	ck_assert(on_list(0) && on_list(2));
	ck_assert_int_eq(mm->zone[Z].lru[LRU_INACTIVE_FILE], 2);
	then_sound(mm);
}
END_TEST

START_TEST(a_page_that_waits_twice_is_found)
{
	struct mm_broken b;

	mm = given("MM..");
	folio_add_lru(mm, 0);
	folio_add_lru(mm, 0);
	ck_assert_int_ne(mm_check(mm, &b), 0);
	ck_assert_str_eq(b.invariant, "LRU_BATCHES");
}
END_TEST

/* ---- the other batches ---- */

#define ATTR(pfn) (mm->page[pfn].attr)
#define LIST(which) (&mm->st->node[0].lru.list[which])
#define EVENTS(name) ((unsigned int)mm->st->vm_event[VM_##name])

/* Frames 0 to 3 are on a list with these attributes; 3 is the newest. */
static void four(uint16_t attr)
{
	mm = given("MMMM....");
	for (pfn_t p = 0; p < 4; p++) {
		page_change(mm, p, attr, 0);
		folio_add_lru(mm, p);
	}
	lru_add_drain_all(mm);
}

/* R7: referenced first, then active, then referenced again. */
START_TEST(the_second_access_activates)
{
	four(0);
	folio_mark_accessed(mm, 0);
	ck_assert_int_eq(ATTR(0), PAGE_LRU | PAGE_REFERENCED);
	folio_mark_accessed(mm, 0);
	ck_assert_int_eq(ATTR(0), PAGE_LRU);
	ck_assert_uint_eq(mm->batch[0].nr[LRU_ACTIVATE], 1);
	ck_assert_uint_eq(mm->st->node[0].lru.nonresident_age, 1);
	then_sound(mm);
	lru_add_drain(mm);
	ck_assert_int_eq(ATTR(0), PAGE_LRU | PAGE_ACTIVE);
	ck_assert_uint_eq(EVENTS(PGACTIVATE), 1);
	folio_mark_accessed(mm, 0);
	folio_mark_accessed(mm, 0);
	ck_assert_int_eq(ATTR(0), PAGE_LRU | PAGE_ACTIVE | PAGE_REFERENCED);
	then_sound(mm);
}
END_TEST

START_TEST(a_page_not_added_yet_is_added_as_active)
{
	mm = given("MM..");
	folio_add_lru(mm, 1);
	folio_mark_accessed(mm, 1);
	folio_mark_accessed(mm, 1);
	lru_add_drain(mm);
	ck_assert_uint_eq(LIST(LRU_ACTIVE_FILE)->head, 1);
	ck_assert_uint_eq(EVENTS(PGACTIVATE), 0);
	then_sound(mm);
}
END_TEST

/* R6 */
START_TEST(a_locked_page_joins_the_unevictable)
{
	mm = given("MM..");
	page_change(mm, 0, PAGE_MLOCKED | PAGE_SWAPBACKED, 0);
	folio_add_lru(mm, 0);
	lru_add_drain(mm);
	ck_assert_uint_eq(LIST(LRU_UNEVICTABLE)->head, 0);
	ck_assert_uint_eq(EVENTS(UNEVICTABLE_PGS_CULLED), 1);
	folio_mark_accessed(mm, 0);
	folio_mark_accessed(mm, 0);
	ck_assert_uint_eq(mm->st->nr_batched, 0);
	then_sound(mm);
}
END_TEST

START_TEST(clean_files_go_to_the_tail_when_deactivated)
{
	four(PAGE_ACTIVE | PAGE_REFERENCED);
	deactivate_file_folio(mm, 2);
	deactivate_file_folio(mm, 3);
	lru_add_drain(mm);
	ck_assert_int_eq(ATTR(2), PAGE_LRU);
	ck_assert_uint_eq(LIST(LRU_INACTIVE_FILE)->tail, 3);
	ck_assert_uint_eq(EVENTS(PGROTATED), 2);
	ck_assert_uint_eq(EVENTS(PGDEACTIVATE), 2);
	then_sound(mm);
}
END_TEST

START_TEST(dirty_files_go_to_the_head_and_follow_later)
{
	four(0);
	page_change(mm, 1, PAGE_DIRTY, 0);
	deactivate_file_folio(mm, 1);
	lru_add_drain(mm);
	ck_assert_uint_eq(LIST(LRU_INACTIVE_FILE)->head, 1);
	ck_assert(ATTR(1) & PAGE_RECLAIM);
	ck_assert_uint_eq(EVENTS(PGROTATED) + EVENTS(PGDEACTIVATE), 0);
	then_sound(mm);
}
END_TEST

START_TEST(active_pages_can_be_deactivated)
{
	four(PAGE_ACTIVE | PAGE_SWAPBACKED);
	folio_deactivate(mm, 0);
	lru_add_drain(mm);
	ck_assert_uint_eq(LIST(LRU_INACTIVE_ANON)->head, 0);
	ck_assert_uint_eq(EVENTS(PGDEACTIVATE), 1);
	folio_deactivate(mm, 0); /* inactive already */
	ck_assert_uint_eq(mm->st->nr_batched, 0);
	then_sound(mm);
}
END_TEST

START_TEST(lazily_freed_pages_sit_among_files)
{
	four(PAGE_SWAPBACKED | PAGE_ACTIVE);
	folio_mark_lazyfree(mm, 3);
	lru_add_drain(mm);
	ck_assert_uint_eq(LIST(LRU_INACTIVE_FILE)->head, 3);
	ck_assert_int_eq(mm->zone[Z].lru[LRU_ACTIVE_ANON], 3);
	ck_assert_uint_eq(EVENTS(PGLAZYFREE), 1);
	then_sound(mm);
}
END_TEST

/* R5: add first, then what was asked of pages on lists. */
START_TEST(batches_are_drained_in_their_order)
{
	four(0);
	folio_activate(mm, 0);
	folio_rotate_reclaimable(mm, 0);
	folio_activate(mm, 0);
	lru_add_drain(mm);
	/* to the tail, then active; the second time it is already */
	ck_assert_uint_eq(EVENTS(PGROTATED), 1);
	ck_assert_uint_eq(EVENTS(PGACTIVATE), 1);
	ck_assert(ATTR(0) & PAGE_ACTIVE);
	then_sound(mm);
}
END_TEST

START_TEST(what_was_isolated_meanwhile_is_passed_over)
{
	four(0);
	folio_activate(mm, 0);
	lruvec_del_folio(mm, 0);
	lru_add_drain(mm);
	ck_assert(!(ATTR(0) & PAGE_ACTIVE));
	ck_assert_uint_eq(mm->st->nr_batched, 0);
}
END_TEST

START_TEST(a_freed_page_leaves_all_its_batches)
{
	four(0);
	folio_activate(mm, 0);
	folio_activate(mm, 1);
	folio_activate(mm, 0);
	folio_rotate_reclaimable(mm, 0);
	ck_assert_uint_eq(lru_batch_times(mm, 0), 3);
	ck_assert_int_eq(mm_free_pages(mm, 0, 0, 0, NULL), 0);
	ck_assert_uint_eq(lru_batch_times(mm, 0), 0);
	ck_assert_uint_eq(mm->st->nr_batched, 1);
	then_sound(mm);
	lru_add_drain(mm);
	ck_assert(ATTR(1) & PAGE_ACTIVE);
	then_sound(mm);
}
END_TEST

START_TEST(large_blocks_do_not_wait)
{
	mm = given("........");
	ck_assert_uint_eq(alloc(mm, 1, GFP_HIGHUSER_MOVABLE), 0);
	folio_add_lru(mm, 0);
	ck_assert_uint_eq(mm->st->nr_batched, 0);
	ck_assert_int_eq(mm->zone[Z].lru[LRU_INACTIVE_FILE], 2);
	then_sound(mm);
}
END_TEST

START_TEST(only_blocks_in_use_are_accessed)
{
	struct mm_error err;

	four(0);
	ck_assert_int_ne(mm_mark_accessed(mm, 5, 0, &err), 0);
	ck_assert_int_ne(mm_mark_accessed(mm, NO_PFN, 0, &err), 0);
	ck_assert_int_ne(mm_mark_accessed(mm, 1, 9, &err), 0);
	ck_assert_int_eq(mm_mark_accessed(mm, 1, 0, &err), 0);
	ck_assert(ATTR(1) & PAGE_REFERENCED);
}
END_TEST

START_TEST(lists_and_batches_can_be_looked_at)
{
	four(0);
	ck_assert_uint_eq(mm_lru_first(mm, 0, LRU_INACTIVE_FILE), 3);
	ck_assert_uint_eq(mm_lru_next(mm, 3), 2);
	ck_assert_uint_eq(mm_lru_next(mm, 0), NO_PFN);
	ck_assert_uint_eq(mm_lru_next(mm, 5), NO_PFN);
	ck_assert_uint_eq(mm_lru_next(mm, NO_PFN), NO_PFN);
	ck_assert_int_eq(mm_lru_size(mm, 0, LRU_INACTIVE_FILE), 4);
	ck_assert_int_eq(mm_lru_size(mm, 9, LRU_INACTIVE_FILE), 0);
	ck_assert_int_eq(mm_lru_zone_size(mm, Z, LRU_INACTIVE_FILE), 4);
	ck_assert_int_eq(mm_lru_zone_size(mm, Z, 9), 0);
	ck_assert_uint_eq(mm_lru_first(mm, 0, 9), NO_PFN);
	folio_activate(mm, 2);
	ck_assert_uint_eq(mm_lru_batch_len(mm, 0, LRU_ACTIVATE), 1);
	ck_assert_uint_eq(mm_lru_batch_at(mm, 0, LRU_ACTIVATE, 0), 2);
	ck_assert_uint_eq(mm_lru_batch_at(mm, 0, LRU_ACTIVATE, 1), NO_PFN);
	ck_assert_uint_eq(mm_lru_batch_len(mm, 7, LRU_ACTIVATE), 0);
	ck_assert_int_eq(mm_lru_drain(mm), 1);
	ck_assert_int_eq(mm_lru_drain(mm), 0);
}
END_TEST

Suite *check_lru_batch_suite(void);
Suite *check_lru_batch_suite(void)
{
	Suite *s = suite_create("core/lru_batch");
	TCase *t = tcase_create("lru_batch");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, thirty_pages_wait_and_the_thirty_first_sends_all);
	tcase_add_test(t, a_drain_sends_what_waits);
	tcase_add_test(t, with_batching_off_nobody_waits);
	tcase_add_test(t, a_freed_page_is_forgotten);
	tcase_add_test(t, a_page_that_waits_twice_is_found);
	tcase_add_test(t, the_second_access_activates);
	tcase_add_test(t, a_page_not_added_yet_is_added_as_active);
	tcase_add_test(t, a_locked_page_joins_the_unevictable);
	tcase_add_test(t, clean_files_go_to_the_tail_when_deactivated);
	tcase_add_test(t, dirty_files_go_to_the_head_and_follow_later);
	tcase_add_test(t, active_pages_can_be_deactivated);
	tcase_add_test(t, lazily_freed_pages_sit_among_files);
	tcase_add_test(t, batches_are_drained_in_their_order);
	tcase_add_test(t, what_was_isolated_meanwhile_is_passed_over);
	tcase_add_test(t, a_freed_page_leaves_all_its_batches);
	tcase_add_test(t, large_blocks_do_not_wait);
	tcase_add_test(t, only_blocks_in_use_are_accessed);
	tcase_add_test(t, lists_and_batches_can_be_looked_at);
	suite_add_tcase(s, t);
	return s;
}
