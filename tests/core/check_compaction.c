/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_compaction.c - requests, daemons and exits that meet compaction
 */
#include <errno.h>
#include <stdlib.h>

#include "core/compact_control.h"
#include "core/kcompactd.h"
#include "core/migrate.h"
#include "core/task.h"

#include "support/mix.h"
#include "support/picture.h"

static struct mm *mm;

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

/* ---- gaps, indices, deferral: 4, 13 ---- */

START_TEST(the_gap_is_twice_the_block_up_to_a_cluster)
{
	static const int64_t gaps[] = {2, 4, 8, 16, 32, 32, 32};

	for (unsigned int o = 0; o < sizeof gaps / sizeof gaps[0]; o++)
		ck_assert_int_eq(compact_gap(o), gaps[o]);
}
END_TEST

START_TEST(deferral_doubles_up_to_64_and_never_touches_lower_orders)
{
	unsigned int runs = 0;

	mm = given_free(256, 4);
	for (int i = 0; i < 127; i++)
		if (!compaction_deferred(mm, Z, 4)) {
			defer_compaction(mm, Z, 4);
			runs++;
		}
	/* 1 + 2 + 4 + ... + 64 attempts */
	ck_assert_uint_eq(runs, 7);
	ck_assert_uint_eq(mm->zone[Z].compact_defer_shift, 6);
	for (int i = 0; i < 63; i++)
		ck_assert(compaction_deferred(mm, Z, 4));
	ck_assert(!compaction_deferred(mm, Z, 4));
	ck_assert(compaction_restarting(mm, Z, 4));
	compaction_defer_reset(mm, Z, 4, false);
	ck_assert_uint_eq(mm->zone[Z].compact_order_failed, 5);
	ck_assert(!compaction_deferred(mm, Z, 4));
	compaction_defer_reset(mm, Z, 4, true);
	ck_assert_uint_eq(mm->zone[Z].compact_defer_shift, 0);
	then_sound(mm);
}
END_TEST

START_TEST(scores_start_and_stop_the_daemon_apart)
{
	mm = given_free(256, 4);
	ck_assert_uint_eq(fragmentation_score_wmark(mm, true), 80);
	ck_assert_uint_eq(fragmentation_score_wmark(mm, false), 90);
	ck_assert_int_eq(mm_set(mm, "vm.compaction_proactiveness", 5, NULL), 0);
	ck_assert_uint_eq(fragmentation_score_wmark(mm, true), 95);
	ck_assert_uint_eq(fragmentation_score_wmark(mm, false), 100);
	ck_assert_uint_eq(fragmentation_score_zone(mm, Z), 0);
}
END_TEST

/* ---- small pictures ---- */

/*
 * Two pages of a movable block go to the top, where free pages are taken
 * from; what they leave is one block.
 */
START_TEST(pages_gather_at_the_top)
{
	mm = given("m..m .... .... M..M");
	ck_assert_int_eq(mm_compact(mm, Z, -1, MIGRATE_SYNC, NULL, NULL), 0);
	mm_drain_all(mm);
	then(mm, "<--- ---> <--> MMMM");
}
END_TEST

START_TEST(what_cannot_move_stays)
{
	mm = given("mU.m .... .... M..M");
	STORE(mm, mm->page[3].attr, mm->page[3].attr | PAGE_PINNED);
	ck_assert_int_eq(mm_compact(mm, Z, -1, MIGRATE_SYNC, NULL, NULL), 0);
	mm_drain_all(mm);
	ck_assert_uint_eq(mm->page[3].b.word & 0xff, BLOCK_USED);
	ck_assert_uint_eq(mm->page[1].b.word & 0xff, BLOCK_USED);
	then_sound(mm);
}
END_TEST

START_TEST(owner_attributes_and_mappings_move_along)
{
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE,
		.nid = -1,
		.owner = 1,
		.attr = PAGE_LRU | PAGE_SWAPBACKED | PAGE_ACTIVE,
	};
	struct mm_frame f;
	uint16_t owner;
	pfn_t from, to;

	mm = given(".... MMMM MMMM MMMM");
	owner = mm_owner(mm, "who", NULL);
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &from), 0);
	ck_assert_int_eq(mm_put_mapped(mm, from, 3, NULL), 0);
	for (pfn_t p = 4; p < 15; p++)
		ck_assert_int_eq(mm_free_pages(mm, p, 0, 0, NULL), 0);
	mm_drain_all(mm);
	ck_assert_int_eq(mm_compact(mm, Z, -1, MIGRATE_SYNC, NULL, NULL), 0);
	to = mm_owner_first(mm, owner);
	ck_assert_uint_ne(to, from);
	mm_frame(mm, to, &f);
	ck_assert_uint_eq(f.owner, owner);
	ck_assert_uint_eq(f.mapcount, 3);
	/* in a batch so far; what was mapped had been written to */
	ck_assert_uint_eq(f.attr, PAGE_SWAPBACKED | PAGE_ACTIVE | PAGE_DIRTY);
	then_sound(mm);
}
END_TEST

