/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages that are not to be used; isolation.md 5.2 lines 10 and 11, 9.4,
 * contig-cma-hotplug.md 6.3 and 6.4.
 *
 * Pageblocks have 16 frames, free blocks 32 at most, memory blocks 64.
 */
#include "core/page_type.h"

#include <errno.h>
#include <string.h>

#include "core/isolation.h"
#include "core/lru_batch.h"
#include "support/picture.h"

Suite *check_page_type_suite(void);

#define BALLOON PAGE_OP_BALLOON
#define UNPLUG PAGE_OP_UNPLUG
#define POISON PAGE_OP_POISON

static struct mm *mm;

static void setup(void)
{
	mm = given_free(256, 4);
	ck_assert_uint_eq(mm_memory_block_pages(mm), 64);
	mm_set(mm, "pcp", 0, NULL);
	mm_set(mm, "schedule", 0, NULL);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* A page of the kernel's. */
static pfn_t page(void)
{
	struct mm_request want = {.gfp = GFP_KERNEL};
	pfn_t pfn;

	want.owner = mm_owner(mm, "driver", NULL);
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	return pfn;
}

static int64_t make(pfn_t pfn, enum mm_page_op op)
{
	const int64_t n = mm_range_pages(mm, pfn, pfn + 1, op, NULL);

	then_sound(mm);
	return n;
}

static enum mm_page_type type_of(pfn_t pfn)
{
	struct mm_frame f;

	mm_frame(mm, pfn, &f);
	return (enum mm_page_type)f.type;
}

static enum mm_reason unmovable(pfn_t pfn, enum mm_isolate_mode mode)
{
	pfn_t step;

	return page_is_unmovable(mm, pfn, mode, &step);
}

static int contig(pfn_t start, pfn_t end)
{
	const struct mm_range_request want = {.start = start,
					      .end = end,
					      .mode = ISOLATE_OTHER,
					      .gfp = GFP_KERNEL,
					      .nid = -1};
	pfn_t pfn;
	const int e = mm_contig(mm, &want, &pfn, NULL);

	then_sound(mm);
	return e;
}

static int offline(unsigned int block, struct mm_error *err)
{
	const int e = mm_memory_offline(mm, block, 3, err);

	then_sound(mm);
	return e;
}

static enum mm_memory_state state(unsigned int block)
{
	struct mm_memory_info mi;

	mm_memory_info(mm, block, &mi);
	return mi.state;
}

/* ---- isolation.md 5.2 ---- */

START_TEST(the_modes_judge_each_kind)
{
	static const struct {
		enum mm_page_op op;
		enum mm_page_type type;
		enum mm_reason offline, other;
	} rows[] = {
		{BALLOON, PAGE_TYPE_BALLOON, REASON_NONE, REASON_PAGE_UNUSABLE},
		{UNPLUG, PAGE_TYPE_OFFLINE, REASON_NONE, REASON_PAGE_UNUSABLE},
		{POISON, PAGE_TYPE_HWPOISON, REASON_NONE, REASON_PAGE_UNUSABLE},
	};
	const pfn_t pfn = page();

	ck_assert_int_eq(unmovable(pfn, ISOLATE_OFFLINE), REASON_PAGE_NOT_LRU);
	ck_assert_int_eq(make(pfn, rows[_i].op), 1);
	ck_assert_int_eq(type_of(pfn), rows[_i].type);
	ck_assert_int_eq(unmovable(pfn, ISOLATE_OFFLINE), rows[_i].offline);
	ck_assert_int_eq(unmovable(pfn, ISOLATE_OTHER), rows[_i].other);
	ck_assert_int_eq(unmovable(pfn, ISOLATE_CMA), rows[_i].other);
	ck_assert_int_eq(contig(0, 16), -EBUSY);
	/* nobody else makes it anything else, or frees it by the way */
	ck_assert_int_eq(make(pfn, PAGE_OP_PIN), 0);
	ck_assert_int_eq(make(pfn, PAGE_OP_MOVABLE), 0);
	ck_assert_int_eq(make(pfn, rows[_i].op), 0);
	ck_assert_int_ne(mm_free_contig_refusal(mm, pfn, pfn + 1, NULL), 0);
}
END_TEST

/* ---- offline ---- */

START_TEST(a_driver_keeps_it_and_memory_stays)
{
	const pfn_t pfn = page();
	struct mm_error err;

	make(pfn, BALLOON);
	ck_assert_int_eq(offline(0, &err), -EBUSY);
	ck_assert_str_eq(err.text, "memory block 0: frame 0 is in the way: its "
				   "driver keeps it");
	ck_assert_int_eq(type_of(pfn), PAGE_TYPE_BALLOON);
	ck_assert_int_eq(state(0), MEMORY_ONLINE);
	ck_assert_uint_eq(mm->zone[Z].nr_isolate_pageblock, 0);
}
END_TEST

/* What has left with its memory the zone did not manage. */
START_TEST(a_driver_lets_go_and_memory_goes)
{
	const uint32_t all = mm->zone[Z].managed;
	const pfn_t pfn = page();

	make(pfn, UNPLUG);
	make(page(), UNPLUG);
	ck_assert_uint_eq(mm->zone[Z].managed, all - 2);
	ck_assert_int_eq(offline(0, NULL), 0);
	ck_assert_int_eq(state(0), MEMORY_OFFLINE);
	ck_assert_uint_eq(mm->zone[Z].managed, all - 64);
	ck_assert_uint_eq(mm_owner_pages(mm, mm_owner_find(mm, "driver")), 0);
	ck_assert_int_eq(mm_memory_online(mm, 0, ONLINE_DEFAULT, NULL), 0);
	then_sound(mm);
	ck_assert_uint_eq(mm->zone[Z].managed, all);
}
END_TEST

/* One lets go, another does not: all is as it was. */
START_TEST(memory_that_stays_gets_the_reference_back)
{
	const pfn_t first = page(), second = page();

	make(first, UNPLUG);
	make(second, BALLOON);
	ck_assert_int_eq(offline(0, NULL), -EBUSY);
	ck_assert(page_is_offline(&mm->page[first]));
	ck_assert(!page_was_let_go(&mm->page[first]));
	ck_assert_int_eq(contig(0, 16), -EBUSY);
}
END_TEST

/* In between it is nobody's, not even its driver's. */
START_TEST(what_was_let_go_is_in_nobodys_hands)
{
	const struct mm_process user = {.name = "user"};
	const pfn_t pfn = page();
	enum mm_quantum q;
	unsigned int task;

	ck_assert_int_eq(mm_process_new(mm, &user, NULL), 1);
	task = (unsigned int)mm_task_find(mm, "user");
	make(pfn, UNPLUG);
	ck_assert_int_eq(mm_task_memory_offline(mm, task, 0, 3, NULL), 0);
	while (!page_was_let_go(&mm->page[pfn])) {
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
		then_sound(mm);
	}
	ck_assert_int_eq(make(pfn, PAGE_OP_UNMOVABLE), 0);
	ck_assert_int_ne(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
	ck_assert_int_eq(unmovable(pfn, ISOLATE_OTHER), REASON_NONE);
	do
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	while (q != QUANTUM_DONE);
	then_sound(mm);
	ck_assert_int_eq(state(0), MEMORY_OFFLINE);
}
END_TEST

START_TEST(a_balloon_is_deflated)
{
	const uint32_t all = mm->zone[Z].managed;
	const int64_t free = mm->zone[Z].stat[NR_FREE_PAGES];
	const pfn_t a = page(), b = page();

	make(a, BALLOON);
	make(b, UNPLUG);
	ck_assert_uint_eq(mm->zone[Z].managed, all - 2);
	ck_assert_int_eq(make(a, PAGE_OP_UNMOVABLE), 1);
	ck_assert_int_eq(type_of(a), PAGE_TYPE_NONE);
	ck_assert_int_eq(mm_free_pages(mm, b, 0, 0, NULL), 0);
	ck_assert_int_eq(mm_free_pages(mm, a, 0, 0, NULL), 0);
	then_sound(mm);
	ck_assert_uint_eq(mm->zone[Z].managed, all);
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], free);
}
END_TEST

