/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_compact_random.c - random obstacles, and what holds at every event
 */
#include "core/lru_batch.h"
#include "core/task.h"

#include "support/mix.h"
#include "support/picture.h"

Suite *check_compact_random_suite(void);

static struct mm *mm;
static struct mix dice;
static unsigned int task;

static unsigned int roll(unsigned int below)
{
	return (unsigned int)mix_random(&dice, below);
}

static void random_world(uint64_t seed)
{
	static const char *const zones[] = {
		"0:Normal:0-256",
		"0:DMA:0-64,0:Normal:64-192,1:Normal:192-320",
		"0:Normal:0-128,1:Normal:128-192,1:Movable:192-256",
	};
	static const enum mm_page_op ops[] = {PAGE_OP_PIN, PAGE_OP_HOLD,
					      PAGE_OP_DIRTY, PAGE_OP_UNMOVABLE,
					      PAGE_OP_MOVABLE};
	const struct mm_process user = {.name = "user"};
	struct mm_error err = {""};
	struct mm_config cfg;

	mix_start(&dice, seed);
	mm_config_preset(&cfg, "tiny", NULL);
	mm_config_set(&cfg, "zones", zones[roll(3)], &err);
	if (roll(2))
		mm_config_set(&cfg, "cma", "64-96", &err);
	mm = mm_create(&cfg, &err);
	ck_assert_msg(mm != NULL, "%s", err.text);
	mm_set(mm, "schedule", 0, NULL);
	mm_set(mm, "pcp", roll(2), NULL);
	ck_assert_int_eq(mm_process_new(mm, &user, NULL), 1);
	task = (unsigned int)mm_task_find(mm, "user");
	for (unsigned int n = 60 + roll(120); n; n--) {
		const struct mm_request want = {
			.gfp = GFP_NOWAIT | (roll(8) ? GFP_BIT_MOVABLE : 0) |
			       GFP_BIT_COMP,
			.order = (uint16_t)(roll(6) ? 0 : roll(4)),
			.attr = roll(8) ? PAGE_LRU : 0,
			.nid = -1};
		pfn_t pfn;

		mm_alloc_pages(mm, &want, &pfn);
	}
	mm_fault(mm, task, FAULT_ANON, 1 + roll(30), 0, NULL);
	mm_task_finish(mm, task, NULL);
	if (roll(2))
		lru_add_drain_all(mm);
	for (pfn_t p = 0; p < mm_end_pfn(mm); p++) {
		struct mm_frame f;

		mm_frame(mm, p, &f);
		if (roll(2) && f.kind == FRAME_USED && f.head == p)
			mm_free_pages(mm, p, f.order, 0, NULL);
	}
	for (unsigned int n = roll(12); n; n--)
		mm_range_pages(mm, roll(200), 200, ops[roll(5)], NULL);
	for (unsigned int n = 0; n < 10; n++)
		mm_range_pages(mm, roll(200), 201, PAGE_OP_UNPIN, NULL);
}

/* What is begun, for the task to go on with. */
static void begin_work(void)
{
	struct mm_range_request want = {
		.mode = ISOLATE_OTHER, .gfp = GFP_KERNEL, .nid = -1};
	const struct mm_request ask = {.gfp = GFP_HIGHUSER_MOVABLE |
					      GFP_BIT_NORETRY,
				       .order = (uint16_t)(2 + roll(4)),
				       .nid = -1};
	const pfn_t first = 16 * roll(12);
	int order = (int)roll(6);

	switch (roll(6)) {
	case 0:
		want.start = first + roll(16);
		want.end = want.start + 1 + roll(40);
		mm_task_contig(mm, task, &want, NULL);
		break;
	case 1:
		want.nr = 1 + roll(60);
		mm_task_contig(mm, task, &want, NULL);
		break;
	case 2:
		mm_task_memory_offline(mm, task, roll(4), 1 + roll(3), NULL);
		break;
	case 3:
		mm_task_request(mm, task, &ask, NULL);
		break;
	case 4:
		want.nr = 1 + roll(20);
		want.area = 1;
		want.mode = ISOLATE_CMA;
		if (mm_task_contig(mm, task, &want, NULL) == 0)
			break;
		/* fall through */
	default:
		order = order ? order : -1;
		mm_task_compact(mm, task, NO_ZONE, order,
				(enum migrate_mode)roll(3), NULL);
	}
}

