/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_workingset.c - pages that come back
 */
#include "core/workingset.h"

#include "core/frame.h"

#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

#define AGE() (mm->st->node[0].lru.nonresident_age)

/* Eight frames; `file` and `other` own what they get. */
static void machine(void)
{
	mm = given("........");
	mm_owner(mm, "file", NULL);
	mm_owner(mm, "other", NULL);
}

static pfn_t page_of(uint16_t owner, uint16_t attr)
{
	const struct mm_request want = {.gfp = GFP_HIGHUSER_MOVABLE,
					.nid = -1,
					.owner = owner,
					.attr = attr};
	pfn_t pfn;

	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	return pfn;
}

static void evict(pfn_t pfn)
{
	workingset_eviction(mm, pfn);
	ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
}

/* Two pages stay active; one goes and comes back after two others went. */
static pfn_t after_three_evictions(void)
{
	const pfn_t a = page_of(1, 0), b = page_of(2, 0), c = page_of(2, 0);

	evict(a);
	evict(b);
	evict(c);
	return page_of(1, 0);
}

START_TEST(every_eviction_ages_the_node)
{
	machine();
	after_three_evictions();
	ck_assert_uint_eq(AGE(), 3);
	ck_assert_uint_eq(workingset_shadows(mm, 1, false), 1);
	ck_assert_uint_eq(workingset_shadows(mm, 2, false), 2);
	ck_assert_uint_eq(workingset_shadows(mm, 1, true), 0);
	then_sound(mm);
}
END_TEST

START_TEST(a_page_that_fits_in_memory_is_active)
{
	pfn_t p;

	machine();
	for (int i = 0; i < 3; i++)
		page_of(2, PAGE_LRU | PAGE_ACTIVE);
	p = after_three_evictions();
	/* distance 3, three active pages of files */
	ck_assert(workingset_refault(mm, p));
	ck_assert(mm->page[p].attr & PAGE_ACTIVE);
	ck_assert(!(mm->page[p].attr & PAGE_WORKINGSET));
	ck_assert_uint_eq(AGE(), 4);
	ck_assert_int_eq(node_page_state(mm, 0, WORKINGSET_REFAULT_FILE), 1);
	ck_assert_int_eq(node_page_state(mm, 0, WORKINGSET_ACTIVATE_FILE), 1);
	ck_assert_int_eq(node_page_state(mm, 0, WORKINGSET_RESTORE_FILE), 0);
	ck_assert_uint_eq(workingset_shadows(mm, 1, false), 0);
	then_sound(mm);
}
END_TEST

START_TEST(a_page_that_would_not_have_survived_is_only_counted)
{
	pfn_t p;

	machine();
	for (int i = 0; i < 2; i++)
		page_of(2, PAGE_LRU | PAGE_ACTIVE);
	p = after_three_evictions();
	ck_assert(workingset_refault(mm, p));
	ck_assert(!(mm->page[p].attr & PAGE_ACTIVE));
	ck_assert_uint_eq(AGE(), 3);
	ck_assert_int_eq(node_page_state(mm, 0, WORKINGSET_REFAULT_FILE), 1);
	ck_assert_int_eq(node_page_state(mm, 0, WORKINGSET_ACTIVATE_FILE), 0);
}
END_TEST

/* Anonymous lists count for a file's page only while there is swap. */
START_TEST(swap_widens_what_memory_holds)
{
	pfn_t p;

	machine();
	for (int i = 0; i < 3; i++)
		page_of(2, PAGE_LRU | PAGE_SWAPBACKED);
	p = after_three_evictions();
	ck_assert_int_eq(mm_swap_on(mm, 10, NULL), 0);
	ck_assert(workingset_refault(mm, p));
	ck_assert(mm->page[p].attr & PAGE_ACTIVE);
}
END_TEST

START_TEST(what_was_active_once_is_restored)
{
	pfn_t p;

	machine();
	page_of(2, PAGE_LRU | PAGE_ACTIVE);
	p = page_of(1, PAGE_SWAPBACKED | PAGE_WORKINGSET);
	evict(p);
	p = page_of(1, PAGE_SWAPBACKED);
	ck_assert(workingset_refault(mm, p));
	ck_assert(mm->page[p].attr & PAGE_WORKINGSET);
	ck_assert_int_eq(node_page_state(mm, 0, WORKINGSET_RESTORE_ANON), 1);
}
END_TEST

START_TEST(the_owners_oldest_shadow_is_met_first)
{
	pfn_t p, q;

	machine();
	page_of(2, PAGE_LRU | PAGE_ACTIVE);
	p = page_of(1, 0);
	evict(p); /* age 0 */
	q = page_of(1, PAGE_WORKINGSET);
	evict(q); /* age 1 */
	p = page_of(1, 0);
	ck_assert(workingset_refault(mm, p)); /* distance 2 > 1 */
	ck_assert(!(mm->page[p].attr & PAGE_ACTIVE));
	q = page_of(1, 0);
	ck_assert(workingset_refault(mm, q)); /* distance 1 */
	ck_assert(mm->page[q].attr & PAGE_WORKINGSET);
	ck_assert(!workingset_refault(mm, q));
	then_sound(mm);
}
END_TEST

START_TEST(the_ring_drops_its_oldest)
{
	machine();
	for (int i = 0; i < NR_SHADOWS; i++)
		evict(page_of(1, 0));
	ck_assert_uint_eq(workingset_shadows(mm, 1, false), NR_SHADOWS);
	evict(page_of(2, 0));
	ck_assert_uint_eq(workingset_shadows(mm, 1, false), NR_SHADOWS - 1);
	ck_assert_uint_eq(workingset_shadows(mm, 2, false), 1);
	then_sound(mm);
	workingset_forget(mm, 1);
	ck_assert_uint_eq(mm->st->nr_shadows, 1);
	then_sound(mm);
}
END_TEST

START_TEST(pages_of_nobody_leave_none)
{
	machine();
	evict(page_of(0, 0));
	ck_assert_uint_eq(mm->st->nr_shadows, 0);
	ck_assert_uint_eq(AGE(), 1);
}
END_TEST

Suite *check_workingset_suite(void);
Suite *check_workingset_suite(void)
{
	Suite *s = suite_create("core/workingset");
	TCase *t = tcase_create("workingset");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, every_eviction_ages_the_node);
	tcase_add_test(t, a_page_that_fits_in_memory_is_active);
	tcase_add_test(t, a_page_that_would_not_have_survived_is_only_counted);
	tcase_add_test(t, swap_widens_what_memory_holds);
	tcase_add_test(t, what_was_active_once_is_restored);
	tcase_add_test(t, the_owners_oldest_shadow_is_met_first);
	tcase_add_test(t, the_ring_drops_its_oldest);
	tcase_add_test(t, pages_of_nobody_leave_none);
	suite_add_tcase(s, t);
	return s;
}
