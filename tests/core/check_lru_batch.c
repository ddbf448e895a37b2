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

Suite *check_lru_batch_suite(void);
Suite *check_lru_batch_suite(void)
{
	Suite *s = suite_create("core/lru_batch");
	TCase *t = tcase_create("lru_batch");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, thirty_pages_wait_and_the_thirty_first_sends_all);
	tcase_add_test(t, a_drain_sends_what_waits);
	tcase_add_test(t, a_freed_page_is_forgotten);
	tcase_add_test(t, a_page_that_waits_twice_is_found);
	suite_add_tcase(s, t);
	return s;
}
