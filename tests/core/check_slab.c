/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_slab.c - caches that reclaim may shrink
 */
#include "core/slab.h"

#include <errno.h>

#include "core/frame.h"

#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* R27's table: priority, then what a scan of 10000 objects comes to. */
static const struct {
	int64_t freeable, deferred;
	int priority;
	struct slab_scan want;
} table[] = {
	{10000, 0, 12, {4, 0, 4, 0}},
	{10000, 0, 8, {78, 0, 78, 0}},
	{10000, 0, 6, {312, 256, 56, 0}},
	{10000, 0, 4, {1250, 1152, 98, 0}},
	{10000, 0, 1, {10000, 9984, 16, 0}},
	{10000, 0, 0, {20000, 19968, 32, 0}},
	{100, 0, 1, {100, 100, 0, 0}},
	{10000, 400000, 12, {4, 0, 20000, 0}},
};

START_TEST(scan_counts_are_those_of_the_table)
{
	const struct slab_scan got = slab_scan_count(
		table[_i].freeable, table[_i].deferred, table[_i].priority,
		DEFAULT_SEEKS, SHRINK_BATCH);

	ck_assert_int_eq(got.delta, table[_i].want.delta);
	ck_assert_int_eq(got.scanned, table[_i].want.scanned);
	ck_assert_int_eq(got.deferred, table[_i].want.deferred);
}
END_TEST

START_TEST(objects_without_seeks_go_by_halves)
{
	ck_assert_int_eq(slab_scan_count(10, 0, 12, 0, SHRINK_BATCH).delta, 5);
	ck_assert_int_eq(slab_scan_count(0, 7, 0, 2, SHRINK_BATCH).scanned, 0);
}
END_TEST

static int new_cache(int64_t objects, uint32_t per_page)
{
	const struct mm_slab_config c = {.objects = objects,
					 .objects_per_page = per_page,
					 .seeks = DEFAULT_SEEKS};

	return mm_slab_new(mm, "dentry", &c, NULL);
}

static struct mm_slab_info info(void)
{
	struct mm_slab_info si;

	mm_slab_info(mm, 0, &si);
	return si;
}

START_TEST(a_cache_takes_as_many_pages_as_its_objects_need)
{
	mm = given("........");
	ck_assert_int_eq(new_cache(21, 10), 0);
	ck_assert_int_eq(info().objects, 21);
	ck_assert_uint_eq(info().pages, 3);
	ck_assert_int_eq(node_page_state(mm, 0, NR_SLAB_RECLAIMABLE), 3);
	then_sound(mm);
	/* nine objects more fill the third page */
	ck_assert_int_eq(mm_slab_grow(mm, 0, 9, NULL), 9);
	ck_assert_uint_eq(info().pages, 3);
	ck_assert_int_eq(mm_slab_grow(mm, 0, 1, NULL), 1);
	ck_assert_uint_eq(info().pages, 4);
	then_sound(mm);
}
END_TEST

START_TEST(its_pages_are_reclaimable)
{
	mm = given("........");
	new_cache(1, 1);
	ck_assert_int_eq(mm_pageblock_type(mm, mm_owner_first(mm, 1)),
			 MIGRATE_RECLAIMABLE);
}
END_TEST

START_TEST(short_memory_makes_a_small_cache)
{
	mm = given("MMMMMM..");
	ck_assert_int_eq(new_cache(1000, 10), 0);
	ck_assert_int_eq(info().objects, (int64_t)info().pages * 10);
	ck_assert_int_le(info().pages, 2);
	then_sound(mm);
}
END_TEST

/* Reclaim for its last pages takes its first ones: that has an end. */
START_TEST(a_cache_may_grow_at_its_own_expense)
{
	mm = given_free(64, 3);
	ck_assert_int_eq(new_cache(100, 10), 0);
	ck_assert_int_ge(mm_slab_grow(mm, 0, 100000, NULL), 0);
	ck_assert_int_lt(info().objects, 640);
	ck_assert_int_le(info().objects, (int64_t)info().pages * 10);
	then_sound(mm);
	/* what there is room for in a page takes no other */
	mm_destroy(mm);
	mm = given_free(64, 3);
	ck_assert_int_eq(new_cache(11, 10), 0);
	ck_assert_int_eq(mm_slab_grow(mm, 0, 9, NULL), 9);
	ck_assert_uint_eq(info().pages, 2);
	ck_assert_int_eq(mm_slab_grow(mm, 0, 1, NULL), 1);
	ck_assert_uint_eq(info().pages, 3);
}
END_TEST