/* ---- stepping equals running ---- */

/* The same world twice: once in one go, once quantum by quantum. */
START_TEST(stepping_is_running)
{
	enum mm_quantum q = QUANTUM_AGAIN;
	struct mm *other;
	struct mix mix;

	mm = mix_world((unsigned int)_i);
	if (!mm)
		return;
	mix_start(&mix, 7);
	for (int i = 0; i < 600; i++)
		mix_step(&mix, mm);
	ck_assert_int_eq(mm_set(mm, "schedule", 0, NULL), 0);
	mm_settle(mm);
	other = mm_clone(mm);
	ck_assert_int_eq(mm_kcompactd(mm, 0, -1, 0, NULL), 0);
	ck_assert_int_eq(mm_kcompactd(other, 0, -1, 0, NULL), 0);
	mm_settle(other);
	while (q != QUANTUM_SLEEP && q != QUANTUM_DONE) {
		ck_assert_int_eq(mm_run(mm, kcompactd_task(mm, 0), &q, NULL),
				 0);
		then_sound(mm);
	}
	ck_assert_int_eq(mm_compare(mm, other), 0);
	mm_destroy(other);
}
END_TEST

START_TEST(every_quantum_can_be_saved_and_taken_back)
{
	enum mm_quantum q = QUANTUM_AGAIN;
	unsigned char *bytes;
	struct mm_error err;
	struct mm *copy;
	uint64_t hash;
	size_t size;

	mm = given("m..m ..m. .m.. M..M");
	mm_record(mm, MM_RECORD_TAPE);
	hash = mm_hash(mm);
	ck_assert_int_eq(mm_kcompactd(mm, 0, -1, 0, NULL), 0);
	while (q != QUANTUM_SLEEP && q != QUANTUM_DONE) {
		ck_assert_int_eq(mm_run(mm, kcompactd_task(mm, 0), &q, NULL),
				 0);
		ck_assert_int_eq(mm_save(mm, &bytes, &size), 0);
		copy = mm_load(bytes, size, &err);
		ck_assert_msg(copy != NULL, "%s", err.text);
		ck_assert_int_eq(mm_compare(mm, copy), 0);
		mm_destroy(copy);
		free(bytes);
	}
	ck_assert_int_eq(mm_seek(mm, mm_first_moment(mm)), 0);
	ck_assert_uint_eq(mm_hash(mm), hash);
}
END_TEST

/*
 * A byte of a run in the middle of it is another one: the world is refused,
 * or it can be run to its end.
 */
static void damaged(const struct mm *whole, size_t at, unsigned char flip)
{
	struct mm *copy = mm_clone(whole);
	const struct task *t = &copy->task[kcompactd_task(copy, 0)];
	const unsigned char *place = (const unsigned char *)&t->cc + at;
	enum mm_quantum q = QUANTUM_AGAIN;

	STORE(copy, *place, *place ^ flip);
	if (mm_check(copy, NULL) == 0)
		for (int i = 0; i < 5000 && q == QUANTUM_AGAIN; i++)
			if (mm_run(copy, kcompactd_task(copy, 0), &q, NULL))
				break;
	mm_destroy(copy);
}

START_TEST(a_damaged_run_is_refused_or_harmless)
{
	const size_t size = sizeof(struct compact_control) +
			    sizeof(struct capture_control) +
			    sizeof(struct migration);
	enum mm_quantum q = QUANTUM_AGAIN;

	mm = given("m..m ..m. .m.. M..M");
	ck_assert_int_eq(mm_kcompactd(mm, 0, -1, 0, NULL), 0);
	while (q == QUANTUM_AGAIN) {
		for (size_t at = (size_t)(4 * _i); at < size; at += 8) {
			damaged(mm, at, 1);
			damaged(mm, at, 0xff);
			damaged(mm, at + 1, 0x3);
			damaged(mm, at + 3, 0x80);
		}
		ck_assert_int_eq(mm_run(mm, kcompactd_task(mm, 0), &q, NULL),
				 0);
	}
}
END_TEST

/* ---- freed on the way ---- */