static void work(void)
{
	enum mm_quantum q = QUANTUM_AGAIN;

	for (int n = 0;
	     n < 20000 && mm_run(mm, task, &q, NULL) == 0 && q != QUANTUM_DONE;
	     n++)
		if (q == QUANTUM_SLEEP)
			mm_tick(mm, 1);
}

static bool ends_quantum(const struct mm_event *ev)
{
	return !ev || ev->type == EV_quantum || ev->type == EV_tick;
}

#define SEEDS 12

/*
 * fsck after every event, with what check_lag.c allows at that event only,
 * and after every quantum without any allowance.
 */
START_TEST(sound_at_every_event)
{
	random_world((uint64_t)_i + 1);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	begin_work();
	work();
	then_sound(mm);
	for (uint64_t n = mm_first_moment(mm); n <= mm_last_moment(mm); n++) {
		const struct mm_event *ev = mm_event(mm, n);
		struct mm_broken b;

		ck_assert_int_eq(mm_seek(mm, n), 0);
		if (mm_check(mm, &b) == 0)
			continue;
		ck_assert_msg(!ends_quantum(ev) &&
				      mm_check_lags(b.invariant, ev->type),
			      "seed %d, event %llu, %s: %s: %s", _i + 1,
			      (unsigned long long)n,
			      ev ? mm_event_type(ev->type)->name : "the start",
			      b.invariant, b.where);
	}
}
END_TEST

/* From any event back to the start, and on to the end: the same bytes. */
START_TEST(undone_from_any_event)
{
	uint64_t first, last, start, end;

	random_world((uint64_t)_i + 1);
	start = mm_hash(mm);
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	begin_work();
	work();
	end = mm_hash(mm);
	first = mm_first_moment(mm);
	last = mm_last_moment(mm);
	for (uint64_t n = first; n <= last; n += 1 + (last - first) / 200) {
		ck_assert_int_eq(mm_seek(mm, n), 0);
		ck_assert_int_eq(mm_seek(mm, first), 0);
		if (first == 0)
			ck_assert_uint_eq(mm_hash(mm), start);
		ck_assert_int_eq(mm_seek(mm, n), 0);
		ck_assert_int_eq(mm_seek(mm, last), 0);
		ck_assert_uint_eq(mm_hash(mm), end);
	}
	then_sound(mm);
}
END_TEST

/* Quantum by quantum, event by event, at once, unrecorded: the same bytes. */
START_TEST(stepping_is_running)
{
	uint64_t stepped, unrecorded;
	struct mix again;

	random_world((uint64_t)_i + 1);
	again = dice;
	ck_assert_int_eq(mm_record(mm, MM_RECORD_TAPE), 0);
	begin_work();
	work();
	ck_assert_int_eq(mm_seek(mm, mm_first_moment(mm)), 0);
	while (mm_now(mm) < mm_last_moment(mm))
		ck_assert_int_eq(mm_seek(mm, mm_neighbour(mm, 1, GRAIN_EVENT)),
				 0);
	stepped = mm_hash(mm);
	mm_destroy(mm);
	random_world((uint64_t)_i + 1);
	dice = again;
	ck_assert_int_eq(mm_record(mm, MM_RECORD_OFF), 0);
	begin_work();
	work();
	unrecorded = mm_hash(mm);
	mm_destroy(mm);
	random_world((uint64_t)_i + 1);
	dice = again;
	ck_assert_int_eq(mm_record(mm, MM_RECORD_OFF), 0);
	begin_work();
	mm_task_finish(mm, task, NULL);
	then_sound(mm);
	ck_assert_uint_eq(stepped, unrecorded);
}
END_TEST

static void teardown(void)
{
	mm_destroy(mm);
	mm = NULL;
}

Suite *check_compact_random_suite(void)
{
	Suite *s = suite_create("core/compact_random");
	TCase *t = tcase_create("random");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_loop_test(t, sound_at_every_event, 0, 24);
	tcase_add_loop_test(t, undone_from_any_event, 0, SEEDS);
	tcase_add_loop_test(t, stepping_is_running, 0, SEEDS);
	suite_add_tcase(s, t);
	return s;
}
