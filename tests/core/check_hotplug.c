/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_hotplug.c - memory blocks come and go; contig-cma-hotplug.md 6, 7
 */
#include "core/hotplug.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/lru_batch.h"
#include "support/picture.h"

#define M MIGRATE_MOVABLE
#define BLOCK 1024 /* frames of a memory block here */
#define MOVABLE ((zone_t)ZONE_MOVABLE)

static struct mm *mm;

static void setup(void)
{
	mm = given_free(4 * BLOCK, 9);
	mm_set(mm, "schedule", 0, NULL);
}

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

static enum mm_memory_state state_of(unsigned int block)
{
	struct mm_memory_info mi;

	mm_memory_info(mm, block, &mi);
	return mi.state;
}

static int offline(unsigned int block)
{
	const int e = mm_memory_offline(mm, block, 3, NULL);

	then_sound(mm);
	return e;
}

static int online(unsigned int block, enum mm_online how)
{
	const int e = mm_memory_online(mm, block, how, NULL);

	then_sound(mm);
	return e;
}

static enum mm_frame_kind kind_at(pfn_t pfn)
{
	struct mm_frame f;

	mm_frame(mm, pfn, &f);
	return f.kind;
}

/* A page that is not free, on the LRU list. */
static pfn_t lru_page(uint16_t attr)
{
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE, .nid = -1, .attr = attr};
	pfn_t pfn;

	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	folio_add_lru(mm, pfn);
	lru_add_drain_all(mm);
	return pfn;
}

START_TEST(a_small_world_has_four_memory_blocks)
{
	ck_assert_uint_eq(mm_memory_block_pages(mm), BLOCK);
	ck_assert_uint_eq(mm_nr_memory_blocks(mm), 4);
	ck_assert_int_eq(state_of(0), MEMORY_ONLINE);
	ck_assert_int_eq(state_of(4), MEMORY_NONE);
	ck_assert_str_eq(mm_memory_state_name(MEMORY_GOING_OFFLINE),
			 "going-offline");
}
END_TEST

START_TEST(free_memory_goes_and_its_zone_shrinks_in_the_middle_or_not)
{
	const struct zone *z = &mm->zone[Z];
	const uint32_t managed = z->managed;

	ck_assert_int_eq(offline(2), 0);
	ck_assert_int_eq(state_of(2), MEMORY_OFFLINE);
	ck_assert_uint_eq(z->managed, managed - BLOCK);
	ck_assert_uint_eq(z->present, 3 * BLOCK);
	ck_assert_uint_eq(mm->st->node[0].present, 3 * BLOCK);
	ck_assert_uint_eq(z->spanned, 4 * BLOCK); /* a hole inside stays */
	ck_assert_uint_eq(z->contiguous, 0);
	ck_assert_uint_eq(z->nr_isolate_pageblock, 0);
	ck_assert_int_eq(kind_at(2 * BLOCK), FRAME_OFFLINE);
	ck_assert_int_eq(kind_at(3 * BLOCK - 1), FRAME_OFFLINE);
	ck_assert_int_eq(kind_at(3 * BLOCK), FRAME_FREE);
	/* at its end: the span ends below the hole */
	ck_assert_int_eq(offline(3), 0);
	ck_assert_uint_eq(z->spanned, 2 * BLOCK);
	ck_assert_int_eq(offline(0), 0);
	ck_assert_uint_eq(z->start, BLOCK);
	ck_assert_uint_eq(z->spanned, BLOCK);
	ck_assert_uint_eq(mm->st->node[0].start, BLOCK);
	ck_assert_uint_eq(mm->st->node[0].spanned, BLOCK);
}
END_TEST