/* ---- poisoned ---- */

/* The halves of the block that do not hold it stay free. */
START_TEST(a_free_frame_fails)
{
	then_lists(mm, MIGRATE_MOVABLE, "o5:0 32 64 96 128 160 192 224");
	ck_assert_int_eq(make(70, POISON), 1);
	ck_assert_int_eq(type_of(70), PAGE_TYPE_HWPOISON);
	then_lists(mm, MIGRATE_MOVABLE,
		   "o0:71 o1:68 o2:64 o3:72 o4:80 o5:0 32 96 128 160 192 224");
	ck_assert_int_eq(make(70, POISON), 0);
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], 255);
	ck_assert_uint_eq(mm->zone[Z].managed, 256);
	ck_assert_int_ne(mm_free_pages(mm, 70, 0, 0, NULL), 0);
}
END_TEST

START_TEST(a_process_loses_the_page)
{
	const struct mm_process user = {.name = "user"};
	struct mm_process_info pi;
	pfn_t pfn = 0;

	ck_assert_int_eq(mm_process_new(mm, &user, NULL), 1);
	mm_fault(mm, (unsigned int)mm_task_find(mm, "user"), FAULT_ANON, 3, 0,
		 NULL);
	mm_task_finish(mm, (unsigned int)mm_task_find(mm, "user"), NULL);
	while (!block_mapcount(&mm->page[pfn].b))
		pfn++;
	ck_assert_int_eq(make(pfn, POISON), 0); /* in a batch */
	lru_add_drain_all(mm);
	ck_assert_int_eq(make(pfn, POISON), 1);
	mm_process_info(mm, 1, &pi);
	ck_assert_uint_eq(pi.rss_anon, 2);
}
END_TEST