START_TEST(shrinking_frees_whole_pages)
{
	int64_t pages = 0, freed;

	mm = given("........");
	new_cache(40, 10);
	/* priority 3: 40 >> 3 = 5, times 4 / 2 = 10: fewer than a batch */
	freed = shrink_slab_objects(mm, 0, GFP_KERNEL, 3, &pages);
	ck_assert_int_eq(freed, 0);
	ck_assert_int_eq(info().deferred, 10);
	/* priority 1: 40 are due, as many as there are */
	freed = shrink_slab_objects(mm, 0, GFP_KERNEL, 1, &pages);
	ck_assert_int_eq(freed, 40);
	ck_assert_int_eq(pages, 4);
	ck_assert_int_eq(node_page_state(mm, 0, NR_SLAB_RECLAIMABLE), 0);
	ck_assert_uint_eq(mm->st->vm_event[VM_SLABS_SCANNED], 45);
	then_sound(mm);
}
END_TEST

START_TEST(other_nodes_caches_are_left_alone)
{
	mm = given("........");
	new_cache(40, 10);
	ck_assert_int_eq(shrink_slab(mm, 1, GFP_KERNEL, 0), 0);
	ck_assert_int_eq(info().objects, 40);
}
END_TEST

START_TEST(a_page_that_is_freed_takes_its_objects_along)
{
	mm = given("........");
	new_cache(40, 10);
	ck_assert_int_eq(mm_free_pages(mm, mm_owner_first(mm, 1), 0, 0, NULL),
			 0);
	ck_assert_int_eq(info().objects, 30);
	then_sound(mm);
}
END_TEST

START_TEST(bad_caches_are_refused)
{
	struct mm_slab_config c = {.objects = 1, .objects_per_page = 1};
	struct mm_error err;

	mm = given("MM......");
	c.nid = 1;
	ck_assert_int_eq(mm_slab_new(mm, "a", &c, &err), -EINVAL);
	c.nid = 0;
	c.objects_per_page = 0;
	ck_assert_int_eq(mm_slab_new(mm, "a", &c, &err), -EINVAL);
	c.objects_per_page = 1;
	ck_assert_int_eq(mm_slab_new(mm, "", &c, &err), -EINVAL);
	ck_assert_int_eq(mm_slab_new(mm, "a", &c, &err), 0);
	ck_assert_int_eq(mm_slab_new(mm, "a", &c, &err), -EEXIST);
	ck_assert_int_eq(mm_slab_grow(mm, 7, 1, &err), -EINVAL);
	for (int i = 1; i < MM_MAX_SLABS; i++) {
		const char name[] = {'b', (char)('a' + i), '\0'};

		c.objects = 0;
		ck_assert_int_eq(mm_slab_new(mm, name, &c, &err), i);
	}
	ck_assert_int_eq(mm_slab_new(mm, "last", &c, &err), -ENOSPC);
	then_sound(mm);
}
END_TEST

Suite *check_slab_suite(void);
Suite *check_slab_suite(void)
{
	Suite *s = suite_create("core/slab");
	TCase *t = tcase_create("slab");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_loop_test(t, scan_counts_are_those_of_the_table, 0,
			    (int)(sizeof table / sizeof table[0]));
	tcase_add_test(t, objects_without_seeks_go_by_halves);
	tcase_add_test(t, a_cache_takes_as_many_pages_as_its_objects_need);
	tcase_add_test(t, its_pages_are_reclaimable);
	tcase_add_test(t, short_memory_makes_a_small_cache);
	tcase_add_test(t, a_cache_may_grow_at_its_own_expense);
	tcase_add_test(t, shrinking_frees_whole_pages);
	tcase_add_test(t, other_nodes_caches_are_left_alone);
	tcase_add_test(t, a_page_that_is_freed_takes_its_objects_along);
	tcase_add_test(t, bad_caches_are_refused);
	suite_add_tcase(s, t);
	return s;
}