/* Whatever quantum it comes in, the frame is free in the end. */
START_TEST(a_page_freed_on_its_way_leaves_nothing_behind)
{
	for (unsigned int at = 1;; at++) {
		enum mm_quantum q = QUANTUM_AGAIN;
		unsigned int n = 0;

		mm = given("...m .... .... M..M");
		ck_assert_int_eq(mm_kcompactd(mm, 0, -1, 0, NULL), 0);
		while (q == QUANTUM_AGAIN && n < at) {
			ck_assert_int_eq(
				mm_run(mm, kcompactd_task(mm, 0), &q, NULL), 0);
			n++;
		}
		if (q != QUANTUM_AGAIN)
			break;
		if (block_state(&mm->page[3].b) == BLOCK_ISOLATED) {
			ck_assert_int_eq(mm_free_pages(mm, 3, 0, 0, NULL),
					 -EBUSY);
			ck_assert(frame_abandon(mm, 3));
			then_sound(mm);
			mm_settle(mm);
			mm_drain_all(mm);
			then(mm, "<--> <--> <--> M<>M");
		}
		mm_destroy(mm);
		mm = NULL;
	}
}
END_TEST

/* ---- a request ---- */

/* Every second page of a world is anonymous, and there is no swap. */
static void given_halves(void)
{
	const struct mm_request want = {
		.gfp = GFP_HIGHUSER_MOVABLE,
		.nid = -1,
		.attr = PAGE_LRU | PAGE_SWAPBACKED,
	};
	pfn_t pfn;

	mm = given_free(32, 2);
	set_marks(mm, 0, 0, 0);
	ck_assert_int_eq(mm_set(mm, "pcp", 0, NULL), 0);
	for (int i = 0; i < 32; i++)
		ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	for (pfn = 1; pfn < 32; pfn += 2)
		ck_assert_int_eq(mm_free_pages(mm, pfn, 0, 0, NULL), 0);
	mm_drain_all(mm);
	/* at frame 0, positions that were never set are met at once (5.5) */
	reset_cached_positions(mm, Z);
}

START_TEST(a_request_is_served_by_what_compaction_makes)
{
	const struct mm_request want = {
		.order = 2, .gfp = GFP_HIGHUSER_MOVABLE, .nid = -1};
	pfn_t pfn;

	given_halves();
	ck_assert_int_eq(mm_alloc_pages(mm, &want, &pfn), 0);
	ck_assert_uint_eq(pfn % 4, 0);
	ck_assert_uint_eq(mm->st->vm_event[VM_COMPACT_STALL], 1);
	ck_assert_uint_eq(mm->st->vm_event[VM_COMPACT_SUCCESS], 1);
	then_sound(mm);
}
END_TEST

START_TEST(kcompactd_is_woken_only_where_it_can_help)
{
	const uint32_t task = 2;

	given_halves();
	ck_assert_uint_eq(kcompactd_task(mm, 0), task);
	wakeup_kcompactd(mm, 0, 0, ZONE_NORMAL);
	ck_assert_uint_ne(mm->task[task].state, TASK_READY);
	wakeup_kcompactd(mm, 0, 2, ZONE_NORMAL);
	ck_assert_uint_eq(mm->task[task].state, TASK_READY);
	/* woken, it is waited for no more: what is asked for is noted only */
	mm_record(mm, MM_RECORD_EVENTS);
	wakeup_kcompactd(mm, 0, 3, ZONE_NORMAL);
	ck_assert_uint_eq(mm->st->node[0].kcompactd_order, 3);
	ck_assert_uint_eq(mm_last_moment(mm), mm_first_moment(mm));
	STORE(mm, mm->st->node[0].kcompactd_order, 2);
	mm_settle(mm);
	ck_assert_uint_eq(mm->st->vm_event[VM_COMPACT_DAEMON_WAKE], 1);
	ck_assert_uint_eq(mm->st->node[0].kcompactd_order, 0);
	ck_assert(mm->zone[Z].nonempty[MIGRATE_MOVABLE] >> 2);
	then_sound(mm);
}
END_TEST

Suite *check_compaction_suite(void);
Suite *check_compaction_suite(void)
{
	Suite *s = suite_create("core/compaction");
	TCase *t = tcase_create("compaction");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, the_gap_is_twice_the_block_up_to_a_cluster);
	tcase_add_test(
		t, deferral_doubles_up_to_64_and_never_touches_lower_orders);
	tcase_add_test(t, scores_start_and_stop_the_daemon_apart);
	tcase_add_test(t, pages_gather_at_the_top);
	tcase_add_test(t, what_cannot_move_stays);
	tcase_add_test(t, owner_attributes_and_mappings_move_along);
	tcase_add_loop_test(t, stepping_is_running, 0, 6);
	tcase_add_test(t, every_quantum_can_be_saved_and_taken_back);
	tcase_add_loop_test(t, a_damaged_run_is_refused_or_harmless, 0, 2);
	tcase_add_test(t, a_page_freed_on_its_way_leaves_nothing_behind);
	tcase_add_test(t, a_request_is_served_by_what_compaction_makes);
	tcase_add_test(t, kcompactd_is_woken_only_where_it_can_help);
	suite_add_tcase(s, t);
	return s;
}