/* 9.4: passed over when memory goes; in no other case is it free. */
START_TEST(memory_goes_with_what_has_failed)
{
	make(70, POISON);
	ck_assert_int_eq(contig(64, 80), -EBUSY);
	ck_assert_int_eq(offline(1, NULL), 0);
	ck_assert_int_eq(state(1), MEMORY_OFFLINE);
	ck_assert_uint_eq(mm->zone[Z].managed, 192);
	ck_assert_int_eq(mm_memory_online(mm, 1, ONLINE_DEFAULT, NULL), 0);
	then_sound(mm);
	ck_assert_int_eq(type_of(70), PAGE_TYPE_NONE);
}
END_TEST

/* Held, in a batch, of a larger block, of a table: not in reach. */
START_TEST(what_is_busy_does_not_fail)
{
	const struct mm_request two = {.order = 1, .gfp = GFP_KERNEL};
	pfn_t pfn = page();

	make(pfn, PAGE_OP_PIN);
	ck_assert_int_eq(make(pfn, POISON), 0);
	ck_assert_int_eq(mm_alloc_pages(mm, &two, &pfn), 0);
	ck_assert_int_eq(make(pfn, POISON), 0);
	ck_assert_int_eq(make(pfn + 1, POISON), 0);
	ck_assert_int_eq(make(pfn, BALLOON), 0);
}
END_TEST

/* ---- all of it ---- */

START_TEST(sound_at_every_event_and_undone)
{
	const uint64_t start = mm_now(mm), before = mm_hash(mm);
	pfn_t pfn = page();

	make(pfn, UNPLUG);
	make(page(), UNPLUG);
	make(20, POISON);
	offline(0, NULL);
	make(100, POISON);
	mm_memory_online(mm, 0, ONLINE_DEFAULT, NULL);
	pfn = page();
	make(pfn, BALLOON);
	offline(pfn / 64, NULL);
	then_sound_back_to(mm, start);
	ck_assert_uint_eq(mm_hash(mm), before);
}
END_TEST

Suite *check_page_type_suite(void)
{
	Suite *s = suite_create("core/page_type");
	TCase *t = tcase_create("types");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, the_modes_judge_each_kind, 0, 3);
	tcase_add_test(t, a_driver_keeps_it_and_memory_stays);
	tcase_add_test(t, a_driver_lets_go_and_memory_goes);
	tcase_add_test(t, memory_that_stays_gets_the_reference_back);
	tcase_add_test(t, what_was_let_go_is_in_nobodys_hands);
	tcase_add_test(t, a_balloon_is_deflated);
	tcase_add_test(t, a_free_frame_fails);
	tcase_add_test(t, a_process_loses_the_page);
	tcase_add_test(t, memory_goes_with_what_has_failed);
	tcase_add_test(t, what_is_busy_does_not_fail);
	tcase_add_test(t, sound_at_every_event_and_undone);
	suite_add_tcase(s, t);
	return s;
}