/* W44 */
/* What a recorder finds when memory has come online as movable. */
START_TEST(a_block_can_be_put_into_a_zone_within_another)
{
	const struct mm_config cfg = mm->st->cfg;
	struct mm_zone_info outer, inner;
	struct mm_error err;

	teardown();
	mm = mm_create_bare(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	ck_assert_int_eq(mm_put_memory_zone(mm, 1, ZONE_MOVABLE, NULL), 0);
	mm_zone_info(mm, Z, &outer);
	mm_zone_info(mm, MOVABLE, &inner);
	ck_assert_uint_eq(outer.spanned, 4 * BLOCK);
	ck_assert_uint_eq(outer.present, 3 * BLOCK);
	ck_assert_uint_eq(inner.start, BLOCK);
	ck_assert_uint_eq(inner.spanned, BLOCK);
	ck_assert_uint_eq(inner.present, BLOCK);
	ck_assert_uint_eq(mm_zone_of(mm, BLOCK), MOVABLE);
	ck_assert_uint_eq(mm->zone[MOVABLE].nr_isolate_pageblock, 0);
	/* the same again, no such block, no such zone, something in it */
	ck_assert_int_ne(mm_put_memory_zone(mm, 1, ZONE_MOVABLE, &err), 0);
	ck_assert_int_ne(mm_put_memory_zone(mm, 4, ZONE_MOVABLE, &err), 0);
	ck_assert_int_ne(mm_put_memory_zone(mm, 2, ZONE_DEVICE, &err), 0);
	ck_assert_int_eq(mm_put_free(mm, 2 * BLOCK, 0, M, &err), 0);
	ck_assert_int_ne(mm_put_memory_zone(mm, 2, ZONE_MOVABLE, &err), 0);
}
END_TEST

START_TEST(marks_follow_what_there_is)
{
	int64_t high;

	ck_assert_int_eq(offline(3), 0);
	ck_assert_int_eq(online(3, ONLINE_DEFAULT), 0);
	high = mm->zone[Z].wmark[WMARK_HIGH];
	ck_assert_int_eq(offline(3), 0);
	ck_assert_int_lt(mm->zone[Z].wmark[WMARK_HIGH], high);
	ck_assert_int_eq(online(3, ONLINE_DEFAULT), 0);
	ck_assert_int_eq(mm->zone[Z].wmark[WMARK_HIGH], high);
}
END_TEST

/* 10.7, two pageblocks: one block of the largest order again */
START_TEST(what_comes_back_is_free_at_the_tail)
{
	const int64_t before = mm->zone[Z].stat[NR_FREE_PAGES];

	ck_assert_int_eq(offline(1), 0);
	then_lists(mm, M, "o10:0 2048 3072");
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], before - BLOCK);
	ck_assert_int_eq(online(1, ONLINE_DEFAULT), 0);
	then_lists(mm, M, "o10:0 2048 3072 1024");
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], before);
	ck_assert_int_eq(state_of(1), MEMORY_ONLINE);
	ck_assert_uint_eq(mm->zone[Z].nr_isolate_pageblock, 0);
}
END_TEST

/* The first such event with these arguments; 0: there is none. */
static uint64_t moment_of(enum mm_event_type type, pfn_t pfn, int32_t second)
{
	for (uint64_t n = mm_first_moment(mm) + 1; n <= mm_last_moment(mm);
	     n++) {
		const struct mm_event *ev = mm_event(mm, n);

		if (ev->type == type && ev->arg[0] == (int32_t)pfn &&
		    ev->arg[1] == second)
			return n;
	}
	return 0;
}

/* 10.7, step by step, in the example's zone of [1024, 3072) */
START_TEST(one_shut_block_comes_and_is_opened_by_halves)
{
	int64_t before;
	uint64_t at;

	ck_assert_int_eq(offline(0), 0);
	ck_assert_int_eq(offline(3), 0);
	ck_assert_int_eq(offline(2), 0);
	then_lists(mm, M, "o10:1024");
	before = mm->zone[Z].stat[NR_FREE_PAGES];
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	ck_assert_int_eq(online(2, ONLINE_DEFAULT), 0);
	at = moment_of(EV_list_add, 2048, 10);
	ck_assert_int_eq(mm_seek(mm, at), 0);
	then_lists(mm, M, "o10:1024");
	then_lists(mm, MIGRATE_ISOLATE, "o10:2048");
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], before);
	at = moment_of(EV_pageblock_isolated, 2048, false);
	ck_assert_int_eq(mm_seek(mm, at), 0);
	then_lists(mm, M, "o9:2048 o10:1024");
	then_lists(mm, MIGRATE_ISOLATE, "o9:2560");
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], before + BLOCK / 2);
	ck_assert_int_eq(mm_seek(mm, mm_last_moment(mm)), 0);
	then_lists(mm, M, "o10:1024 2048");
	then_lists(mm, MIGRATE_ISOLATE, "");
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], before + BLOCK);
}
END_TEST

