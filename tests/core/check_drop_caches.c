/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_drop_caches.c - what goes, what stays, and where it is then: R61
 */
#include <errno.h>

#include "core/lru_batch.h"
#include "core/slab.h"
#include "core/writeback.h"

#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

#define ATTR(pfn) (mm->page[pfn].attr)
#define USED(pfn) (block_state(&mm->page[pfn].b) == BLOCK_USED)

/* Eight pages of files: one of each kind. */
static void kinds(void)
{
	mm = given("MMMMMMMM ........");
	for (pfn_t p = 0; p < 8; p++) {
		page_change(mm, p, p == 1 ? PAGE_SWAPBACKED : 0, 0);
		folio_add_lru(mm, p);
	}
	folio_mark_dirty(mm, 2);
	page_change(mm, 3, PAGE_PINNED, 0);
	STORE(mm, mm->page[4].b.word, block_word(BLOCK_USED, 0, 1, 0));
	page_change(mm, 5, PAGE_ACTIVE, 0);
	page_change(mm, 6, PAGE_ACTIVE | PAGE_REFERENCED | PAGE_PINNED, 0);
	/* 0, 5, 7 clean; 1 anonymous; 2 dirty; 3, 6 held; 4 mapped */
}

START_TEST(clean_unused_pages_of_files_go)
{
	struct mm_dropped d;

	kinds();
	ck_assert_int_eq(mm_drop_caches(mm, 1, &d, NULL), 0);
	ck_assert(!USED(0) && !USED(5) && !USED(7));
	for (pfn_t p = 1; p < 7; p++)
		ck_assert(p == 5 || USED(p));
	ck_assert_int_eq(d.pages, 3);
	ck_assert_int_eq(d.kept, 4);
	ck_assert_uint_eq(mm->st->vm_event[VM_DROP_PAGECACHE], 1);
	ck_assert_uint_eq(mm->st->vm_event[VM_DROP_SLAB], 0);
	then_sound(mm);
}
END_TEST

START_TEST(those_that_stay_are_deactivated)
{
	struct mm_dropped d;
	const struct list *l;

	kinds();
	mm_drop_caches(mm, 1, &d, NULL);
	l = &mm->st->node[0].lru.list[LRU_INACTIVE_FILE];
	lru_add_drain_all(mm);
	/* dirty to the head, clean ones to the tail; mapped: untouched */
	ck_assert_uint_eq(l->head, 2);
	ck_assert(ATTR(2) & PAGE_RECLAIM);
	ck_assert_uint_eq(l->tail, 6);
	ck_assert_int_eq(ATTR(6), PAGE_LRU | PAGE_PINNED);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGROTATED], 2);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGDEACTIVATE], 1);
	then_sound(mm);
}
END_TEST

START_TEST(rounds_of_slab_end_when_they_are_worth_little)
{
	const struct mm_slab_config c = {
		.objects = 70, .objects_per_page = 10, .seeks = 2};
	struct mm_slab_info si;
	struct mm_dropped d;

	kinds();
	ck_assert_int_eq(mm_slab_new(mm, "inode", &c, NULL), 0);
	ck_assert_int_eq(mm_drop_caches(mm, 6, &d, NULL), 0);
	ck_assert_int_eq(d.pages, 0);
	ck_assert_int_eq(d.objects, 70);
	ck_assert_int_eq(d.slab_pages, 7);
	mm_slab_info(mm, 0, &si);
	ck_assert_int_eq(si.objects, 0);
	ck_assert_uint_eq(mm->st->vm_event[VM_DROP_SLAB], 1);
	ck_assert_uint_eq(mm->st->vm_event[VM_DROP_PAGECACHE], 0);
	then_sound(mm);
}
END_TEST

START_TEST(other_numbers_are_refused)
{
	struct mm_dropped d;
	struct mm_error err;

	kinds();
	ck_assert_int_eq(mm_drop_caches(mm, 0, &d, &err), -EINVAL);
	ck_assert_int_eq(mm_drop_caches(mm, 8, &d, &err), -EINVAL);
	ck_assert_uint_ne(mm->st->nr_batched, 0);
}
END_TEST

START_TEST(it_can_be_taken_back)
{
	const struct mm_slab_config c = {
		.objects = 70, .objects_per_page = 10, .seeks = 2};
	struct mm *before;
	struct mm_dropped d;

	kinds();
	before = mm_clone(mm);
	mm_record(mm, MM_RECORD_TAPE);
	mm_slab_new(mm, "inode", &c, NULL);
	mm_drop_caches(mm, 3, &d, NULL);
	then_sound(mm);
	ck_assert_int_eq(mm_seek(mm, mm_first_moment(mm)), 0);
	ck_assert_int_eq(mm_compare(mm, before), 0);
	mm_destroy(before);
}
END_TEST

Suite *check_drop_caches_suite(void);
Suite *check_drop_caches_suite(void)
{
	Suite *s = suite_create("core/drop_caches");
	TCase *t = tcase_create("drop_caches");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, clean_unused_pages_of_files_go);
	tcase_add_test(t, those_that_stay_are_deactivated);
	tcase_add_test(t, rounds_of_slab_end_when_they_are_worth_little);
	tcase_add_test(t, other_numbers_are_refused);
	tcase_add_test(t, it_can_be_taken_back);
	suite_add_tcase(s, t);
	return s;
}