START_TEST(pages_are_moved_out_of_the_way)
{
	const pfn_t pfn = lru_page(0);
	const unsigned int block = pfn / BLOCK;

	ck_assert_int_eq(offline(block), 0);
	ck_assert_int_eq(kind_at(pfn), FRAME_OFFLINE);
	ck_assert_uint_eq(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 1);
	ck_assert_int_eq(mm->zone[Z].lru[LRU_INACTIVE_FILE], 1);
	ck_assert_uint_eq(mm->st->lru_disabled, 0);
}
END_TEST

/* 6.6: step 3 fails; nothing has changed but the order of lists */
START_TEST(kernel_pages_stay_and_so_does_their_block)
{
	const struct mm_request want = {.gfp = GFP_KERNEL, .nid = -1};
	const int64_t batch = pcp_of(mm, Z, 0)->batch;
	int64_t free;
	pfn_t pfn;

	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	mm_drain_all(mm); /* as it will be done in any case */
	free = mm->zone[Z].stat[NR_FREE_PAGES];
	ck_assert_int_eq(offline(pfn / BLOCK), -EBUSY);
	ck_assert_int_eq(state_of(pfn / BLOCK), MEMORY_ONLINE);
	ck_assert_int_eq(mm->zone[Z].stat[NR_FREE_PAGES], free);
	ck_assert_int_eq(pcp_of(mm, Z, 0)->batch, batch);
	ck_assert_uint_eq(mm->zone[Z].nr_isolate_pageblock, 0);
	ck_assert_uint_eq(mm->st->lru_disabled, 0);
}
END_TEST

/* 10.6 */
START_TEST(a_pinned_page_is_tried_until_a_signal_comes)
{
	const pfn_t other = lru_page(0), pfn = lru_page(PAGE_PINNED);
	const unsigned int block = pfn / BLOCK;

	ck_assert_uint_eq(other / BLOCK, block);
	ck_assert_int_eq(offline(block), -EINTR);
	ck_assert_int_eq(state_of(block), MEMORY_ONLINE);
	ck_assert_int_eq(kind_at(pfn), FRAME_USED);
	/* what has moved stays where it went */
	ck_assert_int_ne(kind_at(other), FRAME_USED);
	ck_assert_uint_eq(mm->zone[Z].nr_isolate_pageblock, 0);
	ck_assert_int_eq(pcp_of(mm, Z, 0)->batch,
			 (int)mm->zone[Z].pageset_batch);
}
END_TEST

/* 7.1 */
START_TEST(memory_can_come_back_as_movable)
{
	const struct mm_request kernel = {.gfp = GFP_KERNEL, .nid = -1};
	const struct mm_request user = {.gfp = GFP_HIGHUSER_MOVABLE, .nid = -1};
	pfn_t pfn;

	ck_assert_int_eq(offline(1), 0);
	ck_assert_int_eq(online(1, ONLINE_MOVABLE), 0);
	ck_assert_uint_eq(mm->zone[MOVABLE].start, BLOCK);
	ck_assert_uint_eq(mm->zone[MOVABLE].managed, BLOCK);
	ck_assert_uint_eq(mm_nr_zones(mm), 2);
	ck_assert_uint_eq(mm->st->node[0].zonelist[0][0], MOVABLE);
	ck_assert_uint_eq(mm_zone_of(mm, BLOCK), MOVABLE);
	ck_assert_int_eq(mm_alloc_pages(mm, &user, &pfn), 0);
	ck_assert_uint_eq(pfn / BLOCK, 1);
	ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
	ck_assert_int_eq(mm_alloc_pages(mm, &kernel, &pfn), 0);
	ck_assert_uint_ne(pfn / BLOCK, 1);
	then_sound(mm);
	/* the zone is empty again, and forgotten */
	ck_assert_int_eq(offline(1), 0);
	ck_assert_uint_eq(mm->zone[MOVABLE].spanned, 0);
	ck_assert_uint_eq(mm_nr_zones(mm), 1);
	ck_assert_uint_eq(mm->st->node[0].zonelist[0][0], Z);
	/* both zones could have it: the kernel's it is */
	ck_assert_int_eq(online(1, ONLINE_DEFAULT), 0);
	ck_assert_uint_eq(mm_zone_of(mm, BLOCK), Z);
}
END_TEST

START_TEST(an_offline_world_is_saved_and_loaded)
{
	unsigned char *bytes;
	struct mm_error err;
	struct mm *copy;
	size_t size;

	ck_assert_int_eq(offline(3), 0);
	ck_assert_int_eq(offline(1), 0);
	ck_assert_int_eq(online(1, ONLINE_MOVABLE), 0);
	ck_assert_int_eq(mm_save(mm, &bytes, &size), 0);
	copy = mm_load(bytes, size, &err);
	ck_assert_msg(copy != NULL, "%s", err.text);
	ck_assert_int_eq(mm_compare(mm, copy), 0);
	free(bytes);
	mm_destroy(mm);
	mm = copy;
	ck_assert_int_eq(online(3, ONLINE_DEFAULT), 0);
}
END_TEST

START_TEST(a_world_with_half_a_block_offline_is_refused)
{
	struct mm_broken broken;

	ck_assert_int_eq(offline(1), 0);
	STORE(mm, mm->pb[BLOCK >> 9].bits,
	      mm->pb[BLOCK >> 9].bits & ~(uint32_t)PAGEBLOCK_OFFLINE);
	ck_assert_int_ne(mm_check(mm, &broken), 0);
	ck_assert_str_eq(broken.invariant, "HOTPLUG");
}
END_TEST

/* A task that writes to a memory block's state. */
static unsigned int admin(void)
{
	const struct mm_process want = {.name = "admin"};

	ck_assert_int_ge(mm_process_new(mm, &want, NULL), 0);
	return (unsigned int)mm_task_find(mm, "admin");
}

START_TEST(stepping_comes_to_the_same)
{
	struct mm *other = mm_clone(mm);
	struct mm *whole = mm;
	enum mm_quantum q = QUANTUM_AGAIN;
	unsigned int task = 0;

	for (int i = 0; i < 2; i++, mm = other) {
		task = admin();
		lru_page(0);
		lru_page(PAGE_PINNED);
		ck_assert_int_eq(mm_task_memory_offline(mm, task, 0, 2, NULL),
				 0);
	}
	mm = whole;
	ck_assert_int_eq(state_of(0), MEMORY_GOING_OFFLINE);
	while (q != QUANTUM_DONE) {
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
		then_sound(mm);
	}
	/* the other is saved and loaded in the middle */
	q = QUANTUM_AGAIN;
	for (int n = 0; q != QUANTUM_DONE; n++) {
		ck_assert_int_eq(mm_run(other, task, &q, NULL), 0);
		if (n % 3 == 0) {
			struct mm *copy = mm_clone(other);

			mm_destroy(other);
			other = copy;
		}
	}
	ck_assert_int_eq(mm_compare(mm, other), 0);
	ck_assert_int_eq(mm_offline_result(mm, task),
			 mm_offline_result(other, task));
	mm_destroy(other);
}
END_TEST

START_TEST(a_signal_ends_it)
{
	enum mm_quantum q = QUANTUM_AGAIN;
	unsigned int task;

	task = admin();
	ck_assert_int_eq(mm_task_memory_offline(mm, task, 0, 9, NULL), 0);
	ck_assert_int_eq(mm_task_memory_offline(mm, task, 1, 9, NULL), -EBUSY);
	mm_offline_signal(mm, task);
	while (q != QUANTUM_DONE)
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	ck_assert_int_eq(mm_offline_result(mm, task), -EINTR);
	ck_assert_int_eq(state_of(0), MEMORY_ONLINE);
	then_sound(mm);
}
END_TEST

/* The reason told is the signal, however many rounds were in vain before. */
START_TEST(a_signal_is_told_from_giving_up)
{
	const unsigned int block = lru_page(PAGE_PINNED) / BLOCK;
	enum mm_quantum q = QUANTUM_AGAIN;
	struct mm_error err;
	unsigned int task = admin();

	ck_assert_int_eq(mm_task_memory_offline(mm, task, block, 9, NULL), 0);
	while (mm->task[task].offline.rounds < 2)
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	mm_offline_signal(mm, task);
	while (q != QUANTUM_DONE)
		ck_assert_int_eq(mm_run(mm, task, &q, NULL), 0);
	ck_assert_int_eq(mm_offline_failed(mm, task, &err), -EINTR);
	ck_assert_ptr_nonnull(strstr(err.text, "a signal came"));

	ck_assert_int_eq(mm_memory_offline(mm, block, 2, &err), -EINTR);
	ck_assert_ptr_nonnull(strstr(err.text, "given up after 2 rounds"));
	then_sound(mm);
}
END_TEST

START_TEST(what_is_no_such_block_is_refused)
{
	struct mm *before = mm_clone(mm);

	ck_assert_int_eq(offline(4), -EINVAL);
	ck_assert_int_eq(online(4, ONLINE_DEFAULT), -EINVAL);
	ck_assert_int_eq(online(1, ONLINE_DEFAULT), -EINVAL);
	ck_assert_int_eq(mm_memory_offline(mm, 1, 0, NULL), -EINVAL);
	ck_assert_int_eq(mm_compare(mm, before), 0);
	ck_assert_int_eq(offline(1), 0);
	ck_assert_int_eq(offline(1), -EINVAL);
	mm_destroy(before);
}
END_TEST

Suite *check_hotplug_suite(void);
/* ---- several nodes: 6.5 ---- */

static void two_nodes_filled(void)
{
	const struct mm_request want = {.gfp = GFP_NOWAIT | GFP_BIT_MOVABLE |
					       GFP_BIT_THISNODE,
					.attr = PAGE_LRU | PAGE_DIRTY,
					.nid = 1};
	struct mm_config cfg;
	pfn_t pfn;

	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", "0:Normal:0-128,1:Normal:128-256", NULL);
	mm_destroy(mm);
	mm = mm_create(&cfg, NULL);
	ck_assert_ptr_nonnull(mm);
	for (int n = 0; n < 40; n++)
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	then_sound(mm);
}

/* Pages go to another node, and the node that has lost all memory is empty. */
START_TEST(pages_go_to_another_node)
{
	two_nodes_filled();
	ck_assert_int_eq(mm_memory_offline(mm, 2, 1, NULL), 0);
	then_sound(mm);
	ck_assert_int_eq(mm_memory_offline(mm, 3, 1, NULL), 0);
	then_sound(mm);
	ck_assert_uint_eq(mm->st->node[1].present, 0);
	ck_assert_uint_ge(mm->st->vm_event[VM_PGMIGRATE_SUCCESS], 40);
	for (pfn_t p = 128; p < 256; p++) {
		struct mm_frame f;

		mm_frame(mm, p, &f);
		ck_assert_int_eq(f.kind, FRAME_OFFLINE);
	}
	ck_assert_int_eq(mm_memory_online(mm, 3, ONLINE_DEFAULT, NULL), 0);
	ck_assert_uint_eq(mm->st->node[1].present, 64);
	then_sound(mm);
}
END_TEST

Suite *check_hotplug_suite(void)
{
	Suite *s = suite_create("core/hotplug");
	TCase *t = tcase_create("hotplug");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, pages_go_to_another_node);
	tcase_add_test(t, a_small_world_has_four_memory_blocks);
	tcase_add_test(
		t, free_memory_goes_and_its_zone_shrinks_in_the_middle_or_not);
	tcase_add_test(t, a_block_can_be_put_into_a_zone_within_another);
	tcase_add_test(t, marks_follow_what_there_is);
	tcase_add_test(t, what_comes_back_is_free_at_the_tail);
	tcase_add_test(t, one_shut_block_comes_and_is_opened_by_halves);
	tcase_add_test(t, pages_are_moved_out_of_the_way);
	tcase_add_test(t, kernel_pages_stay_and_so_does_their_block);
	tcase_add_test(t, a_pinned_page_is_tried_until_a_signal_comes);
	tcase_add_test(t, memory_can_come_back_as_movable);
	tcase_add_test(t, an_offline_world_is_saved_and_loaded);
	tcase_add_test(t, a_world_with_half_a_block_offline_is_refused);
	tcase_add_test(t, stepping_comes_to_the_same);
	tcase_add_test(t, a_signal_ends_it);
	tcase_add_test(t, a_signal_is_told_from_giving_up);
	tcase_add_test(t, what_is_no_such_block_is_refused);
	suite_add_tcase(s, t);
	return s;
}
